//! What the command can fail with: words, a hint, an exit code.
//!
//! 0 is success, 1 an error, 2 wrong usage (clap's own), 3 a question to which the ledger has nothing,
//! 130 interrupted.

use std::error::Error;
use std::io;
use stemma_store::{DeskError, StoreError};
use thiserror::Error;

/// Why the command did not do what it was asked.
#[derive(Debug, Error)]
pub(crate) enum Failure {
    /// The ledger, or what was asked of it; with what to do next.
    #[error(transparent)]
    Asked(#[from] DeskError),
    /// Output could not be written.
    #[error("cannot write {to}")]
    Write {
        /// Where.
        to: String,
        /// Why.
        source: io::Error,
    },
    /// A question was answered: nothing that was read bears on it.
    #[error("nothing read bears on it")]
    Unknown,
    /// Stopped by the user.
    #[error("interrupted: {kept}")]
    Interrupted {
        /// What was kept.
        kept: String,
    },
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Asked(error.into())
    }
}

impl Failure {
    /// An error with its hint.
    pub(crate) fn said(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Asked(DeskError::said(what, hint))
    }

    /// The exit code.
    pub(crate) fn code(&self) -> u8 {
        match self {
            _ if self.is_hung_up() => 0,
            Self::Unknown => 3,
            Self::Interrupted { .. } => 130,
            _ => 1,
        }
    }

    /// What to say; nothing when the reader of the output closed it early, as `head` does.
    pub(crate) fn words(&self) -> Option<String> {
        // The answer itself has said so.
        if self.is_hung_up() || matches!(self, Self::Unknown) {
            return None;
        }
        if let Self::Interrupted { .. } = self {
            return Some(format!("{self}\n"));
        }
        let mut words = format!("error: {self}");
        let mut cause = self.source();
        while let Some(inner) = cause {
            words.push_str(&format!(": {inner}"));
            cause = inner.source();
        }
        words.push_str(&format!("\nhint: {}\n", self.hint()));
        Some(words)
    }

    fn hint(&self) -> String {
        match self {
            Self::Asked(e) => e.hint(),
            Self::Write { .. } | Self::Unknown | Self::Interrupted { .. } => {
                "check the path, its permissions and the room on the disk".into()
            }
        }
    }

    fn is_hung_up(&self) -> bool {
        matches!(self, Self::Write { source, .. } if source.kind() == io::ErrorKind::BrokenPipe)
    }
}
