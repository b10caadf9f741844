//! Writing what all reports show together: rows with key columns, wholes as JSON.

use crate::pack::ENGINE;
use crate::{Store, StoreError};
use rusqlite::{Transaction, TransactionBehavior, params};
use serde::Serialize;
use stemma::group::Groups;
use stemma::ledger::Joined;
use stemma::reconcile::Entry;
use stemma::trace::{Parent, Stemma};

/// The tables of this half.
const TABLES: [&str; 8] = [
    "families",
    "family_reports",
    "descents",
    "events",
    "event_reports",
    "storylines",
    "entries",
    "readings",
];

impl Store {
    /// Replaces the joined half, whole or not at all; it must be made from the reports as they lie
    /// in the file, which this writer alone can change.
    ///
    /// # Errors
    /// When the file cannot be written; the ledger is as it was before.
    pub fn write_joined(&mut self, joined: &Joined) -> Result<(), StoreError> {
        let path = self.path.clone();
        let mut write = || -> rusqlite::Result<()> {
            let step = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            for table in TABLES {
                step.execute(&format!("DELETE FROM {table}"), [])?;
            }
            joined.stemmas.iter().try_for_each(|stemma| family(&step, stemma))?;
            groups(&step, &joined.groups)?;
            joined.entries.iter().try_for_each(|e| entry(&step, e))?;
            step.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('joined', ?1)", [ENGINE])?;
            step.commit()
        };
        write().map_err(|e| StoreError::from_sqlite(&path, e))
    }
}

fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("every part of a ledger has a JSON form")
}

/// The word that stands for a value without fields.
fn word<T: Serialize>(value: &T) -> String {
    json(value).trim_matches('"').to_owned()
}

fn family(step: &Transaction, stemma: &Stemma) -> rusqlite::Result<()> {
    let id = stemma.id.to_string();
    step.prepare_cached("INSERT INTO families (id, n_reports, data) VALUES (?1, ?2, ?3)")?
        .execute(params![id, stemma.reports.len() as i64, json(stemma)])?;
    for report in &stemma.reports {
        step.prepare_cached("INSERT INTO family_reports (report, family) VALUES (?1, ?2)")?
            .execute(params![report.to_string(), id])?;
    }
    for d in &stemma.descents {
        let (parent, lost) = match &d.parent {
            Parent::Report(parent) => (Some(parent.to_string()), None),
            Parent::Lost(name) => (None, Some(name)),
        };
        step.prepare_cached(
            "INSERT INTO descents (child, family, parent, lost, kind, confidence) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![d.child.to_string(), id, parent, lost, word(&d.kind), d.confidence])?;
    }
    Ok(())
}

fn groups(step: &Transaction, groups: &Groups) -> rusqlite::Result<()> {
    for event in &groups.events {
        let id = event.id.to_string();
        step.prepare_cached(
            "INSERT INTO events (id, storyline, time, place, n_reports, data) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            id,
            event.storyline.to_string(),
            event.time,
            event.place,
            event.reports.len() as i64,
            json(event)
        ])?;
        for report in &event.reports {
            step.prepare_cached("INSERT INTO event_reports (report, event) VALUES (?1, ?2)")?
                .execute(params![report.to_string(), id])?;
        }
    }
    for story in &groups.storylines {
        step.prepare_cached("INSERT INTO storylines (id, n_events, data) VALUES (?1, ?2, ?3)")?
            .execute(params![story.id.to_string(), story.events.len() as i64, json(story)])?;
    }
    Ok(())
}

fn entry(step: &Transaction, entry: &Entry) -> rusqlite::Result<()> {
    let id = entry.id.to_string();
    step.prepare_cached(
        "INSERT INTO entries (id, event, standing, claim, n_origins, data) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        id,
        entry.event.map(|e| e.to_string()),
        word(&entry.standing),
        entry.text,
        entry.origins.len() as i64,
        json(entry)
    ])?;
    for r in &entry.readings {
        step.prepare_cached(
            "INSERT INTO readings (entry, report, start, end, text, value, origin) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            id,
            r.place.report.to_string(),
            r.place.span.start,
            r.place.span.end,
            r.text,
            r.value,
            entry.origins.get(r.origin as usize).map(|o| &o.name)
        ])?;
    }
    Ok(())
}
