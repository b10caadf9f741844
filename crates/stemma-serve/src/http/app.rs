//! What all requests share: open ledgers, work on new reports, how much goes on at a time.

use super::metrics::Tally;
use super::problem::Problem;
use super::stories::Stories;
use crate::desks::{Desks, When};
use crate::jobs::{self, Jobs};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use stemma_store::{Desk, DeskError};
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// How long a question may take, waiting included.
const PATIENCE: Duration = Duration::from_secs(30);
/// Questions that wait for their turn at most.
const QUEUE: usize = 512;

/// How to serve.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The ledger's file.
    pub ledger: PathBuf,
    /// Where to listen.
    pub listen: SocketAddr,
    /// The word that is asked for; none only on loopback.
    pub token: Option<String>,
    /// Whether no reports can be added.
    pub read_only: bool,
    /// Bytes that can be given at once.
    pub most_bytes: usize,
}

/// What all requests share.
#[derive(Debug)]
pub(crate) struct App {
    pub(crate) settings: Settings,
    pub(crate) desks: Arc<Desks>,
    pub(crate) jobs: Option<Jobs>,
    pub(crate) stories: Stories,
    pub(crate) tally: Tally,
    turns: Arc<Semaphore>,
    waiting: AtomicUsize,
}

impl App {
    /// Makes the ledger ready.
    pub(crate) fn open(settings: Settings) -> Result<Self, DeskError> {
        if settings.read_only {
            drop(Desk::open_as_joined(&settings.ledger, Arc::default())?);
        }
        if !settings.read_only || stale(&settings.ledger)? {
            jobs::ready(&settings.ledger)?;
        }
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Ok(Self {
            desks: Arc::new(Desks::new(settings.ledger.clone(), When::AsItLies)),
            jobs: (!settings.read_only).then(|| Jobs::start(settings.ledger.clone())),
            stories: Stories::default(),
            tally: Tally::default(),
            turns: Arc::new(Semaphore::new(2 * cores)),
            waiting: AtomicUsize::new(0),
            settings,
        })
    }

    /// Asks the ledger on a thread that may wait; too many or too slow questions are turned away.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Desk) -> Result<T, DeskError> + Send + 'static,
    ) -> Result<T, Problem> {
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= QUEUE {
            self.waiting.fetch_sub(1, Ordering::Relaxed);
            return Err(Problem::busy("too many questions at a time"));
        }
        let turn = timeout(PATIENCE, Arc::clone(&self.turns).acquire_owned()).await;
        self.waiting.fetch_sub(1, Ordering::Relaxed);
        let Ok(Ok(turn)) = turn else { return Err(Problem::busy("too many questions at a time")) };
        let desks = Arc::clone(&self.desks);
        let answering = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            desks.ask(question)
        });
        match timeout(PATIENCE, answering).await {
            Ok(Ok(answer)) => Ok(answer?),
            Ok(Err(_)) => Err(Problem::fault()),
            Err(_) => Err(Problem::busy("the answer took too long")),
        }
    }
}

fn stale(ledger: &std::path::Path) -> Result<bool, DeskError> {
    Ok(Desk::open_as_joined(ledger, Arc::default())?.store().is_stale()?)
}
