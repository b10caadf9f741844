//! One row's fields -> [`RawReport`], by the names that feeds, crawlers and data sets use. Rows of JSON, of
//! tables and entries of feeds all come through here.
//!
//! Names are compared without case, `_` and `-`. Own survey of NewsAPI, Common Crawl News,
//! news-please, schema.org and RSS-to-JSON field names.

use super::part::Place;
use super::{Told, dates, sniff};
use crate::model::{Format, Lang, Moment, Note, NoteKind, RawReport};
use serde_json::{Map, Value};

const TEXT: &[&str] = &[
    "text",
    "body",
    "content",
    "maintext",
    "articlebody",
    "fulltext",
    "articletext",
    "bodytext",
    "storytext",
    "plaintext",
    "rawtext",
    "contenttext",
    "html",
    "contenthtml",
    "bodyhtml",
    "rawhtml",
    "article",
    "story",
    "description",
    "summary",
];
const TITLE: &[&str] = &["title", "headline", "headlines", "titletext", "name"];
const URL: &[&str] =
    &["url", "link", "canonicalurl", "canonical", "permalink", "href", "sourceurl", "uri", "guid"];
const PUBLISHED: &[&str] = &[
    "published",
    "publishedat",
    "datepublished",
    "publisheddate",
    "publicationdate",
    "publishdate",
    "pubdate",
    "publishedtime",
    "publicationtime",
    "date",
    "datetime",
    "dateline",
    "firstpublished",
    "createdat",
    "timestamp",
    "time",
];
const OUTLET: &[&str] = &[
    "outlet",
    "publisher",
    "source",
    "sourcename",
    "sitename",
    "site",
    "newspaper",
    "publication",
    "domain",
    "sourcedomain",
    "hostname",
    "host",
];
const BYLINE: &[&str] = &["author", "authors", "byline", "creator", "writer"];
const SECTION: &[&str] =
    &["section", "articlesection", "category", "categories", "channel", "rubric", "desk"];
const SEEN: &[&str] = &[
    "seen",
    "fetched",
    "fetchedat",
    "crawled",
    "crawledat",
    "datedownload",
    "downloaded",
    "scraped",
    "scrapedat",
    "retrieved",
    "retrievedat",
];
const LANG: &[&str] = &["lang", "language", "languagecode", "locale", "inlanguage"];
const ID: &[&str] = &["id", "docid", "uid", "uuid", "articleid", "newsid", "storyid", "guid"];

/// What a column of rows may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The report's words.
    Text,
    /// Its headline.
    Title,
    /// Its address.
    Url,
    /// When it was published.
    Published,
    /// Who published it.
    Outlet,
    /// Who wrote it.
    Author,
    /// Its language.
    Lang,
    /// The part of the paper.
    Section,
    /// What identifies it.
    Id,
    /// When it was fetched.
    Seen,
}

/// Fields as they are typed, and the usual names of their columns.
const FIELDS: [(Field, &str, &[&str]); 10] = [
    (Field::Text, "text", TEXT),
    (Field::Title, "title", TITLE),
    (Field::Url, "url", URL),
    (Field::Published, "published", PUBLISHED),
    (Field::Outlet, "outlet", OUTLET),
    (Field::Author, "author", BYLINE),
    (Field::Lang, "lang", LANG),
    (Field::Section, "section", SECTION),
    (Field::Id, "id", ID),
    (Field::Seen, "seen", SEEN),
];

impl Field {
    /// Reads a field's name: text, title, url, published, outlet, author, lang, section, id or seen.
    pub fn parse(name: &str) -> Option<Self> {
        FIELDS.iter().find(|(_, own, _)| *own == name).map(|(field, ..)| *field)
    }

    fn names(self) -> &'static [&'static str] {
        FIELDS[self as usize].2
    }
}

/// Whether a column is known to hold the text.
pub(super) fn holds_text(column: &str, told: &Told) -> bool {
    let column = plain(column);
    let mapped = |(field, own): &(Field, String)| *field == Field::Text && plain(own) == column;
    TEXT.contains(&column.as_str()) || told.columns.iter().any(mapped)
}

/// Whether a column has one of the usual names.
pub(super) fn is_known(column: &str) -> bool {
    let column = plain(column);
    FIELDS.iter().any(|(_, _, names)| names.contains(&column.as_str()))
}

/// Whether an object inside another is a report and not some other record: it has a text, and a title, an
/// address or a date besides.
pub(super) fn is_report(object: &Map<String, Value>, told: &Told) -> bool {
    let own: Vec<String> = object.keys().map(|name| plain(name)).collect();
    let has = |field: Field| {
        let mapped = |(of, column): &(Field, String)| *of == field && own.contains(&plain(column));
        told.columns.iter().any(mapped) || field.names().iter().any(|name| own.iter().any(|o| o == name))
    };
    has(Field::Text) && (has(Field::Title) || has(Field::Url) || has(Field::Published))
}

/// A report from a row's fields; none without any text.
pub(super) fn report(place: &Place, row: u64, object: &Map<String, Value>, told: &Told) -> Option<RawReport> {
    let fields =
        Fields { own: object.iter().map(|(name, value)| (plain(name), value)).collect(), object, told };
    let text = fields.text()?;
    let mut report = RawReport { text, file: place.row(row), ..RawReport::default() };
    report.format = if sniff::is_html(&report.text) { Format::Html } else { Format::Text };
    report.title = fields.line(Field::Title);
    report.url = fields.line(Field::Url).filter(|url| url.contains("://") || url.starts_with("www."));
    report.byline = fields.line(Field::Author);
    report.outlet = fields.line(Field::Outlet);
    report.section = fields.line(Field::Section);
    report.lang = told.lang.or_else(|| fields.line(Field::Lang).map(|tag| lang(&tag)).filter(Lang::is_known));
    let own = || place.row_key(row);
    report.key = report.url.clone().or_else(|| fields.line(Field::Id)).unwrap_or_else(own);
    report.published = fields.published(&mut report.notes);
    report.seen = told.published.or_else(|| fields.seen());
    Some(report)
}

/// A language from a code or tag, or from its English name where a feed writes that.
fn lang(tag: &str) -> Lang {
    const NAMES: &[(&str, &str)] = &[
        ("english", "en"),
        ("portuguese", "pt"),
        ("spanish", "es"),
        ("french", "fr"),
        ("german", "de"),
        ("italian", "it"),
        ("dutch", "nl"),
        ("russian", "ru"),
        ("arabic", "ar"),
        ("chinese", "zh"),
        ("japanese", "ja"),
        ("korean", "ko"),
        ("ukrainian", "uk"),
        ("turkish", "tr"),
        ("polish", "pl"),
    ];
    let tag = tag.trim().to_lowercase();
    NAMES
        .iter()
        .find(|(name, _)| *name == tag)
        .map_or_else(|| Lang::parse(&tag), |(_, code)| Lang::parse(code))
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A row's fields.
struct Fields<'a> {
    /// With plain names.
    own: Vec<(String, &'a Value)>,
    object: &'a Map<String, Value>,
    told: &'a Told,
}

impl<'a> Fields<'a> {
    /// What may hold a field, surest first: the columns that were mapped to it, else the usual ones.
    fn all(&self, field: Field) -> Vec<&'a Value> {
        let mapped: Vec<&String> =
            self.told.columns.iter().filter(|(own, _)| *own == field).map(|(_, column)| column).collect();
        if !mapped.is_empty() {
            return mapped.into_iter().filter_map(|column| self.column(column)).collect();
        }
        let mut found = Vec::new();
        for name in field.names() {
            found.extend(self.own.iter().filter(|(own, _)| own == name).map(|(_, value)| *value));
        }
        found
    }

    /// A column by its name, or by names joined with dots: `article.body`.
    fn column(&self, column: &str) -> Option<&'a Value> {
        let wanted = plain(column);
        let own = || self.own.iter().find(|(own, _)| *own == wanted).map(|(_, value)| *value);
        let path = || {
            let mut parts = column.split('.');
            let first = self.object.get(parts.next()?)?;
            parts.try_fold(first, |value, part| value.get(part))
        };
        self.object.get(column).or_else(path).or_else(own)
    }

    /// The first that holds words, with its paragraphs kept.
    fn text(&self) -> Option<String> {
        let all = self.all(Field::Text).into_iter();
        all.map(|value| words(value, "\n\n", 0)).find(|text| !text.trim().is_empty())
    }

    /// The first that holds words, on one line.
    fn line(&self, field: Field) -> Option<String> {
        let line = |value| words(value, ", ", 0).split_whitespace().collect::<Vec<_>>().join(" ");
        self.all(field).into_iter().map(line).find(|text| !text.is_empty())
    }

    fn published(&self, notes: &mut Vec<Note>) -> Option<Moment> {
        let mut odd = None;
        for value in self.all(Field::Published) {
            let text = words(value, " ", 0);
            if let Some(moment) = dates::moment(&text) {
                return Some(moment);
            }
            if !text.trim().is_empty() {
                odd.get_or_insert(text);
            }
        }
        let odd: String = odd?.chars().take(60).collect();
        notes.push(Note::new(NoteKind::BadMetadata, format!("\"{odd}\" is no clear date")));
        None
    }

    fn seen(&self) -> Option<Moment> {
        self.all(Field::Seen).into_iter().find_map(|value| dates::moment(&words(value, " ", 0)))
    }
}

/// The words of a value: a string, a number, a list of them, or an object's name or text.
fn words(value: &Value, between: &str, depth: usize) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(values) if depth < 3 => {
            let parts: Vec<String> = values.iter().map(|v| words(v, between, depth + 1)).collect();
            parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(between)
        }
        Value::Object(object) if depth < 3 => {
            let inner = ["name", "text", "value", "title", "$date", "@value", "id"];
            inner
                .iter()
                .find_map(|name| object.get(*name))
                .map_or_else(String::new, |v| words(v, between, depth + 1))
        }
        _ => String::new(),
    }
}
