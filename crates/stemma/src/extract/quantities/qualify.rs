//! A number with its unit -> [`Quantity`]: its ends, and what the words beside it make of them.
//!
//! `more than`, `about`, `below zero`, a second number, an amount told again in another currency.

use super::counted::Phrase;
use super::near::{Near, near};
use super::numerals::Form;
use super::scan::{Measure, Scanner};
use super::words::{Role, UnitWord};
use super::{Change, Quantity};
use crate::model::Span;

impl Scanner<'_, '_> {
    pub(super) fn put_together(
        &self,
        first: &Measure,
        second: Option<&Measure>,
        counted: Option<Phrase>,
    ) -> Quantity {
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
    pub(super) fn convert(&self, found: &mut Quantity, before: &Quantity, from: usize) {
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

    /// `rose two dollars, hasta 71,30`: behind a change these words tell what it led to.
    pub(super) fn reached(&self, found: &mut Quantity, before: &Quantity) {
        let changed = matches!(before.change, Change::Up | Change::Down);
        let near_by = found.span.start >= before.span.end && found.span.start - before.span.end <= 2;
        let word = self.atoms.between(found.span.start, found.number.start);
        let leads = ["hasta", "até", "jusqu"].iter().any(|w| word.starts_with(w));
        if changed && near_by && leads && found.change == Change::Less {
            (found.change, found.low) = (Change::Equal, found.high);
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
        match self.words.modifier_behind(self.atoms, to) {
            Some((Role::BelowZero, end)) if last.unit.is_some() => {
                (found.low, found.high) = (found.high.map(|v| -v), found.low.map(|v| -v));
                to = end;
            }
            Some((Role::BelowZero, _)) | None => {}
            Some((next, end)) => {
                role = role.or(Some(next));
                to = end;
            }
        }
        if first.numeral.rough {
            role = role.or(Some(Role::About));
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
}

fn is_determiner(word: &str) -> bool {
    near(word, Near::Determiner)
}
