//! Text with inks, made harmless, measured in columns and wrapped.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// What words are written with. The few meanings are the same in every table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ink {
    /// As the terminal writes.
    #[default]
    Plain,
    /// Headings and names.
    Bold,
    /// What matters less: ids, files, units.
    Dim,
    /// Trouble: disputed.
    Red,
    /// Support: corroborated.
    Green,
    /// Damage and doubt: corrupted, spun, differing words.
    Yellow,
    /// Lineage: families, kinds of descent.
    Blue,
    /// Change: updated.
    Magenta,
    /// Speakers and origins.
    Cyan,
}

impl Ink {
    fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Bold => "1",
            Self::Dim => "2",
            Self::Red => "31",
            Self::Green => "32",
            Self::Yellow => "33",
            Self::Blue => "34",
            Self::Magenta => "35",
            Self::Cyan => "36",
        }
    }
}

/// Words, each with its ink.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    runs: Vec<(String, Ink)>,
}

impl Words {
    /// Words in one ink, made harmless.
    pub fn new(text: &str, ink: Ink) -> Self {
        Self { runs: vec![(harmless(text), ink)] }
    }

    /// Adds words.
    pub fn and(mut self, text: &str, ink: Ink) -> Self {
        self.push(text, ink);
        self
    }

    /// Adds words.
    pub fn push(&mut self, text: &str, ink: Ink) {
        if !text.is_empty() {
            self.runs.push((harmless(text), ink));
        }
    }

    /// Adds words that have inks already.
    pub fn extend(&mut self, other: Words) {
        self.runs.extend(other.runs);
    }

    /// Columns on one line.
    pub fn width(&self) -> usize {
        self.runs.iter().map(|(text, _)| text.width()).sum()
    }

    /// Writes the words, with or without colours.
    pub fn write(&self, colour: bool) -> String {
        let mut out = String::new();
        for (text, ink) in &self.runs {
            if colour && *ink != Ink::Plain {
                out.push_str(&format!("\x1b[{}m{text}\x1b[0m", ink.code()));
            } else {
                out.push_str(text);
            }
        }
        out
    }

    /// Breaks the words into lines of at most `width` columns, at spaces where there are any.
    pub fn wrap(&self, width: usize) -> Vec<Words> {
        let width = width.max(1);
        let cells: Vec<(&str, Ink)> =
            self.runs.iter().flat_map(|(t, ink)| t.graphemes(true).map(move |g| (g, *ink))).collect();
        let mut lines = Vec::new();
        let mut start = 0;
        while start < cells.len() {
            let end = line_end(&cells, start, width);
            lines.push(joined(&cells[start..end]));
            start = end;
            while cells.get(start).is_some_and(|c| c.0 == " ") {
                start += 1;
            }
        }
        if lines.is_empty() {
            lines.push(Words::default());
        }
        lines
    }

    /// The words on one line of at most `width` columns, with an ellipsis where they were cut.
    pub fn clip(&self, width: usize) -> Words {
        if self.width() <= width {
            return self.clone();
        }
        let mut lines = self.wrap(width.saturating_sub(1).max(1));
        lines.swap_remove(0).and("…", Ink::Dim)
    }
}

impl From<&str> for Words {
    fn from(text: &str) -> Self {
        Self::new(text, Ink::Plain)
    }
}

impl From<String> for Words {
    fn from(text: String) -> Self {
        Self::new(&text, Ink::Plain)
    }
}

/// Where a line that begins at `start` ends.
fn line_end(cells: &[(&str, Ink)], start: usize, width: usize) -> usize {
    let (mut i, mut used, mut space) = (start, 0, None);
    while i < cells.len() {
        let wide = cells[i].0.width();
        if used + wide > width {
            break;
        }
        if cells[i].0 == " " {
            space = Some(i);
        }
        used += wide;
        i += 1;
    }
    match space {
        _ if i == cells.len() || cells[i].0 == " " => i.max(start + 1),
        Some(space) if space > start => space,
        _ => i.max(start + 1),
    }
}

fn joined(cells: &[(&str, Ink)]) -> Words {
    let mut runs: Vec<(String, Ink)> = Vec::new();
    for (text, ink) in cells {
        match runs.last_mut() {
            Some((run, last)) if last == ink => run.push_str(text),
            _ => runs.push(((*text).to_owned(), *ink)),
        }
    }
    Words { runs }
}

/// Text that a terminal shows and does not obey: white space becomes spaces; control characters,
/// reading-direction overrides and invisible ones are written out as `\u{1b}`.
///
/// ```
/// assert_eq!(stemma_show::term::harmless("a\x1b[31mb\nc"), "a\\u{1b}[31mb c");
/// ```
pub fn harmless(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' | '\u{85}' => out.push(' '),
            c if c.is_control() || is_hidden(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out
}

/// Characters that change the direction of what follows, or stand for nothing that can be seen.
/// Joiners stay: Persian, Hindi and emoji are wrong without them.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, width: usize, lines: &[&str]) {
        let found: Vec<String> = Words::from(text).wrap(width).iter().map(|l| l.write(false)).collect();
        assert_eq!(found, lines);
        assert!(Words::from(text).wrap(width).iter().all(|l| l.width() <= width.max(2)));
    }

    #[test]
    fn lines_break_at_spaces_and_fit() {
        check("the dam broke", 8, &["the dam", "broke"]);
        check("the dam broke", 7, &["the dam", "broke"]);
        check("unbreakable", 4, &["unbr", "eaka", "ble"]);
        check("水坝决口了", 4, &["水坝", "决口", "了"]);
        check("", 4, &[""]);
        check("水", 1, &["水"]);
    }

    #[test]
    fn text_cannot_command_the_terminal() {
        assert_eq!(harmless("\x1b]0;x\x07"), "\\u{1b}]0;x\\u{7}");
        assert_eq!(harmless("a\u{202e}b\u{9b}c"), "a\\u{202e}b\\u{9b}c");
        assert_eq!(harmless("नमस्ते 👩‍🚒"), "नमस्ते 👩‍🚒");
    }

    #[test]
    fn clipping_shows_that_it_cut() {
        assert_eq!(Words::from("the dam broke").clip(9).write(false), "the dam…");
        assert_eq!(Words::from("the dam").clip(9).write(false), "the dam");
    }
}
