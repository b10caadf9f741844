//! Families: their reports, who was made from whom, lost reports, and where the tellings differ.

use super::shared::{Quote, Range, RangeSchema, ReportRef, file_of, range};
use serde::Serialize;
use stemma::ledger::Lookup;
use stemma::ledger::find::base_name;
use stemma::model::{FamilyId, ReportId};
use stemma::trace::{Descent, DescentKind, Parent, Spun, Stemma, Variant, VariantKind};
use utoipa::ToSchema;

/// One family.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct FamilyView {
    /// Its id.
    pub id: FamilyId,
    /// Its reports, earliest first where dates are known.
    pub reports: Vec<FamilyReport>,
    /// Who was made from whom.
    pub descents: Vec<DescentView>,
    /// Ancestors inferred, not read.
    pub lost: Vec<LostView>,
    /// Where the tellings differ in meaning.
    pub variants: Vec<VariantView>,
    /// Reports that look spun.
    pub spun: Vec<SpunView>,
}

/// A report of a family.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct FamilyReport {
    /// Its id.
    pub id: ReportId,
    /// The name of its file.
    pub file: String,
    /// Where it was read from.
    pub path: String,
    /// Its language.
    pub lang: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// Whom it credits, joined by commas.
    pub credit: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// Share of its words that stand in no earlier report, 0..=1.
    pub own_share: f32,
}

/// What a report was made from: a report read (`parent`) or one inferred (`lost`).
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct DescentView {
    /// The report made.
    pub child: ReportId,
    /// The name of its file.
    pub child_file: String,
    /// The report that it was made from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<ReportId>,
    /// The name of that one's file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_file: Option<String>,
    /// The lost report that it was made from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lost: Option<LostView>,
    /// How it was made.
    pub kind: DescentKind,
    /// Probability, 0..=1.
    pub confidence: f32,
    /// Share of the child's words in sentences aligned to the parent or a sibling, 0..=1.
    pub coverage: f32,
    /// Why, in words, most telling first.
    pub evidence: Vec<String>,
    /// Names of other parents that the evidence supports as well.
    pub also: Vec<String>,
}

/// A lost report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct LostView {
    /// Its name within the family.
    pub id: String,
    /// Whom its descendants credit.
    pub credit: Option<String>,
    /// What it was made from in turn: a file's name or another lost report's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub made_from: Option<String>,
}

/// A place where the tellings differ.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct VariantView {
    /// What differs.
    pub kind: VariantKind,
    /// What each telling has; `text` is empty where it lacks the words.
    pub readings: Vec<Quote>,
    /// Reports whose reading is likely the original.
    pub likely_original: Vec<ReportId>,
    /// Why.
    pub reason: String,
}

/// A report that looks spun.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct SpunView {
    /// Its id.
    pub report: ReportId,
    /// The name of its file.
    pub file: String,
    /// Probability, 0..=1.
    pub probability: f32,
    /// Swapped wordings.
    pub phrases: Vec<PhraseView>,
}

/// A swapped wording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PhraseView {
    /// Where it stands.
    #[schema(value_type = RangeSchema)]
    pub span: Range,
    /// The words.
    pub text: String,
    /// The usual wording that it stands for.
    pub usual: String,
}

/// All families, the largest first.
pub fn families(ledger: &Lookup) -> Vec<FamilyView> {
    let mut views: Vec<FamilyView> = ledger.joined.stemmas.iter().map(|s| family(ledger, s)).collect();
    views.sort_by_key(|f| (std::cmp::Reverse((f.reports.len(), !f.descents.is_empty())), f.id));
    views
}

/// One family.
pub fn family(ledger: &Lookup, stemma: &Stemma) -> FamilyView {
    let mut reports: Vec<FamilyReport> =
        stemma.reports.iter().filter_map(|id| family_report(ledger, *id)).collect();
    reports.sort_by(|a, b| {
        let key = |r: &FamilyReport| (r.published.is_none(), r.published.clone(), r.file.clone(), r.id);
        key(a).cmp(&key(b))
    });
    FamilyView {
        id: stemma.id,
        reports,
        descents: stemma.descents.iter().map(|d| descent(ledger, stemma, d)).collect(),
        lost: stemma.lost.iter().map(|l| lost(ledger, stemma, &l.id)).collect(),
        variants: stemma.variants.iter().map(|v| variant(ledger, v)).collect(),
        spun: stemma.spun.iter().map(|s| spun(ledger, s)).collect(),
    }
}

fn family_report(ledger: &Lookup, id: ReportId) -> Option<FamilyReport> {
    let report = &ledger.report(id)?.report;
    Some(FamilyReport {
        id,
        file: base_name(&report.file).to_owned(),
        path: report.file.clone(),
        lang: report.lang.to_string(),
        outlet: report.outlet.clone(),
        credit: report.credit.as_ref().map(|c| c.names.join(", ")).filter(|names| !names.is_empty()),
        title: report.title.clone(),
        published: report.published.map(|p| p.to_string()),
        own_share: ledger.own_share(id),
    })
}

/// One descent of a family.
pub fn descent(ledger: &Lookup, stemma: &Stemma, descent: &Descent) -> DescentView {
    let (parent, lost_parent) = match &descent.parent {
        Parent::Report(id) => (Some(*id), None),
        Parent::Lost(name) => (None, Some(lost(ledger, stemma, name))),
    };
    DescentView {
        child: descent.child,
        child_file: file_of(ledger, descent.child),
        parent,
        parent_file: parent.map(|id| file_of(ledger, id)),
        lost: lost_parent,
        kind: descent.kind,
        confidence: descent.confidence,
        coverage: descent.coverage,
        evidence: descent.evidence.clone(),
        also: descent.also.iter().map(|p| parent_name(ledger, p)).collect(),
    }
}

fn lost(ledger: &Lookup, stemma: &Stemma, name: &str) -> LostView {
    let found = stemma.lost.iter().find(|l| l.id == name);
    LostView {
        id: name.to_owned(),
        credit: found.and_then(|l| l.credit.clone()),
        made_from: found.and_then(|l| l.parent.as_ref()).map(|p| parent_name(ledger, p)),
    }
}

/// A parent's name for people.
pub fn parent_name(ledger: &Lookup, parent: &Parent) -> String {
    match parent {
        Parent::Report(id) => file_of(ledger, *id),
        Parent::Lost(name) => name.clone(),
    }
}

fn variant(ledger: &Lookup, variant: &Variant) -> VariantView {
    let readings = variant.readings.iter().map(|r| Quote {
        text: r.text.clone(),
        report: r.place.report,
        file: file_of(ledger, r.place.report),
        span: range(r.place.span),
    });
    VariantView {
        kind: variant.kind,
        readings: readings.collect(),
        likely_original: variant.likely_original.clone(),
        reason: variant.reason.clone(),
    }
}

fn spun(ledger: &Lookup, spun: &Spun) -> SpunView {
    let ReportRef { id, file } = ReportRef::of(ledger, spun.report);
    let words = |span| ledger.report(id).map_or("", |a| a.report.words(span)).to_owned();
    let phrases = spun.phrases.iter().map(|p| PhraseView {
        span: range(p.span),
        text: words(p.span),
        usual: p.usual.clone(),
    });
    SpunView { report: id, file, probability: spun.probability, phrases: phrases.collect() }
}
