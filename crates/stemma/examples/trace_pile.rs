//! Families of a pile, for looking at `compare` and `trace` alone.
//!
//! `trace_pile REPORTS.jsonl > STEMMAS.jsonl`: reports have `id`, `text` and perhaps `lang`, `published`,
//! `outlet`; ids are written in place of identities. Times and counts go to the error stream.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it writes what it found")]

use rayon::prelude::*;
use std::collections::HashMap;
use std::time::Instant;
use stemma::model::{Lang, Moment, RawReport};
use stemma::pile::Held;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("a file of reports is missing")?;
    let lines = std::fs::read_to_string(path)?;
    let begun = Instant::now();
    let read = |line: &str| {
        let row: serde_json::Value = serde_json::from_str(line).ok()?;
        let text = |key: &str| row[key].as_str().map(str::to_owned);
        Some(RawReport {
            key: text("id")?,
            file: text("id")?,
            text: text("text")?,
            lang: row["lang"].as_str().map(Lang::parse),
            outlet: text("outlet"),
            published: row["published"].as_str().and_then(Moment::parse),
            ..RawReport::default()
        })
    };
    let raws: Vec<RawReport> = lines.par_lines().filter_map(read).collect();
    let mut reports: Vec<stemma::Analysis> = raws.into_par_iter().map(stemma::analyse).collect();
    reports.sort_by_key(|r| r.report.id);
    eprintln!("{} reports analysed in {:.1?}", reports.len(), begun.elapsed());
    let (pile, begun) = (Held::new(&reports.iter().collect::<Vec<_>>()), Instant::now());
    let Ok(likenesses) = stemma::compare::compare(&pile);
    eprintln!("{} likenesses in {:.1?}", likenesses.len(), begun.elapsed());
    let begun = Instant::now();
    let Ok(stemmas) = stemma::trace::trace(&pile, &likenesses);
    eprintln!("{} families in {:.1?}", stemmas.len(), begun.elapsed());
    let names: HashMap<String, &str> =
        reports.iter().map(|r| (r.report.id.to_string(), r.report.file.as_str())).collect();
    for likeness in likenesses.iter().filter(|_| std::env::args().nth(2).is_some()) {
        let mut short = likeness.clone();
        short.alignment.clear();
        println!("{}", serde_json::to_string(&named(serde_json::to_value(&short)?, &names))?);
    }
    for stemma in &stemmas {
        println!("{}", serde_json::to_string(&named(serde_json::to_value(stemma)?, &names))?);
    }
    Ok(())
}

/// The value with files for ids.
fn named(value: serde_json::Value, names: &HashMap<String, &str>) -> serde_json::Value {
    use serde_json::Value;
    match value {
        Value::String(s) => Value::String(names.get(&s).map_or(s, |n| (*n).to_owned())),
        Value::Array(all) => all.into_iter().map(|v| named(v, names)).collect(),
        Value::Object(all) => all.into_iter().map(|(k, v)| (k, named(v, names))).collect(),
        other => other,
    }
}
