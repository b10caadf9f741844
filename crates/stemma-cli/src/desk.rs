//! Opens a ledger for a question, and finds what a word in the question means.

use crate::error::Failure;
use std::path::Path;
use stemma::Ledger;
use stemma::ledger::Thing;
use stemma::model::ReportId;
use stemma_store::{Mode, Store, StoreError};

/// At most so many candidates are named when a word is not clear.
const CANDIDATES: usize = 8;

/// Loads a ledger. What a stopped run or another engine left stale is made anew: on disk if
/// nobody writes there, else for this question alone.
pub(crate) fn open(path: &Path) -> Result<Ledger, Failure> {
    let store = Store::open(path, Mode::Read)?;
    if store.n_reports()? == 0 {
        let what = format!("ledger \"{}\" holds no reports", path.display());
        return Err(Failure::said(what, "read some with `stemma read PATH`"));
    }
    if store.is_stale()? {
        match Store::open(path, Mode::Write) {
            Ok(mut writer) => writer.freshen()?,
            Err(StoreError::Busy { .. } | StoreError::ReadOnly { .. } | StoreError::Full { .. }) => {}
            Err(e) => return Err(e.into()),
        }
    }
    Ok(store.ledger()?)
}

/// The one thing that a word means, among those that a command takes.
pub(crate) fn resolve(
    ledger: &Ledger,
    word: &str,
    what: &str,
    takes: impl Fn(&Thing) -> bool,
) -> Result<Thing, Failure> {
    let found: Vec<Thing> = ledger.find(word).into_iter().filter(|t| takes(t)).collect();
    match found.as_slice() {
        [one] => Ok(*one),
        [] => Err(unknown(ledger, word, what)),
        several => Err(unclear(ledger, word, several)),
    }
}

/// The one report that a word means.
pub(crate) fn report(ledger: &Ledger, word: &str) -> Result<ReportId, Failure> {
    match resolve(ledger, word, "report", |t| matches!(t, Thing::Report(_)))? {
        Thing::Report(id) => Ok(id),
        _ => unreachable!("only reports were let through"),
    }
}

fn unknown(ledger: &Ledger, word: &str, what: &str) -> Failure {
    let rows = format!("{word}:");
    let base = stemma::ledger::find::base_name;
    let row = ledger.reports.iter().find(|a| !word.is_empty() && base(&a.report.file).starts_with(&rows));
    let hint = match row {
        Some(a) => format!("it holds several reports; name one by its row, such as {}", base(&a.report.file)),
        None => {
            "`stemma events --json` lists reports with ids and files; `families` and `entries` list theirs"
                .into()
        }
    };
    Failure::said(format!("the ledger has no {what} \"{word}\""), hint)
}

fn unclear(ledger: &Ledger, word: &str, things: &[Thing]) -> Failure {
    let mut what = format!("\"{word}\" is not clear; it may be");
    for thing in things.iter().take(CANDIDATES) {
        what.push_str(&format!("\n  {}", named(ledger, thing)));
    }
    if things.len() > CANDIDATES {
        what.push_str(&format!("\n  … and {} more", things.len() - CANDIDATES));
    }
    Failure::said(what, "give more of the id, or more of the path")
}

fn named(ledger: &Ledger, thing: &Thing) -> String {
    match thing {
        Thing::Report(id) => {
            format!("report {id} {}", ledger.report(*id).map_or("", |a| a.report.file.as_str()))
        }
        Thing::Family(id) => format!("family {id}"),
        Thing::Event(id) => format!("event {id}"),
        Thing::Storyline(id) => format!("storyline {id}"),
        Thing::Entry(id) => format!("entry {id}"),
    }
}
