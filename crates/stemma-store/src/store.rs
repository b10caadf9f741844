//! An open ledger file.

use crate::kept::Kept;
use crate::lock::WriteLock;
use crate::schema::Settled;
use crate::{StoreError, schema};
use rusqlite::{Connection, OpenFlags};
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How long a statement waits for another process's transaction before it fails.
///
/// Longer than any batch takes to write, shorter than a person's patience.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a reader keeps of the file, in KiB (negative to say that it is no number of pages): the upper rows of
/// the trees of a ledger of 100,000 reports.
const PAGES_KIB: i64 = -16_384;
/// The same of a writer, which goes down the same trees for millions of rows in no order.
const WRITER_KIB: i64 = -65_536;
/// Questions to the database that a reader keeps ready; more than there are.
const STATEMENTS: usize = 64;

/// What a ledger is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Questions only; any number of processes at a time. The file must be there.
    Read,
    /// Adding reports; one process at a time. A missing file is made.
    Write,
}

/// A ledger on disk.
///
/// ```
/// use stemma::model::RawReport;
/// use stemma_store::{Mode, Store};
/// # let folder = tempfile::tempdir().unwrap();
/// # let path = folder.path().join("stemma.db");
/// let raw = RawReport { key: "a".into(), text: "The dam broke.".into(), ..RawReport::default() };
/// let mut store = Store::open(&path, Mode::Write)?;
/// let batch = [(raw.clone(), stemma::analyse(raw))];
/// assert_eq!(store.add(&batch, &[])?.new, 1);
/// assert_eq!(store.add(&batch, &[])?.known, 1);
/// store.freshen()?;
/// assert_eq!(store.ledger()?.reports.len(), 1);
/// # Ok::<(), stemma_store::StoreError>(())
/// ```
#[derive(Debug)]
pub struct Store {
    pub(crate) db: Connection,
    pub(crate) path: PathBuf,
    pub(crate) mode: Mode,
    pub(crate) kept: Arc<Kept>,
    /// Held for its drop, after the connection's.
    _lock: Option<WriteLock>,
}

impl Store {
    /// Opens a ledger.
    ///
    /// # Errors
    /// See [`StoreError`]; opening for reading changes nothing, unless the tables are of an older format.
    pub fn open(path: &Path, mode: Mode) -> Result<Self, StoreError> {
        let fail = |e| StoreError::from_sqlite(path, e);
        let found = std::fs::metadata(path);
        match &found {
            Err(e) if mode == Mode::Read || e.kind() != std::io::ErrorKind::NotFound => {
                return Err(StoreError::from_io(path, std::io::Error::new(e.kind(), e.to_string())));
            }
            Ok(meta) if !meta.is_file() => return Err(StoreError::NotLedger { path: path.to_path_buf() }),
            _ => {}
        }
        let lock = (mode == Mode::Write).then(|| WriteLock::take(path)).transpose()?;
        if let (Some(_), Ok(meta)) = (&lock, &found) {
            allow(path, meta);
        }
        let mut db = connect(path, mode).map_err(fail)?;
        db.busy_timeout(PATIENCE).map_err(fail)?;
        if schema::settle(&mut db, path, mode)? == Settled::Older {
            // Lifted by a writer, once; then read as it is.
            drop(db);
            Self::open(path, Mode::Write)?;
            return Self::open(path, mode);
        }
        if mode == Mode::Write {
            // What is reported as read must outlive a power cut; batches are few, so this is cheap.
            db.pragma_update(None, "synchronous", "FULL").map_err(fail)?;
            db.pragma_update(None, "cache_size", WRITER_KIB).map_err(fail)?;
        }
        if mode == Mode::Read {
            // Who asks again and again goes down the same trees and asks in the same words.
            db.pragma_update(None, "cache_size", PAGES_KIB).map_err(fail)?;
            db.set_prepared_statement_cache_capacity(STATEMENTS);
        }
        Ok(Self { db, path: path.to_path_buf(), mode, kept: Arc::default(), _lock: lock })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn fail(&self, source: rusqlite::Error) -> StoreError {
        StoreError::from_sqlite(&self.path, source)
    }

    pub(crate) fn damaged(&self, what: String) -> StoreError {
        StoreError::Damaged { path: self.path.clone(), what }
    }
}

/// Lets the log beside a ledger be written if the ledger may be.
///
/// Who asks while a ledger is read-only leaves a log that is so too, and it stays so when the ledger may be
/// written again. Where nothing can be done, opening says what is wrong.
fn allow(path: &Path, ledger: &Metadata) {
    if ledger.permissions().readonly() {
        return;
    }
    for end in ["-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        if std::fs::metadata(&name).is_ok_and(|log| log.permissions().readonly()) {
            let _ = std::fs::set_permissions(&name, ledger.permissions());
        }
    }
}

/// Opens the file; in a folder that may not be written, as one that nobody writes.
fn connect(path: &Path, mode: Mode) -> rusqlite::Result<Connection> {
    let calm = OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if mode == Mode::Write {
        let flags = calm | OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        return Connection::open_with_flags(path, flags);
    }
    let flags = calm | OpenFlags::SQLITE_OPEN_READ_ONLY;
    let db = Connection::open_with_flags(path, flags)?;
    let first = db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()));
    match first.as_ref().err().and_then(rusqlite::Error::sqlite_error_code) {
        // The log beside a ledger cannot be made here, so nobody can be writing it here either.
        Some(rusqlite::ErrorCode::CannotOpen | rusqlite::ErrorCode::ReadOnly) => {
            let uri = format!("file:{}?immutable=1", escaped(path));
            Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI)
        }
        _ => Ok(db),
    }
}

/// A path inside a URI.
fn escaped(path: &Path) -> String {
    let text = path.to_string_lossy();
    text.replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}
