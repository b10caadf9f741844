//! Where drawn parts lead: to places on the same page, or to pages of a server.
//!
//! Whatever draws a value asks here for its link, so that a link is only made to what is there.

use crate::views::{EntryView, Range};
use maud::Markup;
use stemma::ledger::Lookup;
use stemma::model::{EntryId, EventId, FamilyId, ReportId, Span};

/// Gives the address of things, or none where there is nothing to lead to.
pub trait Leads {
    /// What is drawn from.
    fn ledger(&self) -> &Lookup<'_>;

    /// Words of a report; the report where they have no place of their own.
    fn to_words(&self, id: ReportId, range: Range) -> Option<String>;

    /// A report.
    fn to_report(&self, id: ReportId) -> Option<String>;

    /// An event's card.
    fn to_event(&self, id: EventId) -> Option<String>;

    /// A family's stemma.
    fn to_family(&self, id: FamilyId) -> Option<String>;

    /// An entry.
    fn to_entry(&self, id: EntryId) -> Option<String>;

    /// The part of a report's text that is shown, and the words in it that are linked to, ascending.
    fn text(&self, id: ReportId) -> Option<(&str, Vec<Span>)>;

    /// An entry that is shown.
    fn entry(&self, id: EntryId) -> Option<&EntryView>;

    /// What opens beside a sentence for an entry that it tells; none where a link does.
    fn opened(&self, _entry: &EntryView) -> Option<Markup> {
        None
    }
}
