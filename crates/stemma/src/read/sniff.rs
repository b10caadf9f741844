//! First bytes -> [`Container`]: what an input is packed in.
//!
//! Looks at content first; a name's ending only settles doubts. Reads at most [`HEAD`] bytes.

use super::Container;

/// How many bytes are looked at: enough for a page's long comment or licence head.
const HEAD: usize = 16 << 10;

/// The largest share of control bytes in text. Text has none but stray ones; packed data has
/// about an eighth.
const MAX_CONTROL: f64 = 0.05;

/// How files of other kinds begin (registered magic numbers).
const MAGIC: &[&[u8]] = &[
    b"%PDF-",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x7fELF",
    b"SQLite format 3",
    b"\x28\xb5\x2f\xfd",
    b"BZh",
    b"\xfd7zXZ",
    b"7z\xbc\xaf",
    b"PAR1",
    b"Rar!",
    b"ID3",
    b"OggS",
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
];

/// Tags that a page, or a piece of one, begins with.
const OPENERS: &[&str] = &[
    "!doctype html",
    "html",
    "head",
    "body",
    "meta",
    "title",
    "article",
    "main",
    "section",
    "div",
    "p",
    "span",
    "h1",
    "h2",
    "h3",
    "script",
    "link",
    "table",
    "ul",
    "ol",
    "figure",
    "header",
    "a",
    "b",
    "em",
    "strong",
    "br",
    "img",
    "blockquote",
];

pub(super) fn container(name: &str, bytes: &[u8]) -> Container {
    let head = &bytes[..bytes.len().min(HEAD)];
    if is_binary(head) {
        return Container::Binary;
    }
    let head = plain_head(head);
    let start = head.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if let Some(json) = json(start) {
        return json;
    }
    if is_html(start) {
        return Container::Html;
    }
    let name = name.to_ascii_lowercase();
    if (name.ends_with(".jsonl") || name.ends_with(".ndjson")) && start.contains("\n{") {
        return Container::JsonLines;
    }
    if (name.ends_with(".html") || name.ends_with(".htm")) && start.contains('<') {
        return Container::Html;
    }
    Container::Text
}

/// The head as text, near enough to find ASCII marks in it.
fn plain_head(head: &[u8]) -> String {
    match super::charset::wide(head) {
        Some(encoding) => encoding.decode(head).0.into_owned(),
        None => String::from_utf8_lossy(head).into_owned(),
    }
}

fn is_binary(head: &[u8]) -> bool {
    if MAGIC.iter().any(|magic| head.starts_with(magic)) {
        return true;
    }
    if super::charset::wide(head).is_some() {
        return false;
    }
    let controls = head.iter().filter(|b| **b < 9 || (14..32).contains(*b) && **b != 27).count();
    let nuls = head.iter().filter(|b| **b == 0).count();
    nuls * 100 > head.len() || controls as f64 > MAX_CONTROL * head.len() as f64
}

fn json(start: &str) -> Option<Container> {
    let inner = start.get(1..)?.trim_start();
    match start.as_bytes()[0] {
        b'{' if inner.starts_with('"') || inner.starts_with('}') => {
            // An object that is still open where its line ends spans lines.
            let line = start.lines().next().unwrap_or("").trim_end();
            let whole = !start.contains('\n') || line.ends_with('}');
            Some(if whole { Container::JsonLines } else { Container::Json })
        }
        b'[' if inner.starts_with('{') && inner[1..].trim_start().starts_with('"') => Some(Container::Json),
        b'[' if inner.trim_end() == "]" => Some(Container::Json),
        _ => None,
    }
}

/// Whether a text is HTML: it begins with a tag of a page, or has several closing tags of blocks.
pub(super) fn is_html(text: &str) -> bool {
    let mut rest = text.trim_start();
    while rest.starts_with("<!--") || rest.starts_with("<?xml") {
        match rest.find('>') {
            Some(end) => rest = rest[end + 1..].trim_start(),
            None => return false,
        }
    }
    if let Some(tag) = rest.strip_prefix('<') {
        let tag: String = tag.chars().take(16).collect::<String>().to_ascii_lowercase();
        let ends = |after: &str| after.starts_with(['>', ' ', '\n', '\t', '\r', '/']);
        if OPENERS.iter().any(|opener| tag.strip_prefix(opener).is_some_and(ends)) {
            return true;
        }
    }
    let mut end = text.len().min(HEAD);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text[..end].to_ascii_lowercase();
    head.contains("<html")
        || ["</p>", "</div>", "<br>", "<br/>", "<br />"]
            .iter()
            .map(|t| head.matches(t).count())
            .sum::<usize>()
            >= 3
}
