//! A page -> its words and what it says of itself.
//!
//! Bounded: a page too long or too deep is read by cutting its tags, with a note.

mod about;
mod date;
mod ld;
mod page_byline;
mod page_title;
mod place;
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
    page.about = about::about(&document, html, url);
    page.text = body(html, document);
    page
}

fn body(html: &str, document: Document) -> String {
    let options = trafilatura::Options::default().with_fallback(true).with_exclude_comments(true);
    let found =
        trafilatura::extract_document(document, &options).map(|found| found.content_text).unwrap_or_default();
    if found.len() >= SHORT {
        return found;
    }
    let second = dom_smoothie::Readability::new(html, None, None).and_then(|mut r| r.parse());
    let second = second.map(|article| article.text_content.to_string()).unwrap_or_default();
    if second.len() > found.len() {
        return second;
    }
    if found.trim().is_empty() { visible::text(html) } else { found }
}
