//! Piles of made-up reports: a few originals, and what is made from them by copying, cutting,
//! rewriting and shuffling. The words are our own; every sentence can be told apart by its numbers.

use proptest::prelude::*;
use stemma::model::{Moment, RawReport};

const WHO: [&str; 8] = [
    "The harbour office in Tarn",
    "Mayor Ilse Vandray",
    "Police in Koldhaven",
    "The Norrland Rail Union",
    "Minister Pedro Calvão",
    "A spokesman for Brack & Sons",
    "The coast guard",
    "Dr. Ana Søberg",
];
const DID: [&str; 6] = ["closed", "inspected", "sold", "promised to rebuild", "moved", "lost"];
const WHAT: [&str; 8] = [
    "fishing boats",
    "tonnes of timber",
    "houses near the old quay",
    "railway wagons",
    "percent of the winter stock",
    "kilometres of track",
    "pumps",
    "euros in fees",
];
const WHEN: [&str; 6] =
    ["on Tuesday", "last week", "on 3 May 2021", "in March", "at noon", "two days earlier"];
const SAYING: [&str; 4] = [
    "\"Nobody saw it coming,\" she said.",
    "He said the work would take a year.",
    "According to the council, nothing was hidden.",
    "“We did not agree to this,” the union told Tarn Radio.",
];

/// One sentence, of which no other has the same figure.
pub fn sentence() -> impl Strategy<Value = String> {
    let parts = (0..WHO.len(), 0..DID.len(), 2u32..90_000, 0..WHAT.len(), 0..WHEN.len(), 0..2 * SAYING.len());
    parts.prop_map(|(who, did, n, what, when, saying)| {
        let told = format!("{} {} {n} {} {}.", WHO[who], DID[did], WHAT[what], WHEN[when]);
        match SAYING.get(saying) {
            Some(saying) => format!("{told} {saying}"),
            None => told,
        }
    })
}

/// The sentences of a report.
pub fn sentences() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(sentence(), 6..12)
}

/// Reports that share no happening: each has speakers, deeds and things of its own, so that which
/// of their claims are the same is beyond doubt. (Where it is in doubt, any new report may tip it.)
pub fn apart() -> impl Strategy<Value = Vec<Vec<String>>> {
    let told = |i: usize| {
        let parts = (2u32..90_000, 0..WHEN.len(), any::<bool>());
        prop::collection::vec(parts, 4).prop_map(move |parts| {
            let sentence = |(j, (n, when, has_saying)): (usize, &(u32, usize, bool))| {
                let (who, what) = (WHO[2 * i + j % 2], WHAT[2 * i + j / 2]);
                let told = format!("{who} {} {n} {what} {}.", DID[(2 * i + j) % DID.len()], WHEN[*when]);
                if *has_saying && j == 1 { format!("{told} {}", SAYING[i]) } else { told }
            };
            parts.iter().enumerate().map(sentence).collect::<Vec<String>>()
        })
    };
    (told(0), told(1), told(2), 2usize..4).prop_map(|(a, b, c, n)| {
        let mut originals = vec![a, b, c];
        originals.truncate(n);
        originals
    })
}

/// What is made from an original.
#[derive(Clone, Debug)]
pub enum Making {
    /// Word for word.
    Copy,
    /// The first so many sentences.
    Cut(usize),
    /// The sentences in another order.
    Turn(usize),
    /// Some sentences told anew.
    Retell(Vec<String>),
}

/// A way to make one report from another.
pub fn making() -> impl Strategy<Value = Making> {
    prop_oneof![
        Just(Making::Copy),
        (2usize..5).prop_map(Making::Cut),
        (1usize..5).prop_map(Making::Turn),
        prop::collection::vec(sentence(), 1..3).prop_map(Making::Retell),
    ]
}

impl Making {
    /// The sentences made.
    pub fn of(&self, original: &[String]) -> Vec<String> {
        let mut made = original.to_vec();
        match self {
            Making::Copy => {}
            Making::Cut(n) => made.truncate(*n),
            Making::Turn(n) => made.rotate_left(*n % original.len()),
            Making::Retell(new) => made.iter_mut().zip(new).for_each(|(old, new)| old.clone_from(new)),
        }
        made
    }
}

/// A report under a key, published on a day of May 2021.
pub fn report(key: &str, sentences: &[String], day: Option<u8>) -> RawReport {
    let passages: Vec<String> = sentences.chunks(3).map(|passage| passage.join(" ")).collect();
    RawReport {
        key: key.to_string(),
        file: format!("{key}.txt"),
        text: passages.join("\n\n"),
        published: day.and_then(|day| Moment::parse(&format!("2021-05-{day:02}"))),
        ..RawReport::default()
    }
}

/// Two or three originals and up to five reports made from them, some dated.
pub fn pile() -> impl Strategy<Value = Vec<RawReport>> {
    let originals = prop::collection::vec(sentences(), 2..4);
    let made = prop::collection::vec((0usize..3, making()), 0..6);
    let days = prop::collection::vec(prop::option::of(1u8..28), 9);
    (originals, made, days).prop_map(|(originals, made, days)| {
        let whole = originals.iter().cloned();
        let made = made.iter().map(|(i, making)| making.of(&originals[i % originals.len()]));
        let texts = whole.chain(made).zip(days).enumerate();
        texts.map(|(i, (sentences, day))| report(&format!("r{i}"), &sentences, day)).collect()
    })
}
