//! How rare a word is: the pile's own counts, softened by a background.
//!
//! In a pile of ten reports every word of the story is common; the background (the unigram
//! probabilities of the embedded table) keeps such words rare. Large piles overrule it.

use super::TokenKind;
use crate::Analysis;
use crate::model::id;
use rustc_hash::{FxHashMap, FxHashSet};

/// How much the background counts against the pile: as much as so many reports.
const BACKGROUND_REPORTS: f32 = 200.0;

/// Words in a report on average, to turn a word's probability into a share of reports.
const REPORT_WORDS: f32 = 300.0;

/// Inverse report frequencies of words, with a background.
#[derive(Debug, Default)]
pub struct Rarity {
    n_reports: f32,
    /// Of each word: how many reports have it, and which share the background expects, 0..=1.
    words: FxHashMap<u64, (u32, f32)>,
}

/// The key of a word, whatever its case.
pub fn word_key(word: &str) -> u64 {
    id::hash(&[b"w", word.to_lowercase().as_bytes()])
}

impl Rarity {
    /// Counts a pile. The order of reports is irrelevant.
    pub fn of_pile(reports: &[&Analysis]) -> Self {
        let mut words: FxHashMap<u64, (u32, f32)> = FxHashMap::default();
        let (mut seen, mut pieces) = (FxHashSet::default(), Vec::new());
        for report in reports {
            seen.clear();
            for token in report.segments.tokens.iter().filter(|t| t.kind == TokenKind::Word) {
                let word = token.span.of(&report.report.body).to_lowercase();
                let key = word_key(&word);
                if seen.insert(key) {
                    words.entry(key).or_insert_with(|| (0, expected(&word, &mut pieces))).0 += 1;
                }
            }
        }
        Self { n_reports: reports.len() as f32, words }
    }

    /// Inverse report frequency of a word's key, in nats, 0 and up; greatest for a word never seen.
    pub fn of(&self, key: u64) -> f32 {
        let (n, share) = self.words.get(&key).copied().unwrap_or_default();
        let seen = n as f32 + BACKGROUND_REPORTS * share + 0.5;
        ((self.n_reports + BACKGROUND_REPORTS) / seen).ln().max(0.0)
    }
}

/// Which share of reports has a word, from its probability in the embedded table.
fn expected(word: &str, pieces: &mut Vec<stemma_words::PieceId>) -> f32 {
    pieces.clear();
    let table = stemma_words::table();
    table.pieces(word, pieces);
    let nats: f32 = pieces.iter().map(|&p| table.rarity(p)).sum();
    1.0 - (-REPORT_WORDS * (-nats).exp()).exp()
}
