//! The families as one directed graph in GraphML: reports and lost reports, edges from parent to child.

use super::{lost_name, node};
use crate::views::names;
use stemma::ledger::Lookup;

/// Attributes: of what, name, type.
const KEYS: [(&str, &str, &str); 10] = [
    ("node", "file", "string"),
    ("node", "outlet", "string"),
    ("node", "lang", "string"),
    ("node", "published", "string"),
    ("node", "title", "string"),
    ("node", "family", "string"),
    ("node", "lost", "boolean"),
    ("edge", "kind", "string"),
    ("edge", "confidence", "double"),
    ("edge", "coverage", "double"),
];

/// The document.
pub(super) fn document(ledger: &Lookup) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
    );
    for (of, name, kind) in KEYS {
        out.push_str(&format!(
            "  <key id=\"{name}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>\n"
        ));
    }
    out.push_str("  <graph id=\"families\" edgedefault=\"directed\">\n");
    for a in &ledger.reports {
        let r = &a.report;
        let family = ledger.stemma_of(r.id).map(|s| s.id.to_string());
        let data = [
            ("file", Some(r.file.clone())),
            ("outlet", r.outlet.clone()),
            ("lang", Some(r.lang.to_string())),
            ("published", r.published.map(|p| p.to_string())),
            ("title", r.title.clone()),
            ("family", family),
            ("lost", Some("false".to_owned())),
        ];
        element(&mut out, &format!("node id=\"{}\"", r.id), "node", &data);
    }
    for stemma in &ledger.joined.stemmas {
        for lost in &stemma.lost {
            let data = [
                ("outlet", lost.credit.clone()),
                ("family", Some(stemma.id.to_string())),
                ("lost", Some("true".to_owned())),
            ];
            let id = lost_name(stemma.id, &lost.id);
            element(&mut out, &format!("node id=\"{}\"", escaped(&id)), "node", &data);
            if let Some(parent) = &lost.parent {
                edge(&mut out, &node(stemma.id, parent), &id, &[]);
            }
        }
        for d in &stemma.descents {
            let data = [
                ("kind", Some(names::descent(d.kind).to_owned())),
                ("confidence", Some(d.confidence.to_string())),
                ("coverage", Some(d.coverage.to_string())),
            ];
            edge(&mut out, &node(stemma.id, &d.parent), &d.child.to_string(), &data);
        }
    }
    out + "  </graph>\n</graphml>\n"
}

fn edge(out: &mut String, from: &str, to: &str, data: &[(&str, Option<String>)]) {
    let head = format!("edge source=\"{}\" target=\"{}\"", escaped(from), escaped(to));
    element(out, &head, "edge", data);
}

fn element(out: &mut String, head: &str, name: &str, data: &[(&str, Option<String>)]) {
    out.push_str(&format!("    <{head}>\n"));
    for (key, value) in data {
        if let Some(value) = value {
            out.push_str(&format!("      <data key=\"{key}\">{}</data>\n", escaped(value)));
        }
    }
    out.push_str(&format!("    </{name}>\n"));
}

/// Text inside XML 1.0; characters that it cannot hold are left out.
fn escaped(text: &str) -> String {
    let allowed = |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(allowed) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}
