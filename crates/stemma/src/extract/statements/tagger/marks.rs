//! Words -> [`Marks`]: what the tagger's features see of each word, as numbers.
//!
//! Names are masked: no feature tells whose name a word is. Looks no further than the report.

use super::super::draft::Draft;
use super::super::lexicon::{Class, List};
use super::super::quotes::Edge;
use super::super::words::Text;
use super::rates::Rates;
use crate::extract::{Extracts, NameKind};
use std::ops::Range;

/// From this rate on a word is a likely cue, near which others are looked for.
const LIKELY: u8 = 4;

/// The numbers of each word, in columns.
#[derive(Debug, Default)]
pub(in super::super) struct Marks {
    /// The lower-case form, or its mask.
    pub(super) word: Vec<u32>,
    /// The form without its ending.
    pub(super) stem: Vec<u32>,
    /// The last three letters.
    pub(super) tail: Vec<u32>,
    /// The class, finer than [`Class`].
    pub(super) class: Vec<u32>,
    /// Capitals, digits, marks; and the kind of name.
    pub(super) shape: Vec<u32>,
    /// Outside quotation 0, inside 1, its ends 2 and 3.
    pub(super) quote: Vec<u32>,
    /// How often words of this stem are cues, 0 to 8; 9 for a rare one.
    pub(super) rate: Vec<u8>,
    /// What the verb does, by the lexicon, with roles.
    pub(super) kind: Vec<u32>,
    /// What the rules make of it, see [`Part`].
    pub(super) rule: Vec<u8>,
    /// The next likely cue to the left and right in the sentence, `usize::MAX` for none.
    pub(super) left: Vec<usize>,
    pub(super) right: Vec<usize>,
    /// Of each sentence: how much of it is quoted, and whether a likely cue stands outside.
    pub(super) quoted: Vec<u32>,
    pub(super) likely: Vec<u32>,
}

/// What a word is in a telling, with the side on which its cue stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Part {
    Outside,
    CueStart,
    Cue,
    ContentRight,
    ContentLeft,
    SourceRight,
    SourceLeft,
}

/// No other word.
pub(super) const NONE: usize = usize::MAX;

impl Marks {
    /// The numbers of a text's words.
    pub(in super::super) fn of(text: &Text, found: &Extracts, rates: &Rates, rules: &[Draft]) -> Marks {
        let mut marks = Marks::default();
        let kinds = name_kinds(text, found);
        for (i, kind) in kinds.into_iter().enumerate() {
            marks.push(text, i, kind, rates);
        }
        marks.rule = parts(text.words.len(), rules);
        marks.neighbours(text);
        marks.sentences(text);
        marks
    }

    fn push(&mut self, text: &Text, i: usize, name: u8, rates: &Rates) {
        let word = &text.words[i];
        let lower = text.lower(i);
        let first = text.sentences.get(word.sentence as usize).is_some_and(|s| s.start == i);
        let stem = hash(stem(text, lower));
        let known = rates.bucket(stem);
        let role = text.lexicon.role(lower);
        let masked = word.class == Class::Word
            && word.capital
            && role == Default::default()
            && (name > 0 || !first || known.is_none());
        self.word.push(if masked { 1 + u32::from(name) } else { hash(lower) });
        self.stem.push(if masked { 1 + u32::from(name) } else { stem });
        self.tail.push(if masked { 1 + u32::from(name) } else { hash(tail(lower)) });
        self.class.push(class(text, i, masked));
        let shape = match (word.class, word.upper, word.capital) {
            (Class::Mark, ..) => 1,
            (Class::Number, ..) => 2,
            (_, true, _) => 3,
            (_, _, true) => 4,
            _ => 5,
        };
        self.shape.push(shape * 8 + u32::from(name));
        let edge = match word.quote.edge {
            Edge::None => 1,
            Edge::Open => 2,
            Edge::Close => 3,
        };
        self.quote.push(if word.quote.inside() { edge + 4 * u32::from(word.quote.single) } else { 0 });
        self.rate.push(if masked { 9 } else { known.unwrap_or(9) });
        let verb = text.lexicon.verb(lower).map_or(0, |v| 1 + v as u32);
        let roles = [role.title, role.person, role.body, role.media, text.lexicon.is(List::Noun, lower)];
        self.kind.push(roles.iter().fold(verb, |n, r| n * 2 + u32::from(*r)));
    }

    /// The likely cues around each word, within its sentence.
    fn neighbours(&mut self, text: &Text) {
        let n = text.words.len();
        let (mut left, mut right) = (vec![NONE; n], vec![NONE; n]);
        for sentence in &text.sentences {
            let mut last = NONE;
            for i in sentence.clone() {
                left[i] = last;
                last = if self.is_likely(text, i) { i } else { last };
            }
            last = NONE;
            for i in sentence.clone().rev() {
                right[i] = last;
                last = if self.is_likely(text, i) { i } else { last };
            }
        }
        (self.left, self.right) = (left, right);
    }

    fn is_likely(&self, text: &Text, i: usize) -> bool {
        let open = matches!(text.class(i), Class::Word | Class::Number | Class::Adverb);
        (LIKELY..9).contains(&self.rate[i]) && (open || text.is(i, ":"))
    }

    fn sentences(&mut self, text: &Text) {
        for sentence in &text.sentences {
            let n = sentence.clone().filter(|i| text.quoted(*i)).count();
            let share = n as f32 / sentence.len().max(1) as f32;
            self.quoted.push(match share {
                s if s > 0.95 => 3,
                s if s > 0.5 => 2,
                s if s > 0.0 => 1,
                _ => 0,
            });
            let outside = sentence.clone().any(|i| self.is_likely(text, i) && !text.quoted(i));
            self.likely.push(u32::from(outside));
        }
    }
}

/// What the drafts make of each word; cues go before sources, sources before contents.
pub(super) fn parts(n: usize, drafts: &[Draft]) -> Vec<u8> {
    let mut parts = vec![Part::Outside as u8; n];
    let mut put = |runs: &[Range<usize>], part: &dyn Fn(usize) -> Part, over: bool| {
        for i in runs.iter().flat_map(Clone::clone) {
            if over || parts[i] == Part::Outside as u8 {
                parts[i] = part(i) as u8;
            }
        }
    };
    for draft in drafts.iter().filter(|d| !d.cue.is_empty()) {
        let cue = draft.cue[0].start;
        put(&draft.content, &|i| if i > cue { Part::ContentLeft } else { Part::ContentRight }, false);
    }
    for draft in drafts.iter().filter(|d| !d.cue.is_empty()) {
        let cue = draft.cue[0].start;
        put(&draft.source, &|i| if i > cue { Part::SourceLeft } else { Part::SourceRight }, true);
    }
    for draft in drafts.iter().filter(|d| !d.cue.is_empty()) {
        let start = draft.cue[0].start;
        put(&draft.cue, &|i| if i == start { Part::CueStart } else { Part::Cue }, true);
    }
    parts
}

/// The kind of name each word is in, 0 for none.
fn name_kinds(text: &Text, found: &Extracts) -> Vec<u8> {
    let mut kinds = vec![0; text.words.len()];
    for name in &found.names {
        let kind = found.entities.get(name.entity as usize).map_or(1, |e| match e.kind {
            NameKind::Person => 2,
            NameKind::Country | NameKind::Place => 3,
            NameKind::Agency => 4,
            NameKind::Organisation => 5,
            NameKind::Nationality => 6,
            NameKind::Other => 1,
        });
        let start = text.words.partition_point(|w| w.span.end <= name.span.start);
        let end = text.words.partition_point(|w| w.span.start < name.span.end);
        kinds[start..end.max(start)].fill(kind);
    }
    kinds
}

/// A class with what tells its members apart: the mark, the conjunction, the ending.
fn class(text: &Text, i: usize, masked: bool) -> u32 {
    let lower = text.lower(i);
    let class = text.class(i);
    let more = match class {
        Class::Mark | Class::Conjunction | Class::Relative | Class::Pronoun => hash(lower) | 1,
        Class::Word if masked => 2,
        Class::Word => {
            let role = text.lexicon.role(lower);
            if role.person || role.title {
                4
            } else if role.body {
                6
            } else {
                ENDINGS.iter().position(|e| lower.ends_with(e)).map_or(8, |k| 10 + 2 * k as u32)
            }
        }
        _ => 0,
    };
    (class as u32 + 1).wrapping_mul(0x9E37_79B1) ^ more
}

/// Endings that tell verb from noun, as far as they do.
const ENDINGS: [&str; 8] = ["ing", "ed", "ly", "tion", "ity", "ous", "al", "s"];

/// The last three letters.
fn tail(word: &str) -> &str {
    let from = word.char_indices().rev().nth(2).map_or(0, |(i, _)| i);
    &word[from..]
}

/// A form without its ending; irregular forms by the table.
pub(super) fn stem<'w>(text: &Text, word: &'w str) -> &'w str {
    if let Some(stem) = text.lexicon.irregular(word) {
        return stem;
    }
    if !word.is_ascii() || word.len() < 4 {
        return word;
    }
    let bare = ["ies", "ied", "ying"].iter().find_map(|e| word.strip_suffix(e)).filter(|s| s.len() > 1);
    if let Some(bare) = bare {
        return bare;
    }
    let mut bare = ["ing", "ed", "es", "s", "e", "y"]
        .iter()
        .find_map(|e| word.strip_suffix(e).filter(|s| s.len() > 2))
        .unwrap_or(word);
    let bytes = bare.as_bytes();
    let n = bytes.len();
    if n > 3 && bytes[n - 1] == bytes[n - 2] && !matches!(bytes[n - 1], b's' | b'l') {
        bare = &bare[..n - 1];
    }
    bare
}

/// A number for a word; 16 and more, since the small ones are masks.
pub(super) fn hash(word: &str) -> u32 {
    let mut h = 0x811C_9DC5_u32;
    for b in word.bytes() {
        h = (h ^ u32::from(b)).wrapping_mul(0x0100_0193);
    }
    h | 16
}
