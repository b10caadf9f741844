//! One row of a table's grammar: a pattern of elements, and what it means.
//!
//! A pattern is a row of elements: a class letter (`M` month, `N` number …), or words with `|`
//! between them; `?` makes an element optional, and one in `<` `>` leads to the expression
//! without being part of it: `<el> L U`. Reads tables only, no text.

use super::class::Class;
use super::meaning::{Op, Slots};

/// A pattern and what it means.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) op: Op,
    /// What it fixes without a word.
    pub(super) preset: Slots,
    pub(super) elements: Vec<Element>,
}

/// One place in a pattern.
#[derive(Clone, Debug)]
pub(super) struct Element {
    pub(super) what: What,
    pub(super) optional: bool,
    /// Whether it leads to the expression without being part of it.
    pub(super) outside: bool,
}

/// What an element takes.
#[derive(Clone, Debug)]
pub(super) enum What {
    /// A word of a class.
    Class(Class),
    /// A day of the month in figures or as an ordinal.
    Day,
    /// A year in four figures.
    Year,
    /// A year in two figures behind an apostrophe.
    ShortYear,
    /// A number in words or figures, `a` and `several` too.
    Number,
    /// A Roman number: `XVIII`, `XVIIIe`.
    Roman,
    /// A time on the clock that shows itself as one.
    Clock,
    /// The same, or a bare number of hours.
    Hour,
    /// One of some words, by their numbers in the lexicon.
    Words(Vec<u32>),
}

impl Rule {
    /// Reads a row: the meaning with its presets, and the pattern, whose words become numbers.
    pub(super) fn read(meaning: &'static str, pattern: &str, number: &mut impl FnMut(&str) -> u32) -> Self {
        let mut parts = meaning.split(' ');
        let op = Op::parse(parts.next().unwrap_or(""));
        let mut preset = Slots::default();
        parts.for_each(|part| preset.preset(part));
        let pieces = pattern.split(' ').filter(|p| !p.is_empty());
        let elements = pieces.map(|piece| Element::read(piece, number)).collect();
        Self { op, preset, elements }
    }
}

impl Element {
    fn read(piece: &str, number: &mut impl FnMut(&str) -> u32) -> Self {
        let optional = piece.len() > 1 && piece.ends_with('?');
        let piece = if optional { &piece[..piece.len() - 1] } else { piece };
        let inner = piece.strip_prefix('<').and_then(|p| p.strip_suffix('>'));
        Self { what: What::read(inner.unwrap_or(piece), number), optional, outside: inner.is_some() }
    }
}

impl What {
    fn read(piece: &str, number: &mut impl FnMut(&str) -> u32) -> Self {
        match piece {
            "D" => What::Day,
            "Y" => What::Year,
            "YY" => What::ShortYear,
            "N" => What::Number,
            "X" => What::Roman,
            "K" => What::Clock,
            "H" => What::Hour,
            "M" => What::Class(Class::Month),
            "W" => What::Class(Class::Weekday),
            "E" => What::Class(Class::WeekdayPart),
            "U" => What::Class(Class::Unit),
            "L" => What::Class(Class::Direction),
            "O" => What::Class(Class::Ordinal),
            "P" => What::Class(Class::Part),
            "S" => What::Class(Class::Season),
            "T" => What::Class(Class::Deictic),
            "F" => What::Class(Class::Reference),
            "G" => What::Class(Class::Grade),
            "A" => What::Class(Class::Repeated),
            "V" => What::Class(Class::Feast),
            "Z" => What::Class(Class::Zone),
            "R" => What::Class(Class::Decade),
            "Q" => What::Class(Class::Quarter),
            "B" => What::Class(Class::Half),
            words => What::Words(words.split('|').map(number).collect()),
        }
    }
}
