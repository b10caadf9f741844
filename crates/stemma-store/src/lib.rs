//! The ledger on disk: one SQLite file, `stemma.db`; the only disk writer of the project.
//!
//! Analyses and raw reports go in by batches, each whole or not at all; a
//! [`Ledger`](stemma::Ledger) comes out. What all reports show together is kept as well, and
//! made anew when a batch, a killed run or another engine has left it stale. One process
//! writes at a time, any number read meanwhile. A question loads the [`Part`] that it needs.
//! The tables are documented in the newest file of `schema/`.

mod store;
mod lock;
mod schema;
mod pack;
mod write;
mod joined;
mod load;
mod filed;
mod spool;
mod window;
mod part;
mod find;
mod search;
mod lists;
mod sums;
mod stands;
mod kept;
mod doctor;
mod desk;
mod error;
#[cfg(test)]
mod tests;

pub use desk::{Checked, Desk, DeskError, LONGEST_SENTENCE};
pub use error::StoreError;
pub use kept::Kept;
pub use lists::{Figures, Outlet};
pub use load::MEMORY;
pub use pack::{ENGINE, packed, unpacked};
pub use part::{Ask, Part};
pub use schema::{APPLICATION_ID, FORMAT};
pub use search::{Query, parted};
pub use stands::Stands;
pub use store::{Mode, Store};
pub use sums::{Forward, Sums};
pub use window::Window;
pub use write::Added;
