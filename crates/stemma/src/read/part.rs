//! A piece of a file -> the reports in it. Parts are independent: many can be read at a time.

use super::sniff::Container;
use super::tables::Block;
use super::unpack::{Payload, Rows};
use super::{
    Found, Told, charset, feed,
    limits::{MAX_PART_NOTES, MAX_REPORT},
    mail, rows, tables,
};
use crate::model::{Format, Moment, Note, NoteKind, RawReport};

/// Where something stands: in a file, in an archive in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// For people: `crawl/a.zip/b.txt`.
    pub(super) name: String,
    /// For ids: the file's own name as if nothing were around it, `b.txt`.
    pub(super) key: String,
}

impl Place {
    /// The place of a file by its path.
    pub(super) fn new(path: &str) -> Self {
        Self { name: path.to_owned(), key: base_name(path).to_owned() }
    }

    /// The place of a member of an archive here.
    pub(super) fn member(&self, path: &str) -> Self {
        let path = path.trim_start_matches("./");
        Self { name: format!("{}/{path}", self.name), key: base_name(path).to_owned() }
    }

    /// The place of what is compressed here: `a.jsonl.gz` is `a.jsonl`.
    pub(super) fn unwrapped(&self) -> Self {
        let (stem, ending) = self.key.rsplit_once('.').unwrap_or((&self.key, ""));
        let key = match ending.to_ascii_lowercase().as_str() {
            "gz" | "gzip" | "zst" | "zstd" => stem.to_owned(),
            "tgz" => format!("{stem}.tar"),
            _ => self.key.clone(),
        };
        Self { name: self.name.clone(), key }
    }

    /// The name of the `row`th report here.
    pub(super) fn row(&self, row: u64) -> String {
        format!("{}:{row}", self.name)
    }

    /// Its key, when it has none of its own.
    pub(super) fn row_key(&self, row: u64) -> String {
        format!("{}:{row}", self.key)
    }
}

/// The last part of a path.
fn base_name(name: &str) -> &str {
    name.rsplit(['/', '\\']).find(|part| !part.is_empty()).unwrap_or(name)
}

/// A piece of a file, ready to be read.
#[derive(Debug)]
pub struct Part {
    place: Place,
    load: Load,
    notes: Vec<Note>,
}

/// What a part holds.
#[derive(Debug)]
pub(super) enum Load {
    /// Nothing: its notes say why.
    Nothing,
    /// A whole file.
    Whole(Vec<u8>, Container),
    /// Rows of JSON.
    Rows(Rows),
    /// Rows of a table.
    Table(Block),
    /// What was fetched from an address.
    Payload(Payload),
}

impl Part {
    pub(super) fn new(place: &Place, load: Load) -> Self {
        Self { place: place.clone(), load, notes: Vec::new() }
    }

    pub(super) fn noted(place: &Place, note: Note) -> Self {
        Self { place: place.clone(), load: Load::Nothing, notes: vec![note] }
    }

    /// What it is called, for people.
    pub fn name(&self) -> &str {
        &self.place.name
    }

    /// How many bytes it holds.
    pub fn size(&self) -> usize {
        match &self.load {
            Load::Nothing => 0,
            Load::Whole(bytes, _) => bytes.len(),
            Load::Rows(rows) => rows.bytes.len(),
            Load::Table(block) => block.size,
            Load::Payload(payload) => payload.body.len(),
        }
    }

    /// Reads its reports.
    pub fn read(self, told: &Told) -> Found {
        let mut found = match self.load {
            Load::Nothing => Found::default(),
            Load::Whole(bytes, kind) => whole(&self.place, &bytes, kind, told),
            Load::Rows(block) => rows::read(&self.place, &block, told),
            Load::Table(block) => tables::read(&self.place, &block, told),
            Load::Payload(payload) => payload.read(&self.place, told),
        };
        let n_more = found.notes.len().saturating_sub(MAX_PART_NOTES);
        if n_more > 0 {
            found.notes.truncate(MAX_PART_NOTES);
            let detail = format!("{n_more} more rows near there are left out");
            found.notes.push(Note::new(NoteKind::Malformed, detail));
        }
        found.notes.splice(0..0, self.notes);
        found
    }
}

/// Reads a whole file.
fn whole(place: &Place, bytes: &[u8], kind: Container, told: &Told) -> Found {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Found::noted(NoteKind::Empty, "Nothing in it");
    }
    match kind {
        Container::Feed => feed::read(place, &charset::decode(bytes, charset::declared_xml(bytes)).0, told),
        Container::Mail => mail::read(place, bytes, told),
        Container::Html => one(place, bytes, &Page { format: Format::Html, ..Page::default() }, told),
        _ => one(place, bytes, &Page::default(), told),
    }
}

/// What is known of a single text or page from outside.
#[derive(Debug, Default)]
pub(super) struct Page<'a> {
    pub(super) format: Format,
    pub(super) charset: Option<&'a str>,
    pub(super) url: Option<&'a str>,
    /// Its place where it is not the only report of its file.
    pub(super) row: Option<u64>,
    pub(super) seen: Option<Moment>,
}

/// Reads bytes that are one report.
pub(super) fn one(place: &Place, bytes: &[u8], page: &Page, told: &Told) -> Found {
    let cut = bytes.len().min(MAX_REPORT);
    let told_charset = page.charset.and_then(|name| encoding_rs::Encoding::for_label(name.as_bytes()));
    let inside = || (page.format == Format::Html).then(|| charset::declared(&bytes[..cut])).flatten();
    let (text, mut notes) = charset::decode(&bytes[..cut], told_charset.or_else(inside));
    if cut < bytes.len() {
        let left_out = bytes.len() - cut;
        notes.push(Note::new(NoteKind::TooLarge, format!("The last {left_out} bytes were left out")));
    }
    if text.trim().is_empty() {
        return Found::noted(NoteKind::Empty, "No words in it");
    }
    let report = RawReport {
        key: page.url.map_or_else(
            || page.row.map_or_else(|| place.key.clone(), |row| place.row_key(row)),
            str::to_owned,
        ),
        file: page.row.map_or_else(|| place.name.clone(), |row| place.row(row)),
        url: page.url.map(str::to_owned),
        text,
        format: page.format,
        seen: told.published.or(page.seen),
        lang: told.lang,
        notes,
        ..RawReport::default()
    };
    Found { reports: vec![report], notes: Vec::new() }
}
