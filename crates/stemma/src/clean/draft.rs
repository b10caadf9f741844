//! The text being cleaned: paragraphs that filters keep, cut or take out, then the body.
//!
//! Holds the law of this stage: whatever filters do, the body is made of stretches of the text,
//! in order, with nothing but white space between them.

use crate::model::{Note, NoteKind, Span, Stretch};
use std::ops::Range;

/// The most paragraphs above the first one that is told: name of the outlet, section, headline,
/// summary, byline, role, place, day.
const MOST_HEAD: usize = 10;

/// A run of lines that belong together.
#[derive(Clone, Debug)]
pub(super) struct Paragraph {
    /// Where it stands in the text, trimmed; may hold line breaks where lines were wrapped.
    pub(super) range: Range<usize>,
    /// Whether a blank line stands before it.
    pub(super) apart: bool,
    /// Whether it is still part of the body.
    pub(super) kept: bool,
}

/// What the filters work on.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    /// The text; for a page, the words taken out of it.
    pub(super) text: String,
    /// Its paragraphs, in order.
    pub(super) paragraphs: Vec<Paragraph>,
    /// Pieces removed inside kept paragraphs, in any order.
    pub(super) cuts: Vec<Range<usize>>,
    /// What was noticed; spans in the text.
    pub(super) notes: Vec<Note>,
}

impl Draft {
    /// The words of a paragraph.
    pub(super) fn words(&self, index: usize) -> &str {
        &self.text[self.paragraphs[index].range.clone()]
    }

    /// The indices of the paragraphs still kept.
    pub(super) fn kept(&self) -> Vec<usize> {
        (0..self.paragraphs.len()).filter(|i| self.paragraphs[*i].kept).collect()
    }

    /// The kept paragraphs above the first one that is told, and that one: headline, byline and
    /// dateline stand there. In a text without any, the longest of the first few counts as told.
    pub(super) fn head(&self) -> (Vec<usize>, Option<usize>) {
        let mut kept = self.kept();
        kept.truncate(MOST_HEAD);
        let told = kept.iter().position(|i| super::shape::is_prose(self.words(*i)));
        let longest = || (0..kept.len().min(4)).max_by_key(|k| (self.words(kept[*k]).len(), usize::MAX - k));
        let told = told.or_else(longest);
        let first = told.map(|told| kept[told]);
        kept.truncate(told.unwrap_or(0));
        (kept, first)
    }

    /// Takes paragraphs `from..to` out of the body, with a note.
    pub(super) fn remove(&mut self, paragraphs: Range<usize>, kind: NoteKind, detail: impl Into<String>) {
        let Some(last) = paragraphs.clone().next_back() else { return };
        let span = self.paragraphs[paragraphs.start].range.start..self.paragraphs[last].range.end;
        for paragraph in &mut self.paragraphs[paragraphs] {
            paragraph.kept = false;
        }
        self.notes.push(Note::at(kind, Span::new(span.start, span.end), detail));
    }

    /// Cuts a piece out of a kept paragraph, with a note.
    pub(super) fn cut(&mut self, piece: Range<usize>, kind: NoteKind, detail: impl Into<String>) {
        self.notes.push(Note::at(kind, Span::new(piece.start, piece.end), detail));
        self.cuts.push(piece);
    }

    /// The body and how it lies in the text.
    pub(super) fn body(&mut self) -> (String, Vec<Stretch>) {
        self.cuts.sort_by_key(|cut| cut.start);
        let mut builder = Builder { text: &self.text, ..Builder::default() };
        for paragraph in self.paragraphs.iter().filter(|p| p.kept) {
            builder.open(paragraph.apart);
            let mut at = paragraph.range.start;
            let first = self.cuts.partition_point(|cut| cut.end <= at);
            for cut in self.cuts[first..].iter().take_while(|cut| cut.start < paragraph.range.end) {
                builder.push(at..cut.start.max(at));
                at = at.max(cut.end);
                builder.part(&self.text[cut.clone()]);
            }
            builder.push(at..paragraph.range.end.max(at));
        }
        (builder.body, builder.stretches)
    }
}

/// Puts the body together, one piece of the text after another.
#[derive(Default)]
struct Builder<'t> {
    text: &'t str,
    body: String,
    stretches: Vec<Stretch>,
    /// White space owed before the next word.
    owed: &'static str,
}

impl Builder<'_> {
    /// Begins a paragraph.
    fn open(&mut self, apart: bool) {
        if !self.body.is_empty() {
            self.owed = if apart { "\n\n" } else { "\n" };
        }
    }

    /// Parts words at a tag that was cut, unless it stands inside a line.
    fn part(&mut self, cut: &str) {
        let inline = ["b", "i", "u", "a", "em", "strong", "span", "font", "sub", "sup"];
        let name = cut.strip_prefix('<').map(|tag| tag.trim_start_matches('/'));
        let name = name.map(|tag| tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or(""));
        let parts = name.is_some_and(|name| !inline.iter().any(|own| own.eq_ignore_ascii_case(name)));
        if parts && self.owed.is_empty() && !self.body.is_empty() {
            self.owed = " ";
        }
    }

    /// Adds a piece of the text, without what no reader sees.
    fn push(&mut self, range: Range<usize>) {
        let base = range.start;
        let piece = &self.text[range];
        let mut run: Option<usize> = None;
        for (i, c) in piece.char_indices() {
            let at = base + i;
            if is_blank(c) && !joins_digits(self.text, at, c) || is_unseen(c) {
                if let Some(start) = run.take() {
                    self.add(start..at);
                }
                if is_blank(c) && self.owed.is_empty() && !self.body.is_empty() {
                    self.owed = " ";
                }
            } else if run.is_none() {
                run = Some(at);
            }
        }
        if let Some(start) = run {
            self.add(start..base + piece.len());
        }
    }

    fn add(&mut self, range: Range<usize>) {
        let follows = self.stretches.last().map(|s| s.raw as usize + s.body.len());
        let between = follows.and_then(|end| self.text.get(end..range.start));
        let start = if between == Some(self.owed) {
            // The white space stands in the text as well: the stretch goes on.
            self.body.push_str(self.owed);
            self.stretches.pop().expect("a stretch goes on").body.start as usize..range.end
        } else {
            self.body.push_str(self.owed);
            self.body.len()..range.end
        };
        self.body.push_str(&self.text[range.clone()]);
        let body = Span::new(start.start, self.body.len());
        self.stretches.push(Stretch { body, raw: (range.end - body.len()) as u32 });
        self.owed = "";
    }
}

/// White space of any sort, which the body writes as one space.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{85}'
}

/// Whether a no-break space groups digits: `10 000`. Those stay, as they carry meaning.
fn joins_digits(text: &str, at: usize, c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}')
        && text[..at].ends_with(|c: char| c.is_ascii_digit())
        && text[at + c.len_utf8()..].starts_with(|c: char| c.is_ascii_digit())
}

/// Characters that no reader sees: zero-width spaces, soft hyphens, direction marks, controls.
/// Joiners stay: scripts of India, Persian and emoji need them.
pub(super) fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'
        | '\u{2066}'..='\u{2069}' | '\u{feff}')
        || c.is_control() && !c.is_whitespace()
}
