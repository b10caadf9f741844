//! News feeds, polled politely, into a ledger; what changed, out of it.
//!
//! ```text
//! lists -feeds-> addresses -schedule-> turns -poll-> items -pages-> reports, held in the state
//!     -reading-> the ledger, joined -changes-> what is new -deliver-> printed, posted
//! ```
//!
//! Threads take turns at hosts, one reads and joins, one posts; between them stands the state alone, a database
//! beside the ledger, in which every step is whole or not at all. A watch that is killed at any moment goes on with
//! nothing lost and no page read twice. Nothing is fetched but feeds that the user names, the pages of their items
//! and the robots.txt of those; addresses that are not public are not, unless the user allows it.

pub mod feeds;
mod address;
mod private;
mod fetch;
mod robots;
mod politeness;
mod schedule;
mod state;
mod tally;
mod context;
mod poll;
mod pages;
mod reading;
mod changes;
mod deliver;
mod metrics;
mod line;
mod run;
mod error;
#[cfg(test)]
mod laws;

pub use address::BadAddress;
pub use changes::{Change, Kind};
pub use error::WatchError;
pub use line::line;
pub use run::{Ends, FeedTrouble, Outcome, Progress, run};
pub use tally::{Count, Tally};

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;
use url::Url;

/// How to watch.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The ledger's file; the watch's own state lies beside it, with `-watch` at its end.
    pub ledger: PathBuf,
    /// The time between two polls of a feed.
    pub every: Duration,
    /// The least time between two joinings; if none, a minute, and longer as the ledger grows.
    pub join_every: Option<Duration>,
    /// How many hosts are asked at a time.
    pub hosts: usize,
    /// The least time between two requests to a host.
    pub delay: Duration,
    /// How long an answer may take, all of it.
    pub patience: Duration,
    /// Items that are taken up from one answer of a feed, at most; the rest comes with the next.
    pub most_items: usize,
    /// Whether addresses that are not public may be asked.
    pub allow_private: bool,
    /// Whether to end after one round.
    pub once: bool,
    /// What we say that we are: name, version, whom to write to.
    pub name: String,
    /// Where changes are posted.
    pub webhook: Option<Webhook>,
    /// Where monitors read how it goes.
    pub metrics: Option<SocketAddr>,
    /// The `stemma` that joins, in a process of its own, so that what joining takes of memory is given back; if none,
    /// or if it fails, it is done here.
    pub joiner: Option<PathBuf>,
}

/// Where changes are posted.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// The address.
    pub url: Url,
    /// What is sent as a bearer token.
    pub token: Option<String>,
}
