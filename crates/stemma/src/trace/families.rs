//! Likenesses -> families: which reports are bound by copying.
//!
//! Joins along likely pairs, but examines each joint: where all that binds two groups passes
//! through one report, that report may be a page of several texts or a hub of furniture, so the
//! groups must also be related by their anchors. Never: joins along a chain of maybes.

use crate::Analysis;
use crate::compare::Likeness;
use crate::pile::{Need, Pile};
use rustc_hash::{FxHashMap, FxHashSet};

/// From this probability on a pair may bind. The trained decision has precision .99 at about a
/// half, on balanced pairs; piles hold more strangers than kin, so it stands higher.
pub(super) const BAR: f32 = 0.8;
/// The same across languages, where independent reports of one event look most alike; there the decision has
/// precision .99 from .84. At .80, .90 and .95 the translations of the development set have F1 .894, .894, .891.
pub(super) const BAR_ACROSS: f32 = 0.9;
/// Share of one of two reports in different languages that the other must have: a translation keeps
/// most of what it translates, and reports of one event that align in half of each are no copies.
const COVERED_ACROSS: f32 = 0.5;
/// From this on a pair in one language binds groups by itself, if they are related.
const SURE: f32 = 0.99;
/// Mean probability, over all pairs of two groups, that binds them though it passes through one report.
const MEAN: f32 = 0.3;
/// Reports of a group that are asked for their anchors at most.
const ASKED: usize = 8;
/// Anchors that groups bound through one report must share, as a share of the smaller's.
const RELATED: f32 = 0.2;

/// Indices of reports, one list for each family, ascending, in order of their first.
pub(super) fn families<P: Pile>(pile: &P, likenesses: &[Likeness]) -> Result<Vec<Vec<u32>>, P::Error> {
    let mut links: Vec<(f32, u32, u32)> = likenesses
        .iter()
        .filter(|l| binds(l))
        .filter_map(|l| Some((l.copying, pile.place(l.a)?, pile.place(l.b)?)))
        .collect();
    links.sort_unstable_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut near: Vec<Vec<Near>> = vec![Vec::new(); pile.len()];
    for l in likenesses {
        if let (Some(x), Some(y)) = (pile.place(l.a), pile.place(l.b)) {
            let sure = l.copying >= SURE && !l.across;
            near[x as usize].push(Near { other: y, copying: l.copying, sure });
            near[y as usize].push(Near { other: x, copying: l.copying, sure });
        }
    }
    let mut groups = Groups::new(pile, &links, near);
    let mut joined = true;
    while joined {
        joined = false;
        for &(_, x, y) in &links {
            joined |= groups.join(x, y)?;
        }
    }
    let mut families: Vec<Vec<u32>> = groups.members.into_iter().filter(|m| !m.is_empty()).collect();
    families.iter_mut().for_each(|f| f.sort_unstable());
    families.sort_unstable();
    Ok(families)
}

/// Whether a pair may bind by itself.
fn binds(l: &Likeness) -> bool {
    if l.across {
        l.copying >= BAR_ACROSS && l.coverage_a.max(l.coverage_b) >= COVERED_ACROSS
    } else {
        l.copying >= BAR
    }
}

/// A measured pair, from one side.
#[derive(Clone)]
struct Near {
    other: u32,
    copying: f32,
    /// Whether it binds groups by itself.
    sure: bool,
}

struct Groups<'p, P> {
    /// Names and numbers of the reports that were asked for them.
    anchors: FxHashMap<u32, FxHashSet<u32>>,
    pile: &'p P,
    links: Vec<Vec<u32>>,
    near: Vec<Vec<Near>>,
    of: Vec<u32>,
    members: Vec<Vec<u32>>,
}

impl<'p, P: Pile> Groups<'p, P> {
    fn new(pile: &'p P, found: &[(f32, u32, u32)], near: Vec<Vec<Near>>) -> Self {
        let mut links = vec![Vec::new(); pile.len()];
        for &(_, x, y) in found {
            links[x as usize].push(y);
            links[y as usize].push(x);
        }
        Self {
            anchors: FxHashMap::default(),
            pile,
            links,
            near,
            of: (0..pile.len() as u32).collect(),
            members: (0..pile.len() as u32).map(|i| vec![i]).collect(),
        }
    }

    /// Joins the groups of two reports if what binds them holds; says whether it did.
    fn join(&mut self, x: u32, y: u32) -> Result<bool, P::Error> {
        let (p, q) = (self.of[x as usize], self.of[y as usize]);
        if p == q || !self.holds(p, q)? {
            return Ok(false);
        }
        let (small, large) =
            if self.members[p as usize].len() < self.members[q as usize].len() { (p, q) } else { (q, p) };
        let moved = std::mem::take(&mut self.members[small as usize]);
        moved.iter().for_each(|i| self.of[*i as usize] = large);
        self.members[large as usize].extend(moved);
        Ok(true)
    }

    /// Whether more than one report on each side binds two groups, or else the rest is related.
    fn holds(&mut self, p: u32, q: u32) -> Result<bool, P::Error> {
        let (p, q) =
            if self.members[p as usize].len() <= self.members[q as usize].len() { (p, q) } else { (q, p) };
        let mut ends_p = FxHashSet::default();
        let mut ends_q = FxHashSet::default();
        for &x in &self.members[p as usize] {
            for &y in self.links[x as usize].iter().filter(|y| self.of[**y as usize] == q) {
                ends_p.insert(x);
                ends_q.insert(y);
            }
        }
        let held = |members: &[u32], ends: &FxHashSet<u32>| members.len() == 1 || ends.len() > 1;
        let (of_p, of_q) = (self.members[p as usize].clone(), self.members[q as usize].clone());
        if held(&of_p, &ends_p) && held(&of_q, &ends_q) {
            return Ok(true);
        }
        let (mean, sure) = self.bound(&of_p, &of_q);
        if mean >= MEAN || !sure {
            return Ok(mean >= MEAN);
        }
        let others = |members: &[u32], ends: &FxHashSet<u32>| -> Vec<u32> {
            let others: Vec<u32> =
                members.iter().copied().filter(|m| ends.len() > 1 || !ends.contains(m)).collect();
            if others.is_empty() { members.to_vec() } else { others }
        };
        let (rest_p, rest_q) = (others(&of_p, &ends_p), others(&of_q, &ends_q));
        let (rest_p, rest_q) = (&rest_p[..rest_p.len().min(ASKED)], &rest_q[..rest_q.len().min(ASKED)]);
        self.note_anchors(rest_p)?;
        self.note_anchors(rest_q)?;
        Ok(rest_p.iter().any(|x| rest_q.iter().any(|y| self.related(*x, *y))))
    }

    /// The mean probability over all pairs of two groups, and whether a pair in one language is sure.
    fn bound(&self, p: &[u32], q: &[u32]) -> (f32, bool) {
        let (mut sum, mut sure) = (0.0, false);
        let Some(of_q) = q.first().map(|y| self.of[*y as usize]) else { return (0.0, false) };
        for near in p.iter().flat_map(|x| &self.near[*x as usize]) {
            if self.of[near.other as usize] == of_q {
                sum += near.copying;
                sure |= near.sure;
            }
        }
        (sum / (p.len() * q.len()) as f32, sure)
    }

    fn related(&self, x: u32, y: u32) -> bool {
        let (a, b) = (&self.anchors[&x], &self.anchors[&y]);
        let shared = a.intersection(b).count();
        shared >= 2 && shared as f32 >= RELATED * a.len().min(b.len()) as f32
    }

    fn note_anchors(&mut self, places: &[u32]) -> Result<(), P::Error> {
        let new: Vec<u32> = places.iter().copied().filter(|x| !self.anchors.contains_key(x)).collect();
        let of = |report: &&Analysis| {
            let sentences = report.fingerprint.sentences.iter();
            sentences.flat_map(|s| s.names.iter().chain(&s.numbers)).copied().collect()
        };
        let found: Vec<FxHashSet<u32>> =
            self.pile.look(&new, Need::Print, |reports| reports.iter().map(of).collect())?;
        self.anchors.extend(new.into_iter().zip(found));
        Ok(())
    }
}
