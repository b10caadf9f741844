//! A page's blocks -> the text of its report, by an inspectable score for each block.
//!
//! A readability extractor votes (whether it kept the block); where the block stands, how it ends
//! and what is near it weigh as well. The text is the stretch of the page with the highest sum,
//! without the blocks inside it that are more likely furniture. Near misses of the vote (a list, a
//! subhead, a first paragraph set apart) come back; stray captions and link lists go.

use super::blocks::{Block, around};
use crate::clean::shape;
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use std::hash::{Hash, Hasher};

/// What a block weighs. The values are round figures, most found by coordinate steps on one half of the
/// development pages, the rest with both in view (word F1 of the whole stage .958 and .953); they
/// trade lists and subheads that a strict vote loses against furniture that a wide one lets in.
mod weight {
    /// Every block: most of a page is furniture.
    pub(super) const START: f32 = -0.35;
    /// The extractor kept it.
    pub(super) const VOTE: f32 = 0.75;
    /// More than half of it is links.
    pub(super) const LINKED: f32 = -0.4;
    /// It does not end as a sentence does.
    pub(super) const NO_STOP: f32 = -0.35;
    /// It stands in navigation, at the foot, in a form, by itself, or is not shown.
    pub(super) const APART: f32 = -0.9;
    /// A class or id around it names furniture.
    pub(super) const NAMED: f32 = -0.35;
    /// A class or id around it names the text of an article.
    pub(super) const BODY: f32 = 0.3;
    /// It stands in an article or the main part.
    pub(super) const MAIN: f32 = 0.1;
    /// It is in a list: those of navigation are told by where they stand.
    pub(super) const LIST: f32 = 0.2;
    /// It belongs to a figure.
    pub(super) const FIGURE: f32 = -0.4;
    /// It is a paragraph of full sentences.
    pub(super) const PARAGRAPH: f32 = 0.8;
    /// It stands beside the text.
    pub(super) const ASIDE: f32 = -0.3;
    /// How much the mean of its neighbours counts.
    pub(super) const NEAR: f32 = 0.25;
    /// How much less each further neighbour counts.
    pub(super) const DECAY: f32 = 0.6;
    /// What is added to each block when the stretch is chosen: bridges over gaps.
    pub(super) const BRIDGE: f32 = 0.35;
}

/// The fewest words of a paragraph that counts as one of full sentences.
const FULL: usize = 15;

/// Above this many words a block weighs no more in the sum: one long block must not decide alone.
const MOST_WORDS: usize = 80;

/// How much of a block's word triples the extractor's text must hold for its vote.
const HELD: f32 = 0.5;

/// The text: the kept blocks, one a line.
pub(super) fn text(blocks: &[Block], voted: &str) -> String {
    let kept = kept(blocks, voted);
    let lines = blocks.iter().zip(kept).filter(|(_, kept)| *kept).map(|(block, _)| block.text.as_str());
    lines.collect::<Vec<_>>().join("\n")
}

/// Which blocks are the report's.
fn kept(blocks: &[Block], voted: &str) -> Vec<bool> {
    let votes = Votes::new(voted);
    let words: Vec<Vec<u64>> = blocks.iter().map(|block| words(&block.text)).collect();
    let sizes: Vec<usize> = blocks.iter().zip(&words).map(|(block, words)| size(block, words)).collect();
    let mut shares: Vec<f32> = words.iter().map(|words| votes.share(words)).collect();
    mend_votes(blocks, &sizes, &mut shares);
    let own: Vec<f32> = (0..blocks.len()).map(|i| weight(&blocks[i], sizes[i], shares[i])).collect();
    let mass: Vec<f32> = sizes.iter().map(|size| ((*size).min(MOST_WORDS) as f32).sqrt()).collect();
    let scores = with_neighbours(&own, &mass);
    let stretch = best_stretch(&scores, &mass);
    (0..blocks.len()).map(|i| stretch.contains(&i) && scores[i] > 0.0).collect()
}

/// Where the extractor kept less than half of what the main part of a page tells, it took the wrong
/// part: then the main part has a share of the votes.
fn mend_votes(blocks: &[Block], sizes: &[usize], shares: &mut [f32]) {
    let main = |block: &Block| {
        block.around & (around::MAIN | around::BODY) != 0
            && block.around & around::FURNITURE == 0
            && block.linked * 3 < block.text.len()
    };
    let (mut told, mut voted) = (0, 0.0);
    for i in (0..blocks.len()).filter(|i| main(&blocks[*i]) && sizes[*i] >= FULL) {
        told += sizes[i];
        voted += sizes[i] as f32 * shares[i];
    }
    if voted >= MISSED * told as f32 {
        return;
    }
    for i in (0..blocks.len()).filter(|i| main(&blocks[*i])) {
        shares[i] = shares[i].max(MAIN_SHARE);
    }
}

/// The share of the main part's words that an extractor keeps at least, if it took the right part.
const MISSED: f32 = 0.5;

/// The vote that blocks of the main part have where the extractor missed it.
const MAIN_SHARE: f32 = 0.8;

fn weight(block: &Block, size: usize, vote: f32) -> f32 {
    let is = |bits: u16| block.around & bits != 0;
    let linked = block.linked as f32 / block.text.len().max(1) as f32;
    let stops = shape::ends_sentence(&block.text) || block.text.ends_with([':', ')', '"']);
    let mut weight = weight::START + weight::VOTE * vote;
    let mut add = |holds: bool, more: f32| weight += if holds { more } else { 0.0 };
    add(linked > 0.5, weight::LINKED);
    add(!stops, weight::NO_STOP);
    add(is(around::NAV | around::FOOT | around::FORM | around::HIDDEN | around::APART), weight::APART);
    add(is(around::NAMED), weight::NAMED);
    add(is(around::BODY), weight::BODY);
    add(is(around::MAIN), weight::MAIN);
    add(is(around::FIGURE), weight::FIGURE);
    add(is(around::LIST), weight::LIST);
    add(is(around::PARAGRAPH) && size >= FULL && stops && linked < 0.3, weight::PARAGRAPH);
    add(is(around::ASIDE), weight::ASIDE);
    weight
}

/// Each block's weight, and the mean weight of the blocks around it, near ones first.
fn with_neighbours(own: &[f32], mass: &[f32]) -> Vec<f32> {
    let sums = |order: &mut dyn Iterator<Item = usize>| {
        let mut out = vec![(0.0, 0.0); own.len()];
        let (mut sum, mut total) = (0.0, 0.0);
        for i in order {
            out[i] = (sum, total);
            sum = sum * weight::DECAY + own[i] * mass[i];
            total = total * weight::DECAY + mass[i];
        }
        out
    };
    let before = sums(&mut (0..own.len()));
    let behind = sums(&mut (0..own.len()).rev());
    let near = |i: usize| {
        let (sum, total) = (before[i].0 + behind[i].0, before[i].1 + behind[i].1);
        if total > 0.0 { sum / total } else { 0.0 }
    };
    (0..own.len()).map(|i| own[i] + weight::NEAR * near(i)).collect()
}

/// The stretch of blocks with the highest sum (Kadane).
fn best_stretch(scores: &[f32], mass: &[f32]) -> std::ops::Range<usize> {
    let (mut best, mut stretch) = (0.0, 0..0);
    let (mut sum, mut start) = (0.0, 0);
    for i in 0..scores.len() {
        if sum <= 0.0 {
            (sum, start) = (0.0, i);
        }
        sum += (scores[i] + weight::BRIDGE) * mass[i];
        if sum > best {
            (best, stretch) = (sum, start..i + 1);
        }
    }
    stretch
}

/// The words of a text, hashed.
fn words(text: &str) -> Vec<u64> {
    let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let hash = |word: &str| {
        let mut hasher = FxHasher::default();
        word.chars().flat_map(char::to_lowercase).for_each(|c| c.hash(&mut hasher));
        hasher.finish()
    };
    parts.map(hash).collect()
}

/// How many words a block has; three signs of an unspaced script count as two.
fn size(block: &Block, words: &[u64]) -> usize {
    let signs = block.text.chars().filter(|c| shape::is_unspaced(*c)).count();
    words.len().max(signs * 2 / 3)
}

/// The extractor's text, for asking what it holds.
struct Votes {
    triples: FxHashSet<[u64; 3]>,
    lines: FxHashMap<Vec<u64>, usize>,
}

impl Votes {
    fn new(text: &str) -> Votes {
        let all = words(text);
        let triples = all.windows(3).map(|w| [w[0], w[1], w[2]]).collect();
        let mut lines: FxHashMap<Vec<u64>, usize> = FxHashMap::default();
        for line in text.lines() {
            *lines.entry(words(line)).or_default() += 1;
        }
        Votes { triples, lines }
    }

    /// 1 if it holds a block's words, else the share of them that it holds below [`HELD`].
    fn share(&self, words: &[u64]) -> f32 {
        if words.len() <= 3 {
            return if self.lines.contains_key(words) { 1.0 } else { 0.0 };
        }
        let triples = words.windows(3);
        let n = triples.len();
        let held = triples.filter(|w| self.triples.contains(&[w[0], w[1], w[2]])).count() as f32 / n as f32;
        if held > HELD { 1.0 } else { held }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::html::blocks::blocks;

    #[test]
    fn what_is_near_the_text_comes_back_and_furniture_goes() {
        let told = "The harbour board closed the eastern quay after a crane fell into the water before dawn on Monday.";
        let page = format!(
            "<nav><ul><li><a href=/>Home</a><li><a href=/s>Sport</a></ul></nav><article><h2>What fell</h2><p>{told}</p><ul><li>One crane</li><li>Two carts</li></ul><p>{told} Nobody was hurt.</p><figure><figcaption>The quay. Photo: M. Mena</figcaption></figure><p>{told} The end.</p></article><div class=related-posts><a href=/a>Ten walks for autumn</a></div><footer><p>All rights reserved.</p></footer>"
        );
        let text =
            text(&blocks(&page), &format!("{told}\n{told} Nobody was hurt.\nOne crane\n{told} The end."));
        assert!(text.contains("One crane") && text.contains("The end."), "{text}");
        for furniture in ["Home", "Ten walks", "All rights", "Photo"] {
            assert!(!text.contains(furniture), "{furniture} in {text}");
        }
    }

    #[test]
    fn no_blocks_give_no_text() {
        assert_eq!(text(&[], ""), "");
        assert_eq!(text(&blocks("<p>"), "x"), "");
    }
}
