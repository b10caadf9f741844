//! The whole result, and questions on it.
//!
//! A ledger goes in, parts of it come out, with what can be counted from them. Nothing here
//! changes a ledger or judges anew: judging is over when a ledger stands.

pub mod collate;
pub mod find;
pub mod lookup;
pub mod order;
pub mod sentences;

pub use collate::{Collation, Side};
pub use find::Thing;
pub use lookup::Lookup;
pub use order::Order;
pub use sentences::{SentenceMark, Told};

use crate::Analysis;
use crate::compare::Furniture;
use crate::group::{Event, Groups, Storyline};
use crate::model::ReportId;
use crate::reconcile::Entry;
use crate::trace::Stemma;
use serde::{Deserialize, Serialize};

/// Everything read and derived.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ledger {
    /// Each report with what it says by itself, ascending by id.
    pub reports: Vec<Analysis>,
    /// What all of them together show.
    pub joined: Joined,
}

/// What the reports show together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Joined {
    /// Lines that are the outlet's rather than the report's, by report and place.
    pub furniture: Vec<Furniture>,
    /// One for each family, ordered by id.
    pub stemmas: Vec<Stemma>,
    /// Events and storylines.
    pub groups: Groups,
    /// Claims with their support, ordered by id.
    pub entries: Vec<Entry>,
}

impl Ledger {
    /// A report by its id.
    pub fn report(&self, id: ReportId) -> Option<&Analysis> {
        self.reports.binary_search_by_key(&id, |a| a.report.id).ok().map(|i| &self.reports[i])
    }

    /// The family that a report is in.
    pub fn stemma_of(&self, id: ReportId) -> Option<&Stemma> {
        self.joined.stemmas.iter().find(|s| s.reports.binary_search(&id).is_ok())
    }

    /// The event that a report tells.
    pub fn event_of(&self, id: ReportId) -> Option<&Event> {
        self.joined.groups.events.iter().find(|e| e.reports.binary_search(&id).is_ok())
    }

    /// The storyline that an event is part of.
    pub fn storyline_of(&self, event: &Event) -> Option<&Storyline> {
        self.joined.groups.storylines.iter().find(|s| s.id == event.storyline)
    }
}
