//! The pages of a server: one for each thing of a ledger, linked to one another.
//!
//! Views go in, HTML comes out; everything that a report says is shown as text. Pages read without
//! scripts; `site.js` adds what is pleasant. They hold no style and no script of their own, so a
//! server can forbid both. The parts are drawn as on the self-contained [page](crate::page).

mod frame;
mod leads;
pub mod lists;
pub mod things;
pub mod tools;
pub mod forms;

pub use frame::{Around, ICON, SCRIPT, STYLE, Tab, frame};
pub use leads::Site;
