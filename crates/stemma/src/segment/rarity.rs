//! How rare a word is: the pile's own counts, softened by a background.
//!
//! In a pile of ten reports every word of the story is common; the background (the unigram
//! probabilities of the embedded table) keeps such words rare. Large piles overrule it.

use super::TokenKind;
use crate::Analysis;
use crate::model::id;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

/// How much the background counts against the pile: as much as so many reports.
const BACKGROUND_REPORTS: f32 = 200.0;

/// Words in a report on average, to turn a word's probability into a share of reports.
const REPORT_WORDS: f32 = 300.0;

/// Reports that one thread counts before it looks for more.
const COUNTED_TOGETHER: usize = 256;

/// Inverse report frequencies of words, with a background.
#[derive(Debug, Default)]
pub struct Rarity {
    n_reports: f32,
    words: Counts,
}

/// Of each word: how many reports have it, and which share the background expects, 0..=1.
type Counts = FxHashMap<u64, (u32, f32)>;

/// The key of a word, whatever its case.
pub fn word_key(word: &str) -> u64 {
    if word.is_ascii() {
        return id::key(b'w', word.bytes().map(|b| b.to_ascii_lowercase()));
    }
    key_of_lower(&word.to_lowercase())
}

fn key_of_lower(word: &str) -> u64 {
    id::key(b'w', word.bytes())
}

impl Rarity {
    /// Counts a pile. The order of reports is irrelevant.
    pub fn of_pile(reports: &[&Analysis]) -> Self {
        let words = reports
            .par_chunks(COUNTED_TOGETHER)
            .fold(Counts::default, |counts, reports| reports.iter().fold(counts, |n, r| counted(n, r)));
        Self { n_reports: reports.len() as f32, words: words.reduce(Counts::default, added) }
    }

    /// Inverse report frequency of a word's key, in nats, 0 and up; greatest for a word never seen.
    pub fn of(&self, key: u64) -> f32 {
        let (n, share) = self.words.get(&key).copied().unwrap_or_default();
        let seen = n as f32 + BACKGROUND_REPORTS * share + 0.5;
        ((self.n_reports + BACKGROUND_REPORTS) / seen).ln().max(0.0)
    }
}

/// Counts the words of one more report, each once.
fn counted(mut counts: Counts, report: &Analysis) -> Counts {
    let mut seen = FxHashSet::default();
    for token in report.segments.tokens.iter().filter(|t| t.kind == TokenKind::Word) {
        let word = token.span.of(&report.report.body).to_lowercase();
        let key = key_of_lower(&word);
        if seen.insert(key) {
            counts.entry(key).or_insert_with(|| (0, expected(&word))).0 += 1;
        }
    }
    counts
}

/// Two counts as one.
fn added(a: Counts, b: Counts) -> Counts {
    let (mut more, less) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    for (key, (n, share)) in less {
        more.entry(key).or_insert((0, share)).0 += n;
    }
    more
}

/// Which share of reports has a word, from its probability in the embedded table.
fn expected(word: &str) -> f32 {
    let table = stemma_words::table();
    let mut nats = 0.0_f32;
    table.each_piece(word, |piece| nats += table.rarity(piece));
    1.0 - (-REPORT_WORDS * (-nats).exp()).exp()
}
