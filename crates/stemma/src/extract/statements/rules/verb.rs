//! Verbs of saying behind their subject: `X said T`, `X has denied T`, `X is said to T`.

use super::super::draft::Draft;
use super::super::lexicon::{Class, List, Verb};
use super::super::phrases;
use super::super::quotes::Edge;
use super::super::words::Text;
use super::MAX_DELAY;
use super::behind::{adjuncts, behind, enclitic};
use super::content::{clause_end, draft};
use std::ops::Range;

/// What a word does as a verb of saying here: an infinitive needs a verb before it, some verbs
/// their preposition, some adjectives `to be`.
pub(super) fn says(text: &Text, i: usize) -> Option<Verb> {
    let (word, verbs) = (text.lower(i), &text.lexicon.verbs);
    let helped = |k: usize| i > k && matches!(text.class(i - 1 - k), Class::Aux | Class::Be);
    let behind_verb = || (0..3).any(helped);
    let wished = || (i.saturating_sub(4)..i).any(|k| text.lexicon.is(List::Wish, text.lower(k)));
    let governing = || verbs.prepositions(word).iter().find(|p| text.lower(i + 1) == p.0).map(|p| p.1);
    let state = || text.lexicon.is(List::State, word) && behind_verb();
    verbs
        .plain(word)
        .or_else(|| verbs.infinitive(word).filter(|_| wished()))
        .or_else(governing)
        .or_else(|| state().then_some(Verb::Say))
}

pub(super) fn by_verb(text: &Text, i: usize, verb: Verb, sentence: &Range<usize>) -> Option<Draft> {
    let cue = chain(text, i, sentence);
    if let Some(found) = enclitic(text, i, sentence) {
        return Some(found);
    }
    if is_passive(text, i, &cue) {
        return passive(text, i, verb, cue, sentence);
    }
    let helped = cue.clone().any(|k| matches!(text.class(k), Class::Aux | Class::Be));
    if noun_like(text, i, &cue, sentence) || !helped && text.lexicon.is_participle(text.lower(i)) {
        return None;
    }
    let free = matches!(verb, Verb::Say | Verb::Tell | Verb::Deny | Verb::Withhold);
    if free && let Some(found) = behind(text, &cue, sentence) {
        return Some(found);
    }
    let start = content_start(text, cue.end, verb, sentence.end);
    let content = start..clause_end(text, start, sentence.end);
    let Some(source) = phrases::before(text, subject_end(text, cue.start, sentence), sentence.start) else {
        let joined = cue.start > sentence.start && text.class(cue.start - 1) == Class::Conjunction;
        let that = text.lexicon.drops_subject
            && !joined
            && !is_gerund(text, i)
            && (cue.end..cue.end + 2).any(|k| text.class(k) == Class::That);
        return that.then(|| draft(text, None, [cue], [content]))?;
    };
    if text.class(source.start) == Class::Relative && source.start == sentence.start {
        return None;
    }
    draft(text, Some(source), [cue], [content])
}

/// `, acrescentando que T`: has the subject of the verb before it.
fn is_gerund(text: &Text, i: usize) -> bool {
    text.lexicon.gerunds.iter().any(|e| text.lower(i).ends_with(e.as_str()))
}

/// Whether a verb is a passive: `to be` helps it, and it is not reflexive as in `s'est plaint`.
fn is_passive(text: &Text, i: usize, cue: &Range<usize>) -> bool {
    let reflexive = cue.clone().any(|k| text.lexicon.is(List::Reflexive, text.lower(k)));
    let state = text.lexicon.is(List::State, text.lower(i));
    let be = cue.clone().any(|k| text.class(k) == Class::Be) && !text.lower(i).ends_with("ing");
    be && !reflexive && !state
}

/// Where the subject before a verb ends: before the pronouns that lean on the verb.
fn subject_end(text: &Text, cue: usize, sentence: &Range<usize>) -> usize {
    let leans = |k: usize| text.lexicon.is(List::Clitic, text.lower(k)) && !text.quoted(k);
    (sentence.start..cue).rev().take_while(|k| leans(*k)).last().unwrap_or(cue)
}

/// `X confirmed S and denied T`: the second verb has the source of the first.
pub(super) fn shared(
    text: &Text,
    i: usize,
    verb: Verb,
    sentence: &Range<usize>,
    before: Option<&Draft>,
) -> Option<Draft> {
    let cue = chain(text, i, sentence);
    let joint = cue.start.checked_sub(1).filter(|j| *j > sentence.start)?;
    let source = before?.source.first().filter(|s| s.start < joint)?.clone();
    // Only the short words for `and`: behind the others a clause of its own begins.
    let and = text.class(joint) == Class::Conjunction && text.lower(joint).chars().count() <= 3;
    let passive = is_passive(text, i, &cue);
    let gerund = text.is(joint, ",") && is_gerund(text, i);
    if !(and || gerund) || passive || text.lexicon.is(List::Noun, text.lower(i)) {
        return None;
    }
    let start = content_start(text, cue.end, verb, sentence.end);
    let rest = start..clause_end(text, start, sentence.end);
    draft(text, Some(source), [cue], [rest])
}

/// The words of a verb: its auxiliaries, negations, adverbs and reflexive belong to it.
fn chain(text: &Text, i: usize, sentence: &Range<usize>) -> Range<usize> {
    let part = |k: usize| {
        let word = text.lower(k);
        matches!(text.class(k), Class::Aux | Class::Be | Class::Negation | Class::Adverb | Class::To)
            || text.lexicon.is(List::Reflexive, word)
            || text.lexicon.is(List::Clitic, word)
    };
    let mut start = i;
    // `a toutefois démenti`: one more word may stand between auxiliary and verb.
    let aside = |k: usize| {
        k > sentence.start
            && text.class(k) == Class::Word
            && matches!(text.class(k - 1), Class::Aux | Class::Be)
    };
    while start > sentence.start
        && !text.quoted(start - 1)
        && (part(start - 1) || start == i && aside(start - 1))
    {
        start -= 1;
    }
    let free = |k: usize| {
        matches!(text.class(k), Class::Adverb | Class::To) || text.lexicon.is(List::Clitic, text.lower(k))
    };
    while start < i && free(start) {
        start += 1;
    }
    start..declined(text, i)
}

/// Where a verb ends that takes another one: `declined to say`, `recusou-se a dizer`.
fn declined(text: &Text, i: usize) -> usize {
    let lexicon = text.lexicon;
    let leans =
        |k: &usize| lexicon.is(List::Reflexive, text.lower(*k)) || lexicon.is(List::Clitic, text.lower(*k));
    let mut end = i + 1 + (i + 1..i + 3).take_while(|k| text.lower(*k).starts_with('-') && leans(k)).count();
    if lexicon.verb(text.lower(i)) != Some(Verb::Withhold) {
        return end;
    }
    let to = matches!(text.class(end), Class::To) || !lexicon.frozen && text.class(end) == Class::Genitive;
    let action = end + usize::from(to);
    let acts = lexicon.is(List::Withheld, text.lower(action))
        || lexicon.verbs.infinitive(text.lower(action)).is_some();
    if acts && (to || !lexicon.frozen) {
        end = action + 1;
    }
    end
}

/// A verb's form that is a noun here: behind a determiner or preposition, or at the start.
fn noun_like(text: &Text, i: usize, cue: &Range<usize>, sentence: &Range<usize>) -> bool {
    let before = cue.start.checked_sub(1).filter(|b| *b >= sentence.start).map(|b| text.class(b));
    let noun = text.lexicon.is(List::Noun, text.lower(i)) || text.lexicon.role(text.lower(i)).body;
    let after_determiner =
        matches!(before, Some(Class::Determiner | Class::Genitive | Class::Preposition | Class::To));
    let starts = before.is_none() && text.words[i].capital;
    let mid_capital = text.words[i].capital && cue.start > sentence.start && !is_title_case(text, sentence);
    after_determiner
        || starts
        || mid_capital
        || noun && i + 1 < text.words.len() && matches!(text.class(i + 1), Class::Genitive)
}

/// Whether most words of a sentence begin with a capital, as in some headlines.
fn is_title_case(text: &Text, sentence: &Range<usize>) -> bool {
    let words = sentence.clone().filter(|i| text.class(*i) == Class::Word);
    let (n, capitals) = words.fold((0, 0), |(n, c), i| (n + 1, c + usize::from(text.words[i].capital)));
    n >= 3 && capitals * 10 >= n * 7
}

/// `X is said to T`, `T was reported by X`.
fn passive(text: &Text, i: usize, verb: Verb, cue: Range<usize>, sentence: &Range<usize>) -> Option<Draft> {
    let to = i + 1;
    let clause = matches!(text.class(to), Class::To | Class::That);
    if !clause || !matches!(verb, Verb::Say | Verb::Tell | Verb::Act) || to + 1 >= sentence.end {
        return None;
    }
    let subject = match phrases::before(text, cue.start, sentence.start) {
        None if text.lexicon.drops_subject => to..to,
        subject => subject?,
    };
    let rest = to..clause_end(text, to, sentence.end);
    draft(text, None, [cue], [subject, rest])
}

/// Where the content of a verb begins: behind its hearer, day and `that`.
fn content_start(text: &Text, after: usize, verb: Verb, end: usize) -> usize {
    let delayed = verb == Verb::Tell
        || matches!(
            text.class(after),
            Class::Preposition | Class::To | Class::Time | Class::Adverb | Class::Genitive
        )
        || matches!(text.raw(after), "," | ":");
    if !delayed || verb == Verb::Act {
        return after;
    }
    let window = after..end.min(after + MAX_DELAY);
    let opens = |i: &usize| {
        text.class(*i) == Class::That || text.words[*i].quote.edge == Edge::Open || text.is(*i, ":")
    };
    if let Some(start) = window.clone().find(opens) {
        return if text.is(start, ":") { start + 1 } else { start };
    }
    match (verb, phrases::after(text, after, end)) {
        (Verb::Tell, Some(hearer)) if text.class(hearer.end) != Class::Mark => hearer.end,
        (_, None) if matches!(text.class(after), Class::To | Class::Preposition) => {
            adjuncts(text, after, end)
        }
        _ => after,
    }
}
