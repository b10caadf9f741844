//! Held reports -> the ledger, then all of it joined, then what changed noticed.
//!
//! The ledger is opened for writing for as long as a batch or a joining takes, so that others may write between.
//! A report leaves the state when the ledger has it; until then it is kept as it was fetched, so that it is read
//! once, whatever is killed when. Joining costs as much as the ledger is large, so it waits for more.

use crate::context::Context;
use crate::state::HeldRow;
use crate::{WatchError, changes};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use stemma::batch::{BYTES, PARTS, analysed, ids};
use stemma::model::{Note, NoteKind, RawReport};
use stemma_store::{Mode, Store, StoreError};

/// The least time between two joinings, unless the user says another.
const JOIN_EVERY: Duration = Duration::from_secs(60);
/// How many times as long as the last joining took it waits before the next: so that at most a fifth of the time
/// is spent joining, however large the ledger grows.
const PATIENCE: u32 = 4;
/// The least time between two batches: each costs an opening of the ledger and some waits for the disk.
const READ_EVERY: Duration = Duration::from_secs(1);
/// How often it is looked whether the process that joins is done.
const NAP: Duration = Duration::from_millis(50);
/// How long the last step of a round waits for another process that writes; what is held then is read the next time.
const BUSY: Duration = Duration::from_secs(60);

/// One who reads.
#[derive(Debug)]
pub(crate) struct Reader {
    /// When a batch was last read.
    read: Option<Instant>,
    /// Whether reports may have come that are not joined.
    stale: bool,
    /// When the last joining ended, and how long it took.
    joined: Option<(Instant, Duration)>,
    /// Since when something waits to be joined.
    since: Option<Instant>,
    /// Since when another process writes.
    busy: Option<Instant>,
}

impl Reader {
    /// One who finds out first whether there is something to join.
    pub(crate) fn new() -> Self {
        Self { read: None, stale: true, joined: None, since: None, busy: None }
    }

    /// Reads what is held, a batch at most, if it is time or at once; gives whether there was something. While
    /// another process writes, it is not.
    pub(crate) fn read(
        &mut self,
        context: &Context,
        at_once: bool,
        stop: &(dyn Fn() -> bool + Sync),
    ) -> Result<bool, WatchError> {
        if !at_once && self.read.is_some_and(|last| last.elapsed() < READ_EVERY) {
            return Ok(false);
        }
        self.read = Some(Instant::now());
        let held = context.state.held(PARTS, BYTES)?;
        if held.is_empty() {
            return Ok(false);
        }
        let Some(mut store) = self.writer(context)? else { return Ok(false) };
        let (raws, notes) = sorted(&held);
        let n = raws.len();
        let mut known = store.known(&ids(&raws))?.into_iter();
        let fresh: Vec<RawReport> = raws.into_iter().filter(|_| known.next() == Some(false)).collect();
        let Some((batch, faults)) = analysed(fresh, &(), stop) else { return Ok(false) };
        let notes: Vec<(String, Note)> = notes.into_iter().chain(faults).collect();
        let added = store.add(&batch, &notes)?;
        drop(store);
        context.state.release(&held)?;
        context.tally.read.add(added.new as u64);
        context.tally.known.add((n - added.new) as u64);
        tracing::info!(new = added.new, known = n - added.new, "read");
        if added.new > 0 {
            self.stale = true;
            self.since.get_or_insert_with(Instant::now);
        }
        Ok(true)
    }

    /// Joins if it is time, or at once; then notices what changed.
    pub(crate) fn join(
        &mut self,
        context: &Context,
        at_once: bool,
        stop: &(dyn Fn() -> bool + Sync),
    ) -> Result<(), WatchError> {
        if !self.is_due(context, at_once) {
            return Ok(());
        }
        if context.settings.ledger.exists() {
            let begun = Instant::now();
            let Some(made) = self.freshen(context, stop)? else { return Ok(()) };
            if made {
                let took = begun.elapsed();
                context.tally.joins.add(1);
                context.tally.join_ms.add(took.as_millis() as u64);
                self.joined = Some((Instant::now(), took));
            }
            let posts = context.settings.webhook.is_some();
            let changes = changes::notice(&context.settings.ledger, context.state, posts)?;
            context.tally.changes.add(changes);
            tracing::info!(ms = begun.elapsed().as_millis() as u64, changes, "joined");
        }
        (self.stale, self.since) = (false, None);
        Ok(())
    }

    /// Makes the joined half anew, and says whether that was needed; none if it could not be done now.
    fn freshen(
        &mut self,
        context: &Context,
        stop: &(dyn Fn() -> bool + Sync),
    ) -> Result<Option<bool>, WatchError> {
        if !Store::open(&context.settings.ledger, Mode::Read)?.is_stale()? {
            return Ok(Some(false));
        }
        if let Some(joiner) = &context.settings.joiner {
            match apart(joiner, &context.settings.ledger, stop) {
                Some(true) => return Ok(Some(true)),
                Some(false) => {}
                None => return Ok(None),
            }
        }
        let Some(mut store) = self.writer(context)? else { return Ok(None) };
        Ok(Some(store.freshen()?))
    }

    /// Whether it is time to join.
    pub(crate) fn is_due(&self, context: &Context, at_once: bool) -> bool {
        let least = context.settings.join_every.unwrap_or(JOIN_EVERY);
        let is_time = || match self.joined {
            Some((ended, took)) => ended.elapsed() >= least.max(took * PATIENCE),
            None => self.since.is_none_or(|since| since.elapsed() >= least),
        };
        self.stale && (at_once || is_time())
    }

    /// Whether nothing is left to read or join, or another process has written for too long to wait for it.
    pub(crate) fn is_done(&self) -> bool {
        match self.busy {
            Some(since) => since.elapsed() >= BUSY,
            None => !self.stale,
        }
    }

    /// The ledger, to write to; none while another process writes.
    fn writer(&mut self, context: &Context) -> Result<Option<Store>, WatchError> {
        match Store::open(&context.settings.ledger, Mode::Write) {
            Ok(store) => {
                self.busy = None;
                Ok(Some(store))
            }
            Err(StoreError::Busy { .. }) => {
                self.busy.get_or_insert_with(Instant::now);
                Ok(None)
            }
            Err(e) => Err(e.into()),
        }
    }
}

/// Joins in another process; whether that went well, or none if it was to be stopped.
fn apart(joiner: &Path, ledger: &Path, stop: &(dyn Fn() -> bool + Sync)) -> Option<bool> {
    let mut command = Command::new(joiner);
    command.arg("join").arg("--ledger").arg(ledger);
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let Ok(mut child) = quiet.spawn() else { return Some(false) };
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status.success()),
            Ok(None) if stop() => {
                // Killed anywhere it leaves the ledger as it was.
                let _ = child.kill();
                let _ = child.wait();
                return None;
            }
            Ok(None) => sleep(NAP),
            Err(_) => return Some(false),
        }
    }
}

/// Reports, each once, and notes with the names of what they are on.
fn sorted(held: &[HeldRow]) -> (Vec<RawReport>, Vec<(String, Note)>) {
    let mut seen = BTreeSet::new();
    let raws = held.iter().filter_map(|row| row.raw.clone()).filter(|raw| seen.insert(raw.id()));
    let raws = raws.collect();
    let noted = held.iter().filter_map(|row| Some((row.name.clone(), row.note.as_deref()?)));
    let notes = noted.map(|(name, note)| (name, Note::new(NoteKind::Unreachable, note)));
    (raws, notes.collect())
}
