//! Report -> [`Segments`]: passages, sentences, tokens, as spans of the body.
//!
//! Tokens are in order, do not overlap, and between them stands only white space, so they
//! rejoin to the text. This stage knows no meaning: no names, no numbers' values.

pub mod rarity;
mod sentences;
mod tokens;

pub use rarity::Rarity;

use crate::model::{Report, Span};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A report cut into its parts, largest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Segments {
    /// Paragraphs and headlines, in order.
    pub passages: Vec<Passage>,
    /// All sentences, in order.
    pub sentences: Vec<Sentence>,
    /// All tokens, in order.
    pub tokens: Vec<Token>,
}

/// A paragraph, headline or subhead: lines that belong together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Passage {
    /// Where it stands.
    pub span: Span,
    /// Its sentences, as indices into [`Segments::sentences`].
    pub sentences: Range<u32>,
}

/// A sentence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sentence {
    /// Where it stands.
    pub span: Span,
    /// Its tokens, as indices into [`Segments::tokens`].
    pub tokens: Range<u32>,
    /// Its passage, as an index into [`Segments::passages`].
    pub passage: u32,
}

/// A word, number, mark or symbol.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TokenKind {
    /// Letters, with inner apostrophes and hyphens; abbreviations with their full stop.
    Word,
    /// Digits, with inner separators: `10,000`, `3.5`, `1-2` is three tokens.
    Number,
    /// Punctuation and quotation marks, one each.
    Mark,
    /// Anything else: currency, percent, emoji.
    Symbol,
}

impl Segments {
    /// The tokens of a sentence.
    pub fn tokens_of(&self, sentence: &Sentence) -> &[Token] {
        &self.tokens[sentence.tokens.start as usize..sentence.tokens.end as usize]
    }

    /// The sentences of a passage.
    pub fn sentences_of(&self, passage: &Passage) -> &[Sentence] {
        &self.sentences[passage.sentences.start as usize..passage.sentences.end as usize]
    }

    /// The index of the sentence that holds a byte position, or the last one before it.
    pub fn sentence_at(&self, position: u32) -> Option<usize> {
        self.sentences.partition_point(|s| s.span.start <= position).checked_sub(1)
    }

    /// The index of the first token that starts at or after a byte position.
    pub fn token_from(&self, position: u32) -> usize {
        self.tokens.partition_point(|t| t.span.start < position)
    }
}

/// Cuts a report's body into passages, sentences and tokens.
///
/// ```
/// # use stemma::model::{Lang, RawReport};
/// let raw = RawReport { text: "One here. Two there!\n\nThree.".into(), ..RawReport::default() };
/// let segments = stemma::segment::segment(&stemma::clean::clean(raw));
/// assert_eq!((segments.passages.len(), segments.sentences.len(), segments.tokens.len()), (2, 3, 8));
/// ```
pub fn segment(report: &Report) -> Segments {
    let body = &report.body;
    let mut parts = Segments::default();
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        let text = line.trim();
        at += line.len();
        if !text.is_empty() {
            passage(report, Span::new(start, start + text.len()), &mut parts);
        }
    }
    parts
}

/// Cuts one passage: tokens first, then sentences over them.
fn passage(report: &Report, span: Span, parts: &mut Segments) {
    let first_token = parts.tokens.len();
    let first_sentence = parts.sentences.len() as u32;
    let mut from = span.start;
    let inner = report.glued.iter().copied().filter(|g| span.start < *g && *g < span.end);
    for to in inner.chain([span.end]) {
        let piece = Span { start: from, end: to };
        tokens::tokens(piece.of(&report.body), from as usize, &mut parts.tokens);
        from = to;
    }
    split(report, first_token, parts);
    let sentences = first_sentence..parts.sentences.len() as u32;
    parts.passages.push(Passage { span, sentences });
}

/// Closes a sentence after each end, keeping closing marks with it.
fn split(report: &Report, first_token: usize, parts: &mut Segments) {
    let body = &report.body;
    let passage = parts.passages.len() as u32;
    let mut start = first_token;
    let mut i = first_token;
    while i < parts.tokens.len() {
        let glued =
            parts.tokens.get(i + 1).is_some_and(|n| report.glued.binary_search(&n.span.start).is_ok());
        let mut end = i + 1;
        if glued || sentences::ends(report.lang, body, &parts.tokens, i) {
            while parts.tokens.get(end).is_some_and(|t| {
                t.span.start == parts.tokens[end - 1].span.end && sentences::is_closing(t.span.of(body))
            }) {
                end += 1;
            }
            close(start, end, passage, parts);
            start = end;
        }
        i = end;
    }
    if start < parts.tokens.len() {
        close(start, parts.tokens.len(), passage, parts);
    }
}

fn close(start: usize, end: usize, passage: u32, parts: &mut Segments) {
    let span = parts.tokens[start].span.cover(&parts.tokens[end - 1].span);
    parts.sentences.push(Sentence { span, tokens: start as u32..end as u32, passage });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::clean;
    use crate::model::RawReport;

    /// Sentences joined by `|`.
    fn check(text: &str, sentences: &str) {
        let report = clean(RawReport { text: text.into(), ..RawReport::default() });
        let parts = segment(&report);
        let found: Vec<&str> = parts.sentences.iter().map(|s| s.span.of(&report.body)).collect();
        assert_eq!(found.join("|"), sentences);
    }

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        check("Mr. Ode left. He paid 3.5 million.", "Mr. Ode left.|He paid 3.5 million.");
        check("“We go.” They went.", "“We go.”|They went.");
        check(
            "The U.S. army and J. R. Mena met on Jan. 5 at 5 p.m. in Loria.",
            "The U.S. army and J. R. Mena met on Jan. 5 at 5 p.m. in Loria.",
        );
        check("Ele chegou. \"Não\", disse.", "Ele chegou.|\"Não\", disse.");
        check("会议开始了。他们走了。", "会议开始了。|他们走了。");
        check(
            "Der Bericht soll bis zum 30. Juli fertig sein. Er war 30. Dann ging der Mann am 3. Mai nach Loria.",
            "Der Bericht soll bis zum 30. Juli fertig sein.|Er war 30.|Dann ging der Mann am 3. Mai nach Loria.",
        );
    }
}
