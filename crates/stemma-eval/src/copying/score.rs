//! A pile with its truth, and the stemmas given -> figures.

use super::baselines::{Seen, by_likeness, by_time};
use super::grow::{Made, Node};
use super::pile::{Member, Pile};
use super::score_variants;
use crate::engine::CodePoints;
use crate::measure::{Prf, labels, pair_counts, share};
use crate::scores::Outcome;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use stemma::model::ReportId;
use stemma::trace::{DescentKind, Parent, Stemma};

/// What is given and what is true of one child.
struct Child<'p> {
    member: usize,
    made: &'p Made,
    given: Option<Given>,
}

/// A parent given: a member, or a lost original.
#[derive(Clone, Copy, PartialEq)]
struct Given {
    parent: Option<usize>,
    kind: DescentKind,
}

/// Puts all figures.
pub(super) fn score(pile: &Pile, stemmas: &[Stemma], explain: bool, outcome: &mut Outcome) {
    let index: FxHashMap<ReportId, usize> =
        pile.members.iter().enumerate().map(|(i, m)| (m.analysis.report.id, i)).collect();
    let family: FxHashMap<ReportId, usize> =
        stemmas.iter().enumerate().flat_map(|(k, s)| s.reports.iter().map(move |r| (*r, k))).collect();
    let family_of = |i: usize| family.get(&pile.members[i].analysis.report.id).copied();
    let grown: Vec<usize> = (0..pile.members.len()).filter(|i| pile.members[*i].node.is_some()).collect();
    let gold = labels(grown.iter().map(|i| pile.members[*i].tree));
    let pairs = pair_counts(&gold, &labels(grown.iter().map(|i| family_of(*i))));
    outcome.put_prf("pairs", pairs);

    let given = given(stemmas, &index);
    let children: Vec<Child> = grown
        .iter()
        .filter_map(|&member| {
            let made = node(pile, &pile.members[member])?.made.as_ref()?;
            Some(Child { member, made, given: given.get(&member).copied() })
        })
        .collect();
    edges(pile, &children, (&given, &|i| family_of(i)), explain, outcome);
    lost(pile, stemmas, &index, outcome);
    score_variants::score(pile, stemmas, &index, explain, outcome);
    borrowed(pile, stemmas, &index, outcome);
    baselines(pile, outcome);
}

/// The node that a member is of; none for a composed report.
pub(super) fn node<'p>(pile: &'p Pile, member: &Member) -> Option<&'p Node> {
    pile.trees.get(member.tree)?.get(member.node?)
}

fn given(stemmas: &[Stemma], index: &FxHashMap<ReportId, usize>) -> FxHashMap<usize, Given> {
    let of = |p: &Parent| match p {
        Parent::Report(id) => index.get(id).copied(),
        Parent::Lost(_) => None,
    };
    let descents = stemmas.iter().flat_map(|s| &s.descents);
    descents.map(|d| (index[&d.child], Given { parent: of(&d.parent), kind: d.kind })).collect()
}

/// Whether a given parent is the true one, or a text that tells the same word for word.
fn is_parent(pile: &Pile, tree: usize, parent: usize, given: Option<usize>) -> bool {
    let truth = &pile.trees[tree][parent];
    match given {
        None => truth.lost,
        Some(member) => {
            let member = &pile.members[member];
            let same = |n: &Node| n.text.telling() == truth.text.telling();
            member.tree == tree
                && !truth.lost
                && (member.node == Some(parent) || node(pile, member).is_some_and(same))
        }
    }
}

type FamilyOf<'f> = &'f dyn Fn(usize) -> Option<usize>;

fn edges(
    pile: &Pile,
    children: &[Child],
    (given, family_of): (&FxHashMap<usize, Given>, FamilyOf),
    explain: bool,
    outcome: &mut Outcome,
) {
    let (mut right, mut kinds, mut turned, mut straight) = (0, 0, 0, 0);
    let mut passes: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    for child in children {
        let tree = pile.members[child.member].tree;
        let parent = member_of(pile, tree, child.made.parent);
        let counts = passes.entry(&child.made.pass).or_default();
        let found = child.given.is_some_and(|g| is_parent(pile, tree, child.made.parent, g.parent));
        right += usize::from(found);
        kinds += usize::from(found && child.given.is_some_and(|g| g.kind == child.made.kind));
        counts[0] += 1;
        counts[1] += usize::from(found);
        if let Some(parent) = parent {
            counts[2] += 1;
            counts[3] += usize::from(family_of(parent) == family_of(child.member));
            let way = |from: usize, to: usize| given.get(&to).is_some_and(|g| g.parent == Some(from));
            straight += usize::from(way(parent, child.member));
            turned += usize::from(way(child.member, parent));
        }
        if explain && !found {
            outcome.explained.push(wrong(pile, child));
        }
    }
    let in_trees = given.keys().filter(|i| pile.members[**i].node.is_some()).count();
    outcome.put_prf("edges", Prf::new(right, in_trees, children.len()));
    outcome.put("kinds", share(kinds, right));
    outcome.put("direction", share(straight, straight + turned));
    for (pass, [n, right, n_read, together]) in passes {
        outcome.put(&format!("edges.r:{pass}"), share(right, n));
        outcome.put(&format!("pairs.r:{pass}"), share(together, n_read));
    }
}

/// What was given for a child whose parent was not found, in words.
fn wrong(pile: &Pile, child: &Child) -> String {
    let member = &pile.members[child.member];
    let name = |i: Option<usize>| {
        i.map_or("lost".to_owned(), |i| {
            let m = &pile.members[i];
            m.node.map_or(format!("composed {}", m.tree), |n| format!("{}/{n}", m.tree))
        })
    };
    let given = child.given.map_or("none".to_owned(), |g| format!("{} {:?}", name(g.parent), g.kind));
    let lost = if pile.trees[member.tree][child.made.parent].lost { " (lost)" } else { "" };
    let dated = if pile.trees[member.tree][0].day.is_some() { "dated" } else { "undated" };
    let (to, from) = (name(Some(child.member)), child.made.parent);
    format!("edge: {to} <- {from}{lost} {}, {dated}; given {given}", child.made.pass)
}

fn member_of(pile: &Pile, tree: usize, node: usize) -> Option<usize> {
    pile.members.iter().position(|m| m.tree == tree && m.node == Some(node))
}

/// Families with a lost original, by the tree that most of the family is of.
fn lost(pile: &Pile, stemmas: &[Stemma], index: &FxHashMap<ReportId, usize>, outcome: &mut Outcome) {
    let mut given: Vec<usize> = Vec::new();
    for stemma in stemmas.iter().filter(|s| !s.lost.is_empty()) {
        let first = stemma.descents.iter().find(|d| matches!(d.parent, Parent::Lost(_)));
        given.extend(first.and_then(|d| index.get(&d.child)).map(|i| pile.members[*i].tree));
    }
    given.sort_unstable();
    given.dedup();
    let is_lost = |tree: &usize| pile.trees.get(*tree).is_some_and(|nodes| nodes[0].lost);
    let right = given.iter().filter(|t| is_lost(t)).count();
    outcome
        .put_prf("lost", Prf::new(right, given.len(), (0..pile.trees.len()).filter(|t| is_lost(t)).count()));
}

/// Sentences of composed reports, each with the tree it is from.
fn borrowed(pile: &Pile, stemmas: &[Stemma], index: &FxHashMap<ReportId, usize>, outcome: &mut Outcome) {
    let mut counts = Prf::default();
    for mix in &pile.mixed {
        let member = &pile.members[mix.member];
        let points = CodePoints::new(&member.analysis.report, &member.written.text);
        let all = stemmas.iter().flat_map(|s| &s.borrowings);
        let own: Vec<_> = all.filter(|b| b.place.report == member.analysis.report.id).collect();
        for ((_, span), from) in member.written.sentences.iter().zip(&mix.from) {
            let here = own.iter().filter(|b| 2 * points.span(b.place.span).common(span) > span.len());
            let trees: Vec<usize> = here.map(|b| pile.members[index[&b.from.report]].tree).collect();
            let right = from.is_some_and(|tree| trees.contains(&tree));
            counts +=
                Prf::new(usize::from(right), usize::from(!trees.is_empty()), usize::from(from.is_some()));
        }
    }
    outcome.put_prf("borrowed", counts);
}

fn baselines(pile: &Pile, outcome: &mut Outcome) {
    let mut trees: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, member) in pile.members.iter().enumerate().filter(|(_, m)| m.node.is_some()) {
        trees.entry(member.tree).or_default().push(i);
    }
    for (name, find) in [("time", by_time as fn(&[Seen]) -> Vec<Option<usize>>), ("mst", by_likeness)] {
        let (mut counts, mut straight, mut turned) = (Prf::default(), 0, 0);
        for (tree, members) in &trees {
            let seen = |i: &usize| {
                let member = &pile.members[*i];
                Seen { text: &member.written.text, day: node(pile, member).and_then(|n| n.day) }
            };
            let parents = find(&members.iter().map(seen).collect::<Vec<_>>());
            for (child, given) in members.iter().zip(&parents) {
                let given = given.map(|p| members[p]);
                let made = node(pile, &pile.members[*child]).and_then(|n| n.made.as_ref());
                let right = made.is_some_and(|m| given.is_some() && is_parent(pile, *tree, m.parent, given));
                counts +=
                    Prf::new(usize::from(right), usize::from(given.is_some()), usize::from(made.is_some()));
                let Some(true_parent) = made.and_then(|m| member_of(pile, *tree, m.parent)) else { continue };
                straight += usize::from(given == Some(true_parent));
                let of_parent = members.iter().position(|m| *m == true_parent).and_then(|k| parents[k]);
                turned += usize::from(of_parent.map(|p| members[p]) == Some(*child));
            }
        }
        outcome.put_prf(&format!("{name}.edges"), counts);
        outcome.put(&format!("{name}.direction"), share(straight, straight + turned));
    }
}
