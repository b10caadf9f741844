//! Adding reports: batches go in whole or not at all.

use crate::joined::word;
use crate::pack::{ENGINE, pack};
use crate::search::spaced;
use crate::{Store, StoreError};
use rayon::prelude::*;
use rusqlite::{Transaction, TransactionBehavior, params};
use stemma::Analysis;
use stemma::extract::{Entity, Extracts};
use stemma::model::{Note, RawReport, Report, ReportId};
use stemma::publishers::Publishers;

/// What a batch brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// Reports that the ledger did not have.
    pub new: usize,
    /// Reports that it had; nothing was added for them.
    pub known: usize,
}

/// An analysis ready to be written.
struct Packed {
    told: Vec<u8>,
    print: Vec<u8>,
    /// Title and body as they are searched.
    words: [String; 2],
    /// Names, kinds and how often each stands there.
    names: Vec<(String, String, usize)>,
}

impl Packed {
    fn of(analysis: &Analysis) -> Result<Self, String> {
        let Analysis { report, segments, extracts, fingerprint } = analysis;
        // A headline that stands in the body is found there.
        let title = report.title.as_deref().filter(|_| report.headline.is_none()).unwrap_or("");
        Ok(Self {
            told: pack(&(report, segments, extracts))?,
            print: pack(fingerprint)?,
            words: [spaced(title), spaced(&report.body)],
            names: names(extracts),
        })
    }
}

impl Store {
    /// Adds a batch of reports, and notes on inputs by name: all of it, or on error nothing.
    ///
    /// # Errors
    /// When the file cannot be written; the ledger is as it was before.
    pub fn add(
        &mut self,
        batch: &[(RawReport, Analysis)],
        notes: &[(String, Note)],
    ) -> Result<Added, StoreError> {
        let packed: Result<Vec<(Vec<u8>, Packed)>, String> =
            batch.par_iter().map(|(raw, analysis)| Ok((pack(raw)?, Packed::of(analysis)?))).collect();
        let packed = packed.map_err(|what| self.damaged(what))?;
        let path = self.path.clone();
        let mut write = || -> rusqlite::Result<Added> {
            let step = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let mut added = Added::default();
            for ((raw, analysis), (raw_blob, packed)) in batch.iter().zip(&packed) {
                match insert(&step, &raw.key, &analysis.report)? {
                    Some(n) => {
                        insert_text(&step, n, raw_blob, &analysis.report.body, packed)?;
                        added.new += 1;
                    }
                    None => added.known += 1,
                }
            }
            for (input, note) in notes {
                insert_note(&step, input, note)?;
            }
            if added.new > 0 {
                step.execute("DELETE FROM meta WHERE key = 'joined'", [])?;
            }
            step.commit()?;
            Ok(added)
        };
        write().map_err(|e| StoreError::from_sqlite(&path, e))
    }

    /// Says which outlets belong together, in place of what was said before; the joined half is stale
    /// then, if that is something new.
    ///
    /// # Errors
    /// When the file cannot be written; the ledger is as it was before.
    pub fn set_publishers(&mut self, publishers: &Publishers) -> Result<(), StoreError> {
        if self.publishers()? == *publishers {
            return Ok(());
        }
        let path = self.path.clone();
        let mut write = || -> rusqlite::Result<()> {
            let step = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            step.execute("DELETE FROM outlets", [])?;
            for (outlet, publisher) in publishers.pairs() {
                step.execute("INSERT INTO outlets VALUES (?1, ?2)", [outlet, publisher])?;
            }
            step.execute("DELETE FROM meta WHERE key = 'joined'", [])?;
            step.commit()
        };
        write().map_err(|e| StoreError::from_sqlite(&path, e))
    }

    /// Which of some reports the ledger has, in their order.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn known(&self, ids: &[ReportId]) -> Result<Vec<bool>, StoreError> {
        let ask = || -> rusqlite::Result<Vec<bool>> {
            let mut ask = self.db.prepare_cached("SELECT 1 FROM reports WHERE id = ?1")?;
            ids.iter().map(|id| ask.exists([id.to_string()])).collect()
        };
        ask().map_err(|e| self.fail(e))
    }

    /// Replaces the analyses of some reports with those of this engine.
    pub(crate) fn replace(&mut self, made: &[Analysis]) -> Result<(), StoreError> {
        let packed: Result<Vec<Packed>, String> = made.par_iter().map(Packed::of).collect();
        let packed = packed.map_err(|what| self.damaged(what))?;
        let path = self.path.clone();
        let mut write = || -> rusqlite::Result<()> {
            let step = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            for (analysis, packed) in made.iter().zip(&packed) {
                let n = update(&step, &analysis.report)?;
                step.prepare_cached("UPDATE texts SET body = ?2, analysis = ?3 WHERE report = ?1")?
                    .execute(params![n, analysis.report.body, packed.told])?;
                step.prepare_cached("INSERT OR REPLACE INTO prints VALUES (?1, ?2)")?
                    .execute(params![n, packed.print])?;
                step.prepare_cached("INSERT OR REPLACE INTO words (rowid, title, body) VALUES (?1, ?2, ?3)")?
                    .execute(params![n, packed.words[0], packed.words[1]])?;
                insert_names(&step, n, packed)?;
            }
            step.execute("DELETE FROM meta WHERE key = 'joined'", [])?;
            step.commit()
        };
        write().map_err(|e| StoreError::from_sqlite(&path, e))
    }
}

fn names(extracts: &Extracts) -> Vec<(String, String, usize)> {
    let n = |i: usize| extracts.names.iter().filter(|name| name.entity as usize == i).count();
    let row = |(i, e): (usize, &Entity)| (e.canonical.clone(), word(&e.kind), n(i));
    extracts.entities.iter().enumerate().map(row).collect()
}

/// Writes the names of a report in place of those that stand there.
fn insert_names(step: &Transaction, n: i64, packed: &Packed) -> rusqlite::Result<()> {
    step.prepare_cached("DELETE FROM names WHERE report = ?1")?.execute([n])?;
    let mut insert = step.prepare_cached("INSERT INTO names VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for (name, kind, times) in &packed.names {
        insert.execute(params![n, name, name.to_lowercase(), kind, *times as i64])?;
    }
    Ok(())
}

/// Writes the row of a report that is not there yet, and gives its number.
fn insert(step: &Transaction, key: &str, r: &Report) -> rusqlite::Result<Option<i64>> {
    let n = step
        .prepare_cached(
            "INSERT OR IGNORE INTO reports (id, key, file, outlet, url, title, lang, published, engine)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            r.id.to_string(),
            key,
            r.file,
            r.outlet,
            r.url,
            r.title,
            r.lang.code(),
            r.published.map(|p| p.to_string()),
            ENGINE
        ])?;
    Ok((n == 1).then(|| step.last_insert_rowid()))
}

fn insert_text(step: &Transaction, n: i64, raw: &[u8], body: &str, packed: &Packed) -> rusqlite::Result<()> {
    step.prepare_cached("INSERT INTO texts VALUES (?1, ?2, ?3, ?4)")?.execute(params![
        n,
        body,
        raw,
        packed.told
    ])?;
    step.prepare_cached("INSERT INTO prints VALUES (?1, ?2)")?.execute(params![n, packed.print])?;
    step.prepare_cached("INSERT INTO words (rowid, title, body) VALUES (?1, ?2, ?3)")?.execute(params![
        n,
        packed.words[0],
        packed.words[1]
    ])?;
    insert_names(step, n, packed)
}

/// Brings the row of a report up to this engine, and gives its number.
fn update(step: &Transaction, r: &Report) -> rusqlite::Result<i64> {
    step.prepare_cached(
        "UPDATE reports SET outlet = ?2, url = ?3, title = ?4, lang = ?5, published = ?6, engine = ?7
         WHERE id = ?1 RETURNING n",
    )?
    .query_row(
        params![
            r.id.to_string(),
            r.outlet,
            r.url,
            r.title,
            r.lang.code(),
            r.published.map(|p| p.to_string()),
            ENGINE
        ],
        |row| row.get(0),
    )
}

fn insert_note(step: &Transaction, input: &str, note: &Note) -> rusqlite::Result<()> {
    let data = serde_json::to_string(note).expect("a note has a JSON form");
    let kind = serde_json::to_value(note.kind).expect("a kind has a JSON form");
    step.prepare_cached("INSERT OR IGNORE INTO notes (input, kind, detail, data) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![input, kind.as_str(), note.detail, data])?;
    Ok(())
}
