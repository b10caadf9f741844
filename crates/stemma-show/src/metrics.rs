//! Numbers of a running program -> Prometheus text (exposition format 0.0.4), which monitors read.

use std::fmt::Write;

/// The media type of the text.
pub const MEDIA: &str = "text/plain; version=0.0.4; charset=utf-8";

/// What a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It only grows while the program runs.
    Counter,
    /// It goes up and down.
    Gauge,
    /// Counts of values up to bounds, their sum and their number.
    Histogram,
}

/// A metric with its numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Metric {
    /// Its name: `stemma_…`, letters and `_`.
    pub name: String,
    /// What it counts, in one line.
    pub help: String,
    /// What it is.
    pub kind: Kind,
    /// Its numbers.
    pub samples: Vec<Sample>,
}

/// What comes after a metric's name, labels with their values, and a number.
pub type Sample = (&'static str, Vec<(&'static str, String)>, f64);

impl Metric {
    /// One number without labels.
    pub fn one(name: impl Into<String>, help: impl Into<String>, kind: Kind, value: f64) -> Self {
        Self { name: name.into(), help: help.into(), kind, samples: vec![("", Vec::new(), value)] }
    }

    /// A number for each value of a label.
    pub fn by(
        name: impl Into<String>,
        help: impl Into<String>,
        kind: Kind,
        label: &'static str,
        values: impl IntoIterator<Item = (String, f64)>,
    ) -> Self {
        let samples = values.into_iter().map(|(of, value)| ("", vec![(label, of)], value)).collect();
        Self { name: name.into(), help: help.into(), kind, samples }
    }
}

/// The text.
///
/// ```
/// use stemma_show::metrics::{Kind, Metric, text};
/// let metric = Metric::one("stemma_reports", "Reports in the ledger.", Kind::Gauge, 3.0);
/// assert!(text(&[metric]).ends_with("# TYPE stemma_reports gauge\nstemma_reports 3\n"));
/// ```
pub fn text(metrics: &[Metric]) -> String {
    let mut out = String::new();
    for metric in metrics {
        let kind = match metric.kind {
            Kind::Counter => "counter",
            Kind::Gauge => "gauge",
            Kind::Histogram => "histogram",
        };
        let name = &metric.name;
        let help = metric.help.replace('\\', "\\\\").replace('\n', "\\n");
        let _ = writeln!(out, "# HELP {name} {}\n# TYPE {name} {kind}", help.trim());
        for (end, labels, value) in &metric.samples {
            let labels: Vec<String> =
                labels.iter().map(|(of, is)| format!("{of}=\"{}\"", escaped(is))).collect();
            let labels = if labels.is_empty() { String::new() } else { format!("{{{}}}", labels.join(",")) };
            let _ = writeln!(out, "{name}{end}{labels} {value}");
        }
    }
    out
}

fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_values_cannot_break_out() {
        let odd = [("a\"b\\c\nd".to_owned(), 0.5)];
        let metric = Metric::by("stemma_x", "Two\nlines", Kind::Counter, "of", odd);
        let expected =
            "# HELP stemma_x Two\\nlines\n# TYPE stemma_x counter\nstemma_x{of=\"a\\\"b\\\\c\\nd\"} 0.5\n";
        assert_eq!(text(&[metric]), expected);
    }
}
