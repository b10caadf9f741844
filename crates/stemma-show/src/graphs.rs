//! Families -> what programs for trees and graphs read: Newick, DOT, GraphML.
//!
//! One node for each report and each lost one, one edge for each descent. Names are escaped as each format
//! wants it. Newick (Olsen 1990) has trees only: second parents are left out there.

use crate::views::{DescentView, FamilyView};
use std::fmt::Write;

/// A format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One tree a line, with the confidence of each descent.
    Newick,
    /// For Graphviz.
    Dot,
    /// For yEd, Gephi and others.
    Graphml,
}

/// Writes the families that have more than one report.
pub fn graphs(families: &[FamilyView], format: Format) -> String {
    let mut families = families.iter().filter(|f| f.reports.len() > 1);
    match format {
        Format::Newick => families.map(newick).collect(),
        Format::Dot => format!("digraph stemma {{\n{}}}\n", families.map(dot).collect::<String>()),
        Format::Graphml => {
            let mut out = String::from(GRAPHML);
            families.by_ref().for_each(|f| out.push_str(&graphml(f)));
            out + "  </graph>\n</graphml>\n"
        }
    }
}

const GRAPHML: &str = "\
<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">
  <key id=\"name\" for=\"node\" attr.name=\"name\" attr.type=\"string\"/>
  <key id=\"lang\" for=\"node\" attr.name=\"lang\" attr.type=\"string\"/>
  <key id=\"published\" for=\"node\" attr.name=\"published\" attr.type=\"string\"/>
  <key id=\"lost\" for=\"node\" attr.name=\"lost\" attr.type=\"boolean\"/>
  <key id=\"kind\" for=\"edge\" attr.name=\"kind\" attr.type=\"string\"/>
  <key id=\"confidence\" for=\"edge\" attr.name=\"confidence\" attr.type=\"double\"/>
  <graph id=\"stemma\" edgedefault=\"directed\">
";

/// A node's name: a report's id, or a lost one's within its family.
fn lost_id(family: &FamilyView, lost: &str) -> String {
    format!("{}/{lost}", family.id)
}

fn parent_id(family: &FamilyView, descent: &DescentView) -> String {
    match (&descent.parent, &descent.lost) {
        (Some(id), _) => id.to_string(),
        (None, Some(lost)) => lost_id(family, &lost.id),
        (None, None) => String::new(),
    }
}

/// `((b:0.90,c:0.80)a);` with a lost report as a node without a file.
fn newick(family: &FamilyView) -> String {
    let made = |id: &str| family.descents.iter().any(|d| d.child.to_string() == id);
    let lost = family.lost.iter().map(|l| (lost_id(family, &l.id), l.id.clone()));
    let reports = family.reports.iter().map(|r| (r.id.to_string(), r.file.clone()));
    let roots = lost.chain(reports.filter(|(id, _)| !made(id)));
    roots.map(|(id, name)| branch(family, &id, &name) + ";\n").collect()
}

fn branch(family: &FamilyView, id: &str, name: &str) -> String {
    let children: Vec<String> = (family.descents.iter())
        .filter(|d| parent_id(family, d) == id)
        .map(|d| {
            let below = branch(family, &d.child.to_string(), &d.child_file);
            format!("{below}:{:.2}", d.confidence)
        })
        .collect();
    let below = if children.is_empty() { String::new() } else { format!("({})", children.join(",")) };
    format!("{below}'{}'", visible(name).replace('\'', "''"))
}

fn dot(family: &FamilyView) -> String {
    let mut out = format!("  subgraph \"cluster_{}\" {{\n", family.id);
    for report in &family.reports {
        let label = format!("{} ({})", report.file, report.lang);
        let _ = writeln!(out, "    {} [label={}];", quoted(&report.id.to_string()), quoted(&label));
    }
    for lost in &family.lost {
        let (id, name) = (lost_id(family, &lost.id), format!("{} (lost)", lost.id));
        let _ = writeln!(out, "    {} [label={}, style=dashed];", quoted(&id), quoted(&name));
    }
    for d in &family.descents {
        let ends = (quoted(&parent_id(family, d)), quoted(&d.child.to_string()));
        let _ = writeln!(out, "    {} -> {} [label=\"{:?} {:.2}\"];", ends.0, ends.1, d.kind, d.confidence);
    }
    out + "  }\n"
}

fn graphml(family: &FamilyView) -> String {
    let mut out = String::new();
    let data = |key: &str, value: &str| format!("<data key=\"{key}\">{}</data>", xml(value));
    for r in &family.reports {
        let published = r.published.as_ref().map_or(String::new(), |p| data("published", p));
        let rest = data("name", &r.file) + &data("lang", &r.lang) + &published + &data("lost", "false");
        let _ = writeln!(out, "    <node id=\"{}\">{rest}</node>", r.id);
    }
    for lost in &family.lost {
        let rest = data("name", &lost.id) + &data("lost", "true");
        let _ = writeln!(out, "    <node id=\"{}\">{rest}</node>", xml(&lost_id(family, &lost.id)));
    }
    for d in &family.descents {
        let rest =
            data("kind", &format!("{:?}", d.kind)) + &data("confidence", &format!("{:.4}", d.confidence));
        let parent = xml(&parent_id(family, d));
        let _ = writeln!(out, "    <edge source=\"{parent}\" target=\"{}\">{rest}</edge>", d.child);
    }
    out
}

/// Without characters that a terminal obeys or XML forbids.
fn visible(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", visible(text).replace('\\', "\\\\").replace('"', "\\\""))
}

fn xml(text: &str) -> String {
    let text = visible(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use stemma::model::RawReport;

    fn check(format: Format, expected: &[&str]) {
        let text = "Three people died when a granary burst in Tolmin on Monday, the mayor said.\n\n\
            Rescuers led by Anka Reven searched the yard until midnight with dogs and lamps.\n\n\
            About 140 families who live near the river were told to leave their homes.";
        let raw = |file: &str| RawReport {
            key: file.into(),
            file: file.into(),
            text: text.into(),
            ..RawReport::default()
        };
        let ledger = stemma::ledger(vec![raw("a'<.txt"), raw("b\".txt")]);
        let lookup = stemma::ledger::Lookup::of(&ledger);
        let out = graphs(&crate::views::families::families(&lookup), format);
        expected.iter().for_each(|words| assert!(out.contains(words), "{words} in {out}"));
    }

    #[test]
    fn names_are_escaped_as_each_format_wants() {
        check(Format::Newick, &["'a''<.txt'", "'b\".txt'", ";\n"]);
        check(Format::Dot, &["digraph stemma {", "\"b\\\".txt (en)\"", " -> ", "Copy"]);
        check(Format::Graphml, &["a'&lt;.txt", "b&quot;.txt", "<data key=\"kind\">Copy</data>"]);
    }
}
