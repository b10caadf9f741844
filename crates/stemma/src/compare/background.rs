//! The pile's own phrases -> how much of what two reports share is theirs alone.
//!
//! Agencies fill in templates (`Shr loss 3 cts vs profit 5 cts`), outlets repeat their furniture: two
//! such reports share nearly every word and nothing else. So each word counts by how many reports of
//! the pile have it, and the figures and names that only one of the two has count against them.
//! Never: aligns.

use super::side::Outline;
use super::weight::NUMBER;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Reports of general news taken as read beside the pile, so that in a small pile the words of its
/// one story do not count as common. More of them hide the templates of piles of a few hundred.
const GENERAL: f32 = 1000.0;
/// How many of the commonest word a usual report holds: 120 words, a twentieth of them that one.
const OF_COMMONEST: f32 = 6.0;
/// Nats that one word counts at most, so that no single odd spelling decides.
const MAX_NATS: f32 = 8.0;
/// Nats under which a word says nothing: six in ten reports have it.
const LEAST_NATS: f32 = 0.5;
/// What a report is taken to tell at least, in nats: short items share a word or two by chance.
const LEAST_TOLD: f32 = 40.0;
/// Figures and names, in nats, from which they count beside the words.
const LEAST_ANCHORS: f32 = 16.0;
/// How rare a name is taken to be in general, in nats: one report in two hundred has it.
const NAME: f32 = 7.0;

/// What a report tells: distinct words, and distinct figures and names, each with its nats in the pile,
/// ascending.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    words: Vec<(u32, f32)>,
    anchors: Vec<(u32, f32)>,
}

/// The same before a pile is known: each with its nats in general.
pub(super) struct Tells {
    words: Vec<(u32, f32)>,
    anchors: Vec<(u32, f32)>,
}

impl Tells {
    pub(super) fn of(outline: Outline) -> Self {
        let words = outline.stems;
        let numbers = outline.numbers.iter().map(|n| (*n, NUMBER));
        let mut anchors: Vec<(u32, f32)> = numbers.chain(outline.names.iter().map(|n| (*n, NAME))).collect();
        anchors.sort_unstable_by_key(|x| x.0);
        anchors.dedup_by_key(|x| x.0);
        Self { words, anchors }
    }
}

/// What each report tells, in a pile of just these.
pub(super) fn told(tells: Vec<Tells>) -> Vec<Told> {
    let (words, anchors): (Vec<_>, Vec<_>) = tells.into_iter().map(|t| (t.words, t.anchors)).unzip();
    let (words, anchors) = (weighed(words), weighed(anchors));
    words.into_iter().zip(anchors).map(|(words, anchors)| Told { words, anchors }).collect()
}

/// Each report's keys (with their rarity in general, in nats) with their rarity in the pile.
fn weighed(keys: Vec<Vec<(u32, f32)>>) -> Vec<Vec<(u32, f32)>> {
    let mut n_with: FxHashMap<u32, u32> = FxHashMap::default();
    keys.iter().flatten().for_each(|(key, _)| *n_with.entry(*key).or_default() += 1);
    let all = keys.len() as f32 + GENERAL;
    let weigh = |(key, rarity): (u32, f32)| {
        let expected = GENERAL * (OF_COMMONEST * (-rarity).exp()).min(1.0);
        let nats = (all / (n_with[&key] as f32 + expected)).ln().min(MAX_NATS);
        (nats > LEAST_NATS).then_some((key, nats))
    };
    let weighed = |keys: Vec<(u32, f32)>| {
        let mut keys: Vec<(u32, f32)> = keys.into_iter().filter_map(weigh).collect();
        keys.shrink_to_fit();
        keys
    };
    keys.into_par_iter().map(weighed).collect()
}

/// Share of what the smaller of two reports tells that the other tells too, 0..=1: of its words, and
/// as much of its figures and names, where there are enough.
pub(super) fn shared(a: &Told, b: &Told) -> f32 {
    let words = contained(&a.words, &b.words, LEAST_TOLD);
    let total = |told: &Told| told.anchors.iter().map(|x| x.1).sum::<f32>();
    if total(a).min(total(b)) < LEAST_ANCHORS {
        return words;
    }
    (words + contained(&a.anchors, &b.anchors, LEAST_ANCHORS)) / 2.0
}

/// The same for reports in different languages: of figures and names; 1 where there are too few.
pub(super) fn shared_across(a: &Told, b: &Told) -> f32 {
    let total = |told: &Told| told.anchors.iter().map(|x| x.1).sum::<f32>();
    if total(a).min(total(b)) < LEAST_ANCHORS {
        1.0
    } else {
        contained(&a.anchors, &b.anchors, LEAST_ANCHORS)
    }
}

fn contained(a: &[(u32, f32)], b: &[(u32, f32)], least: f32) -> f32 {
    let (mut x, mut y) = (a.iter().peekable(), b.iter().peekable());
    let mut both = 0.0;
    while let (Some(p), Some(q)) = (x.peek(), y.peek()) {
        match p.0.cmp(&q.0) {
            std::cmp::Ordering::Less => drop(x.next()),
            std::cmp::Ordering::Greater => drop(y.next()),
            std::cmp::Ordering::Equal => {
                both += p.1;
                x.next();
                y.next();
            }
        }
    }
    let total = |keys: &[(u32, f32)]| keys.iter().map(|k| k.1).sum::<f32>();
    (both / total(a).min(total(b)).max(least)).min(1.0)
}
