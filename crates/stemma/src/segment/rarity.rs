//! How rare a word is: the pile's own counts, softened by a background.
//!
//! In a pile of ten reports every word of the story is common; the background (the unigram
//! probabilities of the embedded table) keeps such words rare. Large piles overrule it.

use super::TokenKind;
use crate::Analysis;
use crate::model::id;
use crate::pile::Gathered;
use rustc_hash::{FxHashMap, FxHashSet};

/// How much the background counts against the pile: as much as so many reports.
const BACKGROUND_REPORTS: f32 = 200.0;

/// Words in a report on average, to turn a word's probability into a share of reports.
const REPORT_WORDS: f32 = 300.0;

/// Inverse report frequencies of words, with a background.
#[derive(Debug, Default)]
pub struct Rarity {
    counts: Counts,
}

/// Of each word: how many reports have it, and which share the background expects, 0..=1.
#[derive(Debug, Default)]
pub struct Counts {
    n_reports: usize,
    words: FxHashMap<u64, (u32, f32)>,
}

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
    /// Of some reports, in any order.
    pub fn of_pile(reports: &[&Analysis]) -> Self {
        Self { counts: reports.iter().fold(Counts::default(), |counts, report| counts.with(report)) }
    }

    /// Of reports that were counted.
    pub fn of(counts: Counts) -> Self {
        Self { counts }
    }

    /// Inverse report frequency of a word's key, in nats, 0 and up; greatest for a word never seen.
    pub fn nats(&self, key: u64) -> f32 {
        let (n, share) = self.counts.words.get(&key).copied().unwrap_or_default();
        let seen = n as f32 + BACKGROUND_REPORTS * share + 0.5;
        ((self.counts.n_reports as f32 + BACKGROUND_REPORTS) / seen).ln().max(0.0)
    }
}

impl Gathered for Counts {
    /// With the words of one more report, each once.
    fn with(mut self, report: &Analysis) -> Self {
        self.n_reports += 1;
        let mut seen = FxHashSet::default();
        for token in report.segments.tokens.iter().filter(|t| t.kind == TokenKind::Word) {
            let word = token.span.of(&report.report.body).to_lowercase();
            let key = key_of_lower(&word);
            if seen.insert(key) {
                self.words.entry(key).or_insert_with(|| (0, expected(&word))).0 += 1;
            }
        }
        self
    }

    fn and(self, other: Self) -> Self {
        let n_reports = self.n_reports + other.n_reports;
        let (mut words, fewer) = if self.words.len() >= other.words.len() {
            (self.words, other.words)
        } else {
            (other.words, self.words)
        };
        for (key, (n, share)) in fewer {
            words.entry(key).or_insert((0, share)).0 += n;
        }
        Self { n_reports, words }
    }
}

/// Which share of reports has a word, from its probability in the embedded table.
fn expected(word: &str) -> f32 {
    let table = stemma_words::table();
    let mut nats = 0.0_f32;
    table.each_piece(word, |piece| nats += table.rarity(piece));
    1.0 - (-REPORT_WORDS * (-nats).exp()).exp()
}
