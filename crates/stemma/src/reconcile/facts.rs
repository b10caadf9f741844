//! Stretches -> [`Part`]s: each number with the words about it, and what else the stretch tells.
//!
//! "Two people were killed and 14 injured when a ferry collided with a freighter" tells three
//! things: two numbers, each to be held against that number elsewhere, and a collision.

use super::clauses::{parts as mark_parts, trimmed};
use super::held::Held;
use crate::Analysis;
use crate::extract::tables::{ByLang, by_lang};
use crate::model::{Lang, Span};
use crate::segment::{Token, TokenKind};
use std::sync::LazyLock;

/// Words before and after a number that are about it; a wider window takes in other matter.
const ABOUT: (usize, usize) = (6, 8);

/// Words outside the windows of all numbers from which the rest of a stretch tells something of its own.
const LEAST_REST: usize = 5;

/// A stretch that becomes a clause.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Part {
    /// Where it stands.
    pub span: Span,
    /// The index of the report's quantity that it is about.
    pub quantity: Option<u32>,
    /// Whether it is a stretch whose numbers are parts of their own.
    pub rest: bool,
    /// For a number, the stretch as far as the numbers beside it: what it counts may be told further off
    /// than the words about it, "the number of people killed by this week's flood has risen to nine".
    pub reach: Span,
}

/// Cuts a stretch: one part a number, then the whole if it tells enough besides.
pub(super) fn parts(held: Held, stretch: Span) -> Vec<Part> {
    let report = held.report;
    let quantities = held.quantities_in(stretch);
    let segments = &report.segments;
    let tokens = &segments.tokens[segments.token_from(stretch.start)..segments.token_from(stretch.end)];
    let (mut found, mut covered) = (Vec::new(), vec![false; tokens.len()]);
    for (i, &quantity) in quantities.iter().enumerate() {
        let number = |i: usize| report.extracts.quantities[quantities[i] as usize].number;
        let from = i.checked_sub(1).map_or(0, |p| between(report, tokens, number(p), number(i)));
        let to = if i + 1 < quantities.len() {
            between(report, tokens, number(i), number(i + 1))
        } else {
            tokens.len()
        };
        let window = window(tokens, from, to, number(i));
        covered[window.clone()].fill(true);
        if let Some(span) = trimmed(&tokens[window]) {
            let reach = trimmed(&tokens[from..to]).unwrap_or(span);
            found.push(Part { span, quantity: Some(quantity), rest: false, reach });
        }
    }
    let is_word = |t: &Token| t.kind != TokenKind::Mark;
    let outside = tokens.iter().zip(&covered).filter(|(t, c)| is_word(t) && !**c).count();
    if found.is_empty() || outside >= LEAST_REST {
        found.push(Part { span: stretch, quantity: None, rest: !found.is_empty(), reach: stretch });
    }
    found
}

/// The tokens about a number, within bounds.
fn window(tokens: &[Token], from: usize, to: usize, number: Span) -> std::ops::Range<usize> {
    let is_word = |t: &Token| t.kind != TokenKind::Mark;
    let first = tokens.partition_point(|t| t.span.start < number.start).clamp(from, to);
    let last = tokens.partition_point(|t| t.span.start < number.end).clamp(first, to);
    let (mut start, mut n_words) = (first, 0);
    while start > from && n_words < ABOUT.0 {
        start -= 1;
        n_words += usize::from(is_word(&tokens[start]));
    }
    let (mut end, mut n_words) = (last, 0);
    while end < to && n_words < ABOUT.1 {
        n_words += usize::from(is_word(&tokens[end]));
        end += 1;
    }
    start..end
}

/// The token where the matter of one number ends and that of the next begins: behind the last mark or
/// joining word between them, else at the next number.
fn between(report: &Analysis, tokens: &[Token], a: Span, b: Span) -> usize {
    let from = tokens.partition_point(|t| t.span.start < a.end);
    let to = tokens.partition_point(|t| t.span.start < b.start).max(from);
    let body = &report.report.body;
    let cut = (from..to).rev().find(|&i| {
        let token = tokens[i].span.of(body);
        mark_parts(token) || joins(report.report.lang, &token.to_lowercase())
    });
    cut.map_or(to, |i| i + 1)
}

/// Words that join clauses, by language. The table stands in `joining.tsv`.
static JOINING: LazyLock<ByLang> = LazyLock::new(|| by_lang(include_str!("joining.tsv"), ' '));

/// Whether a word, in small letters, joins clauses.
pub(super) fn joins(lang: Lang, word: &str) -> bool {
    JOINING.get(lang.code()).is_some_and(|words| words.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::super::held::BySentence;
    use super::*;
    use crate::model::RawReport;

    /// Parts joined by `|`.
    fn check(lang: &str, text: &str, expected: &str) {
        let raw = RawReport { text: text.to_owned(), lang: Some(Lang::parse(lang)), ..RawReport::default() };
        let report = crate::analyse(raw);
        let whole = report.segments.sentences[0].span;
        let values = BySentence::of(&report);
        let found = parts(values.sentence(0), whole);
        let found: Vec<&str> = found.iter().map(|p| report.report.words(p.span)).collect();
        assert_eq!(found.join("|"), expected);
    }

    #[test]
    fn each_number_has_its_words_and_the_rest_is_told_apart() {
        check("en", "More than 200 passengers were on board", "More than 200 passengers were on board");
        check(
            "en",
            "Two people were killed and 14 passengers hurt when a ferry ran into a freighter in fog outside the harbour",
            "Two people were killed and|14 passengers hurt when a ferry ran into a|\
             Two people were killed and 14 passengers hurt when a ferry ran into a freighter in fog outside the harbour",
        );
        check(
            "de",
            "Drei Menschen starben und neun Menschen wurden verletzt",
            "Drei Menschen starben und|neun Menschen wurden verletzt",
        );
    }

    #[test]
    fn the_table_loads() {
        assert!(JOINING.len() >= 8 && JOINING.values().all(|w| w.len() > 1));
    }
}
