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
    let mut of: FxHashMap<u32, usize> = FxHashMap::default();
    for &report in members {
        let taken = taken_over(reports, clauses, lineage.elders(report), report);
        for clause in clauses.of(report) {
            let at = taken.get(&clause).and_then(|elder| of.get(elder)).copied();
            let at = at.unwrap_or_else(|| {
                tellings.push(Telling { clauses: Vec::new() });
                tellings.len() - 1
            });
            tellings[at].clauses.push(clause);
            of.insert(clause, at);
        }
    }
    tellings
}

/// For each clause of a report, the elder's clause that it tells again.
fn taken_over(reports: &[&Analysis], clauses: &Clauses, elders: &[u32], report: u32) -> FxHashMap<u32, u32> {
    let mut best: FxHashMap<u32, (f32, u32)> = FxHashMap::default();
    for &elder in elders {
        let (theirs, ours) = (clauses.of(elder), clauses.of(report));
        for (x, y, features) in measured(reports, clauses, &theirs, &ours) {
            let same = clauses.all[x as usize].run == clauses.all[y as usize].run;
            let probability = if same { 1.0 } else { liken::probability(&features, true) };
            let known = best.get(&y).map_or(std::env::var("TO").ok().and_then(|v| v.parse().ok()).unwrap_or(TAKEN_OVER), |b| b.0);
            if probability > known {
                best.insert(y, (probability, x));
            }
        }
    }
    best.into_iter().map(|(clause, (_, elder))| (clause, elder)).collect()
}
