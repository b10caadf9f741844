//! Entries by standing: the claim's words, why it stands so, and its readings side by side.

use super::leads::Leads;
use super::parts::{count, link, value as value_words};
use super::text::{shown, words};
use crate::views::names::{self, STANDINGS};
use crate::views::shared::sentence_of;
use crate::views::{EntryView, Range, ReadingView};
use maud::{Markup, html};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use stemma::model::{Place, ReportId, Span};
use stemma::reconcile::{OriginKind, Standing};

/// Words shorter than this, in bytes, are shown within their sentence: a bare number says little.
const BARE: usize = 28;
/// Bytes of the sentence shown on each side of bare words.
const CONTEXT: usize = 70;
/// Tellings listed under one reading; the rest are counted.
const N_TELLINGS: usize = 24;

/// Draws entries by standing; those told once are folded away.
pub fn entries(leads: &dyn Leads, entries: &[EntryView]) -> Markup {
    html! {
        @if !entries.is_empty() { h3.part { "Entries" } }
        @for standing in STANDINGS {
            @let of: Vec<_> = entries.iter().filter(|e| e.standing == standing).collect();
            @if standing == Standing::Single && !of.is_empty() {
                details.singles {
                    summary { (label(standing)) " " (count(of.len(), "entry", "entries")) " told once" }
                    @for entry in of { (single(leads, entry)) }
                }
            } @else {
                @for entry in of { (full(leads, entry)) }
            }
        }
    }
}

/// The word for a standing, in its colour.
pub fn label(standing: Standing) -> Markup {
    html! { span class={ "st " (names::standing(standing)) } { (names::standing(standing)) } }
}

/// Draws one with its readings side by side.
pub fn full(leads: &dyn Leads, entry: &EntryView) -> Markup {
    html! {
        article class={ "entry " (names::standing(entry.standing)) } id={ "e-" (entry.id) } {
            p.head {
                (label(entry.standing)) " "
                small {
                    (count(entry.origins.len(), "origin", "origins")) ", "
                    (count(entry.readings.len(), "reading", "readings"))
                }
            }
            (claim(leads, entry))
            (inside(leads, entry))
        }
    }
}

/// Why an entry stands as it does, and its readings side by side.
pub fn inside(leads: &dyn Leads, entry: &EntryView) -> Markup {
    html! {
        @if !entry.reason.is_empty() { p.why { (shown(&entry.reason)) } }
        @if !entry.origins.iter().all(|name| entry.reason.contains(name)) { (origins(entry)) }
        @match alike(leads, entry) {
            Some(readings) => p.by { (tellers(leads, &readings)) @if let Some(value) = &readings[0].value { " · " span.value { (words(&value_words(value))) } } },
            None => (sides(leads, entry)),
        }
    }
}

/// Draws one that was told once.
pub fn single(leads: &dyn Leads, entry: &EntryView) -> Markup {
    html! {
        article.entry.single id={ "e-" (entry.id) } {
            (claim(leads, entry))
            p.by {
                @for reading in &entry.readings {
                    (link(leads.to_words(reading.report, reading.span), words(&reading.file)))
                    @if let Some(origin) = reading.origin.as_ref().filter(|o| **o != reading.file) {
                        " · " (words(origin))
                    }
                    (via(reading))
                    @if let Some(value) = &reading.value { " · " span.value { (words(&value_words(value))) } }
                    " "
                }
            }
        }
    }
}

fn claim(leads: &dyn Leads, entry: &EntryView) -> Markup {
    let at = &entry.claim_at;
    let words = in_context(leads, at.report, at.span, &entry.claim);
    html! { p.claim dir="auto" { (link(leads.to_words(at.report, at.span), words)) } }
}

fn origins(entry: &EntryView) -> Markup {
    html! {
        p.origins {
            @for (i, origin) in entry.origin_kinds.iter().enumerate() {
                @if i > 0 { ", " }
                span.origin title=(kind(origin.kind)) { (words(&origin.name)) }
                @if origin.kind == OriginKind::Agency { small { " agency" } }
            }
        }
    }
}

fn kind(kind: OriginKind) -> &'static str {
    match kind {
        OriginKind::Speaker => "a speaker",
        OriginKind::Agency => "an agency or outlet",
        OriginKind::Report => "a report's own word",
    }
}

/// One side for each value, the most told first.
fn sides(leads: &dyn Leads, entry: &EntryView) -> Markup {
    let mut sides: BTreeMap<(Option<&str>, bool), Vec<&ReadingView>> = BTreeMap::new();
    for reading in &entry.readings {
        sides.entry((reading.value.as_deref(), reading.negated)).or_default().push(reading);
    }
    let mut sides: Vec<_> = sides.into_iter().collect();
    let mixed = sides.iter().any(|(side, _)| side.1) && sides.iter().any(|(side, _)| !side.1);
    sides.sort_by_key(|(value, readings)| (Reverse(readings.len()), *value));
    html! {
        div.sides {
            @for ((value, negated), readings) in &sides {
                section.side {
                    @if value.is_some() || sides.len() > 1 {
                        p.value {
                            @if *negated && mixed { span.neg { "denied " } }
                            @match value {
                                Some(text) => (words(&value_words(text))),
                                None if *negated && mixed => {},
                                None if mixed => span.neg { "said" },
                                None => span.bare { "in words" },
                            }
                        }
                    }
                    (tellings(leads, readings))
                }
            }
        }
    }
}

/// The readings of one side in groups of the same words, origin and way; with the words as HTML.
fn groups<'e>(leads: &dyn Leads, readings: &[&'e ReadingView]) -> Vec<(String, Vec<&'e ReadingView>)> {
    let mut groups: Vec<(String, Vec<&ReadingView>)> = Vec::new();
    let mut place: BTreeMap<(String, Option<&str>, &[String]), usize> = BTreeMap::new();
    for reading in readings {
        let words = in_context(leads, reading.report, reading.span, &reading.text);
        let key = (words.0.clone(), reading.origin.as_deref(), reading.via.as_slice());
        let at = *place.entry(key).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.1.push(reading),
            None => groups.push((words.0, vec![reading])),
        }
    }
    groups
}

fn tellings(leads: &dyn Leads, readings: &[&ReadingView]) -> Markup {
    let groups = groups(leads, readings);
    html! {
        ul {
            @for (words, readings) in groups.iter().take(N_TELLINGS) { (telling(leads, words, readings)) }
            @if groups.len() > N_TELLINGS { li.left { (groups.len() - N_TELLINGS) " more not shown here" } }
        }
    }
}

/// The readings of an entry whose tellings all have the claim's own words: no need to repeat those.
fn alike<'e>(leads: &dyn Leads, entry: &'e EntryView) -> Option<Vec<&'e ReadingView>> {
    let first = entry.readings.first()?;
    let same =
        |r: &ReadingView| r.text == entry.claim && (&r.value, r.negated) == (&first.value, first.negated);
    let readings: Vec<&ReadingView> = entry.readings.iter().filter(|r| same(r)).collect();
    let whole = readings.len() == entry.readings.len() && groups(leads, &readings).len() == 1;
    whole.then_some(readings)
}

fn telling(leads: &dyn Leads, html: &str, readings: &[&ReadingView]) -> Markup {
    let first = readings[0];
    html! {
        li {
            q dir="auto" { (link(leads.to_words(first.report, first.span), maud::PreEscaped(html.to_owned()))) }
            span.by { (tellers(leads, readings)) }
        }
    }
}

/// Which reports have the same words, and from whom.
fn tellers(leads: &dyn Leads, readings: &[&ReadingView]) -> Markup {
    let first = readings[0];
    html! {
        @for reading in readings.iter().take(N_TELLINGS) {
            " " (link(leads.to_words(reading.report, reading.span), words(&reading.file)))
        }
        @if readings.len() > N_TELLINGS { " and " (readings.len() - N_TELLINGS) " more" }
        @if let Some(origin) = first.origin.as_ref().filter(|o| **o != first.file) {
            " · " (words(origin))
        }
        (via(first))
    }
}

fn via(reading: &ReadingView) -> Markup {
    html! {
        @if !reading.via.is_empty() {
            " via " @for (i, name) in reading.via.iter().enumerate() { @if i > 0 { " → " } (words(name)) }
        }
    }
}

/// Words of a report as HTML; bare ones within their sentence.
fn in_context(leads: &dyn Leads, report: ReportId, range: Range, text: &str) -> Markup {
    let span = Span { start: range[0], end: range[1] };
    if text.len() >= BARE || span.is_empty() {
        return shown(text);
    }
    let sentence = sentence_of(leads.ledger(), Place::new(report, span));
    let at = (span.start - sentence.span[0]) as usize;
    let (Some(before), Some(after)) = (sentence.text.get(..at), sentence.text.get(at + span.len()..)) else {
        return shown(text);
    };
    let from = before.ceil_char_boundary(before.len().saturating_sub(CONTEXT));
    let to = after.floor_char_boundary(CONTEXT.min(after.len()));
    html! {
        @if from > 0 { "…" }
        (shown(&before[word_start(before, from)..])) b { (shown(text)) } (shown(&after[..word_end(after, to)]))
        @if to < after.len() { "…" }
    }
}

/// The first beginning of a word at or after `from`.
fn word_start(text: &str, from: usize) -> usize {
    if from == 0 { 0 } else { text[from..].find(char::is_whitespace).map_or(from, |i| from + i) }
}

/// The last end of a word at or before `to`.
fn word_end(text: &str, to: usize) -> usize {
    if to == text.len() { to } else { text[..to].rfind(char::is_whitespace).unwrap_or(to) }
}
