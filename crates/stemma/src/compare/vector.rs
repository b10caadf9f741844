//! A sentence's meaning as a vector that can be kept: 256 bytes.
//!
//! In: text. Out: cosines. Never: fails; without a vector every cosine is 0.

use super::fold::hash_run;
use crate::model::Lang;
pub use stemma_words::{DIMS, Packed};

/// The vector of a text.
pub(super) fn vector(text: &str, lang: Lang) -> Packed {
    let lang = lang.is_known().then(|| lang.code());
    stemma_words::table().vector(text, lang).pack()
}

/// On which side of a fixed pseudo-random plane a vector lies.
pub(super) fn sign(vector: &Packed, plane: u32) -> bool {
    vector.signed(|i| hash_run([plane, i as u32]) & 1 == 1) > 0
}
