//! A ledger as files for other tools: JSONL with JSON Schema, CSV tables, PROV-O, GraphML.
//!
//! Gives names and contents; writing them is the caller's. The JSONL rows of families, events and
//! entries are the views that `--json` gives, so one schema holds for both.

mod csv;
mod graphml;
mod jsonl;
mod prov;

use stemma::ledger::Lookup;
use stemma::model::ReportId;
use stemma::trace::Parent;

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name, with a folder before it where it lies in one.
    pub name: String,
    /// What it holds.
    pub text: String,
}

impl File {
    fn new(name: &str, text: String) -> Self {
        Self { name: name.to_owned(), text }
    }
}

/// What a ledger is exported as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a line, a file for each kind of row, and a JSON Schema for each file.
    Jsonl,
    /// Tables with a header line (RFC 4180), joined by ids.
    Csv,
    /// The lineage of reports and claims in PROV-O, as JSON-LD.
    Prov,
    /// The families as one graph.
    Graphml,
}

impl Format {
    /// Whether the export is several files, so that a folder is to be named for it.
    pub fn is_folder(self) -> bool {
        matches!(self, Self::Jsonl | Self::Csv)
    }
}

/// The files of an export; a single one for a format that is no folder.
pub fn export(ledger: &Lookup, format: Format) -> Vec<File> {
    match format {
        Format::Jsonl => jsonl::files(ledger),
        Format::Csv => csv::files(ledger),
        Format::Prov => vec![File::new("stemma.prov.jsonld", prov::document(ledger))],
        Format::Graphml => vec![File::new("stemma.graphml", graphml::document(ledger))],
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
