//! What can go wrong with a ledger on disk, and what to do about it.

use std::io;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// A ledger that cannot be opened, read or written.
#[derive(Debug, Error)]
pub enum StoreError {
    /// There is no such file.
    #[error("cannot open ledger \"{}\": there is no such file", path.display())]
    Missing {
        /// The ledger.
        path: PathBuf,
    },
    /// The file is something else.
    #[error("cannot open \"{}\": it is not a stemma ledger", path.display())]
    NotLedger {
        /// The file.
        path: PathBuf,
    },
    /// A newer stemma wrote it.
    #[error("cannot read ledger \"{}\": format {found} is newer than this stemma knows ({known})", path.display())]
    TooNew {
        /// The ledger.
        path: PathBuf,
        /// Its format.
        found: i64,
        /// The newest known format.
        known: i64,
    },
    /// Truncated or overwritten.
    #[error("ledger \"{}\" is damaged: {what}", path.display())]
    Damaged {
        /// The ledger.
        path: PathBuf,
        /// What was found.
        what: String,
    },
    /// Another process writes.
    #[error("ledger \"{}\" is being written by another process", path.display())]
    Busy {
        /// The ledger.
        path: PathBuf,
    },
    /// It, or its folder, may not be written.
    #[error("ledger \"{}\" cannot be written: no permission, or a read-only place", path.display())]
    ReadOnly {
        /// The ledger.
        path: PathBuf,
    },
    /// No room.
    #[error("ledger \"{}\" cannot grow: the disk is full, or a limit on the size of files is reached", path.display())]
    Full {
        /// The ledger.
        path: PathBuf,
    },
    /// The system refuses.
    #[error("cannot use ledger \"{}\"", path.display())]
    Io {
        /// The ledger.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Anything else that SQLite says.
    #[error("cannot use ledger \"{}\"", path.display())]
    Sqlite {
        /// The ledger.
        path: PathBuf,
        /// Why.
        source: rusqlite::Error,
    },
}

/// SQLite's `SQLITE_IOERR_WRITE`.
const SHORT_WRITE: i32 = 10 | (3 << 8);

impl StoreError {
    /// The next step for a person.
    pub fn hint(&self) -> String {
        match self {
            Self::Missing { .. } => {
                "`stemma read PATH` makes one; `--ledger FILE` or STEMMA_LEDGER names another".into()
            }
            Self::NotLedger { .. } => "give another file with `--ledger FILE`; this one is left as it is".into(),
            Self::TooNew { .. } => "use the stemma that wrote it, or a newer one; nothing was changed".into(),
            Self::Damaged { .. } => {
                "take it from a backup, or read the reports again into a new one with `--ledger FILE`".into()
            }
            Self::Busy { .. } => {
                "wait until the other is done, or read into another with `--ledger FILE`; questions work meanwhile"
                    .into()
            }
            Self::ReadOnly { .. } => "allow writing to the file and its folder, or give another with `--ledger FILE`".into(),
            Self::Full { .. } => {
                "make room and run the command again; what was reported as read is kept".into()
            }
            Self::Io { .. } | Self::Sqlite { .. } => {
                "check the path and its permissions; `--ledger FILE` names another ledger".into()
            }
        }
    }

    /// Sorts what SQLite says about a ledger.
    pub(crate) fn from_sqlite(path: &Path, source: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        let path = path.to_path_buf();
        match source.sqlite_error_code() {
            Some(Code::NotADatabase) => Self::NotLedger { path },
            Some(Code::DatabaseCorrupt) => {
                Self::Damaged { path, what: "its pages do not fit together".into() }
            }
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Self::Busy { path },
            Some(Code::ReadOnly | Code::PermissionDenied) => Self::ReadOnly { path },
            Some(Code::DiskFull) => Self::Full { path },
            // A write that the system cut short: a limit on the file's size, or a quota.
            Some(Code::SystemIoFailure)
                if source.sqlite_error().is_some_and(|e| e.extended_code == SHORT_WRITE) =>
            {
                Self::Full { path }
            }
            _ => Self::Sqlite { path, source },
        }
    }

    /// Sorts what the system says about a ledger's file.
    pub(crate) fn from_io(path: &Path, source: io::Error) -> Self {
        let path = path.to_path_buf();
        match source.kind() {
            io::ErrorKind::NotFound => Self::Missing { path },
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly { path },
            io::ErrorKind::StorageFull | io::ErrorKind::FileTooLarge | io::ErrorKind::QuotaExceeded => {
                Self::Full { path }
            }
            _ => Self::Io { path, source },
        }
    }
}
