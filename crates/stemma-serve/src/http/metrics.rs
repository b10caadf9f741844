//! What a server has done and what its ledger holds, for monitors: `/metrics` in Prometheus text.
//!
//! Every answer is counted by its status and how long it took, and told to the log. Paths are told without
//! questions, which may say what somebody looks for.

use super::app::App;
use super::problem::Problem;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;
use stemma_show::metrics::{Kind, MEDIA, Metric, text};
use stemma_store::{ENGINE, Figures};

/// Seconds that bound the counts of how long answers took.
const BOUNDS: [f64; 10] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];

/// What a server has done.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// Answers, by the first digit of their status.
    answers: [AtomicU64; 6],
    /// Answers that took up to each bound, and those that took longer.
    took: [AtomicU64; BOUNDS.len() + 1],
    /// Microseconds that all took.
    micros: AtomicU64,
}

impl Tally {
    fn count(&self, status: u16, seconds: f64) {
        self.answers[usize::from(status / 100).min(5)].fetch_add(1, Ordering::Relaxed);
        let place = BOUNDS.iter().position(|bound| seconds <= *bound).unwrap_or(BOUNDS.len());
        self.took[place].fetch_add(1, Ordering::Relaxed);
        self.micros.fetch_add((seconds * 1e6) as u64, Ordering::Relaxed);
    }

    fn metrics(&self) -> [Metric; 2] {
        let get = |n: &AtomicU64| n.load(Ordering::Relaxed) as f64;
        let answers = self.answers.iter().enumerate().skip(1).map(|(i, n)| (format!("{i}xx"), get(n)));
        let mut samples = Vec::new();
        let mut sum = 0.0;
        for (i, n) in self.took.iter().enumerate() {
            sum += get(n);
            let bound = BOUNDS.get(i).map_or_else(|| "+Inf".to_owned(), f64::to_string);
            samples.push(("_bucket", vec![("le", bound)], sum));
        }
        samples.push(("_sum", Vec::new(), get(&self.micros) / 1e6));
        samples.push(("_count", Vec::new(), sum));
        let help = "How long answers took".to_owned();
        [
            Metric::by("stemma_http_answers_total", "Answers by status", Kind::Counter, "status", answers),
            Metric { name: "stemma_http_seconds".into(), help, kind: Kind::Histogram, samples },
        ]
    }
}

/// Counts an answer.
pub(crate) async fn counted(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let response = next.run(request).await;
    let took = begun.elapsed();
    let status = response.status().as_u16();
    app.tally.count(status, took.as_secs_f64());
    tracing::info!(%method, path, status, ms = took.as_millis() as u64, "answered");
    response
}

pub(crate) fn router() -> Router<Arc<App>> {
    Router::new().route("/metrics", get(metrics))
}

async fn metrics(State(app): State<Arc<App>>) -> Result<Response, Problem> {
    let figures = app.ask(|desk| Ok(desk.store().figures()?)).await?;
    let built = [("version", env!("CARGO_PKG_VERSION").to_owned()), ("engine", ENGINE.to_owned())];
    let built = Metric {
        name: "stemma_build_info".into(),
        help: "Which stemma this is".into(),
        kind: Kind::Gauge,
        samples: vec![("", built.to_vec(), 1.0)],
    };
    let waiting = app.jobs.as_ref().map_or(0, super::super::jobs::Jobs::waiting);
    let waiting = Metric::one(
        "stemma_jobs_waiting",
        "Works on new reports that are not over",
        Kind::Gauge,
        waiting as f64,
    );
    let mut all = vec![built, waiting];
    all.extend(app.tally.metrics());
    all.extend(ledger(&figures));
    Ok(([(header::CONTENT_TYPE, MEDIA)], text(&all)).into_response())
}

/// What the ledger holds.
fn ledger(figures: &Figures) -> Vec<Metric> {
    let gauge = |name: &str, help: &str, n: usize| Metric::one(name, help, Kind::Gauge, n as f64);
    let standings = figures.standings.iter().map(|(standing, n)| (standing.clone(), *n as f64));
    vec![
        gauge("stemma_reports", "Reports in the ledger", figures.reports),
        gauge("stemma_families", "Families in the ledger, those of one report included", figures.families),
        gauge("stemma_events", "Events in the ledger", figures.events),
        gauge("stemma_storylines", "Storylines in the ledger", figures.storylines),
        Metric::by("stemma_entries", "Entries in the ledger by standing", Kind::Gauge, "standing", standings),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_counted_by_status_and_time() {
        let tally = Tally::default();
        for (status, seconds) in [(200, 0.001), (204, 0.2), (503, 99.0), (999, 0.1)] {
            tally.count(status, seconds);
        }
        let text = text(&tally.metrics());
        for line in [
            "stemma_http_answers_total{status=\"2xx\"} 2",
            "stemma_http_answers_total{status=\"5xx\"} 2",
            "stemma_http_seconds_bucket{le=\"0.005\"} 1",
            "stemma_http_seconds_bucket{le=\"0.25\"} 3",
            "stemma_http_seconds_bucket{le=\"+Inf\"} 4",
            "stemma_http_seconds_count 4",
        ] {
            assert!(text.lines().any(|l| l == line), "{line} in {text}");
        }
    }
}
