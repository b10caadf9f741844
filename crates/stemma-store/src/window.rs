//! Which part of a list is asked for.

/// Which of what a question asks for: some from a place on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// How many come before.
    pub from: usize,
    /// How many at most.
    pub most: usize,
}

impl From<usize> for Window {
    /// The first ones.
    fn from(most: usize) -> Self {
        Self { from: 0, most }
    }
}

impl Window {
    /// As `LIMIT` and `OFFSET`.
    pub(crate) fn bounds(self) -> [i64; 2] {
        [self.most, self.from].map(|n| n.min(i64::MAX as usize) as i64)
    }
}
