//! People, organisations, places, nationalities: where they stand and whom they name.
//!
//! Report and Segments go in; every [`Name`] with its span and one [`Entity`] for each thing named
//! come out. [`KnownNames`] then tells which entities of many reports are one. Knows no person by
//! heart: tables hold countries, capitals, words of nationality, bodies of states, roles.

mod common;
mod identity;
mod inflect;
mod key;
mod roles;
mod runs;
pub(crate) mod tables;
mod unify;
mod unspaced;
pub(crate) mod view;

pub use identity::{Identities, KnownNames, key_number, same};
pub use key::key_of;

use crate::model::{Report, Span};
use crate::segment::Segments;
use runs::Finder;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;
use view::{View, Word};

/// One place where a name stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Name {
    /// Where, without title or role.
    pub span: Span,
    /// Whom it names, as an index into [`Extracts::entities`](super::Extracts::entities).
    pub entity: u32,
}

/// Someone or something named, one for all its names in a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// The fullest form in the report: `Kim Jong Un` for `Kim`, `Mr Kim`.
    pub canonical: String,
    /// A key equal across reports and, for countries and agencies, languages: folded, unaccented.
    pub key: String,
    /// What it is.
    pub kind: NameKind,
    /// ISO 3166-1 alpha-3 code, for countries, nationalities, capitals and those whose role names one.
    pub country: Option<String>,
    /// PLOVER sector of its role or head (`GOV` of a minister, `MIL` of an army), if known.
    #[serde(default)]
    pub sector: Option<String>,
    /// Titles and roles that stand beside the name: `foreign minister`.
    pub roles: Vec<Span>,
}

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum NameKind {
    /// A person.
    Person,
    /// An organisation that is no news agency.
    Organisation,
    /// A news agency or outlet.
    Agency,
    /// A country.
    Country,
    /// Another place.
    Place,
    /// A nationality or demonym used as such.
    Nationality,
    /// A name of which no more is known.
    Other,
}

/// Finds the names of a report.
pub fn names(report: &Report, segments: &Segments) -> (Vec<Name>, Vec<Entity>) {
    names_in(report, &view::view(report, segments))
}

/// Finds the names of a report whose words are seen already.
pub(crate) fn names_in(report: &Report, view: &View) -> (Vec<Name>, Vec<Entity>) {
    let lexicon = tables::lexicon(report.lang);
    if unspaced::applies(report) {
        return unspaced::names(report);
    }
    let mut finder = Finder { view, lexicon, lang: report.lang, found: Vec::new() };
    for line in &view.lines {
        finder.line(line);
    }
    let mut found = finder.found;
    let roles: Vec<Span> = found.iter().flat_map(|c| c.roles.iter().map(|r| r.span)).collect();
    let inside = |c: &runs::Candidate| c.info.is_none() && roles.iter().any(|r| r.contains(&c.span));
    found.retain(|c| !inside(c));
    again(report, view, &mut found);
    unify::unify(report, view, lexicon, &found)
}

/// Adds names that stand where capitals prove nothing, once other places have shown them to be names.
fn again(report: &Report, view: &View, found: &mut Vec<runs::Candidate>) {
    if report.lang != crate::model::Lang::DE {
        return;
    }
    let last = |c: &runs::Candidate| {
        let person = !c.roles.is_empty() || is_given(&view.words[c.words.0].lower);
        (person && c.words.1 > c.words.0).then(|| view.words[c.words.1 - 1].lower.clone())
    };
    let known: FxHashSet<String> = found.iter().filter(|c| c.info.is_none()).filter_map(last).collect();
    let genitive = |w: &Word| w.lower.strip_suffix('s').is_some_and(|stem| known.contains(stem));
    let mut covered = vec![false; view.words.len()];
    found.iter().for_each(|c| covered[c.words.0..c.words.1].fill(true));
    for (i, word) in view.words.iter().enumerate() {
        if word.is_capital() && !covered[i] && (known.contains(&word.lower) || genitive(word)) {
            found.push(runs::Candidate::single(view, i));
        }
    }
    found.sort_by_key(|c| c.span);
}

/// Whether a lower-case word is a common given name.
fn is_given(word: &str) -> bool {
    static GIVEN: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
        let table = include_str!("tables/given.txt");
        table.lines().filter(|l| !l.starts_with('#')).flat_map(str::split_whitespace).collect()
    });
    GIVEN.contains(word) || word.split_once('-').is_some_and(|(front, _)| GIVEN.contains(front))
}

/// The usual name of a news agency or outlet, and its country's ISO 3166-1 alpha-3 code.
fn agency(name: &str) -> Option<(&'static str, Option<&'static str>)> {
    let agency = crate::clean::agency(name)?;
    Some((agency.name, common::alpha3(agency.country)))
}

#[cfg(test)]
mod tests;
