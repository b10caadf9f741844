//! Entries, and sentences held against them.

use super::{Answer, Page, Shared, lacks, page};
use crate::http::asked::{Asked, Named, standing, window};
use crate::http::problem::Problem;
use crate::http::reply;
use crate::questions::{lang, moment};
use axum::extract::State;
use axum::http::HeaderMap;
use serde::Deserialize;
use stemma::check::Outcome;
use stemma::ledger::{Lookup, Thing};
use stemma::model::{Lang, Moment};
use stemma_show::views::entries::EntryFilter;
use stemma_show::views::{self, CheckView, EntryView, names};
use stemma_store::{Ask, Checked, Desk, DeskError};
use utoipa::IntoParams;

/// Which entries.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct EntriesAsked {
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
#[utoipa::path(get, path = "/entries", tag = "entries", params(EntriesAsked), responses((status = 200, body = Page<EntryView>), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json"), (status = 409, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn entries(
    State(app): Shared,
    headers: HeaderMap,
    Asked(asked): Asked<EntriesAsked>,
) -> Answer {
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
#[utoipa::path(get, path = "/entries/{id}", tag = "entries", params(("id" = String, Path, description = "The id of an entry, or its first digits")), responses((status = 200, body = EntryView), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json"), (status = 409, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn entry(State(app): Shared, headers: HeaderMap, Named(word): Named) -> Answer {
    let view = app.ask(move |desk| {
        let thing = desk.resolve(&word, "entry", |t| matches!(t, Thing::Entry(_)))?;
        let part = desk.part(&Ask::Things(vec![thing]), 1)?;
        let lookup = Lookup::of(&part.ledger);
        let found = lookup.joined.entries.iter().find(|e| thing == Thing::Entry(e.id));
        found.map(|e| views::entries::entry(&lookup, e)).ok_or_else(|| lacks(&word))
    });
    Ok(reply::json(&headers, &view.await?))
}

/// Characters of a sentence, at most.
const LONGEST: usize = 4000;

/// A sentence to check.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct CheckAsked {
    /// One claim as a plain sentence, in any language.
    #[param(min_length = 1, max_length = 4000)]
    sentence: String,
    /// Its language as an ISO 639 code, if known.
    #[param(pattern = "^[a-z]{2,3}$")]
    lang: Option<String>,
    /// The day on which it was written (ISO 8601), which "yesterday" counts from.
    #[param(format = "date")]
    published: Option<String>,
}

/// What the ledger has for a sentence: entries that support, qualify or dispute it, with their origins.
#[utoipa::path(get, path = "/check", tag = "entries", params(CheckAsked), responses((status = 200, body = CheckView), (status = 400, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn check(State(app): Shared, headers: HeaderMap, Asked(asked): Asked<CheckAsked>) -> Answer {
    if !(1..=LONGEST).contains(&asked.sentence.chars().count()) {
        return Err(Problem::asked(
            "a sentence has 1 to 4000 characters",
            "give one claim as a plain sentence",
        ));
    }
    let view = app.ask(move |desk| {
        let lang = lang(asked.lang.as_deref())?;
        let published = moment(asked.published.as_deref())?;
        if !asked.sentence.chars().any(char::is_alphanumeric) {
            return Ok(nothing(asked.sentence));
        }
        checked(desk, &asked.sentence, (lang, published))
    });
    Ok(reply::json(&headers, &view.await?))
}

/// What is known of signs without a word.
fn nothing(sentence: String) -> CheckView {
    let outcome = Outcome::Unknown;
    let (lang, words) = (Lang::UNKNOWN.to_string(), names::outcome(outcome).to_owned());
    CheckView { sentence, lang, outcome, words, findings: Vec::new() }
}

/// A sentence held against a ledger.
pub(crate) fn checked(
    desk: &Desk,
    sentence: &str,
    (lang, published): (Option<Lang>, Option<Moment>),
) -> Result<CheckView, DeskError> {
    let Checked { question, answer, part } = desk.check(sentence, lang, published)?;
    Ok(views::check::check(&Lookup::of(&part.ledger), &question, &answer))
}
