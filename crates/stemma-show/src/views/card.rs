//! An event's card: what is told of it at a glance, in words of its reports alone.
//!
//! A ledger and an event go in; headline, time, place, actors with their roles, quotations, a brief and
//! counts come out, every word with its span. Nothing is worded anew, and copies count once.

use super::brief::brief;
use super::events::{EventView, event};
use super::shared::{Quote, Range, ReportRef};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use stemma::Analysis;
use stemma::extract::statements::{Directness, Statement};
use stemma::group::Event;
use stemma::ledger::Lookup;
use stemma::model::{Place, ReportId, Span};
use stemma::reconcile::Origin;
use utoipa::ToSchema;

/// Quotations on a card.
const QUOTES: usize = 3;
/// Bytes of a quotation: a shorter one says little, a longer one is a speech.
const QUOTE_BYTES: std::ops::RangeInclusive<usize> = 25..=400;

/// One event, with all that its card says.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct CardView {
    /// The event as lists give it.
    #[serde(flatten)]
    pub event: EventView,
    /// Its actors, most told first, with the role that a report gives them.
    pub who: Vec<ActorView>,
    /// Where its tellings stop leading further back: speakers, agencies, roots of families.
    pub n_origins: usize,
    /// Languages of its reports, in order of the alphabet.
    pub languages: Vec<String>,
    /// The first dated telling.
    pub first: Option<TellingTime>,
    /// The last dated telling.
    pub last: Option<TellingTime>,
    /// What speakers said in their own words, one each, the most told first.
    pub quotes: Vec<SaidView>,
    /// At most five sentences that tell most of what several origins tell.
    pub brief: Vec<Quote>,
}

/// Someone in an event.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ActorView {
    /// The fullest name.
    pub name: String,
    /// The words for the role beside the name, in the earliest report that has them.
    pub role: Option<Quote>,
}

/// A telling and when it was published.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct TellingTime {
    /// The report.
    #[serde(flatten)]
    pub report: ReportRef,
    /// When it was published.
    pub published: String,
}

/// Words and who said them.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct SaidView {
    /// The speaker's fullest name in the report.
    pub speaker: Option<String>,
    /// The words.
    #[serde(flatten)]
    pub words: Quote,
}

/// The cards of some events, in the order given.
pub fn cards<'e>(ledger: &Lookup, events: impl IntoIterator<Item = &'e Event>) -> Vec<CardView> {
    events.into_iter().map(|e| card(ledger, e)).collect()
}

/// The card of an event.
pub fn card(ledger: &Lookup, told: &Event) -> CardView {
    let tellers = tellers(ledger, told);
    let origins: BTreeSet<&Origin> =
        ledger.entries_of_event(told.id).iter().flat_map(|e| &e.origins).collect();
    let mut dated: Vec<&Analysis> =
        tellers.iter().copied().filter(|a| a.report.published.is_some()).collect();
    dated.sort_by_key(|a| (a.report.published, a.report.id));
    let languages: BTreeSet<String> = tellers.iter().map(|a| a.report.lang.to_string()).collect();
    let brief = brief(ledger, told, &tellers);
    let mut quotes = quotes(ledger, told, &tellers);
    // What the brief has is said already.
    let within =
        |q: &SaidView| brief.iter().any(|b| b.report == q.words.report && holds(b.span, q.words.span));
    quotes.retain(|q| !within(q));
    quotes.truncate(QUOTES);
    CardView {
        event: event(ledger, told),
        who: told.actors.iter().map(|name| actor(ledger, &tellers, name)).collect(),
        n_origins: origins.len(),
        languages: languages.into_iter().filter(|l| !l.is_empty()).collect(),
        first: dated.first().and_then(|a| telling_time(ledger, a)),
        last: dated.last().and_then(|a| telling_time(ledger, a)),
        quotes,
        brief,
    }
}

/// The reports of an event, the one to trust for wording first: not spun, made from no other, then that with
/// the headline, which the engine chose so.
pub(super) fn tellers<'a>(ledger: &'a Lookup, event: &Event) -> Vec<&'a Analysis> {
    let mut tellers: Vec<&Analysis> = event.reports.iter().filter_map(|id| ledger.report(*id)).collect();
    tellers.sort_by_cached_key(|a| {
        let report = &a.report;
        let made = ledger.descent_of(report.id).is_some();
        let heads = event.headline.is_some_and(|h| h.report == report.id);
        (is_spun(ledger, report.id), made, !heads, report.published.is_none(), report.published, report.id)
    });
    tellers
}

/// Whether a report's wording looks swapped.
pub(super) fn is_spun(ledger: &Lookup, id: ReportId) -> bool {
    ledger.stemma_of(id).is_some_and(|s| s.spun.iter().any(|spun| spun.report == id))
}

/// The family of a report; its own number if it is in none.
pub(super) fn family_of(ledger: &Lookup, id: ReportId) -> u64 {
    ledger.stemma_of(id).map_or(id.0, |s| s.id.0)
}

fn telling_time(ledger: &Lookup, told: &Analysis) -> Option<TellingTime> {
    let published = told.report.published?.to_string();
    Some(TellingTime { report: ReportRef::of(ledger, told.report.id), published })
}

fn actor(ledger: &Lookup, tellers: &[&Analysis], name: &str) -> ActorView {
    let role = tellers.iter().find_map(|told| {
        let known = told.extracts.entities.iter().find(|e| e.canonical == name && !e.roles.is_empty())?;
        let span = known.roles.iter().max_by_key(|r| (r.len(), Reverse(r.start)))?;
        Some(Quote::of(ledger, Place::new(told.report.id, *span)))
    });
    ActorView { name: name.to_owned(), role }
}

/// One quotation of each speaker, those that most reports carry first.
fn quotes(ledger: &Lookup, event: &Event, tellers: &[&Analysis]) -> Vec<SaidView> {
    let mut told: BTreeMap<&str, usize> = BTreeMap::new();
    for speaker in tellers.iter().flat_map(|t| speakers(t)) {
        *told.entry(speaker).or_default() += 1;
    }
    let mut found: Vec<(Reverse<usize>, usize, SaidView)> = Vec::new();
    let mut heard: BTreeSet<&str> = BTreeSet::new();
    for (rank, teller) in tellers.iter().enumerate().filter(|(_, t)| !is_spun(ledger, t.report.id)) {
        for (speaker, span) in teller.extracts.statements.iter().filter_map(|s| own_words(teller, s)) {
            if heard.insert(speaker) {
                let place = Place::new(teller.report.id, span);
                let said = SaidView { speaker: Some(speaker.to_owned()), words: Quote::of(ledger, place) };
                let acting = usize::from(event.actors.iter().any(|a| a == speaker));
                found.push((Reverse(told.get(speaker).copied().unwrap_or(0) + acting), rank, said));
            }
        }
    }
    found.sort_by_key(|f| (f.0, f.1, f.2.words.span));
    found.into_iter().map(|f| f.2).collect()
}

fn holds(outer: Range, inner: Range) -> bool {
    outer[0] <= inner[0] && inner[1] <= outer[1]
}

/// Whom a report quotes, each once.
fn speakers(told: &Analysis) -> BTreeSet<&str> {
    told.extracts.statements.iter().filter_map(|s| s.speaker.as_deref()).collect()
}

/// A speaker's own words, where a statement has them and they are neither scrap nor speech.
fn own_words<'a>(told: &Analysis, statement: &'a Statement) -> Option<(&'a str, Span)> {
    let speaker = statement.speaker.as_deref()?;
    let [span] = statement.content[..] else { return None };
    let span = bare(told.report.words(span), span);
    let fits = statement.directness == Directness::Direct && QUOTE_BYTES.contains(&span.len());
    (fits && !told.report.words(span).contains('\n')).then_some((speaker, span))
}

/// A quotation without its marks, nor the comma before the last of them.
fn bare(text: &str, span: Span) -> Span {
    let mark = |c: char| c.is_whitespace() || "\"“”„«»‘’'「」『』,".contains(c);
    let start = span.start + (text.len() - text.trim_start_matches(mark).len()) as u32;
    Span { start, end: (span.end - (text.len() - text.trim_end_matches(mark).len()) as u32).max(start) }
}
