//! Words -> noun phrases of a language that writes its nouns with a capital (German).
//!
//! A phrase has a noun: determiners and adjectives lead to it, genitives and names follow it.

use super::lexicon::Class;
use super::quotes::Edge;
use super::words::Text;
use std::ops::Range;

/// Longest run of determiners and adjectives before a noun, in words.
const BEFORE: usize = 6;
/// How many genitives and `von X` may follow.
const AFTER: usize = 4;
/// Longest name in quotation marks, in words.
const QUOTED: usize = 8;

/// Whether a word is a noun or name by its capital.
pub(super) fn is_noun(text: &Text, i: usize) -> bool {
    text.class(i) == Class::Word && text.words[i].capital
}

/// The noun phrase that begins at a word and ends before `end`; a pronoun is one by itself.
pub(super) fn noun_phrase(text: &Text, start: usize, end: usize) -> Option<Range<usize>> {
    let end = end.min(text.words.len());
    if start >= end {
        return None;
    }
    if matches!(text.class(start), Class::Pronoun | Class::Relative) {
        return Some(start..start + 1);
    }
    let mut at = simple(text, start, end)?;
    for _ in 0..AFTER {
        let Some(next) = attribute(text, at, end) else { break };
        at = next;
    }
    Some(start..at)
}

/// Determiner, adjectives, noun and name, without what follows: where they end.
fn simple(text: &Text, start: usize, end: usize) -> Option<usize> {
    let leads = |i: usize| {
        matches!(text.class(i), Class::Determiner | Class::Number | Class::Negation)
            || text.class(i) == Class::Word && !text.words[i].capital
    };
    let mut at = start;
    while at < end && at - start < BEFORE && leads(at) && !text.quoted(at) {
        at += 1;
    }
    let head = at;
    while at < end {
        let joined = at > head && matches!(text.class(at), Class::Number)
            || at > head && matches!(text.raw(at), "." | "&" | "-" | "/") && touches(text, at);
        match quoted_name(text, at, end) {
            Some(close) => at = close,
            None if is_noun(text, at) || joined => at += 1,
            None => break,
        }
    }
    // `mehrere`, `die beiden`: a determiner that stands for its noun.
    let alone =
        head > start && matches!(text.class(head - 1), Class::Determiner) && text.lower(start).len() > 3;
    (at > head).then_some(at).or_else(|| alone.then_some(head))
}

/// Behind the quotation that begins at a word, if it is short enough for a name.
fn quoted_name(text: &Text, at: usize, end: usize) -> Option<usize> {
    let opens = text.words[at].quote.edge == Edge::Open;
    let close = || (at..end.min(at + QUOTED)).find(|i| text.words[*i].quote.edge == Edge::Close);
    opens.then(close)?.map(|i| i + 1)
}

fn touches(text: &Text, i: usize) -> bool {
    i > 0 && text.words[i - 1].span.end == text.words[i].span.start
}

/// A genitive, `von X`, or a second noun behind `und`: where it ends.
fn attribute(text: &Text, at: usize, end: usize) -> Option<usize> {
    if at >= end || text.quoted(at) {
        return None;
    }
    let word = text.lower(at);
    let genitive = text.class(at) == Class::Determiner && (word.ends_with("er") || word.ends_with("es"));
    // `sagte X der Zeitung`: whom it is told, not whose.
    let hearer = (at + 1..end.min(at + 3)).any(|i| text.lexicon.role(text.lower(i)).media);
    match text.class(at) {
        _ if genitive && !hearer => simple(text, at, end),
        Class::Genitive => simple(text, at + 1, end),
        Class::Preposition if matches!(word, "aus" | "für" | "beim" | "bei") => simple(text, at + 1, end),
        Class::Conjunction if word == "und" && at + 1 < end && is_noun(text, at + 1) => {
            simple(text, at + 1, end)
        }
        _ => None,
    }
}
