//! The heads of a Parquet column's pages -> whether their sizes can be believed.
//!
//! The library makes room for as many bytes as a page's head says that it unpacks to, up to 2 GB; so the
//! heads are looked at first. They are structures in Thrift's compact protocol, of which the second and
//! third field are the sizes unpacked and packed; all others are passed over.

/// The deepest nesting of a structure; page heads have two.
const DEEPEST: u8 = 8;

/// The largest number of bytes that one of the pages in a column's bytes says that it unpacks to; none if
/// they cannot be walked.
pub(super) fn largest(mut column: &[u8]) -> Option<u64> {
    let mut largest = 0;
    while !column.is_empty() {
        let mut head = Head { bytes: column };
        let [unpacked, packed] = head.sizes()?;
        largest = largest.max(unpacked);
        column = head.bytes.get(usize::try_from(packed).ok()?..)?;
    }
    Some(largest)
}

struct Head<'b> {
    bytes: &'b [u8],
}

impl Head<'_> {
    /// Reads a head: how large its page is unpacked, and packed.
    fn sizes(&mut self) -> Option<[u64; 2]> {
        let (mut field, mut sizes) = (0, [0; 2]);
        while let Some(kind) = self.field(&mut field)? {
            match (field, kind) {
                (2 | 3, 5) => sizes[field as usize - 2] = u64::try_from(self.number()?).ok()?,
                _ => self.skip(kind, 0)?,
            }
        }
        Some(sizes)
    }

    /// The kind of the next field, whose number is put in `field`; none at the structure's end.
    fn field(&mut self, field: &mut i64) -> Option<Option<u8>> {
        let byte = self.byte()?;
        if byte == 0 {
            return Some(None);
        }
        *field = if byte >> 4 == 0 { self.number()? } else { *field + i64::from(byte >> 4) };
        Some(Some(byte & 15))
    }

    fn skip(&mut self, kind: u8, depth: u8) -> Option<()> {
        if depth > DEEPEST {
            return None;
        }
        match kind {
            1 | 2 => {}
            3 => drop(self.byte()?),
            4..=6 => drop(self.number()?),
            7 => self.pass(8)?,
            8 => {
                let length = self.varint()?;
                self.pass(length)?;
            }
            9 | 10 => {
                let byte = self.byte()?;
                let n = if byte >> 4 == 15 { self.varint()? } else { u64::from(byte >> 4) };
                for _ in 0..n {
                    // In a list, unlike in a field, a truth value takes a byte.
                    self.skip(if byte & 15 <= 2 { 3 } else { byte & 15 }, depth + 1)?;
                }
            }
            12 => {
                let mut field = 0;
                while let Some(kind) = self.field(&mut field)? {
                    self.skip(kind, depth + 1)?;
                }
            }
            _ => return None,
        }
        Some(())
    }

    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*first)
    }

    fn pass(&mut self, n: u64) -> Option<()> {
        self.bytes = self.bytes.get(usize::try_from(n).ok()?..)?;
        Some(())
    }

    fn varint(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 127) << shift;
            if byte < 128 {
                return Some(value);
            }
        }
        None
    }

    /// A signed number (zigzag).
    fn number(&mut self) -> Option<i64> {
        let value = self.varint()?;
        Some((value >> 1) as i64 ^ -((value & 1) as i64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pages_sizes_stand_in_its_head() {
        // Type 0; 300 bytes unpacked; 2 packed; a structure of one number; the end. Then the page.
        let page = [0x15, 0, 0x15, 0xd8, 0x04, 0x15, 4, 0x2c, 0x15, 2, 0, 0, b'a', b'b'];
        assert_eq!(largest(&page), Some(300));
        assert_eq!(largest(&[page, page].concat()), Some(300));
        assert_eq!(largest(&page[..13]), None, "cut");
        assert_eq!(largest(&[0x1c; 40]), None, "too deep");
        assert_eq!(largest(&[]), Some(0));
    }
}
