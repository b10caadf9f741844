//! New reports, and how far the work on them is.

use super::{Answer, BASE, Shared};
use crate::add;
use crate::http::app::App;
use crate::http::asked::{Given, Named};
use crate::http::problem::Problem;
use crate::http::reply;
use crate::jobs::{Input, JobView};
use crate::questions::NewReports;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use std::convert::Infallible;
use tokio_stream::wrappers::ReceiverStream;

/// Reads reports into the ledger: they are grouped with what is there, copies traced, claims joined. A report
/// read twice adds nothing. Nothing is fetched.
#[utoipa::path(post, path = "/jobs", tag = "reports", request_body = NewReports, responses((status = 202, body = JobView, headers(("Location" = String, description = "where to see how far it is"))), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json"), (status = 413, body = Problem, content_type = "application/problem+json"), (status = 415, body = Problem, content_type = "application/problem+json"), (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn add_reports(State(app): Shared, Given(given): Given<NewReports>) -> Answer {
    add::raws(&given.reports)?;
    let id = begun(&app, Input::Reports(given.reports))?;
    let view = watched(&app, id)?.borrow().clone();
    let headers = [(header::LOCATION, format!("{BASE}/jobs/{id}"))];
    Ok((StatusCode::ACCEPTED, headers, axum::Json(view)).into_response())
}

/// Begins work, or says why not.
pub(crate) fn begun(app: &App, input: Input) -> Result<u64, Problem> {
    let jobs = app.jobs.as_ref().ok_or_else(|| {
        let what = "this server takes no reports";
        Problem::new(StatusCode::FORBIDDEN, what, "it was started with --read-only")
    })?;
    jobs.take(input).ok_or_else(|| Problem::busy("too much work waits already"))
}

/// Work to watch.
pub(crate) fn watched(app: &App, id: u64) -> Result<tokio::sync::watch::Receiver<JobView>, Problem> {
    let found = app.jobs.as_ref().and_then(|jobs| jobs.watch(id));
    found.ok_or_else(|| Problem::unknown(format!("there is no work {id}"), "it may be long over"))
}

/// How far work on new reports is.
#[utoipa::path(get, path = "/jobs/{id}", tag = "reports", params(("id" = u64, Path, description = "The number that adding gave", maximum = 1_000_000_000)), responses((status = 200, body = JobView), (status = 404, body = Problem, content_type = "application/problem+json"), (status = 409, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn job(State(app): Shared, headers: HeaderMap, Named(id): Named) -> Answer {
    let view = watched(&app, numbered(&id)?)?.borrow().clone();
    Ok(reply::json(&headers, &view))
}

/// The same as server-sent events: `progress`, each a job, until it is over.
#[utoipa::path(get, path = "/jobs/{id}/progress", tag = "reports", params(("id" = u64, Path, description = "The number that adding gave", maximum = 1_000_000_000)), responses((status = 200, description = "Events", content_type = "text/event-stream"), (status = 404, body = Problem, content_type = "application/problem+json"), (status = 409, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn progress(State(app): Shared, Named(id): Named) -> Answer {
    let mut job = watched(&app, numbered(&id)?)?;
    let (out, events) = tokio::sync::mpsc::channel(1);
    tokio::spawn(async move {
        loop {
            let view = job.borrow_and_update().clone();
            let event = Event::default().event("progress").json_data(&view).unwrap_or_default();
            // Ends when the work is over, or nobody listens.
            if out.send(Ok::<_, Infallible>(event)).await.is_err()
                || view.over
                || job.changed().await.is_err()
            {
                return;
            }
        }
    });
    Ok(Sse::new(ReceiverStream::new(events)).keep_alive(KeepAlive::default()).into_response())
}

pub(crate) fn numbered(id: &str) -> Result<u64, Problem> {
    id.parse().map_err(|_| Problem::unknown(format!("there is no work \"{id}\""), "works have numbers"))
}
