//! Features as numbers: a template's number mixed with what it sees.
//!
//! Every word gives the same number of features, so a template that sees nothing says so.

/// Collects the features of one word.
pub(super) struct Bag<'o> {
    out: &'o mut Vec<u32>,
    template: u64,
}

impl<'o> Bag<'o> {
    /// Appends to `out`.
    pub(super) fn new(out: &'o mut Vec<u32>) -> Bag<'o> {
        Bag { out, template: 1 }
    }

    /// The next template's feature, from all that it sees.
    pub(super) fn add<const N: usize>(&mut self, seen: [u32; N]) {
        let mut h = self.template.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        for value in seen {
            h = (h.rotate_left(23) ^ u64::from(value)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        }
        h ^= h >> 32;
        self.template += 1;
        self.out.push((h.wrapping_mul(0xD6E8_FEB8_6659_FD93) >> 32) as u32);
    }
}

/// A distance in few steps.
pub(super) fn step(distance: usize) -> u32 {
    match distance {
        0..4 => distance as u32,
        4..6 => 4,
        6..10 => 6,
        10..16 => 10,
        16..30 => 16,
        _ => 30,
    }
}
