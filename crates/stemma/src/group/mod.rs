//! Reports -> [`Event`]s and [`Storyline`]s: which tell the same happening, and how happenings chain.
//!
//! Members of one family count once. The order of input is irrelevant.

use crate::Analysis;
use crate::model::{EventId, Place, ReportId, StorylineId};
use crate::trace::Stemma;
use serde::{Deserialize, Serialize};

/// A happening told by reports.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Stable identity.
    pub id: EventId,
    /// The storyline that it is part of.
    pub storyline: StorylineId,
    /// The reports that tell it, ascending; every report is in exactly one event as its main one.
    pub reports: Vec<ReportId>,
    /// The best headline or first sentence among them.
    pub headline: Option<Place>,
    /// When, as a TIMEX3 date; open (`XXXX-WXX-6`) where no report is dated.
    pub time: Option<String>,
    /// Where: the place that most tellings name with the happening.
    pub place: Option<String>,
    /// Who: names told by most of the tellings, most told first.
    pub actors: Vec<String>,
}

/// Linked events.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Storyline {
    /// Stable identity.
    pub id: StorylineId,
    /// Its events, in order of time where known.
    pub events: Vec<EventId>,
}

/// Events and storylines of a pile.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Groups {
    /// Events, ordered by id.
    pub events: Vec<Event>,
    /// Storylines, ordered by id.
    pub storylines: Vec<Storyline>,
}

/// Groups reports into events, and events into storylines.
pub fn group(_reports: &[&Analysis], _stemmas: &[Stemma]) -> Groups {
    Groups::default()
}
