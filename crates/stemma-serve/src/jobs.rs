//! Work on new reports: one after another on a thread of its own, watched while it goes.
//!
//! Files and texts come in, the ledger grows; each step is told to who watches. Also joins what a stopped
//! run has left, when nothing else is to do.

use crate::add::raws;
use crate::questions::NewReport;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use stemma::Watch;
use stemma::batch::{BYTES, PARTS, analysed, held, ids};
use stemma::model::{RawReport, ReportId};
use stemma::read::{self, Part, Source, Told};
use stemma_store::{DeskError, MEMORY, Mode, Store, StoreError};
use tokio::sync::watch;
use utoipa::ToSchema;

/// Works that wait at most, and bytes that they hold; who brings more is asked to come again.
const WAITING: usize = 128;
const WAITING_BYTES: usize = 256 << 20;
/// Works that are remembered after they are over.
const REMEMBERED: usize = 256;
/// Reports and notes of one work that are listed.
const LISTED: usize = 500;
/// How often it is looked whether a stopped run has left something to join.
const IDLE: Duration = Duration::from_secs(5);

/// What comes in.
#[derive(Debug)]
pub(crate) enum Input {
    /// Texts with what is known of them.
    Reports(Vec<NewReport>),
    /// Files by name, of any form that is read.
    Files(Vec<(String, Vec<u8>)>),
}

/// How far a work is.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct JobView {
    /// Its number, since the server started.
    pub id: u64,
    /// Where it is.
    pub state: JobState,
    /// What is being done, in words.
    pub doing: String,
    /// Whether it is over, done or failed.
    pub over: bool,
    /// Reports that the ledger did not have.
    pub read: usize,
    /// Reports that it had, or that were given twice.
    pub known: usize,
    /// The reports given, at most 500.
    pub reports: Vec<JobReport>,
    /// What was noticed, at most 500.
    pub notes: Vec<JobNote>,
    /// What went wrong.
    pub error: Option<String>,
    /// What to do about it.
    pub hint: Option<String>,
}

/// Where a work is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// It waits for others.
    #[default]
    Waiting,
    /// It is being done.
    Working,
    /// All of it is in the ledger.
    Done,
    /// It went wrong; what was reported as read is in the ledger.
    Failed,
}

/// A report given.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct JobReport {
    /// Its id.
    pub id: ReportId,
    /// Its name.
    pub file: String,
}

/// Something noticed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct JobNote {
    /// The name of the report or file.
    pub input: String,
    /// What, in words.
    pub detail: String,
}

impl Input {
    /// How much memory it takes.
    fn bytes(&self) -> usize {
        match self {
            Self::Reports(reports) => reports.iter().map(|r| r.text.len()).sum(),
            Self::Files(files) => files.iter().map(|(_, bytes)| bytes.len()).sum(),
        }
    }
}

type States = Mutex<BTreeMap<u64, watch::Sender<JobView>>>;

/// All works of a server.
#[derive(Debug)]
pub(crate) struct Jobs {
    queue: SyncSender<(u64, Input)>,
    states: Arc<States>,
    /// Bytes that wait.
    held: Arc<AtomicUsize>,
}

impl Jobs {
    /// Starts the thread that works.
    pub(crate) fn start(ledger: PathBuf) -> Self {
        let (queue, todo) = sync_channel(WAITING);
        let states = Arc::new(States::default());
        let held = Arc::new(AtomicUsize::new(0));
        let (shared, lighter) = (Arc::clone(&states), Arc::clone(&held));
        std::thread::spawn(move || work(&ledger, &todo, &shared, &lighter));
        Self { queue, states, held }
    }

    /// Takes work in; none if too much waits.
    pub(crate) fn take(&self, input: Input) -> Option<u64> {
        let bytes = input.bytes();
        if self.held.load(Ordering::Relaxed) > WAITING_BYTES {
            return None;
        }
        let mut states = locked(&self.states);
        let id = states.last_key_value().map_or(1, |(id, _)| id + 1);
        let sent = self.queue.try_send((id, input));
        if let Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) = sent {
            return None;
        }
        self.held.fetch_add(bytes, Ordering::Relaxed);
        let view = JobView { id, doing: "waiting for other work".into(), ..JobView::default() };
        states.insert(id, watch::Sender::new(view));
        while states.len() > REMEMBERED {
            states.pop_first();
        }
        Some(id)
    }

    /// How many works are not over.
    pub(crate) fn waiting(&self) -> usize {
        locked(&self.states).values().filter(|told| !told.borrow().over).count()
    }

    /// A work to watch; none if it was never there or is long over.
    pub(crate) fn watch(&self, id: u64) -> Option<watch::Receiver<JobView>> {
        locked(&self.states).get(&id).map(watch::Sender::subscribe)
    }
}

fn locked(states: &States) -> MutexGuard<'_, BTreeMap<u64, watch::Sender<JobView>>> {
    states.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Works until the server is gone.
fn work(ledger: &Path, todo: &Receiver<(u64, Input)>, states: &States, held: &AtomicUsize) {
    // Leaves a core to those who ask meanwhile.
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(cores.saturating_sub(1).max(1)).build();
    let here = |work: &mut (dyn FnMut() + Send)| match &pool {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    };
    loop {
        match todo.recv_timeout(IDLE) {
            Ok((id, input)) => {
                let told = locked(states).get(&id).cloned();
                let bytes = input.bytes();
                let mut input = Some(input);
                here(&mut || {
                    if let (Some(input), Some(told)) = (input.take(), &told) {
                        one(ledger, input, told);
                    }
                });
                held.fetch_sub(bytes, Ordering::Relaxed);
            }
            Err(RecvTimeoutError::Timeout) => here(&mut || left_over(ledger)),
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

/// Joins what a stopped run has left; whatever hinders that will hinder others too, who tell of it.
fn left_over(ledger: &Path) {
    let stale = Store::open(ledger, Mode::Read).and_then(|store| store.is_stale());
    if stale.unwrap_or(false) {
        let _ = Store::open(ledger, Mode::Write).and_then(|mut store| store.freshen());
    }
}

/// Does one work and tells of it.
fn one(ledger: &Path, input: Input, told: &watch::Sender<JobView>) {
    let run = Run { told };
    run.say(JobState::Working, "reading".into());
    let done = match input {
        Input::Reports(given) => run.reports(ledger, &given),
        Input::Files(files) => run.files(ledger, files),
    };
    match &done {
        Ok(()) => tracing::info!(read = told.borrow().read, "reports were added"),
        Err(e) => tracing::warn!(error = %e, "reports could not be added"),
    }
    told.send_modify(|view| {
        view.over = true;
        match done {
            Ok(()) => {
                view.state = JobState::Done;
                view.doing = "done: read and joined with the others".into();
            }
            Err(e) => {
                view.state = JobState::Failed;
                view.doing = "failed".into();
                view.error = Some(e.to_string());
                view.hint = Some(e.hint());
            }
        }
    });
}

/// A work under way.
struct Run<'a> {
    told: &'a watch::Sender<JobView>,
}

impl Watch for Run<'_> {
    fn step<T>(&self, step: &'static str, work: impl FnOnce() -> T) -> T {
        // The steps of single reports come by the thousand; only those of the whole are told.
        if !matches!(step, "clean" | "segment" | "extract" | "fingerprint") {
            self.say(JobState::Working, format!("joining all reports: {step}"));
        }
        work()
    }
}

impl Run<'_> {
    fn say(&self, state: JobState, doing: String) {
        self.told.send_modify(|view| {
            view.state = state;
            view.doing = doing;
        });
    }

    fn note(&self, input: &str, detail: &str) {
        self.told.send_modify(|view| {
            if view.notes.len() < LISTED {
                view.notes.push(JobNote { input: input.to_owned(), detail: detail.to_owned() });
            }
        });
    }

    fn reports(&self, ledger: &Path, given: &[NewReport]) -> Result<(), DeskError> {
        let mut store = Store::open(ledger, Mode::Write)?;
        self.write(&mut store, raws(given)?, Vec::new())?;
        store.freshen_watched(MEMORY, self)?;
        Ok(())
    }

    fn files(&self, ledger: &Path, files: Vec<(String, Vec<u8>)>) -> Result<(), DeskError> {
        let mut store = Store::open(ledger, Mode::Write)?;
        let mut parts: Vec<Part> = Vec::new();
        let (mut bytes, mut failed) = (0, None);
        for (name, file) in files {
            let size = file.len() as u64;
            let mut file = Cursor::new(file);
            let _ = read::parts(&name, Source::File(&mut file, size), &mut |part| {
                bytes += part.size();
                parts.push(part);
                if bytes < BYTES && parts.len() < PARTS {
                    return ControlFlow::Continue(());
                }
                bytes = 0;
                match self.batch(&mut store, std::mem::take(&mut parts)) {
                    Ok(()) => ControlFlow::Continue(()),
                    Err(e) => {
                        failed = Some(e);
                        ControlFlow::Break(())
                    }
                }
            });
            if let Some(e) = failed {
                return Err(e);
            }
        }
        self.batch(&mut store, parts)?;
        let view = self.told.borrow().clone();
        if view.read + view.known == 0 {
            let what = "nothing readable was found in what was given";
            return Err(DeskError::said(
                what,
                "give text, HTML, JSONL, CSV, e-mail, a feed, or an archive of them",
            ));
        }
        store.freshen_watched(MEMORY, self)?;
        Ok(())
    }

    fn batch(&self, store: &mut Store, parts: Vec<Part>) -> Result<(), DeskError> {
        let held = held(parts, &Told::default());
        self.told.send_modify(|view| view.known += held.repeated);
        self.write(store, held.raws, held.notes)
    }

    /// Understands and writes some reports.
    fn write(
        &self,
        store: &mut Store,
        mut raws: Vec<RawReport>,
        notes: Vec<(String, stemma::model::Note)>,
    ) -> Result<(), DeskError> {
        let mut seen = std::collections::BTreeSet::new();
        let before = raws.len();
        raws.retain(|raw| seen.insert(raw.id()));
        let twice = before - raws.len();
        self.told.send_modify(|view| {
            view.known += twice;
            let room = LISTED.saturating_sub(view.reports.len());
            let named = raws.iter().take(room).map(|raw| JobReport { id: raw.id(), file: raw.file.clone() });
            view.reports.extend(named);
        });
        let mut known = store.known(&ids(&raws))?.into_iter();
        let before = raws.len();
        raws.retain(|_| known.next() == Some(false));
        let known = before - raws.len();
        let (batch, faults) = analysed(raws, &(), || false).unwrap_or_default();
        let notes: Vec<_> = notes.into_iter().chain(faults).collect();
        notes.iter().for_each(|(input, note)| self.note(input, &note.detail));
        for (raw, analysis) in &batch {
            let noticed = analysis.report.notes.iter().chain(&analysis.extracts.notes);
            noticed.for_each(|note| self.note(&raw.file, &note.detail));
        }
        let added = store.add(&batch, &notes)?;
        self.told.send_modify(|view| {
            view.read += added.new;
            view.known += added.known + known;
            view.doing = format!("reading: {} new reports so far", view.read);
        });
        Ok(())
    }
}

/// Makes a ledger that is not there, and joins one that a stopped run has left, if nobody else writes.
pub(crate) fn ready(ledger: &Path) -> Result<(), StoreError> {
    match Store::open(ledger, Mode::Write) {
        Ok(mut store) => store.freshen().map(drop),
        Err(StoreError::Busy { .. } | StoreError::ReadOnly { .. }) => Ok(()),
        Err(e) => Err(e),
    }
}
