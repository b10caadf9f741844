//! Two reports side by side: aligned sentences in order, and the words that differ in each pair.
//!
//! Measures the pair anew with `compare`; if that finds no likeness, sentences stand unpaired.
//! Words are set against each other only within one language.

use super::Ledger;
use crate::Analysis;
use crate::compare::{Aligned, compare};
use crate::model::{ReportId, Span};
use crate::pile::Held;
use crate::segment::{Token, TokenKind};
use similar::{Algorithm, DiffTag, capture_diff_slices};

/// Above this many tokens on one side, the words of a pair are not set against each other.
///
/// Trades marks in monstrous sentences (no writer's) against time, which grows with the
/// product of length and difference.
const MAX_TOKENS: usize = 2_000;

/// Two reports, sentence by sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Collation {
    /// Probability that one is made from the other or both from a third, 0..=1; none if unlike.
    pub copying: Option<f32>,
    /// Pairs and lone sentences, in order.
    pub rows: Vec<Row>,
}

/// One line of a collation: at least one side is there.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The first report's.
    pub a: Option<Side>,
    /// The second report's.
    pub b: Option<Side>,
    /// How alike, 0..=1, for a pair.
    pub score: Option<f32>,
}

/// What one report has in a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// One sentence or a few.
    pub span: Span,
    /// Words in it that the other side has not, in order, neighbours joined.
    pub differs: Vec<Span>,
}

impl Ledger {
    /// Sets two reports side by side; none if either is not in the ledger.
    pub fn collate(&self, a: ReportId, b: ReportId) -> Option<Collation> {
        Some(collate(self.report(a)?, self.report(b)?))
    }
}

/// Sets two reports side by side.
pub fn collate(a: &Analysis, b: &Analysis) -> Collation {
    let Ok(found) = compare(&Held::new(&[a, b]));
    let found = found.into_iter().next();
    let Some(likeness) = found.filter(|_| a.report.id != b.report.id) else {
        return Collation { copying: None, rows: rows(a, b, &[]) };
    };
    let turned = b.report.id < a.report.id;
    let mut aligned: Vec<Aligned> = (likeness.alignment.into_iter())
        .map(|x| if turned { Aligned { a: x.b, b: x.a, score: x.score } } else { x })
        .collect();
    aligned.sort_by_key(|x| (x.a, x.b));
    Collation { copying: Some(likeness.copying), rows: rows(a, b, &aligned) }
}

/// Pairs in the first report's order; lone sentences where they stand, the first report's first.
fn rows(a: &Analysis, b: &Analysis, aligned: &[Aligned]) -> Vec<Row> {
    let mut rows = Vec::new();
    let lone_a = lone(a, aligned.iter().map(|x| x.a).collect());
    let lone_b = lone(b, aligned.iter().map(|x| x.b).collect());
    let (mut next_a, mut next_b) = (0, 0);
    let ends = aligned.iter().map(|x| (x.a.start, x.b.start, Some(x)));
    for (to_a, to_b, pair) in ends.chain([(u32::MAX, u32::MAX, None)]) {
        while let Some(span) = lone_a.get(next_a).filter(|s| s.start < to_a) {
            rows.push(Row { a: Some(Side { span: *span, differs: Vec::new() }), b: None, score: None });
            next_a += 1;
        }
        while let Some(span) = lone_b.get(next_b).filter(|s| s.start < to_b) {
            rows.push(Row { a: None, b: Some(Side { span: *span, differs: Vec::new() }), score: None });
            next_b += 1;
        }
        rows.extend(pair.map(|x| paired(a, b, x)));
    }
    rows
}

/// The sentences that no aligned span touches.
fn lone(report: &Analysis, mut aligned: Vec<Span>) -> Vec<Span> {
    aligned.sort_unstable();
    let mut reach = 0;
    let mut i = 0;
    let mut found = Vec::new();
    for sentence in &report.segments.sentences {
        while let Some(span) = aligned.get(i).filter(|s| s.start < sentence.span.end) {
            reach = reach.max(span.end);
            i += 1;
        }
        if reach <= sentence.span.start {
            found.push(sentence.span);
        }
    }
    found
}

fn paired(a: &Analysis, b: &Analysis, pair: &Aligned) -> Row {
    let (left, right) = (tokens(a, pair.a), tokens(b, pair.b));
    let (mut in_a, mut in_b) = (Vec::new(), Vec::new());
    let same_language = a.report.lang == b.report.lang;
    if same_language && left.len() <= MAX_TOKENS && right.len() <= MAX_TOKENS {
        let words_a: Vec<String> = left.iter().map(|t| folded(t.span.of(&a.report.body))).collect();
        let words_b: Vec<String> = right.iter().map(|t| folded(t.span.of(&b.report.body))).collect();
        for change in capture_diff_slices(Algorithm::Myers, &words_a, &words_b) {
            if change.tag() != DiffTag::Equal {
                in_a.extend(covered(&left[change.old_range()]));
                in_b.extend(covered(&right[change.new_range()]));
            }
        }
    }
    Row {
        a: Some(Side { span: pair.a, differs: in_a }),
        b: Some(Side { span: pair.b, differs: in_b }),
        score: Some(pair.score),
    }
}

/// The tokens that lie in a span.
fn tokens(report: &Analysis, span: Span) -> &[Token] {
    let segments = &report.segments;
    &segments.tokens[segments.token_from(span.start)..segments.token_from(span.end)]
}

/// One span over tokens, if a word is among them: a mark moved is no difference.
fn covered(tokens: &[Token]) -> Option<Span> {
    let telling = |t: &&Token| t.kind != TokenKind::Mark;
    let first = tokens.iter().find(telling)?;
    let last = tokens.iter().rev().find(telling)?;
    Some(first.span.cover(&last.span))
}

/// A word as it is compared: small letters, one form of apostrophe.
fn folded(word: &str) -> String {
    word.to_lowercase().replace('’', "'")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RawReport;

    /// Collates by a given alignment of sentence numbers; writes `a=b`, differing words in brackets.
    fn check(a: &str, b: &str, aligned: &[(usize, usize)], expected: &[&str]) {
        let make = |key: &str, text: &str| {
            crate::analyse(RawReport { key: key.into(), text: text.into(), ..RawReport::default() })
        };
        let (a, b) = (make("a", a), make("b", b));
        let aligned: Vec<Aligned> = (aligned.iter())
            .map(|(i, j)| Aligned {
                a: a.segments.sentences[*i].span,
                b: b.segments.sentences[*j].span,
                score: 1.0,
            })
            .collect();
        let write = |report: &Analysis, side: &Option<Side>| {
            let Some(side) = side else { return String::new() };
            let mut text = side.span.of(&report.report.body).to_owned();
            for span in side.differs.iter().rev() {
                let at = (span.start - side.span.start) as usize;
                text.insert(at + span.len(), ']');
                text.insert(at, '[');
            }
            text
        };
        let found: Vec<String> = rows(&a, &b, &aligned)
            .iter()
            .map(|r| format!("{}={}", write(&a, &r.a), write(&b, &r.b)))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn pairs_show_what_differs() {
        check(
            "The dam broke. Nine boats sank.",
            "Rain fell. The dam broke. Twelve old boats sank!",
            &[(0, 1), (1, 2)],
            &["=Rain fell.", "The dam broke.=The dam broke.", "[Nine] boats sank.=[Twelve old] boats sank!"],
        );
    }

    #[test]
    fn lone_and_crossing_sentences_are_all_there_once() {
        check("One is. Two is.", "Three was.", &[], &["One is.=", "Two is.=", "=Three was."]);
        check(
            "One is. Two is. Mine.",
            "Two is. One is. Yours.",
            &[(0, 1), (1, 0)],
            &["One is.=One is.", "Two is.=Two is.", "Mine.=", "=Yours."],
        );
        check("", "", &[], &[]);
    }
}
