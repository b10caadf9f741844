//! Expressions of time, valued in TIMEX3 (ISO 8601), in the past unless the words say otherwise.
//!
//! Anchored to the report's date where it has one; else left open (`XXXX-WXX-6`).

use crate::model::{Report, Span};
use crate::segment::Segments;
use serde::{Deserialize, Serialize};

/// One expression of time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Time {
    /// Where it stands.
    pub span: Span,
    /// TIMEX3 type.
    pub kind: TimeKind,
    /// TIMEX3 value, resolved as far as the report's date allows.
    pub value: String,
    /// TIMEX3 value without any date to anchor to; unknown parts are X.
    pub value_undated: String,
    /// Whether the value rests on the report's date.
    pub anchored: bool,
}

/// TIMEX3 types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimeKind {
    /// A day, week, month, season, year.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A repeated time.
    Set,
}

/// Finds the expressions of time in a report.
pub fn times(_report: &Report, _segments: &Segments) -> Vec<Time> {
    Vec::new()
}

/// First and last day of a TIMEX3 value, if it names calendar days.
pub fn interval(value: &str) -> Option<(jiff::civil::Date, jiff::civil::Date)> {
    let day = value.get(..10)?.parse().ok()?;
    Some((day, day))
}
/// stub
pub fn compatible(a: &str, b: &str) -> bool {
    a == b
}
