//! A table that fits its paper: narrow columns keep their width, wide ones share what is left.

use super::Paper;
use super::words::{Ink, Words};

/// Columns between two columns.
const GAP: usize = 2;
/// No column is pressed below this.
const NARROW: usize = 8;

/// A table in the making.
pub struct Grid {
    heads: Vec<&'static str>,
    rows: Vec<Vec<Vec<Words>>>,
}

impl Grid {
    /// A table with these heads; all empty for a table without a head line.
    pub fn new(heads: &[&'static str]) -> Self {
        Self { heads: heads.to_vec(), rows: Vec::new() }
    }

    /// Adds a row of cells, each of one or more paragraphs.
    pub fn row(&mut self, cells: Vec<Vec<Words>>) {
        debug_assert_eq!(cells.len(), self.heads.len());
        self.rows.push(cells);
    }

    /// Adds an empty line.
    pub fn gap(&mut self) {
        self.line(vec![Words::default(); self.heads.len()]);
    }

    /// Adds a row of cells of one paragraph each.
    pub fn line(&mut self, cells: Vec<Words>) {
        self.row(cells.into_iter().map(|c| vec![c]).collect());
    }

    /// Writes the table.
    pub fn write(&self, paper: Paper) -> String {
        let widths = fit(&self.natural(), paper.columns());
        let mut out = String::new();
        if self.heads.iter().any(|h| !h.is_empty()) {
            let heads: Vec<Vec<Words>> = self.heads.iter().map(|h| vec![Words::new(h, Ink::Dim)]).collect();
            write_row(&heads, &widths, paper, &mut out);
        }
        for row in &self.rows {
            write_row(row, &widths, paper, &mut out);
        }
        out
    }

    fn natural(&self) -> Vec<usize> {
        let head = |i: usize| Words::from(self.heads[i]).width();
        let cell = |i: usize| self.rows.iter().flat_map(move |r| r[i].iter().map(Words::width)).max();
        (0..self.heads.len()).map(|i| head(i).max(cell(i).unwrap_or(0))).collect()
    }
}

/// Widths that fit: the greatest cap under which all columns together have room.
fn fit(natural: &[usize], columns: usize) -> Vec<usize> {
    let mut room = columns.saturating_sub(GAP * natural.len().saturating_sub(1));
    let mut order: Vec<usize> = (0..natural.len()).collect();
    order.sort_by_key(|i| natural[*i]);
    let mut widths = vec![0; natural.len()];
    for (n, i) in order.iter().enumerate() {
        let share = room / (natural.len() - n);
        widths[*i] = natural[*i].min(share.max(NARROW));
        room = room.saturating_sub(widths[*i]);
    }
    widths
}

fn write_row(row: &[Vec<Words>], widths: &[usize], paper: Paper, out: &mut String) {
    let cells: Vec<Vec<Words>> = row
        .iter()
        .zip(widths)
        .map(|(cell, width)| cell.iter().flat_map(|words| words.wrap(*width)).collect())
        .collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    for n in 0..height {
        let mut line = String::new();
        let mut owed = 0;
        for (cell, width) in cells.iter().zip(widths) {
            if let Some(words) = cell.get(n).filter(|w| w.width() > 0) {
                line.push_str(&" ".repeat(owed));
                line.push_str(&words.write(paper.colour));
                owed = width.saturating_sub(words.width());
            } else {
                owed += width;
            }
            owed += GAP;
        }
        out.push_str(&line);
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn wide_columns_share_what_narrow_ones_leave() {
        assert_eq!(fit(&[8, 100, 100], 60), [8, 24, 24]);
        assert_eq!(fit(&[8, 10, 100], 60), [8, 10, 38]);
        assert_eq!(fit(&[3, 4], 60), [3, 4]);
    }

    #[test]
    fn a_table_fits_its_paper() {
        let mut grid = Grid::new(&["id", "claim", ""]);
        grid.line(vec!["1".into(), "the dam at Pelt broke and nine boats sank".into(), "x".into()]);
        grid.line(vec!["2".into(), "水坝".into(), "y".into()]);
        expect![[r#"
            id  claim
            1   the dam at Pelt broke and nine boats  x
                sank
            2   水坝                                  y
        "#]]
        .assert_eq(&grid.write(Paper { width: 43, colour: false }));
    }
}
