//! Pages that ask or tell something of the server itself: new reports, the work on them, the way in, what
//! went wrong.

use crate::page::parts::count;
use crate::page::text::{shown, words};
use maud::{Markup, html};

/// Asks for reports: files, or a text.
pub fn add(most_bytes: usize) -> Markup {
    html! {
        h1 { "Add reports" }
        p.lede { "They are read into the ledger and joined with what is there. A report read twice adds nothing. Nothing is fetched: an address is kept, never followed." }
        form.sheet action="/add/files" method="post" enctype="multipart/form-data" {
            h2 { "Files" }
            label {
                span { "text, HTML, JSONL, CSV, e-mail, feeds, WARC, Parquet, also in zip, tar, gz or zst; together up to " (most_bytes >> 20) " MB" }
                input type="file" name="file" multiple required;
            }
            button type="submit" { "Read them" }
        }
        form.sheet action="/add/text" method="post" {
            h2 { "A text" }
            label { span { "the report's words" } textarea name="text" rows="10" required {} }
            div.fields {
                label { span { "headline" } input type="text" name="title" maxlength="1000"; }
                label { span { "outlet" } input type="text" name="outlet" maxlength="300"; }
                label { span { "published, as 2025-03-02" } input type="text" name="published" maxlength="40"; }
                label { span { "address" } input type="text" name="url" maxlength="2000"; }
            }
            button type="submit" { "Read it" }
        }
    }
}

/// Work on new reports.
#[derive(Clone, Debug, Default)]
pub struct Work<'a> {
    /// Its number.
    pub id: u64,
    /// What is being done, in words.
    pub doing: &'a str,
    /// Whether it is over.
    pub over: bool,
    /// What went wrong, with a hint.
    pub failed: Option<(&'a str, &'a str)>,
    /// Reports that the ledger did not have.
    pub read: usize,
    /// Reports that it had.
    pub known: usize,
    /// The first of the reports, by id and name.
    pub reports: &'a [(String, String)],
    /// What was noticed, by name of the input.
    pub notes: &'a [(String, String)],
}

/// Reports named on the page of a work.
const N_REPORTS: usize = 50;

/// How far work on new reports is.
pub fn work(work: &Work) -> Markup {
    html! {
        h1 { "Reading" }
        div #work data-progress=[(!work.over).then(|| format!("/api/v1/jobs/{}/progress", work.id))] {
            p.outcome role="status" { (work.doing) }
            @if !work.over { p.left { a href={ "/jobs/" (work.id) } { "See how far it is" } } }
        }
        @if let Some((what, hint)) = work.failed {
            p.failed { (shown(what)) }
            p.why { "hint: " (shown(hint)) }
        } @else if work.over {
            p {
                (count(work.read, "new report", "new reports"))
                @if work.known > 0 { ", " (work.known) " known already" }
            }
            ul.tellings {
                @for (id, name) in work.reports.iter().take(N_REPORTS) { li { a href={ "/reports/" (id) } { (words(name)) } } }
                @if work.reports.len() > N_REPORTS { li.left { (work.reports.len() - N_REPORTS) " more" } }
            }
        }
        @if !work.notes.is_empty() {
            h2.part { "Noticed" }
            ul.tellings { @for (input, note) in work.notes.iter().take(N_REPORTS) { li { (words(input)) ": " (shown(note)) } } }
        }
    }
}

/// Asks for the token.
pub fn enter(wrong: bool) -> Markup {
    html! {
        h1 { "This ledger asks for its token" }
        @if wrong { p.failed role="alert" { "That is not the token." } }
        form.sheet action="/enter" method="post" {
            label { span { "token" } input type="password" name="token" required autocomplete="current-password"; }
            button type="submit" { "Enter" }
        }
    }
}

/// Says what went wrong, and what to do.
pub fn problem(status: u16, what: &str, hint: &str) -> Markup {
    html! {
        p.label { (status) }
        h1.claimed { (shown(what)) }
        @if !hint.is_empty() { p.why { "hint: " (shown(hint)) } }
    }
}
