//! A source -> pieces: a whole report or page, or a block of rows, with notes on what was left out.

use super::paths::Source;
use super::rows::Blocks;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Stdin};
use std::path::Path;
use stemma::model::{Note, NoteKind};
use stemma::read::{Container, container};

/// Bytes that tell what a file is.
const HEAD: usize = 64 << 10;
/// The longest file that is held whole, in bytes: far above any report, below what hurts.
const WHOLE: u64 = 64 << 20;
/// The longest row, in bytes: as long as the longest report, and as much again for its wrapping.
const ROW: usize = 32 << 20;

/// Bytes to be read by the engine.
#[derive(Debug)]
pub(crate) struct Piece {
    /// What they are called, for people.
    pub(crate) name: String,
    /// The bytes.
    pub(crate) bytes: Vec<u8>,
    /// How many rows stand before them.
    pub(crate) first_row: u64,
    /// What was noticed before reading.
    pub(crate) notes: Vec<Note>,
    /// How many bytes of the source are done with this piece.
    pub(crate) advance: u64,
}

/// The pieces of one source after another.
pub(crate) struct Pieces {
    sources: std::vec::IntoIter<Source>,
    rows: Option<(String, Blocks<Opened>)>,
}

impl Pieces {
    /// Starts on some sources.
    pub(crate) fn new(sources: Vec<Source>) -> Self {
        Self { sources: sources.into_iter(), rows: None }
    }

    /// The next block of a file of rows that was begun.
    fn next_rows(&mut self) -> Option<Piece> {
        let (name, blocks) = self.rows.as_mut()?;
        let name = name.clone();
        match blocks.next_block() {
            Ok(Some(block)) => {
                let long: u64 = block.passed_over.iter().map(|(_, length)| length).sum();
                let notes = block.passed_over.iter().map(|(row, length)| too_long(*row, *length)).collect();
                let advance = block.bytes.len() as u64 + long;
                Some(Piece { name, bytes: block.bytes, first_row: block.first_row, notes, advance })
            }
            Ok(None) => {
                self.rows = None;
                None
            }
            Err(e) => {
                self.rows = None;
                Some(lost(name, &format!("Reading it broke off: {e}"), 0))
            }
        }
    }

    fn begin(&mut self, source: &Source) -> Option<Piece> {
        let size = source.size().unwrap_or(0);
        let (name, input) = match source {
            Source::File(path, _) => {
                (shown(path), File::open(path).map(|f| Opened::File(BufReader::with_capacity(HEAD, f))))
            }
            Source::Stdin => ("-".to_owned(), Ok(Opened::Stdin(BufReader::with_capacity(HEAD, io::stdin())))),
        };
        let mut input = match input {
            Ok(input) => input,
            Err(e) => return Some(lost(name, &format!("It cannot be opened: {e}"), size)),
        };
        let mut head = Vec::new();
        if let Err(e) = input.by_ref().take(HEAD as u64).read_to_end(&mut head) {
            return Some(lost(name, &format!("It cannot be read: {e}"), size));
        }
        match container(&name, &head) {
            Container::JsonLines => {
                let all = Opened::Begun(io::Cursor::new(head).chain(Box::new(input)));
                self.rows = Some((name, Blocks::new(all, ROW)));
                None
            }
            // Its kind is told by its head; the rest is not worth reading.
            Container::Binary => {
                Some(Piece { name, bytes: head, first_row: 0, notes: Vec::new(), advance: size })
            }
            _ => Some(whole(name, head, input, size)),
        }
    }
}

impl Iterator for Pieces {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        loop {
            if let Some(piece) = self.next_rows() {
                return Some(piece);
            }
            let source = self.sources.next()?;
            if let Some(piece) = self.begin(&source) {
                return Some(piece);
            }
        }
    }
}

/// A file that is one report or page, or must be read whole.
fn whole(name: String, head: Vec<u8>, input: Opened, size: u64) -> Piece {
    let mut bytes = head;
    let room = WHOLE + 1 - bytes.len() as u64;
    match input.take(room).read_to_end(&mut bytes) {
        Err(e) => lost(name, &format!("Reading it broke off: {e}"), size),
        Ok(_) if bytes.len() as u64 > WHOLE => {
            let detail = format!(
                "Left out: more than the {} MB that one file may have, unless it is JSONL",
                WHOLE >> 20
            );
            let notes = vec![Note::new(NoteKind::TooLarge, detail)];
            Piece { name, bytes: Vec::new(), first_row: 0, notes, advance: size }
        }
        Ok(_) => {
            let advance = size.max(bytes.len() as u64);
            Piece { name, bytes, first_row: 0, notes: Vec::new(), advance }
        }
    }
}

fn lost(name: String, detail: &str, advance: u64) -> Piece {
    let notes = vec![Note::new(NoteKind::Malformed, detail)];
    Piece { name, bytes: Vec::new(), first_row: 0, notes, advance }
}

fn too_long(row: u64, length: u64) -> Note {
    let limit = ROW >> 20;
    Note::new(NoteKind::TooLarge, format!("Row {row} left out: {length} bytes, more than {limit} MB"))
}

/// A path as it is shown and stored.
fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    text.strip_prefix("./").unwrap_or(&text).to_owned()
}

/// An open source.
enum Opened {
    File(BufReader<File>),
    Stdin(BufReader<Stdin>),
    Begun(io::Chain<io::Cursor<Vec<u8>>, Box<Opened>>),
}

impl Read for Opened {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::File(f) => f.read(buffer),
            Self::Stdin(s) => s.read(buffer),
            Self::Begun(b) => b.read(buffer),
        }
    }
}

impl BufRead for Opened {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self {
            Self::File(f) => f.fill_buf(),
            Self::Stdin(s) => s.fill_buf(),
            Self::Begun(b) => b.fill_buf(),
        }
    }

    fn consume(&mut self, n: usize) {
        match self {
            Self::File(f) => f.consume(n),
            Self::Stdin(s) => s.consume(n),
            Self::Begun(b) => b.consume(n),
        }
    }
}
