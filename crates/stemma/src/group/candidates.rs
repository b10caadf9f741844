//! Profiles -> neighbours of each report, worth measuring: those that share rare keys.
//!
//! An inverted list of each key's reports; keys that stand in too many reports say nothing and
//! are left out, so the work grows with the pile and not with its square.

use super::profile::Profile;
use super::tellings::Tellings;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Keys of one report that look for neighbours: its weightiest.
///
/// More finds a few more pairs and costs in proportion; at 48 no true pair of ECB+ was missed
/// that the model would have joined.
const KEYS_EACH: usize = 48;

/// A key in more reports than this is furniture of the pile, unless the pile is small.
const MOST_REPORTS: usize = 1_000;

/// Neighbours measured for each report, in its own telling and outside it: those that share the most weight.
const NEIGHBOURS: usize = 100;

/// How many pairs of reports of two tellings can be measured at most.
pub(super) fn most_pairs(a: usize, b: usize) -> usize {
    (a * b).min(NEIGHBOURS * (a + b))
}

/// The reports worth measuring with each report, ascending.
#[derive(Default)]
pub(super) struct Neighbours(Vec<Vec<u32>>);

impl Neighbours {
    /// The pairs that a report is in and that are not another's to name: each pair comes once.
    pub fn pairs_of(&self, i: u32) -> impl Iterator<Item = (u32, u32)> {
        let own = move |j: &&u32| i < **j || self.0[**j as usize].binary_search(&i).is_err();
        self.0[i as usize].iter().filter(own).map(move |&j| (i.min(j), i.max(j)))
    }
}

/// Finds them.
pub(super) fn candidates(profiles: &[Profile], tellings: &Tellings) -> Neighbours {
    let keyed: Vec<Vec<(u32, f32)>> = profiles.par_iter().map(keys).collect();
    let lists = lists(&keyed);
    let scratch = || (vec![0.0_f32; profiles.len()], Vec::new());
    let near = (0..profiles.len() as u32).into_par_iter().map_init(scratch, |(shared, met), i| {
        meet(&keyed[i as usize], &lists, shared, met);
        neighbours(i, shared, met, tellings)
    });
    Neighbours(near.collect())
}

/// The weightiest keys of a report, ascending by key.
fn keys(profile: &Profile) -> Vec<(u32, f32)> {
    let all = [&profile.words, &profile.names, &profile.sounds, &profile.numbers];
    let all = all.iter().flat_map(|k| k.0.iter().copied()).filter(|k| k.1 > 0.0);
    let mut keys = weightiest(all.collect(), KEYS_EACH * 2);
    keys.sort_unstable_by_key(|k| k.0);
    keys
}

/// Those of most weight, in any order; ties fall to the lesser.
fn weightiest<T: Copy + Ord>(mut all: Vec<(T, f32)>, most: usize) -> Vec<(T, f32)> {
    if all.len() > most {
        all.select_nth_unstable_by(most, |x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        all.truncate(most);
    }
    all
}

/// Of each key, the reports that have it.
type Lists = FxHashMap<u32, Vec<(u32, f32)>>;

fn lists(keyed: &[Vec<(u32, f32)>]) -> Lists {
    let mut lists = Lists::default();
    for (i, keys) in keyed.iter().enumerate() {
        for &(key, weight) in keys {
            lists.entry(key).or_default().push((i as u32, weight));
        }
    }
    lists.retain(|_, reports| (2..=MOST_REPORTS).contains(&reports.len()));
    lists
}

/// Adds up what a report shares with each other, and notes which have something.
fn meet(keys: &[(u32, f32)], lists: &Lists, shared: &mut [f32], met: &mut Vec<u32>) {
    for &(key, weight) in keys {
        for &(j, other) in lists.get(&key).into_iter().flatten() {
            let sum = &mut shared[j as usize];
            if *sum == 0.0 {
                met.push(j);
            }
            *sum += weight * other;
        }
    }
}

/// The nearest of a report, ascending; clears what it reads.
fn neighbours(i: u32, shared: &mut [f32], met: &mut Vec<u32>, tellings: &Tellings) -> Vec<u32> {
    let (mut own, mut others) = (Vec::new(), Vec::new());
    for j in met.drain(..) {
        let sum = std::mem::take(&mut shared[j as usize]);
        if j != i {
            if tellings.one(i, j) { own.push((j, sum)) } else { others.push((j, sum)) }
        }
    }
    let nearest = weightiest(own, NEIGHBOURS).into_iter().chain(weightiest(others, NEIGHBOURS));
    let mut nearest: Vec<u32> = nearest.map(|(j, _)| j).collect();
    nearest.sort_unstable();
    nearest
}
