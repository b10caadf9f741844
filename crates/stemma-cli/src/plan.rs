//! What is meant: paths found, patterns opened, nothing read yet.

use crate::args::{Args, Command, EntriesArgs, ReadArgs};
use crate::error::Failure;
use crate::input::paths::{Source, sources};
use std::path::PathBuf;
use stemma::model::{Lang, Moment};

/// What to do, ready to be done.
pub(crate) enum Plan {
    /// Read into a ledger.
    Read(ReadPlan),
    /// Answer a question from a ledger.
    Ask(PathBuf, Question),
    /// Write the page.
    Page(PathBuf, PathBuf),
}

/// What to read, and how.
pub(crate) struct ReadPlan {
    /// The ledger.
    pub(crate) ledger: PathBuf,
    /// What to read, in order.
    pub(crate) sources: Vec<Source>,
    /// For reports that do not say.
    pub(crate) published: Option<Moment>,
    /// For all reports.
    pub(crate) lang: Option<Lang>,
    /// How many threads; all cores if none.
    pub(crate) threads: Option<u16>,
}

/// What to ask.
pub(crate) enum Question {
    /// All families.
    Families,
    /// All events.
    Events,
    /// Entries.
    Entries(EntriesArgs),
    /// All storylines.
    Timeline,
    /// One report.
    Report(String),
    /// Two reports.
    Collate(String, String),
    /// Evidence.
    Why(String),
}

/// Makes the plan.
pub(crate) fn plan(typed: Args) -> Result<Plan, Failure> {
    let ledger = typed.ledger;
    Ok(match typed.command {
        Command::Read(read) => Plan::Read(read_plan(ledger, read)?),
        Command::Families => Plan::Ask(ledger, Question::Families),
        Command::Events => Plan::Ask(ledger, Question::Events),
        Command::Entries(entries) => Plan::Ask(ledger, Question::Entries(entries)),
        Command::Timeline => Plan::Ask(ledger, Question::Timeline),
        Command::Report(of) => Plan::Ask(ledger, Question::Report(of.id)),
        Command::Collate(of) => Plan::Ask(ledger, Question::Collate(of.a, of.b)),
        Command::Why(of) => Plan::Ask(ledger, Question::Why(of.id)),
        Command::Page(page) => Plan::Page(ledger, page.output),
    })
}

fn read_plan(ledger: PathBuf, typed: ReadArgs) -> Result<ReadPlan, Failure> {
    let sources = sources(&typed.paths, &ledger)?;
    Ok(ReadPlan { ledger, sources, published: typed.published, lang: typed.lang, threads: typed.threads })
}
