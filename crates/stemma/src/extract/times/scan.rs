//! Pieces -> patterns in order, then what neighbours say about each other: a clock time joins
//! its day, a bare day in `12-14 June` takes the month, a bare month the year behind it.

use super::context::stands;
use super::figures::date_in_figures;
use super::meaning::{Op, Slots};
use super::pattern::{Found, Reader};
use crate::extract::quantities::atoms::AtomKind;

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
                && gap.clone().all(|i| {
                    matches!(
                        atoms.lower(i),
                        "," | "on" | "at" | "às" | "de" | "à" | "um" | "am" | "le" | "no" | "na"
                    )
                });
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

/// Hands a month or year back over `and`, `to`, `-`: `April and June 2008`, `12-14 June`.
fn inherit(reader: &Reader, found: &mut Vec<Found>) {
    let atoms = reader.atoms;
    let links = |i: usize| {
        matches!(
            atoms.lower(i),
            "and"
                | "to"
                | "-"
                | "–"
                | "or"
                | ","
                | "e"
                | "a"
                | "y"
                | "et"
                | "au"
                | "und"
                | "bis"
                | "through"
                | "until"
                | "até"
                | "hasta"
                | "/"
        )
    };
    let mut added = Vec::new();
    for n in 0..found.len() {
        let this = found[n];
        let s = this.slots;
        if this.op == Op::Length
            && s.unit.is_some()
            && atoms.gap(this.from)
            && let Some(i) = this.from.checked_sub(2).filter(|&i| links(i + 1))
            && !(n > 0 && found[n - 1].to > i)
            && let Some(number) = reader.numerals.at(atoms, i).filter(|m| m.end == i + 1)
            && atoms.gap(i)
            && number.value >= 2.0
        {
            // `60 to 90 days`: both are lengths.
            let slots = Slots { number: Some(Some(number.value)), ..s };
            added.push(Found { from: i, to: i + 1, op: Op::Length, slots });
        }
        if this.op != Op::Date || s.month.is_none() {
            continue;
        }
        if n > 0 && found[n - 1].op == Op::Date && s.year.is_some() {
            let before = &mut found[n - 1];
            let linked = this.from == before.to + 1 && links(before.to);
            if linked && before.slots.month.is_some() && before.slots.year.is_none() {
                before.slots.year = s.year;
            }
        }
        // Figures on the other side of the link are days of the same month.
        let first = this.from.checked_sub(2).filter(|&i| links(i + 1) && s.day.is_some());
        let taken = n > 0 && first.is_some_and(|i| found[n - 1].to > i);
        if let Some(i) = first.filter(|_| !taken && atoms.is(this.from, AtomKind::Number))
            && let Some(day) = bare_day(reader, i)
        {
            added.push(Found {
                from: i,
                to: i + 1,
                op: Op::Date,
                slots: Slots { day: Some(day), weekday: None, ..s },
            });
        }
        let behind = this.to;
        let dash = matches!(atoms.lower(behind), "-" | "–") && s.day.is_some() && s.year.is_none();
        if dash && let Some(day) = bare_day(reader, behind + 1) {
            let from = behind + 1;
            added.push(Found {
                from,
                to: from + 1,
                op: Op::Date,
                slots: Slots { day: Some(day), weekday: None, ..s },
            });
        }
    }
    found.extend(added);
    found.sort_by_key(|f| f.from);
    found.dedup_by(|b, a| b.from < a.to);
}

fn bare_day(reader: &Reader, i: usize) -> Option<i8> {
    let text = reader.atoms.text(i);
    let day = (text.len() <= 2).then(|| text.parse().ok()).flatten()?;
    (1..=31).contains(&day).then_some(day)
}
