//! Who may come in, and what every answer says to browsers.
//!
//! On loopback only requests that name loopback are answered, so that a page elsewhere cannot reach the
//! ledger by a name that it points here (DNS rebinding). Where a token is set it is asked for, as a bearer
//! token or as the cookie that `/enter` gives. What changes something must come from a page of this server.

use super::app::App;
use super::pages;
use super::problem::Problem;
use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use std::time::Duration;

/// How long a request may take to come in and be answered; long work goes on by itself.
const PATIENCE: Duration = Duration::from_secs(120);

/// The cookie that stands for the token.
pub(crate) const COOKIE: &str = "stemma";

/// What a browser may do with a page: show it with this server's style and script, send forms back, no more.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const SEALS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
];

/// Says to browsers what an answer may do.
pub(crate) async fn sealed(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in SEALS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Lets in who may come in.
pub(crate) async fn guard(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    if let Some(problem) = turned_away(&app, &request) {
        let wants_page = request.method() == Method::GET && !request.uri().path().starts_with("/api");
        if problem.status == StatusCode::UNAUTHORIZED.as_u16() && wants_page {
            return pages::enter_page(StatusCode::UNAUTHORIZED, false);
        }
        return problem.into_response();
    }
    match tokio::time::timeout(PATIENCE, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Problem::new(StatusCode::REQUEST_TIMEOUT, "the request took too long", "give less at once")
            .into_response(),
    }
}

fn turned_away(app: &App, request: &Request) -> Option<Problem> {
    let headers = request.headers();
    let host = host(request);
    if app.settings.listen.ip().is_loopback() && !host.as_ref().is_some_and(is_loopback) {
        let what = "this server answers to its loopback name alone";
        return Some(Problem::new(
            StatusCode::MISDIRECTED_REQUEST,
            what,
            "ask for it as 127.0.0.1 or localhost",
        ));
    }
    let path = request.uri().path();
    let open = path == "/enter" || path.starts_with("/assets/");
    if !open && !app.settings.token.as_deref().is_none_or(|token| has_token(headers, token)) {
        let hint = "send `Authorization: Bearer TOKEN`, or enter it at /enter";
        return Some(Problem::new(StatusCode::UNAUTHORIZED, "the token of this server is needed", hint));
    }
    if !request.method().is_safe() && is_foreign(headers, host.as_ref()) {
        let what = "the request comes from a page of another server";
        return Some(Problem::new(
            StatusCode::FORBIDDEN,
            what,
            "send it from a page of this one, or a program",
        ));
    }
    None
}

fn host(request: &Request) -> Option<Authority> {
    let named = request.headers().get(header::HOST).and_then(|v| v.to_str().ok());
    named.and_then(|host| host.parse().ok()).or_else(|| request.uri().authority().cloned())
}

fn is_loopback(host: &Authority) -> bool {
    let name = host.host().trim_matches(['[', ']']);
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn has_token(headers: &HeaderMap, token: &str) -> bool {
    let bearer = headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok());
    let bearer =
        bearer.and_then(|v| v.split_once(' ')).filter(|(kind, _)| kind.eq_ignore_ascii_case("bearer"));
    if bearer.is_some_and(|(_, given)| same(given.trim(), token)) {
        return true;
    }
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
    let pairs = cookies.flat_map(|v| v.split(';')).filter_map(|c| c.trim().split_once('='));
    let wanted = cookie_of(token);
    pairs.filter(|(name, _)| *name == COOKIE).any(|(_, value)| same(value, &wanted))
}

/// Compared by their hashes, so that time tells nothing.
pub(crate) fn same(given: &str, wanted: &str) -> bool {
    blake3::hash(given.as_bytes()) == blake3::hash(wanted.as_bytes())
}

/// What the cookie holds: not the token itself, which may be used elsewhere.
pub(crate) fn cookie_of(token: &str) -> String {
    blake3::Hash::from(blake3::derive_key("stemma 2026 cookie", token.as_bytes())).to_hex().to_string()
}

/// Whether a browser says that another server's page sends this.
fn is_foreign(headers: &HeaderMap, host: Option<&Authority>) -> bool {
    let word = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    if word("sec-fetch-site").is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        return true;
    }
    let origin = word("origin").map(|o| o.split_once("://").map_or(o, |(_, host)| host));
    origin.is_some_and(|origin| host.is_none_or(|host| host.as_str() != origin))
}
