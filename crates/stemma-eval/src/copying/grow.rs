//! A base text -> a tree of known shape, and whether its original is lost and its dates are told.

use super::passes::{self, Damage};
use super::random::Random;
use super::synonyms::Synonyms;
use super::text::{Places, Text};
use stemma::trace::{DescentKind, VariantKind};

/// Texts grown from one base, its original included.
const MEMBERS: usize = 7;

/// What all trees of a run share.
pub(super) struct Ground<'g> {
    pub(super) synonyms: Option<&'g Synonyms>,
    pub(super) places: Places,
}

/// One text of a tree.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) text: Text,
    /// What it was made from, and how; none for an original.
    pub(super) made: Option<Made>,
    /// Whether it is kept from the engine.
    pub(super) lost: bool,
    /// Days after the first of the month, where dates are told.
    pub(super) day: Option<usize>,
}

/// How a text was made.
#[derive(Clone, Debug)]
pub(super) struct Made {
    pub(super) parent: usize,
    pub(super) kind: DescentKind,
    /// The pass with its strength, for the figures.
    pub(super) pass: String,
    /// What it got wrong.
    pub(super) damage: Vec<Damage>,
}

/// A base text and, where the data has them, translations of it by others.
pub(super) struct Base {
    pub(super) name: String,
    pub(super) text: Text,
    pub(super) versions: Vec<Text>,
}

/// A tree: the original is node 0, parents stand before children.
pub(super) fn grow(base: &Base, random: &mut Random, ground: &mut Ground) -> Vec<Node> {
    let dated = random.chance(0.5);
    let lost = random.chance(0.35);
    let mut nodes = vec![Node { text: base.text.clone(), made: None, lost, day: dated.then_some(1) }];
    for version in base.versions.iter().take(if lost { 1 } else { 2 }) {
        let made = Made {
            parent: 0,
            kind: DescentKind::Translation,
            pass: "translation".into(),
            damage: Vec::new(),
        };
        let day = dated.then(|| 2 + random.below(3));
        nodes.push(Node { text: version.clone(), made: Some(made), lost: false, day });
    }
    while nodes.len() < MEMBERS {
        // A lost original shows only if three texts each lost another part of it.
        let from_first = nodes.len() < 4 && lost || random.chance(0.5);
        let parent = if from_first { 0 } else { random.below(nodes.len()) };
        let Some((text, made)) = pass(&nodes, parent, lost && parent == 0, (random, ground)) else {
            continue;
        };
        let day = nodes[parent].day.map(|day| day + 1 + random.below(3));
        nodes.push(Node { text, made: Some(made), lost: false, day });
    }
    nodes
}

/// One text made from a node; none if that pass cannot be made here.
fn pass(
    nodes: &[Node],
    parent: usize,
    reworked: bool,
    (random, ground): (&mut Random, &mut Ground),
) -> Option<(Text, Made)> {
    let from = &nodes[parent].text;
    let strength = random.below(passes::STRENGTHS.len());
    let name = *random.pick(if reworked { &REWORKING } else { &ALL })?;
    let (mut text, kind) = match name {
        "reprint" => (passes::reprint(from, strength, random), DescentKind::Copy),
        "cut" => (passes::cut(from, strength, random), DescentKind::Excerpt),
        "shuffle" => (passes::shuffle(from, random), DescentKind::Edit),
        "edit" => {
            (passes::edit(from, strength, (ground.synonyms, random, &mut ground.places)), DescentKind::Edit)
        }
        _ => (passes::spin(from, strength, (ground.synonyms?, random)), DescentKind::Spin),
    };
    if text.sentences.len() < 3 || text.n_words() < 40 {
        return None;
    }
    let n = if random.chance(0.6) { 1 + random.below(3) } else { 0 };
    let damage = passes::damage(&mut text, n, random);
    let pass =
        if name == "shuffle" { name.to_owned() } else { format!("{name} {}", passes::STRENGTHS[strength]) };
    Some((text, Made { parent, kind, pass, damage }))
}

const ALL: [&str; 6] = ["reprint", "reprint", "cut", "shuffle", "edit", "spin"];
const REWORKING: [&str; 4] = ["edit", "edit", "cut", "spin"];

/// Every place that some pass got wrong, with the kind.
pub(super) fn damaged(nodes: &[Node]) -> Vec<(u32, VariantKind)> {
    let all = nodes.iter().filter_map(|n| n.made.as_ref()).flat_map(|m| &m.damage);
    let mut found: Vec<(u32, VariantKind)> = all.map(|d| (d.at, d.kind)).collect();
    found.sort_unstable();
    found.dedup_by_key(|d| d.0);
    found
}
