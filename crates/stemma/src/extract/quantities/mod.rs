//! How many of what: values as intervals, with unit and what is counted.
//!
//! Dates, ages in names, scores, addresses and product names are not quantities.

pub(in crate::extract) mod atoms;
pub(in crate::extract) mod near;
pub(in crate::extract) mod numerals;
mod change;
mod number_words;
mod counted;
mod moved;
mod qualify;
mod range;
mod refuse;
mod scan;
mod words;

pub(crate) use moved::moved;

use super::{Time, TimeKind};
use crate::model::{Report, Span};
use crate::segment::Segments;
use atoms::Atoms;
use numerals::Numerals;
use scan::Scanner;
use serde::{Deserialize, Serialize};
use words::Words;

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
    /// The words of the unit as written: `km/h`, `US$`; none for a count.
    pub unit_words: Option<Span>,
    /// What is counted or measured: the noun phrase behind the number.
    pub of: Option<Span>,
}

impl Quantity {
    /// The values that the words give: one for a plain, open or rough number, both ends, least
    /// first, for a range, and the ends of its order for a vague count (`thousands` is 1,000 to
    /// 10,000, though [`high`](Self::high) stays open). Empty where the words give no number.
    pub fn values(&self) -> Vec<f64> {
        match (self.low, self.high) {
            (Some(low), Some(high)) if low == high => vec![low],
            (Some(low), Some(high)) => vec![low, high],
            (Some(low), None) if self.approx && self.change != Change::More => vec![low, low * 10.0],
            (Some(one), None) | (None, Some(one)) => vec![one],
            (None, None) => Vec::new(),
        }
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

/// Finds the quantities of a report, in order; they do not overlap in their numbers.
///
/// Numbers inside dates, times of day and rates are left out; a length of time (`three years`)
/// is a quantity of its unit. A vague count (`thousands`) is open above, with `approx` set.
pub fn quantities(report: &Report, segments: &Segments, times: &[Time]) -> Vec<Quantity> {
    let atoms = Atoms::of(report, segments);
    // `every Monday at 6` is a date that returns; `every two weeks` has a number of its own.
    let is_date = |t: &&Time| match t.kind {
        TimeKind::Date | TimeKind::Time => true,
        TimeKind::Set => t.value.starts_with('X'),
        TimeKind::Duration => false,
    };
    let dates = times.iter().filter(is_date).map(|t| t.span).collect();
    let scanner =
        Scanner { atoms: &atoms, words: Words::of(report.lang), numerals: Numerals::of(report.lang), dates };
    scanner.scan()
}

#[cfg(test)]
mod tests;
