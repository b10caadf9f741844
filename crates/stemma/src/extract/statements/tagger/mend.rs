//! A tagger's drafts -> the same without the faults that no judgement is needed to see: a subject taken for content,
//! and the plainest form of telling passed over, `T, X said on Friday.`

#![expect(clippy::single_range_in_vec_init, reason = "a draft's parts are lists of runs, often of one run")]

use super::super::draft::{Draft, trim};
use super::super::lexicon::{Class, Verb};
use super::super::near::Near;
use super::super::phrases;
use super::super::words::Text;
use rustc_hash::FxHashSet;
use std::ops::Range;

/// Longest subject, in words: a name with office and place.
const SUBJECT: usize = 16;

/// A draft without the two faults.
pub(super) fn mended(text: &Text, draft: Draft) -> Draft {
    subject(text, relative(text, draft))
}

/// `The mission, which sent 94 observers, said T`: the relative clause is no content.
fn relative(text: &Text, mut draft: Draft) -> Draft {
    let (Some(source), Some(cue)) = (draft.source.first(), draft.cue.first()) else { return draft };
    let (from, to) = (source.end, cue.start);
    let inserted = |r: &Range<usize>| {
        r.start >= from && r.start <= from + 1 && r.end <= to && text.class(r.start) == Class::Relative
    };
    if draft.content.len() > 1 {
        draft.content.retain(|r| !inserted(r));
    }
    draft
}

/// `T, the port authority in Carnmoor said`: without a source, the last piece of content that touches the cue
/// is the source.
fn subject(text: &Text, mut draft: Draft) -> Draft {
    let Some(cue) = draft.cue.first().cloned().filter(|_| draft.source.is_empty() && draft.cue.len() == 1)
    else {
        return draft;
    };
    let end = text.sentence_of(cue.start).end;
    let apart = |r: &Range<usize>| r.start > 0 && (text.is(r.start - 1, ",") || text.quoted(r.start - 1));
    let touches = |r: &Range<usize>| r.end == cue.start && apart(r) || r.start == cue.end;
    let Some(at) = draft.content.iter().position(touches).filter(|at| *at > 0) else { return draft };
    let run = draft.content[at].clone();
    let mut source = run.start..run.end.min(end);
    while source.len() > 1 && text.class(source.end - 1) == Class::Mark {
        source.end -= 1;
    }
    if !is_subject(text, &source) {
        return draft;
    }
    draft.content.remove(at);
    draft.source.push(source);
    draft
}

/// Whether words can be the subject of a verb of saying: a name or a noun with its article, and no verb.
fn is_subject(text: &Text, words: &Range<usize>) -> bool {
    let other = |i: usize| {
        matches!(text.class(i), Class::Aux | Class::Be | Class::That | Class::Pronoun | Class::To)
            || text.quoted(i)
    };
    !words.is_empty()
        && words.len() <= SUBJECT
        && (text.is_article(words.start) || text.words[words.start].capital)
        && !words.clone().any(other)
}

/// Words from a cue to the next mark at most: `told reporters in Loria on Friday`.
const BEHIND: usize = 9;
/// Words of a content at least.
const LEAST: usize = 5;

/// Adds what stands before its source and verb of saying, where the tagger made nothing of it, or took for content
/// what only tells where and to whom it was said.
pub(super) fn found(text: &Text, mut drafts: Vec<Draft>, rules: &[Draft]) -> Vec<Draft> {
    let near = Near::of(drafts.iter().map(Draft::whole));
    let says = |i: usize| text.lexicon.verb(text.lower(i)) == Some(Verb::Say);
    let plain =
        |d: &&Draft| !d.source.is_empty() && d.reach().end <= d.cue[0].start && says(d.cue[0].end - 1);
    let mut more: Vec<Draft> = text.sentences.iter().filter_map(|s| set_off(text, s)).collect();
    let known: FxHashSet<usize> = more.iter().map(|d| d.cue[0].start).collect();
    more.extend(rules.iter().filter(plain).filter(|d| !known.contains(&d.cue[0].start)).cloned());
    let mut wrong = vec![false; drafts.len()];
    more.retain(|d| {
        let cue = &d.cue[0];
        let tells = text.lexicon.verb(text.lower(cue.start)) == Some(Verb::Tell);
        let misread = |k: &usize| tells && drafts[*k].cue[0] == *cue && drafts[*k].reach().start >= cue.end;
        let touching: Vec<usize> = near.touching(d.whole()).collect();
        let alone = touching.iter().all(misread);
        touching.into_iter().filter(|_| alone).for_each(|k| wrong[k] = true);
        alone
    });
    let mut at = 0..;
    drafts.retain(|_| !wrong[at.next().expect("one for each")]);
    drafts.extend(more);
    drafts
}

/// `T, the port authority in Carnmoor said on Friday.` and `T, X said on Friday, T.`
fn set_off(text: &Text, sentence: &Range<usize>) -> Option<Draft> {
    let verb = |i: &usize| {
        !text.quoted(*i) && matches!(text.lexicon.verb(text.lower(*i)), Some(Verb::Say | Verb::Tell))
    };
    (sentence.start + LEAST..sentence.end).filter(verb).find_map(|cue| set_off_at(text, cue, sentence))
}

fn set_off_at(text: &Text, cue: usize, sentence: &Range<usize>) -> Option<Draft> {
    let tells = text.lexicon.verb(text.lower(cue)) == Some(Verb::Tell);
    let adjunct = matches!(text.class(cue + 1), Class::Mark | Class::Preposition | Class::Time) || tells;
    let stop = (cue + 1..sentence.end.min(cue + BEHIND)).find(|i| text.class(*i) == Class::Mark)?;
    let goes_on = |i: usize| {
        matches!(text.class(i), Class::That | Class::To | Class::Be | Class::Aux | Class::Conjunction)
            || text.quoted(i)
    };
    if !adjunct || !matches!(text.raw(stop), "." | ",") || (cue + 1..=stop).any(goes_on) {
        return None;
    }
    let comma = (sentence.start + LEAST..cue).rev().find(|i| text.class(*i) == Class::Mark)?;
    let whole = comma + 1..cue;
    let subject = is_subject(text, &whole).then_some(whole);
    let subject = subject.or_else(|| phrases::before(text, cue, sentence.start))?;
    let mark = subject.start.checked_sub(1).filter(|m| text.is(*m, ",") && *m >= sentence.start + LEAST)?;
    let dash = |i: &usize| matches!(text.raw(*i), "—" | "–" | ";" | "-");
    let start = (sentence.start..mark).rev().find(dash).map_or(sentence.start, |i| i + 1);
    let before = trim(text, start..mark).filter(|c| c.len() >= LEAST)?;
    // `…, X said on Friday, adding that`: another telling.
    let other = text.lexicon.verb(text.lower(stop + 1)).is_some() || text.lower(stop + 1).ends_with("ing");
    let rest = trim(text, stop + 1..sentence.end.max(stop + 1)).filter(|_| !other);
    let content: Vec<Range<usize>> = std::iter::once(before).chain(rest).collect();
    let quoted = content.iter().flat_map(Clone::clone).any(|i| text.quoted(i));
    (!quoted).then(|| Draft { source: vec![subject], cue: vec![cue..cue + 1], content, score: 1.0 })
}
