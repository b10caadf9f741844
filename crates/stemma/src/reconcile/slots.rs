//! Claims -> [`Slot`]s: what can be held side by side in a claim.
//!
//! A claim that tells numbers of two units, or a rise and a level, is two entries; one that tells none is
//! one entry of dates or words.

use super::claims::Clauses;
use super::clauses::Clause;
use super::kin::Telling;
use super::value::{Value, measured_in};
use crate::Analysis;
use crate::extract::{Change, Quantity, Time};
use crate::model::Span;
use std::collections::BTreeMap;

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
    claim: &'a [u32],
}

/// The slots of a claim, given as indices of tellings; at least one.
///
/// Heads alone decide which slots there are and which tellings stand in each; all clauses of a telling
/// then stand where its head stands (law 5).
pub(super) fn slots(
    reports: &[&Analysis],
    clauses: &Clauses,
    tellings: &[Telling],
    claim: &[u32],
) -> Vec<Slot> {
    let claim = Claim { reports, clauses, tellings, claim };
    let mut slots = claim.numbers();
    if slots.is_empty() {
        return vec![claim.of_all(|part| Some(claim.dated(part)))];
    }
    slots.extend(claim.clashing_dates());
    slots
}

impl Claim<'_> {
    fn clause(&self, part: Part) -> &Clause {
        &self.clauses.all[part.1 as usize]
    }

    fn report(&self, part: Part) -> &Analysis {
        self.reports[self.clause(part).report as usize]
    }

    fn head(&self, telling: u32) -> Part {
        (telling, self.tellings[telling as usize].head())
    }

    /// What each clause of a telling has, elders first; those of which there is nothing to say left out.
    fn of(&self, telling: u32, told: impl Fn(Part) -> Option<Told>) -> Slot {
        self.tellings[telling as usize].clauses.iter().filter_map(|&c| told((telling, c))).collect()
    }

    fn of_all(&self, told: impl Fn(Part) -> Option<Told>) -> Slot {
        self.claim.iter().flat_map(|&t| self.of(t, &told)).collect()
    }

    fn plain(&self, part: Part) -> Told {
        let span = self.clause(part).span;
        Told { telling: part.0, clause: part.1, span, at: span, value: None }
    }

    /// A clause with its number, if it is about one.
    fn counted(&self, part: Part) -> Told {
        let plain = self.plain(part);
        match self.quantity(part) {
            Some(q) => {
                Told { at: q.number, value: Some(Value::of_told(&self.report(part).report, q)), ..plain }
            }
            None => plain,
        }
    }

    fn quantity(&self, part: Part) -> Option<&Quantity> {
        self.clause(part).quantity.map(|q| &self.report(part).extracts.quantities[q as usize])
    }

    /// A clause with its most particular date. In a copy "on Friday" is the Friday that it was in the
    /// original: where the head of the telling has the same words, it has the same day.
    fn dated(&self, part: Part) -> Told {
        let plain = self.plain(part);
        let Some(finest) = self.finest(part) else { return plain };
        let first = self.finest(self.head(part.0)).filter(|t| t.value_undated == finest.value_undated);
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

    /// The dates of a claim that also tells numbers: of all tellings if those of their heads cannot all
    /// hold, else of each telling within which they cannot, for there one entered in copying.
    fn clashing_dates(&self) -> Vec<Slot> {
        let dated = |part: Part| Some(self.dated(part)).filter(|t| t.value.is_some());
        let heads: Slot = self.claim.iter().filter_map(|&t| dated(self.head(t))).collect();
        if clash(&heads) {
            return vec![self.of_all(dated)];
        }
        self.claim.iter().map(|&t| self.of(t, dated)).filter(clash).collect()
    }

    /// The numbers of a claim, those of one unit together; what tells none stands with most of them.
    fn numbers(&self) -> Vec<Slot> {
        let unit = |t: &u32| self.quantity(self.head(*t)).map(|q| (measured_in(&q.unit), way(q)));
        let mut of: BTreeMap<(&str, Option<bool>), Vec<u32>> = BTreeMap::new();
        for &telling in self.claim {
            if let Some(unit) = unit(&telling) {
                of.entry(unit).or_default().push(telling);
            }
        }
        let mut tellings: Vec<Vec<u32>> = of.into_values().collect();
        if let Some(widest) = (0..tellings.len()).max_by_key(|&i| (tellings[i].len(), std::cmp::Reverse(i))) {
            tellings[widest].extend(self.claim.iter().filter(|t| unit(t).is_none()));
        }
        let slot = |tellings: Vec<u32>| {
            tellings.iter().flat_map(|&t| self.of(t, |p| Some(self.counted(p)))).collect()
        };
        tellings.into_iter().map(slot).collect()
    }
}

/// Which way a number tells a change, if it does: up or down.
fn way(quantity: &Quantity) -> Option<bool> {
    match quantity.change {
        Change::Up => Some(true),
        Change::Down => Some(false),
        _ => None,
    }
}

/// Whether the values of a slot cannot all hold.
fn clash(slot: &Slot) -> bool {
    let apart = |a: &Told, b: &Told| match (&a.value, &b.value) {
        (Some(v), Some(w)) => !v.compatible(w),
        _ => false,
    };
    slot.iter().enumerate().any(|(i, a)| slot[..i].iter().any(|b| apart(a, b)))
}
