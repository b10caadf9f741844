//! Words met before, and their pieces: reports repeat words, and each other's words.
//!
//! In: a word as written, and its pieces once they are known. Out: the pieces, while kept.
//! Never: grows, hashes to decide equality, or changes an answer; a word that does not fit is not kept.

use std::hash::Hasher;

use rustc_hash::FxHasher;

/// Slots, a power of two. Tried from 2^12 to 2^15 on 16 MB of newswire: alike within the noise, so the least.
const N_SLOTS: usize = 1 << 12;
/// Bytes of a word and pieces of it that fit a slot. Of English newswire, one word in 20,000 is longer.
const MAX_BYTES: usize = 22;
const MAX_PIECES: usize = 6;

#[derive(Clone, Copy)]
struct Slot {
    n_bytes: u8,
    n_pieces: u8,
    bytes: [u8; MAX_BYTES],
    pieces: [u32; MAX_PIECES],
}

const EMPTY: Slot = Slot { n_bytes: 0, n_pieces: 0, bytes: [0; MAX_BYTES], pieces: [0; MAX_PIECES] };

/// A direct-mapped cache of 200 KB; a newcomer takes the slot of whom it meets there.
pub(crate) struct Met(Vec<Slot>);

impl Met {
    pub fn new() -> Self {
        Self(vec![EMPTY; N_SLOTS])
    }

    /// The pieces of `word`, if it is kept.
    #[inline]
    pub fn pieces(&self, word: &str) -> Option<&[u32]> {
        let slot = self.0.get(place(word))?;
        let kept = slot.bytes.get(..usize::from(slot.n_bytes))?;
        if kept == word.as_bytes() { slot.pieces.get(..usize::from(slot.n_pieces)) } else { None }
    }

    /// Keeps the pieces of `word`, if they fit.
    pub fn keep(&mut self, word: &str, pieces: &[u32]) {
        if let (Ok(n_bytes), Ok(n_pieces)) = (u8::try_from(word.len()), u8::try_from(pieces.len()))
            && let Some(slot) = self.0.get_mut(place(word))
            && let Some(bytes) = slot.bytes.get_mut(..word.len())
            && let Some(kept) = slot.pieces.get_mut(..pieces.len())
        {
            bytes.copy_from_slice(word.as_bytes());
            kept.copy_from_slice(pieces);
            (slot.n_bytes, slot.n_pieces) = (n_bytes, n_pieces);
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "only the low bits are used")]
fn place(word: &str) -> usize {
    let mut hasher = FxHasher::default();
    hasher.write(word.as_bytes());
    hasher.finish() as usize & (N_SLOTS - 1)
}

#[cfg(test)]
mod tests {
    use super::Met;

    fn check(word: &str, pieces: &[u32], kept: bool) {
        let mut met = Met::new();
        assert_eq!(met.pieces(word), None);
        met.keep(word, pieces);
        assert_eq!(met.pieces(word), kept.then_some(pieces), "{word}");
        assert_eq!(met.pieces("another"), None);
    }

    #[test]
    fn what_fits_is_kept() {
        check("ferry", &[7, 9], true);
        check("☂", &[], true);
        check("seventeen letters too many", &[1], false);
        check("one", &[1, 2, 3, 4, 5, 6, 7], false);
    }
}
