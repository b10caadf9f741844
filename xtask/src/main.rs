//! Chores of the workspace. `cargo run -p xtask` checks that the tree is tidy; so does its test.
//!
//! Goes in: the files of the workspace. Comes out: a line for each thing untidy. Mends nothing.

mod tidy;

use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    let untidy = tidy::check(&tidy::workspace());
    let mut out = std::io::stdout().lock();
    for line in &untidy {
        if writeln!(out, "{line}").is_err() {
            break;
        }
    }
    if untidy.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
