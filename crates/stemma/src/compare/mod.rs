//! Reports -> [`Likeness`]es: which pairs share a text, measured by alignment.
//!
//! Casts wide by keys (`candidates`), then lets monotone sentence alignment judge (`align`).
//! Says how alike two reports are and where; never which came first.

use crate::Analysis;
use crate::model::{ReportId, Span};
use serde::{Deserialize, Serialize};

/// What comparison needs of one report, made from it alone: signatures, anchors, sentence vectors.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Fingerprint {}

/// A measured pair of reports.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Likeness {
    /// The report with the smaller id.
    pub a: ReportId,
    /// The other.
    pub b: ReportId,
    /// Share of `a`'s words that lie in aligned sentences, 0..=1.
    pub coverage_a: f32,
    /// Share of `b`'s words that lie in aligned sentences, 0..=1.
    pub coverage_b: f32,
    /// Share of the words in aligned sentences that stand there verbatim, 0..=1.
    pub verbatim: f32,
    /// How far the aligned sentences keep their order, 0..=1.
    pub order: f32,
    /// Whether the two are in different languages.
    pub across: bool,
    /// Probability that one is made from the other or both from a third, 0..=1.
    pub copying: f32,
    /// The aligned sentences, in `a`'s order.
    pub alignment: Vec<Aligned>,
}

/// Sentences of one report that tell those of the other.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Aligned {
    /// In `a`'s body.
    pub a: Span,
    /// In `b`'s body.
    pub b: Span,
    /// How alike, 0..=1.
    pub score: f32,
}

/// Makes a report's fingerprint.
pub fn fingerprint(
    _report: &crate::model::Report,
    _segments: &crate::segment::Segments,
    _extracts: &crate::extract::Extracts,
) -> Fingerprint {
    Fingerprint::default()
}

/// Measures all pairs of reports that may share a text. Order of input is irrelevant; sorted by (a, b).
pub fn compare(_reports: &[&Analysis]) -> Vec<Likeness> {
    Vec::new()
}
