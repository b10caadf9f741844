//! One thing on a page: a storyline, an event, an entry, a family, a report, an outlet.

use super::leads::Site;
use super::lists::{self, OutletLine, Paging, paging};
use crate::page::parts::{count, percent, when};
use crate::page::text::{clip, shown, words};
use crate::page::{Leads, entries, families, head, reports, storylines};
use crate::views::report::ReportView;
use crate::views::search::FoundView;
use crate::views::timeline::TimelineStory;
use crate::views::{CardView, EntryView, FamilyView, Quote, names};
use maud::{Markup, html};

/// A storyline: its events in order of time, and what is claimed of them.
pub fn storyline(site: &Site, story: &TimelineStory, claims: &[EntryView], p: &Paging) -> Markup {
    html! {
        p.label { "Storyline" }
        h1 dir="auto" { (words(&clip(lists::name(&story.events), 200))) }
        (lists::timeline(&story.events))
        (entries::entries(site, claims))
        (paging(p))
    }
}

/// An event: its card, what is claimed of it, the families that tell it.
pub fn event(site: &Site, card: &CardView, claims: &[EntryView], kin: &[FamilyView], p: &Paging) -> Markup {
    let event = &card.event;
    html! {
        p.label { "Event of " a href={ "/storylines/" (event.storyline) } { "a storyline" } }
        h1 dir="auto" {
            @match &event.headline {
                Some(h) if !h.text.trim().is_empty() => a href=[site.to_words(h.report, h.span)] { (words(&clip(h.text.trim(), 200))) },
                _ => "Without a headline",
            }
        }
        p.when { @match &event.time { Some(time) => (words(&when(time))), None => "time unknown" } }
        div.card { (storylines::told(site, card)) }
        (entries::entries(site, claims))
        (paging(p))
        (families::families(site, kin))
    }
}

/// An entry: its readings side by side, each in its sentence.
pub fn entry(site: &Site, entry: &EntryView, sentences: &[Quote]) -> Markup {
    html! {
        p.label {
            "Entry"
            @if let Some(href) = entry.event.and_then(|id| site.to_event(id)) { " of " a href=(href) { "an event" } }
        }
        h1.claimed dir="auto" { (words(&clip(&entry.claim, 300))) }
        article class={ "entry " (names::standing(entry.standing)) } {
            p.head {
                (entries::label(entry.standing)) " "
                small { (count(entry.origins.len(), "origin", "origins")) ", " (count(entry.readings.len(), "reading", "readings")) }
            }
            (entries::inside(site, entry))
        }
        @if !sentences.is_empty() {
            h2.part { "Each telling in its sentence" }
            ul.tellings {
                @for (reading, sentence) in entry.readings.iter().zip(sentences) {
                    li {
                        q dir="auto" { a href=[site.to_words(reading.report, reading.span)] { (shown(sentence.text.trim())) } }
                        span.by {
                            (words(&reading.file))
                            @if let Some(origin) = reading.origin.as_ref().filter(|o| **o != reading.file) { " · " (words(origin)) }
                        }
                    }
                }
            }
        }
    }
}

/// A family: its stemma drawn, the evidence of each descent, its variants.
pub fn family(site: &Site, family: &FamilyView) -> Markup {
    html! {
        p.label { "Family" }
        h1 dir="auto" { (words(&clip(lists::root(family), 200))) }
        (crate::page::families::legend())
        (families::one(site, family))
        @if family.reports.len() > 1 {
            p { a href=(collated(family)) { "Lay its reports side by side" } }
        }
    }
}

/// The first reports of a family, collated.
fn collated(family: &FamilyView) -> String {
    let made = |id| family.descents.iter().any(|d| d.child == id);
    let mut reports: Vec<_> = family.reports.iter().map(|r| r.id).collect();
    reports.sort_by_key(|id| made(*id));
    let ids: Vec<String> = reports.iter().take(3).map(ToString::to_string).collect();
    format!("/collate?reports={}", ids.join(","))
}

/// A report, word for word, with what other tellings say beside it.
pub fn report(site: &Site, view: &ReportView) -> Markup {
    html! {
        article.report.alone id={ "r-" (view.id) } {
            p.label {
                "Report"
                @if let Some(outlet) = &view.outlet { " of " a href={ "/outlets/" (path(outlet)) } { (words(outlet)) } }
            }
            h1 dir="auto" lang=[reports::known(view)] {
                @match &view.title { Some(title) => (words(title)), None => (words(&view.file)) }
            }
            (reports::marks())
            (reports::told(site, view))
            @if let Some(parent) = view.descent.as_ref().and_then(|d| d.parent) {
                p { a href={ "/collate?reports=" (parent) "," (view.id) } { "Beside the report that it was made from" } }
            }
        }
    }
}

/// A name as a part of an address.
pub fn path(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// An outlet with its reports.
pub fn outlet(site: &Site, outlet: &OutletLine, found: &[FoundView], p: &Paging) -> Markup {
    html! {
        p.label { "Outlet" }
        h1 dir="auto" { (words(&clip(&outlet.name, 200))) }
        p.lede {
            (count(outlet.reports, "report", "reports")) ", " (lists::span(outlet.published.as_ref())) "; "
            (percent(outlet.descended as f32 / outlet.reports.max(1) as f32)) " made from another report"
        }
        (lists::found(site, found))
        (paging(p))
    }
}

/// What the words and marks mean.
pub fn meanings() -> Markup {
    html! {
        h1 { "What the words and marks mean" }
        (head::meanings())
        h2.part { "Lines of a stemma" }
        (crate::page::families::legend())
        h2.part { "Marks of sentences" }
        (reports::marks())
    }
}
