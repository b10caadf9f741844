//! Views -> text for a terminal.

/// What text is written on: how wide, and whether with colours.
#[derive(Clone, Copy, Debug)]
pub struct Paper {
    /// Columns.
    pub width: usize,
    /// Whether colours may be used.
    pub colour: bool,
}
