//! A ledger for people and programs: [`Ledger`](stemma::Ledger) -> plain views -> tables, JSON, page.
//!
//! A view is a plain struct, one for each question; its `Serialize` is the JSON to be relied
//! on, and tables and page are drawn from it alone. Nothing here reads or writes a file, asks
//! the terminal, or judges: what is shown stands in the ledger.

pub mod views;
pub mod wording;
pub mod graphs;
pub mod term;
pub mod page;
pub mod site;
pub mod export;
pub mod metrics;

pub use term::Paper;
