//! A likeness inside a family -> [`Pair`]: what its aligned words say about who made whom.
//!
//! Reads hashed words only. Never: decides a direction; it counts what each side kept and lost.

use super::variants::{Sides, n_values_differ};
use crate::Analysis;
use crate::compare::fold::hash_run;
use crate::compare::{Aligned, Fingerprint, Likeness, Word};
use crate::model::Span;
use rustc_hash::FxHashSet;

/// Aligned words on both sides together from which the share of swapped ones says something: forms that an
/// agency fills in (dividends, earnings) have some 40, in which a name and three figures are a third.
const LEAST_WORDS: usize = 120;
/// Characters of the shortest line that counts as prose.
const MIN_PROSE: u32 = 12;
/// Words in a run by which a moved sentence is known.
const RUN: usize = 3;
/// Identical sentences that an editor leaves, as a share of the words kept verbatim: edits of the
/// development stories keep .3 and more, translations of one text by different hands .15 and less.
const KEPT_WHOLE: f32 = 0.25;
/// What more it takes where neither text lacks anything of the other: editors cut and add, and of two
/// dozen translations of one text some two are always much alike.
const KEPT_COMPLETE: f32 = 0.55;
/// Share of a text from which, and at which, it counts as complete.
const COMPLETE: (f32, f32) = (0.8, 0.95);

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
    /// Share of each one's prose that lies in aligned sentences, or in one language in sentences moved
    /// elsewhere: lines that are no sentences (mastheads, headlines, dates) are each outlet's own and
    /// left out.
    prose: [f32; 2],
    /// Share of each one's text in lines that are no sentences and not in the other: mastheads, teasers.
    frame: [f32; 2],
    /// How evenly the wording differs, 0..=1. An editor leaves some sentences as they were; two
    /// translations of one text, or a translation back, change a little in nearly every one.
    pub(super) scattered: f32,
    /// Aligned words swapped one or two for one to three, as a share of all aligned words; 0 if they
    /// are few, or if more than one value a sentence differs.
    pub(super) swapped: f32,
    /// Numbers, dates and names that differ in aligned sentences.
    pub(super) n_differ: usize,
}

impl Pair {
    /// Compares the aligned words.
    pub(super) fn new(a: (usize, &Analysis), b: (usize, &Analysis), likeness: Likeness) -> Self {
        let (mut same, mut all, mut swapped) = (0, 0, 0.0);
        let mut quoted = [0, 0];
        let mut lengths = [0, 0];
        let mut n_differ = 0;
        for at @ Aligned { a: x, b: y, .. } in &likeness.alignment {
            let x = words_at(&a.1.fingerprint, *x);
            let y = words_at(&b.1.fingerprint, *y);
            let equal = x.len() == y.len() && x.iter().zip(y).all(|(p, q)| p.word == q.word);
            if !equal {
                n_differ += n_values_differ(&Sides { a: a.1, b: b.1, at: *at, swapped: false });
            }
            all += x.len() + y.len();
            same += if equal { x.len() + y.len() } else { 0 };
            swapped += if equal || likeness.across { 0.0 } else { swaps(x, y) };
            for (side, words) in [x, y].into_iter().enumerate() {
                quoted[side] += words.iter().filter(|w| w.quoted).count();
                lengths[side] += words.len();
            }
        }
        // A spin keeps the figures: where one or more a sentence differ, a form was filled in anew.
        let few = all < LEAST_WORDS;
        let share = |n: usize, of: usize| if of == 0 { 0.0 } else { n as f32 / of as f32 };
        let identical = share(same, all);
        let moved: [FxHashSet<u32>; 2] = if likeness.across {
            Default::default()
        } else {
            [runs(&b.1.fingerprint), runs(&a.1.fingerprint)]
        };
        let spans = |of: fn(&Aligned) -> Span| likeness.alignment.iter().map(of).collect::<Vec<Span>>();
        let [x, y] = [prose(a.1, &spans(|x| x.a), &moved[0]), prose(b.1, &spans(|x| x.b), &moved[1])];
        let unseen = if likeness.across { unseen(&x.gaps, &y.gaps) } else { 0.0 };
        let seen = |of: &Prose, whole: f32| (of.aligned.unwrap_or(whole) + unseen).min(1.0);
        let covered = [seen(&x, likeness.coverage_a), seen(&y, likeness.coverage_b)];
        Self {
            a: a.0,
            b: b.0,
            identical,
            scattered: scattered(identical, likeness.verbatim, covered[0].min(covered[1])),
            prose: covered,
            frame: [x.frame, y.frame],
            quoted: [share(quoted[0], lengths[0]), share(quoted[1], lengths[1])],
            n_differ,
            swapped: if few || n_differ > likeness.alignment.len() { 0.0 } else { swapped / all as f32 },
            likeness,
        }
    }

    /// Share of a member's prose that the other has.
    pub(super) fn coverage(&self, of: usize) -> f32 {
        self.prose[usize::from(of == self.b)]
    }

    /// Share of a member's text that is furniture the other lacks.
    pub(super) fn frame(&self, of: usize) -> f32 {
        self.frame[usize::from(of == self.b)]
    }

    /// Share of a member's aligned words in quotation marks.
    pub(super) fn quoted(&self, of: usize) -> f32 {
        self.quoted[usize::from(of == self.b)]
    }
}

/// Words changed from which a text that neither cuts nor adds was told anew, and how scattered the
/// changes count then at least: .7 finds .857 of the published translations under their source, .5 .830; in
/// trees grown by machine it puts .525 of the children under their parent, .5 .531.
const TOUCHED: f32 = 0.12;
const TOUCHED_COMPLETE: f32 = 0.7;

/// How evenly wording differs, from the shares that are identical in whole sentences, verbatim, and
/// covered in the text that has more of its own.
fn scattered(identical: f32, verbatim: f32, covered: f32) -> f32 {
    let complete = ((covered - COMPLETE.0) / (COMPLETE.1 - COMPLETE.0)).clamp(0.0, 1.0);
    let expected = (KEPT_WHOLE + KEPT_COMPLETE * complete) * verbatim;
    let touched = complete * ((1.0 - verbatim) / TOUCHED).min(1.0);
    (1.0 - identical / expected.max(0.01)).max(TOUCHED_COMPLETE * touched)
}

/// How a report's sentences lie to an alignment.
struct Prose {
    /// Share, by length, of the full sentences that are aligned or stand elsewhere in the other; none
    /// if there is no full sentence.
    aligned: Option<f32>,
    /// Share of the full sentences not aligned before each aligned stretch, and behind the last.
    gaps: Vec<f32>,
    /// Share of all in lines that are no full sentences and not aligned.
    frame: f32,
}

/// Reads a report's sentences against the spans aligned (ascending) and the other's runs of words.
fn prose(report: &Analysis, spans: &[Span], moved: &FxHashSet<u32>) -> Prose {
    let closes =
        |c: char| matches!(c, '.' | '!' | '?' | '…' | '"' | '”' | '»' | ')' | '。' | '」' | '！' | '？');
    let (mut aligned, mut all, mut frame) = (0, 0, 0);
    let mut gaps = vec![0.0; spans.len() + 1];
    for sentence in &report.fingerprint.sentences {
        let next = spans.partition_point(|s| s.end <= sentence.span.start);
        let found = spans.get(next).is_some_and(|s| s.overlaps(&sentence.span))
            || is_moved(report.fingerprint.words_of(sentence), moved);
        if sentence.length < MIN_PROSE || !report.report.words(sentence.span).ends_with(closes) {
            frame += if found { 0 } else { sentence.length };
            continue;
        }
        all += sentence.length;
        if found {
            aligned += sentence.length;
        } else {
            gaps[next] += sentence.length as f32;
        }
    }
    gaps.iter_mut().for_each(|gap| *gap /= all.max(1) as f32);
    Prose {
        aligned: (all > 0).then(|| aligned as f32 / all as f32),
        gaps,
        frame: frame as f32 / (all + frame).max(1) as f32,
    }
}

/// Share of two texts in gaps that stand on both sides between the same aligned sentences: across
/// languages those were not cut but not seen.
fn unseen(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(x, y)| x.min(*y)).sum()
}

/// Whether more than half of a sentence's runs of words stand in the other report.
fn is_moved(words: &[Word], other: &FxHashSet<u32>) -> bool {
    if other.is_empty() || words.len() < 2 * RUN {
        return false;
    }
    let n = words.windows(RUN).filter(|run| other.contains(&hash_run(run.iter().map(|w| w.word)))).count();
    2 * n > words.len() - RUN + 1
}

fn runs(print: &Fingerprint) -> FxHashSet<u32> {
    print.words.windows(RUN).map(|run| hash_run(run.iter().map(|w| w.word))).collect()
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
