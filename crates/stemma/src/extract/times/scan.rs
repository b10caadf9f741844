//! Pieces -> patterns in order, then what neighbours say about each other: a clock time joins
//! its day, a bare day in `12-14 June` takes the month, a bare month the year behind it.

use super::context::stands;
use super::figures::date_in_figures;
use super::meaning::{Op, Slots};
use super::pattern::{Found, Reader};
use crate::extract::quantities::atoms::AtomKind;
use crate::extract::quantities::near::{Near, near};

/// All times of a report as patterns, in order, not overlapping.
pub(super) fn scan(reader: &Reader) -> Vec<Found> {
    let atoms = reader.atoms;
    let day_first = reader.lexicon.known.then_some(reader.lexicon.day_first);
    let mut found: Vec<Found> = Vec::new();
    let mut i = 0;
    while i < atoms.len() {
        let here =
            date_in_figures(atoms, i, day_first).or_else(|| reader.longest(i, |found| stands(reader, found)));
        let Some(pattern) = here else {
            i += 1;
            continue;
        };
        i = pattern.to;
        found.push(pattern);
    }
    let mut joined = join(reader, found);
    inherit(reader, &mut joined);
    joined
}

/// Joins a time of day with the day beside it: `18:00 UTC Monday`, `Tuesday at 8 p.m.`.
fn join(reader: &Reader, found: Vec<Found>) -> Vec<Found> {
    let atoms = reader.atoms;
    let mut out: Vec<Found> = Vec::with_capacity(found.len());
    for next in found {
        if let Some(last) = out.last_mut() {
            let gap = last.to..next.from;
            let near = gap.len() <= 1
                && atoms.together(last.from, next.from)
                && gap.clone().all(|i| near(atoms.lower(i), Near::DayJoint));
            let of_day = |f: &Found| matches!(f.op, Op::Clock | Op::Part);
            if near && of_day(last) && is_day(&next) {
                *last = Found { from: last.from, slots: with_time(next.slots, &last.slots), ..next };
                continue;
            }
            let close = near && (next.op == Op::Clock || gap.is_empty());
            if close && is_day(last) && of_day(&next) {
                *last = Found { to: next.to, slots: with_time(last.slots, &next.slots), ..*last };
                continue;
            }
        }
        out.push(next);
    }
    out
}

/// Whether a pattern gives one day.
fn is_day(found: &Found) -> bool {
    let s = &found.slots;
    let free = s.clock.is_none() && s.part.is_none();
    free && match found.op {
        Op::Date | Op::DateOfYear => s.day.is_some() || s.weekday.is_some(),
        Op::Relative | Op::Shift(_) => s.weekday.is_some(),
        Op::DayOfWeek | Op::Deictic => true,
        _ => false,
    }
}

fn with_time(day: Slots, time: &Slots) -> Slots {
    Slots { clock: time.clock, part: time.part, ..day }
}

/// Hands a month, year or unit back over `and`, `to`, `-`: `April and June 2008`, `12-14 June`,
/// `60 to 90 days`.
fn inherit(reader: &Reader, found: &mut Vec<Found>) {
    let mut added = Vec::new();
    for n in 0..found.len() {
        let this = found[n];
        let before = n.checked_sub(1).map(|b| found[b]);
        let free_from = before.map_or(0, |b| b.to);
        if let Some(year) = this.slots.year
            && let Some(before) = before
            && this.from == before.to + 1
            && links(reader, before.to)
            && lacks_year(&before)
        {
            found[n - 1].slots.year = Some(year);
        }
        added.extend(left_of(reader, &this).filter(|f| f.from >= free_from));
        added.extend(right_of(reader, &this));
    }
    found.extend(added);
    found.sort_by_key(|f| f.from);
    found.dedup_by(|b, a| b.from < a.to);
}

fn links(reader: &Reader, i: usize) -> bool {
    near(reader.atoms.lower(i), Near::Link)
}

fn lacks_year(found: &Found) -> bool {
    found.op == Op::Date && found.slots.month.is_some() && found.slots.year.is_none()
}

/// The number on the left of the link: a day of the same month, or a length in the same unit.
fn left_of(reader: &Reader, this: &Found) -> Option<Found> {
    let atoms = reader.atoms;
    let i = this.from.checked_sub(2).filter(|&i| links(reader, i + 1) && atoms.together(i, this.from))?;
    let slots = match this.op {
        Op::Date if this.slots.month.is_some() && this.slots.day.is_some() => {
            let figures = atoms.is(this.from, AtomKind::Number) && atoms.lower(i + 1) != ",";
            Slots { day: Some(bare_day(reader, i).filter(|_| figures)?), weekday: None, ..this.slots }
        }
        Op::Length if this.slots.unit.is_some() && atoms.gap(i) && atoms.gap(this.from) => {
            let number = reader.numerals.at(atoms, i).filter(|m| m.end == i + 1 && m.value >= 2.0)?;
            Slots { number: Some(Some(number.value)), ..this.slots }
        }
        _ => return None,
    };
    Some(Found { from: i, to: i + 1, op: this.op, slots })
}

/// The day on the right of a dash: `June 12-14`.
fn right_of(reader: &Reader, this: &Found) -> Option<Found> {
    let dash = matches!(reader.atoms.lower(this.to), "-" | "–");
    let open = lacks_year(this) && this.slots.day.is_some();
    let day = bare_day(reader, this.to + 1).filter(|_| dash && open)?;
    let slots = Slots { day: Some(day), weekday: None, ..this.slots };
    Some(Found { from: this.to + 1, to: this.to + 2, op: Op::Date, slots })
}

fn bare_day(reader: &Reader, i: usize) -> Option<i8> {
    let text = reader.atoms.text(i);
    let day = (text.len() <= 2).then(|| text.parse().ok()).flatten()?;
    (1..=31).contains(&day).then_some(day)
}
