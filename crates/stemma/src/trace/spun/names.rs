//! Names of people in all reports -> which reports have one with a part swapped for a word of like meaning.
//!
//! A synonym machine does not know a name: `Rua Field Ota` stands for a man whom everybody else calls
//! `Rua Acre Ota`. Nobody else renames people so, hence one such name tells a spun report that has no kin.
//! Looks at names of three words or more, of which all but one are the same; says nothing of spellings.

use crate::Analysis;
use crate::extract::NameKind;
use crate::extract::names::key_of;
use crate::model::{Lang, Span};
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

/// A swapped name: in which report (by its place), where, and the usual one.
pub(in crate::trace) struct Swapped {
    pub report: usize,
    pub span: Span,
    pub usual: String,
}

/// One part of a name, as the reports have it that agree on the others.
struct Part<'r> {
    word: String,
    lang: Lang,
    name: &'r str,
    families: FxHashSet<u32>,
    reports: Vec<usize>,
}

/// The swapped names of a pile. `families` gives each report's family.
pub(in crate::trace) fn swapped(reports: &[&Analysis], families: &[u32]) -> Vec<Swapped> {
    let mut parts: FxHashMap<(usize, Vec<String>), Vec<Part>> = FxHashMap::default();
    for (at, report) in reports.iter().enumerate() {
        let people = report.extracts.entities.iter().filter(|e| e.kind == NameKind::Person);
        for name in people.map(|e| e.canonical.as_str()) {
            let words: Vec<String> = name.split_whitespace().map(key_of).collect();
            if !WORDS.contains(&words.len()) {
                continue;
            }
            for place in 0..words.len() {
                let mut others = words.clone();
                others.remove(place);
                let word = name.split_whitespace().nth(place).unwrap_or_default().to_lowercase();
                if word.chars().count() >= LETTERS {
                    let known = parts.entry((place, others)).or_default();
                    see(
                        known,
                        Part {
                            word,
                            lang: report.report.lang,
                            name,
                            families: [families[at]].into_iter().collect(),
                            reports: vec![at],
                        },
                    );
                }
            }
        }
    }
    let mut found: Vec<Swapped> = parts.into_values().flat_map(|known| judge(reports, &known)).collect();
    found.sort_unstable_by(|a, b| (a.report, a.span, &a.usual).cmp(&(b.report, b.span, &b.usual)));
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
fn judge(reports: &[&Analysis], known: &[Part]) -> Vec<Swapped> {
    let mut found = Vec::new();
    for odd in known {
        let usual = known.iter().filter(|u| {
            u.lang == odd.lang && u.families.len() > odd.families.len() && means(&u.word, &odd.word, odd.lang)
        });
        let Some(usual) = usual.max_by_key(|u| u.families.len()) else { continue };
        for &report in &odd.reports {
            let Some(start) = reports[report].report.body.find(odd.name) else { continue };
            let span = Span::new(start, start + odd.name.len());
            found.push(Swapped { report, span, usual: usual.name.to_owned() });
        }
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

    fn found(texts: &[&str]) -> Vec<(usize, String)> {
        let raw = |text: &&str| RawReport { text: (*text).into(), ..RawReport::default() };
        let reports: Vec<Analysis> = texts.iter().map(|t| crate::analyse(raw(t))).collect();
        let reports: Vec<&Analysis> = reports.iter().collect();
        let families: Vec<u32> = (0..reports.len() as u32).collect();
        swapped(&reports, &families).into_iter().map(|s| (s.report, s.usual)).collect()
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
