//! Reports found by their words, each with the sentence that says most of them.

use super::shared::{Quote, file_of};
use serde::Serialize;
use stemma::Analysis;
use stemma::ledger::Lookup;
use stemma::model::{FamilyId, Place, ReportId, Span};
use utoipa::ToSchema;

/// A report found.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct FoundView {
    /// Its id.
    pub id: ReportId,
    /// The name of its file.
    pub file: String,
    /// Its headline.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// Its language.
    pub lang: String,
    /// The family that it is in.
    pub family: Option<FamilyId>,
    /// The sentence that has most of the words.
    pub sentence: Option<Quote>,
}

/// Shows reports in the order given; `words` are those that were searched for.
pub fn found(ledger: &Lookup, ids: &[ReportId], words: &[String]) -> Vec<FoundView> {
    let words: Vec<String> = words.iter().map(|w| w.trim_end_matches('*').to_lowercase()).collect();
    let known = ids.iter().filter_map(|id| ledger.report(*id));
    known.map(|analysis| one(ledger, analysis, &words)).collect()
}

fn one(ledger: &Lookup, analysis: &Analysis, words: &[String]) -> FoundView {
    let report = &analysis.report;
    FoundView {
        id: report.id,
        file: file_of(ledger, report.id),
        title: report.title.clone(),
        outlet: report.outlet.clone(),
        published: report.published.map(|p| p.to_string()),
        lang: report.lang.to_string(),
        family: ledger.stemma_of(report.id).map(|s| s.id),
        sentence: telling(analysis, words).map(|span| Quote::of(ledger, Place::new(report.id, span))),
    }
}

/// The first of the sentences with most of the words; the headline only if no other has any.
fn telling(analysis: &Analysis, words: &[String]) -> Option<Span> {
    let report = &analysis.report;
    let mut best: Option<(usize, bool, Span)> = None;
    for sentence in &analysis.segments.sentences {
        let text = report.words(sentence.span).to_lowercase();
        let n = words.iter().filter(|w| text.contains(w.as_str())).count();
        let told = n > 0 && !report.headline.is_some_and(|h| h.overlaps(&sentence.span));
        if best.is_none_or(|b| (told, n) > (b.1, b.0)) {
            best = Some((n, told, sentence.span));
        }
    }
    best.map(|b| b.2)
}
