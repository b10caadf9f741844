//! Two clauses -> the probability that they assert the same thing.
//!
//! Logistic models over named features: one for clauses of one family (where copying explains
//! likeness, order tells), and for strangers one for numbers and one for words, since two numbers of
//! one thing are known by the number and two wordings by the meaning. The weights stand in
//! `weights.toml`.

use super::clauses::Clause;
use super::value::{Value, measured_in};
use crate::Analysis;
use crate::extract::quantities::moved;
use crate::extract::{Change, Quantity, Time};
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// How near two counted things must be in meaning to be the same thing, as a cosine.
///
/// Below it numbers are not held against each other: "11 soldiers" does not clash with "3 bridges".
const SAME_COUNTED: f32 = 0.55;

/// The features, in the order of [`Model::weights`]; each 0..=1 unless said.
pub const FEATURES: [&str; 24] = [
    "meaning",       // cosine of the clauses' vectors, -1..=1
    "margin",        // that cosine less the better of each clause's next best in the other report
    "sentence",      // cosine of the sentences' vectors, -1..=1
    "words",         // cosine of rare words by their stems
    "names",         // shared names by all names
    "verbatim",      // longest run of shared words, by the shorter clause
    "numbers_agree", // a number that both have, by how telling it is
    "numbers_clash", // numbers of the same things that cannot both hold
    "counted",       // greatest cosine of the things counted
    "times_agree",   // dates that can both hold
    "times_clash",   // dates that cannot
    "place",         // nearness of the places in the reports, for kin
    "length",        // shorter by longer, in words
    "across",        // whether the languages differ
    "speaker",       // whether one speaker says both
    "rival",         // whether two speakers say numbers that clash
    "kind",          // whether two numbers are of a kind that news counts again and again
    "kinds_apart",   // whether they are of two such kinds
    "dated",         // dates that can both hold, by how telling the coarser is
    "one_report",    // whether both stand in one report
    "far",           // how many times one number is the other, in powers of ten, at most one
    "figures",       // whether both are about a number
    "units_apart",   // whether these measure different things, or changes that go different ways
    "told_of",       // greatest cosine of what one number counts and a word about the other, if not counted
];

/// Tells two numbers from two wordings.
const FIGURES: usize = 21;

/// What is measured of a pair, in the order of [`FEATURES`].
pub type Features = [f32; FEATURES.len()];

#[derive(Deserialize)]
struct Weights {
    bias: f32,
    #[serde(flatten)]
    of: BTreeMap<String, f32>,
}

#[derive(Deserialize)]
struct Table {
    kin: Weights,
    numbers: Weights,
    words: Weights,
}

struct Model {
    bias: f32,
    weights: Features,
}

/// For kin, for numbers of strangers, for words of strangers.
static MODELS: LazyLock<[Model; 3]> = LazyLock::new(|| {
    let table: Table = toml::from_str(include_str!("weights.toml")).expect("a test reads the table");
    [table.kin, table.numbers, table.words]
        .map(|w| Model { bias: w.bias, weights: FEATURES.map(|f| w.of.get(f).copied().unwrap_or(0.0)) })
});

/// Probability that two clauses assert the same thing, 0..=1.
pub(crate) fn probability(features: &Features, kin: bool) -> f32 {
    let numbers = features[FIGURES] > 0.0;
    let model = &MODELS[if kin {
        0
    } else if numbers {
        1
    } else {
        2
    }];
    let sum: f32 = features.iter().zip(model.weights).map(|(x, w)| x * w).sum();
    1.0 / (1.0 + (-(model.bias + sum)).exp())
}

/// Measures two clauses. The caller gives what it has measured: `margin` among all clauses of both reports,
/// and how much of a verbatim run they share.
pub(super) fn measure(
    reports: &[&Analysis],
    (a, b): (&Clause, &Clause),
    margin: f32,
    verbatim: f32,
) -> Features {
    let (x, y) = (reports[a.report as usize], reports[b.report as usize]);
    let across = x.report.lang != y.report.lang;
    let numbers = Numbers::of((x, a), (y, b));
    let (times_agree, times_clash) = times(x, a, y, b);
    let speakers = same_speaker(a, b);
    [
        a.vector.cosine(&b.vector),
        margin,
        a.sentence.cosine(&b.sentence),
        shared_weight(&a.words, &b.words),
        overlap(&a.names, &b.names),
        verbatim,
        numbers.agree,
        numbers.clash,
        numbers.counted,
        times_agree,
        times_clash,
        1.0 - (a.position - b.position).abs(),
        a.run.len().min(b.run.len()) as f32 / a.run.len().max(b.run.len()).max(1) as f32,
        f32::from(u8::from(across)),
        f32::from(u8::from(speakers == Some(true))),
        if speakers == Some(false) { numbers.clash } else { 0.0 },
        f32::from(u8::from(a.kinds & b.kinds != 0)),
        f32::from(u8::from(a.kinds != 0 && b.kinds != 0 && a.kinds & b.kinds == 0)),
        dated(x, a, y, b),
        f32::from(u8::from(a.report == b.report)),
        numbers.far,
        f32::from(u8::from(a.quantity.is_some() && b.quantity.is_some())),
        numbers.units_apart,
        told_of(a, b),
    ]
}

/// Whether two clauses are said by one speaker; none where one of them is the report's own word.
fn same_speaker(a: &Clause, b: &Clause) -> Option<bool> {
    let (p, q) = (a.speaker.as_deref()?, b.speaker.as_deref()?);
    Some(p == q || p.contains(q) || q.contains(p))
}

/// How much of the shorter of two clauses of one language stands in the other word for word, 0..=1.
pub(super) fn verbatim(reports: &[&Analysis], a: &Clause, b: &Clause) -> f32 {
    let lang = |c: &Clause| reports[c.report as usize].report.lang;
    if lang(a) == lang(b) { longest_run(&a.run, &b.run) } else { 0.0 }
}

/// Whether two clauses tell one number, or numbers of one kind.
pub(super) fn share_number(reports: &[&Analysis], a: &Clause, b: &Clause) -> bool {
    let of = |c: &Clause| quantity(reports[c.report as usize], c);
    a.kinds & b.kinds != 0 || matches!((of(a), of(b)), (Some(p), Some(q)) if agree(p, q) > 0.0)
}

/// Which runs of three words a clause may have: 512 bits, of which each run sets one. Two clauses of a
/// dozen words that share none meet in one case out of six.
pub(super) struct Threes([u64; 8]);

impl Threes {
    pub fn of(run: &[u64]) -> Self {
        let mut bits = [0; 8];
        for three in run.windows(3) {
            let mixed = three.iter().fold(0_u64, |h, w| (h ^ w).wrapping_mul(0x9E37_79B9_7F4A_7C15));
            bits[(mixed >> 61) as usize] |= 1 << (mixed >> 55 & 63);
        }
        Self(bits)
    }

    /// Whether two may have a run in common; without a doubt not, if false.
    pub fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(a, b)| a & b != 0)
    }
}

fn shared_weight(a: &[(u64, f32)], b: &[(u64, f32)]) -> f32 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += a[i].1 * b[j].1;
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    sum
}

fn overlap(a: &[u64], b: &[u64]) -> f32 {
    let shared = a.iter().filter(|n| b.binary_search(n).is_ok()).count();
    shared as f32 / (a.len() + b.len() - shared).max(1) as f32
}

/// The longest run of words in both, by the shorter's length; a run under three words says nothing.
fn longest_run(a: &[u64], b: &[u64]) -> f32 {
    let mut best = 0;
    let mut row = vec![0; b.len() + 1];
    for x in a {
        for (j, y) in b.iter().enumerate().rev() {
            row[j + 1] = if x == y { row[j] + 1 } else { 0 };
            best = best.max(row[j + 1]);
        }
    }
    if best < 3 { 0.0 } else { best as f32 / a.len().min(b.len()) as f32 }
}

/// The number that a clause is about.
fn quantity<'r>(report: &'r Analysis, clause: &Clause) -> Option<&'r Quantity> {
    clause.quantity.map(|q| &report.extracts.quantities[q as usize])
}

/// What is measured of the numbers of two clauses; nothing where one has none.
#[derive(Default)]
struct Numbers {
    /// A number that both have, by how telling it is. Where a count was and is now, either may agree.
    agree: f32,
    /// Whether they are of one thing and cannot both hold.
    clash: f32,
    /// How near the things counted are.
    counted: f32,
    /// How many times the greater is the lesser, in powers of ten, 0..=1.
    far: f32,
    /// Whether the units measure different things, or the changes go different ways.
    units_apart: f32,
}

impl Numbers {
    fn of((x, a): (&Analysis, &Clause), (y, b): (&Analysis, &Clause)) -> Self {
        let (Some(p), Some(q)) = (quantity(x, a), quantity(y, b)) else { return Self::default() };
        let (ours, theirs) = (ends(x, p), ends(y, q));
        let pairs = || ours.iter().flat_map(|p| theirs.iter().map(move |q| (&**p, &**q)));
        let counted = counted((p, a), (q, b));
        let one_thing = counted >= SAME_COUNTED || a.kinds & b.kinds != 0;
        let compatible = || pairs().any(|(p, q)| Value::of_quantity(p).compatible(&Value::of_quantity(q)));
        let apart = measured_in(&p.unit) != measured_in(&q.unit) || way(p) != way(q);
        Self {
            agree: pairs().map(|(p, q)| agree(p, q)).fold(0.0, f32::max),
            clash: f32::from(u8::from(one_thing && !compatible())),
            counted,
            far: pairs().map(|(p, q)| far(p, q)).fold(1.0, f32::min),
            units_apart: f32::from(u8::from(apart)),
        }
    }
}

/// Which way a number tells a change: a rise is no fall, and neither is a level.
fn way(quantity: &Quantity) -> Option<Change> {
    Some(quantity.change).filter(|c| matches!(c, Change::Up | Change::Down))
}

/// How near what one number counts is to a word about the other, 0..=1, the nearer way round: "twelve
/// detained" and "twelve people were arrested".
fn told_of(a: &Clause, b: &Clause) -> f32 {
    let near = |a: &Clause, b: &Clause| {
        let Some(counted) = &a.counted else { return 0.0 };
        b.about.iter().map(|w| counted.cosine(w)).fold(0.0, f32::max)
    };
    near(a, b).max(near(b, a))
}

/// How many times the greater of two numbers is the lesser, in powers of ten, 0..=1.
fn far(p: &Quantity, q: &Quantity) -> f32 {
    match (p.low.or(p.high), q.low.or(q.high)) {
        (Some(v), Some(w)) if v > 0.0 && w > 0.0 => ((v / w).log10().abs() as f32).min(1.0),
        _ => 1.0,
    }
}

/// The values that a quantity tells: one, or what a count was and what it is now.
fn ends<'q>(report: &Analysis, quantity: &'q Quantity) -> Vec<Cow<'q, Quantity>> {
    let at = |v: f64| Cow::Owned(Quantity { low: Some(v), high: Some(v), ..quantity.clone() });
    match moved(&report.report, quantity) {
        Some((was, is)) => vec![at(was), at(is)],
        None => vec![Cow::Borrowed(quantity)],
    }
}

/// How much it tells that two quantities are one number in one unit, 0..=1; 0 if they are not.
fn agree(p: &Quantity, q: &Quantity) -> f32 {
    let same = p.unit == q.unit && Value::of_quantity(p).same(&Value::of_quantity(q));
    if same { p.low.or(p.high).map_or(0.0, telling) } else { 0.0 }
}

/// How much it tells that a number is met again, 0..=1: a third for each figure that is not a closing
/// zero; a count up to ten, which any text may hold, half of that.
fn telling(number: f64) -> f32 {
    let digits = format!("{:e}", number.abs());
    let figures = digits.bytes().take_while(|b| *b != b'e').filter(u8::is_ascii_digit).count();
    let small = number.fract() == 0.0 && number.abs() <= 10.0;
    figures.min(3) as f32 / 3.0 * if small { 0.5 } else { 1.0 }
}

/// How near the things are that two quantities count, 0..=1: by unit, else by the words behind the numbers.
fn counted((p, a): (&Quantity, &Clause), (q, b): (&Quantity, &Clause)) -> f32 {
    if !p.unit.is_empty() || !q.unit.is_empty() {
        return f32::from(u8::from(measured_in(&p.unit) == measured_in(&q.unit)));
    }
    match (&a.counted, &b.counted) {
        (Some(v), Some(w)) => v.cosine(w).max(0.0),
        _ => 0.0,
    }
}

/// Whether two clauses have dates that can both hold, and else whether they have any that cannot. A clock
/// time counts by its hour: two that differ by minutes are likelier told of one thing than of two.
fn times(x: &Analysis, a: &Clause, y: &Analysis, b: &Clause) -> (f32, f32) {
    let mut found = (0.0, 0.0);
    for &i in &a.times {
        for &j in &b.times {
            let v = Value::of_time(&x.extracts.times[i as usize]).by_the_hour();
            let w = Value::of_time(&y.extracts.times[j as usize]).by_the_hour();
            if v.compatible(&w) { found.0 = 1.0 } else { found.1 = 1.0 }
        }
    }
    if found.0 > 0.0 { (1.0, 0.0) } else { found }
}

/// How much it tells that two clauses have dates that can both hold, 0..=1: a weekday is met in any report
/// of the week, a day of a month or a clock time is not.
fn dated(x: &Analysis, a: &Clause, y: &Analysis, b: &Clause) -> f32 {
    let figures = |t: &Time| t.value_undated.bytes().filter(u8::is_ascii_digit).count().min(4) as f32 / 4.0;
    let mut best: f32 = 0.0;
    for t in a.times.iter().map(|&i| &x.extracts.times[i as usize]) {
        for u in b.times.iter().map(|&j| &y.extracts.times[j as usize]) {
            if Value::of_time(t).compatible(&Value::of_time(u)) {
                best = best.max(figures(t).min(figures(u)));
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_loads_and_names_only_features() {
        let table: Table = toml::from_str(include_str!("weights.toml")).unwrap();
        for weights in [table.kin, table.numbers, table.words] {
            assert!(weights.of.keys().all(|k| FEATURES.contains(&k.as_str())));
        }
    }

    #[test]
    fn round_and_small_numbers_tell_less() {
        let told: Vec<f32> = [2.0, 40.0, 1.5, 71.0, 2150.0].map(telling).to_vec();
        assert!(told.is_sorted() && told[4] == 1.0, "{told:?}");
    }

    #[test]
    fn the_feature_that_chooses_the_model_stands_where_it_is_said_to() {
        assert_eq!(FEATURES[FIGURES], "figures");
    }

    #[test]
    fn runs_count_from_three_words() {
        assert_eq!(longest_run(&[1, 2, 3, 4], &[9, 2, 3, 4]), 0.75);
        assert_eq!(longest_run(&[1, 2, 5], &[1, 2, 7]), 0.0);
    }
}
