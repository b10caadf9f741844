//! Gives the engine's version: a digest of its sources and tables.
//!
//! An analysis on disk is as good as the engine that made it. A number raised by hand is
//! forgotten, so the sources themselves are the number. Where they do not lie beside this
//! crate (a published package), the package's version stands in.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

fn main() {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo names the package's folder"));
    let mut files = Vec::new();
    for part in ["../stemma/src", "../stemma-words/src", "../stemma-words/data"] {
        let folder = here.join(part);
        if folder.is_dir() {
            println!("cargo::rerun-if-changed={}", folder.display());
            list(&folder, &mut files);
        }
    }
    files.sort();
    let mut hasher = blake3::Hasher::new();
    hasher.update(env::var("CARGO_PKG_VERSION").unwrap_or_default().as_bytes());
    for file in &files {
        let name = file.strip_prefix(&here).unwrap_or(file).to_string_lossy().replace('\\', "/");
        let bytes = fs::read(file).unwrap_or_default();
        for part in [name.as_bytes(), &bytes] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
    }
    println!("cargo::rustc-env=STEMMA_ENGINE={}", &hasher.finalize().to_hex()[..16]);
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { list(&path, files) } else { files.push(path) }
    }
}
