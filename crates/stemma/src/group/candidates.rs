//! Profiles -> pairs worth measuring: those that share rare keys.
//!
//! An inverted list of each key's reports; keys that stand in too many reports say nothing and
//! are left out, so the work grows with the pile and not with its square.

use super::profile::Profile;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Keys of one report that look for neighbours: its weightiest.
///
/// More finds a few more pairs and costs in proportion; at 48 no true pair of ECB+ was missed
/// that the model would have joined.
const KEYS_EACH: usize = 48;

/// A key in more reports than this is furniture of the pile, unless the pile is small.
const MOST_REPORTS: usize = 1_000;

/// Neighbours measured for each report: those that share the most weight.
const NEIGHBOURS: usize = 100;

/// Pairs of indices, `a < b`, ascending.
pub(super) fn candidates(profiles: &[Profile]) -> Vec<(u32, u32)> {
    let lists = lists(profiles);
    let mut pairs: Vec<(u32, u32)> =
        (0..profiles.len()).into_par_iter().flat_map_iter(|i| neighbours(i, profiles, &lists)).collect();
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs
}

/// The weightiest keys of a report, ascending by key.
fn keys(profile: &Profile) -> Vec<(u64, f32)> {
    let all = [&profile.words, &profile.names, &profile.sounds, &profile.numbers];
    let mut keys: Vec<(u64, f32)> = all.iter().flat_map(|k| k.0.iter().copied()).collect();
    keys.sort_unstable_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
    keys.truncate(KEYS_EACH * 2);
    keys
}

fn lists(profiles: &[Profile]) -> FxHashMap<u64, Vec<(u32, f32)>> {
    let mut lists: FxHashMap<u64, Vec<(u32, f32)>> = FxHashMap::default();
    for (i, profile) in profiles.iter().enumerate() {
        for (key, weight) in keys(profile) {
            lists.entry(key).or_default().push((i as u32, weight));
        }
    }
    lists.retain(|_, reports| (2..=MOST_REPORTS).contains(&reports.len()));
    lists
}

fn neighbours(
    i: usize,
    profiles: &[Profile],
    lists: &FxHashMap<u64, Vec<(u32, f32)>>,
) -> impl Iterator<Item = (u32, u32)> {
    let mut shared: FxHashMap<u32, f32> = FxHashMap::default();
    for (key, weight) in keys(&profiles[i]) {
        for &(j, other) in lists.get(&key).into_iter().flatten() {
            if j as usize != i {
                *shared.entry(j).or_insert(0.0) += weight * other;
            }
        }
    }
    let mut nearest: Vec<(u32, f32)> = shared.into_iter().collect();
    nearest.sort_unstable_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
    nearest.truncate(NEIGHBOURS);
    nearest.into_iter().map(move |(j, _)| (j.min(i as u32), j.max(i as u32)))
}
