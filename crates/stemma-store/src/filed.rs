//! The reports of a ledger as a [`Pile`] that may be larger than memory: some are held, the rest are read from
//! the file whenever they are looked at.

use crate::pack::unpack;
use crate::{Mode, Store, StoreError};
use rayon::prelude::*;
use rusqlite::{Connection, Row};
use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use stemma::Analysis;
use stemma::model::{Lang, Moment, Report, ReportId};
use stemma::pile::{Need, Pile};

/// Reports that are read from the file at a time: enough for all threads, and little beside what is held.
const AT_A_TIME: usize = 1_024;

/// Bytes of an unpacked analysis for each byte of its text, and beside them: measured on agency reports of
/// 100 to 5,000 bytes.
const BYTES: (usize, usize) = (13, 2_048);

/// The reports of a ledger, by place. What is read is one state of the file: who makes this holds its lock.
pub(crate) struct Filed {
    path: PathBuf,
    /// Readers of the file, one for each thread that looks.
    readers: Vec<Mutex<Connection>>,
    ids: Vec<ReportId>,
    heads: Vec<Head>,
    /// The first reports, as far as they are held.
    held: Vec<Analysis>,
}

/// What is held of each report.
struct Head {
    number: i64,
    lang: Lang,
    published: Option<Moment>,
}

/// A report as it lies in the file, as far as it was needed.
struct Lying {
    words: Option<Vec<u8>>,
    print: Option<Vec<u8>>,
}

impl Filed {
    /// All reports of a ledger, analysed by this engine, of which about so many bytes are held.
    pub fn new(path: &Path, held: usize) -> Result<Self, StoreError> {
        let fail = |e| StoreError::from_sqlite(path, e);
        let reader = |_| Store::open(path, Mode::Read).map(|store| Mutex::new(store.db));
        let readers: Vec<Mutex<Connection>> =
            (0..rayon::current_num_threads()).map(reader).collect::<Result<_, StoreError>>()?;
        let db = readers[0].lock().unwrap_or_else(PoisonError::into_inner);
        let mut heads = heads(&db).map_err(fail)?;
        drop(db);
        heads.sort_unstable_by_key(|head| head.0);
        let (ids, heads): (Vec<ReportId>, Vec<Head>) = heads.into_iter().unzip();
        let mut filed = Self { path: path.to_path_buf(), readers, ids, heads, held: Vec::new() };
        let places: Vec<u32> = (0..filed.len() as u32).collect();
        let mut bytes = 0;
        for some in places.chunks(AT_A_TIME) {
            if bytes >= held {
                break;
            }
            let read: Result<Vec<Vec<Analysis>>, StoreError> =
                some.par_chunks(64).map(|places| filed.read(places, Need::All)).collect();
            let read = read?.into_iter().flatten();
            filed.held.extend(read.inspect(|a| bytes += a.report.body.len() * BYTES.0 + BYTES.1));
        }
        Ok(filed)
    }

    /// The reports at some places, in that order.
    fn read(&self, places: &[u32], need: Need) -> Result<Vec<Analysis>, StoreError> {
        let lying = self.lying(places, need).map_err(|e| StoreError::from_sqlite(&self.path, e))?;
        places.iter().zip(lying).map(|(at, lying)| self.unpacked(*at, &lying)).collect()
    }

    fn lying(&self, places: &[u32], need: Need) -> rusqlite::Result<Vec<Lying>> {
        let sql = match need {
            Need::All => {
                "SELECT analysis, data FROM texts JOIN prints USING (report) WHERE texts.report = ?1"
            }
            Need::Words => "SELECT analysis, NULL FROM texts WHERE report = ?1",
            Need::Print => "SELECT NULL, data FROM prints WHERE report = ?1",
        };
        let reader = rayon::current_thread_index().unwrap_or(0) % self.readers.len();
        let db = self.readers[reader].lock().unwrap_or_else(PoisonError::into_inner);
        let mut ask = db.prepare_cached(sql)?;
        let row = |row: &Row| Ok(Lying { words: row.get(0)?, print: row.get(1)? });
        places.iter().map(|at| ask.query_row([self.heads[*at as usize].number], row)).collect()
    }

    fn unpacked(&self, at: u32, Lying { words, print }: &Lying) -> Result<Analysis, StoreError> {
        let (id, head) = (self.ids[at as usize], &self.heads[at as usize]);
        let head = || Report { id, lang: head.lang, published: head.published, ..Report::default() };
        let damaged = |e| {
            let what = format!("report {id} cannot be unpacked ({e})");
            StoreError::Damaged { path: self.path.clone(), what }
        };
        let (report, segments, extracts) = match words {
            Some(blob) => unpack(blob).map_err(damaged)?,
            None => (head(), Default::default(), Default::default()),
        };
        let fingerprint = print.as_deref().map_or_else(|| Ok(Default::default()), unpack).map_err(damaged)?;
        Ok(Analysis { report, segments, extracts, fingerprint })
    }
}

fn heads(db: &Connection) -> rusqlite::Result<Vec<(ReportId, Head)>> {
    let mut ask = db.prepare("SELECT id, n, lang, published FROM reports")?;
    let rows = ask.query_map([], |row| {
        let (id, lang, published): (String, String, Option<String>) = (row.get(0)?, row.get(2)?, row.get(3)?);
        let (lang, published) = (Lang::parse(&lang), published.as_deref().and_then(Moment::parse));
        Ok((ReportId::parse(&id).unwrap_or_default(), Head { number: row.get(1)?, lang, published }))
    })?;
    rows.collect()
}

impl Pile for Filed {
    type Error = StoreError;

    fn ids(&self) -> &[ReportId] {
        &self.ids
    }

    fn published(&self, place: u32) -> Option<Moment> {
        self.heads[place as usize].published
    }

    fn look<T>(
        &self,
        places: &[u32],
        need: Need,
        see: impl FnOnce(&[&Analysis]) -> T,
    ) -> Result<T, StoreError> {
        let is_filed = |at: &u32| *at as usize >= self.held.len();
        let filed: Vec<u32> = places.iter().copied().filter(is_filed).collect();
        let mut read = self.read(&filed, need)?.into_iter();
        let all = places.iter().map(|at| match self.held.get(*at as usize) {
            Some(held) => Cow::Borrowed(held),
            None => Cow::Owned(read.next().expect("all that are not held were read")),
        });
        let all: Vec<Cow<Analysis>> = all.collect();
        Ok(see(&all.iter().map(Cow::as_ref).collect::<Vec<_>>()))
    }
}
