//! Writing what all reports show together: rows with key columns, wholes some to a row.

use crate::pack::{ENGINE, pack};
use crate::spool::{self, Meant, Spool, Spooled};
use crate::{Store, StoreError};
use rayon::prelude::*;
use rusqlite::{Transaction, TransactionBehavior, params};
use serde::Serialize;
use std::collections::HashMap;
use std::io;
use stemma::compare::vector::Packed;
use stemma::ledger::Joined;
use stemma::model::ReportId;
use stemma::reconcile::Entry;
use stemma::trace::{Parent, Stemma};

/// Wholes to a row. Neighbours share names and words, so that 32 of them take a fourth of the room
/// that each by itself would (measured on entries of 19,000 wire reports); more gain little and
/// make a question for one thing unpack what it does not need.
pub(crate) const CHUNK: usize = 32;

/// The tables of this half.
const TABLES: [&str; 9] = [
    "families",
    "family_reports",
    "descents",
    "events",
    "event_reports",
    "storylines",
    "entries",
    "readings",
    "wholes",
];

/// Report numbers by id.
type Numbers = HashMap<ReportId, i64>;

impl Store {
    /// Replaces the joined half, whole or not at all; it must be made from the reports as they lie
    /// in the file, which this writer alone can change. Its entries are those that were spooled.
    ///
    /// # Errors
    /// When the file cannot be written; the ledger is as it was before.
    pub(crate) fn write_joined(&mut self, joined: &Joined, spool: Spool) -> Result<(), StoreError> {
        let order = joined.order();
        let families = picked(&joined.stemmas, &order.families);
        let events = picked(&joined.groups.events, &order.events);
        let storylines = picked(&joined.groups.storylines, &order.storylines);
        let wholes = [
            ("furniture", chunks(&joined.furniture)),
            ("family", chunks(&families)),
            ("event", chunks(&events)),
            ("storyline", chunks(&storylines)),
        ];
        let path = self.path.clone();
        let mut entries = spool.ordered().map_err(|e| StoreError::from_io(&path, e))?;
        let mut write = || -> rusqlite::Result<()> {
            let step = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            for table in TABLES {
                step.execute(&format!("DELETE FROM {table}"), [])?;
            }
            let indexes = without_indexes(&step)?;
            let numbers = numbers(&step)?;
            for (place, stemma) in families.iter().enumerate() {
                family(&step, place as i64, stemma, &numbers)?;
            }
            for (place, event) in events.iter().enumerate() {
                write_event(&step, place as i64, event, &numbers)?;
            }
            for (place, story) in storylines.iter().enumerate() {
                step.prepare_cached("INSERT INTO storylines VALUES (?1, ?2, ?3)")?.execute(params![
                    place as i64,
                    story.id.to_string(),
                    story.events.len() as i64
                ])?;
            }
            for (kind, chunks) in &wholes {
                for (chunk, data) in chunks.iter().enumerate() {
                    whole(&step, kind, chunk, data)?;
                }
            }
            write_entries(&step, &mut entries, &numbers)?;
            indexes.iter().try_for_each(|sql| step.execute_batch(sql))?;
            step.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('joined', ?1)", [ENGINE])?;
            step.commit()
        };
        write().map_err(|e| StoreError::from_sqlite(&path, e))
    }
}

/// Takes the indexes off the tables of this half, and gives the words that made them: rows by the million go in
/// faster when an index is sorted once, at the end.
fn without_indexes(step: &Transaction) -> rusqlite::Result<Vec<String>> {
    let mut ask = step
        .prepare("SELECT tbl_name, name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL")?;
    let rows = ask.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let mut made = Vec::new();
    for row in rows.collect::<rusqlite::Result<Vec<(String, String, String)>>>()? {
        if TABLES.contains(&row.0.as_str()) {
            step.execute_batch(&format!("DROP INDEX {}", row.1))?;
            made.push(row.2);
        }
    }
    Ok(made)
}

/// A row that holds some wholes of a kind.
fn whole(step: &Transaction, kind: &str, chunk: usize, data: &[u8]) -> rusqlite::Result<()> {
    step.prepare_cached("INSERT INTO wholes VALUES (?1, ?2, ?3)")?.execute(params![
        kind,
        chunk as i64,
        data
    ])?;
    Ok(())
}

/// Rows of wholes that are packed together, on all threads.
const PACKED_TOGETHER: usize = 64;

/// Writes all entries and what they mean.
fn write_entries(step: &Transaction, entries: &mut Spooled, numbers: &Numbers) -> rusqlite::Result<()> {
    let fail = |e| rusqlite::Error::ToSqlConversionFailure(Box::new(e));
    for from in (0..entries.len()).step_by(CHUNK * PACKED_TOGETHER) {
        let to = entries.len().min(from + CHUNK * PACKED_TOGETHER);
        let packed = entries.packed(from..to).map_err(fail)?;
        let meant: io::Result<Vec<Meant>> = packed.par_iter().map(|bytes| spool::unpacked(bytes)).collect();
        let (some, meanings): (Vec<Entry>, Vec<Packed>) = meant.map_err(fail)?.into_iter().unzip();
        for (at, e) in some.iter().enumerate() {
            entry(step, (from + at) as i64, e, numbers)?;
        }
        let rows = chunks(&some).into_iter().zip(chunks(&meanings)).enumerate();
        for (at, (entries, meanings)) in rows {
            whole(step, "entry", from / CHUNK + at, &entries)?;
            whole(step, "meaning", from / CHUNK + at, &meanings)?;
        }
    }
    Ok(())
}

fn picked<'j, T>(items: &'j [T], order: &[usize]) -> Vec<&'j T> {
    order.iter().map(|i| &items[*i]).collect()
}

fn chunks<T: Serialize + Sync>(items: &[T]) -> Vec<Vec<u8>> {
    let packed = items.par_chunks(CHUNK).map(|chunk| pack(&chunk));
    packed.map(|blob| blob.expect("every part of a ledger can be packed")).collect()
}

fn numbers(step: &Transaction) -> rusqlite::Result<Numbers> {
    let mut ask = step.prepare("SELECT id, n FROM reports")?;
    let rows = ask.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
    rows.map(|row| row.map(|(id, n)| (ReportId::parse(&id).unwrap_or(ReportId(0)), n))).collect()
}

/// The word that stands for a value without fields.
pub(crate) fn word<T: Serialize>(value: &T) -> String {
    let text = serde_json::to_string(value).expect("every part of a ledger has a JSON form");
    text.trim_matches('"').to_owned()
}

fn family(step: &Transaction, place: i64, stemma: &Stemma, numbers: &Numbers) -> rusqlite::Result<()> {
    step.prepare_cached("INSERT INTO families VALUES (?1, ?2, ?3, ?4)")?.execute(params![
        place,
        stemma.id.to_string(),
        stemma.reports.len() as i64,
        stemma.lost.len() as i64
    ])?;
    for report in &stemma.reports {
        step.prepare_cached("INSERT INTO family_reports VALUES (?1, ?2)")?
            .execute(params![numbers.get(report), place])?;
    }
    for d in &stemma.descents {
        let (parent, lost) = match &d.parent {
            Parent::Report(parent) => (numbers.get(parent), None),
            Parent::Lost(name) => (None, Some(name)),
        };
        step.prepare_cached("INSERT INTO descents VALUES (?1, ?2, ?3, ?4, ?5)")?.execute(params![
            numbers.get(&d.child),
            parent,
            lost,
            word(&d.kind),
            d.confidence
        ])?;
    }
    Ok(())
}

fn write_event(
    step: &Transaction,
    place: i64,
    event: &stemma::group::Event,
    numbers: &Numbers,
) -> rusqlite::Result<()> {
    step.prepare_cached("INSERT INTO events VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?.execute(params![
        place,
        event.id.to_string(),
        event.storyline.to_string(),
        event.time,
        event.place,
        event.reports.len() as i64
    ])?;
    for report in &event.reports {
        step.prepare_cached("INSERT INTO event_reports VALUES (?1, ?2)")?
            .execute(params![numbers.get(report), place])?;
    }
    Ok(())
}

fn entry(step: &Transaction, place: i64, entry: &Entry, numbers: &Numbers) -> rusqlite::Result<()> {
    step.prepare_cached("INSERT INTO entries VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?.execute(params![
        place,
        entry.id.to_string(),
        entry.event.map(|e| e.to_string()),
        word(&entry.standing),
        entry.text,
        entry.origins.len() as i64,
        entry.readings.len() as i64
    ])?;
    for r in &entry.readings {
        step.prepare_cached("INSERT INTO readings VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?.execute(params![
            place,
            numbers.get(&r.place.report),
            r.place.span.start,
            r.place.span.end,
            r.value,
            entry.origins.get(r.origin as usize).map(|o| &o.name),
            r.negated
        ])?;
    }
    Ok(())
}
