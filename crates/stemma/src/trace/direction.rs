//! Pairs of a family -> [`Tree`]: each report's parent, or that its parent is lost.
//!
//! Every possible descent has a cost: what of the child its parent cannot explain, and what
//! speaks against the direction (time, credits, completeness, damage, language). A lost original,
//! whole and undamaged, may be the parent of any report at a fixed price. The arborescence of least
//! total cost, rooted at the lost original, is the stemma; if only one report descends from it,
//! that report is the root and nothing is lost. See docs/decisions for the literature.

use super::arborescence::{Link, arborescence};
use super::credit;
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
/// For wording that is not kept (share of the aligned words).
const REWORDED: f32 = 1.2;
/// For rewording scattered over all sentences, though not spun: more than the text's translation into
/// another language and back costs, so that translations of one text are no edits of each other.
const SCATTERED: f32 = 2.0;
/// For sentences out of order across languages: translators keep the order.
const MOVED: f32 = 1.0;
/// A translation keeps no words; this stands for its wording.
const TRANSLATED: f32 = 0.8;
/// A child published before its parent.
const BEFORE: f32 = 9.0;
/// The parent is spun and the child is not: a spun text cannot be unspun.
const UNSPUN: f32 = 5.0;
/// The same across languages, where the damage of a spun parent does not show in its child.
const UNSPUN_ACROSS: f32 = 1.6;
/// For each number, date or name that differs from the child's, beyond what differs from the likest text of
/// that language: changes are rare, so the parent is the one that needs the fewest (parsimony), which is what
/// Lachmann's common errors say of three texts.
const DIFFERS: f32 = 0.4;
/// Differing values that count at most.
const MOST_DIFFER: usize = 6;
/// The child is spun and in another language: spinning works within a language.
const SPUN_ACROSS: f32 = 4.0;
/// Quotation marks that the child has and the parent lacks, for each part of the aligned words.
const QUOTES: f32 = 4.0;
/// A second child of a lost report, where both credit one whose own telling was not read: less than
/// the cheapest translation of one by the other, more than a reprint of one by the other.
const LOST_CREDITED: f32 = 0.5;
/// A root that credits somebody else.
const NOT_FIRST: f32 = 0.5;
/// The child credits the parent's outlet.
const CREDITS_PARENT: f32 = 2.0;
/// Small signs: dateline, glued sentences, a date.
const SIGN: f32 = 0.25;
/// For each independent version in the parent's language less those in the child's, up to three:
/// one text is translated by many, not many into one.
const TARGET: f32 = 0.35;

/// Across languages a gap in the alignment on one side alone is sometimes a failure to see.
const ACROSS_SEEN: f32 = 0.8;
/// A parent in another language, for each part of the child that stands word for word in a report of
/// the child's language: whole sentences do not come through a translation.
const ELSEWHERE: f32 = 2.0;
/// Share of the aligned words that stand in runs as they stand in a forebear of the child's language, from which the
/// child was not translated back from another. No data of texts translated back were at hand: half, without a sweep.
const NOT_BACK: f32 = 0.5;
/// And how scattered the differences are at most: just under what a text told anew has. At .5 trees
/// grown by machine stay as they were (edges .549), at .69 they gain (.564), at 1 more (.587) but translations fall from .909
/// to .809.
const TOLD_ANEW: f32 = 0.69;
/// Furniture of the parent that the child lacks, less the child's own: reprints add it.
const FRAME: f32 = 2.0;
/// Furniture that counts at most, as a share of the text.
const FRAMED: f32 = 0.15;
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
/// Other parents that are named at most.
const MAX_ALSO: usize = 8;

/// Finds the best tree; `imprint` is whom most of the pile credits.
pub(super) fn direction(members: &[Member], pairs: &[Pair], imprint: Option<&str>) -> Tree {
    let n = members.len();
    let background = Background {
        independent: independent(members, pairs),
        kept: kept(n, pairs),
        n_differ: n_differ(members, pairs),
    };
    let mut links: Vec<Link> = Vec::new();
    for pair in pairs {
        for (parent, child) in [(pair.a, pair.b), (pair.b, pair.a)] {
            let cost = cost(members, pair, (parent, child), &background);
            links.push(Link { parent, child, cost });
        }
    }
    let analyses: Vec<&Analysis> = members.iter().map(|m| m.analysis).collect();
    let lost = credit::lost(&analyses, imprint);
    let order = age(members);
    links.extend((0..n).map(|child| {
        let credits = !credit::credited(&members[child].analysis.report).is_empty();
        let price = if lost[child] { LOST_CREDITED } else { LOST + if credits { NOT_FIRST } else { 0.0 } };
        Link { parent: n, child, cost: price + order[child] }
    }));
    links.sort_by(|x, y| x.cost.total_cmp(&y.cost).then((x.child, x.parent).cmp(&(y.child, y.parent))));
    let chosen = arborescence(n + 1, n, &links);
    let mut into: Vec<Vec<Link>> = vec![Vec::new(); n];
    links.iter().filter(|l| l.parent < n).for_each(|l| into[l.child].push(*l));
    let mut parents: Vec<Option<(usize, f32)>> = (0..n)
        .map(|c| chosen[c].map(|k| links[k]).filter(|l| l.parent < n).map(|l| (l.parent, l.cost)))
        .collect();
    for (child, from) in not_back(members, pairs, &parents) {
        parents[child] = into[child].iter().find(|l| l.parent == from).map(|l| (from, l.cost));
    }
    let also = (0..n).map(|child| also(&into[child], &parents, child)).collect();
    Tree { parents, also }
}

/// A hair for being late, so that of equal roots the earliest is taken; then the fullest.
fn age(members: &[Member]) -> Vec<f32> {
    let of = |m: &Member| m.analysis.report.published;
    let mut dates: Vec<_> = members.iter().filter_map(of).collect();
    dates.sort_unstable();
    let each = |m: &Member| {
        let earlier = of(m).map_or(0, |date| dates.partition_point(|d| *d < date));
        earlier.min(20) as f32 * 0.01 + 1.0 / (100.0 + m.analysis.report.body.len() as f32)
    };
    members.iter().map(each).collect()
}

/// Children that the tree takes to be translated back into the language of a forebear, though they keep its words:
/// each with that forebear.
fn not_back(members: &[Member], pairs: &[Pair], parents: &[Option<(usize, f32)>]) -> Vec<(usize, usize)> {
    let keeps = |p: &&Pair| !p.likeness.across && p.likeness.verbatim >= NOT_BACK && p.scattered < TOLD_ANEW;
    let mut found = Vec::new();
    for pair in pairs.iter().filter(keeps) {
        for (forebear, child) in [(pair.a, pair.b), (pair.b, pair.a)] {
            let lang = |place: usize| members[place].analysis.report.lang;
            let mut up = parents[child].map(|p| p.0);
            if up.is_none_or(|parent| lang(parent) == lang(child)) {
                continue;
            }
            while up.is_some_and(|node| node != forebear && lang(node) != lang(child)) {
                up = parents[up.unwrap_or(forebear)].map(|p| p.0);
            }
            if up == Some(forebear) {
                found.push((child, forebear));
            }
        }
    }
    found
}

fn also(into: &[Link], parents: &[Option<(usize, f32)>], child: usize) -> Vec<usize> {
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
    let near = into.iter().filter(|l| l.parent != parent && l.cost <= cost + ALSO);
    near.map(|l| l.parent).filter(|p| !below(*p)).take(MAX_ALSO).collect()
}

/// How scattered the differences of two texts in one language are at most if one hand wrote what they
/// share.
const SAME_HAND: f32 = 0.4;

/// What the whole family says about each descent.
struct Background {
    /// For each language its versions told anew.
    independent: Vec<(Lang, usize)>,
    /// For each member the largest share of it that stands in whole sentences of another in its language.
    kept: Vec<f32>,
    /// For each member the fewest values that differ from those of one it may come from, in its language and
    /// across. What was made later says nothing: a copy has all its original's values.
    n_differ: [Vec<usize>; 2],
}

impl Background {
    /// Versions of a language told anew, beyond the first.
    fn count(&self, lang: Lang) -> usize {
        self.independent.iter().find(|(of, _)| *of == lang).map_or(0, |(_, n)| *n)
    }
}

fn n_differ(members: &[Member], pairs: &[Pair]) -> [Vec<usize>; 2] {
    let mut least = [vec![usize::MAX; members.len()], vec![usize::MAX; members.len()]];
    for pair in pairs {
        for (parent, child) in [(pair.a, pair.b), (pair.b, pair.a)] {
            if time(&members[parent], &members[child]) == 0.0 {
                let least = &mut least[usize::from(pair.likeness.across)][child];
                *least = pair.n_differ.min(*least);
            }
        }
    }
    least
}

fn kept(n: usize, pairs: &[Pair]) -> Vec<f32> {
    let mut kept = vec![0.0_f32; n];
    for pair in pairs.iter().filter(|p| !p.likeness.across) {
        for member in [pair.a, pair.b] {
            let share = pair.identical * pair.coverage(member) * (1.0 - pair.scattered);
            kept[member] = kept[member].max(share);
        }
    }
    kept
}

/// What a descent costs.
fn cost(members: &[Member], pair: &Pair, (parent, child): (usize, usize), background: &Background) -> f32 {
    let (p, c) = (&members[parent], &members[child]);
    let across = pair.likeness.across;
    let seen = if across { ACROSS_SEEN } else { 1.0 };
    let mut cost =
        UNEXPLAINED * seen * (1.0 - pair.coverage(child)) + LEFT_OUT * seen * (1.0 - pair.coverage(parent));
    cost += if across {
        TRANSLATED + MOVED * (1.0 - pair.likeness.order)
    } else {
        REWORDED * (1.0 - pair.likeness.verbatim) + SCATTERED * pair.scattered * (1.0 - c.spun)
    };
    let differ = pair.n_differ - background.n_differ[usize::from(across)][child].min(pair.n_differ);
    cost += DIFFERS * differ.min(MOST_DIFFER) as f32;
    cost += if across { UNSPUN_ACROSS } else { UNSPUN } * (p.damage() - c.damage()).max(0.0);
    if across {
        cost += SPUN_ACROSS * c.damage() + ELSEWHERE * background.kept[child];
        let count = |m: &Member| background.count(m.analysis.report.lang).min(3) as f32;
        cost += TARGET * (count(p) - count(c)).max(0.0);
    }
    cost += FRAME * (pair.frame(parent) - pair.frame(child)).clamp(-FRAMED, FRAMED);
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
    let names = credit::credited(&c.analysis.report);
    let outlet = p.analysis.report.outlet.as_deref();
    let credits = outlet.is_some_and(|outlet| names.iter().any(|name| credit::agree(name, outlet)));
    if credits { -CREDITS_PARENT } else { 0.0 }
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

/// For each language, its members that are not edited from another, beyond the first: texts told anew,
/// as translators do, rather than copied.
fn independent(members: &[Member], pairs: &[Pair]) -> Vec<(Lang, usize)> {
    let mut own = vec![true; members.len()];
    for pair in pairs.iter().filter(|p| !p.likeness.across && p.scattered < SAME_HAND) {
        own[pair.a.max(pair.b)] = false;
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
