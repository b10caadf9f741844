//! Paths as typed -> files, and what comes of them, part by part.

pub(crate) mod open;
pub(crate) mod paths;
