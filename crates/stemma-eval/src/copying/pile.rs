//! The data's base texts -> one pile to give the engine, with its truth.

use super::composed::{Composed, compose};
use super::grow::{Base, Ground, Node, grow};
use super::random::Random;
use super::text::{Text, Written};
use crate::engine::{analyse_all, raw};
use stemma::Analysis;
use stemma::model::{Moment, RawReport};

/// A text given to the engine.
pub(super) struct Member {
    /// The tree it is of, and its node there; a composed report has its own tree's number, and no node.
    pub(super) tree: usize,
    pub(super) node: Option<usize>,
    pub(super) written: Written,
    pub(super) analysis: Analysis,
}

/// A composed report's place among the members, and its truth: for each sentence the tree it is from.
pub(super) struct Mixed {
    pub(super) member: usize,
    pub(super) from: Vec<Option<usize>>,
}

/// All of it.
pub(super) struct Pile {
    pub(super) trees: Vec<Vec<Node>>,
    pub(super) members: Vec<Member>,
    pub(super) mixed: Vec<Mixed>,
}

/// A composed report for every so many trees.
const TREES_A_MIX: usize = 3;

/// Grows a tree from each base but the last few, which give composed reports their own sentences.
pub(super) fn pile(bases: &[Base], seed: u64, ground: &mut Ground) -> Pile {
    let n_trees = bases.len() * TREES_A_MIX / (TREES_A_MIX + 1);
    let trees: Vec<Vec<Node>> =
        bases[..n_trees].iter().map(|base| grow(base, &mut Random::new(seed, &base.name), ground)).collect();
    let mut given: Vec<(usize, Option<usize>, &Text, Option<usize>)> = Vec::new();
    for (tree, nodes) in trees.iter().enumerate() {
        let read = nodes.iter().enumerate().filter(|(_, n)| !n.lost);
        given.extend(read.map(|(node, n)| (tree, Some(node), &n.text, n.day)));
    }
    let composed = mixes(&bases[n_trees..], &trees, seed);
    let first = given.len();
    given.extend(composed.iter().enumerate().map(|(i, (_, c))| (n_trees + i, None, &c.text, Some(28))));
    let mixed = composed
        .iter()
        .enumerate()
        .map(|(i, (trees, c))| Mixed {
            member: first + i,
            from: c.from.iter().map(|f| f.map(|f| trees[f])).collect(),
        })
        .collect();
    let written: Vec<Written> = given.iter().map(|g| g.2.write()).collect();
    let raws = written.iter().enumerate().map(|(i, w)| raw_of(i, &w.text, given[i].3)).collect();
    let members = given.iter().zip(analyse_all(raws)).zip(&written);
    let members = members
        .map(|((g, analysis), w)| Member { tree: g.0, node: g.1, written: w.clone(), analysis })
        .collect();
    Pile { members, mixed, trees }
}

/// Composed reports of the originals that are read and of one language, three trees for each.
fn mixes(own: &[Base], trees: &[Vec<Node>], seed: u64) -> Vec<(Vec<usize>, Composed)> {
    let mut made = Vec::new();
    for (i, base) in own.iter().enumerate() {
        let near = (0..3).map(|k| (i * TREES_A_MIX + k) % trees.len().max(1));
        let found: Vec<usize> = near.filter(|t| trees.get(*t).is_some_and(|nodes| !nodes[0].lost)).collect();
        if found.len() < 2 {
            continue;
        }
        let sources: Vec<&Text> = found.iter().map(|t| &trees[*t][0].text).collect();
        let composed = compose(&base.text, &sources, &mut Random::new(seed, &base.name));
        made.extend(composed.map(|c| (found, c)));
    }
    made
}

fn raw_of(i: usize, text: &str, day: Option<usize>) -> RawReport {
    let published = day.and_then(|day| Moment::parse(&format!("2031-05-{:02}", day.min(28))));
    RawReport { published, ..raw(&format!("text-{i}"), text) }
}
