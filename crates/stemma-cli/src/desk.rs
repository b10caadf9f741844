//! Opens a ledger for a question, finds what a word in the question means, and loads the part that
//! answers it.

use crate::error::Failure;
use std::path::Path;
use stemma::ledger::{Thing, find::base_name};
use stemma::model::{EntryId, EventId, ReportId};
use stemma::{Analysis, Ledger, check};
use stemma_store::{Ask, Mode, Part, Store, StoreError};

/// At most so many candidates are named when a word is not clear.
const CANDIDATES: usize = 8;

/// A ledger open for a question.
pub(crate) struct Desk {
    store: Store,
    /// All of it, where it had to be made anew and could not be written.
    whole: Option<Ledger>,
}

impl Desk {
    /// Opens a ledger. What a stopped run or another engine left stale is made anew: on disk if
    /// nobody writes there, else for this question alone.
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        let store = Store::open(path, Mode::Read)?;
        if store.n_reports()? == 0 {
            let what = format!("ledger \"{}\" holds no reports", path.display());
            return Err(Failure::said(what, "read some with `stemma read PATH`"));
        }
        if !store.is_stale()? {
            return Ok(Self { store, whole: None });
        }
        drop(store);
        let refused = match Store::open(path, Mode::Write).and_then(|mut writer| writer.freshen()) {
            Ok(_) => false,
            Err(StoreError::Busy { .. } | StoreError::ReadOnly { .. } | StoreError::Full { .. }) => true,
            Err(e) => return Err(e.into()),
        };
        let store = Store::open(path, Mode::Read)?;
        let whole = refused.then(|| store.ledger()).transpose()?;
        Ok(Self { store, whole })
    }

    /// The file behind it.
    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    /// All of it.
    pub(crate) fn whole(self) -> Result<Ledger, Failure> {
        Ok(self.whole.map_or_else(|| self.store.ledger(), Ok)?)
    }

    /// What answers a question, at most `limit` of what it asks for.
    pub(crate) fn part(self, ask: &Ask, limit: usize) -> Result<Part, Failure> {
        match self.whole {
            Some(ledger) => Ok(Part { n: 0, ledger }),
            None => Ok(self.store.part(ask, limit)?),
        }
    }

    /// The entries whose claims mean what is nearest to a sentence, at most `n`.
    pub(crate) fn nearest(&self, question: &Analysis, n: usize) -> Result<Vec<EntryId>, Failure> {
        let Some(ledger) = &self.whole else { return Ok(self.store.nearest(question, n)?) };
        let entries = &ledger.joined.entries;
        let meanings: Vec<_> = entries.iter().map(|e| check::meaning(ledger, e)).collect();
        Ok(check::nearest(question, &meanings, n).into_iter().map(|i| entries[i].id).collect())
    }

    fn find(&self, word: &str) -> Result<Vec<Thing>, Failure> {
        Ok(self.whole.as_ref().map_or_else(|| self.store.find(word), |ledger| Ok(ledger.find(word)))?)
    }

    /// The one thing that a word means, among those that a command takes.
    pub(crate) fn resolve(
        &self,
        word: &str,
        what: &str,
        takes: impl Fn(&Thing) -> bool,
    ) -> Result<Thing, Failure> {
        let found: Vec<Thing> = self.find(word)?.into_iter().filter(|t| takes(t)).collect();
        match found.as_slice() {
            [one] => Ok(*one),
            [] => Err(self.unknown(word, what)?),
            several => Err(self.unclear(word, several)?),
        }
    }

    /// The one report that a word means.
    pub(crate) fn report(&self, word: &str) -> Result<ReportId, Failure> {
        match self.resolve(word, "report", |t| matches!(t, Thing::Report(_)))? {
            Thing::Report(id) => Ok(id),
            _ => unreachable!("only reports were let through"),
        }
    }

    /// The event that a word means: by its id, or by a report that tells it.
    pub(crate) fn event(&self, word: &str) -> Result<EventId, Failure> {
        let found = match self.resolve(word, "event", |t| matches!(t, Thing::Event(_) | Thing::Report(_)))? {
            Thing::Event(id) => Some(id),
            Thing::Report(id) => match &self.whole {
                Some(ledger) => ledger.event_of(id).map(|e| e.id),
                None => self.store.event_of(id)?,
            },
            _ => None,
        };
        found.ok_or_else(|| Failure::said(format!("\"{word}\" tells no event"), "`stemma events` lists them"))
    }

    fn unknown(&self, word: &str, what: &str) -> Result<Failure, Failure> {
        let rows = format!("{word}:");
        let files = self.store.files()?;
        let row = files.iter().map(|f| base_name(&f.1)).find(|f| !word.is_empty() && f.starts_with(&rows));
        let hint = match row {
            Some(row) => format!("it holds several reports; name one by its row, such as {row}"),
            None if what == "report" => {
                "`stemma search WORDS` finds reports; `stemma events` lists them".into()
            }
            None => "`stemma search WORDS` finds reports; `families`, `events` and `entries` list ids".into(),
        };
        Ok(Failure::said(format!("the ledger has no {what} \"{word}\""), hint))
    }

    fn unclear(&self, word: &str, things: &[Thing]) -> Result<Failure, Failure> {
        let files = self.store.files()?;
        let mut what = format!("\"{word}\" is not clear; it may be");
        for thing in things.iter().take(CANDIDATES) {
            what.push_str(&format!("\n  {}", named(&files, thing)));
        }
        if things.len() > CANDIDATES {
            what.push_str(&format!("\n  … and {} more", things.len() - CANDIDATES));
        }
        Ok(Failure::said(what, "give more of the id, or more of the path"))
    }
}

fn named(files: &[(ReportId, String)], thing: &Thing) -> String {
    match thing {
        Thing::Report(id) => {
            let file = files.binary_search_by_key(id, |f| f.0).map_or("", |i| files[i].1.as_str());
            format!("report {id} {file}")
        }
        Thing::Family(id) => format!("family {id}"),
        Thing::Event(id) => format!("event {id}"),
        Thing::Storyline(id) => format!("storyline {id}"),
        Thing::Entry(id) => format!("entry {id}"),
    }
}
