//! Words met before, and what was found of them: reports repeat words, and each other's words.
//!
//! In: a word as written, and what is known of it. Out: that, while kept.
//! Never: grows, hashes to decide equality, or changes an answer; a word that does not fit is not kept.

use std::hash::Hasher;

use rustc_hash::FxHasher;

/// Bytes of a word that fit a slot. Of English newswire, one word in 20,000 is longer.
const MAX_BYTES: usize = 22;

#[derive(Clone, Copy)]
struct Slot<T> {
    n_bytes: u8,
    bytes: [u8; MAX_BYTES],
    kept: T,
}

/// A direct-mapped cache; a newcomer takes the slot of whom it meets there.
///
/// ```
/// let mut met = stemma_words::Met::new(1 << 12);
/// met.keep("ferry", 7);
/// assert_eq!((met.of("ferry"), met.of("tug")), (Some(&7), None));
/// ```
pub struct Met<T>(Vec<Slot<T>>);

impl<T: Copy + Default> Met<T> {
    /// Room for so many words, a power of two.
    #[must_use]
    pub fn new(n_slots: usize) -> Self {
        // Of bytes no word begins with, so that an empty slot is no word, the empty word included.
        let empty = Slot { n_bytes: u8::MAX, bytes: [0; MAX_BYTES], kept: T::default() };
        Self(vec![empty; n_slots.next_power_of_two()])
    }

    /// What was kept of `word`, if it still is.
    #[inline]
    #[must_use]
    pub fn of(&self, word: &str) -> Option<&T> {
        let slot = self.0.get(self.place(word))?;
        let bytes = slot.bytes.get(..usize::from(slot.n_bytes))?;
        (bytes == word.as_bytes()).then_some(&slot.kept)
    }

    /// Keeps it, if the word fits.
    pub fn keep(&mut self, word: &str, kept: T) {
        let place = self.place(word);
        if let Ok(n_bytes) = u8::try_from(word.len())
            && let Some(slot) = self.0.get_mut(place)
            && let Some(bytes) = slot.bytes.get_mut(..word.len())
        {
            bytes.copy_from_slice(word.as_bytes());
            (slot.n_bytes, slot.kept) = (n_bytes, kept);
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "only the low bits are used")]
    fn place(&self, word: &str) -> usize {
        let mut hasher = FxHasher::default();
        hasher.write(word.as_bytes());
        hasher.finish() as usize & (self.0.len() - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::Met;

    fn check(word: &str, kept: bool) {
        let mut met = Met::new(1 << 4);
        assert_eq!(met.of(word), None);
        met.keep(word, 7);
        assert_eq!(met.of(word), kept.then_some(&7), "{word}");
        assert_eq!(met.of("another"), None);
    }

    #[test]
    fn what_fits_is_kept() {
        check("ferry", true);
        check("☂", true);
        check("", true);
        check("seventeen letters too many", false);
    }
}
