//! What a watch must remember: feeds, items seen, what waits; in SQLite beside the ledger.
//!
//! Every step is one transaction, so that a watch killed at any moment goes on as if it had not been: a feed's
//! validators are kept together with the items that came with them, a fetched report until the ledger has it,
//! a change until it was delivered. Knows nothing of the network or the ledger.

mod changes;
mod items;

pub(crate) use changes::Told;
pub(crate) use items::{HeldRow, ItemRow, NewItem};

use crate::WatchError;
use crate::politeness::Millis;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use url::Url;

/// "StWa": tells the file from other SQLite files.
const APPLICATION_ID: i64 = 0x5374_5761;
const FORMAT: i64 = 1;

/// An open state; one process at a time.
#[derive(Debug)]
pub(crate) struct State {
    db: Mutex<Connection>,
    path: PathBuf,
    /// Held for its drop.
    _lock: File,
}

/// A feed to poll.
#[derive(Clone, Debug)]
pub(crate) struct FeedRow {
    pub(crate) n: i64,
    pub(crate) address: String,
    pub(crate) etag: Option<String>,
    pub(crate) modified: Option<String>,
    pub(crate) next: Millis,
    pub(crate) failures: u32,
}

/// What a poll came to, beside items.
#[derive(Clone, Debug, Default)]
pub(crate) struct Polled<'a> {
    pub(crate) now: Millis,
    pub(crate) next: Millis,
    /// What was wrong; nothing resets the count of failures.
    pub(crate) said: Option<&'a str>,
    pub(crate) gone: bool,
    /// What the answer is marked with: its tag, and when it changed.
    pub(crate) validators: [Option<&'a str>; 2],
}

/// The file of a ledger's watch, with an ending.
fn beside(ledger: &Path, ending: &str) -> PathBuf {
    let mut name = ledger.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

impl State {
    /// Opens the state of a ledger's watch; a missing one is made.
    pub(crate) fn open(ledger: &Path) -> Result<Self, WatchError> {
        let lock = lock(ledger)?;
        let path = beside(ledger, "-watch");
        let db = connect(&path).map_err(|source| WatchError::State { path: path.clone(), source })?;
        Ok(Self { db: Mutex::new(db), path, _lock: lock })
    }

    fn db(&self) -> MutexGuard<'_, Connection> {
        // A panic elsewhere has rolled its transaction back.
        self.db.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn fail(&self, source: rusqlite::Error) -> WatchError {
        WatchError::State { path: self.path.clone(), source }
    }

    /// Asks something.
    fn ask<T>(&self, ask: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, WatchError> {
        ask(&self.db()).map_err(|e| self.fail(e))
    }

    /// Does something whole or not at all.
    fn step<T>(&self, work: impl FnOnce(&Transaction) -> rusqlite::Result<T>) -> Result<T, WatchError> {
        let mut db = self.db();
        let whole = || {
            let step = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = work(&step)?;
            step.commit()?;
            Ok(done)
        };
        whole().map_err(|e| self.fail(e))
    }

    /// Says which feeds are polled from now on; those of before that are not among them rest.
    pub(crate) fn list(&self, feeds: &[Url]) -> Result<(), WatchError> {
        self.step(|step| {
            step.execute("UPDATE feeds SET listed = 0", [])?;
            let sql = "INSERT INTO feeds (address, listed) VALUES (?1, 1)
                       ON CONFLICT (address) DO UPDATE SET listed = 1, gone = 0";
            let mut insert = step.prepare(sql)?;
            feeds.iter().try_for_each(|feed| insert.execute([feed.as_str()]).map(drop))
        })
    }

    /// The feeds to poll.
    pub(crate) fn feeds(&self) -> Result<Vec<FeedRow>, WatchError> {
        self.ask(|db| {
            let sql = format!("{FEED} WHERE listed = 1 AND gone = 0 ORDER BY n");
            db.prepare(&sql)?.query_map([], feed)?.collect()
        })
    }

    /// The listed feeds whose last poll failed, with what was wrong, so many at most.
    pub(crate) fn troubles(&self, most: usize) -> Result<Vec<(String, String)>, WatchError> {
        self.ask(|db| {
            let sql =
                "SELECT address, said FROM feeds WHERE listed = 1 AND said IS NOT NULL ORDER BY n LIMIT ?1";
            db.prepare(sql)?.query_map([most as i64], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        })
    }

    /// One feed.
    pub(crate) fn feed(&self, n: i64) -> Result<Option<FeedRow>, WatchError> {
        self.ask(|db| db.prepare_cached(&format!("{FEED} WHERE n = ?1"))?.query_row([n], feed).optional())
    }

    /// A poll that brought no items: nothing had changed, or something was wrong.
    pub(crate) fn polled(&self, n: i64, polled: &Polled) -> Result<(), WatchError> {
        self.step(|step| note_poll(step, n, polled))
    }

    /// What a host lets programs fetch, if that is known and still holds: its robots.txt, or none where
    /// everything is forbidden meanwhile.
    pub(crate) fn robots(&self, host: &str, now: Millis) -> Result<Option<Option<String>>, WatchError> {
        self.ask(|db| {
            let mut ask = db.prepare_cached("SELECT robots FROM hosts WHERE host = ?1 AND until > ?2")?;
            ask.query_row(params![host, now], |row| row.get(0)).optional()
        })
    }

    /// Keeps what a host lets programs fetch.
    pub(crate) fn keep_robots(
        &self,
        host: &str,
        robots: Option<&str>,
        until: Millis,
    ) -> Result<(), WatchError> {
        self.step(|step| {
            step.execute("INSERT OR REPLACE INTO hosts VALUES (?1, ?2, ?3)", params![host, robots, until])
                .map(drop)
        })
    }
}

const FEED: &str = "SELECT n, address, etag, modified, next, failures FROM feeds";

fn feed(row: &rusqlite::Row) -> rusqlite::Result<FeedRow> {
    Ok(FeedRow {
        n: row.get(0)?,
        address: row.get(1)?,
        etag: row.get(2)?,
        modified: row.get(3)?,
        next: row.get(4)?,
        failures: row.get(5)?,
    })
}

fn note_poll(step: &Transaction, n: i64, polled: &Polled) -> rusqlite::Result<()> {
    let sql = "UPDATE feeds SET polled = ?2, next = ?3, said = ?4, gone = ?5,
               failures = CASE WHEN ?4 IS NULL THEN 0 ELSE failures + 1 END WHERE n = ?1";
    step.prepare_cached(sql)?.execute(params![n, polled.now, polled.next, polled.said, polled.gone]).map(drop)
}

/// Takes the right to watch into a ledger; the system gives it back when the process ends.
fn lock(ledger: &Path) -> Result<File, WatchError> {
    let path = beside(ledger, "-watch-lock");
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(|source| WatchError::Io { path: path.clone(), source })?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(WatchError::Busy { path: ledger.to_path_buf() }),
        Err(TryLockError::Error(source)) => Err(WatchError::Io { path, source }),
    }
}

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let mut db = Connection::open(path)?;
    db.busy_timeout(Duration::from_secs(10))?;
    db.pragma_update(None, "journal_mode", "WAL")?;
    // A report that is reported as fetched must outlive a power cut: its page may be another the next time.
    db.pragma_update(None, "synchronous", "FULL")?;
    let number = |db: &Connection, name: &str| db.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let found = (number(&db, "application_id")?, number(&db, "user_version")?);
    if found == (APPLICATION_ID, FORMAT) {
        return Ok(db);
    }
    let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if found != (0, 0) || tables > 0 {
        let code = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_NOTADB);
        let what = "it is no state of a watch, or that of a newer stemma";
        return Err(rusqlite::Error::SqliteFailure(code, Some(what.into())));
    }
    let step = db.transaction()?;
    step.execute_batch(include_str!("state.sql"))?;
    step.pragma_update(None, "application_id", APPLICATION_ID)?;
    step.pragma_update(None, "user_version", FORMAT)?;
    step.commit()?;
    Ok(db)
}

#[cfg(test)]
mod tests;
