//! Lists and counts that are read from key columns alone, page by page, however large the ledger.

use crate::kept::{Stamp, kept};
use crate::window::Window;
use crate::{Mode, Store, StoreError};
use rusqlite::{Row, ToSql, params};
use std::collections::BTreeMap;
use stemma::model::ReportId;

/// How much a ledger holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Reports.
    pub reports: usize,
    /// Reports without a date.
    pub undated: usize,
    /// The first and the last date of publication.
    pub published: Option<(String, String)>,
    /// Reports of each language.
    pub languages: BTreeMap<String, usize>,
    /// Families, those of one report included.
    pub families: usize,
    /// Families of several reports, read or lost.
    pub families_of_several: usize,
    /// Lost reports.
    pub lost: usize,
    /// Events.
    pub events: usize,
    /// Storylines.
    pub storylines: usize,
    /// Entries of each standing.
    pub standings: BTreeMap<String, usize>,
}

/// An outlet with what it published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlet {
    /// Its name.
    pub name: String,
    /// How many reports.
    pub reports: usize,
    /// How many of them were made from another, read or lost.
    pub descended: usize,
    /// The first and the last date of publication.
    pub published: Option<(String, String)>,
}

impl Outlet {
    fn of(row: &Row) -> rusqlite::Result<Self> {
        let first: Option<String> = row.get(3)?;
        let last: Option<String> = row.get(4)?;
        Ok(Self {
            name: row.get(0)?,
            reports: row.get::<_, i64>(1)?.max(0) as usize,
            descended: row.get::<_, i64>(2)?.max(0) as usize,
            published: first.zip(last),
        })
    }
}

impl Store {
    /// How much the ledger holds; of a ledger that is open for reading, when that was first asked.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn figures(&self) -> Result<Figures, StoreError> {
        match self.mode {
            Mode::Read => kept(&self.kept.figures, || self.counted()).cloned(),
            Mode::Write => self.counted(),
        }
    }

    pub(crate) fn counted(&self) -> Result<Figures, StoreError> {
        let [undated, several, lost] = [
            "SELECT count(*) FROM reports WHERE published IS NULL",
            "SELECT count(*) FROM families WHERE n_reports + n_lost > 1",
            "SELECT coalesce(sum(n_lost), 0) FROM families",
        ]
        .map(|sql| self.count(sql));
        let dates = "SELECT min(published), max(published) FROM reports WHERE published IS NOT NULL";
        let dates = self.db.query_row(dates, [], |row| Ok((row.get(0)?, row.get(1)?)));
        let (first, last): (Option<String>, Option<String>) = dates.map_err(|e| self.fail(e))?;
        Ok(Figures {
            reports: self.n_reports()?,
            undated: undated?,
            published: first.zip(last),
            languages: self.tally("SELECT lang, count(*) FROM reports GROUP BY lang")?,
            families: self.count("SELECT count(*) FROM families")?,
            families_of_several: several?,
            lost: lost?,
            events: self.count("SELECT count(*) FROM events")?,
            storylines: self.count("SELECT count(*) FROM storylines")?,
            standings: self.tally("SELECT standing, count(*) FROM entries GROUP BY standing")?,
        })
    }

    fn tally(&self, sql: &str) -> Result<BTreeMap<String, usize>, StoreError> {
        let ask = || -> rusqlite::Result<BTreeMap<String, usize>> {
            let row = |row: &Row| Ok((row.get(0)?, row.get::<_, i64>(1)?.max(0) as usize));
            self.db.prepare(sql)?.query_map([], row)?.collect()
        };
        ask().map_err(|e| self.fail(e))
    }

    /// Reports that were read since all were last joined.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn n_waiting(&self) -> Result<usize, StoreError> {
        if !self.is_stale()? {
            return Ok(0);
        }
        let joined = self.count("SELECT count(*) FROM family_reports")?;
        Ok(self.n_reports()?.saturating_sub(joined))
    }

    /// Reports, the last published first, those without a date behind them.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn latest(&self, window: Window) -> Result<(Vec<ReportId>, usize), StoreError> {
        let sql = "SELECT id FROM reports ORDER BY published IS NULL, published DESC, id LIMIT ?1 OFFSET ?2";
        let [most, from] = window.bounds();
        Ok((self.ids(sql, params![most, from])?, self.n_reports()?))
    }

    /// Outlets, those of most reports first; and how many there are.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn outlets(&self, window: Window) -> Result<(Vec<Outlet>, usize), StoreError> {
        let ask = || -> rusqlite::Result<Vec<Outlet>> {
            let mut ask = self.db.prepare_cached(
                "SELECT outlet, count(*), count(descents.child), min(published), max(published)
                 FROM reports LEFT JOIN descents ON child = n
                 WHERE outlet IS NOT NULL GROUP BY outlet ORDER BY count(*) DESC, outlet LIMIT ?1 OFFSET ?2",
            )?;
            ask.query_map(window.bounds(), Outlet::of)?.collect()
        };
        let n = self.count("SELECT count(DISTINCT outlet) FROM reports WHERE outlet IS NOT NULL")?;
        Ok((ask().map_err(|e| self.fail(e))?, n))
    }

    /// One outlet by its exact name, with its reports, the last published first; none if it has no reports.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn outlet(&self, name: &str, window: Window) -> Result<Option<(Outlet, Vec<ReportId>)>, StoreError> {
        let ask = || -> rusqlite::Result<Vec<Outlet>> {
            let mut ask = self.db.prepare_cached(
                "SELECT outlet, count(*), count(descents.child), min(published), max(published)
                 FROM reports LEFT JOIN descents ON child = n WHERE outlet = ?1 GROUP BY outlet",
            )?;
            ask.query_map([name], Outlet::of)?.collect()
        };
        let Some(outlet) = ask().map_err(|e| self.fail(e))?.pop() else { return Ok(None) };
        let sql = "SELECT id FROM reports WHERE outlet = ?1 ORDER BY published DESC, id LIMIT ?2 OFFSET ?3";
        let [most, from] = window.bounds();
        Ok(Some((outlet, self.ids(sql, params![name, most, from])?)))
    }

    fn ids(&self, sql: &str, given: &[&dyn ToSql]) -> Result<Vec<ReportId>, StoreError> {
        let ask = || -> rusqlite::Result<Vec<String>> {
            self.db.prepare_cached(sql)?.query_map(given, |row| row.get(0))?.collect()
        };
        let found = ask().map_err(|e| self.fail(e))?;
        Ok(found.iter().filter_map(|id| ReportId::parse(id)).collect())
    }

    /// The state of the file.
    pub(crate) fn stamp(&self) -> Result<Stamp, StoreError> {
        let sql = "SELECT (SELECT coalesce(max(n), 0) FROM reports), (SELECT coalesce(max(place), 0) FROM families),
                   (SELECT coalesce(max(place), 0) FROM entries), (SELECT count(*) FROM outlets),
                   (SELECT value FROM meta WHERE key = 'joined')";
        let row = |row: &Row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?));
        self.db.query_row(sql, [], row).map_err(|e| self.fail(e))
    }

    /// A number that changes when another connection has written to the file since this one looked.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn seen(&self) -> Result<i64, StoreError> {
        self.db.pragma_query_value(None, "data_version", |row| row.get(0)).map_err(|e| self.fail(e))
    }
}
