//! A likeness inside a family -> [`Pair`]: what its aligned words say about who made whom.
//!
//! Reads hashed words only. Never: decides a direction; it counts what each side kept and lost.

use crate::Analysis;
use crate::compare::{Aligned, Fingerprint, Likeness, Word};
use crate::model::Span;

/// Characters of the shortest line that counts as prose.
const MIN_PROSE: u32 = 12;

/// Two reports of one family, `a` before `b` by id.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    /// Places in the family.
    pub(super) a: usize,
    pub(super) b: usize,
    /// How the pair measures.
    pub(super) likeness: Likeness,
    /// Share of the words in aligned sentences that lie in sentences equal word for word, 0..=1.
    pub(super) identical: f32,
    /// Share of the aligned words of each that stand in quotation marks.
    pub(super) quoted: [f32; 2],
    /// Share of each one's prose that lies in aligned sentences: lines that are no sentences
    /// (mastheads, headlines, dates) are each outlet's own and left out.
    prose: [f32; 2],
    /// Aligned words swapped one or two for one to three, as a share of all aligned words.
    pub(super) swapped: f32,
}

impl Pair {
    /// Compares the aligned words.
    pub(super) fn new(a: (usize, &Analysis), b: (usize, &Analysis), likeness: Likeness) -> Self {
        let (mut same, mut all, mut swapped) = (0, 0, 0.0);
        let mut quoted = [0, 0];
        let mut lengths = [0, 0];
        for Aligned { a: x, b: y, .. } in &likeness.alignment {
            let x = words_at(&a.1.fingerprint, *x);
            let y = words_at(&b.1.fingerprint, *y);
            let equal = x.len() == y.len() && x.iter().zip(y).all(|(p, q)| p.word == q.word);
            all += x.len() + y.len();
            same += if equal { x.len() + y.len() } else { 0 };
            swapped += if equal || likeness.across { 0.0 } else { swaps(x, y) };
            for (side, words) in [x, y].into_iter().enumerate() {
                quoted[side] += words.iter().filter(|w| w.quoted).count();
                lengths[side] += words.len();
            }
        }
        let share = |n: usize, of: usize| if of == 0 { 0.0 } else { n as f32 / of as f32 };
        Self {
            a: a.0,
            b: b.0,
            identical: share(same, all),
            prose: [
                prose(a.1, likeness.alignment.iter().map(|x| x.a)).unwrap_or(likeness.coverage_a),
                prose(b.1, likeness.alignment.iter().map(|x| x.b)).unwrap_or(likeness.coverage_b),
            ],
            quoted: [share(quoted[0], lengths[0]), share(quoted[1], lengths[1])],
            swapped: if all == 0 { 0.0 } else { swapped / all as f32 },
            likeness,
        }
    }

    /// Share of a member's prose that the other has.
    pub(super) fn coverage(&self, of: usize) -> f32 {
        self.prose[usize::from(of == self.b)]
    }

    /// Share of a member's aligned words in quotation marks.
    pub(super) fn quoted(&self, of: usize) -> f32 {
        self.quoted[usize::from(of == self.b)]
    }
}

/// Share, by length, of a report's full sentences that overlap the spans (ascending). None if it
/// has no full sentence.
fn prose(report: &Analysis, spans: impl Iterator<Item = Span>) -> Option<f32> {
    let spans: Vec<Span> = spans.collect();
    let closes =
        |c: char| matches!(c, '.' | '!' | '?' | '…' | '"' | '”' | '»' | ')' | '。' | '」' | '！' | '？');
    let (mut aligned, mut all) = (0, 0);
    for sentence in &report.fingerprint.sentences {
        if sentence.length < MIN_PROSE || !report.report.words(sentence.span).ends_with(closes) {
            continue;
        }
        let next = spans.partition_point(|s| s.end <= sentence.span.start);
        all += sentence.length;
        aligned +=
            if spans.get(next).is_some_and(|s| s.overlaps(&sentence.span)) { sentence.length } else { 0 };
    }
    (all > 0).then(|| aligned as f32 / all as f32)
}

/// The words of a report inside a span.
pub(super) fn words_at(print: &Fingerprint, span: Span) -> &[Word] {
    let first = print.sentences.partition_point(|s| s.span.end <= span.start);
    let last = print.sentences.partition_point(|s| s.span.start < span.end);
    if first >= last {
        return &[];
    }
    let range = print.sentences[first].words.start..print.sentences[last - 1].words.end;
    &print.words[range.start as usize..range.end as usize]
}

/// Words in short replacements (at most three on each side) between kept words.
fn swaps(x: &[Word], y: &[Word]) -> f32 {
    let (x, y): (Vec<u32>, Vec<u32>) =
        (x.iter().map(|w| w.stem).collect(), y.iter().map(|w| w.stem).collect());
    let ops = similar::capture_diff_slices(similar::Algorithm::Myers, &x, &y);
    let short = ops.iter().filter_map(|op| match op {
        similar::DiffOp::Replace { old_len, new_len, .. } if *old_len <= 3 && *new_len <= 3 => {
            Some(old_len + new_len)
        }
        _ => None,
    });
    short.sum::<usize>() as f32
}
