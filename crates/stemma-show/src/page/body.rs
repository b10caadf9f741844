//! The text of a report with its marks: sentences by what they are, words that are linked to.
//!
//! Spans in any number and order go in, well nested elements come out. Paragraphs hold
//! sentences; a linked span that would cross one of them, or another linked span, is cut
//! where it leaves the element that it begins in, so its id always stands at its first word.

use super::plan::words_id;
use super::text;
use std::cmp::Reverse;
use stemma::ledger::SentenceMark;
use stemma::model::{ReportId, Span};

/// Linked spans within linked spans: deeper ones keep their id and lose their extent. A reader
/// sees no more than two or three, and browsers stop nesting at 512.
const MAX_DEPTH: usize = 24;

/// What stands around a stretch of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Around {
    /// A sentence with its mark.
    Sentence(SentenceMark),
    /// Words that are linked to, with the span that the link names.
    Anchor(Span),
}

/// One stretch with what stands around it.
pub type Piece = (Span, Around);

/// Makes spans nest within `passage`; the result is in the order of opening.
///
/// `sentences` are in order and do not overlap; `anchors` are ascending.
pub fn nest(passage: Span, sentences: &[(Span, SentenceMark)], anchors: &[Span]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::with_capacity(sentences.len() + anchors.len());
    pieces.extend(sentences.iter().map(|(s, mark)| (cut(*s, passage), Around::Sentence(*mark))));
    for anchor in anchors {
        let mut span = cut(*anchor, passage);
        let i = sentences.partition_point(|(s, _)| s.end <= span.start);
        if let Some((first, _)) = sentences.get(i) {
            let last = sentences.partition_point(|(s, _)| s.start < span.end).checked_sub(1);
            let last = last.map(|k| sentences[k].0).filter(|l| l.start > span.start && l.end > span.end);
            if first.start < span.start {
                span.end = span.end.min(first.end);
            } else if let Some(last) = last {
                span.end = last.start;
            }
        }
        pieces.push((span, Around::Anchor(*anchor)));
    }
    pieces.sort_by_key(|(s, around)| (s.start, Reverse(s.end), matches!(around, Around::Anchor(_)), *around));
    uncross(&mut pieces);
    pieces
}

/// Cuts each span to the one that it begins in.
fn uncross(pieces: &mut [Piece]) {
    let mut open: Vec<u32> = Vec::new();
    for (span, around) in pieces.iter_mut() {
        while open.last().is_some_and(|end| *end <= span.start) {
            open.pop();
        }
        if let Some(end) = open.last() {
            span.end = span.end.min(*end);
        }
        if open.len() >= MAX_DEPTH && matches!(around, Around::Anchor(_)) {
            span.end = span.start;
        }
        if !span.is_empty() {
            open.push(span.end);
        }
    }
}

fn cut(span: Span, to: Span) -> Span {
    let start = span.start.clamp(to.start, to.end);
    Span { start, end: span.end.clamp(start, to.end) }
}

/// Writes a passage: its text from `passage.start` to `passage.end` with its pieces around it.
pub fn write(out: &mut String, id: ReportId, body: &str, passage: Span, pieces: &[Piece]) {
    let mut at = passage.start;
    let mut open: Vec<u32> = Vec::new();
    let upto = |out: &mut String, at: &mut u32, to: u32| {
        text::push(out, Span { start: *at, end: to.max(*at) }.of(body));
        *at = to.max(*at);
    };
    for (span, around) in pieces {
        while let Some(end) = open.pop_if(|end| *end <= span.start) {
            upto(out, &mut at, end);
            out.push_str("</span>");
        }
        upto(out, &mut at, span.start);
        match around {
            Around::Sentence(mark) => {
                out.push_str(&format!("<span class=\"s {}\">", crate::views::names::mark(*mark)))
            }
            Around::Anchor(anchor) => {
                out.push_str(&format!("<span class=\"at\" id=\"{}\">", words_id(id, *anchor)))
            }
        }
        if span.is_empty() {
            out.push_str("</span>");
        } else {
            open.push(span.end);
        }
    }
    while let Some(end) = open.pop() {
        upto(out, &mut at, end);
        out.push_str("</span>");
    }
    upto(out, &mut at, passage.end);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sentences `a-b`, anchors `a-b`, what comes out with `[..]` for sentences and `(..)` for anchors.
    fn check(sentences: &[[usize; 2]], anchors: &[[usize; 2]], expected: &str) {
        let body = "abcdefghij";
        let all = Span::new(0, body.len());
        let sentences: Vec<_> =
            sentences.iter().map(|[a, b]| (Span::new(*a, *b), SentenceMark::Own)).collect();
        let anchors: Vec<_> = anchors.iter().map(|[a, b]| Span::new(*a, *b)).collect();
        let mut out = String::new();
        write(&mut out, ReportId(1), body, all, &nest(all, &sentences, &anchors));
        let mut plain = out.replace("<span class=\"s own\">", "[");
        for anchor in &anchors {
            let tag = format!("<span class=\"at\" id=\"{}\">", words_id(ReportId(1), *anchor));
            assert_eq!(plain.matches(&tag).count(), 1, "{tag} in {plain}");
            plain = plain.replace(&tag, "(");
        }
        assert_eq!(plain.replace("</span>", "|"), expected);
    }

    #[test]
    fn spans_nest() {
        check(&[], &[], "abcdefghij");
        check(&[[0, 4], [5, 10]], &[], "[abcd|e[fghij|");
        check(&[[0, 4], [5, 10]], &[[0, 4], [1, 2], [6, 9]], "[(a(b|cd||e[f(ghi|j|");
        check(&[[0, 4], [5, 10]], &[[0, 10]], "([abcd|e[fghij||");
    }

    #[test]
    fn spans_that_cross_are_cut_where_they_leave() {
        check(&[[0, 4], [5, 10]], &[[2, 7]], "[ab(cd||e[fghij|");
        check(&[[0, 4], [5, 10]], &[[0, 7]], "([abcd|e|[fghij|");
        check(&[[0, 10]], &[[1, 5], [3, 8]], "[a(bc(de||fghij|");
        check(&[[0, 10]], &[[3, 3]], "[abc(|defghij|");
        check(&[[0, 10]], &[[10, 10]], "[abcdefghij|(|");
    }
}
