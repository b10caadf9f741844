//! `stemma read`: parts, batches, ledger, then the joined half and the summary.

use super::sum::summary;
use super::work_with;
use crate::error::Failure;
use crate::input::open::{self, Given};
use crate::input::paths::Source;
use crate::interrupt;
use crate::output::Output;
use crate::plan::ReadPlan;
use crate::progress::Progress;
use crate::timings::{self, Timings, Took};
use serde::Serialize;
use std::cell::Cell;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use stemma::Watch;
use stemma::batch::{self, Analysed, Notes, analysed, held, ids};
use stemma::model::Note;
use stemma::publishers::Publishers;
use stemma::read::{Part, Told};
use stemma_show::views::SummaryView;
use stemma_show::{Paper, term};
use stemma_store::{Added, Mode, Store};

/// At most so many notes on inputs are listed for people; JSON has all.
const LISTED: usize = 10;

/// What a run of `read` did, and what the ledger holds now.
#[derive(Debug, Serialize)]
struct Outcome {
    /// Reports that the ledger did not have.
    read: usize,
    /// Reports that it had, or that stood twice in the input.
    known: usize,
    /// Files and streams looked at.
    inputs: usize,
    /// The ledger.
    ledger: PathBuf,
    /// What was noticed about inputs as wholes.
    notes: Vec<InputNote>,
    /// What the ledger holds.
    summary: Option<SummaryView>,
    /// What each step took, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    timings: Option<Took>,
}

/// Something noticed about an input.
#[derive(Debug, Serialize)]
struct InputNote {
    input: String,
    #[serde(flatten)]
    note: Note,
}

/// A run under way.
struct Run {
    ledger: PathBuf,
    store: Option<Store>,
    progress: Progress,
    timings: Timings,
    outcome: Outcome,
    /// Notes that wait for a ledger to be written to.
    waiting: Notes,
    told: Told,
    /// The batch that is being gathered, and its bytes.
    parts: Vec<Part>,
    bytes: usize,
    /// The batch that waits to be written.
    analysed: Option<Batch>,
    /// Which outlets belong together, if the user said.
    publishers: Option<Publishers>,
    /// About how many bytes of memory to take.
    memory: usize,
}

/// Analysed reports and notes on inputs.
struct Batch {
    reports: Analysed,
    notes: Notes,
}

/// What came of a batch.
struct Written {
    added: Added,
    notes: Notes,
}

impl Batch {
    /// Writes it; opens the ledger if there is something to write.
    fn write(self, store: &mut Option<Store>, ledger: &Path, timings: &Timings) -> Result<Written, Failure> {
        if !self.reports.is_empty() && store.is_none() {
            *store = Some(Store::open(ledger, Mode::Write)?);
        }
        let add = |store: &mut Store| timings.step("write", || store.add(&self.reports, &self.notes));
        let added = store.as_mut().map(add).transpose()?.unwrap_or_default();
        Ok(Written { added, notes: self.notes })
    }
}

/// Reads, joins, sums up.
pub(crate) fn run(plan: ReadPlan, output: &mut Output) -> Result<(), Failure> {
    work_with(plan.threads);
    std::panic::set_hook(Box::new(|_| {}));
    interrupt::listen();
    let mut run = Run::new(plan.ledger, &plan.sources, plan.told)?;
    (run.publishers, run.memory) = (plan.publishers, plan.memory);
    let done = Cell::new(0);
    for source in &plan.sources {
        run.source(source, &done)?;
    }
    run.batch(&done)?;
    run.finish()?;
    run.progress.clear();
    if plan.timings {
        let n = run.outcome.read + run.outcome.known;
        run.outcome.timings = Some(run.timings.of(n, rayon::current_num_threads()));
    }
    output.show(&run.outcome, text)
}

impl Run {
    /// Opens a ledger that is there at once, so that its trouble is told before any work;
    /// a new one is made with the first report.
    fn new(ledger: PathBuf, sources: &[Source], told: Told) -> Result<Self, Failure> {
        let store = ledger.exists().then(|| Store::open(&ledger, Mode::Write)).transpose()?;
        let folder = ledger.parent().filter(|p| !p.as_os_str().is_empty());
        if let Some(folder) = folder.filter(|p| !p.is_dir()) {
            let what = format!(
                "cannot make ledger \"{}\": there is no folder \"{}\"",
                ledger.display(),
                folder.display()
            );
            return Err(Failure::said(what, "make the folder first, or give another with `--ledger FILE`"));
        }
        let total = sources.iter().map(Source::size).sum();
        let outcome = Outcome {
            read: 0,
            known: 0,
            inputs: sources.len(),
            ledger: ledger.clone(),
            notes: Vec::new(),
            summary: None,
            timings: None,
        };
        let (progress, timings) = (Progress::new(total), Timings::default());
        let (waiting, parts) = (Vec::new(), Vec::new());
        let publishers = None;
        Ok(Self {
            ledger,
            store,
            progress,
            timings,
            outcome,
            waiting,
            told,
            parts,
            bytes: 0,
            analysed: None,
            publishers,
            memory: 0,
        })
    }

    /// Reads a source, batch by batch; what is left over waits for the next one.
    fn source(&mut self, source: &Source, done: &Cell<u64>) -> Result<(), Failure> {
        let mut failed = None;
        let went = open::parts(source, done, &mut |given| match self.take(given, done) {
            Ok(()) => ControlFlow::Continue(()),
            Err(e) => {
                failed = Some(e);
                ControlFlow::Break(())
            }
        });
        match (went, failed) {
            (ControlFlow::Break(()), Some(e)) => Err(e),
            _ => Ok(()),
        }
    }

    fn take(&mut self, given: Given, done: &Cell<u64>) -> Result<(), Failure> {
        match given {
            Given::Note(input, note) => self.waiting.push((input, note)),
            Given::Part(part) => {
                self.bytes += part.size();
                self.parts.push(part);
            }
        }
        let full = self.bytes >= batch::BYTES || self.parts.len() >= batch::PARTS;
        if full { self.batch(done) } else { Ok(()) }
    }

    /// Reads and analyses the batch that was gathered, while the one before it is written.
    fn batch(&mut self, done: &Cell<u64>) -> Result<(), Failure> {
        if interrupt::asked() {
            self.write()?;
        }
        self.stop_if_asked()?;
        self.bytes = 0;
        let parts = std::mem::take(&mut self.parts);
        let mut held = self.timings.step("read", || held(parts, &self.told));
        self.outcome.known += held.repeated;
        if let Some(store) = &self.store {
            let known = store.known(&ids(&held.raws))?;
            let mut known = known.into_iter();
            let before = held.raws.len();
            held.raws.retain(|_| known.next() == Some(false));
            self.outcome.known += before - held.raws.len();
        }
        let (before, store, timings) = (self.analysed.take(), &mut self.store, &self.timings);
        let (written, made) = rayon::join(
            || before.map(|batch| batch.write(store, &self.ledger, timings)).transpose(),
            || timings.step("analyse", || analysed(held.raws, timings, interrupt::asked)),
        );
        self.count(written?);
        let Some((reports, faults)) = made else { return self.stop_if_asked() };
        let mut notes = std::mem::take(&mut self.waiting);
        notes.extend(held.notes);
        notes.extend(faults);
        self.analysed = Some(Batch { reports, notes });
        self.progress.advance(done.take(), self.outcome.read + self.outcome.known);
        Ok(())
    }

    /// Writes the batch that was analysed, if there is one.
    fn write(&mut self) -> Result<(), Failure> {
        let batch = self.analysed.take();
        let written =
            batch.map(|batch| batch.write(&mut self.store, &self.ledger, &self.timings)).transpose()?;
        self.count(written);
        Ok(())
    }

    /// Counts what was written. Notes wait on where there is no ledger yet.
    fn count(&mut self, written: Option<Written>) {
        let Some(Written { added, notes }) = written else { return };
        self.outcome.read += added.new;
        self.outcome.known += added.known;
        if self.store.is_some() {
            self.note(notes);
        } else {
            self.waiting.splice(0..0, notes);
        }
    }

    fn note(&mut self, notes: Notes) {
        self.outcome.notes.extend(notes.into_iter().map(|(input, note)| InputNote { input, note }));
    }

    fn stop_if_asked(&self) -> Result<(), Failure> {
        if !interrupt::asked() {
            return Ok(());
        }
        self.progress.clear();
        let kept = match self.outcome.read {
            0 => "nothing new was read".to_owned(),
            n => format!("{n} new reports are kept in \"{}\"; run it again to go on", self.ledger.display()),
        };
        Err(Failure::Interrupted { kept })
    }

    /// Joins and sums up; fails if there was nothing to read at all.
    fn finish(&mut self) -> Result<(), Failure> {
        self.write()?;
        self.stop_if_asked()?;
        let waiting = std::mem::take(&mut self.waiting);
        self.note(waiting);
        if self.outcome.read + self.outcome.known == 0 {
            self.progress.clear();
            return Err(nothing(&self.outcome.notes));
        }
        let store = self.store.as_mut().expect("a report that was read or known has a ledger");
        if let Some(publishers) = &self.publishers {
            store.set_publishers(publishers)?;
        }
        self.progress.now(format!("joining {} reports", store.n_reports()?));
        interrupt::at_once();
        store.freshen_watched(self.memory, &self.timings)?;
        self.outcome.summary = Some(self.timings.step("sum up", || summary(store))?);
        Ok(())
    }
}

fn nothing(notes: &[InputNote]) -> Failure {
    let mut what = "nothing readable was found".to_owned();
    for n in notes.iter().take(LISTED) {
        what.push_str(&format!("\n  {}: {}", n.input, n.note.detail));
    }
    if notes.len() > LISTED {
        what.push_str(&format!("\n  … and {} more", notes.len() - LISTED));
    }
    Failure::said(what, "`stemma help read` lists what can be read; the ledger was left as it was")
}

fn text(outcome: &Outcome, paper: Paper) -> String {
    let reports = |n: usize| if n == 1 { "1 report".to_owned() } else { format!("{n} reports") };
    let mut out = format!("Read {} into {}", reports(outcome.read), outcome.ledger.display());
    if outcome.known > 0 {
        out.push_str(&format!("; {} known already", reports(outcome.known)));
    }
    out = term::harmless(&out) + "\n";
    for n in outcome.notes.iter().take(LISTED) {
        out.push_str(&term::harmless(&format!("note: {}: {}", n.input, n.note.detail)));
        out.push('\n');
    }
    if outcome.notes.len() > LISTED {
        out.push_str(&format!("… and {} more notes\n", outcome.notes.len() - LISTED));
    }
    if let Some(summary) = &outcome.summary {
        out.push('\n');
        out.push_str(&term::summary(summary, paper));
        out.push_str("\nNext: `stemma entries`, `stemma families`, `stemma timeline`, or `stemma page` for all of it\n");
    }
    if let Some(timings) = &outcome.timings {
        out.push('\n');
        out.push_str(&timings::table(timings));
    }
    out
}
