//! Pieces + rules -> [`Found`]: the longest pattern at each place, with what it captured.
//!
//! Work is bounded: a pattern has at most a dozen elements, an element takes at most one number.

use super::class::Class;
use super::lexicon::{Lexicon, Phrase, Sense, UNKNOWN};
use super::meaning::{Op, Slots, Unit};
use super::rule::{Element, What};
use crate::extract::quantities::atoms::{AtomKind, Atoms};
use crate::extract::quantities::near::{Near, near};
use crate::extract::quantities::numerals::{Form, Numerals};
use std::cell::Cell;

/// A pattern found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    /// Its first piece.
    pub(super) from: usize,
    /// One past its last piece.
    pub(super) to: usize,
    /// The first of the words that lead to it; `from` where none do.
    pub(super) begin: usize,
    /// Whether it is a time only beside a day: `22.00`, `morning`.
    pub(super) weak: bool,
    pub(super) op: Op,
    pub(super) slots: Slots,
}

/// Whether a pattern is a time where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stand {
    Yes,
    /// Only beside a day that it is a part of.
    BesideDay,
    No,
}

impl From<bool> for Stand {
    fn from(yes: bool) -> Self {
        if yes { Stand::Yes } else { Stand::No }
    }
}

/// What matching needs at hand.
pub(super) struct Reader<'a, 't> {
    pub(super) atoms: &'a Atoms<'t>,
    pub(super) lexicon: &'a Lexicon,
    pub(super) numerals: &'a Numerals,
    /// Each piece's number in the lexicon.
    words: Vec<u32>,
    /// The number read last, and where: many patterns ask for the same.
    last: Cell<Option<(usize, Option<Counted>)>>,
}

/// A number in words or figures; the value is none for `several`.
#[derive(Clone, Copy)]
struct Counted {
    value: Option<f64>,
    end: usize,
}

impl<'a, 't> Reader<'a, 't> {
    /// For a report's pieces in a language.
    pub(super) fn new(atoms: &'a Atoms<'t>, lexicon: &'a Lexicon, numerals: &'a Numerals) -> Self {
        let words = (0..atoms.len()).map(|i| lexicon.number(atoms.lower(i))).collect();
        Reader { atoms, lexicon, numerals, words, last: Cell::new(None) }
    }
}

impl Reader<'_, '_> {
    /// The number of piece `i` in the lexicon.
    fn word(&self, i: usize) -> u32 {
        self.words.get(i).copied().unwrap_or(UNKNOWN)
    }

    /// What piece `i` is in a class.
    pub(super) fn sense(&self, i: usize, class: Class) -> Option<&Sense> {
        self.lexicon.senses(self.word(i)).iter().find(|s| s.class == class)
    }

    /// The longest pattern that begins at piece `i`; the earlier rule where two are as long.
    /// Only patterns that `stands` lets stand count, and one that is firm goes before a weak one.
    pub(super) fn longest(&self, i: usize, stands: impl Fn(&Found) -> Stand) -> Option<Found> {
        let atoms = self.atoms;
        let word = atoms.lower(i);
        let mut best: Option<Found> = None;
        let mut consider = |rules: &[u16]| {
            for &r in rules {
                let rule = &self.lexicon.rules[r as usize];
                let Some((end, slots)) = self.follow(&rule.elements, i, i, rule.preset) else { continue };
                let from = slots.first.unwrap_or(i);
                let to = if slots.last > from { slots.last } else { end };
                let found = Found { from, to, begin: i, weak: false, op: rule.op, slots };
                if best.is_some_and(|b| to <= b.to && !b.weak) {
                    continue;
                }
                match stands(&found) {
                    Stand::No => {}
                    Stand::Yes => best = Some(found),
                    Stand::BesideDay if best.is_none_or(|b| b.weak && to > b.to) => {
                        best = Some(Found { weak: true, ..found });
                    }
                    Stand::BesideDay => {}
                }
            }
        };
        match atoms.get(i)?.kind {
            AtomKind::Number => consider(&self.lexicon.by_figures),
            _ => {
                consider(self.lexicon.rules_from(self.word(i)));
                if atoms.is(i, AtomKind::Word) && self.numerals.knows(word) {
                    consider(&self.lexicon.by_number);
                }
                if roman(atoms.text(i)).is_some() {
                    consider(&self.lexicon.by_roman);
                }
            }
        }
        best
    }

    /// Follows the elements from piece `at`; `start` is where the pattern began.
    fn follow(&self, elements: &[Element], start: usize, at: usize, slots: Slots) -> Option<(usize, Slots)> {
        let Some((element, rest)) = elements.split_first() else { return Some((at, slots)) };
        if at == start || self.atoms.together(start, at) {
            let stop = usize::from(at > start && self.is_abbreviation_stop(at));
            for from in [at, at + stop] {
                let mut with = slots;
                let Some(next) = self.take(&element.what, from, &mut with) else { continue };
                if !element.outside {
                    with.first = with.first.or(Some(from));
                    with.last = next;
                }
                let found = self.follow(rest, start, next, with);
                if found.is_some() {
                    return found;
                }
            }
        }
        if element.optional { self.follow(rest, start, at, slots) } else { None }
    }

    /// A full stop that belongs to the abbreviation before it: `Jan.`
    fn is_abbreviation_stop(&self, at: usize) -> bool {
        self.atoms.lower(at) == "."
            && !self.atoms.gap(at)
            && self.lexicon.senses(self.word(at - 1)).iter().any(|s| s.short)
    }

    /// Takes one element at `at` and gives the piece behind it.
    fn take(&self, what: &What, at: usize, slots: &mut Slots) -> Option<usize> {
        let atoms = self.atoms;
        match what {
            What::Words(words) => {
                let word = self.word(at);
                (word != UNKNOWN && words.contains(&word)).then_some(at + 1)
            }
            What::Class(Class::Ordinal) => self.ordinal(at, slots),
            What::Class(class) => self.class(*class, at, slots),
            What::Day => self.day(at, slots),
            What::Year => self.year(at, slots),
            What::ShortYear => self.short_year(at, slots),
            What::Number => self.number(at, slots),
            What::Roman => {
                slots.ordinal = Some(roman(atoms.text(at))?);
                let ending = !atoms.gap(at + 1) && near(atoms.lower(at + 1), Near::OrdinalEnd);
                Some(at + 1 + usize::from(ending))
            }
            What::Clock => self.clock(at, false, slots),
            What::Hour => self.clock(at, true, slots),
        }
    }

    fn class(&self, class: Class, at: usize, slots: &mut Slots) -> Option<usize> {
        let capital = self.atoms.is_capital(at);
        let senses = self.lexicon.senses(self.word(at));
        let sense = senses.iter().find(|s| s.class == class && s.holds(capital))?;
        match class {
            Class::Month => slots.month = Some(sense.number as i8),
            Class::Weekday => slots.weekday = Some(sense.number as i8),
            Class::WeekdayPart => {
                slots.weekday = Some(sense.number as i8);
                slots.part = Some(sense.value);
            }
            Class::Unit => {
                slots.unit = Unit::parse(sense.value.trim_end_matches('+'));
                slots.plural = sense.value.ends_with('+');
            }
            Class::Direction => slots.direction = Some(sense.number),
            Class::Part => slots.part = Some(sense.value),
            Class::Season => slots.season = Some(sense.value),
            Class::Deictic => slots.offset = Some(sense.number),
            Class::Reference => slots.reference = Some(sense.value),
            Class::Repeated => slots.repeated = Some(sense.value),
            Class::Feast => slots.feast = Some(sense.number),
            Class::Decade => slots.decade = Some(sense.number),
            Class::Quarter => slots.quarter = Some(sense.number),
            Class::Half => {
                let whole = slots.number.unwrap_or(Some(1.0));
                slots.number = Some(whole.map(|n| n + 0.5));
            }
            _ => {}
        }
        Some(at + 1)
    }

    /// `third`, `3rd`, `3º`, `3e`.
    fn ordinal(&self, at: usize, slots: &mut Slots) -> Option<usize> {
        let atoms = self.atoms;
        if atoms.is(at, AtomKind::Number) {
            let number: i32 = atoms.text(at).parse().ok()?;
            let next = self.ordinal_end(at)?;
            slots.ordinal = Some(number);
            return Some(next);
        }
        let sense = self.sense(at, Class::Ordinal)?;
        slots.ordinal = Some(sense.number);
        Some(at + 1)
    }

    /// One past the ending that makes figures at `at` an ordinal.
    fn ordinal_end(&self, at: usize) -> Option<usize> {
        let atoms = self.atoms;
        if atoms.gap(at + 1) {
            return None;
        }
        let ending = atoms.lower(at + 1);
        let is = near(ending, Near::OrdinalEnd)
            || ending == "." && self.lexicon.day_first && atoms.is(at + 2, AtomKind::Word);
        is.then_some(at + 2)
    }

    /// A day of the month: 1 to 31 in figures, perhaps with an ordinal ending, or in words.
    fn day(&self, at: usize, slots: &mut Slots) -> Option<usize> {
        let atoms = self.atoms;
        if atoms.is(at, AtomKind::Number) {
            let text = atoms.text(at);
            let day: i8 = (text.len() <= 2).then(|| text.parse().ok()).flatten()?;
            if !(1..=31).contains(&day) {
                return None;
            }
            slots.day = Some(day);
            return Some(self.ordinal_end(at).unwrap_or(at + 1));
        }
        let sense = self.sense(at, Class::Ordinal)?;
        slots.day = i8::try_from(sense.number).ok().filter(|d| (1..=31).contains(d));
        slots.day.map(|_| at + 1)
    }

    fn year(&self, at: usize, slots: &mut Slots) -> Option<usize> {
        let text = self.atoms.text(at);
        if text.len() != 4 || !text.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let year: i16 = text.parse().ok()?;
        if !(1000..=2199).contains(&year) {
            return None;
        }
        slots.year = Some(year);
        Some(at + 1)
    }

    /// `'82`
    fn short_year(&self, at: usize, slots: &mut Slots) -> Option<usize> {
        let atoms = self.atoms;
        let digits = atoms.text(at + 1);
        let mark = atoms.lower(at) == "'" && atoms.gap(at) && !atoms.gap(at + 1);
        if !mark || digits.len() != 2 || !atoms.gap(at + 2) && atoms.is(at + 2, AtomKind::Number) {
            return None;
        }
        let two: i16 = digits.parse().ok()?;
        slots.year = Some(if two < 30 { 2000 + two } else { 1900 + two });
        slots.short_year = true;
        Some(at + 2)
    }

    /// A number with the words that make it rough: `almost three`.
    fn number(&self, at: usize, slots: &mut Slots) -> Option<usize> {
        let found = match self.last.get() {
            Some((i, found)) if i == at => found,
            _ => {
                let found = self.counted(at);
                self.last.set(Some((at, found)));
                found
            }
        }?;
        slots.number = Some(found.value);
        Some(found.end)
    }

    fn counted(&self, mut at: usize) -> Option<Counted> {
        let atoms = self.atoms;
        for _ in 0..2 {
            at = self.phrase(&self.lexicon.about, at).map_or(at, |(_, next)| next);
        }
        if let Some(sense) = self.sense(at, Class::Several) {
            let value = (sense.number > 0).then_some(f64::from(sense.number));
            return Some(Counted { value, end: at + 1 });
        }
        let Some(found) = self.numerals.at(atoms, at) else {
            let one = self.numerals.is_one_before_unit(atoms.lower(at));
            return one.then_some(Counted { value: Some(1.0), end: at + 1 });
        };
        Some(Counted { value: (found.form != Form::Vague).then_some(found.value), end: found.end })
    }

    /// The number of the longest of some phrases that stands at `at`, and the piece behind it.
    pub(super) fn phrase(&self, phrases: &[Phrase], at: usize) -> Option<(i32, usize)> {
        if self.word(at) == UNKNOWN {
            return None;
        }
        let stands = |words: &[u32]| {
            words.iter().enumerate().all(|(n, word)| self.word(at + n) == *word)
                && self.atoms.together(at, at + words.len() - 1)
        };
        let fits = phrases.iter().filter(|(words, _)| stands(words));
        fits.max_by_key(|(words, _)| words.len()).map(|(words, number)| (*number, at + words.len()))
    }
}

/// What a Roman number is worth, 1 to 30; centuries go no further. An ordinal ending may be glued.
fn roman(text: &str) -> Option<i32> {
    let figures = text.trim_end_matches(['e', 'è', 'm']);
    if figures.is_empty() || figures.len() > 6 {
        return None;
    }
    let (mut total, mut last) = (0, 0);
    for c in figures.chars().rev() {
        let worth = match c {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            _ => return None,
        };
        total += if worth < last { -worth } else { worth };
        last = worth;
    }
    (1..=30).contains(&total).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roman_numbers() {
        let read: Vec<Option<i32>> =
            ["XVIII", "IV", "XXIe", "Ier", "XIXème", "I", "x", "XL", ""].map(roman).to_vec();
        let worth = [Some(18), Some(4), Some(21), None, Some(19), Some(1), None, None, None];
        assert_eq!(read, worth);
    }
}
