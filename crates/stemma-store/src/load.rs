//! Reading a ledger back, whole or by parts.

use crate::pack::{ENGINE, unpack};
use crate::{Mode, Store, StoreError};
use rayon::prelude::*;
use rusqlite::{OptionalExtension, Transaction};
use serde::de::DeserializeOwned;
use stemma::ledger::Joined;
use stemma::ledger::find::ends_in;
use stemma::model::{Note, RawReport, ReportId};
use stemma::{Analysis, Ledger, join};

/// Analyses of an older engine are made anew so many at a time: bounds memory and lost work.
const REMAKE: usize = 512;

/// A report's row as it lies in the file.
struct Row {
    engine: String,
    blob: Vec<u8>,
}

impl Store {
    /// Whether what all reports show together must be made anew.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn is_stale(&self) -> Result<bool, StoreError> {
        let engine: Option<String> = (self.db)
            .query_row("SELECT value FROM meta WHERE key = 'joined'", [], |row| row.get(0))
            .optional()
            .map_err(|e| self.fail(e))?;
        Ok(engine.as_deref() != Some(ENGINE))
    }

    /// How many reports the ledger has.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn n_reports(&self) -> Result<usize, StoreError> {
        let n: i64 = (self.db)
            .query_row("SELECT count(*) FROM reports", [], |row| row.get(0))
            .map_err(|e| self.fail(e))?;
        Ok(n.max(0) as usize)
    }

    /// The whole ledger. What is stale is made anew in memory; the file stays as it is.
    ///
    /// # Errors
    /// When the file cannot be read or is damaged.
    pub fn ledger(&self) -> Result<Ledger, StoreError> {
        let step = self.db.unchecked_transaction().map_err(|e| self.fail(e))?;
        let reports = self.analyses(&step)?;
        let joined = if self.is_stale()? {
            join(&reports.iter().collect::<Vec<_>>())
        } else {
            Joined {
                stemmas: self.data(&step, "SELECT data FROM families ORDER BY id")?,
                groups: stemma::group::Groups {
                    events: self.data(&step, "SELECT data FROM events ORDER BY id")?,
                    storylines: self.data(&step, "SELECT data FROM storylines ORDER BY id")?,
                },
                entries: self.data(&step, "SELECT data FROM entries ORDER BY id")?,
            }
        };
        Ok(Ledger { reports, joined })
    }

    /// Makes anew and writes what is stale: analyses of another engine, then the joined half.
    ///
    /// # Errors
    /// When the file cannot be read or written, or is damaged.
    pub fn freshen(&mut self) -> Result<(), StoreError> {
        debug_assert_eq!(self.mode, Mode::Write);
        if !self.is_stale()? {
            return Ok(());
        }
        loop {
            let ids = self.old_ids()?;
            if ids.is_empty() {
                break;
            }
            let raws: Vec<RawReport> = ids.iter().map(|id| self.raw(id)).collect::<Result<_, _>>()?;
            let made: Vec<Analysis> = raws.into_par_iter().map(stemma::analyse).collect();
            self.replace(&made)?;
        }
        let ledger = self.ledger()?;
        self.write_joined(&ledger.joined)
    }

    /// Ids of some reports whose analysis is another engine's.
    fn old_ids(&self) -> Result<Vec<String>, StoreError> {
        let ask = || -> rusqlite::Result<Vec<String>> {
            let mut ask = self.db.prepare("SELECT id FROM reports WHERE engine <> ?1 LIMIT ?2")?;
            ask.query_map(rusqlite::params![ENGINE, REMAKE as i64], |row| row.get(0))?.collect()
        };
        ask().map_err(|e| self.fail(e))
    }

    /// A report as it was read.
    fn raw(&self, id: &str) -> Result<RawReport, StoreError> {
        let blob: Vec<u8> = (self.db)
            .query_row("SELECT raw FROM reports WHERE id = ?1", [id], |row| row.get(0))
            .map_err(|e| self.fail(e))?;
        unpack(&blob).map_err(|e| self.damaged(format!("report {id} cannot be unpacked ({e})")))
    }

    /// One report with what it shows by itself, without loading the rest.
    ///
    /// # Errors
    /// When the file cannot be read or is damaged.
    pub fn report(&self, id: ReportId) -> Result<Option<Analysis>, StoreError> {
        let ask = "SELECT engine, analysis FROM reports WHERE id = ?1";
        let row = (self.db)
            .query_row(ask, [id.to_string()], |row| Ok(Row { engine: row.get(0)?, blob: row.get(1)? }))
            .optional()
            .map_err(|e| self.fail(e))?;
        row.map(|row| self.analysis(&id.to_string(), row)).transpose()
    }

    /// Reports whose id begins with `word`, or whose file's name or path ends with it, with their files.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn find_reports(&self, word: &str) -> Result<Vec<(ReportId, String)>, StoreError> {
        let ask = || -> rusqlite::Result<Vec<(String, String)>> {
            let mut ask = self.db.prepare("SELECT id, file FROM reports ORDER BY id")?;
            ask.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        };
        let rows = ask().map_err(|e| self.fail(e))?;
        let lower = word.to_ascii_lowercase();
        let mut found: Vec<&(String, String)> = rows.iter().filter(|r| ends_in(&r.1, word)).collect();
        if found.is_empty() && !word.is_empty() {
            found = rows.iter().filter(|r| r.0.starts_with(&lower)).collect();
        }
        let known = found.into_iter().filter_map(|(id, file)| Some((ReportId::parse(id)?, file.clone())));
        Ok(known.collect())
    }

    /// The notes on inputs, with the inputs' names.
    ///
    /// # Errors
    /// When the file cannot be read or is damaged.
    pub fn notes(&self) -> Result<Vec<(String, Note)>, StoreError> {
        let ask = || -> rusqlite::Result<Vec<(String, String)>> {
            let mut ask = self.db.prepare("SELECT input, data FROM notes ORDER BY input, kind, detail")?;
            ask.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        };
        let rows = ask().map_err(|e| self.fail(e))?;
        rows.into_iter().map(|(input, data)| Ok((input, self.parsed(&data)?))).collect()
    }

    /// Every analysis, by this engine, in order of id.
    fn analyses(&self, step: &Transaction) -> Result<Vec<Analysis>, StoreError> {
        let ask = || -> rusqlite::Result<Vec<(String, Row)>> {
            let mut ask = step.prepare("SELECT id, engine, analysis FROM reports ORDER BY id")?;
            let row = |row: &rusqlite::Row| Ok((row.get(0)?, Row { engine: row.get(1)?, blob: row.get(2)? }));
            ask.query_map([], row)?.collect()
        };
        let rows = ask().map_err(|e| self.fail(e))?;
        let mut found = Vec::with_capacity(rows.len());
        let mut old = Vec::new();
        let fresh: Vec<Result<Option<Analysis>, String>> = (rows.par_iter())
            .map(|(id, row)| {
                let read = || unpack(&row.blob).map_err(|e| format!("report {id} cannot be unpacked ({e})"));
                (row.engine == ENGINE).then(read).transpose()
            })
            .collect();
        for (analysis, (id, _)) in fresh.into_iter().zip(&rows) {
            match analysis.map_err(|what| self.damaged(what))? {
                Some(analysis) => found.push(analysis),
                None => old.push(self.raw(id)?),
            }
        }
        found.par_extend(old.into_par_iter().map(stemma::analyse));
        found.sort_unstable_by_key(|a| a.report.id);
        Ok(found)
    }

    fn analysis(&self, id: &str, row: Row) -> Result<Analysis, StoreError> {
        if row.engine != ENGINE {
            return Ok(stemma::analyse(self.raw(id)?));
        }
        unpack(&row.blob).map_err(|e| self.damaged(format!("report {id} cannot be unpacked ({e})")))
    }

    /// The values of a column of JSON.
    fn data<T: DeserializeOwned>(&self, step: &Transaction, sql: &str) -> Result<Vec<T>, StoreError> {
        let ask = || -> rusqlite::Result<Vec<String>> {
            step.prepare(sql)?.query_map([], |row| row.get(0))?.collect()
        };
        ask().map_err(|e| self.fail(e))?.iter().map(|data| self.parsed(data)).collect()
    }

    fn parsed<T: DeserializeOwned>(&self, data: &str) -> Result<T, StoreError> {
        serde_json::from_str(data).map_err(|e| self.damaged(format!("a row is not what it should be ({e})")))
    }
}
