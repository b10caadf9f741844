//! Words -> [`Draft`]s by rules: verbs of saying, `according to`, colons in headlines,
//! quotations that run on. Serves every language with a table.
//!
//! Looks at one sentence at a time, then lets quotations run into the next ones. Judges by
//! closed lists and order alone, so a free subject far from its verb is missed. Long because all rules
//! read one sentence in one pass and share its marks.

use super::draft::{Draft, trim};
use super::lexicon::{Class, Verb};
use super::phrases;
use super::quotes::Edge;
use super::words::Text;
use std::ops::Range;

/// Sentences longer than this are lists or damage; the rest of one is not looked at.
const MAX_SENTENCE: usize = 300;
/// How far behind a verb its clause may begin: `said in an interview on Friday that`.
const MAX_DELAY: usize = 14;
/// How many sentences a quotation may run on.
const MAX_RUN: usize = 12;

/// The drafts of a report, in order of their cues.
pub(super) fn drafts(text: &Text) -> Vec<Draft> {
    let mut all: Vec<Draft> = Vec::new();
    for k in 0..text.sentences.len() {
        let whole = text.sentences[k].clone();
        let sentence = whole.start..whole.end.min(whole.start + MAX_SENTENCE);
        let found = in_sentence(text, &sentence);
        if found.is_empty() {
            carry(text, k, &mut all);
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
        let draft = if text.quoted(i) {
            None
        } else {
            at(text, i, sentence).or_else(|| shared(text, i, sentence, found.last()))
        };
        i = draft.as_ref().map_or(i + 1, |d| d.cue[0].end.max(i + 1));
        found.extend(draft);
    }
    if found.is_empty() {
        found.extend(label(text, sentence));
    }
    part(text, &mut found);
    found
}

/// The draft whose cue begins at, or has its verb at, a word.
fn at(text: &Text, i: usize, sentence: &Range<usize>) -> Option<Draft> {
    let word = text.lower(i);
    if let Some(n) = according(text, i, sentence) {
        return by_phrase(text, i..i + n, sentence);
    }
    if text.lexicon.is_after(word) {
        let source = phrases::before(text, i, sentence.start)?;
        let rest = if source.start <= sentence.start + 1 {
            i + 1..sentence.end
        } else {
            sentence.start..source.start
        };
        return draft(text, Some(source), i..i + 1, [rest]);
    }
    if text.lexicon.is_hearsay(word) {
        return draft(text, None, i..i + 1, [sentence.start..i, i + 1..sentence.end]);
    }
    if text.lexicon.is_noun(word) && matches!(text.class(i + 1), Class::That) {
        return by_noun(text, i, sentence);
    }
    let verb = text.lexicon.verb(word)?;
    by_verb(text, i, verb, sentence)
}

/// `X confirmed S and denied T`: the second verb has the source of the first.
fn shared(text: &Text, i: usize, sentence: &Range<usize>, before: Option<&Draft>) -> Option<Draft> {
    let verb = text.lexicon.verb(text.lower(i))?;
    let cue = chain(text, i, sentence);
    let joint = cue.start.checked_sub(1).filter(|j| *j > sentence.start)?;
    let source = before?.source.first().filter(|s| s.start < joint)?.clone();
    // Only the short words for `and`: behind the others a clause of its own begins.
    let and = text.class(joint) == Class::Conjunction && text.lower(joint).chars().count() <= 3;
    let passive = cue.clone().any(|k| text.class(k) == Class::Be);
    if !and || passive || text.lexicon.is_noun(text.lower(i)) {
        return None;
    }
    let start = content_start(text, cue.end, verb, sentence.end);
    let rest = start..clause_end(text, start, sentence.end);
    draft(text, Some(source), cue, [rest])
}

/// How many words a phrase such as `according to` takes here; 0 words is none.
fn according(text: &Text, i: usize, sentence: &Range<usize>) -> Option<usize> {
    let fits =
        |p: &&Vec<String>| i + p.len() < sentence.end && (0..p.len()).all(|k| text.lower(i + k) == p[k]);
    text.lexicon.according().iter().filter(fits).map(Vec::len).max()
}

/// `according to X, T` and `T, according to X`.
fn by_phrase(text: &Text, cue: Range<usize>, sentence: &Range<usize>) -> Option<Draft> {
    let source = phrases::after(text, cue.end, sentence.end)?;
    let first = cue.start < sentence.start + 2;
    let content =
        if first { source.end..sentence.end } else { clause_start(text, sentence, cue.start)..cue.start };
    draft(text, Some(source), cue, [content])
}

/// `his claim that T`, `the ministry's warning that T`.
fn by_noun(text: &Text, i: usize, sentence: &Range<usize>) -> Option<Draft> {
    let owner = i.checked_sub(1).filter(|o| *o >= sentence.start)?;
    let source = if text.lexicon.is_possessive(text.lower(owner)) {
        owner..i
    } else if text.lower(owner) == "'s" {
        phrases::before(text, owner, sentence.start)?
    } else {
        return None;
    };
    draft(text, Some(source), i..i + 1, Some(i + 1..clause_end(text, i + 1, sentence.end)))
}

/// Where a clause that ends before `end` begins: behind the last semicolon or dash.
fn clause_start(text: &Text, sentence: &Range<usize>, end: usize) -> usize {
    let marks = |i: &usize| !text.quoted(*i) && matches!(text.raw(*i), ";" | "—" | "–");
    (sentence.start..end.saturating_sub(2)).rev().find(marks).map_or(sentence.start, |i| i + 1)
}

/// Where a clause ends that begins at `start`: at a semicolon outside quotation, else at `end`.
fn clause_end(text: &Text, start: usize, end: usize) -> usize {
    (start..end).find(|i| !text.quoted(*i) && text.is(*i, ";")).unwrap_or(end)
}

/// The words of a verb: its auxiliaries, negations and adverbs belong to it.
fn chain(text: &Text, i: usize, sentence: &Range<usize>) -> Range<usize> {
    let part = |k: usize| {
        matches!(text.class(k), Class::Aux | Class::Be | Class::Negation | Class::Adverb | Class::To)
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
    while start < i && matches!(text.class(start), Class::Adverb | Class::To) {
        start += 1;
    }
    let declined = text.lexicon.verb(text.lower(i)) == Some(Verb::Withhold) && text.class(i + 1) == Class::To;
    let acts = declined && text.lexicon.is_withheld_action(text.lower(i + 2));
    start..if acts { i + 3 } else { i + 1 }
}

fn by_verb(text: &Text, i: usize, verb: Verb, sentence: &Range<usize>) -> Option<Draft> {
    let cue = chain(text, i, sentence);
    if let Some(found) = enclitic(text, i, sentence) {
        return Some(found);
    }
    let be = cue.clone().any(|k| text.class(k) == Class::Be) && !text.lower(i).ends_with("ing");
    if be {
        return passive(text, i, verb, cue, sentence);
    }
    let helped = cue.clone().any(|k| text.class(k) == Class::Aux);
    if noun_like(text, i, &cue, sentence) || !helped && text.lexicon.is_participle(text.lower(i)) {
        return None;
    }
    let free = matches!(verb, Verb::Say | Verb::Tell | Verb::Deny | Verb::Withhold);
    if free && let Some(found) = behind(text, &cue, sentence) {
        return Some(found);
    }
    let source = phrases::before(text, cue.start, sentence.start)?;
    if text.class(source.start) == Class::Relative && source.start == sentence.start {
        return None;
    }
    let start = content_start(text, cue.end, verb, sentence.end);
    draft(text, Some(source), cue, Some(start..clause_end(text, start, sentence.end)))
}

/// French `« T », a-t-il dit`: the pronoun hangs on the auxiliary.
fn enclitic(text: &Text, i: usize, sentence: &Range<usize>) -> Option<Draft> {
    let pronoun = i.checked_sub(1).filter(|p| *p > sentence.start + 1 && text.lower(*p).starts_with('-'))?;
    let content = earlier(text, pronoun - 1, sentence);
    draft(
        text,
        Some(pronoun..i),
        i..i + 1,
        [content].into_iter().chain(quoted_runs(text, i + 1..sentence.end)),
    )
}

/// A verb's form that is a noun here: behind a determiner or preposition, or at the start.
fn noun_like(text: &Text, i: usize, cue: &Range<usize>, sentence: &Range<usize>) -> bool {
    let before = cue.start.checked_sub(1).filter(|b| *b >= sentence.start).map(|b| text.class(b));
    let noun = text.lexicon.is_noun(text.lower(i)) || text.lexicon.role(text.lower(i)).body;
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
    let subject = phrases::before(text, cue.start, sentence.start)?;
    let rest = to..clause_end(text, to, sentence.end);
    draft(text, None, cue, [subject, rest])
}

/// The content stands before: `“T,” said X`, `“T,” X said`, `T, X said on Friday.`
fn behind(text: &Text, cue: &Range<usize>, sentence: &Range<usize>) -> Option<Draft> {
    let named = inverted(text, cue, sentence).or_else(|| straight(text, cue, sentence));
    let (source, mark) = match named {
        Some((source, mark)) => (Some(source), mark),
        None => (None, dropped(text, cue, sentence)?),
    };
    let rest = source.as_ref().map_or(cue.end, |s| s.end.max(cue.end))..sentence.end;
    let content = earlier(text, mark, sentence);
    let again: Vec<Range<usize>> = quoted_runs(text, rest);
    draft(text, source, cue.clone(), [content].into_iter().chain(again))
}

/// `…,” said X`: the phrase behind the verb, and where the content ends. Behind a bare comma
/// the sentence must be over with it, else `X, the minister, said Y lost` would be turned round.
fn inverted(text: &Text, cue: &Range<usize>, sentence: &Range<usize>) -> Option<(Range<usize>, usize)> {
    let mark = cue.start;
    let stops = mark.checked_sub(1).is_some_and(|m| ends_content(text, m));
    let enough = mark > sentence.start + 1 || mark == sentence.start && mark > 0 && closes_before(text, mark);
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
fn adjuncts(text: &Text, from: usize, end: usize) -> usize {
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

/// A mark that can stand between a content and its cue.
fn ends_content(text: &Text, i: usize) -> bool {
    text.words[i].quote.edge == Edge::Close
        || !text.quoted(i) && matches!(text.raw(i), "," | "?" | "!" | "—" | "–" | "-")
}

/// Whether a quotation closes right before a word that begins a sentence in lower case.
fn closes_before(text: &Text, i: usize) -> bool {
    text.words[i - 1].quote.edge == Edge::Close && text.words[i - 1].passage == text.words[i].passage
}

/// The content that ends before `end`: its clause, or the quotation as far back as it goes.
fn earlier(text: &Text, end: usize, sentence: &Range<usize>) -> Range<usize> {
    let comma = end > 1 && text.is(end - 1, ",") && text.quoted(end - 2);
    if comma {
        return earlier(text, end - 1, sentence);
    }
    if end == 0 || !text.quoted(end - 1) {
        return clause_start(text, sentence, end)..end;
    }
    let mut start = clause_start(text, sentence, end).min(end - 1);
    let (passage, id) = (text.words[end - 1].passage, text.words[end - 1].quote.id);
    let floor = end.saturating_sub(MAX_SENTENCE);
    if start == end - 1 || text.words[start].quote.id == id {
        while start > floor
            && text.words[start - 1].quote.id == id
            && text.words[start - 1].passage == passage
        {
            start -= 1;
        }
    }
    start..end
}

/// The quotations in a stretch, each a run.
fn quoted_runs(text: &Text, stretch: Range<usize>) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for i in stretch {
        if !text.quoted(i) {
            continue;
        }
        match runs.last_mut() {
            Some(last) if last.end == i => last.end = i + 1,
            _ => runs.push(i..i + 1),
        }
    }
    runs
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

/// `Minister: T` in a passage of one line, and `T: minister`.
fn label(text: &Text, sentence: &Range<usize>) -> Option<Draft> {
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
    fits.then(|| draft(text, Some(source), colon..colon + 1, Some(colon + 1..sentence.end)))?
}

/// Joins runs to a draft; none if nothing is left of the content.
fn draft(
    text: &Text,
    source: Option<Range<usize>>,
    cue: Range<usize>,
    content: impl IntoIterator<Item = Range<usize>>,
) -> Option<Draft> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for run in content {
        for piece in without(&run, &[Some(&cue), source.as_ref()]) {
            runs.extend(trim(text, piece));
        }
    }
    let worded = runs.iter().any(|r| r.clone().any(|i| text.class(i) != Class::Mark));
    let source = source.into_iter().collect();
    worded.then(|| Draft { source, cue: vec![cue], content: runs, score: 1.0 })
}

/// A run without the words of others.
fn without(run: &Range<usize>, others: &[Option<&Range<usize>>]) -> Vec<Range<usize>> {
    let mut pieces = vec![run.clone()];
    for other in others.iter().flatten() {
        pieces = pieces
            .into_iter()
            .flat_map(|p| [p.start..p.end.min(other.start), p.start.max(other.end)..p.end])
            .filter(|p| p.start < p.end)
            .collect();
    }
    pieces.dedup();
    pieces
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

/// A sentence wholly in quotation marks goes on with the last statement, or with the line
/// that announced it by a colon.
fn carry(text: &Text, k: usize, all: &mut [Draft]) {
    let sentence = text.sentences[k].clone();
    let n_quoted = sentence.clone().filter(|i| text.quoted(*i)).count();
    if n_quoted * 10 < sentence.len() * 9 || sentence.len() < 3 {
        return;
    }
    let Some(last) = all.last_mut() else { return };
    let Some(end) = last.content.iter().chain(&last.cue).map(|r| r.end).max() else { return };
    let from = text.words[end - 1].sentence as usize;
    let announced = text.is(text.sentences[from].end - 1, ":");
    let same = text.words[end - 1].passage == text.words[sentence.start].passage;
    let runs_on = last.content.last().is_some_and(|r| text.quoted(r.end - 1));
    if k - from > 1 || last.content.len() > MAX_RUN || !(same && runs_on || announced) {
        return;
    }
    match last.content.last_mut() {
        Some(run) if run.end == sentence.start => run.end = sentence.end,
        _ => last.content.push(sentence),
    }
}
