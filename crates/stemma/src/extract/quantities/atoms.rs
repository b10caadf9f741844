//! Tokens -> [`Atoms`]: the pieces that numbers and dates are made of.
//!
//! A token keeps together what a reader sees as one word (`fifty-year`, `15bn`, `Monday's`);
//! a value needs its pieces. Each piece keeps its place and whether white space stands before
//! it, so nothing glued is mistaken for free-standing. Knows no meaning.

use crate::model::{Report, Span};
use crate::segment::{Segments, TokenKind};

/// One piece of a token.
#[derive(Clone, Copy, Debug)]
pub(in crate::extract) struct Atom {
    /// Where it stands.
    pub(in crate::extract) span: Span,
    /// Digits, letters or anything else.
    pub(in crate::extract) kind: AtomKind,
    /// Whether white space or the start of a passage stands before it.
    pub(in crate::extract) gap: bool,
    /// Its sentence, as an index into the report's sentences.
    pub(in crate::extract) sentence: u32,
    /// Its passage, as an index into the report's passages.
    pub(in crate::extract) passage: u32,
}

/// What a piece is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum AtomKind {
    /// Letters.
    Word,
    /// Digits with inner separators.
    Number,
    /// One mark or symbol.
    Mark,
}

/// All pieces of a report, with a lower-case copy of its body at the same byte positions.
pub(in crate::extract) struct Atoms<'t> {
    body: &'t str,
    lower: String,
    list: Vec<Atom>,
}

impl<'t> Atoms<'t> {
    /// Cuts the tokens of a report into pieces.
    pub(in crate::extract) fn of(report: &'t Report, segments: &Segments) -> Self {
        let body = report.body.as_str();
        let mut list = Vec::with_capacity(segments.tokens.len() + segments.tokens.len() / 4);
        for (i, sentence) in segments.sentences.iter().enumerate() {
            for token in segments.tokens_of(sentence) {
                let Some(text) = body.get(token.span.start as usize..token.span.end as usize) else {
                    continue;
                };
                let gap = list
                    .last()
                    .is_none_or(|l: &Atom| l.span.end < token.span.start || l.passage != sentence.passage);
                let at = Atom {
                    span: token.span,
                    kind: AtomKind::Mark,
                    gap,
                    sentence: i as u32,
                    passage: sentence.passage,
                };
                match token.kind {
                    TokenKind::Mark | TokenKind::Symbol => list.push(at),
                    TokenKind::Word | TokenKind::Number => cut(text, at, &mut list),
                }
            }
        }
        Self { body, lower: lowered(body), list }
    }

    /// How many there are.
    pub(in crate::extract) fn len(&self) -> usize {
        self.list.len()
    }

    /// The piece at `i`, if there is one.
    pub(in crate::extract) fn get(&self, i: usize) -> Option<&Atom> {
        self.list.get(i)
    }

    /// The piece at `i` as it is written; empty past the end.
    pub(in crate::extract) fn text(&self, i: usize) -> &'t str {
        self.list.get(i).map_or("", |a| a.span.of(self.body))
    }

    /// The piece at `i` in lower case, apostrophes and hyphens in their plain forms; empty past the end.
    pub(in crate::extract) fn lower(&self, i: usize) -> &str {
        let text = self.list.get(i).map_or("", |a| a.span.of(&self.lower));
        match text {
            "’" | "ʼ" | "‘" | "`" => "'",
            "‐" | "‑" | "−" => "-",
            "—" => "–",
            _ => text,
        }
    }

    /// Whether the piece at `i` begins with a capital.
    pub(in crate::extract) fn is_capital(&self, i: usize) -> bool {
        self.text(i).chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether `i` is a piece of this kind.
    pub(in crate::extract) fn is(&self, i: usize, kind: AtomKind) -> bool {
        self.list.get(i).is_some_and(|a| a.kind == kind)
    }

    /// Whether white space stands before `i`; true past the ends.
    pub(in crate::extract) fn gap(&self, i: usize) -> bool {
        self.list.get(i).is_none_or(|a| a.gap)
    }

    /// Whether two pieces stand in one passage.
    pub(in crate::extract) fn together(&self, i: usize, j: usize) -> bool {
        matches!((self.list.get(i), self.list.get(j)), (Some(a), Some(b)) if a.passage == b.passage)
    }

    /// Whether `i` begins a sentence.
    pub(in crate::extract) fn opens_sentence(&self, i: usize) -> bool {
        i == 0 || self.list.get(i).is_some_and(|a| a.sentence != self.list[i - 1].sentence)
    }

    /// The span from piece `from` to the piece before `to`; `from < to <= len`.
    pub(in crate::extract) fn span(&self, from: usize, to: usize) -> Span {
        self.list[from].span.cover(&self.list[to - 1].span)
    }

    /// What stands between two byte positions of the body.
    pub(in crate::extract) fn between(&self, from: u32, to: u32) -> &'t str {
        self.body.get(from as usize..to as usize).unwrap_or("")
    }
}

/// Lower case with every byte position kept: letters whose lower case has another length stay.
fn lowered(body: &str) -> String {
    if body.is_ascii() {
        return body.to_ascii_lowercase();
    }
    let mut lower = String::with_capacity(body.len());
    for c in body.chars() {
        let mut small = c.to_lowercase();
        match (small.next(), small.next()) {
            (Some(s), None) if s.len_utf8() == c.len_utf8() => lower.push(s),
            _ => lower.push(c),
        }
    }
    lower
}

#[derive(Clone, Copy, PartialEq)]
enum Sort {
    Letter,
    Digit,
    Inner,
    Other,
}

fn sort(c: char) -> Sort {
    match c {
        '.' | ',' => Sort::Inner,
        c if c.is_ascii_digit() => Sort::Digit,
        c if c.is_alphanumeric() || c == '_' => Sort::Letter,
        _ => Sort::Other,
    }
}

/// Cuts a token where letters, digits and marks meet. Separators between digits stay in the
/// number, stops between letters stay in the word (`p.m`).
fn cut(text: &str, at: Atom, out: &mut Vec<Atom>) {
    let base = at.span.start as usize;
    let first = out.len();
    let mut chars = text.char_indices().peekable();
    let mut last: Option<Sort> = None;
    while let Some((i, c)) = chars.next() {
        let end = base + i + c.len_utf8();
        let mut now = sort(c);
        if now == Sort::Inner {
            let after = chars.peek().map_or(Sort::Other, |&(_, n)| sort(n));
            let stays = after != Sort::Other && last == Some(after);
            now = if stays { after } else { Sort::Other };
        }
        if last == Some(now) && now != Sort::Other {
            if let Some(atom) = out.last_mut() {
                atom.span.end = end as u32;
            }
        } else {
            let kind = match now {
                Sort::Digit => AtomKind::Number,
                Sort::Letter => AtomKind::Word,
                _ => AtomKind::Mark,
            };
            let gap = at.gap && out.len() == first;
            out.push(Atom { span: Span::new(base + i, end), kind, gap, ..at });
        }
        last = Some(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RawReport;

    /// Pieces joined by blanks, `_` where they are glued.
    fn check(text: &str, pieces: &str) {
        let report = crate::clean::clean(RawReport { text: text.into(), ..RawReport::default() });
        let segments = crate::segment::segment(&report);
        let atoms = Atoms::of(&report, &segments);
        let mut found = String::new();
        for i in 0..atoms.len() {
            found += if i == 0 {
                ""
            } else if atoms.gap(i) {
                " "
            } else {
                "_"
            };
            found += atoms.lower(i);
        }
        assert_eq!(found, pieces);
    }

    #[test]
    fn tokens_fall_into_pieces() {
        check("A fifty-year loan of 1.5bn", "a fifty_-_year loan of 1.5_bn");
        check("Monday’s talks rose5 percent", "monday_'_s talks rose_5 percent");
        check("İzmir, 10,000 ÉCUS", "İzmir_, 10,000 écus");
    }
}
