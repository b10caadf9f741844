//! The part of a ledger that a question needs, as a small ledger of its own.
//!
//! A question goes in; out comes a [`Ledger`] that answers it word for word as the whole would
//! (a test holds that), read from a few pages of the file. Reports that an answer only names
//! come light: their metadata without text.

mod gather;

use crate::window::Window;
use crate::{Store, StoreError};
use gather::Gather;
use rusqlite::OptionalExtension;
use stemma::Ledger;
use stemma::ledger::Thing;
use stemma::model::{EntryId, EventId, ReportId, StorylineId};
use stemma::reconcile::Standing;

/// A question to a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Families, the largest first.
    Families,
    /// The same without the texts of their reports.
    FamilyNames,
    /// Events, those that most families tell first.
    Events,
    /// These events as a list shows them.
    EventNames(Vec<EventId>),
    /// Storylines, those that most families tell first.
    Storylines,
    /// Entries, the most telling first.
    Entries {
        /// Only of this standing.
        standing: Option<Standing>,
        /// Only of this event.
        event: Option<EventId>,
        /// Only of the events of this storyline.
        storyline: Option<StorylineId>,
    },
    /// These, with the evidence of each.
    Things(Vec<Thing>),
    /// These reports as a list names them.
    Reports(Vec<ReportId>),
    /// These entries as a list shows them.
    EntryNames(Vec<EntryId>),
    /// These entries, with the text and the sentences' vectors of the reports that tell them.
    Claims(Vec<EntryId>),
}

/// What a question needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// A ledger that answers as the whole would.
    pub ledger: Ledger,
    /// How many families, events, storylines or entries there are in the whole that fit the question.
    pub n: usize,
}

impl Store {
    /// Loads what a question needs: of a list the window alone, of anything else all. The joined half is
    /// taken as it lies in the file.
    ///
    /// # Errors
    /// When the file cannot be read or is damaged.
    pub fn part(&self, ask: &Ask, window: impl Into<Window>) -> Result<Part, StoreError> {
        let step = self.db.unchecked_transaction().map_err(|e| self.fail(e))?;
        let mut gather = Gather::new(self, step);
        let [most, from] = window.into().bounds();
        let first = |table: &str| format!("SELECT place FROM {table} ORDER BY place LIMIT ?1 OFFSET ?2");
        let n = match ask {
            Ask::Families | Ask::FamilyNames => {
                let places = gather.places(&first("families"), &[&most, &from])?;
                gather.families(&places, *ask == Ask::Families)?;
                self.count("SELECT count(*) FROM families")?
            }
            Ask::Events => {
                let places = gather.places(&first("events"), &[&most, &from])?;
                gather.events(&places)?;
                self.count("SELECT count(*) FROM events")?
            }
            Ask::EventNames(ids) => {
                let places = gather.places_of("SELECT place FROM events WHERE id = ?1", ids)?;
                gather.events(&places)?;
                ids.len()
            }
            Ask::Storylines => {
                let places = gather.places(&first("storylines"), &[&most, &from])?;
                gather.storylines(&places)?;
                self.count("SELECT count(*) FROM storylines")?
            }
            Ask::Entries { standing, event, storyline } => {
                gather.asked_entries((*standing, *event, *storyline), [most, from])?
            }
            Ask::Things(things) => {
                things.iter().try_for_each(|thing| gather.thing(*thing))?;
                things.len()
            }
            Ask::EntryNames(ids) => {
                let places = gather.places_of("SELECT place FROM entries WHERE id = ?1", ids)?;
                gather.entries(&places, false)?;
                ids.len()
            }
            Ask::Claims(ids) => {
                let places = gather.places_of("SELECT place FROM entries WHERE id = ?1", ids)?;
                gather.entries(&places, true)?;
                ids.len()
            }
            Ask::Reports(ids) => {
                gather.full.extend(ids);
                ids.len()
            }
        };
        let things = matches!(ask, Ask::Things(_));
        let prints = things || matches!(ask, Ask::Claims(..));
        Ok(Part { ledger: gather.finish(prints, things)?, n })
    }

    /// The event that a report tells.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn event_of(&self, report: ReportId) -> Result<Option<EventId>, StoreError> {
        let sql = "SELECT events.id FROM reports JOIN event_reports ON report = n
                   JOIN events ON place = event WHERE reports.id = ?1";
        let id: Option<String> = (self.db.query_row(sql, [report.to_string()], |row| row.get(0)))
            .optional()
            .map_err(|e| self.fail(e))?;
        Ok(id.as_deref().and_then(EventId::parse))
    }
}
