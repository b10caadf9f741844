//! What is meant: paths found, patterns opened, nothing read yet.

use crate::args::{
    Args, CheckArgs, Command, EntriesArgs, ExportArgs, LengthArgs, MapArgs, ReadArgs, SearchArgs, ServeArgs,
    ShellArg, WatchArgs,
};
use crate::error::Failure;
use crate::input::paths::{Source, sources};
use std::path::{Path, PathBuf};
use stemma::publishers::Publishers;
use stemma::read::Told;
use stemma_show::graphs::Format;
use stemma_store::MEMORY;

/// What to do, ready to be done.
pub(crate) enum Plan {
    /// Read into a ledger.
    Read(ReadPlan),
    /// Answer a question from a ledger.
    Ask(PathBuf, Question),
    /// Find reports by their words.
    Search(PathBuf, SearchArgs, Length),
    /// Write the ledger for other tools.
    Export(PathBuf, ExportArgs),
    /// Hold a sentence against the ledger.
    Check(PathBuf, CheckArgs, Length),
    /// Check the ledger; first make it anew from its reports, if so asked.
    Doctor(PathBuf, bool),
    /// Answer an agent; whether nothing may be added.
    Mcp(PathBuf, bool),
    /// Serve over HTTP.
    Serve(PathBuf, ServeArgs),
    /// Join what was read and is not joined.
    Join(PathBuf),
    /// Analyse lines.
    Map(MapArgs),
    /// Watch feeds.
    Watch(PathBuf, WatchArgs),
    /// Write what a shell reads.
    Completions(ShellArg),
    /// Write the page.
    Page(PathBuf, PathBuf),
}

/// What to read, and how.
pub(crate) struct ReadPlan {
    /// The ledger.
    pub(crate) ledger: PathBuf,
    /// What to read, in order.
    pub(crate) sources: Vec<Source>,
    /// What is told of all reports.
    pub(crate) told: Told,
    /// How many threads; all cores if none.
    pub(crate) threads: Option<u16>,
    /// About how many bytes of memory to take.
    pub(crate) memory: usize,
    /// Which outlets belong together, if the user said.
    pub(crate) publishers: Option<Publishers>,
    /// Whether to tell how long each step took.
    pub(crate) timings: bool,
}

/// What to ask.
pub(crate) enum Question {
    /// All families, or that of an id; perhaps as a graph.
    Families { of: Option<String>, format: Option<Format>, length: Length },
    /// All events, or cards of some, or what is new in them.
    Events { of: Vec<String>, since: Vec<String>, length: Length },
    /// Entries.
    Entries(EntriesArgs, Length),
    /// All storylines.
    Timeline(Length),
    /// One report.
    Report(String),
    /// Two reports or more.
    Collate(Vec<String>),
    /// Evidence.
    Why(String),
}

/// How long a list may get.
#[derive(Clone, Copy)]
pub(crate) struct Length {
    /// As typed.
    typed: LengthArgs,
    /// For people, where nothing was typed: some pages of a terminal.
    usual: usize,
}

impl Length {
    /// So many at most. Programs get all, if they do not say otherwise.
    pub(crate) fn at_most(&self, json: bool) -> usize {
        match self.typed.limit {
            _ if self.typed.all => usize::MAX,
            Some(n) => n,
            None if json => usize::MAX,
            None => self.usual,
        }
    }
}

/// Makes the plan.
pub(crate) fn plan(typed: Args) -> Result<Plan, Failure> {
    let ledger = typed.ledger;
    Ok(match typed.command {
        Command::Read(read) => Plan::Read(read_plan(ledger, read)?),
        Command::Families(typed) => {
            // A graph is for programs: all of it, if not said otherwise.
            let usual = if typed.format.is_some() { usize::MAX } else { 20 };
            let (of, format) = (typed.id, typed.format.map(Into::into));
            Plan::Ask(
                ledger,
                Question::Families { of, format, length: Length { typed: typed.length, usual } },
            )
        }
        Command::Events(typed) => {
            let usual = if typed.since.is_empty() { 40 } else { 10 };
            let length = Length { typed: typed.length, usual };
            Plan::Ask(ledger, Question::Events { of: typed.ids, since: typed.since, length })
        }
        Command::Entries(entries) => {
            let length = Length { typed: entries.length, usual: 30 };
            Plan::Ask(ledger, Question::Entries(entries, length))
        }
        Command::Timeline(typed) => Plan::Ask(ledger, Question::Timeline(Length { typed, usual: 20 })),
        Command::Report(of) => Plan::Ask(ledger, Question::Report(of.id)),
        Command::Collate(of) => {
            let words = [of.a, of.b].into_iter().chain(of.more).collect();
            Plan::Ask(ledger, Question::Collate(words))
        }
        Command::Why(of) => Plan::Ask(ledger, Question::Why(of.id)),
        Command::Search(typed) => {
            let length = Length { typed: typed.length, usual: 20 };
            Plan::Search(ledger, typed, length)
        }
        Command::Check(typed) => {
            let length = Length { typed: typed.length, usual: 5 };
            Plan::Check(ledger, typed, length)
        }
        Command::Export(typed) => Plan::Export(ledger, typed),
        Command::Doctor(of) => Plan::Doctor(ledger, of.rebuild),
        Command::Serve(of) => Plan::Serve(ledger, of),
        Command::Join => Plan::Join(ledger),
        Command::Map(of) => Plan::Map(of),
        Command::Watch(of) => Plan::Watch(ledger, of),
        Command::Mcp(of) => Plan::Mcp(ledger, of.read_only),
        Command::Completions(of) => Plan::Completions(of.shell),
        Command::Page(page) => Plan::Page(ledger, page.output),
    })
}

fn read_plan(ledger: PathBuf, typed: ReadArgs) -> Result<ReadPlan, Failure> {
    let sources = sources(&typed.paths, &ledger)?;
    let publishers = typed.outlets.as_deref().map(publishers).transpose()?;
    let memory = typed.memory.unwrap_or(MEMORY);
    let threads = typed.told.threads;
    Ok(ReadPlan {
        ledger,
        sources,
        told: typed.told.told(),
        threads,
        memory,
        publishers,
        timings: typed.timings,
    })
}

/// Reads the file that says which outlets belong together.
fn publishers(path: &Path) -> Result<Publishers, Failure> {
    let hint = "a line is an outlet, a tab and its publisher; `stemma help read` says more";
    let text = std::fs::read_to_string(path)
        .map_err(|e| Failure::said(format!("cannot read \"{}\": {e}", path.display()), hint))?;
    Publishers::parse(&text)
        .map_err(|e| Failure::said(format!("cannot understand \"{}\": {e}", path.display()), hint))
}
