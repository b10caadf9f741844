//! What can stop a run, with the next step for the person who reads it.

use std::path::PathBuf;
use thiserror::Error;

/// A failure of the whole run.
#[derive(Debug, Error)]
pub(crate) enum Error {
    /// The data folder is not there.
    #[error("no folder {}", .0.display())]
    NoData(PathBuf),
    /// The task is none.
    #[error("no task {0:?}")]
    UnknownTask(String),
    /// The data folder has no folder for the task.
    #[error("cannot list {}: {cause}", .folder.display())]
    NoTask { folder: PathBuf, cause: std::io::Error },
    /// The task's folder holds nothing to score.
    #[error("no set to score in {}", .folder.display())]
    NoSets { folder: PathBuf },
    /// No story where stories were asked for.
    #[error("no story in {}", .0.display())]
    NoStories(PathBuf),
    /// A file cannot be read.
    #[error("cannot read {}: {cause}", .path.display())]
    CannotRead { path: PathBuf, cause: std::io::Error },
    /// A file cannot be written.
    #[error("cannot write {}: {cause}", .path.display())]
    CannotWrite { path: PathBuf, cause: std::io::Error },
    /// A file of this crate's own is not in its form.
    #[error("cannot understand {}: {reason}", .path.display())]
    BadFile { path: PathBuf, reason: String },
}

impl Error {
    /// What to do next.
    pub(crate) fn hint(&self) -> String {
        match self {
            Error::NoData(_) => "--data takes the folder that holds one folder for each task".to_string(),
            Error::UnknownTask(_) => {
                let names: Vec<&str> = crate::tasks::TASKS.iter().map(|t| t.name).collect();
                format!("the tasks are {}, and `all`", names.join(", "))
            }
            Error::NoTask { .. } => "the data folder holds one folder for each task, named as the task is; \
                 for `stories` it is one story or a folder of stories"
                .to_string(),
            Error::NoSets { .. } => {
                "a set is a file NAME.jsonl; files that begin with `train` are never scored".to_string()
            }
            Error::NoStories(_) => {
                "a story is a folder with `expected.json`; give one, or a folder of such folders".to_string()
            }
            Error::CannotRead { .. } => "check that the file exists and may be read".to_string(),
            Error::CannotWrite { .. } => "check that the folder exists and may be written".to_string(),
            Error::BadFile { .. } => "mend the file, or restore the committed one".to_string(),
        }
    }
}
