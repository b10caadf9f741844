//! A sentence and a ledger -> [`Answer`]: the entries that support, qualify or dispute the sentence.
//!
//! Goes by the likeness that formed the claims, so that a sentence finds the claim that it would have
//! joined. Counts origins as the entries have them; never says what is true, and changes no ledger.

mod near;
mod relate;

pub use near::{Meanings, meaning, meaning_among};
pub use relate::{Reason, ReasonKind};

use crate::model::{EntryId, Place, Span};
use crate::reconcile::means::{Clause, Clauses, clauses as cut, measured, probability};
use crate::reconcile::{Entry, FEATURES, Reading};
use crate::segment::Rarity;
use crate::{Analysis, Ledger};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// From this likeness on an entry bears on a sentence.
///
/// Higher answers "unknown" to wordings that no report has, lower answers with entries of something
/// else: of 33 own sentences about three example stories and 17 about three others, what tells the same
/// stands from 0.4 up, what does not mostly under 0.25.
const BEARS: f32 = 0.35;

/// Entries less than so near to the nearest, as a share of its likeness, do not make up the outcome.
const BESIDE: f32 = 0.7;

/// How near the place of a sentence that stands in no report is to any other: what two random places
/// have in the mean, 0..=1.
const NOWHERE: f32 = 2.0 / 3.0;

/// What an entry, or one telling of it, means for the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Bearing {
    /// It says so.
    Supports,
    /// Both can hold, but it says less, or something else besides.
    Qualifies,
    /// Both cannot hold.
    Disputes,
}

/// What the ledger as a whole has for a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Some say so, nobody says otherwise.
    Supported,
    /// It is told with a difference, or in part.
    Qualified,
    /// Some say so, others say otherwise.
    Contested,
    /// What is told cannot hold beside it.
    Disputed,
    /// Nothing read bears on it.
    Unknown,
}

/// What a ledger has for a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// All findings together.
    pub outcome: Outcome,
    /// Entries that bear on the sentence, the likest first.
    pub findings: Vec<Finding>,
}

/// An entry that bears on a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The entry.
    pub entry: EntryId,
    /// The words of the sentence that it bears on.
    pub part: Span,
    /// Probability that the two assert the same thing, 0..=1.
    pub likeness: f32,
    /// All its tellings together.
    pub bearing: Bearing,
    /// Whether some of its origins support and others dispute.
    pub contested: bool,
    /// What each of its readings means, in their order; none for one that tells something else.
    pub tellings: Vec<Option<Telling>>,
}

/// What one reading means for a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Telling {
    /// What it means.
    pub bearing: Bearing,
    /// Why it does not simply support.
    pub reasons: Vec<Reason>,
}

/// Holds a sentence against some entries of a ledger; the reports of all their readings must be there with their
/// text, or nothing is said of what is not there.
pub fn check(question: &Analysis, ledger: &Ledger, candidates: &[EntryId]) -> Answer {
    let entries = &ledger.joined.entries;
    let found = candidates.iter().filter_map(|id| entries.iter().find(|e| e.id == *id));
    let entries: Vec<&Entry> = found.collect();
    let pile = Pile::new(question, ledger, &entries);
    let mut findings: Vec<Finding> = entries.iter().filter_map(|e| pile.finding(ledger, e)).collect();
    findings.sort_by(|a, b| b.likeness.total_cmp(&a.likeness).then(a.entry.cmp(&b.entry)));
    Answer { outcome: outcome(&pile.parts(), &findings), findings }
}

/// Whether one of some places, ascending, overlaps another.
fn touches(places: &[Place], at: Place) -> bool {
    let own = &places[places.partition_point(|p| p.report < at.report)..];
    own.iter().take_while(|p| p.report == at.report).any(|p| p.span.overlaps(&at.span))
}

/// The sentence, as report 0, with the reports of the entries.
struct Pile<'a> {
    reports: Vec<&'a Analysis>,
    clauses: Clauses,
    /// How like a clause of the sentence and one of a report are.
    likeness: FxHashMap<(u32, u32), f32>,
}

impl<'a> Pile<'a> {
    fn new(question: &'a Analysis, ledger: &'a Ledger, entries: &[&Entry]) -> Self {
        let mut ids: Vec<_> = entries.iter().flat_map(|e| &e.readings).map(|r| r.place.report).collect();
        ids.sort_unstable();
        ids.dedup();
        let read: Vec<&Analysis> = ids.iter().filter_map(|id| ledger.report(*id)).collect();
        let rarity = Rarity::of_pile(&read);
        let mut places: Vec<Place> = entries.iter().flat_map(|e| &e.readings).map(|r| r.place).collect();
        places.sort_unstable();
        let reports: Vec<&Analysis> = std::iter::once(question).chain(read).collect();
        let mut clauses = Clauses { all: Vec::new(), ranges: Vec::new() };
        for (i, report) in reports.iter().enumerate() {
            let from = clauses.all.len() as u32;
            // Other sentences are rivals by their meaning, and no more.
            let touched = |s: Span| i == 0 || touches(&places, Place::new(report.report.id, s));
            let cut = cut(i as u32, report, &rarity, touched, |_| true);
            // A kind tells figures of one storyline for one thing; here any storyline may answer.
            clauses.all.extend(cut.into_iter().map(|clause| Clause { kinds: 0, ..clause }));
            clauses.ranges.push(from..clauses.all.len() as u32);
        }
        let likeness = likenesses(&reports, &clauses);
        Self { reports, clauses, likeness }
    }

    /// The clauses of the sentence.
    fn parts(&self) -> Vec<Span> {
        self.clauses.of(0).iter().map(|&c| self.clauses.all[c as usize].span).collect()
    }

    /// The report of a reading and the clause that it stands in, by index.
    fn clause(&self, reading: &Reading) -> Option<(u32, u32)> {
        let read = &self.reports[1..];
        let at = read.binary_search_by_key(&reading.place.report, |r| r.report.id).ok()? as u32 + 1;
        let within = |c: &u32| {
            let span = self.clauses.all[*c as usize].span;
            let shared =
                span.end.min(reading.place.span.end).saturating_sub(span.start.max(reading.place.span.start));
            (shared, Reverse(*c))
        };
        let clause = self.clauses.of(at).into_iter().max_by_key(within)?;
        (within(&clause).0 > 0).then_some((at, clause))
    }

    /// What an entry means for the clause of the sentence that it is likest to.
    fn finding(&self, ledger: &Ledger, entry: &Entry) -> Option<Finding> {
        let places: Vec<_> = entry.readings.iter().map(|r| self.clause(r)).collect();
        let like = |x: u32| {
            let of = |p: &Option<(u32, u32)>| p.and_then(|(_, c)| self.likeness.get(&(x, c))).copied();
            places.iter().filter_map(of).fold(0.0, f32::max)
        };
        let own = self.clauses.of(0).into_iter();
        let (part, likeness) = own.map(|x| (x, like(x))).max_by(|a, b| a.1.total_cmp(&b.1))?;
        if likeness < BEARS {
            return None;
        }
        let telling = |place: &Option<(u32, u32)>| {
            let (report, clause) = (*place)?;
            let of = |i: u32, c: u32| (self.reports[i as usize], &self.clauses.all[c as usize]);
            relate::relate(of(0, part), of(report, clause))
        };
        let mut tellings: Vec<Option<Telling>> = places.iter().map(telling).collect();
        if tellings.iter().all(Option::is_none) {
            return None;
        }
        let published = |r: &Reading| ledger.report(r.place.report).and_then(|a| a.report.published);
        let published: Vec<_> = entry.readings.iter().map(published).collect();
        relate::set_aside(entry, &published, &mut tellings);
        let has = |b: Bearing| tellings.iter().flatten().any(|t| t.bearing == b);
        let contested = has(Bearing::Supports) && has(Bearing::Disputes);
        let bearing = match (has(Bearing::Supports), has(Bearing::Disputes)) {
            (true, false) => Bearing::Supports,
            (false, true) => Bearing::Disputes,
            _ => Bearing::Qualifies,
        };
        let part = self.clauses.all[part as usize].span;
        Some(Finding { entry: entry.id, part, likeness, bearing, contested, tellings })
    }
}

/// What all findings say together, part by part.
fn outcome(parts: &[Span], findings: &[Finding]) -> Outcome {
    let of = |part: &Span| {
        let own = || findings.iter().filter(|f| f.part == *part);
        let least = own().map(|f| f.likeness).fold(0.0, f32::max) * BESIDE;
        let near = || own().filter(|f| f.likeness >= least);
        let has = |b: Bearing| near().any(|f| f.bearing == b);
        match (has(Bearing::Supports), has(Bearing::Disputes)) {
            _ if near().any(|f| f.contested) => Outcome::Contested,
            (true, true) => Outcome::Contested,
            (true, false) => Outcome::Supported,
            (false, true) => Outcome::Disputed,
            (false, false) if near().next().is_some() => Outcome::Qualified,
            (false, false) => Outcome::Unknown,
        }
    };
    let mut all: Vec<Outcome> = parts.iter().map(of).collect();
    all.sort_unstable();
    all.dedup();
    match all.as_slice() {
        [] => Outcome::Unknown,
        [one] => *one,
        several if several.contains(&Outcome::Contested) => Outcome::Contested,
        several if several.contains(&Outcome::Disputed) => Outcome::Disputed,
        _ => Outcome::Qualified,
    }
}

/// How like the clauses of the sentence and those of the reports are.
fn likenesses(reports: &[&Analysis], clauses: &Clauses) -> FxHashMap<(u32, u32), f32> {
    let at = |name: &str| FEATURES.iter().position(|f| *f == name);
    let (place, clash) = (at("place"), at("numbers_clash"));
    let of_numbers = ["numbers_agree", "numbers_clash", "counted", "rival"].map(at);
    let own = clauses.of(0);
    let pairs = (1..reports.len() as u32).flat_map(|r| measured(reports, clauses, &own, &clauses.of(r)));
    let likely = |(x, y, mut features): (u32, u32, [f32; FEATURES.len()])| {
        place.into_iter().for_each(|i| features[i] = NOWHERE);
        // Between reports a clash speaks against one claim. Here it is what is asked for, so the words
        // alone tell whether both are of one thing.
        if clash.is_some_and(|i| features[i] > 0.0) {
            of_numbers.into_iter().flatten().for_each(|i| features[i] = 0.0);
        }
        ((x, y), probability(&features, false))
    };
    pairs.map(likely).collect()
}
