//! Storylines, one chapter each: the timeline of its events, its entries, its families.

use super::leads::Leads;
use super::parts::{count, left_out, link, when};
use super::plan::{Chapter, Plan};
use super::text::words;
use super::{entries, families};
use crate::views::events::EventReport;
use crate::views::{ActorView, CardView, EventView};
use maud::{Markup, html};

/// Reports named on the card of an event; the rest are counted.
const N_REPORTS: usize = 40;
/// Actors named on the card of an event.
const N_ACTORS: usize = 8;

/// Draws all chapters.
pub fn storylines(plan: &Plan) -> Markup {
    html! {
        @for chapter in &plan.chapters {
            section.chapter id={ "s-" (chapter.id) } {
                p.label { "Storyline" }
                h2 dir="auto" { (words(headline(chapter))) }
                (timeline(plan, &chapter.events))
                (entries::entries(plan, &chapter.entries))
                (left_out(chapter.entries_left, "entry", "entries"))
                (families::families(plan, &chapter.families))
                (left_out(chapter.families_left, "family", "families"))
            }
        }
    }
}

/// What a storyline is called: the headline of its most told event.
pub fn headline(chapter: &Chapter) -> &str {
    let told = |e: &&EventView| (e.n_families, e.reports.len(), std::cmp::Reverse(e.id));
    let events = chapter
        .events
        .iter()
        .map(|c| &c.event)
        .filter(|e| e.headline.as_ref().is_some_and(|h| !h.text.trim().is_empty()));
    events.max_by_key(told).and_then(|e| e.headline.as_ref()).map_or("Without a headline", |h| &h.text)
}

/// Draws events in order of time.
fn timeline(leads: &dyn Leads, events: &[CardView]) -> Markup {
    html! {
        ol.timeline {
            @for event in events { (item(leads, event)) }
        }
    }
}

fn item(leads: &dyn Leads, card: &CardView) -> Markup {
    let event = &card.event;
    html! {
        li class={ "event " (size(event.n_families)) } id={ "v-" (event.id) } {
            p.when { @match &event.time { Some(time) => (words(&when(time))), None => "time unknown" } }
            div.card {
                h3 dir="auto" {
                    @if let Some(h) = &event.headline {
                        (link(leads.to_words(h.report, h.span), words(&h.text)))
                    } @else { "Without a headline" }
                }
                (told(leads, card))
            }
        }
    }
}

/// How large an event's mark on the timeline is: by its families, in five sizes.
pub fn size(n_families: usize) -> String {
    format!("n{}", (n_families.max(1).ilog2() + 1).min(5))
}

/// What a card says beside its headline and time.
pub fn told(leads: &dyn Leads, card: &CardView) -> Markup {
    html! {
        p.facts { (facts(card)) }
        @if !card.who.is_empty() {
            p.actors {
                @for (i, actor) in card.who.iter().take(N_ACTORS).enumerate() {
                    @if i > 0 { ", " } (who(actor))
                }
            }
        }
        (brief(leads, card))
        (tellers(leads, &card.event.reports))
    }
}

/// Where, and how many tell it, from when to when.
fn facts(card: &CardView) -> Markup {
    let event = &card.event;
    html! {
        @if let Some(place) = &event.place { span.place { (words(place)) } " · " }
        (count(event.reports.len(), "report", "reports"))
        @if event.n_families < event.reports.len() { " in " (count(event.n_families, "family", "families")) }
        @if card.n_origins > 0 { " · " (count(card.n_origins, "origin", "origins")) }
        @if card.languages.len() > 1 { " · " (card.languages.join(", ")) }
        @if let (Some(first), Some(last)) = (&card.first, &card.last) {
            " · told " (words(&when(&first.published)))
            @if first.published != last.published { " to " (words(&when(&last.published))) }
        }
    }
}

fn who(actor: &ActorView) -> Markup {
    html! {
        (words(&actor.name))
        @if let Some(role) = &actor.role { small dir="auto" { " (" (words(role.text.trim())) ")" } }
    }
}

/// The sentences that tell most of it, and what was said, each a link to where it stands.
fn brief(leads: &dyn Leads, card: &CardView) -> Markup {
    html! {
        @if !card.brief.is_empty() {
            p.brief dir="auto" {
                @for sentence in &card.brief {
                    (link(leads.to_words(sentence.report, sentence.span), words(sentence.text.trim()))) " "
                }
            }
        }
        @if !card.quotes.is_empty() {
            ul.said {
                @for said in &card.quotes {
                    li {
                        q dir="auto" { "“" (link(leads.to_words(said.words.report, said.words.span), words(&said.words.text))) "”" }
                        @if let Some(speaker) = &said.speaker { span.by { (words(speaker)) } }
                    }
                }
            }
        }
    }
}

fn tellers(leads: &dyn Leads, reports: &[EventReport]) -> Markup {
    html! {
        p.tellers {
            @for (i, report) in reports.iter().take(N_REPORTS).enumerate() {
                @if i > 0 { " " }
                (link(leads.to_report(report.id), words(&report.file)))
            }
            @if reports.len() > N_REPORTS { " and " (reports.len() - N_REPORTS) " more" }
        }
    }
}
