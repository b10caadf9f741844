//! Keys of prints -> pairs of reports that are worth aligning.
//!
//! Casts wide by keys: telling words (near copies and heavy rewrites), words that one report has
//! nearly all of (excerpts), anchors (numbers and names, any language), and the meaning of whole
//! reports across languages. Each report keeps a few nearest by each. Keys that too many reports
//! have are passed over, near copies are chained by their least hashes, so work grows with the
//! number of reports, not its square. Never: misses a pair in a pile of a few dozen: there all
//! pairs are taken.

use super::Fingerprint;
use super::fold::hash_run;
use super::side::{Outline, distinct, nats, scale};
use super::vector::{DIMS, Packed, sign};
use crate::model::Lang;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::cmp::Ordering;
use std::ops::Range;

/// Piles up to this size are measured in all pairs: 1,128 alignments take less than a second.
const ALL_PAIRS: usize = 48;
/// Words under this rarity, in nats, find nothing.
const TELLING: f32 = 2.0;
/// Nearest reports kept by each kind of key. The trial found .98 of true pairs at 5.
const NEAREST: usize = 6;
/// The most telling keys of a report that are looked up.
const KEYS: usize = 48;
/// Keys that more reports have tell too little for their cost; a share for large piles, a number for small.
const MAX_REPORTS: (usize, f32) = (60, 0.01);
/// And never more than this, which bounds a look-up to `KEYS` times as many reports.
const MOST_REPORTS: usize = 400;
/// Least hashes by which near copies are chained.
const LEAST: usize = 6;
/// Comparisons of whole reports across languages that are made at most; beyond it, reports are
/// first sorted into boxes by the signs of their vectors.
const MAX_MEANING: u64 = 400_000_000;
/// Reports of other languages that one report can be nearest to: texts of the development data are translated by at
/// most 15 hands.
const MOST_MEANING: usize = 64;

/// What one report is found by.
pub(super) struct Keys {
    /// Telling stems, ascending, each once.
    words: Vec<u32>,
    /// Numbers and names, ascending, each once.
    anchors: Vec<u32>,
    /// The least hashes of its telling runs of words, one for each seed; empty if it has no such run.
    least: Vec<u32>,
    /// What it means as a whole.
    meaning: Packed,
}

impl Keys {
    pub(super) fn of(outline: &Outline) -> Self {
        let telling = outline.stems.iter().filter(|s| s.1 > TELLING);
        Self {
            words: telling.map(|s| s.0).collect(),
            anchors: distinct(outline.numbers.iter().chain(&outline.names).copied().collect()),
            least: least_hashes(outline.print),
            meaning: whole(outline.print),
        }
    }
}

/// Pairs of indices, smaller first, ascending.
pub(super) fn candidates(keys: &[Keys], langs: &[Lang]) -> Vec<(u32, u32)> {
    let n = keys.len() as u32;
    if keys.len() <= ALL_PAIRS {
        return (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j))).collect();
    }
    let mut pairs = by_words(&keys.iter().map(|k| &k.words[..]).collect::<Vec<_>>());
    pairs.extend(by_anchors(&keys.iter().map(|k| &k.anchors[..]).collect::<Vec<_>>(), langs));
    pairs.extend(by_least_hashes(keys));
    pairs.extend(by_meaning(keys, langs));
    pairs.iter_mut().for_each(|p| *p = (p.0.min(p.1), p.0.max(p.1)));
    pairs.retain(|p| p.0 != p.1);
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs
}

/// An index from keys to the reports that have them, and back.
///
/// Keys that several reports have, but not too many, the rarest first.
struct Index {
    /// The reports of all keys, one key's after another's.
    postings: Vec<u32>,
    /// Where in `postings` each key's reports stand.
    at: Vec<Range<u32>>,
    /// Of each report the rarest of its keys, `KEYS` at most.
    telling: Lists,
    n_reports: usize,
}

impl Index {
    fn new(keys: &[&[u32]]) -> Self {
        let share = (keys.len() as f32 * MAX_REPORTS.1) as usize;
        let most = share.clamp(MAX_REPORTS.0, MOST_REPORTS);
        let pairs = keys.par_iter().enumerate();
        let pair = |key: u32, report: usize| u64::from(key) << 32 | report as u64;
        let mut pairs: Vec<u64> =
            pairs.flat_map_iter(|(i, keys)| keys.iter().map(move |key| pair(*key, i))).collect();
        pairs.par_sort_unstable();
        let same_key = |x: &u64, y: &u64| x >> 32 == y >> 32;
        let mut runs: Vec<&[u64]> =
            pairs.chunk_by(same_key).filter(|run| (2..=most).contains(&run.len())).collect();
        runs.par_sort_unstable_by_key(|run| (run.len(), run[0]));
        let (mut at, mut postings) = (Vec::with_capacity(runs.len()), Vec::new());
        for run in runs {
            let from = postings.len() as u32;
            postings.extend(run.iter().map(|pair| *pair as u32));
            at.push(from..postings.len() as u32);
        }
        let telling = Lists::new(keys.len(), &postings, &at);
        Self { postings, at, telling, n_reports: keys.len() }
    }

    fn squared_weight(&self, n: usize) -> f32 {
        let weight = (self.n_reports as f32 / n as f32).ln() + 0.1;
        weight * weight
    }

    /// The telling keys of a report, the rarest first: the squared weight of each and its reports.
    fn telling(&self, report: usize) -> impl Iterator<Item = (f32, &[u32])> {
        self.telling.of(report).iter().map(|key| {
            let at = &self.at[*key as usize];
            (self.squared_weight(at.len()), &self.postings[at.start as usize..at.end as usize])
        })
    }

    /// The reports that share telling keys with each, with the squared weights they share, and
    /// each report's own.
    fn nearest(&self, pick: impl Fn(usize, &Found) -> Vec<u32> + Sync) -> Vec<(u32, u32)> {
        let n = self.n_reports;
        let sum_of = |i| self.telling(i).map(|t| t.0).sum::<f32>().max(1e-6);
        let own: Vec<f32> = (0..n).into_par_iter().map(sum_of).collect();
        let room = || (vec![0.0_f32; n], Vec::new());
        (0..n)
            .into_par_iter()
            .map_init(room, |(sums, touched): &mut (Vec<f32>, Vec<u32>), i| {
                for (squared, reports) in self.telling(i) {
                    for &j in reports {
                        if sums[j as usize] == 0.0 {
                            touched.push(j);
                        }
                        sums[j as usize] += squared;
                    }
                }
                touched.retain(|j| *j as usize != i);
                let picked = pick(i, &Found { touched, sums, own: &own });
                touched.drain(..).for_each(|j| sums[j as usize] = 0.0);
                sums[i] = 0.0;
                picked.into_iter().map(|j| (i as u32, j)).collect::<Vec<_>>()
            })
            .flatten()
            .collect()
    }
}

/// A list of keys for each report, in one piece of memory.
struct Lists {
    keys: Vec<u32>,
    ends: Vec<u32>,
}

impl Lists {
    /// From the reports of each key, the rarest key first.
    fn new(n_reports: usize, postings: &[u32], at: &[Range<u32>]) -> Self {
        // Taken twice, to count and to fill.
        let each = |take: &mut dyn FnMut(usize, usize)| {
            let mut taken = vec![0_u8; n_reports];
            for (key, at) in at.iter().enumerate() {
                for &report in &postings[at.start as usize..at.end as usize] {
                    let n = &mut taken[report as usize];
                    if usize::from(*n) < KEYS {
                        *n += 1;
                        take(report as usize, key);
                    }
                }
            }
        };
        let mut ends = vec![0_u32; n_reports];
        each(&mut |report, _| ends[report] += 1);
        let mut from = 0;
        for end in &mut ends {
            from += std::mem::replace(end, from);
        }
        let mut keys = vec![0; from as usize];
        each(&mut |report, key| {
            keys[ends[report] as usize] = key as u32;
            ends[report] += 1;
        });
        Self { keys, ends }
    }

    fn of(&self, report: usize) -> &[u32] {
        let from = report.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.keys[from as usize..self.ends[report] as usize]
    }
}

/// What shares keys with one report.
struct Found<'f> {
    touched: &'f [u32],
    sums: &'f [f32],
    own: &'f [f32],
}

impl Found<'_> {
    /// The nearest by a score of (shared, their own), among those that pass; the best first.
    fn top(&self, score: impl Fn(f32, f32) -> f32, pass: impl Fn(u32) -> bool) -> Vec<u32> {
        let mut top: Vec<(f32, u32)> = Vec::with_capacity(NEAREST + 1);
        for &j in self.touched.iter().filter(|j| pass(**j)) {
            let scored = (score(self.sums[j as usize], self.own[j as usize]), j);
            if top.get(NEAREST - 1).is_some_and(|last| scored.0 < last.0) {
                continue;
            }
            let behind =
                |x: &(f32, u32)| x.0.total_cmp(&scored.0).then(scored.1.cmp(&x.1)) == Ordering::Greater;
            let at = top.partition_point(behind);
            if at < NEAREST {
                top.insert(at, scored);
                top.truncate(NEAREST);
            }
        }
        top.into_iter().map(|s| s.1).collect()
    }
}

/// Nearest by telling words: by cosine, and by the share of the smaller report's words.
fn by_words(keys: &[&[u32]]) -> Vec<(u32, u32)> {
    Index::new(keys).nearest(|i, found| {
        let own = found.own[i];
        let mut near = found.top(|shared, theirs| shared / (own * theirs).sqrt(), |_| true);
        near.extend(found.top(|shared, theirs| shared / own.min(theirs).max(40.0), |_| true));
        near
    })
}

/// Nearest by numbers and names: in any language, and in other languages.
fn by_anchors(keys: &[&[u32]], langs: &[Lang]) -> Vec<(u32, u32)> {
    Index::new(keys).nearest(|i, found| {
        let own = found.own[i];
        let cosine = |shared: f32, theirs: f32| shared / (own * theirs).sqrt();
        let mut near = found.top(cosine, |_| true);
        near.extend(found.top(cosine, |j| super::across(langs[j as usize], langs[i])));
        near
    })
}

/// The least hashes of a report's telling runs of five words, one for each seed.
fn least_hashes(print: &Fingerprint) -> Vec<u32> {
    let telling = print.words.windows(5).filter(|w| w.iter().map(nats).sum::<f32>() > 8.0);
    let mut least = [u32::MAX; LEAST];
    for run in telling.map(|w| hash_run(w.iter().map(|w| w.stem))) {
        for (seed, least) in (0..).zip(&mut least) {
            *least = (*least).min(hash_run([seed, run]));
        }
    }
    let found = (0..).zip(least).filter(|x| x.1 != u32::MAX);
    found.map(|(seed, least)| hash_run([least, seed])).collect()
}

/// Chains reports that have a least hash in common (MinHash, Broder 1997): any number of near
/// copies at a cost that grows with their number.
fn by_least_hashes(keys: &[Keys]) -> Vec<(u32, u32)> {
    let mut least: Vec<(u32, u32)> = keys
        .par_iter()
        .enumerate()
        .flat_map_iter(|(i, keys)| keys.least.iter().map(move |least| (*least, i as u32)))
        .collect();
    least.par_sort_unstable();
    let chains = least.chunk_by(|x, y| x.0 == y.0);
    chains
        .flat_map(|chain| {
            chain.windows(2).map(|w| (w[0].1, w[1].1)).chain([(chain[0].1, chain[chain.len() - 1].1)])
        })
        .collect()
}

/// Nearest by the meaning of the whole report, among reports of other languages.
fn by_meaning(keys: &[Keys], langs: &[Lang]) -> Vec<(u32, u32)> {
    let mut of_lang: FxHashMap<Lang, u64> = FxHashMap::default();
    langs.iter().filter(|l| l.is_known()).for_each(|l| *of_lang.entry(*l).or_default() += 1);
    let n = of_lang.values().sum::<u64>();
    let across = n * n - of_lang.values().map(|k| k * k).sum::<u64>();
    if across == 0 {
        return Vec::new();
    }
    let vectors: Vec<&Packed> = keys.iter().map(|k| &k.meaning).collect();
    let boxes = boxes(&vectors, langs, across);
    let near: Vec<(u32, f32, u32)> = (0..keys.len())
        .into_par_iter()
        .filter(|i| langs[*i].is_known())
        .flat_map_iter(|i| {
            let mut near: Vec<(f32, u32)> = Vec::new();
            for of_box in &boxes {
                let others = of_box.1.get(&of_box.0[i]).into_iter().flatten();
                let others = others.filter(|(lang, _)| *lang != langs[i]).flat_map(|of_lang| &of_lang.1);
                near.extend(others.map(|&j| (vectors[i].cosine(vectors[j as usize]), j)));
            }
            near.sort_unstable_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
            near.dedup();
            near.truncate(NEAREST);
            near.into_iter()
                .filter(|x| x.0 > 0.0)
                .map(move |(cosine, j)| (j, cosine, i as u32))
                .collect::<Vec<_>>()
        })
        .collect();
    nearest_of_each(near)
}

/// Of pairs (a report, how near, whom it is nearest to) the nearest few of each report: one report of a language
/// among a million of another is nearest to all of them, and to most by nothing else.
fn nearest_of_each(mut near: Vec<(u32, f32, u32)>) -> Vec<(u32, u32)> {
    near.par_sort_unstable_by(|x, y| x.0.cmp(&y.0).then(y.1.total_cmp(&x.1)).then(x.2.cmp(&y.2)));
    near.chunk_by(|x, y| x.0 == y.0)
        .flat_map(|run| run.iter().take(MOST_MEANING))
        .map(|x| (x.0, x.2))
        .collect()
}

/// For each report its box, and for each box its reports of each known language: whoever looks for other languages
/// passes over a million of its own at once.
type Boxes = (Vec<u32>, FxHashMap<u32, Vec<(Lang, Vec<u32>)>>);

/// One box for all while that is affordable; else several sortings by the signs of random
/// directions (Charikar 2002), fine enough to hold the cost.
fn boxes(vectors: &[&Packed], langs: &[Lang], across: u64) -> Vec<Boxes> {
    let bits = (across / MAX_MEANING.max(1)).checked_ilog2().map_or(0, |b| b + 3);
    let sortings = if bits == 0 { 1 } else { 8 };
    (0..sortings)
        .map(|round| {
            let signs =
                |v: &Packed| (0..bits).fold(0_u32, |h, bit| (h << 1) | u32::from(sign(v, round * 32 + bit)));
            let keys: Vec<u32> = vectors.par_iter().map(|v| signs(v)).collect();
            let mut boxes: FxHashMap<u32, Vec<(Lang, Vec<u32>)>> = FxHashMap::default();
            let met = |i: &usize| langs[*i].is_known() && !vectors[*i].is_zero();
            for i in (0..vectors.len()).filter(met) {
                let of_box = boxes.entry(keys[i]).or_default();
                match of_box.iter_mut().find(|of_lang| of_lang.0 == langs[i]) {
                    Some(of_lang) => of_lang.1.push(i as u32),
                    None => of_box.push((langs[i], vec![i as u32])),
                }
            }
            (keys, boxes)
        })
        .collect()
}

fn whole(print: &Fingerprint) -> Packed {
    let mut sum = [0.0; DIMS];
    for sentence in &print.sentences {
        sentence.vector.add_to(&mut sum, scale(sentence));
    }
    Packed::of(&sum)
}
