//! Claims -> [`Slot`]s: what can be held side by side in a claim.
//!
//! A claim that tells numbers of two units is two entries; one that tells none is one entry of dates or
//! words.

use super::claims::Clauses;
use super::clauses::Clause;
use super::kin::Telling;
use super::value::Value;
use crate::Analysis;
use crate::extract::{Quantity, Time};
use crate::model::Span;
use std::collections::{BTreeMap, BTreeSet};

/// One telling in a slot.
#[derive(Clone, Debug)]
pub(super) struct Told {
    /// Index of the telling.
    pub telling: u32,
    /// Index of the clause.
    pub clause: u32,
    /// Its words.
    pub span: Span,
    /// Where the value stands; its words again if it has none.
    pub at: Span,
    /// What can be compared.
    pub value: Option<Value>,
}

/// Tellings side by side.
pub(super) type Slot = Vec<Told>;

/// A clause of a claim: the index of its telling, and its own.
type Part = (u32, u32);

/// What the slots of a claim are found in.
struct Claim<'a> {
    reports: &'a [&'a Analysis],
    clauses: &'a Clauses,
    tellings: &'a [Telling],
    parts: Vec<Part>,
}

/// The slots of a claim, given as indices of tellings; at least one.
pub(super) fn slots(
    reports: &[&Analysis],
    clauses: &Clauses,
    tellings: &[Telling],
    claim: &[u32],
) -> Vec<Slot> {
    let parts = claim.iter().flat_map(|&t| tellings[t as usize].clauses.iter().map(move |&c| (t, c)));
    let claim = Claim { reports, clauses, tellings, parts: parts.collect() };
    let mut slots = claim.numbers();
    match claim.widest(&slots) {
        Some(widest) => {
            let told: BTreeSet<u32> = slots.iter().flatten().map(|t| t.clause).collect();
            let wordy = claim.parts.iter().filter(|p| !told.contains(&p.1));
            slots[widest].extend(wordy.map(|&p| claim.plain(p)));
            slots.extend(claim.clashing_dates());
        }
        None => slots.push(claim.parts.iter().map(|&p| claim.dated(p)).collect()),
    }
    slots
}

impl Claim<'_> {
    fn clause(&self, part: Part) -> &Clause {
        &self.clauses.all[part.1 as usize]
    }

    fn report(&self, part: Part) -> &Analysis {
        self.reports[self.clause(part).report as usize]
    }

    fn quantity(&self, part: Part, quantity: u32) -> &Quantity {
        &self.report(part).extracts.quantities[quantity as usize]
    }

    /// The slot with the most tellings, so that copies have no say; the first of those.
    fn widest(&self, slots: &[Slot]) -> Option<usize> {
        let n_tellings = |s: &Slot| s.iter().map(|t| t.telling).collect::<BTreeSet<u32>>().len();
        (0..slots.len()).max_by_key(|&i| (n_tellings(&slots[i]), std::cmp::Reverse(i)))
    }

    fn plain(&self, part: Part) -> Told {
        let span = self.clause(part).span;
        Told { telling: part.0, clause: part.1, span, at: span, value: None }
    }

    /// A clause with its most particular date. In a copy "on Friday" is the Friday that it was in the
    /// original: where the head of the telling has the same words, it has the same day.
    fn dated(&self, part: Part) -> Told {
        let plain = self.plain(part);
        let Some(finest) = self.finest(part) else { return plain };
        let head = (part.0, self.tellings[part.0 as usize].head());
        let first = self.finest(head).filter(|t| t.value_undated == finest.value_undated);
        Told { at: finest.span, value: Some(Value::of_time(first.unwrap_or(finest))), ..plain }
    }

    /// The most particular date of a clause.
    fn finest(&self, part: Part) -> Option<&Time> {
        let times = self.clause(part).times.iter().map(|&t| &self.report(part).extracts.times[t as usize]);
        let dated = times.filter(|t| t.value.starts_with(|c: char| c.is_ascii_digit() || c == 'X'));
        dated.max_by_key(|t| {
            (t.value_undated.bytes().filter(u8::is_ascii_digit).count(), std::cmp::Reverse(t.span))
        })
    }

    /// The dates of a claim that also tells numbers, if they cannot all hold.
    fn clashing_dates(&self) -> Option<Slot> {
        let dated: Slot = self.parts.iter().map(|&p| self.dated(p)).filter(|t| t.value.is_some()).collect();
        let clash = |a: &Told, b: &Told| match (&a.value, &b.value) {
            (Some(v), Some(w)) => !v.compatible(w),
            _ => false,
        };
        dated.iter().enumerate().any(|(i, a)| dated[..i].iter().any(|b| clash(a, b))).then_some(dated)
    }

    /// Numbers of a claim, those of one unit together.
    fn numbers(&self) -> Vec<Slot> {
        let mut slots: BTreeMap<&str, Slot> = BTreeMap::new();
        for &part in &self.parts {
            if let Some(quantity) = self.clause(part).quantity {
                let unit = self.quantity(part, quantity).unit.as_str();
                slots.entry(unit).or_default().push(self.told(part, quantity));
            }
        }
        slots.into_values().collect()
    }

    fn told(&self, part: Part, quantity: u32) -> Told {
        let quantity = self.quantity(part, quantity);
        Told { at: quantity.number, value: Some(Value::of_quantity(quantity)), ..self.plain(part) }
    }
}
