//! Tables: one CSV file for each, joined by ids; times and numbers as they stand in the ledger.
//!
//! RFC 4180: commas, a header line, `\r\n`, quotation marks where a field needs them. Spans are two
//! columns of bytes in the report's body. Lists (actors) are joined by ` | `.

use super::{File, family, lost_name, node};
use crate::views::names;
use std::fmt::Display;
use stemma::ledger::Lookup;
use stemma::model::Span;

/// A table in the making.
struct Table {
    name: &'static str,
    n_columns: usize,
    text: String,
}

impl Table {
    fn new(name: &'static str, columns: &[&str]) -> Self {
        Self { name, n_columns: columns.len(), text: columns.join(",") + "\r\n" }
    }

    fn row(&mut self, fields: &[&dyn Display]) {
        debug_assert_eq!(fields.len(), self.n_columns, "{}", self.name);
        for (i, field) in fields.iter().enumerate() {
            if i > 0 {
                self.text.push(',');
            }
            push(&mut self.text, &field.to_string());
        }
        self.text.push_str("\r\n");
    }

    fn file(self) -> File {
        File::new(&format!("{}.csv", self.name), self.text)
    }
}

fn push(text: &mut String, field: &str) {
    if field.contains([',', '"', '\r', '\n']) || field.starts_with(' ') || field.ends_with(' ') {
        text.push('"');
        text.push_str(&field.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(field);
    }
}

/// What may be missing, as an empty field.
fn or_empty<T: Display>(value: Option<T>) -> String {
    value.map(|v| v.to_string()).unwrap_or_default()
}

/// All tables.
pub(super) fn files(ledger: &Lookup) -> Vec<File> {
    let mut files = vec![reports(ledger), lost(ledger), descents(ledger), variants(ledger)];
    files.extend([events(ledger), entries(ledger), origins(ledger), readings(ledger)]);
    files.extend([statements(ledger), quantities(ledger), times(ledger), mentions(ledger)]);
    files.into_iter().map(Table::file).collect()
}

fn reports(ledger: &Lookup) -> Table {
    let columns = [
        "report",
        "file",
        "outlet",
        "credit",
        "url",
        "title",
        "byline",
        "published",
        "lang",
        "family",
        "event",
        "own_share",
        "body",
    ];
    let mut table = Table::new("reports", &columns);
    for a in &ledger.reports {
        let r = &a.report;
        let credit = r.credit.as_ref().map(|c| c.names.join(" | "));
        table.row(&[
            &r.id,
            &r.file,
            &or_empty(r.outlet.as_ref()),
            &or_empty(credit),
            &or_empty(r.url.as_ref()),
            &or_empty(r.title.as_ref()),
            &or_empty(r.byline.as_ref()),
            &or_empty(r.published),
            &r.lang,
            &or_empty(family(ledger, r.id)),
            &or_empty(ledger.event_of(r.id).map(|e| e.id)),
            &ledger.own_share(r.id),
            &r.body,
        ]);
    }
    table
}

fn lost(ledger: &Lookup) -> Table {
    let mut table = Table::new("lost", &["lost", "family", "credit", "made_from"]);
    for stemma in &ledger.joined.stemmas {
        for l in &stemma.lost {
            let made_from = l.parent.as_ref().map(|p| node(stemma.id, p));
            table.row(&[
                &lost_name(stemma.id, &l.id),
                &stemma.id,
                &or_empty(l.credit.as_ref()),
                &or_empty(made_from),
            ]);
        }
    }
    table
}

fn descents(ledger: &Lookup) -> Table {
    let columns = ["child", "parent", "is_lost", "family", "kind", "confidence", "coverage"];
    let mut table = Table::new("descents", &columns);
    for stemma in &ledger.joined.stemmas {
        for d in &stemma.descents {
            let is_lost = matches!(d.parent, stemma::trace::Parent::Lost(_));
            table.row(&[
                &d.child,
                &node(stemma.id, &d.parent),
                &is_lost,
                &stemma.id,
                &names::descent(d.kind),
                &d.confidence,
                &d.coverage,
            ]);
        }
    }
    table
}

/// One row for each reading; rows of one variant share its number within the family.
fn variants(ledger: &Lookup) -> Table {
    let columns = ["family", "variant", "kind", "report", "start", "end", "text", "is_likely_original"];
    let mut table = Table::new("variants", &columns);
    for stemma in &ledger.joined.stemmas {
        for (i, variant) in stemma.variants.iter().enumerate() {
            for r in &variant.readings {
                table.row(&[
                    &stemma.id,
                    &i,
                    &names::variant(variant.kind),
                    &r.place.report,
                    &r.place.span.start,
                    &r.place.span.end,
                    &r.text,
                    &variant.likely_original.contains(&r.place.report),
                ]);
            }
        }
    }
    table
}

fn events(ledger: &Lookup) -> Table {
    let columns = ["event", "storyline", "headline", "time", "place", "actors", "n_reports"];
    let mut table = Table::new("events", &columns);
    for e in &ledger.joined.groups.events {
        let headline = e.headline.and_then(|p| Some(ledger.report(p.report)?.report.words(p.span)));
        table.row(&[
            &e.id,
            &e.storyline,
            &or_empty(headline),
            &or_empty(e.time.as_ref()),
            &or_empty(e.place.as_ref()),
            &e.actors.join(" | "),
            &e.reports.len(),
        ]);
    }
    table
}

fn entries(ledger: &Lookup) -> Table {
    let columns = [
        "entry",
        "event",
        "standing",
        "claim",
        "report",
        "start",
        "end",
        "reason",
        "n_origins",
        "n_readings",
    ];
    let mut table = Table::new("entries", &columns);
    for e in &ledger.joined.entries {
        table.row(&[
            &e.id,
            &or_empty(e.event),
            &names::standing(e.standing),
            &e.text,
            &e.claim.report,
            &e.claim.span.start,
            &e.claim.span.end,
            &e.reason,
            &e.origins.len(),
            &e.readings.len(),
        ]);
    }
    table
}

fn origins(ledger: &Lookup) -> Table {
    let mut table = Table::new("origins", &["entry", "origin", "name", "kind"]);
    for e in &ledger.joined.entries {
        for (i, origin) in e.origins.iter().enumerate() {
            table.row(&[&e.id, &i, &origin.name, &names::origin(origin.kind)]);
        }
    }
    table
}

fn readings(ledger: &Lookup) -> Table {
    let columns = ["entry", "report", "start", "end", "text", "value", "origin", "via", "negated"];
    let mut table = Table::new("readings", &columns);
    for e in &ledger.joined.entries {
        for r in &e.readings {
            table.row(&[
                &e.id,
                &r.place.report,
                &r.place.span.start,
                &r.place.span.end,
                &r.text,
                &or_empty(r.value.as_ref()),
                &r.origin,
                &r.via.join(" | "),
                &r.negated,
            ]);
        }
    }
    table
}

/// One row for each statement; where source or content stands in several pieces, from the first to the last.
fn statements(ledger: &Lookup) -> Table {
    let columns =
        ["report", "speaker", "via", "directness", "stance", "source", "cue", "content", "start", "end"];
    let mut table = Table::new("statements", &columns);
    for a in &ledger.reports {
        let words = |spans: &[Span]| spans.iter().map(|s| a.report.words(*s)).collect::<Vec<_>>().join(" … ");
        for s in &a.extracts.statements {
            let span = s.content.iter().copied().reduce(|x, y| x.cover(&y)).unwrap_or(Span::new(0, 0));
            table.row(&[
                &a.report.id,
                &or_empty(s.speaker.as_ref()),
                &s.via.join(" | "),
                &names::key(&s.directness),
                &names::key(&s.stance),
                &words(&s.source),
                &words(&s.cue),
                &words(&s.content),
                &span.start,
                &span.end,
            ]);
        }
    }
    table
}

fn quantities(ledger: &Lookup) -> Table {
    let columns = ["report", "start", "end", "text", "low", "high", "approx", "unit", "of"];
    let mut table = Table::new("quantities", &columns);
    for a in &ledger.reports {
        for q in &a.extracts.quantities {
            table.row(&[
                &a.report.id,
                &q.span.start,
                &q.span.end,
                &a.report.words(q.span),
                &or_empty(q.low),
                &or_empty(q.high),
                &q.approx,
                &q.unit,
                &or_empty(q.of.map(|s| a.report.words(s))),
            ]);
        }
    }
    table
}

fn times(ledger: &Lookup) -> Table {
    let columns = ["report", "start", "end", "text", "kind", "value", "value_undated", "edtf"];
    let mut table = Table::new("times", &columns);
    for a in &ledger.reports {
        for t in &a.extracts.times {
            table.row(&[
                &a.report.id,
                &t.span.start,
                &t.span.end,
                &a.report.words(t.span),
                &names::key(&t.kind),
                &t.value,
                &t.value_undated,
                &or_empty(t.edtf.as_deref()),
            ]);
        }
    }
    table
}

/// Happenings coded in PLOVER: one row each, its parties by their words.
fn mentions(ledger: &Lookup) -> Table {
    let columns =
        ["report", "start", "end", "event_type", "mode", "modality", "actors", "recipients", "time", "place"];
    let mut table = Table::new("mentions", &columns);
    for a in &ledger.reports {
        let parties = |of: &[stemma::extract::Agent]| {
            of.iter().map(|p| a.report.words(p.span)).collect::<Vec<_>>().join(" | ")
        };
        for m in &a.extracts.mentions {
            let time = m.time.and_then(|i| a.extracts.times.get(i as usize)).map(|t| &t.value);
            table.row(&[
                &a.report.id,
                &m.span.start,
                &m.span.end,
                &m.event,
                &or_empty(m.mode.as_ref()),
                &names::key(&m.modality),
                &parties(&m.actors),
                &parties(&m.recipients),
                &or_empty(time),
                &or_empty(m.place.map(|s| a.report.words(s))),
            ]);
        }
    }
    table
}
