//! Entries: claims with their readings, values, origins and standing.
//!
//! A given entry tells a true one if its readings stand on the true words in more than half of the
//! true reports; one to one, the fullest first. Where the truth gives no words, a reading counts if its
//! value or time is the true one, else if one of its entry shares half of the words of `about` (by their
//! first five letters); a truth that names no report is told by an entry of its standing first. Truth does not list all entries, so all figures are recall over the true ones:
//! **entries**; **entries.readings** (reports; its precision is over the found entries);
//! **entries.values** (the value of a report's reading); **entries.negated** (reports that deny);
//! **entries.origins** (the same set: names agree when one holds the other, case aside, or holds a form that
//! `names` lists for it; a report's id is the file of the origin; `lost:NAME` is NAME or a lost report); **entries.n_origins** (as many);
//! **entries.standing** (the true one or `standing_also`), also `entries.standing.r:STANDING`.

use super::story::Story;
use super::tally::Tally;
use super::truth::TrueEntry;
use crate::measure::words::words;
use crate::measure::{Prf, best_first, most_pairs};
use std::collections::BTreeSet;
use stemma::reconcile::{Entry, Origin, OriginKind, Reading};

/// Scores a story.
pub(super) fn score(story: &Story, tally: &mut Tally) {
    let given = &story.ledger.joined.entries;
    for (t, partner) in story.truth.entries.iter().zip(partners(story)) {
        score_entry(story, t, partner.map(|j| &given[j]), tally);
    }
}

/// The entry that tells each of the true ones, by its place in the ledger.
pub(super) fn partners(story: &Story) -> Vec<Option<usize>> {
    let given = &story.ledger.joined.entries;
    let truth = &story.truth.entries;
    let mut scored = Vec::new();
    for (i, t) in truth.iter().enumerate() {
        let names = reports_of(t);
        for (j, e) in given.iter().enumerate() {
            let n = names.iter().filter(|name| reading_in(story, t, e, name).is_some()).count();
            if 2 * n > names.len() {
                // Of entries that cover the same, the one with fewer other reports.
                let spare = reports_given(story, e).len() as f64;
                let fits = names.contains("") && fits_standing(t, e);
                scored.push((n as f64 / names.len() as f64 - spare * 1e-6 + f64::from(u8::from(fits)), i, j));
            }
        }
    }
    best_first(scored, truth.len())
}

/// Whether a given entry has the true one's reading of a report.
pub(super) fn has_reading(story: &Story, truth: &TrueEntry, entry: &Entry, name: &str) -> bool {
    reading_in(story, truth, entry, name).is_some()
}

fn score_entry(story: &Story, truth: &TrueEntry, given: Option<&Entry>, tally: &mut Tally) {
    tally.found("entries", usize::from(given.is_some()), 1);
    let names = reports_of(truth);
    let reading = |name: &str| given.and_then(|e| reading_in(story, truth, e, name));
    let n_found = names.iter().filter(|name| reading(name).is_some()).count();
    let n_given = given.map_or(0, |e| reports_given(story, e).len().max(n_found));
    tally.complete("entries.readings", Prf::new(n_found, n_given, names.len()));
    for (name, values) in &truth.quantities.0 {
        let is_right = reading(name).is_some_and(|r| has_value(r, values));
        tally.found("entries.values", usize::from(is_right), 1);
    }
    for name in &truth.negated {
        tally.found("entries.negated", usize::from(reading(name).is_some_and(|r| r.negated)), 1);
    }
    let mut wrong = Vec::new();
    if !truth.origins.is_empty() {
        let same = given.is_some_and(|e| same_origins(story, &truth.origins, &e.origins));
        tally.found("entries.origins", usize::from(same), 1);
        let as_many = given.is_some_and(|e| e.origins.len() == truth.origins.len());
        tally.found("entries.n_origins", usize::from(as_many), 1);
        if !same {
            wrong.push(format!("origins {:?}", truth.origins));
        }
    }
    if truth.standing.is_some() || truth.compatible {
        let is_right = given.is_some_and(|e| fits_standing(truth, e));
        tally.found("entries.standing", usize::from(is_right), 1);
        if let Some(standing) = &truth.standing {
            tally.found(&format!("entries.standing:{standing}"), usize::from(is_right), 1);
        }
        if !is_right {
            wrong.push(format!("standing {}", truth.standing.as_deref().unwrap_or("compatible")));
        }
    }
    explain(story, truth, given, &wrong, tally);
}

fn explain(story: &Story, truth: &TrueEntry, given: Option<&Entry>, wrong: &[String], tally: &mut Tally) {
    match given {
        None => tally.explain(format!("entries: missed: {} {:?}", truth.about, reports_of(truth))),
        Some(entry) if !wrong.is_empty() => {
            let origins: Vec<&str> = entry.origins.iter().map(|o| o.name.as_str()).collect();
            let (standing, reports) = (entry.standing, reports_given(story, entry));
            let given = format!("{standing:?} {origins:?} {reports:?} {:?}", entry.text);
            tally.explain(format!("entries: {}: {}; given {given}", truth.about, wrong.join(", ")));
        }
        Some(_) => {}
    }
}

/// The reports in which a true entry is read; one nameless if the truth names none.
fn reports_of(truth: &TrueEntry) -> BTreeSet<String> {
    let from = [truth.readings.0.keys().collect::<Vec<_>>(), truth.quantities.0.keys().collect()];
    let told = from.into_iter().find(|names| !names.is_empty());
    let names: BTreeSet<String> =
        told.map_or(truth.reports.clone(), |n| n.into_iter().cloned().collect()).into_iter().collect();
    if names.is_empty() { BTreeSet::from([String::new()]) } else { names }
}

fn reports_given<'s>(story: &'s Story, entry: &Entry) -> BTreeSet<&'s str> {
    entry.readings.iter().map(|r| story.name_of(r.place.report)).collect()
}

/// The reading of a given entry that is the true one's in a report.
fn reading_in<'e>(story: &Story, truth: &TrueEntry, entry: &'e Entry, name: &str) -> Option<&'e Reading> {
    let mut here = entry.readings.iter().filter(|r| name.is_empty() || story.name_of(r.place.report) == name);
    let values = truth.quantities.0.get(name);
    if let Some(words) = truth.readings.0.get(name) {
        let on: Vec<&Reading> = here.filter(|r| story.stands_on(r.place, name, words)).collect();
        let with_value = on.iter().find(|r| values.is_some_and(|values| has_value(r, values)));
        return with_value.or(on.first()).copied();
    }
    match (values, &truth.time) {
        (Some(values), _) => here.find(|r| has_value(r, values)),
        (None, Some(time)) => here.find(|r| r.value.as_deref().is_some_and(|v| v.starts_with(time.as_str()))),
        (None, None) => {
            let told = |r: &&Reading| is_about(&truth.about, &r.text);
            let told_here = here.clone().find(told);
            told_here.or_else(|| entry.readings.iter().find(told).and_then(|_| here.next()))
        }
    }
}

fn has_value(reading: &Reading, truth: &[String]) -> bool {
    reading.value.as_deref().is_some_and(|value| truth.iter().any(|t| same_value(value, t)))
}

/// Whether a text has half of the longer words of another, by their first five letters.
fn is_about(about: &str, text: &str) -> bool {
    let stems = |text: &str| -> BTreeSet<String> {
        let long = words(text).filter(|w| w.chars().count() >= 4);
        long.map(|w| w.chars().take(5).collect()).collect()
    };
    let (about, text) = (stems(about), stems(text));
    !about.is_empty() && 2 * about.intersection(&text).count() >= about.len()
}

/// Sign and number of `~11000`, `>=20`, `<5`, `6000`; `>=` and `>` are one, as `<=` and `<`.
pub(super) fn parse_value(value: &str) -> Option<(char, f64)> {
    let value = value.trim();
    let (sign, rest) = match value.chars().next()? {
        sign @ ('~' | '>' | '<') => (sign, value[1..].trim_start_matches('=')),
        '≥' => ('>', &value['≥'.len_utf8()..]),
        '≤' => ('<', &value['≤'.len_utf8()..]),
        _ => ('=', value),
    };
    Some((sign, rest.replace([',', ' ', '_'], "").parse().ok()?))
}

/// Whether two values say the same; those that are no numbers are compared as text.
fn same_value(given: &str, truth: &str) -> bool {
    match (parse_value(given), parse_value(truth)) {
        (Some((a, x)), Some((b, y))) => a == b && (x - y).abs() <= 1e-6 * 1f64.max(x.abs()),
        _ => given == truth,
    }
}

pub(super) fn same_origins(story: &Story, truth: &[String], given: &[Origin]) -> bool {
    let fits: Vec<Vec<usize>> = truth
        .iter()
        .map(|t| (0..given.len()).filter(|j| is_origin(story, t, &given[*j])).collect())
        .collect();
    truth.len() == given.len() && most_pairs(&fits, given.len()) == truth.len()
}

fn is_origin(story: &Story, truth: &str, given: &Origin) -> bool {
    let name = given.name.to_lowercase();
    if let Some(report) = story.truth.reports.get(truth) {
        return given.kind == OriginKind::Report && name.ends_with(&report.file.to_lowercase());
    }
    if let Some(lost) = truth.strip_prefix("lost:") {
        return same_name(story, lost, &name) || name.starts_with("lost");
    }
    same_name(story, truth, &name)
}

/// Whether a name is the true one, or a form of it: the true one in the words of another language or of a copy that
/// garbled it is still the same body.
pub(super) fn same_name(story: &Story, truth: &str, given: &str) -> bool {
    is_form(&story.truth.names, truth, given)
}

fn is_form(names: &[Vec<String>], truth: &str, given: &str) -> bool {
    let same = |form: &str| contains_words(given, form) || contains_words(form, given);
    let mut forms = names.iter().filter(|forms| forms.iter().any(|form| form == truth)).flatten();
    same(truth) || forms.any(|form| same(form))
}

/// Whether the words of `part` stand in a row in `whole`.
pub(super) fn contains_words(whole: &str, part: &str) -> bool {
    let (whole, part): (Vec<String>, Vec<String>) = (words(whole).collect(), words(part).collect());
    !part.is_empty() && whole.windows(part.len()).any(|window| window == part)
}

pub(super) fn fits_standing(truth: &TrueEntry, given: &Entry) -> bool {
    let standing = format!("{:?}", given.standing).to_lowercase();
    let hurt = ["disputed", "corrupted"].contains(&standing.as_str());
    truth.standing.iter().chain(&truth.standing_also).any(|s| *s == standing)
        || (truth.standing.is_none() && truth.compatible && !hurt)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_and_names_by_hand() {
        assert!(
            same_value(">=14", ">14") && same_value("~11000", "~11,000") && same_value("2022-02", "2022-02")
        );
        assert!(!same_value("14", "~14") && !same_value("14", "15"));
        assert!(contains_words("the harbour master, Ada Quist", "ada quist"));
        assert!(!contains_words("Adam Quist", "Ada Quist") && !contains_words("x", ""));
        let names = [vec!["Water Office".to_owned(), "Oficina del Agua".to_owned()]];
        assert!(
            is_form(&names, "Water Office", "la Oficina del Agua") && is_form(&names, "Quist", "Ada Quist")
        );
        assert!(!is_form(&names, "Ada Quist", "Oficina del Agua"));
        assert!(is_about("boats sent to the island", "Two boats were sent out"));
        assert!(!is_about("boats sent to the island", "A boat"));
    }
}
