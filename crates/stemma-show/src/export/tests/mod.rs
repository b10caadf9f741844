//! Exports keep their schemas, and tables and graphs hold together by ids.

mod tables;

use super::jsonl::SCHEMAS;
use super::{File, Format, export};
use serde_json::Value;
use std::collections::BTreeSet;
use stemma::Ledger;
use stemma::ledger::Lookup;
use stemma::model::RawReport;

/// A ledger with a family, a variant, an attribution and text that has to be escaped.
fn ledger() -> Ledger {
    let told = "LORIA, May 3 (Pelt News) - A dam above the \"lower\" town of Pelt & Sons broke on Friday, and 200 \
        houses were flooded.\n\nInterior minister Ana Ode said that 12 people were missing.\n\n\"We were told at \
        dawn,\" she said. \"By then the lower streets were gone.\"\n\nThe dam was built in 1961.";
    let raw = |key: &str, text: String| RawReport {
        key: key.into(),
        file: format!("pile/{key}"),
        text,
        outlet: Some("The <Pelt> Post, daily".into()),
        ..RawReport::default()
    };
    let copy = told.replace("12 people", "21 people") + "\n\nSource: Pelt News";
    stemma::ledger(vec![
        raw("a.txt", told.into()),
        raw("b.txt", copy),
        raw("c.txt", "A mayor spoke about bread in \u{1}Loria on Monday.".into()),
    ])
}

fn files(format: Format) -> Vec<File> {
    let ledger = ledger();
    export(&Lookup::of(&ledger), format).collect()
}

/// The text of a file.
fn told(file: &File) -> String {
    String::from_utf8(file.bytes.clone()).unwrap()
}

fn text(files: &[File], name: &str) -> String {
    files.iter().find(|f| f.name == name).map(told).unwrap()
}

/// Whether a value keeps a schema, in the part of JSON Schema that ours use.
fn keeps(value: &Value, schema: &Value, root: &Value) -> bool {
    if let Some(name) = schema["$ref"].as_str() {
        return keeps(value, &root["$defs"][name.trim_start_matches("#/$defs/")], root);
    }
    if let Some(any) = schema["anyOf"].as_array() {
        return any.iter().any(|s| keeps(value, s, root));
    }
    if let Some(words) = schema["enum"].as_array() {
        return words.contains(value);
    }
    match schema["type"].as_str().unwrap() {
        "object" => {
            let (given, known) = (value.as_object().unwrap(), schema["properties"].as_object().unwrap());
            let required = schema["required"].as_array().unwrap();
            required.iter().all(|key| given.contains_key(key.as_str().unwrap()))
                && given.iter().all(|(key, v)| known.get(key).is_some_and(|s| keeps(v, s, root)))
        }
        "array" => value.as_array().is_some_and(|a| a.iter().all(|v| keeps(v, &schema["items"], root))),
        "string" => value.is_string(),
        "integer" => value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("no rule for {other}"),
    }
}

#[test]
fn every_row_keeps_its_schema() {
    let files = files(Format::Jsonl);
    for (name, schema) in SCHEMAS {
        let schema: Value = serde_json::from_str(schema).unwrap();
        let rows = text(&files, &format!("{name}.jsonl"));
        assert!(!rows.is_empty(), "{name}");
        for row in rows.lines() {
            let row: Value = serde_json::from_str(row).unwrap();
            assert!(keeps(&row, &schema, &schema), "{name}: {row:#}");
        }
    }
}

/// The records of a table.
fn records(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut field, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => field.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut field)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            '\r' if !quoted => {}
            c => field.push(c),
        }
    }
    rows
}

#[test]
fn tables_are_whole_and_join_by_ids() {
    let files = files(Format::Csv);
    let reports = records(&text(&files, "reports.csv"));
    let ids: BTreeSet<&str> = reports[1..].iter().map(|r| r[0].as_str()).collect();
    assert_eq!(ids.len(), 3);
    assert!(reports[1..].iter().all(|r| r[2] == "The <Pelt> Post, daily"));
    assert!(reports[1..].iter().any(|r| r.last().unwrap().contains("\n\nInterior")));
    for file in &files {
        let rows = records(&told(file));
        assert!(rows.iter().all(|r| r.len() == rows[0].len()), "{}", file.name);
        let column = rows[0].iter().position(|c| c == "report");
        if let Some(column) = column {
            assert!(rows[1..].iter().all(|r| ids.contains(r[column].as_str())), "{}", file.name);
        }
    }
    let (entries, readings) = (text(&files, "entries.csv"), text(&files, "readings.csv"));
    let known: BTreeSet<String> = records(&entries)[1..].iter().map(|r| r[0].clone()).collect();
    assert!(!known.is_empty() && records(&readings)[1..].iter().all(|r| known.contains(&r[0])));
}

#[test]
fn lineage_names_only_what_it_defines() {
    let document: Value = serde_json::from_slice(&files(Format::Prov)[0].bytes).unwrap();
    let graph = document["@graph"].as_array().unwrap();
    let known: BTreeSet<&str> = graph.iter().map(|e| e["@id"].as_str().unwrap()).collect();
    assert_eq!(known.len(), graph.len(), "an id stands twice");
    let mut n_derived = 0;
    for entity in graph {
        for key in ["prov:wasQuotedFrom", "prov:wasRevisionOf", "prov:wasDerivedFrom"] {
            let named = match &entity[key] {
                Value::Array(all) => all.clone(),
                Value::Null => Vec::new(),
                one => vec![one.clone()],
            };
            n_derived += named.len();
            assert!(named.iter().all(|n| known.contains(n["@id"].as_str().unwrap())), "{entity:#}");
        }
    }
    assert!(n_derived > 0);
}

#[test]
fn the_graph_is_sound_xml_with_both_ends_of_every_edge() {
    let text = told(&files(Format::Graphml)[0]);
    let values = |key: &str| -> BTreeSet<&str> {
        let key = format!(" {key}=\"");
        text.split(&key).skip(1).filter_map(|rest| rest.split('"').next()).collect()
    };
    let nodes = values("id");
    assert!(values("source").union(&values("target")).all(|end| nodes.contains(end)));
    assert!(text.contains("<edge ") && text.contains("The &lt;Pelt&gt; Post, daily"));
    assert!(!text.contains('\u{1}'));
}
