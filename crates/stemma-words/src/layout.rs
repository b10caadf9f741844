//! The table's file: where each part lies.
//!
//! In: the bytes of `data/words.bin`. Out: its parts as borrowed slices.
//! Never: copies a part, or trusts a length that the bytes do not bear out.
//!
//! Little-endian, parts in this order, no padding:
//!
//! | part | form |
//! |---|---|
//! | magic | 8 bytes, `STWORDS1` |
//! | counts | 4 × u32: pieces, trie units, means, bytes of piece text |
//! | scores | u16 a piece: 2048 × minus the natural logarithm of its unigram probability |
//! | scales | u16 a piece: what one step of its row is worth, the upper half of an f32 |
//! | units | u32 a unit: see `trie` |
//! | means | 4 bytes of name, zero-filled, and 256 × f32, each |
//! | ends | u32 a piece: where its text ends |
//! | text | UTF-8 of all pieces, in order |
//! | rows | 256 × 4 bits a piece, each less 8; the low nibbles are the first 128 |

use crate::vector::DIMS;

const MAGIC: &[u8] = b"STWORDS1";
const MEAN_BYTES: usize = 4 + 4 * DIMS;
const SCORE_STEPS: f32 = 2048.0;

/// Two bytes of the file, a score or a scale once read.
pub(crate) type Pair = [u8; 2];
/// Four bytes of the file, a whole number once read.
pub(crate) type Quad = [u8; 4];
/// A row of the table: two numbers a byte.
pub(crate) type Row = [u8; DIMS / 2];

/// The parts of a table file, borrowed.
pub(crate) struct Layout {
    pub scores: &'static [Pair],
    pub scales: &'static [Pair],
    pub units: &'static [Quad],
    pub means: &'static [[u8; MEAN_BYTES]],
    pub ends: &'static [Quad],
    pub text: &'static [u8],
    pub rows: &'static [Row],
}

/// Cuts the parts out of `bytes`; `None` if they are no whole table.
pub(crate) fn read(bytes: &'static [u8]) -> Option<Layout> {
    let mut rest = bytes.strip_prefix(MAGIC)?;
    let mut count = || Some(u32::from_le_bytes(*take::<4>(&mut rest, 1)?.first()?) as usize);
    let (n_pieces, n_units, n_means, n_text) = (count()?, count()?, count()?, count()?);
    let layout = Layout {
        scores: take(&mut rest, n_pieces)?,
        scales: take(&mut rest, n_pieces)?,
        units: take(&mut rest, n_units)?,
        means: take(&mut rest, n_means)?,
        ends: take(&mut rest, n_pieces)?,
        text: take::<1>(&mut rest, n_text)?.as_flattened(),
        rows: take(&mut rest, n_pieces)?,
    };
    rest.is_empty().then_some(layout)
}

fn take<const N: usize>(rest: &mut &'static [u8], n: usize) -> Option<&'static [[u8; N]]> {
    let (head, tail) = rest.split_at_checked(n.checked_mul(N)?)?;
    *rest = tail;
    Some(head.as_chunks().0)
}

/// Natural logarithm of a piece's unigram probability, -32..=0.
#[inline]
pub(crate) fn score(raw: Pair) -> f32 {
    -f32::from(u16::from_le_bytes(raw)) / SCORE_STEPS
}

/// What one step of a row is worth.
#[inline]
pub(crate) fn scale(raw: Pair) -> f32 {
    f32::from_bits(u32::from(u16::from_le_bytes(raw)) << 16)
}

/// Name and values of one stored mean.
pub(crate) fn mean(raw: &[u8; MEAN_BYTES]) -> (&str, [f32; DIMS]) {
    let (name, values) = raw.split_at(4);
    let name = str::from_utf8(name).unwrap_or_default().trim_end_matches('\0');
    let mut mean = [0.0; DIMS];
    for (to, from) in mean.iter_mut().zip(values.as_chunks().0) {
        *to = f32::from_le_bytes(*from);
    }
    (name, mean)
}

#[cfg(test)]
mod tests {
    fn check(bytes: &'static [u8], whole: bool) {
        assert_eq!(super::read(bytes).is_some(), whole);
    }

    #[test]
    fn only_whole_tables_are_read() {
        check(crate::BYTES, true);
        check(&crate::BYTES[..crate::BYTES.len() - 1], false);
        check(&crate::BYTES[1..], false);
        check(b"STWORDS1", false);
        check(b"STWORDS1\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", false);
        check(b"", false);
    }
}
