//! Tellings of a pile -> claims: groups of tellings that assert the same thing.
//!
//! Only heads are held against each other, and only those of one storyline, so that a copy decides
//! nothing. The order of input is irrelevant.

use super::clauses::Clause;
use super::kin::Telling;
use super::liken::{self, Features, Threes};
use crate::Analysis;
use crate::group::link::{Pair, average_link};
use petgraph::unionfind::UnionFind;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Tellings whose mean probability is at least this assert the same thing.
///
/// Swept 0.2 to 0.7 over the example stories, each held out in turn; moves with `weights.toml`.
const SAME_CLAIM: f32 = 0.27;

/// A pair less likely than this is not kept: it would only weaken groups, as an absent pair does too.
const LEAST: f32 = 0.02;

/// Cosine under which two clauses that share no number and no run of words are not measured. At .20, .25 and
/// .30 the example stories' entries are found in .887, .887 and .871 of cases, and 19,043 agency reports
/// take 22, 18 and 15 seconds. Moves with the word vectors.
const LEAST_MEANING: f32 = 0.25;

/// Reports of a storyline that are all held against each other; in a larger one, each against those
/// that stand before it by id in its event, the fewer the larger it is, so that the work stays in
/// proportion to the pile.
const MOST_TOGETHER: usize = 60;

/// With how many a report is held together in the largest storylines.
const LEAST_TOGETHER: usize = 4;

/// The clauses of a pile, report by report.
pub(crate) struct Clauses {
    pub all: Vec<Clause>,
    /// Where each report's stand in `all`.
    pub ranges: Vec<Range<u32>>,
}

impl Clauses {
    /// The clauses of a report.
    pub fn of(&self, report: u32) -> Vec<u32> {
        self.ranges[report as usize].clone().collect()
    }
}

/// Groups what the reports of a circle tell, by index; each group ascending, in order of its first; single ones
/// included. `circle` has the reports' indices, events together.
pub(super) fn claims(
    reports: &[&Analysis],
    clauses: &Clauses,
    tellings: &[Telling],
    circle: &[u32],
) -> Vec<Vec<u32>> {
    let number: FxHashMap<u32, u32> =
        tellings.iter().enumerate().map(|(i, t)| (t.head(), i as u32)).collect();
    let heads = heads(reports.len(), clauses, tellings);
    let pairs: Vec<Pair> = held_together(&heads, circle)
        .par_iter()
        .flat_map_iter(|&(a, b)| {
            let likely = |(x, y, features): (u32, u32, Features)| {
                let probability = liken::probability(&features, false);
                (probability >= LEAST).then(|| Pair { a: number[&x], b: number[&y], probability })
            };
            let found = measured(reports, clauses, &heads[a as usize], &heads[b as usize]);
            found.into_iter().filter_map(likely).collect::<Vec<Pair>>()
        })
        .collect();
    let units = Units::of(tellings.len(), &bound(clauses, &number));
    let groups = average_link(units.members.len(), &units.pairs(&pairs), SAME_CLAIM);
    let mut claims: Vec<Vec<u32>> = groups.into_iter().map(|group| units.expand(&group)).collect();
    claims.sort_unstable();
    claims
}

/// Pairs of tellings of which their report itself shows that they are of one thing; by heads alone, so that
/// a copy binds nothing.
fn bound(clauses: &Clauses, number: &FxHashMap<u32, u32>) -> Vec<(u32, u32)> {
    let of_report = |range: &Range<u32>| {
        let start = range.start;
        let beside = move |i: u32| {
            let other = clauses.all[i as usize].beside?.other;
            number.get(&i).copied().zip(number.get(&(start + other)).copied())
        };
        range.clone().filter_map(beside)
    };
    clauses.ranges.iter().flat_map(of_report).collect()
}

/// Tellings with those that are bound to them, as one member when claims are formed.
struct Units {
    /// The tellings of each, ascending.
    members: Vec<Vec<u32>>,
    /// The unit of each telling.
    of: Vec<u32>,
}

impl Units {
    fn of(n: usize, bound: &[(u32, u32)]) -> Self {
        let mut joined = UnionFind::<u32>::new(n);
        for &(a, b) in bound {
            joined.union(a, b);
        }
        let (mut members, mut of): (Vec<Vec<u32>>, Vec<u32>) = (Vec::new(), Vec::with_capacity(n));
        let mut numbers: FxHashMap<u32, u32> = FxHashMap::default();
        for (telling, label) in joined.into_labeling().into_iter().enumerate() {
            let unit = *numbers.entry(label).or_insert_with(|| {
                members.push(Vec::new());
                members.len() as u32 - 1
            });
            members[unit as usize].push(telling as u32);
            of.push(unit);
        }
        Self { members, of }
    }

    /// Pairs of tellings as pairs of units: as likely as the likeliest between them.
    fn pairs(&self, pairs: &[Pair]) -> Vec<Pair> {
        let mut best: FxHashMap<(u32, u32), f32> = FxHashMap::default();
        for pair in pairs {
            let (a, b) = (self.of[pair.a as usize], self.of[pair.b as usize]);
            if a != b {
                let known = best.entry((a.min(b), a.max(b))).or_insert(0.0);
                *known = known.max(pair.probability);
            }
        }
        let mut found: Vec<Pair> =
            best.into_iter().map(|((a, b), probability)| Pair { a, b, probability }).collect();
        found.sort_unstable_by_key(|p| (p.a, p.b));
        found
    }

    fn expand(&self, units: &[u32]) -> Vec<u32> {
        let mut tellings: Vec<u32> =
            units.iter().flat_map(|&u| self.members[u as usize].iter().copied()).collect();
        tellings.sort_unstable();
        tellings
    }
}

/// The heads of tellings by report; a report that only copies has none.
pub(super) fn heads(n_reports: usize, clauses: &Clauses, tellings: &[Telling]) -> Vec<Vec<u32>> {
    let mut heads: Vec<Vec<u32>> = vec![Vec::new(); n_reports];
    for telling in tellings {
        heads[clauses.all[telling.head() as usize].report as usize].push(telling.head());
    }
    heads
}

/// Pairs of a circle's reports to hold against each other, a report with itself included (rival figures).
/// Reports that only copy count for nothing.
pub(super) fn held_together(heads: &[Vec<u32>], circle: &[u32]) -> Vec<(u32, u32)> {
    let own: Vec<u32> = circle.iter().copied().filter(|&r| !heads[r as usize].is_empty()).collect();
    let reach = (MOST_TOGETHER * MOST_TOGETHER / own.len().max(1)).clamp(LEAST_TOGETHER, MOST_TOGETHER);
    let mut pairs = Vec::new();
    for (i, &b) in own.iter().enumerate() {
        pairs.extend(own[i.saturating_sub(reach)..=i].iter().map(|&a| (a, b)));
    }
    pairs
}

/// Measures clauses of two reports against each other: indices of clauses and features.
pub(crate) fn measured(
    reports: &[&Analysis],
    clauses: &Clauses,
    ours: &[u32],
    theirs: &[u32],
) -> Vec<(u32, u32, Features)> {
    let one = ours == theirs;
    let of = |i: u32| &clauses.all[i as usize];
    let cosines: Vec<Vec<f32>> =
        ours.iter().map(|&x| theirs.iter().map(|&y| of(x).vector.cosine(&of(y).vector)).collect()).collect();
    let best = BestTwo::of(&cosines, theirs.len());
    let figures = BestTwo::of(&figures_alone(clauses, ours, theirs, &cosines), theirs.len());
    let threes = [ours, theirs].map(|side| side.iter().map(|&i| Threes::of(&of(i).run)).collect::<Vec<_>>());
    let mut found = Vec::new();
    for (i, &x) in ours.iter().enumerate() {
        for (j, &y) in theirs.iter().enumerate() {
            let (p, q) = (of(x), of(y));
            // A number and the rest of a stretch with numbers are two things told.
            let apart = p.rest && q.quantity.is_some() || q.rest && p.quantity.is_some();
            if apart || one && (x >= y || p.quantity.is_none() || q.quantity.is_none()) {
                continue;
            }
            // Most pairs have nothing in common, and to see that costs far less than to measure them.
            let may_run = threes[0][i].meets(&threes[1][j]);
            let verbatim = if may_run { liken::verbatim(reports, p, q) } else { 0.0 };
            if cosines[i][j] >= LEAST_MEANING || verbatim > 0.0 || liken::share_number(reports, p, q) {
                // The rivals of a figure are figures.
                let best = if p.quantity.is_some() && q.quantity.is_some() { &figures } else { &best };
                let margin = if one { 0.0 } else { best.margin(i, j, cosines[i][j]) };
                found.push((x, y, liken::measure(reports, (p, q), margin, verbatim)));
            }
        }
    }
    found
}

/// Cosines with those of pairs that are not of two figures put out of the way.
fn figures_alone(clauses: &Clauses, ours: &[u32], theirs: &[u32], cosines: &[Vec<f32>]) -> Vec<Vec<f32>> {
    let has = |i: &u32| clauses.all[*i as usize].quantity.is_some();
    let row = |(x, row): (&u32, &Vec<f32>)| -> Vec<f32> {
        let ours = has(x);
        row.iter().zip(theirs).map(|(&cosine, y)| if ours && has(y) { cosine } else { -1.0 }).collect()
    };
    ours.iter().zip(cosines).map(row).collect()
}

/// The greatest and second greatest cosine of each clause.
struct BestTwo {
    rows: Vec<(f32, f32)>,
    columns: Vec<(f32, f32)>,
}

impl BestTwo {
    fn of(cosines: &[Vec<f32>], n_columns: usize) -> Self {
        let mut best =
            Self { rows: vec![(-1.0, -1.0); cosines.len()], columns: vec![(-1.0, -1.0); n_columns] };
        for (i, row) in cosines.iter().enumerate() {
            for (j, &cosine) in row.iter().enumerate() {
                raise(&mut best.rows[i], cosine);
                raise(&mut best.columns[j], cosine);
            }
        }
        best
    }

    /// How far a pair stands above the best rival on either side; negative where a rival is better.
    fn margin(&self, row: usize, column: usize, cosine: f32) -> f32 {
        let rival = |(first, second): (f32, f32)| if cosine >= first { second } else { first };
        cosine - rival(self.rows[row]).max(rival(self.columns[column])).max(0.0)
    }
}

fn raise(best: &mut (f32, f32), value: f32) {
    if value > best.0 {
        *best = (value, best.0);
    } else if value > best.1 {
        best.1 = value;
    }
}
