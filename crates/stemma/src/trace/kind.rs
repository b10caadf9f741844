//! A pair with a direction -> how the child was made.
//!
//! Between siblings of a lost parent the sibling stands in for the parent, where it can.

use super::DescentKind;
use super::pair::Pair;
use super::spun::SWAPPED;

/// Share of aligned words that stand verbatim in a copy or excerpt. Furniture, corrected typos and
/// a changed lead leave more than this; any reworking leaves less.
const VERBATIM: f32 = 0.9;
/// The same for a copy, which is whole: 5 in 100 words leave room for another dateline and a mended
/// typo, not for an edit.
const WHOLLY: f32 = 0.95;
/// Share of the child that its parent must have in a copy or excerpt.
const COVERED: f32 = 0.85;
/// Share of the parent under which a verbatim child is an excerpt.
const WHOLE: f32 = 0.75;
/// Probability from which a child counts as spun.
pub(super) const SPUN: f32 = 0.5;

/// How `child` was made from the other of the pair; `spun` is the probability that its wording is spun.
pub(super) fn kind(pair: &Pair, child: usize, spun: f32) -> DescentKind {
    let parent = if child == pair.a { pair.b } else { pair.a };
    if pair.likeness.across {
        DescentKind::Translation
    } else if pair.likeness.verbatim >= VERBATIM && pair.coverage(child) >= COVERED {
        if pair.coverage(parent) < WHOLE {
            DescentKind::Excerpt
        } else if pair.likeness.verbatim >= WHOLLY && pair.coverage(child) >= WHOLLY {
            DescentKind::Copy
        } else {
            DescentKind::Edit
        }
    } else if spun >= SPUN || pair.swapped >= SWAPPED {
        DescentKind::Spin
    } else {
        DescentKind::Edit
    }
}
