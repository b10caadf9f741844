//! HTML -> the words a reader would see, by cutting tags: no tree, no recursion, one pass.
//!
//! Used where a page is too large or too deep for the extractors, and to find where extracted
//! words stand in the page.

use rustc_hash::FxHashMap;
use std::ops::Range;

/// Elements whose content holds no tags, as the HTML standard parses them (outside SVG and MathML).
const RAW: &[&str] = &["script", "style", "textarea", "title", "iframe", "xmp", "noembed", "noframes"];

/// Elements whose words no reader sees.
const HIDDEN: &[&str] = &["head", "svg", "math", "noscript", "template", "select", "title"];

/// Elements that stand inside a line.
const INLINE: &[&str] = &[
    "a", "b", "i", "em", "strong", "span", "font", "u", "s", "small", "sub", "sup", "mark", "q", "cite",
    "abbr", "time", "code", "wbr", "img", "label", "bdi", "bdo", "ins", "del", "kbd", "var", "tt", "big",
];

/// A piece of a page, in order.
pub(super) enum Piece<'h> {
    /// Words, as they stand: references such as `&amp;` not resolved.
    Text(Range<usize>),
    /// A tag: its name in lower case, whether it closes.
    Tag(String, bool, &'h str),
}

/// Cuts a page into words and tags, as a parser would; comments, scripts and styles are passed over.
pub(super) fn pieces(html: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut at = 0;
    let mut foreign = 0usize;
    std::iter::from_fn(move || {
        while at < html.len() {
            let rest = &html[at..];
            if let Some(comment) = rest.strip_prefix("<!--") {
                // `<!-->` is whole: its dashes open and close.
                let end = rest[2..].find("-->").map(|i| i + 5);
                let other = comment.find("--!>").map(|i| i + 8);
                at += end.into_iter().chain(other).min().unwrap_or(rest.len());
                continue;
            }
            let named = rest.strip_prefix("</").or_else(|| rest.strip_prefix('<'));
            let Some(named) = named.filter(|n| n.starts_with(|c: char| c.is_ascii_alphabetic())) else {
                if rest.starts_with("</") || rest.starts_with("<!") || rest.starts_with("<?") {
                    at += rest.find('>').map_or(rest.len(), |i| i + 1);
                    continue;
                }
                let first = rest.chars().next().map_or(0, char::len_utf8);
                let end = rest[first..].find('<').map_or(html.len(), |i| at + first + i);
                let text = at..end;
                at = end;
                return Some(Piece::Text(text));
            };
            let tag = &rest[..tag_end(rest)];
            let name_end =
                named.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).unwrap_or(named.len());
            let name = named.chars().take(name_end.min(32)).collect::<String>().to_ascii_lowercase();
            let name = name
                [..name.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).unwrap_or(name.len())]
                .to_owned();
            let closes = rest.starts_with("</");
            at += tag.len();
            if matches!(name.as_str(), "svg" | "math") {
                foreign = if closes {
                    foreign.saturating_sub(1)
                } else {
                    foreign + usize::from(!tag.ends_with("/>"))
                };
            }
            if !closes && foreign == 0 && RAW.contains(&name.as_str()) {
                at = past(html, at, &name);
            }
            return Some(Piece::Tag(name, closes, tag));
        }
        None
    })
}

/// One past the `>` that ends a tag, attributes read as the HTML standard reads them.
fn tag_end(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut i = 1;
    // Whether a value may begin: behind `=` and white space.
    let mut value = false;
    while i < bytes.len() {
        match bytes[i] {
            b'>' => return i + 1,
            quote @ (b'"' | b'\'') if value => {
                i += 1;
                while i < bytes.len() && bytes[i] != quote {
                    i += 1;
                }
                value = false;
            }
            b'=' if !value => value = true,
            b if b.is_ascii_whitespace() => {}
            _ if value => {
                // A value without quotation marks goes on to white space.
                while i + 1 < bytes.len() && !bytes[i + 1].is_ascii_whitespace() && bytes[i + 1] != b'>' {
                    i += 1;
                }
                value = false;
            }
            _ => {}
        }
        i += 1;
    }
    rest.len()
}

/// Where the content of a silent element ends: before its closing tag.
fn past(html: &str, at: usize, name: &str) -> usize {
    let bytes = html.as_bytes();
    let mut from = at;
    while let Some(i) = html[from..].find("</") {
        let start = from + i + 2;
        if bytes.get(start..start + name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes())) {
            return from + i;
        }
        from = start;
    }
    html.len()
}

/// The words of a page, one line a block, references resolved.
pub(super) fn text(html: &str) -> String {
    let mut out = String::new();
    let mut hidden = 0usize;
    for piece in pieces(html) {
        match piece {
            Piece::Tag(name, closes, tag) if HIDDEN.contains(&name.as_str()) => {
                hidden = if closes {
                    hidden.saturating_sub(1)
                } else {
                    hidden + usize::from(!tag.ends_with("/>"))
                };
            }
            Piece::Tag(name, _, _) if !INLINE.contains(&name.as_str()) => {
                if matches!(name.as_str(), "body" | "p" | "div" | "article") {
                    hidden = 0;
                }
                if !out.is_empty() && !out.ends_with('\n') {
                    out.push('\n');
                }
            }
            Piece::Text(range) if hidden == 0 => words(&resolve(&html[range]), &mut out),
            _ => {}
        }
    }
    out.trim().to_owned()
}

/// Adds words, with one space for any white space.
fn words(words: &str, out: &mut String) {
    for (i, word) in words.split_whitespace().enumerate() {
        if (i > 0 || words.starts_with(char::is_whitespace)) && !out.is_empty() && !out.ends_with(['\n', ' '])
        {
            out.push(' ');
        }
        out.push_str(word);
    }
    if words.ends_with(char::is_whitespace) && !out.is_empty() && !out.ends_with(['\n', ' ']) {
        out.push(' ');
    }
}

/// Named references of common use, and what they stand for (HTML Living Standard, 13.5).
const NAMED: &[(&str, &str)] = &[
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", "\u{a0}"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("hellip", "…"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("eacute", "é"),
    ("egrave", "è"),
    ("agrave", "à"),
    ("aacute", "á"),
    ("atilde", "ã"),
    ("ccedil", "ç"),
    ("oacute", "ó"),
    ("iacute", "í"),
    ("uacute", "ú"),
    ("ntilde", "ñ"),
    ("auml", "ä"),
    ("ouml", "ö"),
    ("uuml", "ü"),
    ("szlig", "ß"),
    ("euro", "€"),
    ("copy", "©"),
    ("shy", "\u{ad}"),
];

/// Resolves the references that text holds: the named ones of common use, and numbers.
pub(super) fn resolve(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|b| b == b';');
        let name = end.map_or("", |end| &rest[1..end]);
        let figure = name.strip_prefix('#').and_then(|n| match n.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => n.parse().ok(),
        });
        match (figure.and_then(char::from_u32), NAMED.iter().find(|(own, _)| *own == name), end) {
            (Some(c), _, Some(end)) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            (_, Some((_, words)), Some(end)) => {
                out.push_str(words);
                rest = &rest[end + 1..];
            }
            _ => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

/// How deeply a page's elements can stand inside each other: opened less closed, by name, at the
/// worst place. Elements that a parser closes by itself are not counted, except in SVG and MathML,
/// which only close what says so.
pub(super) fn depth(html: &str) -> usize {
    const ALONE: &[&str] = &[
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
        "track", "wbr", "p", "li", "dd", "dt", "td", "th", "tr", "tbody", "thead", "tfoot", "option",
        "optgroup", "html", "head", "body", "rp", "rt", "script", "style", "textarea", "title", "iframe",
    ];
    let mut open: FxHashMap<String, usize> = FxHashMap::default();
    let (mut depth, mut deepest) = (0usize, 0usize);
    for piece in pieces(html) {
        let Piece::Tag(name, closes, tag) = piece else { continue };
        let foreign = ["svg", "math"].iter().any(|name| open.get(*name).is_some_and(|count| *count > 0));
        if if foreign { tag.ends_with("/>") } else { ALONE.contains(&name.as_str()) } {
            continue;
        }
        let count = open.entry(name).or_default();
        if !closes {
            *count += 1;
            depth += 1;
            deepest = deepest.max(depth);
        } else if *count > 0 {
            *count -= 1;
            depth -= 1;
        }
    }
    deepest
}
