//! The forms that add reports.

use super::api::begun;
use super::app::App;
use super::pages::{Shown, in_page};
use super::problem::Problem;
use crate::add;
use crate::jobs::Input;
use crate::questions::NewReport;
use axum::Router;
use axum::extract::{Form, Multipart, State};
use axum::response::{IntoResponse, Redirect};
use axum::routing::post;
use serde::Deserialize;
use std::sync::Arc;

/// Files in one form, at most.
const MOST_FILES: usize = 10_000;

pub(crate) fn router() -> Router<Arc<App>> {
    Router::new().route("/add/files", post(files)).route("/add/text", post(text))
}

async fn files(State(app): State<Arc<App>>, mut form: Multipart) -> Shown {
    let taken = async {
        let mut files: Vec<(String, Vec<u8>)> = Vec::new();
        while let Some(part) = form.next_field().await.map_err(unread)? {
            let name = part.file_name().unwrap_or_default().to_owned();
            let bytes = part.bytes().await.map_err(unread)?;
            if !name.is_empty() && files.len() < MOST_FILES {
                files.push((name, bytes.to_vec()));
            }
        }
        if files.is_empty() {
            return Err(Problem::asked("no file was given", "choose one or more"));
        }
        begun(&app, Input::Files(files))
    };
    went(&app, taken.await).await
}

fn unread(e: axum::extract::multipart::MultipartError) -> Problem {
    Problem::new(e.status(), e.body_text(), "give less at once, or read it with `stemma read`")
}

/// A report typed in.
#[derive(Debug, Deserialize)]
struct Typed {
    text: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    outlet: String,
    #[serde(default)]
    published: String,
    #[serde(default)]
    url: String,
}

async fn text(State(app): State<Arc<App>>, Form(typed): Form<Typed>) -> Shown {
    let some = |text: String| (!text.trim().is_empty()).then(|| text.trim().to_owned());
    let report = NewReport {
        text: typed.text.replace("\r\n", "\n"),
        name: None,
        title: some(typed.title),
        outlet: some(typed.outlet),
        url: some(typed.url),
        byline: None,
        published: some(typed.published),
        lang: None,
    };
    let checked = add::raws(std::slice::from_ref(&report)).map_err(Problem::from);
    let taken = checked.and_then(|_| begun(&app, Input::Reports(vec![report])));
    went(&app, taken).await
}

async fn went(app: &Arc<App>, taken: Result<u64, Problem>) -> Shown {
    match taken {
        Ok(id) => Ok(Redirect::to(&format!("/jobs/{id}")).into_response()),
        Err(problem) => Err(in_page(app, problem).await),
    }
}
