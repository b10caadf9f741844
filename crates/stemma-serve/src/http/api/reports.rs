//! Reports: found by their words, shown, laid side by side; and who published them.

use super::{Answer, Page, Paged, Shared, lacks, page};
use crate::http::asked::{Asked, Named, standing, window};
use crate::http::problem::Problem;
use crate::http::{pages, reply};
use crate::questions::{Collation, collated};
use axum::extract::State;
use axum::http::HeaderMap;
use serde::{Deserialize, Serialize};
use stemma::ledger::{Lookup, Thing};
use stemma::model::Lang;
use stemma_show::views::search::FoundView;
use stemma_show::views::{self, ReportView};
use stemma_store::{Ask, Desk, DeskError, Query, Window, parted};
use utoipa::{IntoParams, ToSchema};

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
            lang: some(&self.lang).map(|l| Lang::parse(&l)),
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
pub(super) async fn reports(
    State(app): Shared,
    headers: HeaderMap,
    Asked(asked): Asked<ReportsAsked>,
) -> Answer {
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
#[utoipa::path(get, path = "/reports/{id}", tag = "reports", params(("id" = String, Path, description = "The id of a report, its first digits, or its file name")), responses((status = 200, body = ReportView), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json"), (status = 409, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn report(State(app): Shared, headers: HeaderMap, Named(word): Named) -> Answer {
    let view = app.ask(move |desk| {
        let id = desk.report(&word)?;
        let part = desk.part(&Ask::Things(vec![Thing::Report(id)]), 1)?;
        views::report::report(&Lookup::of(&part.ledger), id).ok_or_else(|| lacks(&word))
    });
    Ok(reply::json(&headers, &view.await?))
}

/// An outlet.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OutletView {
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
pub(super) async fn outlets(State(app): Shared, headers: HeaderMap, Asked(asked): Asked<Paged>) -> Answer {
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
pub(super) struct CollationAsked {
    /// Two to twelve reports by id or file name, with commas between; the first is held against the others.
    #[param(pattern = "^[^,]+(,[^,]+){1,11}$")]
    reports: String,
}

/// Reports side by side, with what differs.
#[utoipa::path(get, path = "/collation", tag = "reports", params(CollationAsked), responses((status = 200, body = Collation), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json"), (status = 409, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn collation(
    State(app): Shared,
    headers: HeaderMap,
    Asked(asked): Asked<CollationAsked>,
) -> Answer {
    let words = pages::named(&asked.reports);
    let view = app.ask(move |desk| collated(desk, &words)).await?;
    Ok(reply::json(&headers, &view))
}
