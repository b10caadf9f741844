//! What is asked, taken from a request; what cannot be understood is a [`Problem`].

use super::problem::Problem;
use axum::extract::{FromRequest, FromRequestParts, Json, Path, Query, Request};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use stemma::reconcile::Standing;
use stemma_show::views::{Range, names};
use stemma_store::Window;

/// A question in the address.
pub(crate) struct Asked<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Query(asked) = Query::<T>::from_request_parts(parts, state).await?;
        Ok(Self(asked))
    }
}

/// JSON that was sent.
pub(crate) struct Given<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Given<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let Json(given) = Json::<T>::from_request(request, state).await?;
        Ok(Self(given))
    }
}

/// What a path names.
pub(crate) struct Named(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for Named {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match Path::<String>::from_request_parts(parts, state).await {
            Ok(Path(name)) => Ok(Self(name)),
            Err(e) => Err(Problem::unknown(e.body_text(), "/api/v1/openapi.json lists all paths")),
        }
    }
}

/// Items of a list where the question does not say how many.
const USUAL: usize = 20;
/// Items of a list, at most.
pub(crate) const MOST: usize = 500;
/// How far a list goes.
const FAR: usize = 1_000_000_000;

/// Which part of a list is asked for.
pub(crate) fn window(limit: Option<usize>, from: Option<usize>) -> Result<Window, Problem> {
    let (most, from) = (limit.unwrap_or(USUAL), from.unwrap_or(0));
    if !(1..=MOST).contains(&most) {
        return Err(Problem::asked(format!("limit={most} is not from 1 to {MOST}"), "leave it out for 20"));
    }
    if from > FAR {
        return Err(Problem::asked(format!("from={from} is too far"), "lists end before"));
    }
    Ok(Window { from, most })
}

/// A standing by its word.
pub(crate) fn standing(word: Option<&str>) -> Result<Option<Standing>, Problem> {
    let Some(word) = word else { return Ok(None) };
    let found = names::STANDINGS.into_iter().find(|s| names::standing(*s) == word);
    let all = names::STANDINGS.map(names::standing).join(", ");
    found
        .map(Some)
        .ok_or_else(|| Problem::asked(format!("\"{word}\" is no standing"), format!("one of {all}")))
}

/// `10-20` as a span.
pub(crate) fn span(at: Option<&str>) -> Option<Range> {
    let (start, end) = at?.split_once('-')?;
    let [start, end] = [start.parse().ok()?, end.parse().ok()?];
    (start <= end).then_some([start, end])
}
