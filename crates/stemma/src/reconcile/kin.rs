//! Clauses of a family -> [`Telling`]s: what the family tells, each thing once, whoever copies it.
//!
//! Gathered from the root outwards: a clause joins what an elder tells, or begins a telling of its
//! own. So a copy changes no telling, only its list of clauses; claims are then formed from the
//! heads alone (law 5).

use super::claims::{Clauses, measured};
use super::liken;
use super::lineage::Lineage;
use crate::Analysis;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Probability from which a clause is taken for an elder's.
///
/// A copy is expected to tell what its elder tells, so the bar is low: higher makes damaged wordings
/// look like news of their own and lets them stand as origins, lower joins neighbouring clauses.
const TAKEN_OVER: f32 = 0.4;

/// What a family tells at one place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Telling {
    /// The clauses that tell it, elders first; the first is the head.
    pub clauses: Vec<u32>,
}

impl Telling {
    /// The clause nearest to the root.
    pub fn head(&self) -> u32 {
        self.clauses[0]
    }
}

/// Gathers the tellings of every family; ordered by head.
pub(super) fn tellings(reports: &[&Analysis], clauses: &Clauses, lineage: &Lineage) -> Vec<Telling> {
    let mut found: Vec<Telling> = lineage
        .families
        .par_iter()
        .flat_map_iter(|members| of_family(reports, clauses, lineage, members))
        .collect();
    found.sort_unstable_by_key(Telling::head);
    found
}

fn of_family(reports: &[&Analysis], clauses: &Clauses, lineage: &Lineage, members: &[u32]) -> Vec<Telling> {
    let mut tellings: Vec<Telling> = Vec::new();
    let mut of: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    for &report in members {
        let taken = taken_over(reports, clauses, lineage.elders(report), report);
        for clause in clauses.of(report) {
            let mut at: Vec<usize> =
                taken.get(&clause).into_iter().flatten().flat_map(|e| &of[e]).copied().collect();
            at.sort_unstable();
            at.dedup();
            if at.is_empty() {
                tellings.push(Telling { clauses: Vec::new() });
                at.push(tellings.len() - 1);
            }
            at.iter().for_each(|&t| tellings[t].clauses.push(clause));
            of.insert(clause, at);
        }
    }
    tellings
}

/// For each clause of a report, the elder's clauses that it tells again: the likeliest, and a
/// neighbour of that one in its sentence which it covers too.
fn taken_over(
    reports: &[&Analysis],
    clauses: &Clauses,
    elders: &[u32],
    report: u32,
) -> FxHashMap<u32, Vec<u32>> {
    let mut found: FxHashMap<u32, Vec<(f32, u32)>> = FxHashMap::default();
    for &elder in elders {
        let (theirs, ours) = (clauses.of(elder), clauses.of(report));
        for (x, y, features) in measured(reports, clauses, &theirs, &ours) {
            let same = clauses.all[x as usize].run == clauses.all[y as usize].run;
            let probability = if same { 1.0 } else { liken::probability(&features, true) };
            if probability >= TAKEN_OVER {
                found.entry(y).or_default().push((probability, x));
            }
        }
    }
    let of = |i: u32| &clauses.all[i as usize];
    let chosen = |(clause, likely): (u32, Vec<(f32, u32)>)| {
        let best = likely.iter().copied().reduce(|a, b| if b.0 > a.0 { b } else { a }).map(|b| b.1);
        let beside = |x: u32, y: u32| {
            of(x).report == of(y).report
                && of(x).of == of(y).of
                && !of(x).span.overlaps(&of(y).span)
                && of(x).run.len().max(of(y).run.len()) < of(clause).run.len()
        };
        let taken = likely.iter().map(|l| l.1).filter(|&x| best.is_some_and(|b| b == x || beside(b, x)));
        (clause, taken.collect())
    };
    found.into_iter().map(chosen).collect()
}
