//! Pairs of a family -> [`Tree`]: each report's parent, or that its parent is lost.
//!
//! Every possible descent has a cost: what of the child its parent cannot explain, and what
//! speaks against the direction (time, credits, completeness, damage, language). A lost original,
//! whole and undamaged, may be the parent of any report at a fixed price. The arborescence of least
//! total cost, rooted at the lost original, is the stemma; if only one report descends from it,
//! that report is the root and nothing is lost. See docs/decisions for the literature.

use super::arborescence::{Link, arborescence};
use super::pair::Pair;
use crate::Analysis;
use crate::model::Lang;
use std::cmp::Ordering;

/// What a second child of a lost report costs. Direct descents that fit cost 0.3 to 2; one thing
/// that speaks plainly against a direction costs 3. So a lost report needs plain evidence.
const LOST: f32 = 3.0;
/// For each part of the child (0..=1) that its parent does not have.
const UNEXPLAINED: f32 = 4.0;
/// For each part of the parent that the child does not have.
const LEFT_OUT: f32 = 0.8;
/// For wording that is not kept (share of words outside identical sentences).
const REWORDED: f32 = 1.2;
/// For keeping no sentence whole, though not spun: editors leave sentences as they were, while
/// two translations of one text, or a translation back, have hardly any in common.
const ANEW: f32 = 1.2;
/// Share of the aligned words in sentences kept whole from which that is no longer said.
const KEPT_WHOLE: f32 = 0.2;
/// A translation keeps no words; this stands for its wording.
const TRANSLATED: f32 = 0.8;
/// A child published before its parent.
const BEFORE: f32 = 9.0;
/// The parent is spun and the child is not: a spun text cannot be unspun.
const UNSPUN: f32 = 5.0;
/// The child is spun and in another language: spinning works within a language.
const SPUN_ACROSS: f32 = 4.0;
/// Quotation marks that the child has and the parent lacks, for each part of the aligned words.
const QUOTES: f32 = 4.0;
/// The child credits somebody and the parent does not.
const CREDIT_GAINED: f32 = 0.8;
/// The child credits the parent's outlet.
const CREDITS_PARENT: f32 = 2.0;
/// Small signs: dateline, glued sentences, a date.
const SIGN: f32 = 0.25;
/// For each independent version in the parent's language less those in the child's, up to three:
/// one text is translated by many, not many into one.
const TARGET: f32 = 0.35;

/// Across languages a gap in the alignment is as often a failure to see as a loss.
const ACROSS_SEEN: f32 = 0.6;
/// What sentences run together say of damage, at four and more: a sign of the same machines, and weaker.
const GLUED: f32 = 0.6;

impl Member<'_> {
    /// How surely the text is broken in a way that its children would keep, 0..=1.
    fn damage(&self) -> f32 {
        let glued = self.analysis.report.glued.len().min(4) as f32 / 4.0;
        self.spun.max(GLUED * glued)
    }
}

/// What of a member matters to direction.
pub(super) struct Member<'r> {
    pub(super) analysis: &'r Analysis,
    /// Probability that its wording is spun.
    pub(super) spun: f32,
}

/// Each member's parent, by place in the family.
pub(super) struct Tree {
    /// The parent and the cost; none for a child of the lost original (or the root).
    pub(super) parents: Vec<Option<(usize, f32)>>,
    /// Other members that could be the parent at nearly the same cost.
    pub(super) also: Vec<Vec<usize>>,
}

/// How much dearer another parent may be to count as supported as well.
const ALSO: f32 = 0.2;

/// Finds the best tree.
pub(super) fn direction(members: &[Member], pairs: &[Pair]) -> Tree {
    let n = members.len();
    let independent = independent(members, pairs);
    let mut links: Vec<Link> = Vec::new();
    for pair in pairs {
        for (parent, child) in [(pair.a, pair.b), (pair.b, pair.a)] {
            let cost = cost(members, pair, (parent, child), &independent);
            links.push(Link { parent, child, cost });
        }
    }
    links.extend((0..n).map(|child| Link { parent: n, child, cost: LOST + age(members, child) }));
    links.sort_by(|x, y| x.cost.total_cmp(&y.cost).then((x.child, x.parent).cmp(&(y.child, y.parent))));
    let chosen = arborescence(n + 1, n, &links);
    let parents: Vec<Option<(usize, f32)>> = (0..n)
        .map(|c| chosen[c].map(|k| links[k]).filter(|l| l.parent < n).map(|l| (l.parent, l.cost)))
        .collect();
    let also = (0..n).map(|child| also(&links, &parents, child)).collect();
    Tree { parents, also }
}

/// A hair for being late, so that of equal roots the earliest is taken; then the fullest.
fn age(members: &[Member], child: usize) -> f32 {
    let of = |m: &Member| m.analysis.report.published;
    let earlier = members.iter().filter(|m| of(m).is_some() && of(m) < of(&members[child])).count();
    let length = members[child].analysis.report.body.len() as f32;
    earlier.min(20) as f32 * 0.01 + 1.0 / (100.0 + length)
}

fn also(links: &[Link], parents: &[Option<(usize, f32)>], child: usize) -> Vec<usize> {
    let Some((parent, cost)) = parents[child] else { return Vec::new() };
    let below = |mut node: usize| loop {
        if node == child {
            return true;
        }
        match parents[node] {
            Some((up, _)) => node = up,
            None => return false,
        }
    };
    let near = links.iter().filter(|l| l.child == child && l.parent < parents.len() && l.parent != parent);
    near.filter(|l| l.cost <= cost + ALSO && !below(l.parent)).map(|l| l.parent).collect()
}

/// What a descent costs.
fn cost(
    members: &[Member],
    pair: &Pair,
    (parent, child): (usize, usize),
    independent: &[(Lang, usize)],
) -> f32 {
    let (p, c) = (&members[parent], &members[child]);
    let across = pair.likeness.across;
    let seen = if across { ACROSS_SEEN } else { 1.0 };
    let mut cost =
        UNEXPLAINED * seen * (1.0 - pair.coverage(child)) + LEFT_OUT * seen * (1.0 - pair.coverage(parent));
    let anew = ANEW * (1.0 - pair.identical / KEPT_WHOLE).max(0.0) * (1.0 - c.spun);
    cost += if across { TRANSLATED } else { REWORDED * (1.0 - pair.identical) + anew };
    cost += UNSPUN * (p.damage() - c.damage()).max(0.0);
    if across {
        cost += SPUN_ACROSS * c.damage();
        let count = |m: &Member| {
            let found = independent.iter().find(|(lang, _)| *lang == m.analysis.report.lang);
            found.map_or(0, |(_, n)| *n).min(3) as f32
        };
        cost += TARGET * (count(p) - count(c)).max(0.0);
    }
    cost += QUOTES * (pair.quoted(child) - pair.quoted(parent)).max(0.0);
    cost + time(p, c) + credits(p, c) + signs(p, c)
}

fn time(p: &Member, c: &Member) -> f32 {
    let (Some(first), Some(then)) = (p.analysis.report.published, c.analysis.report.published) else {
        return 0.0;
    };
    let by_time = match (first.time, then.time) {
        (Some(x), Some(y)) => x.cmp(&y),
        _ => Ordering::Equal,
    };
    match first.date.cmp(&then.date).then(by_time) {
        Ordering::Greater => BEFORE,
        _ => 0.0,
    }
}

fn credits(p: &Member, c: &Member) -> f32 {
    let (Some(credit), parent) = (&c.analysis.report.credit, &p.analysis.report) else { return 0.0 };
    let own = c.analysis.report.dateline.is_some();
    if own || credit.names.is_empty() {
        // The agency of its own dateline, or who reported: nothing that a copy would add.
        return 0.0;
    }
    let fold = |s: &str| s.to_lowercase();
    let outlet = parent.outlet.as_deref().map(fold);
    if outlet.is_some_and(|o| credit.names.iter().any(|n| o.contains(&fold(n)) || fold(n).contains(&o))) {
        -CREDITS_PARENT
    } else if parent.credit.is_none() {
        CREDIT_GAINED
    } else {
        0.0
    }
}

fn signs(p: &Member, c: &Member) -> f32 {
    let (p, c) = (&p.analysis.report, &c.analysis.report);
    let lost = |had: bool, has: bool| match (had, has) {
        (true, false) => -SIGN,
        (false, true) => SIGN,
        _ => 0.0,
    };
    lost(p.dateline.is_some(), c.dateline.is_some())
        + lost(p.published.is_some(), c.published.is_some())
        + lost(p.byline.is_some(), c.byline.is_some())
        - SIGN * (c.glued.len() as f32 - p.glued.len() as f32).clamp(-2.0, 2.0)
}

/// For each language, its members that share no identical sentences with another, beyond the first:
/// texts told anew, as translators do, rather than copied.
fn independent(members: &[Member], pairs: &[Pair]) -> Vec<(Lang, usize)> {
    let mut own = vec![true; members.len()];
    for pair in pairs.iter().filter(|p| !p.likeness.across && p.identical > 0.3) {
        (own[pair.a], own[pair.b]) = (false, false);
    }
    let mut counts: Vec<(Lang, usize)> = Vec::new();
    for (member, _) in members.iter().zip(&own).filter(|(m, own)| **own && m.spun < 0.5) {
        let lang = member.analysis.report.lang;
        match counts.iter_mut().find(|c| c.0 == lang) {
            Some(count) => count.1 += 1,
            None => counts.push((lang, 0)),
        }
    }
    counts
}
