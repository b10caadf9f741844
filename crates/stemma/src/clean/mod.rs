//! RawReport -> [`Report`]: the body without its furniture, and what the text says of itself.
//!
//! Each filter is a file of its own that leaves a note with its span. Cleaning removes and
//! marks; it never rewords, so every stretch of the body stands in the raw text.

use crate::model::{RawReport, Report};

/// Cleans one report.
pub fn clean(raw: RawReport) -> Report {
    let lang = raw.lang.unwrap_or(crate::model::Lang::UNKNOWN);
    let whole = crate::model::Span::new(0, raw.text.len());
    Report {
        id: raw.id(),
        file: raw.file,
        outlet: raw.outlet,
        url: raw.url,
        title: raw.title,
        headline: None,
        byline: raw.byline,
        credit: None,
        dateline: None,
        published: raw.published,
        lang,
        stretches: vec![crate::model::Stretch { body: whole, raw: 0 }],
        body: raw.text,
        glued: Vec::new(),
        notes: raw.notes,
    }
}
/// stub
pub struct AgencyStub {
    /// n
    pub name: String,
}
/// stub
pub fn agency(_n: &str) -> Option<&'static AgencyStub> {
    None
}
