//! The measures, each a pure function with tests whose answers were computed by hand.
//!
//! They know nothing of reports: labels are small numbers, spans are ranges of characters.

pub(crate) mod ari;
pub(crate) mod assign;
pub(crate) mod b_cubed;
pub(crate) mod prf;
pub(crate) mod spans;
pub(crate) mod words;

pub(crate) use ari::{adjusted_rand_index, pair_counts};
pub(crate) use assign::{best_first, most_pairs};
pub(crate) use b_cubed::b_cubed;
pub(crate) use prf::{Prf, share};
pub(crate) use spans::Spans;

use rustc_hash::FxHashMap;
use std::hash::Hash;

/// Numbers the distinct values 0, 1, … in order of first sight: a partition as labels.
pub(crate) fn labels<T: Hash + Eq>(values: impl IntoIterator<Item = T>) -> Vec<usize> {
    let mut seen = FxHashMap::default();
    values
        .into_iter()
        .map(|value| {
            let next = seen.len();
            *seen.entry(value).or_insert(next)
        })
        .collect()
}
