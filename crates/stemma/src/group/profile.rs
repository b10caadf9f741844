//! Analysis -> [`Profile`]: what grouping looks at in one report, weighed by rarity.
//!
//! Keys are words, names, numbers and days, each with a weight; vectors carry what words cannot,
//! across languages. Built for a whole pile at once, since rarity is the pile's: each report is read once, to a
//! [`Rough`], and weighed when all have been.

use crate::Analysis;
use crate::compare::fold::name_key;
use crate::extract::names::{Identities, KnownNames, key_number};
use crate::extract::{NameKind, TimeKind, statements, times};
use crate::model::{Lang, Moment, Span, id};
use crate::pile::{Gathered, Need, Pile, gathered};
use crate::segment::rarity::{Counts, word_key};
use crate::segment::{Rarity, Sentence, TokenKind};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use stemma_words::Packed;

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
    /// Meaning of the whole.
    pub meaning: Packed,
}

/// The upper half of keys, with weights, ascending by key. Of the million keys of a large pile some hundred
/// share theirs with another, which no report notices.
#[derive(Debug, Default)]
pub(super) struct Keys(pub Vec<(u32, f32)>);

impl Keys {
    /// Counts keys that ascend, weighs them by rarity and scales them to length 1.
    fn weighed(all: &[u64], rarity: &Weigher) -> Self {
        let weigh = |same: &[u64]| {
            let often = 1.0 + (same.len() as f32).ln();
            ((same[0] >> 32) as u32, often * rarity.nats(same[0]))
        };
        let mut keys: Vec<(u32, f32)> = all.chunk_by(|a, b| a == b).map(weigh).collect();
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
fn shared<'k>(a: &'k [(u32, f32)], b: &'k [(u32, f32)]) -> impl Iterator<Item = (f32, f32)> + 'k {
    let mut j = 0;
    a.iter().filter_map(move |&(key, weight)| {
        while j < b.len() && b[j].0 < key {
            j += 1;
        }
        (j < b.len() && b[j].0 == key).then(|| (weight, b[j].1))
    })
}

/// A report's profile before the pile is known. Keys come as often as they stand there.
struct Rough {
    lang: Lang,
    published: Option<Moment>,
    /// Words in their order, and how many of them stand in the lead.
    words: Vec<u64>,
    n_lead_words: usize,
    /// Numbers of the keys of names in their order, and how many of them stand in the lead.
    names: Vec<u64>,
    n_lead_names: usize,
    /// Ascending, as the next two.
    sounds: Vec<u64>,
    numbers: Vec<u64>,
    days: Vec<u64>,
    lead_days: Vec<(String, String)>,
    lead_places: Vec<u64>,
    meaning: Packed,
}

impl Rough {
    fn of(report: &Analysis) -> Self {
        let lang = report.report.lang.is_known().then(|| report.report.lang.code());
        let lead = lead(report).last().map_or("", |s| &report.report.body[..s.span.end as usize]);
        let tokens = || report.segments.tokens.iter().filter(|t| t.kind == TokenKind::Word);
        let told = || {
            let agency = |entity: u32| report.extracts.entities[entity as usize].kind == NameKind::Agency;
            report.extracts.names.iter().filter(move |n| !agency(n.entity))
        };
        let within = |span: Span| span.end as usize <= lead.len();
        Self {
            lang: report.report.lang,
            published: report.report.published,
            words: tokens().map(|t| word_key(t.span.of(&report.report.body))).collect(),
            n_lead_words: tokens().take_while(|t| within(t.span)).count(),
            names: told().map(|n| key_number(&report.extracts.entities[n.entity as usize].key)).collect(),
            n_lead_names: told().take_while(|n| within(n.span)).count(),
            sounds: sounds(report),
            numbers: numbers(report),
            days: days(report),
            lead_days: lead_days(report),
            lead_places: lead_places(report, lead.len()),
            meaning: stemma_words::table().vector(&report.report.body, lang).pack(),
        }
    }

    /// Gives names that are one thing's one key.
    fn identify(&mut self, identities: &Identities) {
        for name in &mut self.names {
            *name = id::key(b'n', identities.get(*name).unwrap_or_default().to_le_bytes());
        }
    }

    fn weighed(self, rarity: &Weigher) -> Profile {
        let weigh = |keys: &[u64]| Keys::weighed(&sorted(keys.iter().copied()), rarity);
        Profile {
            lang: self.lang,
            published: self.published,
            dated: self.published,
            words: weigh(&self.words),
            names: weigh(&self.names),
            sounds: Keys::weighed(&self.sounds, rarity),
            numbers: Keys::weighed(&self.numbers, rarity),
            days: Keys::weighed(&self.days, rarity),
            lead: weigh(&self.words[..self.n_lead_words]),
            lead_names: weigh(&self.names[..self.n_lead_names]),
            lead_days: self.lead_days,
            lead_places: self.lead_places,
            meaning: self.meaning,
        }
    }
}

/// How rare keys of names, numbers and days are in the pile, words by [`Rarity`].
struct Weigher {
    words: Rarity,
    n_reports: f32,
    counts: FxHashMap<u64, u32>,
}

impl Weigher {
    fn learn(words: Counts, reports: &[Rough]) -> Self {
        let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
        let mut names = Vec::new();
        for report in reports {
            names.clone_from(&report.names);
            names.sort_unstable();
            let lists = [&names, &report.sounds, &report.numbers, &report.days];
            for same in lists.iter().flat_map(|keys| keys.chunk_by(|a, b| a == b)) {
                *counts.entry(same[0]).or_default() += 1;
            }
        }
        Self { words: Rarity::of(words), n_reports: reports.len() as f32, counts }
    }

    fn nats(&self, key: u64) -> f32 {
        match self.counts.get(&key) {
            Some(&n) => ((self.n_reports + SOFTENER) / (n as f32 + 0.5)).ln().max(0.0),
            None => self.words.nats(key),
        }
    }
}

/// Reports that a small pile is taken to stand among when it weighs names, numbers and days.
const SOFTENER: f32 = 50.0;

/// What is read of a pile before its reports are weighed.
#[derive(Default)]
struct Read {
    roughs: Vec<Rough>,
    words: Counts,
    names: KnownNames,
}

impl Gathered for Read {
    fn with(mut self, report: &Analysis) -> Self {
        self.roughs.push(Rough::of(report));
        Self { words: self.words.with(report), names: self.names.with(&report.extracts), ..self }
    }

    fn and(mut self, other: Self) -> Self {
        self.roughs.extend(other.roughs);
        Self { words: self.words.and(other.words), names: self.names.and(other.names), ..self }
    }
}

/// Profiles of a pile, by place.
pub(super) fn profiles<P: Pile>(pile: &P) -> Result<Vec<Profile>, P::Error> {
    let places: Vec<u32> = (0..pile.len() as u32).collect();
    let Read { mut roughs, words, names } = gathered(pile, &places, Need::Words)?;
    let identities = names.identities();
    roughs.par_iter_mut().for_each(|rough| rough.identify(&identities));
    let rarity = Weigher::learn(words, &roughs);
    Ok(roughs.into_par_iter().map(|rough| rough.weighed(&rarity)).collect())
}

fn lead(report: &Analysis) -> &[Sentence] {
    &report.segments.sentences[..report.segments.sentences.len().min(LEAD)]
}

/// The parts of a report's names, by their sound.
fn sounds(report: &Analysis) -> Vec<u64> {
    let names = report.extracts.names.iter().map(|n| report.report.words(n.span));
    let sounds = names.flat_map(|n| n.split(|c: char| !c.is_alphabetic())).map(name_key);
    sorted(sounds.filter(|sound| !sound.is_empty()).map(|sound| key(b's', &sound)))
}

/// Whether a report's numbers and days are weighed: the weights were learnt from languages with rules, in
/// which such a share of both is found. With those of all languages, the reports of one day in four
/// languages bound two happenings (B³ precision on MEANTIME .82, without .96).
fn is_weighed(report: &Analysis) -> bool {
    statements::knows(report.report.lang)
}

fn numbers(report: &Analysis) -> Vec<u64> {
    if !is_weighed(report) {
        return Vec::new();
    }
    let values = report.extracts.quantities.iter().flat_map(|q| [q.low, q.high]).flatten();
    sorted(values.map(|value| id::key(b'q', value.to_bits().to_le_bytes())))
}

fn days(report: &Analysis) -> Vec<u64> {
    if !is_weighed(report) {
        return Vec::new();
    }
    let dates = report.extracts.times.iter().filter(|t| matches!(t.kind, TimeKind::Date | TimeKind::Time));
    let days = dates.filter_map(|time| times::interval(&time.value)).filter(|(first, last)| first == last);
    sorted(days.map(|(first, _)| key(b'd', &first.to_string())))
}

/// Times of the opening that name a day or a weekday.
fn lead_days(report: &Analysis) -> Vec<(String, String)> {
    if !is_weighed(report) {
        return Vec::new();
    }
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

fn sorted(keys: impl Iterator<Item = u64>) -> Vec<u64> {
    let mut keys: Vec<u64> = keys.collect();
    keys.sort_unstable();
    keys
}

fn key(kind: u8, text: &str) -> u64 {
    id::key(kind, text.bytes())
}

/// The words at a span of the lead, for a card.
pub(super) fn first_sentence(report: &Analysis) -> Option<Span> {
    report.report.headline.or_else(|| report.segments.sentences.first().map(|s| s.span))
}
