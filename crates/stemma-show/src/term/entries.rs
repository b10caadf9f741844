//! Entries as a table: claim, standing, origins, readings.

use super::Paper;
use super::grid::Grid;
use super::parts::{id, quoted, standing};
use super::words::{Ink, Words};
use crate::views::{EntryView, ReadingView};

/// Claims are cut to so many columns.
const CLAIM: usize = 240;
/// At most so many readings are listed; `stemma why` lists all.
const READINGS: usize = 8;

/// Writes entries as a table.
pub fn entries(views: &[EntryView], paper: Paper) -> String {
    if views.is_empty() {
        return "no entries\n".into();
    }
    let mut grid = Grid::new(&["entry", "standing", "claim", "origins", "readings"]);
    for e in views {
        let mut readings: Vec<Words> = e.readings.iter().take(READINGS).map(reading).collect();
        if e.readings.len() > READINGS {
            readings.push(Words::new(&format!("… and {} more", e.readings.len() - READINGS), Ink::Dim));
        }
        grid.row(vec![
            vec![id(&e.id)],
            vec![standing(e.standing)],
            vec![Words::from(e.claim.as_str()).clip(CLAIM), Words::new(&e.reason, Ink::Dim)],
            e.origins.iter().map(|o| Words::new(o, Ink::Cyan)).collect(),
            readings,
        ]);
    }
    grid.write(paper)
}

/// A reading on one line: file, value or words, through whom.
pub(super) fn reading(r: &ReadingView) -> Words {
    let mut words = Words::new(&r.file, Ink::Bold).and(" ", Ink::Plain);
    if r.negated {
        words.push("denies ", Ink::Red);
    }
    match &r.value {
        Some(value) => words.push(value, Ink::Plain),
        None => words.extend(Words::from(quoted(&r.text)).clip(60)),
    }
    if !r.via.is_empty() {
        words.push(&format!(" via {}", r.via.join(", ")), Ink::Dim);
    }
    words
}
