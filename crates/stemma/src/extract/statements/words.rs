//! Report and Segments -> [`Text`]: words with their class, sentence and state of quotation.
//!
//! Cuts clitics off the tokens (`he's`, `l'armée`, `a-t-il`), since a cue may end inside one.
//! Every word's span stays inside its token's span.

use super::lexicon::{Class, Lexicon, List};
use super::quotes;
use crate::model::{Report, Span};
use crate::segment::{Segments, Token, TokenKind};
use std::ops::Range;

/// A word as this stage sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// Where it stands.
    pub(super) span: Span,
    /// Where its lower-case form stands in the buffer.
    lower: (u32, u32),
    /// What a closed list tells of it.
    pub(super) class: Class,
    /// Whether it begins with a capital.
    pub(super) capital: bool,
    /// Whether it has two letters or more, all of them capital.
    pub(super) upper: bool,
    /// Its sentence.
    pub(super) sentence: u32,
    /// Its passage.
    pub(super) passage: u32,
    /// Whether it stands in quotation marks, marks included.
    pub(super) quote: quotes::Quote,
}

/// A report's words.
pub(super) struct Text<'r> {
    /// The report's body.
    pub(super) body: &'r str,
    /// The words of its language.
    pub(super) lexicon: &'static Lexicon,
    /// All words, in order.
    pub(super) words: Vec<Word>,
    /// The words of each sentence.
    pub(super) sentences: Vec<Range<usize>>,
    lower: String,
}

impl<'r> Text<'r> {
    /// The words of a report.
    pub(super) fn of(report: &'r Report, segments: &Segments, lexicon: &'static Lexicon) -> Text<'r> {
        let body = report.body.as_str();
        let mut text = Text { body, lexicon, words: Vec::new(), sentences: Vec::new(), lower: String::new() };
        for sentence in &segments.sentences {
            let first = text.words.len();
            for token in segments.tokens_of(sentence) {
                text.token(token, sentence.passage);
            }
            if text.words.len() > first {
                text.sentences.push(first..text.words.len());
            }
        }
        quotes::mark(&mut text);
        text
    }

    fn token(&mut self, token: &Token, passage: u32) {
        let words = token.span.of(self.body);
        if token.kind != TokenKind::Word || !words.contains(['\'', '’', '-']) {
            return self.doubled_mark(token, passage);
        }
        let chars = || words.char_indices();
        let start = self.lexicon.split_after.iter().find_map(|p| common(chars(), p.chars(), 0)).unwrap_or(0);
        let tail = self.lexicon.split_before.iter();
        let end = tail
            .filter_map(|p| common(chars().rev(), p.chars().rev(), words.len()))
            .find(|end| *end > start)
            .unwrap_or(words.len());
        let base = token.span.start as usize;
        for (from, to) in [(0, start), (start, end), (end, words.len())] {
            if from < to {
                self.push(Span::new(base + from, base + to), TokenKind::Word, passage);
            }
        }
    }

    /// Two single marks of quotation that touch are one double one.
    fn doubled_mark(&mut self, token: &Token, passage: u32) {
        let mark = token.span.of(self.body);
        if matches!(mark, "'" | "`" | "‘" | "’")
            && let Some(last) = self.words.last_mut()
            && last.span.end == token.span.start
            && last.span.of(self.body) == mark
        {
            last.span.end = token.span.end;
            return;
        }
        self.push(token.span, token.kind, passage);
    }

    fn push(&mut self, span: Span, kind: TokenKind, passage: u32) {
        let words = span.of(self.body);
        let from = self.lower.len() as u32;
        for c in words.chars() {
            if c == '’' { self.lower.push('\'') } else { self.lower.extend(c.to_lowercase()) }
        }
        let lower = (from, self.lower.len() as u32);
        let class = match kind {
            TokenKind::Mark | TokenKind::Symbol => Class::Mark,
            TokenKind::Number => Class::Number,
            TokenKind::Word => self.class_of(&self.lower[from as usize..]),
        };
        let capital = words.chars().next().is_some_and(char::is_uppercase);
        let upper = capital && words.chars().nth(1).is_some() && !words.chars().any(char::is_lowercase);
        let sentence = self.sentences.len() as u32;
        let quote = quotes::Quote::default();
        self.words.push(Word { span, lower, class, capital, upper, sentence, passage, quote });
    }

    /// `'s` is a verb behind a pronoun, else it joins an owner to what is owned.
    fn class_of(&self, word: &str) -> Class {
        let class = self.lexicon.class(word);
        let verb =
            self.words.last().is_none_or(|w| !matches!(w.class, Class::Word | Class::Number | Class::Time));
        if word == "'s" && class == Class::Be && !verb { Class::Genitive } else { class }
    }

    /// The lower-case form of a word, apostrophes straight; empty past the ends.
    pub(super) fn lower(&self, i: usize) -> &str {
        self.words.get(i).map_or("", |w| &self.lower[w.lower.0 as usize..w.lower.1 as usize])
    }

    /// A word as written; empty past the ends.
    pub(super) fn raw(&self, i: usize) -> &str {
        self.words.get(i).map_or("", |w| w.span.of(self.body))
    }

    /// The class of a word; a mark past the ends.
    pub(super) fn class(&self, i: usize) -> Class {
        self.words.get(i).map_or(Class::Mark, |w| w.class)
    }

    /// Whether a word is a determiner, or a preposition that is spelt like one.
    pub(super) fn is_article(&self, i: usize) -> bool {
        self.class(i) == Class::Determiner || self.lexicon.is(List::Article, self.lower(i))
    }

    /// Whether a word is the given mark.
    pub(super) fn is(&self, i: usize, mark: &str) -> bool {
        self.raw(i) == mark
    }

    /// Whether a word stands inside quotation marks.
    pub(super) fn quoted(&self, i: usize) -> bool {
        self.words.get(i).is_some_and(|w| w.quote.inside())
    }

    /// The bytes that a run of words covers.
    pub(super) fn span(&self, run: &Range<usize>) -> Span {
        let (first, last) = (self.words[run.start].span, self.words[run.end - 1].span);
        Span { start: first.start, end: last.end }
    }

    /// The words of the sentence that holds a word.
    pub(super) fn sentence_of(&self, i: usize) -> Range<usize> {
        self.sentences[self.words[i].sentence as usize].clone()
    }
}

/// Where the characters of a word stop being those of a pattern, if all of the pattern is there.
fn common(
    word: impl Iterator<Item = (usize, char)>,
    pattern: impl Iterator<Item = char>,
    from: usize,
) -> Option<usize> {
    let backward = from > 0;
    let mut word = word;
    let mut at = from;
    for expected in pattern {
        let (i, c) = word.next()?;
        let plain = if c == '’' { '\'' } else { c };
        if !plain.to_lowercase().eq(expected.to_lowercase()) {
            return None;
        }
        at = if backward { i } else { i + c.len_utf8() };
    }
    Some(at)
}
