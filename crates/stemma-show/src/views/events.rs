//! Events: which reports tell the same happening, when, where, who.

use super::shared::{Quote, file_of};
use serde::Serialize;
use std::collections::BTreeSet;
use stemma::group::Event;
use stemma::ledger::Lookup;
use stemma::model::{EventId, FamilyId, ReportId, StorylineId};
use utoipa::ToSchema;

/// One event.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct EventView {
    /// Its id.
    pub id: EventId,
    /// The storyline that it is part of.
    pub storyline: StorylineId,
    /// Its best headline or first sentence.
    pub headline: Option<Quote>,
    /// The reports that tell it.
    pub reports: Vec<EventReport>,
    /// How many families those are: copies count once.
    pub n_families: usize,
    /// When, as a TIMEX3 date.
    pub time: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// Who, most told first.
    pub actors: Vec<String>,
}

/// A report of an event.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct EventReport {
    /// Its id.
    pub id: ReportId,
    /// The name of its file.
    pub file: String,
    /// Its language.
    pub lang: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// The family that it is in.
    pub family: Option<FamilyId>,
}

/// All events, the most told first.
pub fn events(ledger: &Lookup) -> Vec<EventView> {
    let mut views: Vec<EventView> = ledger.joined.groups.events.iter().map(|e| event(ledger, e)).collect();
    views.sort_by_key(|e| (std::cmp::Reverse((e.n_families, e.reports.len())), e.id));
    views
}

/// One event.
pub fn event(ledger: &Lookup, event: &Event) -> EventView {
    let mut reports: Vec<EventReport> = event.reports.iter().map(|id| event_report(ledger, *id)).collect();
    reports.sort_by(|a, b| (&a.file, a.id).cmp(&(&b.file, b.id)));
    EventView {
        id: event.id,
        storyline: event.storyline,
        headline: event.headline.map(|place| Quote::of(ledger, place)),
        n_families: n_families(ledger, &event.reports),
        reports,
        time: event.time.clone(),
        place: event.place.clone(),
        actors: event.actors.clone(),
    }
}

fn event_report(ledger: &Lookup, id: ReportId) -> EventReport {
    let report = ledger.report(id).map(|a| &a.report);
    EventReport {
        id,
        file: file_of(ledger, id),
        lang: report.map_or_else(String::new, |r| r.lang.to_string()),
        outlet: report.and_then(|r| r.outlet.clone()),
        published: report.and_then(|r| r.published).map(|p| p.to_string()),
        family: ledger.stemma_of(id).map(|s| s.id),
    }
}

/// How many families some reports belong to; a report in none counts for itself.
pub fn n_families(ledger: &Lookup, reports: &[ReportId]) -> usize {
    let family = |id: &ReportId| ledger.stemma_of(*id).map_or(id.0, |s| s.id.0);
    reports.iter().map(family).collect::<BTreeSet<u64>>().len()
}
