//! Checking a ledger from the ground up: pages, digests, analyses, and the joined half made anew.
//!
//! Says what is wrong, in words; mends nothing, but makes all that is derived anew where it is asked to.

use crate::pack::{ENGINE, unpack, unpack_raw};
use crate::schema::{FORMAT, there, wanted};
use crate::{Store, StoreError};
use rayon::prelude::*;
use stemma::join_watched;
use stemma::model::{RawReport, ReportId};
use stemma::{Analysis, Ledger};

/// At most so many troubles of one sort are told.
const TOLD: usize = 10;

/// Reports checked at a time: bounds memory.
const AT_A_TIME: i64 = 1_024;

impl Store {
    /// Everything that is wrong with a ledger; empty if it is sound. Takes about as long as reading
    /// its reports did.
    ///
    /// # Errors
    /// When the file cannot be read at all.
    pub fn troubles(&self) -> Result<Vec<String>, StoreError> {
        let mut troubles = self.broken_pages()?;
        troubles.extend(self.broken_tables()?);
        if !troubles.is_empty() {
            return Ok(troubles);
        }
        troubles.extend(self.broken_reports()?);
        troubles.truncate(TOLD);
        if troubles.is_empty() && !self.is_stale()? {
            troubles.extend(self.broken_half()?);
        }
        Ok(troubles)
    }

    /// Makes all that is derived anew from what was read: analyses, then the joined half. Safe to
    /// stop anywhere; what is left is made when the ledger is next opened.
    ///
    /// # Errors
    /// When the file cannot be read or written, or what was read is damaged.
    pub fn rebuild(&mut self) -> Result<(), StoreError> {
        let path = self.path.clone();
        let forget = "UPDATE reports SET engine = ''; DELETE FROM meta WHERE key = 'joined'";
        self.db.execute_batch(forget).map_err(|e| StoreError::from_sqlite(&path, e))?;
        self.freshen().map(drop)
    }

    fn broken_pages(&self) -> Result<Vec<String>, StoreError> {
        let ask = || -> rusqlite::Result<Vec<String>> {
            let mut ask = self.db.prepare(&format!("PRAGMA integrity_check({TOLD})"))?;
            ask.query_map([], |row| row.get(0))?.collect()
        };
        let said = ask().map_err(|e| self.fail(e))?;
        Ok(said.into_iter().filter(|line| line != "ok").collect())
    }

    /// Tables and indexes that are missing, or not as this format has them.
    fn broken_tables(&self) -> Result<Vec<String>, StoreError> {
        let fail = |e| self.fail(e);
        let (wanted, there) = (wanted().map_err(fail)?, there(&self.db).map_err(fail)?);
        let missing = wanted.iter().filter(|w| !there.iter().any(|t| t.0 == w.0));
        let other = wanted.iter().filter(|w| there.iter().any(|t| t.0 == w.0 && t.1 != w.1));
        let missing = missing.map(|w| format!("table or index {} is missing", w.0));
        let other = other.map(|w| format!("table or index {} is not as format {FORMAT} has it", w.0));
        Ok(missing.chain(other).take(TOLD).collect())
    }

    /// Reports whose words do not give their id, or whose analysis is not what their words give.
    fn broken_reports(&self) -> Result<Vec<String>, StoreError> {
        let mut troubles = Vec::new();
        let mut from = 0;
        loop {
            let kept = self.some(from)?;
            let Some((last, _)) = kept.last() else { return Ok(troubles) };
            from = last + 1;
            troubles.par_extend(kept.par_iter().filter_map(|(_, kept)| kept.trouble()));
            if troubles.len() >= TOLD {
                return Ok(troubles);
            }
        }
    }

    /// Some reports by number, as they lie there.
    fn some(&self, from: i64) -> Result<Vec<(i64, Kept)>, StoreError> {
        let ask = || -> rusqlite::Result<Vec<(i64, Kept)>> {
            let sql = "SELECT n, id, engine, raw, analysis, data FROM reports
                       LEFT JOIN texts ON texts.report = n LEFT JOIN prints ON prints.report = n
                       WHERE n >= ?1 ORDER BY n LIMIT ?2";
            let mut ask = self.db.prepare_cached(sql)?;
            ask.query_map([from, AT_A_TIME], |row| {
                let blob = |i| row.get::<_, Option<Vec<u8>>>(i).map(Option::unwrap_or_default);
                let (raw, analysis, print) = (blob(3)?, blob(4)?, blob(5)?);
                Ok((row.get(0)?, Kept { id: row.get(1)?, engine: row.get(2)?, raw, analysis, print }))
            })?
            .collect()
        };
        ask().map_err(|e| self.fail(e))
    }

    /// Whether joining the reports anew gives what is there.
    fn broken_half(&self) -> Result<Option<String>, StoreError> {
        let Ledger { reports, joined } = self.ledger()?;
        let anew = join_watched(&reports.iter().collect::<Vec<_>>(), &self.publishers()?, &());
        let parts = [
            ("furniture", joined.furniture == anew.furniture),
            ("families", joined.stemmas == anew.stemmas),
            ("events", joined.groups == anew.groups),
            ("entries", joined.entries == anew.entries),
        ];
        let wrong: Vec<&str> = parts.iter().filter(|p| !p.1).map(|p| p.0).collect();
        let what = format!("joining the reports anew gives other {}", wrong.join(", "));
        Ok((!wrong.is_empty()).then_some(what))
    }
}

/// A report as it lies in the file.
struct Kept {
    id: String,
    engine: String,
    raw: Vec<u8>,
    analysis: Vec<u8>,
    print: Vec<u8>,
}

impl Kept {
    fn trouble(&self) -> Option<String> {
        let id = &self.id;
        let raw: RawReport = match unpack_raw(&self.raw) {
            Ok(raw) => raw,
            Err(e) => return Some(format!("report {id}: what was read cannot be unpacked ({e})")),
        };
        if ReportId::parse(id) != Some(raw.id()) {
            return Some(format!("report {id}: its words give another id, {}", raw.id()));
        }
        // Another engine's analysis is made anew before it is used.
        if self.engine != ENGINE {
            return None;
        }
        let told = unpack(&self.analysis).and_then(|told| Ok((told, unpack(&self.print)?)));
        match told {
            Err(e) => Some(format!("report {id}: its analysis cannot be unpacked ({e})")),
            Ok(((report, segments, extracts), fingerprint)) => {
                let kept = Analysis { report, segments, extracts, fingerprint };
                (kept != stemma::analyse(raw))
                    .then(|| format!("report {id}: its analysis is not what its words give"))
            }
        }
    }
}
