//! Changes: what some reports add to each event beside those before them.
//!
//! A ledger and the reports that count as new go in; new events, and for older ones new claims, values
//! that differ and speakers not heard before come out. Copies add nothing: they share the claims of
//! their originals.

use super::events::{EventView, event};
use super::names;
use super::shared::{Quote, ReportRef, sentence_of};
use serde::Serialize;
use std::collections::BTreeSet;
use stemma::Ledger;
use stemma::group::Event;
use stemma::ledger::Lookup;
use stemma::model::{EntryId, Moment, ReportId};
use stemma::reconcile::{Entry, Origin, OriginKind, Reading};
use utoipa::ToSchema;

/// What new reports add to an event.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ChangeView {
    /// The event.
    #[serde(flatten)]
    pub event: EventView,
    /// Whether no older report tells it.
    pub is_new: bool,
    /// The new reports.
    pub added: Vec<ReportRef>,
    /// Claims that no older report has.
    pub claims: Vec<NewClaim>,
    /// Claims for which a new report has another value.
    pub changed: Vec<ChangedValue>,
    /// Speakers and agencies that no older report of the event leads back to.
    pub speakers: Vec<NewSpeaker>,
}

/// A claim that is new.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct NewClaim {
    /// Its entry.
    pub entry: EntryId,
    /// How it stands.
    pub standing: &'static str,
    /// Its sentence.
    pub sentence: Quote,
}

/// A claim whose value differs.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ChangedValue {
    /// Its entry.
    pub entry: EntryId,
    /// How it stands.
    pub standing: &'static str,
    /// The values that older reports have.
    pub before: Vec<String>,
    /// The new one.
    pub after: String,
    /// The sentence that has it.
    pub sentence: Quote,
}

/// Someone not heard before.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct NewSpeaker {
    /// Who.
    pub name: String,
    /// What the new origin is: speaker or agency.
    pub kind: &'static str,
    /// The sentence.
    pub sentence: Quote,
}

/// The reports published at a time or later.
pub fn published_since(ledger: &Ledger, since: &Moment) -> BTreeSet<ReportId> {
    let late = ledger.reports.iter().filter(|a| a.report.published.is_some_and(|p| p >= *since));
    late.map(|a| a.report.id).collect()
}

/// What the reports `new` add to each event that they tell; events with the most to tell first.
pub fn changes(ledger: &Lookup, new: &BTreeSet<ReportId>) -> Vec<ChangeView> {
    let told = ledger.joined.groups.events.iter().filter(|e| e.reports.iter().any(|id| new.contains(id)));
    let mut views: Vec<ChangeView> = told.map(|e| change(ledger, e, new)).collect();
    views.sort_by_cached_key(|v| {
        let size = v.changed.len() + v.claims.len() + v.speakers.len();
        (v.is_new, std::cmp::Reverse((size, v.event.n_families)), v.event.id)
    });
    views
}

fn change(ledger: &Lookup, told: &Event, new: &BTreeSet<ReportId>) -> ChangeView {
    let entries = ledger.entries_of_event(told.id);
    let added = told.reports.iter().filter(|id| new.contains(id)).map(|id| ReportRef::of(ledger, *id));
    let mut added: Vec<ReportRef> = added.collect();
    added.sort_by(|a, b| (&a.file, a.id).cmp(&(&b.file, b.id)));
    let is_new = added.len() == told.reports.len();
    let mut view = ChangeView {
        event: event(ledger, told),
        is_new,
        added,
        claims: Vec::new(),
        changed: Vec::new(),
        speakers: Vec::new(),
    };
    if is_new {
        return view;
    }
    for entry in entries {
        let (late, early): (Vec<&Reading>, Vec<&Reading>) =
            entry.readings.iter().partition(|r| new.contains(&r.place.report));
        match (late.first(), early.is_empty()) {
            (Some(first), true) => view.claims.push(claim(ledger, entry, first)),
            (Some(_), false) => view.changed.extend(changed(ledger, entry, &late, &early)),
            (None, _) => {}
        }
    }
    view.claims.sort_by(|a, b| {
        (&a.sentence.file, a.sentence.span, a.entry).cmp(&(&b.sentence.file, b.sentence.span, b.entry))
    });
    view.speakers = speakers(ledger, entries, new);
    view
}

fn claim(ledger: &Lookup, entry: &Entry, first: &Reading) -> NewClaim {
    NewClaim {
        entry: entry.id,
        standing: names::standing(entry.standing),
        sentence: sentence_of(ledger, first.place),
    }
}

/// Each value of the new readings that no older one has, once.
fn changed(ledger: &Lookup, entry: &Entry, late: &[&Reading], early: &[&Reading]) -> Vec<ChangedValue> {
    let before: BTreeSet<&str> = early.iter().filter_map(|r| r.value.as_deref()).collect();
    let mut seen = before.clone();
    let fresh = late.iter().filter_map(|r| Some((r.value.as_deref()?, r.place)));
    let found = fresh.filter(|(value, _)| !before.is_empty() && seen.insert(value));
    found
        .map(|(after, place)| ChangedValue {
            entry: entry.id,
            standing: names::standing(entry.standing),
            before: before.iter().map(|v| (*v).to_owned()).collect(),
            after: after.to_owned(),
            sentence: sentence_of(ledger, place),
        })
        .collect()
}

fn speakers(ledger: &Lookup, entries: &[&Entry], new: &BTreeSet<ReportId>) -> Vec<NewSpeaker> {
    let heard = |wanted: bool| {
        let readings = entries.iter().flat_map(|e| e.readings.iter().map(|r| (*e, r)));
        let readings = readings.filter(move |(_, r)| new.contains(&r.place.report) == wanted);
        readings.filter_map(|(e, r)| Some((e.origins.get(r.origin as usize)?, r)))
    };
    let mut known: BTreeSet<&Origin> = heard(false).map(|(origin, _)| origin).collect();
    let fresh = heard(true).filter(|(o, _)| o.kind != OriginKind::Report);
    let mut found: Vec<NewSpeaker> = fresh
        .filter(|(origin, _)| known.insert(origin))
        .map(|(origin, reading)| NewSpeaker {
            name: origin.name.clone(),
            kind: names::origin(origin.kind),
            sentence: sentence_of(ledger, reading.place),
        })
        .collect();
    found.sort_by(|a, b| (&a.name, a.kind).cmp(&(&b.name, b.kind)));
    found
}
