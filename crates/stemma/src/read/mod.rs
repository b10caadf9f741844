//! Bytes -> [`RawReport`]s: told by content, decoded, with what the container says.
//!
//! Never fails and never panics: what cannot be read becomes a note. HTML stays HTML here
//! (decoded); `clean` takes the report out of its page. Nothing is opened or fetched.

mod charset;
pub mod dates;
mod fields;
mod rows;
mod sniff;

use crate::model::{Format, Lang, Moment, Note, NoteKind, RawReport};

/// The longest report that is read whole, in bytes: 16 MiB, some 2.5 million words.
///
/// Trades the odd book-length text against memory: a worker holds a few copies of one report.
/// A longer text is cut with a note; a longer row is left out with a note.
pub const MAX_REPORT: usize = 16 << 20;

/// Bytes to read and what is known about them.
#[derive(Clone, Debug, Default)]
pub struct Input<'a> {
    /// A path or other name, for people and for ids (its last part is a report's key).
    pub name: &'a str,
    /// The bytes.
    pub bytes: &'a [u8],
    /// How many rows (lines) stand before these bytes, when they are a part of a longer file of
    /// rows; else 0. Rows are counted from 1 for people, blank lines included.
    pub first_row: u64,
    /// A publication time to use where the input gives none.
    pub published: Option<Moment>,
    /// A language to use whatever the text looks like.
    pub lang: Option<Lang>,
}

/// What an input held.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The reports, in order.
    pub reports: Vec<RawReport>,
    /// What was noticed about the input as a whole.
    pub notes: Vec<Note>,
}

/// How an input is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// One report in plain text.
    Text,
    /// One HTML page.
    Html,
    /// One JSON object a line: may be read in blocks of whole lines.
    JsonLines,
    /// One JSON array, or objects that span lines: must be read whole.
    Json,
    /// No text.
    Binary,
}

/// Tells how an input is packed from its first bytes (a few kilobytes do) and its name.
///
/// The name only helps where the bytes leave a doubt.
///
/// ```
/// use stemma::read::{Container, container};
/// assert_eq!(container("a.txt", b"{\"text\": \"Rain fell.\"}\n"), Container::JsonLines);
/// assert_eq!(container("a.txt", b"<!DOCTYPE html><p>Rain fell."), Container::Html);
/// assert_eq!(container("a.html", b"\x89PNG\r\n\x1a\n\0\0\0"), Container::Binary);
/// ```
pub fn container(name: &str, head: &[u8]) -> Container {
    sniff::container(name, head)
}

/// Reads every report of an input.
pub fn read(input: &Input) -> Found {
    if input.bytes.iter().all(u8::is_ascii_whitespace) {
        return noted(NoteKind::Empty, "Nothing in it");
    }
    match container(input.name, input.bytes) {
        Container::Binary => noted(NoteKind::Binary, "Its bytes are not text"),
        Container::JsonLines | Container::Json => rows::read(input),
        Container::Html => one(input, Format::Html),
        Container::Text => one(input, Format::Text),
    }
}

fn noted(kind: NoteKind, detail: &str) -> Found {
    Found { reports: Vec::new(), notes: vec![Note::new(kind, detail)] }
}

/// Reads an input that is one report.
fn one(input: &Input, format: Format) -> Found {
    let cut = input.bytes.len().min(MAX_REPORT);
    let (text, mut notes) = charset::decode(&input.bytes[..cut], format == Format::Html);
    if cut < input.bytes.len() {
        let left_out = input.bytes.len() - cut;
        notes.push(Note::new(NoteKind::TooLarge, format!("The last {left_out} bytes were left out")));
    }
    if text.trim().is_empty() {
        return noted(NoteKind::Empty, "No words in it");
    }
    let report = RawReport {
        key: base_name(input.name).to_owned(),
        file: input.name.to_owned(),
        text,
        format,
        published: input.published,
        lang: input.lang,
        notes,
        ..RawReport::default()
    };
    Found { reports: vec![report], notes: Vec::new() }
}

/// The last part of a path.
fn base_name(name: &str) -> &str {
    name.rsplit(['/', '\\']).find(|part| !part.is_empty()).unwrap_or(name)
}

#[cfg(test)]
mod tests;
