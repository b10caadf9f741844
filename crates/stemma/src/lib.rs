//! The stemma engine: news reports in, a ledger out.
//!
//! No file system, network, clock, environment or randomness: the same bytes give the same
//! ledger, in any order and on any number of threads. Modules stand in the order that the
//! data takes; [`pipeline`] draws the path.

pub mod model;
pub mod pile;
pub mod read;
pub mod clean;
pub mod segment;
pub mod extract;
pub mod compare;
pub mod trace;
pub mod group;
pub mod reconcile;
pub mod publishers;
pub mod ledger;
pub mod check;
pub mod pipeline;
pub mod batch;

pub use ledger::Ledger;
pub use pipeline::{
    Analysis, Watch, analyse, analyse_or_none, analyse_watched, join, join_pile, join_watched, ledger,
};
