//! Words for a body without its name -> the name: `the company`, `state media`, `the chamber`, `a
//! spokesman of X`.
//!
//! Looks for what the report itself calls so, and names nothing that it does not name.

use super::lexicon::{Class, Lexicon, List};
use super::speakers::{MAX_NAME, MEMORY, PRONOUN_REACH, ROLE_REACH, Run, Speakers};
use std::ops::Range;

/// How far behind `the operator of the dam,` the name may stand, in words.
const CALLED_REACH: usize = 8;
/// Letters of a word for a company that a compound may end with.
const COMPOUND: usize = 5;

/// Whether a word stands for a company, a union or the like.
fn is_called(lexicon: &Lexicon, word: &str) -> bool {
    lexicon.is(List::Company, word) || lexicon.is(List::Association, word)
}

impl Speakers<'_> {
    /// Which bodies are called a company, and where: `the maker X`, `its owner, X,`, `X, the maker`.
    pub(super) fn companies(&self) -> Vec<(usize, String)> {
        let text = self.text;
        let called = |i: usize| {
            let end = text.sentence_of(i).end;
            let behind = self.name_at(i + 1, end).filter(|_| self.is_company(i)).or_else(|| {
                is_called(text.lexicon, text.lower(i)).then_some(())?;
                self.behind_comma(i, end).or_else(|| self.before_comma(i))
            })?;
            Some((i, behind))
        };
        (0..text.words.len()).filter_map(called).collect()
    }

    /// A word for a company, in a language of compounds also at the end of one.
    fn is_company(&self, i: usize) -> bool {
        let (word, lexicon) = (self.text.lower(i), self.text.lexicon);
        if is_called(lexicon, word) {
            return true;
        }
        let inner = || word.char_indices().map(|c| c.0).skip(2);
        let ends = |at: usize| word.len() - at >= COMPOUND && is_called(lexicon, &word[at..]);
        lexicon.verb_second && self.text.words[i].capital && inner().any(ends)
    }

    /// The name that begins at a word.
    fn name_at(&self, at: usize, end: usize) -> Option<String> {
        let text = self.text;
        let capital = |i: &usize| *i < end && text.words[*i].capital && text.class(*i) == Class::Word;
        if !capital(&at) {
            return None;
        }
        let run = self.runs.partition_point(|r| r.words.start < at);
        if let Some(run) = self.runs.get(run).filter(|r| r.words.start == at) {
            return (!run.person).then(|| self.full(run));
        }
        // Where every noun has a capital, names go unseen.
        let words = at..(at..at + MAX_NAME).take_while(capital).last()? + 1;
        text.lexicon.verb_second.then(|| text.span(&words).of(text.body).to_string())
    }

    /// `the operator of the dam, X`.
    fn behind_comma(&self, i: usize, end: usize) -> Option<String> {
        let text = self.text;
        let joins = |k: &usize| matches!(text.class(*k), Class::Word | Class::Genitive | Class::Determiner);
        let comma = (i + 1..end.min(i + CALLED_REACH)).find(|k| !joins(k)).filter(|k| text.is(*k, ","))?;
        let run = self.runs.get(self.runs.partition_point(|r| r.words.start <= comma))?;
        let alone = run.words.start == comma + 1
            && (run.words.end >= end || text.class(run.words.end) == Class::Mark);
        (alone && !run.person && !run.media).then(|| self.full(run))
    }

    /// `X, the maker of pads`.
    fn before_comma(&self, i: usize) -> Option<String> {
        let text = self.text;
        let start = text.sentence_of(i).start.max(i.saturating_sub(ROLE_REACH));
        let comma = (start..i).rev().find(|k| !matches!(text.class(*k), Class::Word | Class::Determiner))?;
        let article = text.is(comma, ",") && text.is_article(comma + 1);
        let run = self.runs.get(self.runs.partition_point(|r| r.words.end < comma))?;
        (article && run.words.end == comma && !run.person && !run.media).then(|| self.full(run))
    }

    /// `the chamber`: the last body named before whose name has this word at one of its ends.
    pub(super) fn short(&self, source: &Range<usize>) -> Option<(String, bool)> {
        let text = self.text;
        let head = source.start + 1;
        if !text.is_article(source.start) || head + 1 != source.end {
            return None;
        }
        let word = text.lower(head);
        let end = self.runs.partition_point(|r| r.words.start < source.start);
        let ends = |r: &&Run| {
            let (first, last) = (r.words.start, r.words.end - 1);
            !r.person && last > first && (text.lower(last) == word || text.lower(first) == word)
        };
        let run = self.runs[..end].iter().rev().take(MEMORY).find(ends)?;
        Some((self.full(run), false))
    }

    /// `a spokesman of X`, `a police spokesman`, `a statement of X`: the words for X.
    pub(super) fn spoken_for(&self, source: &Range<usize>) -> Option<Range<usize>> {
        let text = self.text;
        let voice = source.clone().find(|i| text.lexicon.is(List::Voice, text.lower(*i)))?;
        let from = self.runs.partition_point(|r| r.words.end <= source.start);
        let person = self.runs[from..].iter().take_while(|r| r.words.start < source.end).any(|r| r.person);
        // `Ana Ode, spokeswoman of X`: the name is of a kind that is not known.
        let insertion = (source.start..voice).any(|i| text.class(i) == Class::Mark);
        let next = voice + 1;
        if person
            || insertion
            || next < source.end && text.words[next].capital && text.class(next) == Class::Word
        {
            return None;
        }
        let end = (next..source.end).find(|i| text.class(*i) == Class::Mark).unwrap_or(source.end);
        let body = match text.class(next) {
            Class::Genitive if next + 1 < end => next + 1..end,
            Class::Determiner if next + 1 < end && text.lexicon.verb_second => next..end,
            _ if end == next && text.lexicon.frozen => {
                let article = usize::from(text.is_article(source.start) && source.start < voice);
                let owner = usize::from(voice > source.start && text.lower(voice - 1) == "'s");
                source.start + article..voice - owner
            }
            _ => return None,
        };
        let tells = |i: usize| {
            text.words[i].capital
                || text.lexicon.role(text.lower(i)).body
                || is_called(text.lexicon, text.lower(i))
        };
        body.clone().any(tells).then_some(body)
    }

    /// `state media`: the agency that the report calls so, as in `the state news agency KCNA`. All words
    /// that say which media it is stand beside the agency's name.
    pub(super) fn described(&self, source: &Range<usize>) -> Option<(String, bool)> {
        let media = |i: usize| self.text.lexicon.role(self.text.lower(i)).media;
        let said = |i: usize| self.text.lexicon.is(List::Noun, self.text.lower(i));
        let telling = |i: &usize| !media(*i) && !said(*i) && self.text.class(*i) == Class::Word;
        let which: Vec<&str> = source.clone().filter(telling).map(|i| self.text.lower(i)).collect();
        if which.is_empty() || which.len() > MAX_NAME || !source.clone().any(media) {
            return None;
        }
        let beside = |run: &&Run| {
            let sentence = self.text.sentence_of(run.words.start);
            let from = run.words.start.saturating_sub(ROLE_REACH).max(sentence.start);
            let near = || {
                (from..run.words.start).chain(run.words.end..(run.words.end + ROLE_REACH).min(sentence.end))
            };
            near().any(media) && which.iter().all(|word| near().any(|i| self.text.lower(i) == *word))
        };
        let run = self.runs.iter().filter(|r| r.media).take(MEMORY).find(beside)?;
        Some((self.full(run), false))
    }

    /// `the company`: the body that was last called one, else of those named in the sentences before the one
    /// that the report names most.
    pub(super) fn company(&self, source: &Range<usize>) -> Option<(String, bool)> {
        let article = self.text.is_article(source.start);
        let head = source.start + usize::from(article);
        if !article || head + 1 != source.end || !is_called(self.text.lexicon, self.text.lower(head)) {
            return None;
        }
        let before = self.called.partition_point(|c| c.0 < source.start);
        let association = |i: usize| self.text.lexicon.is(List::Association, self.text.lower(i));
        // A group is no union.
        let alike = |c: &&(usize, String)| association(c.0) == association(head);
        if let Some((_, name)) = self.called[..before].iter().rev().take(MEMORY).find(alike) {
            return Some((name.clone(), false));
        }
        let end = self.runs.partition_point(|r| r.words.start < source.start);
        let sentence = |i: usize| self.text.words[i].sentence;
        let near = |r: &&Run| sentence(source.start).saturating_sub(sentence(r.words.start)) <= PRONOUN_REACH;
        let fits = |r: &&Run| !r.person && !r.place && !r.media;
        let before = self.runs[..end].iter().rev().take(MEMORY).filter(near).filter(fits);
        // What stands behind prepositions is where things are, not who does them.
        let acts = |o: &Run| {
            let from = o.words.start
                - o.words.start.min(1) * usize::from(self.text.is_article(o.words.start.max(1) - 1));
            from == 0
                || !matches!(self.text.class(from - 1), Class::Preposition | Class::To | Class::Genitive)
        };
        let times = |r: &Run| self.runs.iter().take(MEMORY).filter(|o| o.name == r.name && acts(o)).count();
        let run = before.max_by_key(|r| (times(r), r.words.start)).filter(|r| times(r) > 0)?;
        Some((self.full(run), false))
    }
}
