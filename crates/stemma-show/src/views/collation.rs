//! Two reports side by side, with the words that differ.

use super::shared::{Range, RangeSchema, ReportRef, range};
use serde::Serialize;
use stemma::ledger::Lookup;
use stemma::ledger::collate::{Row, Side};
use stemma::model::ReportId;
use stemma::trace::{Variant, VariantKind};
use utoipa::ToSchema;

/// Two reports, sentence by sentence.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct CollationView {
    /// The first report.
    pub a: ReportRef,
    /// The second.
    pub b: ReportRef,
    /// Probability that one is made from the other or both from a third, 0..=1; none if unlike.
    pub copying: Option<f32>,
    /// Pairs and lone sentences, in order.
    pub rows: Vec<CollationRow>,
}

/// One line: at least one side is there.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct CollationRow {
    /// The first report's words.
    pub a: Option<CollationSide>,
    /// The second's.
    pub b: Option<CollationSide>,
    /// How alike, 0..=1, for a pair.
    pub score: Option<f32>,
}

/// What one report has in a line.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct CollationSide {
    /// Where it stands.
    #[schema(value_type = RangeSchema)]
    pub span: Range,
    /// The words.
    pub text: String,
    /// Words that the other side has not.
    #[schema(value_type = Vec<RangeSchema>)]
    pub differs: Vec<Range>,
    /// Words where the two differ in meaning.
    pub variants: Vec<VariantMark>,
}

/// Words where tellings differ in meaning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct VariantMark {
    /// Where they stand.
    #[schema(value_type = RangeSchema)]
    pub span: Range,
    /// What differs.
    pub kind: VariantKind,
}

/// Sets two reports side by side; none if the ledger lacks one.
pub fn collation(ledger: &Lookup, a: ReportId, b: ReportId) -> Option<CollationView> {
    let collation = ledger.collate(a, b)?;
    let rows = collation.rows.iter().map(|row| view_row(ledger, (a, b), row)).collect();
    Some(CollationView {
        a: ReportRef::of(ledger, a),
        b: ReportRef::of(ledger, b),
        copying: collation.copying,
        rows,
    })
}

fn view_row(ledger: &Lookup, (a, b): (ReportId, ReportId), row: &Row) -> CollationRow {
    CollationRow {
        a: row.a.as_ref().map(|side| view_side(ledger, (a, b), side)),
        b: row.b.as_ref().map(|side| view_side(ledger, (b, a), side)),
        score: row.score,
    }
}

fn view_side(ledger: &Lookup, (own, other): (ReportId, ReportId), side: &Side) -> CollationSide {
    let variants = ledger.stemma_of(own).map_or(&[][..], |s| &s.variants);
    // Where a third report differs, these two may agree.
    let has =
        |v: &Variant, id: ReportId| v.readings.iter().find(|r| r.place.report == id).map(|r| r.text.clone());
    let both = variants.iter().filter(|v| has(v, other).is_some_and(|text| has(v, own) != Some(text)));
    let marks = both.flat_map(|v| v.readings.iter().map(move |r| (v.kind, r)));
    let here = marks.filter(|(_, r)| r.place.report == own && side.span.contains(&r.place.span));
    CollationSide {
        span: range(side.span),
        text: ledger.report(own).map_or("", |x| x.report.words(side.span)).to_owned(),
        differs: side.differs.iter().map(|s| range(*s)).collect(),
        variants: here.map(|(kind, r)| VariantMark { span: range(r.place.span), kind }).collect(),
    }
}
