//! What was just fetched from an address -> a page's report, or a feed item by item.
//!
//! The same readers as for files; beside them, what one who polls a feed must know of an item: its id, its
//! address, and whether the feed says that it was updated. Nothing is fetched here.

use super::part::{Page, Place, one};
use super::sniff::{self, Container};
use super::{Found, Told, charset, feed, fields};
use crate::model::id::hash;
use crate::model::{Format, Moment, Note, NoteKind, RawReport};
use encoding_rs::Encoding;
use serde_json::{Map, Value};

/// What an address gave.
#[derive(Clone, Copy, Debug, Default)]
pub struct Fetched<'a> {
    /// The address, after redirects.
    pub url: &'a str,
    /// Its media type as the server says, in small letters and without parameters; empty if it does not.
    pub media: &'a str,
    /// Its charset as the server says.
    pub charset: Option<&'a str>,
    /// The bytes, unpacked.
    pub bytes: &'a [u8],
    /// When.
    pub seen: Option<Moment>,
}

/// A feed.
#[derive(Clone, Debug, Default)]
pub struct Feed {
    /// Its items, in its order.
    pub items: Vec<FeedItem>,
    /// What was noticed.
    pub notes: Vec<Note>,
}

/// An item of a feed.
#[derive(Clone, Debug)]
pub struct FeedItem {
    /// What the feed knows it by: its id, else its address, else a digest of its words.
    pub id: String,
    /// The address of its page, as it stands there.
    pub url: Option<String>,
    /// When the feed says that it was last updated, in the feed's words; RSS has no such word.
    pub updated: Option<String>,
    /// When it was published.
    pub published: Option<Moment>,
    /// The feed's own text of it, if there is one.
    pub own: Option<RawReport>,
}

/// Reads a page that is one report; a note where it is none.
///
/// ```
/// use stemma::read::{Fetched, page_of};
/// let bytes = b"<html><body><p>Rain fell.</p></body></html>";
/// let url = "https://post.example/7";
/// let found = page_of(&Fetched { url, media: "text/html", bytes, ..Fetched::default() });
/// assert_eq!(found.reports[0].key, url);
/// ```
pub fn page_of(fetched: &Fetched) -> Found {
    let Fetched { url, media, charset, bytes, seen } = *fetched;
    let name = if media.contains("html") { "a.html" } else { "" };
    let format = match sniff::container(name, bytes) {
        Container::Html => Format::Html,
        Container::Text | Container::Table(_) | Container::Mail if matches!(media, "" | "text/plain") => {
            Format::Text
        }
        Container::Text | Container::Table(_) | Container::Mail if media.contains("html") => Format::Html,
        Container::Feed => return Found::noted(NoteKind::Malformed, "It is a feed, not a page"),
        _ => return Found::noted(NoteKind::Binary, "It is no page"),
    };
    let place = Place { name: url.to_owned(), key: url.to_owned() };
    one(&place, bytes, &Page { format, charset, url: Some(url), row: None, seen }, &Told::default())
}

/// Reads a feed; none if it is no RSS, Atom or JSON Feed.
///
/// ```
/// use stemma::read::{Fetched, feed_of};
/// let bytes = b"<rss><channel><item><link>https://post.example/7</link></item></channel></rss>";
/// let feed = feed_of(&Fetched { bytes, ..Fetched::default() }).unwrap();
/// assert_eq!(feed.items[0].id, "https://post.example/7");
/// ```
pub fn feed_of(fetched: &Fetched) -> Option<Feed> {
    match sniff::container("", fetched.bytes) {
        Container::Feed => Some(xml(fetched)),
        Container::Json | Container::JsonLines => json(fetched),
        _ => None,
    }
}

fn xml(fetched: &Fetched) -> Feed {
    let told = fetched.charset.and_then(|name| Encoding::for_label(name.as_bytes()));
    let inside = charset::declared_xml(fetched.bytes);
    let (text, mut notes) = charset::decode(fetched.bytes, told.or(inside));
    let mut items = Vec::new();
    let place = Place { name: fetched.url.to_owned(), key: fetched.url.to_owned() };
    let hindered = feed::entries(&text, &mut |row, entry| items.extend(item(&place, row, &entry, fetched)));
    notes.extend(hindered);
    if !is_closed(&text) {
        notes.push(Note::new(NoteKind::Malformed, "The feed ends before its end"));
    }
    Feed { items, notes }
}

/// Whether a feed's last element is the end of the feed itself, so that it was not cut off.
fn is_closed(text: &str) -> bool {
    let end = text.rfind("</").map_or("", |at| &text[at + 2..]);
    ["rss", "feed", "rdf:RDF"]
        .iter()
        .any(|name| end.trim_end().strip_prefix(name).is_some_and(|e| e.trim() == ">"))
}

fn json(fetched: &Fetched) -> Option<Feed> {
    let (text, notes) = charset::decode(fetched.bytes, None);
    let feed: Map<String, Value> = serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()?;
    let version = feed.get("version").and_then(Value::as_str);
    version.filter(|v| v.contains("jsonfeed"))?;
    let place = Place { name: fetched.url.to_owned(), key: fetched.url.to_owned() };
    let mut items = Vec::new();
    for (i, value) in feed.get("items")?.as_array()?.iter().enumerate() {
        let Value::Object(object) = value else { continue };
        let mut object = object.clone();
        for (from, to) in [("title", "outlet"), ("language", "language")] {
            if let Some(said) = feed.get(from) {
                object.entry(to).or_insert_with(|| said.clone());
            }
        }
        if let Some(updated) = object.remove("date_modified") {
            object.insert("updated".into(), updated);
        }
        items.extend(item(&place, i as u64 + 1, &object, fetched));
    }
    Some(Feed { items, notes })
}

/// An item from what it holds by usual names; none if that is nothing.
fn item(place: &Place, row: u64, entry: &Map<String, Value>, fetched: &Fetched) -> Option<FeedItem> {
    let word = |name: &str| match entry.get(name)? {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let mut own = fields::report(place, row, entry, &Told::default());
    if let Some(own) = &mut own {
        own.seen = own.seen.or(fetched.seen);
    }
    let id = word("id");
    let url = word("url").or_else(|| word("external_url"));
    let url = url.or_else(|| id.clone().filter(|id| id.starts_with("http://") || id.starts_with("https://")));
    let words = || {
        let (title, text) = (word("title")?, own.as_ref().map_or("", |own| &own.text));
        Some(format!("{:016x}", hash(&[title.as_bytes(), text.as_bytes()])))
    };
    let id = id.or_else(|| url.clone()).or_else(words)?;
    let published = own.as_ref().and_then(|own| own.published);
    let dated = || ["published", "date_published"].iter().find_map(|name| super::dates::moment(&word(name)?));
    let published = published.or_else(dated);
    Some(FeedItem { id, url, updated: word("updated"), published, own })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &str, expected: &[&str]) {
        let fetched =
            Fetched { url: "https://x.example/feed", bytes: bytes.as_bytes(), ..Fetched::default() };
        let feed = feed_of(&fetched).unwrap();
        let line = |item: &FeedItem| {
            let own = item.own.as_ref().map_or("", |own| &own.text);
            let (url, updated) = (item.url.as_deref().unwrap_or(""), item.updated.as_deref().unwrap_or(""));
            format!("{}|{url}|{updated}|{own}", item.id)
        };
        assert_eq!(feed.items.iter().map(line).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn items_keep_what_a_poller_needs() {
        check(
            "<rss><channel><title>Post</title><lastBuildDate>now</lastBuildDate>\
             <item><guid>7</guid><link>/7</link><title>Rain</title></item>\
             <item><guid>https://x.example/8</guid><description>It rose.</description></item></channel></rss>",
            &["7|/7||", "https://x.example/8|https://x.example/8||It rose."],
        );
        check(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Post</title><entry><id>tag:7</id>\
             <link rel=\"alternate\" href=\"https://x.example/7\"/><updated>2025-07-13T08:00:00Z</updated>\
             <content>Rain fell.</content></entry></feed>",
            &["tag:7|https://x.example/7|2025-07-13T08:00:00Z|Rain fell."],
        );
        check(
            r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Post", "items": [{"id": 9,
                "external_url": "https://y.example/9", "date_modified": "2025-07-13", "content_text": "Hail."}]}"#,
            &["9|https://y.example/9|2025-07-13|Hail."],
        );
    }

    #[test]
    fn a_feed_that_was_cut_off_says_so() {
        let notes = |bytes: &[u8]| feed_of(&Fetched { bytes, ..Fetched::default() }).unwrap().notes;
        assert_eq!(notes(b"<rss><channel><item><link>/7</link></item></channel></rss>\n"), []);
        assert_eq!(notes(b"<rss><channel><item><link>/7</link></item>").len(), 1);
        assert!(!notes(b"<rss><channel><item><description>It said </rss").is_empty());
    }

    #[test]
    fn what_is_no_feed_is_none() {
        for bytes in ["<html><p>Rain</p></html>", "Rain fell.", "{\"text\": \"Rain\"}", "{", ""] {
            assert!(feed_of(&Fetched { bytes: bytes.as_bytes(), ..Fetched::default() }).is_none(), "{bytes}");
        }
    }

    #[test]
    fn a_page_is_told_from_what_is_none() {
        let page = |media, bytes| {
            page_of(&Fetched { url: "https://x.example/7", media, bytes, ..Fetched::default() })
        };
        assert_eq!(page("text/html", b"Rain fell.").reports[0].format, Format::Html);
        assert_eq!(page("text/plain", b"Rain fell.").reports[0].format, Format::Text);
        assert!(page("application/pdf", b"%PDF-1.4 \x00\x01").reports.is_empty());
        assert!(page("text/html", b"<rss><channel></channel></rss>").reports.is_empty());
    }
}
