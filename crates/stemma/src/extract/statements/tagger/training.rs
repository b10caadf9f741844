//! What the trainer needs: reports with their true statements -> samples of features and labels.
//!
//! Used by `examples/train_statements` alone, so that training and reading see the same.

use super::super::draft::Draft;
use super::super::lexicon::Lexicon;
use super::super::near::Near;
use super::super::words::Text;
use super::super::{finish, rules};
use super::cues::Sight;
use super::marks::{self, Marks};
use super::parts::{Found, Setting};
use super::{judge, passages, sure};
use crate::extract::Extracts;
use crate::model::{Lang, Report, Span};
use crate::segment::Segments;
use rustc_hash::FxHashMap;
use std::ops::Range;

pub use super::crf::{Chain, Sums};
pub use super::decode::{Candidate, Cued};
pub use super::rates::Rates;
pub use super::weights::{Trained, write};

/// From this likelihood on a cue that is none teaches the second tagger to find nothing.
const TEACHES: f32 = 0.3;
/// Longest cue that is learnt from, in words.
const LONGEST_CUE: usize = 12;
/// Share of two contents that must be common for one to be right.
const RIGHT: f32 = 0.5;

/// A true statement, in spans of the report's body: source, cue, content.
pub type Gold = [Vec<Span>; 3];

/// A possible cue and how likely it is one.
pub type Cue = (Range<usize>, f32);

/// A report made ready for training.
#[expect(missing_debug_implementations, reason = "holds all words of a report")]
pub struct Page<'r> {
    text: Text<'r>,
    found: &'r Extracts,
    marks: Marks,
    rules: Vec<Draft>,
    near: Near,
    gold: Vec<Draft>,
}

/// A sequence with the features of each word, and their true labels.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    /// All features, the same number for each word.
    pub features: Vec<u32>,
    /// One for each word.
    pub labels: Vec<u8>,
}

impl<'r> Page<'r> {
    /// An English report with its true statements; none if English had no table.
    pub fn of(
        report: &'r Report,
        segments: &Segments,
        found: &'r Extracts,
        gold: &[Gold],
    ) -> Option<Page<'r>> {
        let text = Text::of(report, segments, Lexicon::of(Lang::EN)?);
        let rules = rules::drafts(&text);
        let near = Near::of(rules.iter().map(Draft::whole));
        let draft = |[source, cue, content]: &Gold| Draft {
            source: runs(&text, source),
            cue: runs(&text, cue),
            content: runs(&text, content),
            score: 1.0,
        };
        let gold = gold.iter().map(draft).filter(|d| !d.content.is_empty()).collect();
        Some(Page { text, found, marks: Marks::default(), rules, near, gold })
    }

    /// How often each stem's number is part of a cue, and how often it stands at all.
    pub fn count(&self) -> FxHashMap<u32, (u32, u32)> {
        let mut is_cue = vec![false; self.text.words.len()];
        self.gold.iter().flat_map(|g| &g.cue).for_each(|r| is_cue[r.clone()].fill(true));
        let mut counts: FxHashMap<u32, (u32, u32)> = FxHashMap::default();
        let plain = |i: &usize| is_cue[*i] || !self.text.words[*i].capital;
        for i in (0..self.text.words.len()).filter(plain) {
            let stem = marks::hash(marks::stem(&self.text, self.text.lower(i)));
            let count = counts.entry(stem).or_default();
            count.0 += u32::from(is_cue[i]);
            count.1 += 1;
        }
        counts
    }

    /// Takes up the rates; for a report that is trained on, they must be those without it.
    pub fn mark(&mut self, rates: &Rates) {
        self.marks = Marks::of(&self.text, self.found, rates, &self.rules);
    }

    /// Samples of the first tagger, one for each passage.
    pub fn first(&self) -> Vec<Sample> {
        let parts = marks::parts(self.text.words.len(), &self.gold);
        let sample = |passage: Range<usize>| {
            let sight = Sight::new(&self.text, &self.marks, passage.clone());
            let mut sample = Sample { labels: parts[passage.clone()].to_vec(), ..Sample::default() };
            passage.for_each(|i| sight.features(i, &mut sample.features));
            sample
        };
        passages(&self.text).into_iter().map(sample).collect()
    }

    /// The cues that the first tagger sees.
    pub fn cues(&self, cued: &Cued) -> Vec<Cue> {
        cued.cues(&self.text)
    }

    /// Samples of the second tagger to learn from: each true cue as the first tagger sees it,
    /// or as it is if it was not seen; and cues that are none.
    pub fn taught(&self, cued: &Cued) -> Vec<Sample> {
        let cues = self.cues(cued);
        let mut done = vec![false; self.gold.len()];
        let mut items: Vec<(Range<usize>, Option<usize>)> = Vec::new();
        for (run, likely) in &cues {
            let meets = |k: &usize| self.gold[*k].cue.iter().any(|r| r.start < run.end && run.start < r.end);
            let truth = (0..self.gold.len()).find(|k| !done[*k] && meets(k));
            if let Some(k) = truth {
                done[k] = true;
            }
            if truth.is_some() || *likely >= TEACHES {
                items.push((run.clone(), truth));
            }
        }
        for (k, gold) in self.gold.iter().enumerate().filter(|(k, _)| !done[*k]) {
            if let (Some(first), Some(last)) = (gold.cue.first(), gold.cue.last()) {
                items.push((first.start..last.end.min(first.start + LONGEST_CUE), Some(k)));
            }
        }
        self.samples(cued, &cues, &items)
    }

    /// Samples of the second tagger for cues that are seen, without labels.
    pub fn second(&self, cued: &Cued, cues: &[Cue]) -> Vec<Sample> {
        let items: Vec<_> = cues.iter().map(|(run, _)| (run.clone(), None)).collect();
        self.samples(cued, cues, &items)
    }

    fn samples(&self, cued: &Cued, cues: &[Cue], items: &[(Range<usize>, Option<usize>)]) -> Vec<Sample> {
        let is_cue = sure(cues, self.text.words.len());
        let found = self.seen(cued, &is_cue);
        let sample = |(cue, truth): &(Range<usize>, Option<usize>)| {
            let setting = Setting::new(&found, cue.clone());
            let window = setting.window.clone();
            let mut sample = Sample { labels: vec![0; window.len()], ..Sample::default() };
            window.clone().for_each(|i| setting.features(i, &mut sample.features));
            if let Some(gold) = truth.map(|t| &self.gold[t]) {
                label(&mut sample.labels, &gold.content, 1, (&window, cue));
                label(&mut sample.labels, &gold.source, 3, (&window, cue));
            }
            sample
        };
        items.iter().map(sample).collect()
    }

    fn seen<'f>(&'f self, cued: &'f Cued, is_cue: &'f [bool]) -> Found<'f> {
        let (text, rules, near) = (&self.text, &self.rules, &self.near);
        Found { text, marks: &self.marks, rules, near, parts: &cued.parts, is_cue }
    }

    /// Candidates from the scores of the second tagger, one list for each cue.
    pub fn candidates(
        &self,
        cued: &Cued,
        cues: &[Cue],
        chain: &Chain,
        scores: &[Vec<f32>],
    ) -> Vec<Candidate> {
        let is_cue = sure(cues, self.text.words.len());
        let found = self.seen(cued, &is_cue);
        let window = |cue: &Cue| Setting::new(&found, cue.0.clone()).window;
        let all = cues.iter().zip(scores);
        all.map(|(cue, scores)| Candidate::new(chain, scores, &window(cue), cue.clone())).collect()
    }

    /// What each candidate with content is weighed by, and whether its content is right.
    pub fn weighed(&self, cued: &Cued, all: &[Candidate]) -> Vec<(Vec<f32>, bool)> {
        let found = self.seen(cued, &[]);
        let worded = (0..all.len()).filter(|k| !all[*k].draft.content.is_empty());
        let right = |k: usize| self.gold.iter().any(|g| agreement(g, &all[k].draft) >= RIGHT);
        let field = judge::Field::new(&found, all);
        worded.map(|k| (field.features(k), right(k))).collect()
    }

    /// How many contents are right, given and true if candidates from `keep` on are kept.
    pub fn tally(&self, cued: &Cued, all: &[Candidate], (judge, keep): (&[f32], f32)) -> [usize; 3] {
        let found = self.seen(cued, &[]);
        let field = judge::Field::new(&found, all);
        let likely = |k: usize| judge::likely(judge, &field.features(k));
        let worded = (0..all.len()).filter(|k| !all[*k].draft.content.is_empty());
        let mut order: Vec<(f32, usize)> = worded.map(|k| (likely(k), k)).filter(|o| o.0 >= keep).collect();
        order.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut kept: Vec<&Draft> = Vec::new();
        for (_, k) in order {
            let draft = &all[k].draft;
            if !kept.iter().any(|other| finish::same(other, draft)) {
                kept.push(draft);
            }
        }
        let right = self.gold.iter().filter(|g| kept.iter().any(|d| agreement(g, d) >= RIGHT)).count();
        [right, kept.len(), self.gold.len()]
    }
}

/// Labels the words of runs: the first with `base`, the others with the next label.
fn label(labels: &mut [u8], runs: &[Range<usize>], base: u8, (window, cue): (&Range<usize>, &Range<usize>)) {
    for run in runs {
        let from = run.start.max(window.start);
        for i in (from..run.end.min(window.end)).filter(|i| !cue.contains(i)) {
            labels[i - window.start] = if i == from { base } else { base + 1 };
        }
    }
}

/// The runs of words that spans cover.
fn runs(text: &Text, spans: &[Span]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for span in spans {
        let start = text.words.partition_point(|w| w.span.end <= span.start);
        let end = text.words.partition_point(|w| w.span.start < span.end);
        match runs.last_mut() {
            Some(last) if last.end >= start => last.end = last.end.max(end),
            _ if start < end => runs.push(start..end),
            _ => {}
        }
    }
    runs
}

/// The share of words that two contents have in common.
fn agreement(a: &Draft, b: &Draft) -> f32 {
    let shared = a.shared(b) as f32;
    shared / ((a.n_words() + b.n_words()) as f32 - shared).max(1.0)
}
