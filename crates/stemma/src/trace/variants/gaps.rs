//! Aligned sentences of two languages -> the same, and sentences that stand in one gap between them.
//!
//! Where a translator kept the order, what stands between two aligned sentences on one side is what stands
//! between them on the other, however unlike it looks: the vectors failed there, or the sentence says the
//! opposite. Lengths tell which is which (Gale and Church 1993). Never: guesses where one side has nothing.

use crate::Analysis;
use crate::compare::{Aligned, SentencePrint};
use crate::model::Span;

/// Sentences in a gap, at most, on either side: in longer ones lengths alone do not hold the line.
const MAX_GAP: usize = 6;
/// What it costs to pass a sentence over, in nats of length.
const PASSED: f32 = 0.45;
/// Nats of length within which sentences of a gap fit that has as many on both sides.
const FITS: f32 = 0.5;
/// What a number in common is worth.
const NUMBER: f32 = 0.4;

/// The alignment with its gaps filled, in order of `a`.
pub(in crate::trace) fn filled(a: &Analysis, b: &Analysis, alignment: &[Aligned]) -> Vec<Aligned> {
    let mut all = alignment.to_vec();
    let ratio = ratio(alignment);
    let end = Span { start: u32::MAX, end: u32::MAX };
    let mut from = (0, 0);
    for (x, y) in alignment.iter().map(|at| (at.a, at.b)).chain([(end, end)]) {
        let gaps = (between(a, from.0, x.start), between(b, from.1, y.start));
        let small = |gap: &[SentencePrint]| (1..=MAX_GAP).contains(&gap.len());
        if small(gaps.0) && small(gaps.1) {
            let even = gaps.0.len() == gaps.1.len();
            let found = fill(gaps, ratio);
            all.extend(found.into_iter().filter(|f| even && f.1 <= FITS || f.1 < 0.0).map(|f| f.0));
        }
        from = (from.0.max(x.end), from.1.max(y.end));
    }
    all.sort_by_key(|x| (x.a, x.b));
    all
}

/// How long the second text is for each character of the first.
fn ratio(alignment: &[Aligned]) -> f32 {
    let sum = |of: fn(&Aligned) -> Span| alignment.iter().map(|x| of(x).len()).sum::<usize>().max(1) as f32;
    sum(|x| x.b) / sum(|x| x.a)
}

/// The sentences that lie whole between two places.
fn between(report: &Analysis, from: u32, to: u32) -> &[SentencePrint] {
    let sentences = &report.fingerprint.sentences;
    let first = sentences.partition_point(|s| s.span.start < from);
    let last = sentences.partition_point(|s| s.span.end <= to);
    sentences.get(first..last).unwrap_or(&[])
}

/// The cheapest pairing in order, with what each pair costs.
fn fill((a, b): (&[SentencePrint], &[SentencePrint]), ratio: f32) -> Vec<(Aligned, f32)> {
    let cost = |x: &SentencePrint, y: &SentencePrint| {
        let length = (y.span.len() as f32 / (x.span.len() as f32 * ratio).max(1.0)).ln().abs();
        length - if x.numbers.iter().any(|n| y.numbers.contains(n)) { NUMBER } else { 0.0 }
    };
    let mut best = vec![vec![0.0_f32; b.len() + 1]; a.len() + 1];
    for i in (0..=a.len()).rev() {
        for j in (0..=b.len()).rev() {
            let past = |i: usize, j: usize| best.get(i).and_then(|row| row.get(j)).map(|c| c + PASSED);
            let both = (i < a.len() && j < b.len()).then(|| best[i + 1][j + 1] + cost(&a[i], &b[j]));
            let steps = [both, past(i + 1, j), past(i, j + 1)];
            best[i][j] = steps.into_iter().flatten().reduce(f32::min).unwrap_or(0.0);
        }
    }
    let (mut i, mut j, mut found) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        if best[i][j] >= best[i + 1][j + 1] + cost(&a[i], &b[j]) - 1e-6 {
            found.push((Aligned { a: a[i].span, b: b[j].span, score: 0.0 }, cost(&a[i], &b[j])));
            (i, j) = (i + 1, j + 1);
        } else if best[i][j] >= best[i + 1][j] + PASSED - 1e-6 {
            i += 1;
        } else {
            j += 1;
        }
    }
    found
}
