//! Words -> [`Draft`]s by rules: verbs of saying, `according to`, colons in headlines,
//! quotations that run on. Serves every language with a table.
//!
//! Looks at one sentence at a time, then lets quotations run into the next ones. Judges by
//! closed lists and order alone, so a free subject far from its verb is missed.

#![expect(clippy::single_range_in_vec_init, reason = "a draft's parts are lists of runs, often of one run")]

mod behind;
mod bracket;
mod carry;
mod content;
mod fields;
mod phrase;
mod verb;

use super::draft::{Draft, trim};
use super::lexicon::{Class, List};
use super::words::Text;
use behind::inside_quotes;
use carry::{carry, carry_reported};
use content::draft;
use phrase::{begins, by_manner, by_noun, by_opinion, by_own, by_phrase, by_postposition, label};
use std::ops::Range;
use verb::{by_verb, says, shared};

/// Sentences longer than this are lists or damage; the rest of one is not looked at.
const MAX_SENTENCE: usize = 300;
/// How far behind a verb its clause may begin: `said in an interview on Friday that`.
const MAX_DELAY: usize = 14;

/// The drafts of a report, in order of their cues.
pub(super) fn drafts(text: &Text) -> Vec<Draft> {
    let mut all: Vec<Draft> = Vec::new();
    for k in 0..text.sentences.len() {
        let whole = text.sentences[k].clone();
        let sentence = whole.start..whole.end.min(whole.start + MAX_SENTENCE);
        let found = in_sentence(text, &sentence);
        if found.is_empty() {
            carry(text, k, &mut all);
            carry_reported(text, k, &mut all);
        }
        all.extend(found);
    }
    all
}

/// The drafts whose cue stands in a sentence.
fn in_sentence(text: &Text, sentence: &Range<usize>) -> Vec<Draft> {
    let mut found: Vec<Draft> = Vec::new();
    let mut i = sentence.start;
    while i < sentence.end {
        let draft = at(text, i, sentence, found.last());
        i = draft.as_ref().map_or(i + 1, |d| d.cue[0].end.max(i + 1));
        found.extend(draft);
    }
    if found.is_empty() {
        found.extend(label(text, sentence));
    }
    if !text.lexicon.verb_second {
        part(text, &mut found);
    }
    if !text.lexicon.frozen {
        nest(text, &mut found);
    }
    found
}

/// The draft whose cue begins at, or has its verb at, a word; `before` is the last one found.
fn at(text: &Text, i: usize, sentence: &Range<usize>, before: Option<&Draft>) -> Option<Draft> {
    let (word, lexicon) = (text.lower(i), text.lexicon);
    if text.quoted(i) {
        let inside = lexicon.verb(word).filter(|_| !lexicon.frozen && !lexicon.verb_second);
        return inside.and_then(|_| inside_quotes(text, i, sentence));
    }
    if let Some(n) = begins(text, &lexicon.own, i, sentence) {
        return by_own(text, i..i + n, sentence);
    }
    if let Some(n) = begins(text, &lexicon.according, i, sentence) {
        return by_phrase(text, i..i + n, sentence);
    }
    if lexicon.is(List::After, word) {
        return by_postposition(text, i, sentence);
    }
    if lexicon.is(List::Hearsay, word) {
        return draft(text, None, [i..i + 1], [sentence.start..i, i + 1..sentence.end]);
    }
    if lexicon.is(List::Noun, word) && matches!(text.class(i + 1), Class::That) {
        return by_noun(text, i, sentence);
    }
    if lexicon.verb_second {
        return bracket::at(text, i, sentence, before);
    }
    if let Some(n) = begins(text, &lexicon.manner, i, sentence)
        && let Some(found) = by_manner(text, i..i + n, sentence)
    {
        return Some(found);
    }
    if lexicon.is(List::Opinion, word) {
        return by_opinion(text, i, sentence);
    }
    let verb = says(text, i)?;
    by_verb(text, i, verb, sentence).or_else(|| shared(text, i, verb, sentence, before))
}

/// What is said inside another content ends where that content does: `He thinks that T, she said`.
fn nest(text: &Text, found: &mut [Draft]) {
    for i in 1..found.len() {
        let (before, rest) = found.split_at_mut(i);
        let (outer, cue) = (&rest[0], rest[0].cue[0].start);
        let source = outer.source.first().map_or(cue, |s| s.start.min(cue));
        for inner in before.iter_mut().filter(|d| outer.content.iter().any(|r| r.contains(&d.cue[0].start))) {
            let past = inner.content.iter_mut().find(|r| r.start < source && source < r.end);
            if let Some(run) = past.filter(|_| cue > inner.cue[0].start)
                && let Some(cut) = trim(text, run.start..source)
            {
                *run = cut;
            }
        }
    }
}

/// A second subject and verb, joined by `and` or a comma, ends the content before it.
fn part(text: &Text, found: &mut [Draft]) {
    for i in 1..found.len() {
        let (before, rest) = found.split_at_mut(i);
        let next = &rest[0];
        let own = next.source.iter().filter(|s| before.iter().all(|b| b.source.first() != Some(s)));
        let first = own.chain(&next.cue).map(|r| r.start).min().unwrap_or(0);
        let Some(joint) = first.checked_sub(1) else { continue };
        let joined = text.is(joint, ",") || text.is(joint, ";") || text.class(joint) == Class::Conjunction;
        if !joined {
            continue;
        }
        for draft in before {
            if draft.cue[0].start < first
                && let Some(last) = draft.content.iter_mut().find(|r| r.start + 1 < first && first < r.end)
            {
                let cut = last.start..joint;
                *last = trim(text, cut).unwrap_or(last.start..last.start + 1);
                let end = last.end;
                draft.content.retain(|r| r.end <= end);
            }
        }
    }
}
