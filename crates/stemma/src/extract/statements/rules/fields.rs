//! The fields around a finite verb that stands second (German): which words can be its subject,
//! which are hearers, days and objects.

use super::super::lexicon::{Class, List};
use super::super::nominal::{is_noun, noun_phrase};
use super::super::words::Text;
use std::ops::Range;

/// How many hearers, days and adverbs may stand before a subject.
pub(super) const STEPS: usize = 5;

/// The subject behind a finite verb: past hearers, days and adverbs.
pub(super) fn subject(text: &Text, from: usize, end: usize) -> Option<Range<usize>> {
    let mut at = from;
    for _ in 0..STEPS {
        let lower = text.lower(at);
        at = match text.class(at) {
            _ if at >= end => return None,
            Class::Pronoun if text.lexicon.is(List::Clitic, lower) => at + 1,
            Class::Adverb | Class::Time => at + 1,
            Class::Preposition | Class::To => past_phrase(text, at, end),
            _ => {
                let phrase = noun_phrase(text, at, end)?;
                let next = phrase.end;
                let another = next < end && (text.class(next) == Class::Determiner || is_noun(text, next));
                match is_dative(text, at) {
                    true if another => next,
                    true => return None,
                    false => return Some(phrase),
                }
            }
        };
    }
    None
}

/// Behind a preposition or hearer with its noun phrase.
pub(super) fn past_phrase(text: &Text, at: usize, end: usize) -> usize {
    let first = if text.class(at) == Class::Determiner { at } else { at + 1 };
    if text.class(first) == Class::Time {
        return first + 1;
    }
    noun_phrase(text, first, end).map_or(at + 1, |np| np.end)
}

/// A determiner that no subject and no direct object begins with.
pub(super) fn is_dative(text: &Text, at: usize) -> bool {
    text.class(at) == Class::Determiner
        && (text.lower(at).ends_with("em") || text.lower(at) == "der" && feminine(text, at))
}

/// Whether the noun behind `der` is feminine by its ending, so that `der` is a dative.
fn feminine(text: &Text, at: usize) -> bool {
    let noun = (at + 1..at + 4).find(|k| is_noun(text, *k));
    let endings = ["ung", "heit", "keit", "schaft", "tion", "ur", "ei", "presse", "behörde", "firma", "bank"];
    noun.is_some_and(|k| endings.iter().any(|e| text.lower(k).ends_with(e)))
}

/// Whether a front field is a subject: a noun phrase that can be one, or a pronoun.
pub(super) fn is_subject(text: &Text, front: &Range<usize>) -> bool {
    let first = front.start;
    let oblique = ["den", "einen", "keinen", "seinen", "ihren", "diesen"].contains(&text.lower(first))
        || text.lower(first).ends_with("em") && text.class(first) == Class::Determiner;
    match text.class(first) {
        Class::Pronoun => front.len() <= 2 && !text.lexicon.is(List::Clitic, text.lower(first)),
        Class::Negation if front.len() == 1 => true,
        Class::Determiner | Class::Number | Class::Word | Class::Negation => {
            !oblique && noun_phrase(text, first, front.end).is_some()
        }
        Class::Mark => text.words[first].quote.inside() && noun_phrase(text, first, front.end).is_some(),
        _ => false,
    }
}

/// Whether a front field is an object.
pub(super) fn is_object(text: &Text, front: &Range<usize>) -> bool {
    matches!(text.class(front.start), Class::Determiner | Class::Number)
}

/// An apposition behind a subject: `X, Sprecherin des Y,`.
pub(super) fn with_apposition(text: &Text, source: Range<usize>, end: usize) -> Range<usize> {
    let inner = source.end + 1;
    if !text.is(source.end, ",") || inner >= end {
        return source;
    }
    match noun_phrase(text, inner, end) {
        Some(np) if np.end >= end || matches!(text.raw(np.end), "," | "." | ":") => source.start..np.end,
        _ => source,
    }
}
