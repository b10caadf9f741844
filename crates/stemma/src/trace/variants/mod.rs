//! A family and its tree -> [`Variant`]s: places where the tellings differ in meaning.
//!
//! `gaps` adds sentences that must stand for one another; `values` compares the numbers and dates of aligned
//! sentences and `names` the names, in any languages; `words` compares denials and wording; `gather` joins what it finds along the tree, adds every report's
//! reading, and says which is likely the original. Never: reports a difference of style.

mod gaps;
mod gather;
mod names;
mod values;
pub(super) mod words;

pub(super) use gaps::filled;
pub(super) use gather::{Places, Route, variants};

use super::VariantKind;
use crate::Analysis;
use crate::compare::Aligned;
use crate::model::Span;

/// One difference between two aligned sentences.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Difference {
    pub(super) kind: VariantKind,
    pub(super) a: Reading,
    pub(super) b: Reading,
}

/// What one side has: where, and a key that is equal for equal readings.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reading {
    pub(super) span: Span,
    pub(super) key: String,
}

/// Two aligned sentences, each with its report.
#[derive(Clone, Copy)]
pub(super) struct Sides<'r> {
    pub(super) a: &'r Analysis,
    pub(super) b: &'r Analysis,
    pub(super) at: Aligned,
    /// Whether one of the two was made by swapping words.
    pub(super) swapped: bool,
}

/// How many numbers, dates and, within a language, names of two aligned sentences differ.
pub(super) fn n_values_differ(sides: &Sides) -> usize {
    let across = sides.a.report.lang != sides.b.report.lang;
    values::differences(sides).len() + if across { 0 } else { names::differences(sides).len() }
}

/// All differences of two aligned sentences.
pub(super) fn differences(sides: &Sides) -> Vec<Difference> {
    let mut found = values::differences(sides);
    found.extend(words::differences(sides, &found));
    found
}
