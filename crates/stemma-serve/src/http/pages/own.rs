//! Pages of the server itself: new reports, the work on them, the words, the way in.

use super::{Leaf, Shared, Shown, in_page, no_such_page};
use crate::http::asked::Named;
use crate::http::{api, guard, reply};
use crate::jobs::JobView;
use axum::extract::{Form, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use maud::Markup;
use std::collections::HashMap;
use stemma_show::site::{Tab, forms, things};

pub(super) async fn add(State(app): Shared, headers: HeaderMap) -> Shown {
    if app.jobs.is_none() {
        return Err(no_such_page(State(app)).await);
    }
    let main = forms::add(app.settings.most_bytes);
    Ok(reply::html(&headers, Leaf::new("Add reports", Tab::Add, main).framed(true, 0)))
}

pub(super) async fn job(State(app): Shared, headers: HeaderMap, id: Named) -> Shown {
    let found = api::numbered(&id.0).and_then(|n| api::watched(&app, n));
    let view = match found {
        Ok(job) => job.borrow().clone(),
        Err(problem) => return Err(in_page(&app, problem).await),
    };
    let main = work(&view);
    Ok(reply::html(&headers, Leaf::new("Reading", Tab::Add, main).framed(true, 0)))
}

fn work(view: &JobView) -> Markup {
    let reports: Vec<(String, String)> =
        view.reports.iter().map(|r| (r.id.to_string(), r.file.clone())).collect();
    let notes: Vec<(String, String)> =
        view.notes.iter().map(|n| (n.input.clone(), n.detail.clone())).collect();
    forms::work(&forms::Work {
        id: view.id,
        doing: &view.doing,
        over: view.over,
        failed: view.error.as_deref().map(|what| (what, view.hint.as_deref().unwrap_or(""))),
        read: view.read,
        known: view.known,
        reports: &reports,
        notes: &notes,
    })
}

pub(super) async fn words(State(app): Shared, headers: HeaderMap) -> Response {
    let leaf = Leaf::new("Words and marks", Tab::Other, things::meanings());
    reply::html(&headers, leaf.framed(app.jobs.is_some(), 0))
}

pub(super) async fn enter() -> Response {
    enter_page(StatusCode::OK, false)
}

/// The page that asks for the token.
pub(crate) fn enter_page(status: StatusCode, wrong: bool) -> Response {
    let page = Leaf::new("Token", Tab::Other, forms::enter(wrong)).framed(false, 0);
    (status, Html(page)).into_response()
}

pub(super) async fn entered(State(app): Shared, Form(words): Form<HashMap<String, String>>) -> Response {
    let given = words.get("token").map_or("", |t| t.trim());
    let Some(token) = app.settings.token.as_deref().filter(|token| guard::same(given, token)) else {
        return enter_page(StatusCode::FORBIDDEN, true);
    };
    let cookie = format!("{}={}; HttpOnly; SameSite=Strict; Path=/", guard::COOKIE, guard::cookie_of(token));
    let mut response = Redirect::to("/").into_response();
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}
