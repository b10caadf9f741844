//! Entries as they are made, in no order -> the same in a reader's order, some at a time.
//!
//! A large pile has more entries than fit in memory. They go to a nameless file beside the ledger, which the
//! system takes away whatever happens; what orders them and where each lies stays in memory, some 50 bytes an
//! entry. Few entries never reach the disk.

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use stemma::Analysis;
use stemma::check::meaning_among;
use stemma::compare::vector::Packed;
use stemma::ledger::order::of_entry;
use stemma::model::EntryId;
use stemma::reconcile::{Entry, preferred};
use tempfile::SpooledTempFile;

/// Bytes of entries that stay in memory.
const IN_MEMORY: usize = 64 << 20;

/// Where an entry stands in a reader's order.
type Order = (usize, std::cmp::Reverse<(usize, usize)>, EntryId);

/// An entry with what its readings mean together.
pub(crate) type Meant = (Entry, Packed);

/// Entries under way.
pub(crate) struct Spool(Mutex<Filling>);

struct Filling {
    file: SpooledTempFile,
    end: u64,
    lie: Vec<(Order, u64, u32)>,
    /// Why not all could be kept.
    trouble: Option<io::Error>,
}

impl Spool {
    /// An empty one, for the ledger at a path.
    pub fn new(ledger: &Path) -> Self {
        let folder = ledger.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let file = tempfile::spooled_tempfile_in(IN_MEMORY, folder);
        Self(Mutex::new(Filling { file, end: 0, lie: Vec::new(), trouble: None }))
    }

    /// Takes entries with the reports that tell them, ascending by id.
    pub fn take(&self, entries: Vec<Entry>, reports: &[&Analysis]) {
        let meant = entries.into_iter().map(|entry| {
            let meaning = meaning_among(reports, &entry);
            let meant: Meant = (entry, meaning);
            let packed = postcard::to_stdvec(&meant).map_err(io::Error::other);
            (of_entry(&meant.0), packed)
        });
        let packed: Vec<(Order, io::Result<Vec<u8>>)> = meant.collect();
        let mut filling = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (order, packed) in packed {
            if filling.trouble.is_none()
                && let Err(e) = packed.and_then(|bytes| filling.put(order, &bytes))
            {
                filling.trouble = Some(e);
            }
        }
    }

    /// All of them in order, each once.
    ///
    /// # Errors
    /// When one could not be written.
    pub fn ordered(self) -> io::Result<Spooled> {
        let filling = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(e) = filling.trouble {
            return Err(e);
        }
        let mut spooled = Spooled { file: filling.file, lie: filling.lie };
        spooled.keep_preferred()?;
        spooled.lie.sort_unstable();
        Ok(spooled)
    }
}

impl Filling {
    fn put(&mut self, order: Order, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.lie.push((order, self.end, bytes.len() as u32));
        self.end += bytes.len() as u64;
        Ok(())
    }
}

/// Entries in a reader's order.
pub(crate) struct Spooled {
    file: SpooledTempFile,
    lie: Vec<(Order, u64, u32)>,
}

impl Spooled {
    /// Leaves each entry once.
    fn keep_preferred(&mut self) -> io::Result<()> {
        self.lie.sort_unstable_by_key(|(order, at, _)| (order.2, *at));
        let mut from = 0;
        while from < self.lie.len() {
            let n = self.lie[from..].partition_point(|l| l.0.2 == self.lie[from].0.2);
            if n > 1 {
                let packed = self.packed(from..from + n)?;
                let entries: io::Result<Vec<Meant>> = packed.iter().map(|bytes| unpacked(bytes)).collect();
                let entries = entries?;
                let best = (0..n).min_by(|a, b| preferred(&entries[*a].0, &entries[*b].0));
                self.lie.swap(from, from + best.unwrap_or(0));
                self.lie.drain(from + 1..from + n);
            }
            from += 1;
        }
        Ok(())
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.lie.len()
    }

    /// The entries of some places, packed.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn packed(&mut self, places: std::ops::Range<usize>) -> io::Result<Vec<Vec<u8>>> {
        let file = &mut self.file;
        let mut read = |&(_, at, n): &(Order, u64, u32)| {
            let mut bytes = vec![0; n as usize];
            file.seek(SeekFrom::Start(at))?;
            file.read_exact(&mut bytes)?;
            Ok(bytes)
        };
        self.lie[places].iter().map(&mut read).collect()
    }
}

/// What [`Spooled::packed`] gives, unpacked.
///
/// # Errors
/// When it is not what was put there.
pub(crate) fn unpacked(bytes: &[u8]) -> io::Result<Meant> {
    postcard::from_bytes(bytes).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use stemma::model::{Place, ReportId, Span};
    use stemma::reconcile::{Origin, OriginKind, Standing};

    fn entry(id: u64, origins: &[&str]) -> Entry {
        let origin = |name: &&str| Origin { name: (*name).to_owned(), kind: OriginKind::Speaker };
        Entry {
            id: EntryId(id),
            claim: Place::new(ReportId(1), Span::new(0, 1)),
            text: String::new(),
            event: None,
            standing: Standing::Single,
            reason: String::new(),
            origins: origins.iter().map(origin).collect(),
            readings: Vec::new(),
        }
    }

    #[test]
    fn an_entry_that_comes_twice_is_kept_once() {
        let spool = Spool::new(Path::new("ledger.db"));
        for some in
            [vec![entry(7, &["a"]), entry(5, &[])], vec![entry(7, &["a", "b"])], vec![entry(7, &["c"])]]
        {
            spool.take(some, &[]);
        }
        let mut spooled = spool.ordered().unwrap();
        let packed = spooled.packed(0..spooled.len()).unwrap();
        let kept: Vec<(u64, usize)> =
            packed.iter().map(|p| unpacked(p).unwrap().0).map(|e| (e.id.0, e.origins.len())).collect();
        assert_eq!(kept, [(7, 2), (5, 0)]);
    }
}
