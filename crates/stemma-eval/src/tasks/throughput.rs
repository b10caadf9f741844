//! Throughput: reports a second and peak memory of each stage, and of the whole.
//!
//! The stages that see one report at a time run on all cores, as in the command; the others once over
//! all. Speed differs from run to run, so it is shown as timings and costs, never as a score; the
//! scores are what was read and found, which must not change.

use crate::costs::{Meter, rate};
use crate::data::Source;
use crate::engine::{distinct, raw};
use crate::error::Error;
use crate::plan::Context;
use crate::scores::Outcome;
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::json;
use std::time::{Duration, Instant};
use stemma::Analysis;
use stemma::clean::clean;
use stemma::compare::{compare, fingerprint};
use stemma::extract::{Extracts, extract};
use stemma::group::group;
use stemma::model::{RawReport, Report};
use stemma::pile::Held;
use stemma::read::{Input, read};
use stemma::reconcile::entries;
use stemma::segment::{Segments, segment};
use stemma::trace::trace;

#[derive(Deserialize)]
struct Row {
    id: crate::data::RowId,
    text: String,
    /// When it was published: without it every report could be of the same day as every other.
    date: Option<String>,
}

/// Times of the stages, in order.
struct Watch<'a> {
    context: &'a Context,
    outcome: Outcome,
    n_reports: usize,
    total: Duration,
}

impl Watch<'_> {
    /// Runs a stage and notes its reports a second and peak memory.
    fn stage<T>(&mut self, name: &str, work: impl FnOnce() -> T) -> T {
        self.context.progress(&format!("throughput {}: {name}", self.outcome.set()));
        let meter = Meter::begin();
        let begun = Instant::now();
        let result = work();
        let time = begun.elapsed();
        self.total += time;
        self.outcome.timings.push((format!("{name}: reports/s"), rate(self.n_reports, time)));
        if let Some(peak) = meter.end(name, self.n_reports).peak_mib {
            self.outcome.timings.push((format!("{name}: peak MiB"), peak));
        }
        result
    }
}

/// Measures a set.
pub(super) fn score(source: &Source, context: &Context) -> Result<Outcome, Error> {
    let rows: Vec<Row> = source.rows(context)?;
    let lines: Vec<String> =
        rows.iter().map(|r| json!({"id": r.id, "text": r.text, "date": r.date}).to_string()).collect();
    let outcome = Outcome::new("throughput", &source.name, rows.len());
    let mut watch = Watch { context, outcome, n_reports: rows.len(), total: Duration::ZERO };
    let raws = watch.stage("read", || read_rows(&rows, &lines));
    drop((rows, lines));
    let analyses = analyse(&mut watch, raws);
    let reports = distinct(&analyses);
    join(&mut watch, &reports);
    let (n, total) = (watch.n_reports, watch.total);
    watch.outcome.put("reports", reports.len() as f64);
    watch.outcome.timings.push(("whole: reports/s".to_string(), rate(n, total)));
    Ok(watch.outcome)
}

fn read_rows(rows: &[Row], lines: &[String]) -> Vec<RawReport> {
    let one = |(i, (row, line)): (usize, (&Row, &String))| {
        let name = format!("{i}.jsonl");
        let input = Input { name: &name, bytes: line.as_bytes(), ..Input::default() };
        let found = read(&input).reports.into_iter().next();
        found.unwrap_or_else(|| raw(&row.id.to_string(), &row.text))
    };
    let pairs: Vec<(&Row, &String)> = rows.iter().zip(lines).collect();
    pairs.into_par_iter().enumerate().map(one).collect()
}

fn analyse(watch: &mut Watch, raws: Vec<RawReport>) -> Vec<Analysis> {
    let reports: Vec<Report> = watch.stage("clean", || raws.into_par_iter().map(clean).collect());
    let segments: Vec<Segments> = watch.stage("segment", || reports.par_iter().map(segment).collect());
    let extracts: Vec<Extracts> =
        watch.stage("extract", || reports.par_iter().zip(&segments).map(|(r, s)| extract(r, s)).collect());
    watch.stage("fingerprint", || {
        let parts = reports.into_par_iter().zip(segments).zip(extracts);
        let whole = parts.map(|((report, segments), extracts)| {
            let fingerprint = fingerprint(&report, &segments, &extracts);
            Analysis { report, segments, extracts, fingerprint }
        });
        whole.collect()
    })
}

fn join(watch: &mut Watch, reports: &[&Analysis]) {
    let pile = Held::new(reports);
    let Ok(likenesses) = watch.stage("compare", || compare(&pile));
    let Ok(stemmas) = watch.stage("trace", || trace(&pile, &likenesses));
    let Ok(groups) = watch.stage("group", || group(&pile, &stemmas));
    let Ok(entries) = watch.stage("reconcile", || entries(&pile, &stemmas, &groups));
    watch.outcome.put("likenesses", likenesses.len() as f64);
    watch.outcome.put("families", stemmas.len() as f64);
    watch.outcome.put("events", groups.events.len() as f64);
    watch.outcome.put("entries", entries.len() as f64);
}
