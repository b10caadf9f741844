//! Who said what: source, cue, content, as in the attribution literature (PARC3, PolNeAR).

use super::Extracts;
use crate::model::{Report, Span};
use crate::segment::Segments;
use serde::{Deserialize, Serialize};

/// One statement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// The words that name the speaker; empty if none do.
    pub source: Vec<Span>,
    /// The words of saying.
    pub cue: Vec<Span>,
    /// What is said; several spans where the cue or source splits it.
    pub content: Vec<Span>,
    /// The speaker's fullest name in the report, with pronouns and roles resolved.
    pub speaker: Option<String>,
    /// Through whom, outermost last: `Kim` told, `KCNA` said gives `["KCNA"]`.
    pub via: Vec<String>,
    /// Whose words.
    pub directness: Directness,
    /// Whether it is said, denied or withheld.
    pub stance: Stance,
}

/// Whose words a content is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Directness {
    /// The speaker's own, inside quotation marks.
    Direct,
    /// The report's.
    Indirect,
    /// The report's, with quoted parts.
    Mixed,
}

/// What the cue does with the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// Says it.
    Asserted,
    /// Says that it is not so, or did not say it.
    Denied,
    /// Neither confirms nor denies: declined to say.
    Withheld,
}

/// Finds the statements of a report.
pub fn statements(_report: &Report, _segments: &Segments, _found: &Extracts) -> Vec<Statement> {
    Vec::new()
}
