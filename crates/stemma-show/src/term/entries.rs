//! Entries: each a standing, a claim in its sentence, and the readings grouped by what they say.

use super::Paper;
use super::grid::Grid;
use super::parts::{few, id, marked, quoted, standing};
use super::words::{Ink, Words};
use crate::views::{EntryView, ReadingView};
use crate::wording::value;

/// Claims shorter than this, in bytes, are shown within their sentence: a bare number says little.
const BARE: usize = 60;
/// Bytes of the sentence shown on each side of a bare claim.
const CONTEXT: usize = 80;
/// Claims are cut to so many columns, and so are reasons.
const LONG: usize = 240;
/// At most so many groups of readings are listed; `stemma why` lists all readings.
const GROUPS: usize = 6;
/// At most so many names stand in one line.
pub(super) const NAMES: usize = 6;

/// Writes entries one under the other.
pub fn entries(views: &[EntryView], paper: Paper) -> String {
    if views.is_empty() {
        return "no entries\n".into();
    }
    let mut grid = Grid::new(&["", "", ""]);
    for (i, e) in views.iter().enumerate() {
        if i > 0 {
            grid.gap();
        }
        let mut lines = vec![claim(e, paper)];
        if !e.reason.is_empty() {
            lines.push(Words::new(&e.reason, Ink::Dim).clip(LONG));
        }
        if !e.origins.iter().all(|name| e.reason.contains(name)) {
            let names = few(e.origins.iter().map(String::as_str), NAMES);
            lines.push(Words::new("from ", Ink::Dim).and(&names, Ink::Cyan));
        }
        lines.extend(readings(&e.readings));
        grid.row(vec![vec![standing(e.standing)], lines, vec![id(&e.id)]]);
    }
    grid.write(paper)
}

/// The claim, within its sentence if it is short.
pub(super) fn claim(e: &EntryView, paper: Paper) -> Words {
    let text = &e.sentence.text;
    let from = e.claim_at.span[0].saturating_sub(e.sentence.span[0]) as usize;
    let to = e.claim_at.span[1].saturating_sub(e.sentence.span[0]) as usize;
    if e.claim.len() >= BARE || text.get(from..to).is_none() || text.len() <= e.claim.len() + 2 {
        return Words::new(&e.claim, Ink::Bold).clip(LONG);
    }
    let start = if from <= CONTEXT { 0 } else { word_start(text, from - CONTEXT) };
    let end = if to + CONTEXT >= text.len() { text.len() } else { word_end(text, to + CONTEXT) };
    let mut words = Words::new(if start > 0 { "… " } else { "" }, Ink::Dim);
    let shown = text.get(start..end).unwrap_or(text);
    words.extend(marked(
        shown,
        start as u32,
        &[([from as u32, to as u32], Ink::Bold, ["[", "]"])],
        paper.colour,
    ));
    if end < text.len() {
        words.push(" …", Ink::Dim);
    }
    words
}

fn word_start(text: &str, at: usize) -> usize {
    let at = text.ceil_char_boundary(at);
    text[at..].find(' ').map_or(at, |i| at + i + 1)
}

fn word_end(text: &str, at: usize) -> usize {
    let at = text.floor_char_boundary(at);
    text[..at].rfind(' ').unwrap_or(at)
}

/// Readings, those that say the same together, the most told first.
fn readings(all: &[ReadingView]) -> Vec<Words> {
    let mut groups: Vec<(String, Vec<&ReadingView>)> = Vec::new();
    for r in all {
        let says = says(r);
        match groups.iter_mut().find(|g| g.0 == says && g.1[0].negated == r.negated) {
            Some(group) => group.1.push(r),
            None => groups.push((says, vec![r])),
        }
    }
    groups.sort_by_key(|g| std::cmp::Reverse(g.1.len()));
    let left: usize = groups.iter().skip(GROUPS).map(|g| g.1.len()).sum();
    let mut lines: Vec<Words> = groups.iter().take(GROUPS).map(|(says, of)| group(says, of)).collect();
    if left > 0 {
        lines.push(Words::new(&format!("… and {left} more readings"), Ink::Dim));
    }
    lines
}

fn says(r: &ReadingView) -> String {
    r.value.as_deref().map_or_else(|| quoted(&r.text), value)
}

fn group(says: &str, of: &[&ReadingView]) -> Words {
    let mut words = Words::new("· ", Ink::Dim);
    if of[0].negated {
        words.push("denied: ", Ink::Red);
    }
    words.extend(Words::new(says, Ink::Plain).clip(100));
    let named = of.iter().map(|r| match r.via.as_slice() {
        [] => r.file.clone(),
        via => format!("{} via {}", r.file, via.join(", ")),
    });
    let mut named: Vec<String> = named.collect();
    named.dedup();
    words.and("  ", Ink::Plain).and(&few(named.iter().map(String::as_str), NAMES), Ink::Dim)
}

/// A reading on one line: file, value or words, through whom.
pub(super) fn reading(r: &ReadingView) -> Words {
    let mut words = Words::new(&r.file, Ink::Bold).and(" ", Ink::Plain);
    if r.negated {
        words.push("denies ", Ink::Red);
    }
    words.extend(Words::from(says(r)).clip(80));
    if !r.via.is_empty() {
        words.push(&format!(" via {}", r.via.join(", ")), Ink::Dim);
    }
    words
}
