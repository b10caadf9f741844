//! A story read: its truth, its reports, and the ledger that the engine makes of them.
//!
//! Quoted words are looked for in the text as it came, since cleaning may take words out; spans of
//! the engine are brought back there.

use super::truth::Truth;
use crate::engine::{CodePoints, distinct, raw};
use crate::error::Error;
use crate::measure::Spans;
use crate::plan::Context;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::path::Path;
use stemma::ledger::Joined;
use stemma::model::{Moment, Place, RawReport, ReportId, Span};
use stemma::read::{Input, Told, read};
use stemma::{Analysis, Ledger};

/// A story, its truth, and what the engine says.
pub(crate) struct Story {
    /// The folder's name.
    pub(crate) name: String,
    /// What should come out.
    pub(crate) truth: Truth,
    /// The reports, by the id that the truth gives them.
    pub(crate) reports: BTreeMap<String, StoryReport>,
    /// What came out.
    pub(crate) ledger: Ledger,
    names: FxHashMap<ReportId, String>,
}

/// A report of a story.
pub(crate) struct StoryReport {
    /// Its identity in the ledger.
    pub(crate) id: ReportId,
    /// The decoded text before cleaning.
    pub(crate) text: String,
}

impl Story {
    /// Reads a folder.
    pub(crate) fn read(folder: &Path, context: &Context) -> Result<Self, Error> {
        Self::read_with(folder, context, stemma::join)
    }

    /// Reads a folder, and joins its reports in some way.
    pub(crate) fn read_with(
        folder: &Path,
        context: &Context,
        join: fn(&[&Analysis]) -> Joined,
    ) -> Result<Self, Error> {
        let path = folder.join("expected.json");
        let text = std::fs::read_to_string(&path)
            .map_err(|cause| Error::CannotRead { path: path.clone(), cause })?;
        let truth = Truth::parse(&text).map_err(|reason| Error::BadFile { path: path.clone(), reason })?;
        truth.notes.iter().for_each(|note| context.note(&format!("{}: {note}", path.display())));
        let mut reports = BTreeMap::new();
        let mut analyses = Vec::new();
        for (name, told) in &truth.reports {
            let path = folder.join(&told.file);
            let bytes = std::fs::read(&path).map_err(|cause| Error::CannotRead { path, cause })?;
            let published = told.published.as_deref().and_then(Moment::parse);
            let raw = raw_of(&told.file, &bytes, published);
            let text = raw.text.clone();
            let analysis = stemma::analyse(raw);
            reports.insert(name.clone(), StoryReport { id: analysis.report.id, text });
            analyses.push(analysis);
        }
        let joined = join(&distinct(&analyses));
        analyses.sort_unstable_by_key(|a| a.report.id);
        analyses.dedup_by_key(|a| a.report.id);
        let name = folder.canonicalize().unwrap_or(folder.to_path_buf());
        let name = name.file_name().map_or("story".into(), |n| n.to_string_lossy().into_owned());
        Ok(Self::new(&name, truth, reports, Ledger { reports: analyses, joined }))
    }

    /// A story from its parts.
    pub(crate) fn new(
        name: &str,
        truth: Truth,
        reports: BTreeMap<String, StoryReport>,
        ledger: Ledger,
    ) -> Self {
        let names = reports.iter().map(|(name, report)| (report.id, name.clone())).collect();
        Self { name: name.to_string(), truth, reports, ledger, names }
    }

    /// The id that the truth gives a report.
    pub(crate) fn name_of(&self, id: ReportId) -> &str {
        self.names.get(&id).map_or("?", String::as_str)
    }

    /// What the engine says of a report by itself.
    pub(crate) fn analysis(&self, name: &str) -> Option<(&StoryReport, &Analysis)> {
        let report = self.reports.get(name)?;
        Some((report, self.ledger.report(report.id)?))
    }

    /// Every place where quoted words stand in a report, in code points of its text.
    pub(crate) fn places(&self, name: &str, words: &str) -> Vec<Spans> {
        self.reports.get(name).map_or(Vec::new(), |report| places(&report.text, words))
    }

    /// A span of a report's body, in code points of its text.
    pub(crate) fn spans(&self, name: &str, spans: &[Span]) -> Spans {
        let of = |(report, analysis): (&StoryReport, &Analysis)| {
            CodePoints::new(&analysis.report, &report.text).spans(spans)
        };
        self.analysis(name).map_or(Spans::default(), of)
    }

    /// Whether a place of the ledger lies on any of the quoted words of a report.
    pub(crate) fn stands_on(&self, place: Place, name: &str, words: &[String]) -> bool {
        if self.name_of(place.report) != name {
            return false;
        }
        let given = self.spans(name, &[place.span]);
        words.iter().flat_map(|w| self.places(name, w)).any(|spans| spans.overlaps(&given))
    }
}

/// Reads a report as the command would.
fn raw_of(file: &str, bytes: &[u8], published: Option<Moment>) -> RawReport {
    let told = Told { published, ..Told::default() };
    let input = Input { name: file, bytes, told };
    read(&input)
        .reports
        .into_iter()
        .next()
        .unwrap_or_else(|| RawReport { published, ..raw(file, &String::from_utf8_lossy(bytes)) })
}

/// Every place where words stand in a text. If they stand nowhere as they are, runs of white space
/// and line ends are taken as equal.
fn places(text: &str, words: &str) -> Vec<Spans> {
    let exact: Vec<(usize, usize)> =
        text.match_indices(words).filter(|(_, m)| !m.is_empty()).map(|(i, m)| (i, i + m.len())).collect();
    let found = if exact.is_empty() { loose_places(text, words) } else { exact };
    let point = |byte: usize| text[..byte].chars().count();
    found.into_iter().map(|(a, b)| Spans::new([(point(a), point(b))])).collect()
}

fn loose_places(text: &str, words: &str) -> Vec<(usize, usize)> {
    let parts: Vec<&str> = words.split_whitespace().collect();
    let Some(first) = parts.first() else { return Vec::new() };
    let end_of = |start: usize| {
        parts.iter().try_fold(start, |at, part| {
            let rest = text[at..].trim_start();
            rest.starts_with(part).then(|| text.len() - rest.len() + part.len())
        })
    };
    text.match_indices(first).filter_map(|(start, _)| Some((start, end_of(start)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_words_are_found_wherever_they_stand() {
        let text = "É two boats. Two\n boats, two boats.";
        let found = |words| places(text, words).iter().map(|s| s.ranges()[0]).collect::<Vec<_>>();
        assert_eq!(found("two boats"), [(2, 11), (25, 34)]);
        assert_eq!(found("Two boats"), [(13, 23)]);
        assert_eq!(found("three"), []);
        assert_eq!(found(""), []);
    }
}
