//! Report and Segments -> [`Extracts`]: names, times, quantities, statements, mentions.
//!
//! Each value keeps the span of its words. Tables per language; a language without tables
//! gets names, digits and dates in figures, and a note.

pub mod mentions;
pub mod names;
pub mod quantities;
pub mod statements;
pub(crate) mod tables;
pub mod times;

pub use mentions::{Agent, Mention, Modality};
pub use names::{Entity, Name, NameKind};
pub use quantities::{Change, Quantity};
pub(crate) use statements::is_media;
pub use statements::{Directness, Stance, Statement};
pub use times::{Time, TimeKind};

use crate::model::{Note, NoteKind, Report};
use crate::segment::Segments;
use serde::{Deserialize, Serialize};

/// What one report says, by itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Extracts {
    /// Every place where a name stands, in order.
    pub names: Vec<Name>,
    /// Who and what the names name, one for each.
    pub entities: Vec<Entity>,
    /// Expressions of time, in order.
    pub times: Vec<Time>,
    /// Quantities, in order.
    pub quantities: Vec<Quantity>,
    /// Who said what, in order of content.
    pub statements: Vec<Statement>,
    /// Who did what to whom, in order.
    pub mentions: Vec<Mention>,
    /// What was noticed, such as a language without rules.
    pub notes: Vec<Note>,
}

/// Extracts all there is from one report.
pub fn extract(report: &Report, segments: &Segments) -> Extracts {
    let (names, entities) = names::names(report, segments);
    let times = times::times(report, segments);
    let quantities = quantities::quantities(report, segments, &times);
    let mut found = Extracts { names, entities, times, quantities, ..Extracts::default() };
    found.statements = statements::statements(report, segments, &found);
    found.mentions = mentions::mentions(report, segments, &found);
    if !mentions::has_rules(report.lang) && !report.body.is_empty() {
        let language = if report.lang.is_known() { report.lang.code() } else { "an unknown language" };
        let detail =
            format!("No rules for statements and mentions in {language}; names, dates and figures only");
        found.notes.push(Note::new(NoteKind::NoRules, detail));
    }
    found
}
