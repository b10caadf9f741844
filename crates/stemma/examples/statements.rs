//! Reports as JSON lines (`id`, `text`, perhaps `lang`) on standard input -> their statements as
//! JSON lines, offsets in Unicode code points.

#![allow(clippy::print_stdout, reason = "an example speaks on standard output")]

use serde_json::{Value, json};
use std::io::{BufRead, stdin};
use stemma::model::{Lang, RawReport, Span};

fn main() {
    for line in stdin().lock().lines().map_while(Result::ok) {
        let row: Value = serde_json::from_str(&line).unwrap_or_default();
        let text = row["text"].as_str().unwrap_or_default();
        let lang = Lang::parse(row["lang"].as_str().unwrap_or("en"));
        let raw = RawReport { text: text.into(), lang: Some(lang), ..RawReport::default() };
        let report = stemma::model::Report {
            id: raw.id(),
            body: text.into(),
            ..stemma::clean::clean(RawReport { text: String::new(), lang: Some(lang), ..raw })
        };
        let segments = stemma::segment::segment(&report);
        let found = stemma::extract::extract(&report, &segments);
        let points = code_points(text);
        let spans = |list: &[Span]| -> Vec<[u32; 2]> {
            list.iter().map(|s| [points[s.start as usize], points[s.end as usize]]).collect()
        };
        let statements: Vec<Value> = found
            .statements
            .iter()
            .map(|s| {
                json!({"source": spans(&s.source), "cue": spans(&s.cue), "content": spans(&s.content),
                    "speaker": s.speaker, "via": s.via, "directness": s.directness, "stance": s.stance})
            })
            .collect();
        println!("{}", json!({"id": row["id"], "statements": statements}));
    }
}

/// The number of characters before each byte.
fn code_points(text: &str) -> Vec<u32> {
    let mut points = vec![0; text.len() + 1];
    for (n, (i, c)) in text.char_indices().enumerate() {
        points[i..i + c.len_utf8()].fill(n as u32);
        points[i + c.len_utf8()] = n as u32 + 1;
    }
    points
}
