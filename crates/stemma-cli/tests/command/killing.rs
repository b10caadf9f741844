//! Runs killed at many moments, files that may not grow: nothing that was reported as read is lost.
//!
//! `STEMMA_KILLS=200 cargo test -p stemma-cli --test command kills -- --nocapture` kills as often as
//! that; a usual run does it a few times.

use super::{Desk, desk_with_pile};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Instant;
use stemma_store::{Mode, Store};

/// Kills in a usual run: each costs a start of the command and, in the end, one reading.
const USUAL: usize = 4;

/// Texts of a few happenings, so that there are families and entries to be joined.
fn texts(n: usize) -> impl Iterator<Item = String> {
    let text = |i: usize| {
        let (town, dead) = (["Pelt", "Loria", "Orsel", "Varn"][i % 4], 3 + i % 5);
        format!(
            "{} people died when the dam at {town} broke on Monday, minister Ana Ode said. The river rose \
             by {} metres in the night and the lower town was emptied, report {i} says. {}",
            dead,
            i % 7,
            "Nobody knew how long the water would stay. ".repeat(i % 4)
        )
    };
    (0..n).map(text)
}

fn reader(desk: &Desk, ledger: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_stemma"))
        .args(["read", "pile", "--ledger", ledger, "--threads", "1"])
        .current_dir(desk.path())
        .env_remove("STEMMA_LEDGER")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Numbers that look random and are the same in every run (SplitMix64; Steele et al., 2014).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

/// How many reports a ledger holds; it must open and its pages fit together. None before it was made.
fn held(desk: &Desk, ledger: &str) -> usize {
    let path = desk.path().join(ledger);
    // Between the making of the file and its first commit there is no table yet.
    if std::fs::metadata(&path).map_or(0, |m| m.len()) == 0 {
        return 0;
    }
    Store::open(&path, Mode::Write).and_then(|store| store.n_reports()).unwrap()
}

#[test]
fn kills_at_any_moment_lose_nothing_and_end_at_the_same_ledger() {
    let desk = Desk::new();
    let n_kills = std::env::var("STEMMA_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(USUAL);
    // Files enough for two batches.
    let n_files = 1_100;
    texts(n_files).enumerate().for_each(|(i, text)| desk.write(&format!("pile/{i}.txt"), text));
    let start = Instant::now();
    assert!(reader(&desk, "whole.db").wait().unwrap().success());
    let usual = start.elapsed();
    let answers =
        |ledger: &str| ["families", "events", "entries"].map(|q| desk.ok(&[q, "--json", "--ledger", ledger]));
    let whole = answers("whole.db");
    let mut numbers = Numbers(7);
    let (mut killed, mut kept, mut rounds) = (0, 0, 0);
    while killed < n_kills {
        let mut child = reader(&desk, "torn.db");
        sleep(usual.mul_f64((numbers.next() % 1_000) as f64 / 1_000.0));
        let done = child.try_wait().unwrap().is_some();
        child.kill().unwrap();
        child.wait().unwrap();
        let n = held(&desk, "torn.db");
        assert!(n >= kept && n <= n_files, "{n} reports after {kept}");
        kept = n;
        if done {
            // It came to its end; the next round begins anew.
            assert_eq!(answers("torn.db"), whole);
            std::fs::remove_file(desk.path().join("torn.db")).unwrap();
            (kept, rounds) = (0, rounds + 1);
        } else {
            killed += 1;
        }
    }
    assert!(reader(&desk, "torn.db").wait().unwrap().success());
    assert_eq!(answers("torn.db"), whole);
    desk.ok(&["doctor", "--ledger", "torn.db"]);
    println!(
        "{killed} kills within {usual:?}, {} rounds read to their end; the ledger is the same",
        rounds + 1
    );
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_grow_is_told() {
    let desk = desk_with_pile();
    let rows = texts(300).enumerate().map(|(i, text)| format!("{{\"id\":\"k{i}\",\"text\":\"{text}\"}}\n"));
    desk.write("rows.jsonl", rows.collect::<String>());
    // Half-kibibyte or kibibyte blocks, as the shell has it: less than the rows need in either.
    let limit = 400;
    let script = format!("trap '' XFSZ; ulimit -f {limit}; exec \"$0\" read rows.jsonl");
    let done = Command::new("sh")
        .args(["-c", &script, env!("CARGO_BIN_EXE_stemma")])
        .current_dir(desk.path())
        .env_remove("STEMMA_LEDGER")
        .output()
        .unwrap();
    let err = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(1), "{err}");
    assert!(err.starts_with("error: ledger \"stemma.db\" cannot grow") && err.contains("\nhint: "), "{err}");
    // What was read before is there, and the rest is read when there is room.
    assert!(desk.ok(&["families"]).contains("first.txt"));
    let again = desk.json(&["read", "rows.jsonl"]);
    assert_eq!(again["summary"]["reports"].as_u64(), Some(303));
}

#[test]
fn a_ledger_is_made_anew_by_the_command() {
    let desk = desk_with_pile();
    let entries = desk.ok(&["entries", "--json"]);
    assert!(desk.ok(&["doctor", "--rebuild"]).starts_with("Sound: 3 reports"));
    assert_eq!(desk.ok(&["entries", "--json"]), entries);
    desk.fails(&["doctor", "--rebuild", "--ledger", "none.db"], "there is no such file");
    assert!(!desk.path().join("none.db").exists());
}

#[test]
fn outlets_that_belong_together_are_told_by_a_file() {
    let desk = desk_with_pile();
    desk.write("outlets.tsv", "The Pelt Post\tPelt Group\nPelt Evening\tPelt Group\n");
    desk.write("outlets.toml", "\"Pelt Group\" = [\"The Pelt Post\", \"Pelt Evening\"]\n");
    for file in ["outlets.tsv", "outlets.toml"] {
        desk.ok(&["read", "pile", "--outlets", file]);
        let store = Store::open(&desk.path().join("stemma.db"), Mode::Read).unwrap();
        assert_eq!(store.publishers().unwrap().publisher("PELT evening"), Some("Pelt Group"));
    }
    desk.write("bad.tsv", "The Pelt Post\t\n");
    desk.fails(&["read", "pile", "--outlets", "bad.tsv"], "cannot understand \"bad.tsv\": line 1");
    desk.fails(&["read", "pile", "--outlets", "none.tsv"], "cannot read \"none.tsv\"");
}
