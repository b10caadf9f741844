//! Features of pairs of reports, for training the decision of `compare`.
//!
//! `pair_features REPORTS.jsonl PAIRS.tsv > FEATURES.tsv`: reports have `id`, `lang`, `text`; a pair is
//! two ids and `0` or `1` (leave word overlap out, as across languages).

#![expect(clippy::print_stdout, reason = "it writes a table")]

use rayon::prelude::*;
use std::collections::HashMap;
use stemma::model::{Lang, RawReport};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let lines = std::fs::read_to_string(&paths[0])?;
    let reports: HashMap<String, stemma::Analysis> = lines
        .par_lines()
        .filter_map(|line| {
            let row: serde_json::Value = serde_json::from_str(line).ok()?;
            let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
            let raw = RawReport {
                key: text("id"),
                text: text("text"),
                lang: row["lang"].as_str().map(Lang::parse),
                ..RawReport::default()
            };
            Some((text("id"), stemma::analyse(raw)))
        })
        .collect();
    let pairs = std::fs::read_to_string(&paths[1])?;
    let rows: Vec<String> = pairs
        .par_lines()
        .map(|line| {
            let mut parts = line.split('\t');
            let mut next = || parts.next().unwrap_or_default();
            let (a, b, across) = (next(), next(), next() == "1");
            let values = stemma::compare::features(&reports[a], &reports[b], across);
            values.map(|v| format!("{v:.5}")).join("\t")
        })
        .collect();
    println!("{}", stemma::compare::FEATURES.join("\t"));
    rows.iter().for_each(|row| println!("{row}"));
    Ok(())
}
