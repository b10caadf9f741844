//! Chores of the workspace. `cargo run -p xtask` checks that the tree is tidy; so does its test.
//! `cargo run -p xtask -- grow REPORTS.jsonl 10000 30000 100000` measures how the cost of reading grows.
//!
//! Goes in: the files of the workspace. Comes out: a line for each thing untidy, or a table. Mends nothing.

mod grow;
mod tidy;

use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.split_first() {
        Some((chore, rest)) if chore == "grow" => grown(rest),
        _ => tidied(),
    }
}

fn grown(args: &[String]) -> ExitCode {
    match grow::run(args, &mut std::io::stdout().lock()) {
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
