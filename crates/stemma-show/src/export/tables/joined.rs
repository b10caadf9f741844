//! Tables of what all reports together give: reports and their kin, events, entries.

use super::Table;
use super::table::Rows;
use crate::export::{family, lost_name, node};
use crate::views::names;
use stemma::ledger::Lookup;
use stemma::trace::{Parent, Stemma, Variant};

pub(super) fn reports<'l>(ledger: &'l Lookup<'l>) -> Table<'l> {
    let rows = ledger.reports.iter().map(|a| &a.report);
    Rows::new("reports", "A report with its cleaned text.", rows)
        .column("report", "Its id.", |r| r.id)
        .column("file", "Where it was read from, with the row inside a longer file.", |r| r.file.as_str())
        .column("outlet", "Who published it.", |r| r.outlet.as_deref())
        .column("credit", "Whom it credits for the text.", |r| r.credit.as_ref().map(|c| c.names.as_slice()))
        .column("url", "Its address.", |r| r.url.as_deref())
        .column("title", "Its headline.", |r| r.title.as_deref())
        .column("byline", "Who wrote it.", |r| r.byline.as_deref())
        .column("published", "When, as far as known: a day, or with a time, or with a zone too.", |r| {
            r.published
        })
        .column("lang", "Its language, by its ISO 639 code; und if unknown.", |r| r.lang)
        .column("family", "The family that it is in; unknown without kin.", |r| family(ledger, r.id))
        .column("event", "The happening that it tells.", |r| ledger.event_of(r.id).map(|e| e.id))
        .column("own_share", "Share of its words in sentences that no earlier report has, 0 to 1.", |r| {
            ledger.own_share(r.id)
        })
        .column("body", "Its cleaned text; every start and end counts its bytes in UTF-8.", |r| {
            r.body.as_str()
        })
        .table()
}

/// The families, each with some of what it holds.
fn of_families<'l, T: 'l>(
    ledger: &'l Lookup<'l>,
    parts: impl Fn(&'l Stemma) -> &'l [T] + 'l,
) -> impl Iterator<Item = (&'l Stemma, &'l T)> {
    ledger.joined.stemmas.iter().flat_map(move |s| parts(s).iter().map(move |part| (s, part)))
}

pub(super) fn lost<'l>(ledger: &'l Lookup<'l>) -> Table<'l> {
    Rows::new("lost", "An ancestor that was inferred, not read.", of_families(ledger, |s| &s.lost))
        .column("lost", "Its name, with that of its family.", |(s, l)| lost_name(s.id, &l.id))
        .column("family", "Its family.", |(s, _)| s.id)
        .column("credit", "Whom its descendants credit.", |(_, l)| l.credit.as_deref())
        .column("made_from", "The report or lost report that it was made from in turn.", |(s, l)| {
            l.parent.as_ref().map(|p| node(s.id, p))
        })
        .table()
}

pub(super) fn descents<'l>(ledger: &'l Lookup<'l>) -> Table<'l> {
    let rows = of_families(ledger, |s| &s.descents);
    Rows::new("descents", "A report and what it was made from.", rows)
        .column("child", "The report that was made.", |(_, d)| d.child)
        .column("parent", "What it was made from: a report, or a lost one.", |(s, d)| node(s.id, &d.parent))
        .column("is_lost", "Whether the parent is a lost one.", |(_, d)| matches!(d.parent, Parent::Lost(_)))
        .column("family", "Their family.", |(s, _)| s.id)
        .column("kind", "How: Copy, Excerpt, Edit, Spin or Translation.", |(_, d)| names::descent(d.kind))
        .column("confidence", "Probability that they are so related, 0 to 1.", |(_, d)| d.confidence)
        .column(
            "coverage",
            "Share of the child's words in sentences aligned to the parent, 0 to 1.",
            |(_, d)| d.coverage,
        )
        .table()
}

pub(super) fn variants<'l>(ledger: &'l Lookup<'l>) -> Table<'l> {
    let of_variant = |s: &'l Stemma, i: u32, v: &'l Variant| v.readings.iter().map(move |r| (s, i, v, r));
    let of_family = move |s: &'l Stemma| (0..).zip(&s.variants).flat_map(move |(i, v)| of_variant(s, i, v));
    let rows = ledger.joined.stemmas.iter().flat_map(of_family);
    Rows::new("variants", "What one telling has at a place where its family differs.", rows)
        .column("family", "The family.", |(s, ..)| s.id)
        .column("variant", "The place that differs, numbered within the family from 0.", |(_, i, ..)| i)
        .column("kind", "What differs: Number, Date, Name, Negation or Wording.", |(_, _, v, _)| {
            names::variant(v.kind)
        })
        .column("report", "The telling.", |(.., r)| r.place.report)
        .column("start", "First byte in its body.", |(.., r)| r.place.span.start)
        .column("end", "One past the last byte.", |(.., r)| r.place.span.end)
        .column("text", "The words there; empty where the telling lacks them.", |(.., r)| r.text.as_str())
        .column("is_likely_original", "Whether this reading is likely the original one.", |(_, _, v, r)| {
            v.likely_original.contains(&r.place.report)
        })
        .table()
}

pub(super) fn events<'l>(ledger: &'l Lookup<'l>) -> Table<'l> {
    Rows::new("events", "A happening.", ledger.joined.groups.events.iter())
        .column("event", "Its id.", |e| e.id)
        .column("storyline", "The storyline that it is part of.", |e| e.storyline)
        .column("headline", "The best headline or first sentence among its reports.", |e| {
            e.headline.and_then(|p| Some(ledger.report(p.report)?.report.words(p.span)))
        })
        .column("time", "When, as a TIMEX3 date; parts that are not known are X.", |e| e.time.as_deref())
        .column("place", "Where.", |e| e.place.as_deref())
        .column("actors", "Who, most told first.", |e| e.actors.as_slice())
        .column("n_reports", "How many reports tell it.", |e| e.reports.len())
        .table()
}

pub(super) fn entries<'l>(ledger: &'l Lookup<'l>) -> Table<'l> {
    Rows::new("entries", "A claim with its standing.", ledger.joined.entries.iter())
        .column("entry", "Its id.", |e| e.id)
        .column("event", "The happening that most of its tellings tell.", |e| e.event)
        .column(
            "standing",
            "How it stands: corroborated, echoed, single, disputed, corrupted or updated.",
            |e| names::standing(e.standing),
        )
        .column("claim", "Its best wording, as a report has it.", |e| e.text.as_str())
        .column("report", "The report that has this wording.", |e| e.claim.report)
        .column("start", "First byte in its body.", |e| e.claim.span.start)
        .column("end", "One past the last byte.", |e| e.claim.span.end)
        .column("reason", "Why it stands so, in words.", |e| e.reason.as_str())
        .column("n_origins", "How many origins vouch for it.", |e| e.origins.len())
        .column("n_readings", "How many tellings it has.", |e| e.readings.len())
        .table()
}

pub(super) fn origins<'l>(ledger: &'l Lookup<'l>) -> Table<'l> {
    let rows = ledger.joined.entries.iter().flat_map(|e| (0..).zip(&e.origins).map(move |(i, o)| (e, i, o)));
    Rows::new("origins", "Who vouches for an entry.", rows)
        .column("entry", "The entry.", |(e, ..)| e.id)
        .column("origin", "The origin, numbered within the entry from 0.", |(_, i, _): (_, u32, _)| i)
        .column("name", "A speaker, an agency, or the file of a family's root.", |(.., o)| o.name.as_str())
        .column("kind", "What it is: speaker, agency or report.", |(.., o)| names::origin(o.kind))
        .table()
}

pub(super) fn readings<'l>(ledger: &'l Lookup<'l>) -> Table<'l> {
    let rows = ledger.joined.entries.iter().flat_map(|e| e.readings.iter().map(move |r| (e, r)));
    Rows::new("readings", "What one telling of an entry has.", rows)
        .column("entry", "The entry.", |(e, _)| e.id)
        .column("report", "The report that tells it.", |(_, r)| r.place.report)
        .column("start", "First byte in its body.", |(_, r)| r.place.span.start)
        .column("end", "One past the last byte.", |(_, r)| r.place.span.end)
        .column("text", "The words there.", |(_, r)| r.text.as_str())
        .column("value", "The value that can be compared: `>10000`, `~11000`, `2022-02`.", |(_, r)| {
            r.value.as_deref()
        })
        .column("origin", "Whom it leads back to: the number of an origin of the entry.", |(_, r)| r.origin)
        .column("via", "Through whom, outermost last.", |(_, r)| r.via.as_slice())
        .column("negated", "Whether the telling denies the claim.", |(_, r)| r.negated)
        .table()
}
