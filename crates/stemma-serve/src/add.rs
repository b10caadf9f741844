//! Reports given by a program -> the ledger: understood on all threads, written as one batch, joined.

use crate::questions::{NewReport, lang, moment};
use rayon::prelude::*;
use serde::Serialize;
use std::path::Path;
use stemma::model::{Format, RawReport, ReportId};
use stemma::{Analysis, analyse_or_none};
use stemma_store::{DeskError, Mode, Store};

/// Reports in one call, at most.
pub(crate) const MOST_REPORTS: usize = 200;
/// Bytes of one text, at most.
const LONGEST_TEXT: usize = 4 << 20;

/// What became of the reports.
#[derive(Debug, Serialize)]
pub(crate) struct Outcome {
    /// How many the ledger did not have.
    read: usize,
    /// How many it had, or that were given twice.
    known: usize,
    /// Each report's id, in the order given.
    reports: Vec<Added>,
}

#[derive(Debug, Serialize)]
struct Added {
    id: ReportId,
    name: String,
    /// What was noticed about it: a language without rules, damage.
    notes: Vec<String>,
}

/// Reports as the readers of files make them.
pub(crate) fn raws(given: &[NewReport]) -> Result<Vec<RawReport>, DeskError> {
    if given.is_empty() || given.len() > MOST_REPORTS {
        let what = format!("{} reports cannot be added at once", given.len());
        return Err(DeskError::said(what, format!("give 1 to {MOST_REPORTS} in a call")));
    }
    given.iter().enumerate().map(raw).collect()
}

/// Adds reports: all of them, or on error none.
pub(crate) fn add(ledger: &Path, given: &[NewReport]) -> Result<Outcome, DeskError> {
    let raws = raws(given)?;
    let understood: Vec<(RawReport, Analysis)> =
        raws.into_par_iter().map(understood).collect::<Result<_, _>>()?;
    let mut store = Store::open(ledger, Mode::Write)?;
    let mut reports = Vec::new();
    for (raw, analysis) in &understood {
        let notes = analysis.report.notes.iter().chain(&analysis.extracts.notes);
        reports.push(Added {
            id: analysis.report.id,
            name: raw.file.clone(),
            notes: notes.map(|note| note.detail.clone()).collect(),
        });
    }
    let mut batch = understood;
    batch.sort_by_key(|(_, analysis)| analysis.report.id);
    let n = batch.len();
    batch.dedup_by_key(|(_, analysis)| analysis.report.id);
    let twice = n - batch.len();
    let added = store.add(&batch, &[])?;
    store.freshen()?;
    Ok(Outcome { read: added.new, known: added.known + twice, reports })
}

fn raw((number, given): (usize, &NewReport)) -> Result<RawReport, DeskError> {
    // Reports without a name of their own are told apart by their texts.
    let key = given.name.clone().or_else(|| given.url.clone()).unwrap_or_default();
    let name = if key.is_empty() { format!("added:{}", number + 1) } else { key.clone() };
    if given.text.len() > LONGEST_TEXT || given.text.trim().is_empty() {
        let what = format!("report \"{name}\" has {} bytes of text", given.text.len());
        return Err(DeskError::said(what, format!("a report has 1 to {LONGEST_TEXT}")));
    }
    Ok(RawReport {
        key,
        file: name,
        text: given.text.clone(),
        format: Format::Text,
        outlet: given.outlet.clone(),
        url: given.url.clone(),
        title: given.title.clone(),
        byline: given.byline.clone(),
        published: moment(given.published.as_deref())?,
        lang: lang(given.lang.as_deref())?,
        ..RawReport::default()
    })
}

fn understood(raw: RawReport) -> Result<(RawReport, Analysis), DeskError> {
    let fault = || {
        let what = format!("stemma itself failed on report \"{}\"", raw.file);
        DeskError::said(what, "please report this with the text; leave it out meanwhile")
    };
    let analysis = analyse_or_none(&raw, &()).ok_or_else(fault)?;
    Ok((raw, analysis))
}
