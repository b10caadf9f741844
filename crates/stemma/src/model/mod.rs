//! The nouns that several stages share. Data only: no stage logic lives here.
//!
//! Reading order follows a report's way: its identity, where its words stand,
//! what is known about it, then what a reader notices.

pub mod id;
pub mod lang;
pub mod moment;
pub mod note;
pub mod report;
pub mod span;

pub use id::{EntryId, EventId, FamilyId, ReportId, StorylineId};
pub use lang::Lang;
pub use moment::Moment;
pub use note::{Note, NoteKind};
pub use report::{Credit, Format, RawReport, Report, Stretch};
pub use span::{Place, Span};
