//! Entries: claims with their standing, origins and readings.

use super::names::STANDINGS;
use super::shared::{Quote, Range, RangeSchema, file_of, range, sentence_of};
use crate::wording::value;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use stemma::ledger::Lookup;
use stemma::ledger::find::base_name;
use stemma::model::{EntryId, EventId, ReportId};
use stemma::reconcile::{Entry, Origin, OriginKind, Reading, Standing};
use utoipa::ToSchema;

/// One entry.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct EntryView {
    /// Its id.
    pub id: EntryId,
    /// The best original wording.
    pub claim: String,
    /// Where that stands.
    pub claim_at: Quote,
    /// The sentence that it stands in.
    pub sentence: Quote,
    /// How it stands.
    pub standing: Standing,
    /// Why.
    pub reason: String,
    /// The event that most of its tellings belong to.
    pub event: Option<EventId>,
    /// Names of speakers, agencies, or the file of a family's root.
    pub origins: Vec<String>,
    /// The same, with what each is.
    pub origin_kinds: Vec<OriginView>,
    /// What each telling has.
    pub readings: Vec<ReadingView>,
}

/// An origin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct OriginView {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: OriginKind,
}

/// What one telling has.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ReadingView {
    /// The report.
    pub report: ReportId,
    /// The name of its file.
    pub file: String,
    /// Where the words stand.
    #[schema(value_type = RangeSchema)]
    pub span: Range,
    /// The words.
    pub text: String,
    /// The value that can be compared: `>10000`, `~11000`, `2022-02`.
    pub value: Option<String>,
    /// Whom it is attributed to.
    pub origin: Option<String>,
    /// Through whom, outermost last.
    pub via: Vec<String>,
    /// Whether the telling denies the claim.
    pub negated: bool,
}

/// Which entries are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EntryFilter {
    /// Only of this standing.
    pub standing: Option<Standing>,
    /// Only of this event.
    pub event: Option<EventId>,
}

/// The entries asked for, the most telling first.
pub fn entries(ledger: &Lookup, filter: EntryFilter) -> Vec<EntryView> {
    let asked = ledger.joined.entries.iter().filter(|e| {
        filter.standing.is_none_or(|s| e.standing == s) && filter.event.is_none_or(|id| e.event == Some(id))
    });
    let mut views: Vec<EntryView> = asked.map(|e| entry(ledger, e)).collect();
    views.sort_by_key(interest);
    views
}

/// Sorts entries that a reader wants first to the front: trouble, then origins, then readings.
pub fn interest(entry: &EntryView) -> (usize, Reverse<(usize, usize)>, EntryId) {
    let rank = STANDINGS.iter().position(|s| *s == entry.standing).unwrap_or(STANDINGS.len());
    (rank, Reverse((entry.origins.len(), entry.readings.len())), entry.id)
}

/// One entry.
pub fn entry(ledger: &Lookup, entry: &Entry) -> EntryView {
    let origin_kinds: Vec<OriginView> = entry.origins.iter().map(origin).collect();
    let mut readings: Vec<ReadingView> =
        entry.readings.iter().map(|r| reading(ledger, r, &origin_kinds)).collect();
    readings.sort_by(|a, b| (&a.file, a.report, a.span).cmp(&(&b.file, b.report, b.span)));
    EntryView {
        id: entry.id,
        claim: entry.text.clone(),
        claim_at: Quote::of(ledger, entry.claim),
        sentence: sentence_of(ledger, entry.claim),
        standing: entry.standing,
        reason: reason(ledger, entry),
        event: entry.event,
        origins: origin_kinds.iter().map(|o| o.name.clone()).collect(),
        origin_kinds,
        readings,
    }
}

/// The reason, with files named without their folders and values as people write them, as everywhere.
fn reason(ledger: &Lookup, entry: &Entry) -> String {
    let mut reason = entry.reason.clone();
    for analysis in entry.readings.iter().filter_map(|r| ledger.report(r.place.report)) {
        let file = &analysis.report.file;
        if base_name(file).len() < file.len() && reason.contains(file.as_str()) {
            reason = reason.replace(file.as_str(), base_name(file));
        }
    }
    // In one pass and at whole words: a value may stand within another or in a name.
    let values = entry.readings.iter().filter_map(|r| r.value.as_deref()).filter(|v| value(v) != **v);
    let values: BTreeSet<&str> = values.collect();
    let spoken = |word: &str| {
        let bare = word.trim_end_matches([',', ';', '.']);
        values.get(bare).map(|found| value(found) + &word[bare.len()..])
    };
    reason.split(' ').map(|w| spoken(w).unwrap_or_else(|| w.to_owned())).collect::<Vec<_>>().join(" ")
}

fn origin(origin: &Origin) -> OriginView {
    let name = if origin.kind == OriginKind::Report { base_name(&origin.name) } else { &origin.name };
    OriginView { name: name.to_owned(), kind: origin.kind }
}

fn reading(ledger: &Lookup, reading: &Reading, origins: &[OriginView]) -> ReadingView {
    ReadingView {
        report: reading.place.report,
        file: file_of(ledger, reading.place.report),
        span: range(reading.place.span),
        text: reading.text.clone(),
        value: reading.value.clone(),
        origin: origins.get(reading.origin as usize).map(|o| o.name.clone()),
        via: reading.via.clone(),
        negated: reading.negated,
    }
}
