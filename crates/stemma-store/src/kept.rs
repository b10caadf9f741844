//! What is the same for all questions until somebody writes, kept by one who asks again and again.

use crate::lists::Figures;
use std::sync::{Arc, OnceLock};
use stemma::check::Meanings;

/// Made by the first question that needs it, shared by those behind it. One for each state of a ledger.
#[derive(Debug, Default)]
pub struct Kept {
    /// The state that it is of, as [`Store::stamp`] tells it.
    stamp: OnceLock<Stamp>,
    pub(crate) figures: OnceLock<Figures>,
    /// What entries mean, in order of place.
    pub(crate) meanings: OnceLock<Meanings>,
}

/// What tells two states of a ledger apart: the last report, how much there is of each list, who joined them.
pub(crate) type Stamp = (i64, i64, i64, i64, Option<String>);

impl Kept {
    /// This, if it is of a state or of none yet; else a new one of that state.
    pub(crate) fn of(self: Arc<Self>, stamp: Stamp) -> Arc<Self> {
        if *self.stamp.get_or_init(|| stamp.clone()) == stamp {
            return self;
        }
        Arc::new(Self { stamp: OnceLock::from(stamp), ..Self::default() })
    }
}

/// What is kept, or made now and kept.
pub(crate) fn kept<T, E>(cell: &OnceLock<T>, make: impl FnOnce() -> Result<T, E>) -> Result<&T, E> {
    match cell.get() {
        Some(there) => Ok(there),
        None => {
            let made = make()?;
            Ok(cell.get_or_init(|| made))
        }
    }
}
