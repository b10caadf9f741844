//! JSON-LD blocks of a page -> what they say of its report.

use serde_json::Value;
use trafilatura::dom::Document;

/// The longest block that is parsed, in bytes.
const LONGEST: usize = 1 << 20;

/// The most objects looked at in one page.
const MOST: usize = 2_000;

/// The most authors read.
const MOST_AUTHORS: usize = 40;

/// What a page's JSON-LD says; empty where it says nothing.
#[derive(Debug, Default)]
pub(super) struct Ld {
    pub(super) headline: Option<String>,
    pub(super) author: Option<String>,
    pub(super) published: Option<String>,
    /// When the page was published, if only an object that is no article says so.
    pub(super) page_published: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) url: Option<String>,
    pub(super) lang: Option<String>,
}

/// Reads all blocks; an object that is an article comes before one that is a page.
pub(super) fn ld(document: &Document) -> Ld {
    let mut objects = Vec::new();
    let scripts = document.query_selector_all(document.root(), r#"script[type="application/ld+json" i]"#);
    let values: Vec<Value> = scripts.into_iter().filter_map(|s| parse(&document.text_content(s))).collect();
    for value in &values {
        gather(value, 0, &mut objects);
    }
    let mut found = Ld::default();
    let mut ranked: Vec<(u8, &Value)> =
        objects.iter().map(|o| (rank(o), *o)).filter(|(r, _)| *r < 9).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    for (rank, object) in &ranked {
        let line = |name: &str| object.get(name).and_then(word);
        found.headline = found.headline.or_else(|| line("headline"));
        found.author = found.author.or_else(|| object.get("author").and_then(|a| people(a, &objects)));
        let published = || line("datePublished");
        if *rank < PAGE {
            found.published = found.published.or_else(published);
        } else {
            found.page_published = found.page_published.or_else(published);
        }
        found.publisher = found.publisher.or_else(|| object.get("publisher").and_then(|p| name(p, &objects)));
        found.url = found.url.or_else(|| line("url"));
        found.lang = found.lang.or_else(|| line("inLanguage"));
    }
    found
}

/// Parses a block, mending what pages often do wrong: comments around it, raw line breaks in strings.
fn parse(block: &str) -> Option<Value> {
    if block.len() > LONGEST {
        return None;
    }
    let block = block
        .trim()
        .trim_start_matches("<!--")
        .trim_start_matches("//<![CDATA[")
        .trim_start_matches("/*<![CDATA[*/");
    let block = block
        .trim_end_matches("-->")
        .trim_end_matches("//]]>")
        .trim_end_matches("/*]]>*/")
        .trim()
        .trim_end_matches(';');
    serde_json::from_str(block).ok().or_else(|| {
        let mended: String = block.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&mended).ok()
    })
}

fn gather<'v>(value: &'v Value, depth: usize, out: &mut Vec<&'v Value>) {
    if depth > 6 || out.len() >= MOST {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|v| gather(v, depth + 1, out)),
        Value::Object(object) => {
            out.push(value);
            for name in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(inner) = object.get(name) {
                    gather(inner, depth + 1, out);
                }
            }
        }
        _ => {}
    }
}

/// The rank of objects that are pages, behind those that are articles.
const PAGE: u8 = 4;

/// How likely an object is the report: its type as schema.org names it.
fn rank(object: &Value) -> u8 {
    let types = match object.get("@type") {
        Some(Value::String(one)) => vec![one.as_str()],
        Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let of = |kind: &str| match kind.rsplit(['/', ':']).next().unwrap_or("") {
        "NewsArticle"
        | "ReportageNewsArticle"
        | "AnalysisNewsArticle"
        | "OpinionNewsArticle"
        | "BackgroundNewsArticle" => 0,
        "Article" | "BlogPosting" | "TechArticle" | "ScholarlyArticle" | "Report" | "LiveBlogPosting"
        | "SocialMediaPosting" => 1,
        kind if kind.ends_with("Article") || kind.ends_with("Posting") => 2,
        "HowTo" | "Recipe" | "Review" | "CreativeWork" | "VideoObject" => 3,
        "WebPage" | "ItemPage" | "AboutPage" => PAGE,
        _ => 9,
    };
    types.into_iter().map(of).min().unwrap_or(9)
}

fn word(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => return values.iter().find_map(word),
        Value::Object(object) => {
            return object
                .get("@value")
                .or_else(|| object.get("name"))
                .or_else(|| object.get("@id"))
                .and_then(word);
        }
        _ => return None,
    };
    let text = super::visible::resolve(&text).split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// The name of an object, or of the object that it points to by `@id`.
fn name(value: &Value, objects: &[&Value]) -> Option<String> {
    match value {
        Value::String(_) => word(value),
        Value::Array(values) => values.iter().find_map(|v| name(v, objects)),
        Value::Object(object) => object.get("name").and_then(word).or_else(|| {
            let id = object.get("@id")?;
            objects
                .iter()
                .find(|o| o.get("@id") == Some(id) && o.get("name").is_some())?
                .get("name")
                .and_then(word)
        }),
        _ => None,
    }
}

/// The names of authors, joined by commas.
fn people(value: &Value, objects: &[&Value]) -> Option<String> {
    let names: Vec<String> = match value {
        Value::Array(values) => values.iter().take(MOST_AUTHORS).filter_map(|v| name(v, objects)).collect(),
        value => name(value, objects).into_iter().collect(),
    };
    let names: Vec<String> = names.into_iter().filter(|n| !n.contains("://")).collect();
    (!names.is_empty()).then(|| names.join(", "))
}
