//! The summary: how much was read, what it comes to, and what a reader should look at first.

use super::entries::EntryView;
use super::families::{FamilyView, SpunView};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// At most this many entries of one standing are brought forward.
pub const PER_STANDING: usize = 3;
/// At most this many entries are brought forward, and as many spun reports.
pub const N_ENTRIES: usize = 8;
/// At most this many families are brought forward.
pub const N_FAMILIES: usize = 3;

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
    /// How many families of several reports, read or lost.
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
    pub standings: BTreeMap<String, usize>,
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
