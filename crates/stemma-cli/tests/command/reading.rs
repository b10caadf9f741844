//! What `stemma read` takes in.

use super::{Desk, desk_with_pile, story};
use std::fs;

#[test]
fn a_story_is_read_and_reading_it_again_adds_nothing() {
    let desk = Desk::new();
    let folder = story("harbour");
    let folder = folder.to_str().unwrap();
    let n = fs::read_dir(folder)
        .unwrap()
        .filter(|f| f.as_ref().unwrap().path().extension().is_some_and(|e| e == "txt"));
    let n = n.count() as u64;
    let first = desk.json(&["read", folder]);
    assert_eq!((first["read"].as_u64(), first["known"].as_u64()), (Some(n), Some(0)));
    assert_eq!(first["summary"]["reports"].as_u64(), Some(n));
    let families = desk.ok(&["families", "--json"]);
    let again = desk.json(&["read", folder]);
    assert_eq!((again["read"].as_u64(), again["known"].as_u64()), (Some(0), Some(n)));
    assert_eq!(again["summary"], first["summary"]);
    assert_eq!(desk.ok(&["families", "--json"]), families);
}

#[test]
fn the_same_ledger_in_any_order_and_on_any_number_of_threads() {
    let queries = ["families", "events", "entries", "timeline"];
    let texts = |read: &[&[&str]]| {
        let desk = Desk::new();
        for name in ["r01.txt", "r02.txt", "r03.txt", "r04.txt"] {
            desk.write(name, fs::read(story("flood").join(name)).unwrap());
        }
        read.iter().for_each(|args| drop(desk.ok(&[&["read"], *args].concat())));
        queries.map(|q| desk.ok(&[q, "--json"]))
    };
    let at_once = texts(&[&["r01.txt", "r02.txt", "r03.txt", "r04.txt", "--threads", "1"]]);
    let apart = texts(&[&["r04.txt"], &["r02.txt", "r01.txt", "--threads", "4"], &["r03.txt", "r04.txt"]]);
    assert_eq!(at_once, apart);
}

#[test]
fn rows_are_read_in_blocks_and_keep_their_numbers() {
    let desk = Desk::new();
    let row = |i: usize| {
        format!("{{\"id\":\"k{i}\",\"text\":\"Report {i}. {}\"}}\n", "The river rose again. ".repeat(200))
    };
    let rows: String = (1..=800).map(row).collect();
    assert!(rows.len() > 3 << 20, "more than one block");
    desk.write("rows.jsonl", rows);
    let done = desk.json(&["read", "rows.jsonl"]);
    assert_eq!(done["read"].as_u64(), Some(800));
    assert!(desk.ok(&["report", "rows.jsonl:799"]).contains("Report 799."));
}

#[test]
fn columns_of_a_table_are_named() {
    let desk = Desk::new();
    desk.write("a.csv", "nr,Inhalt,Ressort\n7,The dam broke at dawn.,World\n8,The mayor spoke at noon.,\n");
    desk.fails(&["read", "a.csv"], "No column is known to hold the text; name it with --map text=COLUMN");
    let done = desk.json(&["read", "a.csv", "--map", "text=Inhalt", "--map", "section=Ressort"]);
    assert_eq!(done["read"].as_u64(), Some(2));
    let report = desk.json(&["report", "a.csv:1"]);
    assert_eq!(report["section"].as_str(), Some("World"));
    assert_eq!(desk.run(&["read", "a.csv", "--map", "txt=Inhalt"]).code, Some(2));
}

#[test]
fn a_date_given_is_for_reports_that_have_none() {
    let desk = Desk::new();
    desk.write(
        "a.html",
        "<html><head><meta property='article:published_time' content='2025-07-13'></head>\
        <body><h1>Dam</h1><p>The dam at Pelt broke at dawn and flooded two hundred houses.</p></body></html>",
    );
    desk.write("b.txt", "The mayor spoke at noon.");
    desk.ok(&["read", "a.html", "b.txt", "--published", "2024-05-04"]);
    assert_eq!(desk.json(&["report", "a.html"])["published"].as_str(), Some("2025-07-13"));
    assert_eq!(desk.json(&["report", "b.txt"])["published"].as_str(), Some("2024-05-04"));
}

#[test]
fn standard_input_is_read() {
    let desk = Desk::new();
    let done = desk.command(&["read", "-", "--json"]).write_stdin("The dam broke at dawn.").output().unwrap();
    assert!(done.status.success());
    assert!(String::from_utf8(done.stdout).unwrap().contains("\"read\": 1"));
}

#[test]
fn the_summary_names_what_was_read() {
    let desk = desk_with_pile();
    let again = desk.ok(&["read", "pile"]);
    assert!(again.starts_with("Read 0 reports into stemma.db; 3 reports known already\n"), "{again}");
    assert!(again.contains("Families") && again.contains("Next: "), "{again}");
    assert!(!again.contains('\x1b'), "no colours where there is no terminal");
}

#[test]
fn the_ledger_is_named_by_option_or_environment() {
    let desk = desk_with_pile();
    desk.ok(&["read", "pile", "--ledger", "other.db"]);
    assert!(desk.path().join("other.db").exists());
    fs::remove_file(desk.path().join("stemma.db")).unwrap();
    desk.fails(&["events"], "there is no such file");
    let done = desk.command(&["events"]).env("STEMMA_LEDGER", "other.db").output().unwrap();
    assert!(done.status.success());
}
