//! Pieces -> [`Quantity`]s: each number with its unit, its modifiers and its other end.
//!
//! Looks from a number to both sides, never further than its clause; decides which numbers are
//! none in `refuse`, which are two ends of one in `range`, which measure a change in `change`.

use super::Quantity;
use super::atoms::{AtomKind, Atoms};
use super::counted::{Phrase, phrase};
use super::numerals::{Form, Numeral, Numerals};
use super::refuse::refused;
use super::words::{UnitWord, Words, is_currency};
use crate::model::Span;

/// What scanning needs at hand.
pub(super) struct Scanner<'a, 't> {
    pub(super) atoms: &'a Atoms<'t>,
    pub(super) words: &'a Words,
    pub(super) numerals: &'a Numerals,
    /// Spans of dates and times of day, in order, whose numbers count nothing.
    pub(super) dates: Vec<Span>,
}

/// A number with the unit that it touches.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measure {
    pub(super) numeral: Numeral,
    pub(super) value: f64,
    /// First piece: the currency's or the number's.
    pub(super) from: usize,
    /// First piece of the number.
    pub(super) number: usize,
    /// One past the number.
    pub(super) number_end: usize,
    /// One past number and unit.
    pub(super) to: usize,
    pub(super) unit: Option<UnitWord>,
    /// The pieces of the unit.
    pub(super) unit_at: Option<(usize, usize)>,
    /// A second unit that it is told per.
    pub(super) per: Option<(usize, usize)>,
}

impl Scanner<'_, '_> {
    /// All quantities, in order.
    pub(super) fn scan(&self) -> Vec<Quantity> {
        let mut out = Vec::new();
        let mut i = 0;
        while i < self.atoms.len() {
            match self.quantity(i, &mut out) {
                Some(next) => i = next,
                None => i += 1,
            }
        }
        out
    }

    /// The quantity whose number begins at piece `i`; gives the piece to go on from.
    fn quantity(&self, i: usize, out: &mut Vec<Quantity>) -> Option<usize> {
        if self.is_date(i) {
            return None;
        }
        let mut first = self.measure(i).or_else(|| self.one_and_a_half(i)).or_else(|| self.one_of(i))?;
        if let Some((share, next)) = self.share_of_many(&first) {
            out.push(share);
            return Some(next);
        }
        self.add_age(&mut first);
        let second = self.other_end(&first);
        let mut last = second.unwrap_or(first);
        let mut counted = self.counted(&last);
        // `517 rushing yards`: the head of the phrase is a unit.
        if let Some(phrase) = counted.filter(|p| last.unit.is_none() && p.from >= last.to)
            && let Some((unit, end)) = self.words.unit_at(self.atoms, phrase.to - 1)
            && end == phrase.to
            && self.atoms.lower(phrase.to - 1).len() > 1
        {
            last.unit = Some(unit);
            last.unit_at = Some((phrase.to - 1, phrase.to));
            last.to = phrase.to;
            counted = None;
        }
        let (first, second) = if second.is_some() { (first, Some(last)) } else { (last, None) };
        if refused(self, &first, second.as_ref(), counted) {
            return Some(first.number_end.max(i + 1));
        }
        let mut found = self.put_together(&first, second.as_ref(), counted);
        if let Some(before) = out.last() {
            self.convert(&mut found, before, first.from);
            self.reached(&mut found, before);
        }
        out.push(found);
        Some(last.to.max(i + 1))
    }

    /// Whether a piece lies in a date.
    pub(super) fn is_date(&self, i: usize) -> bool {
        let Some(atom) = self.atoms.get(i) else { return false };
        let n = self.dates.partition_point(|d| d.end <= atom.span.start);
        self.dates.get(n).is_some_and(|d| d.overlaps(&atom.span))
    }

    /// The number at `i` with what it touches.
    pub(super) fn measure(&self, i: usize) -> Option<Measure> {
        let numeral = self.numerals.at(self.atoms, i)?;
        if (i..numeral.end).any(|n| self.is_date(n)) {
            return None;
        }
        let atoms = self.atoms;
        let mut value = numeral.value;
        let mut from = i;
        let minus = i > 0
            && atoms.lower(i - 1) == "-"
            && !atoms.gap(i)
            && (atoms.gap(i - 1) || i > 1 && matches!(atoms.lower(i - 2), "minus" | "$"));
        let minus_word = i > 0 && atoms.lower(i - 1) == "minus";
        if minus || minus_word {
            value = -value;
            from = i - 1 - usize::from(minus && i > 1 && atoms.lower(i - 2) == "minus");
        }
        let mut number_end = numeral.end;
        let mut unit = None;
        let mut unit_at = None;
        if let Some((currency, at)) = self.words.currency_before(atoms, from) {
            unit = Some(currency);
            unit_at = Some((at, from));
            from = at;
            // `$2.7m`: behind a currency the letter is a million.
            let scale = match atoms.lower(number_end) {
                "m" => 1e6,
                "b" => 1e9,
                "t" => 1e12,
                _ => 1.0,
            };
            if scale > 1.0 && !numeral.scaled && !self.words_go_on(number_end) {
                value *= scale;
                number_end += 1;
            }
        }
        let mut to = number_end;
        // `$75 US`, `$75 U.S.`
        if unit.is_some() && matches!(atoms.lower(to), "us" | "u.s") && atoms.is_capital(to) {
            to += 1 + usize::from(atoms.lower(to + 1) == "." && !atoms.gap(to + 1));
        }
        let hyphen = usize::from(
            matches!(atoms.lower(to), "-")
                && !atoms.gap(to)
                && !atoms.gap(to + 1)
                && atoms.is(to + 1, AtomKind::Word),
        );
        if let Some((found, end)) = self.words.unit_at(atoms, to + hyphen) {
            let twice = unit.is_some_and(|u: UnitWord| !is_currency(found.name) || u.name == found.name);
            let free = unit.is_none()
                && !self.is_date(to + hyphen)
                && self.unit_fits(&numeral, found, to + hyphen, end);
            if free || twice && is_currency(found.name) {
                unit = unit.or(Some(found));
                unit_at = unit_at.or(Some((to + hyphen, end)));
                to = end;
            }
        }
        let mut measure =
            Measure { numeral, value, from, number: i, number_end, to, unit, unit_at, per: None };
        self.add_half_or_cold(&mut measure);
        self.add_per(&mut measure);
        Some(measure)
    }

    /// `dos horas y media` is half a unit more; `moins six degrés`, `menos 5 graus` is below zero.
    fn add_half_or_cold(&self, measure: &mut Measure) {
        let Some(unit) = measure.unit else { return };
        if is_length(unit)
            && let Some(half) = self.numerals.and_a_half(self.atoms, measure.to)
        {
            measure.value += 0.5;
            measure.to = half;
        }
        let cold = matches!(unit.name, "celsius" | "fahrenheit" | "degree");
        if cold && measure.from > 0 && matches!(self.atoms.lower(measure.from - 1), "moins" | "menos") {
            measure.value = -measure.value;
            measure.from -= 1;
        }
    }

    /// `hora y media`: a unit of time and half of it, without a number.
    fn one_and_a_half(&self, i: usize) -> Option<Measure> {
        let (unit, end) = self.words.unit_at(self.atoms, i).filter(|(u, _)| is_length(*u))?;
        let to = self.numerals.and_a_half(self.atoms, end)?;
        let one = Measure { unit: Some(unit), unit_at: Some((i, end)), ..one(i, to) };
        Some(Measure { value: 1.5, ..one })
    }

    /// `einer` of `einer von fünf`: an article that is the first number of a share.
    fn one_of(&self, i: usize) -> Option<Measure> {
        let article = self.numerals.is_one_before_unit(self.atoms.lower(i));
        self.words.ratio_at(self.atoms, i + 1).filter(|_| article && !self.is_date(i))?;
        Some(one(i, i + 1))
    }

    /// Whether a letter at `i` goes on as a word: `$5 m` but not `$5 men`.
    fn words_go_on(&self, i: usize) -> bool {
        self.atoms.is(i + 1, AtomKind::Word) && !self.atoms.gap(i + 1)
    }

    /// Letters that are units only where nothing else is nearer.
    fn unit_fits(&self, numeral: &Numeral, unit: UnitWord, at: usize, end: usize) -> bool {
        let atoms = self.atoms;
        // `at 5 in the morning`, `50,000 in Paris`: `in` is a word unless glued and last.
        let short = atoms.lower(at).len() == 1 && atoms.is(at, AtomKind::Word);
        let glued_on = !atoms.gap(end) && (atoms.is(end, AtomKind::Number) || atoms.is(end, AtomKind::Word));
        if glued_on || atoms.lower(at) == "in" && atoms.gap(at) {
            return false;
        }
        // `Model 3s`, `2018s`: a plural or a lost apostrophe, no seconds.
        if atoms.lower(at) == "s" && numeral.form != Form::Punctuated {
            return false;
        }
        if short && atoms.gap(at) && matches!(numeral.form, Form::Words | Form::Vague) {
            return false;
        }
        !(unit.name == "second" && numeral.form == Form::Words && numeral.value == 1.0 && numeral.end == at)
    }

    /// `$10 per gram`, `5 tests a day`, `60 km/h` where no symbol says it.
    fn add_per(&self, measure: &mut Measure) {
        let atoms = self.atoms;
        let per = atoms.lower(measure.to);
        if measure.unit.is_none() || !self.words.per.contains(per) {
            return;
        }
        let from = measure.to + 1;
        let glued = per == "/" || matches!(per, "per" | "por" | "par" | "pro");
        let end = match self.words.unit_at(atoms, from) {
            Some((_, end)) => end,
            None if glued
                && atoms.is(from, AtomKind::Word)
                && !self.words.stop.contains(atoms.lower(from)) =>
            {
                from + 1
            }
            None => return,
        };
        measure.per = Some((from, end));
        measure.to = end;
    }

    /// The noun phrase that a measure counts.
    fn counted(&self, last: &Measure) -> Option<Phrase> {
        let atoms = self.atoms;
        if last.unit.is_some() {
            let of = self.words.of.contains(atoms.lower(last.to));
            return of.then(|| phrase(atoms, self.words, last.to, true)).flatten();
        }
        if atoms.get(last.to).is_none_or(|a| {
            !atoms.together(last.from, last.to) || a.kind == AtomKind::Mark && atoms.lower(last.to) != "-"
        }) {
            return None;
        }
        let hyphen =
            usize::from(atoms.lower(last.to) == "-" && !atoms.gap(last.to) && !atoms.gap(last.to + 1));
        let plural = last.value != 1.0 && hyphen == 0;
        phrase(atoms, self.words, last.to + hyphen, plural)
            .filter(|p| !(p.from..p.to).any(|i| self.is_date(i)))
    }

    /// `aged 21`, `over the age of 21`: figures that are an age. `Ana Rue, 66,` is none.
    fn add_age(&self, measure: &mut Measure) {
        let atoms = self.atoms;
        let i = measure.from;
        if measure.unit.is_some()
            || !matches!(measure.numeral.form, Form::Plain(1..=3))
            || measure.value > 120.0
            || i < 2
        {
            return;
        }
        let said = matches!(atoms.lower(i - 1), "aged" | "age")
            || matches!(atoms.lower(i - 1), "of") && matches!(atoms.lower(i - 2), "age" | "ages");
        if said {
            measure.unit = self.words.age();
        }
    }
}

/// One in words, from piece `i` to before `to`.
fn one(i: usize, to: usize) -> Measure {
    let numeral = Numeral { value: 1.0, end: to, form: Form::Words, scaled: false, scale: 1.0, rough: false };
    Measure {
        numeral,
        value: 1.0,
        from: i,
        number: i,
        number_end: to,
        to,
        unit: None,
        unit_at: None,
        per: None,
    }
}

/// Whether a unit measures time.
fn is_length(unit: UnitWord) -> bool {
    matches!(unit.name, "hour" | "day" | "week" | "month" | "year" | "decade" | "century")
}
