//! Clauses of a pile -> claims: groups of clauses that assert the same thing.
//!
//! Only reports of one storyline are held against each other. The order of input is irrelevant.

use super::clauses::Clause;
use super::liken::{self, Features};
use crate::Analysis;
use crate::group::link::{Pair, average_link};
use rayon::prelude::*;
use std::ops::Range;

/// Clauses whose mean probability is at least this assert the same thing.
///
/// Swept 0.2 to 0.7 over the example stories, each held out in turn; moves with `weights.toml`.
const SAME_CLAIM: f32 = 0.3;

/// A pair less likely than this is not kept: it would only weaken groups, as an absent pair does too.
const LEAST: f32 = 0.02;

/// Cosine under which two clauses that share no number and no run of words are not measured.
const LEAST_MEANING: f32 = 0.2;

/// Reports of a storyline that are all held against each other; in a larger one, each against those
/// that stand before it by id in its event, the fewer the larger it is, so that the work stays in
/// proportion to the pile.
const MOST_TOGETHER: usize = 60;

/// With how many a report is held together in the largest storylines.
const LEAST_TOGETHER: usize = 4;

/// The clauses of a pile, report by report.
pub(super) struct Clauses {
    pub all: Vec<Clause>,
    /// Where each report's stand in `all`.
    pub of: Vec<Range<usize>>,
}

/// Which reports are to be held together: a storyline's, and the family of each.
pub(super) struct Circle {
    /// Indices of reports, events together, ascending within each.
    pub reports: Vec<u32>,
}

/// Groups clauses; each group ascending, in order of its first; single clauses included.
pub(super) fn claims(
    reports: &[&Analysis],
    clauses: &Clauses,
    circles: &[Circle],
    family: &[u32],
) -> Vec<Vec<u32>> {
    let together = report_pairs(circles);
    let pairs: Vec<Pair> = together
        .par_iter()
        .flat_map_iter(|&(a, b)| {
            let kin = family[a as usize] == family[b as usize];
            measured(reports, clauses, a, b).into_iter().filter_map(move |(x, y, features)| {
                let probability = liken::probability(&features, kin);
                (probability >= LEAST).then_some(Pair { a: x, b: y, probability })
            })
        })
        .collect();
    average_link(clauses.all.len(), &pairs, SAME_CLAIM)
}

/// Pairs of reports to hold against each other, a report with itself included (rival figures).
pub(super) fn report_pairs(circles: &[Circle]) -> Vec<(u32, u32)> {
    let mut pairs = Vec::new();
    for circle in circles.iter().filter(|c| c.reports.len() > 1) {
        let reach =
            (MOST_TOGETHER * MOST_TOGETHER / circle.reports.len()).clamp(LEAST_TOGETHER, MOST_TOGETHER);
        for (i, &b) in circle.reports.iter().enumerate() {
            let before = &circle.reports[i.saturating_sub(reach)..=i];
            pairs.extend(before.iter().map(|&a| (a, b)));
        }
    }
    pairs
}

/// Measures the clauses of two reports against each other: indices of clauses and features.
pub(super) fn measured(
    reports: &[&Analysis],
    clauses: &Clauses,
    a: u32,
    b: u32,
) -> Vec<(u32, u32, Features)> {
    let (from, to) = (clauses.of[a as usize].clone(), clauses.of[b as usize].clone());
    let cosines: Vec<Vec<f32>> = clauses.all[from.clone()]
        .iter()
        .map(|x| clauses.all[to.clone()].iter().map(|y| x.vector.cosine(&y.vector)).collect())
        .collect();
    let best = BestTwo::of(&cosines, to.len());
    let mut found = Vec::new();
    for (i, x) in from.clone().enumerate() {
        for (j, y) in to.clone().enumerate() {
            let (p, q) = (&clauses.all[x], &clauses.all[y]);
            if a == b && (x >= y || p.quantities.is_empty() || q.quantities.is_empty()) {
                continue;
            }
            let margin = if a == b { 0.0 } else { best.margin(i, j, cosines[i][j]) };
            let features = liken::measure(reports, p, q, margin);
            if cosines[i][j] >= LEAST_MEANING || features[5] > 0.0 || features[6] > 0.0 {
                found.push((x as u32, y as u32, features));
            }
        }
    }
    found
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
