//! Tellings of an entry -> their origins: where each stops leading further back.
//!
//! Follows a statement outwards: speaker, agency, else the report that is the first of its family to
//! tell it, which may be a lost one. Several voices of one body are one origin where the text says so.

use super::bodies::{Bodies, Named};
use super::clauses::Clause;
use super::lineage::Lineage;
use super::value::Value;
use super::{Origin, OriginKind};
use crate::Analysis;
use crate::clean;
use crate::extract::names::key_of;
use crate::extract::tables::{ByLang, by_lang};
use crate::extract::{Entity, NameKind, Stance, is_media};
use crate::model::Span;
use crate::segment::TokenKind;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Who a clause is attributed to.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Attribution {
    /// The innermost speaker; none for the report's own word.
    pub speaker: Option<String>,
    /// The words of the source as they stand, and those about the speaker's roles in the report.
    pub words: String,
    /// Through whom, outermost last.
    pub via: Vec<String>,
}

/// What the first reports of families say of people's roles, by the key of the name: whom somebody speaks
/// for may be told in another report than what they say. Copies add nothing.
pub(super) type Roles = FxHashMap<String, String>;

/// Gathers [`Roles`].
pub(super) fn roles_told(reports: &[&Analysis], lineage: &Lineage) -> Roles {
    let mut found = Roles::default();
    let first = reports.iter().enumerate().filter(|(i, _)| lineage.is_first(*i as u32));
    for (_, report) in first {
        for person in report.extracts.entities.iter().filter(|e| e.kind == NameKind::Person) {
            for words in roles(report, &person.canonical) {
                let told = found.entry(key_of(&person.canonical)).or_default();
                if told.len() < MOST_ROLES {
                    told.push(' ');
                    told.push_str(words);
                }
            }
        }
    }
    found
}

/// Bytes of words about the roles of one person that are read at most: enough for a dozen tellings.
const MOST_ROLES: usize = 1000;

/// The attribution of a clause.
pub(super) fn attribution(report: &Analysis, clause: &Clause, told: &Roles) -> Attribution {
    let Some(at) = clause.statement else { return Attribution::default() };
    let statement = &report.extracts.statements[at as usize];
    let issuer = issuer(report, at as usize);
    let speaker = if issuer.is_some() { None } else { statement.speaker.as_deref() };
    let chain = issuer.into_iter().chain(speaker).chain(statement.via.iter().map(String::as_str));
    let mut chain = chain.map(plain).filter(|n| !n.is_empty());
    if statement.stance == Stance::Withheld {
        return Attribution { via: chain.collect(), ..Attribution::default() };
    }
    let words: Vec<&str> = statement.source.iter().map(|s| report.report.words(*s)).collect();
    let elsewhere = speaker.and_then(|s| told.get(&key_of(s))).map(String::as_str);
    let words = words.into_iter().chain(speaker.into_iter().flat_map(|s| roles(report, s))).chain(elsewhere);
    let words = words.collect::<Vec<&str>>().join(" ");
    Attribution { speaker: chain.next(), words, via: chain.collect() }
}

/// Words about each of a speaker's roles, as far as the next mark, in which the body may be named that they
/// speak for: "Ana Ode, head of the harbour authority", "harbour authority chief Ana Ode".
fn roles<'r>(report: &'r Analysis, speaker: &str) -> Vec<&'r str> {
    let named =
        report.extracts.entities.iter().filter(|e| e.kind == NameKind::Person && e.canonical == speaker);
    let segments = &report.segments;
    let about = |role: &Span| {
        let sentence = &segments.sentences[segments.sentence_at(role.start)?];
        let (from, to) = (segments.token_from(role.start), segments.token_from(role.end));
        let plain = |i: &usize| segments.tokens[*i].kind != TokenKind::Mark;
        let first = from.saturating_sub(AROUND_ROLE).max(sentence.tokens.start as usize);
        let from = (first..from).rev().take_while(plain).last().unwrap_or(from);
        let last = (to + AROUND_ROLE).min(sentence.tokens.end as usize);
        let to = (to..last).take_while(plain).last().map_or(to, |i| i + 1);
        let tokens = segments.tokens.get(from..to).filter(|t| !t.is_empty())?;
        Some(report.report.words(tokens[0].span.cover(&tokens[tokens.len() - 1].span)))
    };
    named.flat_map(|e| &e.roles).filter_map(about).collect()
}

/// Words on each side of a role that may name whom it is for.
const AROUND_ROLE: usize = 5;

/// Who put out the text that a statement rests on, as in "according to the statement": the outermost
/// source of the statement before it.
fn issuer(report: &Analysis, at: usize) -> Option<&str> {
    let is_document = |i: usize| {
        let name = report.extracts.statements[i].speaker.as_deref().map(plain).unwrap_or_default();
        has(&DOCUMENTS, report, &name) && !name.contains(' ')
    };
    if !is_document(at) {
        return None;
    }
    let before =
        (0..at).rev().find(|&i| !is_document(i) && report.extracts.statements[i].speaker.is_some())?;
    let before = &report.extracts.statements[before];
    before.via.last().or(before.speaker.as_ref()).map(String::as_str)
}

/// A speaker's name without an article or quotation marks before it.
fn plain(name: &str) -> String {
    let name = name.trim_matches(|c: char| !c.is_alphanumeric() && c != '.' && c != ')');
    let rest = ARTICLES.iter().find_map(|a| {
        let head = name.get(..a.len())?;
        head.to_lowercase().eq(a).then(|| name[a.len()..].trim_start())
    });
    rest.filter(|r| !r.is_empty()).unwrap_or(name).to_owned()
}

/// Articles of the languages that have statements, longest first. Own writing.
const ARTICLES: [&str; 22] = [
    "the ", "una ", "uno ", "une ", "uma ", "los ", "las ", "les ", "der ", "die ", "das ", "dem ", "den ",
    "an ", "le ", "la ", "el ", "os ", "as ", "l'", "l’", "a ",
];

/// Words for sources that nobody can look up.
static UNNAMED: LazyLock<ByLang> = LazyLock::new(|| by_lang(include_str!("unnamed.tsv"), ' '));

/// Words for texts that a source put out.
static DOCUMENTS: LazyLock<ByLang> = LazyLock::new(|| by_lang(include_str!("documents.tsv"), ' '));

/// Words for offices of a state.
static OFFICES: LazyLock<ByLang> = LazyLock::new(|| by_lang(include_str!("offices.tsv"), ' '));

fn has(table: &ByLang, report: &Analysis, name: &str) -> bool {
    let Some(table) = table.get(report.report.lang.code()) else { return false };
    name.split(|c: char| !c.is_alphanumeric()).any(|w| table.contains(&w.to_lowercase().as_str()))
}

/// Whether a source names nobody in particular: "officials", "two people with knowledge of it".
fn is_unnamed(report: &Analysis, speaker: &str) -> bool {
    has(&UNNAMED, report, speaker)
}

/// A telling as its origin sees it: its attribution, the report of its head, and what it tells.
pub(super) struct Source<'a> {
    pub by: &'a Attribution,
    pub report: u32,
    pub value: Option<&'a Value>,
    pub negated: bool,
}

/// For each telling, the one on which it rests: a headline or a lead that says without a source what its
/// report then has somebody say is that speaker's, unless the two tell different things.
fn grounds(sources: &[Source]) -> Vec<usize> {
    let mut said: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    for (i, source) in sources.iter().enumerate().filter(|(_, s)| s.by.speaker.is_some()) {
        said.entry(source.report).or_default().push(i);
    }
    let agree = |a: &Source, b: &Source| {
        let values = a.value.zip(b.value).is_none_or(|(a, b)| a.compatible(b));
        values && a.negated == b.negated
    };
    let ground = |(i, source): (usize, &Source)| {
        let own = source.by.speaker.is_none() && source.by.via.is_empty();
        let others = said.get(&source.report).filter(|_| own).into_iter().flatten();
        others.copied().find(|&k| agree(source, &sources[k])).unwrap_or(i)
    };
    sources.iter().enumerate().map(ground).collect()
}

impl<'a> Source<'a> {
    /// The speaker and those through whom the words came.
    fn names(&self, report: &Analysis) -> impl Iterator<Item = Named<'a>> {
        let is_person = |name: &str| {
            let named = |e: &&Entity| e.kind == NameKind::Person && plain(&e.canonical) == name;
            report.extracts.entities.iter().any(|e| named(&e))
        };
        let lang = report.report.lang;
        let names = self.by.speaker.iter().chain(&self.by.via).map(String::as_str);
        names.map(move |name| Named { name, lang, person: is_person(name) })
    }
}

/// The origins of the tellings of an entry, and which each telling has.
pub(super) fn origins(
    reports: &[&Analysis],
    lineage: &Lineage,
    sources: &[Source],
) -> (Vec<Origin>, Vec<u32>) {
    let named =
        |s: &&Source| s.by.speaker.as_deref().is_some_and(|n| !is_unnamed(reports[s.report as usize], n));
    let mut first: Vec<&Source> = sources.iter().collect();
    let published = |s: &Source| reports[s.report as usize].report.published;
    first.sort_by_key(|s| (published(s).is_none(), published(s), reports[s.report as usize].report.id));
    let all: Vec<Named> = first.into_iter().flat_map(|s| s.names(reports[s.report as usize])).collect();
    let bodies = Bodies::join(&all);
    let own: Vec<u32> =
        sources.iter().filter(named).filter_map(|s| bodies.key(s.by.speaker.as_deref()?)).collect();
    let outward = outward(reports, lineage, sources, &bodies, &own);
    let mut found: Vec<(Origin, Option<u32>)> = Vec::new();
    let of = grounds(sources)
        .into_iter()
        .map(|ground| {
            let source = &sources[ground];
            let family = lineage.family[source.report as usize];
            let (origin, scope) = match source.by.speaker.as_deref() {
                // "Port authorities" are nobody in particular, unless another telling names the body.
                Some(name) if bodies.key(name).is_some_and(|k| own.contains(&k)) => {
                    let key = bodies.key(name).expect("every speaker was joined");
                    let body = bodies.name(outward.get(&key).copied().unwrap_or(key));
                    (named_origin(reports[source.report as usize], body), None)
                }
                Some(name) => (Origin { name: name.to_owned(), kind: OriginKind::Speaker }, Some(family)),
                None => (lineage.own_word(reports, source.report), None),
            };
            found.iter().position(|f| f.0 == origin && f.1 == scope).unwrap_or_else(|| {
                found.push((origin, scope));
                found.len() - 1
            }) as u32
        })
        .collect();
    (found.into_iter().map(|f| f.0).collect(), of)
}

/// Whose voice a speaker is: the body that the source's own words name, or through which other tellings
/// of the entry show the words to have come, if another telling stops there; else the agency or media
/// through which every family has the speaker's words, for then nobody else heard them.
fn outward(
    reports: &[&Analysis],
    lineage: &Lineage,
    sources: &[Source],
    bodies: &Bodies,
    own: &[u32],
) -> FxHashMap<u32, u32> {
    let mut of: FxHashMap<u32, u32> = FxHashMap::default();
    let mut through: BTreeMap<u32, Vec<(u32, Vec<u32>)>> = BTreeMap::new();
    for source in sources {
        let Some(key) = source.by.speaker.as_deref().and_then(|s| bodies.key(s)) else { continue };
        let via = || source.by.via.iter().filter_map(|v| bodies.key(v)).filter(|k| *k != key);
        let speaks_for =
            || own.iter().copied().find(|&k| k != key && bodies.is_named_in(k, &source.by.words));
        let report = reports[source.report as usize];
        let through_body = via().find(|k| own.contains(k));
        if let Some(outer) = through_body.or_else(speaks_for)
            && of.get(&outer) != Some(&key)
        {
            // A state speaks by its ministers: "Sarvania says" stands for them, and not they for it.
            let state = through_body.is_none()
                && is_of_state(report, source.by.speaker.as_deref().unwrap_or_default())
                && is_bare(reports, sources, bodies, outer);
            match state {
                true => of.entry(outer).or_insert(key),
                false => of.entry(key).or_insert(outer),
            };
        }
        let passing = source.by.via.iter().filter(|v| passes_on(report, v)).filter_map(|v| bodies.key(v));
        let family = lineage.family[source.report as usize];
        let families = through.entry(key).or_default();
        match families.iter_mut().find(|f| f.0 == family) {
            Some(known) => known.1.extend(passing),
            None => families.push((family, passing.collect())),
        }
    }
    for (key, families) in through {
        let all = |k: &u32| *k != key && families.iter().all(|(_, via)| via.contains(k));
        if let Some(neck) = families[0].1.iter().rev().copied().find(all)
            && of.get(&neck) != Some(&key)
        {
            of.entry(key).or_insert(neck);
        }
    }
    of
}

/// Whether a speaker is known to speak for a state, by their office.
fn is_of_state(report: &Analysis, speaker: &str) -> bool {
    let Some(offices) = OFFICES.get(report.report.lang.code()) else { return false };
    let office = |role: &Span| {
        let words = report.report.words(*role).to_lowercase();
        words.split(|c: char| !c.is_alphanumeric()).any(|w| offices.iter().any(|o| w.ends_with(o)))
    };
    let mut people = report.extracts.entities.iter().filter(|e| e.kind == NameKind::Person);
    people.any(|e| plain(&e.canonical) == speaker && e.roles.iter().any(office))
}

/// Whether a body is told by a proper name alone, as a state is, wherever it speaks.
fn is_bare(reports: &[&Analysis], sources: &[Source], bodies: &Bodies, key: u32) -> bool {
    let speaks = |s: &&Source| s.by.speaker.as_deref().and_then(|n| bodies.key(n)) == Some(key);
    let bare = |s: &Source| {
        let name = s.by.speaker.as_deref().unwrap_or_default();
        let entities = &reports[s.report as usize].extracts.entities;
        let known = entities.iter().find(|e| plain(&e.canonical) == name);
        known.is_some_and(|e| {
            matches!(e.kind, NameKind::Country | NameKind::Place | NameKind::Nationality | NameKind::Other)
                && e.sector.is_none()
        })
    };
    sources.iter().filter(speaks).all(bare)
}

/// Whether one through whom words came is an agency or media, rather than somebody who heard them.
fn passes_on(report: &Analysis, name: &str) -> bool {
    clean::agency(name).is_some()
        || report.extracts.entities.iter().any(|e| e.kind == NameKind::Agency && plain(&e.canonical) == name)
        || is_media(report.report.lang, name)
}

fn named_origin(report: &Analysis, name: &str) -> Origin {
    let known = |e: &&Entity| e.kind == NameKind::Agency && e.canonical == name;
    let agency = clean::agency(name).is_some() || report.extracts.entities.iter().any(|e| known(&e));
    let kind = if agency { OriginKind::Agency } else { OriginKind::Speaker };
    Origin { name: name.to_owned(), kind }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Lang, RawReport};

    #[test]
    fn a_headline_rests_on_the_speaker_behind_it() {
        let by = [
            Attribution::default(),
            Attribution { speaker: Some("police".into()), ..Attribution::default() },
        ];
        let number =
            |n: f64| Value::Number { low: Some(n), high: Some(n), approx: false, unit: String::new() };
        let (two, three) = (number(2.0), number(3.0));
        let source = |who: usize, report, value| Source { by: &by[who], report, value, negated: false };
        let check = |sources: &[Source], expected: &[usize]| assert_eq!(grounds(sources), expected);
        check(&[source(0, 1, Some(&two)), source(1, 1, Some(&two))], &[1, 1]);
        check(&[source(0, 1, Some(&two)), source(1, 1, Some(&three))], &[0, 1]);
        check(&[source(0, 1, None), source(1, 2, None)], &[0, 1]);
    }

    #[test]
    fn ministers_speak_for_states_and_chiefs_for_companies() {
        let text = "Sarvania's defence minister, Ilko Dravecz, said on Monday that the bridge was shut. Norvel's chief \
                    executive, Ansgar Quell, said on Monday that the plant was shut.";
        let raw = RawReport { text: text.to_owned(), lang: Some(Lang::EN), ..RawReport::default() };
        let report = crate::analyse(raw);
        assert!(is_of_state(&report, "Ilko Dravecz") && !is_of_state(&report, "Ansgar Quell"));
        assert!(OFFICES.len() >= 5);
        assert!(roles(&report, "Ilko Dravecz").iter().all(|words| !words.contains("Monday")));
    }

    #[test]
    fn names_lose_their_articles() {
        assert_eq!(plain("the port authority"), "port authority");
        assert_eq!(plain("L’organisation"), "organisation");
        assert_eq!(plain("Lasse Berg"), "Lasse Berg");
        assert!(UNNAMED.len() == DOCUMENTS.len() && UNNAMED.len() >= 5);
    }
}
