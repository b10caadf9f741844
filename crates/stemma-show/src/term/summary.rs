//! The summary in a dozen lines, and what to look at first.

use super::entries::claim;
use super::grid::Grid;
use super::parts::{count, few, id, line, quoted, short, standing, tally, tally_named, thousands};
use super::words::{Ink, Words};
use super::{Paper, tree};
use crate::views::SummaryView;

/// At most so many origins of an entry are named here.
const NAMES: usize = 3;
/// At most so many lines of a family's tree are drawn here.
const TREE: usize = 12;

/// Writes the summary.
pub fn summary(view: &SummaryView, paper: Paper) -> String {
    let mut grid = Grid::new(&["", ""]);
    for (head, text) in facts(view) {
        grid.line(vec![Words::new(head, Ink::Bold), text.into()]);
    }
    let mut out = grid.write(paper);
    first_entries(view, paper, &mut out);
    first_families(view, paper, &mut out);
    first_spun(view, paper, &mut out);
    out
}

fn facts(view: &SummaryView) -> Vec<(&'static str, String)> {
    let mut reports = format!("{}: {}", thousands(view.reports), tally_named(&view.languages));
    if view.undated > 0 {
        reports += &format!("; {} without a date", thousands(view.undated));
    }
    let mut families =
        format!("{}, {} of several reports", thousands(view.families), thousands(view.families_of_several));
    if view.descended > 0 {
        let made = count(view.descended, "report", "reports");
        families += &format!("; {made} made from another ({})", tally(&view.kinds));
    }
    if view.lost > 0 {
        families += &format!("; {} lost", thousands(view.lost));
    }
    let events =
        format!("{} in {}", thousands(view.events), count(view.storylines, "storyline", "storylines"));
    let mut entries = thousands(view.entries);
    if view.entries > 0 {
        entries += &format!(": {}", tally(&view.standings));
    }
    let mut facts =
        vec![("Reports", reports), ("Families", families), ("Events", events), ("Entries", entries)];
    if view.variants > 0 {
        facts.push((
            "Variants",
            count(view.variants, "place", "places") + " where tellings of a family differ",
        ));
    }
    if !view.notes.is_empty() {
        facts.push(("Notes", tally(&view.notes)));
    }
    facts
}

fn first_entries(view: &SummaryView, paper: Paper, out: &mut String) {
    if view.first.entries.is_empty() {
        return;
    }
    out.push('\n');
    let mut grid = Grid::new(&["", "", ""]);
    for e in &view.first.entries {
        let from = Words::new(&count(e.readings.len(), "reading", "readings"), Ink::Dim)
            .and(" from ", Ink::Dim)
            .and(&few(e.origins.iter().map(String::as_str), NAMES), Ink::Cyan);
        grid.row(vec![vec![standing(e.standing)], vec![claim(e, paper), from], vec![id(&e.id)]]);
    }
    out.push_str(&grid.write(paper));
}

fn first_families(view: &SummaryView, paper: Paper, out: &mut String) {
    for family in &view.first.families {
        let head = format!("family {}", short(&family.id));
        let size = format!("  {}", count(family.reports.len(), "report", "reports"));
        out.push('\n');
        out.push_str(&line(Words::new(&head, Ink::Dim).and(&size, Ink::Plain), paper.colour));
        out.push_str(&tree::write(family, TREE, paper));
    }
}

fn first_spun(view: &SummaryView, paper: Paper, out: &mut String) {
    let spun = view.first.spun.iter().filter(|s| !s.phrases.is_empty());
    for (i, s) in spun.enumerate() {
        if i == 0 {
            out.push('\n');
        }
        let swaps = s.phrases.iter().take(3).map(|p| format!("{} for {}", quoted(&p.text), quoted(&p.usual)));
        let mut words = Words::new("spun  ", Ink::Yellow).and(&s.file, Ink::Bold);
        words.push(&format!("  {}", swaps.collect::<Vec<_>>().join(", ")), Ink::Plain);
        out.push_str(&line(words.clip(paper.columns()), paper.colour));
    }
}
