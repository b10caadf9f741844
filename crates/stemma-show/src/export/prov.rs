//! The lineage of reports and claims in PROV-O (W3C Recommendation, 2013), as JSON-LD 1.1.
//!
//! Reports, lost reports and entries are entities. A copy or an excerpt was quoted from its parent, an
//! edit or a spin is a revision of it, a translation is derived from it; how surely stands in a
//! qualified derivation. An entry is quoted from the reports of its readings, and its origins are
//! agents that it is attributed to.

use super::{lost_name, node};
use crate::views::names;
use serde_json::{Value, json};
use stemma::Analysis;
use stemma::ledger::Lookup;
use stemma::reconcile::Entry;
use stemma::trace::{Descent, DescentKind, Stemma};

/// The document.
pub(super) fn document(ledger: &Lookup) -> String {
    let mut graph: Vec<Value> = ledger.reports.iter().map(|a| report(ledger, a)).collect();
    for stemma in &ledger.joined.stemmas {
        graph.extend(stemma.lost.iter().map(|lost| {
            let mut entity = json!({
                "@id": urn("lost", lost_name(stemma.id, &lost.id)),
                "@type": ["prov:Entity", "stemma:LostReport"],
            });
            add(&mut entity, "prov:wasAttributedTo", lost.credit.as_ref().map(|name| agent(name)));
            let parent = lost.parent.as_ref().map(|p| json!({"@id": entity_of(stemma, p)}));
            add(&mut entity, "prov:wasDerivedFrom", parent);
            entity
        }));
    }
    graph.extend(ledger.joined.entries.iter().map(entry));
    let context = json!({
        "prov": "http://www.w3.org/ns/prov#",
        "dcterms": "http://purl.org/dc/terms/",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "stemma": "urn:stemma:term:",
    });
    let document = json!({ "@context": context, "@graph": graph });
    format!("{document:#}\n")
}

fn report(ledger: &Lookup, a: &Analysis) -> Value {
    let r = &a.report;
    let mut entity = json!({
        "@id": urn("report", r.id),
        "@type": ["prov:Entity", "stemma:Report"],
        "stemma:file": r.file,
        "dcterms:language": r.lang.to_string(),
    });
    add(&mut entity, "dcterms:title", r.title.as_ref().map(|t| json!(t)));
    add(&mut entity, "dcterms:source", r.url.as_ref().map(|u| json!(u)));
    add(&mut entity, "dcterms:issued", r.published.map(|p| json!(p.to_string())));
    add(&mut entity, "prov:wasAttributedTo", r.outlet.as_ref().map(|name| agent(name)));
    if let (Some(stemma), Some(descent)) = (ledger.stemma_of(r.id), ledger.descent_of(r.id)) {
        let parent = entity_of(stemma, &descent.parent);
        add(&mut entity, property(descent.kind), Some(json!({ "@id": parent })));
        add(&mut entity, "prov:qualifiedDerivation", Some(derivation(&parent, descent)));
    }
    entity
}

/// The property for how a report was made.
fn property(kind: DescentKind) -> &'static str {
    match kind {
        DescentKind::Copy | DescentKind::Excerpt => "prov:wasQuotedFrom",
        DescentKind::Edit | DescentKind::Spin => "prov:wasRevisionOf",
        DescentKind::Translation => "prov:wasDerivedFrom",
    }
}

fn derivation(parent: &str, descent: &Descent) -> Value {
    json!({
        "@type": "prov:Derivation",
        "prov:entity": { "@id": parent },
        "stemma:kind": names::descent(descent.kind),
        "stemma:confidence": descent.confidence,
        "stemma:coverage": descent.coverage,
    })
}

fn entry(entry: &Entry) -> Value {
    let mut reports: Vec<String> = entry.readings.iter().map(|r| urn("report", r.place.report)).collect();
    reports.sort_unstable();
    reports.dedup();
    let reports: Vec<Value> = reports.into_iter().map(|id| json!({ "@id": id })).collect();
    let origins: Vec<Value> = entry.origins.iter().map(|o| agent(&o.name)).collect();
    json!({
        "@id": urn("entry", entry.id),
        "@type": ["prov:Entity", "stemma:Entry"],
        "prov:value": entry.text,
        "stemma:standing": names::standing(entry.standing),
        "stemma:reason": entry.reason,
        "prov:wasQuotedFrom": reports,
        "prov:wasAttributedTo": origins,
    })
}

fn entity_of(stemma: &Stemma, parent: &stemma::trace::Parent) -> String {
    let kind = match parent {
        stemma::trace::Parent::Report(_) => "report",
        stemma::trace::Parent::Lost(_) => "lost",
    };
    urn(kind, node(stemma.id, parent))
}

fn agent(name: &str) -> Value {
    json!({ "@id": urn("agent", name), "@type": "prov:Agent", "stemma:name": name })
}

/// A name in this document; what a URN may not have is written by its bytes (RFC 8141).
fn urn(kind: &str, name: impl std::fmt::Display) -> String {
    let mut out = format!("urn:stemma:{kind}:");
    for byte in name.to_string().bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'/' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// Adds what is known.
fn add(entity: &mut Value, key: &str, value: Option<Value>) {
    if let (Some(object), Some(value)) = (entity.as_object_mut(), value) {
        object.insert(key.to_owned(), value);
    }
}
