//! `stemma page`: the whole ledger on one HTML page.

use crate::desk::Desk;
use crate::error::Failure;
use crate::output::Output;
use std::fs;
use std::path::{Path, PathBuf};

/// Writes the page to a file, or to standard output for `-`.
pub(crate) fn run(path: &Path, target: &Path, output: &mut Output) -> Result<(), Failure> {
    let ledger = Desk::open(path)?.whole()?;
    let page = stemma_show::page::page(&ledger);
    if target.as_os_str() == "-" {
        return output.raw(&page);
    }
    write(target, &page)
        .map_err(|source| Failure::Write { to: format!("\"{}\"", target.display()), source })?;
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

/// Writes beside the target and moves it there, so that a page is whole or as it was.
fn write(target: &Path, page: &str) -> std::io::Result<()> {
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = target.with_file_name(name);
    let done = fs::write(&part, page).and_then(|()| fs::rename(&part, target));
    if done.is_err() {
        let _ = fs::remove_file(&part);
    }
    done
}
