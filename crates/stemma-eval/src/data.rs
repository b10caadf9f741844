//! Gold data: which sets a task has, and their rows.
//!
//! A row that cannot be understood costs a note, never the run.

use crate::error::Error;
use crate::plan::Context;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

/// One `*.jsonl` file of a task.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// The file's name without its ending.
    pub(crate) name: String,
    /// The file.
    pub(crate) path: PathBuf,
}

/// A row's id as it stands in the data: a string or a number.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum RowId {
    /// A string.
    Text(String),
    /// A number.
    Number(i64),
}

impl fmt::Display for RowId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RowId::Text(text) => f.write_str(text),
            RowId::Number(number) => write!(f, "{number}"),
        }
    }
}

/// The sets of a task, in order of name: every `*.jsonl` of `DATA/TASK/` but `train*`.
pub(crate) fn sources(data: &Path, task: &str) -> Result<Vec<Source>, Error> {
    let folder = data.join(task);
    let listing =
        std::fs::read_dir(&folder).map_err(|cause| Error::NoTask { folder: folder.clone(), cause })?;
    let mut found: Vec<Source> = listing
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "jsonl"))
        .filter_map(|path| Some(Source { name: path.file_stem()?.to_str()?.to_string(), path }))
        .filter(|source| !source.name.starts_with("train") && !source.name.starts_with('.'))
        .collect();
    found.sort_by(|a, b| a.name.cmp(&b.name));
    if found.is_empty() { Err(Error::NoSets { folder }) } else { Ok(found) }
}

impl Source {
    /// The rows that can be understood, in order, at most as many as the plan allows.
    pub(crate) fn rows<T: DeserializeOwned>(&self, context: &Context) -> Result<Vec<T>, Error> {
        let cannot = |cause| Error::CannotRead { path: self.path.clone(), cause };
        let mut rows = Vec::new();
        let mut file = BufReader::new(File::open(&self.path).map_err(cannot)?);
        let mut line = Vec::new();
        for number in 1.. {
            line.clear();
            if rows.len() >= context.limit || file.read_until(b'\n', &mut line).map_err(cannot)? == 0 {
                break;
            }
            if line.trim_ascii().is_empty() {
                continue;
            }
            match serde_json::from_slice(&line) {
                Ok(row) => rows.push(row),
                Err(error) => {
                    context.note(&format!("{}:{number}: row left out: {error}", self.path.display()));
                }
            }
        }
        Ok(rows)
    }

    /// A path that a row gives, relative to the set's folder.
    pub(crate) fn beside(&self, path: &str) -> PathBuf {
        self.path.parent().unwrap_or(Path::new("")).join(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn train_is_never_scored_and_odd_rows_are_left_out() {
        let data = std::env::temp_dir().join(format!("stemma-eval-data-{}", std::process::id()));
        let folder = data.join("times");
        std::fs::create_dir_all(&folder).unwrap();
        for name in ["b.jsonl", "a.jsonl", "train.jsonl", "train-2.jsonl", "notes.txt"] {
            std::fs::write(folder.join(name), "{\"id\": 1}\n\nnonsense\n{\"id\": \"x\"}\n").unwrap();
        }
        let found = sources(&data, "times").unwrap();
        assert_eq!(found.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["a", "b"]);

        #[derive(Deserialize)]
        struct Row {
            id: RowId,
        }
        let rows: Vec<Row> = found[0].rows(&Context::quiet(&data)).unwrap();
        assert_eq!(rows.iter().map(|r| r.id.to_string()).collect::<Vec<_>>(), ["1", "x"]);
        assert!(matches!(sources(&data, "pages"), Err(Error::NoTask { .. })));
        std::fs::remove_dir_all(&data).unwrap();
    }
}
