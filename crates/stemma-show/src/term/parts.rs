//! Small parts that several tables share.

use super::words::{Ink, Words};
use crate::views::{Range, names};
pub(super) use crate::wording::{count, thousands};
use std::collections::BTreeMap;
use std::fmt::Display;
use stemma::reconcile::Standing;

/// The digits of an id that tables show: enough to be given back as a prefix.
pub(super) fn short(id: &impl Display) -> String {
    id.to_string().chars().take(8).collect()
}

/// An id in a table.
pub(super) fn id(id: &impl Display) -> Words {
    Words::new(&short(id), Ink::Dim)
}

/// A standing in its colour.
pub(super) fn standing(standing: Standing) -> Words {
    Words::new(names::standing(standing), standing_ink(standing))
}

/// The colour of a standing.
pub(super) fn standing_ink(standing: Standing) -> Ink {
    match standing {
        Standing::Disputed => Ink::Red,
        Standing::Corrupted => Ink::Yellow,
        Standing::Updated => Ink::Magenta,
        Standing::Corroborated => Ink::Green,
        Standing::Echoed | Standing::Single => Ink::Plain,
    }
}

/// Names joined by commas; those after the first `n` are counted.
pub(super) fn few<'n>(names: impl ExactSizeIterator<Item = &'n str>, n: usize) -> String {
    let left = names.len().saturating_sub(n);
    let mut text = names.take(n).collect::<Vec<_>>().join(", ");
    if left > 0 {
        text += &format!(" and {} more", thousands(left));
    }
    text
}

/// `3 disputed, 1 single`, the greatest number first.
pub(super) fn tally<K: Display + Ord>(counts: &BTreeMap<K, usize>) -> String {
    let mut pairs: Vec<(&K, &usize)> = counts.iter().collect();
    pairs.sort_by_key(|(key, n)| (std::cmp::Reverse(**n), (*key).to_string()));
    pairs.iter().map(|(key, n)| format!("{} {key}", thousands(**n))).collect::<Vec<_>>().join(", ")
}

/// The same with the words before the numbers: `en 6, pt 2`.
pub(super) fn tally_named<K: Display + Ord>(counts: &BTreeMap<K, usize>) -> String {
    let mut pairs: Vec<(&K, &usize)> = counts.iter().collect();
    pairs.sort_by_key(|(key, n)| (std::cmp::Reverse(**n), (*key).to_string()));
    pairs.iter().map(|(key, n)| format!("{key} {}", thousands(**n))).collect::<Vec<_>>().join(", ")
}

/// Words in quotation marks.
pub(super) fn quoted(text: &str) -> String {
    format!("“{}”", text.trim())
}

/// A text in which some places are marked: by ink, or by signs where there are no colours.
pub(super) fn marked(text: &str, from: u32, marks: &[(Range, Ink, [&str; 2])], colour: bool) -> Words {
    let mut marks = marks.to_vec();
    marks.sort_by_key(|(range, ..)| *range);
    let mut out = Words::default();
    let mut at = 0;
    for ([start, end], ink, [open, close]) in marks {
        let (start, end) = (start.saturating_sub(from) as usize, end.saturating_sub(from) as usize);
        let (Some(before), Some(words)) = (text.get(at..start), text.get(start..end)) else { continue };
        out.push(before, Ink::Plain);
        if colour {
            out.push(words, ink);
        } else {
            out.push(&format!("{open}{words}{close}"), ink);
        }
        at = end;
    }
    out.push(text.get(at..).unwrap_or(""), Ink::Plain);
    out
}

/// A line that ends.
pub(super) fn line(words: Words, colour: bool) -> String {
    words.write(colour) + "\n"
}

/// Words wrapped to a width, every line behind a margin.
pub(super) fn behind(margin: &str, words: &Words, paper: super::Paper) -> String {
    let width = paper.columns().saturating_sub(margin.len()).max(20);
    words.wrap(width).iter().map(|l| format!("{margin}{}\n", l.write(paper.colour))).collect()
}

/// How much of a list is not shown, and how to see it; nothing if all is.
pub fn left(n: usize, how: &str, paper: super::Paper) -> String {
    if n == 0 {
        return String::new();
    }
    let words = Words::new(&format!("… and {} more: {how}", thousands(n)), Ink::Dim);
    format!("\n{}", behind("", &words, paper))
}
