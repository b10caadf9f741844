//! Languages whose finite verb stands second and whose other verbs stand last (German): words ->
//! drafts.
//!
//! A clause is what stands between two marks. The cue is its finite verb with the particle,
//! participle or infinitive at its end; the subject stands before it or behind it; what is said
//! stands in the clauses around or, as an object, between the two halves. Where forms do not tell
//! cases apart, order decides, so a dative that looks like a nominative is taken for the subject.

use super::super::draft::Draft;
use super::super::lexicon::{Class, List, Verb};
use super::super::nominal::{is_noun, noun_phrase};
use super::super::words::Text;
use super::content::{
    announced, clause_end, closes_before, divides, draft, earlier, ends_content, quoted_runs,
};
use super::fields::{STEPS, is_dative, is_object, is_subject, past_phrase, subject, with_apposition};
use std::ops::Range;

/// Longest insertion between a subject and its verb, in words.
const INSERTION: usize = 16;

/// The draft whose cue has its last or finite verb at a word; `before` lends its source to a verb
/// that is joined to it by `und`.
pub(super) fn at(text: &Text, i: usize, sentence: &Range<usize>, before: Option<&Draft>) -> Option<Draft> {
    if text.lexicon.is(List::Incise, text.lower(i)) {
        return incise(text, i, sentence);
    }
    let clause = clause(text, i, sentence);
    if text.lexicon.is(List::Impersonal, text.lower(i)) && text.lower(i + 1) == "es" {
        return impersonal(text, i, &clause, sentence);
    }
    let saying = brackets(text, i, &clause)?;
    let telling = Telling { text, sentence, clause, saying };
    if telling.saying.last { telling.subordinate() } else { telling.main(before) }
}

/// The words around a word up to the next marks, or up to `und` with a verb behind it.
fn clause(text: &Text, i: usize, sentence: &Range<usize>) -> Range<usize> {
    let joint =
        |k: usize| text.class(k) == Class::Conjunction && k + 1 < sentence.end && is_finite(text, k + 1);
    let starts = |k: &usize| divides(text, *k) || joint(*k) && *k + 1 == i;
    let start = (sentence.start..i).rev().find(starts).map_or(sentence.start, |k| k + 1);
    let stop = |k: &usize| divides(text, *k) || joint(*k) || *k + 1 == sentence.end && text.is(*k, ".");
    let end = (i + 1..sentence.end).find(stop).unwrap_or(sentence.end);
    start..end
}

/// Whether a word may be a finite verb of saying or an auxiliary.
fn is_finite(text: &Text, i: usize) -> bool {
    let word = text.lower(i);
    let verbs = &text.lexicon.verbs;
    let says = verbs.plain(word).is_some() && !verbs.is_participle(word);
    let with = !verbs.particles(word).is_empty() || !verbs.prepositions(word).is_empty();
    !text.words[i].capital && (matches!(text.class(i), Class::Aux | Class::Be) || says || with)
}

/// A verb of saying in its clause.
struct Saying {
    verb: Verb,
    /// The finite verb; where it stands last, the first of the verbs.
    left: usize,
    /// The rest of the verb at the end of the clause, or nothing.
    right: Range<usize>,
    /// Whether all of it stands last.
    last: bool,
    /// The preposition that its object needs.
    preposition: Option<usize>,
}

/// The two halves of the verb that has a half at a word.
fn brackets(text: &Text, i: usize, clause: &Range<usize>) -> Option<Saying> {
    let (word, verbs) = (text.lower(i), &text.lexicon.verbs);
    let none = || i + 1..i + 1;
    let is_aux = |k: usize| matches!(text.class(k), Class::Aux | Class::Be) && !text.quoted(k);
    let ends = i + 1 == clause.end;
    if text.words[i].capital {
        return None;
    }
    let said = verbs.plain(word).or_else(|| verbs.infinitive(word));
    let state = text.lexicon.is(List::State, word);
    if (said.is_some() || state) && ends && !opens_subordinate(text, clause) {
        let aux = (clause.start..i).find(|k| is_aux(*k));
        if let Some(left) = aux {
            let passive = text.class(left) == Class::Be && !state;
            // `will verkünden` is a plan; `wollte nicht sagen` and `kann sagen, dass` tell.
            let has = text.lower(left).starts_with("ha") || text.lower(left).starts_with("hä");
            let denied = clause.clone().any(|k| text.class(k) == Class::Negation);
            let plan = !has && !state && !denied && text.class(i + 2) != Class::That;
            let saying = Saying {
                verb: said.unwrap_or(Verb::Say),
                left,
                right: i..i + 1,
                last: false,
                preposition: None,
            };
            return (!passive && !plan).then_some(saying);
        }
    }
    if let Some(verb) = said.filter(|_| opens_subordinate(text, clause)) {
        let helped = i + 2 == clause.end && text.class(i + 1) == Class::Aux;
        let right = if helped { i + 1..i + 2 } else { none() };
        let whole = Saying { verb, left: i, right, last: true, preposition: None };
        return (helped || ends && !verbs.is_participle(word)).then_some(whole);
    }
    let modifies =
        |k: usize| matches!(text.class(k), Class::Determiner | Class::Genitive | Class::Preposition);
    if i > clause.start && modifies(i - 1) {
        return None;
    }
    let finite = |verb, right, preposition| Saying { verb, left: i, right, last: false, preposition };
    let particle =
        verbs.particles(word).iter().find(|p| i + 1 < clause.end && text.lower(clause.end - 1) == p.0);
    if let Some((_, verb)) = particle {
        return Some(finite(*verb, clause.end - 1..clause.end, None));
    }
    let governed = verbs.prepositions(word).iter();
    let mut governed =
        governed.filter_map(|p| Some(((i + 1..clause.end).find(|k| text.lower(*k) == p.0)?, p.1)));
    if let Some((at, verb)) = governed.next() {
        return Some(finite(verb, none(), Some(at)));
    }
    verbs.plain(word).filter(|_| !verbs.is_participle(word)).map(|verb| finite(verb, none(), None))
}

/// Whether a clause begins with a word that puts its verb last.
fn opens_subordinate(text: &Text, clause: &Range<usize>) -> bool {
    let first = clause.start;
    let relative = first > 0 && text.is(first - 1, ",") && text.class(first) == Class::Determiner;
    let verb = |k: usize| is_finite(text, k) || text.class(k) == Class::Word && is_noun(text, k);
    text.lexicon.is(List::Subordinate, text.lower(first))
        || matches!(text.class(first), Class::That | Class::Relative)
        || relative && first + 1 < clause.end && !verb(first + 1) && !is_phrase(text, first, clause.end)
}

/// Whether a noun phrase begins at a determiner, as against a relative clause.
fn is_phrase(text: &Text, at: usize, end: usize) -> bool {
    noun_phrase(text, at, end).is_some_and(|np| np.len() > 1)
}

struct Telling<'t> {
    text: &'t Text<'t>,
    sentence: &'t Range<usize>,
    clause: Range<usize>,
    saying: Saying,
}

impl Telling<'_> {
    /// `nachdem X gesagt hatte, T` and `wie X sagte`.
    fn subordinate(&self) -> Option<Draft> {
        let (text, clause, saying) = (self.text, &self.clause, &self.saying);
        let first = clause.start;
        let relative = matches!(text.class(first), Class::Relative | Class::Determiner);
        let source = if relative { first..first + 1 } else { subject(text, first + 1, saying.left)? };
        let verb = saying.left..saying.right.end.max(saying.left + 1);
        let manner = text.lexicon.manner.iter().any(|p| p[0] == text.lower(first));
        if !manner {
            let from = self.behind_comma()?;
            return draft(text, Some(source), [verb], [from..clause_end(text, from, self.sentence.end)]);
        }
        let content = if first <= self.sentence.start + 1 {
            clause.end + 1..self.sentence.end
        } else {
            earlier(text, first, self.sentence)
        };
        draft(text, Some(source), [first..first + 1, verb], [content])
    }

    /// The verb stands second, or first behind what is said.
    fn main(&self, before: Option<&Draft>) -> Option<Draft> {
        let (text, left) = (self.text, self.saying.left);
        let mut front = self.clause.start..left;
        while front.start < front.end && matches!(text.class(front.start), Class::Conjunction | Class::Adverb)
        {
            front.start += 1;
        }
        let inner = left + 1..self.inner_end();
        if front.is_empty() && self.clause.start == left && self.joined() {
            let source = before?.source.first()?.clone();
            return self.with(Some(source), &inner, None);
        }
        if front.is_empty() {
            return self.first(&inner);
        }
        if is_subject(text, &front) {
            return self.with(Some(front), &inner, None);
        }
        let source = subject(text, inner.start, inner.end)?;
        let object = is_object(text, &front).then_some(front);
        self.with(Some(source), &inner, object)
    }

    fn joined(&self) -> bool {
        let start = self.clause.start;
        start > self.sentence.start && self.text.class(start - 1) == Class::Conjunction
    }

    /// Where what stands between the halves of the verb ends.
    fn inner_end(&self) -> usize {
        if self.saying.right.is_empty() { self.clause.end } else { self.saying.right.start }
    }

    /// `T, sagte X` and `X, der Y, sagte`: the verb stands first in its clause.
    fn first(&self, inner: &Range<usize>) -> Option<Draft> {
        let (text, left) = (self.text, self.saying.left);
        let source =
            subject(text, inner.start, inner.end).map(|s| with_apposition(text, s, self.sentence.end));
        let Some(source) = source else {
            return self.with(Some(self.before_insertion()?), inner, None);
        };
        let told = matches!(text.raw(self.clause.end), ":") && self.clause.end < self.sentence.end;
        if told {
            return self.with(Some(source), inner, None);
        }
        let behind = left > self.sentence.start + 1 && ends_content(text, left - 1)
            || left == self.sentence.start && left > 0 && closes_before(text, left);
        if !behind {
            return None;
        }
        let content = earlier(text, left, self.sentence);
        let rest = self.clause.end.max(source.end);
        let more = continued(text, &content, rest, self.sentence);
        draft(text, Some(source), self.cue(inner, None), [content].into_iter().chain(more))
    }

    /// The subject before an insertion between commas that ends where the clause begins.
    fn before_insertion(&self) -> Option<Range<usize>> {
        let (text, close) = (self.text, self.clause.start.checked_sub(1)?);
        if !text.is(close, ",") {
            return None;
        }
        let floor = self.sentence.start.max(close.saturating_sub(INSERTION));
        let open = (floor..close).rev().find(|k| text.is(*k, ",") && !text.quoted(*k))?;
        let start = (self.sentence.start..open).rev().find(|k| divides(text, *k));
        let front = start.map_or(self.sentence.start, |k| k + 1)..open;
        is_subject(text, &front).then_some(front.start..close)
    }

    /// With its source: what stands behind a comma or colon, or as an object inside.
    fn with(
        &self,
        source: Option<Range<usize>>,
        inner: &Range<usize>,
        front: Option<Range<usize>>,
    ) -> Option<Draft> {
        let (text, end) = (self.text, self.clause.end);
        let object = self.object(source.as_ref(), inner);
        let cue = self.cue(inner, source.as_ref());
        if text.is(end, ":") && end < self.sentence.end {
            return draft(text, source, cue, [announced(text, end + 1, self.sentence)]);
        }
        let clause = self.behind_comma().map(|from| from..clause_end(text, from, self.sentence.end));
        let content = match (clause, object) {
            (Some(clause), Some(object)) if self.saying.verb == Verb::Act => object.start..clause.end,
            (Some(clause), Some(object)) if self.saying.preposition.is_some() => {
                let that = text.lexicon.is(List::Subordinate, text.lower(clause.start));
                object.start..if that { clause.end } else { object.end }
            }
            (Some(clause), _) => clause,
            (None, Some(object)) => object,
            (None, None) => front?,
        };
        draft(text, source, cue, [content])
    }

    /// Where a clause of content begins behind the clause's comma.
    fn behind_comma(&self) -> Option<usize> {
        let (text, end) = (self.text, self.clause.end);
        let opens = end + 1 < self.sentence.end && text.is(end, ",");
        let goes_on = text.class(end + 1) == Class::Conjunction
            && !text.lexicon.is(List::Subordinate, text.lower(end + 1));
        (opens && !goes_on).then_some(end + 1)
    }

    /// What is told as an object: behind hearers, days and adverbs, up to the end of the clause.
    fn object(&self, source: Option<&Range<usize>>, inner: &Range<usize>) -> Option<Range<usize>> {
        let text = self.text;
        let inside = source.filter(|s| s.start >= inner.start && s.end <= inner.end);
        let mut end = inner.end;
        while end > inner.start
            && !text.quoted(end - 1)
            && matches!(text.class(end - 1), Class::Negation | Class::Adverb)
        {
            end -= 1;
        }
        if let Some(at) = self.saying.preposition {
            return (at < end).then_some(at..end);
        }
        let mut at = inside.map_or(inner.start, |s| s.end);
        for _ in 0..STEPS {
            at = match text.class(at) {
                _ if at >= end => return None,
                _ if text.quoted(at) => break,
                Class::Adverb | Class::Time | Class::Negation | Class::Pronoun => at + 1,
                Class::Preposition | Class::To => past_phrase(text, at, end),
                Class::Determiner if is_dative(text, at) => past_phrase(text, at, end),
                _ => break,
            };
        }
        let light =
            matches!(text.class(at), Class::Determiner | Class::Number | Class::Word) || text.quoted(at);
        (at < end && light).then_some(at..end)
    }

    /// The words of the verb: both halves, with a negation at the end of the clause.
    fn cue(&self, inner: &Range<usize>, source: Option<&Range<usize>>) -> Vec<Range<usize>> {
        let (text, saying) = (self.text, &self.saying);
        let light = |k: usize| matches!(text.class(k), Class::Pronoun | Class::Adverb | Class::Negation);
        let inside = source.is_some_and(|s| s.start >= inner.start);
        if !saying.right.is_empty() && !inside && inner.clone().all(light) {
            return vec![saying.left..saying.right.end];
        }
        let mut cue = vec![saying.left..saying.left + 1];
        let negation = inner.clone().rev().find(|k| text.class(*k) == Class::Negation && !text.quoted(*k));
        for run in negation.map(|k| k..k + 1).into_iter().chain([saying.right.clone()]) {
            match cue.last_mut() {
                Some(last) if last.end == run.start => last.end = run.end,
                _ if run.is_empty() => {}
                _ => cue.push(run),
            }
        }
        cue
    }
}

/// What goes on behind an insertion: quotations, or the rest of a clause that it splits.
fn continued(text: &Text, before: &Range<usize>, rest: usize, sentence: &Range<usize>) -> Vec<Range<usize>> {
    if before.clone().any(|i| text.quoted(i)) {
        return quoted_runs(text, rest..sentence.end);
    }
    let next = rest + 1;
    let verb = next < sentence.end
        && text.is(rest, ",")
        && !text.words[next].capital
        && matches!(text.class(next), Class::Aux | Class::Be | Class::Word | Class::Negation);
    if verb { vec![next..clause_end(text, next, sentence.end)] } else { Vec::new() }
}

/// `T, so X` and `T, so X, T`.
fn incise(text: &Text, i: usize, sentence: &Range<usize>) -> Option<Draft> {
    if i <= sentence.start + 1 || !ends_content(text, i - 1) {
        return None;
    }
    let source = with_apposition(text, noun_phrase(text, i + 1, sentence.end)?, sentence.end);
    let done = source.end >= sentence.end
        || matches!(text.class(source.end), Class::Mark | Class::Preposition | Class::Time | Class::Adverb);
    let rest = (source.end..sentence.end).find(|k| divides(text, *k)).unwrap_or(sentence.end);
    let content = earlier(text, i, sentence);
    let more = continued(text, &content, rest, sentence);
    done.then(|| draft(text, Some(source), [i..i + 1], [content].into_iter().chain(more)))?
}

/// `T, heißt es in X` and `In X heißt es, T`: the source stands behind a preposition.
fn impersonal(text: &Text, i: usize, clause: &Range<usize>, sentence: &Range<usize>) -> Option<Draft> {
    let phrase = |at: usize| {
        let named = text.class(at) == Class::Preposition;
        named.then(|| noun_phrase(text, at + 1, clause.end))?.map(|np| (at, np))
    };
    let behind = phrase(i + 2);
    let front = phrase(clause.start).filter(|(_, np)| np.end <= i);
    let cue = i..behind.as_ref().map_or(i + 2, |(at, _)| at + 1);
    let source = behind.or(front.clone()).map(|(_, np)| np);
    if clause.start == i && ends_content(text, i.checked_sub(1)?) {
        let content = earlier(text, i, sentence);
        let more = continued(text, &content, clause.end, sentence);
        return draft(text, source, [cue], [content].into_iter().chain(more));
    }
    let told = matches!(text.raw(clause.end), ":" | ",") && clause.end < sentence.end;
    told.then(|| draft(text, source, [cue], [announced(text, clause.end + 1, sentence)]))?
}
