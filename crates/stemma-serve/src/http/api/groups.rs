//! Storylines, events, families, and the evidence of anything.

use super::{Answer, Page, Paged, Shared, lacks, page};
use crate::http::asked::{Asked, Named, window};
use crate::http::problem::Problem;
use crate::http::{pages, reply};
use axum::extract::State;
use axum::http::HeaderMap;
use std::sync::Arc;
use stemma::ledger::{Lookup, Thing};
use stemma_show::views::{self, CardView, EventView, FamilyView, TimelineStory, WhyView};
use stemma_store::Ask;

/// Storylines, each with its events in order of time; those that most families tell first.
#[utoipa::path(get, path = "/storylines", tag = "events", params(Paged), responses((status = 200, body = Page<TimelineStory>), (status = 400, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn storylines(State(app): Shared, headers: HeaderMap, Asked(asked): Asked<Paged>) -> Answer {
    let window = window(asked.limit, asked.from)?;
    let all = Arc::clone(&app);
    let found = app.ask(move |desk| all.stories.page(desk, window, || pages::told(desk, window))).await?;
    Ok(page(&headers, "/storylines", &[], (window, found.0, found.1.clone())))
}

/// A storyline with its events in order of time.
#[utoipa::path(get, path = "/storylines/{id}", tag = "events", params(("id" = String, Path, description = "The id of a storyline, or its first digits")), responses((status = 200, body = TimelineStory), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json"), (status = 409, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn storyline(State(app): Shared, headers: HeaderMap, Named(word): Named) -> Answer {
    let view = app.ask(move |desk| {
        let thing = desk.resolve(&word, "storyline", |t| matches!(t, Thing::Storyline(_)))?;
        let part = desk.part(&Ask::Things(vec![thing]), 1)?;
        views::timeline::timeline(&Lookup::of(&part.ledger)).into_iter().next().ok_or_else(|| lacks(&word))
    });
    Ok(reply::json(&headers, &view.await?))
}

/// Events, those that most families tell first.
#[utoipa::path(get, path = "/events", tag = "events", params(Paged), responses((status = 200, body = Page<EventView>), (status = 400, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn events(State(app): Shared, headers: HeaderMap, Asked(asked): Asked<Paged>) -> Answer {
    let window = window(asked.limit, asked.from)?;
    let found = app.ask(move |desk| {
        let part = desk.part(&Ask::Events, window)?;
        Ok((part.n, views::events::events(&Lookup::of(&part.ledger))))
    });
    let (total, items) = found.await?;
    Ok(page(&headers, "/events", &[], (window, total, items)))
}

/// An event's card: time, place, actors, quotes and a brief in the reports' own words.
#[utoipa::path(get, path = "/events/{id}", tag = "events", params(("id" = String, Path, description = "The id of an event, or of a report that tells it")), responses((status = 200, body = CardView), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json"), (status = 409, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn event(State(app): Shared, headers: HeaderMap, Named(word): Named) -> Answer {
    let view = app.ask(move |desk| {
        let id = desk.event(&word)?;
        let part = desk.part(&Ask::Things(vec![Thing::Event(id)]), 1)?;
        let lookup = Lookup::of(&part.ledger);
        lookup.event(id).map(|event| views::card::card(&lookup, event)).ok_or_else(|| lacks(&word))
    });
    Ok(reply::json(&headers, &view.await?))
}

/// Families: reports made from one another; the largest first.
#[utoipa::path(get, path = "/families", tag = "families", params(Paged), responses((status = 200, body = Page<FamilyView>), (status = 400, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn families(State(app): Shared, headers: HeaderMap, Asked(asked): Asked<Paged>) -> Answer {
    let window = window(asked.limit, asked.from)?;
    let found = app.ask(move |desk| {
        let part = desk.part(&Ask::Families, window)?;
        Ok((part.n, views::families::families(&Lookup::of(&part.ledger))))
    });
    let (total, items) = found.await?;
    Ok(page(&headers, "/families", &[], (window, total, items)))
}

/// A family: its reports, who was made from whom, its variants.
#[utoipa::path(get, path = "/families/{id}", tag = "families", params(("id" = String, Path, description = "The id of a family, or its first digits")), responses((status = 200, body = FamilyView), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json"), (status = 409, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn family(State(app): Shared, headers: HeaderMap, Named(word): Named) -> Answer {
    let view = app.ask(move |desk| {
        let thing = desk.resolve(&word, "family", |t| matches!(t, Thing::Family(_)))?;
        let part = desk.part(&Ask::Things(vec![thing]), 1)?;
        let found = views::families::families(&Lookup::of(&part.ledger)).into_iter();
        found.into_iter().find(|f| thing == Thing::Family(f.id)).ok_or_else(|| lacks(&word))
    });
    Ok(reply::json(&headers, &view.await?))
}

/// The evidence of a family, a report's place in it, an event, a storyline or an entry.
#[utoipa::path(get, path = "/why/{id}", tag = "ledger", params(("id" = String, Path, description = "The id of anything, or a report's file name")), responses((status = 200, body = WhyView), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json"), (status = 409, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn why(State(app): Shared, headers: HeaderMap, Named(word): Named) -> Answer {
    let view = app.ask(move |desk| {
        let thing = desk.resolve(&word, "report, family, event or entry", |_| true)?;
        let part = desk.part(&Ask::Things(vec![thing]), 1)?;
        views::why::why(&Lookup::of(&part.ledger), thing).ok_or_else(|| lacks(&word))
    });
    Ok(reply::json(&headers, &view.await?))
}
