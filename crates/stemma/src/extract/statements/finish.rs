//! [`Draft`]s -> [`Statement`]s: speaker, chain, directness, stance. The same for rules and
//! tagger, and for every language.
//!
//! Drops what says the same twice; changes no run of words.

use super::draft::Draft;
use super::lexicon::{Class, List, Verb};
use super::near::Near;
use super::speakers::Speakers;
use super::words::Text;
use super::{Directness, Stance, Statement};
use crate::extract::Extracts;
use crate::model::Span;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Above this share of the shorter content, two drafts tell one content: one of them passes
/// the other on, or is wrong. As in the trial on PolNeAR (dev), where contents do not nest.
const SAME: f32 = 0.6;

/// Above this share of all their content, too, they tell one content.
const COMMON: f32 = 0.3;

/// A draft and those through whom it came, innermost first.
struct Chain {
    draft: Draft,
    through: Vec<Draft>,
}

/// The statements that drafts amount to, in order of content.
///
/// `hints` are drafts that are no statements of their own, but may say who passes one on.
pub(super) fn finish(text: &Text, drafts: Vec<Draft>, hints: &[Draft], found: &Extracts) -> Vec<Statement> {
    let mut speakers = Speakers::of(text, found);
    let mut chains = chains(text, drafts, &speakers);
    nest(text, &mut chains, hints, &speakers);
    chains.sort_by_key(|c| place(&c.draft));
    let mut statements: Vec<Statement> = chains.iter().map(|c| statement(text, c, &mut speakers)).collect();
    inherit(&mut statements);
    statements.sort_by_key(|s| (s.content.first().copied(), s.cue.first().copied()));
    statements
}

/// Who spoke to an outlet goes on speaking to it, until another way is named.
fn inherit(statements: &mut [Statement]) {
    let mut last: FxHashMap<String, usize> = FxHashMap::default();
    for i in 0..statements.len() {
        let (before, rest) = statements.split_at_mut(i);
        let own = &mut rest[0];
        let said = |speaker: Option<&String>| speaker.and_then(|s| last.get(s)).map(|i| &before[*i]);
        if let Some(last) = said(own.speaker.as_ref()).filter(|_| own.via.is_empty()) {
            own.via.clone_from(&last.via);
        }
        // What came through a speaker came the way that the speaker's own words came.
        let holds = |s: &&Statement| s.content.iter().any(|c| own.cue.iter().any(|o| c.contains(o)));
        if let Some(outer) = said(own.via.last()).filter(holds) {
            let further =
                outer.via.iter().filter(|v| !own.via.contains(v) && own.speaker.as_ref() != Some(v));
            let further: Vec<String> = further.cloned().collect();
            own.via.extend(further);
        }
        if let Some(speaker) = &own.speaker {
            last.insert(speaker.clone(), i);
        }
    }
}

/// Where a reader meets the speaker of a draft.
fn place(draft: &Draft) -> usize {
    draft.source.iter().chain(&draft.cue).map(|r| r.start).min().unwrap_or(0)
}

/// Settles drafts that claim the same content: the surest stays; one whose source passes on
/// what others say goes into its chain.
fn chains(text: &Text, mut drafts: Vec<Draft>, speakers: &Speakers) -> Vec<Chain> {
    drafts.retain(|d| !d.content.is_empty());
    drafts.sort_by(|a, b| {
        let outer = |d: &Draft| passes_on(text, d, speakers);
        (outer(a), b.score, place(a)).partial_cmp(&(outer(b), a.score, place(b))).expect("scores are numbers")
    });
    let near = Near::of(drafts.iter().map(Draft::reach));
    // Which kept chain a draft is the inner one of, by the place of the draft.
    let mut kept_as: Vec<Option<usize>> = vec![None; drafts.len()];
    let mut kept: Vec<Chain> = Vec::new();
    for (at, draft) in drafts.into_iter().enumerate() {
        let outer = passes_on(text, &draft, speakers);
        let known = near.touching(draft.reach()).filter_map(|i| kept_as[i]);
        let inner = known.filter(|k| same(&kept[*k].draft, &draft)).min();
        match inner.map(|k| &mut kept[k]) {
            Some(inner)
                if outer && !passes_on(text, &inner.draft, speakers) && outside(&draft, &inner.draft) =>
            {
                inner.through.push(draft);
            }
            Some(inner) if text.lexicon.frozen || outer || !nested(&inner.draft, &draft) => {}
            _ => {
                kept_as[at] = Some(kept.len());
                kept.push(Chain { draft, through: Vec::new() });
            }
        }
    }
    kept
}

/// A statement that stands in what another says came through that one; the outer content may have been
/// cut where the inner statement begins.
fn nest(text: &Text, chains: &mut [Chain], hints: &[Draft], speakers: &Speakers) {
    let mut places: Vec<(usize, usize)> =
        chains.iter().enumerate().map(|(i, c)| (place(&c.draft), i)).collect();
    places.sort_unstable();
    let inside = |outer: &Draft| -> Vec<usize> {
        let says =
            |inner: &Draft| !inner.content.iter().any(|r| r.contains(&place(outer))) && outside(outer, inner);
        let within = |run: &Range<usize>| {
            let from = places.partition_point(|p| p.0 < run.start);
            let to = places.partition_point(|p| p.0 < run.end).max(from);
            places[from..to].iter().map(|p| p.1)
        };
        outer.content.iter().flat_map(within).filter(|i| says(&chains[*i].draft)).collect()
    };
    let mut outer: Vec<Vec<Draft>> = vec![Vec::new(); chains.len()];
    for around in chains.iter().filter(|o| !o.draft.source.is_empty()) {
        for i in inside(&around.draft) {
            outer[i].extend(std::iter::once(&around.draft).chain(&around.through).cloned());
        }
    }
    for hint in hints.iter().filter(|h| !h.source.is_empty() && passes_on(text, h, speakers)) {
        for i in inside(hint) {
            if outer[i].is_empty() && chains[i].through.is_empty() {
                outer[i].push(hint.clone());
            }
        }
    }
    chains.iter_mut().zip(outer).for_each(|(inner, outer)| inner.through.extend(outer));
}

/// Whether two drafts tell one content.
pub(super) fn same(a: &Draft, b: &Draft) -> bool {
    let (ra, rb) = (a.reach(), b.reach());
    if ra.end <= rb.start || rb.end <= ra.start {
        return false;
    }
    let (n, m, shared) = (a.n_words(), b.n_words(), a.shared(b) as f32);
    shared > SAME * n.min(m).max(1) as f32 || shared > COMMON * ((n + m) as f32 - shared)
}

/// Whether one draft is what the other says somebody said: a statement of its own.
fn nested(a: &Draft, b: &Draft) -> bool {
    let says = |outer: &Draft, inner: &Draft| {
        let cue = inner.cue.first().map_or(0, |r| r.start);
        outer.content.iter().any(|r| r.contains(&cue)) && inner.n_words() < outer.n_words()
    };
    !a.source.is_empty() && !b.source.is_empty() && (says(a, b) || says(b, a))
}

/// Whether the source of `outer` is not part of what `inner` says.
fn outside(outer: &Draft, inner: &Draft) -> bool {
    let cue = outer.cue.first().map_or(0, |r| r.start);
    !inner.content.iter().any(|r| r.contains(&cue))
}

/// Whether a draft's source is one that passes on what others say, by its words or its name.
fn passes_on(text: &Text, draft: &Draft, speakers: &Speakers) -> bool {
    let words = || draft.source.iter().flat_map(Clone::clone);
    let phrase =
        draft.cue.first().is_some_and(|c| text.lexicon.according.iter().any(|p| p[0] == text.lower(c.start)));
    words().any(|i| text.lexicon.role(text.lower(i)).media)
        || draft.source.iter().any(|r| speakers.is_agency(text.span(r)))
        || phrase && !draft.source.is_empty()
}

fn statement(text: &Text, chain: &Chain, speakers: &mut Speakers) -> Statement {
    let spans = |runs: &[Range<usize>]| -> Vec<Span> { runs.iter().map(|r| text.span(r)).collect() };
    let draft = &chain.draft;
    let directness = directness(text, draft);
    let speaker = match draft.source.first() {
        None if text.lexicon.drops_subject && directness == Directness::Direct => {
            speakers.unnamed(place(draft))
        }
        source => speakers.speaker(source),
    };
    let via = via(text, chain, speakers, speaker.as_ref());
    Statement {
        source: spans(&draft.source),
        cue: spans(&draft.cue),
        content: spans(&draft.content),
        speaker,
        via,
        directness,
        stance: stance(text, draft),
    }
}

/// How far behind a cue the outlet that was told may stand, in words.
const HEARER: usize = 12;

/// How far behind a source the words may stand that say who quotes it: `quoted by the agency Y`.
const CITED: usize = 8;

/// Through whom a draft came: the outlet that was told, then those that pass it on.
fn via(text: &Text, chain: &Chain, speakers: &mut Speakers, speaker: Option<&String>) -> Vec<String> {
    let draft = &chain.draft;
    let after = draft.cue.last().map_or(0, |r| r.end);
    let ends = draft.content.iter().chain(&draft.source).map(|r| r.start).filter(|s| *s >= after);
    let sentence = text.sentence_of(after - 1).end;
    let end = ends.min().unwrap_or(sentence).min(sentence).min(after + HEARER);
    let told = speakers.outlet(after..end.max(after)).or_else(|| {
        // `said X to the agency Y`: behind a source that follows its cue.
        let source = draft.source.first().filter(|s| s.start >= after)?;
        let next = draft.content.iter().map(|r| r.start).find(|s| *s >= source.end).unwrap_or(sentence);
        let end = next.min(text.sentence_of(source.start).end).min(source.end + HEARER);
        speakers.outlet(source.end..end.max(source.end))
    });
    // `X, quoted by the agency Y, said`.
    let cited = draft.source.first().and_then(|s| {
        let stretch = s.start..after.max((s.end + CITED).min(text.sentence_of(s.start).end));
        let at = stretch.clone().find(|i| text.lexicon.is(List::Cited, text.lower(*i)))?;
        speakers.outlet(at..stretch.end)
    });
    let mut via: Vec<String> = Vec::new();
    let passed = chain.through.iter().map(|outer| speakers.speaker(outer.source.first()));
    for name in [told, cited].into_iter().chain(passed).flatten() {
        if Some(&name) != speaker && !via.contains(&name) {
            via.push(name);
        }
    }
    via
}

/// From this share of its words in quotation marks on, a content is direct: a lone `that`
/// or an adverb before the quotation does not change whose words it is.
const DIRECT: f32 = 0.9;

fn directness(text: &Text, draft: &Draft) -> Directness {
    let words = || draft.content.iter().flat_map(Clone::clone).filter(|i| text.class(*i) != Class::Mark);
    let quoted = words().filter(|i| text.quoted(*i)).count();
    match quoted as f32 / words().count().max(1) as f32 {
        share if share >= DIRECT => Directness::Direct,
        share if share > 0.0 => Directness::Mixed,
        _ => Directness::Indirect,
    }
}

fn stance(text: &Text, draft: &Draft) -> Stance {
    let cue = || draft.cue.iter().flat_map(Clone::clone);
    let verb = |v: Verb| cue().any(|i| text.lexicon.verb(text.lower(i)) == Some(v));
    let nobody = draft.source.first().is_some_and(|r| text.class(r.start) == Class::Negation);
    let negated = nobody || cue().any(|i| text.class(i) == Class::Negation);
    let withheld = verb(Verb::Withhold) && cue().any(|i| text.lexicon.is(List::Withheld, text.lower(i)));
    match (withheld, verb(Verb::Deny), negated) {
        (true, _, _) | (_, true, true) => Stance::Withheld,
        (_, true, false) | (_, false, true) => Stance::Denied,
        _ => Stance::Asserted,
    }
}
