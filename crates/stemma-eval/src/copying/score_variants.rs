//! Places got wrong on purpose, and the variants given -> P, R and the likely originals.

use super::grow::damaged;
use super::pile::Pile;
use super::score::node;
use crate::engine::CodePoints;
use crate::measure::{Spans, share};
use crate::scores::Outcome;
use rustc_hash::FxHashMap;
use stemma::model::ReportId;
use stemma::trace::{Stemma, Variant, VariantKind};

/// A place got wrong, as the texts read have it.
struct Planted {
    kind: VariantKind,
    /// Member, where, and the word there.
    readings: Vec<(usize, Spans, String)>,
    /// The word of the base.
    original: String,
}

/// Puts P of the variants given, R of the places planted, and the share of those whose likely original is right.
pub(super) fn score(
    pile: &Pile,
    stemmas: &[Stemma],
    index: &FxHashMap<ReportId, usize>,
    explain: bool,
    outcome: &mut Outcome,
) {
    let planted = planted(pile);
    let told = |v: &&Variant| v.kind != VariantKind::Wording;
    let given: Vec<&Variant> = stemmas.iter().flat_map(|s| &s.variants).filter(told).collect();
    let spans: Vec<Vec<(usize, Spans)>> = given.iter().map(|v| places(pile, v, index)).collect();
    let (mut n_found, mut n_original) = (0, 0);
    for p in &planted {
        let holds = |v: &usize| kinds_fit(given[*v].kind, p.kind) && is_on(&spans[*v], p);
        let Some(v) = (0..given.len()).find(holds) else {
            if explain {
                let words: Vec<&str> = p.readings.iter().map(|r| r.2.as_str()).collect();
                outcome.explained.push(format!("variant missed: {:?} {} {words:?}", p.kind, p.original));
            }
            continue;
        };
        n_found += 1;
        let of = |id: &ReportId| {
            p.readings.iter().find(|r| Some(&r.0) == index.get(id)).is_none_or(|r| r.2 == p.original)
        };
        let likely = &given[v].likely_original;
        let right = !likely.is_empty() && likely.iter().all(of);
        n_original += usize::from(right);
        if explain && !right {
            let words: Vec<&str> = p.readings.iter().map(|r| r.2.as_str()).collect();
            outcome
                .explained
                .push(format!("variant's original: {} {words:?}: {}", p.original, given[v].reason));
        }
    }
    let right: Vec<bool> = spans.iter().map(|s| differs(pile, s)).collect();
    for (v, _) in given.iter().zip(&right).filter(|(_, right)| explain && !**right) {
        let words: Vec<&str> = v.readings.iter().map(|r| r.text.as_str()).collect();
        outcome.explained.push(format!("variant of no place: {:?} {words:?}", v.kind));
    }
    outcome.put("variants.p", share(right.iter().filter(|r| **r).count(), given.len()));
    outcome.put("variants.r", share(n_found, planted.len()));
    outcome.put("variants.original", share(n_original, n_found));
}

/// Places damaged that two of the texts read have in two ways.
fn planted(pile: &Pile) -> Vec<Planted> {
    let mut found = Vec::new();
    for (tree, nodes) in pile.trees.iter().enumerate() {
        let members: Vec<usize> = (0..pile.members.len())
            .filter(|i| pile.members[*i].tree == tree && pile.members[*i].node.is_some())
            .collect();
        for (at, kind) in damaged(nodes) {
            let readings: Vec<(usize, Spans, String)> =
                members.iter().filter_map(|&i| word(pile, i, at).map(|(s, w)| (i, s, w))).collect();
            let differs = readings.iter().any(|r| r.2 != readings[0].2);
            let word = |t: &super::text::Text| {
                t.sentences.iter().flat_map(|s| &s.words).find(|w| w.at == at).map(|w| w.text.clone())
            };
            // A version's words begin with it; everything else begins with the original.
            let original = nodes.iter().find_map(|n| word(&n.text));
            if let (true, Some(original)) = (differs, original) {
                found.push(Planted { kind, readings, original });
            }
        }
    }
    found
}

/// A member's word of a place in the base.
fn word(pile: &Pile, member: usize, at: u32) -> Option<(Spans, String)> {
    let node = node(pile, &pile.members[member])?;
    let word = node.text.sentences.iter().flat_map(|s| &s.words).find(|w| w.at == at)?;
    Some((pile.members[member].written.word(at)?.clone(), word.text.clone()))
}

fn places(pile: &Pile, v: &Variant, index: &FxHashMap<ReportId, usize>) -> Vec<(usize, Spans)> {
    let each = v.readings.iter().filter_map(|r| {
        let i = *index.get(&r.place.report)?;
        let member = &pile.members[i];
        Some((i, CodePoints::new(&member.analysis.report, &member.written.text).span(r.place.span)))
    });
    each.collect()
}

/// A date is often a number too.
fn kinds_fit(given: VariantKind, planted: VariantKind) -> bool {
    let number = |k| matches!(k, VariantKind::Number | VariantKind::Date);
    given == planted || number(given) && number(planted)
}

/// Whether a variant has two of the planted readings that differ.
fn is_on(spans: &[(usize, Spans)], planted: &Planted) -> bool {
    let stands = |r: &&(usize, Spans, String)| spans.iter().any(|s| s.0 == r.0 && s.1.overlaps(&r.1));
    let mut words: Vec<&str> = planted.readings.iter().filter(stands).map(|r| r.2.as_str()).collect();
    words.sort_unstable();
    words.dedup();
    words.len() > 1
}

/// Whether two of a variant's readings stand on one place of the base and have it differently there. Between
/// languages there is no place in common, and every pair is taken for right.
fn differs(pile: &Pile, spans: &[(usize, Spans)]) -> bool {
    let words: Vec<Vec<(u32, &str)>> = spans.iter().map(|(i, s)| covered(pile, *i, s)).collect();
    let lang = |k: usize| pile.members[spans[k].0].analysis.report.lang;
    (0..spans.len()).any(|i| {
        (0..i).any(|j| {
            lang(i) != lang(j)
                || words[i].iter().any(|x| words[j].iter().any(|y| x.0 == y.0 && x.1 != y.1))
                || words[i].is_empty() != words[j].is_empty()
        })
    })
}

fn covered<'p>(pile: &'p Pile, member: usize, span: &Spans) -> Vec<(u32, &'p str)> {
    let Some(node) = node(pile, &pile.members[member]) else { return Vec::new() };
    let written = &pile.members[member].written;
    let words = node.text.sentences.iter().flat_map(|s| &s.words);
    let inside = words.filter(|w| written.word(w.at).is_some_and(|s| s.overlaps(span)));
    inside.map(|w| (w.at, w.text.as_str())).collect()
}
