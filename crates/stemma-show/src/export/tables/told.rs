//! Tables of what each report by itself says: statements, quantities, times, mentions.

use super::Table;
use super::table::Rows;
use crate::views::names;
use stemma::Analysis;
use stemma::extract::Agent;
use stemma::ledger::Lookup;
use stemma::model::{Report, Span};

/// The reports, each with some of what it says.
fn of_reports<'l, T: 'l>(
    ledger: &'l Lookup<'l>,
    parts: impl Fn(&'l Analysis) -> &'l [T] + 'l,
) -> impl Iterator<Item = (&'l Report, &'l T)> {
    ledger.reports.iter().flat_map(move |a| parts(a).iter().map(move |part| (&a.report, part)))
}

/// The words of several pieces; none where there is no piece.
fn pieces(report: &Report, spans: &[Span]) -> Option<String> {
    let words: Vec<&str> = spans.iter().map(|s| report.words(*s)).collect();
    (!words.is_empty()).then(|| words.join(" … "))
}

/// From the first of several pieces to the last.
fn cover(spans: &[Span]) -> Option<Span> {
    spans.iter().copied().reduce(|x, y| x.cover(&y))
}

pub(super) fn statements<'l>(ledger: &'l Lookup<'l>) -> Table<'l> {
    let rows = of_reports(ledger, |a| &a.extracts.statements);
    Rows::new(
        "statements",
        "Something that a report has someone say; pieces of words are joined by ` … `.",
        rows,
    )
    .column("report", "The report.", |(r, _)| r.id)
    .column("speaker", "The speaker's fullest name in the report.", |(_, s)| s.speaker.as_deref())
    .column("via", "Through whom, outermost last.", |(_, s)| s.via.as_slice())
    .column("directness", "Whose words: direct, indirect or mixed.", |(_, s)| names::key(&s.directness))
    .column("stance", "What is done with it: asserted, denied or withheld.", |(_, s)| names::key(&s.stance))
    .column("source", "The words that name the speaker.", |(r, s)| pieces(r, &s.source))
    .column("cue", "The words of saying.", |(r, s)| pieces(r, &s.cue))
    .column("content", "What is said.", |(r, s)| pieces(r, &s.content))
    .column("start", "First byte of what is said, in the report's body.", |(_, s)| {
        cover(&s.content).map(|c| c.start)
    })
    .column("end", "One past the last byte of what is said.", |(_, s)| cover(&s.content).map(|c| c.end))
    .table()
}

pub(super) fn quantities<'l>(ledger: &'l Lookup<'l>) -> Table<'l> {
    let rows = of_reports(ledger, |a| &a.extracts.quantities);
    Rows::new("quantities", "A number that a report tells.", rows)
        .column("report", "The report.", |(r, _)| r.id)
        .column("start", "First byte in its body.", |(_, q)| q.span.start)
        .column("end", "One past the last byte.", |(_, q)| q.span.end)
        .column("text", "The words there.", |(r, q)| r.words(q.span))
        .column("low", "Least value; unknown if open below.", |(_, q)| q.low)
        .column("high", "Greatest value; unknown if open above.", |(_, q)| q.high)
        .column("approx", "Whether the words say that it is rough.", |(_, q)| q.approx)
        .column("unit", "The unit's usual name; unknown for a count.", |(_, q)| {
            Some(q.unit.as_str()).filter(|unit| !unit.is_empty())
        })
        .column("of", "What is counted or measured.", |(r, q)| q.of.map(|s| r.words(s)))
        .table()
}

pub(super) fn times<'l>(ledger: &'l Lookup<'l>) -> Table<'l> {
    Rows::new("times", "A time that a report tells.", of_reports(ledger, |a| &a.extracts.times))
        .column("report", "The report.", |(r, _)| r.id)
        .column("start", "First byte in its body.", |(_, t)| t.span.start)
        .column("end", "One past the last byte.", |(_, t)| t.span.end)
        .column("text", "The words there.", |(r, t)| r.words(t.span))
        .column("kind", "TIMEX3 type: DATE, TIME, DURATION or SET.", |(_, t)| names::key(&t.kind))
        .column("value", "TIMEX3 value, as far as the report's date allows.", |(_, t)| t.value.as_str())
        .column("value_undated", "TIMEX3 value without the report's date; unknown parts are X.", |(_, t)| {
            t.value_undated.as_str()
        })
        .column("edtf", "The value in EDTF (ISO 8601-2), with what the words leave open.", |(_, t)| {
            t.edtf.as_deref()
        })
        .table()
}

pub(super) fn mentions<'l>(ledger: &'l Lookup<'l>) -> Table<'l> {
    let rows = ledger.reports.iter().flat_map(|a| a.extracts.mentions.iter().map(move |m| (a, m)));
    let parties = |a: &'l Analysis, of: &[Agent]| -> Vec<&'l str> {
        of.iter().map(|p| a.report.words(p.span)).collect()
    };
    Rows::new("mentions", "A happening that a report tells, coded in PLOVER.", rows)
        .column("report", "The report.", |(a, _)| a.report.id)
        .column("start", "First byte of the clause that tells it, in the report's body.", |(_, m)| {
            m.span.start
        })
        .column("end", "One past the last byte.", |(_, m)| m.span.end)
        .column("event_type", "PLOVER event type: AGREE, CONSULT, … ASSAULT.", |(_, m)| m.event.as_str())
        .column("mode", "PLOVER mode.", |(_, m)| m.mode.as_deref())
        .column("modality", "How it is told: happened, negated, planned, demanded or possible.", |(_, m)| {
            names::key(&m.modality)
        })
        .column("actors", "Who acts, by the words for them.", move |(a, m)| parties(a, &m.actors))
        .column("recipients", "Whom it is done to.", move |(a, m)| parties(a, &m.recipients))
        .column("time", "When: the value of one of the report's times.", |(a, m)| {
            m.time.and_then(|i| a.extracts.times.get(i as usize)).map(|t| t.value.as_str())
        })
        .column("place", "Where, by the words for it.", |(a, m)| m.place.map(|s| a.report.words(s)))
        .table()
}
