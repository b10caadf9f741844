//! The answer to a sentence: the outcome, then each entry with the tellings that bear on it.

use super::Paper;
use super::entries::{NAMES, claim};
use super::grid::Grid;
use super::parts::{few, id, line, standing};
use super::words::{Ink, Words};
use crate::views::check::{CheckView, FindingView, TellingView};
use crate::views::names;
use stemma::check::{Bearing, Outcome};

/// At most so many groups of tellings are listed for an entry.
const GROUPS: usize = 6;

/// Writes an answer.
pub fn check(view: &CheckView, paper: Paper) -> String {
    let ink = match view.outcome {
        Outcome::Supported => Ink::Green,
        Outcome::Qualified => Ink::Yellow,
        Outcome::Contested | Outcome::Disputed => Ink::Red,
        Outcome::Unknown => Ink::Plain,
    };
    let mut out = line(Words::new(&view.words, ink), paper.colour);
    if view.findings.is_empty() {
        return out;
    }
    out.push('\n');
    let mut grid = Grid::new(&["", "", ""]);
    for (i, f) in view.findings.iter().enumerate() {
        if i > 0 {
            grid.gap();
        }
        grid.row(vec![vec![bearing(f.bearing)], lines(f, paper), vec![id(&f.entry.id)]]);
    }
    out + &grid.write(paper)
}

fn bearing(bearing: Bearing) -> Words {
    let ink = match bearing {
        Bearing::Supports => Ink::Green,
        Bearing::Qualifies => Ink::Yellow,
        Bearing::Disputes => Ink::Red,
    };
    Words::new(names::bearing(bearing), ink)
}

fn lines(f: &FindingView, paper: Paper) -> Vec<Words> {
    let mut head = standing(f.entry.standing);
    head.push(": ", Ink::Plain);
    head.extend(claim(&f.entry, paper));
    let mut lines = vec![head];
    lines.extend(groups(&f.tellings));
    lines
}

/// What tellings have in common that are shown together: what they mean, whose they are, and why.
type Key<'t> = (Bearing, Option<&'t str>, String);

/// Tellings, those that mean the same for the same reasons and from the same origin together.
fn groups(tellings: &[TellingView]) -> Vec<Words> {
    let why = |t: &TellingView| t.reasons.iter().map(|r| r.words.clone()).collect::<Vec<_>>().join("; ");
    let mut groups: Vec<(Key, Vec<&TellingView>)> = Vec::new();
    for t in tellings {
        let key = (t.bearing, t.origin.as_deref(), why(t));
        match groups.iter_mut().find(|g| g.0 == key) {
            Some(group) => group.1.push(t),
            None => groups.push((key, vec![t])),
        }
    }
    let left: usize = groups.iter().skip(GROUPS).map(|g| g.1.len()).sum();
    let mut lines: Vec<Words> = groups.iter().take(GROUPS).map(|(key, of)| group(key, of)).collect();
    if left > 0 {
        lines.push(Words::new(&format!("… and {left} more tellings"), Ink::Dim));
    }
    lines
}

fn group(key: &Key, of: &[&TellingView]) -> Words {
    let mut words = Words::new("· ", Ink::Dim);
    words.extend(bearing(key.0));
    if let Some(origin) = key.1 {
        words.push(" ", Ink::Plain);
        words.push(origin, Ink::Cyan);
    }
    if !key.2.is_empty() {
        words.push(&format!(": {}", key.2), Ink::Plain);
    }
    let mut files: Vec<&str> = of.iter().map(|t| t.file.as_str()).collect();
    files.dedup();
    words.and("  ", Ink::Plain).and(&few(files.into_iter(), NAMES), Ink::Dim)
}
