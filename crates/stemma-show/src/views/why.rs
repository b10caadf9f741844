//! The evidence of a descent, a family, an event or an entry.

use super::collation::{CollationRow, collation};
use super::entries::{EntryView, entry};
use super::events::{EventView, event};
use super::families::{DescentView, FamilyView, descent, family};
use super::shared::{Quote, ReportRef, sentence_of};
use serde::Serialize;
use stemma::ledger::Lookup;
use stemma::ledger::Thing;
use stemma::model::{EntryId, EventId, Place, ReportId, StorylineId};
use stemma::trace::{Parent, Stemma};
use utoipa::ToSchema;

/// Why something stands as it does in the ledger.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum WhyView {
    /// Why a report is where it is in its family.
    Report(Box<WhyReport>),
    /// Why reports make a family.
    Family(Box<FamilyView>),
    /// Why reports tell one event.
    Event(Box<WhyEvent>),
    /// Why events make a storyline.
    Storyline(Box<WhyStoryline>),
    /// Why an entry stands as it does.
    Entry(Box<WhyEntry>),
}

/// The place of a report in its family.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct WhyReport {
    /// The report.
    pub report: ReportRef,
    /// What it was made from; none for a root.
    pub descent: Option<DescentView>,
    /// The report beside which the aligned sentences stand: its parent, or a sibling of a lost one.
    pub beside: Option<ReportRef>,
    /// Aligned sentences of the two.
    pub aligned: Vec<CollationRow>,
    /// Reports made from it.
    pub children: Vec<DescentView>,
}

/// The tellings of an event.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct WhyEvent {
    /// The event.
    pub event: EventView,
    /// For each report, what of the event it names.
    pub tellings: Vec<Telling>,
}

/// What one report names of an event.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Telling {
    /// The report.
    pub report: ReportRef,
    /// Its first words that name an actor or the place, one for each.
    pub names: Vec<Quote>,
    /// Its words for the time.
    pub times: Vec<Quote>,
}

/// The events of a storyline.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct WhyStoryline {
    /// Its id.
    pub id: StorylineId,
    /// Its events, in order of time where known.
    pub events: Vec<EventView>,
    /// Actors that more than one of its events has.
    pub shared: Vec<String>,
}

/// The tellings of an entry.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct WhyEntry {
    /// The entry.
    pub entry: EntryView,
    /// For each reading, the sentence in which it stands; in the order of `entry.readings`.
    pub sentences: Vec<Quote>,
    /// Descents between the reports that tell it: what makes tellings one.
    pub descents: Vec<DescentView>,
}

/// Gives the evidence of a thing; none if the ledger lacks it.
pub fn why(ledger: &Lookup, thing: Thing) -> Option<WhyView> {
    Some(match thing {
        Thing::Report(id) => WhyView::Report(Box::new(why_report(ledger, id)?)),
        Thing::Family(id) => WhyView::Family(Box::new(family(ledger, ledger.stemma(id)?))),
        Thing::Event(id) => WhyView::Event(Box::new(why_event(ledger, id)?)),
        Thing::Storyline(id) => WhyView::Storyline(Box::new(why_storyline(ledger, id)?)),
        Thing::Entry(id) => WhyView::Entry(Box::new(why_entry(ledger, id)?)),
    })
}

fn why_report(ledger: &Lookup, id: ReportId) -> Option<WhyReport> {
    ledger.report(id)?;
    let stemma = ledger.stemma_of(id);
    let own = ledger.descent_of(id);
    let beside = stemma.zip(own).and_then(|(s, d)| match &d.parent {
        Parent::Report(parent) => Some(*parent),
        lost => sibling(s, id, lost),
    });
    let rows = beside.and_then(|other| collation(ledger, other, id)).map_or_else(Vec::new, |c| c.rows);
    let children = stemma.map_or_else(Vec::new, |s| {
        let made = s.descents.iter().filter(|d| d.parent == Parent::Report(id));
        made.map(|d| descent(ledger, s, d)).collect()
    });
    Some(WhyReport {
        report: ReportRef::of(ledger, id),
        descent: stemma.zip(own).map(|(s, d)| descent(ledger, s, d)),
        beside: beside.map(|other| ReportRef::of(ledger, other)),
        aligned: rows.into_iter().filter(|r| r.score.is_some()).collect(),
        children,
    })
}

/// The sibling that shares most with other children of a lost parent.
fn sibling(stemma: &Stemma, child: ReportId, lost: &Parent) -> Option<ReportId> {
    let others = stemma.descents.iter().filter(|d| d.parent == *lost && d.child != child);
    others.max_by(|a, b| a.coverage.total_cmp(&b.coverage).then(b.child.cmp(&a.child))).map(|d| d.child)
}

fn why_event(ledger: &Lookup, id: EventId) -> Option<WhyEvent> {
    let view = event(ledger, ledger.event(id)?);
    let tellings = view.reports.iter().map(|r| telling(ledger, &view, r.id)).collect();
    Some(WhyEvent { event: view, tellings })
}

fn telling(ledger: &Lookup, event: &EventView, id: ReportId) -> Telling {
    let report = ReportRef::of(ledger, id);
    let Some(analysis) = ledger.report(id) else {
        return Telling { report, names: Vec::new(), times: Vec::new() };
    };
    let found = &analysis.extracts;
    let quote = |span| Quote::of(ledger, Place::new(id, span));
    let wanted = |name: &str| event.place.as_deref() == Some(name) || event.actors.iter().any(|a| a == name);
    let named = found.entities.iter().enumerate().filter(|(_, e)| wanted(&e.canonical));
    let names = named.filter_map(|(i, _)| found.names.iter().find(|n| n.entity as usize == i));
    let times = found.times.iter().filter(|t| {
        event.time.as_deref().is_some_and(|time| t.value == time || t.value.starts_with(&format!("{time}T")))
    });
    Telling {
        report,
        names: names.map(|n| quote(n.span)).collect(),
        times: times.map(|t| quote(t.span)).collect(),
    }
}

fn why_storyline(ledger: &Lookup, id: StorylineId) -> Option<WhyStoryline> {
    let storyline = ledger.joined.groups.storylines.iter().find(|s| s.id == id)?;
    let events: Vec<EventView> =
        storyline.events.iter().filter_map(|e| ledger.event(*e)).map(|e| event(ledger, e)).collect();
    let mut shared: Vec<String> = Vec::new();
    for (i, event) in events.iter().enumerate() {
        for actor in &event.actors {
            if !shared.contains(actor) && events[i + 1..].iter().any(|e| e.actors.contains(actor)) {
                shared.push(actor.clone());
            }
        }
    }
    Some(WhyStoryline { id, events, shared })
}

fn why_entry(ledger: &Lookup, id: EntryId) -> Option<WhyEntry> {
    let view = entry(ledger, ledger.entry(id)?);
    let tells = |report: ReportId| view.readings.iter().any(|r| r.report == report);
    let sentences = view.readings.iter().map(|r| {
        let [start, end] = r.span;
        sentence_of(ledger, Place::new(r.report, stemma::model::Span { start, end }))
    });
    let pairs = ledger.joined.stemmas.iter().flat_map(|s| s.descents.iter().map(move |d| (s, d)));
    let descents = pairs.filter(|(_, d)| tells(d.child)).map(|(s, d)| descent(ledger, s, d));
    Some(WhyEntry { sentences: sentences.collect(), descents: descents.collect(), entry: view })
}
