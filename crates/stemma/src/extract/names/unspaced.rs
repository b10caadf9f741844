//! Names in scripts without spaces between words, and in those without capitals: countries and capitals only.
//!
//! One automaton for each language, longest name first; anything else in these scripts stays unfound.

use super::key::key_of;
use super::tables::{COUNTRIES, Info, LANGS as COLUMNS};
use super::{Entity, Name, NameKind};
use crate::extract::tables::rows;
use crate::model::{Lang, Report, Span};
use aho_corasick::{AhoCorasick, MatchKind};
use rustc_hash::FxHashMap;
use std::sync::{LazyLock, OnceLock};

/// The languages read here.
const LANGS: [&str; 7] = ["zh", "ja", "ko", "ar", "fa", "he", "hi"];

struct Finder {
    automaton: AhoCorasick,
    infos: Vec<Info>,
}

static FINDERS: LazyLock<Vec<OnceLock<Finder>>> =
    LazyLock::new(|| LANGS.iter().map(|_| OnceLock::new()).collect());

/// Whether a report's language is read here.
pub(super) fn applies(report: &Report) -> bool {
    LANGS.contains(&report.lang.code())
}

/// The countries and capitals that a report names.
pub(super) fn names(report: &Report) -> (Vec<Name>, Vec<Entity>) {
    let Some(slot) = LANGS.iter().position(|l| *l == report.lang.code()) else { return Default::default() };
    let finder = FINDERS[slot].get_or_init(|| {
        let (names, infos): (Vec<&str>, Vec<Info>) = terms(report.lang).into_iter().unzip();
        let built = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(names);
        Finder { automaton: built.expect("a few hundred short patterns fit an automaton"), infos }
    });
    let mut places: FxHashMap<String, u32> = FxHashMap::default();
    let (mut names, mut entities) = (Vec::new(), Vec::new());
    for hit in finder.automaton.find_iter(&report.body) {
        let info = &finder.infos[hit.pattern().as_usize()];
        let key = match info.kind {
            NameKind::Country => format!("country:{}", info.code),
            _ => format!("city:{}", key_of(info.key)),
        };
        let entity = *places.entry(key.clone()).or_insert_with(|| {
            entities.push(Entity {
                canonical: report.body[hit.range()].to_owned(),
                key,
                kind: info.kind,
                country: Some(info.code.to_owned()),
                sector: None,
                roles: Vec::new(),
            });
            entities.len() as u32 - 1
        });
        names.push(Name { span: Span::new(hit.start(), hit.end()), entity });
    }
    (names, entities)
}

/// Names of countries and cities in a language, from the table of countries.
fn terms(lang: Lang) -> Vec<(&'static str, Info)> {
    let Some(own) = COLUMNS.iter().position(|l| *l == lang.code()) else { return Vec::new() };
    let mut found = Vec::new();
    for row in rows(COUNTRIES).filter(|r| r[0] != "code") {
        let kind = if row[1] == "city" { NameKind::Place } else { NameKind::Country };
        let first = row.get(2).and_then(|cell| cell.split(';').next()).unwrap_or("");
        let key = if kind == NameKind::Place { first } else { row[0] };
        for name in row.get(own + 2).into_iter().flat_map(|cell| cell.split(';')) {
            if name.chars().count() > 1 {
                found.push((name, Info { code: row[0], kind, sector: None, key, seat: row[1] == "city" }));
            }
        }
    }
    found
}
