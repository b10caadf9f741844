//! The ledger on disk: one SQLite file, `stemma.db`; the only disk writer of the project.
//!
//! Analyses and raw reports go in by batches, each whole or not at all; a
//! [`Ledger`](stemma::Ledger) comes out. What all reports show together is kept as well, and
//! made anew when a batch, a killed run or another engine has left it stale. One process
//! writes at a time, any number read meanwhile. The tables are documented in `schema/1.sql`.

mod error;
mod joined;
mod load;
mod lock;
mod pack;
mod schema;
mod store;
mod write;
#[cfg(test)]
mod tests;

pub use error::StoreError;
pub use pack::ENGINE;
pub use schema::{APPLICATION_ID, FORMAT};
pub use store::{Mode, Store};
pub use write::Added;
