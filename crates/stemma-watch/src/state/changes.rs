//! What has been told, and what is still to be delivered.

use super::State;
use crate::WatchError;
use crate::politeness::Millis;
use rusqlite::{OptionalExtension, Row, params};
use std::collections::BTreeSet;
use stemma::model::{Place, ReportId};

/// A change as it is delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Open {
    /// Its number here.
    pub(crate) n: i64,
    /// What makes it one, for whoever gets it twice.
    pub(crate) id: String,
    /// The change as JSON.
    pub(crate) data: String,
    /// How often it was tried to be posted.
    pub(crate) tries: u32,
}

/// What is told with one joining: reports that now stand in events, places that now have a standing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Told {
    pub(crate) reports: Vec<ReportId>,
    pub(crate) standings: Vec<(Place, &'static str)>,
}

/// Delivered changes that are kept, so that it can be looked up what was told.
const KEPT: i64 = 10_000;

impl State {
    /// The reports of which it was told that they stand in events.
    pub(crate) fn told_reports(&self) -> Result<BTreeSet<ReportId>, WatchError> {
        self.ask(|db| {
            let row = |row: &Row| row.get::<_, i64>(0).map(|id| ReportId(id as u64));
            db.prepare("SELECT report FROM told_reports")?.query_map([], row)?.collect()
        })
    }

    /// Whether a place of a reading was told with a standing.
    pub(crate) fn was_told(&self, place: &Place, standing: &str) -> Result<bool, WatchError> {
        self.ask(|db| {
            let sql = "SELECT 1 FROM told_standings
                       WHERE report = ?1 AND start = ?2 AND end = ?3 AND standing = ?4";
            let Place { report, span } = place;
            db.prepare_cached(sql)?.exists(params![report.0 as i64, span.start, span.end, standing])
        })
    }

    /// Keeps changes for delivery and that they were told, whole or not at all. Without anyone to deliver to,
    /// a way counts as gone. Gives how many were not there.
    pub(crate) fn tell(
        &self,
        changes: &[(String, String)],
        told: &Told,
        posts: bool,
    ) -> Result<u64, WatchError> {
        self.step(|step| {
            let mut n = 0;
            for (id, data) in changes {
                let sql = "INSERT OR IGNORE INTO changes (id, data, posted) VALUES (?1, ?2, ?3)";
                n += step.prepare_cached(sql)?.execute(params![id, data, !posts])? as u64;
            }
            for report in &told.reports {
                let sql = "INSERT OR IGNORE INTO told_reports VALUES (?1)";
                step.prepare_cached(sql)?.execute([report.0 as i64])?;
            }
            for (Place { report, span }, standing) in &told.standings {
                let sql = "INSERT OR IGNORE INTO told_standings VALUES (?1, ?2, ?3, ?4)";
                step.prepare_cached(sql)?.execute(params![
                    report.0 as i64,
                    span.start,
                    span.end,
                    standing
                ])?;
            }
            Ok(n)
        })
    }

    /// Changes that were not printed, in order, so many at most.
    pub(crate) fn unprinted(&self, most: usize) -> Result<Vec<Open>, WatchError> {
        self.ask(|db| {
            let sql = "SELECT n, id, data, tries FROM changes WHERE printed = 0 ORDER BY n LIMIT ?1";
            db.prepare_cached(sql)?.query_map([most as i64], open)?.collect()
        })
    }

    /// These were printed.
    pub(crate) fn printed(&self, changes: &[Open]) -> Result<(), WatchError> {
        self.step(|step| {
            for change in changes {
                step.prepare_cached("UPDATE changes SET printed = 1 WHERE n = ?1")?.execute([change.n])?;
            }
            Ok(())
        })
    }

    /// The next change to post, in order of when it may be tried.
    pub(crate) fn unposted(&self, now: Millis) -> Result<Option<Open>, WatchError> {
        self.ask(|db| {
            let sql =
                "SELECT n, id, data, tries FROM changes WHERE posted = 0 AND next <= ?1 ORDER BY n LIMIT 1";
            db.prepare_cached(sql)?.query_row([now], open).optional()
        })
    }

    /// One was posted. Of those that have gone every way, only the last are kept.
    pub(crate) fn posted(&self, n: i64) -> Result<(), WatchError> {
        self.step(|step| step.execute("UPDATE changes SET posted = 1 WHERE n = ?1", [n]).map(drop))
    }

    /// One could not be posted.
    pub(crate) fn post_later(&self, n: i64, next: Millis) -> Result<(), WatchError> {
        self.step(|step| {
            let sql = "UPDATE changes SET tries = tries + 1, next = ?2 WHERE n = ?1";
            step.execute(sql, params![n, next]).map(drop)
        })
    }

    /// How many changes wait to be posted.
    pub(crate) fn n_unposted(&self) -> Result<u64, WatchError> {
        self.ask(|db| {
            db.query_row("SELECT count(*) FROM changes WHERE posted = 0", [], |row| row.get::<_, i64>(0))
        })
        .map(|n| n.max(0) as u64)
    }

    /// Forgets changes that went every way long ago; that they were told is kept.
    pub(crate) fn forget(&self) -> Result<(), WatchError> {
        self.step(|step| {
            let sql = "DELETE FROM changes WHERE printed = 1 AND posted = 1
                       AND n <= (SELECT max(n) FROM changes) - ?1";
            step.execute(sql, [KEPT]).map(drop)
        })
    }

    /// A word kept under a name.
    pub(crate) fn word(&self, key: &str) -> Result<Option<String>, WatchError> {
        self.ask(|db| {
            db.query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| row.get(0)).optional()
        })
    }

    /// Keeps a word under a name.
    pub(crate) fn keep_word(&self, key: &str, value: &str) -> Result<(), WatchError> {
        self.step(|step| step.execute("INSERT OR REPLACE INTO meta VALUES (?1, ?2)", [key, value]).map(drop))
    }
}

fn open(row: &Row) -> rusqlite::Result<Open> {
    Ok(Open { n: row.get(0)?, id: row.get(1)?, data: row.get(2)?, tries: row.get(3)? })
}
