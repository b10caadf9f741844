//! Who did what to whom, coded in the PLOVER ontology (Halterman et al., 2023).

use super::Extracts;
use crate::model::{Report, Span};
use crate::segment::Segments;
use serde::{Deserialize, Serialize};

/// One report's telling of a happening.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// The clause that tells it.
    pub span: Span,
    /// The word of action.
    pub trigger: Span,
    /// PLOVER event type: `AGREE`, `CONSULT`, … `ASSAULT`.
    pub event: String,
    /// PLOVER mode, where clear.
    pub mode: Option<String>,
    /// PLOVER contexts, where clear.
    pub context: Vec<String>,
    /// Who acts.
    pub actors: Vec<Agent>,
    /// Whom it is done to.
    pub recipients: Vec<Agent>,
    /// When, as an index into the report's times.
    pub time: Option<u32>,
    /// Where.
    pub place: Option<Span>,
    /// Quantities told with it, as indices into the report's quantities.
    pub quantities: Vec<u32>,
    /// How it is told.
    pub modality: Modality,
}

/// A party to a happening.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Agent {
    /// Its words.
    pub span: Span,
    /// ISO 3166-1 alpha-3 code of its country, or `IGO`, `NGO`, `MNC`, if known.
    pub country: Option<String>,
    /// PLOVER sector: `GOV`, `MIL`, `REB`, …, if known.
    pub sector: Option<String>,
}

/// How a happening is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Modality {
    /// It happened.
    Happened,
    /// It did not happen.
    Negated,
    /// It is to happen.
    Planned,
    /// Someone wants it to happen.
    Demanded,
    /// It may have happened.
    Possible,
}

/// Finds the mentions of a report.
pub fn mentions(_report: &Report, _segments: &Segments, _found: &Extracts) -> Vec<Mention> {
    Vec::new()
}
