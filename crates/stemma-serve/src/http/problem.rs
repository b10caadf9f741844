//! What went wrong, as RFC 9457 says it: `application/problem+json`, with the hint that the command gives.

use axum::extract::rejection::{BytesRejection, JsonRejection, QueryRejection};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use stemma_store::{DeskError, StoreError};
use utoipa::ToSchema;

/// Why a question has no answer (RFC 9457).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// What sort: `about:blank`, the status says it.
    #[serde(rename = "type")]
    kind: &'static str,
    /// The status in words.
    title: String,
    /// The status.
    pub(crate) status: u16,
    /// What is the matter.
    pub(crate) detail: String,
    /// What to do about it.
    pub(crate) hint: String,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, detail: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            kind: "about:blank",
            title: status.canonical_reason().unwrap_or("Error").to_owned(),
            status: status.as_u16(),
            detail: detail.into(),
            hint: hint.into(),
        }
    }

    /// Of a question that cannot be asked so.
    pub(crate) fn asked(detail: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail, hint)
    }

    pub(crate) fn busy(detail: &str) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, detail, "ask again in a few seconds")
    }

    /// Of the program itself.
    pub(crate) fn fault() -> Self {
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        Self::new(status, "stemma itself failed on this question", "please report it with what was asked")
    }

    pub(crate) fn unknown(detail: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, detail, hint)
    }
}

/// An error with its causes, in one line.
pub fn said(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let inner_words = inner.to_string();
        if !words.contains(&inner_words) {
            words.push_str(": ");
            words.push_str(&inner_words);
        }
        cause = inner.source();
    }
    words
}

impl From<DeskError> for Problem {
    fn from(error: DeskError) -> Self {
        let status = match &error {
            DeskError::Unknown { .. } => StatusCode::NOT_FOUND,
            DeskError::Unclear { .. } => StatusCode::CONFLICT,
            DeskError::Said { .. } => StatusCode::BAD_REQUEST,
            DeskError::Store(StoreError::Busy { .. }) => StatusCode::SERVICE_UNAVAILABLE,
            DeskError::Store(StoreError::Full { .. }) => StatusCode::INSUFFICIENT_STORAGE,
            DeskError::Store(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Self::new(status, said(&error), error.hint())
    }
}

impl From<QueryRejection> for Problem {
    fn from(rejection: QueryRejection) -> Self {
        Self::asked(rejection.body_text(), "/api/v1/openapi.json says what can be asked")
    }
}

impl From<JsonRejection> for Problem {
    fn from(rejection: JsonRejection) -> Self {
        let status = match rejection.status() {
            StatusCode::UNPROCESSABLE_ENTITY => StatusCode::BAD_REQUEST,
            other => other,
        };
        Self::new(status, rejection.body_text(), "/api/v1/openapi.json says what can be given")
    }
}

impl From<BytesRejection> for Problem {
    fn from(rejection: BytesRejection) -> Self {
        Self::new(rejection.status(), rejection.body_text(), "give less at once")
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let kind = HeaderValue::from_static("application/problem+json");
        let mut response = (status, [(header::CONTENT_TYPE, kind)], body).into_response();
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        }
        if status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// For programs that ask for what is not there.
pub(crate) async fn no_such_path() -> Problem {
    Problem::unknown("there is no such path", "/api/v1/openapi.json lists all")
}
