//! Text -> [`Token`]s: Unicode words (UAX #29), then mended for news text.
//!
//! Joins what news writes as one: `U.S.`, `Mr.`, `10,000`, `3.5`, `state-run`. Splits CJK and
//! other unspaced scripts by dictionary.

use super::{Token, TokenKind};
use crate::model::Span;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed, options::WordBreakInvariantOptions};
use unicode_segmentation::UnicodeSegmentation;

/// Cuts a stretch of text that begins at byte `base` of the body.
pub(super) fn tokens(text: &str, base: usize, out: &mut Vec<Token>) {
    if text.chars().any(is_unspaced) {
        unspaced(text, base, out);
    } else {
        let bounds = text.split_word_bound_indices().map(|(i, word)| (i, i + word.len()));
        gather(text, base, bounds, out);
    }
}

fn unspaced(text: &str, base: usize, out: &mut Vec<Token>) {
    let segmenter: WordSegmenterBorrowed<'static> =
        WordSegmenter::new_auto(WordBreakInvariantOptions::default());
    let breaks: Vec<usize> = segmenter.segment_str(text).collect();
    gather(text, base, breaks.windows(2).map(|w| (w[0], w[1])), out);
}

/// Whether a script is written without spaces between words.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c as u32,
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF | 0x3400..=0x4DBF
        | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x2FA1F)
}

fn gather(text: &str, base: usize, bounds: impl Iterator<Item = (usize, usize)>, out: &mut Vec<Token>) {
    let first = out.len();
    for (start, end) in bounds {
        let word = &text[start..end];
        let Some(kind) = kind(word) else { continue };
        if kind == TokenKind::Mark || kind == TokenKind::Symbol {
            marks(word, base + start, out);
            continue;
        }
        let token = Token { span: Span::new(base + start, base + end), kind };
        match out[first..].last() {
            Some(_) if joins(text, base, &out[first..], start, kind) => {
                let last = out.last_mut().expect("a token was just seen");
                let before = if last.kind == TokenKind::Mark { out.pop() } else { None };
                let last = out.last_mut().expect("a word stands before a joining mark");
                debug_assert!(before.is_none() || last.kind != TokenKind::Mark);
                last.span.end = token.span.end;
                last.kind = if kind == TokenKind::Word { TokenKind::Word } else { last.kind };
            }
            _ => out.push(token),
        }
    }
}

/// A run of punctuation is one token for each character.
fn marks(word: &str, at: usize, out: &mut Vec<Token>) {
    for (i, c) in word.char_indices() {
        let kind = if is_mark(c) { TokenKind::Mark } else { TokenKind::Symbol };
        out.push(Token { span: Span::new(at + i, at + i + c.len_utf8()), kind });
    }
}

/// Whether a word goes on from the tokens before it: `state` `-` `run`, `O` `’` `Neill`.
fn joins(text: &str, base: usize, before: &[Token], start: usize, kind: TokenKind) -> bool {
    let [.., word, mark] = before else { return false };
    let touching = mark.span.end as usize == base + start && word.span.end == mark.span.start;
    if !touching || mark.kind != TokenKind::Mark || word.kind != TokenKind::Word {
        return false;
    }
    let joint = &text[mark.span.start as usize - base..mark.span.end as usize - base];
    kind == TokenKind::Word && matches!(joint, "-" | "\u{2010}" | "\u{2011}" | "'" | "\u{2019}")
}

fn kind(word: &str) -> Option<TokenKind> {
    let c = word.chars().find(|c| !c.is_whitespace())?;
    Some(if c.is_numeric() {
        if word.chars().any(char::is_alphabetic) { TokenKind::Word } else { TokenKind::Number }
    } else if c.is_alphabetic() || c == '_' {
        TokenKind::Word
    } else if is_mark(c) {
        TokenKind::Mark
    } else {
        TokenKind::Symbol
    })
}

/// Punctuation, quotation marks included.
pub(super) fn is_mark(c: char) -> bool {
    c.is_ascii_punctuation()
        && !matches!(c, '$' | '%' | '+' | '<' | '>' | '=' | '^' | '|' | '~' | '#' | '@' | '&')
        || matches!(c, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}' | '«' | '»' | '¡' | '¿' | '·' | '\u{3001}'..='\u{3011}' | '\u{3014}'..='\u{301F}')
        || matches!(
            c,
            '\u{FF01}'
                | '\u{FF08}'
                | '\u{FF09}'
                | '\u{FF0C}'
                | '\u{FF0E}'
                | '\u{FF1A}'
                | '\u{FF1B}'
                | '\u{FF1F}'
                | '\u{060C}'
                | '\u{061B}'
                | '\u{061F}'
                | '\u{06D4}'
                | '\u{0964}'
        )
}
