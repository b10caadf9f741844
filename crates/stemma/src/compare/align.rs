//! Scores -> an alignment of sentences that keeps their order, with gaps and merges of two.
//!
//! Dynamic programming over gains: a score less the mean of its row's and its column's
//! background, less a constant. So a pair counts only as far as it stands out from what the two
//! reports share anyhow. Never: reorders.

use super::scores::{Grid, Scores};

/// What a score must stand out by. Swept in the trial, on rewrites, translations and ECB+.
const FLOOR: f32 = 0.17;
/// What a merge costs beside.
const MERGE_COST: f32 = 0.03;
/// Scores that the background is drawn towards, as if each row had this many more sentences.
const PRIOR_SENTENCES: f32 = 3.0;
/// The usual background in one language, and across languages.
const PRIOR: [f32; 2] = [0.16, 0.12];

/// Sentences of `a` that tell those of `b`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Step {
    /// First sentence of `a`, and how many (1 or 2).
    pub(super) a: (usize, usize),
    /// First sentence of `b`, and how many (1 or 2).
    pub(super) b: (usize, usize),
    /// The score.
    pub(super) score: f32,
}

/// An alignment and what it gains over the background.
pub(super) struct Alignment {
    /// In the order of both.
    pub(super) steps: Vec<Step>,
    /// Half the sum of gains, each weighted by the shares of both texts: -0..=1.
    pub(super) gain: f32,
    /// What the same sentences gain when those of `b` stand in reverse order: what likeness without
    /// order yields by chance, in these languages and on this happening.
    pub(super) reversed: f32,
    /// Gains one to one.
    pub(super) gains: Grid,
}

/// Aligns; `share_a` and `share_b` are the sentences' shares of their texts.
pub(super) fn align(scores: &Scores, share_a: &[f32], share_b: &[f32], across: bool) -> Alignment {
    let rows = background(&scores.one, true, across);
    let columns = background(&scores.one, false, across);
    let gains = gains(scores, &rows, &columns);
    let (total, moves) = fill(&gains, share_a, share_b);
    let steps = trace_back(&moves, scores);
    let back: Vec<f32> = share_b.iter().rev().copied().collect();
    let (reversed, _) = fill(&gains.each_ref().map(Grid::reversed), share_a, &back);
    let [gains, ..] = gains;
    Alignment { steps, gain: total / 2.0, reversed: reversed / 2.0, gains }
}

/// The mean score of each row (or column) without its best, drawn towards the usual.
fn background(one: &Grid, of_rows: bool, across: bool) -> Vec<f32> {
    let (n, m) = if of_rows { (one.rows, one.columns) } else { (one.columns, one.rows) };
    let at = |i: usize, j: usize| if of_rows { one.at(i, j) } else { one.at(j, i) };
    let prior = PRIOR[usize::from(across)] * PRIOR_SENTENCES;
    (0..n)
        .map(|i| {
            let (sum, best) = (0..m).fold((0.0_f32, f32::MIN), |(s, b), j| (s + at(i, j), b.max(at(i, j))));
            (sum - best + prior) / (m as f32 - 1.0 + PRIOR_SENTENCES)
        })
        .collect()
}

/// Gains one to one, one to two, two to one.
fn gains(scores: &Scores, rows: &[f32], columns: &[f32]) -> [Grid; 3] {
    let two = |b: &[f32], j: usize| (b[j] + b[j + 1]) / 2.0;
    let less = |grid: &Grid, of: &dyn Fn(usize, usize) -> f32| {
        let mut out = grid.clone();
        for i in 0..grid.rows {
            for j in 0..grid.columns {
                *out.cell(i, j) -= of(i, j);
            }
        }
        out
    };
    [
        less(&scores.one, &|i, j| (rows[i] + columns[j]) / 2.0 + FLOOR),
        less(&scores.one_two, &|i, j| (rows[i] + two(columns, j)) / 2.0 + FLOOR + MERGE_COST),
        less(&scores.two_one, &|i, j| (two(rows, i) + columns[j]) / 2.0 + FLOOR + MERGE_COST),
    ]
}

/// Sentences of `a` and `b` that each move takes.
const MOVES: [(usize, usize); 5] = [(1, 0), (0, 1), (1, 1), (1, 2), (2, 1)];

/// The best total, and the best last move at each pair of prefixes.
fn fill(gains: &[Grid; 3], share_a: &[f32], share_b: &[f32]) -> (f32, Vec<Vec<u8>>) {
    let (n, m) = (share_a.len(), share_b.len());
    let mut best = Grid::new(n + 1, m + 1);
    let mut moves = vec![vec![0_u8; m + 1]; n + 1];
    for i in 0..=n {
        for j in 0..=m {
            let mut top = if i + j == 0 { 0.0 } else { f32::MIN };
            for (k, &(p, q)) in MOVES.iter().enumerate() {
                if p > i || q > j {
                    continue;
                }
                let mut value = best.at(i - p, j - q);
                if k >= 2 {
                    let weight: f32 = share_a[i - p..i].iter().chain(&share_b[j - q..j]).sum();
                    value += gains[k - 2].at(i - p, j - q) * weight;
                }
                if value > top {
                    (top, moves[i][j]) = (value, k as u8);
                }
            }
            *best.cell(i, j) = top;
        }
    }
    (best.at(n, m), moves)
}

fn trace_back(moves: &[Vec<u8>], scores: &Scores) -> Vec<Step> {
    let mut steps = Vec::new();
    let (mut i, mut j) = (moves.len() - 1, moves[0].len() - 1);
    while i > 0 || j > 0 {
        let k = moves[i][j] as usize;
        let (p, q) = MOVES[k];
        (i, j) = (i - p, j - q);
        let grid = match k {
            2 => &scores.one,
            3 => &scores.one_two,
            4 => &scores.two_one,
            _ => continue,
        };
        steps.push(Step { a: (i, p), b: (j, q), score: grid.at(i, j) });
    }
    steps.reverse();
    steps
}
