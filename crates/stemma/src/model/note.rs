//! Something noticed about an input that did not stop the run.

use super::Span;
use serde::{Deserialize, Serialize};

/// One thing noticed, with where it stands when it stands somewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What sort of thing.
    pub kind: NoteKind,
    /// Where: in the raw text for notes of reading and cleaning, in the body for later ones.
    pub span: Option<Span>,
    /// What a person would want to know, sentence case, no full stop.
    pub detail: String,
}

impl Note {
    /// A note about a whole input.
    pub fn new(kind: NoteKind, detail: impl Into<String>) -> Self {
        Self { kind, span: None, detail: detail.into() }
    }

    /// A note about words.
    pub fn at(kind: NoteKind, span: Span, detail: impl Into<String>) -> Self {
        Self { kind, span: Some(span), detail: detail.into() }
    }
}

/// The sorts of notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum NoteKind {
    /// Nothing to read: no text, or none left.
    Empty,
    /// The bytes are not text.
    Binary,
    /// Bytes that are no valid text in the encoding found; replaced by U+FFFD.
    BrokenText,
    /// More than a limit allows; what was left out is said.
    TooLarge,
    /// A row, page or file that cannot be understood.
    Malformed,
    /// A passage that stands before in the same report.
    Repeated,
    /// Furniture around the report: teasers, sharing, cookies, subscriptions.
    Boilerplate,
    /// Sentences run together without a space.
    Glued,
    /// Markup, odd characters or a wrong decoding mended or left.
    Damaged,
    /// A stage has no rules for the report's language.
    NoRules,
    /// A value given from outside was not usable.
    BadMetadata,
    /// Where in a page its date was found.
    Dated,
    /// An address that could not be fetched.
    Unreachable,
}
