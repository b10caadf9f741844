//! Files and streams -> pieces of bytes that the engine can read, never more than fits.

pub(crate) mod paths;
pub(crate) mod pieces;
pub(crate) mod rows;
