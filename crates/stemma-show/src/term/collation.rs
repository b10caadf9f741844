//! Two reports or more side by side, differing words marked.

use super::Paper;
use super::grid::Grid;
use super::parts::{behind, marked};
use super::words::{Ink, Words};
use crate::views::{CollationRow, CollationSide, CollationView, Range, TableView, names};

/// Writes a collation.
pub fn collation(view: &CollationView, paper: Paper) -> String {
    let judged = match view.copying {
        Some(p) => format!("one made from the other, or both from a third: {p:.2}"),
        None => "no likeness found: each sentence stands alone".into(),
    };
    let mut out = behind("", &Words::new(&judged, Ink::Dim), paper);
    let mut head = Grid::new(&["", "", ""]);
    head.line(vec![
        Words::new(&view.a.file, Ink::Bold),
        Words::default(),
        Words::new(&view.b.file, Ink::Bold),
    ]);
    fill(&mut head, &view.rows, paper);
    out.push_str(&head.write(paper));
    let sides = view.rows.iter().flat_map(|r| [&r.a, &r.b]).flatten();
    out.push_str(&behind("", &legend(sides, paper), paper));
    out
}

/// Writes a collation of several; columns are as wide as the paper lets them be.
pub fn table(view: &TableView, paper: Paper) -> String {
    let mut grid = Grid::new(&vec![""; view.reports.len()]);
    grid.line(view.reports.iter().map(|r| Words::new(&r.file, Ink::Bold)).collect());
    for row in &view.rows {
        let paired = row.cells.iter().filter(|c| !c.is_empty()).count() > 1;
        let cell = |sides: &Vec<CollationSide>| match sides[..] {
            [] => vec![Words::new("·", Ink::Dim)],
            _ => sides.iter().map(|s| words(s, paired, paper)).collect(),
        };
        grid.row(row.cells.iter().map(cell).collect());
    }
    let sides = view.rows.iter().flat_map(|r| r.cells.iter().flatten());
    grid.write(paper) + &behind("", &legend(sides, paper), paper)
}

/// Adds the rows of a collation to a table of three columns.
pub(super) fn fill(grid: &mut Grid, rows: &[CollationRow], paper: Paper) {
    for row in rows {
        let score = row.score.map_or_else(String::new, |s| format!("{s:.2}"));
        let cell = |side: &Option<CollationSide>| match side {
            Some(side) => words(side, row.score.is_some(), paper),
            None => Words::new("·", Ink::Dim),
        };
        grid.line(vec![cell(&row.a), Words::new(&score, Ink::Dim), cell(&row.b)]);
    }
}

fn words(side: &CollationSide, paired: bool, paper: Paper) -> Words {
    if !paired {
        return Words::new(&side.text, Ink::Dim);
    }
    let mut marks: Vec<(Range, Ink, [&str; 2])> =
        side.variants.iter().map(|v| (v.span, Ink::Red, ["{", "}"])).collect();
    let free = |r: &Range| side.variants.iter().all(|v| r[1] <= v.span[0] || v.span[1] <= r[0]);
    marks.extend(side.differs.iter().filter(|r| free(r)).map(|r| (*r, Ink::Yellow, ["[", "]"])));
    marked(&side.text, side.span[0], &marks, paper.colour)
}

fn legend<'v>(sides: impl Iterator<Item = &'v CollationSide>, paper: Paper) -> Words {
    let mut kinds: Vec<&str> = sides.flat_map(|s| &s.variants).map(|v| names::variant(v.kind)).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let (differs, variant) = if paper.colour { ("yellow", "red") } else { ("[ ]", "{ }") };
    let mut words = Words::new(&format!("{differs} words that the other has not"), Ink::Dim);
    if !kinds.is_empty() {
        words.push(&format!("; {variant} a difference in meaning: {}", kinds.join(", ")), Ink::Dim);
    }
    words
}
