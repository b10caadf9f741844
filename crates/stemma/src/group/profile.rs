//! Analysis -> [`Profile`]: what grouping looks at in one report, weighed by rarity.
//!
//! Keys are words, names, numbers and days, each with a weight; vectors carry what words cannot,
//! across languages. Built for a whole pile at once, since rarity is the pile's.

use crate::Analysis;
use crate::compare::fold::name_key;
use crate::extract::names::identities;
use crate::extract::{NameKind, TimeKind, times};
use crate::model::{Lang, Moment, Span, id};
use crate::segment::rarity::word_key;
use crate::segment::{Rarity, Sentence, TokenKind};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use stemma_words::Vector;

/// Sentences that count as the lead: what the report is about stands there.
///
/// News puts the happening first and background last (the inverted pyramid). Two to four were
/// tried on ECB+ topics; three gave the best separation of two events of one topic.
pub(super) const LEAD: usize = 3;

/// Sentences in which a report names the day of its happening; the lead often leaves it to the next.
const OPENING: usize = 6;

/// One report as grouping sees it.
#[derive(Debug)]
pub(super) struct Profile {
    pub lang: Lang,
    pub published: Option<Moment>,
    /// When it was published or, where that is unknown, the first dated report of its family.
    pub dated: Option<Moment>,
    /// Words of the whole body: key and weight, ascending by key, of length 1 together.
    pub words: Keys,
    /// Names of people, organisations and places.
    pub names: Keys,
    /// The parts of those names by their sound, the same in any script.
    pub sounds: Keys,
    /// Numbers, as they are counted.
    pub numbers: Keys,
    /// Days that the report's times name.
    pub days: Keys,
    /// Words and names of the lead.
    pub lead: Keys,
    /// Names of the lead.
    pub lead_names: Keys,
    /// Days and weekdays that the opening names: resolved, and as they stand.
    pub lead_days: Vec<(String, String)>,
    /// Places that the lead names: keys.
    pub lead_places: Vec<u64>,
    /// Meaning of the whole and of the lead.
    pub vectors: [Vector; 2],
}

/// Keys with weights, ascending by key.
#[derive(Debug, Default)]
pub(super) struct Keys(pub Vec<(u64, f32)>);

impl Keys {
    /// Weighs counted keys by rarity and scales them to length 1.
    fn weighed(counts: FxHashMap<u64, f32>, rarity: &Weigher) -> Self {
        let weigh = |(key, n): (u64, f32)| (key, (1.0 + n.ln()) * rarity.of(key));
        let mut keys: Vec<(u64, f32)> = counts.into_iter().map(weigh).collect();
        keys.sort_unstable_by_key(|k| k.0);
        let length = keys.iter().map(|k| k.1 * k.1).sum::<f32>().sqrt();
        if length > 0.0 {
            keys.iter_mut().for_each(|k| k.1 /= length);
        }
        Self(keys)
    }

    /// Cosine, 0..=1.
    pub fn cosine(&self, other: &Keys) -> f32 {
        shared(&self.0, &other.0).map(|(a, b)| a * b).sum()
    }

    /// Share of this one's weight whose keys the other has too, 0..=1.
    pub fn covered_by(&self, other: &Keys) -> f32 {
        let all: f32 = self.0.iter().map(|k| k.1).sum();
        if all > 0.0 { shared(&self.0, &other.0).map(|(a, _)| a).sum::<f32>() / all } else { 0.0 }
    }
}

/// The weights of keys in both, walking two ascending lists once.
fn shared<'k>(a: &'k [(u64, f32)], b: &'k [(u64, f32)]) -> impl Iterator<Item = (f32, f32)> + 'k {
    let mut j = 0;
    a.iter().filter_map(move |&(key, weight)| {
        while j < b.len() && b[j].0 < key {
            j += 1;
        }
        (j < b.len() && b[j].0 == key).then(|| (weight, b[j].1))
    })
}

/// Counts of keys in one report, before weighing.
struct Counted {
    words: FxHashMap<u64, f32>,
    names: FxHashMap<u64, f32>,
    sounds: FxHashMap<u64, f32>,
    numbers: FxHashMap<u64, f32>,
    days: FxHashMap<u64, f32>,
    lead: FxHashMap<u64, f32>,
    lead_names: FxHashMap<u64, f32>,
}

/// How rare keys of names, numbers and days are in the pile, words by [`Rarity`].
struct Weigher {
    words: Rarity,
    n_reports: f32,
    counts: FxHashMap<u64, u32>,
}

impl Weigher {
    fn learn(reports: &[&Analysis], counted: &[Counted]) -> Self {
        let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
        let keyed = counted.iter().flat_map(|r| [&r.names, &r.sounds, &r.numbers, &r.days]);
        for key in keyed.flat_map(|m| m.keys()) {
            *counts.entry(*key).or_default() += 1;
        }
        Self { words: Rarity::of_pile(reports), n_reports: reports.len() as f32, counts }
    }

    fn of(&self, key: u64) -> f32 {
        match self.counts.get(&key) {
            Some(&n) => ((self.n_reports + SOFTENER) / (n as f32 + 0.5)).ln().max(0.0),
            None => self.words.of(key),
        }
    }
}

/// Reports that a small pile is taken to stand among when it weighs names, numbers and days.
const SOFTENER: f32 = 50.0;

/// Profiles of a pile, in its order.
pub(super) fn profiles(reports: &[&Analysis]) -> Vec<Profile> {
    let extracts: Vec<_> = reports.iter().map(|r| &r.extracts).collect();
    let identities = identities(&extracts);
    let numbered = reports.par_iter().zip(&identities.of);
    let counted: Vec<Counted> = numbered.map(|(report, of)| count(report, of)).collect();
    let rarity = Weigher::learn(reports, &counted);
    let pairs: Vec<(&&Analysis, Counted)> = reports.iter().zip(counted).collect();
    pairs.into_par_iter().map(|(report, counted)| weigh(report, counted, &rarity)).collect()
}

fn weigh(report: &Analysis, counted: Counted, rarity: &Weigher) -> Profile {
    let lang = report.report.lang.is_known().then(|| report.report.lang.code());
    let table = stemma_words::table();
    let lead = lead(report).last().map_or("", |s| &report.report.body[..s.span.end as usize]);
    Profile {
        lang: report.report.lang,
        published: report.report.published,
        dated: report.report.published,
        words: Keys::weighed(counted.words, rarity),
        names: Keys::weighed(counted.names, rarity),
        sounds: Keys::weighed(counted.sounds, rarity),
        numbers: Keys::weighed(counted.numbers, rarity),
        days: Keys::weighed(counted.days, rarity),
        lead: Keys::weighed(counted.lead, rarity),
        lead_names: Keys::weighed(counted.lead_names, rarity),
        lead_days: lead_days(report),
        lead_places: lead_places(report, lead.len()),
        vectors: [table.vector(&report.report.body, lang), table.vector(lead, lang)],
    }
}

fn lead(report: &Analysis) -> &[Sentence] {
    &report.segments.sentences[..report.segments.sentences.len().min(LEAD)]
}

fn count(report: &Analysis, identities: &[u32]) -> Counted {
    let body = &report.report.body;
    let lead_end = lead(report).last().map_or(0, |s| s.span.end);
    let mut counted = Counted {
        words: FxHashMap::default(),
        names: names(report, identities, u32::MAX),
        sounds: sounds(report),
        numbers: numbers(report),
        days: days(report),
        lead: FxHashMap::default(),
        lead_names: names(report, identities, lead_end),
    };
    for token in report.segments.tokens.iter().filter(|t| t.kind == TokenKind::Word) {
        let key = word_key(token.span.of(body));
        *counted.words.entry(key).or_insert(0.0) += 1.0;
        if token.span.end <= lead_end {
            *counted.lead.entry(key).or_insert(0.0) += 1.0;
        }
    }
    counted
}

/// Names that stand before `end`, by who is named over the whole pile.
fn names(report: &Analysis, identities: &[u32], end: u32) -> FxHashMap<u64, f32> {
    let mut counts = FxHashMap::default();
    for name in report.extracts.names.iter().take_while(|n| n.span.end <= end) {
        if report.extracts.entities[name.entity as usize].kind != NameKind::Agency {
            let number = identities[name.entity as usize].to_le_bytes();
            *counts.entry(id::key(b'n', number)).or_insert(0.0) += 1.0;
        }
    }
    counts
}

/// The parts of a report's names, by their sound.
fn sounds(report: &Analysis) -> FxHashMap<u64, f32> {
    let mut counts = FxHashMap::default();
    for name in &report.extracts.names {
        for part in report.report.words(name.span).split(|c: char| !c.is_alphabetic()) {
            let sound = name_key(part);
            if !sound.is_empty() {
                *counts.entry(key(b's', &sound)).or_insert(0.0) += 1.0;
            }
        }
    }
    counts
}

fn numbers(report: &Analysis) -> FxHashMap<u64, f32> {
    let mut counts = FxHashMap::default();
    for quantity in &report.extracts.quantities {
        for value in [quantity.low, quantity.high].into_iter().flatten() {
            *counts.entry(id::key(b'q', value.to_bits().to_le_bytes())).or_insert(0.0) += 1.0;
        }
    }
    counts
}

fn days(report: &Analysis) -> FxHashMap<u64, f32> {
    let mut counts = FxHashMap::default();
    let dates = report.extracts.times.iter().filter(|t| matches!(t.kind, TimeKind::Date | TimeKind::Time));
    for time in dates {
        if let Some((first, last)) = times::interval(&time.value)
            && first == last
        {
            *counts.entry(key(b'd', &first.to_string())).or_insert(0.0) += 1.0;
        }
    }
    counts
}

/// Times of the opening that name a day or a weekday.
fn lead_days(report: &Analysis) -> Vec<(String, String)> {
    let fine = |value: &str| value.len() >= 10 && !value.starts_with('P');
    let end = report.segments.sentences.iter().take(OPENING).next_back().map_or(0, |s| s.span.end);
    let times = report.extracts.times.iter().filter(|t| t.span.end <= end);
    times.filter(|t| fine(&t.value)).map(|t| (t.value.clone(), t.value_undated.clone())).collect()
}

fn lead_places(report: &Analysis, end: usize) -> Vec<u64> {
    let names = report.extracts.names.iter().filter(|n| n.span.end as usize <= end);
    let entities = names.map(|n| &report.extracts.entities[n.entity as usize]);
    entities.filter(|e| e.kind == NameKind::Place).map(|e| key(b'n', &e.key)).collect()
}

fn key(kind: u8, text: &str) -> u64 {
    id::key(kind, text.bytes())
}

/// The words at a span of the lead, for a card.
pub(super) fn first_sentence(report: &Analysis) -> Option<Span> {
    report.report.headline.or_else(|| report.segments.sentences.first().map(|s| s.span))
}
