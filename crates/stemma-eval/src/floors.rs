//! Floors and ceilings that figures may not cross: `floors.toml`.
//!
//! ```toml
//! [floor.rewrites.dev]
//! ari = 0.95
//! [ceiling.rewrites.dev]
//! false_merges = 3
//! ```
//!
//! A bound on a set that was not scored says nothing; one on a measure that a scored set does not
//! have is broken.

use crate::error::Error;
use crate::scores::Score;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// Task, set, measure, bound.
type Bounds = BTreeMap<String, BTreeMap<String, BTreeMap<String, f64>>>;

/// Both sorts of bounds.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Floors {
    /// Figures that may not be lower.
    #[serde(default)]
    floor: Bounds,
    /// Figures that may not be higher.
    #[serde(default)]
    ceiling: Bounds,
}

/// How far below the measured figure a raised floor is put: room for a change that gains elsewhere,
/// small beside the steps that matter.
const ROOM: f64 = 0.005;

impl Floors {
    /// Reads the file; no file is no bounds.
    pub(crate) fn read(path: &Path) -> Result<Self, Error> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(cause) => return Err(Error::CannotRead { path: path.to_path_buf(), cause }),
        };
        toml::from_str(&text)
            .map_err(|e| Error::BadFile { path: path.to_path_buf(), reason: e.message().to_string() })
    }

    /// What is broken, in words; empty if nothing is.
    pub(crate) fn broken(&self, scores: &[Score]) -> Vec<String> {
        let mut broken = Vec::new();
        for (bounds, word, sign) in
            [(&self.floor, "below its floor", 1.0), (&self.ceiling, "above its ceiling", -1.0)]
        {
            for (task, set, measure, bound) in each(bounds) {
                let of_set = |s: &&Score| s.task == task && s.set == set;
                if !scores.iter().any(|s| of_set(&s)) {
                    continue;
                }
                let name = format!("{task} {set} {measure}");
                match scores.iter().filter(of_set).find(|s| s.measure == measure) {
                    None => broken.push(format!("{name}: no figure, its bound is {bound}")),
                    Some(s) if (s.value - bound) * sign < 0.0 => {
                        broken.push(format!("{name}: {} is {word} {bound}", s.value));
                    }
                    Some(_) => {}
                }
            }
        }
        broken
    }

    /// Raises floors to just below the figures, and lowers ceilings to them; never the other way.
    /// Figures that are F1, ARI, accuracy or a share found get a floor, false merges a ceiling.
    pub(crate) fn tighten(&mut self, scores: &[Score]) {
        for score in scores {
            let name = score.measure.split(':').next().unwrap_or_default();
            let last = name.rsplit('.').next().unwrap_or_default();
            if name == "false_merges" {
                let bound = slot(&mut self.ceiling, score, score.value);
                *bound = bound.min(score.value);
            } else if ["f1", "ari", "exact", "right", "r", "topic_ari", "separation_ari"].contains(&last) {
                let floor = (((score.value - ROOM) * 1e3).floor() / 1e3).max(0.0);
                let bound = slot(&mut self.floor, score, floor);
                *bound = bound.max(floor);
            }
        }
    }

    /// The file's text.
    pub(crate) fn to_toml(&self) -> String {
        let head = "# Bounds on the figures of stemma-eval, by task, set and measure. Floors only rise and ceilings\n\
                    # only fall: a change that lowers a figure says so here, in a reviewed line.\n\n";
        format!("{head}{}", toml::to_string(self).expect("tables of numbers are TOML"))
    }
}

fn each(bounds: &Bounds) -> impl Iterator<Item = (&str, &str, &str, f64)> {
    bounds.iter().flat_map(|(task, sets)| {
        sets.iter().flat_map(move |(set, measures)| {
            measures
                .iter()
                .map(move |(measure, bound)| (task.as_str(), set.as_str(), measure.as_str(), *bound))
        })
    })
}

fn slot<'b>(bounds: &'b mut Bounds, score: &Score, first: f64) -> &'b mut f64 {
    let sets = bounds.entry(score.task.clone()).or_default();
    sets.entry(score.set.clone()).or_default().entry(score.measure.clone()).or_insert(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(measure: &str, value: f64) -> Score {
        Score { task: "t".into(), set: "s".into(), measure: measure.into(), value }
    }

    #[test]
    fn bounds_hold_and_break() {
        let text = "[floor.t.s]\nari = 0.5\n'f1:en' = 0.9\n[ceiling.t.s]\nfalse_merges = 2\n[floor.other.s]\nari = 1";
        let floors: Floors = toml::from_str(text).unwrap();
        let good = [score("ari", 0.5), score("f1:en", 0.95), score("false_merges", 2.0)];
        assert_eq!(floors.broken(&good), Vec::<String>::new());
        let bad = [score("ari", 0.49), score("false_merges", 3.0)];
        assert_eq!(
            floors.broken(&bad),
            [
                "t s ari: 0.49 is below its floor 0.5",
                "t s f1:en: no figure, its bound is 0.9",
                "t s false_merges: 3 is above its ceiling 2"
            ]
        );
    }

    #[test]
    fn bounds_only_tighten() {
        let mut floors = Floors::default();
        floors.tighten(&[score("ari", 0.7), score("false_merges", 3.0), score("strangers", 9.0)]);
        floors.tighten(&[score("ari", 0.6), score("false_merges", 5.0)]);
        let text = floors.to_toml();
        assert!(text.ends_with("[floor.t.s]\nari = 0.695\n\n[ceiling.t.s]\nfalse_merges = 3.0\n"), "{text}");
        assert_eq!(toml::from_str::<Floors>(&text).unwrap(), floors);
    }
}
