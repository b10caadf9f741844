//! JSON for programs: every view of a ledger under `/api/v1`, described in OpenAPI 3.1.
//!
//! Lists come in pages: `items`, how many there are, and the address of the next page.

use super::app::App;
use super::asked::{Asked, Given, Named, standing, window};
use super::problem::Problem;
use super::reply;
use crate::add;
use crate::jobs::{Input, JobView};
use crate::questions::{Collation, NewReports, collated, lang, moment};
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;
use stemma::ledger::{Lookup, Thing};
use stemma_show::views::entries::EntryFilter;
use stemma_show::views::search::FoundView;
use stemma_show::views::{
    self, CardView, CheckView, EntryView, EventView, FamilyView, ReportView, TimelineStory, WhyView,
};
use stemma_store::{Ask, Checked, Desk, DeskError, Query, Window, parted};
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;
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
        .routes(routes!(storylines))
        .routes(routes!(storyline))
        .routes(routes!(events))
        .routes(routes!(event))
        .routes(routes!(entries))
        .routes(routes!(entry))
        .routes(routes!(families))
        .routes(routes!(family))
        .routes(routes!(reports, add_reports))
        .routes(routes!(report))
        .routes(routes!(outlets))
        .routes(routes!(collation))
        .routes(routes!(check))
        .routes(routes!(why))
        .routes(routes!(job))
        .routes(routes!(progress))
        .split_for_parts()
}

/// The description itself.
pub(crate) fn described(api: Described) -> Router<Arc<App>> {
    let api = Arc::new(api);
    Router::new().route(
        "/openapi.json",
        get(move |headers: HeaderMap| async move { reply::json(&headers, &*api) }),
    )
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

/// Storylines, each with its events in order of time; those that most families tell first.
#[utoipa::path(get, path = "/storylines", tag = "events", params(Paged), responses((status = 200, body = Page<TimelineStory>), (status = 400, body = Problem, content_type = "application/problem+json")))]
async fn storylines(State(app): Shared, headers: HeaderMap, Asked(asked): Asked<Paged>) -> Answer {
    let window = window(asked.limit, asked.from)?;
    let found = app.ask(move |desk| super::pages::told(desk, window)).await?;
    Ok(page(&headers, "/storylines", &[], (window, found.0, found.1)))
}

/// A storyline with its events in order of time.
#[utoipa::path(get, path = "/storylines/{id}", tag = "events", params(("id" = String, Path, description = "The id of a storyline, or its first digits")), responses((status = 200, body = TimelineStory), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json")))]
async fn storyline(State(app): Shared, headers: HeaderMap, Named(word): Named) -> Answer {
    let view = app.ask(move |desk| {
        let thing = desk.resolve(&word, "storyline", |t| matches!(t, Thing::Storyline(_)))?;
        let part = desk.part(&Ask::Things(vec![thing]), 1)?;
        views::timeline::timeline(&Lookup::of(&part.ledger)).into_iter().next().ok_or_else(|| lacks(&word))
    });
    Ok(reply::json(&headers, &view.await?))
}

/// Events, those that most families tell first.
#[utoipa::path(get, path = "/events", tag = "events", params(Paged), responses((status = 200, body = Page<EventView>), (status = 400, body = Problem, content_type = "application/problem+json")))]
async fn events(State(app): Shared, headers: HeaderMap, Asked(asked): Asked<Paged>) -> Answer {
    let window = window(asked.limit, asked.from)?;
    let found = app.ask(move |desk| {
        let part = desk.part(&Ask::Events, window)?;
        Ok((part.n, views::events::events(&Lookup::of(&part.ledger))))
    });
    let (total, items) = found.await?;
    Ok(page(&headers, "/events", &[], (window, total, items)))
}

/// An event's card: time, place, actors, quotes and a brief in the reports' own words.
#[utoipa::path(get, path = "/events/{id}", tag = "events", params(("id" = String, Path, description = "The id of an event, or of a report that tells it")), responses((status = 200, body = CardView), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json")))]
async fn event(State(app): Shared, headers: HeaderMap, Named(word): Named) -> Answer {
    let view = app.ask(move |desk| {
        let id = desk.event(&word)?;
        let part = desk.part(&Ask::Things(vec![Thing::Event(id)]), 1)?;
        let lookup = Lookup::of(&part.ledger);
        lookup.event(id).map(|event| views::card::card(&lookup, event)).ok_or_else(|| lacks(&word))
    });
    Ok(reply::json(&headers, &view.await?))
}

/// Which entries.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct EntriesAsked {
    /// Only of this standing.
    #[param(value_type = Option<stemma::reconcile::Standing>)]
    standing: Option<String>,
    /// Only of this event, by its id or that of a report that tells it.
    event: Option<String>,
    /// How many items at most; 20 if absent.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<usize>,
    /// How many to pass over.
    #[param(minimum = 0, maximum = 1_000_000_000)]
    from: Option<usize>,
}

/// Entries: claims with their standing, origins and readings; the most telling first.
#[utoipa::path(get, path = "/entries", tag = "entries", params(EntriesAsked), responses((status = 200, body = Page<EntryView>), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json")))]
async fn entries(State(app): Shared, headers: HeaderMap, Asked(asked): Asked<EntriesAsked>) -> Answer {
    let window = window(asked.limit, asked.from)?;
    let chosen = standing(asked.standing.as_deref())?;
    let of = asked.event.clone();
    let found = app.ask(move |desk| {
        let event = of.as_deref().map(|word| desk.event(word)).transpose()?;
        let part = desk.part(&Ask::Entries { standing: chosen, event, storyline: None }, window)?;
        let filter = EntryFilter { standing: chosen, event };
        Ok((part.n, views::entries::entries(&Lookup::of(&part.ledger), filter)))
    });
    let (total, items) = found.await?;
    let given = [("standing", asked.standing), ("event", asked.event)];
    Ok(page(&headers, "/entries", &given, (window, total, items)))
}

/// An entry.
#[utoipa::path(get, path = "/entries/{id}", tag = "entries", params(("id" = String, Path, description = "The id of an entry, or its first digits")), responses((status = 200, body = EntryView), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json")))]
async fn entry(State(app): Shared, headers: HeaderMap, Named(word): Named) -> Answer {
    let view = app.ask(move |desk| {
        let thing = desk.resolve(&word, "entry", |t| matches!(t, Thing::Entry(_)))?;
        let part = desk.part(&Ask::Things(vec![thing]), 1)?;
        let lookup = Lookup::of(&part.ledger);
        let found = lookup.joined.entries.iter().find(|e| thing == Thing::Entry(e.id));
        found.map(|e| views::entries::entry(&lookup, e)).ok_or_else(|| lacks(&word))
    });
    Ok(reply::json(&headers, &view.await?))
}

/// Families: reports made from one another; the largest first.
#[utoipa::path(get, path = "/families", tag = "families", params(Paged), responses((status = 200, body = Page<FamilyView>), (status = 400, body = Problem, content_type = "application/problem+json")))]
async fn families(State(app): Shared, headers: HeaderMap, Asked(asked): Asked<Paged>) -> Answer {
    let window = window(asked.limit, asked.from)?;
    let found = app.ask(move |desk| {
        let part = desk.part(&Ask::Families, window)?;
        Ok((part.n, views::families::families(&Lookup::of(&part.ledger))))
    });
    let (total, items) = found.await?;
    Ok(page(&headers, "/families", &[], (window, total, items)))
}

/// A family: its reports, who was made from whom, its variants.
#[utoipa::path(get, path = "/families/{id}", tag = "families", params(("id" = String, Path, description = "The id of a family, or its first digits")), responses((status = 200, body = FamilyView), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json")))]
async fn family(State(app): Shared, headers: HeaderMap, Named(word): Named) -> Answer {
    let view = app.ask(move |desk| {
        let thing = desk.resolve(&word, "family", |t| matches!(t, Thing::Family(_)))?;
        let part = desk.part(&Ask::Things(vec![thing]), 1)?;
        let found = views::families::families(&Lookup::of(&part.ledger)).into_iter();
        found.into_iter().find(|f| thing == Thing::Family(f.id)).ok_or_else(|| lacks(&word))
    });
    Ok(reply::json(&headers, &view.await?))
}

/// Which reports.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ReportsAsked {
    /// Words that all stand in a report; "two words" is a phrase, word* a beginning.
    pub(crate) q: Option<String>,
    /// Someone or something that a report names.
    pub(crate) name: Option<String>,
    /// A part of an outlet's name.
    pub(crate) outlet: Option<String>,
    /// A language as an ISO 639 code.
    pub(crate) lang: Option<String>,
    /// Published then or later: an ISO 8601 date or its beginning.
    pub(crate) since: Option<String>,
    /// Published then or before.
    pub(crate) until: Option<String>,
    /// With a reading in an entry of this standing.
    #[param(value_type = Option<stemma::reconcile::Standing>)]
    pub(crate) standing: Option<String>,
    /// How many items at most; 20 if absent.
    #[param(minimum = 1, maximum = 500)]
    pub(crate) limit: Option<usize>,
    /// How many to pass over.
    #[param(minimum = 0, maximum = 1_000_000_000)]
    pub(crate) from: Option<usize>,
}

impl ReportsAsked {
    /// What is searched for; none if all reports are asked for.
    pub(crate) fn query(&self) -> Result<Option<Query>, Problem> {
        let some = |s: &Option<String>| s.clone().filter(|s| !s.trim().is_empty());
        let query = Query {
            words: some(&self.q).map(|q| parted(&q)).unwrap_or_default(),
            name: some(&self.name),
            standing: standing(self.standing.as_deref())?,
            lang: some(&self.lang).map(|l| stemma::model::Lang::parse(&l)),
            outlet: some(&self.outlet),
            since: some(&self.since),
            until: some(&self.until),
        };
        let asked = some(&self.q).is_some() || query != Query::default();
        Ok(asked.then_some(query))
    }
}

/// Reports by their words, the best first; without a question the latest.
#[utoipa::path(get, path = "/reports", tag = "reports", params(ReportsAsked), responses((status = 200, body = Page<FoundView>), (status = 400, body = Problem, content_type = "application/problem+json")))]
async fn reports(State(app): Shared, headers: HeaderMap, Asked(asked): Asked<ReportsAsked>) -> Answer {
    let window = window(asked.limit, asked.from)?;
    let query = asked.query()?;
    let (total, items) = app.ask(move |desk| found(desk, query.as_ref(), window)).await?;
    let ReportsAsked { q, name, outlet, lang, since, until, standing, .. } = asked;
    let given = [
        ("q", q),
        ("name", name),
        ("outlet", outlet),
        ("lang", lang),
        ("since", since),
        ("until", until),
        ("standing", standing),
    ];
    Ok(page(&headers, "/reports", &given, (window, total, items)))
}

/// Reports that a query finds, or the latest.
pub(crate) fn found(
    desk: &Desk,
    query: Option<&Query>,
    window: Window,
) -> Result<(usize, Vec<FoundView>), DeskError> {
    let (ids, n) = match query {
        Some(query) => desk.store().search(query, window)?,
        None => desk.store().latest(window)?,
    };
    let part = desk.part(&Ask::Reports(ids.clone()), window)?;
    let words = query.map(|q| q.words.clone()).unwrap_or_default();
    Ok((n, views::search::found(&Lookup::of(&part.ledger), &ids, &words)))
}

/// A report: its text, what each sentence is to other tellings, and what it says.
#[utoipa::path(get, path = "/reports/{id}", tag = "reports", params(("id" = String, Path, description = "The id of a report, its first digits, or its file name")), responses((status = 200, body = ReportView), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json")))]
async fn report(State(app): Shared, headers: HeaderMap, Named(word): Named) -> Answer {
    let view = app.ask(move |desk| {
        let id = desk.report(&word)?;
        let part = desk.part(&Ask::Things(vec![Thing::Report(id)]), 1)?;
        views::report::report(&Lookup::of(&part.ledger), id).ok_or_else(|| lacks(&word))
    });
    Ok(reply::json(&headers, &view.await?))
}

/// An outlet.
#[derive(Debug, Serialize, ToSchema)]
struct OutletView {
    /// Its name.
    name: String,
    /// How many reports.
    reports: usize,
    /// How many of them were made from another, read or lost.
    descended: usize,
    /// The first date of publication.
    first: Option<String>,
    /// The last date of publication.
    last: Option<String>,
}

/// Outlets, those of most reports first.
#[utoipa::path(get, path = "/outlets", tag = "reports", params(Paged), responses((status = 200, body = Page<OutletView>), (status = 400, body = Problem, content_type = "application/problem+json")))]
async fn outlets(State(app): Shared, headers: HeaderMap, Asked(asked): Asked<Paged>) -> Answer {
    let window = window(asked.limit, asked.from)?;
    let (found, total) = app.ask(move |desk| Ok(desk.store().outlets(window)?)).await?;
    let view = |o: stemma_store::Outlet| {
        let (first, last) = o.published.unzip();
        OutletView { name: o.name, reports: o.reports, descended: o.descended, first, last }
    };
    Ok(page(&headers, "/outlets", &[], (window, total, found.into_iter().map(view).collect())))
}

/// Which reports to lay side by side.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct CollationAsked {
    /// Two to twelve reports by id or file name, with commas between; the first is held against the others.
    #[param(pattern = "^[^,]+(,[^,]+){1,11}$")]
    reports: String,
}

/// Reports side by side, with what differs.
#[utoipa::path(get, path = "/collation", tag = "reports", params(CollationAsked), responses((status = 200, body = Collation), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json")))]
async fn collation(State(app): Shared, headers: HeaderMap, Asked(asked): Asked<CollationAsked>) -> Answer {
    let words = super::pages::named(&asked.reports);
    let view = app.ask(move |desk| collated(desk, &words)).await?;
    Ok(reply::json(&headers, &view))
}

/// A sentence to check.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct CheckAsked {
    /// One claim as a plain sentence, in any language.
    #[param(min_length = 1, max_length = 4000, pattern = "[A-Za-z0-9]")]
    sentence: String,
    /// Its language as an ISO 639 code, if known.
    lang: Option<String>,
    /// The day on which it was written (ISO 8601), which "yesterday" counts from.
    #[param(format = "date")]
    published: Option<String>,
}

/// What the ledger has for a sentence: entries that support, qualify or dispute it, with their origins.
#[utoipa::path(get, path = "/check", tag = "entries", params(CheckAsked), responses((status = 200, body = CheckView), (status = 400, body = Problem, content_type = "application/problem+json")))]
async fn check(State(app): Shared, headers: HeaderMap, Asked(asked): Asked<CheckAsked>) -> Answer {
    let view = app.ask(move |desk| {
        let lang = lang(asked.lang.as_deref())?;
        checked(desk, &asked.sentence, (lang, moment(asked.published.as_deref())?))
    });
    Ok(reply::json(&headers, &view.await?))
}

/// A sentence held against a ledger.
pub(crate) fn checked(
    desk: &Desk,
    sentence: &str,
    (lang, published): (Option<stemma::model::Lang>, Option<stemma::model::Moment>),
) -> Result<CheckView, DeskError> {
    let Checked { question, answer, part } = desk.check(sentence, lang, published)?;
    Ok(views::check::check(&Lookup::of(&part.ledger), &question, &answer))
}

/// The evidence of a family, a report's place in it, an event, a storyline or an entry.
#[utoipa::path(get, path = "/why/{id}", tag = "ledger", params(("id" = String, Path, description = "The id of anything, or a report's file name")), responses((status = 200, body = WhyView), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json")))]
async fn why(State(app): Shared, headers: HeaderMap, Named(word): Named) -> Answer {
    let view = app.ask(move |desk| {
        let thing = desk.resolve(&word, "report, family, event or entry", |_| true)?;
        let part = desk.part(&Ask::Things(vec![thing]), 1)?;
        views::why::why(&Lookup::of(&part.ledger), thing).ok_or_else(|| lacks(&word))
    });
    Ok(reply::json(&headers, &view.await?))
}

/// Reads reports into the ledger: they are grouped with what is there, copies traced, claims joined. A report
/// read twice adds nothing. Nothing is fetched.
#[utoipa::path(post, path = "/reports", tag = "reports", request_body = NewReports, responses((status = 202, body = JobView, headers(("Location" = String, description = "where to see how far it is"))), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json"), (status = 413, body = Problem, content_type = "application/problem+json"), (status = 415, body = Problem, content_type = "application/problem+json"), (status = 503, body = Problem, content_type = "application/problem+json")))]
async fn add_reports(State(app): Shared, Given(given): Given<NewReports>) -> Answer {
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
#[utoipa::path(get, path = "/jobs/{id}", tag = "reports", params(("id" = u64, Path, description = "The number that adding gave", maximum = 1_000_000_000)), responses((status = 200, body = JobView), (status = 404, body = Problem, content_type = "application/problem+json")))]
async fn job(State(app): Shared, headers: HeaderMap, Named(id): Named) -> Answer {
    let view = watched(&app, numbered(&id)?)?.borrow().clone();
    Ok(reply::json(&headers, &view))
}

/// The same as server-sent events: `progress`, each a job, until it is over.
#[utoipa::path(get, path = "/jobs/{id}/progress", tag = "reports", params(("id" = u64, Path, description = "The number that adding gave", maximum = 1_000_000_000)), responses((status = 200, body = String, content_type = "text/event-stream"), (status = 404, body = Problem, content_type = "application/problem+json")))]
async fn progress(State(app): Shared, Named(id): Named) -> Answer {
    let mut over = false;
    let views = WatchStream::new(watched(&app, numbered(&id)?)?);
    let events = views.take_while(move |view| !std::mem::replace(&mut over, view.over)).map(|view| {
        let event = Event::default().event("progress");
        Ok::<_, Infallible>(event.json_data(&view).unwrap_or_default())
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()).into_response())
}

pub(crate) fn numbered(id: &str) -> Result<u64, Problem> {
    id.parse().map_err(|_| Problem::unknown(format!("there is no work \"{id}\""), "works have numbers"))
}

fn lacks(word: &str) -> DeskError {
    DeskError::unknown(format!("the ledger has no \"{word}\""), "lists and search give what there is")
}
