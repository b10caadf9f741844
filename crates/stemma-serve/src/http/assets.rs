//! Style and script of the pages, by their content, so that browsers keep them for good.

use super::app::App;
use axum::Router;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::sync::{Arc, LazyLock};
use stemma_show::site::{ICON, SCRIPT, STYLE};

/// Something that pages load.
struct Asset {
    path: String,
    body: Vec<u8>,
    kind: &'static str,
}

impl Asset {
    fn new(name: &str, ending: &str, body: String, kind: &'static str) -> Self {
        let mark = blake3::hash(body.as_bytes()).to_hex();
        Self { path: format!("/assets/{name}-{}.{ending}", &mark[..16]), body: body.into_bytes(), kind }
    }

    fn response(&self) -> Response {
        let kept = HeaderValue::from_static("public, max-age=31536000, immutable");
        let kind = HeaderValue::from_static(self.kind);
        ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, kept)], self.body.clone()).into_response()
    }
}

static STYLES: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("stemma", "css", STYLE.concat(), "text/css; charset=utf-8"));
static SCRIPTS: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("stemma", "js", SCRIPT.to_owned(), "text/javascript; charset=utf-8"));

static ICONS: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("stemma", "svg", ICON.to_owned(), "image/svg+xml"));

/// Where the style, the script and the sign are.
pub(crate) fn assets() -> [&'static str; 3] {
    [&STYLES.path, &SCRIPTS.path, &ICONS.path]
}

pub(crate) fn router() -> Router<Arc<App>> {
    Router::new()
        .route(&STYLES.path, get(|| async { STYLES.response() }))
        .route(&SCRIPTS.path, get(|| async { SCRIPTS.response() }))
        .route(&ICONS.path, get(|| async { ICONS.response() }))
}
