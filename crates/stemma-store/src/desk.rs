//! Opens a ledger for a question, finds what a word in the question means, and loads the part that
//! answers it.

use crate::{Ask, Kept, Mode, Part, Store, StoreError, Window};
use std::path::Path;
use std::sync::Arc;
use stemma::check::{self, Answer, Meanings};
use stemma::clean::likeliest;
use stemma::ledger::{Thing, find::base_name};
use stemma::model::{EntryId, EventId, Lang, Moment, RawReport, ReportId};
use stemma::{Analysis, Ledger};
use thiserror::Error;

/// At most so many candidates are named when a word is not clear.
const CANDIDATES: usize = 8;

/// Entries held against a sentence: their claims mean what is nearest. More find little, each costs
/// the unpacking of its reports.
const HELD_AGAINST: usize = 96;

/// Bytes of a sentence to check, at most: what is longer is a report.
pub const LONGEST_SENTENCE: usize = 1 << 16;

/// Why a question has no answer.
#[derive(Debug, Error)]
pub enum DeskError {
    /// The ledger.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What was asked for is not there.
    #[error("{what}")]
    Unknown {
        /// What is not there.
        what: String,
        /// The next step.
        hint: String,
    },
    /// What was asked for may be several things, or several words mean one.
    #[error("{what}")]
    Unclear {
        /// What is not clear, and what it may be.
        what: String,
        /// The next step.
        hint: String,
    },
    /// The question cannot be answered as it is.
    #[error("{what}")]
    Said {
        /// What is wrong.
        what: String,
        /// The next step.
        hint: String,
    },
}

impl DeskError {
    /// Of something that the ledger lacks, with its hint.
    pub fn unknown(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Unknown { what: what.into(), hint: hint.into() }
    }

    /// Of a question that cannot be answered as it is, with its hint.
    pub fn said(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Said { what: what.into(), hint: hint.into() }
    }

    /// What to do next.
    pub fn hint(&self) -> String {
        match self {
            Self::Store(e) => e.hint(),
            Self::Unknown { hint, .. } | Self::Unclear { hint, .. } | Self::Said { hint, .. } => hint.clone(),
        }
    }
}

/// A sentence held against a ledger.
#[derive(Debug)]
pub struct Checked {
    /// The sentence, understood.
    pub question: Analysis,
    /// What bears on it.
    pub answer: Answer,
    /// What the answer speaks of.
    pub part: Part,
}

/// A ledger open for a question.
#[derive(Debug)]
pub struct Desk {
    store: Store,
    /// All of it, where it had to be made anew and could not be written.
    whole: Option<Ledger>,
    /// What [`Store::seen`] gave when it was opened.
    seen: i64,
}

impl Desk {
    /// Opens a ledger. What a stopped run or another engine left stale is made anew: on disk if
    /// nobody writes there, else for this question alone.
    ///
    /// # Errors
    /// When the file cannot be read, is damaged, or holds no reports.
    pub fn open(path: &Path) -> Result<Self, DeskError> {
        let store = Store::open(path, Mode::Read)?;
        if store.n_reports()? == 0 {
            let what = format!("ledger \"{}\" holds no reports", path.display());
            return Err(DeskError::said(what, "read some with `stemma read PATH`"));
        }
        if !store.is_stale()? {
            return Self::over(store, None);
        }
        drop(store);
        let refused = match Store::open(path, Mode::Write).and_then(|mut writer| writer.freshen()) {
            Ok(_) => false,
            Err(StoreError::Busy { .. } | StoreError::ReadOnly { .. } | StoreError::Full { .. }) => true,
            Err(e) => return Err(e.into()),
        };
        let store = Store::open(path, Mode::Read)?;
        let whole = refused.then(|| store.ledger()).transpose()?;
        Self::over(store, whole)
    }

    /// Opens a ledger as it lies: reports that were read since all were last joined stand in no family, event
    /// or entry. Never waits, never works; for one who asks again and again while another writes. What is kept
    /// between questions is shared with other desks over the same state.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn open_as_joined(path: &Path, kept: Arc<Kept>) -> Result<Self, DeskError> {
        let mut store = Store::open(path, Mode::Read)?;
        store.kept = kept.of(store.stamp()?);
        Self::over(store, None)
    }

    /// What it keeps between questions, for the next one over the same state.
    pub fn kept(&self) -> Arc<Kept> {
        Arc::clone(&self.store.kept)
    }

    fn over(store: Store, whole: Option<Ledger>) -> Result<Self, DeskError> {
        let seen = store.seen()?;
        Ok(Self { store, whole, seen })
    }

    /// Whether nobody has written since it was opened.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn is_current(&self) -> Result<bool, DeskError> {
        Ok(self.store.seen()? == self.seen)
    }

    /// The file behind it.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// All of it.
    ///
    /// # Errors
    /// When the file cannot be read or is damaged.
    pub fn whole(self) -> Result<Ledger, DeskError> {
        Ok(self.whole.map_or_else(|| self.store.ledger(), Ok)?)
    }

    /// What answers a question: of a list the window alone.
    ///
    /// # Errors
    /// When the file cannot be read or is damaged.
    pub fn part(&self, ask: &Ask, window: impl Into<Window>) -> Result<Part, DeskError> {
        match &self.whole {
            Some(ledger) => Ok(Part { n: 0, ledger: ledger.clone() }),
            None => Ok(self.store.part(ask, window)?),
        }
    }

    /// What the ledger has for a sentence. If its language is not said and cannot be told, it is taken for
    /// the likeliest of the ledger's: a sentence is often too short.
    ///
    /// # Errors
    /// When the sentence says nothing or is longer than [`LONGEST_SENTENCE`], the file cannot be read, or it
    /// is damaged.
    pub fn check(
        &self,
        sentence: &str,
        lang: Option<Lang>,
        published: Option<Moment>,
    ) -> Result<Checked, DeskError> {
        let sentence = sentence.trim();
        let hint = "give one sentence, such as \"Two people were killed\"";
        if !sentence.chars().any(char::is_alphanumeric) {
            return Err(DeskError::said("nothing to check", hint));
        }
        if sentence.len() > LONGEST_SENTENCE {
            return Err(DeskError::said(format!("{} bytes are no sentence", sentence.len()), hint));
        }
        let text = sentence.to_owned();
        let raw = RawReport { key: "check".into(), text, lang, published, ..RawReport::default() };
        let mut question = stemma::analyse(raw.clone());
        if !question.report.lang.is_known() {
            let lang = likeliest(sentence, &self.store.langs()?);
            question = stemma::analyse(RawReport { lang: Some(lang), ..raw });
        }
        let candidates = self.nearest(&question, HELD_AGAINST)?;
        let part = self.part(&Ask::Claims(candidates.clone()), candidates.len())?;
        let answer = check::check(&question, &part.ledger, &candidates);
        Ok(Checked { question, answer, part })
    }

    /// The entries whose claims mean what is nearest to a sentence, at most `n`.
    fn nearest(&self, question: &Analysis, n: usize) -> Result<Vec<EntryId>, DeskError> {
        let Some(ledger) = &self.whole else { return Ok(self.store.nearest(question, n)?) };
        let entries = &ledger.joined.entries;
        let meanings = Meanings::new(entries.iter().map(|e| check::meaning(ledger, e)).collect());
        Ok(meanings.nearest(question, n).into_iter().map(|i| entries[i].id).collect())
    }

    fn find(&self, word: &str) -> Result<Vec<Thing>, DeskError> {
        Ok(self.whole.as_ref().map_or_else(|| self.store.find(word), |ledger| Ok(ledger.find(word)))?)
    }

    /// The one thing that a word means, among those that a command takes.
    ///
    /// # Errors
    /// When the word means nothing, or several things, or the file cannot be read.
    pub fn resolve(
        &self,
        word: &str,
        what: &str,
        takes: impl Fn(&Thing) -> bool,
    ) -> Result<Thing, DeskError> {
        let found: Vec<Thing> = self.find(word)?.into_iter().filter(|t| takes(t)).collect();
        match found.as_slice() {
            [one] => Ok(*one),
            [] => Err(self.unknown(word, what)?),
            several => Err(self.unclear(word, several)?),
        }
    }

    /// The one report that a word means.
    ///
    /// # Errors
    /// When the word means no report, or several, or the file cannot be read.
    pub fn report(&self, word: &str) -> Result<ReportId, DeskError> {
        match self.resolve(word, "report", |t| matches!(t, Thing::Report(_)))? {
            Thing::Report(id) => Ok(id),
            _ => unreachable!("only reports were let through"),
        }
    }

    /// The reports that some words mean, each named once.
    ///
    /// # Errors
    /// As [`report`](Self::report) for each, and when two words mean one report.
    pub fn distinct_reports(&self, words: &[String]) -> Result<Vec<ReportId>, DeskError> {
        let ids = words.iter().map(|word| self.report(word)).collect::<Result<Vec<_>, _>>()?;
        if (1..ids.len()).any(|i| ids[..i].contains(&ids[i])) {
            let what = "a report cannot be collated with itself".into();
            return Err(DeskError::Unclear { what, hint: "name each report once".into() });
        }
        Ok(ids)
    }

    /// The event that a word means: by its id, or by a report that tells it.
    ///
    /// # Errors
    /// When the word means no event, or several, or the file cannot be read.
    pub fn event(&self, word: &str) -> Result<EventId, DeskError> {
        let found = match self.resolve(word, "event", |t| matches!(t, Thing::Event(_) | Thing::Report(_)))? {
            Thing::Event(id) => Some(id),
            Thing::Report(id) => match &self.whole {
                Some(ledger) => ledger.event_of(id).map(|e| e.id),
                None => self.store.event_of(id)?,
            },
            _ => None,
        };
        found.ok_or_else(|| {
            DeskError::unknown(format!("\"{word}\" tells no event"), "`stemma events` lists them")
        })
    }

    fn unknown(&self, word: &str, what: &str) -> Result<DeskError, DeskError> {
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
        Ok(DeskError::unknown(format!("the ledger has no {what} \"{word}\""), hint))
    }

    fn unclear(&self, word: &str, things: &[Thing]) -> Result<DeskError, DeskError> {
        let files = self.store.files()?;
        let mut what = format!("\"{word}\" is not clear; it may be");
        for thing in things.iter().take(CANDIDATES) {
            what.push_str(&format!("\n  {}", named(&files, thing)));
        }
        if things.len() > CANDIDATES {
            what.push_str(&format!("\n  … and {} more", things.len() - CANDIDATES));
        }
        Ok(DeskError::Unclear { what, hint: "give more of the id, or more of the path".into() })
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
