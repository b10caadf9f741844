//! What reading takes at most, in one place: `stemma help read` names these.
//!
//! Each trades odd but honest input against what a hostile one can cost. None is fitted to data;
//! they stand an order of magnitude above what news comes in.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

/// The longest report that is read, in bytes: 16 MiB, some 2.5 million words. A worker holds a few
/// copies of one. A longer text is cut with a note; a longer row or page is left out with a note.
pub const MAX_REPORT: usize = 16 << 20;
/// The longest row of JSON or of a table, in bytes: the longest report, and as much for its wrapping.
pub const MAX_ROW: usize = 32 << 20;
/// The longest file that is held whole, in bytes: text, page, feed, e-mail, Parquet; also a zip inside
/// another file. Files of rows, archives and WARC are streamed and may be longer.
pub const MAX_HELD: u64 = 64 << 20;
/// How many wrappers (zip, tar, gz, zst) may stand inside each other; `a.tar.gz` has two.
pub const MAX_WRAPPERS: usize = 4;
/// What one file may unpack to, in bytes.
pub const MAX_UNPACKED: u64 = 64 << 30;
/// How many times its size a file may unpack to, beyond the first [`FREE_UNPACKED`] bytes. News
/// text packs to a third or a tenth, repetitive tables to a hundredth; bombs to a thousandth.
pub const MAX_RATIO: u64 = 200;
/// Bytes that any file may unpack to, whatever its ratio.
pub const FREE_UNPACKED: u64 = 64 << 20;
/// At most so many notes on one file; the rest are counted.
pub const MAX_NOTES: usize = 100;
/// At most so many notes on the rows of one part.
pub(super) const MAX_PART_NOTES: usize = 20;
/// How long a long name of an archive or the header of a WARC record may be, in bytes.
pub(super) const MAX_HEADER: usize = 64 << 10;

/// What one file has cost so far, shared by everything that unpacks it.
#[derive(Debug, Default)]
pub(super) struct Budget {
    packed: Cell<u64>,
    unpacked: Cell<u64>,
    /// The packed size, where it is known before reading.
    size: u64,
    over: Cell<Option<&'static str>>,
}

impl Budget {
    /// A budget for a file of so many bytes; 0 if that is not known.
    pub(super) fn new(size: u64) -> Rc<Self> {
        Rc::new(Self { size, ..Self::default() })
    }

    /// Which limit was reached, if one was.
    pub(super) fn over(&self) -> Option<String> {
        let over = self.over.get()?;
        Some(match over {
            "ratio" => {
                format!("It unpacks to more than {MAX_RATIO} times its size; the rest was left out")
            }
            _ => format!("It unpacks to more than {} GB; the rest was left out", MAX_UNPACKED >> 30),
        })
    }

    /// Counts bytes that were unpacked.
    ///
    /// # Errors
    /// Where they are more than a limit allows.
    pub(super) fn spend(&self, n: usize) -> io::Result<()> {
        let unpacked = self.unpacked.get() + n as u64;
        self.unpacked.set(unpacked);
        let packed = self.packed.get().max(self.size);
        if unpacked > MAX_UNPACKED {
            self.over.set(Some("size"));
        } else if unpacked > FREE_UNPACKED && unpacked / MAX_RATIO > packed {
            self.over.set(Some("ratio"));
        }
        if self.over.get().is_some() { Err(io::Error::other("a limit was reached")) } else { Ok(()) }
    }
}

/// Counts what a file gives.
pub(super) struct Counted<R> {
    pub(super) inner: R,
    pub(super) budget: Rc<Budget>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.budget.packed.set(self.budget.packed.get() + n as u64);
        Ok(n)
    }
}

/// Counts what an unpacker gives, and stops it at a limit.
pub(super) struct Limited<R> {
    pub(super) inner: R,
    pub(super) budget: Rc<Budget>,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.budget.spend(n)?;
        Ok(n)
    }
}
