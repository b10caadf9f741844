//! `cargo run --release -p xtask -- grow REPORTS.jsonl N…`: how the cost of `stemma read` grows.
//!
//! Goes in: reports with dates and sizes of pile. Comes out: a table of seconds for each step, peak
//! memory, and exponents from one size to the next. Piles and ledgers lie in a scratch folder.

mod pile;

use serde::Deserialize;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// What `stemma read --json --timings` says, as far as it is needed.
#[derive(Deserialize)]
struct Outcome {
    timings: Took,
}

#[derive(Deserialize)]
struct Took {
    steps: Vec<Step>,
    peak_mib: Option<f64>,
}

#[derive(Deserialize)]
struct Step {
    step: String,
    seconds: f64,
}

/// One run.
struct Run {
    n: usize,
    /// Seconds by step, in the order in which steps first came.
    steps: Vec<(String, f64)>,
    /// Seconds from beginning to end; steps that go side by side are each longer than they add to it.
    whole: f64,
    peak_mib: Option<f64>,
}

/// Makes the piles, reads each with the release build, and writes the table.
pub(crate) fn run(args: &[String], out: &mut impl Write) -> io::Result<()> {
    let Some((source, sizes)) = args.split_first() else { return Err(wrong()) };
    let sizes: Result<Vec<usize>, _> = sizes.iter().map(|n| n.parse()).collect();
    let sizes = sizes.ok().filter(|s| !s.is_empty()).ok_or_else(wrong)?;
    let rows = pile::rows(Path::new(source))?;
    let scratch = crate::tidy::workspace().join("target/grow");
    std::fs::create_dir_all(&scratch)?;
    let mut runs: Vec<Run> = Vec::new();
    for n in sizes {
        let path = scratch.join(format!("{n}.jsonl"));
        pile::write(&rows, n, &path)?;
        runs.push(read(n, &path)?);
        table(&runs, out)?;
        std::fs::remove_file(path)?;
    }
    Ok(())
}

fn wrong() -> io::Error {
    io::Error::other("usage: grow REPORTS.jsonl N [N…]; each row of the file with id, date, text")
}

/// Reads a pile into a ledger of its own.
fn read(n: usize, pile: &Path) -> io::Result<Run> {
    let ledger = pile.with_extension("db");
    let beside = |ending: &str| PathBuf::from(format!("{}{ending}", ledger.display()));
    let clear = || ["", "-wal", "-shm"].iter().for_each(|e| drop(std::fs::remove_file(beside(e))));
    clear();
    let stemma = std::env::var_os("STEMMA")
        .map_or_else(|| crate::tidy::workspace().join("target/release/stemma"), PathBuf::from);
    let mut command = Command::new(stemma);
    command.arg("read").arg(pile).arg("--ledger").arg(&ledger).args(["--json", "--timings"]);
    let begun = Instant::now();
    let done = command.output()?;
    let whole = begun.elapsed().as_secs_f64();
    clear();
    if !done.status.success() {
        return Err(io::Error::other(String::from_utf8_lossy(&done.stderr).into_owned()));
    }
    let outcome: Outcome = serde_json::from_slice(&done.stdout)?;
    let steps = outcome.timings.steps.into_iter().map(|s| (s.step, s.seconds)).collect();
    Ok(Run { n, steps, whole, peak_mib: outcome.timings.peak_mib })
}

/// A row for each step, a column for each size: seconds, and the exponent from the size before.
fn table(runs: &[Run], out: &mut impl Write) -> io::Result<()> {
    let mut names: Vec<&str> = runs[0].steps.iter().map(|s| s.0.as_str()).collect();
    names.push("whole");
    write!(out, "\n{:<14}", "step")?;
    runs.iter().try_for_each(|run| write!(out, "{:>12} reports", run.n))?;
    writeln!(out)?;
    for name in names {
        row(name, &runs.iter().map(|r| (r.n, seconds(r, name))).collect::<Vec<_>>(), "s", out)?;
    }
    let peaks: Option<Vec<(usize, f64)>> = runs.iter().map(|r| Some((r.n, r.peak_mib?))).collect();
    peaks.map_or(Ok(()), |peaks| row("peak memory", &peaks, "MiB", out))
}

fn seconds(run: &Run, name: &str) -> f64 {
    run.steps.iter().find(|step| step.0 == name).map_or(run.whole, |step| step.1)
}

fn row(name: &str, values: &[(usize, f64)], unit: &str, out: &mut impl Write) -> io::Result<()> {
    write!(out, "{name:<14}")?;
    for (i, (n, value)) in values.iter().enumerate() {
        let grown = i.checked_sub(1).map(|before| exponent(values[before], (*n, *value)));
        let grown = grown.map_or(String::new(), |e| format!("n^{e:.2}"));
        write!(out, "{value:>9.1} {unit:<3} {grown:<6}")?;
    }
    writeln!(out)
}

/// By which power of the number of reports a cost grows.
fn exponent(before: (usize, f64), after: (usize, f64)) -> f64 {
    (after.1 / before.1).ln() / (after.0 as f64 / before.0 as f64).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_grow_by_powers() {
        assert!((exponent((10, 2.0), (100, 200.0)) - 2.0).abs() < 1e-9);
        let run = |n, s| Run { n, steps: vec![("read".into(), s)], whole: 2.0 * s, peak_mib: Some(1.0) };
        let mut out = Vec::new();
        table(&[run(10, 1.0), run(100, 10.0)], &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.contains("n^1.00") && text.contains("whole"), "{text}");
    }
}
