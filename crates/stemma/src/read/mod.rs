//! Bytes -> [`RawReport`]s: told by content, decoded, with what the container says.
//!
//! [`parts`] takes a file as a stream, takes off what is around it (zip, tar, gz, zst), and cuts long
//! files of rows and WARC into [`Part`]s, each within bounds; [`Part::read`] reads one, in parallel if you like.
//! [`read()`] does both for bytes in memory. Never fails and never panics: what cannot be read
//! becomes a note, and [`limits`] bound what a hostile input costs. HTML stays HTML here
//! (decoded); `clean` takes the report out of its page. No file is opened and nothing is fetched.
//!
//! | file | what it reads |
//! |---|---|
//! | `sniff` | the first bytes: what is it? |
//! | `unpack` | wrappers and long files, as streams |
//! | `part` | a piece: single texts and pages here, the rest below |
//! | `rows`, `tables`, `feed`, `mail` | JSON, separated values, RSS and Atom, e-mail and MHTML |
//! | `fields` | a row's fields by their usual names |
//! | `fetched` | what was just fetched: a page, or a feed item by item |
//! | `charset`, `dates` | bytes as text, words as dates |

mod charset;
pub mod dates;
mod feed;
mod fetched;
mod fields;
pub mod limits;
mod mail;
mod part;
mod rows;
mod sniff;
mod tables;
mod unpack;

use crate::model::{Lang, Moment, Note, NoteKind, RawReport};
pub use fetched::{Feed, FeedItem, Fetched, feed_of, page_of};
pub use fields::Field;
pub use limits::MAX_REPORT;
pub use part::Part;
use std::io::Cursor;
use std::ops::ControlFlow;
pub use unpack::{Each, ReadSeek, Source, parts};

/// Bytes to read and what is known about them.
#[derive(Clone, Debug, Default)]
pub struct Input<'a> {
    /// A path or other name, for people and for ids (its last part is a report's key).
    pub name: &'a str,
    /// The bytes.
    pub bytes: &'a [u8],
    /// What is told of all reports.
    pub told: Told,
}

/// What is told of all reports from outside.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// A publication time to use where a report gives none.
    pub published: Option<Moment>,
    /// A language to use whatever the text looks like.
    pub lang: Option<Lang>,
    /// Which column of rows holds a field, where the names do not say. A field that is named here is
    /// looked for nowhere else.
    pub columns: Vec<(Field, String)>,
}

/// What an input held.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The reports, in order.
    pub reports: Vec<RawReport>,
    /// What was noticed about the input as a whole.
    pub notes: Vec<Note>,
}

impl Found {
    /// Nothing but a note.
    fn noted(kind: NoteKind, detail: &str) -> Self {
        Self { reports: Vec::new(), notes: vec![Note::new(kind, detail)] }
    }
}

/// Reads every report of an input in memory.
///
/// ```
/// use stemma::read::{Input, read};
/// let bytes = b"title,text\nRiver,Rain fell.\n";
/// let found = read(&Input { name: "a.csv", bytes, ..Input::default() });
/// assert_eq!(found.reports[0].text, "Rain fell.");
/// ```
pub fn read(input: &Input) -> Found {
    let mut found = Found::default();
    let mut bytes = Cursor::new(input.bytes);
    let source = Source::File(&mut bytes, input.bytes.len() as u64);
    let went = parts(input.name, source, &mut |part| {
        let more = part.read(&input.told);
        found.reports.extend(more.reports);
        found.notes.extend(more.notes);
        ControlFlow::Continue(())
    });
    debug_assert!(went.is_continue(), "nothing stops it");
    if found.reports.is_empty() && found.notes.is_empty() {
        return Found::noted(NoteKind::Empty, "Nothing in it");
    }
    found
}

/// Reads a line of JSON that is one report: its row in a file of some name, counted from 1.
///
/// ```
/// use stemma::read::{Told, row_of};
/// let row = row_of("a.jsonl", 7, b"{\"text\": \"Rain fell.\"}", &Told::default()).unwrap();
/// assert_eq!(row.file, "a.jsonl:7");
/// assert!(row_of("a.jsonl", 8, b"{", &Told::default()).is_err());
/// ```
///
/// # Errors
/// A note that says why it is no report, or not one alone.
pub fn row_of(name: &str, row: u64, line: &[u8], told: &Told) -> Result<RawReport, Note> {
    if line.len() > limits::MAX_ROW {
        let detail = format!("Row {row} is longer than {} MB", limits::MAX_ROW >> 20);
        return Err(Note::new(NoteKind::TooLarge, detail));
    }
    let block =
        unpack::Rows { bytes: line.to_vec(), rows: vec![(row, 0..line.len())], passed_over: Vec::new() };
    let mut found = rows::read(&part::Place::new(name), &block, told);
    match found.reports.len() {
        1 => Ok(found.reports.remove(0)),
        0 => {
            let empty = || Note::new(NoteKind::Empty, format!("Row {row} holds nothing"));
            Err(found.notes.into_iter().next().unwrap_or_else(empty))
        }
        n => {
            let detail = format!("Row {row} holds {n} reports; a row is one report here");
            Err(Note::new(NoteKind::Malformed, detail))
        }
    }
}

#[cfg(test)]
mod tests;
