//! The plain way to group reports by event, to be set beside the engine's.
//!
//! Words and names weighed by TF-IDF; a report that arrives joins the group with the highest mean cosine, if that
//! reaches a bar, else it opens one. The bar is the one of [`BARS`] with the best mean B³ F1 on the very set that is
//! scored, so the figure flatters the baseline. Two events of one topic are told apart by average link down to two
//! groups. Puts **baseline.b3.f1**, **baseline.pairs.f1**, **baseline.bar**, **baseline.separation_ari**.

use crate::measure::{adjusted_rand_index, b_cubed, labels, pair_counts};
use crate::scores::Outcome;
use std::collections::HashMap;
use stemma::Analysis;
use stemma::segment::TokenKind;

/// Bars that are tried.
const BARS: [f32; 12] = [0.06, 0.08, 0.10, 0.12, 0.14, 0.16, 0.18, 0.20, 0.23, 0.26, 0.30, 0.35];

/// Sets of more reports have no baseline, which compares all pairs.
const MOST: usize = 3_000;

/// Cosines of all pairs of reports, row by row.
pub(super) struct Baseline {
    n: usize,
    cosines: Vec<f32>,
}

impl Baseline {
    /// Compares all reports of a set, unless there are too many.
    pub(super) fn new(analyses: &[Analysis]) -> Option<Self> {
        let n = analyses.len();
        if n > MOST {
            return None;
        }
        let vectors = vectors(analyses);
        let mut cosines = vec![0.0; n * n];
        for i in 0..n {
            for j in i + 1..n {
                let cosine = cosine(&vectors[i], &vectors[j]);
                (cosines[i * n + j], cosines[j * n + i]) = (cosine, cosine);
            }
        }
        Some(Self { n, cosines })
    }

    fn cosine(&self, i: usize, j: usize) -> f32 {
        self.cosines[i * self.n + j]
    }

    /// Scores orders of arrival, each as indices of reports.
    pub(super) fn put_orders(&self, outcome: &mut Outcome, gold: &[usize], orders: &[Vec<usize>]) {
        let mut best = (0.0, 0.0, 0.0);
        for bar in BARS {
            let (mut b3, mut pairs) = (0.0, 0.0);
            for order in orders {
                let given = self.arrive(order, bar);
                b3 += b_cubed(gold, &given).2;
                pairs += pair_counts(gold, &given).f1();
            }
            let mean = b3 / orders.len().max(1) as f64;
            if mean > best.0 {
                best = (mean, pairs / orders.len().max(1) as f64, f64::from(bar));
            }
        }
        outcome.put("baseline.b3.f1", best.0);
        outcome.put("baseline.pairs.f1", best.1);
        outcome.put("baseline.bar", best.2);
    }

    fn arrive(&self, order: &[usize], bar: f32) -> Vec<usize> {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for &i in order {
            let mean = |g: &[usize]| g.iter().map(|j| self.cosine(i, *j)).sum::<f32>() / g.len() as f32;
            let nearest = groups.iter().map(|g| mean(g)).enumerate().max_by(|a, b| a.1.total_cmp(&b.1));
            match nearest.filter(|n| n.1 >= bar) {
                Some((g, _)) => groups[g].push(i),
                None => groups.push(vec![i]),
            }
        }
        let mut given = vec![0; self.n];
        for (g, members) in groups.iter().enumerate() {
            members.iter().for_each(|i| given[*i] = g);
        }
        given
    }

    /// The ARI of two groups of a topic's reports, by average link.
    pub(super) fn separation(&self, members: &[usize], truth: &[usize]) -> f64 {
        let mut groups: Vec<Vec<usize>> = (0..members.len()).map(|i| vec![i]).collect();
        while groups.len() > 2 {
            let mut best = (f32::MIN, 0, 1);
            for a in 0..groups.len() {
                for b in a + 1..groups.len() {
                    let sums = groups[a].iter().flat_map(|x| groups[b].iter().map(move |y| (x, y)));
                    let sum: f32 = sums.map(|(x, y)| self.cosine(members[*x], members[*y])).sum();
                    let mean = sum / (groups[a].len() * groups[b].len()) as f32;
                    if mean > best.0 {
                        best = (mean, a, b);
                    }
                }
            }
            let moved = groups.remove(best.2);
            groups[best.1].extend(moved);
        }
        let group_of = |i: usize| groups.iter().position(|g| g.contains(&i)).unwrap_or(0);
        adjusted_rand_index(truth, &labels((0..members.len()).map(group_of)))
    }
}

/// Keys and weights, ascending by key, of length 1 together.
type Weighed = Vec<(usize, f32)>;

fn vectors(analyses: &[Analysis]) -> Vec<Weighed> {
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let mut counts: Vec<HashMap<usize, f32>> = Vec::with_capacity(analyses.len());
    for analysis in analyses {
        let mut here: HashMap<usize, f32> = HashMap::new();
        let words = analysis.segments.tokens.iter().filter(|t| t.kind == TokenKind::Word);
        let words = words.map(|t| t.span.of(&analysis.report.body).to_lowercase());
        let entity =
            |n: &stemma::extract::Name| format!("={}", analysis.extracts.entities[n.entity as usize].key);
        for key in words.chain(analysis.extracts.names.iter().map(entity)) {
            let next = numbers.len();
            *here.entry(*numbers.entry(key).or_insert(next)).or_insert(0.0) += 1.0;
        }
        counts.push(here);
    }
    let mut frequency = vec![0.0_f32; numbers.len()];
    counts.iter().flat_map(HashMap::keys).for_each(|k| frequency[*k] += 1.0);
    let n = analyses.len() as f32;
    counts.into_iter().map(|here| weigh(here, &frequency, n)).collect()
}

fn weigh(counts: HashMap<usize, f32>, frequency: &[f32], n: f32) -> Weighed {
    let weight = |(key, count): (usize, f32)| (key, (1.0 + count.ln()) * (n / frequency[key]).ln());
    let mut weighed: Weighed = counts.into_iter().map(weight).collect();
    weighed.sort_unstable_by_key(|w| w.0);
    let length = weighed.iter().map(|w| w.1 * w.1).sum::<f32>().sqrt();
    weighed.iter_mut().for_each(|w| w.1 /= length.max(f32::MIN_POSITIVE));
    weighed
}

fn cosine(a: &Weighed, b: &Weighed) -> f32 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += a[i].1 * b[j].1;
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_of_one_happening_come_together() {
        let texts = [
            "The dam near Oderlin broke and the valley flooded.",
            "Oderlin: the valley flooded after the dam broke.",
            "Mills won the chess title in Tarvo on Sunday.",
            "A chess title for Mills in Tarvo.",
        ];
        let raws = texts.iter().enumerate().map(|(i, t)| crate::engine::raw(&i.to_string(), t));
        let analyses = crate::engine::analyse_all(raws.collect());
        let baseline = Baseline::new(&analyses).unwrap();
        assert_eq!(baseline.arrive(&[0, 1, 2, 3], 0.1), [0, 0, 1, 1]);
        assert!((baseline.separation(&[0, 1, 2, 3], &[0, 0, 1, 1]) - 1.0).abs() < 1e-9);
    }
}
