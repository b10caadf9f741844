//! First bytes -> [`Container`]: what an input is packed in.
//!
//! Looks at content first; a name's ending only settles doubts. Reads at most [`HEAD`] bytes.

use super::{charset, fields, unpack};

/// How an input is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Container {
    /// One report in plain text.
    Text,
    /// One HTML page.
    Html,
    /// One JSON object a line.
    JsonLines,
    /// A JSON array, or objects that span lines.
    Json,
    /// Rows of fields that this byte separates, below a row of names.
    Table(u8),
    /// RSS or Atom.
    Feed,
    /// An e-mail, or a page saved as MHTML.
    Mail,
    /// Columns of a table, packed.
    Parquet,
    /// Records of a crawl.
    Warc,
    /// Files in a row.
    Tar,
    /// Files with a list at the end.
    Zip,
    /// Something compressed.
    Gzip,
    /// Something compressed.
    Zstd,
    /// No text.
    Binary,
}

impl Container {
    /// Whether something else is inside.
    pub(super) fn is_wrapper(self) -> bool {
        matches!(self, Self::Tar | Self::Zip | Self::Gzip | Self::Zstd)
    }
}

/// How many bytes are looked at: enough for a page's long comment or licence head.
const HEAD: usize = 16 << 10;

/// The largest share of control bytes in text. Text has none but stray ones; packed data has
/// about an eighth.
const MAX_CONTROL: f64 = 0.05;

/// How files of other kinds begin (registered magic numbers).
const MAGIC: &[&[u8]] = &[
    b"%PDF-",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x7fELF",
    b"SQLite format 3",
    b"BZh",
    b"\xfd7zXZ",
    b"7z\xbc\xaf",
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

/// Members with which files begin that are zips and hold no reports: office files, books, programs.
const OFFICE: &[&[u8]] =
    &[b"[Content_Types].xml", b"mimetype", b"_rels/", b"META-INF/", b"word/", b"docProps/"];

/// Tells how an input is packed from its first bytes (some kilobytes do) and its name.
pub(super) fn container(name: &str, bytes: &[u8]) -> Container {
    let head = &bytes[..bytes.len().min(HEAD)];
    if head.starts_with(unpack::PARQUET) {
        return Container::Parquet;
    }
    if let Some(packed) = packed(head) {
        return packed;
    }
    if is_binary(head) {
        return Container::Binary;
    }
    let head = plain_head(head);
    let start = head.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if let Some(json) = json(start) {
        return json;
    }
    if is_mail(start) {
        return Container::Mail;
    }
    if is_feed(start) {
        return Container::Feed;
    }
    if is_html(start) {
        return Container::Html;
    }
    let name = name.to_ascii_lowercase();
    if let Some(delimiter) = delimiter(&name, start) {
        return Container::Table(delimiter);
    }
    if (name.ends_with(".jsonl") || name.ends_with(".ndjson")) && start.contains("\n{") {
        return Container::JsonLines;
    }
    if (name.ends_with(".html") || name.ends_with(".htm")) && start.contains('<') {
        return Container::Html;
    }
    Container::Text
}

/// Archives and the like, by how they begin.
fn packed(head: &[u8]) -> Option<Container> {
    Some(match head {
        [0x1f, 0x8b, ..] => Container::Gzip,
        [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Container::Zstd,
        [b'P', b'K', 3, 4, rest @ ..] => {
            let member = rest.get(26..).unwrap_or_default();
            let office = OFFICE.iter().any(|name| member.starts_with(name));
            if office { Container::Binary } else { Container::Zip }
        }
        [b'P', b'K', 5, 6, ..] => Container::Zip,
        _ if head.trim_ascii_start().starts_with(b"WARC/") => Container::Warc,
        _ if unpack::is_tar(head) => Container::Tar,
        _ => return None,
    })
}

/// A text without the XML declaration, comments and document types before its first element.
fn without_prolog(text: &str) -> &str {
    let mut rest = text.trim_start();
    loop {
        let end = if rest.starts_with("<!--") {
            rest.find("-->").map(|at| at + 3)
        } else if rest.starts_with("<?") {
            rest.find("?>").map(|at| at + 2)
        } else if rest.starts_with("<!") {
            // A document type may declare entities between brackets.
            let inside = rest.find('[').filter(|at| rest.find('>').is_none_or(|end| *at < end));
            inside
                .map_or(Some(0), |_| rest.find("]"))
                .and_then(|from| Some(from + rest[from..].find('>')? + 1))
        } else {
            return rest;
        };
        match end {
            Some(end) => rest = rest[end..].trim_start(),
            None => return "",
        }
    }
}

fn is_feed(text: &str) -> bool {
    let first = without_prolog(text);
    let named = |name: &str| {
        first
            .strip_prefix('<')
            .and_then(|f| f.strip_prefix(name))
            .is_some_and(|f| f.starts_with([' ', '>', '\n', '\r', '\t']))
    };
    named("rss") || named("feed") || named("rdf:RDF") && first.contains("purl.org/rss")
}

/// Header lines that only messages have, in small letters.
const MAIL_ONLY: &[&str] =
    &["mime-version", "message-id", "received", "return-path", "delivered-to", "dkim-signature"];
/// Header lines that other texts may open with, too.
const MAIL_TOO: &[&str] =
    &["from", "to", "cc", "subject", "date", "reply-to", "sender", "content-type", "list-id"];

/// Whether a text begins with a message's header: several lines of its own, among them one that
/// nothing else has.
fn is_mail(text: &str) -> bool {
    let (mut only, mut too) = (0, 0);
    for line in text.lines() {
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else {
            break;
        };
        let name = name.to_ascii_lowercase();
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_graphic()) {
            break;
        }
        only += usize::from(MAIL_ONLY.contains(&name.as_str()));
        too += usize::from(MAIL_TOO.contains(&name.as_str()));
    }
    only >= 1 && only + too >= 3
}

/// What separates the fields of a table; none if the text is none. Without a telling name, two columns must
/// have usual names, one of them a text's, and the next row as many fields.
fn delimiter(name: &str, text: &str) -> Option<u8> {
    let named = [".csv", ".tsv", ".tab"].iter().any(|end| name.ends_with(end));
    let mut best: Option<(usize, usize, u8)> = None;
    for delimiter in [b',', b'\t', b';', b'|'] {
        let [Some(names), next] = unpack::first_rows(text, delimiter) else { continue };
        let names: Vec<_> = names.iter().map(String::from_utf8_lossy).collect();
        let next = next.map(|next| next.ends.len());
        let n_known = names.iter().filter(|n| fields::is_known(n)).count();
        let holds_text = names.iter().any(|n| fields::holds_text(n, &super::Told::default()));
        let even = next == Some(names.len());
        let sure = n_known >= 2 && holds_text && even;
        if names.len() >= 2 && (sure || named) {
            best = best.max(Some((n_known, names.len(), delimiter)));
        }
    }
    best.map(|(_, _, delimiter)| delimiter)
}

/// The head as text, near enough to find ASCII marks in it.
fn plain_head(head: &[u8]) -> String {
    match charset::wide(head) {
        Some(encoding) => encoding.decode(head).0.into_owned(),
        None => String::from_utf8_lossy(head).into_owned(),
    }
}

fn is_binary(head: &[u8]) -> bool {
    if MAGIC.iter().any(|magic| head.starts_with(magic)) {
        return true;
    }
    if charset::wide(head).is_some() {
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
