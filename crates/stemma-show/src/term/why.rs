//! Evidence: of a descent, a family, an event, a storyline, an entry.

use super::entries::{claim, reading};
use super::families::family;
use super::grid::Grid;
use super::parts::{behind, line, short, standing};
use super::words::{Ink, Words};
use super::{Paper, collation, events};
use crate::views::why::{WhyEntry, WhyEvent, WhyReport, WhyStoryline};
use crate::views::{DescentView, WhyView, names};

/// Writes the evidence.
pub fn why(view: &WhyView, paper: Paper) -> String {
    match view {
        WhyView::Report(w) => of_report(w, paper),
        WhyView::Family(f) => {
            let mut out = family(f, usize::MAX, paper);
            f.descents.iter().for_each(|d| out.push_str(&descent(d, paper)));
            out
        }
        WhyView::Event(w) => of_event(w, paper),
        WhyView::Storyline(w) => of_storyline(w, paper),
        WhyView::Entry(w) => of_entry(w, paper),
    }
}

/// One descent with its reasons.
fn descent(d: &DescentView, paper: Paper) -> String {
    let parent = match (&d.parent_file, &d.lost) {
        (Some(file), _) => file.clone(),
        (None, Some(lost)) => format!("({}, lost)", lost.id),
        (None, None) => "–".into(),
    };
    let mut head = Words::new(&d.child_file, Ink::Bold).and(" from ", Ink::Plain).and(&parent, Ink::Bold);
    head.push(&format!("  {}", names::descent(d.kind)), Ink::Blue);
    head.push(&format!(" {:.2}, covers {:.0} % of its words", d.confidence, d.coverage * 100.0), Ink::Plain);
    let mut out = line(head, paper.colour);
    for reason in &d.evidence {
        out.push_str(&behind("  ", &Words::from(reason.as_str()), paper));
    }
    if !d.also.is_empty() {
        let also = Words::new(&format!("or from: {}", d.also.join(", ")), Ink::Dim);
        out.push_str(&behind("  ", &also, paper));
    }
    out
}

fn of_report(why: &WhyReport, paper: Paper) -> String {
    let mut out = match &why.descent {
        Some(d) => descent(d, paper),
        None => line(
            Words::new(&why.report.file, Ink::Bold).and(" was made from nothing that was read", Ink::Plain),
            paper.colour,
        ),
    };
    if let Some(beside) = &why.beside {
        out.push('\n');
        let mut grid = Grid::new(&["", "", ""]);
        let head = |name: &str| Words::new(name, Ink::Bold);
        grid.line(vec![head(&beside.file), Words::default(), head(&why.report.file)]);
        collation::fill(&mut grid, &why.aligned, paper);
        out.push_str(&grid.write(paper));
    }
    if !why.children.is_empty() {
        out.push('\n');
        why.children.iter().for_each(|d| out.push_str(&descent(d, paper)));
    }
    out
}

fn of_event(why: &WhyEvent, paper: Paper) -> String {
    let mut out = events(std::slice::from_ref(&why.event), paper);
    out.push('\n');
    let mut grid = Grid::new(&["report", "names", "says when"]);
    let list = |quotes: &[crate::views::Quote]| {
        let mut words: Vec<&str> = quotes.iter().map(|q| q.text.as_str()).collect();
        words.dedup();
        Words::from(words.join(", "))
    };
    for t in &why.tellings {
        grid.line(vec![Words::new(&t.report.file, Ink::Bold), list(&t.names), list(&t.times)]);
    }
    out.push_str(&grid.write(paper));
    out
}

fn of_storyline(why: &WhyStoryline, paper: Paper) -> String {
    let mut out = line(Words::new(&format!("storyline {}", short(&why.id)), Ink::Dim), paper.colour);
    let shared = if why.shared.is_empty() { "no name".into() } else { why.shared.join(", ") };
    out.push_str(&behind("", &Words::from(format!("shared by its events: {shared}")), paper));
    out.push('\n');
    out.push_str(&events(&why.events, paper));
    out
}

fn of_entry(why: &WhyEntry, paper: Paper) -> String {
    let e = &why.entry;
    let mut head = standing(e.standing);
    head.push("  ", Ink::Plain);
    head.extend(claim(e, paper));
    let mut out = behind("", &head, paper);
    out.push_str(&behind("", &Words::from(e.reason.as_str()), paper));
    out.push('\n');
    let mut grid = Grid::new(&["origin", "reading", "where"]);
    for (r, sentence) in e.readings.iter().zip(&why.sentences) {
        let origin = r.origin.as_deref().unwrap_or("–");
        let at =
            Words::from(sentence.text.as_str()).and(&format!("  {}..{}", r.span[0], r.span[1]), Ink::Dim);
        grid.line(vec![Words::new(origin, Ink::Cyan), reading(r), at]);
    }
    out.push_str(&grid.write(paper));
    if !why.descents.is_empty() {
        out.push('\n');
        why.descents.iter().for_each(|d| out.push_str(&descent(d, paper)));
    }
    out
}
