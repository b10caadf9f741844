//! A Parquet file -> blocks of rows, as JSON objects by the names of its columns.
//!
//! The list of its pages stands at a Parquet file's end, so it is held in memory. Knows uncompressed, Snappy,
//! gzip and zstd pages; nested columns come as JSON lists and objects.

use super::lines::{BLOCK, Rows};
use super::{Source, Walk, pages};
use crate::model::NoteKind;
use crate::read::limits::{Budget, MAX_HELD, MAX_ROW};
use crate::read::part::Place;
use bytes::Bytes;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::reader::RowIter;
use std::io::{self, BufReader, Cursor, Read};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

/// How a Parquet file begins, and ends.
pub(in crate::read) const MARK: &[u8] = b"PAR1";

impl Walk<'_> {
    /// Reads the rows of a Parquet file whose first bytes were read.
    pub(super) fn parquet(&mut self, place: &Place, head: Vec<u8>, source: Source) -> ControlFlow<()> {
        let Some(bytes) = self.held(place, &mut BufReader::new(Cursor::new(head).chain(source)))? else {
            return ControlFlow::Continue(());
        };
        let opened = guarded(|| {
            let bytes = Bytes::from(bytes);
            let reader = SerializedFileReader::new(bytes.clone()).map_err(damaged)?;
            believed(&reader, &bytes)?;
            Ok(reader)
        });
        let reader = match opened {
            Ok(reader) => reader,
            Err(e) => {
                return self.note(place, NoteKind::Malformed, format!("The Parquet file is damaged: {e}"));
            }
        };
        if reader.metadata().file_metadata().num_rows() <= 0 {
            return self.note(place, NoteKind::Empty, "No rows in it");
        }
        let mut table = Table {
            rows: RowIter::from_file_into(Box::new(reader)),
            row: 0,
            budget: Rc::clone(&self.budget),
        };
        self.blocks(place, || table.next_block())
    }
}

struct Table {
    rows: RowIter<'static>,
    row: u64,
    budget: Rc<Budget>,
}

impl Table {
    /// The next block; none at the end.
    fn next_block(&mut self) -> io::Result<Option<Rows>> {
        let mut block = Rows::default();
        while block.bytes.len() < BLOCK {
            let rows = &mut self.rows;
            let Some(row) = guarded(|| rows.next().transpose().map_err(damaged))? else { break };
            self.row += 1;
            let start = block.bytes.len();
            serde_json::to_writer(&mut block.bytes, &row.to_json_value())?;
            let length = block.bytes.len() - start;
            self.budget.spend(length)?;
            if length > MAX_ROW {
                block.bytes.truncate(start);
                block.passed_over.push((self.row, length as u64));
            } else {
                block.rows.push((self.row, start..block.bytes.len()));
            }
        }
        let some = !block.rows.is_empty() || !block.passed_over.is_empty();
        Ok(some.then_some(block))
    }
}

/// Whether no page unpacks to more than a file may hold.
fn believed(reader: &SerializedFileReader<Bytes>, bytes: &[u8]) -> io::Result<()> {
    let columns = reader.metadata().row_groups().iter().flat_map(|group| group.columns());
    for (start, length) in columns.map(|column| column.byte_range()) {
        let pages = bytes.get(start as usize..start.saturating_add(length) as usize);
        match pages.and_then(pages::largest) {
            Some(largest) if largest <= MAX_HELD => {}
            Some(largest) => return Err(io::Error::other(format!("a page of {largest} bytes"))),
            None => return Err(io::Error::other("its pages do not stand where it says")),
        }
    }
    Ok(())
}

/// The reader is not proof against every damage: what it panics on is an error like others.
fn guarded<T>(read: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(io::Error::other("its pages do not fit together")))
}

fn damaged(error: parquet::errors::ParquetError) -> io::Error {
    io::Error::other(error.to_string())
}
