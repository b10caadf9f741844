//! One writer for each ledger: an advisory lock on a file beside it.
//!
//! SQLite's own lock holds for one transaction; a run has many. The system drops this one when
//! the process ends, however it ends, so a killed run leaves nothing to clean up.

use crate::StoreError;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

/// How often a lock is tried anew when another writer took its file away meanwhile.
const TRIES: usize = 8;

/// The right to write, until dropped.
#[derive(Debug)]
pub(crate) struct WriteLock {
    file: File,
    path: PathBuf,
}

impl WriteLock {
    /// Takes the right to write, or says that another process has it.
    pub(crate) fn take(ledger: &Path) -> Result<Self, StoreError> {
        let mut name = ledger.as_os_str().to_owned();
        name.push("-lock");
        let path = PathBuf::from(name);
        for _ in 0..TRIES {
            let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
            let file = file.map_err(|e| lock_error(ledger, e))?;
            match file.try_lock() {
                Ok(()) if is_at(&file, &path) => return Ok(Self { file, path }),
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => break,
                Err(TryLockError::Error(e)) => return Err(StoreError::from_io(ledger, e)),
            }
        }
        Err(StoreError::Busy { path: ledger.to_path_buf() })
    }
}

impl Drop for WriteLock {
    fn drop(&mut self) {
        // Removed before it is unlocked, so that whoever waits on the old file sees that it is gone.
        if cfg!(unix) {
            let _ = std::fs::remove_file(&self.path);
        }
        let _ = self.file.unlock();
    }
}

/// A missing folder is the ledger's own trouble; the rest as the system says.
fn lock_error(ledger: &Path, error: std::io::Error) -> StoreError {
    if error.kind() == std::io::ErrorKind::NotFound {
        return StoreError::Io { path: ledger.to_path_buf(), source: error };
    }
    StoreError::from_io(ledger, error)
}

/// Whether the file locked is the one that others would lock now.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let inode = |m: std::fs::Metadata| (m.dev(), m.ino());
    match (file.metadata(), std::fs::metadata(path)) {
        (Ok(held), Ok(there)) => inode(held) == inode(there),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_at(_file: &File, _path: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = folder.path().join("x.db");
        let first = WriteLock::take(&ledger).unwrap();
        assert!(matches!(WriteLock::take(&ledger), Err(StoreError::Busy { .. })));
        drop(first);
        drop(WriteLock::take(&ledger).unwrap());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
