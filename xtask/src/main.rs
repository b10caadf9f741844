//! Chores of the workspace. `cargo run -p xtask` checks that the tree is tidy; so does its test.
//! `cargo run -p xtask -- grow REPORTS.jsonl 10000 30000 100000` measures how the cost of reading grows.
//! `cargo run -p xtask -- faults feeds 2000 minutes 60` watches feeds that go wrong and checks what came of it.
//!
//! Goes in: the files of the workspace. Comes out: a line for each thing untidy, or a table. Mends nothing.

mod grow;
mod tidy;

use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.split_first() {
        Some((chore, rest)) if chore == "grow" => ended(grow::run(rest, &mut std::io::stdout().lock())),
        Some((chore, rest)) if chore == "faults" => {
            ended(xtask::faults::told(rest, &mut std::io::stdout().lock()))
        }
        _ => tidied(),
    }
}

fn ended(chore: std::io::Result<()>) -> ExitCode {
    match chore {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            let _ = writeln!(std::io::stderr(), "error: {e}");
            ExitCode::FAILURE
        }
    }
}

fn tidied() -> ExitCode {
    let untidy = tidy::check(&tidy::workspace());
    let mut out = std::io::stdout().lock();
    for line in &untidy {
        if writeln!(out, "{line}").is_err() {
            break;
        }
    }
    if untidy.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
