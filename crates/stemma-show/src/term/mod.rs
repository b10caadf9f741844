//! Views -> text for a terminal: tables that fit its width, trees, texts with marks.
//!
//! Takes views alone and gives strings. Report text is made harmless on the way: control
//! characters, escape sequences and reading-direction overrides are shown, never sent.

pub mod words;
pub mod grid;
pub mod tree;
mod parts;
mod summary;
mod families;
mod events;
mod cards;
mod entries;
mod report;
mod collation;
mod why;
mod search;
mod check;

pub use cards::{cards, changes};
pub use check::check;
pub use collation::{collation, table};
pub use entries::entries;
pub use events::{events, timeline};
pub use families::families;
pub use parts::left;
pub use report::report;
pub use search::found;
pub use summary::summary;
pub use why::why;
pub use words::{Ink, Words, harmless};

/// What text is written on: how wide, and whether with colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paper {
    /// Columns; below [`Paper::NARROWEST`] it is taken for that.
    pub width: usize,
    /// Whether colours may be used; without them, marks are written as signs.
    pub colour: bool,
}

impl Paper {
    /// No table can be read on less.
    pub const NARROWEST: usize = 40;

    /// Columns to write on.
    pub fn columns(&self) -> usize {
        self.width.max(Self::NARROWEST)
    }
}
