//! A long file of lines -> blocks of rows. A line longer than is taken is passed over unheld.

use crate::read::limits::MAX_ROW;
use std::io::{self, BufRead};
use std::ops::Range;

/// Bytes in a block: enough that cutting costs nothing, little enough that many fit in memory.
pub(super) const BLOCK: usize = 2 << 20;

/// Some rows of a file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::read) struct Rows {
    /// Their bytes.
    pub(in crate::read) bytes: Vec<u8>,
    /// Each row's number, counted from 1 (blank lines included), and where it stands in `bytes`.
    pub(in crate::read) rows: Vec<(u64, Range<usize>)>,
    /// Rows that were too long, with their lengths in bytes.
    pub(in crate::read) passed_over: Vec<(u64, u64)>,
}

/// Cuts a stream into blocks.
pub(super) struct Lines<R> {
    input: R,
    row: u64,
    longest: usize,
    block: usize,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, row: 0, longest: MAX_ROW, block: BLOCK }
    }

    /// The next block; none at the end. Blank lines are counted and left out.
    ///
    /// # Errors
    /// Those of the stream.
    pub(super) fn next_block(&mut self) -> io::Result<Option<Rows>> {
        let mut block = Rows::default();
        while block.bytes.len() < self.block {
            let start = block.bytes.len();
            let length = match line(&mut self.input, &mut block.bytes, self.longest) {
                Ok(length) => length,
                // What came before is not lost; the error comes again.
                Err(_) if !block.rows.is_empty() => {
                    block.bytes.truncate(start);
                    break;
                }
                Err(e) => return Err(e),
            };
            if length == 0 {
                break;
            }
            self.row += 1;
            if length > self.longest as u64 {
                block.passed_over.push((self.row, length));
            } else if block.bytes[start..].iter().all(u8::is_ascii_whitespace) {
                block.bytes.truncate(start);
            } else {
                block.rows.push((self.row, start..block.bytes.len()));
            }
        }
        let empty = block.rows.is_empty() && block.passed_over.is_empty();
        Ok((!empty).then_some(block))
    }
}

/// Appends a line with its break and gives its length in bytes, 0 at the end; a line above
/// `longest` is passed over.
pub(super) fn line(input: &mut impl BufRead, into: &mut Vec<u8>, longest: usize) -> io::Result<u64> {
    let start = into.len();
    let mut length = 0u64;
    loop {
        let buffer = match input.fill_buf() {
            Ok(buffer) => buffer,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(e),
        };
        let end = buffer.iter().position(|b| *b == b'\n').map(|i| i + 1);
        let taken = end.unwrap_or(buffer.len());
        length += taken as u64;
        if length <= longest as u64 {
            into.extend_from_slice(&buffer[..taken]);
        } else {
            into.truncate(start);
            into.shrink_to(BLOCK);
        }
        let over = end.is_some() || buffer.is_empty();
        input.consume(taken);
        if over {
            return Ok(length);
        }
    }
}

/// Says that a row was passed over.
pub(super) fn too_long(row: u64, length: u64) -> String {
    let limit = MAX_ROW >> 20;
    format!("Row {row} left out: {length} bytes; a row may have {limit} MB and, in a table, 4096 columns")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows as `row:bytes`, rows passed over as `/row=length`, a bar between blocks.
    fn check(text: &str, longest: usize, block: usize, expected: &str) {
        let input = io::BufReader::with_capacity(3, text.as_bytes());
        let mut lines = Lines { longest, block, ..Lines::new(input) };
        let mut found = Vec::new();
        while let Some(b) = lines.next_block().unwrap() {
            let rows = b.rows.iter().map(|(row, at)| {
                format!("{row}:{}", std::str::from_utf8(&b.bytes[at.clone()]).unwrap().trim_end())
            });
            let over = b.passed_over.iter().map(|(row, n)| format!("/{row}={n}"));
            found.push(rows.chain(over).collect::<Vec<_>>().join(" "));
        }
        assert_eq!(found.join(" | "), expected);
    }

    #[test]
    fn blocks_hold_whole_lines() {
        check("a\nb\n", 100, 100, "1:a 2:b");
        check("a\n\nb", 100, 100, "1:a 3:b");
        check("", 100, 100, "");
        check("aaaa\nbbbb\ncc", 100, 8, "1:aaaa 2:bbbb | 3:cc");
    }

    #[test]
    fn long_lines_are_passed_over_and_counted() {
        check("a\nlonglong\nb\nc\n", 4, 100, "1:a 3:b 4:c /2=9");
        check("longlong", 4, 100, "/1=8");
        check("longlong\nlonglong\na", 4, 100, "3:a /1=9 /2=9");
    }
}
