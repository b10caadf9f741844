//! What is counted: the noun phrase behind a number, by the shape of words in each language.
//!
//! No parser: stops at function words and marks. English and German nouns end the phrase,
//! Romance adjectives follow them.

use super::atoms::{AtomKind, Atoms};
use super::near::{Near, near};
use super::words::Words;
use crate::model::{Lang, Span};

/// Words that a noun phrase may have before its head.
const LONGEST: usize = 5;

/// A noun phrase: its first piece, and one past its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    pub(super) from: usize,
    pub(super) to: usize,
}

/// The noun phrase at or behind piece `i`, across `of` and its kin.
pub(super) fn phrase(atoms: &Atoms, words: &Words, i: usize, plural: bool) -> Option<Phrase> {
    let mut from = i;
    if words.of.contains(atoms.lower(from)) {
        from += 1;
        while near(atoms.lower(from), Near::Possessive) {
            from += 1;
        }
    }
    while near(atoms.lower(from), Near::Further) {
        from += 1;
    }
    let to = end_of_phrase(atoms, words, from, plural)?;
    Some(Phrase { from, to: coordinated(atoms, words, to) })
}

fn is_word(atoms: &Atoms, words: &Words, i: usize) -> bool {
    atoms.is(i, AtomKind::Word) && !words.stop.contains(atoms.lower(i))
}

/// One past the head noun.
fn end_of_phrase(atoms: &Atoms, words: &Words, from: usize, plural: bool) -> Option<usize> {
    if !is_word(atoms, words, from) || from > 0 && !atoms.together(from - 1, from) {
        return None;
    }
    let mut at = from;
    match words.lang {
        Some(Lang::DE) => {
            // Adjectives, then a noun with its capital.
            while is_word(atoms, words, at) && at - from < LONGEST {
                if atoms.is_capital(at) {
                    return Some(at + 1);
                }
                at += 1;
            }
            None
        }
        Some(Lang::EN) => english(atoms, words, from, plural),
        Some(_) => {
            at += 1;
            while is_word(atoms, words, at)
                && at - from < 3
                && is_plural(atoms.lower(at))
                && !atoms.is_capital(at)
            {
                at += 1;
            }
            Some(at)
        }
        None => None,
    }
}

/// Up to the first plural; where none comes, the words as far as they are lower case.
fn english(atoms: &Atoms, words: &Words, from: usize, plural: bool) -> Option<usize> {
    let mut at = from;
    while at - from < LONGEST {
        let hyphen = atoms.lower(at) == "-" && !atoms.gap(at) && !atoms.gap(at + 1);
        let inner = hyphen && at > from && is_word(atoms, words, at + 1);
        if inner {
            at += 2;
            continue;
        }
        if !is_word(atoms, words, at) || at > from && !atoms.together(from, at) {
            break;
        }
        let word = atoms.lower(at);
        let joined = atoms.lower(at + 1) == "-" && !atoms.gap(at + 1);
        at += 1;
        if plural && is_plural(word) && !joined {
            // A plural that leads another noun (`sales figures`) goes on.
            return Some(at);
        }
        let verb_next = atoms.lower(at).ends_with('s') || !is_word(atoms, words, at);
        if !plural && !joined && (!is_adjective(word) || verb_next) {
            return Some(at);
        }
    }
    if plural && at > from {
        // No plural came: the nearest word stands in, unless it is a verb.
        let word = atoms.lower(from);
        let verbal = word.ends_with("ing") || word.ends_with("ed") || word.ends_with("ly");
        return (!verbal).then_some(from + 1);
    }
    (at > from).then_some(at)
}

pub(super) fn is_plural(word: &str) -> bool {
    word.len() > 2
        && word.ends_with('s')
        && !word.ends_with("ss")
        && !word.ends_with("us")
        && !word.ends_with("ous")
        || near(word, Near::Plural)
        || word.len() > 4 && word.ends_with("men")
}

fn is_adjective(word: &str) -> bool {
    const ENDINGS: &[&str] =
        &["al", "ous", "ive", "ic", "ary", "less", "ful", "able", "ible", "ian", "ern", "ese", "est"];
    near(word, Near::Adjective) || word.len() > 4 && ENDINGS.iter().any(|e| word.ends_with(e))
}

/// `engineers and workers`: a second plural after `and` belongs to the count.
fn coordinated(atoms: &Atoms, words: &Words, to: usize) -> usize {
    if !near(atoms.lower(to), Near::AndOr) || !is_plural(atoms.lower(to - 1)) {
        return to;
    }
    let second = is_word(atoms, words, to + 1) && is_plural(atoms.lower(to + 1)) && !atoms.is_capital(to + 1);
    let german = words.lang == Some(Lang::DE) && atoms.is_capital(to + 1) && is_word(atoms, words, to + 1);
    if second || german { to + 2 } else { to }
}

impl Phrase {
    /// Where it stands.
    pub(super) fn span(&self, atoms: &Atoms) -> Span {
        atoms.span(self.from, self.to)
    }
}
