//! Two [`Side`]s -> [`Scores`]: how alike each sentence of one is to each of the other.
//!
//! In one language half word overlap and half meaning; across languages meaning and anchors.
//! Never: judges; a score means something only against the others of its row and column.

use super::side::{Lengths, Side};

/// What shared anchors add across languages, where all of them are shared. From the trial.
const ANCHOR_SCORE: f32 = 0.3;

/// Numbers in rows and columns.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    pub(super) rows: usize,
    pub(super) columns: usize,
    cells: Vec<f32>,
}

impl Grid {
    pub(super) fn new(rows: usize, columns: usize) -> Self {
        Self { rows, columns, cells: vec![0.0; rows * columns] }
    }

    pub(super) fn at(&self, i: usize, j: usize) -> f32 {
        self.cells[i * self.columns + j]
    }

    pub(super) fn cell(&mut self, i: usize, j: usize) -> &mut f32 {
        &mut self.cells[i * self.columns + j]
    }

    pub(super) fn row(&self, i: usize) -> &[f32] {
        &self.cells[i * self.columns..(i + 1) * self.columns]
    }

    /// The same with its columns from last to first.
    pub(super) fn reversed(&self) -> Self {
        Self::map(self.rows, self.columns, |i, j| self.at(i, self.columns - 1 - j))
    }

    fn map(rows: usize, columns: usize, of: impl Fn(usize, usize) -> f32) -> Self {
        let mut grid = Self::new(rows, columns);
        for i in 0..rows {
            for j in 0..columns {
                *grid.cell(i, j) = of(i, j);
            }
        }
        grid
    }
}

/// How alike sentences are, -1..=1.3: one to one, one of `a` to two of `b`, two of `a` to one of `b`.
pub(super) struct Scores {
    pub(super) one: Grid,
    pub(super) one_two: Grid,
    pub(super) two_one: Grid,
}

/// Scores all pairs of sentences.
pub(super) fn scores(a: &Side, b: &Side, across: bool) -> Scores {
    let meaning = cosines(&meaning(a, b), &a.meaning, &b.meaning);
    if across {
        let anchors = anchors(a, b);
        let add = |grid: &Grid, shared: &dyn Fn(usize, usize) -> f32| {
            Grid::map(grid.rows, grid.columns, |i, j| grid.at(i, j) + ANCHOR_SCORE * shared(i, j))
        };
        return Scores {
            one: add(&meaning.one, &|i, j| anchors.at(i, j)),
            one_two: add(&meaning.one_two, &|i, j| anchors.at(i, j).max(anchors.at(i, j + 1))),
            two_one: add(&meaning.two_one, &|i, j| anchors.at(i, j).max(anchors.at(i + 1, j))),
        };
    }
    let words = cosines(&lexical(a, b), &a.lexical, &b.lexical);
    let known = |side: &Side| side.meaning.one.iter().any(|l| *l > 0.0);
    if !known(a) || !known(b) {
        return words;
    }
    let half = |x: &Grid, y: &Grid| Grid::map(x.rows, x.columns, |i, j| (x.at(i, j) + y.at(i, j)) / 2.0);
    Scores {
        one: half(&meaning.one, &words.one),
        one_two: half(&meaning.one_two, &words.one_two),
        two_one: half(&meaning.two_one, &words.two_one),
    }
}

/// Cosines from products; a vector of two sentences is the sum of theirs.
fn cosines(products: &Grid, a: &Lengths, b: &Lengths) -> Scores {
    let (n, m) = (products.rows, products.columns);
    let cosine = |product: f32, x: f32, y: f32| {
        let lengths = x * y;
        if lengths > 0.0 { product / lengths.sqrt() } else { 0.0 }
    };
    Scores {
        one: Grid::map(n, m, |i, j| cosine(products.at(i, j), a.one[i], b.one[j])),
        one_two: Grid::map(n, m.saturating_sub(1), |i, j| {
            cosine(products.at(i, j) + products.at(i, j + 1), a.one[i], b.two[j])
        }),
        two_one: Grid::map(n.saturating_sub(1), m, |i, j| {
            cosine(products.at(i, j) + products.at(i + 1, j), a.two[i], b.one[j])
        }),
    }
}

fn meaning(a: &Side, b: &Side) -> Grid {
    Grid::map(a.n(), b.n(), |i, j| {
        let cosine = a.print.sentences[i].vector.cosine(&b.print.sentences[j].vector);
        cosine * a.scale[i] * b.scale[j]
    })
}

fn lexical(a: &Side, b: &Side) -> Grid {
    let mut grid = Grid::new(a.n(), b.n());
    shared_stems(a, b, |of_a, of_b| {
        for x in of_a {
            for y in of_b {
                *grid.cell(x.1 as usize, y.1 as usize) += x.2 * y.2;
            }
        }
    });
    grid
}

/// Calls `each` with the places of every stem that both have.
pub(super) fn shared_stems(a: &Side, b: &Side, mut each: impl FnMut(&[(u32, u16, f32)], &[(u32, u16, f32)])) {
    let (mut x, mut y) = (&a.stems[..], &b.stems[..]);
    while let (Some(p), Some(q)) = (x.first(), y.first()) {
        let (p, q) = (p.0, q.0);
        let until = |run: &[(u32, u16, f32)], stem: u32| run.iter().take_while(|s| s.0 == stem).count();
        if p < q {
            x = &x[1..];
        } else if q < p {
            y = &y[1..];
        } else {
            let (i, j) = (until(x, p), until(y, p));
            each(&x[..i], &y[..j]);
            (x, y) = (&x[i..], &y[j..]);
        }
    }
}

/// Share of numbers and names that sentences have in common (Ochiai's coefficient).
fn anchors(a: &Side, b: &Side) -> Grid {
    Grid::map(a.n(), b.n(), |i, j| {
        let (p, q) = (&a.print.sentences[i], &b.print.sentences[j]);
        let (n, m) = (p.numbers.len() + p.names.len(), q.numbers.len() + q.names.len());
        let shared = n_shared(&p.numbers, &q.numbers) + n_shared(&p.names, &q.names);
        if shared == 0 { 0.0 } else { shared as f32 / ((n * m) as f32).sqrt() }
    })
}

/// How many of two ascending lists are in both.
pub(super) fn n_shared(a: &[u32], b: &[u32]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, n) = (i + 1, j + 1, n + 1),
        }
    }
    n
}
