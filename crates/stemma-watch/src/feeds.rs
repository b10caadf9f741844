//! Lists of feeds -> their addresses: OPML as feed readers export it, or one address a line.
//!
//! Folders of an OPML are walked through; what follows `#` on a line is a remark. Each feed comes once, in order.
//! Opens no file.

use crate::WatchError;
use crate::address::address;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeSet;
use url::Url;

/// Bytes of a list, at most: some hundred thousand feeds.
pub const LONGEST_LIST: usize = 64 << 20;

/// One feed's address, as typed.
///
/// # Errors
/// When it cannot be fetched.
pub fn one(words: &str) -> Result<Url, WatchError> {
    // Feed readers write feed:https://… and feed://…
    let bare = words.trim();
    let bare = bare.strip_prefix("feed:").map_or_else(
        || bare.to_owned(),
        |rest| match rest.strip_prefix("//") {
            Some(rest) => format!("https://{rest}"),
            None => rest.to_owned(),
        },
    );
    address(&bare, None).map_err(|source| WatchError::Address { words: words.to_owned(), source })
}

/// The feeds of a list.
///
/// ```
/// let list = b"https://post.example/feed\n# a remark\nhttps://gazette.example/rss\n";
/// assert_eq!(stemma_watch::feeds::list("feeds.txt", list).unwrap().len(), 2);
/// ```
///
/// # Errors
/// When it cannot be understood, or has an address that cannot be fetched.
pub fn list(name: &str, bytes: &[u8]) -> Result<Vec<Url>, WatchError> {
    let fail = |what: String| WatchError::List { name: name.to_owned(), what };
    let text = std::str::from_utf8(bytes).map_err(|_| fail("it is not in UTF-8".into()))?;
    let text = text.trim_start_matches('\u{feff}');
    let words = if text.trim_start().starts_with('<') { opml(text).map_err(fail)? } else { lines(text) };
    let mut seen = BTreeSet::new();
    let mut feeds = Vec::new();
    for (line, words) in words {
        let url = one(&words).map_err(|e| match e {
            WatchError::Address { words, source } => fail(format!("line {line} has \"{words}\": {source}")),
            other => other,
        })?;
        if seen.insert(url.clone()) {
            feeds.push(url);
        }
    }
    Ok(feeds)
}

fn lines(text: &str) -> Vec<(usize, String)> {
    let bare = |line: &str| line.split(" #").next().unwrap_or("").trim().to_owned();
    let rows = text.lines().enumerate().map(|(i, line)| (i + 1, bare(line)));
    rows.filter(|(_, words)| !words.is_empty() && !words.starts_with('#')).collect()
}

/// The addresses of an OPML's outlines, with the lines that they stand in.
fn opml(text: &str) -> Result<Vec<(usize, String)>, String> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let mut found = Vec::new();
    let mut is_opml = false;
    let (mut line, mut counted) = (1, 0);
    loop {
        let at = (reader.buffer_position() as usize).min(text.len());
        line += text.as_bytes()[counted..at].iter().filter(|b| **b == b'\n').count();
        counted = at;
        let event = reader.read_event().map_err(|e| format!("it is damaged ({e})"))?;
        let (Event::Start(tag) | Event::Empty(tag)) = event else {
            if matches!(event, Event::Eof) {
                break;
            }
            continue;
        };
        match tag.name().as_ref().to_ascii_lowercase().as_str() {
            "opml" => is_opml = true,
            "outline" => {
                found.extend(xml_url(&tag)?.map(|words| (line, words)));
            }
            _ => {}
        }
    }
    if is_opml { Ok(found) } else { Err("it is XML, but not OPML".into()) }
}

fn xml_url(tag: &BytesStart) -> Result<Option<String>, String> {
    for attribute in tag.attributes().with_checks(false).flatten() {
        if attribute.key.as_ref().eq_ignore_ascii_case("xmlUrl") {
            let words = quick_xml::escape::unescape(&attribute.value);
            return words
                .map(|words| Some(words.into_owned()))
                .map_err(|e| format!("an address is damaged ({e})"));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found = list("x", text.as_bytes()).unwrap();
        assert_eq!(found.iter().map(Url::as_str).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn lists_are_read() {
        check("", &[]);
        check("# mine\nhttps://x.example/a  # news\r\n\nhttps://x.example/a\n", &["https://x.example/a"]);
        check(
            "feed:https://x.example/a\nfeed://x.example/b",
            &["https://x.example/a", "https://x.example/b"],
        );
        check(
            "\u{feff}<?xml version=\"1.0\"?>\n<opml version=\"2.0\"><body><outline text=\"News\">\n\
             <outline type=\"rss\" xmlUrl=\"https://x.example/a?b=1&amp;c=2\"/></outline>\n\
             <outline text=\"no feed\" htmlUrl=\"https://x.example/\"/></body></opml>",
            &["https://x.example/a?b=1&c=2"],
        );
    }

    #[test]
    fn what_is_no_list_is_told() {
        let wrong = |text: &[u8]| list("x", text).unwrap_err().to_string();
        assert!(wrong(b"<rss></rss>").ends_with("it is XML, but not OPML"));
        assert!(wrong(b"https://x.example\nnews").contains("line 2 has \"news\""));
        assert!(wrong(b"<opml>\n<outline xmlUrl=\"file:///a\"/></opml>").contains("line 2"));
        assert!(wrong(b"\xff\xfe").contains("UTF-8"));
    }
}
