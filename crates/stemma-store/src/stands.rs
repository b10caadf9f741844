//! How things stand, from key columns alone: for one who asks after each joining what changed.

use crate::joined::word;
use crate::{Store, StoreError};
use rusqlite::Row;
use std::collections::BTreeMap;
use stemma::model::{EntryId, EventId, Place, ReportId, Span};
use stemma::reconcile::Standing;

/// An entry by its standing and the places of its readings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stands {
    /// The entry.
    pub entry: EntryId,
    /// How it stands.
    pub standing: Standing,
    /// Where its tellings are.
    pub places: Vec<Place>,
}

impl Store {
    /// Every event with the reports that tell it, as last joined, in order of place.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn event_reports(&self) -> Result<Vec<(EventId, Vec<ReportId>)>, StoreError> {
        let sql = "SELECT events.id, reports.id FROM events JOIN event_reports ON event = place
                   JOIN reports ON n = report ORDER BY place";
        let ask = || -> rusqlite::Result<Vec<(String, String)>> {
            self.db.prepare(sql)?.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        };
        let mut found: Vec<(EventId, Vec<ReportId>)> = Vec::new();
        for (event, report) in ask().map_err(|e| self.fail(e))? {
            let (Some(event), Some(report)) = (EventId::parse(&event), ReportId::parse(&report)) else {
                continue;
            };
            match found.last_mut().filter(|last| last.0 == event) {
                Some(last) => last.1.push(report),
                None => found.push((event, vec![report])),
            }
        }
        Ok(found)
    }

    /// The entries of some standings with the places of their readings, as last joined, the most telling first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn stands(&self, standings: &[Standing]) -> Result<Vec<Stands>, StoreError> {
        let sql = "SELECT entries.place, entries.id, reports.id, start, end FROM entries
                   JOIN readings ON readings.entry = entries.place JOIN reports ON n = report
                   WHERE standing = ?1 ORDER BY entries.place";
        let mut found: BTreeMap<i64, Stands> = BTreeMap::new();
        for standing in standings {
            let mut put = |row: &Row| -> rusqlite::Result<()> {
                let (place, entry): (i64, String) = (row.get(0)?, row.get(1)?);
                let (report, start, end): (String, u32, u32) = (row.get(2)?, row.get(3)?, row.get(4)?);
                if let (Some(entry), Some(report)) = (EntryId::parse(&entry), ReportId::parse(&report)) {
                    let of = Stands { entry, standing: *standing, places: Vec::new() };
                    let at = Place::new(report, Span { start, end });
                    found.entry(place).or_insert(of).places.push(at);
                }
                Ok(())
            };
            let mut ask = || -> rusqlite::Result<()> {
                let mut ask = self.db.prepare(sql)?;
                let mut rows = ask.query([word(standing)])?;
                while let Some(row) = rows.next()? {
                    put(row)?;
                }
                Ok(())
            };
            ask().map_err(|e| self.fail(e))?;
        }
        Ok(found.into_values().collect())
    }
}
