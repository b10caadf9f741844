//! Where the reports of a family stand in its drawing: columns for time, rows for the tree.
//!
//! A family goes in, nodes with columns and rows come out. Columns are the moments of
//! publication in order (not to scale); reports of one moment that were made from one another
//! take a column each. Without dates, columns are generations.

use crate::views::FamilyView;
use std::collections::{BTreeMap, BTreeSet};
use stemma::model::ReportId;
use stemma::trace::DescentKind;

/// Nodes of one drawing; deeper ones of a larger family are counted. More cannot be told apart.
pub const MAX_NODES: usize = 120;

/// A report, read or lost, in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Index into the family's reports; none for a lost one.
    pub report: Option<usize>,
    /// What stands beside it: the file's name, or the lost report's.
    pub name: String,
    /// What it was made from, as an index of a node before this one, and how if that is known.
    pub parent: Option<(usize, Option<DescentKind>)>,
    /// From the left, 0 first.
    pub column: usize,
    /// From the top, 0 first: its index.
    pub row: usize,
}

/// A family laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// Parents before children.
    pub nodes: Vec<Node>,
    /// The columns at which a moment begins, with its date as published.
    pub moments: Vec<(usize, String)>,
    /// How many columns there are.
    pub n_columns: usize,
    /// How many reports were left out.
    pub left: usize,
}

/// Lays a family out.
pub fn layout(family: &FamilyView) -> Layout {
    let kin = Kin::of(family);
    let order = kin.walk();
    let moments = kin.moments(&order);
    let mut keys: Vec<(String, usize)> = Vec::with_capacity(order.len());
    let place: BTreeMap<usize, usize> = order.iter().enumerate().map(|(row, k)| (*k, row)).collect();
    let parent_row = |k: usize| {
        let (parent, kind) = kin.parents[k]?;
        let row = place.get(&parent).filter(|row| **row < place[&k])?;
        Some((*row, kind))
    };
    for k in &order {
        let step = parent_row(*k)
            .map(|(row, _)| &keys[row])
            .filter(|key| key.0 == moments[*k])
            .map_or(0, |key| key.1 + 1);
        keys.push((moments[*k].clone(), step));
    }
    let columns: BTreeSet<&(String, usize)> = keys.iter().collect();
    let column: BTreeMap<&(String, usize), usize> =
        columns.iter().enumerate().map(|(i, key)| (*key, i)).collect();
    let nodes = order.iter().enumerate().map(|(row, k)| Node {
        report: (*k < family.reports.len()).then_some(*k),
        name: kin.names[*k].to_owned(),
        parent: parent_row(*k),
        column: column[&keys[row]],
        row,
    });
    let begins = column.iter().filter(|(key, _)| key.1 == 0 && !key.0.is_empty());
    Layout {
        nodes: nodes.collect(),
        moments: begins.map(|(key, i)| (*i, key.0.clone())).collect(),
        n_columns: columns.len(),
        left: kin.names.len() - order.len(),
    }
}

/// All reports of a family by one numbering: those read, in their order, then the lost ones.
struct Kin<'f> {
    names: Vec<&'f str>,
    dates: Vec<Option<&'f str>>,
    parents: Vec<Option<(usize, Option<DescentKind>)>>,
    children: Vec<Vec<usize>>,
}

impl<'f> Kin<'f> {
    fn of(family: &'f FamilyView) -> Self {
        let n = family.reports.len();
        let reports: BTreeMap<ReportId, usize> =
            family.reports.iter().enumerate().map(|(i, r)| (r.id, i)).collect();
        let lost: BTreeMap<&str, usize> =
            family.lost.iter().enumerate().map(|(i, l)| (l.id.as_str(), n + i)).collect();
        let files: BTreeMap<&str, usize> =
            family.reports.iter().enumerate().map(|(i, r)| (r.file.as_str(), i)).collect();
        let mut parents = vec![None; n + family.lost.len()];
        for d in &family.descents {
            let parent =
                d.parent.and_then(|id| reports.get(&id)).or_else(|| lost.get(d.lost.as_ref()?.id.as_str()));
            if let (Some(child), Some(parent)) = (reports.get(&d.child), parent) {
                parents[*child] = Some((*parent, Some(d.kind)));
            }
        }
        for (i, l) in family.lost.iter().enumerate() {
            let from = l.made_from.as_deref().and_then(|name| lost.get(name).or_else(|| files.get(name)));
            parents[n + i] = from.map(|parent| (*parent, None));
        }
        let mut children = vec![Vec::new(); parents.len()];
        for (k, parent) in parents.iter().enumerate() {
            if let Some((parent, _)) = parent {
                children[*parent].push(k);
            }
        }
        let read = family.reports.iter();
        Self {
            names: read
                .clone()
                .map(|r| r.file.as_str())
                .chain(family.lost.iter().map(|l| l.id.as_str()))
                .collect(),
            dates: read.map(|r| r.published.as_deref()).chain(family.lost.iter().map(|_| None)).collect(),
            parents,
            children,
        }
    }

    /// From each root down, the first child's line first; nothing twice, at most [`MAX_NODES`].
    fn walk(&self) -> Vec<usize> {
        let n = self.names.len();
        let mut seen = vec![false; n];
        let mut order = Vec::new();
        let roots = (0..n).filter(|k| self.parents[*k].is_none());
        let mut roots: Vec<usize> = roots.collect();
        roots.sort_by_key(|k| std::cmp::Reverse(self.children[*k].len()));
        for root in roots.into_iter().chain(0..n) {
            let mut stack = vec![root];
            while let Some(k) = stack.pop() {
                if order.len() < MAX_NODES && !std::mem::replace(&mut seen[k], true) {
                    order.push(k);
                    stack.extend(self.children[k].iter().rev());
                }
            }
        }
        order
    }

    /// When each report stands in the drawing: its own date, else its parent's, else its first child's.
    fn moments(&self, order: &[usize]) -> Vec<String> {
        let mut moments: Vec<Option<String>> = self.dates.iter().map(|d| d.map(str::to_owned)).collect();
        for k in order.iter().rev() {
            if self.parents[*k].is_none() && moments[*k].is_none() {
                moments[*k] = self.children[*k].iter().filter_map(|c| moments[*c].clone()).min();
            }
        }
        for k in order {
            if moments[*k].is_none() {
                moments[*k] = self.parents[*k].and_then(|(p, _)| moments[p].clone());
            }
        }
        moments.into_iter().map(Option::unwrap_or_default).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::families::{DescentView, FamilyReport, LostView};
    use stemma::model::FamilyId;

    fn report(n: u64, published: &str) -> FamilyReport {
        FamilyReport {
            id: ReportId(n),
            file: format!("r{n}"),
            path: String::new(),
            lang: "en".into(),
            outlet: None,
            credit: None,
            title: None,
            published: (!published.is_empty()).then(|| published.to_owned()),
            own_share: 0.5,
        }
    }

    fn lost(id: &str) -> LostView {
        LostView { id: id.into(), credit: None, made_from: None }
    }

    /// Reports as dates, descents as `child<parent` with 0 for a lost one; nodes as `name@column`.
    fn check(dates: &[&str], descents: &[(u64, u64)], expected: &str) {
        let reports = dates.iter().enumerate().map(|(i, d)| report(i as u64 + 1, d)).collect();
        let descents = descents.iter().map(|(child, parent)| DescentView {
            child: ReportId(*child),
            child_file: String::new(),
            parent: (*parent > 0).then_some(ReportId(*parent)),
            parent_file: None,
            lost: (*parent == 0).then(|| lost("lost-1")),
            kind: DescentKind::Copy,
            confidence: 1.0,
            coverage: 1.0,
            evidence: Vec::new(),
            also: Vec::new(),
        });
        let descents: Vec<_> = descents.collect();
        let lost = if descents.iter().any(|d| d.lost.is_some()) { vec![lost("lost-1")] } else { Vec::new() };
        let family =
            FamilyView { id: FamilyId(1), reports, descents, lost, variants: Vec::new(), spun: Vec::new() };
        let laid = layout(&family);
        let nodes: Vec<String> = laid.nodes.iter().map(|n| format!("{}@{}", n.name, n.column)).collect();
        assert_eq!(nodes.join(" "), expected);
        assert!(laid.nodes.iter().all(|n| n.parent.is_none_or(|(p, _)| p < n.row)));
    }

    #[test]
    fn columns_are_moments_else_generations() {
        check(&["", "", ""], &[(2, 1), (3, 2)], "r1@0 r2@1 r3@2");
        check(&["2025-01-01", "2025-01-01", "2025-01-03"], &[(2, 1), (3, 1)], "r1@0 r2@1 r3@2");
        check(&["2025-01-01", "2025-01-03"], &[(1, 0), (2, 0)], "lost-1@0 r1@1 r2@2");
        check(&["2025-01-03", "2025-01-01"], &[(2, 1)], "r1@1 r2@0");
    }

    #[test]
    fn a_ring_is_drawn_once() {
        check(&["", ""], &[(1, 2), (2, 1)], "r1@0 r2@1");
    }
}
