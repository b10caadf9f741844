//! A page -> its words and what it says of itself.
//!
//! Bounded: a page too long or too deep is read by cutting its tags, with a note.

mod about;
mod blocks;
mod body;
mod date;
mod ld;
mod page_byline;
mod page_title;
mod place;
mod shown;
mod visible;

pub(super) use about::About;
pub(super) use place::{Lie, places};

use crate::model::{Note, NoteKind};
use trafilatura::dom::Document;

/// The longest page that is parsed, in bytes. News pages have 50 KB to 2 MB, most of it scripts.
const LONGEST: usize = 6 << 20;

/// The deepest nesting that is parsed. Real pages stay under 100; the extractors walk trees by
/// recursion and need some 2 KB of stack a level, so that this fits a thread's usual 2 MB.
const DEEPEST: usize = 400;

/// Extracted words shorter than this, in bytes, are doubted and read again in another way.
const SHORT: usize = 250;

/// What a page holds.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// The report's words, one line a paragraph.
    pub(super) text: String,
    /// What the page says of itself.
    pub(super) about: About,
    /// What was noticed.
    pub(super) notes: Vec<Note>,
}

/// Takes the report out of its page. `url` is its address, if known from outside.
pub(super) fn page(html: &str, url: Option<&str>) -> Page {
    let mut page = Page::default();
    let refused = if html.len() > LONGEST {
        Some((
            NoteKind::TooLarge,
            format!("A page of {} bytes; its tags were cut, its furniture stays", html.len()),
        ))
    } else {
        let depth = visible::depth(html);
        (depth > DEEPEST).then(|| {
            (NoteKind::Malformed, format!("{depth} elements stand inside each other; tags were cut"))
        })
    };
    if let Some((kind, detail)) = refused {
        page.text = visible::text(html);
        page.notes.push(Note::new(kind, detail));
        return page;
    }
    let document = Document::parse(html);
    let blocks = blocks::blocks(html);
    page.about = about::about(&document, &blocks, url);
    page.text = body(html, &blocks);
    page
}

fn body(html: &str, blocks: &[blocks::Block]) -> String {
    let voted = dom_smoothie::Readability::new(html, None, None).and_then(|mut r| r.parse());
    let voted = voted.map(|article| visible::text(&article.content)).unwrap_or_default();
    let found = body::text(blocks, &voted);
    if found.len() >= SHORT {
        found
    } else if !voted.trim().is_empty() && voted.len() > found.len() {
        voted
    } else if !found.is_empty() {
        found
    } else {
        visible::text(html)
    }
}
