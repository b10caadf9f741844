//! Scores as rows of task, set, measure, value: collecting, printing, reading and writing.

use crate::error::Error;
use crate::measure::Prf;
use serde::Serialize;
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::Path;

/// One figure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Score {
    /// The task.
    pub(crate) task: String,
    /// The set: a file's name without ending, or a story.
    pub(crate) set: String,
    /// The measure; parts after `:` name a language, pair, kind or type.
    pub(crate) measure: String,
    /// The value, rounded to four decimals; shares run from 0 to 1.
    pub(crate) value: f64,
}

impl Score {
    /// What it is a score of.
    pub(crate) fn key(&self) -> (&str, &str, &str) {
        (&self.task, &self.set, &self.measure)
    }
}

/// What one set brought: scores, and the predictions behind them.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    task: String,
    set: String,
    /// The figures.
    pub(crate) scores: Vec<Score>,
    /// One object for each prediction row, `task` and `set` included.
    pub(crate) predictions: Vec<Value>,
    /// Rows read.
    pub(crate) n_rows: usize,
    /// Whether it adds up others: its rows were counted before.
    pub(crate) is_sum: bool,
    /// What was wrong, for people, where asked for.
    pub(crate) explained: Vec<String>,
    /// Figures that differ from run to run, such as speed: never in `scores.csv`.
    pub(crate) timings: Vec<(String, f64)>,
}

impl Outcome {
    /// An empty outcome of a set.
    pub(crate) fn new(task: &str, set: &str, n_rows: usize) -> Self {
        Self { task: task.to_string(), set: set.to_string(), n_rows, ..Self::default() }
    }

    /// The task it is of.
    pub(crate) fn task(&self) -> &str {
        &self.task
    }

    /// The set it is of.
    pub(crate) fn set(&self) -> &str {
        &self.set
    }

    /// Adds a figure.
    pub(crate) fn put(&mut self, measure: &str, value: f64) {
        let value = if value.is_finite() { (value * 1e4).round() / 1e4 } else { 0.0 };
        let (task, set) = (self.task.clone(), self.set.clone());
        self.scores.push(Score { task, set, measure: measure.to_string(), value });
    }

    /// Adds precision, recall and F1 as `NAME.p`, `NAME.r`, `NAME.f1`, or nothing if there was nothing to find.
    pub(crate) fn put_prf(&mut self, measure: &str, prf: Prf) {
        self.put_prf_of(measure, "", prf);
    }

    /// As [`Self::put_prf`], of one part: `NAME.f1:PART`.
    pub(crate) fn put_prf_of(&mut self, measure: &str, part: &str, prf: Prf) {
        if prf.is_void() {
            return;
        }
        let part = if part.is_empty() { String::new() } else { format!(":{part}") };
        self.put(&format!("{measure}.p{part}"), prf.precision());
        self.put(&format!("{measure}.r{part}"), prf.recall());
        self.put(&format!("{measure}.f1{part}"), prf.f1());
    }

    /// Adds a prediction row.
    pub(crate) fn predict(&mut self, mut row: Value) {
        if let Value::Object(fields) = &mut row {
            fields.insert("task".to_string(), json!(self.task));
            fields.insert("set".to_string(), json!(self.set));
        }
        self.predictions.push(row);
    }
}

/// Reads `scores.csv`; no file is no scores.
pub(crate) fn read_csv(path: &Path) -> Result<Vec<Score>, Error> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(cause) => return Err(Error::CannotRead { path: path.to_path_buf(), cause }),
    };
    let row = |(i, line): (usize, &str)| {
        let fields: Vec<&str> = line.split(',').collect();
        let [task, set, measure, value] = fields[..] else { return Err(i + 1) };
        let value = value.parse().map_err(|_| i + 1)?;
        Ok(Score { task: task.into(), set: set.into(), measure: measure.into(), value })
    };
    text.lines().enumerate().skip(1).map(row).collect::<Result<_, _>>().map_err(|line| Error::BadFile {
        path: path.to_path_buf(),
        reason: format!("line {line} is not task,set,measure,value"),
    })
}

/// Lays new scores over old ones: sets that were scored now lose all their old rows. Sorted.
pub(crate) fn merge(old: Vec<Score>, new: &[Score]) -> Vec<Score> {
    let scored = |score: &Score| new.iter().any(|n| n.task == score.task && n.set == score.set);
    let mut all: Vec<Score> = old.into_iter().filter(|s| !scored(s)).collect();
    all.extend(new.iter().cloned());
    all.sort_by(|a, b| a.key().cmp(&b.key()));
    all
}

/// Writes scores as CSV. Commas in names become spaces.
pub(crate) fn to_csv(scores: &[Score]) -> String {
    let mut csv = String::from("task,set,measure,value\n");
    for score in scores {
        let name = |text: &str| text.replace([',', '\n'], " ");
        let _ = writeln!(
            csv,
            "{},{},{},{}",
            name(&score.task),
            name(&score.set),
            name(&score.measure),
            score.value
        );
    }
    csv
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(task: &str, set: &str, measure: &str, value: f64) -> Score {
        Score { task: task.into(), set: set.into(), measure: measure.into(), value }
    }

    #[test]
    fn scores_read_what_they_write_and_new_ones_replace_a_set() {
        let path = std::env::temp_dir().join(format!("stemma-eval-scores-{}.csv", std::process::id()));
        assert_eq!(read_csv(&path).unwrap(), []);
        let old =
            vec![score("a", "x", "f1", 0.25), score("a", "x", "gone", 1.0), score("b", "y", "ari", 1.0)];
        std::fs::write(&path, to_csv(&old)).unwrap();
        assert_eq!(read_csv(&path).unwrap(), old);
        let merged = merge(old, &[score("a", "x", "f1", 0.5)]);
        assert_eq!(to_csv(&merged), "task,set,measure,value\na,x,f1,0.5\nb,y,ari,1\n");
        std::fs::remove_file(&path).unwrap();
    }

    #[test]
    fn figures_are_rounded_and_void_ones_left_out() {
        let mut outcome = Outcome::new("t", "s", 1);
        outcome.put("third", 1.0 / 3.0);
        outcome.put_prf("nothing", Prf::default());
        outcome.put_prf_of("some", "en", Prf::new(1, 2, 2));
        let got: Vec<_> = outcome.scores.iter().map(|s| (s.measure.as_str(), s.value)).collect();
        assert_eq!(got, [("third", 0.3333), ("some.p:en", 0.5), ("some.r:en", 0.5), ("some.f1:en", 0.5)]);
    }
}
