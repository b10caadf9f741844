//! How many of what: values as intervals, with unit and what is counted.
//!
//! Dates, ages in names, scores, addresses and product names are not quantities.

pub(in crate::extract) mod atoms;
pub(in crate::extract) mod numerals;

use super::Time;
use crate::model::{Report, Span};
use crate::segment::Segments;
use serde::{Deserialize, Serialize};

/// One quantity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// Where it stands, modifier and unit included: `more than 10 million artillery rounds`.
    pub span: Span,
    /// Where the number alone stands: `10 million`.
    pub number: Span,
    /// Least value; none if open below. Equal to `high` for a plain number.
    pub low: Option<f64>,
    /// Greatest value; none if open above.
    pub high: Option<f64>,
    /// Whether the words say that the value is rough.
    pub approx: bool,
    /// How the words qualify the value.
    pub change: Change,
    /// The unit's usual name (`percent`, `euro`, `kilometre`); empty for a count.
    pub unit: String,
    /// What is counted or measured: the noun phrase behind the number.
    pub of: Option<Span>,
}

impl Quantity {
    /// The value or, for a range, both ends.
    pub fn values(&self) -> Vec<f64> {
        Vec::new()
    }
}

/// How a value is qualified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// `=`: just this value.
    Equal,
    /// `~`: about.
    About,
    /// `>`: more than, at least.
    More,
    /// `<`: less than, up to.
    Less,
    /// `up`: a rise by.
    Up,
    /// `down`: a fall by.
    Down,
}

/// Finds the quantities of a report.
pub fn quantities(_report: &Report, _segments: &Segments, _times: &[Time]) -> Vec<Quantity> {
    Vec::new()
}

/// The rows of an embedded table: tab-separated, `#` begins a comment line.
pub(in crate::extract) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).map(|l| l.split('\t').collect())
}
