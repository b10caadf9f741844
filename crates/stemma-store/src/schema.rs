//! A ledger's format: opened files are told apart, new ones laid out.
//!
//! The tables themselves are in `schema/N.sql`, which documents them.

use crate::{Mode, StoreError};
use rusqlite::Connection;
use std::path::Path;

/// "Stem": tells a ledger from other SQLite files.
pub const APPLICATION_ID: i64 = 0x5374_656D;

/// Steps from each format to the next; a new ledger takes them all.
const STEPS: [&str; 4] = [
    include_str!("../schema/1.sql"),
    include_str!("../schema/2.sql"),
    include_str!("../schema/3.sql"),
    include_str!("../schema/4.sql"),
];

/// The newest format that this build knows.
pub const FORMAT: i64 = STEPS.len() as i64;

/// What the tables and indexes of a ledger should be: names with the words that made them, in order.
pub(crate) fn wanted() -> rusqlite::Result<Vec<(String, String)>> {
    let db = Connection::open_in_memory()?;
    STEPS.iter().try_for_each(|sql| db.execute_batch(sql))?;
    there(&db)
}

/// What they are.
pub(crate) fn there(db: &Connection) -> rusqlite::Result<Vec<(String, String)>> {
    let mut ask = db.prepare(
        "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%' ORDER BY name",
    )?;
    ask.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

/// What an open ledger's tables are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Settled {
    /// Those that this build knows.
    Current,
    /// Those of an older format, which only a writer may lift.
    Older,
}

/// Checks that an open file is a ledger, and lays out or lifts its tables when it may be written.
pub(crate) fn settle(db: &mut Connection, path: &Path, mode: Mode) -> Result<Settled, StoreError> {
    let fail = |e| StoreError::from_sqlite(path, e);
    let number = |db: &Connection, name: &str| db.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let application = number(db, "application_id").map_err(fail)?;
    let found = number(db, "user_version").map_err(fail)?;
    let tables: i64 =
        db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(fail)?;
    let new = application == 0 && found == 0 && tables == 0;
    if !new && application != APPLICATION_ID || new && mode == Mode::Read {
        return Err(StoreError::NotLedger { path: path.to_path_buf() });
    }
    if found > FORMAT {
        return Err(StoreError::TooNew { path: path.to_path_buf(), found, known: FORMAT });
    }
    if mode == Mode::Write {
        db.pragma_update(None, "journal_mode", "WAL").map_err(fail)?;
        lift(db, found).map_err(fail)?;
    }
    Ok(if mode == Mode::Read && found < FORMAT { Settled::Older } else { Settled::Current })
}

fn lift(db: &mut Connection, found: i64) -> rusqlite::Result<()> {
    if found == FORMAT {
        return Ok(());
    }
    let step = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    for sql in &STEPS[found.max(0) as usize..] {
        step.execute_batch(sql)?;
    }
    step.pragma_update(None, "application_id", APPLICATION_ID)?;
    step.pragma_update(None, "user_version", FORMAT)?;
    step.commit()
}
