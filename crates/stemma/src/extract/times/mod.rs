//! Expressions of time, valued in TIMEX3 (ISO 8601), in the past unless the words say otherwise.
//!
//! Report + segments -> [`Time`]s. Anchored to the report's date where it has one, else to a
//! full date that stands as a line of its own, else to a date told just before; else left open
//! (`XXXX-WXX-6`). Reads no clock: an undated report is given no date. A language without tables
//! gets dates in figures only.

mod bounds;
mod class;
mod clock;
mod context;
mod edtf;
mod figures;
mod lean;
mod lexicon;
mod meaning;
mod pattern;
mod relative;
mod resolve;
mod rule;
mod scan;
mod value;
mod year_parts;

pub(in crate::extract) use context::is_small_word;
pub use value::{compatible, interval};

use crate::extract::quantities::atoms::Atoms;
use crate::extract::quantities::numerals::Numerals;
use crate::model::{Report, Span};
use crate::segment::Segments;
use bounds::Bounds;
use jiff::civil::Date;
use lean::Lean;
use lexicon::Lexicon;
use meaning::{Op, Unit};
use pattern::{Found, Reader};
use resolve::Ground;
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
    /// The value in EDTF (ISO 8601-2), with what the words leave open: `2015~` about, `2015-06/..`
    /// since, `[..2014-12-31]` before, `2015-01~/2015-04~` early in. None for lengths, repeated
    /// times and what has no date.
    pub edtf: Option<String>,
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

/// Passages from the top in which a date that is a line of its own dates the report.
const DATELINE_PASSAGES: u32 = 4;

/// Finds the expressions of time in a report, in order; they do not overlap.
pub fn times(report: &Report, segments: &Segments) -> Vec<Time> {
    let atoms = Atoms::of(report, segments);
    let lexicon = Lexicon::of(report.lang);
    let numerals = Numerals::of(report.lang);
    let reader = Reader::new(&atoms, lexicon, numerals);
    let found = scan::scan(&reader);
    let date = report.published.map(|p| p.date).or_else(|| dateline_date(&atoms, &found));
    let mut dated = Ground { report: date, ..Ground::default() };
    let mut told_in = None;
    let mut bounds = Bounds::default();
    let mut undated = Ground::default();
    let mut out = Vec::with_capacity(found.len());
    let mut lean = Lean::Open;
    for (n, pattern) in found.iter().enumerate() {
        // The second of a range leans as the first does: `vom 1. bis 20. April`.
        let before = n.checked_sub(1).map(|b| &found[b]);
        if before.is_none_or(|b| scan::linked(&reader, b.to) != Some(pattern.from)) {
            lean = lean::lean(&atoms, lexicon, numerals, pattern);
        }
        // `The 7.15 train left the rails on Monday`: the day comes behind its hour.
        if let Some(day) = found.get(n + 1).filter(|next| day_behind(&atoms, pattern, next)) {
            let lean = lean::lean(&atoms, lexicon, numerals, day);
            for ground in [&mut dated, &mut undated] {
                if let Some((_, value)) = resolve::value(day, *ground, lean) {
                    tell(ground, day, &value);
                }
            }
        }
        let bound = bounds.of(&reader, pattern, found.get(n + 1));
        let sentence = atoms.get(pattern.from).map_or(0, |a| a.sentence);
        let beside = told_in.is_some_and(|told: u32| sentence - told <= 1);
        dated.beside = dated.told.filter(|_| date.is_none() && beside);
        let Some((kind, value)) = resolve::value(pattern, dated, lean) else { continue };
        let open = resolve::value(pattern, undated, Lean::Open).map_or_else(|| value.clone(), |(_, v)| v);
        if tell(&mut dated, pattern, &value) {
            told_in = Some(sentence);
        }
        tell(&mut undated, pattern, &open);
        let dates = matches!(kind, TimeKind::Date | TimeKind::Time);
        let edtf = if dates { edtf::edtf(&value, bound) } else { None };
        let span = atoms.span(pattern.from, pattern.to);
        out.push(Time { span, kind, value, value_undated: open, edtf });
    }
    out
}

/// Whether a time of day has its day behind it in the same sentence, and none before.
fn day_behind(atoms: &Atoms, found: &Found, next: &Found) -> bool {
    let sentence = |f: &Found| atoms.get(f.from).map(|a| a.sentence);
    found.op == Op::Clock && scan::gives_day(next) && sentence(found) == sentence(next)
}

/// Keeps a date for the relative times behind it; answers whether it is one.
fn tell(ground: &mut Ground, found: &Found, value: &str) -> bool {
    if matches!(
        found.op,
        Op::Length | Op::Open | Op::Set | Op::Rate | Op::Reference(_) | Op::Decade | Op::Century
    ) {
        return false;
    }
    let Some((first, last)) = interval(value) else { return false };
    let unit = match last.duration_since(first).as_hours() / 24 {
        0 => Unit::Day,
        1..=7 => Unit::Week,
        8..=31 => Unit::Month,
        _ => Unit::Year,
    };
    ground.told = Some((first, unit));
    true
}

/// A full date that fills a line near the top.
fn dateline_date(atoms: &Atoms, found: &[Found]) -> Option<Date> {
    found.iter().find_map(|f| {
        let s = f.slots;
        let alone = (f.from == 0 || !atoms.together(f.from - 1, f.from)) && !atoms.together(f.to - 1, f.to);
        let near_top = atoms.get(f.from).is_some_and(|a| a.passage < DATELINE_PASSAGES);
        (f.op == Op::Date && alone && near_top).then_some(())?;
        Date::new(s.year?, s.month?, s.day?).ok()
    })
}

#[cfg(test)]
mod tests;
