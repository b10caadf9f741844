//! Verbs of saying that stand behind what is said: `“T,” said X`, `T, X said on Friday`.

use super::super::draft::Draft;
use super::super::lexicon::{Class, List, Role, Verb};
use super::super::phrases;
use super::super::words::Text;
use super::MAX_DELAY;
use super::content::{announced, clause_end, closes_before, draft, earlier, ends_content, quoted_runs};
use std::ops::Range;

/// The content stands before: `“T,” said X`, `“T,” X said`, `T, X said on Friday.`
pub(super) fn behind(text: &Text, cue: &Range<usize>, sentence: &Range<usize>) -> Option<Draft> {
    let frozen = text.lexicon.frozen;
    let colon =
        |at: usize| !frozen && text.is(at, ":") && text.words.get(at + 1).is_some_and(|w| w.quote.inside());
    if colon(cue.end) {
        return None;
    }
    let named = inverted(text, cue, sentence).or_else(|| straight(text, cue, sentence));
    let (source, mark) = match named {
        Some((source, mark)) => (Some(source), mark),
        None => (None, dropped(text, cue, sentence)?),
    };
    let end = source.as_ref().map_or(cue.end, |s| s.end.max(cue.end));
    if colon(end) {
        return draft(text, source, [cue.clone()], [announced(text, end + 1, sentence)]);
    }
    let content = earlier(text, mark, sentence);
    let quoted = content.clone().any(|i| text.quoted(i));
    if frozen || quoted && source.as_ref().is_none_or(|s| s.start < cue.start) {
        let again = quoted_runs(text, end..sentence.end);
        return draft(text, source, [cue.clone()], [content].into_iter().chain(again));
    }
    if !quoted && let Some(rest) = split_clause(text, &content, end, sentence) {
        return draft(text, source, [cue.clone()], [content, rest]);
    }
    let source = source.map(|s| s.start..loose_apposition(text, s.end, sentence));
    let again = quoted_runs(text, end..sentence.end);
    draft(text, source, [cue.clone()], [content].into_iter().chain(again))
}

/// Longest subject that a cue may part from its verb, in words.
const SUBJECT: usize = 9;
/// Longest apposition without a known role, in words.
const APPOSITION: usize = 16;

/// `Le toit, explique X, menaçait de tomber`: what goes on behind the cue.
fn split_clause(
    text: &Text,
    before: &Range<usize>,
    end: usize,
    sentence: &Range<usize>,
) -> Option<Range<usize>> {
    let next = end + 1;
    if !text.is(end, ",") || next >= sentence.end {
        return None;
    }
    let lexicon = text.lexicon;
    let helps = matches!(text.class(next), Class::Aux | Class::Be | Class::Negation | Class::Adverb)
        || lexicon.is(List::Reflexive, text.lower(next));
    let plain = text.class(next) == Class::Word && !text.words[next].capital;
    let noun = lexicon.role(text.lower(next)) != Role::default();
    let whole = before.clone().any(|i| matches!(text.class(i), Class::Aux | Class::Be));
    let parted = !whole && before.len() <= SUBJECT && (helps || plain && !noun);
    parted.then(|| next..clause_end(text, next, sentence.end))
}

/// Where an apposition or relative clause ends that follows a subject behind its verb.
fn loose_apposition(text: &Text, end: usize, sentence: &Range<usize>) -> usize {
    let inner = end + 1;
    if !text.is(end, ",") || inner >= sentence.end || text.quoted(inner) {
        return end;
    }
    let stop = |k: &usize| text.quoted(*k) || matches!(text.raw(*k), "," | "." | ";" | ":" | "—" | "–");
    let close = (inner..sentence.end).find(stop).unwrap_or(sentence.end);
    let relative = matches!(text.class(inner), Class::Relative | Class::That);
    let verb = |k: usize| {
        matches!(text.class(k), Class::Aux | Class::Be | Class::That)
            || text.lexicon.verb(text.lower(k)).is_some()
                && text.lexicon.role(text.lower(k)) == Role::default()
    };
    let noun = matches!(text.class(inner), Class::Word | Class::Determiner | Class::Number)
        && !(inner..close).any(verb);
    if close - inner <= APPOSITION && (relative || noun) { close } else { end }
}

/// French `« Le toit, explique X, menaçait »`: the cue stands inside the quotation.
pub(super) fn inside_quotes(text: &Text, i: usize, sentence: &Range<usize>) -> Option<Draft> {
    let quote = text.words[i].quote.id;
    let same = |k: usize| text.words.get(k).is_some_and(|w| w.quote.id == quote);
    let aux = (sentence.start..i).rev().take_while(|k| leans(text, *k)).last().unwrap_or(i);
    let mark = aux.checked_sub(1).filter(|m| same(*m) && text.is(*m, ","))?;
    let pronoun = i.checked_sub(1).filter(|p| *p > mark + 1 && text.lower(*p).starts_with('-'));
    let (source, cue, end) = match pronoun {
        Some(p) => (p..p + 1, vec![aux..p, i..i + 1], i + 1),
        None => {
            let source = phrases::after(text, i + 1, sentence.end)?;
            (source.clone(), vec![aux..i + 1], source.end)
        }
    };
    let first = (0..=mark).rev().take_while(|k| same(*k)).last()?;
    let last = (end..text.words.len()).take_while(|k| same(*k)).last()?;
    let closes = text.is(end, ",") && same(end);
    closes.then(|| draft(text, Some(source), cue, [first..mark, end + 1..last + 1]))?
}

/// Whether a word is an auxiliary or leans on one.
fn leans(text: &Text, k: usize) -> bool {
    let word = text.lower(k);
    matches!(text.class(k), Class::Aux | Class::Be)
        || text.lexicon.is(List::Reflexive, word)
        || text.lexicon.is(List::Clitic, word)
        || word.starts_with('-')
}

/// `…,” said X`: the phrase behind the verb, and where the content ends. Behind a bare comma
/// the sentence must be over with it, else `X, the minister, said Y lost` would be turned round.
fn inverted(text: &Text, cue: &Range<usize>, sentence: &Range<usize>) -> Option<(Range<usize>, usize)> {
    let mark = cue.start;
    let stops = mark.checked_sub(1).is_some_and(|m| ends_content(text, m));
    // `«…?», dijo X`: the sentence may have been ended inside the marks.
    let first = sentence.start;
    let cut = !text.lexicon.frozen && mark == first + 1 && first > 0 && closes_before(text, first);
    let enough = mark > first + 1 || mark == first && mark > 0 && closes_before(text, mark) || cut;
    if !stops || !enough {
        return None;
    }
    let quoted = text.quoted(mark - 1) || mark > 1 && text.is(mark - 1, ",") && text.quoted(mark - 2);
    let says = text.lexicon.verb(text.lower(cue.end - 1)) == Some(Verb::Say);
    if !quoted && !says {
        return None;
    }
    let source = phrases::after(text, adjuncts(text, cue.end, sentence.end), sentence.end)?;
    let next = source.end;
    let over = next >= sentence.end
        || matches!(
            text.class(next),
            Class::Mark | Class::Preposition | Class::Time | Class::Adverb | Class::To | Class::Relative
        );
    let goes_on = (next..sentence.end.min(next + MAX_DELAY)).any(|i| text.class(i) == Class::That);
    (quoted || over && !goes_on).then_some((source, mark))
}

/// Where the subject begins behind `dijo el miércoles`, `a confirmé au Phare`.
pub(super) fn adjuncts(text: &Text, from: usize, end: usize) -> usize {
    let mut at = from;
    for _ in 0..3 {
        let hearer = || phrases::after(text, at + 1, end).filter(|p| p.len() <= 4);
        at = match (text.class(at), text.class(at + 1)) {
            (Class::Time | Class::Adverb, _) => at + 1,
            (Class::Determiner, Class::Time) => at + 2,
            (Class::Preposition | Class::To, _) => match hearer() {
                Some(p) if text.class(p.end) == Class::Determiner => p.end,
                _ => return at,
            },
            _ => return at,
        };
    }
    at
}

/// `«…», dijo desde el palacio`: a language that drops its subjects, behind a quotation.
fn dropped(text: &Text, cue: &Range<usize>, sentence: &Range<usize>) -> Option<usize> {
    let mark = cue.start.checked_sub(1).filter(|m| *m > sentence.start && ends_content(text, *m))?;
    let quoted = text.quoted(mark) || text.quoted(mark - 1);
    (text.lexicon.drops_subject && quoted).then_some(cue.start)
}

/// `…,” X said.`: the phrase before the verb has the content before it and nothing behind.
fn straight(text: &Text, cue: &Range<usize>, sentence: &Range<usize>) -> Option<(Range<usize>, usize)> {
    let source = phrases::before(text, cue.start, sentence.start)?;
    let mark = source.start;
    let follows =
        mark > sentence.start + 1 || mark == sentence.start && mark > 0 && closes_before(text, mark);
    if !follows || !ends_content(text, mark - 1) {
        return None;
    }
    let quoted = text.quoted(mark - 1) || mark > 1 && text.is(mark - 1, ",") && text.quoted(mark - 2);
    let next = cue.end;
    let done = next >= sentence.end || matches!(text.raw(next), "." | "," | ":" | ";" | ")");
    let adjunct = matches!(text.class(next), Class::Preposition | Class::Time | Class::To | Class::Adverb);
    let goes_on = (next..sentence.end.min(next + MAX_DELAY)).any(|i| text.class(i) == Class::That);
    let told = text.lexicon.verb(text.lower(cue.end - 1)) == Some(Verb::Tell);
    (done || quoted && !goes_on && (adjunct || told)).then_some((source, mark))
}

/// French `« T », a-t-il dit`: the pronoun hangs on the auxiliary.
pub(super) fn enclitic(text: &Text, i: usize, sentence: &Range<usize>) -> Option<Draft> {
    let pronoun = i.checked_sub(1).filter(|p| *p > sentence.start + 1 && text.lower(*p).starts_with('-'))?;
    let content = earlier(text, pronoun - 1, sentence);
    let again = quoted_runs(text, i + 1..sentence.end);
    draft(text, Some(pronoun..i), [pronoun - 1..pronoun, i..i + 1], [content].into_iter().chain(again))
}
