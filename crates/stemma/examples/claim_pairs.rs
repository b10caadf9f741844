//! Prints what reconciling measures of pairs of clauses, for `tools/reconcile/train.py`.
//!
//! `cargo run --release -p stemma --example claim_pairs -- STORY…`; a story is a folder with
//! `expected.json`. One CSV row a pair: story, whether kin, 1 if one true entry holds both clauses
//! and 0 if none does (left out are pairs of which no entry holds either, and those of a clause in an
//! entry that the other's report tells elsewhere), their words, features.

#![expect(clippy::print_stdout, reason = "printing is what it is for")]

use std::collections::BTreeMap;
use std::path::Path;
use stemma::model::{Lang, Moment, RawReport, Span};
use stemma::{Analysis, analyse, reconcile};

/// For each report of a story: which entries hold which stretches of its body.
type Held = BTreeMap<String, Vec<(usize, Span)>>;

fn main() {
    println!("story,kin,same,a,b,{}", reconcile::FEATURES.join(","));
    for path in std::env::args().skip(1) {
        story(Path::new(&path));
    }
}

fn story(folder: &Path) {
    let text = std::fs::read_to_string(folder.join("expected.json")).expect("a story has its truth");
    let truth: serde_json::Value = serde_json::from_str(&text).expect("the truth is JSON");
    let mut reports: Vec<(String, Analysis)> = Vec::new();
    for (id, row) in truth["reports"].as_object().into_iter().flatten() {
        let file = row["file"].as_str().unwrap_or("");
        let text = std::fs::read_to_string(folder.join(file)).expect("a story has its reports");
        let raw = RawReport {
            key: file.to_owned(),
            text,
            lang: row["lang"].as_str().map(Lang::parse),
            published: row["published"].as_str().and_then(Moment::parse),
            ..RawReport::default()
        };
        reports.push((id.clone(), analyse(raw)));
    }
    reports.sort_by_key(|r| r.1.report.id);
    let analyses: Vec<&Analysis> = reports.iter().map(|r| &r.1).collect();
    let held = held(&truth, &reports);
    let joined = stemma::join(&analyses);
    let Ok(pairs) = reconcile::measured(&stemma::pile::Held::new(&analyses), &joined.stemmas, &joined.groups);
    print(folder, &reports, &held, pairs);
}

fn held(truth: &serde_json::Value, reports: &[(String, Analysis)]) -> Held {
    let mut held = Held::new();
    for (entry, row) in truth["entries"].as_array().into_iter().flatten().enumerate() {
        for (id, words) in row["readings"].as_object().into_iter().flatten() {
            let Some((_, analysis)) = reports.iter().find(|r| r.0 == *id) else { continue };
            let all = words.as_array().cloned().unwrap_or_else(|| vec![words.clone()]);
            for words in all.iter().filter_map(|w| w.as_str()) {
                if let Some(at) = analysis.report.body.find(words) {
                    held.entry(id.clone()).or_default().push((entry, Span::new(at, at + words.len())));
                }
            }
        }
    }
    held
}

fn print(folder: &Path, reports: &[(String, Analysis)], held: &Held, pairs: Vec<reconcile::MeasuredPair>) {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let entries = |(report, span): (u32, Span)| -> Vec<usize> {
        let all = held.get(&reports[report as usize].0).map(Vec::as_slice).unwrap_or_default();
        all.iter().filter(|(_, s)| s.overlaps(&span)).map(|e| e.0).collect()
    };
    for pair in pairs {
        let (x, y) = (entries(pair.a), entries(pair.b));
        let same = x.iter().any(|e| y.contains(e));
        // The truth quotes a report once for an entry: it may tell it again in words not quoted.
        let again = |theirs: &[usize], report: u32| {
            let all = held.get(&reports[report as usize].0).map(Vec::as_slice).unwrap_or_default();
            theirs.iter().any(|e| all.iter().any(|(other, _)| other == e))
        };
        let unsure = y.is_empty() && again(&x, pair.b.0) || x.is_empty() && again(&y, pair.a.0);
        if x.is_empty() && y.is_empty() || !same && unsure {
            continue;
        }
        let values: Vec<String> = pair.features.iter().map(f32::to_string).collect();
        let words = |(report, span): (u32, Span)| {
            format!("\"{}\"", reports[report as usize].1.report.words(span).replace('"', "'"))
        };
        let (kin, same) = (u8::from(pair.kin), u8::from(same));
        println!("{name},{kin},{same},{},{},{}", words(pair.a), words(pair.b), values.join(","));
    }
}
