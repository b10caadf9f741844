//! Answers with a tag: who has the same already is told so in a few bytes (RFC 9110, 13.1.2).

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// Marks of a tag; 128 bits of BLAKE3.
const N_MARKS: usize = 32;

/// A page.
pub(crate) fn html(asked: &HeaderMap, page: String) -> Response {
    tagged(asked, page.into_bytes(), "text/html; charset=utf-8")
}

/// A view.
pub(crate) fn json<T: Serialize>(asked: &HeaderMap, view: &T) -> Response {
    match serde_json::to_vec(view) {
        Ok(body) => tagged(asked, body, "application/json"),
        Err(_) => super::problem::Problem::fault().into_response(),
    }
}

fn tagged(asked: &HeaderMap, body: Vec<u8>, kind: &'static str) -> Response {
    let tag = format!("\"{}\"", &blake3::hash(&body).to_hex()[..N_MARKS]);
    let known = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|v| v.to_str().ok());
    let known = known.flat_map(|v| v.split(',')).map(|v| v.trim().trim_start_matches("W/"));
    let mut known = known.peekable();
    let same = known.any(|v| v == tag || v == "*");
    let mut response = if same {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, HeaderValue::from_static(kind))], body).into_response()
    };
    let headers = response.headers_mut();
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    // Always asked again, so that new reports show at once; kept by nobody but who asked.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    response
}
