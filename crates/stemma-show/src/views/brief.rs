//! A brief: at most five sentences of an event's reports that tell most of it.
//!
//! The best telling's lead comes first; then sentences are chosen one by one, each for what it adds: claims, weighed by the origins that tell
//! them, and actors (maximal coverage; Filatova & Hatzivassiloglou 2004). Only reports in the language of
//! the headline that are not spun speak, and a sentence that says what a chosen one says is passed over.

use super::card::{family_of, is_spun};
use super::shared::Quote;
use std::collections::{BTreeMap, BTreeSet};
use stemma::Analysis;
use stemma::group::Event;
use stemma::ledger::Lookup;
use stemma::model::{EntryId, Place, Span};
use stemma::reconcile::Standing;
use stemma::segment::TokenKind;

/// Sentences of a brief.
const SENTENCES: usize = 5;
/// Sentences of one report that may speak: what news puts last is background.
const DEPTH: usize = 25;
/// Tokens of a sentence: below it is a scrap or a heading, above it is glued or a list.
const TOKENS: std::ops::RangeInclusive<usize> = 10..=70;
/// From this share of a sentence's words in a chosen one, it says the same.
const SAME: f32 = 0.5;

/// A sentence that may speak.
struct Candidate {
    place: Place,
    family: u64,
    /// Place in the report, from 0.
    n: usize,
    words: BTreeSet<String>,
    claims: BTreeSet<EntryId>,
    names: BTreeSet<String>,
}

/// Chooses the sentences; in the order of the reports, best report first, then of the text.
pub(super) fn brief(ledger: &Lookup, event: &Event, tellers: &[&Analysis]) -> Vec<Quote> {
    let weights = weights(ledger, event);
    let lang = tellers.first().map(|t| t.report.lang);
    let speaking = tellers.iter().filter(|t| Some(t.report.lang) == lang && !is_spun(ledger, t.report.id));
    let mut seen = BTreeSet::new();
    let mut candidates: Vec<Candidate> = Vec::new();
    for told in speaking {
        // The best telling of each family speaks for it: what a copy adds was not there before.
        if seen.insert(family_of(ledger, told.report.id)) {
            candidates.extend(sentences(ledger, event, told, &weights));
        }
    }
    let chosen = choose(&candidates, &weights);
    chosen.into_iter().map(|i| Quote::of(ledger, candidates[i].place)).collect()
}

/// How many origins tell each claim of an event; claims that copying made are worth nothing.
fn weights(ledger: &Lookup, event: &Event) -> BTreeMap<EntryId, f32> {
    let told = ledger.entries_of_event(event.id).iter().filter(|e| e.standing != Standing::Corrupted);
    told.map(|e| (e.id, (1.0 + e.origins.len() as f32).ln() + (e.readings.len() as f32).ln())).collect()
}

fn sentences(
    ledger: &Lookup,
    event: &Event,
    told: &Analysis,
    weights: &BTreeMap<EntryId, f32>,
) -> Vec<Candidate> {
    let (report, segments) = (&told.report, &told.segments);
    let headline = report.headline.map_or(0, |h| h.end);
    let readings: Vec<(EntryId, Span)> = (ledger.entries_of(report.id).iter())
        .filter(|e| weights.contains_key(&e.id))
        .flat_map(|e| e.readings.iter().filter(|r| r.place.report == report.id).map(|r| (e.id, r.place.span)))
        .collect();
    let body = segments.sentences.iter().filter(|s| s.span.start >= headline);
    let fit = |(n, sentence): (usize, &stemma::segment::Sentence)| {
        let tokens = segments.tokens_of(sentence);
        let text = sentence.span.of(&report.body);
        if !TOKENS.contains(&tokens.len()) || text.contains('\n') || !ends(text) {
            return None;
        }
        let words = tokens.iter().filter(|t| t.kind != TokenKind::Mark);
        Some(Candidate {
            place: Place::new(report.id, sentence.span),
            family: family_of(ledger, report.id),
            n,
            words: words.map(|t| t.span.of(&report.body).to_lowercase()).collect(),
            claims: readings.iter().filter(|r| r.1.overlaps(&sentence.span)).map(|r| r.0).collect(),
            names: event.actors.iter().filter(|a| text.contains(a.as_str())).cloned().collect(),
        })
    };
    body.take(DEPTH).enumerate().filter_map(fit).collect()
}

/// Whether a text closes as a sentence does.
fn ends(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '”', '»', '’', '\'', ')', '」', ' ']);
    text.ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '।'])
}

/// Takes the best sentence again and again, then sets them in reading order.
fn choose(candidates: &[Candidate], weights: &BTreeMap<EntryId, f32>) -> Vec<usize> {
    let mut chosen: Vec<usize> = Vec::new();
    let mut claims: BTreeSet<EntryId> = BTreeSet::new();
    let mut names: BTreeSet<&str> = BTreeSet::new();
    while chosen.len() < SENTENCES {
        let gain = |c: &Candidate| {
            let told: f32 = c.claims.difference(&claims).filter_map(|id| weights.get(id)).sum();
            let named = c.names.iter().filter(|n| !names.contains(n.as_str())).count() as f32;
            (told + 0.3 * named) / ((1.0 + 0.1 * c.n as f32) * (c.words.len() as f32).sqrt())
        };
        let open =
            (0..candidates.len()).filter(|i| chosen.iter().all(|j| !same(&candidates[*i], &candidates[*j])));
        let best = if chosen.is_empty() {
            Some((1.0, 0)).filter(|_| !candidates.is_empty())
        } else {
            open.map(|i| (gain(&candidates[i]), i)).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))
        };
        let Some((_, best)) = best.filter(|b| b.0 > 0.0) else { break };
        claims.extend(&candidates[best].claims);
        names.extend(candidates[best].names.iter().map(String::as_str));
        chosen.push(best);
    }
    chosen.sort_unstable();
    chosen
}

/// Whether two sentences say the same: in half of their words or, in one family, in a claim.
fn same(a: &Candidate, b: &Candidate) -> bool {
    let shared = a.words.intersection(&b.words).count() as f32;
    shared >= SAME * a.words.len().min(b.words.len()) as f32
        || a.family == b.family && !a.claims.is_empty() && a.claims.is_subset(&b.claims)
}
