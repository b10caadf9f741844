//! Aligned sentences -> differing denials and wording.
//!
//! In one language the tokens are aligned and short replacements looked at; across languages only
//! denials can be compared.

use super::{Difference, Reading, Sides, names};
use crate::Analysis;
use crate::compare::fold::fold;
use crate::model::Span;
use crate::segment::{Token, TokenKind};
use crate::trace::VariantKind;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;
use std::sync::LazyLock;

/// Words on each side of a replacement, at most, to count as one word swapped for another.
const SWAP: usize = 3;
/// Share of words kept that a sentence needs for a swap to be told from a rewrite.
const KEPT: f32 = 0.8;
/// The same where one report is spun: there every sentence is swapped through.
const KEPT_SPUN: f32 = 0.2;
/// Cosine from which two wordings mean the same. At .45, .50 and .55 the example stories' variants are found in
/// .727, .752 and .761 of cases, and of all variants told .274, .260 and .255 are in their truths, which are not
/// complete. Moves with the word vectors.
const SYNONYM: f32 = 0.5;

/// What denies in a language.
struct Negators {
    words: FxHashSet<&'static str>,
    /// Behind `no`, words with which it bounds a number and denies nothing: `no less than`.
    bounds: FxHashSet<&'static str>,
}

static NEGATORS: LazyLock<FxHashMap<&'static str, Negators>> = LazyLock::new(|| {
    let set = |words: &'static str| words.split(' ').filter(|w| !w.is_empty()).collect();
    let rows = include_str!("negators.tsv").lines().filter(|l| !l.starts_with('#'));
    rows.filter_map(|row| {
        let mut fields = row.split('\t');
        let (lang, words) = (fields.next()?, fields.next()?);
        Some((lang, Negators { words: set(words), bounds: set(fields.next().unwrap_or("")) }))
    })
    .collect()
});

pub(super) fn differences(sides: &Sides, values: &[Difference]) -> Vec<Difference> {
    let across = sides.a.report.lang != sides.b.report.lang;
    let mut found = negation(sides).into_iter().collect::<Vec<_>>();
    found.extend(names::differences(sides));
    if !across {
        let taken = |d: &Difference| {
            let of = |k: &Difference| k.a.span.overlaps(&d.a.span) || k.b.span.overlaps(&d.b.span);
            values.iter().any(of) || found.iter().any(|k| k.kind == VariantKind::Name && of(k))
        };
        let wording: Vec<Difference> = wording(sides).into_iter().filter(|d| !taken(d)).collect();
        found.extend(wording);
    }
    found
}

/// Words and numbers inside a span.
pub(in crate::trace) fn tokens(report: &Analysis, within: Span) -> Vec<Token> {
    let from = report.segments.token_from(within.start);
    let inside = report.segments.tokens[from..].iter().take_while(|t| t.span.end <= within.end);
    inside.filter(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number)).copied().collect()
}

/// Denied on one side only.
fn negation(sides: &Sides) -> Option<Difference> {
    let denials = |report: &Analysis, span: Span| -> Option<Vec<Span>> {
        let table = NEGATORS.get(report.report.lang.code())?;
        let words = tokens(report, span);
        let bounds = |t: Option<&Token>| {
            t.is_some_and(|t| table.bounds.contains(report.report.words(t.span).to_lowercase().as_str()))
        };
        let each = words.iter().enumerate().filter(|(i, t)| {
            is_denial(&table.words, report.report.words(t.span)) && !bounds(words.get(i + 1))
        });
        Some(each.map(|(_, t)| t.span).collect())
    };
    let (x, y) = (denials(sides.a, sides.at.a)?, denials(sides.b, sides.at.b)?);
    let (Some(first), true) = (x.first().or(y.first()), x.is_empty() != y.is_empty()) else { return None };
    let (a, b) = if sides.a.report.lang == sides.b.report.lang {
        let denied_in_a = y.is_empty();
        let (own, other) = if denied_in_a { (sides.a, sides.b) } else { (sides.b, sides.a) };
        let (within, there) = if denied_in_a { (sides.at.a, sides.at.b) } else { (sides.at.b, sides.at.a) };
        let (near, counterpart) = around((own, within, *first), (other, there))?;
        if denied_in_a { (near, counterpart) } else { (counterpart, near) }
    } else {
        (sides.at.a, sides.at.b)
    };
    let key = |none: bool| if none { "said" } else { "denied" }.to_owned();
    Some(Difference {
        kind: VariantKind::Negation,
        a: Reading { span: a, key: key(x.is_empty()) },
        b: Reading { span: b, key: key(y.is_empty()) },
    })
}

fn is_denial(table: &FxHashSet<&str>, word: &str) -> bool {
    let lower = word.to_lowercase().replace('\u{2019}', "'");
    table.contains(lower.as_str())
}

/// A denial with the words beside it, and what the other side has between the same words. None if
/// the sentences are too unlike there to tell.
fn around(own: (&Analysis, Span, Span), other: (&Analysis, Span)) -> Option<(Span, Span)> {
    let x = tokens(own.0, own.1);
    let y = tokens(other.0, other.1);
    let at = x.iter().position(|t| t.span == own.2)?;
    let map = kept(own.0, &x, other.0, &y);
    let before = (at.saturating_sub(4)..at).rev().find(|i| map[*i].is_some());
    let after = (at + 1..(at + 5).min(x.len())).find(|i| map[*i].is_some());
    let (from, to) = (before.or(after)?, after.or(before)?);
    let (first, last) = (map[from]?, map[to]?);
    let near = x[from.min(at)].span.cover(&x[to.max(at)].span);
    Some((near, y[first.min(last)].span.cover(&y[first.max(last)].span)))
}

/// For each token of `x`, the token of `y` that it is kept as.
pub(in crate::trace) fn kept(a: &Analysis, x: &[Token], b: &Analysis, y: &[Token]) -> Vec<Option<usize>> {
    let words =
        |r: &Analysis, t: &[Token]| t.iter().map(|t| fold(r.report.words(t.span))).collect::<Vec<_>>();
    let mut map = vec![None; x.len()];
    for op in similar::capture_diff_slices(similar::Algorithm::Myers, &words(a, x), &words(b, y)) {
        if let similar::DiffOp::Equal { old_index, new_index, len } = op {
            (0..len).for_each(|k| map[old_index + k] = Some(new_index + k));
        }
    }
    map
}

/// Short replacements between kept words, that do not mean the same.
fn wording(sides: &Sides) -> Vec<Difference> {
    let (x, y) = (tokens(sides.a, sides.at.a), tokens(sides.b, sides.at.b));
    let words =
        |r: &Analysis, t: &[Token]| t.iter().map(|t| fold(r.report.words(t.span))).collect::<Vec<_>>();
    let (p, q) = (words(sides.a, &x), words(sides.b, &y));
    let ops = similar::capture_diff_slices(similar::Algorithm::Myers, &p, &q);
    let equal: usize =
        ops.iter().map(|op| if let similar::DiffOp::Equal { len, .. } = op { *len } else { 0 }).sum();
    let bar = if sides.swapped { KEPT_SPUN } else { KEPT };
    if (2 * equal) as f32 <= bar * (p.len() + q.len()) as f32 {
        return Vec::new();
    }
    let mut found = Vec::new();
    for op in ops {
        let similar::DiffOp::Replace { old_index, old_len, new_index, new_len } = op else { continue };
        let (i, j) = (old_index..old_index + old_len, new_index..new_index + new_len);
        if old_len > SWAP || new_len > SWAP || means_alike(sides, (&p[i.clone()], &q[j.clone()])) {
            continue;
        }
        let span = |t: &[Token], r: Range<usize>| t[r.start].span.cover(&t[r.end - 1].span);
        found.push(Difference {
            kind: VariantKind::Wording,
            a: Reading { span: span(&x, i.clone()), key: p[i].join(" ") },
            b: Reading { span: span(&y, j.clone()), key: q[j].join(" ") },
        });
    }
    found
}

/// Whether two wordings differ in form only, or mean the same, or say nothing.
fn means_alike(sides: &Sides, (p, q): (&[String], &[String])) -> bool {
    let content = |words: &[String]| words.iter().any(|w| w.chars().count() > 3);
    if !content(p) || !content(q) {
        return true;
    }
    let (p, q) = (p.join(" "), q.join(" "));
    let start = p.chars().zip(q.chars()).take_while(|(x, y)| x == y).count();
    if start >= 4 && start * 2 >= p.chars().count().min(q.chars().count()) {
        return true;
    }
    let lang = sides.a.report.lang.is_known().then(|| sides.a.report.lang.code());
    let table = stemma_words::table();
    table.vector(&p, lang).cosine(&table.vector(&q, lang)) >= SYNONYM
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn negators_load() {
        assert!(NEGATORS.len() >= 10);
        assert!(is_denial(&NEGATORS["en"].words, "didn\u{2019}t"));
        assert!(!is_denial(&NEGATORS["en"].words, "now"));
        assert!(NEGATORS["en"].bounds.contains("less"));
    }
}
