//! Bytes -> [`RawReport`]s: told by content, decoded, with what the container says.
//!
//! Never fails and never panics: what cannot be read becomes a note.

use crate::model::{Lang, Moment, Note, RawReport};

/// Bytes to read and what is known about them.
#[derive(Clone, Debug, Default)]
pub struct Input<'a> {
    /// A path or other name, for people and for ids (its last part is a report's key).
    pub name: &'a str,
    /// The bytes.
    pub bytes: &'a [u8],
    /// The row that the bytes begin with, when they are a part of a longer file of rows; else 0.
    pub first_row: u64,
    /// A publication time to use where the input gives none.
    pub published: Option<Moment>,
    /// A language to use whatever the text looks like.
    pub lang: Option<Lang>,
}

/// What an input held.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The reports, in order.
    pub reports: Vec<RawReport>,
    /// What was noticed about the input as a whole.
    pub notes: Vec<Note>,
}

/// How an input is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// One report in plain text.
    Text,
    /// One HTML page.
    Html,
    /// One JSON object a line.
    JsonLines,
    /// No text.
    Binary,
}

/// Tells how an input is packed from its first bytes (a few kilobytes do) and its name.
pub fn container(_name: &str, _head: &[u8]) -> Container {
    Container::Text
}

/// Reads every report of an input.
pub fn read(_input: &Input) -> Found {
    Found::default()
}
