//! Numbers that count nothing: scores, years, names of products, addresses, lists, ordinals.

use super::atoms::{AtomKind, Atoms};
use super::counted::{Phrase, is_plural, phrase};
use super::near::{Near, near};
use super::numerals::Form;
use super::scan::{Measure, Scanner};
use crate::extract::times::is_small_word;

/// Whether a number is no quantity where it stands.
pub(super) fn refused(
    scanner: &Scanner,
    first: &Measure,
    second: Option<&Measure>,
    counted: Option<Phrase>,
) -> bool {
    let atoms = scanner.atoms;
    let last = second.unwrap_or(first);
    let unit = first.unit.or(last.unit);
    if glued_to_name(scanner, first) || glued_tail(scanner, last, unit.is_some()) {
        return true;
    }
    if let Some(unit) = unit {
        return in_the_way(atoms, first) || unit.name == "year" && is_age(scanner, first);
    }
    let spelled = matches!(first.numeral.form, Form::Words);
    if spelled && first.value == 1.0 && second.is_none() {
        return one_is_no_count(scanner, first, counted);
    }
    if first.numeral.form == Form::Countless {
        return !counted.is_some_and(|p| {
            is_plural(atoms.lower(p.to - 1))
                || p.to > p.from && scanner.words.lang == Some(crate::model::Lang::DE)
        });
    }
    if first.numeral.form == Form::Fraction {
        return fraction_is_no_share(atoms, first);
    }
    if second.is_some() || first.numeral.scaled || first.numeral.form == Form::Vague {
        return false;
    }
    let plain = matches!(first.numeral.form, Form::Plain(_));
    if plain && (is_label(scanner, first) || is_item_number(atoms, first) || is_code(atoms, first)) {
        return true;
    }
    if told_before(scanner, first) {
        return false;
    }
    let noun = counted.is_some_and(|p| {
        let head = atoms.lower(p.to - 1);
        is_plural(head)
            || scanner.words.lang.is_some_and(|l| l != crate::model::Lang::EN)
            || spelled
            || !atoms.is_capital(p.from)
    });
    if noun {
        return year_like(first) && !counted.is_some_and(|p| is_plural(atoms.lower(p.to - 1)));
    }
    let qualified =
        scanner.words.modifier_before(atoms, first.from).is_some_and(|(r, _)| r != super::words::Role::Plain);
    // A number without unit or noun: only with decimals, groups, five figures or a modifier.
    let long = matches!(first.numeral.form, Form::Plain(5..));
    !(long || first.numeral.form == Form::Punctuated || qualified && !year_like(first))
}

/// A bare count whose noun stands elsewhere: `es sind drei`, `twelve of the 60`, `62 votes to 41`.
fn told_before(scanner: &Scanner, first: &Measure) -> bool {
    let (atoms, words) = (scanner.atoms, scanner.words);
    if year_like(first) || !matches!(first.numeral.form, Form::Words | Form::Plain(_)) {
        return false;
    }
    let before = |n: usize| first.from.checked_sub(n).map_or("", |b| atoms.lower(b));
    let ends = !atoms.is(first.to, AtomKind::Word)
        || words.stop.contains(atoms.lower(first.to))
        || scanner.is_date(first.to);
    if ends && (moved(scanner, first.from) || goes_on(scanner, first)) || shares_noun(scanner, first) {
        return true;
    }
    // `auf sieben gestiegen`: where a change led, its word behind.
    if words.onto.contains(before(1)) && words.change_behind(atoms, first.to).is_some() {
        return true;
    }
    if words.told.contains(before(1)) && ends && first.numeral.form == Form::Words {
        return true;
    }
    // `its crew of 68`
    if words.of.contains(before(1)) && words.group.contains(before(2)) && ends && first.value > 1.0 {
        return true;
    }
    // `doce de los 60`, `three of the five`
    if words.of.contains(atoms.lower(first.to)) {
        let whole = (first.to + 1..first.to + 3).find(|&i| !near(atoms.lower(i), Near::Possessive));
        return whole
            .is_some_and(|i| i <= first.to + 2 && scanner.measure(i).is_some_and(|m| m.value > first.value));
    }
    let number = |i: usize| atoms.is(i, AtomKind::Number) && !scanner.is_date(i);
    // `62 votes to 41`: a counted noun before; `312 zu 285 Stimmen`: one behind.
    let counted = (2..5).take_while(|&n| atoms.is(first.from.wrapping_sub(n), AtomKind::Word));
    let noun_before = counted.last().is_some_and(|n| number(first.from.wrapping_sub(n + 1)));
    // `1 600 grévistes, contre 900 mardi`
    let mut told =
        (2..=ROW).map_while(|n| first.from.checked_sub(n)).take_while(|&i| atoms.together(i, first.from));
    let older = before(1) != "to" && told.any(number);
    let against = words.against.contains(before(1)) && (noun_before || older) && ends;
    let set_against = words.against.contains(atoms.lower(first.to))
        && atoms.lower(first.to) != "to"
        && number(first.to + 1)
        && atoms.is(first.to + 2, AtomKind::Word)
        && !words.stop.contains(atoms.lower(first.to + 2));
    against || set_against
}

/// Whether a number begins at `i` where a change led or began: `desceu para 87`, `up from seven`.
fn moved(scanner: &Scanner, i: usize) -> bool {
    let (atoms, words) = (scanner.atoms, scanner.words);
    let Some(before) = i.checked_sub(1) else { return false };
    let sides = [&words.to, &words.onto, &words.from];
    sides.iter().any(|w| w.contains(atoms.lower(before))) && words.change_before(atoms, before).is_some()
}

/// Whether a number goes on in a row of what a change began with: `up from seven a day earlier and four`.
fn goes_on(scanner: &Scanner, first: &Measure) -> bool {
    let atoms = scanner.atoms;
    let joined = first.from.checked_sub(1).is_some_and(|b| near(atoms.lower(b), Near::AndOr));
    let mut back =
        (2..=ROW).map_while(|n| first.from.checked_sub(n)).take_while(|&i| atoms.together(i, first.from));
    joined && back.any(|i| scanner.numerals.at(atoms, i).is_some() && moved(scanner, i))
}

/// Whether a number has the noun of a count before it: "two people were killed and 14 injured", "four people
/// have died and eleven are missing".
fn shares_noun(scanner: &Scanner, first: &Measure) -> bool {
    let atoms = scanner.atoms;
    let joins = |b: usize| near(atoms.lower(b), Near::AndOr) || atoms.lower(b) == ",";
    // `12 million, two times more` counts nothing.
    let behind = |set: Near| near(atoms.lower(first.to), set);
    let joined =
        first.from.checked_sub(1).is_some_and(joins) && !behind(Near::AndOr) && !behind(Near::RateLed);
    if !joined || !atoms.is(first.to, AtomKind::Word) || atoms.is_capital(first.to) {
        return false;
    }
    let back = (2..=ROW).map_while(|n| first.from.checked_sub(n));
    let mut clause =
        back.take_while(|&i| atoms.together(i, first.from) && !matches!(atoms.lower(i), "." | ";"));
    let counts = |i: usize| {
        let number = scanner.numerals.at(atoms, i).filter(|n| n.value > 1.0 && !scanner.is_date(i));
        number.is_some_and(|n| phrase(atoms, scanner.words, n.end, true).is_some())
    };
    clause.any(counts)
}

/// Pieces in which a row of numbers goes on.
const ROW: usize = 9;

fn year_like(measure: &Measure) -> bool {
    measure.numeral.form == Form::Plain(4) && (1900.0..2050.0).contains(&measure.value)
}

/// `F-16`, `A380`, `737-800`: glued to letters or figures before it.
fn glued_to_name(scanner: &Scanner, first: &Measure) -> bool {
    let atoms = scanner.atoms;
    let i = first.from;
    if i == 0 || atoms.gap(i) {
        return false;
    }
    let before = atoms.lower(i - 1);
    match atoms.get(i - 1).map(|a| a.kind) {
        Some(AtomKind::Word) => {
            before.len() < 2 || !is_small_word(before) || atoms.is_capital(i - 1) && before.len() < 3
        }
        Some(AtomKind::Number) => true,
        _ if near(before, Near::CodeMark) => {
            let two = i.checked_sub(2).filter(|_| !atoms.gap(i - 1));
            two.is_some_and(|t| {
                atoms.is(t, AtomKind::Word) && !is_small_word(atoms.lower(t)) || atoms.is(t, AtomKind::Number)
            }) || matches!(before, "#" | "@" | "_")
        }
        _ => false,
    }
}

/// `5G`, `3rd`, `90s`, `3-2`, `10:30`: glued to something that is no unit.
fn glued_tail(scanner: &Scanner, last: &Measure, unit: bool) -> bool {
    let atoms = scanner.atoms;
    let to = last.to;
    if unit || atoms.gap(to) || atoms.get(to).is_none() {
        return false;
    }
    let figures = atoms.is(to - 1, AtomKind::Number);
    match atoms.get(to).map(|a| a.kind) {
        Some(AtomKind::Word) => figures,
        Some(AtomKind::Number) => true,
        _ => {
            let next_number = atoms.is(to + 1, AtomKind::Number) && !atoms.gap(to + 1);
            matches!(atoms.lower(to), "-" | "–" | "/" | ":" | "." | "×") && next_number
                || matches!(atoms.lower(to), "º" | "ª")
        }
    }
}

/// A unit makes a quantity, except behind the name of a part of a text: `Section 8 m`.
fn in_the_way(atoms: &Atoms, first: &Measure) -> bool {
    first.from > 0
        && matches!(atoms.lower(first.from - 1), "section" | "article" | "chapter" | "no")
        && atoms.is_capital(first.from - 1)
}

/// `Yvonne Rue, 83 ans, a couru`: a name, and years set off by commas.
fn is_age(scanner: &Scanner, first: &Measure) -> bool {
    let atoms = scanner.atoms;
    let named = first.from > 1 && atoms.lower(first.from - 1) == "," && atoms.is_capital(first.from - 2);
    named && matches!(atoms.lower(first.to), "," | ".")
}

/// `one` counts before a noun; `one of`, `no one`, `one another`, `one day` do not.
fn one_is_no_count(scanner: &Scanner, first: &Measure, counted: Option<Phrase>) -> bool {
    let atoms = scanner.atoms;
    let before = if first.from > 0 { atoms.lower(first.from - 1) } else { "" };
    let behind = atoms.lower(first.to);
    counted.is_none()
        || near(before, Near::OneIdle)
        || scanner.words.of.contains(behind)
        || matches!(behind, "another" | "day" | "thing" | "time" | "such" | "way")
}

/// `half` counts as a share of something named.
fn fraction_is_no_share(atoms: &Atoms, first: &Measure) -> bool {
    let before = if first.from > 0 { atoms.lower(first.from - 1) } else { "" };
    let ordinal = near(before, Near::HalfIdle);
    let behind = atoms.lower(first.to);
    // `drei Viertel sind vergeben`: more than one part needs no whole behind it.
    let parts = (1.0 / first.value).fract() > 1e-6 && first.number_end > first.number + 1;
    if parts {
        return false;
    }
    ordinal || !near(behind, Near::ShareOf)
}

/// `Boeing 747`, `Flight 17`, `Room 5`, `Windows 11`: a capital word names it.
fn is_label(scanner: &Scanner, first: &Measure) -> bool {
    let atoms = scanner.atoms;
    let Some(b) = first.from.checked_sub(1) else { return false };
    let named =
        atoms.is(b, AtomKind::Word) && atoms.text(b).chars().any(char::is_uppercase) && !scanner.is_date(b);
    let label = near(atoms.lower(b), Near::Label);
    let label = label && !(atoms.lower(b) == "under" || atoms.lower(b) == "top");
    let opens = atoms.opens_sentence(b) && scanner.words.stop.contains(atoms.lower(b));
    let modifier = scanner.words.modifier_before(atoms, first.from).is_some();
    (named && !opens && !modifier && !scanner.words.stop.contains(atoms.lower(b))) || label
}

/// `1.` or `2)` at the head of a passage.
fn is_item_number(atoms: &Atoms, first: &Measure) -> bool {
    let opens = first.from == 0 || !atoms.together(first.from - 1, first.from);
    opens && matches!(atoms.lower(first.to), "." | ")" | ":")
}

/// Too long, or led by zeros: telephone and serial numbers.
fn is_code(atoms: &Atoms, first: &Measure) -> bool {
    let text = atoms.text(first.number);
    text.len() >= 9
        || text.len() > 1 && text.starts_with('0')
        || atoms.is(first.to, AtomKind::Number) && !atoms.gap(first.to)
}
