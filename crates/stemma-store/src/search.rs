//! Finding reports by their words: a query of words and phrases to reports, the best first.
//!
//! Works in every script: where words have no spaces, letters are indexed one by one, and a run
//! of them is found as a phrase. Ranks by BM25 (Robertson et al., 1994), as SQLite's FTS5 has it.

use crate::{Store, StoreError};
use rusqlite::params;
use stemma::model::{Lang, ReportId};

/// What is searched for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// All of these must stand in a report; each is a word, a phrase, or a beginning with `*`.
    pub words: Vec<String>,
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
    /// Finds reports, the best first, at most `limit`; with how many there are in all.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn search(&self, query: &Query, limit: usize) -> Result<(Vec<ReportId>, usize), StoreError> {
        if query.words.is_empty() {
            return Ok((Vec::new(), 0));
        }
        let ask = || -> rusqlite::Result<Vec<String>> {
            let mut ask = self.db.prepare(
                "SELECT reports.id FROM words JOIN reports ON reports.n = words.rowid
                 WHERE words MATCH ?1 AND (?2 IS NULL OR lang = ?2)
                   AND (?3 IS NULL OR instr(lower(outlet), lower(?3)) > 0)
                   AND (?4 IS NULL OR published >= ?4)
                   AND (?5 IS NULL OR published < ?5 || '~')
                 ORDER BY bm25(words, 4.0, 1.0), reports.id",
            )?;
            let lang = query.lang.map(|l| l.code().to_owned());
            let given = params![matching(&query.words), lang, query.outlet, query.since, query.until];
            ask.query_map(given, |row| row.get(0))?.collect()
        };
        let found = ask().map_err(|e| self.fail(e))?;
        let n = found.len();
        Ok((found.iter().take(limit).filter_map(|id| ReportId::parse(id)).collect(), n))
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
