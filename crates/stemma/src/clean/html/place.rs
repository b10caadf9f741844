//! Finds where the words taken out of a page stand in the page.
//!
//! Walks both in order, word by word; words that are written otherwise in the page (`&amp;`)
//! are left without a place.

use super::visible::{Piece, pieces};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// How many words of the page are looked past for the next word.
const AHEAD: usize = 40;

/// How many words at its beginning find a line in the page, however far on it stands.
const ANCHOR: usize = 4;

/// A piece of the extracted text that stands unchanged in the page.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::clean) struct Lie {
    /// Where in the extracted text.
    pub(in crate::clean) text: Range<usize>,
    /// First byte in the page.
    pub(in crate::clean) raw: usize,
}

/// The places of a text's words in its page, in order of the text.
pub(in crate::clean) fn places(text: &str, html: &str) -> Vec<Lie> {
    let page = words(html);
    let mut starts: FxHashMap<[&str; ANCHOR], Vec<usize>> = FxHashMap::default();
    for (i, words) in page.windows(ANCHOR).enumerate() {
        starts.entry(std::array::from_fn(|k| &html[words[k].clone()])).or_default().push(i);
    }
    let mut out: Vec<Lie> = Vec::new();
    let mut at = 0;
    for line in text.lines() {
        let base = line.as_ptr() as usize - text.as_ptr() as usize;
        let line: Vec<&str> = line.split_whitespace().collect();
        if let Some(places) = line.first_chunk::<ANCHOR>().and_then(|opening| starts.get(opening)) {
            // The next place where the line begins; the page's order is the text's order.
            at = places.get(places.partition_point(|p| *p < at)).copied().unwrap_or(at);
        }
        for word in line {
            let start = base + (word.as_ptr() as usize - text[base..].as_ptr() as usize);
            let ahead = page[at.min(page.len())..].iter().take(AHEAD);
            if let Some(skip) = ahead.into_iter().position(|own| html[own.clone()] == *word) {
                push(&mut out, start..start + word.len(), page[at + skip].start, text, html);
                at += skip + 1;
            }
        }
    }
    out
}

fn push(out: &mut Vec<Lie>, text: Range<usize>, raw: usize, whole: &str, html: &str) {
    if let Some(last) = out.last_mut() {
        let gap = whole.get(last.text.end..text.start);
        if gap.is_some() && gap == html.get(last.raw + last.text.len()..raw) {
            last.text.end = text.end;
            return;
        }
    }
    out.push(Lie { text, raw });
}

/// The places of the page's visible words.
fn words(html: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    for piece in pieces(html) {
        let Piece::Text(range) = piece else { continue };
        for word in html[range].split_whitespace() {
            let start = word.as_ptr() as usize - html.as_ptr() as usize;
            out.push(start..start + word.len());
        }
    }
    out
}
