//! One plain struct for each question, made from a ledger; the JSON forms to be relied on.
//!
//! Keys may be added, never renamed or dropped. Spans are `[start, end]` in bytes of the
//! report's body; ids are 16 hexadecimal digits; what is unknown is `null` or left out.

pub mod shared;
pub mod names;
pub mod summary;
pub mod families;
pub mod events;
pub mod card;
mod brief;
pub mod changes;
pub mod entries;
pub mod timeline;
pub mod report;
pub mod collation;
pub mod table;
pub mod why;
pub mod search;
pub mod check;

pub use card::{ActorView, CardView, SaidView, TellingTime};
pub use changes::{ChangeView, ChangedValue, NewClaim, NewSpeaker};
pub use check::{CheckView, FindingView, TellingView};
pub use collation::{CollationRow, CollationSide, CollationView};
pub use entries::{EntryView, OriginView, ReadingView};
pub use events::{EventReport, EventView};
pub use families::{DescentView, FamilyReport, FamilyView, LostView, SpunView, VariantView};
pub use report::{ReportView, SentenceView};
pub use shared::{Quote, Range, ReportRef};
pub use summary::SummaryView;
pub use table::{TableRow, TableView};
pub use timeline::{TimelineEvent, TimelineStory};
pub use why::WhyView;
