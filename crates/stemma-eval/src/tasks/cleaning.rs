//! Cleaning: defects planted into clean texts of our own.
//!
//! **found.r**, **found.r:KIND**: share of the planted words that are out of the body with a note on
//! them, or, of kinds that only mark (glued, mojibake), that have a note of that kind; a sign that no
//! reader sees counts as found when the body is without it and a note says so.
//! **false.share**: share of the sentences of clean texts that are not whole in the body.
//! **unmapped**: bodies whose stretches do not lead back to equal words of the text.

use crate::data::{RowId, Source};
use crate::engine::raw;
use crate::error::Error;
use crate::measure::Prf;
use crate::measure::prf::share;
use crate::measure::words::squeeze;
use crate::plan::Context;
use crate::scores::Outcome;
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;
use stemma::clean::clean;
use stemma::model::{NoteKind, Report};

#[derive(Deserialize)]
struct Row {
    id: RowId,
    kind: String,
    text: String,
    planted: Vec<String>,
    sentences: Vec<String>,
}

/// Scores a set.
pub(super) fn score(source: &Source, context: &Context) -> Result<Outcome, Error> {
    let rows: Vec<Row> = source.rows(context)?;
    let mut outcome = Outcome::new("cleaning", &source.name, rows.len());
    let mut found: BTreeMap<&str, Prf> = BTreeMap::new();
    let (mut lost, mut sentences, mut unmapped) = (0, 0, 0);
    for row in &rows {
        let report = clean(raw(&row.id.to_string(), &row.text));
        unmapped += usize::from(!leads_back(&report, &row.text));
        if row.kind == "clean" {
            let body = squeeze(&report.body);
            sentences += row.sentences.len();
            lost += row.sentences.iter().filter(|s| !body.contains(&squeeze(s))).count();
        }
        let n = row.planted.iter().filter(|words| is_found(row, words, &report)).count();
        *found.entry(&row.kind).or_default() += Prf::new(n, n, row.planted.len());
        if context.explain && n < row.planted.len() {
            outcome.explained.push(format!("{}: {n} of {:?}", row.id, row.planted));
        }
        outcome.predict(json!({"id": row.id, "body": report.body}));
    }
    found.remove("clean");
    let all = found.values().fold(Prf::default(), |mut all, own| {
        all += *own;
        all
    });
    outcome.put("found.r", all.recall());
    for (kind, own) in &found {
        outcome.put(&format!("found.r:{kind}"), own.recall());
    }
    outcome.put("false.share", share(lost, sentences));
    outcome.put("unmapped", unmapped as f64);
    Ok(outcome)
}

/// Whether planted words were found as a defect of their kind.
fn is_found(row: &Row, words: &str, report: &Report) -> bool {
    let noted = |kind: NoteKind| report.notes.iter().any(|note| note.kind == kind && note.span.is_some());
    match row.kind.as_str() {
        "glued" => noted(NoteKind::Glued),
        "mojibake" => noted(NoteKind::Damaged),
        "unseen" | "markup" => noted(NoteKind::Damaged) && !report.body.contains(words),
        "repeated" => noted(NoteKind::Repeated) && report.body.matches(words).count() == 1,
        _ => noted(NoteKind::Boilerplate) && !squeeze(&report.body).contains(&squeeze(words)),
    }
}

/// Whether every stretch of the body stands in the text where it says.
fn leads_back(report: &Report, text: &str) -> bool {
    report.stretches.iter().all(|stretch| {
        let (body, raw) = (stretch.body, stretch.raw as usize);
        let own = report.body.get(body.start as usize..body.end as usize);
        own.is_some() && own == text.get(raw..raw + (body.end - body.start) as usize)
    })
}
