//! How many of what: values as intervals, with unit and what is counted.
//!
//! Dates, ages in names, scores, addresses and product names are not quantities.

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
