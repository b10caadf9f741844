//! Several reports side by side: each is set against the first, and what stands beside one stretch of the
//! first makes a row.

use super::collation::{CollationSide, CollationView, collation};
use super::shared::{Range, ReportRef};
use serde::Serialize;
use stemma::ledger::Lookup;
use stemma::model::ReportId;
use utoipa::ToSchema;

/// Three reports or more, stretch by stretch of the first.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct TableView {
    /// The reports, one a column.
    pub reports: Vec<ReportRef>,
    /// For each but the first the probability that it and the first are made from one another or both from a
    /// third, 0..=1; none if unlike.
    pub copying: Vec<Option<f32>>,
    /// In the order of the first report.
    pub rows: Vec<TableRow>,
}

/// What the reports have at one place; those that lack it have nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
pub struct TableRow {
    /// One for each report, of no, one or a few stretches.
    pub cells: Vec<Vec<CollationSide>>,
}

/// Sets reports side by side; none if the ledger lacks one.
pub fn table(ledger: &Lookup, ids: &[ReportId]) -> Option<TableView> {
    let (first, others) = ids.split_first()?;
    let pairs: Option<Vec<CollationView>> =
        others.iter().map(|other| collation(ledger, *first, *other)).collect();
    let pairs = pairs?;
    Some(TableView {
        reports: ids.iter().map(|id| ReportRef::of(ledger, *id)).collect(),
        copying: pairs.iter().map(|p| p.copying).collect(),
        rows: rows(&pairs),
    })
}

/// Stretches of the first report that no pair cuts through, each a row, and behind it what others have alone.
fn rows(pairs: &[CollationView]) -> Vec<TableRow> {
    let stretches = stretches(pairs);
    let empty = || TableRow { cells: vec![Vec::new(); pairs.len() + 1] };
    // Row 0 is what stands before the first stretch; then a row and one for what is alone behind it.
    let mut rows: Vec<TableRow> = (0..=2 * stretches.len()).map(|_| empty()).collect();
    for (k, pair) in pairs.iter().enumerate() {
        let mut at = 0;
        for row in &pair.rows {
            if let Some(a) = &row.a {
                let stretch = stretches.partition_point(|s| s[1] <= a.span[0]).min(stretches.len() - 1);
                at = 2 * stretch + 1;
                merge(&mut rows[at].cells[0], a);
            }
            let there = if row.a.is_some() { at } else { at + at % 2 };
            rows[there].cells[k + 1].extend(row.b.clone());
        }
    }
    rows.retain(|r| r.cells.iter().any(|c| !c.is_empty()));
    rows
}

fn stretches(pairs: &[CollationView]) -> Vec<Range> {
    let mut all: Vec<Range> =
        pairs.iter().flat_map(|p| &p.rows).filter_map(|r| Some(r.a.as_ref()?.span)).collect();
    all.sort_unstable();
    let mut joined: Vec<Range> = Vec::new();
    for span in all {
        match joined.last_mut() {
            Some(last) if span[0] < last[1] => last[1] = last[1].max(span[1]),
            _ => joined.push(span),
        }
    }
    joined
}

/// Adds a stretch of the first report, once, with the marks of all pairs.
fn merge(cell: &mut Vec<CollationSide>, side: &CollationSide) {
    let Some(own) = cell.iter_mut().find(|c| c.span[0] <= side.span[0] && side.span[1] <= c.span[1]) else {
        cell.retain(|c| !(side.span[0] <= c.span[0] && c.span[1] <= side.span[1]));
        cell.push(side.clone());
        return;
    };
    for mark in &side.differs {
        if own.differs.iter().all(|m| m[1] <= mark[0] || mark[1] <= m[0]) {
            own.differs.push(*mark);
        }
    }
    for mark in &side.variants {
        if !own.variants.contains(mark) {
            own.variants.push(mark.clone());
        }
    }
    own.differs.sort_unstable();
    own.variants.sort_by_key(|v| v.span);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where a row stands in the first report and in the other.
    type Bounds = (Option<(u32, u32)>, Option<(u32, u32)>);

    fn side(from: u32, to: u32) -> Option<CollationSide> {
        Some(CollationSide {
            span: [from, to],
            text: String::new(),
            differs: Vec::new(),
            variants: Vec::new(),
        })
    }

    #[test]
    fn every_stretch_stands_once_and_in_order() {
        let report = || ReportRef { id: ReportId(1), file: String::new() };
        let pair = |rows: &[Bounds]| CollationView {
            a: report(),
            b: report(),
            copying: None,
            rows: rows
                .iter()
                .map(|(a, b)| super::super::CollationRow {
                    a: a.and_then(|(x, y)| side(x, y)),
                    b: b.and_then(|(x, y)| side(x, y)),
                    score: None,
                })
                .collect(),
        };
        let pairs = [
            pair(&[(None, Some((0, 5))), (Some((0, 10)), Some((5, 15))), (Some((10, 20)), None)]),
            pair(&[(Some((0, 20)), Some((0, 18))), (None, Some((18, 30)))]),
        ];
        let counts: Vec<Vec<usize>> =
            rows(&pairs).iter().map(|r| r.cells.iter().map(Vec::len).collect()).collect();
        assert_eq!(counts, [[0, 1, 0], [1, 1, 1], [0, 0, 1]]);
    }
}
