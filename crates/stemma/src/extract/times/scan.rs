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
        let longest = |i: usize| reader.longest(i, |found| stands(reader, found));
        let here = date_in_figures(atoms, i, day_first).or_else(|| longest(i));
        // Words that lead to a time must not cut it short: `al jueves de la semana pasada`.
        let inner = here.filter(|f| f.from > i).and_then(|f| longest(f.from));
        let here = inner.filter(|n| here.is_some_and(|h| n.to > h.to || h.weak && !n.weak)).or(here);
        let Some(pattern) = here else {
            i += 1;
            continue;
        };
        i = pattern.to;
        found.push(pattern);
    }
    let mut joined = join(reader, found);
    joined.retain(|f| !f.weak);
    inherit(reader, &mut joined);
    joined
}

/// Joins a time of day with the day beside it: `18:00 UTC Monday`, `Tuesday at 8 p.m.`,
/// `noche del martes`; and a time on the clock with its part of the day.
fn join(reader: &Reader, found: Vec<Found>) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::with_capacity(found.len());
    for next in found {
        if let Some(last) = out.last_mut()
            && beside(reader, last, &next)
        {
            let joined = match (of_day(last), of_day(&next)) {
                (true, false) if is_day(&next) => {
                    Some(Found { slots: with_time(next.slots, &last.slots), ..next })
                }
                (false, true) if is_day(last) => {
                    Some(Found { slots: with_time(last.slots, &next.slots), ..*last })
                }
                (true, true) if last.slots.clock.is_some() != next.slots.clock.is_some() => {
                    Some(Found { op: Op::Clock, slots: with_time(last.slots, &next.slots), ..*last })
                }
                _ => None,
            };
            if let Some(joined) = joined {
                let weak = last.weak && next.weak;
                *last = Found { from: last.from, begin: last.begin, to: next.to, weak, ..joined };
                continue;
            }
        }
        out.push(next);
    }
    out
}

/// Whether two patterns touch, or stand apart by words that join a day and its time of day.
fn beside(reader: &Reader, last: &Found, next: &Found) -> bool {
    let atoms = reader.atoms;
    if !atoms.together(last.from, next.from) || next.begin < last.to {
        return next.begin < last.to;
    }
    let mut at = last.to;
    // A comma, then words: `martes, a las 9`.
    for _ in 0..2 {
        if at >= next.begin {
            break;
        }
        at = reader.phrase(&reader.lexicon.joints, at).map_or(at, |(_, end)| end);
    }
    at == next.begin || at > next.begin && at <= next.from
}

/// Whether a pattern is a time of day alone.
pub(super) fn of_day(found: &Found) -> bool {
    matches!(found.op, Op::Clock | Op::Hour | Op::Part)
}

/// Whether a pattern gives one day, and no time of it yet.
fn is_day(found: &Found) -> bool {
    let s = &found.slots;
    let set = found.op == Op::Set && s.weekday.is_some() && s.ordinal.is_none();
    s.clock.is_none() && s.part.is_none() && (set || gives_day(found))
}

/// Whether a pattern gives one day.
pub(super) fn gives_day(found: &Found) -> bool {
    let s = &found.slots;
    match found.op {
        Op::Date | Op::DateOfYear => s.day.is_some() || s.weekday.is_some(),
        Op::Relative | Op::Shift(_) => s.weekday.is_some(),
        Op::DayOfWeek | Op::Deictic => true,
        _ => false,
    }
}

fn with_time(day: Slots, time: &Slots) -> Slots {
    Slots { clock: time.clock.or(day.clock), part: time.part.or(day.part), ..day }
}

/// Hands a month, year, week or unit back over `and`, `to`, `-`: `April and June 2008`,
/// `12-14 June`, `60 to 90 days`, `martes al jueves de la semana pasada`.
fn inherit(reader: &Reader, found: &mut Vec<Found>) {
    let mut added = Vec::new();
    for n in (0..found.len()).rev() {
        let this = found[n];
        let before = n.checked_sub(1).map(|b| found[b]);
        if let Some(before) = before
            && linked(reader, before.to) == Some(this.from)
        {
            if this.slots.year.is_some() && lacks_year(&before) {
                found[n - 1].slots.year = this.slots.year;
            }
            if this.op == Op::DayOfWeek && before.op == Op::Date && before.slots.month.is_none() {
                found[n - 1].op = Op::DayOfWeek;
                found[n - 1].slots.direction = this.slots.direction;
            }
        }
        let free_from = before.map_or(0, |b| b.to);
        let mut right = this;
        while let Some(left) = left_of(reader, &right).filter(|f| f.from >= free_from) {
            added.push(left);
            right = left;
        }
        added.extend(right_of(reader, &this));
    }
    found.extend(added);
    found.sort_by_key(|f| f.from);
    found.dedup_by(|b, a| b.from < a.to);
}

/// Where the second of two linked times begins, if a link stands at `i`: `and`, `y el`, `bis zum`.
pub(super) fn linked(reader: &Reader, i: usize) -> Option<usize> {
    let atoms = reader.atoms;
    let article = |n: usize| usize::from(near(atoms.lower(n), Near::LinkArticle));
    near(atoms.lower(i), Near::Link).then(|| i + 1 + article(i + 1))
}

fn lacks_year(found: &Found) -> bool {
    found.op == Op::Date && found.slots.month.is_some() && found.slots.year.is_none()
}

/// The number on the left of the link: a day of the same month, or a length in the same unit.
fn left_of(reader: &Reader, this: &Found) -> Option<Found> {
    let atoms = reader.atoms;
    let link = [2, 1]
        .into_iter()
        .filter_map(|n| this.from.checked_sub(n))
        .find(|&l| linked(reader, l) == Some(this.from))?;
    // The stop of an ordinal: `vom 1. bis 20. April`.
    let stop = usize::from(link > 1 && atoms.lower(link - 1) == "." && !atoms.gap(link - 1));
    let i = link.checked_sub(1 + stop).filter(|&i| atoms.together(i, this.from))?;
    let slots = match this.op {
        Op::Date | Op::DateOfYear if this.slots.month.is_some() && this.slots.day.is_some() => {
            let listed = atoms.lower(link) == "," && !this.slots.listed;
            let figures = atoms.is(this.from, AtomKind::Number) && !listed;
            let day = bare_day(reader, i).filter(|_| figures)?;
            Slots { day: Some(day), weekday: None, part: None, clock: None, listed: true, ..this.slots }
        }
        Op::Length if this.slots.unit.is_some() && stop == 0 && atoms.gap(i) && atoms.gap(this.from) => {
            let number = reader.numerals.at(atoms, i).filter(|m| m.end == i + 1 && m.value >= 2.0)?;
            Slots { number: Some(Some(number.value)), ..this.slots }
        }
        _ => return None,
    };
    Some(Found { from: i, begin: i, to: i + 1 + stop, op: this.op, weak: false, slots })
}

/// The day on the right of a dash: `June 12-14`.
fn right_of(reader: &Reader, this: &Found) -> Option<Found> {
    let dash = matches!(reader.atoms.lower(this.to), "-" | "–");
    let open = lacks_year(this) && this.slots.day.is_some();
    let day = bare_day(reader, this.to + 1).filter(|_| dash && open)?;
    let slots = Slots { day: Some(day), weekday: None, ..this.slots };
    let from = this.to + 1;
    Some(Found { from, begin: from, to: from + 1, op: Op::Date, weak: false, slots })
}

fn bare_day(reader: &Reader, i: usize) -> Option<i8> {
    let text = reader.atoms.text(i);
    let day = (text.len() <= 2).then(|| text.parse().ok()).flatten()?;
    (1..=31).contains(&day).then_some(day)
}
