//! Names of people in all reports -> which reports have one with a part swapped for a word of like meaning.
//!
//! A synonym machine does not know a name: `Rua Field Ota` stands for a man whom everybody else calls
//! `Rua Acre Ota`. Nobody else renames people so, hence one such name tells a spun report that has no kin.
//! Looks at names of three words or more, of which all but one are the same; says nothing of spellings.

use crate::Analysis;
use crate::extract::NameKind;
use crate::extract::names::key_of;
use crate::model::{Lang, Span};
use crate::trace::SpunPhrase;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::RangeInclusive;

/// How near in meaning the swapped part must be to the usual one, as a cosine. Words that stand for each
/// other lie above it (child and son .31, stone and rock .34); parts of names that many share do not
/// (names of men or women by twos at most .19, in a sample of 16).
const SAME_MEANING: f32 = 0.28;

/// From this share of letters in common on, one word is a spelling of the other: Silva and Silve, not
/// stone and rock.
const SPELT: f32 = 0.5;

/// Words of the names looked at: with fewer, the others alone do not tell who is meant.
const WORDS: RangeInclusive<usize> = 3..=5;

/// Letters that a swapped part has at least.
const LETTERS: usize = 3;

/// At most this many families that tell a name are counted.
const MOST: usize = 64;

/// The people of a report who are named in words enough.
pub(in crate::trace) struct People {
    lang: Lang,
    names: Vec<String>,
}

impl People {
    pub fn of(report: &Analysis) -> Self {
        let people = report.extracts.entities.iter().filter(|e| e.kind == NameKind::Person);
        let long = people.filter(|e| WORDS.contains(&e.canonical.split_whitespace().count()));
        Self { lang: report.report.lang, names: long.map(|e| e.canonical.clone()).collect() }
    }
}

/// A name of which a part is swapped: in which report (by its place), and the usual name.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Renamed {
    pub report: u32,
    odd: String,
    usual: String,
}

impl Renamed {
    /// Where it stands in its report, if it stands there as it was read.
    pub fn swapped(&self, report: &Analysis) -> Option<SpunPhrase> {
        let start = report.report.body.find(&self.odd)?;
        let span = Span::new(start, start + self.odd.len());
        Some(SpunPhrase { span, usual: self.usual.clone() })
    }
}

/// One part of a name, as the reports have it that agree on the others.
struct Part<'r> {
    word: String,
    lang: Lang,
    name: &'r str,
    families: FxHashSet<u32>,
    reports: Vec<u32>,
}

/// The swapped names of a pile, from the people of each report and its family.
pub(super) fn renamed<'p>(pile: impl Iterator<Item = (&'p People, u32)>) -> Vec<Renamed> {
    let mut parts: FxHashMap<(usize, Vec<String>), Vec<Part>> = FxHashMap::default();
    for (at, (people, family)) in pile.enumerate() {
        for name in people.names.iter().map(String::as_str) {
            let words: Vec<String> = name.split_whitespace().map(key_of).collect();
            for place in 0..words.len() {
                let mut others = words.clone();
                others.remove(place);
                let word = name.split_whitespace().nth(place).unwrap_or_default().to_lowercase();
                if word.chars().count() >= LETTERS {
                    let known = parts.entry((place, others)).or_default();
                    let (families, reports) = ([family].into_iter().collect(), vec![at as u32]);
                    see(known, Part { word, lang: people.lang, name, families, reports });
                }
            }
        }
    }
    let mut found: Vec<Renamed> = parts.into_values().flat_map(|known| judge(&known)).collect();
    found.sort_unstable();
    found
}

fn see<'r>(known: &mut Vec<Part<'r>>, part: Part<'r>) {
    match known.iter_mut().find(|k| k.word == part.word && k.lang == part.lang) {
        Some(known) if known.families.len() < MOST => {
            known.families.extend(part.families);
            known.reports.extend(part.reports);
        }
        Some(_) => {}
        None => known.push(part),
    }
}

/// Of two parts of like meaning in one language, the one that fewer families tell is swapped.
fn judge(known: &[Part]) -> Vec<Renamed> {
    let mut found = Vec::new();
    for odd in known {
        let usual = known.iter().filter(|u| {
            u.lang == odd.lang && u.families.len() > odd.families.len() && means(&u.word, &odd.word, odd.lang)
        });
        let Some(usual) = usual.max_by_key(|u| u.families.len()) else { continue };
        let renamed = |report: &u32| {
            let (odd, usual) = (odd.name.to_owned(), usual.name.to_owned());
            Renamed { report: *report, odd, usual }
        };
        found.extend(odd.reports.iter().map(renamed));
    }
    found
}

/// Two words of like meaning that are no spellings of each other.
fn means(a: &str, b: &str, lang: Lang) -> bool {
    let table = stemma_words::table();
    let code = lang.is_known().then(|| lang.code());
    similar::TextDiff::from_chars(a, b).ratio() < SPELT
        && table.word_vector(a, code).cosine(&table.word_vector(b, code)) >= SAME_MEANING
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RawReport;

    fn found(texts: &[&str]) -> Vec<(u32, String)> {
        let raw = |text: &&str| RawReport { text: (*text).into(), ..RawReport::default() };
        let reports: Vec<Analysis> = texts.iter().map(|t| crate::analyse(raw(t))).collect();
        let people: Vec<People> = reports.iter().map(People::of).collect();
        let renamed = renamed(people.iter().zip(0..));
        let swapped = renamed.iter().map(|r| (r.report, r.swapped(&reports[r.report as usize])));
        swapped.filter_map(|(report, phrase)| Some((report, phrase?.usual))).collect()
    }

    #[test]
    fn a_name_with_a_swapped_part_is_told_from_the_usual_one() {
        let told = "The minister Rua Son Ota said in Belmora that the talks went well.";
        let again = "Mr Rua Son Ota, the minister, left Belmora after the talks on Friday.";
        let spun = "The priest Rua Child Ota said in Belmora that the chats went well.";
        assert_eq!(found(&[told, again, spun]), [(2, "Rua Son Ota".to_owned())]);
        assert_eq!(found(&[told, spun]), [], "one against one tells nothing");
        let other = "The minister Rua Ela Ota said in Belmora that the talks went well.";
        assert_eq!(found(&[told, again, other]), [], "another man");
    }
}
