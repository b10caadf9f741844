//! Statements and mentions of all reports -> [`Entry`]s: claims with their support and standing.
//!
//! Counts origins, never reports: a copy adds no support.

use crate::Analysis;
use crate::group::Groups;
use crate::model::{EntryId, EventId, Place};
use crate::trace::Stemma;
use serde::{Deserialize, Serialize};

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

/// Joins what the reports assert into entries, ordered by id.
pub fn reconcile(_reports: &[&Analysis], _stemmas: &[Stemma], _groups: &Groups) -> Vec<Entry> {
    Vec::new()
}
