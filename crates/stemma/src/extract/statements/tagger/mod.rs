//! Words -> [`Draft`]s by two trained taggers, for languages that have weights.
//!
//! The first finds cues together with what they tell; the second looks from each cue for its
//! source and content; a last weighing keeps what is likely right. No sentence and no name of
//! the data is in the weights. See `docs/decisions/0007-statements.md`.

mod bag;
mod crf;
mod cues;
mod decode;
mod judge;
mod marks;
mod mend;
mod parts;
mod rates;
pub mod training;
mod weights;

use super::draft::Draft;
use super::near::Near;
use super::words::Text;
use crate::extract::Extracts;
use crate::model::Lang;
use cues::Sight;
use decode::{Candidate, Cued};
use marks::Marks;
use parts::{Found, Setting};
use std::ops::Range;
use std::sync::LazyLock;
use weights::{Table, Weights};

/// From this likelihood on a candidate is kept: between what is best for contents (.35) and for contents
/// with source and cue (.45) on PolNeAR train, cross-fitted. Higher gives fewer and surer statements.
const KEEP: f32 = 0.38;

/// The weights of a language, if there are any.
pub(super) fn weights_of(lang: Lang) -> Option<&'static Weights> {
    static ENGLISH: LazyLock<Option<Weights>> =
        LazyLock::new(|| Weights::read(include_bytes!("../weights/en.bin")));
    if lang == Lang::EN { ENGLISH.as_ref() } else { None }
}

/// The drafts of a report; `rules` are what the rules find, which the taggers look at.
pub(super) fn drafts(text: &Text, found: &Extracts, rules: &[Draft], weights: &Weights) -> Vec<Draft> {
    let marks = Marks::of(text, found, &weights.rates, rules);
    let cued = first(text, &marks, &weights.first);
    let cues = cued.cues(text);
    let is_cue = sure(&cues, text.words.len());
    let near = Near::of(rules.iter().map(Draft::whole));
    let found = Found { text, marks: &marks, rules, near: &near, parts: &cued.parts, is_cue: &is_cue };
    let all = second(&found, cues, &weights.second);
    let field = judge::Field::new(&found, &all);
    let judged = |k: usize| {
        let score = judge::likely(&weights.judge, &field.features(k));
        mend::mended(text, Draft { score, ..all[k].draft.clone() })
    };
    let likely = (0..all.len()).map(judged).filter(|d| d.score >= KEEP && !d.content.is_empty());
    mend::found(text, likely.collect(), rules)
}

/// What the first tagger says of each word.
fn first(text: &Text, marks: &Marks, table: &Table) -> Cued {
    let mut cued = Cued::default();
    let (mut features, mut scores) = (Vec::new(), Vec::new());
    for passage in passages(text) {
        if !passage.clone().any(|i| may_tell(text, marks, i)) {
            cued.skip(passage.len());
            continue;
        }
        let sight = Sight::new(text, marks, passage.clone());
        scores.clear();
        for i in passage {
            features.clear();
            sight.features(i, &mut features);
            table.score(&features, &mut scores);
        }
        cued.push(&table.chain, &scores);
    }
    cued
}

/// From this rate on (.15 of the words of a stem are cues) a word makes its passage worth a look. Lower costs
/// time for little: with .06, content on PolNeAR dev is .697 for .6966.
const WORTH: u8 = 4;

/// Whether a word may be a part of a telling: a possible cue, a quotation, or what a rule found.
fn may_tell(text: &Text, marks: &Marks, i: usize) -> bool {
    (WORTH..9).contains(&marks.rate[i]) || text.quoted(i) || marks.rule[i] != 0
}

/// What the second tagger makes of each cue.
fn second(found: &Found, cues: Vec<(Range<usize>, f32)>, table: &Table) -> Vec<Candidate> {
    let (mut features, mut scores) = (Vec::new(), Vec::new());
    let mut candidate = |cue: (Range<usize>, f32)| {
        let setting = Setting::new(found, cue.0.clone());
        scores.clear();
        for i in setting.window.clone() {
            features.clear();
            setting.features(i, &mut features);
            table.score(&features, &mut scores);
        }
        Candidate::new(&table.chain, &scores, &setting.window, cue)
    };
    cues.into_iter().map(&mut candidate).collect()
}

/// Which words are surely part of a cue.
fn sure(cues: &[(Range<usize>, f32)], n: usize) -> Vec<bool> {
    let mut is_cue = vec![false; n];
    for (run, _) in cues.iter().filter(|c| c.1 >= decode::SURE) {
        is_cue[run.clone()].fill(true);
    }
    is_cue
}

/// The words of each passage.
fn passages(text: &Text) -> Vec<Range<usize>> {
    let mut passages: Vec<Range<usize>> = Vec::new();
    for (i, word) in text.words.iter().enumerate() {
        match passages.last_mut() {
            Some(last) if text.words[last.start].passage == word.passage => last.end = i + 1,
            _ => passages.push(i..i + 1),
        }
    }
    passages
}
