//! Prints what grouping measures of every pair worth measuring, for `tools/train_logistic.py`.
//!
//! `cargo run --release -p stemma --example group_pairs -- FILE…`; a file has one JSON object a line
//! with `id`, `text`, `event`, and perhaps `topic`, `lang`, `published`; a folder is a story with
//! `expected.json`. One CSV row a pair: pile, reports, events, topics, across, same event, same storyline, features.

#![expect(clippy::print_stdout, reason = "printing is what it is for")]

use std::path::Path;
use stemma::compare::compare;
use stemma::model::{Lang, Moment, RawReport};
use stemma::pile::Held;
use stemma::trace::trace;
use stemma::{Analysis, analyse, group};

/// A report with its truth.
struct Told {
    analysis: Analysis,
    topic: String,
    event: String,
}

fn main() {
    println!(
        "pile,a,b,event_a,event_b,topic_a,topic_b,across,same_event,same_topic,{}",
        group::Features::NAMES.join(",")
    );
    for path in std::env::args().skip(1) {
        let path = Path::new(&path);
        let told = if path.is_dir() { story(path) } else { rows(path) };
        print(&path.file_stem().unwrap_or_default().to_string_lossy(), told);
    }
}

fn print(pile: &str, mut told: Vec<Told>) {
    told.sort_by_key(|t| t.analysis.report.id);
    let reports = Held::new(&told.iter().map(|t| &t.analysis).collect::<Vec<_>>());
    let Ok(likenesses) = compare(&reports);
    let Ok(stemmas) = trace(&reports, &likenesses);
    let Ok(measured) = group::measured(&reports, &stemmas);
    for (a, b, across, features) in measured {
        let (x, y) = (&told[a as usize], &told[b as usize]);
        let values: Vec<String> = features.values().iter().map(f32::to_string).collect();
        let (same, topic) = (u8::from(x.event == y.event), u8::from(x.topic == y.topic));
        let places = format!("{a},{b},{},{},{},{}", x.event, y.event, x.topic, y.topic);
        println!("{pile},{places},{},{same},{topic},{}", u8::from(across), values.join(","));
    }
}

fn told(text: &str, key: &str, row: &serde_json::Value) -> Analysis {
    let word = |field: &str| row[field].as_str();
    analyse(RawReport {
        key: key.to_owned(),
        text: text.to_owned(),
        lang: word("lang").map(Lang::parse),
        published: word("published").and_then(Moment::parse),
        ..RawReport::default()
    })
}

fn rows(path: &Path) -> Vec<Told> {
    let text = std::fs::read_to_string(path).expect("a readable file");
    let rows =
        text.lines().map(|l| serde_json::from_str::<serde_json::Value>(l).expect("a JSON object a line"));
    rows.map(|row| Told {
        analysis: told(row["text"].as_str().unwrap_or(""), row["id"].as_str().unwrap_or(""), &row),
        topic: row["topic"].to_string(),
        event: row["event"].to_string(),
    })
    .collect()
}

fn story(folder: &Path) -> Vec<Told> {
    let text = std::fs::read_to_string(folder.join("expected.json")).expect("a story has its truth");
    let truth: serde_json::Value = serde_json::from_str(&text).expect("the truth is JSON");
    let within = |groups: &serde_json::Value, id: &str| {
        let groups = groups.as_array().into_iter().flatten();
        let holds = |g: &&serde_json::Value| g.as_array().is_some_and(|g| g.iter().any(|x| x == id));
        groups.enumerate().find(|(_, g)| holds(g)).map_or_else(|| id.to_owned(), |(i, _)| i.to_string())
    };
    let reports = truth["reports"].as_object().into_iter().flatten();
    reports
        .map(|(id, row)| {
            let file = row["file"].as_str().unwrap_or("");
            let text = std::fs::read_to_string(folder.join(file)).expect("a story has its reports");
            let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
            Told {
                analysis: told(&text, file, row),
                topic: format!("{name}-{}", within(&truth["storylines"], id)),
                event: format!("{name}-{}", within(&truth["events"], id)),
            }
        })
        .collect()
}
