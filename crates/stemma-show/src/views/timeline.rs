//! The timeline: storylines, each with its events in order of time.

use super::events::n_families;
use super::names;
use super::shared::Quote;
use serde::Serialize;
use std::collections::BTreeMap;
use stemma::group::{Event, Storyline};
use stemma::ledger::Lookup;
use stemma::model::{EventId, StorylineId};
use utoipa::ToSchema;

/// One storyline.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct TimelineStory {
    /// Its id.
    pub id: StorylineId,
    /// Its events, in order of time where known.
    pub events: Vec<TimelineEvent>,
}

/// An event on the timeline.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct TimelineEvent {
    /// Its id.
    pub id: EventId,
    /// When, as a TIMEX3 date.
    pub time: Option<String>,
    /// When it was first told, if any report says; an event without a time stands there.
    pub told: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// Its best headline or first sentence.
    pub headline: Option<Quote>,
    /// Who, most told first.
    pub actors: Vec<String>,
    /// How many reports tell it.
    pub n_reports: usize,
    /// How many families those are.
    pub n_families: usize,
    /// How many entries of each standing it has.
    pub standings: BTreeMap<&'static str, usize>,
}

/// All storylines; those of several events first, then by first time.
pub fn timeline(ledger: &Lookup) -> Vec<TimelineStory> {
    let mut stories: Vec<TimelineStory> =
        ledger.joined.groups.storylines.iter().map(|s| story(ledger, s)).collect();
    stories.sort_by_key(|s| {
        let first = s.events.iter().find_map(|e| e.time.clone());
        (s.events.len() < 2, first.is_none(), first, s.id)
    });
    stories
}

fn story(ledger: &Lookup, storyline: &Storyline) -> TimelineStory {
    let events = storyline.events.iter().filter_map(|id| ledger.event(*id));
    TimelineStory { id: storyline.id, events: events.map(|e| event(ledger, e)).collect() }
}

fn event(ledger: &Lookup, event: &Event) -> TimelineEvent {
    let mut standings = BTreeMap::new();
    for entry in ledger.entries_of_event(event.id) {
        *standings.entry(names::standing(entry.standing)).or_insert(0) += 1;
    }
    TimelineEvent {
        id: event.id,
        time: event.time.clone(),
        told: event
            .reports
            .iter()
            .filter_map(|id| ledger.report(*id)?.report.published)
            .min()
            .map(|p| p.to_string()),
        place: event.place.clone(),
        headline: event.headline.map(|place| Quote::of(ledger, place)),
        actors: event.actors.clone(),
        n_reports: event.reports.len(),
        n_families: n_families(ledger, &event.reports),
        standings,
    }
}
