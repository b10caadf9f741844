//! Phrases and nouns that name a source: `according to X`, `X's claim that`, `X: T` in a headline.

use super::super::draft::Draft;
use super::super::lexicon::{Class, List, Role};
use super::super::nominal::noun_phrase;
use super::super::phrases;
use super::super::words::Text;
use super::content::{clause_end, clause_start, draft};
use std::ops::Range;

/// How far before `nach eigenen Angaben` its subject may begin, in words.
const OWN: usize = 8;
/// Longest relative clause that is part of a source, in words.
const RELATIVE: usize = 16;

/// How many words the longest of some phrases that begins at a word takes.
pub(super) fn begins(
    text: &Text,
    phrases: &[Vec<String>],
    i: usize,
    sentence: &Range<usize>,
) -> Option<usize> {
    let fits =
        |p: &&Vec<String>| i + p.len() < sentence.end && (0..p.len()).all(|k| text.lower(i + k) == p[k]);
    phrases.iter().filter(fits).map(Vec::len).max()
}

/// `according to X, T` and `T, according to X`; also `según estimó X, T`.
pub(super) fn by_phrase(text: &Text, cue: Range<usize>, sentence: &Range<usize>) -> Option<Draft> {
    if text.lexicon.frozen {
        let source = phrases::after(text, cue.end, sentence.end)?;
        let first = cue.start < sentence.start + 2;
        let content =
            if first { source.end..sentence.end } else { clause_start(text, sentence, cue.start)..cue.start };
        return draft(text, Some(source), [cue], [content]);
    }
    // `o segundo a descer`: an ordinal.
    if cue.start > sentence.start && text.class(cue.start - 1) == Class::Determiner {
        return None;
    }
    let cue = cue.start..telling(text, cue.end).unwrap_or(cue.end);
    let source = phrases::after(text, cue.end, sentence.end)?;
    let source = source.start..past_relative(text, source.end, sentence.end);
    plausible(text, &source).then(|| around(text, source, vec![cue], sentence))?
}

/// `tal como adelantó X, T` and `comme le ministre l'a annoncé`.
pub(super) fn by_manner(text: &Text, opener: Range<usize>, sentence: &Range<usize>) -> Option<Draft> {
    if let Some(end) = telling(text, opener.end) {
        let source = phrases::after(text, end, sentence.end)?;
        return around(text, source, vec![opener.start..end], sentence);
    }
    let source = phrases::after(text, opener.end, sentence.end)?;
    let end = telling(text, source.end)?;
    let cue = vec![opener, source.end..end];
    around(text, source, cue, sentence)
}

/// `pour l'économiste X, T`: a person's view, not what is for somebody.
pub(super) fn by_opinion(text: &Text, i: usize, sentence: &Range<usize>) -> Option<Draft> {
    let source = phrases::after(text, i + 1, sentence.end)?;
    let role = |k: usize| text.lexicon.role(text.lower(k));
    let person = source.clone().any(|k| role(k).person || role(k).title)
        && source.clone().any(|k| text.words[k].capital);
    let opens = i == sentence.start && text.is(source.end, ",");
    (person && opens).then(|| draft(text, Some(source.clone()), [i..i + 1], [source.end..sentence.end]))?
}

/// `nach eigenen Angaben`: the source is the subject of the clause, the content all the rest.
pub(super) fn by_own(text: &Text, cue: Range<usize>, sentence: &Range<usize>) -> Option<Draft> {
    let near = (sentence.start.max(cue.start.saturating_sub(OWN))..cue.start)
        .find(|k| noun_phrase(text, *k, cue.start).is_some_and(|np| np.end == cue.start));
    // `zahlt Norvane nach eigenen Angaben`: a verb is no adjective. German alone has cues of this kind.
    let adjective = |k: usize| ["e", "en", "er", "es", "em"].iter().any(|e| text.lower(k).ends_with(e));
    let verb = |k: &usize| text.class(*k) == Class::Word && !text.words[*k].capital && !adjective(*k);
    let source = match near {
        Some(start) => start + usize::from(start + 1 < cue.start && verb(&start))..cue.start,
        None => noun_phrase(text, sentence.start, cue.start)?,
    };
    draft(text, Some(source), [cue], [sentence.clone()])
}

/// `X zufolge T` and `T, X zufolge`.
pub(super) fn by_postposition(text: &Text, i: usize, sentence: &Range<usize>) -> Option<Draft> {
    let source = phrases::before(text, i, sentence.start)?;
    let rest =
        if source.start <= sentence.start + 1 { i + 1..sentence.end } else { sentence.start..source.start };
    draft(text, Some(source), [i..i + 1], [rest])
}

/// The content on both sides of a phrase that stands inside it, or on its one side.
fn around(
    text: &Text,
    source: Range<usize>,
    cue: Vec<Range<usize>>,
    sentence: &Range<usize>,
) -> Option<Draft> {
    let (start, end) = (cue[0].start.min(source.start), cue[cue.len() - 1].end.max(source.end));
    if start < sentence.start + 2 {
        return draft(text, Some(source), cue, [end..sentence.end]);
    }
    let before = clause_start(text, sentence, start)..start;
    let set_off = text.is(start - 1, ",") && text.is(end, ",");
    let apart = text.is(start - 1, ",") || text.lexicon.is(List::Cited, text.lower(end));
    let inside = end < sentence.end && text.class(end) != Class::Mark && !apart;
    let after = if set_off || inside { end..clause_end(text, end, sentence.end) } else { end..end };
    draft(text, Some(source), cue, [before, after])
}

/// Behind the verb of saying that begins at a word, past its pronouns and auxiliaries.
fn telling(text: &Text, from: usize) -> Option<usize> {
    let leans = |k: usize| {
        let word = text.lower(k);
        text.class(k) == Class::Aux
            || text.lexicon.is(List::Reflexive, word)
            || text.lexicon.is(List::Clitic, word)
            || word.ends_with('\'')
    };
    let verb = (from..from + 4).find(|k| !leans(*k))?;
    let word = text.lower(verb);
    let says = text.lexicon.verb(word).is_some() && !text.words[verb].capital;
    let noun = text.lexicon.is(List::Noun, word) || text.lexicon.role(word) != Role::default();
    (says && !noun).then_some(verb + 1)
}

/// Behind a relative clause between commas: `laut einem Gutachten, das X vorliegt, T`.
fn past_relative(text: &Text, end: usize, to: usize) -> usize {
    let next = end + 1;
    let relative = text.is(end, ",")
        && next < to
        && match text.class(next) {
            Class::Relative | Class::That => true,
            Class::Determiner => {
                text.lexicon.verb_second && !matches!(text.class(next + 1), Class::Word | Class::Number)
            }
            _ => false,
        };
    let close = (next..to.min(next + RELATIVE)).find(|k| text.is(*k, ",") && !text.quoted(*k));
    close.filter(|_| relative).unwrap_or(end)
}

/// Whether a phrase may name a source: `según salía` and `segundo a descer` do not.
fn plausible(text: &Text, source: &Range<usize>) -> bool {
    let first = source.start;
    let bare = text.class(first) == Class::Word && !text.words[first].capital;
    let article = text.is_article(first) && source.len() > 1;
    let head = if article { first + 1 } else { first };
    let word = text.lower(head);
    let known = text.lexicon.role(word) != Role::default() || text.words[head].capital;
    let infinitive = article && ["ar", "er", "ir"].iter().any(|e| word.ends_with(e));
    known || !infinitive && (!bare || word.ends_with('s') || word.ends_with('x'))
}

/// `his claim that T`, `the ministry's warning that T`.
pub(super) fn by_noun(text: &Text, i: usize, sentence: &Range<usize>) -> Option<Draft> {
    let owner = i.checked_sub(1).filter(|o| *o >= sentence.start)?;
    let source = if text.lexicon.is(List::Possessive, text.lower(owner)) {
        owner..i
    } else if text.lower(owner) == "'s" {
        phrases::before(text, owner, sentence.start)?
    } else {
        return None;
    };
    draft(text, Some(source), [i..i + 1], Some(i + 1..clause_end(text, i + 1, sentence.end)))
}

/// `Minister: T` in a passage of one line, and `T: minister`.
pub(super) fn label(text: &Text, sentence: &Range<usize>) -> Option<Draft> {
    let colon = sentence.clone().find(|i| text.is(*i, ":") && !text.quoted(*i))?;
    let passage = text.words[colon].passage;
    let alone = sentence.start.checked_sub(1).is_none_or(|i| text.words[i].passage != passage)
        && text.words.get(sentence.end).is_none_or(|w| w.passage != passage);
    let open_end = !text.is(sentence.end - 1, ".");
    if !alone || colon + 2 >= sentence.end || colon == sentence.start || colon - sentence.start > 6 {
        return None;
    }
    let source = phrases::after(text, sentence.start, colon)?;
    let fits = source.end == colon && (open_end || text.quoted(colon + 1));
    fits.then(|| draft(text, Some(source), [colon..colon + 1], Some(colon + 1..sentence.end)))?
}
