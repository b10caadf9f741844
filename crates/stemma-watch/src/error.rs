//! What stops a watch, and what to do about it.

use crate::address::BadAddress;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use stemma_store::StoreError;

/// Why a watch cannot start or go on.
#[derive(Debug, thiserror::Error)]
pub enum WatchError {
    /// The ledger.
    #[error(transparent)]
    Ledger(#[from] StoreError),
    /// The watch's own state beside it.
    #[error("cannot use \"{}\", where the watch keeps what it has seen", path.display())]
    State {
        /// The file.
        path: PathBuf,
        /// Why.
        source: rusqlite::Error,
    },
    /// Another watch has it.
    #[error("another watch fills ledger \"{}\"", path.display())]
    Busy {
        /// The ledger.
        path: PathBuf,
    },
    /// A file beside the ledger.
    #[error("cannot use \"{}\"", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A list of feeds that cannot be understood.
    #[error("cannot understand the list of feeds \"{name}\": {what}")]
    List {
        /// Its name.
        name: String,
        /// What is wrong.
        what: String,
    },
    /// An address that cannot be fetched.
    #[error("cannot watch \"{words}\"")]
    Address {
        /// As given.
        words: String,
        /// Why.
        source: BadAddress,
    },
    /// Nothing to poll.
    #[error("there are no feeds to watch")]
    NoFeeds,
    /// The address for monitors.
    #[error("cannot listen on {address} for monitors")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// What changed cannot be written.
    #[error("cannot write what changed")]
    Out(#[source] io::Error),
}

impl WatchError {
    /// The next step for a person.
    pub fn hint(&self) -> String {
        match self {
            Self::Ledger(e) => e.hint(),
            Self::State { .. } => {
                "check its permissions and the room on the disk; moved away, it is begun anew and pages are fetched again"
                    .into()
            }
            Self::Busy { .. } => "stop it first, or watch into another ledger with `--ledger FILE`".into(),
            Self::Io { .. } => "check the path, its permissions and the room on the disk".into(),
            Self::List { .. } => "give OPML, as feed readers export it, or one address a line".into(),
            Self::Address { .. } => "give a feed's address, such as https://example.org/feed.xml, or a file".into(),
            Self::NoFeeds => {
                "give addresses of feeds, or a file of them: `stemma watch feeds.opml`; `stemma help watch` shows more"
                    .into()
            }
            Self::Listen { .. } => "another program may listen there; give another with `--metrics ADDRESS`".into(),
            Self::Out(_) => "check where the output goes; what was not written is told the next time".into(),
        }
    }
}
