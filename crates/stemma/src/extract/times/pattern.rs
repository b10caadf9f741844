//! Pieces + rules -> [`Found`]: the longest pattern at each place, with what it captured.
//!
//! Work is bounded: a pattern has at most a dozen elements, an element takes at most one number.

use super::lexicon::{Class, Element, Lexicon, What};
use super::meaning::{Clock, Op, Slots, Unit};
use crate::extract::quantities::atoms::{AtomKind, Atoms};
use crate::extract::quantities::near::{Near, near};
use crate::extract::quantities::numerals::{Form, Numerals};

/// A pattern found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    /// Its first piece.
    pub(super) from: usize,
    /// One past its last piece.
    pub(super) to: usize,
    pub(super) op: Op,
    pub(super) slots: Slots,
}

/// What matching needs at hand.
pub(super) struct Reader<'a, 't> {
    pub(super) atoms: &'a Atoms<'t>,
    pub(super) lexicon: &'a Lexicon,
    pub(super) numerals: &'a Numerals,
}

impl Reader<'_, '_> {
    /// The longest pattern that begins at piece `i`; the earlier rule where two are as long.
    /// Only patterns that `stands` lets stand count.
    pub(super) fn longest(&self, i: usize, stands: impl Fn(&Found) -> bool) -> Option<Found> {
        let atoms = self.atoms;
        let word = atoms.lower(i);
        let mut best: Option<Found> = None;
        let mut consider = |rules: &[u16]| {
            for &r in rules {
                let rule = &self.lexicon.rules[r as usize];
                let Some((to, slots)) = self.follow(&rule.elements, i, i, Slots::default()) else { continue };
                let found = Found { from: i, to, op: rule.op, slots };
                if best.is_none_or(|b| to > b.to) && stands(&found) {
                    best = Some(found);
                }
            }
        };
        match atoms.get(i)?.kind {
            AtomKind::Number => consider(&self.lexicon.by_figures),
            _ => {
                consider(self.lexicon.rules_from(word));
                if atoms.is(i, AtomKind::Word) && self.numerals.knows(word) {
                    consider(&self.lexicon.by_number);
                }
            }
        }
        best
    }

    /// Follows the elements from piece `at`; `start` is where the pattern began.
    fn follow(&self, elements: &[Element], start: usize, at: usize, slots: Slots) -> Option<(usize, Slots)> {
        let Some((element, rest)) = elements.split_first() else { return Some((at, slots)) };
        if at == start || self.atoms.together(start, at) {
            let mut with = slots;
            if let Some(next) = self.take(&element.what, at, &mut with) {
                let found = self.follow(rest, start, next, with);
                if found.is_some() {
                    return found;
                }
            }
            if at > start && self.is_abbreviation_stop(at) {
                let mut with = slots;
                let found = self
                    .take(&element.what, at + 1, &mut with)
                    .and_then(|n| self.follow(rest, start, n, with));
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
            && self.lexicon.senses(self.atoms.lower(at - 1)).iter().any(|s| s.short)
    }

    /// Takes one element at `at` and gives the piece behind it.
    fn take(&self, what: &What, at: usize, slots: &mut Slots) -> Option<usize> {
        let atoms = self.atoms;
        match what {
            What::Words(words) => {
                let word = atoms.lower(at);
                (!word.is_empty() && words.contains(&word)).then_some(at + 1)
            }
            What::Class(Class::Ordinal) => self.ordinal(at, slots),
            What::Class(class) => self.class(*class, at, slots),
            What::Day => self.day(at, slots),
            What::Year => self.year(at, slots),
            What::ShortYear => self.short_year(at, slots),
            What::Number => self.number(at, slots),
            What::Clock => self.clock(at, slots),
        }
    }

    fn class(&self, class: Class, at: usize, slots: &mut Slots) -> Option<usize> {
        let capital = self.atoms.is_capital(at);
        let senses = self.lexicon.senses(self.atoms.lower(at));
        let sense = senses.iter().find(|s| s.class == class && s.holds(capital))?;
        match class {
            Class::Month => slots.month = Some(sense.number as i8),
            Class::Weekday => slots.weekday = Some(sense.number as i8),
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
        let sense = self.lexicon.senses(atoms.lower(at)).iter().find(|s| s.class == Class::Ordinal)?;
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
        let sense = self.lexicon.senses(atoms.lower(at)).iter().find(|s| s.class == Class::Ordinal)?;
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

    fn number(&self, at: usize, slots: &mut Slots) -> Option<usize> {
        let atoms = self.atoms;
        let several = self.lexicon.senses(atoms.lower(at)).iter().find(|s| s.class == Class::Several);
        if let Some(sense) = several {
            slots.number = Some((sense.number > 0).then_some(f64::from(sense.number)));
            return Some(at + 1);
        }
        let Some(found) = self.numerals.at(atoms, at) else {
            slots.number = self.numerals.is_one_before_unit(atoms.lower(at)).then_some(Some(1.0));
            return slots.number.map(|_| at + 1);
        };
        slots.number = Some((found.form != Form::Vague).then_some(found.value));
        Some(found.end)
    }

    /// `18:00`, `6:40 p.m.`, `5am`, `0800 UTC`, `10h30`, `18 Uhr`, noon; with its zone.
    fn clock(&self, at: usize, slots: &mut Slots) -> Option<usize> {
        let (mut clock, mut end) = self.hour(at)?;
        if let Some(zone) = self.lexicon.senses(self.atoms.lower(end)).iter().find(|s| s.class == Class::Zone)
        {
            clock.utc = zone.value == "Z";
            end += 1;
        }
        slots.clock = Some(clock);
        Some(end)
    }

    fn hour(&self, at: usize) -> Option<(Clock, usize)> {
        let atoms = self.atoms;
        if let Some(sense) = self.lexicon.senses(atoms.lower(at)).iter().find(|s| s.class == Class::Hour) {
            return Some((Clock { hour: sense.number as u8, minute: 0, utc: false }, at + 1));
        }
        let numeral;
        let text = if atoms.is(at, AtomKind::Word) {
            // `five p.m.`
            numeral = self.numerals.at(atoms, at).filter(|n| n.end == at + 1 && n.value <= 12.0)?;
            numeral.value.to_string()
        } else {
            atoms.text(at).to_owned()
        };
        let minutes = |t: &str| -> Option<u8> {
            (t.len() == 2).then(|| t.parse().ok()).flatten().filter(|m: &u8| *m < 60)
        };
        let (hour, minute, mut end, firm) = if let Some((h, m)) = text.split_once('.') {
            (h.parse().ok()?, minutes(m)?, at + 1, false)
        } else if atoms.lower(at + 1) == ":" && !atoms.gap(at + 1) && !atoms.gap(at + 2) {
            let end = at + 3;
            let seconds = atoms.lower(end) == ":" && minutes(atoms.text(end + 1)).is_some();
            (
                text.parse().ok()?,
                minutes(atoms.text(at + 2))?,
                if seconds { end + 2 } else { end },
                text.len() <= 2,
            )
        } else if atoms.lower(at + 1) == "h" && text.len() <= 2 && text.parse::<u8>().is_ok() {
            let minute = if atoms.gap(at + 2) { None } else { minutes(atoms.text(at + 2)) };
            let end = if minute.is_some() { at + 3 } else { at + 2 };
            (text.parse().ok()?, minute.unwrap_or(0), end, !atoms.gap(at + 1))
        } else if text.len() == 4 && self.is_zone(at + 1) {
            (text[..2].parse().ok()?, minutes(text.get(2..)?)?, at + 1, true)
        } else if text.len() <= 2 {
            (text.parse().ok()?, 0, at + 1, false)
        } else {
            return None;
        };
        let (hour, shifted) = self.half_of_day(hour, end);
        let german = matches!(atoms.lower(end), "uhr");
        let marked = shifted.is_some() || german;
        end = shifted.unwrap_or(end + usize::from(german));
        let plausible = hour <= 24 && (firm || marked || self.is_zone(end) && minute > 0);
        plausible.then_some((Clock { hour, minute, utc: false }, end))
    }

    fn is_zone(&self, at: usize) -> bool {
        self.lexicon.senses(self.atoms.lower(at)).iter().any(|s| s.class == Class::Zone)
    }

    /// Applies `a.m.` or `p.m.` at `at`; gives the hour, and one past the words if they stand there.
    fn half_of_day(&self, hour: u8, at: usize) -> (u8, Option<usize>) {
        let atoms = self.atoms;
        let stop = |n: usize| n + usize::from(atoms.lower(n) == "." && !atoms.gap(n));
        match atoms.lower(at) {
            "pm" if hour <= 12 => (hour % 12 + 12, Some(at + 1)),
            "p.m" if hour <= 12 => (hour % 12 + 12, Some(stop(at + 1))),
            "am" if hour <= 12 => (hour % 12, Some(at + 1)),
            "a.m" if hour <= 12 => (hour % 12, Some(stop(at + 1))),
            _ => (hour, None),
        }
    }
}
