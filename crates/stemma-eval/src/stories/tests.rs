//! A small story with a ledger made by hand: what is right counts, and nothing else does.

use super::judge;
use super::story::{Story, StoryReport};
use super::truth::Truth;
use crate::engine::raw;
use std::collections::BTreeMap;
use stemma::extract::{Directness, Stance, Statement, Time, TimeKind};
use stemma::group::{Event, Storyline};
use stemma::model::id::hash_set;
use stemma::model::{EntryId, EventId, FamilyId, Lang, Place, ReportId, Span, StorylineId};
use stemma::reconcile::{Entry, Origin, OriginKind, Reading, Standing};
use stemma::trace::{Descent, DescentKind, Parent, Stemma, Variant, VariantKind, VariantReading};
use stemma::{Analysis, Ledger};

const A: &str = "Four boats sank on Monday. \"The sea rose,\" Ada Quist said.";
const B: &str = "Five boats sank on Monday.";
const C: &str = "The vote is over.";

const TRUTH: &str = r#"{
  "reports": {"a": {"file": "a.txt", "lang": "en", "statements_complete": true}, "b": {"file": "b.txt"}, "c": {"file": "c.txt"}},
  "families": [["a", "b"], ["c"]],
  "descents": [{"child": "b", "parent": "a", "kind": "Copy"}],
  "spun": [],
  "events": [["a", "b"], ["c"]],
  "storylines": [["a", "b"], ["c"]],
  "variants": [{"kind": "Number", "about": "boats", "readings": {"a": "Four boats", "b": "Five boats"}, "likely_original": "a"}],
  "entries": [
    {"about": "boats", "readings": {"a": "Four boats", "b": "Five boats"}, "quantities": {"a": "4", "b": "5"}, "origins": ["a"], "standing": "corrupted"},
    {"about": "the sea", "readings": {"a": "The sea rose"}, "origins": ["Ada Quist"], "standing": "single"}
  ],
  "statements": [{"report": "a", "source": "Ada Quist", "cue": "said", "content": "The sea rose", "speaker": "Ada Quist", "type": "direct"}],
  "times": [{"report": "a", "words": "on Monday", "published": null, "value": "XXXX-WXX-1", "value_undated": "XXXX-WXX-1"}]
}"#;

fn span(text: &str, words: &str) -> Span {
    let start = text.find(words).unwrap();
    Span::new(start, start + words.len())
}

/// The story with nothing found.
fn story() -> (Story, [ReportId; 3]) {
    let texts = [("a", A), ("b", B), ("c", C)];
    let analyses: Vec<Analysis> = texts
        .iter()
        .map(|(name, text)| {
            let mut analysis = stemma::analyse(raw(&format!("{name}.txt"), text));
            analysis.extracts = Default::default();
            analysis.report.body = text.to_string();
            analysis.report.stretches =
                vec![stemma::model::Stretch { body: Span::new(0, text.len()), raw: 0 }];
            analysis.report.lang = Lang::EN;
            analysis
        })
        .collect();
    let ids = [analyses[0].report.id, analyses[1].report.id, analyses[2].report.id];
    let reports: BTreeMap<String, StoryReport> = texts
        .iter()
        .zip(ids)
        .map(|((name, text), id)| (name.to_string(), StoryReport { id, text: text.to_string() }))
        .collect();
    let mut ledger = Ledger { reports: analyses, ..Ledger::default() };
    ledger.reports.sort_by_key(|a| a.report.id);
    (Story::new("test", Truth::parse(TRUTH).unwrap(), reports, ledger), ids)
}

fn figures(story: &Story) -> BTreeMap<String, f64> {
    let outcome = judge(story).outcome("test", 3, false);
    outcome.scores.into_iter().map(|s| (s.measure, s.value)).collect()
}

#[test]
fn an_empty_ledger_finds_what_is_alone() {
    let figures = figures(&story().0);
    // Three families of one: c is one of the two true ones.
    assert_eq!((figures["families.p"], figures["families.r"]), (0.3333, 0.5));
    assert_eq!((figures["entries.r"], figures["descents.r"], figures["cleaning.lang.r"]), (0.0, 0.0, 1.0));
    assert!(!figures.contains_key("spun.f1"));
}

#[test]
fn a_right_ledger_has_all() {
    let (mut story, [a, b, c]) = story();
    fill(&mut story.ledger, [a, b, c]);
    for (measure, value) in figures(&story) {
        let expected = match measure.as_str() {
            // Only the first entry is in the ledger: two of the three true readings.
            "entries.r" | "entries.origins.r" | "entries.n_origins.r" | "entries.standing.r" => 0.5,
            "entries.readings.r" => 0.6667,
            "entries.readings.f1" => 0.8,
            "entries.standing.r:single" => 0.0,
            // The statement and time of a are there; its cue is not.
            "statements.all.r" => 0.0,
            _ => 1.0,
        };
        assert_eq!(value, expected, "{measure}");
    }
}

fn fill(ledger: &mut Ledger, [a, b, c]: [ReportId; 3]) {
    let of_a = ledger.reports.iter_mut().find(|x| x.report.id == a).unwrap();
    of_a.extracts.statements.push(Statement {
        source: vec![span(A, "Ada Quist")],
        cue: Vec::new(),
        content: vec![span(A, "The sea rose,")],
        speaker: Some("Quist".into()),
        via: Vec::new(),
        directness: Directness::Direct,
        stance: Stance::Asserted,
    });
    let value = "XXXX-WXX-1".to_string();
    of_a.extracts.times.push(Time {
        span: span(A, "Monday"),
        kind: TimeKind::Date,
        value: value.clone(),
        value_undated: value,
        edtf: None,
    });
    let place = |id, text, words| Place::new(id, span(text, words));
    let (at_a, at_b) = (place(a, A, "Four"), place(b, B, "Five"));
    ledger.joined.stemmas = vec![pair(a, b, at_a, at_b), family(vec![c])];
    let storyline = |n| StorylineId(n);
    let event = |n, reports: Vec<ReportId>| Event {
        id: EventId(n),
        storyline: storyline(n),
        reports,
        headline: None,
        time: None,
        place: None,
        actors: Vec::new(),
    };
    ledger.joined.groups.events = vec![event(1, vec![a, b]), event(2, vec![c])];
    let line = |n| Storyline { id: storyline(n), events: vec![EventId(n)] };
    ledger.joined.groups.storylines = vec![line(1), line(2)];
    ledger.joined.entries = vec![entry(at_a, at_b)];
}

fn family(reports: Vec<ReportId>) -> Stemma {
    Stemma {
        id: FamilyId(hash_set("family", reports.iter().map(|r| r.0))),
        reports,
        descents: Vec::new(),
        lost: Vec::new(),
        variants: Vec::new(),
        spun: Vec::new(),
        borrowings: Vec::new(),
    }
}

fn pair(a: ReportId, b: ReportId, at_a: Place, at_b: Place) -> Stemma {
    let mut stemma = family(vec![a, b]);
    stemma.descents.push(Descent {
        child: b,
        parent: Parent::Report(a),
        kind: DescentKind::Copy,
        confidence: 1.0,
        also: Vec::new(),
        evidence: Vec::new(),
        coverage: 1.0,
    });
    let reading = |place| VariantReading { place, text: String::new() };
    stemma.variants.push(Variant {
        kind: VariantKind::Number,
        readings: vec![reading(at_a), reading(at_b)],
        likely_original: vec![a],
        reason: String::new(),
    });
    stemma
}

fn entry(at_a: Place, at_b: Place) -> Entry {
    let reading = |place, value: &str| Reading {
        place,
        text: String::new(),
        value: Some(value.into()),
        origin: 0,
        via: Vec::new(),
        negated: false,
    };
    Entry {
        id: EntryId(1),
        claim: at_a,
        text: "Four boats sank".into(),
        event: None,
        standing: Standing::Corrupted,
        reason: String::new(),
        origins: vec![Origin { name: "a.txt".into(), kind: OriginKind::Report }],
        readings: vec![reading(at_a, "4"), reading(at_b, "5")],
    }
}
