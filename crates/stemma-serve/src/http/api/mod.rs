//! JSON for programs: every view of a ledger under `/api/v1`, described in OpenAPI 3.1.
//!
//! Lists come in pages: `items`, how many there are, and the address of the next page.

mod groups;
mod claims;
mod reports;
mod jobs;

pub(crate) use claims::checked;
pub(crate) use jobs::{begun, numbered, watched};
pub(crate) use reports::{ReportsAsked, found};

use super::app::App;
use super::problem::Problem;
use super::reply;
use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use stemma_store::{DeskError, Window};
use utoipa::openapi::OpenApi as Described;
use utoipa::{IntoParams, OpenApi, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Where all of it lies.
const BASE: &str = "/api/v1";

#[derive(OpenApi)]
#[openapi(
    info(
        title = "stemma",
        description = "What a pile of news reports tells: who copied whom, what happened, who says so, and where \
                       the tellings differ. Ids are 16 hexadecimal digits; a report's file name is taken where an \
                       id is. Spans are `[start, end]` in bytes of a report's body. Reprints, rewrites and \
                       translations of one dispatch are one origin: count origins, never reports."
    ),
    servers((url = "/api/v1")),
    components(schemas(Problem))
)]
struct Api;

/// The ways in, and what describes them.
pub(crate) fn router() -> (Router<Arc<App>>, Described) {
    OpenApiRouter::with_openapi(Api::openapi())
        .routes(routes!(ledger))
        .routes(routes!(groups::storylines))
        .routes(routes!(groups::storyline))
        .routes(routes!(groups::events))
        .routes(routes!(groups::event))
        .routes(routes!(claims::entries))
        .routes(routes!(claims::entry))
        .routes(routes!(groups::families))
        .routes(routes!(groups::family))
        .routes(routes!(reports::reports))
        .routes(routes!(reports::report))
        .routes(routes!(reports::outlets))
        .routes(routes!(reports::collation))
        .routes(routes!(claims::check))
        .routes(routes!(groups::why))
        .routes(routes!(jobs::add_reports))
        .routes(routes!(jobs::job))
        .routes(routes!(jobs::progress))
        .split_for_parts()
}

/// The description itself.
pub(crate) fn described(api: Described) -> Router<Arc<App>> {
    let api = Arc::new(api);
    Router::new()
        .route("/openapi.json", get(move |headers: HeaderMap| async move { reply::json(&headers, &*api) }))
}

type Answer = Result<Response, Problem>;
type Shared = State<Arc<App>>;

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
struct Page<T> {
    /// How many there are in all.
    total: usize,
    /// How many come before these.
    from: usize,
    /// The address of the next page, if there is one.
    next: Option<String>,
    /// These.
    items: Vec<T>,
}

/// Which page of a list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Paged {
    /// How many items at most; 20 if absent.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<usize>,
    /// How many to pass over.
    #[param(minimum = 0, maximum = 1_000_000_000)]
    from: Option<usize>,
}

/// Sets items in their page; `given` are the other words of the question, for the next page's address.
fn page<T: Serialize>(
    headers: &HeaderMap,
    path: &str,
    given: &[(&str, Option<String>)],
    (window, total, mut items): (Window, usize, Vec<T>),
) -> Response {
    items.truncate(window.most);
    let end = window.from.saturating_add(items.len());
    let next = (end < total && !items.is_empty()).then(|| {
        let mut next = format!("{BASE}{path}?limit={}&from={end}", window.most);
        for (name, value) in given {
            if let Some(value) = value {
                next += &format!("&{name}={}", stemma_show::site::things::path(value));
            }
        }
        next
    });
    reply::json(headers, &Page { total, from: window.from, next, items })
}

/// What a ledger holds.
#[derive(Debug, Serialize, ToSchema)]
struct LedgerView {
    /// How many reports.
    reports: usize,
    /// How many of them have no date.
    undated: usize,
    /// How many reports in each language.
    languages: BTreeMap<String, usize>,
    /// How many families, those of one report included.
    families: usize,
    /// How many families of several reports, read or lost.
    families_of_several: usize,
    /// How many lost reports.
    lost: usize,
    /// How many events.
    events: usize,
    /// How many storylines.
    storylines: usize,
    /// How many entries of each standing.
    standings: BTreeMap<String, usize>,
    /// Whether all reports read are joined with one another; if not, the newest stand in no family or event.
    joined: bool,
    /// Whether reports can be added.
    writes: bool,
}

/// What the ledger holds, in numbers.
#[utoipa::path(get, path = "/ledger", tag = "ledger", responses((status = 200, body = LedgerView)))]
async fn ledger(State(app): Shared, headers: HeaderMap) -> Answer {
    let writes = app.jobs.is_some();
    let view = app.ask(move |desk| {
        let f = desk.store().figures()?;
        Ok(LedgerView {
            reports: f.reports,
            undated: f.undated,
            languages: f.languages,
            families: f.families,
            families_of_several: f.families_of_several,
            lost: f.lost,
            events: f.events,
            storylines: f.storylines,
            standings: f.standings,
            joined: !desk.store().is_stale()?,
            writes,
        })
    });
    Ok(reply::json(&headers, &view.await?))
}

fn lacks(word: &str) -> DeskError {
    DeskError::unknown(format!("the ledger has no \"{word}\""), "lists and search give what there is")
}
