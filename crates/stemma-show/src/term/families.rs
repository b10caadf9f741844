//! Families as trees, with what differs in them.

use super::entries::NAMES;
use super::grid::Grid;
use super::parts::{behind, count, few, line, quoted, short};
use super::words::{Ink, Words};
use super::{Paper, tree};
use crate::views::{FamilyView, Quote, SpunView, VariantView, names};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// At most so many lines of a tree and so many variants are written in a list; `stemma why` writes all.
const TREE: usize = 24;
/// A reading is cut to so many columns.
const SAYS: usize = 160;
/// At most so many reports that stand alone are named.
const ALONE: usize = 40;

/// Writes families of several reports one by one, then names those that stand alone.
pub fn families(views: &[FamilyView], paper: Paper) -> String {
    let mut out = String::new();
    let (several, alone): (Vec<&FamilyView>, Vec<&FamilyView>) =
        views.iter().partition(|f| f.reports.len() > 1 || !f.descents.is_empty());
    for view in several {
        out.push_str(&family(view, TREE, paper));
        out.push('\n');
    }
    let files: Vec<&str> = alone.iter().flat_map(|f| f.reports.iter().map(|r| r.file.as_str())).collect();
    if !files.is_empty() {
        let words = Words::new("alone: ", Ink::Dim).and(&few(files.into_iter(), ALONE), Ink::Plain);
        out.push_str(&behind("", &words, paper));
    }
    for view in alone.iter().flat_map(|f| &f.spun) {
        out.push_str(&behind("", &spun(view), paper));
    }
    if views.is_empty() {
        out.push_str("no families\n");
    }
    out
}

/// Writes one family, its tree to `n` lines.
pub(super) fn family(view: &FamilyView, n: usize, paper: Paper) -> String {
    let size = format!("  {}", count(view.reports.len(), "report", "reports"));
    let head = Words::new(&format!("family {}", short(&view.id)), Ink::Dim).and(&size, Ink::Plain);
    let mut out = line(head, paper.colour);
    out.push_str(&tree::write(view, n, paper));
    let mut grid = Grid::new(&["", "", ""]);
    for v in view.variants.iter().take(n) {
        let kind = Words::new(names::variant(v.kind), Ink::Yellow);
        grid.row(vec![vec![Words::default()], vec![kind], variant(v)]);
    }
    out.push_str(&grid.write(paper));
    let left = view.variants.len().saturating_sub(n);
    if left > 0 {
        let more = format!("  … and {}", count(left, "more variant", "more variants"));
        out.push_str(&line(Words::new(&more, Ink::Dim), paper.colour));
    }
    for s in &view.spun {
        out.push_str(&behind("  ", &spun(s), paper));
    }
    out
}

/// What the tellings have, those that agree together, the likely original first.
fn variant(view: &VariantView) -> Vec<Words> {
    let mut groups: BTreeMap<&str, Vec<&Quote>> = BTreeMap::new();
    view.readings.iter().for_each(|r| groups.entry(r.text.trim()).or_default().push(r));
    let original = |of: &[&Quote]| of.iter().any(|r| view.likely_original.contains(&r.report));
    let mut groups: Vec<(&str, Vec<&Quote>)> = groups.into_iter().collect();
    groups.sort_by_key(|(text, of)| (!original(of), text.is_empty(), Reverse(of.len()), *text));
    let mut lines: Vec<Words> = (groups.iter())
        .map(|(text, of)| {
            let says = if text.is_empty() { "lacks it".into() } else { quoted(text) };
            let mut words = Words::from(says).clip(SAYS);
            words.push("  ", Ink::Plain);
            words.push(&few(of.iter().map(|r| r.file.as_str()), NAMES), Ink::Bold);
            if original(of) {
                words.push(", likely the original", Ink::Green);
            }
            words
        })
        .collect();
    if !view.reason.is_empty() {
        lines.push(Words::new(&view.reason, Ink::Dim));
    }
    lines
}

fn spun(view: &SpunView) -> Words {
    let mut words = Words::new("spun: ", Ink::Yellow).and(&view.file, Ink::Bold);
    words.push(&format!(" {:.2}", view.probability), Ink::Plain);
    for phrase in &view.phrases {
        words.push(&format!("; {} for {}", quoted(&phrase.text), quoted(&phrase.usual)), Ink::Plain);
    }
    words
}
