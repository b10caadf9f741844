//! Rows of JSON -> [`RawReport`](crate::model::RawReport)s.
//!
//! A row that cannot be read costs a note with its number; the others are still read. Depth is
//! held by the parser (128 levels), length by [`MAX_REPORT`]. An object without a text that holds a list
//! of reports (`{"articles": [...]}`, JSON Feed) is a wrapping, and the objects in it are the rows; lists
//! of other records are none.

use super::limits::MAX_REPORT;
use super::part::Place;
use super::unpack::Rows;
use super::{Found, Told, fields};
use crate::model::{Note, NoteKind};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// How deep in a wrapping a list of reports is looked for: `{"response": {"docs": [...]}}`.
const DEEPEST: usize = 3;

/// Reads a block of rows.
pub(super) fn read(place: &Place, block: &Rows, told: &Told) -> Found {
    let mut found = Found::default();
    for (row, at) in &block.rows {
        let bytes = bare(&block.bytes[at.clone()]);
        if bytes.is_empty() {
            continue;
        }
        let text = String::from_utf8_lossy(bytes);
        let n_before = found.reports.len();
        match serde_json::from_str::<Value>(&text) {
            Ok(value) => value_read(place, *row, value, told, &mut found),
            Err(error) => {
                let detail = format!("Row {row} is no JSON object: {error}");
                found.notes.push(Note::new(NoteKind::Malformed, detail));
            }
        }
        if matches!(text, Cow::Owned(_)) {
            let detail = "Some bytes are no valid UTF-8 and were replaced";
            for report in &mut found.reports[n_before..] {
                report.notes.push(Note::new(NoteKind::BrokenText, detail));
            }
        }
    }
    found
}

/// A line without the brackets and commas of an array that has one object a line.
fn bare(line: &[u8]) -> &[u8] {
    let line = line.trim_ascii();
    let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
    let line = line.strip_suffix(b",").unwrap_or(line).trim_ascii();
    if matches!(line, b"[" | b"]") { b"" } else { line }
}

fn value_read(place: &Place, row: u64, value: Value, told: &Told, found: &mut Found) {
    let Value::Object(object) = value else {
        found.notes.push(Note::new(NoteKind::Malformed, format!("Row {row} is no JSON object")));
        return;
    };
    if push(place, row, &object, told, found) {
        return;
    }
    match wrapped(&object, told, 0) {
        Some((list, around)) => {
            for (i, inner) in list.iter().enumerate() {
                let Value::Object(inner) = inner else {
                    continue;
                };
                let mut inner = inner.clone();
                around.iter().for_each(|(name, value)| {
                    inner.entry(*name).or_insert_with(|| (*value).clone());
                });
                let row = row + i as u64;
                if !push(place, row, &inner, told, found) {
                    found.notes.push(no_text(row));
                }
            }
        }
        None => found.notes.push(no_text(row)),
    }
}

fn no_text(row: u64) -> Note {
    Note::new(NoteKind::Empty, format!("Row {row} has no text"))
}

/// Adds the report of an object; false if it has no text.
pub(super) fn push(
    place: &Place,
    row: u64,
    object: &Map<String, Value>,
    told: &Told,
    found: &mut Found,
) -> bool {
    match fields::report(place, row, object, told) {
        Some(report) if report.text.len() <= MAX_REPORT => found.reports.push(report),
        Some(_) => {
            let detail = format!("Row {row} has a text longer than {MAX_REPORT} bytes");
            found.notes.push(Note::new(NoteKind::TooLarge, detail));
        }
        None => return false,
    }
    true
}

/// What the object around a list says of all in it.
type Around<'a> = Vec<(&'static str, &'a Value)>;

/// The longest list of reports in an object, and what holds for all of them: the title of a JSON Feed
/// is its outlet.
fn wrapped<'o>(
    object: &'o Map<String, Value>,
    told: &Told,
    depth: usize,
) -> Option<(&'o Vec<Value>, Around<'o>)> {
    let is_report = |v: &&Value| v.as_object().is_some_and(|o| fields::is_report(o, told));
    let mut best: Option<(&Vec<Value>, Around)> = None;
    for value in object.values() {
        let inner = match value {
            Value::Array(list) if 2 * list.iter().filter(is_report).count() > list.len() => {
                Some((list, Vec::new()))
            }
            Value::Object(inner) if depth < DEEPEST => wrapped(inner, told, depth + 1),
            _ => None,
        };
        if let Some(inner) = inner
            && best.as_ref().is_none_or(|b| b.0.len() < inner.0.len())
        {
            best = Some(inner);
        }
    }
    let (list, mut around) = best?;
    around.extend(object.get("language").map(|v| ("language", v)));
    if object.get("version").and_then(Value::as_str).is_some_and(|v| v.contains("jsonfeed")) {
        around.extend(object.get("title").map(|v| ("outlet", v)));
    }
    Some((list, around))
}
