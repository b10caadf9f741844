//! Pages of the list of stories, kept until somebody writes: they are asked for most and read most of the ledger.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use stemma_show::views::timeline::TimelineStory;
use stemma_store::{Desk, DeskError, Kept, Window};

/// Pages kept at most; those behind are seldom asked for.
const PAGES: usize = 32;

/// A page of the list, and how many stories there are in all.
pub(crate) type Page = Arc<(usize, Vec<TimelineStory>)>;

/// A state of a ledger, and its pages by first story and number of stories.
type Pages = (Arc<Kept>, BTreeMap<(usize, usize), Page>);

/// Pages of one state of a ledger.
#[derive(Debug, Default)]
pub(crate) struct Stories {
    kept: Mutex<Pages>,
}

impl Stories {
    /// A page, read now unless it is there.
    pub(crate) fn page(
        &self,
        desk: &Desk,
        window: Window,
        read: impl FnOnce() -> Result<(usize, Vec<TimelineStory>), DeskError>,
    ) -> Result<Page, DeskError> {
        let (state, key) = (desk.kept(), (window.from, window.most));
        let there = |pages: &mut Pages| {
            if !Arc::ptr_eq(&pages.0, &state) {
                *pages = (Arc::clone(&state), BTreeMap::new());
            }
            pages.1.get(&key).cloned()
        };
        // A panic elsewhere leaves the pages as sound as they were.
        let lock = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(page) = there(&mut lock()) {
            return Ok(page);
        }
        let page = Arc::new(read()?);
        let mut pages = lock();
        if there(&mut pages).is_none() && pages.1.len() < PAGES {
            pages.1.insert(key, Arc::clone(&page));
        }
        Ok(page)
    }
}
