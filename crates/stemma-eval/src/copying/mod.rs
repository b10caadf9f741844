//! Copying with a known truth: trees grown from the data's texts, and what the engine makes of them.
//!
//! Base texts are the first versions of `rewrites`, the sources of `translations` with two versions each, and
//! longer reports of `throughput`. From each grows a tree of seven: reprints, cuts, shuffles, edits, spins (by
//! WordNet) and translations (the data's own), with numbers, dates and names got wrong on the way; a third of
//! the originals are lost, half of the trees have no dates. Reports composed of three trees stand among them.
//! The seed is fixed, so the same data gives the same pile.
//!
//! **pairs** (P/R/F1 of pairs of one family), `pairs.r:PASS` (child and parent in one family), **edges** (child
//! and parent right, a text equal to the parent's is as good), also `edges.r:PASS` and **kinds** (kind too),
//! **direction** (of neighbours found, share the right way round), **lost** (P/R of families with a lost
//! original), **variants** (P: the readings set one place against itself where it differs; R: places got wrong
//! on purpose and seen in two texts) and **variants.original**, **borrowed** (P/R/F1 of the sentences of composed
//! reports with their source). `time.` and `mst.` are baselines that are told the true families.

mod baselines;
mod calibration;
mod composed;
mod grow;
mod passes;
mod pile;
mod random;
mod score;
mod score_variants;
mod synonyms;
mod text;

use crate::data::{RowId, Source, sources};
use crate::engine::{analyse_all, raw};
use crate::error::Error;
use crate::plan::Context;
use crate::scores::Outcome;
use grow::{Base, Ground};
use rustc_hash::FxHashSet;
use serde::Deserialize;
use synonyms::Synonyms;
use text::{Places, Text};

/// Where chance begins.
const SEED: u64 = 4;
/// Base texts of one set, at most.
const MOST_BASES: usize = 80;
/// Words of a base text: shorter ones cannot be cut, longer ones only take time.
const WORDS: std::ops::Range<usize> = 120..900;
/// The tasks whose sets give texts.
pub(crate) const FROM: [&str; 3] = ["rewrites", "translations", "throughput"];

#[derive(Deserialize)]
struct Row {
    id: RowId,
    text: String,
    cluster: Option<RowId>,
    #[serde(default)]
    versions: Vec<Version>,
}

#[derive(Deserialize)]
struct Version {
    text: String,
}

/// Scores every set that the data has.
pub(crate) fn score(context: &Context) -> Result<Vec<Outcome>, Error> {
    let synonyms = Synonyms::of_system();
    if synonyms.is_none() {
        context.note("copying: no spins, since this system has no WordNet (Debian: wordnet-base)");
    }
    let mut outcomes = Vec::new();
    for task in FROM {
        for source in sources(&context.data, task).unwrap_or_default() {
            context.progress(&format!("copying {task} {}", source.name));
            let mut ground = Ground { synonyms: synonyms.as_ref(), places: Places::default() };
            let bases = bases(&source, context, &mut ground.places)?;
            let pile = pile::pile(&bases, SEED, &mut ground);
            let analyses: Vec<&stemma::Analysis> = pile.members.iter().map(|m| &m.analysis).collect();
            let distinct = distinct_of(&analyses);
            let joined = stemma::join(&distinct);
            let mut outcome = Outcome::new("copying", &format!("{task}-{}", source.name), pile.members.len());
            score::score(&pile, &joined.stemmas, context.explain, &mut outcome);
            let Ok(likenesses) = stemma::compare::compare(&stemma::pile::Held::new(&distinct));
            calibration::score(&pile, &likenesses, &mut outcome);
            outcomes.push(outcome);
        }
    }
    Ok(outcomes)
}

/// Texts to grow trees from: one of each cluster, none twice, spread over the set.
fn bases(source: &Source, context: &Context, places: &mut Places) -> Result<Vec<Base>, Error> {
    let mut seen: FxHashSet<String> = FxHashSet::default();
    let mut rows: Vec<Row> = source.rows(context)?;
    rows.retain(|row| {
        let key = row.cluster.as_ref().map_or_else(|| row.text.clone(), ToString::to_string);
        WORDS.contains(&row.text.split_whitespace().count()) && seen.insert(key)
    });
    let step = (rows.len() / MOST_BASES).max(1);
    let rows: Vec<Row> = rows.into_iter().step_by(step).take(MOST_BASES).collect();
    let mut take = |texts: Vec<&str>| -> Vec<Text> {
        let raws = texts.iter().enumerate().map(|(i, text)| raw(&i.to_string(), text)).collect();
        analyse_all(raws).iter().map(|a| Text::of(a, places)).collect()
    };
    let originals = take(rows.iter().map(|r| r.text.as_str()).collect());
    let with_versions =
        rows.iter().map(|r| take(r.versions.iter().take(2).map(|v| v.text.as_str()).collect()));
    let bases = rows.iter().zip(originals).zip(with_versions.collect::<Vec<_>>());
    let long = |b: &Base| b.text.sentences.len() >= 5;
    Ok(bases
        .map(|((row, text), versions)| Base { name: row.id.to_string(), text, versions })
        .filter(long)
        .collect())
}

fn distinct_of<'a>(analyses: &[&'a stemma::Analysis]) -> Vec<&'a stemma::Analysis> {
    let mut reports = analyses.to_vec();
    reports.sort_unstable_by_key(|a| a.report.id);
    reports.dedup_by_key(|a| a.report.id);
    reports
}
