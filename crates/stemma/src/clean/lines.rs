//! Lines -> paragraphs: every kind of line ending, and text wrapped to a width put together.
//!
//! Wrapped text is told by its filling: a line broken because the next word would not fit.

use super::draft::{Draft, Paragraph};
use std::ops::Range;

/// The widest wrapped text, in characters: teletype and mail wrap at 60 to 80.
const WIDEST: usize = 100;

/// The narrowest, in characters: a newspaper column. Narrower texts are lists and notes.
const NARROWEST: usize = 30;

/// The share of line breaks that a filled width must explain before lines are put together.
/// Verse, tables and lists fill few of their lines; wrapped prose nearly all but the last.
const FILLED: f64 = 0.6;

/// Fewer breaks than this show no habit.
const FEWEST_BREAKS: usize = 3;

/// Cuts the text into paragraphs.
pub(super) fn paragraphs(draft: &mut Draft) {
    let lines = lines(&draft.text);
    let width = wrap_width(&draft.text, &lines);
    let mut out: Vec<Paragraph> = Vec::new();
    let marked = lines.iter().skip(1).any(opens);
    let mut last: Option<Line> = None;
    for (i, line) in lines.into_iter().enumerate() {
        if let (Some(width), Some(before), Some(paragraph)) = (width, &last, out.last_mut())
            && wraps(&draft.text, before, &line, width, marked && i > 1)
        {
            paragraph.range.end = line.range.end;
        } else {
            out.push(Paragraph { range: line.range.clone(), apart: line.apart, kept: true });
        }
        last = Some(line);
    }
    draft.paragraphs = out;
}

/// A line that has words.
struct Line {
    /// Trimmed.
    range: Range<usize>,
    /// White space before it on its line, in bytes.
    indent: usize,
    /// Whether a blank line stands before it.
    apart: bool,
}

fn lines(text: &str) -> Vec<Line> {
    let mut out = Vec::new();
    let (mut start, mut apart) = (0, false);
    let mut push = |start: usize, end: usize| {
        let line = &text[start..end];
        let words = line.trim_matches(|c: char| c.is_whitespace() || super::draft::is_unseen(c));
        if words.is_empty() {
            apart = !out.is_empty();
        } else {
            let indent = words.as_ptr() as usize - line.as_ptr() as usize;
            out.push(Line { range: start + indent..start + indent + words.len(), indent, apart });
            apart = false;
        }
    };
    for (at, c) in text.char_indices().filter(|(_, c)| is_line_end(*c)) {
        let pair = c == '\n' && text[..at].ends_with('\r');
        if !pair {
            push(start, at);
        }
        start = at + c.len_utf8();
    }
    push(start, text.len());
    out
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The width that a text is wrapped to, if it is.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    let width = lines.iter().map(|line| width(text, line)).max()?;
    if !(NARROWEST..=WIDEST).contains(&width) {
        return None;
    }
    let (mut breaks, mut filled) = (0, 0);
    for pair in lines.windows(2) {
        if opens(&pair[1]) {
            continue;
        }
        breaks += 1;
        filled += usize::from(fills(text, &pair[0], &pair[1], width));
    }
    (breaks >= FEWEST_BREAKS && filled as f64 >= FILLED * breaks as f64).then_some(width)
}

/// Whether a line begins a paragraph by its looks.
fn opens(line: &Line) -> bool {
    line.apart || line.indent >= 2
}

/// Whether a line goes on from the one before it, in text wrapped to a width. Where paragraphs
/// are `marked` by blank lines or indents, a ragged line without a stop goes on as well.
fn wraps(text: &str, before: &Line, line: &Line, width: usize, marked: bool) -> bool {
    let ragged = || {
        let stops = text[before.range.clone()].ends_with(['.', '!', '?', ':', ';', '"', '”']);
        marked && !stops || text[line.range.clone()].starts_with(char::is_lowercase)
    };
    !opens(line) && (fills(text, before, line, width) || ragged())
}

/// Whether the first word of `line` would not have fitted on the line before it. Two characters
/// are let pass: some wrapping counts the line end or a space.
fn fills(text: &str, before: &Line, line: &Line, limit: usize) -> bool {
    let word = text[line.range.clone()].split_whitespace().next().unwrap_or("");
    width(text, before) + 1 + word.chars().count() + 2 > limit
}

fn width(text: &str, line: &Line) -> usize {
    text[line.range.clone()].chars().count() + line.indent
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, paragraphs_are: &str) {
        let mut draft = Draft { text: text.into(), ..Draft::default() };
        paragraphs(&mut draft);
        assert_eq!(draft.body().0.replace('\n', "/"), paragraphs_are);
    }

    #[test]
    fn every_line_ending_ends_a_line() {
        check("One.\r\nTwo.\rThree.\u{2028}Four.\n\nFive.", "One./Two./Three./Four.//Five.");
    }

    #[test]
    fn wrapped_lines_are_put_together() {
        let wrapped = "GRAIN RISES\nThe port of Loria loaded more grain this\nweek than in any week since the winter,\nthe harbour office said on its board.\n    Prices rose by two crowns a sack, and\nthe mills bought little of it.\n";
        check(
            wrapped,
            "GRAIN RISES/The port of Loria loaded more grain this week than in any week since the winter, the harbour office said on its board./Prices rose by two crowns a sack, and the mills bought little of it.",
        );
    }

    #[test]
    fn short_lines_of_their_own_stay_apart() {
        check(
            "Bread 3\nMilk 2\nA sack of coal 40\nSalt 1\nOil 7",
            "Bread 3/Milk 2/A sack of coal 40/Salt 1/Oil 7",
        );
    }
}
