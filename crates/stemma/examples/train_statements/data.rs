//! PolNeAR as JSON lines -> reports with their true statements in spans of the cleaned body.

use rayon::prelude::*;
use serde_json::Value;
use stemma::extract::statements::tagger::training::Gold;
use stemma::extract::{Extracts, names};
use stemma::model::{Lang, Moment, RawReport, Report, Span};
use stemma::segment::{Segments, segment};

/// A report as the first stages leave it.
pub(crate) struct Read {
    pub(crate) report: Report,
    pub(crate) segments: Segments,
    pub(crate) found: Extracts,
    pub(crate) gold: Vec<Gold>,
}

/// Reads all lines.
pub(crate) fn read(lines: &str) -> Vec<Read> {
    lines.par_lines().filter_map(|line| serde_json::from_str(line).ok()).map(|row| one(&row)).collect()
}

fn one(row: &Value) -> Read {
    let string = |key: &str| row[key].as_str().map(String::from);
    let text = string("text").unwrap_or_default();
    let mut bytes: Vec<usize> = text.char_indices().map(|(i, _)| i).collect();
    bytes.push(text.len());
    let raw = RawReport {
        key: string("id").unwrap_or_default(),
        text,
        outlet: string("outlet"),
        published: row["published"].as_str().and_then(Moment::parse),
        lang: Some(Lang::EN),
        ..RawReport::default()
    };
    let report = stemma::clean::clean(raw);
    let segments = segment(&report);
    let (names, entities) = names::names(&report, &segments);
    let spans = |list: &Value| -> Vec<Span> {
        let pairs = list.as_array().into_iter().flatten();
        let at = |v: &Value| v.as_u64().and_then(|p| bytes.get(p as usize)).copied().unwrap_or(0) as u32;
        pairs.flat_map(|pair| in_body(&report, at(&pair[0]), at(&pair[1]))).collect()
    };
    let gold = row["statements"].as_array().into_iter().flatten();
    let gold = gold.map(|s| ["source", "cue", "content"].map(|part| spans(&s[part]))).collect();
    Read { segments, found: Extracts { names, entities, ..Extracts::default() }, gold, report }
}

/// What is left in the body of bytes of the raw text.
fn in_body(report: &Report, start: u32, end: u32) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for stretch in &report.stretches {
        let (from, to) = (start.max(stretch.raw), end.min(stretch.raw + stretch.body.len() as u32));
        if from < to {
            let at = |raw: u32| raw - stretch.raw + stretch.body.start;
            spans.push(Span { start: at(from), end: at(to) });
        }
    }
    spans.sort_by_key(|s| s.start);
    spans
}
