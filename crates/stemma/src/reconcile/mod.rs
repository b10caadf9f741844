//! Statements and mentions of all reports -> [`Entry`]s: claims with their support and standing.
//!
//! Counts origins, never reports: a copy adds no support.

mod bodies;
mod circles;
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
use crate::group::Groups;
use crate::model::id::hash;
use crate::model::{EntryId, EventId, Place, Span};
use crate::pile::{Need, Pile, gathered};
use crate::segment::Rarity;
use crate::segment::rarity::Counts;
use crate::trace::Stemma;
use circles::{Circle, Told};
use claims::Clauses;
use clauses::Clause;
use entries::Bench;
use kin::{Telling, Tellings};
use lineage::Lineage;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::cmp::{Ordering, Reverse};
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
/// reports that tell them, ascending by id: those of one storyline after another, from several threads.
///
/// An entry's readings decide its id. Two storylines may come by the same readings, where copies alone tell what
/// they differ in; so who takes entries must look out for an id that came before, and keep the [lesser](preferred).
///
/// # Errors
/// When reports cannot be looked at.
pub fn reconcile<P: Pile>(
    pile: &P,
    stemmas: &[Stemma],
    groups: &Groups,
    take: impl Fn(Vec<Entry>, &[&Analysis]) + Sync,
) -> Result<(), P::Error> {
    let lineage = Lineage::new(pile, stemmas);
    let rarity = rarity(pile, &lineage)?;
    let tellings = kin::tellings(pile, &lineage, &rarity)?;
    let event = event_of(pile, groups);
    let entries = |circle: &Circle, reports: &[&Analysis]| {
        let mut entries = of_circle(circle, reports, (&lineage, &tellings, &rarity), &event);
        each_once(&mut entries);
        take(entries, reports);
    };
    let circles = circles::circles(pile, groups, &lineage, &tellings);
    pile.of_each(&circles, |circle| &circle.reads, Need::All, entries)?;
    Ok(())
}

/// Orders entries by id and leaves each once.
pub fn each_once(entries: &mut Vec<Entry>) {
    entries.sort_unstable_by(|a, b| a.id.cmp(&b.id).then_with(|| preferred(a, b)));
    entries.dedup_by_key(|e| e.id);
}

/// Which of two entries with the same readings is kept, as the lesser: the one that follows them further.
pub fn preferred(a: &Entry, b: &Entry) -> Ordering {
    origins_of(a).cmp(&origins_of(b))
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
    each_once(&mut entries);
    Ok(entries)
}

/// The event that each report is told in, by place.
fn event_of(pile: &impl Pile, groups: &Groups) -> Vec<Option<EventId>> {
    let mut of = vec![None; pile.len()];
    for event in &groups.events {
        let places = event.reports.iter().filter_map(|id| pile.place(*id));
        places.for_each(|at| of[at as usize] = Some(event.id));
    }
    of
}

fn of_circle(
    circle: &Circle,
    reports: &[&Analysis],
    (lineage, tellings, rarity): (&Lineage, &Tellings, &Rarity),
    event: &[Option<EventId>],
) -> Vec<Entry> {
    let lineage = lineage.of(&circle.reads);
    let Told { clauses, tellings } = circle.told(reports, &lineage, tellings, rarity);
    let claims = claims::claims(reports, &clauses, &tellings, &circle.places());
    let events = circle.reads.iter().map(|&at| event[at as usize]).collect();
    let bench = Bench::new(reports, &clauses, &tellings, &lineage, events);
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
fn rarity<P: Pile>(pile: &P, lineage: &Lineage) -> Result<Rarity, P::Error> {
    let mut firsts: Vec<u32> = lineage.families.iter().filter_map(|f| f.first()).copied().collect();
    firsts.sort_unstable();
    gathered::<P, Counts>(pile, &firsts, Need::Words).map(Rarity::of)
}

/// Cuts reports into clauses; `is_measured` says which are held against others, by report and number there.
fn cut(reports: &[&Analysis], rarity: &Rarity, is_measured: impl Fn((u32, u32)) -> bool + Sync) -> Clauses {
    let cut = reports.par_iter().enumerate().map(|(i, r)| {
        let i = i as u32;
        clauses::clauses(i, r, rarity, |_| true, |number| is_measured((i, number)))
    });
    let (mut all, mut ranges) = (Vec::new(), Vec::with_capacity(reports.len()));
    for clauses in cut.collect::<Vec<Vec<Clause>>>() {
        let from = all.len() as u32;
        all.extend(clauses);
        ranges.push(from..all.len() as u32);
    }
    Clauses { all, ranges }
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
    let lineage = Lineage::new(pile, stemmas);
    let rarity = rarity(pile, &lineage)?;
    let tellings = kin::tellings(pile, &lineage, &rarity)?;
    let circles = circles::circles(pile, groups, &lineage, &tellings);
    let all: Vec<u32> = (0..pile.len() as u32).collect();
    let of_kin = |reports: &[&Analysis]| {
        let clauses = cut(reports, &rarity, |_| true);
        let held = all.iter().flat_map(|&report| lineage.elders(report).iter().map(move |&e| (e, report)));
        pairs(reports, &clauses, true, held.map(|(a, b)| (clauses.of(a), clauses.of(b))))
    };
    let mut found = pile.look(&all, Need::All, of_kin)?;
    let of_circle = |circle: &Circle, reports: &[&Analysis]| {
        let lineage = lineage.of(&circle.reads);
        let Told { clauses, tellings } = circle.told(reports, &lineage, &tellings, &rarity);
        let heads = claims::heads(reports.len(), &clauses, &tellings);
        let held = claims::held_together(&heads, &circle.places()).into_iter();
        let held = held.map(|(a, b)| (heads[a as usize].clone(), heads[b as usize].clone()));
        let mut found = pairs(reports, &clauses, false, held);
        let place = |(report, span): (u32, Span)| (circle.reads[report as usize], span);
        found.iter_mut().for_each(|pair| (pair.a, pair.b) = (place(pair.a), place(pair.b)));
        found
    };
    let apart = pile.of_each(&circles, |circle| &circle.reads, Need::All, of_circle)?;
    found.extend(apart.into_iter().flatten());
    Ok(found)
}

/// Measures the clauses of pairs of reports.
fn pairs(
    reports: &[&Analysis],
    clauses: &Clauses,
    kin: bool,
    held: impl Iterator<Item = (Vec<u32>, Vec<u32>)>,
) -> Vec<MeasuredPair> {
    let of = |i: u32| (clauses.all[i as usize].report, clauses.all[i as usize].span);
    let measured = held.flat_map(|(ours, theirs)| claims::measured(reports, clauses, &ours, &theirs));
    measured.map(|(x, y, features)| MeasuredPair { a: of(x), b: of(y), kin, features }).collect()
}
