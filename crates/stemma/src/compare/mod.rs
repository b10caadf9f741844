//! Reports -> [`Likeness`]es: which pairs share a text, measured by alignment.
//!
//! First finds the lines that are an outlet's rather than a report's (`boilerplate`).
//! Casts wide by keys (`candidates`), then lets monotone sentence alignment judge (`align`).
//! Says how alike two reports are and where; never which came first.

pub mod fingerprint;
pub(crate) mod fold;
pub mod vector;
pub(crate) mod weight;

mod align;
mod background;
mod boilerplate;
mod candidates;
mod decide;
mod measure;
mod scores;
mod side;

pub use boilerplate::{Furniture, boilerplate};
pub use fingerprint::{Fingerprint, SentencePrint, Word, fingerprint};
pub use measure::{FEATURES, N as N_FEATURES};

use crate::Analysis;
use crate::model::{Lang, ReportId, Span};
use crate::pile::{Need, Pile, distinct, lots};
use background::{Tells, Told, shared, shared_across, told};
use candidates::Keys;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use side::{Outline, Side};
use std::ops::Range;

/// Below this probability a pair is not kept: nothing built on it would stand.
pub const KEPT: f32 = 0.02;
/// From this probability on, the neighbours of a report's neighbours are measured too.
const NEIGHBOUR: f32 = 0.5;
/// Pairs that share less of what they tell than the first are not aligned: their words are the pile's;
/// from the second on sharing is no objection. In one language rewrites and spun copies of the
/// development data share .55 and more, agency templates about .45; across languages only figures and
/// names count, in whatever spelling, and templates share none of them.
const SHARED: [(f32, f32); 2] = [(0.35, 0.55), (0.03, 0.1)];
/// Neighbours of neighbours measured for one report in each of two rounds, at most.
const MAX_NEIGHBOURS: usize = 32;

/// A measured pair of reports.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Likeness {
    /// The report with the smaller id.
    pub a: ReportId,
    /// The other.
    pub b: ReportId,
    /// Share of `a`'s words that lie in aligned sentences, 0..=1.
    pub coverage_a: f32,
    /// Share of `b`'s words that lie in aligned sentences, 0..=1.
    pub coverage_b: f32,
    /// Share of the words in aligned sentences that stand there verbatim, 0..=1.
    pub verbatim: f32,
    /// Share of what the smaller tells that the other tells too, each word weighed by how rare it is in
    /// the pile, 0..=1; between languages of figures and names.
    pub shared: f32,
    /// How far the aligned sentences keep their order, 0..=1.
    pub order: f32,
    /// Whether the two are in different languages.
    pub across: bool,
    /// Probability that one is made from the other or both from a third, 0..=1.
    pub copying: f32,
    /// The aligned sentences, in `a`'s order.
    pub alignment: Vec<Aligned>,
}

/// Sentences of one report that tell those of the other.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Aligned {
    /// In `a`'s body.
    pub a: Span,
    /// In `b`'s body.
    pub b: Span,
    /// How alike, 0..=1.
    pub score: f32,
}

/// Measures all pairs of reports that may share a text; sorted by (a, b). Pairs under [`KEPT`] are left out.
///
/// # Errors
/// When reports cannot be looked at.
pub fn compare<P: Pile>(pile: &P) -> Result<Vec<Likeness>, P::Error> {
    let mut langs = Vec::with_capacity(pile.len());
    let (mut all_keys, mut tells) = (Vec::with_capacity(pile.len()), Vec::with_capacity(pile.len()));
    let seen = |report: &Analysis| {
        let outline = Outline::new(&report.fingerprint);
        (report.report.lang, Keys::of(&outline), Tells::of(outline))
    };
    for (lang, keys, told) in pile.each(Need::Print, seen)? {
        langs.push(lang);
        all_keys.push(keys);
        tells.push(told);
    }
    let mut pairs = candidates::candidates(&all_keys, &langs);
    drop(all_keys);
    let told = told(tells);
    let mut measured: FxHashSet<(u32, u32)> = pairs.iter().copied().collect();
    let mut found: Vec<Found> = Vec::new();
    for _ in 0..3 {
        let worth = pairs.par_iter().filter_map(|&(i, j)| {
            let (x, y) = (i as usize, j as usize);
            let across = across(langs[x], langs[y]);
            let shared = if across { shared_across(&told[x], &told[y]) } else { shared(&told[x], &told[y]) };
            (believed(shared, across) > 0.0).then_some(([i, j], shared))
        });
        found.extend(measured_pairs(pile, &worth.collect::<Vec<_>>())?);
        pairs = beyond(&found, &measured, pile.len());
        measured.extend(&pairs);
    }
    found.sort_unstable_by_key(|f| f.0);
    Ok(found.into_iter().map(|f| f.1).collect())
}

/// A measured pair, by places.
type Found = ((u32, u32), Likeness);

/// Measures pairs, given with how much they share.
fn measured_pairs<P: Pile>(pile: &P, pairs: &[([u32; 2], f32)]) -> Result<Vec<Found>, P::Error> {
    let lots = lots(pairs, |_| 2);
    let of_lot = |lot: &Range<usize>| {
        let pairs = &pairs[lot.clone()];
        let places = distinct(pairs.iter().map(|p| &p.0[..]));
        pile.look(&places, Need::Print, |reports| {
            let sides: Vec<Side> = reports.iter().map(|r| Side::new(&r.fingerprint)).collect();
            let of = |place: u32| {
                let at = places.binary_search(&place).expect("all are looked at");
                (reports[at], &sides[at])
            };
            let one = |([i, j], shared): &([u32; 2], f32)| ((*i, *j), measured_pair(of(*i), of(*j), *shared));
            pairs.iter().map(one).filter(|(_, likeness)| likeness.copying >= KEPT).collect::<Vec<_>>()
        })
    };
    let found: Result<Vec<Vec<_>>, P::Error> = lots.par_iter().map(of_lot).collect();
    Ok(found?.into_iter().flatten().collect())
}

/// Measures one pair; `likeness(a, b)` equals `likeness(b, a)`.
pub fn likeness(a: &Analysis, b: &Analysis) -> Likeness {
    let (a, b) = if a.report.id <= b.report.id { (a, b) } else { (b, a) };
    let (x, y) = (Side::new(&a.fingerprint), Side::new(&b.fingerprint));
    let tells = [a, b].map(|r| Tells::of(Outline::new(&r.fingerprint)));
    let told: [Told; 2] = told(tells.into()).try_into().unwrap_or_default();
    let across = across(a.report.lang, b.report.lang);
    let shared = if across { shared_across(&told[0], &told[1]) } else { shared(&told[0], &told[1]) };
    measured_pair((a, &x), (b, &y), shared)
}

/// Whether two reports are in different languages; one of unknown language is taken to be in the
/// other's, since word overlap tells more than nothing.
fn across(a: Lang, b: Lang) -> bool {
    a != b && a.is_known() && b.is_known()
}

/// The features of a pair, as [`FEATURES`] names them, for training. `across` leaves word
/// overlap out, as between languages.
pub fn features(a: &Analysis, b: &Analysis, across: bool) -> [f32; N_FEATURES] {
    let (a, b) = if a.report.id <= b.report.id { (a, b) } else { (b, a) };
    measure::measure(&Side::new(&a.fingerprint), &Side::new(&b.fingerprint), across).features
}

fn measured_pair(a: (&Analysis, &Side), b: (&Analysis, &Side), shared: f32) -> Likeness {
    let across = across(a.0.report.lang, b.0.report.lang);
    let found = measure::measure(a.1, b.1, across);
    let span = |side: &Side, (first, n): (usize, usize)| {
        side.print.sentences[first].span.cover(&side.print.sentences[first + n - 1].span)
    };
    let aligned = |step: &align::Step| Aligned {
        a: span(a.1, step.a),
        b: span(b.1, step.b),
        score: step.score.clamp(0.0, 1.0),
    };
    Likeness {
        a: a.0.report.id,
        b: b.0.report.id,
        coverage_a: found.cover_a,
        coverage_b: found.cover_b,
        verbatim: found.verbatim,
        order: found.order,
        shared,
        across,
        copying: decide::copying(&found.features, across) * believed(shared, across),
        alignment: found.steps.iter().map(aligned).collect(),
    }
}

/// How far to believe that reports which share so much of what they tell share a text, 0..=1.
fn believed(shared: f32, across: bool) -> f32 {
    let (least, fully) = SHARED[usize::from(across)];
    ((shared - least) / (fully - least)).clamp(0.0, 1.0)
}

/// Pairs not yet measured whose two reports both share a text with a third.
fn beyond(found: &[Found], measured: &FxHashSet<(u32, u32)>, n: usize) -> Vec<(u32, u32)> {
    let mut near: FxHashMap<u32, Vec<(f32, u32)>> = FxHashMap::default();
    for ((i, j), likeness) in found.iter().filter(|f| f.1.copying >= NEIGHBOUR) {
        near.entry(*i).or_default().push((likeness.copying, *j));
        near.entry(*j).or_default().push((likeness.copying, *i));
    }
    near.values_mut().for_each(|v| v.sort_unstable_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1))));
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for i in 0..n as u32 {
        let mut of_i: Vec<(u32, u32)> = Vec::new();
        for &(_, j) in near.get(&i).into_iter().flatten().take(MAX_NEIGHBOURS) {
            for &(_, k) in near[&j].iter().take(MAX_NEIGHBOURS) {
                let pair = (i.min(k), i.max(k));
                if k != i && !measured.contains(&pair) && !of_i.contains(&pair) && of_i.len() < MAX_NEIGHBOURS
                {
                    of_i.push(pair);
                }
            }
        }
        pairs.extend(of_i);
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}
