//! `stemma join`: what was read and not yet joined, joined; says nothing where there is nothing to do.

use crate::error::Failure;
use std::path::Path;
use stemma_store::{Mode, Store, StoreError};

/// Joins what is stale. A ledger that is not there is an error, not made.
pub(crate) fn run(ledger: &Path) -> Result<(), Failure> {
    if !ledger.exists() {
        return Err(StoreError::Missing { path: ledger.to_path_buf() }.into());
    }
    Store::open(ledger, Mode::Write)?.freshen()?;
    Ok(())
}
