//! A family drawn as a tree: each line a report, lost ones in brackets.

use super::Paper;
use super::parts::{line, short, thousands};
use super::words::{Ink, Words};
use crate::views::{DescentView, FamilyReport, FamilyView};
use crate::wording::when;
use std::collections::{BTreeMap, BTreeSet};
use stemma::model::ReportId;

/// What hangs in the tree.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Node {
    Lost(String),
    Report(ReportId),
}

/// Writes a family's tree, roots first, children in the order of the view; at most `n` lines of it.
pub fn write(family: &FamilyView, n: usize, paper: Paper) -> String {
    let drawing = Drawing::of(family);
    let mut lines = Vec::new();
    let mut seen = BTreeSet::new();
    for root in &drawing.roots {
        drawing.draw(root, n, &mut lines, &mut seen);
    }
    let mut out: String = lines.iter().map(|l| line(l.clip(paper.columns()), paper.colour)).collect();
    let left = (family.reports.len() + family.lost.len()).saturating_sub(lines.len());
    if left > 0 {
        let more = format!("… and {} more; `stemma why {}` draws all", thousands(left), short(&family.id));
        out.push_str(&line(Words::new(&more, Ink::Dim), paper.colour));
    }
    out
}

struct Drawing<'f> {
    family: &'f FamilyView,
    reports: BTreeMap<ReportId, &'f FamilyReport>,
    descents: BTreeMap<ReportId, &'f DescentView>,
    children: BTreeMap<Node, Vec<Node>>,
    roots: Vec<Node>,
}

impl<'f> Drawing<'f> {
    fn of(family: &'f FamilyView) -> Self {
        let descents: BTreeMap<ReportId, &DescentView> =
            family.descents.iter().map(|d| (d.child, d)).collect();
        let file_ids: BTreeMap<&str, ReportId> =
            family.reports.iter().map(|r| (r.file.as_str(), r.id)).collect();
        let mut children: BTreeMap<Node, Vec<Node>> = BTreeMap::new();
        let mut roots = Vec::new();
        for lost in &family.lost {
            let node = Node::Lost(lost.id.clone());
            let parent = lost.made_from.as_deref().map(|name| match file_ids.get(name) {
                Some(id) => Node::Report(*id),
                None => Node::Lost(name.to_owned()),
            });
            place(node, parent, &mut children, &mut roots);
        }
        for report in &family.reports {
            let parent = descents.get(&report.id).and_then(|d| match (&d.parent, &d.lost) {
                (Some(id), _) => Some(Node::Report(*id)),
                (None, Some(lost)) => Some(Node::Lost(lost.id.clone())),
                (None, None) => None,
            });
            place(Node::Report(report.id), parent, &mut children, &mut roots);
        }
        let reports = family.reports.iter().map(|r| (r.id, r)).collect();
        Self { family, reports, descents, children, roots }
    }

    /// Draws a node and all below it; a stack, for a chain of copies may be long.
    fn draw(&self, root: &Node, n: usize, lines: &mut Vec<Words>, seen: &mut BTreeSet<Node>) {
        let mut stack = vec![(root.clone(), String::new(), String::new())];
        while let Some((node, before, below)) = stack.pop() {
            if lines.len() == n {
                return;
            }
            if !seen.insert(node.clone()) {
                continue;
            }
            let mut line = Words::new(&before, Ink::Dim);
            line.extend(self.label(&node));
            lines.push(line);
            let children = self.children.get(&node).map_or(&[][..], Vec::as_slice);
            for (i, child) in children.iter().enumerate().rev() {
                let last = i + 1 == children.len();
                let branch = if last { "└─ " } else { "├─ " };
                let trunk = if last { "   " } else { "│  " };
                stack.push((child.clone(), format!("{below}{branch}"), format!("{below}{trunk}")));
            }
        }
    }

    fn label(&self, node: &Node) -> Words {
        match node {
            Node::Lost(name) => Words::new(&format!("({name}, lost)"), Ink::Cyan),
            Node::Report(id) => {
                let Some(report) = self.reports.get(id) else {
                    return Words::new(&id.to_string(), Ink::Dim);
                };
                let mut line =
                    Words::new(&report.file, Ink::Bold).and(&format!("  {}", report.lang), Ink::Plain);
                if let Some(d) = self.descents.get(id) {
                    line.push(&format!("  {}", crate::views::names::descent(d.kind)), Ink::Blue);
                    line.push(&format!(" {:.2}", d.confidence), Ink::Plain);
                }
                if let Some(published) = &report.published {
                    line.push(&format!("  {}", when(published)), Ink::Plain);
                }
                for (head, value) in [("", &report.outlet), ("credits ", &report.credit)] {
                    if let Some(value) = value {
                        line.push(&format!("  {head}{value}"), Ink::Cyan);
                    }
                }
                if report.own_share < 1.0 {
                    line.push(&format!("  own {:.0} %", report.own_share * 100.0), Ink::Plain);
                }
                if self.family.spun.iter().any(|s| s.report == *id) {
                    line.push("  spun", Ink::Yellow);
                }
                line.and(&format!("  {}", short(id)), Ink::Dim)
            }
        }
    }
}

fn place(node: Node, parent: Option<Node>, children: &mut BTreeMap<Node, Vec<Node>>, roots: &mut Vec<Node>) {
    match parent {
        Some(parent) => children.entry(parent).or_default().push(node),
        None => roots.push(node),
    }
}
