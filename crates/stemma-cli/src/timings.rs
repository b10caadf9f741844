//! How long each step of a run took, for `--timings`.
//!
//! In: steps as they are done, perhaps on several threads. Out: seconds and reports a second, in
//! order of first coming.

use serde::Serialize;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use stemma::Watch;

/// Steps that threads do side by side; their times are shared out over the threads.
const SIDE_BY_SIDE: [&str; 4] = ["clean", "segment", "extract", "fingerprint"];

/// Adds up the time of steps by their names.
#[derive(Debug, Default)]
pub(crate) struct Timings {
    steps: Mutex<Vec<Step>>,
}

#[derive(Debug)]
struct Step {
    name: &'static str,
    time: Duration,
    /// The greatest resident memory when it was last done.
    peak_mib: Option<f64>,
}

/// What a run took.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Took {
    /// Step by step; the steps of an analysis are also in the step that holds them.
    steps: Vec<Timing>,
    /// The most memory that was resident at a time, in MiB; none where the system does not say.
    peak_mib: Option<f64>,
}

/// What a step took.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Timing {
    step: &'static str,
    seconds: f64,
    reports_per_second: f64,
    /// The most memory that was resident until its end, in MiB; none for steps done side by side.
    peak_mib: Option<f64>,
}

impl Watch for Timings {
    fn step<T>(&self, step: &'static str, work: impl FnOnce() -> T) -> T {
        let begun = Instant::now();
        let result = work();
        let time = begun.elapsed();
        let peak_mib = if SIDE_BY_SIDE.contains(&step) { None } else { peak_mib() };
        let mut steps = self.steps.lock().unwrap_or_else(PoisonError::into_inner);
        match steps.iter_mut().find(|s| s.name == step) {
            Some(known) => *known = Step { name: step, time: known.time + time, peak_mib },
            None => steps.push(Step { name: step, time, peak_mib }),
        }
        result
    }
}

impl Timings {
    /// What the steps took, for so many reports on so many threads.
    pub(crate) fn of(&self, n_reports: usize, n_threads: usize) -> Took {
        let steps = self.steps.lock().unwrap_or_else(PoisonError::into_inner);
        let timing = |&Step { name: step, time, peak_mib }: &Step| {
            let shared = if SIDE_BY_SIDE.contains(&step) { n_threads.max(1) } else { 1 };
            let seconds = time.as_secs_f64() / shared as f64;
            Timing { step, seconds, reports_per_second: n_reports as f64 / seconds.max(1e-9), peak_mib }
        };
        Took { steps: steps.iter().map(timing).collect(), peak_mib: peak_mib() }
    }
}

/// The greatest resident memory so far, where Linux tells it.
fn peak_mib() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<f64>().ok()? / 1024.0)
}

/// A table for people.
pub(crate) fn table(took: &Took) -> String {
    let mut out = format!("{:<14}{:>10}{:>12}{:>12}\n", "step", "seconds", "reports/s", "peak MiB");
    for t in &took.steps {
        let peak = t.peak_mib.map_or(String::new(), |peak| format!("{peak:>12.0}"));
        out.push_str(&format!("{:<14}{:>10.2}{:>12.0}{peak}\n", t.step, t.seconds, t.reports_per_second));
    }
    if let Some(peak) = took.peak_mib {
        out.push_str(&format!("{:<14}{peak:>10.0} MiB\n", "peak memory"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_add_up_by_name() {
        let timings = Timings::default();
        assert_eq!(timings.step("load", || 1) + timings.step("clean", || 2) + timings.step("load", || 3), 6);
        let found = timings.of(3, 2);
        assert_eq!(found.steps.iter().map(|t| t.step).collect::<Vec<_>>(), ["load", "clean"]);
        assert!(table(&found).contains("clean") && found.steps.iter().all(|t| t.seconds >= 0.0));
    }
}
