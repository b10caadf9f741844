//! The summary: how much was read, what it comes to, and what a reader should look at first.

use super::entries::{EntryView, entry};
use super::families::{FamilyView, SpunView, family};
use super::names;
use serde::Serialize;
use std::collections::BTreeMap;
use stemma::ledger::{Lookup, order::of_entry};
use stemma::model::Note;
use stemma::reconcile::{Entry, Standing};
use utoipa::ToSchema;

/// At most this many entries of one standing are brought forward.
const PER_STANDING: usize = 3;
/// At most this many entries are brought forward.
const N_ENTRIES: usize = 8;
/// At most this many families are brought forward.
const N_FAMILIES: usize = 3;

/// What a ledger holds.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct SummaryView {
    /// How many reports.
    pub reports: usize,
    /// How many of them have no date.
    pub undated: usize,
    /// How many reports in each language.
    pub languages: BTreeMap<String, usize>,
    /// How many notes of each kind: on inputs and on reports.
    pub notes: BTreeMap<String, usize>,
    /// How many families, those of one report included.
    pub families: usize,
    /// How many families of several reports.
    pub families_of_several: usize,
    /// How many reports were made from another, read or lost.
    pub descended: usize,
    /// How many of them in each way.
    pub kinds: BTreeMap<&'static str, usize>,
    /// How many lost reports.
    pub lost: usize,
    /// How many places where tellings of a family differ.
    pub variants: usize,
    /// How many reports that look spun.
    pub spun: usize,
    /// How many events.
    pub events: usize,
    /// How many storylines.
    pub storylines: usize,
    /// How many entries.
    pub entries: usize,
    /// How many entries of each standing.
    pub standings: BTreeMap<&'static str, usize>,
    /// What to look at first.
    pub first: First,
}

/// The most telling few.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct First {
    /// Entries.
    pub entries: Vec<EntryView>,
    /// Families of several reports.
    pub families: Vec<FamilyView>,
    /// Reports that look spun.
    pub spun: Vec<SpunView>,
}

/// Sums up a ledger; `inputs` are the notes on inputs as wholes, which no report keeps.
pub fn summary<'n>(ledger: &'n Lookup<'_>, inputs: impl IntoIterator<Item = &'n Note>) -> SummaryView {
    let joined = &ledger.joined;
    let count = |n: fn(&stemma::trace::Stemma) -> usize| joined.stemmas.iter().map(n).sum();
    let reports = ledger.reports.iter();
    SummaryView {
        reports: ledger.reports.len(),
        undated: reports.clone().filter(|a| a.report.published.is_none()).count(),
        languages: tally(reports.clone().map(|a| a.report.lang.to_string())),
        notes: tally(
            (inputs.into_iter())
                .chain(reports.flat_map(|a| a.report.notes.iter().chain(&a.extracts.notes)))
                .map(|n| n.kind)
                .chain(joined.furniture.iter().map(|f| f.note().kind))
                .map(names::note),
        ),
        families: joined.stemmas.len(),
        families_of_several: joined.stemmas.iter().filter(|s| s.reports.len() > 1).count(),
        descended: count(|s| s.descents.len()),
        kinds: tally(joined.stemmas.iter().flat_map(|s| &s.descents).map(|d| names::descent(d.kind))),
        lost: count(|s| s.lost.len()),
        variants: count(|s| s.variants.len()),
        spun: count(|s| s.spun.len()),
        events: joined.groups.events.len(),
        storylines: joined.groups.storylines.len(),
        entries: joined.entries.len(),
        standings: tally(joined.entries.iter().map(|e| names::standing(e.standing))),
        first: first(ledger),
    }
}

fn first(ledger: &Lookup) -> First {
    let mut standing: Vec<&Entry> =
        ledger.joined.entries.iter().filter(|e| e.standing != Standing::Single).collect();
    standing.sort_by_cached_key(|e| of_entry(e));
    let ranks = standing.chunk_by(|a, b| a.standing == b.standing);
    let brought = ranks.flat_map(|of| of.iter().take(PER_STANDING)).take(N_ENTRIES);
    let brought = brought.map(|e| entry(ledger, e)).collect();
    let mut large: Vec<_> = ledger.joined.stemmas.iter().filter(|s| s.reports.len() > 1).collect();
    large.sort_by_key(|s| (std::cmp::Reverse(s.reports.len()), s.id));
    let families = large.into_iter().take(N_FAMILIES).map(|s| family(ledger, s)).collect();
    let spun = ledger.joined.stemmas.iter().filter(|s| !s.spun.is_empty());
    let mut spun: Vec<SpunView> = spun.flat_map(|s| family(ledger, s).spun).collect();
    spun.sort_by(|a, b| b.probability.total_cmp(&a.probability).then(a.report.cmp(&b.report)));
    spun.truncate(N_ENTRIES);
    First { entries: brought, families, spun }
}

fn tally<K: Ord>(keys: impl Iterator<Item = K>) -> BTreeMap<K, usize> {
    let mut counts = BTreeMap::new();
    for key in keys {
        *counts.entry(key).or_insert(0) += 1;
    }
    counts
}
