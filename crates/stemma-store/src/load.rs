//! Reading a ledger back, whole.

use crate::filed::Filed;
use crate::pack::{ENGINE, unpack, unpack_raw};
use crate::spool::Spool;
use crate::{Mode, Store, StoreError};
use rayon::prelude::*;
use rusqlite::{Connection, OptionalExtension, Row, Transaction};
use serde::de::DeserializeOwned;
use stemma::ledger::Joined;
use stemma::model::{Lang, Note};
use stemma::publishers::Publishers;
use stemma::{Analysis, Ledger, Watch, join_pile, join_watched};

/// Packed analyses held at a time: enough for all threads, and little beside what they unpack to.
const AT_A_TIME: usize = 1_024;

/// Bytes of memory that joining takes, about, if nobody says.
pub const MEMORY: usize = 4 << 30;

/// Bytes that joining takes beside the reports that are held: for each report (measured on 100,000 agency reports), and
/// at least. What is left of the memory holds reports.
const BESIDE: (usize, usize) = (10_000, 400 << 20);

/// Analyses of an older engine are made anew so many at a time: bounds memory and lost work.
const REMAKE: usize = 512;

/// A report as it lies in the file.
pub(crate) struct Lying {
    id: String,
    engine: String,
    analysis: Vec<u8>,
    print: Option<Vec<u8>>,
    /// What was read, where the analysis is another engine's.
    raw: Vec<u8>,
}

/// The columns of [`Lying`]; a print only where it is needed.
pub(crate) fn columns(prints: bool) -> String {
    let (print, join) =
        if prints { ("prints.data", "LEFT JOIN prints ON prints.report = n") } else { ("NULL", "") };
    format!(
        "SELECT id, engine, analysis, {print}, CASE WHEN engine = '{ENGINE}' THEN x'' ELSE raw END
         FROM reports JOIN texts ON texts.report = n {join}"
    )
}

impl Lying {
    pub(crate) fn of(row: &Row) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            engine: row.get(1)?,
            analysis: row.get(2)?,
            print: row.get(3)?,
            raw: row.get(4)?,
        })
    }

    /// The analysis, made anew where it is another engine's.
    pub(crate) fn analysis(&self) -> Result<Analysis, String> {
        let damage = |e| format!("report {} cannot be unpacked ({e})", self.id);
        if self.engine != ENGINE {
            return unpack_raw(&self.raw).map(stemma::analyse).map_err(damage);
        }
        let (report, segments, extracts) = unpack(&self.analysis).map_err(damage)?;
        let fingerprint =
            self.print.as_deref().map_or_else(|| Ok(Default::default()), unpack).map_err(damage)?;
        Ok(Analysis { report, segments, extracts, fingerprint })
    }
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
        self.count("SELECT count(*) FROM reports")
    }

    pub(crate) fn count(&self, sql: &str) -> Result<usize, StoreError> {
        let n: i64 = self.db.query_row(sql, [], |row| row.get(0)).map_err(|e| self.fail(e))?;
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
            join_watched(&reports.iter().collect::<Vec<_>>(), &self.publishers()?, &())
        } else {
            self.joined(&step)?
        };
        Ok(Ledger { reports, joined })
    }

    /// The joined half as it lies in the file.
    pub(crate) fn joined(&self, step: &Transaction) -> Result<Joined, StoreError> {
        let mut joined = Joined {
            furniture: self.wholes(step, "furniture")?,
            stemmas: self.wholes(step, "family")?,
            groups: stemma::group::Groups {
                events: self.wholes(step, "event")?,
                storylines: self.wholes(step, "storyline")?,
            },
            entries: self.wholes(step, "entry")?,
        };
        sort(&mut joined);
        Ok(joined)
    }

    /// Makes anew and writes what is stale: analyses of another engine, then the joined half. Says whether that
    /// was needed.
    ///
    /// # Errors
    /// When the file cannot be read or written, or is damaged.
    pub fn freshen(&mut self) -> Result<bool, StoreError> {
        self.freshen_watched(MEMORY, &())
    }

    /// [`freshen`](Self::freshen), watched: loading, the stages of the joined half, writing. About `memory` bytes
    /// are taken; reports beyond what fits are read whenever they are needed.
    ///
    /// # Errors
    /// As of [`freshen`](Self::freshen).
    pub fn freshen_watched(&mut self, memory: usize, watch: &impl Watch) -> Result<bool, StoreError> {
        debug_assert_eq!(self.mode, Mode::Write);
        if !self.is_stale()? {
            return Ok(false);
        }
        loop {
            let old = self.old()?;
            if old.is_empty() {
                break;
            }
            let made: Result<Vec<Analysis>, String> = old.par_iter().map(Lying::analysis).collect();
            let made = made.map_err(|what| self.damaged(what))?;
            self.replace(&made)?;
        }
        let spool = Spool::new(&self.path);
        let held = memory.saturating_sub(self.n_reports()? * BESIDE.0 + BESIDE.1);
        let pile = watch.step("load", || Filed::new(&self.path, held))?;
        let publishers = self.publishers()?;
        let joined = join_pile(&pile, &publishers, watch, |entries, reports| spool.take(entries, reports))?;
        drop(pile);
        watch.step("write joined", || self.write_joined(&joined, spool))?;
        Ok(true)
    }

    /// Some reports whose analysis is another engine's.
    fn old(&self) -> Result<Vec<Lying>, StoreError> {
        let ask = || -> rusqlite::Result<Vec<Lying>> {
            let sql = format!("{} WHERE engine <> ?1 LIMIT {REMAKE}", columns(false));
            self.db.prepare(&sql)?.query_map([ENGINE], Lying::of)?.collect()
        };
        ask().map_err(|e| self.fail(e))
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
        let parsed = |data: &str| {
            serde_json::from_str(data)
                .map_err(|e| self.damaged(format!("a note is not what it should be ({e})")))
        };
        rows.into_iter().map(|(input, data)| Ok((input, parsed(&data)?))).collect()
    }

    /// Which outlets belong together, as the user said.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn publishers(&self) -> Result<Publishers, StoreError> {
        let ask = || -> rusqlite::Result<Vec<(String, String)>> {
            let mut ask = self.db.prepare("SELECT outlet, publisher FROM outlets")?;
            ask.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        };
        ask().map(Publishers::new).map_err(|e| self.fail(e))
    }

    /// The languages of the reports, the most frequent first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn langs(&self) -> Result<Vec<Lang>, StoreError> {
        let mut langs: Vec<(String, usize)> = self.figures()?.languages.into_iter().collect();
        langs.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Ok(langs.iter().map(|(code, _)| Lang::parse(code)).filter(Lang::is_known).collect())
    }

    /// Every analysis, by this engine, in order of id.
    fn analyses(&self, step: &Transaction) -> Result<Vec<Analysis>, StoreError> {
        let mut found: Vec<Analysis> = Vec::with_capacity(self.n_reports()?);
        self.each_analysis(step, true, |analysis| analysis, |some| found.extend(some))?;
        found.sort_unstable_by_key(|a| a.report.id);
        Ok(found)
    }

    /// Shows what `ask` finds in every analysis, some at a time; with fingerprints only where `prints` says so.
    pub(crate) fn each_analysis<T: Send>(
        &self,
        db: &Connection,
        prints: bool,
        ask: impl Fn(Analysis) -> T + Sync,
        mut see: impl FnMut(Vec<T>),
    ) -> Result<(), StoreError> {
        let mut rows = db.prepare(&columns(prints)).map_err(|e| self.fail(e))?;
        let mut rows = rows.query_map([], Lying::of).map_err(|e| self.fail(e))?;
        loop {
            let lying: rusqlite::Result<Vec<Lying>> = rows.by_ref().take(AT_A_TIME).collect();
            let lying = lying.map_err(|e| self.fail(e))?;
            if lying.is_empty() {
                return Ok(());
            }
            let found: Result<Vec<T>, String> = lying.par_iter().map(|l| l.analysis().map(&ask)).collect();
            see(found.map_err(|what| self.damaged(what))?);
        }
    }

    /// All wholes of a kind.
    pub(crate) fn wholes<T: DeserializeOwned + Send>(
        &self,
        step: &Transaction,
        kind: &str,
    ) -> Result<Vec<T>, StoreError> {
        let ask = || -> rusqlite::Result<Vec<Vec<u8>>> {
            let mut ask = step.prepare("SELECT data FROM wholes WHERE kind = ?1 ORDER BY chunk")?;
            ask.query_map([kind], |row| row.get(0))?.collect()
        };
        let blobs = ask().map_err(|e| self.fail(e))?;
        let chunks: Result<Vec<Vec<T>>, String> = blobs.par_iter().map(|blob| unpack(blob)).collect();
        let chunks = chunks.map_err(|e| self.damaged(format!("a list cannot be unpacked ({e})")))?;
        Ok(chunks.into_iter().flatten().collect())
    }
}

/// Puts the parts in the order that a ledger has them in.
pub(crate) fn sort(joined: &mut Joined) {
    joined.furniture.sort_unstable_by_key(|f| f.place);
    joined.stemmas.sort_unstable_by_key(|s| s.id);
    joined.groups.events.sort_unstable_by_key(|e| e.id);
    joined.groups.storylines.sort_unstable_by_key(|s| s.id);
    joined.entries.sort_unstable_by_key(|e| e.id);
}
