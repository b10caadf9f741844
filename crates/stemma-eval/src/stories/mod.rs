//! Stories: folders of reports with `expected.json`, read and judged whole.
//!
//! `truth` reads what should come out, `story` reads the reports and keeps the ledger beside it, each
//! `score_*` compares one part and counts in a [`Tally`]. The total adds the counts of all stories.

mod claims;
mod score_cleaning;
mod score_entries;
mod score_extracts;
mod score_families;
mod score_groups;
#[cfg(test)]
mod seeds;
mod story;
mod tally;
#[cfg(test)]
mod tests;
mod truth;

pub(crate) use claims::score as score_claims;

use crate::error::Error;
use crate::plan::Context;
use crate::scores::Outcome;
use std::path::{Path, PathBuf};
use story::Story;
use tally::Tally;

/// Scores every story, and their total as the set `total`.
pub(crate) fn score(context: &Context) -> Result<Vec<Outcome>, Error> {
    let folders = folders(&context.stories)?;
    let mut outcomes = Vec::new();
    let mut total = Tally::default();
    let mut n_reports = 0;
    for folder in folders {
        context.progress(&format!("stories {}", folder.display()));
        let story = Story::read(&folder, context)?;
        let tally = judge(&story);
        outcomes.push(tally.outcome(&story.name, story.reports.len(), context.explain));
        n_reports += story.reports.len();
        total += tally;
    }
    if outcomes.len() > 1 {
        let mut sum = total.outcome("total", n_reports, false);
        sum.is_sum = true;
        outcomes.push(sum);
    }
    Ok(outcomes)
}

fn judge(story: &Story) -> Tally {
    let mut tally = Tally::default();
    score_cleaning::score(story, &mut tally);
    score_families::score(story, &mut tally);
    score_groups::score(story, &mut tally);
    score_entries::score(story, &mut tally);
    score_extracts::score(story, &mut tally);
    tally
}

/// The story at a path, or the stories in it, in order of name.
fn folders(path: &Path) -> Result<Vec<PathBuf>, Error> {
    if path.join("expected.json").is_file() {
        return Ok(vec![path.to_path_buf()]);
    }
    let cannot = |cause| Error::CannotRead { path: path.to_path_buf(), cause };
    let listing = std::fs::read_dir(path).map_err(cannot)?;
    let mut folders: Vec<PathBuf> = listing
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|folder| folder.join("expected.json").is_file())
        .collect();
    folders.sort();
    if folders.is_empty() { Err(Error::NoStories(path.to_path_buf())) } else { Ok(folders) }
}
