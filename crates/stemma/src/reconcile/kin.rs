//! Clauses of a family -> what it tells, each thing once, whoever copies it.
//!
//! Gathered from the root outwards: a clause joins what an elder tells, or begins a telling of its
//! own. So a copy changes no telling, only its list of clauses; claims are then formed from the
//! heads alone (law 5). Holds no family's reports together: each is held against its elders.

use super::claims::{Clauses, measured};
use super::lineage::Lineage;
use super::{cut, liken};
use crate::Analysis;
use crate::pile::{Need, Pile, distinct};
use crate::segment::Rarity;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Probability from which a clause is taken for an elder's.
///
/// A copy is expected to tell what its elder tells, so the bar is low: higher makes damaged wordings
/// look like news of their own and lets them stand as origins, lower joins neighbouring clauses.
const TAKEN_OVER: f32 = 0.4;

/// Reports of families that are held against their elders together; neighbours in a family share elders.
const TOGETHER: usize = 64;

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

/// A clause of a pile: the place of its report, and its number there.
pub(super) type At = (u32, u32);

/// What the families of two and more tell, in order of the heads.
pub(super) struct Tellings(Vec<Box<[At]>>);

impl Tellings {
    /// Those whose heads stand in the report at a place.
    pub fn of(&self, place: u32) -> &[Box<[At]>] {
        let from = self.0.partition_point(|t| t[0].0 < place);
        let n = self.0[from..].partition_point(|t| t[0].0 == place);
        &self.0[from..from + n]
    }
}

/// Gathers what the families of two and more tell.
///
/// # Errors
/// When reports cannot be looked at.
pub(super) fn tellings<P: Pile>(pile: &P, lineage: &Lineage, rarity: &Rarity) -> Result<Tellings, P::Error> {
    let families = || lineage.families.iter().filter(|members| members.len() > 1);
    let members: Vec<u32> = families().flatten().copied().collect();
    let lot = |members: &[u32]| {
        let elders = members.iter().map(|&m| lineage.elders(m));
        Lot { members: members.to_vec(), reads: distinct(elders.chain([members])) }
    };
    let lots: Vec<Lot> = members.chunks(TOGETHER).map(lot).collect();
    let taken =
        pile.of_each(&lots, |lot| &lot.reads, Need::All, |lot, reports| lot.taken(reports, lineage, rarity))?;
    let taken: Vec<Taken> = taken.into_iter().flatten().collect();
    let mut from = 0;
    let ranges = families().map(|members| {
        from += members.len();
        from - members.len()..from
    });
    let ranges: Vec<Range<usize>> = ranges.collect();
    let gathered = ranges.par_iter().flat_map_iter(|r| gathered(&members[r.clone()], &taken[r.clone()]));
    let mut found: Vec<Box<[At]>> = gathered.collect();
    found.par_sort_unstable_by_key(|t| t[0]);
    Ok(Tellings(found))
}

/// Reports with all their elders.
struct Lot {
    members: Vec<u32>,
    /// By place, ascending.
    reads: Vec<u32>,
}

/// What one report took over.
struct Taken {
    n_clauses: u32,
    /// Of some of its clauses, the elders' that they tell again.
    from: FxHashMap<u32, Vec<At>>,
}

impl Lot {
    fn taken(&self, reports: &[&Analysis], lineage: &Lineage, rarity: &Rarity) -> Vec<Taken> {
        let clauses = cut(reports, rarity, |_| true);
        let at = |place: &u32| self.reads.binary_search(place).expect("elders are read") as u32;
        let of = |place: &u32| {
            let elders: Vec<u32> = lineage.elders(*place).iter().map(at).collect();
            let report = at(place);
            let named = |c: u32| {
                let report = clauses.all[c as usize].report;
                (self.reads[report as usize], c - clauses.ranges[report as usize].start)
            };
            let taken = taken_over(reports, &clauses, &elders, report).into_iter();
            Taken {
                n_clauses: clauses.ranges[report as usize].len() as u32,
                from: taken.map(|(c, from)| (named(c).1, from.into_iter().map(named).collect())).collect(),
            }
        };
        self.members.iter().map(of).collect()
    }
}

/// The tellings of one family, its members given elders first.
fn gathered(members: &[u32], taken: &[Taken]) -> Vec<Box<[At]>> {
    let mut tellings: Vec<Vec<At>> = Vec::new();
    let mut of: FxHashMap<At, Vec<usize>> = FxHashMap::default();
    for (&place, taken) in members.iter().zip(taken) {
        for number in 0..taken.n_clauses {
            let from = taken.from.get(&number).into_iter().flatten();
            let mut at: Vec<usize> = from.flat_map(|e| &of[e]).copied().collect();
            at.sort_unstable();
            at.dedup();
            if at.is_empty() {
                tellings.push(Vec::new());
                at.push(tellings.len() - 1);
            }
            at.iter().for_each(|&t| tellings[t].push((place, number)));
            of.insert((place, number), at);
        }
    }
    tellings.into_iter().map(Vec::into_boxed_slice).collect()
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
