//! What the ledger has for a sentence, and the ledger for other tools.

use super::{Desk, desk_with_pile, story};
use serde_json::Value;
use std::path::PathBuf;

/// A desk that has read a story.
fn desk_with(name: &str) -> Desk {
    let desk = Desk::new();
    desk.ok(&["read", story(name).join("*.txt").to_str().unwrap()]);
    desk
}

/// The outcome of a sentence; the exit code is 3 where nothing is known and 0 elsewhere.
fn outcome(desk: &Desk, sentence: &[&str]) -> (String, Value) {
    let answer = desk.run(&[&["check", "--json"], sentence].concat());
    let view: Value = serde_json::from_str(&answer.out).unwrap();
    let outcome = view["outcome"].as_str().unwrap().to_owned();
    assert_eq!(answer.code, Some(if outcome == "unknown" { 3 } else { 0 }), "{sentence:?}: {}", answer.err);
    assert_eq!(answer.err, "");
    (outcome, view)
}

#[test]
fn sentences_are_supported_disputed_contested_or_unknown() {
    let desk = desk_with("harbour");
    let check = |sentence: &[&str], expected: &str| {
        let (outcome, view) = outcome(&desk, sentence);
        assert_eq!(outcome, expected, "{sentence:?}: {view:#}");
        view
    };
    let view = check(&["More than 200 passengers were on board the Lady Ilsa."], "supported");
    let finding = &view["findings"][0];
    assert_eq!(finding["bearing"], "supports");
    assert!(finding["supported_by"].as_array().unwrap().iter().any(|o| o == "Skarra Line"), "{finding:#}");
    // Spans lead back to the words.
    for telling in finding["tellings"].as_array().unwrap() {
        let report = desk.json(&["report", telling["file"].as_str().unwrap()]);
        let at = |i: usize| telling["span"][i].as_u64().unwrap() as usize;
        assert_eq!(report["body"].as_str().unwrap().get(at(0)..at(1)), telling["text"].as_str());
    }
    check(&["Nine people were killed when a passenger ferry collided with a cargo ship."], "disputed");
    check(&["The coast guard did not call off its search at 9 a.m. on Sunday."], "disputed");
    check(&["The central bank raised its interest rate to four percent."], "unknown");
    check(&["Mais de 200 passageiros estavam a bordo da balsa Lady Ilsa.", "--lang", "pt"], "supported");
    check(&["Mais de 200 passageiros estavam a bordo da balsa Lady Ilsa."], "supported");
}

#[test]
fn a_sentence_is_answered_in_words_too() {
    let desk = desk_with_pile();
    let told = desk.ok(&["check", "12 people were missing"]);
    assert!(told.lines().all(|l| l.chars().count() <= 100), "fits the width:\n{told}");
    assert!(told.contains("Ana Ode"), "{told}");
    let piped = desk.command(&["check", "-"]).write_stdin("12 people were missing\n").output().unwrap();
    assert_eq!(String::from_utf8(piped.stdout).unwrap(), told);
    let unknown = desk.run(&["check", "A comet was seen over the southern islands."]);
    assert_eq!((unknown.code, unknown.err.as_str()), (Some(3), ""));
    assert!(unknown.out.starts_with("Unknown: nothing that was read bears on it"), "{}", unknown.out);
    desk.fails(&["check", " . "], "nothing to check");
}

#[test]
fn the_ledger_is_exported() {
    let desk = desk_with_pile();
    let count = |folder: &str| std::fs::read_dir(desk.path().join(folder)).unwrap().count();
    desk.ok(&["export", "--format", "csv", "-o", "tables"]);
    assert_eq!(count("tables"), 12);
    let rows = desk.json(&["export", "--format", "jsonl", "-o", "rows"]);
    assert_eq!((count("rows"), count("rows/schema"), rows["files"].as_array().unwrap().len()), (5, 4, 8));
    let lines = std::fs::read_to_string(desk.path().join("rows/entries.jsonl")).unwrap();
    let entries: Vec<Value> = lines.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(Value::from(entries), desk.json(&["entries"]), "the rows are those of --json");
    desk.ok(&["export", "--format", "graphml", "-o", "families.graphml"]);
    let graph = std::fs::read_to_string(desk.path().join("families.graphml")).unwrap();
    assert_eq!(desk.ok(&["export", "--format", "graphml", "-o", "-"]), graph);
    let lineage: Value = serde_json::from_str(&desk.ok(&["export", "--format", "prov", "-o", "-"])).unwrap();
    assert!(lineage["@graph"].as_array().unwrap().len() > 3);
    for format in ["csv", "parquet", "jsonl"] {
        desk.fails(&["export", "--format", format, "-o", "-"], "cannot write several files");
        desk.fails(&["export", "--format", format, "-o", "families.graphml"], "cannot write several files");
    }
    desk.fails(&["export", "--format", "prov", "-o", "tables"], "it is a folder");
}

#[test]
fn typed_tables_are_exported_and_read_again() {
    let desk = desk_with_pile();
    let hostile = r#"{"text": "LORIA - A dam\u0000 broke at \"Pelt, minister Ana Ode\u202e said. 12 \u200bpeople, ' died."}"#;
    desk.write("pile/hostile.jsonl", hostile);
    desk.ok(&["read", "pile", "--published", "2024-05-04"]);
    let export = || desk.json(&["export", "--format", "parquet", "-o", "typed/here"]);
    let files = || -> Vec<(PathBuf, Vec<u8>)> {
        let names = std::fs::read_dir(desk.path().join("typed/here")).unwrap().map(|f| f.unwrap().path());
        names.map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
    };
    assert_eq!(export()["files"].as_array().unwrap().len(), 12);
    let first = files();
    assert!(first.len() == 12 && first.iter().all(|(_, b)| b.starts_with(b"PAR1") && b.ends_with(b"PAR1")));
    export();
    assert_eq!(files(), first, "the same bytes, over the old ones");
    // The reports of an export are reports again.
    let again = desk.json(&["read", "typed/here/reports.parquet", "--ledger", "again.db"]);
    assert_eq!(again["read"].as_u64(), Some(4));
    assert!(desk.ok(&["help", "export"]).contains("--format parquet -o tables/"));
}
