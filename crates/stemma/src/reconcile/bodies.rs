//! Names of speakers -> which of them are one body, whatever the language or the form.
//!
//! Equal or shortened names; names that a copy damaged; descriptions whose words agree one by one in
//! meaning, and across languages most of them, or in letters (cognates, after Melamed 1999). Judged
//! within one entry, where few bodies meet.

use crate::clean;
use crate::extract::names::{self, key_of};
use crate::extract::{Entity, NameKind};
use crate::model::Lang;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use stemma_words::Vector;

/// How near two words are in meaning, as a cosine, to say the same of a body.
///
/// "ministry" and "ministerio" stand above 0.6, "defence" and "labour" under 0.4; lower joins the
/// ministries of one state, higher counts one ministry once in each language.
const SAME_WORD: f32 = 0.5;

/// Letters that two words must begin with alike to be forms of one: "Belmora", "Belmoran".
const SAME_STEM: usize = 5;

/// Letters of the longer word that two words of different languages share in order, as a share, to be
/// cognates; and the letters that they need for it.
const COGNATE: (f64, usize) = (0.65, 5);

/// Words of the shorter name that must have their like in a name of another language, as a share by
/// weight: an ordinary word may be one that the vectors do not know, a proper name may not be missing.
const MOST_WORDS: f32 = 0.66;

/// Letters from which a word in capitals is an acronym that names a body by itself, and the words of a name that
/// ends in one: "US" and "UN" name more than one body.
const ACRONYM: (usize, usize) = (3, 3);

/// Nats of probability under which a word is too common to weigh more than the least.
const COMMON: f32 = 7.0;

/// A speaker's name as a telling has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Named<'a> {
    pub name: &'a str,
    pub lang: Lang,
    /// Whether it is known to name a person, whose name has no translation.
    pub person: bool,
}

/// A name, taken apart.
struct Parts<'a> {
    of: Named<'a>,
    agency: Option<&'static str>,
    entity: Entity,
    words: Vec<Word>,
}

struct Word {
    key: String,
    vector: Vector,
    /// 1 and up; a made-up or foreign name about 4, "group" about 2.
    weight: f32,
    acronym: bool,
}

/// The names of an entry's speakers, joined.
pub(super) struct Bodies<'a> {
    keys: FxHashMap<&'a str, u32>,
    bodies: Vec<Vec<Parts<'a>>>,
}

impl<'a> Bodies<'a> {
    /// Joins names; the order in which they are given decides only which name stands for a body.
    pub fn join(names: &[Named<'a>]) -> Self {
        let mut sorted: Vec<Named> = names.to_vec();
        sorted.sort_unstable_by(|a, b| b.name.len().cmp(&a.name.len()).then(a.cmp(b)));
        sorted.dedup_by_key(|n| n.name);
        let mut joined = Self { keys: FxHashMap::default(), bodies: Vec::new() };
        for named in sorted {
            let parts = Parts::of(named);
            let same = joined.bodies.iter().position(|b| b.iter().any(|other| parts.is(other)));
            match same {
                Some(at) => joined.bodies[at].push(parts),
                None => joined.bodies.push(vec![parts]),
            }
            joined.keys.insert(named.name, same.unwrap_or(joined.bodies.len() - 1) as u32);
        }
        let mut votes: FxHashMap<&str, (usize, Reverse<usize>)> = FxHashMap::default();
        for (at, named) in names.iter().enumerate() {
            votes.entry(named.name).or_insert((0, Reverse(at))).0 += 1;
        }
        for body in &mut joined.bodies {
            body.sort_by_key(|p| Reverse(votes[p.of.name]));
        }
        joined
    }

    /// The number of the body that a name names.
    pub fn key(&self, name: &str) -> Option<u32> {
        self.keys.get(name).copied()
    }

    /// The name of a body that is told most often, and first.
    pub fn name(&self, key: u32) -> &'a str {
        self.bodies[key as usize][0].of.name
    }

    /// Whether words name a body: all words of one of its names have their like among them, or the acronym
    /// behind a common noun, "the union GMW", stands there.
    pub fn is_named_in(&self, key: u32, words: &str) -> bool {
        let inside = words_of(words);
        let acronym = |p: &Parts| {
            let own = p.words.last().filter(|w| w.acronym && p.words.len() <= ACRONYM.1);
            own.is_some_and(|w| inside.iter().any(|v| v.acronym && v.key == w.key))
        };
        let named = |p: &Parts| !p.words.is_empty() && within(&p.words, &inside) || acronym(p);
        self.bodies[key as usize].iter().any(named)
    }
}

impl<'a> Parts<'a> {
    fn of(named: Named<'a>) -> Self {
        let name = named.name;
        let entity = Entity {
            canonical: name.to_owned(),
            key: key_of(name),
            kind: NameKind::Other,
            country: None,
            sector: None,
            roles: Vec::new(),
        };
        Self { of: named, agency: clean::agency(name).map(|a| a.name), entity, words: words_of(name) }
    }

    fn is(&self, other: &Self) -> bool {
        if let (Some(a), Some(b)) = (self.agency, other.agency) {
            return a == b;
        }
        let (short, long) = if self.words.len() <= other.words.len() { (self, other) } else { (other, self) };
        names::same(&self.entity, &other.entity)
            || !short.words.is_empty() && within(&short.words, &long.words)
            || self.translates(other) && mostly_within(&short.words, &long.words)
    }
}

impl Parts<'_> {
    /// Whether one name may be the other in another language.
    fn translates(&self, other: &Self) -> bool {
        let people = self.of.person || other.of.person;
        self.of.lang != other.of.lang && !people && self.words.len().min(other.words.len()) > 1
    }
}

/// Words that tell something: of two letters or more, not one of the small joining words.
fn words_of(name: &str) -> Vec<Word> {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 1);
    let telling = words.filter(|w| w.chars().count() > 3 || w.chars().next().is_some_and(char::is_uppercase));
    let mut pieces = Vec::new();
    let word = |w: &str| {
        let table = stemma_words::table();
        pieces.clear();
        table.pieces(w, &mut pieces);
        let nats: f32 = pieces.iter().map(|&p| table.rarity(p)).filter(|r| r.is_finite()).sum();
        let weight = (nats - COMMON).max(1.0).sqrt();
        let acronym = w.chars().count() >= ACRONYM.0 && w.chars().all(char::is_uppercase);
        Word { key: key_of(w), vector: table.word_vector(w, None), weight, acronym }
    };
    telling.map(word).collect()
}

/// Whether every word of a shorter name has its like in a longer one.
fn within(short: &[Word], long: &[Word]) -> bool {
    short.iter().all(|w| long.iter().any(|v| w.is(v)))
}

/// Whether most words of a name have their like in a name of another language.
fn mostly_within(short: &[Word], long: &[Word]) -> bool {
    let found = short.iter().filter(|w| long.iter().any(|v| w.is(v) || w.is_cognate(v)));
    let weight = |words: &mut dyn Iterator<Item = &Word>| words.map(|w| w.weight).sum::<f32>();
    weight(&mut found.into_iter()) >= MOST_WORDS * weight(&mut short.iter()) && long.len() <= short.len() + 2
}

impl Word {
    fn is_cognate(&self, other: &Word) -> bool {
        let (a, b): (Vec<char>, Vec<char>) = (self.key.chars().collect(), other.key.chars().collect());
        let longer = a.len().max(b.len());
        a.len().min(b.len()) >= COGNATE.1 && shared_letters(&a, &b) as f64 >= COGNATE.0 * longer as f64
    }

    fn is(&self, other: &Word) -> bool {
        let stem = |key: &str| key.chars().take(SAME_STEM).collect::<String>();
        self.key == other.key
            || self.key.chars().count() >= SAME_STEM && stem(&self.key) == stem(&other.key)
            || self.vector.cosine(&other.vector) >= SAME_WORD
    }
}

/// The length of the longest common subsequence.
fn shared_letters(a: &[char], b: &[char]) -> usize {
    let mut row = vec![0; b.len() + 1];
    for x in a {
        let mut corner = 0;
        for (j, y) in b.iter().enumerate() {
            let next = if x == y { corner + 1 } else { row[j].max(row[j + 1]) };
            corner = std::mem::replace(&mut row[j + 1], next);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(a: &str, b: &str, same: bool) {
        check_across(a, b, "en", same);
    }

    /// The first in English, the second in a language.
    fn check_across(a: &str, b: &str, lang: &str, same: bool) {
        let named = |name, lang| Named { name, lang: Lang::parse(lang), person: is_person(name) };
        let joined = Bodies::join(&[named(a, "en"), named(b, lang)]);
        assert_eq!(joined.key(a) == joined.key(b), same, "{a} / {b}");
    }

    fn is_person(name: &str) -> bool {
        name.starts_with("Ana") || name.starts_with("Marta")
    }

    #[test]
    fn an_acronym_behind_a_noun_names_its_body() {
        let named = |name| Named { name, lang: Lang::DE, person: false };
        let joined = Bodies::join(&[named("Gewerkschaft GMW"), named("US")]);
        let key = |name| joined.key(name).expect("it was joined");
        assert!(joined.is_named_in(key("Gewerkschaft GMW"), "GMW-Regionalleiterin Karla Dreesen"));
        assert!(!joined.is_named_in(key("Gewerkschaft GMW"), "Regionalleiterin der GLT"));
    }

    #[test]
    fn one_body_has_many_names() {
        check("Ministry of Defence", "Ministerio de Defensa", true);
        check("Belmora's defence ministry", "Sarvania's defence ministry", false);
        check("ministry of defence", "ministry of labour", false);
        check("Ilko Dravecz", "Ilko Draveck", true);
        check("Tarn Valley Civil Protection", "Protección Civil del Valle del Tarn", true);
        check("Ana Pires", "Marta Pires", false);
        check_across("Coastal Union", "Unión Costera", "es", true);
        check_across("Consumer Union", "Unión Costera", "es", false);
        check("Coastal Union", "Consumer Union", false);
        check_across("Ana Pires", "Marta Pires", "pt", false);
        check_across("Norvane Group", "Konzern Norvane", "de", true);
        check_across("Belmora's defence ministry", "Ministerio de Defensa de Sarvania", "es", false);
    }
}
