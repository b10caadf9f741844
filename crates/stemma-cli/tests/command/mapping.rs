//! Lines in, lines out.

use super::Desk;
use base64::Engine;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};

fn mapped(desk: &Desk, args: &[&str], input: &[u8]) -> Vec<Value> {
    let done = desk.command(&[&["map"], args].concat()).write_stdin(input).output().unwrap();
    assert_eq!((done.status.code(), String::from_utf8_lossy(&done.stderr).as_ref()), (Some(0), ""));
    let out = String::from_utf8(done.stdout).unwrap();
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn each_line_has_its_line_in_order() {
    let desk = Desk::new();
    let rows: Vec<String> = (0..1_300)
        .map(|i| {
            json!({"id": format!("k{i}"), "text": format!("Report {i}: the river rose, Ana Ode said.")})
                .to_string()
        })
        .collect();
    desk.write("rows.jsonl", rows.join("\n"));
    desk.ok(&["map", "rows.jsonl", "--lean", "-o", "out.jsonl"]);
    let out = std::fs::read_to_string(desk.path().join("out.jsonl")).unwrap();
    let lines: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), rows.len());
    for (i, line) in lines.iter().enumerate() {
        assert_eq!((line["form"].as_str(), line["row"].as_u64()), (Some("stemma-map/1"), Some(i as u64 + 1)));
        assert!(line["report"]["body"].as_str().unwrap().starts_with(&format!("Report {i}:")));
        assert!(line.get("packed").is_none());
    }
}

#[test]
fn bad_lines_have_notes() {
    let desk = Desk::new();
    let lists =
        "{\"articles\": [{\"title\": \"a\", \"text\": \"One.\"}, {\"title\": \"b\", \"text\": \"Two.\"}]}";
    let deep = "[".repeat(200_000);
    let input =
        format!("{{\"text\": \"One.\"}}\n\n{{\n7\n{{\"title\": \"no text\"}}\n{lists}\n{deep}\n\u{0}\n");
    let mut input = input.into_bytes();
    input.extend(b"{\"text\": \"Caf\xe9.\"}\n{\"text\": \"last, without an end\"}");
    let lines = mapped(&desk, &[], &input);
    let noted: Vec<bool> = lines.iter().map(|line| line.get("note").is_some()).collect();
    assert_eq!(noted, [false, true, true, true, true, true, true, true, false, false]);
    assert_eq!(lines[1]["note"]["kind"], "empty");
    assert!(lines[5]["note"]["detail"].as_str().unwrap().contains("2 reports"));
    assert_eq!(lines[8]["report"]["notes"][0]["kind"], "broken_text");
}

#[test]
fn what_is_packed_is_what_a_ledger_would_hold() {
    let desk = super::desk_with_pile();
    let text = std::fs::read_to_string(desk.path().join("pile/first.txt")).unwrap();
    let line = json!({"url": "https://x.example/7", "text": text, "published": "2024-05-04"}).to_string();
    let lines = mapped(&desk, &["-"], line.as_bytes());
    let bytes = base64::prelude::BASE64_STANDARD.decode(lines[0]["packed"].as_str().unwrap()).unwrap();
    let (raw, analysis) = stemma_store::unpacked(&bytes).unwrap();
    assert_eq!(stemma::analyse(raw), analysis);
    assert_eq!(lines[0]["id"], analysis.report.id.to_string());
    assert!(!lines[0]["extracts"]["statements"].as_array().unwrap().is_empty());
}

#[test]
fn a_line_is_answered_before_the_next_comes() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_stemma"))
        .args(["map", "--lean"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    for i in 0..3 {
        writeln!(input, "{{\"id\": \"k{i}\", \"text\": \"Rain fell.\"}}").unwrap();
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        assert!(line.contains("Rain fell."), "{line}");
    }
    drop(input);
    assert!(child.wait().unwrap().success());
}

#[test]
fn who_stops_listening_stops_it() {
    let desk = Desk::new();
    let row = format!("{{\"text\": \"{}\"}}\n", "The river rose again in the night. ".repeat(200));
    desk.write("rows.jsonl", row.repeat(2_000));
    let mut child = Command::new(env!("CARGO_BIN_EXE_stemma"))
        .args(["map", "rows.jsonl"])
        .current_dir(desk.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::with_capacity(1, child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""));
}

#[test]
fn what_cannot_be_mapped_is_told() {
    let desk = Desk::new();
    desk.fails(&["map", "none.jsonl"], "cannot read \"none.jsonl\"");
    desk.write("rows.jsonl", "{}\n");
    desk.fails(&["map", "rows.jsonl", "-o", "no/where.jsonl"], "cannot write \"no/where.jsonl\"");
}
