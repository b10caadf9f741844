//! Lists: storylines, entries, families, reports, outlets; a page of each at a time.

use super::leads::Site;
use crate::page::parts::{count, percent, thousands, when};
use crate::page::text::{clip, words};
use crate::page::{Leads, entries as draw, storylines};
use crate::views::search::FoundView;
use crate::views::timeline::{TimelineEvent, TimelineStory};
use crate::views::{EntryView, FamilyView, names};
use maud::{Markup, html};
use std::collections::BTreeMap;
use stemma::reconcile::Standing;

/// Letters of a headline in a list.
const N_HEADLINE: usize = 140;

/// Where a page of a list stands in the whole.
#[derive(Clone, Debug)]
pub struct Paging {
    /// How many come before.
    pub from: usize,
    /// How many are shown.
    pub shown: usize,
    /// How many there are.
    pub total: usize,
    /// Addresses of the page before and the page behind.
    pub ways: [Option<String>; 2],
}

/// Where one can go from a page of a list.
pub fn paging(p: &Paging) -> Markup {
    html! {
        @if p.shown < p.total {
            nav.paging aria-label="Pages" {
                @if let Some(href) = &p.ways[0] { a rel="prev" href=(href) { "← before" } } @else { span {} }
                span { (thousands(p.from + 1)) "–" (thousands(p.from + p.shown)) " of " (thousands(p.total)) }
                @if let Some(href) = &p.ways[1] { a rel="next" href=(href) { "more →" } } @else { span {} }
            }
        }
    }
}

/// How much a ledger holds, for its front page: names and values.
pub type Figures = Vec<(&'static str, String)>;

/// The front page: what the ledger holds, and its storylines.
pub fn stories(
    figures: &Figures,
    standings: &BTreeMap<String, usize>,
    stories: &[TimelineStory],
    p: &Paging,
) -> Markup {
    html! {
        div.top {
            h1 { "What happened, who says so, who copied whom" }
            dl.figures { @for (name, value) in figures { div { dt { (name) } dd { (value) } } } }
            ul.standings aria-label="Entries by standing" {
                @for standing in names::STANDINGS {
                    @let word = names::standing(standing);
                    li { a class={ "st " (word) } href={ "/entries?standing=" (word) } {
                        b { (thousands(standings.get(word).copied().unwrap_or(0))) } " " (word)
                    } }
                }
            }
        }
        h2.part { "Stories, the most told first" }
        @if stories.is_empty() { p.left { "None yet." } }
        ol.list { @for story in stories { (line(story)) } }
        (paging(p))
    }
}

fn line(story: &TimelineStory) -> Markup {
    let n_reports: usize = story.events.iter().map(|e| e.n_reports).sum();
    let times = story.events.iter().filter_map(|e| e.time.as_deref().or(e.told.as_deref()));
    let (first, last) = (times.clone().min(), times.max());
    html! {
        li {
            h3 dir="auto" { a href={ "/storylines/" (story.id) } { (words(&clip(name(&story.events), N_HEADLINE))) } }
            p.facts {
                @if let Some(first) = first {
                    (words(&when(first)))
                    @if let Some(last) = last.filter(|last| Some(*last) != Some(first)) { " – " (words(&when(last))) }
                    " · "
                }
                (count(story.events.len(), "event", "events")) " · " (count(n_reports, "report", "reports"))
                (tally(&story.events))
            }
        }
    }
}

/// How many entries of each standing some events have; those told once say little.
fn tally(events: &[TimelineEvent]) -> Markup {
    let n = |word: &str| -> usize { events.iter().filter_map(|e| e.standings.get(word)).sum() };
    html! {
        @for standing in names::STANDINGS.into_iter().filter(|s| *s != Standing::Single) {
            @let word = names::standing(standing);
            @if n(word) > 0 { " · " span class={ "st " (word) } { (thousands(n(word))) " " (word) } }
        }
    }
}

/// What a storyline is called: the headline of its most told event.
pub fn name(events: &[TimelineEvent]) -> &str {
    let told = |e: &&TimelineEvent| (e.n_families, e.n_reports, std::cmp::Reverse(e.id));
    let headed = events.iter().filter(|e| e.headline.as_ref().is_some_and(|h| !h.text.trim().is_empty()));
    headed.max_by_key(told).and_then(|e| e.headline.as_ref()).map_or("Without a headline", |h| h.text.trim())
}

/// Events in order of time, each a line.
pub fn timeline(events: &[TimelineEvent]) -> Markup {
    html! {
        ol.timeline {
            @for event in events {
                li class={ "event " (storylines::size(event.n_families)) } {
                    p.when {
                        @match (&event.time, &event.told) {
                            (Some(time), _) => (words(&when(time))),
                            (None, Some(told)) => { "told " (words(&when(told))) },
                            (None, None) => "time unknown",
                        }
                    }
                    div.card {
                        h3 dir="auto" {
                            a href={ "/events/" (event.id) } {
                                @match &event.headline {
                                    Some(h) if !h.text.trim().is_empty() => (words(&clip(h.text.trim(), N_HEADLINE))),
                                    _ => "Without a headline",
                                }
                            }
                        }
                        p.facts {
                            @if let Some(place) = &event.place { (words(place)) " · " }
                            (count(event.n_reports, "report", "reports"))
                            @if event.n_families < event.n_reports { " in " (count(event.n_families, "family", "families")) }
                            (tally(std::slice::from_ref(event)))
                        }
                        @if !event.actors.is_empty() {
                            p.actors { @for (i, who) in event.actors.iter().take(8).enumerate() { @if i > 0 { ", " } (words(who)) } }
                        }
                    }
                }
            }
        }
    }
}

/// Entries, of one standing or all.
pub fn entries(site: &Site, chosen: Option<Standing>, entries: &[EntryView], p: &Paging) -> Markup {
    html! {
        h1 { "Entries" }
        p.lede { "Claims that reports make, with their standing: who vouches for each, and where tellings differ." }
        nav.choice aria-label="Standing" {
            ul {
                li { a href="/entries" aria-current=[chosen.is_none().then_some("true")] { "all" } }
                @for standing in names::STANDINGS {
                    @let word = names::standing(standing);
                    li { a class={ "st " (word) } href={ "/entries?standing=" (word) } aria-current=[(chosen == Some(standing)).then_some("true")] { (word) } }
                }
            }
        }
        @if entries.is_empty() { p.left { "None." } }
        @for entry in entries { (draw::full(site, entry)) }
        (paging(p))
    }
}

/// Families, the largest first.
pub fn families(families: &[FamilyView], p: &Paging) -> Markup {
    html! {
        h1 { "Families" }
        p.lede { "Reports that were made from one another, read or lost." }
        @if families.is_empty() { p.left { "None yet." } }
        ol.list {
            @for family in families {
                li {
                    h3 dir="auto" { a href={ "/families/" (family.id) } { (words(&clip(root(family), N_HEADLINE))) } }
                    p.facts {
                        (count(family.reports.len(), "report", "reports"))
                        @if !family.lost.is_empty() { " · " (family.lost.len()) " lost" }
                        @if !family.variants.is_empty() { " · " (count(family.variants.len(), "variant", "variants")) }
                        @for (kind, n) in kinds(family) { " · " (n) " " (kind.to_lowercase()) }
                        @if !family.spun.is_empty() { " · " span.st.corrupted { (family.spun.len()) " spun" } }
                    }
                }
            }
        }
        (paging(p))
    }
}

/// What a family is called: the headline of the report that others were made from.
pub fn root(family: &FamilyView) -> &str {
    let made = |id| family.descents.iter().any(|d| d.child == id);
    let report = family.reports.iter().find(|r| !made(r.id)).or(family.reports.first());
    report.map_or("Without a report", |r| r.title.as_deref().unwrap_or(&r.file))
}

fn kinds(family: &FamilyView) -> BTreeMap<&'static str, usize> {
    let mut kinds = BTreeMap::new();
    for d in &family.descents {
        *kinds.entry(names::descent(d.kind)).or_insert(0) += 1;
    }
    kinds
}

/// Reports in a list, each with the sentence that has most of what was looked for.
pub fn found(site: &Site, found: &[FoundView]) -> Markup {
    html! {
        ol.list.found {
            @for report in found {
                li {
                    h3 dir="auto" { a href={ "/reports/" (report.id) } {
                        (words(&clip(report.title.as_deref().unwrap_or(&report.file), N_HEADLINE)))
                    } }
                    p.facts {
                        @if let Some(outlet) = &report.outlet { (words(outlet)) " · " }
                        @if let Some(published) = &report.published { (words(&when(published))) " · " }
                        (report.lang) " · " small { (words(&report.file)) }
                    }
                    @if let Some(sentence) = report.sentence.as_ref().filter(|s| !s.text.trim().is_empty()) {
                        p.claim dir="auto" lang=[(report.lang != "und").then_some(&report.lang)] {
                            a href=[site.to_words(sentence.report, sentence.span)] { (words(&clip(sentence.text.trim(), 320))) }
                        }
                    }
                }
            }
        }
    }
}

/// An outlet in a list: its name, reports, how many were made from others, from when to when.
pub struct OutletLine {
    /// Its name.
    pub name: String,
    /// Where its own page is.
    pub href: String,
    /// Its reports.
    pub reports: usize,
    /// How many of them were made from another, read or lost.
    pub descended: usize,
    /// The first and the last date.
    pub published: Option<(String, String)>,
}

/// Outlets, those of most reports first.
pub fn outlets(lines: &[OutletLine], p: &Paging) -> Markup {
    html! {
        h1 { "Outlets" }
        @if lines.is_empty() { p.left { "No report says who published it." } } @else {
            div.wide tabindex="0" role="group" aria-label="Outlets" { table.plain {
                thead { tr { th scope="col" { "outlet" } th scope="col" { "reports" } th scope="col" { "made from others" } th scope="col" { "published" } } }
                tbody {
                    @for o in lines {
                        tr {
                            th scope="row" { a href=(o.href) { (words(&o.name)) } }
                            td.number { (thousands(o.reports)) }
                            td.number { (percent(o.descended as f32 / o.reports.max(1) as f32)) }
                            td { (span(o.published.as_ref())) }
                        }
                    }
                }
            } }
        }
        (paging(p))
    }
}

/// From when to when.
pub fn span(published: Option<&(String, String)>) -> String {
    match published {
        Some((first, last)) if when(first) != when(last) => format!("{} – {}", when(first), when(last)),
        Some((first, _)) => when(first),
        None => "not dated".to_owned(),
    }
}
