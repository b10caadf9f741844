//! Two [`Side`]s -> [`Measured`]: the alignment, and the features that the decision weighs.
//!
//! Features are relative (coverages, margins, orders), because absolute likeness does not carry
//! over between collections. All are the same for (a, b) as for (b, a). Never: decides.

use super::align::{Alignment, Step, align};
use super::fold::hash_run;
use super::scores::{Scores, n_shared, scores, shared_stems};
use super::side::{RUN, Side};
use rustc_hash::FxHashSet;

/// What each feature is called in `weights.toml`, in order.
pub const FEATURES: [&str; N] = [
    "gain",
    "cover_min",
    "cover_max",
    "margin",
    "margin_low",
    "contiguous",
    "increasing",
    "mutual",
    "lengths_agree",
    "anchors_agree",
    "numbers_shared",
    "names_shared",
    "numbers_differ",
    "length_ratio",
    "log_sentences",
    "verbatim_unquoted",
    "pairs_shared",
    "unaligned_shared",
    "anchors_unaligned",
    "over_reversed",
];
/// How many features there are.
pub const N: usize = 20;

/// Keeps the logarithm of a gain finite; a gain this small says nothing.
const LEAST_GAIN: f32 = 0.01;

/// A pair, measured.
#[derive(Clone, Debug)]
pub(super) struct Measured {
    pub(super) features: [f32; N],
    pub(super) steps: Vec<Step>,
    pub(super) cover_a: f32,
    pub(super) cover_b: f32,
    pub(super) verbatim: f32,
    pub(super) order: f32,
}

/// Measures a pair. `across` says whether to leave word overlap out.
pub(super) fn measure(a: &Side, b: &Side, across: bool) -> Measured {
    if a.n() == 0 || b.n() == 0 {
        return Measured {
            features: [0.0; N],
            steps: Vec::new(),
            cover_a: 0.0,
            cover_b: 0.0,
            verbatim: 0.0,
            order: 0.0,
        };
    }
    let scores = scores(a, b, across);
    let found = align(&scores, &a.share, &b.share, across);
    let steps = &found.steps;
    let cover_a: f32 = steps.iter().map(|s| sum(&a.share, s.a)).sum();
    let cover_b: f32 = steps.iter().map(|s| sum(&b.share, s.b)).sum();
    let (margin, margin_low) = margins(&scores, a, b, steps);
    let (mutual, increasing) = mutual(&found);
    let fewer = a.n().min(b.n()) as f32;
    let (anchors, differ) = anchors(a, b, steps);
    let lengths: [f32; 2] = [a, b].map(|s| s.scale.iter().map(|l| l * l).sum());
    let features = [
        found.gain,
        cover_a.min(cover_b),
        cover_a.max(cover_b),
        margin,
        margin_low,
        contiguous(steps) as f32 / fewer,
        increasing as f32 / fewer,
        mutual as f32 / fewer,
        lengths_agree(a, b, steps),
        anchors,
        dice(&a.numbers, &b.numbers),
        dice(&a.names, &b.names),
        differ,
        lengths[0].min(lengths[1]) / lengths[0].max(lengths[1]).max(1.0),
        fewer.ln(),
        if across { 0.0 } else { verbatim_unquoted(a, b) },
        if across { 0.0 } else { dice(&a.pairs, &b.pairs) },
        if across { 0.0 } else { unaligned(a, b, steps) },
        anchors_unaligned(a, b, steps),
        ((found.gain + LEAST_GAIN) / (found.reversed + LEAST_GAIN)).ln(),
    ];
    let order = if mutual > 0 { increasing as f32 / mutual as f32 } else { 0.0 };
    let verbatim = if across { 0.0 } else { verbatim_aligned(a, b, steps) };
    Measured {
        features,
        cover_a: cover_a.min(1.0),
        cover_b: cover_b.min(1.0),
        verbatim,
        order,
        steps: found.steps,
    }
}

fn sum(shares: &[f32], (first, n): (usize, usize)) -> f32 {
    shares[first..first + n].iter().sum()
}

fn dice(a: &[u32], b: &[u32]) -> f32 {
    if a.is_empty() || b.is_empty() { 0.0 } else { 2.0 * n_shared(a, b) as f32 / (a.len() + b.len()) as f32 }
}

/// How far aligned sentences stand out from the three next best of their rows and columns: the
/// mean, weighted by length, and the lower quartile.
fn margins(scores: &Scores, a: &Side, b: &Side, steps: &[Step]) -> (f32, f32) {
    let mut margins: Vec<(f32, f32)> = Vec::with_capacity(steps.len());
    for step in steps {
        let mut top = [0.0_f32; 3];
        let in_a = |i: usize| (step.a.0..step.a.0 + step.a.1).contains(&i);
        let in_b = |j: usize| (step.b.0..step.b.0 + step.b.1).contains(&j);
        let row = (0..b.n()).filter(|j| !in_b(*j)).map(|j| scores.one.at(step.a.0, j));
        let column = (0..a.n()).filter(|i| !in_a(*i)).map(|i| scores.one.at(i, step.b.0));
        for score in row.chain(column) {
            if score > top[2] {
                top[2] = score;
                top.sort_by(|x, y| y.total_cmp(x));
            }
        }
        let weight = sum(&a.share, step.a) + sum(&b.share, step.b);
        margins.push((step.score - top.iter().sum::<f32>() / 3.0, weight));
    }
    let total: f32 = margins.iter().map(|m| m.1).sum();
    if total <= 0.0 {
        return (0.0, 0.0);
    }
    let mean = margins.iter().map(|m| m.0 * m.1).sum::<f32>() / total;
    margins.sort_by(|x, y| x.0.total_cmp(&y.0));
    (mean, margins[margins.len() / 4].0)
}

/// Share of the anchors in common that no aligned pair of sentences shares.
fn anchors_unaligned(a: &Side, b: &Side, steps: &[Step]) -> f32 {
    let all = n_shared(&a.numbers, &b.numbers) + n_shared(&a.names, &b.names);
    let mut aligned: Vec<u32> = Vec::new();
    for step in steps {
        let of = |side: &Side, (first, n): (usize, usize)| {
            let sentences = &side.print.sentences[first..first + n];
            super::side::distinct(
                sentences.iter().flat_map(|s| s.numbers.iter().chain(&s.names)).copied().collect(),
            )
        };
        let (x, y) = (of(a, step.a), of(b, step.b));
        aligned.extend(x.into_iter().filter(|h| y.binary_search(h).is_ok()));
    }
    let aligned = super::side::distinct(aligned).len();
    if all == 0 { 0.0 } else { 1.0 - (aligned as f32 / all as f32).min(1.0) }
}

/// Sentences that gain most from each other, and how many of them stand in one order.
fn mutual(found: &Alignment) -> (usize, usize) {
    let gains = &found.gains;
    let first_best = |values: &mut dyn Iterator<Item = f32>| {
        values.enumerate().fold((0, f32::MIN), |best, (i, v)| if v > best.1 { (i, v) } else { best })
    };
    let best_of_column: Vec<usize> =
        (0..gains.columns).map(|j| first_best(&mut (0..gains.rows).map(|i| gains.at(i, j))).0).collect();
    let pairs: Vec<usize> = (0..gains.rows)
        .filter_map(|i| {
            let (j, gain) = first_best(&mut gains.row(i).iter().copied());
            (gain > 0.0 && best_of_column[j] == i).then_some(j)
        })
        .collect();
    (pairs.len(), longest_increasing(&pairs))
}

fn longest_increasing(values: &[usize]) -> usize {
    let mut ends: Vec<usize> = Vec::new();
    for &value in values {
        let at = ends.partition_point(|end| *end < value);
        if at == ends.len() {
            ends.push(value);
        } else {
            ends[at] = value;
        }
    }
    ends.len()
}

/// Steps whose next one follows at most one sentence later on both sides.
fn contiguous(steps: &[Step]) -> usize {
    let near = |x: (usize, usize), y: (usize, usize)| y.0 - (x.0 + x.1) <= 1;
    steps.windows(2).filter(|w| near(w[0].a, w[1].a) && near(w[0].b, w[1].b)).count()
}

/// Correlation of the log lengths of aligned sentences, -1..=1.
fn lengths_agree(a: &Side, b: &Side, steps: &[Step]) -> f32 {
    let length = |side: &Side, (first, n): (usize, usize)| {
        side.print.sentences[first..first + n].iter().map(|s| s.length as f32 + 1.0).sum::<f32>().ln()
    };
    let pairs: Vec<(f32, f32)> = steps.iter().map(|s| (length(a, s.a), length(b, s.b))).collect();
    if pairs.len() < 3 {
        return 0.0;
    }
    let n = pairs.len() as f32;
    let (x, y) = pairs.iter().fold((0.0, 0.0), |m, p| (m.0 + p.0 / n, m.1 + p.1 / n));
    let of = |f: &dyn Fn(&(f32, f32)) -> f32| pairs.iter().map(f).sum::<f32>();
    let (xx, yy) = (of(&|p| (p.0 - x).powi(2)), of(&|p| (p.1 - y).powi(2)));
    if xx < 1e-6 || yy < 1e-6 { 0.0 } else { of(&|p| (p.0 - x) * (p.1 - y)) / (xx * yy).sqrt() }
}

/// Share of the numbers and names of aligned sentences that agree; numbers that differ for each step.
fn anchors(a: &Side, b: &Side, steps: &[Step]) -> (f32, f32) {
    let (mut agree, mut all, mut differ) = (0, 0, 0);
    for step in steps {
        let of = |side: &Side, (first, n): (usize, usize), numbers: bool| {
            let sentences = &side.print.sentences[first..first + n];
            let lists = sentences.iter().map(|s| if numbers { &s.numbers } else { &s.names });
            super::side::distinct(lists.flatten().copied().collect())
        };
        for numbers in [true, false] {
            let (x, y) = (of(a, step.a, numbers), of(b, step.b, numbers));
            let shared = n_shared(&x, &y);
            agree += 2 * shared;
            all += x.len() + y.len();
            if numbers {
                differ += x.len().min(y.len()) - shared.min(x.len().min(y.len()));
            }
        }
    }
    let share = if all == 0 { 0.0 } else { agree as f32 / all as f32 };
    (share, differ as f32 / steps.len().max(1) as f32)
}

/// Larger share of a text's unquoted words that lie in runs of eight which both have.
fn verbatim_unquoted(a: &Side, b: &Side) -> f32 {
    let covered = |x: &Side, y: &Side| {
        let mut starts: Vec<u32> = x
            .runs
            .iter()
            .filter(|r| {
                let at = y.runs.partition_point(|s| s.0 < r.0);
                y.runs.get(at).is_some_and(|s| s.0 == r.0)
            })
            .map(|r| r.1)
            .collect();
        starts.sort_unstable();
        let (mut words, mut end) = (0, 0);
        for start in starts {
            let stop = start + RUN as u32;
            words += stop - start.max(end);
            end = stop;
        }
        words as f32 / x.n_unquoted.max(1) as f32
    };
    covered(a, b).max(covered(b, a))
}

/// Share of the words in aligned sentences that stand in runs of three which both sides have.
fn verbatim_aligned(a: &Side, b: &Side, steps: &[Step]) -> f32 {
    let (mut verbatim, mut all) = (0, 0);
    for step in steps {
        let words = |side: &Side, (first, n): (usize, usize)| {
            let s = &side.print.sentences;
            let range = s[first].words.start as usize..s[first + n - 1].words.end as usize;
            side.print.words[range].iter().map(|w| w.word).collect::<Vec<u32>>()
        };
        let (x, y) = (words(a, step.a), words(b, step.b));
        verbatim += in_runs(&x, &y) + in_runs(&y, &x);
        all += x.len() + y.len();
    }
    if all == 0 { 0.0 } else { verbatim as f32 / all as f32 }
}

fn in_runs(x: &[u32], y: &[u32]) -> usize {
    let size = 3.min(x.len()).min(y.len()).max(1);
    let runs: FxHashSet<u32> = y.windows(size).map(|w| hash_run(w.iter().copied())).collect();
    let mut end = 0;
    let mut n = 0;
    for (i, run) in x.windows(size).enumerate() {
        if runs.contains(&hash_run(run.iter().copied())) {
            n += i + size - end.max(i);
            end = i + size;
        }
    }
    n
}

/// Share, by weight, of the stems in common that no aligned pair of sentences shares.
fn unaligned(a: &Side, b: &Side, steps: &[Step]) -> f32 {
    let mut step_of_a = vec![usize::MAX; a.n()];
    let mut step_of_b = vec![usize::MAX; b.n()];
    for (k, step) in steps.iter().enumerate() {
        step_of_a[step.a.0..step.a.0 + step.a.1].fill(k);
        step_of_b[step.b.0..step.b.0 + step.b.1].fill(k);
    }
    let (mut outside, mut all) = (0.0, 0.0);
    shared_stems(a, b, |of_a, of_b| {
        let weight = of_a[0].2;
        let aligned = of_a.iter().any(|x| {
            let step = step_of_a[x.1 as usize];
            step != usize::MAX && of_b.iter().any(|y| step_of_b[y.1 as usize] == step)
        });
        all += weight;
        outside += if aligned { 0.0 } else { weight };
    });
    if all > 0.0 { outside / all } else { 0.0 }
}
