//! A ledger with quick ways in: from a report to its family, event and entries.
//!
//! Made once for many questions; [`Ledger`] alone answers a single one by going through all.

use super::Ledger;
use crate::group::{Event, Storyline};
use crate::model::{EntryId, EventId, FamilyId, Place, ReportId, Span};
use crate::reconcile::Entry;
use crate::trace::{Descent, Stemma};
use rustc_hash::FxHashMap;
use std::ops::Deref;

/// A ledger and where its parts lie; reads as the [`Ledger`] itself.
pub struct Lookup<'l> {
    ledger: &'l Ledger,
    stemmas: FxHashMap<ReportId, &'l Stemma>,
    descents: FxHashMap<ReportId, &'l Descent>,
    borrowings: FxHashMap<ReportId, Vec<(Span, Place)>>,
    events: FxHashMap<ReportId, &'l Event>,
    events_by_id: FxHashMap<EventId, &'l Event>,
    entries: FxHashMap<ReportId, Vec<&'l Entry>>,
    entries_of_event: FxHashMap<EventId, Vec<&'l Entry>>,
}

impl Deref for Lookup<'_> {
    type Target = Ledger;

    fn deref(&self) -> &Ledger {
        self.ledger
    }
}

impl<'l> Lookup<'l> {
    /// Goes through a ledger once.
    pub fn of(ledger: &'l Ledger) -> Self {
        let mut lookup = Self {
            ledger,
            stemmas: FxHashMap::default(),
            descents: FxHashMap::default(),
            borrowings: FxHashMap::default(),
            events: FxHashMap::default(),
            events_by_id: FxHashMap::default(),
            entries: FxHashMap::default(),
            entries_of_event: FxHashMap::default(),
        };
        ledger.joined.stemmas.iter().for_each(|stemma| lookup.take_stemma(stemma));
        for event in &ledger.joined.groups.events {
            lookup.events_by_id.insert(event.id, event);
            lookup.events.extend(event.reports.iter().map(|id| (*id, event)));
        }
        ledger.joined.entries.iter().for_each(|entry| lookup.take_entry(entry));
        lookup
    }

    fn take_stemma(&mut self, stemma: &'l Stemma) {
        self.stemmas.extend(stemma.reports.iter().map(|id| (*id, stemma)));
        self.descents.extend(stemma.descents.iter().map(|d| (d.child, d)));
        for b in &stemma.borrowings {
            self.borrowings.entry(b.place.report).or_default().push((b.place.span, b.from));
        }
    }

    fn take_entry(&mut self, entry: &'l Entry) {
        if let Some(event) = entry.event {
            self.entries_of_event.entry(event).or_default().push(entry);
        }
        for reading in &entry.readings {
            let entries = self.entries.entry(reading.place.report).or_default();
            if entries.last().is_none_or(|last| last.id != entry.id) {
                entries.push(entry);
            }
        }
    }

    /// The family that a report is in.
    pub fn stemma_of(&self, id: ReportId) -> Option<&'l Stemma> {
        self.stemmas.get(&id).copied()
    }

    /// What a report was made from, if it was made from another.
    pub fn descent_of(&self, id: ReportId) -> Option<&'l Descent> {
        self.descents.get(&id).copied()
    }

    /// The borrowed sentences of a report, and where they stand in other ones.
    pub fn borrowings_of(&self, id: ReportId) -> &[(Span, Place)] {
        self.borrowings.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The event that a report tells.
    pub fn event_of(&self, id: ReportId) -> Option<&'l Event> {
        self.events.get(&id).copied()
    }

    /// The entries that a report has a reading in, ordered by id.
    pub fn entries_of(&self, id: ReportId) -> &[&'l Entry] {
        self.entries.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The entries of an event, ordered by id.
    pub fn entries_of_event(&self, id: EventId) -> &[&'l Entry] {
        self.entries_of_event.get(&id).map_or(&[], Vec::as_slice)
    }

    /// An event by its id.
    pub fn event(&self, id: EventId) -> Option<&'l Event> {
        self.events_by_id.get(&id).copied()
    }

    /// A family by its id.
    pub fn stemma(&self, id: FamilyId) -> Option<&'l Stemma> {
        self.ledger.joined.stemmas.iter().find(|s| s.id == id)
    }

    /// An entry by its id.
    pub fn entry(&self, id: EntryId) -> Option<&'l Entry> {
        self.ledger.joined.entries.iter().find(|e| e.id == id)
    }

    /// The storyline that an event is part of.
    pub fn storyline_of(&self, event: &Event) -> Option<&'l Storyline> {
        self.ledger.joined.groups.storylines.iter().find(|s| s.id == event.storyline)
    }
}
