//! The questions that a program or an agent asks of a ledger, each with its answer as JSON.
//!
//! In: what was asked, as its schema says. Out: a view, word for word as `stemma … --json` gives it.
//! Never: keeps anything between two questions.

use crate::add;
use rmcp::schemars::{self, JsonSchema};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::path::Path;
use stemma::ledger::{Lookup, Thing};
use stemma::model::{Lang, Moment};
use stemma_show::views::entries::EntryFilter;
use stemma_show::views::{self, CollationView, TableView};
use stemma_store::{Ask, Checked, Desk, DeskError, Query, parted};
use utoipa::ToSchema;

/// Items of a list where the question does not say how many.
const USUAL: usize = 20;
/// Items of a list, at most.
const MOST: usize = 500;
/// Reports that are collated together, at most.
const MOST_COLLATED: usize = 12;

/// A sentence to check.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// One claim as a plain sentence, in any language, such as "Two people were killed in the fire".
    pub sentence: String,
    /// Its language as an ISO 639 code, if known: "en", "pt".
    #[serde(default)]
    pub lang: Option<String>,
    /// The day or moment at which the sentence was written (ISO 8601), which "yesterday" counts from.
    #[serde(default)]
    pub published: Option<String>,
    /// How many entries to answer with, at most; 20 if absent.
    #[serde(default)]
    pub limit: Option<usize>,
}

/// What to tell of.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// The id of an event or report, or a report's file name. Absent: everything, as a timeline.
    #[serde(default)]
    pub about: Option<String>,
    /// How many items to answer with, at most; 20 if absent.
    #[serde(default)]
    pub limit: Option<usize>,
}

/// What to trace.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Of {
    /// The id of an entry, a family, an event or a report, or a report's file name.
    pub of: String,
    /// How many items to answer with, at most; 20 if absent.
    #[serde(default)]
    pub limit: Option<usize>,
}

/// Reports to lay side by side.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reports {
    /// Two to twelve reports, by id or file name; the first is held against the others.
    pub reports: Vec<String>,
}

/// Words to find reports by.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Words that all stand in the report, in any language.
    pub words: String,
    /// How many reports to answer with, at most; 20 if absent.
    #[serde(default)]
    pub limit: Option<usize>,
}

/// New reports.
#[derive(Clone, Debug, Deserialize, JsonSchema, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReports {
    /// The reports, 200 at most.
    #[schema(min_items = 1, max_items = 200)]
    pub reports: Vec<NewReport>,
}

/// A report to read into the ledger.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReport {
    /// Its text, plain, without markup; 4 MB at most.
    #[schema(pattern = "[A-Za-z0-9]", max_length = 4194304)]
    pub text: String,
    /// A name that identifies it, such as its address or the id that a feed gives it.
    #[serde(default)]
    pub name: Option<String>,
    /// Its headline.
    #[serde(default)]
    pub title: Option<String>,
    /// Who published it.
    #[serde(default)]
    pub outlet: Option<String>,
    /// Its address; it is kept, never fetched.
    #[serde(default)]
    pub url: Option<String>,
    /// Who wrote it.
    #[serde(default)]
    pub byline: Option<String>,
    /// When it was published (ISO 8601): "2025-03-02" or with a time.
    #[serde(default)]
    #[schema(format = "date")]
    pub published: Option<String>,
    /// Its language as an ISO 639 code.
    #[serde(default)]
    #[schema(pattern = "^[a-z]{2,3}$")]
    pub lang: Option<String>,
}

/// What the ledger has for a sentence: entries that support, qualify or dispute it, with their origins.
///
/// # Errors
/// When the sentence is empty or too long, or the ledger cannot be read.
pub fn check_claim(desk: &Desk, asked: &Claim) -> Result<Value, DeskError> {
    let published = moment(asked.published.as_deref())?;
    let lang = lang(asked.lang.as_deref())?;
    let Checked { question, answer, part } = desk.check(&asked.sentence, lang, published)?;
    let mut view = views::check::check(&Lookup::of(&part.ledger), &question, &answer);
    view.findings.truncate(at_most(asked.limit));
    as_json(&view)
}

/// The card of an event, or all storylines with their events in order of time.
///
/// # Errors
/// When the id is not known or not clear, or the ledger cannot be read.
pub fn story(desk: &Desk, asked: &About) -> Result<Value, DeskError> {
    let limit = at_most(asked.limit);
    let Some(word) = &asked.about else {
        let part = desk.part(&Ask::Storylines, limit)?;
        let found = views::timeline::timeline(&Lookup::of(&part.ledger));
        return listed("storylines", part.n, found, limit);
    };
    let id = desk.event(word)?;
    let part = desk.part(&Ask::Things(vec![Thing::Event(id)]), 1)?;
    let lookup = Lookup::of(&part.ledger);
    let card = lookup.event(id).map(|event| views::card::card(&lookup, event));
    let entries = claims(desk, EntryFilter { standing: None, event: Some(id) }, limit)?;
    as_json(&json!({ "event": card, "entries": entries }))
}

/// Where something comes from: the origins of an entry, of all claims of an event, the descents of a family
/// or a report.
///
/// # Errors
/// When the id is not known or not clear, or the ledger cannot be read.
pub fn origins(desk: &Desk, asked: &Of) -> Result<Value, DeskError> {
    let thing = desk.resolve(&asked.of, "entry, family, event or report", |_| true)?;
    if let Thing::Event(id) = thing {
        return claims(desk, EntryFilter { standing: None, event: Some(id) }, at_most(asked.limit));
    }
    let part = desk.part(&Ask::Things(vec![thing]), 1)?;
    as_json(&views::why::why(&Lookup::of(&part.ledger), thing))
}

/// Reports side by side, with what differs.
///
/// # Errors
/// When a report is not known or not clear, named twice, or the ledger cannot be read.
pub fn collate(desk: &Desk, asked: &Reports) -> Result<Value, DeskError> {
    as_json(&collated(desk, &asked.reports)?)
}

/// Reports side by side.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum Collation {
    /// Two, sentence by sentence.
    Two(CollationView),
    /// Several, against the first.
    Several(TableView),
}

/// Lays reports side by side, by their ids or file names.
///
/// # Errors
/// As of [`collate`].
pub fn collated(desk: &Desk, words: &[String]) -> Result<Collation, DeskError> {
    if !(2..=MOST_COLLATED).contains(&words.len()) {
        let what = format!("{} reports cannot be collated", words.len());
        return Err(DeskError::said(what, format!("name two to {MOST_COLLATED} of them")));
    }
    let ids = desk.distinct_reports(words)?;
    let part = desk.part(&Ask::Things(ids.iter().map(|id| Thing::Report(*id)).collect()), ids.len())?;
    let lookup = Lookup::of(&part.ledger);
    let found = match ids[..] {
        [a, b] => views::collation::collation(&lookup, a, b).map(Collation::Two),
        _ => views::table::table(&lookup, &ids).map(Collation::Several),
    };
    found.ok_or_else(|| DeskError::unknown("a report is gone", "ask again"))
}

/// Reports that have some words, the best first.
///
/// # Errors
/// When there are no words, or the ledger cannot be read.
pub fn search(desk: &Desk, asked: &Words) -> Result<Value, DeskError> {
    let words = parted(&asked.words);
    if words.is_empty() {
        return Err(DeskError::said("no words to search for", "give a word or more"));
    }
    let limit = at_most(asked.limit);
    let (ids, n) = desk.store().search(&Query { words: words.clone(), ..Query::default() }, limit)?;
    let part = desk.part(&Ask::Reports(ids.clone()), limit)?;
    let found = views::search::found(&Lookup::of(&part.ledger), &ids, &words);
    as_json(&json!({ "total": n, "reports": found }))
}

/// Reads reports into the ledger, which is made if it is not there, and joins them with what it has.
///
/// # Errors
/// When a report is too long or its date cannot be understood, or the ledger cannot be written. Then none of
/// the reports is in it.
pub fn add_reports(ledger: &Path, asked: &NewReports) -> Result<Value, DeskError> {
    as_json(&add::add(ledger, &asked.reports)?)
}

fn claims(desk: &Desk, filter: EntryFilter, limit: usize) -> Result<Value, DeskError> {
    let part =
        desk.part(&Ask::Entries { standing: filter.standing, event: filter.event, storyline: None }, limit)?;
    listed("entries", part.n, views::entries::entries(&Lookup::of(&part.ledger), filter), limit)
}

/// The first of a list under its name, and how many there are; `n` is less than the list where the ledger
/// was loaded whole.
fn listed<V: Serialize>(name: &str, n: usize, mut found: Vec<V>, limit: usize) -> Result<Value, DeskError> {
    let total = n.max(found.len());
    found.truncate(limit);
    as_json(&json!({ "total": total, name: found }))
}

/// A moment as given; one that says nothing is an error, so that no date is lost in silence.
pub(crate) fn moment(given: Option<&str>) -> Result<Option<Moment>, DeskError> {
    let Some(given) = given else { return Ok(None) };
    let moment = Moment::parse(given);
    let unclear = || DeskError::said(format!("\"{given}\" is no date"), "write it as 2025-03-02");
    moment.map(Some).ok_or_else(unclear)
}

/// A language as given; one that is not known is an error too.
pub(crate) fn lang(given: Option<&str>) -> Result<Option<Lang>, DeskError> {
    let Some(given) = given else { return Ok(None) };
    let lang = Some(Lang::parse(given)).filter(|l| l.is_known());
    let unclear = || {
        DeskError::said(format!("\"{given}\" is no language"), "two or three letters, such as en, pt or deu")
    };
    lang.map(Some).ok_or_else(unclear)
}

fn at_most(limit: Option<usize>) -> usize {
    limit.unwrap_or(USUAL).clamp(1, MOST)
}

fn as_json<T: Serialize>(view: &T) -> Result<Value, DeskError> {
    serde_json::to_value(view)
        .map_err(|e| DeskError::said(format!("the answer cannot be written: {e}"), "please report this"))
}
