//! Pages: what a web page says without its furniture.
//!
//! **body.f1**: mean over pages of the F1 of the two bags of lower-case words; a headline that the
//! engine finds inside the body is not counted with it, since the true bodies begin below it.
//! **title.exact**, **author.exact**: equal but for white space, as shares of the pages that have one;
//! **title.same**: equal as well but for the forms of quotation marks, dashes and dots, which the truth
//! gives now as the page does and now plain.
//! **date_right**, **date_given**, **date_gold** are counts of pages; **date.p/r/f1** follow from them.
//! **with.r**: share of the sentences that must be in the body which are; **without.right**: share of
//! the snippets that must not be there which are not.

use crate::data::{RowId, Source};
use crate::engine::raw;
use crate::error::Error;
use crate::measure::Prf;
use crate::measure::prf::share;
use crate::measure::words::{bag_counts, squeeze};
use crate::plan::Context;
use crate::scores::Outcome;
use flate2::read::GzDecoder;
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::json;
use std::io::Read;
use stemma::clean::clean;
use stemma::model::{Format, Moment, RawReport, Report};
use stemma::read::{Input, read};

/// A page that unpacks to more than this is cut: no page of news is longer.
const MAX_PAGE_BYTES: u64 = 64 << 20;

#[derive(Deserialize)]
struct Row {
    id: RowId,
    html: String,
    url: Option<String>,
    title: Option<String>,
    author: Option<String>,
    published: Option<String>,
    body: Option<String>,
    #[serde(default)]
    with: Vec<String>,
    #[serde(default)]
    without: Vec<String>,
}

/// What the engine makes of a page.
#[derive(Clone, Default)]
struct Page {
    title: Option<String>,
    author: Option<String>,
    published: Option<Moment>,
    body: String,
}

/// Scores a set.
pub(super) fn score(source: &Source, context: &Context) -> Result<Outcome, Error> {
    let rows: Vec<Row> = source.rows(context)?;
    let pages: Vec<Result<Page, String>> = rows.par_iter().map(|row| page(source, row)).collect();
    let mut outcome = Outcome::new("pages", &source.name, rows.len());
    let (mut bodies, mut n_bodies) = (0.0, 0);
    let (mut title, mut author, mut date) = (Prf::default(), Prf::default(), Prf::default());
    let mut same = Prf::default();
    let (mut with, mut without) = (Prf::default(), Prf::default());
    for (row, page) in rows.iter().zip(pages) {
        let page = page.unwrap_or_else(|reason| {
            context.note(&format!("pages {}: row {}: {reason}", source.name, row.id));
            Page::default()
        });
        if let Some(body) = &row.body {
            let f1 = bag_counts(body, &page.body).f1();
            bodies += f1;
            n_bodies += 1;
            if context.explain {
                outcome.explained.push(format!("{}: {f1:.3} {}", row.id, row.url.as_deref().unwrap_or("")));
            }
        }
        title += exact(row.title.as_deref(), page.title.as_deref());
        same +=
            exact(row.title.as_deref().map(unset).as_deref(), page.title.as_deref().map(unset).as_deref());
        author += exact(row.author.as_deref(), page.author.as_deref());
        date += day(row.published.as_deref(), page.published);
        with += held(&row.with, &page.body);
        without += held(&row.without, &page.body);
        outcome.predict(json!({"id": row.id, "title": page.title, "author": page.author,
            "published": page.published.map(|m| m.date.to_string()), "body": page.body}));
    }
    outcome.put("body.f1", bodies / f64::from(n_bodies.max(1)));
    outcome.put("title.exact", title.recall());
    outcome.put("title.same", same.recall());
    outcome.put("author.exact", author.recall());
    outcome.put("date_right", date.right as f64);
    outcome.put("date_given", date.given as f64);
    outcome.put("date_gold", date.gold as f64);
    outcome.put_prf("date", date);
    outcome.put("with.r", with.recall());
    outcome.put("without.right", 1.0 - share(without.right, without.gold));
    Ok(outcome)
}

fn page(source: &Source, row: &Row) -> Result<Page, String> {
    let path = source.beside(&row.html);
    let bytes = std::fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut html = Vec::new();
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut unpacked = GzDecoder::new(&bytes[..]).take(MAX_PAGE_BYTES);
        unpacked.read_to_end(&mut html).map_err(|e| format!("{}: {e}", path.display()))?;
    } else {
        html = bytes;
    }
    let name = row.html.trim_end_matches(".gz");
    let input = Input { name, bytes: &html, ..Input::default() };
    let found = read(&input).reports.into_iter().next();
    let mut report = found.unwrap_or_else(|| {
        let text = String::from_utf8_lossy(&html);
        RawReport { format: Format::Html, ..raw(name, &text) }
    });
    report.url = report.url.or_else(|| row.url.clone());
    Ok(page_of(clean(report)))
}

fn page_of(report: Report) -> Page {
    let body = match report.headline {
        Some(span) => {
            let (before, after) = (&report.body[..span.start as usize], &report.body[span.end as usize..]);
            format!("{before}{after}").trim().to_string()
        }
        None => report.body,
    };
    Page { title: report.title, author: report.byline, published: report.published, body }
}

fn exact(gold: Option<&str>, given: Option<&str>) -> Prf {
    let Some(gold) = gold.map(squeeze).filter(|g| !g.is_empty()) else { return Prf::default() };
    Prf::new(usize::from(given.map(squeeze) == Some(gold)), usize::from(given.is_some()), 1)
}

/// Words without what typesetting does to their marks.
fn unset(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '‘' | '’' | '‚' | '‛' => out.push('\''),
            '“' | '”' | '„' | '‟' => out.push('"'),
            '‐'..='―' => out.push('-'),
            '…' => out.push_str("..."),
            c => out.push(c),
        }
    }
    out
}

fn day(gold: Option<&str>, given: Option<Moment>) -> Prf {
    let gold = gold.and_then(Moment::parse).map(|m| m.date);
    let given = given.map(|m| m.date);
    let is_right = gold.is_some() && gold == given;
    Prf::new(usize::from(is_right), usize::from(given.is_some()), usize::from(gold.is_some()))
}

/// How many of the snippets stand in the body, white space aside.
fn held(snippets: &[String], body: &str) -> Prf {
    let body = squeeze(body);
    let n = snippets.iter().filter(|s| body.contains(&squeeze(s))).count();
    Prf::new(n, n, snippets.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        assert_eq!(exact(Some("A  tale "), Some("A tale")), Prf::new(1, 1, 1));
        assert_eq!(exact(Some("A tale"), None), Prf::new(0, 0, 1));
        assert_eq!(exact(None, Some("x")), Prf::default());
        assert_eq!(unset("“It’s done” – so…"), "\"It's done\" - so...");
        let moment = Moment::parse("2024-02-03T10:00:00Z");
        assert_eq!(day(Some("2024-02-03"), moment), Prf::new(1, 1, 1));
        assert_eq!(day(None, moment), Prf::new(0, 1, 0));
        assert_eq!(day(Some("2024-02-04"), None), Prf::new(0, 0, 1));
        assert_eq!(held(&["a b".into(), "c".into()], "x a\nb"), Prf::new(1, 1, 2));
    }
}
