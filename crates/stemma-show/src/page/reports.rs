//! The reports, word for word: what is known about each, and its text with marks and sidenotes.

use super::body::{nest, write};
use super::leads::Leads;
use super::parts::{count, link, percent, value, when};
use super::plan::Plan;
use super::text::{clip, shown, words};
use super::{entries, families};
use crate::views::names::STANDINGS;
use crate::views::report::{ReportView, SentenceView, report};
use crate::views::{Quote, names};
use maud::{Markup, PreEscaped, html};
use stemma::ledger::SentenceMark;
use stemma::model::{EntryId, ReportId, Span};
use stemma::reconcile::Standing;

/// Sidenotes beside one paragraph, of each sort.
const N_NOTES: usize = 5;
/// Letters of a sidenote.
const N_LETTERS: usize = 44;

/// Draws all reports.
pub fn reports(plan: &Plan) -> Markup {
    let left = plan.ledger.reports.len() - plan.reports.len();
    html! {
        section.reports id="reports" {
            p.label { "Word for word" }
            h2 { "The reports" }
            (marks())
            @if left > 0 { p.left { (count(left, "report", "reports")) " not shown here" } }
            @for id in &plan.reports {
                @if let Some(view) = report(plan.ledger, *id) { (one(plan, &view)) }
            }
        }
    }
}

/// What the marks of sentences look like.
pub fn marks() -> Markup {
    let marks = [
        SentenceMark::Disputed,
        SentenceMark::Corrupted,
        SentenceMark::Updated,
        SentenceMark::Corroborated,
        SentenceMark::Echoed,
        SentenceMark::Borrowed,
        SentenceMark::Own,
    ];
    html! {
        p.marks {
            "Marks of sentences: "
            @for (i, mark) in marks.into_iter().enumerate() {
                @if i > 0 { ", " }
                span class={ "s " (names::mark(mark)) } { (names::mark(mark)) }
            }
        }
    }
}

fn one(leads: &dyn Leads, view: &ReportView) -> Markup {
    html! {
        article.report id={ "r-" (view.id) } {
            h3 dir="auto" lang=[known(view)] {
                @match &view.title { Some(title) => (words(title)), None => (words(&view.file)) }
            }
            (told(leads, view))
        }
    }
}

/// What is known of a report, and its text.
pub fn told(leads: &dyn Leads, view: &ReportView) -> Markup {
    html! {
        (about(leads, view))
        @if !view.notes.is_empty() {
            details.notes {
                summary { (count(view.notes.len(), "note", "notes")) }
                ul { @for note in &view.notes { li { span.label { (names::note(note.kind).replace('_', " ")) } " " (shown(&note.detail)) } } }
            }
        }
        div.body lang=[known(view)] { (body(leads, view)) }
    }
}

/// A report's language, where it is known.
pub fn known(view: &ReportView) -> Option<&str> {
    (view.lang != "und").then_some(view.lang.as_str())
}

fn about(leads: &dyn Leads, view: &ReportView) -> Markup {
    let date = view.published.as_deref().map(when);
    let facts = [
        ("outlet", view.outlet.as_deref()),
        ("published", date.as_deref()),
        ("dateline", view.dateline.as_deref()),
        ("by", view.byline.as_deref()),
        ("credit", view.credit.as_deref()),
        ("language", Some(view.lang.as_str())),
        ("file", Some(view.path.as_str())),
        ("address", view.url.as_deref()),
    ];
    html! {
        dl.about {
            @for (name, value) in facts {
                @if let Some(value) = value { div { dt { (name) } dd { (words(value)) } } }
            }
            div { dt { "own" } dd { (percent(view.own_share)) " of its words" } }
            @if let Some(d) = &view.descent {
                div { dt { "made from" } dd { (families::parent(leads, d)) ", " (names::descent(d.kind).to_lowercase()) } }
            }
            @if let Some(href) = view.family.and_then(|id| leads.to_family(id)) {
                div { dt { "family" } dd { a href=(href) { "its stemma" } } }
            }
            @if let Some(href) = view.event.and_then(|id| leads.to_event(id)) {
                div { dt { "event" } dd { a href=(href) { "its card" } } }
            }
            @if let Some(spun) = &view.spun { div { dt { "spun" } dd { (percent(spun.probability)) } } }
        }
    }
}

/// The text, paragraph by paragraph, each with its sidenotes.
fn body(leads: &dyn Leads, view: &ReportView) -> Markup {
    let Some((text, anchors)) = leads.text(view.id) else { return html! {} };
    let Some(analysis) = leads.ledger().report(view.id) else { return html! {} };
    let headline = analysis.report.headline;
    let left = view.body.len() - text.len();
    let end = text.len() as u32;
    let mut at = 0;
    let passages = analysis.segments.passages.iter().map(|p| p.span).filter(|s| s.start < end);
    let mut spans: Vec<Span> = Vec::new();
    for span in passages {
        spans.push(Span { start: at, end: span.end.min(end).max(at) });
        at = span.end.min(end).max(at);
    }
    if at < end {
        spans.push(Span { start: at, end });
    }
    html! {
        @for span in spans {
            @let head = headline.is_some_and(|h| h.overlaps(&span) && span.end <= h.end);
            (paragraph(leads, view, text, (span, head), &anchors))
        }
        @if left > 0 { p.left { (count(left, "byte", "bytes")) " of this text not shown here" } }
    }
}

/// One paragraph; white space before it belongs to it, so that nothing of the text is lost.
fn paragraph(
    leads: &dyn Leads,
    view: &ReportView,
    text: &str,
    (span, head): (Span, bool),
    anchors: &[Span],
) -> Markup {
    let from = view.sentences.partition_point(|s| s.span[1] <= span.start);
    let to = view.sentences.partition_point(|s| s.span[0] < span.end).max(from);
    let sentences = &view.sentences[from..to];
    let marked: Vec<_> =
        sentences.iter().map(|s| (Span { start: s.span[0], end: s.span[1] }, s.mark)).collect();
    let from = anchors.partition_point(|a| a.start < span.start);
    let last = span.end as usize == text.len();
    let to = anchors.partition_point(|a| a.start < span.end || last);
    let mut out = String::new();
    write(&mut out, view.id, text, span, &nest(span, &marked, &anchors[from..to.max(from)]));
    html! {
        div.par {
            p.head[head] dir="auto" { (PreEscaped(out)) }
            (sidenotes(leads, sentences))
        }
    }
}

/// What a paragraph's sentences are part of, and where they were borrowed from.
fn sidenotes(leads: &dyn Leads, sentences: &[SentenceView]) -> Markup {
    let mut from: Vec<(ReportId, &Quote)> = Vec::new();
    let mut told: Vec<EntryId> = Vec::new();
    for s in sentences {
        if let Some(quote) = s.from.as_ref().filter(|q| from.iter().all(|f| f.0 != q.report)) {
            from.push((quote.report, quote));
        }
        for id in &s.entries {
            if !told.contains(id) && leads.entry(*id).is_some_and(|e| e.standing != Standing::Single) {
                told.push(*id);
            }
        }
    }
    // Trouble first: what is cut off is what says least.
    told.sort_by_key(|id| leads.entry(*id).and_then(|e| STANDINGS.iter().position(|s| *s == e.standing)));
    html! {
        @if !from.is_empty() || !told.is_empty() {
            aside {
                @for id in told.iter().take(N_NOTES) { (entry_note(leads, *id)) }
                @if told.len() > N_NOTES { p { "and " (told.len() - N_NOTES) " more" } }
                @if !from.is_empty() {
                    p {
                        "from "
                        @for (i, (_, quote)) in from.iter().take(N_NOTES).enumerate() {
                            @if i > 0 { ", " } (link(leads.to_words(quote.report, quote.span), words(&quote.file)))
                        }
                    }
                }
            }
        }
    }
}

fn entry_note(leads: &dyn Leads, id: EntryId) -> Markup {
    let Some(entry) = leads.entry(id) else { return html! {} };
    let mut values: Vec<&str> = entry.readings.iter().filter_map(|r| r.value.as_deref()).collect();
    values.sort_unstable();
    values.dedup();
    let words_of = if values.len() < 2 {
        entry.claim.clone()
    } else {
        values.into_iter().map(value).collect::<Vec<_>>().join(" / ")
    };
    let words_of = words(&clip(&words_of, N_LETTERS));
    html! {
        @if let Some(opened) = leads.opened(entry) {
            details.note {
                summary { (entries::label(entry.standing)) " " (words_of) }
                (opened)
            }
        } @else {
            p { (link(leads.to_entry(id), entries::label(entry.standing))) " " (words_of) }
        }
    }
}
