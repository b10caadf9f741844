//! Statements and mentions of all reports -> [`Entry`]s: claims with their support and standing.
//!
//! Counts origins, never reports: a copy adds no support.

mod bodies;
mod claims;
mod clauses;
mod entries;
mod facts;
mod held;
mod kin;
mod kinds;
mod liken;
mod lineage;
mod negation;
mod origins;
mod parts;
mod running;
mod slots;
mod standing;
mod value;

pub use liken::{FEATURES, Features};

/// What `check` holds a sentence against claims with: the means by which claims were formed.
pub(crate) mod means {
    pub(crate) use super::claims::{Clauses, measured};
    pub(crate) use super::clauses::{Clause, clauses};
    pub(crate) use super::liken::probability;
    pub(crate) use super::value::Value;
}

use crate::Analysis;
use crate::group::{Event, Groups};
use crate::model::id::hash;
use crate::model::{EntryId, EventId, Place, ReportId, Span};
use crate::pile::{Need, Pile, gathered};
use crate::segment::Rarity;
use crate::segment::rarity::Counts;
use crate::trace::Stemma;
use claims::{Circle, Clauses};
use clauses::Clause;
use entries::Bench;
use kin::Telling;
use lineage::Lineage;
use parts::Part;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Mutex;

/// A claim, who makes it, and whether it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Stable identity.
    pub id: EntryId,
    /// The best original wording: where it stands.
    pub claim: Place,
    /// Its words.
    pub text: String,
    /// The event that most of its tellings belong to.
    pub event: Option<EventId>,
    /// How it stands.
    pub standing: Standing,
    /// Why, in words.
    pub reason: String,
    /// Where its tellings stop leading further back; names of speakers and agencies, or a family's root.
    pub origins: Vec<Origin>,
    /// What each telling has, by report.
    pub readings: Vec<Reading>,
}

/// How a claim stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Told by two or more independent origins.
    Corroborated,
    /// Told in several reports that lead back to one origin.
    Echoed,
    /// One report, one origin.
    Single,
    /// Independent origins give readings that cannot both hold.
    Disputed,
    /// The difference entered in a copy.
    Corrupted,
    /// A later telling replaces an earlier one.
    Updated,
}

/// Where a telling stops leading further back.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Origin {
    /// Its name: a speaker, an agency, or the file of a family's root.
    pub name: String,
    /// What it is.
    pub kind: OriginKind,
}

/// What an origin is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OriginKind {
    /// Someone whom the statement is attributed to.
    Speaker,
    /// A news agency or outlet.
    Agency,
    /// The root of a family of reports: a report's own word.
    Report,
}

/// What one report has for a claim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// Where.
    pub place: Place,
    /// The words there.
    pub text: String,
    /// The value that can be compared: `>10000`, `~11000`, `2022-02`; none for a reading in words only.
    pub value: Option<String>,
    /// Whom it is attributed to, as an index into the entry's origins.
    pub origin: u32,
    /// Through whom, outermost last.
    pub via: Vec<String>,
    /// Whether the telling denies the claim.
    pub negated: bool,
}

/// Joins what the reports assert into entries, in no order, and gives them to `take` some at a time with the
/// reports that tell them, ascending by id: those of one part of the pile after another, from several threads.
/// An entry's readings decide its id, so that each comes once.
///
/// # Errors
/// When reports cannot be looked at.
pub fn reconcile<P: Pile>(
    pile: &P,
    stemmas: &[Stemma],
    groups: &Groups,
    take: impl Fn(Vec<Entry>, &[&Analysis]) + Sync,
) -> Result<(), P::Error> {
    let parts = parts::parts(pile, stemmas, groups);
    let lineages = parts.par_iter().map(|part| lineage(pile, part));
    let parts: Vec<(&Part, Lineage)> = parts.par_iter().zip(lineages).collect();
    let rarity = rarity(pile, &parts)?;
    let entries = |(part, lineage): &(&Part, Lineage), reports: &[&Analysis]| {
        let mut entries = of_part(part, reports, lineage, &rarity);
        // Of two with the same readings, the one that follows them further.
        entries.sort_unstable_by(|a, b| a.id.cmp(&b.id).then_with(|| origins_of(a).cmp(&origins_of(b))));
        entries.dedup_by_key(|e| e.id);
        take(entries, reports);
    };
    pile.of_each(&parts, |(part, _)| &part.reports, Need::All, entries)?;
    Ok(())
}

/// An entry's origins as they are ordered: the most first, speakers before agencies before reports.
fn origins_of(entry: &Entry) -> (Reverse<usize>, Vec<(OriginKind, &str)>) {
    let origins = entry.origins.iter().map(|o| (o.kind, o.name.as_str()));
    (Reverse(entry.origins.len()), origins.collect())
}

/// [`reconcile`] into memory, ordered by id.
///
/// # Errors
/// As of [`reconcile`].
pub fn entries<P: Pile>(pile: &P, stemmas: &[Stemma], groups: &Groups) -> Result<Vec<Entry>, P::Error> {
    let entries = Mutex::new(Vec::new());
    reconcile(pile, stemmas, groups, |some, _| entries.lock().expect("none panics").extend(some))?;
    let mut entries: Vec<Entry> = entries.into_inner().expect("none panics");
    entries.sort_unstable_by_key(|e| e.id);
    Ok(entries)
}

/// What the stemmas say of the reports of a part.
fn lineage<'a>(pile: &impl Pile, part: &'a Part<'a>) -> Lineage<'a> {
    let dated = part.reports.iter().map(|at| (pile.ids()[*at as usize], pile.published(*at)));
    Lineage::new(&dated.collect::<Vec<_>>(), &part.stemmas)
}

fn of_part(part: &Part, reports: &[&Analysis], lineage: &Lineage, rarity: &Rarity) -> Vec<Entry> {
    let clauses = cut(reports, rarity);
    let tellings = kin::tellings(reports, &clauses, lineage);
    let claims = claims::claims(reports, &clauses, &tellings, &circles(reports, &part.events));
    let bench = Bench::new(reports, &clauses, &tellings, lineage, &part.events);
    let worth = claims.par_iter().filter(|claim| worth(&clauses, &tellings, claim));
    let slots = worth.flat_map_iter(|claim| slots::slots(reports, &clauses, &tellings, claim));
    slots.map(|slot| bench.entry(&slot)).collect()
}

/// Words from which a clause without a number, a date or a speaker tells something by itself; shorter
/// ones are asides: "on a visit to the harbour".
const LEAST_TOLD: usize = 5;

/// Whether a claim is worth an entry: with a number or a date, said by someone, or told more than once
/// in words enough.
fn worth(clauses: &Clauses, tellings: &[Telling], claim: &[u32]) -> bool {
    let heads = || claim.iter().map(|&t| &clauses.all[tellings[t as usize].head() as usize]);
    let again = claim.len() > 1 || tellings[claim[0] as usize].clauses.len() > 1;
    let tells = |c: &Clause| c.statement.is_some() && !c.rest || c.quantity.is_some() || !c.times.is_empty();
    heads().any(tells) || again && heads().any(|c| c.run.len() >= LEAST_TOLD)
}

/// How rare the words of a pile are. A family counts once, as its first member, so that copies shift nothing.
fn rarity<P: Pile>(pile: &P, parts: &[(&Part, Lineage)]) -> Result<Rarity, P::Error> {
    let mut firsts = Vec::new();
    for (part, lineage) in parts {
        let ranks = lineage.families.iter().filter_map(|f| f.first());
        firsts.extend(ranks.map(|&rank| part.reports[rank as usize]));
    }
    firsts.sort_unstable();
    gathered::<P, Counts>(pile, &firsts, Need::Words).map(Rarity::of)
}

/// Cuts all reports into clauses.
fn cut(reports: &[&Analysis], rarity: &Rarity) -> Clauses {
    let cut: Vec<Vec<Clause>> = reports
        .par_iter()
        .enumerate()
        .map(|(i, r)| clauses::clauses(i as u32, r, rarity, |_| true))
        .collect();
    let (mut all, mut ranges) = (Vec::new(), Vec::with_capacity(reports.len()));
    for clauses in cut {
        let from = all.len() as u32;
        all.extend(clauses);
        ranges.push(from..all.len() as u32);
    }
    Clauses { all, ranges }
}

/// The reports of each storyline, event by event.
fn circles(reports: &[&Analysis], events: &[&Event]) -> Vec<Circle> {
    let place = |id: &ReportId| reports.binary_search_by_key(id, |r| r.report.id).ok().map(|i| i as u32);
    let mut circles: BTreeMap<crate::model::StorylineId, Vec<u32>> = BTreeMap::new();
    for event in events {
        circles.entry(event.storyline).or_default().extend(event.reports.iter().filter_map(place));
    }
    circles.into_values().map(|reports| Circle { reports }).collect()
}

/// The identity of an entry: the places of its readings and what is compared there.
fn identity(readings: &[Reading]) -> EntryId {
    let mut keys: Vec<(Place, Option<&str>)> =
        readings.iter().map(|r| (r.place, r.value.as_deref())).collect();
    keys.sort_unstable();
    let bytes: Vec<u8> = keys
        .iter()
        .flat_map(|(p, v)| {
            format!("{}:{}-{}:{}", p.report, p.span.start, p.span.end, v.unwrap_or("")).into_bytes()
        })
        .collect();
    EntryId(hash(&[&bytes]))
}

/// Pairs of clauses with what is measured of them, for training and inspection.
#[derive(Clone, Debug)]
pub struct MeasuredPair {
    /// Indices of the reports and the clauses' spans.
    pub a: (u32, Span),
    /// The same of the other clause.
    pub b: (u32, Span),
    /// Whether the reports are of one family.
    pub kin: bool,
    /// In the order of [`FEATURES`].
    pub features: Features,
}

/// Measures the clauses of a pile, for training and inspection: those of reports and their elders, and
/// the heads of tellings. Holds all of the pile at once.
///
/// # Errors
/// When reports cannot be looked at.
pub fn measured<P: Pile>(
    pile: &P,
    stemmas: &[Stemma],
    groups: &Groups,
) -> Result<Vec<MeasuredPair>, P::Error> {
    let whole = parts::whole(pile, stemmas, groups);
    let parts = [(&whole, lineage(pile, &whole))];
    let rarity = rarity(pile, &parts)?;
    let [(_, lineage)] = parts;
    pile.look(&whole.reports, Need::All, |reports| measured_of(reports, &lineage, &whole.events, &rarity))
}

fn measured_of(
    reports: &[&Analysis],
    lineage: &Lineage,
    events: &[&Event],
    rarity: &Rarity,
) -> Vec<MeasuredPair> {
    let clauses = cut(reports, rarity);
    let tellings = kin::tellings(reports, &clauses, lineage);
    let heads = claims::heads(reports.len(), &clauses, &tellings);
    let of = |i: u32| (clauses.all[i as usize].report, clauses.all[i as usize].span);
    let pair = |kin: bool| {
        move |(x, y, features): (u32, u32, Features)| MeasuredPair { a: of(x), b: of(y), kin, features }
    };
    let mut found = Vec::new();
    for report in 0..reports.len() as u32 {
        for &elder in lineage.elders(report) {
            let measured = claims::measured(reports, &clauses, &clauses.of(elder), &clauses.of(report));
            found.extend(measured.into_iter().map(pair(true)));
        }
    }
    for (a, b) in claims::held_together(&heads, &circles(reports, events)) {
        let measured = claims::measured(reports, &clauses, &heads[a as usize], &heads[b as usize]);
        found.extend(measured.into_iter().map(pair(false)));
    }
    found
}
