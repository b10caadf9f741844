//! One JSON object -> [`RawReport`], by the names that feeds, crawlers and data sets use.
//!
//! Names are compared without case, `_` and `-`. Own survey of NewsAPI, Common Crawl News,
//! news-please, schema.org and RSS-to-JSON field names.

use super::{Input, base_name, dates, sniff};
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
const LANG: &[&str] = &["lang", "language", "languagecode", "locale", "inlanguage"];
const ID: &[&str] = &["id", "docid", "uid", "uuid", "articleid", "newsid", "storyid", "guid"];

/// A report from a row's fields; none without any text.
pub(super) fn report(input: &Input, row: u64, object: &Map<String, Value>) -> Option<RawReport> {
    let fields = Fields(object.iter().map(|(name, value)| (plain(name), value)).collect());
    let text = fields.text(TEXT)?;
    let mut report = RawReport { text, file: format!("{}:{row}", input.name), ..RawReport::default() };
    report.format = if sniff::is_html(&report.text) { Format::Html } else { Format::Text };
    report.title = fields.line(TITLE);
    report.url = fields.line(URL).filter(|url| url.contains("://") || url.starts_with("www."));
    report.byline = fields.line(BYLINE);
    report.outlet = fields.line(OUTLET);
    report.lang = input.lang.or_else(|| fields.line(LANG).map(|tag| lang(&tag)).filter(Lang::is_known));
    let own = || format!("{}:{row}", base_name(input.name));
    report.key = report.url.clone().or_else(|| fields.line(ID)).unwrap_or_else(own);
    report.published = fields.published(&mut report.notes).or(input.published);
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

/// A row's fields with plain names.
struct Fields<'a>(Vec<(String, &'a Value)>);

impl<'a> Fields<'a> {
    fn all(&self, names: &'static [&'static str]) -> impl Iterator<Item = &'a Value> + '_ {
        names.iter().flat_map(|name| self.0.iter().filter(move |(own, _)| own == name).map(|(_, v)| *v))
    }

    /// The first of the names that holds words, with its paragraphs kept.
    fn text(&self, names: &'static [&'static str]) -> Option<String> {
        self.all(names).map(|value| words(value, "\n\n", 0)).find(|text| !text.trim().is_empty())
    }

    /// The first of the names that holds words, on one line.
    fn line(&self, names: &'static [&'static str]) -> Option<String> {
        let line = |value| words(value, ", ", 0).split_whitespace().collect::<Vec<_>>().join(" ");
        self.all(names).map(line).find(|text| !text.is_empty())
    }

    fn published(&self, notes: &mut Vec<Note>) -> Option<Moment> {
        let mut odd = None;
        for value in self.all(PUBLISHED) {
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
