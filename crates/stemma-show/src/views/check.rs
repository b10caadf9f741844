//! What a ledger has for a sentence: entries that support, qualify or dispute it, with their readings.

use super::entries::{EntryView, entry};
use super::names;
use super::shared::{Range, RangeSchema, range};
use crate::wording::value;
use serde::Serialize;
use stemma::Analysis;
use stemma::check::{Answer, Bearing, Finding, Outcome, Reason, ReasonKind, Telling};
use stemma::ledger::Lookup;
use stemma::reconcile::{Entry, Reading};
use utoipa::ToSchema;

/// The answer to a sentence.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct CheckView {
    /// The sentence, as it was understood.
    pub sentence: String,
    /// Its language.
    pub lang: String,
    /// What all findings say together.
    pub outcome: Outcome,
    /// The same in words.
    pub words: String,
    /// Entries that bear on the sentence, the likest first.
    pub findings: Vec<FindingView>,
}

/// An entry that bears on the sentence.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct FindingView {
    /// What it means for the sentence.
    pub bearing: Bearing,
    /// Probability that the two assert the same thing, 0..=1.
    pub likeness: f32,
    /// The words of the sentence that it bears on.
    pub part: String,
    /// Where they stand in the sentence.
    #[schema(value_type = RangeSchema)]
    pub part_at: Range,
    /// Origins that say so.
    pub supported_by: Vec<String>,
    /// Origins that say less, or something else besides.
    pub qualified_by: Vec<String>,
    /// Origins that say otherwise.
    pub disputed_by: Vec<String>,
    /// What each of the entry's tellings means; those that tell something else are left out.
    pub tellings: Vec<TellingView>,
    /// The entry.
    pub entry: EntryView,
}

/// What one reading of an entry means for the sentence.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct TellingView {
    /// What it means.
    pub bearing: Bearing,
    /// The file of its report.
    pub file: String,
    /// Where its words stand there.
    #[schema(value_type = RangeSchema)]
    pub span: Range,
    /// Its words.
    pub text: String,
    /// Whom it is attributed to.
    pub origin: Option<String>,
    /// Why it does not simply support.
    pub reasons: Vec<ReasonView>,
}

/// A reason, in data and in words.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ReasonView {
    /// What is the matter, and the two values.
    #[serde(flatten)]
    pub reason: Reason,
    /// The same in words.
    pub words: String,
}

/// Shows an answer.
pub fn check(ledger: &Lookup, question: &Analysis, answer: &Answer) -> CheckView {
    let found =
        answer.findings.iter().filter_map(|f| Some(finding(ledger, question, f, ledger.entry(f.entry)?)));
    CheckView {
        sentence: question.report.body.clone(),
        lang: question.report.lang.to_string(),
        outcome: answer.outcome,
        words: names::outcome(answer.outcome).to_owned(),
        findings: found.collect(),
    }
}

fn finding(ledger: &Lookup, question: &Analysis, finding: &Finding, of: &Entry) -> FindingView {
    let view = entry(ledger, of);
    let origin = |r: &Reading| view.origin_kinds.get(r.origin as usize).map(|o| o.name.clone());
    let told: Vec<(&Reading, &Telling)> =
        of.readings.iter().zip(&finding.tellings).filter_map(|(r, t)| Some((r, t.as_ref()?))).collect();
    let by = |bearing: Bearing| {
        let mut names: Vec<String> =
            told.iter().filter(|(_, t)| t.bearing == bearing).filter_map(|(r, _)| origin(r)).collect();
        names.sort_unstable();
        names.dedup();
        names
    };
    let telling = |(r, t): &(&Reading, &Telling)| TellingView {
        bearing: t.bearing,
        file: super::shared::file_of(ledger, r.place.report),
        span: range(r.place.span),
        text: r.text.clone(),
        origin: origin(r),
        reasons: t.reasons.iter().map(|r| ReasonView { reason: r.clone(), words: words(r) }).collect(),
    };
    let mut tellings: Vec<TellingView> = told.iter().map(telling).collect();
    tellings.sort_by(|a, b| (a.bearing, &a.file, a.span).cmp(&(b.bearing, &b.file, b.span)));
    FindingView {
        bearing: finding.bearing,
        likeness: finding.likeness,
        part: question.report.words(finding.part).to_owned(),
        part_at: range(finding.part),
        supported_by: by(Bearing::Supports),
        qualified_by: by(Bearing::Qualifies),
        disputed_by: by(Bearing::Disputes),
        tellings,
        entry: view,
    }
}

/// A reason in words.
fn words(reason: &Reason) -> String {
    let [asked, told] = [&reason.asked, &reason.told].map(|v| v.as_deref().map(value).unwrap_or_default());
    match reason.kind {
        ReasonKind::OtherNumber | ReasonKind::OtherDate => format!("has {told}, not {asked}"),
        ReasonKind::LooserNumber | ReasonKind::LooserDate => format!("has {told}, which leaves {asked} open"),
        ReasonKind::NoNumber | ReasonKind::NoDate => format!("does not give {asked}"),
        ReasonKind::Denied => "says that it is not so".to_owned(),
        ReasonKind::NotDone => "tells it as planned, wanted or possible".to_owned(),
        ReasonKind::NotNamed => format!("does not name {asked}"),
        ReasonKind::Damaged if told.is_empty() => "was damaged in copying".to_owned(),
        ReasonKind::Damaged => format!("has {told}, which entered in copying"),
        ReasonKind::Replaced if asked.is_empty() => "was replaced later".to_owned(),
        ReasonKind::Replaced => format!("was replaced later by {asked}"),
    }
}
