//! What `map` takes.

use super::{column, lang, moment};
use std::path::PathBuf;
use stemma::model::{Lang, Moment};
use stemma::read::Field;

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
    /// When reports that do not say were published: 2025-07-13 or 2025-07-13T08:30.
    #[arg(long, value_name = "DATE", value_parser = moment)]
    pub(crate) published: Option<Moment>,
    /// The language of all reports, as a code such as en or pt; told by the text if not given.
    #[arg(long, value_name = "CODE", value_parser = lang)]
    pub(crate) lang: Option<Lang>,
    /// Which column holds a field, where its name does not say: text=Body. May be given several times.
    #[arg(long, value_name = "FIELD=COLUMN", value_parser = column)]
    pub(crate) map: Vec<(Field, String)>,
    /// How many threads to work with; all cores if not given.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
}
