//! A group of reports -> what an event's card says: headline, time, place, actors.
//!
//! Only words and values that stand in the reports; families count once.

use crate::Analysis;
use crate::extract::{NameKind, TimeKind, times};
use crate::model::Place;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::profile::{LEAD, first_sentence};

/// Most actors on a card.
const ACTORS: usize = 6;

/// What a card says.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Card {
    pub headline: Option<Place>,
    pub time: Option<String>,
    pub place: Option<String>,
    pub actors: Vec<String>,
}

/// One telling's votes; `family` tells which tellings count together.
pub(super) struct Telling<'a> {
    pub report: &'a Analysis,
    pub family: u32,
    pub spun: bool,
    /// Whether it was made from another report, read or lost.
    pub made: bool,
}

/// Writes the card of an event.
pub(super) fn card(tellings: &[Telling]) -> Card {
    Card {
        headline: headline(tellings),
        time: time(tellings),
        place: place(tellings),
        actors: actors(tellings),
    }
}

/// The first headline or sentence of a telling, best of one that is not spun, made from
/// no other, headed, of the family that most reports are in, dated, early.
fn headline(tellings: &[Telling]) -> Option<Place> {
    let mut sizes: BTreeMap<u32, usize> = BTreeMap::new();
    tellings.iter().for_each(|t| *sizes.entry(t.family).or_default() += 1);
    let rank = |t: &&Telling| {
        let report = &t.report.report;
        let size = Reverse(sizes[&t.family]);
        (
            t.spun,
            t.made,
            report.headline.is_none(),
            size,
            report.published.is_none(),
            report.published,
            report.id,
        )
    };
    let best = tellings.iter().filter(|t| first_sentence(t.report).is_some()).min_by_key(rank)?;
    first_sentence(best.report).map(|span| Place::new(best.report.report.id, span))
}

/// The value that most families give first, the finest where several do as often.
fn time(tellings: &[Telling]) -> Option<String> {
    let votes = vote(tellings, |t| {
        let lead = lead_end(t.report);
        let values =
            t.report.extracts.times.iter().filter(|x| x.span.start < lead && x.kind != TimeKind::Duration);
        values.filter(|x| x.kind != TimeKind::Set).filter_map(|x| day(&x.value)).take(1).collect()
    });
    votes
        .into_iter()
        .max_by(|a, b| a.1.cmp(&b.1).then(a.0.len().cmp(&b.0.len())).then(b.0.cmp(&a.0)))
        .map(|v| v.0)
}

/// The day, month or year of a value; none for values that name no calendar time.
fn day(value: &str) -> Option<String> {
    let day = value.split('T').next().unwrap_or(value);
    let open = day.starts_with("XXXX-WXX-") || times::interval(day).is_some();
    open.then(|| day.to_owned())
}

fn place(tellings: &[Telling]) -> Option<String> {
    let votes = vote(tellings, |t| {
        let lead = lead_end(t.report);
        let all = t.report.extracts.names.iter().filter(|n| n.span.start < lead);
        let entities = all.map(|n| &t.report.extracts.entities[n.entity as usize]);
        let places: Vec<_> =
            entities.filter(|e| matches!(e.kind, NameKind::Place | NameKind::Country)).collect();
        let fine = places.iter().find(|e| e.kind == NameKind::Place).or(places.first());
        fine.map(|e| e.canonical.clone()).into_iter().collect()
    });
    votes.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0))).map(|v| v.0)
}

/// People, organisations and countries that at least half of the families name, most told first.
fn actors(tellings: &[Telling]) -> Vec<String> {
    let families: BTreeSet<u32> = tellings.iter().map(|t| t.family).collect();
    let mut forms: BTreeMap<String, String> = BTreeMap::new();
    for entity in tellings.iter().flat_map(|t| &t.report.extracts.entities) {
        let form = forms.entry(entity.key.clone()).or_insert_with(|| entity.canonical.clone());
        if (entity.canonical.len(), &entity.canonical) > (form.len(), form) {
            *form = entity.canonical.clone();
        }
    }
    let votes = vote(tellings, |t| {
        let acting = |k| matches!(k, NameKind::Person | NameKind::Organisation | NameKind::Country);
        t.report.extracts.entities.iter().filter(|e| acting(e.kind)).map(|e| e.key.clone()).collect()
    });
    let mut told: Vec<(String, usize)> = votes.into_iter().filter(|v| v.1 * 2 >= families.len()).collect();
    told.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    told.into_iter().take(ACTORS).filter_map(|v| forms.remove(&v.0)).collect()
}

fn lead_end(report: &Analysis) -> u32 {
    report.segments.sentences.iter().take(LEAD + 1).next_back().map_or(0, |s| s.span.end)
}

/// Counts in how many families a value is given.
fn vote(tellings: &[Telling], values: impl Fn(&Telling) -> Vec<String>) -> BTreeMap<String, usize> {
    let mut voters: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    for telling in tellings {
        for value in values(telling) {
            voters.entry(value).or_default().insert(telling.family);
        }
    }
    voters.into_iter().map(|(value, families)| (value, families.len())).collect()
}
