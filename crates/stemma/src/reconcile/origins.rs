//! A telling -> its origin: where it stops leading further back.
//!
//! Follows a statement outwards: speaker, agency, else the root of the report's family. A copy
//! that dropped the attribution keeps its family's.

use super::{Origin, OriginKind};
use crate::Analysis;
use crate::extract::{NameKind, Stance};
use crate::model::ReportId;
use crate::trace::{Parent, Stemma};
use rustc_hash::FxHashMap;
use stemma_words::Vector;

/// Speakers whose descriptions are this near in meaning are one body, whatever the language.
///
/// "Belmora's defence ministry" and its name in Spanish stand at 0.6 to 0.9; two ministries of one
/// country at up to 0.55. Lower joins ministries, higher counts one ministry twice.
const SAME_BODY: f32 = 0.62;

/// Who a clause is attributed to, before speakers of different reports are joined.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Attribution {
    /// Innermost named speaker; none for the report's own word.
    pub speaker: Option<String>,
    /// Through whom, outermost last.
    pub via: Vec<String>,
}

/// The attribution of a statement, of nobody named if its source names nobody.
pub(super) fn attribution(report: &Analysis, statement: Option<u32>) -> Attribution {
    let Some(statement) = statement.map(|i| &report.extracts.statements[i as usize]) else {
        return Attribution { speaker: None, via: Vec::new() };
    };
    let own = statement.stance == Stance::Withheld;
    let mut chain: Vec<&String> = statement.speaker.iter().chain(&statement.via).collect();
    chain.retain(|name| names_someone(name));
    let mut chain = chain.into_iter().cloned();
    if own {
        return Attribution { speaker: None, via: chain.collect() };
    }
    Attribution { speaker: chain.next(), via: chain.collect() }
}

/// Whether a source names a speaker: a proper name or a particular body, not "officials" or "he".
fn names_someone(source: &str) -> bool {
    source.split_whitespace().any(|w| w.chars().next().is_some_and(char::is_uppercase))
        || !source.is_ascii() && source.chars().any(char::is_alphabetic)
}

/// Speakers of a pile, joined where they are one body.
pub(super) struct Speakers<'a> {
    keys: FxHashMap<&'a str, u32>,
    names: Vec<&'a str>,
}

impl<'a> Speakers<'a> {
    /// Joins the names of speakers: equal keys, one name within the other, or near in meaning.
    pub fn join(names: &[&'a str], agencies: impl Fn(&str) -> Option<String>) -> Self {
        let mut sorted: Vec<&str> = names.to_vec();
        sorted.sort_unstable_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
        sorted.dedup();
        let mut joined = Self { keys: FxHashMap::default(), names: Vec::new() };
        let mut seen: Vec<(Vec<String>, Option<String>, Vector)> = Vec::new();
        for name in sorted {
            let folded = folded(name);
            let agency = agencies(name);
            let vector = stemma_words::table().vector(name, None);
            let same = seen.iter().position(|(words, other, meaning)| {
                agency.is_some() && agency == *other
                    || within(&folded, words)
                    || meaning.cosine(&vector) >= SAME_BODY
            });
            let key = same.unwrap_or(seen.len()) as u32;
            joined.keys.insert(name, key);
            if same.is_none() {
                joined.names.push(name);
                seen.push((folded, agency, vector));
            }
        }
        joined
    }

    /// The number of a speaker.
    pub fn key(&self, name: &str) -> Option<u32> {
        self.keys.get(name).copied()
    }

    /// The fullest name of a speaker.
    pub fn name(&self, key: u32) -> &'a str {
        self.names[key as usize]
    }
}

/// Whether the words of a shorter name all stand in a longer one.
fn within(short: &[String], long: &[String]) -> bool {
    !short.is_empty() && short.iter().all(|w| long.contains(w))
}

/// Words of a name that begin with a capital, folded; titles and small words fall away.
fn folded(name: &str) -> Vec<String> {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 1);
    words.map(crate::extract::names::key_of).collect()
}

/// The origin of a report's own word: the root of its family.
pub(super) fn root(
    stemma: Option<&Stemma>,
    report: &Analysis,
    files: &impl Fn(ReportId) -> String,
) -> Origin {
    let own = Origin { name: files(report.report.id), kind: OriginKind::Report };
    let Some(stemma) = stemma else { return own };
    let mut at = Parent::Report(report.report.id);
    for _ in 0..=stemma.reports.len() + stemma.lost.len() {
        let next = match &at {
            Parent::Report(id) => stemma.descents.iter().find(|d| d.child == *id).map(|d| d.parent.clone()),
            Parent::Lost(id) => stemma.lost.iter().find(|l| l.id == *id).and_then(|l| l.parent.clone()),
        };
        match next {
            Some(parent) => at = parent,
            None => break,
        }
    }
    match at {
        Parent::Report(id) => Origin { name: files(id), kind: OriginKind::Report },
        Parent::Lost(id) => Origin { name: id, kind: OriginKind::Report },
    }
}

/// Whether a speaker is a news agency or outlet.
pub(super) fn is_agency(report: &Analysis, speaker: &str) -> bool {
    report.extracts.entities.iter().any(|e| e.kind == NameKind::Agency && e.canonical == speaker)
}
