//! The twelve tables of a ledger, joined by ids: what CSV and Parquet hold, and `docs/tables.md` lists.
//!
//! Goes in: a ledger. Comes out: its tables, one at a time. Times and numbers are as they stand in the
//! ledger; a span is two columns of bytes in the report's body.

mod table;
mod joined;
mod told;

pub(super) use table::{Cell, Column, Kind, Table};

use stemma::ledger::Lookup;

/// How each table is made, in the order in which they are listed.
const TABLES: [for<'l> fn(&'l Lookup<'l>) -> Table<'l>; 12] = [
    joined::reports,
    joined::lost,
    joined::descents,
    joined::variants,
    joined::events,
    joined::entries,
    joined::origins,
    joined::readings,
    told::statements,
    told::quantities,
    told::times,
    told::mentions,
];

/// The tables, each made when it is asked for, so that one at a time is held.
pub(super) fn tables<'l>(ledger: &'l Lookup<'l>) -> impl Iterator<Item = Table<'l>> {
    TABLES.into_iter().map(move |table| table(ledger))
}
