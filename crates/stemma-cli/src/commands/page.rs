//! `stemma page`: the whole ledger on one HTML page.

use super::write::write;
use crate::error::Failure;
use crate::output::Output;
use std::path::{Path, PathBuf};
use stemma_store::Desk;

/// Writes the page to a file, or to standard output for `-`.
pub(crate) fn run(path: &Path, target: &Path, output: &mut Output) -> Result<(), Failure> {
    let ledger = Desk::open(path)?.whole()?;
    let page = stemma_show::page::page(&ledger);
    if target.as_os_str() == "-" {
        return output.raw(page.as_bytes());
    }
    write(target, page.as_bytes())?;
    output.show(&Written { page: target.to_path_buf(), bytes: page.len() }, |w, _| {
        format!("Wrote {}\n", stemma_show::term::harmless(&w.page.display().to_string()))
    })
}

/// What was written.
#[derive(serde::Serialize)]
struct Written {
    page: PathBuf,
    bytes: usize,
}
