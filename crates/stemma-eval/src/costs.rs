//! What a task costs: wall time and peak memory.

use serde::Serialize;
use std::time::{Duration, Instant};

/// The cost of one task.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Cost {
    /// The task.
    pub(crate) task: String,
    /// Rows read, all sets together.
    pub(crate) n_rows: usize,
    /// Wall time in seconds.
    pub(crate) seconds: f64,
    /// Rows a second.
    pub(crate) rows_per_second: f64,
    /// Greatest resident memory in MiB since the task began; none where the system does not say.
    pub(crate) peak_mib: Option<f64>,
}

/// A running measurement.
#[derive(Debug)]
pub(crate) struct Meter {
    begun: Instant,
}

impl Meter {
    /// Begins: sets the system's memory peak back where it can be.
    pub(crate) fn begin() -> Self {
        reset_peak();
        Self { begun: Instant::now() }
    }

    /// Ends.
    pub(crate) fn end(self, task: &str, n_rows: usize) -> Cost {
        let seconds = self.begun.elapsed().as_secs_f64();
        let rows_per_second = rate(n_rows, self.begun.elapsed());
        Cost { task: task.to_string(), n_rows, seconds, rows_per_second, peak_mib: peak_mib() }
    }
}

/// Things a second.
pub(crate) fn rate(n: usize, time: Duration) -> f64 {
    n as f64 / time.as_secs_f64().max(1e-9)
}

/// Sets `VmHWM` back to what is resident now. Without effect where the system has no such thing.
fn reset_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// The greatest resident memory so far, in MiB.
pub(crate) fn peak_mib() -> Option<f64> {
    parse_peak(&std::fs::read_to_string("/proc/self/status").ok()?)
}

fn parse_peak(status: &str) -> Option<f64> {
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    let kib: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib / 1024.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_peak_is_read_from_status() {
        assert_eq!(parse_peak("VmPeak:\t 9 kB\nVmHWM:\t    2048 kB\nVmRSS: 1 kB\n"), Some(2.0));
        assert_eq!(parse_peak("nothing"), None);
    }
}
