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
    /// Counts keys, weighs them by rarity and scales them to length 1.
    fn weighed(mut all: Vec<u64>, rarity: &Weigher) -> Self {
        all.sort_unstable();
        let weigh = |same: &[u64]| (same[0], (1.0 + (same.len() as f32).ln()) * rarity.of(same[0]));
        let mut keys: Vec<(u64, f32)> = all.chunk_by(|a, b| a == b).map(weigh).collect();
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

/// Keys of one report whose rarity is the pile's to tell, each as often as it stands there.
struct Keyed {
    names: Vec<u64>,
    sounds: Vec<u64>,
    numbers: Vec<u64>,
    days: Vec<u64>,
}

/// How rare keys of names, numbers and days are in the pile, words by [`Rarity`].
struct Weigher {
    words: Rarity,
    n_reports: f32,
    counts: FxHashMap<u64, u32>,
}

impl Weigher {
    fn learn(reports: &[&Analysis], keyed: &[Keyed]) -> Self {
        let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
        let mut own = Vec::new();
        for keys in keyed.iter().flat_map(|r| [&r.names, &r.sounds, &r.numbers, &r.days]) {
            own.clone_from(keys);
            own.sort_unstable();
            own.dedup();
            own.iter().for_each(|key| *counts.entry(*key).or_default() += 1);
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
    let keyed: Vec<Keyed> = numbered.map(|(report, of)| keyed(report, of)).collect();
    let rarity = Weigher::learn(reports, &keyed);
    let all = reports.par_iter().zip(&identities.of).zip(keyed);
    all.map(|((report, of), keyed)| weigh(report, of, keyed, &rarity)).collect()
}

fn weigh(report: &Analysis, identities: &[u32], keyed: Keyed, rarity: &Weigher) -> Profile {
    let lang = report.report.lang.is_known().then(|| report.report.lang.code());
    let table = stemma_words::table();
    let lead = lead(report).last().map_or("", |s| &report.report.body[..s.span.end as usize]);
    let lead_end = lead.len() as u32;
    Profile {
        lang: report.report.lang,
        published: report.report.published,
        dated: report.report.published,
        words: Keys::weighed(words(report, u32::MAX), rarity),
        names: Keys::weighed(keyed.names, rarity),
        sounds: Keys::weighed(keyed.sounds, rarity),
        numbers: Keys::weighed(keyed.numbers, rarity),
        days: Keys::weighed(keyed.days, rarity),
        lead: Keys::weighed(words(report, lead_end), rarity),
        lead_names: Keys::weighed(names(report, identities, lead_end), rarity),
        lead_days: lead_days(report),
        lead_places: lead_places(report, lead.len()),
        vectors: [table.vector(&report.report.body, lang), table.vector(lead, lang)],
    }
}

fn lead(report: &Analysis) -> &[Sentence] {
    &report.segments.sentences[..report.segments.sentences.len().min(LEAD)]
}

fn keyed(report: &Analysis, identities: &[u32]) -> Keyed {
    let (names, sounds) = (names(report, identities, u32::MAX), sounds(report));
    Keyed { names, sounds, numbers: numbers(report), days: days(report) }
}

/// Words that stand before `end`.
fn words(report: &Analysis, end: u32) -> Vec<u64> {
    let tokens = report.segments.tokens.iter().take_while(|t| t.span.end <= end);
    let words = tokens.filter(|t| t.kind == TokenKind::Word);
    words.map(|t| word_key(t.span.of(&report.report.body))).collect()
}

/// Names that stand before `end`, by who is named over the whole pile.
fn names(report: &Analysis, identities: &[u32], end: u32) -> Vec<u64> {
    let names = report.extracts.names.iter().take_while(|n| n.span.end <= end).map(|n| n.entity as usize);
    let told = names.filter(|e| report.extracts.entities[*e].kind != NameKind::Agency);
    told.map(|e| id::key(b'n', identities[e].to_le_bytes())).collect()
}

/// The parts of a report's names, by their sound.
fn sounds(report: &Analysis) -> Vec<u64> {
    let names = report.extracts.names.iter().map(|n| report.report.words(n.span));
    let sounds = names.flat_map(|n| n.split(|c: char| !c.is_alphabetic())).map(name_key);
    sounds.filter(|sound| !sound.is_empty()).map(|sound| key(b's', &sound)).collect()
}

fn numbers(report: &Analysis) -> Vec<u64> {
    let values = report.extracts.quantities.iter().flat_map(|q| [q.low, q.high]).flatten();
    values.map(|value| id::key(b'q', value.to_bits().to_le_bytes())).collect()
}

fn days(report: &Analysis) -> Vec<u64> {
    let dates = report.extracts.times.iter().filter(|t| matches!(t.kind, TimeKind::Date | TimeKind::Time));
    let days = dates.filter_map(|time| times::interval(&time.value)).filter(|(first, last)| first == last);
    days.map(|(first, _)| key(b'd', &first.to_string())).collect()
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
