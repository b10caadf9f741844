//! Two at a time, killed runs, closed pipes.

use super::{Desk, desk_with_pile};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Rows enough for many batches.
fn rows(n: usize) -> String {
    let text = "The river rose again in the night and the lower town was emptied. ".repeat(30);
    (0..n).map(|i| format!("{{\"id\":\"k{i}\",\"text\":\"Report {i}. {text}\"}}\n")).collect()
}

/// A reader of standard input that waits there with the ledger open.
fn waiting(desk: &Desk) -> Child {
    let mut child = Command::new(env!("CARGO_BIN_EXE_stemma"))
        .args(["read", "-"])
        .current_dir(desk.path())
        .env_remove("STEMMA_LEDGER")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.as_mut().unwrap().write_all(b"The dam").unwrap();
    let start = Instant::now();
    while !desk.path().join("stemma.db-lock").exists() {
        assert!(start.elapsed() < Duration::from_secs(60), "the reader never opened the ledger");
        sleep(Duration::from_millis(20));
    }
    child
}

#[test]
fn one_writes_and_others_ask() {
    let desk = desk_with_pile();
    let mut child = waiting(&desk);
    desk.fails(&["read", "pile"], "ledger \"stemma.db\" is being written by another process");
    assert!(desk.ok(&["families"]).contains("first.txt"));
    child.stdin.take().unwrap().write_all(b" broke at dawn.").unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(desk.json(&["read", "pile"])["summary"]["reports"].as_u64(), Some(4));
}

#[test]
fn a_killed_run_keeps_whole_batches_and_is_run_again() {
    let desk = Desk::new();
    let n = 1_500;
    desk.write("rows.jsonl", rows(n));
    let mut child = Command::new(env!("CARGO_BIN_EXE_stemma"))
        .args(["read", "rows.jsonl"])
        .current_dir(desk.path())
        .env_remove("STEMMA_LEDGER")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let start = Instant::now();
    let log = desk.path().join("stemma.db-wal");
    while std::fs::metadata(&log).map_or(0, |m| m.len()) < 1 << 20 && child.try_wait().unwrap().is_none() {
        assert!(start.elapsed() < Duration::from_secs(300), "nothing was ever written");
        sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    // Whatever the moment, the ledger opens; what the killed run left is found and not read again.
    let again = desk.json(&["read", "rows.jsonl"]);
    let (read, known) = (again["read"].as_u64().unwrap(), again["known"].as_u64().unwrap());
    assert_eq!(read + known, n as u64);
    assert_eq!(again["summary"]["reports"].as_u64(), Some(n as u64));
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_says_what_it_kept() {
    let desk = desk_with_pile();
    let mut child = waiting(&desk);
    let done = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(done.success());
    // The stop is heeded between batches: the end of input is one.
    drop(child.stdin.take());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    // What the pipe had brought by then may have been read as one more report.
    let kept = desk.json(&["read", "pile"])["summary"]["reports"].as_u64();
    assert!(matches!(kept, Some(3 | 4)), "{kept:?}");
}

#[test]
fn a_closed_pipe_is_no_error() {
    let desk = desk_with_pile();
    let mut child = Command::new(env!("CARGO_BIN_EXE_stemma"))
        .args(["families", "--json"])
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
