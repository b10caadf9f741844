//! Adding reports: batches go in whole or not at all.

use crate::pack::{ENGINE, pack};
use crate::{Store, StoreError};
use rayon::prelude::*;
use rusqlite::{Transaction, TransactionBehavior, params};
use stemma::Analysis;
use stemma::model::{Note, RawReport, ReportId};

/// What a batch brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// Reports that the ledger did not have.
    pub new: usize,
    /// Reports that it had; nothing was added for them.
    pub known: usize,
}

/// A report ready to be written.
struct Packed {
    raw: Vec<u8>,
    analysis: Vec<u8>,
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
        let packed = self.packed(batch)?;
        let path = self.path.clone();
        let write = || -> rusqlite::Result<Added> {
            let step = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let mut added = Added::default();
            for ((raw, analysis), packed) in batch.iter().zip(&packed) {
                let new = insert(&step, raw, analysis, packed)?;
                added.new += usize::from(new);
                added.known += usize::from(!new);
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
        let mut write = write;
        write().map_err(|e| StoreError::from_sqlite(&path, e))
    }

    fn packed(&self, batch: &[(RawReport, Analysis)]) -> Result<Vec<Packed>, StoreError> {
        let pack_one = |(raw, analysis): &(RawReport, Analysis)| {
            Ok(Packed { raw: pack(raw)?, analysis: pack(analysis)? })
        };
        batch.par_iter().map(pack_one).collect::<Result<_, String>>().map_err(|what| self.damaged(what))
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
        let packed: Result<Vec<Vec<u8>>, String> = made.par_iter().map(pack).collect();
        let packed = packed.map_err(|what| self.damaged(what))?;
        let path = self.path.clone();
        let mut write = || -> rusqlite::Result<()> {
            let step = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            for (analysis, blob) in made.iter().zip(&packed) {
                let r = &analysis.report;
                step.prepare_cached(
                    "UPDATE reports SET outlet = ?2, url = ?3, title = ?4, lang = ?5, published = ?6,
                     body = ?7, engine = ?8, analysis = ?9 WHERE id = ?1",
                )?
                .execute(params![
                    r.id.to_string(),
                    r.outlet,
                    r.url,
                    r.title,
                    r.lang.code(),
                    r.published.map(|p| p.to_string()),
                    r.body,
                    ENGINE,
                    blob
                ])?;
            }
            step.execute("DELETE FROM meta WHERE key = 'joined'", [])?;
            step.commit()
        };
        write().map_err(|e| StoreError::from_sqlite(&path, e))
    }
}

/// Writes a report that is not there yet; says whether it was new.
fn insert(
    step: &Transaction,
    raw: &RawReport,
    analysis: &Analysis,
    packed: &Packed,
) -> rusqlite::Result<bool> {
    let r = &analysis.report;
    let n = step
        .prepare_cached(
            "INSERT OR IGNORE INTO reports
             (id, key, file, outlet, url, title, lang, published, body, engine, raw, analysis)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?
        .execute(params![
            r.id.to_string(),
            raw.key,
            r.file,
            r.outlet,
            r.url,
            r.title,
            r.lang.code(),
            r.published.map(|p| p.to_string()),
            r.body,
            ENGINE,
            packed.raw,
            packed.analysis
        ])?;
    Ok(n == 1)
}

fn insert_note(step: &Transaction, input: &str, note: &Note) -> rusqlite::Result<()> {
    let data = serde_json::to_string(note).expect("a note has a JSON form");
    let kind = serde_json::to_value(note.kind).expect("a kind has a JSON form");
    step.prepare_cached("INSERT OR IGNORE INTO notes (input, kind, detail, data) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![input, kind.as_str(), note.detail, data])?;
    Ok(())
}
