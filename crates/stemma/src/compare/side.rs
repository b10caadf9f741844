//! Fingerprint -> [`Side`]: the same, laid out for measuring pairs.
//!
//! Made once for each report before its pairs are measured; borrows the print. Never: depends on
//! the other side.

use super::fingerprint::{Fingerprint, SentencePrint, Word};
use super::fold::hash_run;
use super::weight::PER_NAT;

/// Words in a run that two writers do not hit on by chance.
pub(super) const RUN: usize = 8;
/// Nats that one word counts at most, so that one odd spelling does not carry a sentence.
const MAX_NATS: f32 = 7.0;

/// One report, ready to be measured against others.
pub(super) struct Side<'p> {
    pub(super) print: &'p Fingerprint,
    /// (stem, sentence, weight), ascending; each stem once a sentence.
    pub(super) stems: Vec<(u32, u16, f32)>,
    /// Share of the report's characters in each sentence; sums to 1.
    pub(super) share: Vec<f32>,
    /// Squared lengths of the sentences' word vectors, then of each with its next.
    pub(super) lexical: Lengths,
    /// The same for the sentences' meaning vectors, each scaled by the root of its length.
    pub(super) meaning: Lengths,
    /// Root of each sentence's length in characters, the scale of its meaning vector.
    pub(super) scale: Vec<f32>,
    /// Hashes of unquoted runs of eight words, with where they begin, ascending.
    pub(super) runs: Vec<(u32, u32)>,
    /// Unquoted words.
    pub(super) n_unquoted: usize,
    /// Hashes of unquoted pairs of neighbouring stems, ascending, each once.
    pub(super) pairs: Vec<u32>,
    /// Hashes of all numbers, ascending, each once.
    pub(super) numbers: Vec<u32>,
    /// Hashes of all names' keys, ascending, each once.
    pub(super) names: Vec<u32>,
}

/// What a report is found by and told from others by: less than a [`Side`], for all reports of a pile.
pub(super) struct Outline<'p> {
    pub(super) print: &'p Fingerprint,
    /// Each stem once, ascending, with how telling it is where it stands first.
    pub(super) stems: Vec<(u32, f32)>,
    /// Hashes of all numbers, ascending, each once.
    pub(super) numbers: Vec<u32>,
    /// Hashes of all names' keys, ascending, each once.
    pub(super) names: Vec<u32>,
}

impl<'p> Outline<'p> {
    pub(super) fn new(print: &'p Fingerprint) -> Self {
        // By stem, sentence and falling weight, in one number each.
        let mut stems: Vec<u64> = Vec::with_capacity(print.words.len());
        for (i, sentence) in (0_u64..).zip(&print.sentences) {
            let key = |w: &Word| u64::from(w.stem) << 32 | i << 8 | u64::from(u8::MAX - w.weight);
            stems.extend(print.words_of(sentence).iter().map(key));
        }
        stems.sort_unstable();
        stems.dedup_by_key(|s| *s >> 32);
        let weight = |stem: u64| in_nats(u8::MAX - (stem & 0xff) as u8);
        Self {
            stems: stems.into_iter().map(|s| ((s >> 32) as u32, weight(s))).collect(),
            numbers: numbers(print),
            names: names(print),
            print,
        }
    }
}

/// Squared lengths of vectors, alone and summed with the next.
pub(super) struct Lengths {
    pub(super) one: Vec<f32>,
    pub(super) two: Vec<f32>,
}

impl<'p> Side<'p> {
    pub(super) fn new(print: &'p Fingerprint) -> Self {
        let stems = stems(print);
        let total: u32 = print.sentences.iter().map(|s| s.length + 1).sum();
        let share = print.sentences.iter().map(|s| (s.length + 1) as f32 / total as f32).collect();
        let scale: Vec<f32> = print.sentences.iter().map(scale).collect();
        let unquoted = runs_of_unquoted(&print.words);
        let mut runs: Vec<(u32, u32)> = Vec::new();
        let mut pairs: Vec<u32> = Vec::new();
        for (at, words) in &unquoted {
            runs.extend(
                words
                    .windows(RUN)
                    .enumerate()
                    .map(|(i, w)| (hash_run(w.iter().map(|w| w.word)), (at + i) as u32)),
            );
            pairs.extend(words.windows(2).map(|w| hash_run([w[0].stem, w[1].stem])));
        }
        runs.sort_unstable();
        let n_unquoted = unquoted.iter().map(|(_, w)| w.len()).sum();
        Self {
            lexical: lexical_lengths(&stems, print.sentences.len()),
            meaning: meaning_lengths(print, &scale),
            stems,
            share,
            scale,
            runs,
            n_unquoted,
            pairs: distinct(pairs),
            numbers: numbers(print),
            names: names(print),
            print,
        }
    }

    /// Sentences.
    pub(super) fn n(&self) -> usize {
        self.print.sentences.len()
    }
}

pub(super) fn distinct(mut hashes: Vec<u32>) -> Vec<u32> {
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

fn numbers(print: &Fingerprint) -> Vec<u32> {
    distinct(print.sentences.iter().flat_map(|s| s.numbers.iter().copied()).collect())
}

fn names(print: &Fingerprint) -> Vec<u32> {
    distinct(print.sentences.iter().flat_map(|s| s.names.iter().copied()).collect())
}

fn stems(print: &Fingerprint) -> Vec<(u32, u16, f32)> {
    let mut stems: Vec<(u32, u16, f32)> = Vec::with_capacity(print.words.len());
    for (i, sentence) in print.sentences.iter().enumerate() {
        stems.extend(print.words_of(sentence).iter().map(|w| (w.stem, i as u16, nats(w))));
    }
    stems.sort_unstable_by(|x, y| (x.0, x.1).cmp(&(y.0, y.1)).then(y.2.total_cmp(&x.2)));
    stems.dedup_by_key(|s| (s.0, s.1));
    stems
}

/// How telling a word is.
pub(super) fn nats(word: &Word) -> f32 {
    in_nats(word.weight)
}

fn in_nats(weight: u8) -> f32 {
    (f32::from(weight) / PER_NAT).min(MAX_NATS)
}

/// The scale of a sentence's meaning vector: the root of its length in characters.
pub(super) fn scale(sentence: &SentencePrint) -> f32 {
    (sentence.length as f32).sqrt()
}

/// Stretches of words outside quotation marks, with the index of their first word.
fn runs_of_unquoted(words: &[Word]) -> Vec<(usize, &[Word])> {
    let mut runs = Vec::new();
    let mut at = 0;
    for run in words.chunk_by(|a, b| a.quoted == b.quoted) {
        if !run[0].quoted {
            runs.push((at, run));
        }
        at += run.len();
    }
    runs
}

fn lexical_lengths(stems: &[(u32, u16, f32)], n: usize) -> Lengths {
    let mut one = vec![0.0; n];
    let mut with_next = vec![0.0; n.saturating_sub(1)];
    for (i, &(stem, sentence, weight)) in stems.iter().enumerate() {
        one[sentence as usize] += weight * weight;
        if let Some(&(next, after, other)) = stems.get(i + 1)
            && next == stem
            && after == sentence + 1
        {
            with_next[sentence as usize] += weight * other;
        }
    }
    Lengths { two: doubled(&one, &with_next), one }
}

fn meaning_lengths(print: &Fingerprint, scale: &[f32]) -> Lengths {
    let known = |i: usize| !print.sentences[i].vector.is_zero();
    let one: Vec<f32> = (0..scale.len()).map(|i| if known(i) { scale[i] * scale[i] } else { 0.0 }).collect();
    let cross: Vec<f32> = (1..scale.len())
        .map(|i| print.sentences[i - 1].vector.cosine(&print.sentences[i].vector) * scale[i - 1] * scale[i])
        .collect();
    Lengths { two: doubled(&one, &cross), one }
}

fn doubled(one: &[f32], cross: &[f32]) -> Vec<f32> {
    cross.iter().enumerate().map(|(i, c)| one[i] + one[i + 1] + 2.0 * c).collect()
}
