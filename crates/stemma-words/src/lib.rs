//! Word vectors in about a hundred languages, embedded in the program.
//!
//! In: text, and its language where it is known. Out: word pieces, and unit vectors whose cosine
//! says how near two texts are in meaning, within a language or across languages.
//! Never: reads a file, allocates a copy of the table, fails on any text, or learns.
//!
//! The table holds one row for each of some 112,000 word pieces, taken from multilingual-e5-small
//! (Wang et al. 2024). A text is the weighted sum of its rows (SIF weights, Arora et al. 2017), less
//! the mean of its language; the rows are whitened by the differences between translations, so that
//! what tells languages apart counts little. `data/NOTICE.md` says where the numbers come from,
//! `tools/README.md` how they were made and what they measure.
//!
//! ```
//! let words = stemma_words::table();
//! let english = words.vector("The river flooded three villages.", Some("en"));
//! let german = words.vector("Der Fluss überschwemmte drei Dörfer.", Some("de"));
//! let other = words.vector("Die Oper beginnt um acht Uhr.", Some("de"));
//! assert!(english.cosine(&german) > english.cosine(&other));
//! ```

#![forbid(unsafe_code)]

mod layout;
mod met;
mod normal;
mod script;
mod segment;
mod trie;
mod vector;
mod words;

pub use met::Met;
pub use vector::{DIMS, Packed, Vector, cosine};
pub use words::{PieceId, Words};

use std::sync::OnceLock;

/// The file made by `tools/build_table.py`.
static BYTES: &[u8] = include_bytes!("../data/words.bin");

/// The embedded table. The first call reads a few headers; no call copies the rows.
///
/// # Panics
///
/// Never, unless the file in the program is damaged.
///
/// ```
/// assert!(stemma_words::table().n_pieces() > 100_000);
/// ```
#[must_use]
pub fn table() -> &'static Words {
    static TABLE: OnceLock<Words> = OnceLock::new();
    TABLE.get_or_init(|| Words::read(BYTES).expect("the embedded table is whole: a test checks its digest"))
}
