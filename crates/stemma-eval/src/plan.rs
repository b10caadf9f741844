//! What a run is to do, and what tasks need of it.

use std::cell::RefCell;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;

/// What every task is given.
#[derive(Debug)]
pub(crate) struct Context {
    /// The folder with one folder for each task.
    pub(crate) data: PathBuf,
    /// The folder of stories.
    pub(crate) stories: PathBuf,
    /// Orders of arrival to try where arrival could matter.
    pub(crate) shuffles: usize,
    /// Rows to read of each set at most.
    pub(crate) limit: usize,
    /// Whether to list what was wrong, for tasks that can.
    pub(crate) explain: bool,
    shows_progress: bool,
    is_quiet: bool,
    shown: RefCell<usize>,
}

impl Context {
    /// A context that speaks on standard error, with progress if that is a terminal.
    pub(crate) fn new(data: PathBuf, stories: PathBuf) -> Self {
        let shows_progress = std::io::stderr().is_terminal();
        Self {
            data,
            stories,
            shuffles: 10,
            limit: usize::MAX,
            explain: false,
            shows_progress,
            is_quiet: false,
            shown: RefCell::new(0),
        }
    }

    /// A context that says nothing, for tests.
    #[cfg(test)]
    pub(crate) fn quiet(data: &std::path::Path) -> Self {
        Self { is_quiet: true, shows_progress: false, ..Self::new(data.to_path_buf(), data.to_path_buf()) }
    }

    /// Says something noticed that did not stop the run.
    pub(crate) fn note(&self, words: &str) {
        if !self.is_quiet {
            self.clear();
            let _ = writeln!(std::io::stderr(), "note: {words}");
        }
    }

    /// Shows what is being done now, in place of what was shown before.
    pub(crate) fn progress(&self, words: &str) {
        if self.shows_progress {
            self.clear();
            let _ = write!(std::io::stderr(), "{words}");
            let _ = std::io::stderr().flush();
            *self.shown.borrow_mut() = words.chars().count();
        }
    }

    /// Takes the progress line away.
    pub(crate) fn clear(&self) {
        let shown = self.shown.replace(0);
        if shown > 0 {
            let _ = write!(std::io::stderr(), "\r{:shown$}\r", "");
        }
    }
}
