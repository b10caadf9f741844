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
use crate::model::{EventId, Moment, Place, ReportId, StorylineId};
use crate::pile::{Need, Pile};
use crate::trace::Stemma;
use candidates::Neighbours;
use jiff::civil::Date;
use profile::Profile;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use tellings::Tellings;
use weigh::{Best, Weighed, Weight};

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

/// Groups reports into events, and events into storylines.
///
/// # Errors
/// When reports cannot be looked at.
pub fn group<P: Pile>(pile: &P, stemmas: &[Stemma]) -> Result<Groups, P::Error> {
    let mut met = met(pile, stemmas)?;
    let (best, weighed, bonds) = met.weighed();
    // Thousands of reports have millions of pairs: what is not needed any more goes.
    (met.profiles, met.near) = Default::default();
    let tellings = &met.tellings;
    let same = between_tellings(&weighed, tellings, |pair| pair.same_happening(&best));
    drop(weighed);
    let members = link::average_link(tellings.of.len(), &same, SAME_EVENT);
    drop(same);
    let bonds = between_tellings(&bonds, tellings, |bond| *bond);
    let of = |members: &Vec<u32>| {
        let mut all: Vec<u32> = members.iter().flat_map(|&t| &tellings.of[t as usize]).copied().collect();
        all.sort_unstable();
        all
    };
    let tell: Vec<Vec<u32>> = members.iter().map(of).collect();
    let events = pile.of_each(&tell, |of| of, Need::Words, |of, reports| event(reports, of, tellings))?;
    let first = |reports: &[ReportId]| reports.iter().filter_map(|id| pile.published(pile.place(*id)?)).min();
    let placed = |event: &Event| placed(event, first(&event.reports));
    Ok(storylines(events, placed, &between(&members, tellings.of.len(), &bonds)))
}

/// Weighs pairs of reports, and gives the mean for each pair of tellings over all that can be measured: a pair
/// that is not among the candidates counts as 0, so that two that came up do not speak for two hundred.
fn between_tellings<T: Sync>(
    pairs: &[Vec<T>],
    tellings: &Tellings,
    weigh: impl Fn(&T) -> Weight + Sync,
) -> Vec<link::Pair> {
    let weighed = pairs.par_iter().flatten_iter().filter_map(|pair| {
        let (a, b, weight) = weigh(pair);
        let (x, y) = (tellings.telling[a as usize], tellings.telling[b as usize]);
        let weight = if x == y { 0.0 } else { weight };
        (weight > 0.0).then_some(((x.min(y), x.max(y)), weight))
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

/// The event that some reports tell, given by place.
fn event(reports: &[&Analysis], places: &[u32], tellings: &Tellings) -> Event {
    let told = places.iter().zip(reports).map(|(&m, &report)| card::Telling {
        report,
        family: tellings.family[m as usize],
        spun: tellings.spun[m as usize],
        made: tellings.made[m as usize],
    });
    let card = card::card(&told.collect::<Vec<_>>());
    let ids: Vec<ReportId> = reports.iter().map(|r| r.report.id).collect();
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
fn placed(event: &Event, first: Option<Moment>) -> (bool, Option<Date>) {
    let own = event.time.as_deref().and_then(times::interval).map(|days| days.0);
    let day = own.or(first.map(|first| first.date));
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
///
/// # Errors
/// When reports cannot be looked at.
pub fn measured<P: Pile>(pile: &P, stemmas: &[Stemma]) -> Result<Vec<Measured>, P::Error> {
    let met = met(pile, stemmas)?;
    let (best, ..) = met.weighed();
    let pairs = (0..met.profiles.len() as u32).flat_map(|i| met.near.pairs_of(i));
    let apart = pairs.filter(|(a, b)| !met.tellings.one(*a, *b));
    Ok(apart.map(|pair| weigh::measured(&met.profiles, &best, pair)).collect())
}

/// A pile as it is measured: what each report is by itself, what tells as one, and who is near whom.
struct Met {
    profiles: Vec<Profile>,
    tellings: Tellings,
    near: Neighbours,
}

impl Met {
    /// Measures all neighbours: what tells whether they are of one happening, and bonds; lists of some each.
    fn weighed(&self) -> (Best, Vec<Vec<Weighed>>, Vec<Vec<Weight>>) {
        let best = Best::new(self.profiles.len());
        let of = |lot: &[u32]| {
            let (mut weighed, mut bonds) = (Vec::new(), Vec::new());
            for pair in lot.iter().flat_map(|i| self.near.pairs_of(*i)) {
                let (same, bond) = weigh::weighed(&self.profiles, &best, pair);
                weighed.extend(same);
                bonds.extend(bond);
            }
            weighed.shrink_to_fit();
            bonds.shrink_to_fit();
            (weighed, bonds)
        };
        let places: Vec<u32> = (0..self.profiles.len() as u32).collect();
        let (weighed, bonds) = places.par_chunks(MEASURED_TOGETHER).map(of).unzip();
        (best, weighed, bonds)
    }
}

/// Reports whose pairs are listed together.
const MEASURED_TOGETHER: usize = 256;

fn met<P: Pile>(pile: &P, stemmas: &[Stemma]) -> Result<Met, P::Error> {
    let mut profiles = profile::profiles(pile)?;
    let mut tellings = tellings::families(pile, stemmas);
    for family in &tellings.of {
        let first = family.iter().filter_map(|&i| profiles[i as usize].published).min();
        for &i in family {
            let profile = &mut profiles[i as usize];
            profile.dated = profile.published.or(first);
        }
    }
    tellings.cut(&profiles);
    let near = candidates::candidates(&profiles, &tellings);
    Ok(Met { profiles, tellings, near })
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
