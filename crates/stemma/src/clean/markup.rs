//! Takes stray tags out of a text: `<br />`, `<b>`, `</a>`, as exports leave them.
//!
//! Only tags of elements that set words, and only in texts: what a page shows as words is meant.

use super::draft::Draft;
use crate::model::{Note, NoteKind, Span};
use std::ops::Range;

/// Elements that exports leave in texts. Others between `<` and `>` may be meant: addresses, names, code.
const ELEMENTS: &[&str] = &[
    "a",
    "b",
    "blockquote",
    "br",
    "center",
    "div",
    "em",
    "figcaption",
    "figure",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "li",
    "ol",
    "p",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tr",
    "u",
    "ul",
];

/// The longest tag, in bytes: a link with a long address.
const LONGEST: usize = 600;

/// Cuts the tags, with one note for all.
pub(super) fn cut_tags(draft: &mut Draft) {
    let tags = tags(&draft.text);
    if let Some(first) = tags.first() {
        let detail = format!("{} tags were taken out of the text", tags.len());
        draft.notes.push(Note::at(NoteKind::Damaged, Span::new(first.start, first.end), detail));
    }
    draft.cuts.extend(tags);
}

/// Where the tags stand.
fn tags(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for (start, _) in text.match_indices('<') {
        if out.last().is_some_and(|last| start < last.end) {
            continue;
        }
        let rest = &text.as_bytes()[start + 1..];
        let rest = &rest[..rest.len().min(LONGEST)];
        let Some(end) = rest.iter().position(|b| matches!(b, b'<' | b'>')).filter(|end| rest[*end] == b'>')
        else {
            continue;
        };
        if is_tag(&text[start + 1..start + 1 + end]) {
            out.push(start..start + end + 2);
        }
    }
    out
}

/// Whether what stands between `<` and `>` names an element, with attributes or without.
fn is_tag(inner: &str) -> bool {
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
    let (name, rest) = inner.split_at(end);
    let attributes = rest.trim_end_matches('/').trim();
    // One capital alone is a ticker: `U.S. Steel <X>`, `Agilent <A>`.
    let ticker = name.len() == 1 && name.bytes().all(|b| b.is_ascii_uppercase());
    !ticker
        && ELEMENTS.contains(&name.to_ascii_lowercase().as_str())
        && (attributes.is_empty() || rest.starts_with(char::is_whitespace) && attributes.contains('='))
}

#[cfg(test)]
mod tests {
    use super::tags;

    fn check(text: &str, cut: &[&str]) {
        assert_eq!(tags(text).into_iter().map(|tag| &text[tag]).collect::<Vec<_>>(), cut, "{text}");
    }

    #[test]
    fn tags_are_told_from_other_marks() {
        check("It <b>fell</b>.<br />Then", &["<b>", "</b>", "<br />"]);
        check("See <a href=\"/x?a=1\">it</a>", &["<a href=\"/x?a=1\">", "</a>"]);
        check("a < b and b > c, <mena@example.org>, <Ana>, <a b>, Agilent <A>", &[]);
        check("<<p>", &["<p>"]);
    }
}
