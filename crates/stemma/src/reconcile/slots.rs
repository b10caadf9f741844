//! Claims -> [`Slot`]s: what can be held side by side in a claim.
//!
//! A claim that tells two numbers is two entries; one that tells none is one entry of dates or words.

use super::claims::Clauses;
use super::liken::counted;
use super::value::Value;
use crate::Analysis;
use crate::model::Span;
use std::collections::BTreeSet;

/// How near counted things must be to fall into one slot, as a cosine.
///
/// A little under what makes a clash, since the clauses are already known to tell the same thing.
const SAME_SLOT: f32 = 0.45;

/// One telling in a slot.
#[derive(Clone, Debug)]
pub(super) struct Told {
    /// Index of the clause.
    pub clause: u32,
    /// Its words.
    pub span: Span,
    /// What can be compared.
    pub value: Option<Value>,
}

/// Tellings side by side.
pub(super) type Slot = Vec<Told>;

/// The slots of a claim; at least one.
pub(super) fn slots(reports: &[&Analysis], clauses: &Clauses, claim: &[u32]) -> Vec<Slot> {
    let mut slots = numbers(reports, clauses, claim);
    match widest(&slots, clauses) {
        Some(widest) => {
            let told: BTreeSet<u32> = slots.iter().flatten().map(|t| t.clause).collect();
            let wordy = claim.iter().filter(|c| !told.contains(c));
            slots[widest].extend(wordy.map(|&c| plain(clauses, c)));
            if let Some(dates) = clashing_dates(reports, clauses, claim) {
                slots.push(dates);
            }
        }
        None => slots.push(claim.iter().map(|&c| dated(reports, clauses, c)).collect()),
    }
    slots
}

/// The slot with the most reports; the first of those.
fn widest(slots: &[Slot], clauses: &Clauses) -> Option<usize> {
    let n_reports =
        |s: &Slot| s.iter().map(|t| clauses.all[t.clause as usize].report).collect::<BTreeSet<u32>>().len();
    (0..slots.len()).max_by_key(|&i| (n_reports(&slots[i]), std::cmp::Reverse(i)))
}

fn plain(clauses: &Clauses, clause: u32) -> Told {
    Told { clause, span: clauses.all[clause as usize].span, value: None }
}

/// A clause with its most particular date.
fn dated(reports: &[&Analysis], clauses: &Clauses, clause: u32) -> Told {
    let of = &clauses.all[clause as usize];
    let times = of.times.iter().map(|&t| &reports[of.report as usize].extracts.times[t as usize]);
    let finest =
        times.filter(|t| t.value.starts_with(|c: char| c.is_ascii_digit() || c == 'X')).max_by_key(|t| {
            (t.value_undated.bytes().filter(u8::is_ascii_digit).count(), std::cmp::Reverse(t.span))
        });
    Told { clause, span: of.span, value: finest.map(Value::of_time) }
}

/// The dates of a claim that also tells numbers, if they cannot all hold.
fn clashing_dates(reports: &[&Analysis], clauses: &Clauses, claim: &[u32]) -> Option<Slot> {
    let dated: Slot =
        claim.iter().map(|&c| dated(reports, clauses, c)).filter(|t| t.value.is_some()).collect();
    let clash = |a: &Told, b: &Told| match (&a.value, &b.value) {
        (Some(v), Some(w)) => !v.compatible(w),
        _ => false,
    };
    dated.iter().enumerate().any(|(i, a)| dated[..i].iter().any(|b| clash(a, b))).then_some(dated)
}

/// Numbers of a claim, those of the same thing together.
fn numbers(reports: &[&Analysis], clauses: &Clauses, claim: &[u32]) -> Vec<Slot> {
    let mut order = claim.to_vec();
    order.sort_by_key(|&c| (std::cmp::Reverse(clauses.all[c as usize].quantities.len()), c));
    let mut slots: Vec<Vec<(u32, u32)>> = Vec::new();
    for &clause in &order {
        let mut taken: Vec<usize> = Vec::new();
        for &quantity in &clauses.all[clause as usize].quantities {
            let nearest = nearest(reports, clauses, &slots, (clause, quantity), &taken);
            let slot = nearest.unwrap_or_else(|| {
                slots.push(Vec::new());
                slots.len() - 1
            });
            slots[slot].push((clause, quantity));
            taken.push(slot);
        }
    }
    slots.iter().map(|s| s.iter().map(|&(c, q)| told(reports, clauses, c, q)).collect()).collect()
}

/// The slot whose numbers count the nearest thing; one with an equal number first.
fn nearest(
    reports: &[&Analysis],
    clauses: &Clauses,
    slots: &[Vec<(u32, u32)>],
    (clause, quantity): (u32, u32),
    taken: &[usize],
) -> Option<usize> {
    let report = |c: u32| reports[clauses.all[c as usize].report as usize];
    let (x, p) = (report(clause), &report(clause).extracts.quantities[quantity as usize]);
    let likeness = |&(c, q): &(u32, u32)| {
        let (y, q) = (report(c), &report(c).extracts.quantities[q as usize]);
        let equal = p.unit == q.unit && Value::of_quantity(p).same(&Value::of_quantity(q));
        counted(x, p, y, q) + if equal { 1.0 } else { 0.0 }
    };
    let best = |slot: &Vec<(u32, u32)>| slot.iter().map(likeness).fold(0.0, f32::max);
    (0..slots.len())
        .filter(|i| !taken.contains(i))
        .map(|i| (i, best(&slots[i])))
        .filter(|s| s.1 >= SAME_SLOT)
        .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
        .map(|s| s.0)
}

fn told(reports: &[&Analysis], clauses: &Clauses, clause: u32, quantity: u32) -> Told {
    let of = &clauses.all[clause as usize];
    let quantity = &reports[of.report as usize].extracts.quantities[quantity as usize];
    let span = if of.quantities.len() > 1 { quantity.span } else { of.span };
    Told { clause, span, value: Some(Value::of_quantity(quantity)) }
}
