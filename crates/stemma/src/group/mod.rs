//! Reports -> [`Event`]s and [`Storyline`]s: which tell the same happening, and how happenings chain.
//!
//! Copies of one telling count once. The order of input is irrelevant.

mod candidates;
mod card;
pub(crate) mod link;
mod profile;
mod tellings;
mod weigh;

pub use weigh::{Features, Measured};

use crate::Analysis;
use crate::extract::times;
use crate::model::id::hash_set;
use crate::model::{EventId, Place, ReportId, StorylineId};
use crate::trace::Stemma;
use jiff::civil::Date;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use tellings::Tellings;

/// A happening told by reports.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Stable identity.
    pub id: EventId,
    /// The storyline that it is part of.
    pub storyline: StorylineId,
    /// The reports that tell it, ascending; every report is in exactly one event as its main one.
    pub reports: Vec<ReportId>,
    /// The best headline or first sentence among them.
    pub headline: Option<Place>,
    /// When, as a TIMEX3 date; open (`XXXX-WXX-6`) where no report is dated.
    pub time: Option<String>,
    /// Where: the place that most tellings name with the happening.
    pub place: Option<String>,
    /// Who: names told by most of the tellings, most told first.
    pub actors: Vec<String>,
}

/// Linked events.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Storyline {
    /// Stable identity.
    pub id: StorylineId,
    /// Its events, in order of time where known.
    pub events: Vec<EventId>,
}

/// Events and storylines of a pile.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Groups {
    /// Events, ordered by id.
    pub events: Vec<Event>,
    /// Storylines, ordered by id.
    pub storylines: Vec<Storyline>,
}

/// Reports whose mean probability is at least this tell one happening.
///
/// Swept 0.20 to 0.50, topics held out in turn: B³ F1 over ECB+ is .900 at 0.30, .909 at 0.35 and .896 at
/// 0.40, over MEANTIME .929, .947 and .959. Lower joins neighbouring happenings, higher splits one told
/// in different words. Swept with the word vectors before these, as `weights.toml` was trained; moves with both.
const SAME_EVENT: f32 = 0.35;

/// Events whose reports' mean bond is at least this are of one storyline.
///
/// Over the example stories, earlier happenings of a storyline have mean bonds from 0.15 up,
/// strangers 0. Lower chains events through a country that both name.
const SAME_STORYLINE: f32 = 0.12;

/// Meaning under which two reports have no bond, whatever names they share, as a cosine.
///
/// Strangers of the example stories stand at 0.17 to 0.45, storylines at 0.29 to 0.81.
const LEAST_MATTER: f32 = 0.28;

/// Groups reports into events, and events into storylines.
pub fn group(reports: &[&Analysis], stemmas: &[Stemma]) -> Groups {
    let (tellings, measured) = measure(reports, stemmas);
    let same = between_tellings(&measured, &tellings, weigh::same_happening);
    let bonds = between_tellings(&measured, &tellings, |f, _| bond(f));
    let members = link::average_link(tellings.of.len(), &same, SAME_EVENT);
    let events = members.iter().map(|m| event(reports, m, &tellings)).collect::<Vec<_>>();
    let placed = |e: &Event| placed(reports, e);
    storylines(events, placed, &between(&members, tellings.of.len(), &bonds))
}

/// How strongly a storyline may bind two reports: by the names that they share, as written or by sound.
fn bond(features: &Features) -> f32 {
    if features.meaning >= LEAST_MATTER { features.names.max(features.sounds) } else { 0.0 }
}

/// Weighs pairs of reports, and gives the mean for each pair of tellings over all that can be measured: a pair
/// that is not among the candidates counts as 0, so that two that came up do not speak for two hundred.
fn between_tellings(
    measured: &[Measured],
    tellings: &Tellings,
    weigh: impl Fn(&Features, bool) -> f32 + Sync,
) -> Vec<link::Pair> {
    let weighed = measured.par_iter().filter_map(|(a, b, across, features)| {
        let (x, y) = (tellings.telling[*a as usize], tellings.telling[*b as usize]);
        (x != y).then(|| ((x.min(y), x.max(y)), weigh(features, *across)))
    });
    let mut weighed: Vec<((u32, u32), f32)> = weighed.collect();
    weighed.par_sort_unstable_by(|x, y| x.0.cmp(&y.0).then(x.1.total_cmp(&y.1)));
    let size = |telling: u32| tellings.of[telling as usize].len();
    let mean = |of: &[((u32, u32), f32)]| {
        let (a, b) = of[0].0;
        let sum = of.iter().map(|m| m.1).sum::<f32>();
        link::Pair { a, b, probability: sum / candidates::most_pairs(size(a), size(b)) as f32 }
    };
    weighed.chunk_by(|x, y| x.0 == y.0).map(mean).collect()
}

fn event(reports: &[&Analysis], members: &[u32], tellings: &Tellings) -> Event {
    let mut all: Vec<u32> = members.iter().flat_map(|&t| &tellings.of[t as usize]).copied().collect();
    all.sort_unstable();
    let telling = |&m: &u32| card::Telling {
        report: reports[m as usize],
        family: tellings.family[m as usize],
        spun: tellings.spun[m as usize],
        made: tellings.made[m as usize],
    };
    let card = card::card(&all.iter().map(telling).collect::<Vec<_>>());
    let ids: Vec<ReportId> = all.iter().map(|&m| reports[m as usize].report.id).collect();
    Event {
        id: EventId(hash_set("event", ids.iter().map(|id| id.0))),
        storyline: StorylineId(0),
        reports: ids,
        headline: card.headline,
        time: card.time,
        place: card.place,
        actors: card.actors,
    }
}

/// Where an event stands in order of time: on its first day, else by its first publication, which came
/// after it; last, and apart, where neither is known.
fn placed(reports: &[&Analysis], event: &Event) -> (bool, Option<Date>) {
    let own = event.time.as_deref().and_then(times::interval).map(|days| days.0);
    let tellings =
        event.reports.iter().filter_map(|id| reports.binary_search_by_key(id, |r| r.report.id).ok());
    let told = tellings.filter_map(|i| reports[i].report.published).min().map(|first| first.date);
    let day = own.or(told);
    (day.is_none(), day)
}

/// Chains events by the bonds between them.
fn storylines(
    mut events: Vec<Event>,
    placed: impl Fn(&Event) -> (bool, Option<Date>),
    pairs: &[link::Pair],
) -> Groups {
    let mut storylines = Vec::new();
    for line in link::average_link(events.len(), pairs, SAME_STORYLINE) {
        let mut chained: Vec<usize> = line.iter().map(|&e| e as usize).collect();
        chained.sort_by_cached_key(|&e| (placed(&events[e]), events[e].time.clone(), events[e].id));
        let ids: Vec<EventId> = chained.iter().map(|&e| events[e].id).collect();
        let id = StorylineId(hash_set("storyline", ids.iter().map(|id| id.0)));
        chained.iter().for_each(|&e| events[e].storyline = id);
        storylines.push(Storyline { id, events: ids });
    }
    events.sort_unstable_by_key(|e| e.id);
    storylines.sort_unstable_by_key(|s| s.id);
    Groups { events, storylines }
}

/// Mean bonds between events, from those between their tellings.
fn between(members: &[Vec<u32>], n_tellings: usize, pairs: &[link::Pair]) -> Vec<link::Pair> {
    let mut event_of = vec![0u32; n_tellings];
    for (e, group) in members.iter().enumerate() {
        group.iter().for_each(|&t| event_of[t as usize] = e as u32);
    }
    let mut sums: BTreeMap<(u32, u32), f32> = BTreeMap::new();
    for pair in pairs {
        let (a, b) = (event_of[pair.a as usize], event_of[pair.b as usize]);
        if a != b {
            *sums.entry((a.min(b), a.max(b))).or_insert(0.0) += pair.probability;
        }
    }
    let size = |e: u32| members[e as usize].len() as f32;
    sums.into_iter()
        .map(|((a, b), sum)| link::Pair { a, b, probability: sum / (size(a) * size(b)) })
        .collect()
}

/// Measures all pairs of a pile that are worth it, for training and inspection; not those within a telling,
/// which are of one event whatever they measure.
pub fn measured(reports: &[&Analysis], stemmas: &[Stemma]) -> Vec<Measured> {
    let (tellings, mut measured) = measure(reports, stemmas);
    measured.retain(|(a, b, ..)| !tellings.one(*a, *b));
    measured
}

fn measure(reports: &[&Analysis], stemmas: &[Stemma]) -> (Tellings, Vec<Measured>) {
    let mut profiles = profile::profiles(reports);
    let mut tellings = tellings::families(reports, stemmas);
    for family in &tellings.of {
        let first = family.iter().filter_map(|&i| profiles[i as usize].published).min();
        for &i in family {
            let profile = &mut profiles[i as usize];
            profile.dated = profile.published.or(first);
        }
    }
    tellings.cut(&profiles);
    let measured = weigh::measure_all(&profiles, &candidates::candidates(&profiles, &tellings));
    (tellings, measured)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Events given as time and first publication; writes their order.
    fn check(given: &[(Option<&str>, Option<&str>)], expected: &[usize]) {
        let made = |(i, (time, _)): (usize, &(Option<&str>, Option<&str>))| Event {
            id: EventId(i as u64),
            storyline: StorylineId(0),
            reports: Vec::new(),
            headline: None,
            time: time.map(str::to_owned),
            place: None,
            actors: Vec::new(),
        };
        let day = |value: &str| times::interval(value).map(|days| days.0);
        let placed = |e: &Event| {
            let told = given[e.id.0 as usize].1;
            let day = e.time.as_deref().and_then(day).or(told.and_then(day));
            (day.is_none(), day)
        };
        let n = given.len() as u32;
        let pairs = (0..n).flat_map(|a| (a + 1..n).map(move |b| link::Pair { a, b, probability: 1.0 }));
        let events = given.iter().enumerate().map(made).collect();
        let groups = storylines(events, placed, &pairs.collect::<Vec<_>>());
        let order: Vec<usize> = groups.storylines[0].events.iter().map(|id| id.0 as usize).collect();
        assert_eq!(order, expected);
    }

    #[test]
    fn undated_events_stand_by_their_telling_or_last() {
        check(&[(Some("2025-05-18"), None), (Some("2025-05-06"), None)], &[1, 0]);
        check(&[(None, None), (Some("2025-05-18"), None), (None, Some("2025-05-07"))], &[2, 1, 0]);
        check(&[(Some("XXXX-WXX-6"), None), (Some("2024"), None)], &[1, 0]);
    }
}
