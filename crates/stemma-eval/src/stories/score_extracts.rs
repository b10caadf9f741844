//! Statements, times, quantities and names of the reports.
//!
//! All spans are compared in the text as it came; words that stand there several times are right at
//! any of those places; one to one inside a report. Recall over the true ones, unless said otherwise:
//! **statements** (content at IoU ≥ .5), then with it **statements.source** and **statements.all** (source and
//! cue) at IoU ≥ .5, **statements.speaker** (a form of the name, as `names` lists them), **statements.via**,
//! **statements.type**; **statements_complete** is P/R/F1 of contents in the reports whose statements
//! are all listed. **times** (overlap), **times.value** (and the value), **times.undated** (and the value
//! without a date). **quantities** (overlap), **quantities.value** (and the number), **quantities.change** (and
//! how it is qualified), **quantities.unit** (number and unit). **names** (forms that the engine marks, in
//! each report that has them, IoU ≥ .5), **names.joined** (pairs of forms of one name that are one over the
//! pile, as [`KnownNames`] tells).

use super::score_entries::{parse_value, same_name};
use super::story::Story;
use super::tally::Tally;
use super::truth::{TrueQuantity, TrueStatement, TrueTime};
use crate::measure::{Prf, Spans, most_pairs};
use std::collections::BTreeSet;
use stemma::Analysis;
use stemma::extract::names::{Identities, KnownNames, key_number};
use stemma::extract::{Change, Directness, Quantity, Statement, Time};

/// Share of characters in common from which two spans are taken for the same.
const SAME: f64 = 0.5;

/// ISO 4217 codes of the truth and the usual names of the engine.
const CURRENCIES: [(&str, &str); 6] =
    [("EUR", "euro"), ("USD", "dollar"), ("GBP", "pound"), ("JPY", "yen"), ("CHF", "franc"), ("BRL", "real")];

/// Scores a story.
pub(super) fn score(story: &Story, tally: &mut Tally) {
    for name in story.reports.keys() {
        let Some((_, analysis)) = story.analysis(name) else { continue };
        statements(story, name, analysis, tally);
        times(story, name, analysis, tally);
        quantities(story, name, analysis, tally);
    }
    let identities = Pile::of(story);
    story.truth.names.iter().for_each(|forms| names(story, &identities, forms, tally));
}

/// Who is named, over all reports of a story.
struct Pile<'a> {
    story: &'a Story,
    identities: Identities,
}

impl<'a> Pile<'a> {
    fn of(story: &'a Story) -> Self {
        let analysed = story.reports.keys().filter_map(|n| Some(&story.analysis(n)?.1.extracts));
        Self { story, identities: analysed.fold(KnownNames::default(), KnownNames::with).identities() }
    }

    fn get(&self, report: &str, entity: u32) -> Option<u32> {
        let entities = &self.story.analysis(report)?.1.extracts.entities;
        self.identities.get(key_number(&entities.get(entity as usize)?.key))
    }
}

/// The most pairs of true and given ones that fit, and which true ones fit none.
fn pair<'t, T, G>(truth: &[&'t T], given: &[G], fits: impl Fn(&T, &G) -> bool) -> (usize, Vec<&'t T>) {
    let partners: Vec<Vec<usize>> =
        truth.iter().map(|t| (0..given.len()).filter(|j| fits(t, &given[*j])).collect()).collect();
    let missed = truth.iter().zip(&partners).filter(|(_, p)| p.is_empty()).map(|(t, _)| *t).collect();
    (most_pairs(&partners, given.len()), missed)
}

/// A given statement with its spans in the text as it came.
struct Given<'a> {
    statement: &'a Statement,
    source: Spans,
    cue: Spans,
    content: Spans,
}

fn statements(story: &Story, name: &str, analysis: &Analysis, tally: &mut Tally) {
    let truth: Vec<&TrueStatement> = story.truth.statements.iter().filter(|s| s.report == name).collect();
    let of = |s| Given {
        statement: s,
        source: story.spans(name, &s.source),
        cue: story.spans(name, &s.cue),
        content: story.spans(name, &s.content),
    };
    let given: Vec<Given> = analysis.extracts.statements.iter().map(of).collect();
    let same = |words: &[String], spans: &Spans| is_at(story, name, words, spans);
    let content = |t: &TrueStatement, g: &Given| same(&t.content, &g.content);
    let source = |t: &TrueStatement, g: &Given| content(t, g) && same(&t.source, &g.source);
    let all = |t: &TrueStatement, g: &Given| source(t, g) && (t.cue.is_empty() || same(&t.cue, &g.cue));
    let (found, missed) = pair(&truth, &given, content);
    tally.found("statements", found, truth.len());
    tally.found("statements.source", pair(&truth, &given, source).0, truth.len());
    tally.found("statements.all", pair(&truth, &given, all).0, truth.len());
    let voiced: Vec<&TrueStatement> = truth.iter().filter(|t| t.speaker.is_some()).copied().collect();
    let speaker = |t: &TrueStatement, g: &Given| content(t, g) && same_speaker(story, t, g.statement);
    tally.found("statements.speaker", pair(&voiced, &given, speaker).0, voiced.len());
    let passed: Vec<&TrueStatement> = truth.iter().filter(|t| !t.via.is_empty()).copied().collect();
    let via = |t: &TrueStatement, g: &Given| content(t, g) && same_via(story, t, g.statement);
    tally.found("statements.via", pair(&passed, &given, via).0, passed.len());
    let typed: Vec<&TrueStatement> = truth.iter().filter(|t| t.kind.is_some()).copied().collect();
    let kind =
        |t: &TrueStatement, g: &Given| content(t, g) && t.kind.as_deref() == Some(type_of(g.statement));
    tally.found("statements.type", pair(&typed, &given, kind).0, typed.len());
    if story.truth.reports[name].statements_complete {
        tally.complete("statements_complete", Prf::new(found, given.len(), truth.len()));
    }
    for t in missed {
        tally.explain(format!("statements: missed: {name}: {:?} | {:?} | {:?}", t.source, t.cue, t.content));
    }
}

/// Whether a span is at the true words: some choice of their places, at IoU ≥ .5; no words, no span.
fn is_at(story: &Story, name: &str, words: &[String], given: &Spans) -> bool {
    // Each part takes its place nearest to the given span, so that a repeated word finds the right one.
    let nearest = |part: &String| {
        let mut places = story.places(name, part);
        places.sort_by_key(|p| std::cmp::Reverse(p.common(given)));
        places.into_iter().next()
    };
    let parts: Vec<Spans> = words.iter().filter_map(nearest).collect();
    if words.is_empty() || parts.is_empty() {
        return words.is_empty() && given.is_empty();
    }
    Spans::new(parts.iter().flat_map(|p| p.ranges()).copied()).iou(given) >= SAME
}

fn same_speaker(story: &Story, truth: &TrueStatement, given: &Statement) -> bool {
    truth.speaker.as_ref().zip(given.speaker.as_ref()).is_some_and(|(t, g)| same_name(story, t, g))
}

fn same_via(story: &Story, truth: &TrueStatement, given: &Statement) -> bool {
    let names = |(a, b): (&String, &String)| same_name(story, a, b);
    truth.via.len() == given.via.len() && truth.via.iter().zip(&given.via).all(names)
}

fn type_of(statement: &Statement) -> &'static str {
    match statement.directness {
        Directness::Direct => "direct",
        Directness::Indirect => "indirect",
        Directness::Mixed => "mixed",
    }
}

fn overlaps(story: &Story, name: &str, words: &str, given: &Spans) -> bool {
    story.places(name, words).iter().any(|place| place.overlaps(given))
}

fn times(story: &Story, name: &str, analysis: &Analysis, tally: &mut Tally) {
    let truth: Vec<&TrueTime> = story.truth.times.iter().filter(|t| t.report == name).collect();
    let given: Vec<(&Time, Spans)> =
        analysis.extracts.times.iter().map(|t| (t, story.spans(name, &[t.span]))).collect();
    let found = |t: &TrueTime, g: &(&Time, Spans)| overlaps(story, name, &t.words, &g.1);
    let value = |t: &TrueTime, g: &(&Time, Spans)| found(t, g) && t.value == g.0.value;
    tally.found("times", pair(&truth, &given, found).0, truth.len());
    let (right, missed) = pair(&truth, &given, value);
    tally.found("times.value", right, truth.len());
    let undated: Vec<&TrueTime> = truth.iter().filter(|t| t.value_undated.is_some()).copied().collect();
    let open = |t: &TrueTime, g: &(&Time, Spans)| {
        found(t, g) && t.value_undated.as_ref() == Some(&g.0.value_undated)
    };
    tally.found("times.undated", pair(&undated, &given, open).0, undated.len());
    for t in missed {
        let near = given.iter().find(|g| found(t, g)).map(|g| &g.0.value);
        tally.explain(format!("times: {name}: {:?} {}; given {near:?}", t.words, t.value));
    }
}

fn quantities(story: &Story, name: &str, analysis: &Analysis, tally: &mut Tally) {
    let truth: Vec<&TrueQuantity> = story.truth.quantities.iter().filter(|q| q.report == name).collect();
    let given: Vec<(&Quantity, Spans)> =
        analysis.extracts.quantities.iter().map(|q| (q, story.spans(name, &[q.span]))).collect();
    let found = |t: &TrueQuantity, g: &(&Quantity, Spans)| overlaps(story, name, &t.words, &g.1);
    let value = |t: &TrueQuantity, g: &(&Quantity, Spans)| found(t, g) && same_number(t, g.0);
    let change = |t: &TrueQuantity, g: &(&Quantity, Spans)| value(t, g) && same_change(t, g.0);
    let of = |q: &Quantity| q.of.map_or(String::new(), |span| analysis.report.words(span).to_string());
    let unit =
        |t: &TrueQuantity, g: &(&Quantity, Spans)| value(t, g) && same_unit(&t.unit, &g.0.unit, &of(g.0));
    tally.found("quantities", pair(&truth, &given, found).0, truth.len());
    let (right, missed) = pair(&truth, &given, value);
    tally.found("quantities.value", right, truth.len());
    tally.found("quantities.change", pair(&truth, &given, change).0, truth.len());
    tally.found("quantities.unit", pair(&truth, &given, unit).0, truth.len());
    for t in missed {
        let near = given.iter().find(|g| found(t, g)).map(|g| (g.0.low, g.0.high));
        tally.explain(format!("quantities: {name}: {:?} {}; given {near:?}", t.words, t.value));
    }
}

fn same_number(truth: &TrueQuantity, given: &Quantity) -> bool {
    let close = |a: f64, b: f64| (a - b).abs() <= 1e-6 * 1f64.max(a.abs());
    if let Some((low, high)) =
        truth.value.split_once('-').and_then(|(a, b)| a.parse().ok().zip(b.parse().ok()))
    {
        return given.low.is_some_and(|x| close(x, low)) && given.high.is_some_and(|x| close(x, high));
    }
    let ends = [given.low, given.high];
    parse_value(&truth.value).is_some_and(|(_, number)| ends.into_iter().flatten().any(|x| close(x, number)))
}

fn same_change(truth: &TrueQuantity, given: &Quantity) -> bool {
    let sign = parse_value(&truth.value).map_or('=', |(sign, _)| sign);
    let told = match (truth.change.as_deref(), sign) {
        (Some("up"), _) => Change::Up,
        (Some("down"), _) => Change::Down,
        (_, '~') => Change::About,
        (_, '>') => Change::More,
        (_, '<') => Change::Less,
        _ => Change::Equal,
    };
    told == given.change || (told == Change::About && given.approx)
}

/// The unit, or for a count what is counted: people go by many words, so `person` fits any count.
fn same_unit(truth: &str, unit: &str, of: &str) -> bool {
    let named = CURRENCIES.iter().find(|(code, _)| *code == truth).map(|(_, name)| *name);
    let truth = truth.to_lowercase();
    if unit.is_empty() {
        return truth == "person" || truth.is_empty() || of.to_lowercase().contains(&truth);
    }
    let unit = unit.to_lowercase();
    unit == truth || named.is_some_and(|name| unit == name)
}

fn names(story: &Story, pile: &Pile, forms: &[String], tally: &mut Tally) {
    let mut keys: Vec<BTreeSet<u32>> = vec![BTreeSet::new(); forms.len()];
    for (form, keys) in forms.iter().zip(&mut keys) {
        for name in story.reports.keys().filter(|name| !story.places(name, form).is_empty()) {
            let marked = marked(story, pile, name, form);
            tally.found("names", usize::from(!marked.is_empty()), 1);
            if marked.is_empty() {
                tally.explain(format!("names: missed: {name}: {form}"));
            }
            keys.extend(marked);
        }
    }
    for (i, a) in keys.iter().enumerate() {
        for (j, b) in keys.iter().enumerate().skip(i + 1) {
            let joined = a.intersection(b).next().is_some();
            tally.found("names.joined", usize::from(joined), 1);
            if !joined {
                tally.explain(format!("names: apart: {:?} {:?}", forms[i], forms[j]));
            }
        }
    }
}

/// Who is named by the names that the engine marks where a form stands in a report.
fn marked(story: &Story, pile: &Pile, name: &str, form: &str) -> BTreeSet<u32> {
    let places = story.places(name, form);
    let Some((_, analysis)) = story.analysis(name) else { return BTreeSet::new() };
    let found = &analysis.extracts;
    let at = |span| places.iter().any(|p| p.iou(&story.spans(name, &[span])) >= SAME);
    let here = found.names.iter().filter(|n| at(n.span));
    here.filter_map(|n| pile.get(name, n.entity)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_by_hand() {
        assert!(same_unit("EUR", "euro", "") && same_unit("person", "", "sailors"));
        assert!(same_unit("lorry", "", "grey lorry") && !same_unit("metre", "kilometre", ""));
    }
}
