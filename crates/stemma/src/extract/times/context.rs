//! Whether a pattern found is a time where it stands, and which way the words around it lean.
//!
//! Looks at the neighbours of a pattern only; decides no value.

use super::class::Class;
use super::meaning::{Op, Unit};
use super::pattern::{Found, Reader, Stand};
use crate::extract::quantities::atoms::{AtomKind, Atoms};
use crate::extract::quantities::near::{Near, near};

/// Whether a pattern stands as a time.
pub(super) fn stands(reader: &Reader, found: &Found) -> Stand {
    let atoms = reader.atoms;
    if glued_before(atoms, found.from, reader) || glued_behind(atoms, found) {
        return Stand::No;
    }
    let long = found.to - found.begin > 1;
    let yes = match found.op {
        Op::Year => year_stands(reader, found),
        Op::Date if only_year(found) && found.slots.short_year => !names_an_edition(atoms, found),
        Op::Date if only_year(found) => year_stands(reader, found),
        Op::Date if only_month(found) => month_stands(reader, found),
        Op::Date if only_doubtful(reader, found) => nothing_named(reader, found.to),
        // `lundi 18 cartons`, `jeudi 1 600 grévistes`: the number counts something.
        Op::Date if day_without_month(found) => {
            nothing_named(reader, found.to) && !atoms.is(found.to, AtomKind::Number)
        }
        Op::Rate => rate_stands(reader, found),
        Op::Length => length_stands(reader, found),
        // `soon after the vote` counts from the vote.
        Op::Reference(_) => !opens_compound(atoms, found.to) && atoms.lower(found.to) != "after",
        Op::Open => {
            found.slots.plural && found.slots.unit != Some(Unit::Second) && open_stands(reader, found)
        }
        Op::Same => same_stands(reader, found),
        Op::Part if !long || led_by_article(atoms, found) => return Stand::BesideDay,
        Op::Hour if found.begin == found.from && bare_hour(reader, found) => false,
        Op::Hour => return Stand::BesideDay,
        Op::Clock => clock_stands(reader, found),
        Op::Decade if atoms.lower(found.to - 1) == "s" => !atoms.gap(found.to - 1),
        // `two days before the vote` is a length; the event that it counts from is no date.
        Op::Earlier | Op::Later
            if matches!(atoms.lower(found.to - 1), "before" | "antes" | "depois" | "después" | "later") =>
        {
            !atoms.is(found.to, AtomKind::Word)
                || near(atoms.lower(found.to), Near::AfterEvent)
                || atoms.lower(found.to - 1) == "later"
        }
        Op::Season if !long => season_stands(atoms, found.from),
        Op::Set if found.slots.repeated.is_some() => {
            !reader.atoms.is_capital(found.from) || found.from == 0 || atoms.opens_sentence(found.from)
        }
        Op::Quarter => {
            let named = found.slots.quarter.is_some();
            named || matches!(found.slots.unit, Some(Unit::Quarter | Unit::Half)) && long
        }
        _ => true,
    };
    yes.into()
}

/// Hours without minutes or a word of the clock (`a las 9`) have their article before them, and
/// nothing that they could count behind.
fn clock_stands(reader: &Reader, found: &Found) -> bool {
    let led = found.from.checked_sub(1).is_some_and(|b| near(reader.atoms.lower(b), Near::HourLed));
    !bare_hour(reader, found) || led && nothing_named(reader, found.to)
}

/// A number of hours alone: no minutes, no word of the clock.
fn bare_hour(reader: &Reader, found: &Found) -> bool {
    let word = reader.atoms.lower(found.from);
    found.from + 1 == found.to
        && found.slots.clock.is_some_and(|c| c.minute == 0)
        && reader.lexicon.sense(word, Class::Hour).is_none()
}

/// `la noche`: the article alone makes no date of it.
fn led_by_article(atoms: &Atoms, found: &Found) -> bool {
    found.to == found.from + 1
        && found.begin + 1 == found.from
        && near(atoms.lower(found.begin), Near::Definite)
}

/// A single word that mostly means something else: `segunda`.
fn only_doubtful(reader: &Reader, found: &Found) -> bool {
    let word = reader.atoms.lower(found.from);
    found.to == found.from + 1 && reader.lexicon.sense(word, Class::Doubtful).is_some()
}

/// Whether no noun can begin at `i`: a mark, a small word or another word of time.
fn nothing_named(reader: &Reader, i: usize) -> bool {
    let atoms = reader.atoms;
    let word = atoms.lower(i);
    !atoms.is(i, AtomKind::Word)
        || is_small_word(word)
        || near(word, Near::AfterEvent)
        || !reader.lexicon.senses(reader.lexicon.number(word)).is_empty()
}

/// `the now-closed bridge`: part of a word that says how something is.
fn opens_compound(atoms: &Atoms, to: usize) -> bool {
    atoms.lower(to) == "-" && !atoms.gap(to) && !atoms.gap(to + 1) && atoms.is(to + 1, AtomKind::Word)
}

/// `the Kestrel '11`: the year that belongs to a name.
fn names_an_edition(atoms: &Atoms, found: &Found) -> bool {
    found.from.checked_sub(1).is_some_and(|b| {
        atoms.is(b, AtomKind::Word)
            && atoms.is_capital(b)
            && !atoms.opens_sentence(b)
            && !is_small_word(atoms.lower(b))
    })
}

fn only_year(found: &Found) -> bool {
    let s = &found.slots;
    s.month.is_none() && s.weekday.is_none() && s.day.is_none() && found.to - found.from <= 2
}

/// A weekday and a number: `lundi 18`.
fn day_without_month(found: &Found) -> bool {
    let s = &found.slots;
    s.weekday.is_some() && s.day.is_some() && s.month.is_none()
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
    // `1.500 segundo a organização` is no time, `Ana Rua, 58 anos,` an age.
    let many = found.slots.number.flatten().is_some_and(|n| n > 1.0);
    if many && !found.slots.plural && found.slots.unit == Some(Unit::Second) && reader.lexicon.day_first {
        return false;
    }
    let comma = |i: usize| atoms.lower(i) == ",";
    if found.slots.unit == Some(Unit::Year)
        && found.from > 1
        && comma(found.from - 1)
        && (comma(found.to) || atoms.lower(found.to) == ".")
        && atoms.is_capital(found.from - 2)
        && reader.lexicon.day_first
    {
        return false;
    }
    if matches!(found.slots.unit, Some(Unit::Second | Unit::Quarter)) && article {
        return false;
    }
    // `about a quarter of them`
    if found.slots.unit == Some(Unit::Quarter) && near(atoms.lower(found.to.saturating_sub(2)), Near::Article)
    {
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
        return found.to - found.begin > 1;
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
