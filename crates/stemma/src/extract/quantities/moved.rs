//! A range that is none: "the number of the dead rose from two to three" tells where a count was and where
//! it is now.
//!
//! Reads the words of one quantity and the word before it. A count with a noun behind it ("from 5 to 7
//! people") stays a range, except where the language's own words say that it moved ("von 5 auf 7").

use super::Quantity;
use super::numerals::Numerals;
use super::words::Words;
use crate::model::Report;

/// Where a count was and where it is now, if a quantity tells a movement.
pub(crate) fn moved(report: &Report, quantity: &Quantity) -> Option<(f64, f64)> {
    let (low, high) = (quantity.low?, quantity.high?);
    if low >= high || quantity.approx {
        return None;
    }
    let (words, numerals) = (Words::of(report.lang), Numerals::of(report.lang));
    let number = quantity.number.of(&report.body).to_lowercase();
    let before = report.body[..quantity.number.start as usize].split_whitespace().next_back();
    let led = before.is_some_and(|w| words.from.contains(w.to_lowercase().as_str()));
    let joint = number.split_whitespace().find(|w| words.onto.contains(*w))?;
    let sure = !words.to.contains(joint);
    if !led || !sure && (quantity.of.is_some() || !quantity.unit.is_empty()) {
        return None;
    }
    let first = numerals.worth(number.split_whitespace().next()?)?;
    // A scale behind the second may be meant for both: `from 2 to 3 million`.
    let is =
        |end: f64| first > 0.0 && [1.0, 1e3, 1e6, 1e9].iter().any(|s| (first * s - end).abs() < 1e-6 * end);
    match (is(low), is(high)) {
        (true, _) => Some((low, high)),
        (false, true) => Some((high, low)),
        _ => None,
    }
}
