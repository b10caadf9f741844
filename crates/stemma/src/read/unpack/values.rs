//! JSON that is no file of lines -> blocks of rows: the elements of an array, or values in a row.
//!
//! Only brackets and strings are followed, so that a broken value costs itself and not the
//! rest. Nothing is parsed here and nothing recurses: depth is a number.

use super::lines::{BLOCK, Rows};
use crate::read::limits::MAX_ROW;
use std::io::{self, BufRead};

/// Cuts a stream of JSON into values.
pub(super) struct Values<R> {
    input: R,
    scan: Scan,
    row: u64,
    longest: usize,
    done: bool,
}

/// Where in the JSON the last byte stood.
#[derive(Debug, Default)]
struct Scan {
    /// How many brackets of the current value are open.
    depth: u64,
    /// Whether an array around the values is open.
    listed: bool,
    quoted: bool,
    escaped: bool,
    /// Bytes of the current value so far.
    length: u64,
}

impl Scan {
    /// Takes a byte: whether it belongs to a value, and whether a value ends before or with it.
    fn step(&mut self, byte: u8) -> (bool, bool) {
        if self.quoted {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.quoted = false,
                _ => {}
            }
            return (true, false);
        }
        match byte {
            b'"' => {
                self.quoted = true;
                (true, false)
            }
            b'[' if self.depth == 0 && !self.listed && self.length == 0 => {
                self.listed = true;
                (false, false)
            }
            b'{' | b'[' => {
                self.depth += 1;
                (true, false)
            }
            b'}' | b']' if self.depth > 0 => {
                self.depth -= 1;
                (true, self.depth == 0)
            }
            b']' | b'}' => {
                self.listed = false;
                (false, true)
            }
            b',' if self.depth == 0 => (false, true),
            b if self.depth == 0 && b.is_ascii_whitespace() => (false, !self.listed),
            _ => (true, false),
        }
    }
}

impl<R: BufRead> Values<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, scan: Scan::default(), row: 0, longest: MAX_ROW, done: false }
    }

    /// The next block; none at the end.
    ///
    /// # Errors
    /// Those of the stream.
    pub(super) fn next_block(&mut self) -> io::Result<Option<Rows>> {
        let mut block = Rows::default();
        let mut start = 0;
        while !self.done && (block.bytes.len() < BLOCK || self.scan.length > 0) {
            let buffer = match self.input.fill_buf() {
                Ok(buffer) => buffer,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                Err(_) if !block.rows.is_empty() => break,
                Err(e) => return Err(e),
            };
            self.done = buffer.is_empty();
            let mut taken = 0;
            for byte in buffer {
                taken += 1;
                let (inside, ends) = self.scan.step(*byte);
                if inside {
                    self.scan.length += 1;
                    if self.scan.length <= self.longest as u64 {
                        block.bytes.push(*byte);
                    }
                }
                if ends && self.scan.length > 0 {
                    self.row += 1;
                    start = end(&mut block, &mut self.scan, start, self.row, self.longest);
                    if block.bytes.len() >= BLOCK {
                        break;
                    }
                }
            }
            self.input.consume(taken);
        }
        if self.done && self.scan.length > 0 {
            self.row += 1;
            end(&mut block, &mut self.scan, start, self.row, self.longest);
        }
        let empty = block.rows.is_empty() && block.passed_over.is_empty();
        Ok((!empty).then_some(block))
    }
}

/// Ends a value; gives where the next one starts.
fn end(block: &mut Rows, scan: &mut Scan, start: usize, row: u64, longest: usize) -> usize {
    let length = std::mem::take(&mut scan.length);
    if length > longest as u64 {
        block.bytes.truncate(start);
        block.passed_over.push((row, length));
    } else {
        block.rows.push((row, start..block.bytes.len()));
    }
    block.bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The values, each with its row, and those passed over.
    fn check(text: &str, expected: &str) {
        let mut values =
            Values { longest: 24, ..Values::new(io::BufReader::with_capacity(3, text.as_bytes())) };
        let mut found = Vec::new();
        while let Some(b) = values.next_block().unwrap() {
            found.extend(
                b.rows
                    .iter()
                    .map(|(row, at)| format!("{row}:{}", std::str::from_utf8(&b.bytes[at.clone()]).unwrap())),
            );
            found.extend(b.passed_over.iter().map(|(row, n)| format!("/{row}={n}")));
        }
        assert_eq!(found.join(" "), expected, "{text}");
    }

    #[test]
    fn values_are_cut() {
        check(r#"[{"a": "],["}, {"b":[1,2]}]"#, r#"1:{"a": "],["} 2:{"b":[1,2]}"#);
        check("{\n\"a\": 1}\n{\"b\":\"\\\"}\"}\n", "1:{\n\"a\": 1} 2:{\"b\":\"\\\"}\"}");
        check(r#"[1, [2], {}]"#, "1:1 2:[2] 3:{}");
        check(r#"[]"#, "");
        check(r#"[{"a": 1}, {"b": "#, "1:{\"a\": 1} 2:{\"b\": ");
        check(&format!("[{{\"a\": \"{}\"}}, {{}}]", "x".repeat(90)), "2:{} /1=99");
    }
}
