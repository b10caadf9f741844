//! What `map` takes.

use super::ToldArgs;
use std::path::PathBuf;

/// Its examples.
pub(crate) const HELP: &str = "\
Examples:
  stemma map reports.jsonl -o analyses.jsonl
  zcat crawl.jsonl.gz | stemma map | zstd > analyses.jsonl.zst
  stemma map --lean < reports.jsonl | jq -c '.extracts.statements[]'
  rdd.pipe(\"stemma map --threads 1\")                      in Spark

Each line is one report, as `stemma read` takes them: {\"text\": …, \"url\": …, \"published\": …}. For each line comes
one line, in the same order: the report's analysis, or a note on what is wrong with the line. Nothing is kept between two
lines, so that any engine can cut its input as it likes. docs/map.md tells of the form.";

/// What `map` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct MapArgs {
    /// Files of lines, one after the other; standard input if none, or -.
    #[arg(value_name = "FILE")]
    pub(crate) paths: Vec<PathBuf>,
    /// Where to write; standard output if not given.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Leave out the packed analysis, which only a ledger needs.
    #[arg(long)]
    pub(crate) lean: bool,
    /// What is told of all reports.
    #[command(flatten)]
    pub(crate) told: ToldArgs,
}
