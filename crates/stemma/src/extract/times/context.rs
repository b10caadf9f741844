//! Whether a pattern found is a time where it stands, and which way the words around it lean.
//!
//! Looks at the neighbours of a pattern only; decides no value.

use super::lexicon::{Class, Lexicon};
use super::meaning::{Op, Unit};
use super::pattern::{Found, Reader};
use super::resolve::Lean;
use crate::extract::quantities::atoms::{AtomKind, Atoms};
use crate::extract::quantities::near::{Near, near};
use crate::extract::quantities::numerals::Numerals;

/// How many pieces to each side are read for words of past and future.
///
/// Wide enough for a clause with its subject; longer reaches pick up verbs of other clauses.
const REACH: usize = 14;

/// Whether a pattern stands as a time.
pub(super) fn stands(reader: &Reader, found: &Found) -> bool {
    let atoms = reader.atoms;
    if glued_before(atoms, found.from, reader) || glued_behind(atoms, found) {
        return false;
    }
    match found.op {
        Op::Year => year_stands(reader, found),
        Op::Date if only_year(found) => found.slots.short_year || year_stands(reader, found),
        Op::Date if only_month(found) => month_stands(reader, found),
        Op::Rate => rate_stands(reader, found),
        Op::Length => length_stands(reader, found),
        Op::Open => {
            found.slots.plural && found.slots.unit != Some(Unit::Second) && open_stands(reader, found)
        }
        Op::Same => same_stands(reader, found),
        Op::Part => found.to - found.from > 1,
        Op::Decade if atoms.lower(found.to - 1) == "s" => !atoms.gap(found.to - 1),
        // `two days before the vote` is a length; the event that it counts from is no date.
        Op::Earlier | Op::Later
            if matches!(atoms.lower(found.to - 1), "before" | "antes" | "depois" | "después" | "later") =>
        {
            !atoms.is(found.to, AtomKind::Word)
                || near(atoms.lower(found.to), Near::AfterEvent)
                || atoms.lower(found.to - 1) == "later"
        }
        Op::Season if found.to - found.from == 1 => season_stands(atoms, found.from),
        Op::Set if found.slots.repeated.is_some() => {
            !reader.atoms.is_capital(found.from) || found.from == 0 || atoms.opens_sentence(found.from)
        }
        Op::Quarter => found.slots.unit != Some(Unit::Quarter) || found.to - found.from > 1,
        _ => true,
    }
}

fn only_year(found: &Found) -> bool {
    let s = &found.slots;
    s.month.is_none() && s.weekday.is_none() && s.day.is_none() && found.to - found.from <= 2
}

fn only_month(found: &Found) -> bool {
    found.slots.month.is_some() && found.to == found.from + 1
}

/// Letters or figures glued to the front, as in `A2019` or `v1.2019`. Words that a missing
/// space has glued (`in2015`) do not count.
fn glued_before(atoms: &Atoms, from: usize, reader: &Reader) -> bool {
    if from == 0 || atoms.gap(from) {
        return false;
    }
    let before = atoms.lower(from - 1);
    match atoms.get(from - 1).map(|a| a.kind) {
        Some(AtomKind::Word) => before.len() < 2 || !is_small_word(before),
        Some(AtomKind::Number) => reader.atoms.is(from, AtomKind::Number),
        _ => {
            near(before, Near::GluedMark) && atoms.is(from, AtomKind::Number)
                || before == "-"
                    && from > 1
                    && !atoms.gap(from - 1)
                    && atoms.is(from, AtomKind::Number)
                    && !is_small_word(atoms.lower(from - 2))
                    && !(atoms.is(from - 2, AtomKind::Number) && atoms.gap(from - 2))
        }
    }
}

/// Words that a missing space may glue to a number: `in2015`.
pub(in crate::extract) fn is_small_word(word: &str) -> bool {
    near(word, Near::Small)
}

/// Letters glued to figures that end a pattern: `2019x`; or a decimal tail.
fn glued_behind(atoms: &Atoms, found: &Found) -> bool {
    let to = found.to;
    if atoms.gap(to) || !atoms.is(to - 1, AtomKind::Number) {
        return false;
    }
    match atoms.get(to).map(|a| a.kind) {
        Some(AtomKind::Word) => atoms.lower(to) != "s",
        Some(AtomKind::Number) => true,
        _ => {
            matches!(atoms.lower(to), "%" | "€" | "$" | "£" | "°")
                || matches!(atoms.lower(to), "/" | "." | "-")
                    && !atoms.gap(to + 1)
                    && atoms.is(to + 1, AtomKind::Number)
                    && atoms.text(to + 1).len() > 4
        }
    }
}

/// A bare year: four figures that news would not read as a count.
fn year_stands(reader: &Reader, found: &Found) -> bool {
    let atoms = reader.atoms;
    let at = (found.from..found.to).find(|&i| atoms.is(i, AtomKind::Number)).unwrap_or(found.from);
    let Ok(year) = atoms.text(at).parse::<i32>() else { return true };
    if found.to - found.from > 1 && found.from != at {
        return true;
    }
    let before = if found.from > 0 { atoms.lower(found.from - 1) } else { "" };
    let behind = atoms.lower(found.to);
    if near(before, Near::YearNotBehind) || near(behind, Near::YearNotBefore) {
        return false;
    }
    if (1900..=2049).contains(&year) {
        let round = year % 100 == 0 && year != 2000 || year % 1000 == 0;
        let counted = round && behind.len() > 3 && behind.ends_with('s') && !atoms.is_capital(found.to);
        return !counted;
    }
    near(before, Near::YearLed)
        && !(behind.len() > 2 && behind.ends_with('s'))
        && !matches!(behind, "of" | "de" | "feet" | "pounds" | "and")
}

/// `fall` and `spring` are verbs and springs too.
fn season_stands(atoms: &Atoms, i: usize) -> bool {
    let before = if i > 0 { atoms.lower(i - 1) } else { "" };
    let led = near(before, Near::SeasonLed);
    match atoms.lower(i) {
        "fall" => led && before != "the",
        "été" => before == "'" && atoms.lower(i.saturating_sub(2)) == "l",
        "spring" | "verão" => led,
        _ => !atoms.is_capital(i + 1),
    }
}

/// A bare month: `May` and `March` only where nothing makes them a name or a verb.
fn month_stands(reader: &Reader, found: &Found) -> bool {
    let atoms = reader.atoms;
    let i = found.from;
    let word = atoms.lower(i);
    let doubtful = near(word, Near::MonthDoubtful);
    if !doubtful {
        return true;
    }
    let before = if i > 0 { atoms.lower(i - 1) } else { "" };
    let led = near(before, Near::MonthLed);
    let name_behind = atoms.is_capital(i + 1) && atoms.is(i + 1, AtomKind::Word);
    match word {
        "may" | "march" | "mars" | "mai" | "set" | "ago" | "out" | "jan" | "mar" => {
            led && !name_behind && atoms.is_capital(i) | reader.lexicon.day_first
        }
        _ => led || !name_behind,
    }
}

/// `a year` is a rate behind a number or a counted noun, else a length.
fn rate_stands(reader: &Reader, found: &Found) -> bool {
    let atoms = reader.atoms;
    if found.slots.plural {
        return false;
    }
    let (Some(i), word) = (found.from.checked_sub(1), atoms.lower(found.from)) else { return false };
    if matches!(word, "per" | "once" | "twice" | "por" | "par" | "pro") {
        return true;
    }
    let is_number = |n: usize| {
        atoms.is(n, AtomKind::Number)
            || reader.numerals.knows(atoms.lower(n)) && !near(atoms.lower(n), Near::NumberIdle)
    };
    let before = atoms.lower(i);
    if near(before, Near::RateLed) {
        return true;
    }
    if is_small_word(before) || near(before, Near::RateNot) {
        return false;
    }
    is_number(i)
        || i > 0 && atoms.is(i, AtomKind::Word) && is_number(i - 1) && !atoms.is(i - 1, AtomKind::Mark)
        || i > 1 && is_number(i - 2) && matches!(atoms.lower(i - 1), "million" | "billion" | "dollar" | "of")
}

/// A length needs more than an article where the unit is also a plain noun.
fn length_stands(reader: &Reader, found: &Found) -> bool {
    let atoms = reader.atoms;
    let first = atoms.lower(found.from);
    let article = near(first, Near::Article);
    if matches!(found.slots.unit, Some(Unit::Second | Unit::Quarter)) && article {
        return false;
    }
    if !article || found.to - found.from > 2 {
        // `5 m`, `2 min`: figures that stand for a size, and ages.
        return !(atoms.lower(found.to - 1) == "m" || atoms.lower(found.to - 1) == "s");
    }
    let before = if found.from > 0 { atoms.lower(found.from - 1) } else { "" };
    let led = near(before, Near::LengthLed);
    let behind = near(atoms.lower(found.to), Near::LengthBehind);
    led || behind || found.slots.unit == Some(Unit::Decade) || found.slots.unit == Some(Unit::Year)
}

/// `years`, `months` alone: a length where no noun reading is nearer.
fn open_stands(reader: &Reader, found: &Found) -> bool {
    let atoms = reader.atoms;
    let before = if found.from > 0 { atoms.lower(found.from - 1) } else { "" };
    if reader.lexicon.day_first {
        return found.to - found.from > 1;
    }
    found.to - found.from > 1 || near(before, Near::OpenLed) || near(atoms.lower(found.to), Near::OpenBehind)
}

/// `the day`, `the week`: only where it is a date, not `the day of`, `the year-long`.
fn same_stands(reader: &Reader, found: &Found) -> bool {
    let atoms = reader.atoms;
    let Some(unit) = found.slots.unit else { return false };
    let told = found.to - found.from > 2 || atoms.lower(found.from) != "the";
    if found.slots.plural
        || matches!(unit, Unit::Second | Unit::Minute | Unit::Hour | Unit::Century | Unit::Decade)
    {
        return false;
    }
    if atoms.lower(found.to) == "-" {
        return false;
    }
    told && found.to - found.from > 1
        || !matches!(atoms.lower(found.to), "of" | "when" | "that" | "after" | "before")
            && unit != Unit::Month
            && unit != Unit::Quarter
}

/// Which way the words around a pattern lean: the nearest word of past or future in its
/// sentence decides, those before it counting first.
pub(super) fn lean(atoms: &Atoms, lexicon: &Lexicon, numerals: &Numerals, found: &Found) -> Lean {
    let Some(sentence) = atoms.get(found.from).map(|a| a.sentence) else { return Lean::Open };
    let inside = |i: usize| atoms.get(i).is_some_and(|a| a.sentence == sentence);
    let reads = |i: usize| -> Option<Lean> {
        let word = atoms.lower(i);
        let senses = lexicon.senses(word);
        // `by Monday`, `until May`: these words lean only on what follows them.
        let limit = near(word, Near::Limit);
        if limit && !(i < found.from && found.from - i <= 2) {
            return if word == "set" && atoms.lower(i + 1) == "to" { Some(Lean::Future) } else { None };
        }
        // `to be signed`, `may be signed`: the words before the participle decide.
        if i > 0 && atoms.lower(i - 1) == "be" && !senses.iter().any(|s| s.class == Class::Future) {
            return None;
        }
        if senses.iter().any(|s| s.class == Class::Future) && !atoms.is_capital(i) {
            return Some(Lean::Future);
        }
        let regular = !lexicon.day_first && word.len() > 4 && word.ends_with("ed") && !numerals.knows(word);
        (regular || senses.iter().any(|s| s.class == Class::Past)).then_some(Lean::Past)
    };
    let back = (1..=REACH).map_while(|n| found.from.checked_sub(n).filter(|&i| inside(i)));
    let mut before = back.take_while(|&i| !matches!(atoms.lower(i), ";" | "\"" | "”"));
    let mut infinitive = false;
    for i in before.by_ref() {
        if atoms.lower(i) == "to" && !lexicon.day_first {
            infinitive = true;
        }
        match reads(i) {
            // `expected to land`, but `was expected` alone tells the past.
            Some(Lean::Future) => return Lean::Future,
            Some(lean) if !infinitive => return lean,
            Some(_) => {
                return if matches!(
                    atoms.lower(i),
                    "began" | "continued" | "started" | "failed" | "had" | "managed"
                ) {
                    Lean::Past
                } else {
                    Lean::Future
                };
            }
            None => {}
        }
    }
    (found.to..found.to + REACH).take_while(|&i| inside(i)).find_map(reads).unwrap_or(Lean::Open)
}
