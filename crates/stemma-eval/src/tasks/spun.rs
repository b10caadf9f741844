//! Spun wordings: real swapped phrases and what they stood for.
//!
//! Each distinct phrase becomes the only unusual thing in a plain sentence, a report by itself.
//! **detection**: of the phrases called spun (a [`SpunPhrase`] overlaps them), how many are, and how many
//! of the spun ones are found; the usual wordings are the ones that must be left alone.
//! **recovered**: the spun phrase, with the engine's usual wording put in, is the true one (case,
//! hyphens and a bracketed abbreviation aside); precision over phrases called spun.

use crate::data::Source;
use crate::engine::raw;
use crate::error::Error;
use crate::measure::Prf;
use crate::plan::Context;
use crate::scores::Outcome;
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use stemma::model::{Lang, Span};
use stemma::trace::SpunPhrase;

#[derive(Deserialize)]
struct Row {
    tortured: String,
    correct: String,
}

/// What stands before and after a phrase.
const FRAME: (&str, &str) = ("The report describes the ", " in detail.");

/// Scores a set.
pub(super) fn score(source: &Source, context: &Context) -> Result<Outcome, Error> {
    let rows: Vec<Row> = source.rows(context)?;
    let mut truth: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for row in &rows {
        truth.entry(&row.tortured).or_default().insert(fold(&row.correct));
    }
    let is_spun = |phrase: &&str| truth.contains_key(phrase);
    let usual: BTreeSet<&str> = rows.iter().map(|r| r.correct.as_str()).filter(|p| !is_spun(p)).collect();
    let spun: Vec<&str> = truth.keys().copied().collect();
    let usual: Vec<&str> = usual.into_iter().collect();
    let on_spun: Vec<Option<String>> = spun.par_iter().map(|p| mended(p)).collect();
    let on_usual: Vec<Option<String>> = usual.par_iter().map(|p| mended(p)).collect();

    let mut outcome = Outcome::new("spun", &source.name, rows.len());
    let called = |answers: &[Option<String>]| answers.iter().flatten().count();
    let (right, wrong) = (called(&on_spun), called(&on_usual));
    outcome.put_prf("detection", Prf::new(right, right + wrong, spun.len()));
    let is_recovered = |(phrase, answer): &(&&str, &Option<String>)| {
        answer.as_ref().is_some_and(|a| truth[**phrase].contains(&fold(a)))
    };
    let recovered = spun.iter().zip(&on_spun).filter(is_recovered).count();
    outcome.put_prf("recovered", Prf::new(recovered, right, spun.len()));
    for (phrase, answer) in spun.iter().zip(&on_spun).chain(usual.iter().zip(&on_usual)) {
        outcome.predict(json!({"phrase": phrase, "spun": answer.is_some(), "usual": answer}));
        if context.explain && truth.contains_key(phrase) != answer.is_some() {
            let what = if answer.is_some() { "wrong" } else { "missed" };
            outcome.explained.push(format!("{what}: {phrase} {}", answer.as_deref().unwrap_or("")));
        }
    }
    Ok(outcome)
}

/// The phrase with the engine's usual wordings put in; none if the engine sees nothing spun in it.
fn mended(phrase: &str) -> Option<String> {
    let mut report = raw(phrase, &format!("{}{phrase}{}", FRAME.0, FRAME.1));
    report.lang = Some(Lang::EN);
    let analysis = stemma::analyse(report);
    let found = stemma::trace::spun::spun(&analysis)?;
    let body = &analysis.report.body;
    let start = body.find(phrase)?;
    let place = Span::new(start, start + phrase.len());
    let mut inside: Vec<&SpunPhrase> = found.phrases.iter().filter(|p| p.span.overlaps(&place)).collect();
    inside.sort_by_key(|p| p.span);
    (!inside.is_empty()).then(|| put_in(body, place, &inside))
}

/// The words at `place`, with each swapped wording put right. Swaps that overlap an earlier one are left.
fn put_in(body: &str, place: Span, swaps: &[&SpunPhrase]) -> String {
    let (mut text, mut at) = (String::new(), place.start);
    for swap in swaps.iter().filter(|s| s.span.end > place.start) {
        let start = swap.span.start.max(place.start);
        if start < at {
            continue;
        }
        text.push_str(Span { start: at, end: start }.of(body));
        text.push_str(&swap.usual);
        at = swap.span.end;
    }
    text.push_str(Span { start: at, end: place.end.max(at) }.of(body));
    text
}

/// A phrase without case, hyphens, and a bracketed abbreviation at its end.
fn fold(phrase: &str) -> String {
    let bare = phrase.split_once('(').map_or(phrase, |(bare, _)| bare);
    let bare = bare.to_lowercase().replace('-', " ");
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_put_right() {
        let body = "The report describes the surface region in detail.";
        let place = Span::new(25, 39);
        let swap = SpunPhrase { span: Span::new(33, 39), usual: "area".into() };
        assert_eq!(place.of(body), "surface region");
        assert_eq!(put_in(body, place, &[&swap]), "surface area");
        let wider = SpunPhrase { span: Span::new(21, 39), usual: "surface area".into() };
        assert_eq!(put_in(body, place, &[&wider]), "surface area");
        assert_eq!(fold("Back-Propagation (BP)"), "back propagation");
    }
}
