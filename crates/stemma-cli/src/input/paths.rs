//! Paths as typed -> the files meant: folders walked, patterns opened, in an order that does not
//! depend on the file system.

use crate::error::Failure;
use ignore::WalkBuilder;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// One thing to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// A file with its size, if it has one (a pipe has none).
    File(PathBuf, Option<u64>),
    /// Standard input.
    Stdin,
    /// Something in a folder that cannot be read, and why.
    Lost(PathBuf, String),
}

impl Source {
    /// How many bytes there are to read, if known.
    pub(crate) fn size(&self) -> Option<u64> {
        match self {
            Self::File(_, size) => *size,
            Self::Stdin => None,
            Self::Lost(..) => Some(0),
        }
    }
}

/// Finds everything to read; a file given twice is read once. The ledger's own files are left out.
pub(crate) fn sources(paths: &[PathBuf], ledger: &Path) -> Result<Vec<Source>, Failure> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for path in paths {
        if path.as_os_str() == "-" {
            if seen.insert(PathBuf::from("-")) {
                found.push(Source::Stdin);
            }
            continue;
        }
        let (files, lost) = files(path)?;
        found.extend(lost.into_iter().map(|(path, why)| Source::Lost(path, why)));
        for file in files {
            let whole = std::fs::canonicalize(&file).unwrap_or_else(|_| file.clone());
            if !belongs(&whole, ledger) && seen.insert(whole) {
                let meta = std::fs::metadata(&file).ok();
                found.push(Source::File(file, meta.filter(|m| m.is_file()).map(|m| m.len())));
            }
        }
    }
    if !found.iter().any(|source| !matches!(source, Source::Lost(..))) {
        let folders: Vec<String> = paths.iter().map(|p| format!("\"{}\"", p.display())).collect();
        return Err(Failure::said(
            format!("no file to read in {}", folders.join(", ")),
            "`stemma help read` lists what can be read; hidden files are passed over unless named",
        ));
    }
    Ok(found)
}

/// Files, and what cannot be read beside them.
type Files = (Vec<PathBuf>, Vec<(PathBuf, String)>);

/// The files of one path as typed.
fn files(path: &Path) -> Result<Files, Failure> {
    match std::fs::metadata(path) {
        Ok(meta) if meta.is_dir() => walk(path),
        Ok(_) => Ok((vec![path.to_path_buf()], Vec::new())),
        Err(error) => match opened(path)? {
            Some(files) => Ok(files),
            None if error.kind() == std::io::ErrorKind::NotFound => Err(Failure::said(
                format!("cannot read \"{}\": there is no such file or folder", path.display()),
                "check the spelling; a pattern such as 'reports/*.txt' must fit at least one file",
            )),
            None => Err(Failure::said(
                format!("cannot read \"{}\": {error}", path.display()),
                "check its permissions",
            )),
        },
    }
}

/// The files that a pattern fits; none if the path is no pattern or fits nothing.
fn opened(path: &Path) -> Result<Option<Files>, Failure> {
    let Some(text) = path.to_str().filter(|t| t.contains(['*', '?', '['])) else { return Ok(None) };
    let fits = glob::glob(text).map_err(|e| {
        Failure::said(
            format!("\"{text}\" is no pattern: {}", e.msg),
            "write * for any letters, ** for any folders",
        )
    })?;
    let mut found = Files::default();
    for path in fits.flatten() {
        if path.is_dir() {
            let (files, lost) = walk(&path)?;
            found.0.extend(files);
            found.1.extend(lost);
        } else {
            found.0.push(path);
        }
    }
    Ok((!found.0.is_empty()).then_some(found))
}

/// All files in a folder and below, hidden ones and those about the folder left out; loops of links are
/// not followed round.
fn walk(folder: &Path) -> Result<Files, Failure> {
    let walker = WalkBuilder::new(folder)
        .standard_filters(false)
        .hidden(true)
        .follow_links(true)
        .sort_by_file_name(std::ffi::OsStr::cmp)
        .build();
    let (mut found, mut lost) = Files::default();
    for entry in walker {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|t| t.is_file()) => {
                if !describes(entry.path()) {
                    found.push(entry.into_path());
                }
            }
            Ok(_) => {}
            // The folder itself cannot be opened; what is wrong below it costs only that part.
            Err(e) if e.depth() == Some(0) => {
                let hint = "check its permissions";
                return Err(Failure::said(format!("cannot read \"{}\": {e}", folder.display()), hint));
            }
            Err(e) => lost.push((at(&e).unwrap_or(folder).to_owned(), format!("Left out: {}", why(&e)))),
        }
    }
    Ok((found, lost))
}

/// Where a walk met an error.
fn at(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::Loop { child, .. } => Some(child),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => at(err),
        _ => None,
    }
}

/// What the error was.
fn why(error: &ignore::Error) -> String {
    match error {
        ignore::Error::WithPath { err, .. } | ignore::Error::WithDepth { err, .. } => why(err),
        ignore::Error::Loop { ancestor, .. } => {
            format!("a link that leads back to \"{}\"", ancestor.display())
        }
        other => other.to_string(),
    }
}

/// Whether a file is about its folder and no report. Such a file is read when it is named itself.
fn describes(file: &Path) -> bool {
    let stem = file.file_stem().map(|s| s.to_string_lossy().to_lowercase());
    stem.is_some_and(|s| {
        matches!(s.as_str(), "readme" | "license" | "licence" | "copying" | "notice" | "changelog")
    })
}

/// Whether a file is the ledger or one that SQLite keeps beside it.
fn belongs(file: &Path, ledger: &Path) -> bool {
    let Some(own) = std::fs::canonicalize(ledger).ok().or_else(|| std::path::absolute(ledger).ok()) else {
        return false;
    };
    ["", "-wal", "-shm", "-lock", "-journal"].iter().any(|end| {
        let mut name = own.as_os_str().to_owned();
        name.push(end);
        file.as_os_str() == name
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// The names of the files found for paths in a folder that is made anew.
    fn check(paths: &[&str], expected: &[&str]) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("a/b")).unwrap();
        for file in
            ["a/2.txt", "a/1.txt", "a/b/3.html", "a/.hidden.txt", "stemma.db", "stemma.db-wal", "4.txt"]
        {
            fs::write(root.join(file), "words").unwrap();
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(root.join("a"), root.join("a/b/loop")).unwrap();
        let paths: Vec<PathBuf> = paths.iter().map(|p| root.join(p)).collect();
        let found = sources(&paths, &root.join("stemma.db")).unwrap_or_default();
        let names: Vec<String> = found
            .iter()
            .map(|s| match s {
                Source::File(path, _) => path.strip_prefix(root).unwrap().to_string_lossy().into_owned(),
                Source::Stdin => "-".into(),
                Source::Lost(path, _) => format!("lost {}", path.strip_prefix(root).unwrap().display()),
            })
            .collect();
        assert_eq!(names, expected, "{paths:?}");
    }

    #[test]
    fn paths_mean_files() {
        check(&["a"], &["lost a/b/loop", "a/1.txt", "a/2.txt", "a/b/3.html"]);
        check(&[""], &["lost a/b/loop", "4.txt", "a/1.txt", "a/2.txt", "a/b/3.html"]);
        check(&["4.txt", "4.txt"], &["4.txt"]);
        check(&["a/*.txt"], &["a/.hidden.txt", "a/1.txt", "a/2.txt"]);
        check(&["a/.hidden.txt"], &["a/.hidden.txt"]);
        check(&["none"], &[]);
        check(&["*.none"], &[]);
        check(&["stemma.db"], &[]);
    }
}
