//! Reports a second of processor time: `cargo run --release --example speed -- FILE`, one report a line.

#![expect(clippy::print_stdout, reason = "printing is what it is for")]

use std::fs;
use std::hint::black_box;
use std::sync::LazyLock;
use std::time::Instant;

static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// Seconds this program has had a processor; where the system does not tell, seconds since the start.
fn seconds() -> f64 {
    let told = fs::read_to_string("/proc/self/schedstat").ok();
    let spent = told.and_then(|s| s.split_whitespace().next()?.parse::<f64>().ok());
    spent.map_or_else(|| START.elapsed().as_secs_f64(), |nanos| nanos / 1e9)
}

#[expect(clippy::cast_precision_loss, reason = "counts far below 2^53")]
fn measure(name: &str, reports: &[&str], mut each: impl FnMut(&str)) {
    let start = seconds();
    for report in reports {
        each(report);
    }
    let spent = seconds() - start;
    let bytes: usize = reports.iter().map(|r| r.len()).sum();
    println!("{name}: {:.0} reports/s, {:.1} MB/s", reports.len() as f64 / spent, bytes as f64 / spent / 1e6);
}

fn main() -> std::io::Result<()> {
    let text = fs::read_to_string(std::env::args().nth(1).unwrap_or_default())?;
    let reports: Vec<&str> = text.lines().collect();
    let start = seconds();
    let words = stemma_words::table();
    println!("load: {:.6} s", seconds() - start);
    let mut pieces = Vec::new();
    measure("pieces", &reports, |report| {
        pieces.clear();
        words.pieces(report, &mut pieces);
        black_box(&pieces);
    });
    measure("vectors", &reports, |report| {
        black_box(words.vector(report, Some("en")));
    });
    Ok(())
}
