//! What several views hold: a report's name, and words with the place where they stand.

use serde::Serialize;
use std::borrow::Cow;
use stemma::ledger::Lookup;
use stemma::ledger::find::base_name;
use stemma::model::{Place, ReportId, Span};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

/// `[start, end]`: bytes in a report's body, half open.
pub type Range = [u32; 2];

/// How a [`Range`] is described in a schema.
#[derive(Debug)]
pub enum RangeSchema {}

impl PartialSchema for RangeSchema {
    fn schema() -> RefOr<Schema> {
        let bytes = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0));
        let range = ArrayBuilder::new().items(bytes).min_items(Some(2)).max_items(Some(2));
        range.description(Some("[start, end]: bytes in a report's body, half open")).into()
    }
}

impl ToSchema for RangeSchema {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Range")
    }
}

/// A span as it stands in JSON.
pub fn range(span: Span) -> Range {
    [span.start, span.end]
}

/// A report, by id and name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
pub struct ReportRef {
    /// Its id.
    pub id: ReportId,
    /// The name of its file, without folders.
    pub file: String,
}

impl ReportRef {
    /// Names a report; one that is not in the ledger is named by its id.
    pub fn of(ledger: &Lookup, id: ReportId) -> Self {
        Self { id, file: file_of(ledger, id) }
    }
}

/// Words of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Quote {
    /// The report.
    pub report: ReportId,
    /// The name of its file.
    pub file: String,
    /// Where the words stand.
    #[schema(value_type = RangeSchema)]
    pub span: Range,
    /// The words.
    pub text: String,
}

impl Quote {
    /// Takes the words at a place.
    pub fn of(ledger: &Lookup, place: Place) -> Self {
        let text = ledger.report(place.report).map_or("", |a| a.report.words(place.span)).to_owned();
        Self { report: place.report, file: file_of(ledger, place.report), span: range(place.span), text }
    }
}

/// The name of a report's file.
pub fn file_of(ledger: &Lookup, id: ReportId) -> String {
    ledger.report(id).map_or_else(|| id.to_string(), |a| base_name(&a.report.file).to_owned())
}

/// The sentence in which a place begins; its words alone if there is none.
pub fn sentence_of(ledger: &Lookup, place: Place) -> Quote {
    let sentence = ledger.report(place.report).and_then(|a| {
        let i = a.segments.sentence_at(place.span.start)?;
        let span = a.segments.sentences[i].span;
        span.overlaps(&place.span).then_some(span)
    });
    Quote::of(ledger, Place::new(place.report, sentence.map_or(place.span, |s| s.cover(&place.span))))
}
