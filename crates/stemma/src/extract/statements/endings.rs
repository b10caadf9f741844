//! Sentences -> who passes them on at their end: `T, state media reported on Sunday.`
//!
//! Hints for the chains of what others say, not statements: a finder may cut such a content short or
//! miss the cue, but whom the words came through must not be lost.

#![expect(clippy::single_range_in_vec_init, reason = "a draft's parts are lists of runs, often of one run")]

use super::draft::{Draft, trim};
use super::lexicon::{Class, Verb};
use super::phrases;
use super::words::Text;
use std::ops::Range;

/// The most words behind the comma: a body, a verb, a day.
const LONGEST: usize = 14;

/// The most words behind the verb: `on Sunday`, `late on 3 May`.
const MOST_ADJUNCT: usize = 4;

/// The drafts that the ends of a report's sentences make.
pub(super) fn endings(text: &Text) -> Vec<Draft> {
    text.sentences.iter().filter_map(|sentence| ending(text, sentence)).collect()
}

fn ending(text: &Text, sentence: &Range<usize>) -> Option<Draft> {
    let end = trim(text, sentence.clone())?.end;
    let floor = sentence.start.max(end.saturating_sub(LONGEST));
    let mark = (floor..end).rev().find(|i| text.is(*i, ",") && !text.quoted(*i))?;
    let says = |i: usize| matches!(text.lexicon.verbs.plain(text.lower(i)), Some(Verb::Say | Verb::Tell));
    // "State" is a verb of saying, too: the last one is the cue.
    let cue = (mark + 1..end).rev().find(|i| says(*i))?;
    let source = match mark + 1..cue {
        before if before.is_empty() => phrases::after(text, cue + 1, end)?,
        before => before,
    };
    let named = |i: usize| {
        matches!(text.class(i), Class::Word | Class::Determiner | Class::Genitive | Class::Number | Class::To)
            || text.class(i) == Class::Preposition && text.class(i + 1) != Class::Time
    };
    let behind = source.end.max(cue + 1)..end;
    let adjunct =
        |i: usize| matches!(text.class(i), Class::Time | Class::Preposition | Class::Adverb | Class::Number);
    let over = source.clone().all(named) && behind.len() <= MOST_ADJUNCT && behind.clone().all(adjunct);
    let content = trim(text, sentence.start..mark)?;
    over.then(|| Draft { source: vec![source], cue: vec![cue..cue + 1], content: vec![content], score: 0.0 })
}
