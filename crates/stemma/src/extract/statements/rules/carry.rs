//! What a draft takes from the next sentences: quotations and reported speech that run on.

use super::super::draft::Draft;
use super::super::lexicon::{Class, List};
use super::super::words::Text;

/// How many sentences a quotation may run on.
const MAX_RUN: usize = 12;

/// A sentence wholly in quotation marks goes on with the last statement, or with the line
/// that announced it by a colon.
pub(super) fn carry(text: &Text, k: usize, all: &mut [Draft]) {
    let sentence = text.sentences[k].clone();
    if sentence.len() < 3 {
        return;
    }
    let n_quoted = sentence.clone().filter(|i| text.quoted(*i)).count();
    let stop = usize::from(!text.lexicon.frozen && text.is(sentence.end - 1, "."));
    if n_quoted * 10 < (sentence.len() - stop) * 9 {
        return;
    }
    let Some(last) = all.last_mut() else { return };
    let Some(end) = last.content.iter().chain(&last.cue).map(|r| r.end).max() else { return };
    let from = text.words[end - 1].sentence as usize;
    let announced = text.is(text.sentences[from].end - 1, ":");
    let same = text.words[end - 1].passage == text.words[sentence.start].passage;
    let runs_on = last.content.last().is_some_and(|r| text.quoted(r.end - 1));
    // The last content may have run on past this sentence already.
    let far = k.checked_sub(from).is_none_or(|n| n > 1);
    if far || last.content.len() > MAX_RUN || !(same && runs_on || announced) {
        return;
    }
    match last.content.last_mut() {
        Some(run) if run.end == sentence.start => run.end = sentence.end,
        _ => last.content.push(sentence),
    }
}

/// A sentence in the mood of reported speech goes on with the last statement of its passage.
pub(super) fn carry_reported(text: &Text, k: usize, all: &mut [Draft]) {
    let sentence = text.sentences[k].clone();
    let reported = |i: usize| !text.quoted(i) && text.lexicon.is(List::Reported, text.lower(i));
    // `ich habe` is no report: the first person has the same form in both moods.
    let first_person = |i: usize| text.class(i) == Class::Pronoun && text.lower(i) == "ich";
    if !sentence.clone().any(reported) || sentence.clone().any(first_person) {
        return;
    }
    let Some(last) = all.last_mut() else { return };
    let Some(end) = last.content.iter().chain(&last.cue).chain(&last.source).map(|r| r.end).max() else {
        return;
    };
    let near = k.checked_sub(text.words[end - 1].sentence as usize) == Some(1);
    if near
        && text.words[end - 1].passage == text.words[sentence.start].passage
        && last.content.len() <= MAX_RUN
    {
        last.content.push(sentence);
    }
}
