//! A ledger as files for other tools: Parquet and CSV tables, JSONL with JSON Schema, PROV-O, GraphML.
//!
//! Gives names and contents; writing them is the caller's. The JSONL rows of families, events and
//! entries are the views that `--json` gives, so one schema holds for both. Parquet and CSV hold the same
//! tables.

mod tables;
mod parquet;
mod csv;
mod jsonl;
mod prov;
mod graphml;

use std::iter::once;
use stemma::ledger::Lookup;
use stemma::model::ReportId;
use stemma::trace::Parent;

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name, with a folder before it where it lies in one.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl File {
    fn new(name: &str, text: String) -> Self {
        Self { name: name.to_owned(), bytes: text.into_bytes() }
    }
}

/// What a ledger is exported as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Tables with typed columns, joined by ids.
    Parquet,
    /// The same tables as text, with a header line (RFC 4180).
    Csv,
    /// One JSON object a line, a file for each kind of row, and a JSON Schema for each file.
    Jsonl,
    /// The lineage of reports and claims in PROV-O, as JSON-LD.
    Prov,
    /// The families as one graph.
    Graphml,
}

impl Format {
    /// Whether the export is several files, so that a folder is to be named for it.
    pub fn is_folder(self) -> bool {
        matches!(self, Self::Parquet | Self::Csv | Self::Jsonl)
    }
}

/// The files of an export; a single one for a format that is no folder. A table's file is made when it is
/// asked for, so that one at a time is held.
pub fn export<'l>(ledger: &'l Lookup<'l>, format: Format) -> Box<dyn Iterator<Item = File> + 'l> {
    match format {
        Format::Parquet => Box::new(tables::tables(ledger).map(|table| parquet::file(&table))),
        Format::Csv => Box::new(tables::tables(ledger).map(|table| csv::file(&table))),
        Format::Jsonl => Box::new(jsonl::files(ledger).into_iter()),
        Format::Prov => Box::new(once(File::new("stemma.prov.jsonld", prov::document(ledger)))),
        Format::Graphml => Box::new(once(File::new("stemma.graphml", graphml::document(ledger)))),
    }
}

/// The name of a lost report outside its family.
fn lost_name(family: impl std::fmt::Display, lost: &str) -> String {
    format!("{family}/{lost}")
}

/// The node that a report was made from.
fn node(family: impl std::fmt::Display, parent: &Parent) -> String {
    match parent {
        Parent::Report(id) => id.to_string(),
        Parent::Lost(lost) => lost_name(family, lost),
    }
}

/// The family of a report, if it has kin.
fn family(ledger: &Lookup, id: ReportId) -> Option<String> {
    ledger.stemma_of(id).map(|s| s.id.to_string())
}

#[cfg(test)]
mod tests;
