//! The command line, as typed.

use clap::Parser;
use std::path::PathBuf;

/// Where the crate's own files lie.
const HOME: &str = env!("CARGO_MANIFEST_DIR");

const AFTER: &str = "\
Tasks:
  rewrites      versions of one report form a family; strangers (event sets) stay out
  translations  each version descends from the text that it translates
  events        reports of one happening are grouped, in any order and language
  statements    source, cue and content
  times         expressions of time and their values
  quantities    values, how they are qualified, units
  mentions      who does what to whom, coded in PLOVER
  pages         body, title, author and date of web pages
  spun          swapped wordings are told from usual ones
  throughput    reports a second and peak memory of each stage
  claims        support of claims in piles made from known facts, with the family tree and without
  stories       whole stories with `expected.json`: one folder, or a folder of them
  all           every task whose folder the data has, and stories if --stories is given

A task reads each DIR/TASK/*.jsonl as one set, whatever its name; `train*` is never scored.
What each measure means stands in crates/stemma-eval/README.md.

Examples:
  stemma-eval times --data ../shared/eval
  stemma-eval stories --data corpus --explain
  stemma-eval all --data ../shared/eval --stories corpus --write-scores
  stemma-eval all --data ../shared/eval --stories corpus --check-floors

Exit codes: 0 done, 1 a floor is broken, 2 the run could not be done.";

/// Scores every stage of stemma against gold data.
#[derive(Debug, Parser)]
#[command(name = "stemma-eval", version, after_help = AFTER)]
pub(crate) struct Args {
    /// What to score: a task, or `all`
    pub(crate) task: String,
    /// The folder that holds one folder for each task; for `stories`, a story or a folder of stories
    #[arg(long, value_name = "DIR")]
    pub(crate) data: PathBuf,
    /// Stories to score with `all`
    #[arg(long, value_name = "DIR")]
    pub(crate) stories: Option<PathBuf>,
    /// Write what the engine answered, one JSON object a line
    #[arg(long, value_name = "FILE")]
    pub(crate) predictions: Option<PathBuf>,
    /// Print JSON in place of tables
    #[arg(long)]
    pub(crate) json: bool,
    /// Say what was missed and what was wrong, on standard error
    #[arg(long)]
    pub(crate) explain: bool,
    /// Lay the figures into the committed scores (the scored sets' old rows go)
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = concat!(env!("CARGO_MANIFEST_DIR"), "/scores.csv"))]
    pub(crate) write_scores: Option<PathBuf>,
    /// Fail where a figure is below its floor or above its ceiling
    #[arg(long)]
    pub(crate) check_floors: bool,
    /// Raise floors to just below the figures; no floor is lowered
    #[arg(long)]
    pub(crate) raise_floors: bool,
    /// The file of floors
    #[arg(long, value_name = "FILE", default_value_os_t = PathBuf::from(HOME).join("floors.toml"))]
    pub(crate) floors: PathBuf,
    /// Orders of arrival to try for events
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) shuffles: usize,
    /// Rows to read of each set at most; figures of a part cannot be written or checked
    #[arg(long, value_name = "N", conflicts_with_all = ["write_scores", "check_floors", "raise_floors"])]
    pub(crate) limit: Option<usize>,
}
