//! Rows: one JSON object a line, and the JSON Schema that every row of a file keeps.

use super::{File, family};
use crate::views;
use crate::views::entries::EntryFilter;
use crate::views::names;
use serde::Serialize;
use stemma::Analysis;
use stemma::ledger::Lookup;
use stemma::model::{EventId, ReportId};

/// The schemas, by the file that they are of.
pub(super) const SCHEMAS: [(&str, &str); 4] = [
    ("reports", include_str!("../../schema/reports.schema.json")),
    ("families", include_str!("../../schema/families.schema.json")),
    ("events", include_str!("../../schema/events.schema.json")),
    ("entries", include_str!("../../schema/entries.schema.json")),
];

/// A report with its text.
#[derive(Serialize)]
struct ReportRow<'a> {
    id: ReportId,
    file: &'a str,
    outlet: Option<&'a str>,
    credit: Option<Vec<String>>,
    url: Option<&'a str>,
    title: Option<&'a str>,
    byline: Option<&'a str>,
    dateline: Option<&'a str>,
    published: Option<String>,
    lang: String,
    family: Option<String>,
    event: Option<EventId>,
    own_share: f32,
    body: &'a str,
    notes: Vec<NoteRow<'a>>,
}

/// What was noticed in a report.
#[derive(Serialize)]
struct NoteRow<'a> {
    kind: String,
    detail: &'a str,
}

/// The rows of every kind, and their schemas in a folder beside them.
pub(super) fn files(ledger: &Lookup) -> Vec<File> {
    let reports: Vec<ReportRow> = ledger.reports.iter().map(|a| report(ledger, a)).collect();
    let mut files = vec![
        File::new("reports.jsonl", lines(&reports)),
        File::new("families.jsonl", lines(&views::families::families(ledger))),
        File::new("events.jsonl", lines(&views::events::events(ledger))),
        File::new("entries.jsonl", lines(&views::entries::entries(ledger, EntryFilter::default()))),
    ];
    files.extend(
        SCHEMAS.map(|(name, text)| File::new(&format!("schema/{name}.schema.json"), text.to_owned())),
    );
    files
}

fn report<'a>(ledger: &Lookup, a: &'a Analysis) -> ReportRow<'a> {
    let r = &a.report;
    ReportRow {
        id: r.id,
        file: &r.file,
        outlet: r.outlet.as_deref(),
        credit: r.credit.as_ref().map(|c| c.names.clone()),
        url: r.url.as_deref(),
        title: r.title.as_deref(),
        byline: r.byline.as_deref(),
        dateline: r.dateline.as_deref(),
        published: r.published.map(|p| p.to_string()),
        lang: r.lang.to_string(),
        family: family(ledger, r.id),
        event: ledger.event_of(r.id).map(|e| e.id),
        own_share: ledger.own_share(r.id),
        body: &r.body,
        notes: r.notes.iter().map(|n| NoteRow { kind: names::key(&n.kind), detail: &n.detail }).collect(),
    }
}

fn lines<T: Serialize>(rows: &[T]) -> String {
    let line = |row: &T| serde_json::to_string(row).expect("every view has a JSON form") + "\n";
    rows.iter().map(line).collect()
}
