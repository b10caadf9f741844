//! Pieces -> [`Quantity`]s: each number with its unit, its modifiers and its other end.
//!
//! Looks from a number to both sides, never further than its clause; decides which numbers are
//! none in `refuse`. Long because the steps share one measure and stand in order.

use super::atoms::{AtomKind, Atoms};
use super::counted::{Phrase, is_plural, phrase};
use super::near::{Near, near};
use super::numerals::{Form, Numeral, Numerals};
use super::refuse::refused;
use super::words::{Role, UnitWord, Words, is_currency};
use super::{Change, Quantity};
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
        let mut first = self.measure(i)?;
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
        self.add_per(&mut measure);
        Some(measure)
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

    /// The second number of a range: `5 to 7 km`, `between 5 and 7`, `$84 to $93 billion`.
    fn other_end(&self, first: &Measure) -> Option<Measure> {
        let atoms = self.atoms;
        if matches!(first.numeral.form, Form::Vague | Form::Countless | Form::Fraction) {
            return None;
        }
        let joint = atoms.lower(first.to);
        let or = matches!(joint, "or" | "ou" | "o" | "oder");
        if !self.words.to.contains(joint) || !atoms.together(first.from, first.to) {
            return None;
        }
        let mut at = first.to + 1;
        at += usize::from(matches!(atoms.lower(at), "-") && joint == "to");
        while at <= first.to + 4 && self.numerals.at(atoms, at).is_none() {
            at += 1;
        }
        let second = self.measure(at)?;
        let bare = second.from.max(first.to + 1) <= first.to + 2 && second.from > first.to;
        let ends =
            second.from == first.to + 1 || second.from == first.to + 2 && atoms.lower(first.to + 1) == "-";
        if !bare || !ends || matches!(second.numeral.form, Form::Vague | Form::Fraction) {
            return None;
        }
        self.is_range(first, &second, joint, or).then_some(second)
    }

    fn is_range(&self, first: &Measure, second: &Measure, joint: &str, or: bool) -> bool {
        let atoms = self.atoms;
        let before = self.before_modifiers(first.from);
        let led = before.checked_sub(1).is_some_and(|b| self.words.from.contains(atoms.lower(b)));
        let between = before.checked_sub(1).is_some_and(|b| {
            matches!(atoms.lower(b), "between" | "entre" | "zwischen")
                || b > 0 && matches!(atoms.lower(b - 1), "between")
        });
        if matches!(joint, "and" | "e" | "y" | "et" | "und") && !between {
            return false;
        }
        if or {
            return first.unit.is_none() && second.numeral.value == first.numeral.value + 1.0;
        }
        let same = match (first.unit, second.unit) {
            (Some(a), Some(b)) => {
                a.name == b.name || is_currency(a.name) && is_currency(b.name) && b.name.ends_with(a.name)
            }
            (None, _) => true,
            (Some(a), None) => led || between || is_currency(a.name),
        };
        let dash = matches!(joint, "-" | "–");
        if dash {
            let rising = second.value > first.value || first.numeral.scale != second.numeral.scale;
            let named = second.unit.is_some()
                || first.unit.is_some()
                || second.numeral.scaled
                || phrase(atoms, self.words, second.to, true)
                    .is_some_and(|p| is_plural(atoms.lower(p.to - 1)));
            return same && rising && named;
        }
        // `rose 5 percent to 7 percent`: a change and where it led.
        let moved = self.words.change_before(atoms, before).is_some() && !led;
        // `fell by 1 to 2 degrees` is a range, `rose by 4 to 40` a change and where it led.
        let by = matches!(atoms.lower(first.from.saturating_sub(1)), "by" | "um" | "de" | "em" | "en");
        let far = second.value > 3.0 * first.value;
        let moved = (moved && !by) || by && far && !led;
        same && !moved
            && (led || between || first.unit.is_some() || second.unit.is_some() || second.value > first.value)
    }

    /// The first piece of the modifiers before `i`.
    fn before_modifiers(&self, mut i: usize) -> usize {
        for _ in 0..3 {
            match self.words.modifier_before(self.atoms, i) {
                Some((_, first)) => i = first,
                None => break,
            }
        }
        i
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

    fn put_together(&self, first: &Measure, second: Option<&Measure>, counted: Option<Phrase>) -> Quantity {
        let atoms = self.atoms;
        let last = second.unwrap_or(first);
        let unit = second.and_then(|s| s.unit).or(first.unit);
        let (mut low, mut high) = (first.value, last.value);
        if let Some(second) = second
            && !first.numeral.scaled
            && second.numeral.scaled
            && let Some(figures) = self.numerals.unscaled(atoms, second.number)
            && figures > 0.0
            && first.value.abs() <= figures
        {
            // `33-35 billion`: the scale is said once. Not in `$200 to $4 million`.
            low *= second.value / figures;
        }
        if low > high {
            std::mem::swap(&mut low, &mut high);
        }
        let mut found = Quantity {
            span: Span { start: 0, end: 0 },
            number: atoms.span(first.number, last.number_end),
            low: Some(low),
            high: Some(high),
            approx: false,
            change: Change::Equal,
            unit: self.unit_name(unit, last),
            unit_words: last.unit_at.or(first.unit_at).map(|(a, b)| {
                let to = last.per.map_or(b, |p| if b <= p.1 && b + 1 >= p.0 { p.1 } else { b });
                atoms.span(a, to)
            }),
            of: counted.map(|p| p.span(atoms)),
        };
        let (from, to) = self.qualify(&mut found, first, last);
        let to = counted.filter(|p| p.from >= last.to).map_or(to, |p| to.max(p.to));
        found.span = atoms.span(from, to);
        if first.numeral.form == Form::Countless {
            (found.low, found.high, found.approx) = (None, None, true);
        }
        if first.numeral.form == Form::Vague && second.is_none() {
            found.approx = true;
            found.high = if found.change == Change::Less { found.high } else { None };
        }
        found
    }

    /// `more than 7 million crowns ($1 million)`: the same amount again, so qualified alike.
    fn convert(&self, found: &mut Quantity, before: &Quantity, from: usize) {
        let opened = from.checked_sub(1).filter(|&o| matches!(self.atoms.lower(o), "(" | "/"));
        let Some(open) = opened.and_then(|o| self.atoms.get(o)) else { return };
        let near = before.span.end <= open.span.start && open.span.start - before.span.end <= 1;
        let plain = found.change == Change::Equal && found.low == found.high;
        if !near || !plain || found.unit.is_empty() || before.unit.is_empty() || found.unit == before.unit {
            return;
        }
        match before.change {
            Change::More => found.high = None,
            Change::Less => found.low = None,
            Change::About => found.approx = true,
            _ => return,
        }
        found.change = before.change;
    }

    /// `Ana Rue, 66, said`, `aged 21`, `over the age of 21`: figures that are an age.
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
        let set_off = atoms.lower(i - 1) == ","
            && atoms.is_capital(i - 2)
            && atoms.is(i - 2, AtomKind::Word)
            && !self.is_date(i - 2)
            && measure.value >= 5.0
            && matches!(atoms.lower(measure.to), "," | ".");
        if said || set_off {
            measure.unit = self.words.age();
        }
    }

    fn unit_name(&self, unit: Option<UnitWord>, last: &Measure) -> String {
        let mut name = unit.map_or(String::new(), |u| u.name.to_owned());
        if let Some((from, to)) = last.per {
            name.push_str(" per ");
            match self.words.unit_at(self.atoms, from) {
                Some((per, _)) => name.push_str(per.name),
                None => name.push_str(&(from..to).map(|i| self.atoms.lower(i)).collect::<Vec<_>>().join(" ")),
            }
        }
        name
    }

    /// Reads the modifiers to both sides; gives the quantity's first piece and one past its last.
    fn qualify(&self, found: &mut Quantity, first: &Measure, last: &Measure) -> (usize, usize) {
        let mut from = first.from;
        let mut to = last.to;
        let (mut role, mut plain) = (None, first.from);
        for _ in 0..3 {
            let Some((next, at)) = self.words.modifier_before(self.atoms, plain) else { break };
            // `over the past two years`, `around the 300 men`: the words belong to the noun.
            if is_determiner(self.atoms.lower(at)) {
                break;
            }
            plain = at;
            if next != Role::Plain {
                from = at;
                role = role.or(Some(next));
                if next == Role::About {
                    found.approx = true;
                }
            }
        }
        if let Some((next, end)) = self.words.modifier_behind(self.atoms, to) {
            role = role.or(Some(next));
            to = end;
        }
        let ranged = found.low != found.high;
        match role {
            // `from up to 252 to 287 miles`: both ends are said.
            Some(Role::More | Role::AfterMore | Role::Less | Role::AfterLess) if ranged => {}
            Some(Role::More | Role::AfterMore) => {
                found.change = Change::More;
                found.high = None;
            }
            Some(Role::Less | Role::AfterLess) => {
                found.change = Change::Less;
                found.low = None;
            }
            Some(Role::About | Role::AfterAbout) => {
                found.change = Change::About;
                found.approx = true;
            }
            _ => {}
        }
        if let Some((role, at)) = self.change_of(first, last) {
            found.change = if role == Role::Up { Change::Up } else { Change::Down };
            from = from.min(at);
        }
        (from, to)
    }

    /// The word of change that the number measures: `rose by nearly 5 percent`, `+0.2%`.
    fn change_of(&self, first: &Measure, last: &Measure) -> Option<(Role, usize)> {
        let atoms = self.atoms;
        let before = first.from.checked_sub(1)?;
        let unit = last.unit.or(first.unit);
        let moving =
            unit.is_some_and(|u| u.name == "percent" || u.name.ends_with("point") || is_currency(u.name));
        if moving && atoms.lower(before) == "+" && !atoms.gap(first.from) {
            return Some((Role::Up, before));
        }
        let mut at = first.from;
        for _ in 0..4 {
            if let Some((role, start)) = self.words.change_before(atoms, at) {
                let shares = self.words.share.contains(atoms.lower(at - 1));
                let counts = unit.is_none() && first.numeral.form != Form::Punctuated;
                let particle = matches!(atoms.lower(at - 1), "up" | "down");
                let verb = start
                    .checked_sub(1)
                    .is_some_and(|v| atoms.is(v, AtomKind::Word) && !is_copula(atoms.lower(v)));
                // `lost 3 games`, `gave up 500 yards` change no figure.
                let idle = shares && !moving
                    || counts && at == first.from && !particle
                    || particle && verb && !moving;
                return (!idle).then_some((role, start));
            }
            at = self.words.between_before(atoms, at)?;
        }
        None
    }
}

fn is_determiner(word: &str) -> bool {
    near(word, Near::Determiner)
}

fn is_copula(word: &str) -> bool {
    near(word, Near::Copula)
}
