//! Pairs with probabilities -> groups, by average link.
//!
//! Average link (UPGMA; Sokal & Michener 1958) over a sparse list of pairs: a pair that was never
//! measured counts as 0. The order of input is irrelevant; ties fall to the lesser member.

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::BinaryHeap;

/// A pair of members and how likely they belong together, 0..=1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Pair {
    pub a: u32,
    pub b: u32,
    pub probability: f32,
}

/// A possible joining of two groups, best first.
#[derive(PartialEq)]
struct Joining {
    mean: f32,
    a: u32,
    b: u32,
    stamps: (u32, u32),
}

impl Eq for Joining {}

impl Ord for Joining {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.mean.total_cmp(&other.mean).then_with(|| (other.a, other.b).cmp(&(self.a, self.b)))
    }
}

impl PartialOrd for Joining {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// Groups under way: members, sums of probabilities to neighbours, a stamp that changes on joining.
struct Groups {
    members: Vec<Vec<u32>>,
    sums: Vec<FxHashMap<u32, f32>>,
    sizes: Vec<f32>,
    stamps: Vec<u32>,
}

/// Joins `n` members while the mean probability between two groups is at least `bar`.
///
/// Groups come out with ascending members, ordered by their first. `pairs` name each pair once. Groups whose
/// mean is the bar or more have a pair that is, so members that no chain of such pairs binds cannot meet: each
/// part of them is joined by itself, side by side, and what lies between parts is passed over.
pub(crate) fn average_link(n: usize, pairs: &[Pair], bar: f32) -> Vec<Vec<u32>> {
    let parts = parts(n, pairs, bar);
    let mut found: Vec<Vec<u32>> = parts.into_par_iter().flat_map_iter(|part| part.joined(bar)).collect();
    found.par_sort_unstable();
    found
}

/// Members that chains of pairs over the bar bind, ascending, and all pairs within by place among them.
struct Part {
    members: Vec<u32>,
    pairs: Vec<Pair>,
}

/// The parts that members fall into, in order of their first.
fn parts(n: usize, pairs: &[Pair], bar: f32) -> Vec<Part> {
    let mut above: Vec<u32> = (0..n as u32).collect();
    for pair in pairs.iter().filter(|pair| pair.probability >= bar) {
        let (a, b) = (top(&mut above, pair.a), top(&mut above, pair.b));
        above[a.max(b) as usize] = a.min(b);
    }
    let mut parts: Vec<Part> = Vec::new();
    let mut at: Vec<(u32, u32)> = Vec::with_capacity(n);
    for i in 0..n as u32 {
        // The top of a part is its least member, so it has come before all others.
        let top = top(&mut above, i);
        let number = if top == i { parts.len() as u32 } else { at[top as usize].0 };
        if top == i {
            parts.push(Part { members: Vec::new(), pairs: Vec::new() });
        }
        let members = &mut parts[number as usize].members;
        at.push((number, members.len() as u32));
        members.push(i);
    }
    for pair in pairs {
        let ((part, a), (other, b)) = (at[pair.a as usize], at[pair.b as usize]);
        if part == other {
            parts[part as usize].pairs.push(Pair { a, b, ..*pair });
        }
    }
    parts
}

/// The top of the chain that a member is in; shortens the chain.
fn top(above: &mut [u32], mut i: u32) -> u32 {
    while above[i as usize] != i {
        let next = above[above[i as usize] as usize];
        above[i as usize] = next;
        i = next;
    }
    i
}

impl Part {
    /// Its groups, each ascending.
    fn joined(self, bar: f32) -> Vec<Vec<u32>> {
        if self.members.len() == 1 {
            return vec![self.members];
        }
        let mut groups = start(self.members.len(), &self.pairs);
        let mut heap: BinaryHeap<Joining> = BinaryHeap::new();
        for pair in &self.pairs {
            push(&groups, pair.a, pair.b, bar, &mut heap);
        }
        while let Some(best) = heap.pop() {
            let (a, b) = (best.a as usize, best.b as usize);
            if (groups.stamps[a], groups.stamps[b]) == best.stamps && !groups.members[b].is_empty() {
                join(&mut groups, a, b);
                for &other in groups.sums[a].keys() {
                    push(&groups, best.a, other, bar, &mut heap);
                }
            }
        }
        let found = groups.members.into_iter().filter(|m| !m.is_empty());
        let named = found.map(|mut members| {
            members.sort_unstable();
            members.into_iter().map(|i| self.members[i as usize]).collect()
        });
        named.collect()
    }
}

fn start(n: usize, pairs: &[Pair]) -> Groups {
    let mut sums = vec![FxHashMap::default(); n];
    for pair in pairs {
        sums[pair.a as usize].insert(pair.b, pair.probability);
        sums[pair.b as usize].insert(pair.a, pair.probability);
    }
    Groups {
        members: (0..n as u32).map(|i| vec![i]).collect(),
        sums,
        sizes: vec![1.0; n],
        stamps: vec![0; n],
    }
}

fn push(groups: &Groups, a: u32, b: u32, bar: f32, heap: &mut BinaryHeap<Joining>) {
    let (a, b) = (a.min(b), a.max(b));
    let Some(sum) = groups.sums[a as usize].get(&b) else { return };
    let mean = sum / (groups.sizes[a as usize] * groups.sizes[b as usize]);
    if mean >= bar {
        heap.push(Joining { mean, a, b, stamps: (groups.stamps[a as usize], groups.stamps[b as usize]) });
    }
}

/// Moves group `b` into `a`.
fn join(groups: &mut Groups, a: usize, b: usize) {
    let moved = std::mem::take(&mut groups.members[b]);
    groups.members[a].extend(moved);
    let sums = std::mem::take(&mut groups.sums[b]);
    groups.sums[a].remove(&(b as u32));
    let mut ordered: Vec<(u32, f32)> = sums.into_iter().filter(|s| s.0 != a as u32).collect();
    ordered.sort_unstable_by_key(|s| s.0);
    for (other, mass) in ordered {
        let sum = groups.sums[a].entry(other).or_insert(0.0);
        *sum += mass;
        let total = *sum;
        let back = &mut groups.sums[other as usize];
        back.remove(&(b as u32));
        back.insert(a as u32, total);
    }
    groups.sizes[a] += groups.sizes[b];
    groups.stamps[a] += 1;
    groups.stamps[b] += 1;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(n: usize, pairs: &[(u32, u32, f32)], bar: f32, groups: &str) {
        let pairs: Vec<Pair> = pairs.iter().map(|&(a, b, probability)| Pair { a, b, probability }).collect();
        let found = average_link(n, &pairs, bar);
        assert_eq!(format!("{found:?}"), groups);
        let reversed: Vec<Pair> = pairs.iter().rev().copied().collect();
        assert_eq!(average_link(n, &reversed, bar), found);
    }

    #[test]
    fn a_weak_link_does_not_chain() {
        check(3, &[(0, 1, 0.9), (1, 2, 0.6)], 0.5, "[[0, 1], [2]]");
        check(3, &[(0, 1, 0.9), (1, 2, 0.6), (0, 2, 0.6)], 0.5, "[[0, 1, 2]]");
        check(2, &[(0, 1, 0.4)], 0.5, "[[0], [1]]");
        check(0, &[], 0.5, "[]");
        check(4, &[(0, 1, 0.9), (2, 3, 0.5), (1, 2, 0.4), (0, 3, 0.4)], 0.5, "[[0, 1], [2, 3]]");
    }
}
