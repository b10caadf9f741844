//! Scores and costs as tables for people and as JSON for programs.

use crate::costs::Cost;
use crate::scores::Outcome;
use serde_json::{Value, json};
use std::fmt::Write;

/// Scores of a task in columns, set by set.
pub(crate) fn score_tables(outcomes: &[Outcome]) -> String {
    let mut text = String::new();
    let (stories, sets): (Vec<&Outcome>, Vec<&Outcome>) =
        outcomes.iter().partition(|o| o.task() == "stories");
    for outcome in sets.into_iter().chain(stories.last().copied()) {
        let _ = writeln!(text, "{} · {} ({} rows)", outcome.task(), outcome.set(), outcome.n_rows);
        scores(&mut text, outcome);
        for (name, value) in &outcome.timings {
            let _ = writeln!(text, "  {name:<34} {value:>12.1}");
        }
        text.push('\n');
    }
    if !stories.is_empty() {
        rows(&mut text, &stories);
    }
    text
}

/// What each task cost.
pub(crate) fn cost_table(costs: &[Cost]) -> String {
    let mut text = String::new();
    let _ =
        writeln!(text, "{:<14} {:>8} {:>10} {:>10} {:>10}", "cost", "rows", "seconds", "rows/s", "peak MiB");
    for cost in costs {
        let peak = cost.peak_mib.map_or("-".to_string(), |m| format!("{m:.0}"));
        let Cost { task, n_rows, seconds, rows_per_second, .. } = cost;
        let _ = writeln!(text, "{task:<14} {n_rows:>8} {seconds:>10.2} {rows_per_second:>10.1} {peak:>10}");
    }
    text
}

/// Heading and measure of each column of the table of stories: F1 where the truth is complete, else recall.
const COLUMNS: &[(&str, &str)] = &[
    ("family", "families.f1"),
    ("descent", "descents.f1"),
    ("spun", "spun.f1"),
    ("variant", "variants.r"),
    ("event", "events.f1"),
    ("line", "storylines.f1"),
    ("entry", "entries.r"),
    ("reading", "entries.readings.r"),
    ("standing", "entries.standing.r"),
    ("origins", "entries.origins.r"),
    ("stated", "statements.r"),
    ("time", "times.value.r"),
    ("quantity", "quantities.value.r"),
    ("name", "names.r"),
];

/// One row a story, and the total.
fn rows(text: &mut String, stories: &[&Outcome]) {
    let _ = write!(text, "{:<12}", "story");
    COLUMNS.iter().for_each(|(heading, _)| {
        let _ = write!(text, " {heading:>8}");
    });
    text.push('\n');
    for story in stories {
        let _ = write!(text, "{:<12}", story.set());
        for (_, measure) in COLUMNS {
            let value = story.scores.iter().find(|s| s.measure == *measure);
            let value = value.map_or("-".to_string(), |s| format!("{:.3}", s.value));
            let _ = write!(text, " {value:>8}");
        }
        text.push('\n');
    }
    text.push('\n');
}

/// Scores of one set: precision, recall and F1 of one thing share a line.
fn scores(text: &mut String, outcome: &Outcome) {
    let find = |measure: &str| outcome.scores.iter().find(|s| s.measure == measure).map(|s| s.value);
    for score in &outcome.scores {
        let (name, part) = score.measure.split_once(':').map_or((&score.measure[..], ""), |(n, p)| (n, p));
        let with = |ending: &str, base: &str| {
            let part = if part.is_empty() { String::new() } else { format!(":{part}") };
            find(&format!("{base}.{ending}{part}"))
        };
        let base = name.rsplit_once('.').map_or(name, |(base, _)| base);
        let triple = (with("p", base), with("r", base), with("f1", base));
        let label = if part.is_empty() { base.to_string() } else { format!("{base} {part}") };
        match (triple, name.rsplit_once('.').map(|(_, ending)| ending)) {
            ((Some(p), Some(r), Some(f1)), Some("p")) => {
                let _ = writeln!(text, "  {label:<34} P {p:.4}  R {r:.4}  F1 {f1:.4}");
            }
            ((Some(_), Some(_), Some(_)), Some("r" | "f1")) => {}
            _ => {
                let _ = writeln!(text, "  {:<34} {:>8}", score.measure.replace(':', " "), score.value);
            }
        }
    }
}

/// Everything as one object: `scores`, `costs`, `timings`.
pub(crate) fn json(outcomes: &[Outcome], costs: &[Cost]) -> Value {
    let scores: Vec<_> = outcomes.iter().flat_map(|o| &o.scores).collect();
    let timing = |o: &Outcome| {
        let of = |(name, value): &(String, f64)| json!({"task": o.task(), "set": o.set(), "name": name, "value": value});
        o.timings.iter().map(of).collect::<Vec<_>>()
    };
    let timings: Vec<Value> = outcomes.iter().flat_map(timing).collect();
    json!({"scores": scores, "costs": costs, "timings": timings})
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Prf;
    use expect_test::expect;

    #[test]
    fn three_figures_of_one_thing_share_a_line() {
        let mut outcome = Outcome::new("times", "dev", 2);
        outcome.put_prf("value", Prf::new(1, 2, 2));
        outcome.put_prf_of("value", "DATE", Prf::new(1, 1, 2));
        outcome.put("ari", 0.25);
        let cost =
            Cost { task: "times".into(), n_rows: 2, seconds: 0.5, rows_per_second: 4.0, peak_mib: Some(9.6) };
        let got = score_tables(&[outcome]) + &cost_table(&[cost]);
        expect![[r#"
            times · dev (2 rows)
              value                              P 0.5000  R 0.5000  F1 0.5000
              value DATE                         P 1.0000  R 0.5000  F1 0.6667
              ari                                    0.25

            cost               rows    seconds     rows/s   peak MiB
            times                 2       0.50        4.0         10
        "#]]
        .assert_eq(&got);
    }
}
