//! `stemma export`: the whole ledger for other tools.

use super::write::write;
use crate::args::ExportArgs;
use crate::error::Failure;
use crate::output::Output;
use serde::Serialize;
use std::fs;
use std::path::{Path, PathBuf};
use stemma::ledger::Lookup;
use stemma_show::export::{Format, export};
use stemma_show::term::harmless;
use stemma_store::Desk;

/// What was written.
#[derive(Serialize)]
struct Written {
    files: Vec<PathBuf>,
    bytes: usize,
}

/// Writes the files of an export, each whole; a single one to standard output for `-`.
pub(crate) fn run(path: &Path, typed: &ExportArgs, output: &mut Output) -> Result<(), Failure> {
    let format: Format = typed.format.into();
    let piped = typed.output.as_os_str() == "-";
    if format.is_folder() && (piped || typed.output.is_file()) {
        let what = format!("cannot write several files to \"{}\"", typed.output.display());
        return Err(Failure::said(what, "name a folder with `-o FOLDER`"));
    }
    if !format.is_folder() && typed.output.is_dir() {
        let what = format!("cannot write \"{}\": it is a folder", typed.output.display());
        return Err(Failure::said(what, "name a file with `-o FILE`"));
    }
    let ledger = Desk::open(path)?.whole()?;
    let ledger = Lookup::of(&ledger);
    let mut written = Written { files: Vec::new(), bytes: 0 };
    for file in export(&ledger, format) {
        if piped {
            return output.raw(&file.bytes);
        }
        let target = if format.is_folder() { typed.output.join(&file.name) } else { typed.output.clone() };
        let folder = target.parent().filter(|_| format.is_folder());
        if let Some(folder) = folder {
            fs::create_dir_all(folder)
                .map_err(|source| Failure::Write { to: format!("\"{}\"", folder.display()), source })?;
        }
        write(&target, &file.bytes)?;
        written.bytes += file.bytes.len();
        written.files.push(target);
    }
    output.show(&written, |w, _| {
        w.files.iter().map(|f| format!("Wrote {}\n", harmless(&f.display().to_string()))).collect()
    })
}
