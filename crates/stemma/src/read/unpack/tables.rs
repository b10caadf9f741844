//! A long table -> blocks of rows. A row longer than is taken is passed over unheld.

use super::lines::BLOCK;
use crate::read::limits::MAX_ROW;
use crate::read::tables::{Block, Record};
use csv_core::ReadRecordResult;
use std::io::{self, BufRead};
use std::sync::Arc;

/// At most so many columns: more is no table of reports.
const MAX_COLUMNS: usize = 4096;

/// Cuts a stream of separated values into blocks.
pub(super) struct Table<R> {
    input: R,
    core: csv_core::Reader,
    columns: Option<Arc<Record>>,
    row: u64,
    longest: usize,
    passed_over: Vec<(u64, u64)>,
}

/// One record, or its length if it was too long.
enum Row {
    Whole(Record),
    TooLong(u64),
    End,
}

impl<R: BufRead> Table<R> {
    pub(super) fn new(input: R, delimiter: u8) -> Self {
        let core = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
        Self { input, core, columns: None, row: 0, longest: MAX_ROW, passed_over: Vec::new() }
    }

    /// Rows passed over, with their lengths in bytes.
    pub(super) fn passed_over(&self) -> Vec<(u64, u64)> {
        self.passed_over.clone()
    }

    /// How many rows there were below the names.
    pub(super) fn n_rows(&self) -> u64 {
        self.row
    }

    /// The next block; none at the end.
    ///
    /// # Errors
    /// Those of the stream.
    pub(super) fn next_block(&mut self) -> io::Result<Option<Block>> {
        let columns = match &self.columns {
            Some(columns) => Arc::clone(columns),
            None => match self.record()? {
                Row::Whole(names) => Arc::clone(self.columns.insert(Arc::new(without_mark(names)))),
                Row::TooLong(_) | Row::End => return Ok(None),
            },
        };
        let mut block = Block { columns, rows: Vec::new(), size: 0 };
        while block.size < BLOCK {
            match self.record() {
                Ok(Row::Whole(record)) => {
                    self.row += 1;
                    block.size += record.bytes.len() + 8 * record.ends.len();
                    block.rows.push((self.row, record));
                }
                Ok(Row::TooLong(length)) => {
                    self.row += 1;
                    self.passed_over.push((self.row, length));
                }
                Ok(Row::End) => break,
                Err(_) if !block.rows.is_empty() => break,
                Err(e) => return Err(e),
            }
        }
        Ok((!block.rows.is_empty()).then_some(block))
    }

    fn record(&mut self) -> io::Result<Row> {
        let mut bytes = vec![0; 1 << 10];
        let mut ends = vec![0; 64];
        let (mut n_bytes, mut n_ends) = (0, 0);
        let mut dropped = 0u64;
        loop {
            let input = match self.input.fill_buf() {
                Ok(input) => input,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                Err(e) => return Err(e),
            };
            let (result, used, written, ended) =
                self.core.read_record(input, &mut bytes[n_bytes..], &mut ends[n_ends..]);
            self.input.consume(used);
            n_bytes += written;
            n_ends += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if bytes.len() < self.longest => {
                    bytes.resize((bytes.len() * 2).min(self.longest), 0);
                }
                // From here on only its length is kept.
                ReadRecordResult::OutputFull => {
                    dropped += n_bytes as u64;
                    n_bytes = 0;
                }
                ReadRecordResult::OutputEndsFull if ends.len() < MAX_COLUMNS => {
                    ends.resize(ends.len() * 2, 0)
                }
                ReadRecordResult::OutputEndsFull => {
                    dropped += n_ends as u64;
                    n_ends = 0;
                }
                ReadRecordResult::Record if dropped > 0 => {
                    return Ok(Row::TooLong(dropped + n_bytes as u64));
                }
                ReadRecordResult::Record => {
                    bytes.truncate(n_bytes);
                    ends.truncate(n_ends);
                    return Ok(Row::Whole(Record { bytes, ends }));
                }
                ReadRecordResult::End => return Ok(Row::End),
            }
        }
    }
}

/// The names of columns without a byte order mark.
fn without_mark(mut names: Record) -> Record {
    if names.bytes.starts_with(b"\xEF\xBB\xBF") && names.ends.first().is_some_and(|end| *end >= 3) {
        names.bytes.drain(..3);
        names.ends.iter_mut().for_each(|end| *end -= 3);
    }
    names
}

/// The first two rows of a text.
pub(in crate::read) fn first_rows(text: &str, delimiter: u8) -> [Option<Record>; 2] {
    let mut table = Table::new(text.as_bytes(), delimiter);
    let mut row = || match table.record() {
        Ok(Row::Whole(record)) => Some(record),
        _ => None,
    };
    [row(), row()]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows with their fields, then those passed over.
    fn check(text: &str, expected: &str) {
        let input = io::BufReader::with_capacity(7, text.as_bytes());
        let mut table = Table { longest: 2048, ..Table::new(input, b',') };
        let mut found = Vec::new();
        while let Some(block) = table.next_block().unwrap() {
            found.extend(block.rows.iter().map(|(row, record)| {
                let fields: Vec<String> =
                    record.iter().map(|f| String::from_utf8_lossy(f).into_owned()).collect();
                format!("{row}:{}", fields.join("|"))
            }));
        }
        found.extend(table.passed_over().iter().map(|(row, n)| format!("/{row}={n}")));
        assert_eq!(found.join(" "), expected);
    }

    #[test]
    fn rows_are_cut() {
        check("\u{feff}a,b\n1,\"x\ny\"\n\"q\"\"q\",\n", "1:1|x\ny 2:q\"q|");
        check("a,b", "");
        check(&format!("a,b\n1,\"{}\"\n2,3\n", "x".repeat(5000)), "2:2|3 /1=5001");
        check(&format!("a,b\n1,2\n{}\n2,3\n", ",".repeat(9000)), "1:1|2 3:2|3 /2=8192");
    }
}
