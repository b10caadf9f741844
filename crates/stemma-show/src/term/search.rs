//! Reports found, each with the sentence that says most of what was searched for.

use super::Paper;
use super::grid::Grid;
use super::parts::id;
use super::words::{Ink, Words};
use crate::views::search::FoundView;
use crate::wording::when;

/// Sentences are cut to so many columns.
const SENTENCE: usize = 240;

/// Writes what was found.
pub fn found(views: &[FoundView], paper: Paper) -> String {
    if views.is_empty() {
        return "no report has these words\n".into();
    }
    let mut grid = Grid::new(&["", "", ""]);
    for (i, v) in views.iter().enumerate() {
        if i > 0 {
            grid.gap();
        }
        let about = [v.published.as_deref().map(when), v.outlet.clone(), Some(v.lang.clone())];
        let about: Vec<String> = about.into_iter().flatten().collect();
        let mut lines = Vec::new();
        lines.extend(v.title.as_deref().map(|title| Words::new(title, Ink::Bold)));
        lines.push(Words::new(&about.join(", "), Ink::Dim));
        lines.extend(v.sentence.as_ref().map(|s| Words::from(s.text.as_str()).clip(SENTENCE)));
        grid.row(vec![vec![Words::new(&v.file, Ink::Cyan)], lines, vec![id(&v.id)]]);
    }
    grid.write(paper)
}
