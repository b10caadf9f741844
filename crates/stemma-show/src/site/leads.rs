//! Where parts of a served page lead: to the pages of their own.

use crate::page::{Leads, entries};
use crate::views::entries::entry;
use crate::views::{EntryView, Range};
use maud::Markup;
use std::collections::BTreeMap;
use stemma::ledger::Lookup;
use stemma::model::{EntryId, EventId, FamilyId, ReportId, Span};

/// Bytes of one report's text: 30 times a long report; what is longer is a dump or an attack.
const MAX_TEXT: usize = 200_000;

/// The part of a ledger that a page is drawn from.
pub struct Site<'s, 'l> {
    ledger: &'s Lookup<'l>,
    entries: BTreeMap<EntryId, EntryView>,
    /// Words that were asked for, in the report whose text is shown.
    lit: Option<Span>,
}

impl<'s, 'l> Site<'s, 'l> {
    /// Over a part of a ledger.
    pub fn of(ledger: &'s Lookup<'l>) -> Self {
        Self { ledger, entries: BTreeMap::new(), lit: None }
    }

    /// With the entries of the part, to open beside the text of a report, and words of it to light up.
    pub fn reading(mut self, lit: Option<Range>) -> Self {
        let views = self.ledger.joined.entries.iter().map(|e| (e.id, entry(self.ledger, e)));
        self.entries = views.collect();
        self.lit = lit.map(|[start, end]| Span { start, end });
        self
    }
}

impl Leads for Site<'_, '_> {
    fn ledger(&self) -> &Lookup<'_> {
        self.ledger
    }

    fn to_words(&self, id: ReportId, [start, end]: Range) -> Option<String> {
        if start == end {
            return self.to_report(id);
        }
        Some(format!("/reports/{id}?at={start}-{end}#r-{id}-{start}-{end}"))
    }

    fn to_report(&self, id: ReportId) -> Option<String> {
        Some(format!("/reports/{id}"))
    }

    fn to_event(&self, id: EventId) -> Option<String> {
        Some(format!("/events/{id}"))
    }

    fn to_family(&self, id: FamilyId) -> Option<String> {
        Some(format!("/families/{id}"))
    }

    fn to_entry(&self, id: EntryId) -> Option<String> {
        Some(format!("/entries/{id}"))
    }

    fn text(&self, id: ReportId) -> Option<(&str, Vec<Span>)> {
        let body = &self.ledger.report(id)?.report.body;
        let text = &body[..body.floor_char_boundary(MAX_TEXT.min(body.len()))];
        let fits = |s: &Span| text.get(s.start as usize..s.end as usize).is_some_and(|w| !w.is_empty());
        Some((text, self.lit.into_iter().filter(fits).collect()))
    }

    fn entry(&self, id: EntryId) -> Option<&EntryView> {
        self.entries.get(&id)
    }

    fn opened(&self, entry: &EntryView) -> Option<Markup> {
        Some(entries::inside(self, entry))
    }
}
