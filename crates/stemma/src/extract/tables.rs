//! Embedded tables -> their rows, and words by language.

use rustc_hash::FxHashMap;

/// The rows of a table: fields parted by tabs; `#` begins a comment line.
pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).map(|l| l.split('\t').collect())
}

/// Words of each language that say one thing, by its code.
pub(crate) type ByLang = FxHashMap<&'static str, Vec<&'static str>>;

/// A table of one row a language, its words parted by `mark`.
pub(crate) fn by_lang(table: &'static str, mark: char) -> ByLang {
    rows(table).filter(|r| r.len() > 1).map(|r| (r[0], r[1].split(mark).collect())).collect()
}
