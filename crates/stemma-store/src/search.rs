//! Finding reports by their words: a query of words and phrases to reports, the best first.
//!
//! Works in every script: where words have no spaces, letters are indexed one by one, and a run
//! of them is found as a phrase. Ranks by BM25 (Robertson et al., 1994), as SQLite's FTS5 has it.

use crate::joined::word;
use crate::kept::kept;
use crate::window::Window;
use crate::{Mode, Store, StoreError};
use rusqlite::params;
use stemma::Analysis;
use stemma::check::Meanings;
use stemma::model::{EntryId, Lang, ReportId};
use stemma::reconcile::Standing;

/// What is searched for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// All of these must stand in a report; each is a word, a phrase, or a beginning with `*`.
    pub words: Vec<String>,
    /// Only reports that name someone or something whose fullest name there has this in it.
    pub name: Option<String>,
    /// Only reports with a reading in an entry of this standing.
    pub standing: Option<Standing>,
    /// Only reports in this language.
    pub lang: Option<Lang>,
    /// Only reports whose outlet's name has this in it.
    pub outlet: Option<String>,
    /// Only reports published then or later, as the beginning of an ISO 8601 date.
    pub since: Option<String>,
    /// Only reports published then or before.
    pub until: Option<String>,
}

/// Splits what was typed into words and, between quotation marks, phrases.
///
/// ```
/// assert_eq!(stemma_store::parted("dam \"lower town\" flood*"), ["dam", "lower town", "flood*"]);
/// ```
pub fn parted(typed: &str) -> Vec<String> {
    let marks = |c: char| matches!(c, '"' | '“' | '”' | '„' | '«' | '»');
    let mut words = Vec::new();
    for (i, part) in typed.split(marks).enumerate() {
        if i % 2 == 1 {
            words.push(part.trim().to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words.retain(|w| w.chars().any(char::is_alphanumeric));
    words
}

impl Store {
    /// Finds reports, those in the window, with how many there are in all: the best first, or without words
    /// the latest. An empty query finds nothing.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn search(
        &self,
        query: &Query,
        window: impl Into<Window>,
    ) -> Result<(Vec<ReportId>, usize), StoreError> {
        let window = window.into();
        if *query == Query::default() {
            return Ok((Vec::new(), 0));
        }
        let (from, order) = if query.words.is_empty() {
            ("reports WHERE ?1 = ''", "published IS NULL, published DESC")
        } else {
            ("words JOIN reports ON reports.n = words.rowid WHERE words MATCH ?1", "bm25(words, 4.0, 1.0)")
        };
        let ask = || -> rusqlite::Result<Vec<String>> {
            let mut ask = self.db.prepare_cached(&format!(
                "SELECT reports.id FROM {from} AND (?2 IS NULL OR lang = ?2)
                   AND (?3 IS NULL OR instr(lower(outlet), lower(?3)) > 0)
                   AND (?4 IS NULL OR published >= ?4)
                   AND (?5 IS NULL OR published < ?5 || '~')
                   AND (?6 IS NULL OR EXISTS (SELECT 1 FROM names
                        WHERE names.report = reports.n AND instr(names.key, ?6) > 0))
                   AND (?7 IS NULL OR EXISTS (SELECT 1 FROM readings JOIN entries ON place = entry
                        WHERE readings.report = reports.n AND standing = ?7))
                 ORDER BY {order}, reports.id",
            ))?;
            let lang = query.lang.map(|l| l.code().to_owned());
            let name = query.name.as_ref().map(|n| n.to_lowercase());
            let standing = query.standing.map(|s| word(&s));
            let words = matching(&query.words);
            let given = params![words, lang, query.outlet, query.since, query.until, name, standing];
            ask.query_map(given, |row| row.get(0))?.collect()
        };
        let found = ask().map_err(|e| self.fail(e))?;
        let n = found.len();
        Ok((
            found.iter().skip(window.from).take(window.most).filter_map(|id| ReportId::parse(id)).collect(),
            n,
        ))
    }
}

impl Store {
    /// The entries whose claims mean what is nearest to a sentence, the nearest first, at most `n`. The
    /// joined half must be fresh.
    ///
    /// # Errors
    /// When the file cannot be read or is damaged.
    pub fn nearest(&self, question: &Analysis, n: usize) -> Result<Vec<EntryId>, StoreError> {
        let step = self.db.unchecked_transaction().map_err(|e| self.fail(e))?;
        let read = || self.wholes(&step, "meaning").map(Meanings::new);
        let made;
        let meanings = match self.mode {
            Mode::Read => kept(&self.kept.meanings, read)?,
            Mode::Write => {
                made = read()?;
                &made
            }
        };
        let ask = || -> rusqlite::Result<Vec<String>> {
            let mut ask = step.prepare_cached("SELECT id FROM entries WHERE place = ?1")?;
            let places = meanings.nearest(question, n).into_iter();
            places.map(|place| ask.query_row([place as i64], |row| row.get(0))).collect()
        };
        let found = ask().map_err(|e| self.fail(e))?;
        Ok(found.iter().filter_map(|id| EntryId::parse(id)).collect())
    }
}

/// The query in FTS5's language: every word a phrase, so that nothing in it is a command.
fn matching(words: &[String]) -> String {
    let phrase = |word: &String| {
        let begins = word.ends_with('*');
        let plain = spaced(word.trim_end_matches('*')).replace('"', "\"\"");
        format!("\"{plain}\"{}", if begins { "*" } else { "" })
    };
    words.iter().map(phrase).collect::<Vec<_>>().join(" AND ")
}

/// A text as it is indexed: letters of scripts without spaces stand apart.
pub(crate) fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unspaced(c) {
            out.extend([' ', c, ' ']);
        } else {
            out.push(c);
        }
    }
    out
}

/// Letters of scripts that set no spaces between words, and of Korean, where what is looked for
/// stands before its ending (Unicode 16 blocks).
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}
