//! What a watch has done since it began, as numbers that only grow.

use std::sync::atomic::{AtomicU64, Ordering};

macro_rules! counts {
    ($($(#[doc = $doc:literal])* $name:ident),* $(,)?) => {
        /// Numbers of a watch that is under way; safe to read from any thread.
        #[derive(Debug, Default)]
        pub struct Tally { $($(#[doc = $doc])* pub $name: Count),* }

        impl Tally {
            /// Each number with its name and what it counts.
            pub fn all(&self) -> Vec<(&'static str, &'static str, u64)> {
                vec![$((stringify!($name), concat!($($doc),*), self.$name.get())),*]
            }
        }
    };
}

counts! {
    /// Polls of feeds that were answered with something new or nothing new.
    polls,
    /// Polls that were answered with "not modified".
    unchanged,
    /// Polls that failed.
    failed_polls,
    /// Items that feeds had for the first time, or as updated.
    items,
    /// Pages of items that were fetched.
    pages,
    /// Pages that could not be fetched.
    failed_pages,
    /// Items whose own text in the feed was taken instead of their page.
    own_texts,
    /// Items that were given up, with a note.
    given_up,
    /// Bytes of bodies that were fetched, unpacked.
    bytes,
    /// Reports that the ledger did not have.
    read,
    /// Reports that it had.
    known,
    /// Times that all reports were joined.
    joins,
    /// How long joining took.
    join_ms,
    /// Changes that were noticed.
    changes,
    /// Changes that were posted.
    posted,
    /// Posts that failed and are tried again.
    failed_posts,
}

/// A number that only grows.
#[derive(Debug, Default)]
pub struct Count(AtomicU64);

impl Count {
    /// Adds to it.
    pub fn add(&self, n: u64) {
        self.0.fetch_add(n, Ordering::Relaxed);
    }

    /// How much it is.
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}
