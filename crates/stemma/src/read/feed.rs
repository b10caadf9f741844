//! RSS (0.9 to 2.0, RDF) and Atom -> one report an entry. (JSON Feed is read with other JSON.)
//!
//! Markup inside an entry's text stays for `clean`. Entities that a feed declares are not expanded, so
//! they cannot blow up; depth is a number and nothing recurses. Own reader, not `feed-rs`: that gives
//! times in UTC alone and drops a feed at its first unclosed tag; news dates are local dates.

use super::part::Place;
use super::{Found, Told, rows};
use crate::model::{Note, NoteKind};
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use serde_json::{Map, Value};

/// At most so many entries and parts of one are read from a feed; real ones have some hundreds.
const MAX_ENTRIES: u64 = 100_000;

/// Elements of an entry, or of the feed around it, and the usual names of what they hold; of those with
/// the same name the longest text counts, else the first.
const KNOWN: &[(&str, &str)] = &[
    ("title", "title"),
    ("link", "url"),
    ("guid", "id"),
    ("id", "id"),
    ("pubDate", "published"),
    ("published", "published"),
    ("dc:date", "published"),
    ("dcterms:created", "published"),
    ("issued", "published"),
    ("updated", "updated"),
    ("modified", "updated"),
    ("lastBuildDate", "updated"),
    ("author", "author"),
    ("name", "author"),
    ("dc:creator", "author"),
    ("category", "section"),
    ("dc:subject", "section"),
    ("language", "language"),
    ("dc:language", "language"),
    ("content:encoded", "text"),
    ("content", "text"),
    ("description", "text"),
    ("summary", "text"),
    ("source", "outlet"),
];

/// What is being read.
#[derive(Default)]
struct State {
    feed: Map<String, Value>,
    entry: Option<Map<String, Value>>,
    /// The element whose text is gathered, with how deep it stands and whether its markup is text.
    open: Option<(&'static str, usize, bool)>,
    text: String,
    depth: usize,
    row: u64,
}

/// Takes an entry: its place in the feed, from 1, and what it holds by usual names.
pub(super) type Each<'a> = &'a mut dyn FnMut(u64, Map<String, Value>);

/// Reads a feed.
pub(super) fn read(place: &Place, xml: &str, told: &Told) -> Found {
    let mut found = Found::default();
    let notes = entries(xml, &mut |row, entry| {
        if !rows::push(place, row, &entry, told, &mut found) {
            found.notes.push(Note::new(NoteKind::Empty, format!("Entry {row} has no text")));
        }
    });
    found.notes.extend(notes);
    if found.reports.is_empty() && found.notes.is_empty() {
        found.notes.push(Note::new(NoteKind::Empty, "No entries in it"));
    }
    found
}

/// Walks through the entries of a feed; the notes say what hindered.
pub(super) fn entries(xml: &str, each: Each) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    (config.check_end_names, config.allow_unmatched_ends, config.allow_dangling_amp) = (false, true, true);
    let mut state = State::default();
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(event) => state.take(event, each),
            Err(e) => {
                let detail = format!("The feed is damaged after entry {}: {e}", state.row);
                notes.push(Note::new(NoteKind::Malformed, detail));
                break;
            }
        }
        if state.row >= MAX_ENTRIES {
            let detail = format!("Only its first {MAX_ENTRIES} entries were read");
            notes.push(Note::new(NoteKind::TooLarge, detail));
            break;
        }
    }
    if state.entry.is_some() {
        // Cut off inside an entry: what is there is read.
        state.close();
        state.end_entry(each);
    }
    notes
}

impl State {
    fn take(&mut self, event: Event, each: Each) {
        match event {
            Event::Start(tag) => {
                self.depth += 1;
                self.start(&tag);
            }
            Event::Empty(tag) => {
                self.depth += 1;
                self.start(&tag);
                self.end(tag.name().as_ref(), each);
                self.depth -= 1;
            }
            Event::End(tag) => {
                self.end(tag.name().as_ref(), each);
                self.depth = self.depth.saturating_sub(1);
            }
            Event::Text(text) => self.push(&text),
            Event::CData(text) => self.push(&text),
            Event::GeneralRef(name) => self.entity(&name),
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        if self.open.is_some() {
            self.text.push_str(text);
        }
    }

    fn entity(&mut self, name: &BytesRef) {
        let written: &str = name;
        match (name.resolve_char_ref(), written) {
            (Ok(Some(c)), _) => self.push(c.encode_utf8(&mut [0; 4])),
            (_, "lt") => self.push("<"),
            (_, "gt") => self.push(">"),
            (_, "quot") => self.push("\""),
            (_, "apos") => self.push("'"),
            (_, "amp") => self.push("&"),
            // HTML's own are left to the page's reader; a feed's own are never expanded.
            _ => self.push(&format!("&{written};")),
        }
    }

    fn start(&mut self, tag: &BytesStart) {
        let name = tag.name();
        let name: &str = name.as_ref();
        if let Some((_, _, markup)) = self.open {
            if markup {
                self.push(&format!("<{}>", &**tag));
            }
            // The name inside an author takes the author's place.
            if !(name == "name" || name == "title") {
                return;
            }
            self.text.clear();
        }
        if matches!(name, "item" | "entry") {
            self.entry.get_or_insert_default();
            return;
        }
        if name == "feed" || name == "rss" {
            let lang = attribute(tag, "xml:lang").map(Value::String);
            self.feed.extend(lang.map(|lang| ("language".to_owned(), lang)));
        }
        let Some((_, known)) = KNOWN.iter().find(|(own, _)| *own == name) else {
            return;
        };
        if self.open.is_none() {
            self.text.clear();
            let markup = *known == "text" && attribute(tag, "type").is_some_and(|kind| kind == "xhtml");
            self.open = Some((known, self.depth, markup));
        }
        let rel = attribute(tag, "rel");
        if *known == "url"
            && let Some(href) = attribute(tag, "href")
        {
            // Of an entry's links, only the one to its page.
            self.text = if rel.is_none_or(|rel| rel == "alternate") { href } else { String::new() };
        }
        if *known == "section"
            && let Some(term) = attribute(tag, "term")
        {
            self.text = term;
        }
    }

    fn end(&mut self, name: &str, each: Each) {
        if matches!(name, "item" | "entry") && self.entry.is_some() {
            self.close();
            self.end_entry(each);
        } else if let Some((_, depth, markup)) = self.open {
            if depth >= self.depth {
                self.close();
            } else if markup {
                self.push(&format!("</{name}>"));
            }
        }
    }

    /// Keeps the text that was gathered.
    fn close(&mut self) {
        let Some((known, ..)) = self.open.take() else {
            return;
        };
        let text = std::mem::take(&mut self.text);
        let text = if known == "text" { text } else { plain(&text) };
        if text.trim().is_empty() {
            return;
        }
        let into = self.entry.as_mut().unwrap_or(&mut self.feed);
        let longer = match into.get(known).and_then(Value::as_str) {
            Some(before) => known == "text" && before.len() < text.len(),
            None => true,
        };
        if longer {
            into.insert(known.to_owned(), Value::String(text));
        }
    }

    fn end_entry(&mut self, each: Each) {
        self.row += 1;
        let Some(mut entry) = self.entry.take() else {
            return;
        };
        if !entry.contains_key("published")
            && let Some(updated) = entry.get("updated").cloned()
        {
            entry.insert("published".into(), updated);
        }
        for (from, to) in [("title", "outlet"), ("language", "language"), ("author", "author")] {
            if let Some(said) = self.feed.get(from) {
                entry.entry(to).or_insert_with(|| said.clone());
            }
        }
        each(self.row, entry);
    }
}

/// An attribute's value; broken ones are none.
fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let found = tag.attributes().with_checks(false).flatten().find(|a| a.key.as_ref() == name)?;
    Some(plain(&found.value).replace("&amp;", "&"))
}

/// A line without tags in it.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        match rest[at..].find('>') {
            Some(end) if rest[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') => {
                rest = &rest[at + end + 1..];
            }
            _ => {
                out.push('<');
                rest = &rest[at + 1..];
            }
        }
    }
    out.push_str(rest);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}
