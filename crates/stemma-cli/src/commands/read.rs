//! `stemma read`: pieces, batches, ledger, then the joined half and the summary.

use super::batch::{self, Told, analysed, held, ids};
use crate::error::Failure;
use crate::input::paths::Source;
use crate::input::pieces::{Piece, Pieces};
use crate::interrupt;
use crate::output::Output;
use crate::plan::ReadPlan;
use crate::progress::Progress;
use serde::Serialize;
use std::path::PathBuf;
use stemma::ledger::Lookup;
use stemma::model::Note;
use stemma::publishers::Publishers;
use stemma_show::views::SummaryView;
use stemma_show::{Paper, term, views};
use stemma_store::{Mode, Store};

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
    outcome: Outcome,
    /// Notes that wait for a ledger to be written to.
    waiting: Vec<(String, Note)>,
    /// Which outlets belong together, if the user said.
    publishers: Option<Publishers>,
}

/// Reads, joins, sums up.
pub(crate) fn run(plan: ReadPlan, output: &mut Output) -> Result<(), Failure> {
    if let Some(n) = plan.threads {
        // Fails only where a pool stands already, which nothing before this makes.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(usize::from(n)).build_global();
    }
    std::panic::set_hook(Box::new(|_| {}));
    interrupt::listen();
    let told = Told { published: plan.published, lang: plan.lang };
    let mut run = Run::new(plan.ledger, &plan.sources)?;
    run.publishers = plan.publishers;
    for_batches(Pieces::new(plan.sources), |pieces| run.batch(pieces, told))?;
    run.finish()?;
    run.progress.clear();
    output.show(&run.outcome, text)
}

/// Gathers pieces into batches.
fn for_batches(
    pieces: impl Iterator<Item = Piece>,
    mut take: impl FnMut(Vec<Piece>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut batch = Vec::new();
    let mut bytes = 0;
    for piece in pieces {
        bytes += piece.bytes.len();
        batch.push(piece);
        if bytes >= batch::BYTES || batch.len() >= batch::PIECES {
            take(std::mem::take(&mut batch))?;
            bytes = 0;
        }
    }
    if batch.is_empty() { Ok(()) } else { take(batch) }
}

impl Run {
    /// Opens a ledger that is there at once, so that its trouble is told before any work;
    /// a new one is made with the first report.
    fn new(ledger: PathBuf, sources: &[Source]) -> Result<Self, Failure> {
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
        };
        Ok(Self {
            ledger,
            store,
            progress: Progress::new(total),
            outcome,
            waiting: Vec::new(),
            publishers: None,
        })
    }

    /// Reads and writes one batch.
    fn batch(&mut self, pieces: Vec<Piece>, told: Told) -> Result<(), Failure> {
        self.stop_if_asked()?;
        let bytes = pieces.iter().map(|p| p.advance).sum();
        let mut held = held(pieces, told);
        self.outcome.known += held.repeated;
        if let Some(store) = &self.store {
            let known = store.known(&ids(&held.raws))?;
            let mut known = known.into_iter();
            let before = held.raws.len();
            held.raws.retain(|_| known.next() == Some(false));
            self.outcome.known += before - held.raws.len();
        }
        let Some((batch, faults)) = analysed(held.raws) else { return self.stop_if_asked() };
        self.waiting.extend(held.notes);
        self.waiting.extend(faults);
        if !batch.is_empty() && self.store.is_none() {
            self.store = Some(Store::open(&self.ledger, Mode::Write)?);
        }
        if let Some(store) = &mut self.store {
            let added = store.add(&batch, &self.waiting)?;
            self.outcome.read += added.new;
            self.outcome.known += added.known;
            self.keep_notes();
        }
        self.progress.advance(bytes, self.outcome.read + self.outcome.known);
        Ok(())
    }

    fn keep_notes(&mut self) {
        let written = self.waiting.drain(..).map(|(input, note)| InputNote { input, note });
        self.outcome.notes.extend(written);
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
        self.stop_if_asked()?;
        self.keep_notes();
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
        let ledger = store.freshen()?.map_or_else(|| store.ledger(), Ok)?;
        let notes = store.notes()?;
        let summary = views::summary::summary(&Lookup::of(&ledger), notes.iter().map(|(_, note)| note));
        self.outcome.summary = Some(summary);
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
    Failure::said(what, "stemma reads text, HTML and JSONL; the ledger was left as it was")
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
    out
}
