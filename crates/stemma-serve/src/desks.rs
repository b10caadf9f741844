//! Open ledgers, kept for the next question: opening a file costs more than most answers.
//!
//! One that somebody has written to meanwhile is opened anew, so that an answer is never older than the
//! last write before it was asked for.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use stemma_store::{Desk, DeskError, Kept};

/// Ledgers held open at most; more questions at a time open their own.
const HELD: usize = 16;

/// How a ledger is opened that a stopped run left stale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// It is joined first, and one without reports is an error: for a question now and then.
    Joined,
    /// It answers as it was last joined: for a server, which must not wait for who writes.
    AsItLies,
}

/// The open ledgers of one file.
#[derive(Debug)]
pub struct Desks {
    path: PathBuf,
    when: When,
    idle: Mutex<Idle>,
}

/// Ledgers that are open and not asked, and what they share.
#[derive(Debug, Default)]
struct Idle {
    desks: Vec<Desk>,
    kept: Arc<Kept>,
}

impl Desks {
    /// None is opened yet.
    pub fn new(path: PathBuf, when: When) -> Self {
        Self { path, when, idle: Mutex::default() }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Asks a question of a ledger that is up to date.
    ///
    /// # Errors
    /// When the ledger cannot be opened, or the question has no answer.
    pub fn ask<T>(&self, question: impl FnOnce(&Desk) -> Result<T, DeskError>) -> Result<T, DeskError> {
        let desk = self.take()?;
        let answer = question(&desk);
        let mut idle = self.idle();
        if idle.desks.len() < HELD {
            idle.desks.push(desk);
        }
        answer
    }

    fn take(&self) -> Result<Desk, DeskError> {
        while let Some(desk) = { self.idle().desks.pop() } {
            if desk.is_current()? {
                return Ok(desk);
            }
        }
        if self.when == When::Joined {
            return Desk::open(&self.path);
        }
        let kept = Arc::clone(&self.idle().kept);
        let desk = Desk::open_as_joined(&self.path, kept)?;
        self.idle().kept = desk.kept();
        Ok(desk)
    }

    fn idle(&self) -> MutexGuard<'_, Idle> {
        // A panic elsewhere leaves the list as sound as it was.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
