//! Scores of the taggers -> cues, then candidates with source and content.

use super::super::draft::Draft;
use super::super::words::Text;
use super::crf::Chain;
use std::ops::Range;

/// From this likelihood on a word is looked at as a cue. Lower finds more and costs time; the last
/// weighing drops what is not right. From .15 to .2 content on PolNeAR dev goes from .697 to .696, with
/// source and cue from .582 to .584, and the second tagger looks at a tenth fewer words.
pub(super) const LEAST: f32 = 0.2;
/// From here on a cue counts as one for its neighbours.
pub(super) const SURE: f32 = 0.4;
/// A word belongs to a run if it is this likely against the run's most likely word.
const SHARE: f32 = 0.5;
/// Where the best labelling has no content, one is made if a word is this likely.
const FAINT: f32 = 0.12;

/// What the first tagger says of each word of a text.
#[derive(Clone, Debug, Default)]
pub struct Cued {
    /// The best label.
    pub parts: Vec<u8>,
    /// How likely a word is part of a cue.
    pub cue: Vec<f32>,
    /// How likely it begins one.
    pub start: Vec<f32>,
}

impl Cued {
    /// Appends a passage's words by their scores.
    pub fn push(&mut self, chain: &Chain, scores: &[f32]) {
        self.parts.extend(chain.best(scores));
        for row in chain.sums(scores).likely(chain.n_labels).chunks(chain.n_labels) {
            self.cue.push(row[1] + row[2]);
            self.start.push(row[1]);
        }
    }

    /// Appends words of which nothing is said.
    pub(super) fn skip(&mut self, n: usize) {
        let to = self.parts.len() + n;
        self.parts.resize(to, 0);
        self.cue.resize(to, 0.0);
        self.start.resize(to, 0.0);
    }

    /// The runs of words that may be cues, in order, with their likelihoods.
    pub(super) fn cues(&self, text: &Text) -> Vec<(Range<usize>, f32)> {
        let n = self.cue.len();
        let mut used = vec![false; n];
        let mut order: Vec<usize> = (0..n).filter(|i| self.cue[*i] >= LEAST).collect();
        order.sort_by(|a, b| self.cue[*b].total_cmp(&self.cue[*a]).then(a.cmp(b)));
        let begins = |i: usize| self.start[i] >= SHARE * self.cue[i];
        let joined = |i: usize| text.words[i - 1].sentence == text.words[i].sentence && !begins(i);
        let mut cues = Vec::new();
        for i in order {
            if used[i] {
                continue;
            }
            let floor = SHARE * self.cue[i];
            let (mut start, mut end) = (i, i + 1);
            while start > 0 && !used[start - 1] && self.cue[start - 1] >= floor && joined(start) {
                start -= 1;
            }
            while end < n && !used[end] && self.cue[end] >= floor && joined(end) {
                end += 1;
            }
            used[start..end].fill(true);
            cues.push((start..end, self.cue[i]));
        }
        cues.sort_by_key(|(run, _)| run.start);
        cues
    }
}

/// What the second tagger makes of a cue.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub(super) draft: Draft,
    /// How likely the cue is.
    pub(super) cue: f32,
    /// The logarithm of how likely the labelling is.
    pub(super) whole: f32,
    /// How likely its words of content and of source are, on average.
    pub(super) likely: [f32; 2],
    /// How many contents and sources are expected.
    pub(super) expected: [f32; 2],
}

impl Candidate {
    /// From the scores of a window's words.
    pub(super) fn new(
        chain: &Chain,
        scores: &[f32],
        window: &Range<usize>,
        cue: (Range<usize>, f32),
    ) -> Candidate {
        let best = chain.best(scores);
        let sums = chain.sums(scores);
        let likely = sums.likely(chain.n_labels);
        let whole = (chain.score(scores, &best) - sums.total) as f32;
        let (cue, sure) = cue;
        let view = View { best: &best, likely: &likely, n_labels: chain.n_labels, window, cue: &cue };
        let (content, content_likely, contents) = view.part(1);
        let (mut source, source_likely, sources) = view.part(3);
        source.retain(|s| !content.iter().any(|c| c.start < s.end && s.start < c.end));
        let draft = Draft { source, cue: vec![cue], content, score: sure };
        let (likely, expected) = ([content_likely, source_likely], [contents, sources]);
        Candidate { draft, cue: sure, whole, likely, expected }
    }
}

struct View<'v> {
    best: &'v [u8],
    likely: &'v [f32],
    n_labels: usize,
    window: &'v Range<usize>,
    cue: &'v Range<usize>,
}

impl View<'_> {
    /// The runs of a part whose first label is `base`, how likely its words are, and how many
    /// runs are expected.
    fn part(&self, base: u8) -> (Vec<Range<usize>>, f32, f32) {
        let start = |k: usize| self.likely[k * self.n_labels + base as usize];
        let mass = |k: usize| start(k) + self.likely[k * self.n_labels + base as usize + 1];
        let n = self.best.len();
        let is_cue = |k: usize| self.cue.contains(&(k + self.window.start));
        let inside = |k: &usize| (self.best[*k] == base || self.best[*k] == base + 1) && !is_cue(*k);
        let expected = (0..n).map(start).sum();
        let mut words: Vec<usize> = (0..n).filter(inside).collect();
        let mut likely = words.iter().map(|k| mass(*k)).sum::<f32>() / words.len().max(1) as f32;
        if words.is_empty()
            && let Some(top) = (0..n).reduce(|a, b| if mass(b) > mass(a) { b } else { a })
        {
            likely = mass(top);
            if likely > FAINT {
                let (mut from, mut to) = (top, top + 1);
                while from > 0 && start(from) < SHARE * mass(from) && mass(from - 1) > SHARE * likely {
                    from -= 1;
                }
                while to < n && mass(to) > SHARE * likely && start(to) < SHARE * mass(to) {
                    to += 1;
                }
                words = (from..to).filter(|k| !is_cue(*k)).collect();
            }
        }
        let mut runs: Vec<Range<usize>> = Vec::new();
        for i in words.into_iter().map(|k| k + self.window.start) {
            match runs.last_mut() {
                Some(last) if last.end == i => last.end += 1,
                _ => runs.push(i..i + 1),
            }
        }
        (runs, likely, expected)
    }
}
