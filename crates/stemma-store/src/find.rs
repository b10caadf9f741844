//! What a word in a question means, told without loading a ledger; as [`Ledger::find`] tells it.

use crate::{Store, StoreError};
use rusqlite::params;
#[cfg(doc)]
use stemma::Ledger;
use stemma::ledger::Thing;
use stemma::ledger::find::{ends_in, same_path};
use stemma::model::{EntryId, EventId, FamilyId, ReportId, StorylineId};

impl Store {
    /// Everything that `word` may stand for: a whole id, else reports by file, else anything by the first digits
    /// of its id.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn find(&self, word: &str) -> Result<Vec<Thing>, StoreError> {
        // A whole id needs no look at the names of all files.
        if word.len() == 16 {
            let found = self.by_id(word)?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        let files = self.files()?;
        let mut named: Vec<ReportId> = files.iter().filter(|f| same_path(&f.1, word)).map(|f| f.0).collect();
        if named.is_empty() {
            named = files.iter().filter(|f| ends_in(&f.1, word)).map(|f| f.0).collect();
        }
        if !named.is_empty() {
            return Ok(named.into_iter().map(Thing::Report).collect());
        }
        self.by_id(word)
    }

    /// Everything whose id begins with these digits.
    fn by_id(&self, word: &str) -> Result<Vec<Thing>, StoreError> {
        let digits = word.to_ascii_lowercase();
        if !(1..=16).contains(&digits.len()) || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Ok(Vec::new());
        }
        let mut found = Vec::new();
        found.extend(self.begin("reports", &digits)?.into_iter().map(|id| Thing::Report(ReportId(id))));
        found.extend(self.begin("families", &digits)?.into_iter().map(|id| Thing::Family(FamilyId(id))));
        found.extend(self.begin("events", &digits)?.into_iter().map(|id| Thing::Event(EventId(id))));
        found.extend(
            self.begin("storylines", &digits)?.into_iter().map(|id| Thing::Storyline(StorylineId(id))),
        );
        found.extend(self.begin("entries", &digits)?.into_iter().map(|id| Thing::Entry(EntryId(id))));
        Ok(found)
    }

    /// Every report with where it was read from, in order of id.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn files(&self) -> Result<Vec<(ReportId, String)>, StoreError> {
        let ask = || -> rusqlite::Result<Vec<(String, String)>> {
            let mut ask = self.db.prepare("SELECT id, file FROM reports")?;
            ask.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        };
        let rows = ask().map_err(|e| self.fail(e))?;
        let known = rows.into_iter().filter_map(|(id, file)| Some((ReportId::parse(&id)?, file)));
        let mut files: Vec<(ReportId, String)> = known.collect();
        files.sort_unstable();
        Ok(files)
    }

    /// The ids of a table that begin with these digits, in order.
    fn begin(&self, table: &str, digits: &str) -> Result<Vec<u64>, StoreError> {
        let ask = || -> rusqlite::Result<Vec<String>> {
            let sql = format!("SELECT id FROM {table} WHERE id >= ?1 AND id < ?1 || 'g' ORDER BY id");
            self.db.prepare_cached(&sql)?.query_map(params![digits], |row| row.get(0))?.collect()
        };
        let ids = ask().map_err(|e| self.fail(e))?;
        Ok(ids.iter().filter_map(|id| u64::from_str_radix(id, 16).ok()).collect())
    }
}
