//! Files that the command writes beside the ledger: whole, or as they were.

use crate::error::Failure;
use std::fs;
use std::path::Path;

/// Writes beside the target and moves it there.
pub(crate) fn write(target: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = target.with_file_name(name);
    let done = fs::write(&part, bytes).and_then(|()| fs::rename(&part, target));
    done.map_err(|source| {
        let _ = fs::remove_file(&part);
        Failure::Write { to: format!("\"{}\"", target.display()), source }
    })
}
