//! Report -> [`Fingerprint`]: hashed words, anchors and a vector for each sentence.
//!
//! In: one report and its parts. Out: all that comparison needs of it, a kilobyte or two for each
//! kilobyte of text. Never: looks at another report, so prints can be kept and reused.

use super::fold::{fold, hash32, name_key, number, stem};
use super::vector::{Packed, vector};
use super::weight::weight;
use crate::model::{Report, Span};
use crate::segment::{Segments, Token, TokenKind};
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::ops::Range;
use stemma_words::Met;

/// Sentences kept of one report. Longer ones are compared by their first 150 sentences (some
/// 20,000 characters): it bounds the work on a pair.
const MAX_SENTENCES: usize = 150;
/// Letters and digits under which a sentence is read together with the one before it.
const MIN_LETTERS: usize = 8;
/// Quotations longer than this (bytes) are taken for a mark that was never closed.
const MAX_QUOTE: u32 = 1200;

/// What comparison needs of one report, made from it alone: signatures, anchors, sentence vectors.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// Every word and number, in order.
    pub words: Vec<Word>,
    /// The sentences, in order; very short ones joined to the one before.
    pub sentences: Vec<SentencePrint>,
}

/// One word, hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word {
    /// Hash of the folded word.
    pub word: u32,
    /// Hash of its stem; words of scripts without spaces are their own stem.
    pub stem: u32,
    /// How telling the word is: nats of rarity times 16, so 0..=15.9 nats.
    pub weight: u8,
    /// Whether it stands inside quotation marks.
    pub quoted: bool,
}

/// One sentence, hashed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SentencePrint {
    /// Where it stands in the body.
    pub span: Span,
    /// Its words, as indices into [`Fingerprint::words`].
    pub words: Range<u32>,
    /// Its length in characters.
    pub length: u32,
    /// Hashes of the numbers in it, ascending.
    pub numbers: Vec<u32>,
    /// Hashes of the keys of the names in it, ascending.
    pub names: Vec<u32>,
    /// What it means.
    pub vector: Packed,
}

impl Fingerprint {
    /// What the sentence means that holds a place in the body.
    pub fn vector_at(&self, at: u32) -> Option<&Packed> {
        let after = self.sentences.partition_point(|s| s.span.end <= at);
        self.sentences.get(after).filter(|s| s.span.start <= at).map(|s| &s.vector)
    }

    /// The words of a sentence.
    pub fn words_of(&self, sentence: &SentencePrint) -> &[Word] {
        &self.words[sentence.words.start as usize..sentence.words.end as usize]
    }
}

/// Makes a report's fingerprint.
pub fn fingerprint(
    report: &Report,
    segments: &Segments,
    _extracts: &crate::extract::Extracts,
) -> Fingerprint {
    let mut print = Fingerprint::default();
    let mut quotes = Quotes::default();
    for group in groups(report, segments) {
        let first = print.words.len() as u32;
        let (mut names, mut numbers) = (Vec::new(), Vec::new());
        for sentence in &segments.sentences[group.clone()] {
            quotes.enter(sentence.passage);
            let tokens = segments.tokens_of(sentence);
            words(report, tokens, &mut quotes, &mut print.words, (&mut numbers, &mut names));
        }
        tidy(&mut names);
        tidy(&mut numbers);
        let span = segments.sentences[group.start].span.cover(&segments.sentences[group.end - 1].span);
        let text = report.words(span);
        print.sentences.push(SentencePrint {
            span,
            words: first..print.words.len() as u32,
            length: text.chars().count() as u32,
            numbers,
            names,
            vector: vector(text, report.lang),
        });
    }
    print
}

fn tidy(hashes: &mut Vec<u32>) {
    hashes.sort_unstable();
    hashes.dedup();
}

/// Sentences to be read as one: each with the bits that follow it.
fn groups(report: &Report, segments: &Segments) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    for (i, sentence) in segments.sentences.iter().enumerate() {
        let full = groups.len() == MAX_SENTENCES;
        match groups.last_mut() {
            Some(last) if is_bit(report.words(sentence.span)) => last.end = i + 1,
            _ if full => break,
            _ => groups.push(i..i + 1),
        }
    }
    groups
}

fn is_bit(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.map(|c| if (c as u32) >= 0x2E80 { 3 } else { 1 }).sum::<usize>() < MIN_LETTERS
}

/// Adds a sentence's words to a print, and its numbers and the keys of its names to these.
fn words(
    report: &Report,
    tokens: &[Token],
    quotes: &mut Quotes,
    out: &mut Vec<Word>,
    (numbers, names): (&mut Vec<u32>, &mut Vec<u32>),
) {
    let named = names_where(report, tokens);
    let mut i = 0;
    for token in tokens {
        let text = report.words(token.span);
        match token.kind {
            TokenKind::Mark => quotes.see(text, token.span.start),
            TokenKind::Symbol => {}
            TokenKind::Number => {
                let value = hash32(&number(text));
                numbers.push(value);
                let quoted = quotes.inside(token.span);
                out.push(Word { word: value, stem: value, weight: weight(text), quoted });
            }
            TokenKind::Word => {
                let known = known(text);
                if known.name != NO_NAME && named.holds(i, text) {
                    names.push(known.name);
                }
                i += 1;
                let quoted = quotes.inside(token.span);
                out.push(Word { word: known.word, stem: known.stem, weight: known.weight, quoted });
            }
        }
    }
}

/// What a print takes from a word, wherever it stands.
#[derive(Clone, Copy, Default)]
struct Known {
    word: u32,
    stem: u32,
    /// Hash of its key as a name.
    name: u32,
    weight: u8,
}

/// The hash of the empty key.
const NO_NAME: u32 = 0;

/// Words kept on each thread, 640 KB of them.
const N_MET: usize = 1 << 14;

thread_local! {
    static MET: RefCell<Met<Known>> = RefCell::new(Met::new(N_MET));
}

fn known(text: &str) -> Known {
    MET.with_borrow_mut(|met| {
        if let Some(known) = met.of(text) {
            return *known;
        }
        let (folded, key) = (fold(text), name_key(text));
        let known = Known {
            word: hash32(&folded),
            stem: hash32(stem(&folded)),
            name: if key.is_empty() { NO_NAME } else { hash32(&key) },
            weight: weight(&folded),
        };
        met.keep(text, known);
        known
    })
}

/// Where a sentence has names.
enum Names {
    /// Where words are capitalised, after the first.
    Capitals,
    /// In Latin letters or katakana, its script having no capitals.
    Foreign,
    /// Nowhere: a line in title case names nothing.
    None,
}

impl Names {
    fn holds(&self, i: usize, word: &str) -> bool {
        let first = word.chars().next().unwrap_or(' ');
        match self {
            Self::Capitals => i > 0 && first.is_uppercase(),
            Self::Foreign => first.is_ascii_alphabetic() || ('ァ'..='ヺ').contains(&first),
            Self::None => false,
        }
    }
}

fn names_where(report: &Report, tokens: &[Token]) -> Names {
    let (mut n, mut capitals) = (0, 0);
    for token in tokens.iter().filter(|t| t.kind == TokenKind::Word) {
        let first = report.words(token.span).chars().next().unwrap_or(' ');
        if (first as u32) >= 0x2E80 {
            return Names::Foreign;
        }
        n += 1;
        capitals += usize::from(first.is_uppercase());
    }
    if n > 4 && capitals * 5 > n * 3 { Names::None } else { Names::Capitals }
}

/// Whether the reading is inside quotation marks. Straight marks open and close in turn; a new
/// passage closes what is open.
#[derive(Default)]
struct Quotes {
    opened: Option<u32>,
    passage: u32,
}

impl Quotes {
    fn enter(&mut self, passage: u32) {
        if passage != self.passage {
            (self.passage, self.opened) = (passage, None);
        }
    }

    fn see(&mut self, mark: &str, at: u32) {
        match mark {
            "\"" if self.opened.is_some() => self.opened = None,
            "“" | "„" | "«" | "「" | "『" | "\"" => self.opened = Some(at),
            "”" | "»" | "」" | "』" => self.opened = None,
            _ => {}
        }
    }

    fn inside(&self, span: Span) -> bool {
        self.opened.is_some_and(|at| span.start - at < MAX_QUOTE)
    }
}
