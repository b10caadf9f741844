//! A long file of rows -> blocks of whole lines, with bounded memory.
//!
//! A line longer than the engine takes is passed over without being held.

use std::io::{self, BufRead};

/// Bytes in a block: enough that cutting costs nothing, little enough that many fit in memory.
pub(crate) const BLOCK: usize = 2 << 20;

/// One block.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// Whole lines.
    pub(crate) bytes: Vec<u8>,
    /// How many lines stand before it.
    pub(crate) first_row: u64,
    /// Rows that were too long, counted from 1, with their lengths in bytes.
    pub(crate) passed_over: Vec<(u64, u64)>,
}

/// Cuts a stream into blocks.
pub(crate) struct Blocks<R> {
    input: R,
    row: u64,
    longest: usize,
    done: bool,
}

impl<R: BufRead> Blocks<R> {
    /// Starts on a stream; lines above `longest` bytes are passed over.
    pub(crate) fn new(input: R, longest: usize) -> Self {
        Self { input, row: 0, longest, done: false }
    }

    /// The next block; none at the end.
    pub(crate) fn next_block(&mut self) -> io::Result<Option<Block>> {
        let mut block = Block { bytes: Vec::new(), first_row: self.row, passed_over: Vec::new() };
        while !self.done && block.bytes.len() < BLOCK {
            let mut line = Vec::new();
            match self.line(&mut line)? {
                Line::End => self.done = true,
                Line::Whole => {
                    self.row += 1;
                    block.bytes.append(&mut line);
                }
                Line::TooLong(length) => {
                    // Row numbers count from the block's start, so a gap must end the block.
                    self.row += 1;
                    block.passed_over.push((self.row, length));
                    return Ok(Some(block));
                }
            }
        }
        let empty = block.bytes.is_empty() && block.passed_over.is_empty();
        Ok((!empty).then_some(block))
    }

    fn line(&mut self, line: &mut Vec<u8>) -> io::Result<Line> {
        let mut length = 0u64;
        loop {
            let buffer = match self.input.fill_buf() {
                Ok(buffer) => buffer,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                Err(e) => return Err(e),
            };
            let end = buffer.iter().position(|b| *b == b'\n').map(|i| i + 1);
            let taken = end.unwrap_or(buffer.len());
            length += taken as u64;
            if length <= self.longest as u64 {
                line.extend_from_slice(&buffer[..taken]);
            } else {
                *line = Vec::new();
            }
            let over = end.is_some() || buffer.is_empty();
            self.input.consume(taken);
            if over {
                return Ok(match length {
                    0 => Line::End,
                    n if n > self.longest as u64 => Line::TooLong(n),
                    _ => Line::Whole,
                });
            }
        }
    }
}

enum Line {
    Whole,
    TooLong(u64),
    End,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Blocks as `first_row:bytes` with rows passed over after a slash.
    fn check(text: &str, longest: usize, expected: &[&str]) {
        let mut blocks = Blocks::new(io::BufReader::with_capacity(3, text.as_bytes()), longest);
        let mut found = Vec::new();
        while let Some(b) = blocks.next_block().unwrap() {
            let rows: Vec<String> = b.passed_over.iter().map(|(row, n)| format!("/{row}={n}")).collect();
            found.push(format!("{}:{}{}", b.first_row, String::from_utf8(b.bytes).unwrap(), rows.join("")));
        }
        assert_eq!(found, expected);
    }

    #[test]
    fn blocks_hold_whole_lines() {
        check("a\nb\n", 100, &["0:a\nb\n"]);
        check("a\nb", 100, &["0:a\nb"]);
        check("", 100, &[]);
        check("\n\n", 100, &["0:\n\n"]);
    }

    #[test]
    fn long_lines_are_passed_over_and_counted() {
        check("a\nlonglong\nb\nc\n", 4, &["0:a\n/2=9", "2:b\nc\n"]);
        check("longlong", 4, &["0:/1=8"]);
        check("longlong\nlonglong\na", 4, &["0:/1=9", "1:/2=9", "2:a"]);
    }

    #[test]
    fn blocks_end_near_their_size() {
        let line = "x".repeat(BLOCK / 2 + 1) + "\n";
        let mut blocks = Blocks::new(io::Cursor::new(line.repeat(3)), BLOCK);
        let rows: Vec<u64> =
            std::iter::from_fn(|| blocks.next_block().unwrap()).map(|b| b.first_row).collect();
        assert_eq!(rows, [0, 2]);
    }
}
