//! A file as a stream -> [`Part`]s: wrappers taken off, archives walked, long files of rows and WARC
//! cut into pieces. Memory is bounded, whatever the file's length.
//!
//! Parts are pushed to a function, since what is unpacked borrows from its archive; the function
//! says when to stop.

mod http;
mod lines;
mod pages;
mod parquet;
mod tables;
mod tar;
mod values;
mod warc;
mod zip;

use super::charset;
use super::limits::{Budget, Counted, Limited, MAX_HELD, MAX_NOTES, MAX_WRAPPERS};
use super::part::{Load, Part, Place};
use super::sniff::{self, Container};
use crate::model::{Note, NoteKind};
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek};
use std::ops::ControlFlow;
use std::rc::Rc;

pub(super) use http::Payload;
pub(super) use lines::Rows;
pub(super) use parquet::MARK as PARQUET;
pub(super) use tables::first_rows;
pub(super) use tar::is_header as is_tar;

/// Bytes that tell what a file is.
const HEAD: usize = 64 << 10;

/// Something that can be read from any place.
pub trait ReadSeek: Read + Seek {}
impl<R: Read + Seek> ReadSeek for R {}

/// Where bytes come from: a zip is read member by member if the source can be read from any place,
/// and held in memory if not.
pub enum Source<'a> {
    /// A pipe, or what an archive gives.
    Stream(&'a mut dyn Read),
    /// A file with its size in bytes.
    File(&'a mut dyn ReadSeek, u64),
}

impl Read for Source<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Stream(stream) => stream.read(buffer),
            Self::File(file, _) => file.read(buffer),
        }
    }
}

/// A reader lent for a while, to be wrapped.
fn lent<'l>(input: &'l mut (dyn BufRead + '_)) -> &'l mut (dyn BufRead + 'l) {
    input
}

/// Takes parts; says when to stop.
pub type Each<'a> = &'a mut dyn FnMut(Part) -> ControlFlow<()>;

/// Unpacks one file. What cannot be read becomes a part that holds a note.
///
/// ```
/// use stemma::read::{Source, Told, parts};
/// let mut bytes = &b"{\"text\": \"Rain fell.\"}\n{\"text\": \"It rose.\"}\n"[..];
/// let mut reports = Vec::new();
/// let _ = parts("a.jsonl", Source::Stream(&mut bytes), &mut |part| {
///     reports.extend(part.read(&Told::default()).reports);
///     std::ops::ControlFlow::Continue(())
/// });
/// assert_eq!(reports[1].file, "a.jsonl:2");
/// ```
pub fn parts(name: &str, source: Source, each: Each) -> ControlFlow<()> {
    let size = if let Source::File(_, size) = source { size } else { 0 };
    let mut walk = Walk { each, budget: Budget::new(size), n_notes: 0, n_given: 0 };
    let place = Place::new(name);
    match source {
        Source::Stream(stream) => {
            let mut counted = Counted { inner: stream, budget: Rc::clone(&walk.budget) };
            walk.stream(&place, Source::Stream(&mut counted), 0)?;
        }
        file => walk.stream(&place, file, 0)?,
    }
    walk.last_notes(&place)
}

/// What walks through one file.
struct Walk<'a> {
    each: Each<'a>,
    budget: Rc<Budget>,
    n_notes: usize,
    n_given: usize,
}

impl Walk<'_> {
    fn give(&mut self, part: Part) -> ControlFlow<()> {
        self.n_given += 1;
        (self.each)(part)
    }

    fn note(&mut self, place: &Place, kind: NoteKind, detail: impl Into<String>) -> ControlFlow<()> {
        self.n_notes += 1;
        if self.n_notes > MAX_NOTES {
            return ControlFlow::Continue(());
        }
        self.give(Part::noted(place, Note::new(kind, detail)))
    }

    /// A reader failed: its limit, else what it says.
    fn failed(&mut self, place: &Place, error: &io::Error) -> ControlFlow<()> {
        if self.budget.over().is_some() {
            // Said once, at the end.
            return ControlFlow::Continue(());
        }
        self.note(place, NoteKind::Malformed, format!("Reading it broke off: {error}"))
    }

    fn last_notes(&mut self, place: &Place) -> ControlFlow<()> {
        if let Some(over) = self.budget.over() {
            self.give(Part::noted(place, Note::new(NoteKind::TooLarge, over)))?;
        }
        if self.n_given == 0 {
            self.give(Part::noted(place, Note::new(NoteKind::Empty, "Nothing in it")))?;
        }
        if self.n_notes > MAX_NOTES {
            let detail = format!("{} more notes on it are left out", self.n_notes - MAX_NOTES);
            self.give(Part::noted(place, Note::new(NoteKind::Malformed, detail)))?;
        }
        ControlFlow::Continue(())
    }

    /// Reads a stream of any kind, `wrappers` inside others.
    fn stream(&mut self, place: &Place, mut source: Source, wrappers: usize) -> ControlFlow<()> {
        let mut head = Vec::new();
        if let Err(e) = source.by_ref().take(HEAD as u64).read_to_end(&mut head)
            && head.is_empty()
        {
            return self.failed(place, &e);
        }
        let kind = sniff::container(&place.key, &head);
        if kind.is_wrapper() && wrappers >= MAX_WRAPPERS {
            let detail = format!("Left out: more than {MAX_WRAPPERS} archives inside each other");
            return self.note(place, NoteKind::TooLarge, detail);
        }
        if kind == Container::Zip {
            return self.zip(place, head, source, wrappers);
        }
        if kind == Container::Parquet {
            return self.parquet(place, head, source);
        }
        let wide = charset::wide(&head).is_some();
        let mut input = BufReader::with_capacity(HEAD, Cursor::new(head).chain(source));
        if wide && matches!(kind, Container::JsonLines | Container::Json | Container::Table(_)) {
            return self.widened(place, &mut input, wrappers);
        }
        self.kind(place, kind, &mut input, wrappers)
    }

    fn kind(
        &mut self,
        place: &Place,
        kind: Container,
        input: &mut dyn BufRead,
        wrappers: usize,
    ) -> ControlFlow<()> {
        match kind {
            Container::Gzip => {
                let unpacked = flate2::bufread::MultiGzDecoder::new(input);
                self.unwrapped(&place.unwrapped(), unpacked, wrappers)
            }
            Container::Zstd => match zstd::Decoder::with_buffer(input) {
                Ok(unpacked) => self.unwrapped(&place.unwrapped(), unpacked, wrappers),
                Err(e) => self.failed(place, &e),
            },
            Container::Tar => self.tar(place, input, wrappers),
            Container::Warc => self.warc(place, input),
            Container::JsonLines => self.lines(place, input),
            Container::Json => self.values(place, input),
            Container::Table(delimiter) => self.table(place, input, delimiter),
            // Its kind is told by its head; the rest is not worth reading.
            Container::Binary => self.note(place, NoteKind::Binary, "Its bytes are not text"),
            Container::Zip
            | Container::Parquet
            | Container::Text
            | Container::Html
            | Container::Feed
            | Container::Mail => self.whole(place, kind, input),
        }
    }

    /// Goes on with what a wrapper held.
    fn unwrapped(&mut self, place: &Place, unpacked: impl Read, wrappers: usize) -> ControlFlow<()> {
        let mut limited = Limited { inner: unpacked, budget: Rc::clone(&self.budget) };
        self.stream(place, Source::Stream(&mut limited), wrappers + 1)
    }

    /// Rows in UTF-16: held whole, decoded, then read as UTF-8.
    fn widened(&mut self, place: &Place, input: &mut dyn BufRead, wrappers: usize) -> ControlFlow<()> {
        let Some(bytes) = self.held(place, input)? else {
            return ControlFlow::Continue(());
        };
        let text = charset::decode(&bytes, None).0;
        let mut text = text.trim_start_matches('\u{feff}').as_bytes();
        let kind = sniff::container(&place.key, &text[..text.len().min(HEAD)]);
        self.kind(place, kind, &mut text, wrappers)
    }

    /// A file that is one report, or must be read whole.
    fn whole(&mut self, place: &Place, kind: Container, input: &mut dyn BufRead) -> ControlFlow<()> {
        match self.held(place, input)? {
            Some(bytes) => self.give(Part::new(place, Load::Whole(bytes, kind))),
            None => ControlFlow::Continue(()),
        }
    }

    /// All bytes of a stream, if they are not too many. What a stream gave before it broke off is
    /// kept, with a note.
    fn held(&mut self, place: &Place, input: &mut dyn BufRead) -> ControlFlow<(), Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        let read = input.take(MAX_HELD + 1).read_to_end(&mut bytes);
        if bytes.len() as u64 > MAX_HELD {
            let detail = format!(
                "Left out: more than the {} MB that a file may have, unless it is of lines, an archive or WARC",
                MAX_HELD >> 20
            );
            self.note(place, NoteKind::TooLarge, detail)?;
            return ControlFlow::Continue(None);
        }
        if let Err(e) = read {
            self.failed(place, &e)?;
            if bytes.is_empty() || self.budget.over().is_some() {
                return ControlFlow::Continue(None);
            }
        }
        ControlFlow::Continue(Some(bytes))
    }

    fn lines(&mut self, place: &Place, input: &mut dyn BufRead) -> ControlFlow<()> {
        let mut lines = lines::Lines::new(input);
        self.blocks(place, || lines.next_block())
    }

    fn values(&mut self, place: &Place, input: &mut dyn BufRead) -> ControlFlow<()> {
        let mut values = values::Values::new(input);
        self.blocks(place, || values.next_block())
    }

    fn blocks(
        &mut self,
        place: &Place,
        mut next: impl FnMut() -> io::Result<Option<Rows>>,
    ) -> ControlFlow<()> {
        loop {
            match next() {
                Ok(Some(rows)) => {
                    for (row, length) in &rows.passed_over {
                        let detail = lines::too_long(*row, *length);
                        self.note(place, NoteKind::TooLarge, detail)?;
                    }
                    if !rows.rows.is_empty() {
                        self.give(Part::new(place, Load::Rows(rows)))?;
                    }
                }
                Ok(None) => return ControlFlow::Continue(()),
                Err(e) => return self.failed(place, &e),
            }
        }
    }

    fn table(&mut self, place: &Place, input: &mut dyn BufRead, delimiter: u8) -> ControlFlow<()> {
        let mut table = tables::Table::new(input, delimiter);
        loop {
            match table.next_block() {
                Ok(Some(block)) => self.give(Part::new(place, Load::Table(block)))?,
                Ok(None) => break,
                Err(e) => return self.failed(place, &e),
            }
        }
        for (row, length) in table.passed_over() {
            self.note(place, NoteKind::TooLarge, lines::too_long(row, length))?;
        }
        if table.n_rows() == 0 {
            self.note(place, NoteKind::Empty, "No rows in it")?;
        }
        ControlFlow::Continue(())
    }
}
