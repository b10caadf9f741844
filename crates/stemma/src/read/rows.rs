//! JSON rows -> [`RawReport`]s: one object a line, an array of objects, or objects in a row.
//!
//! A row that cannot be read costs a note with its number; the others are still read. Depth is
//! held by the parser (128 levels), length by [`MAX_REPORT`].

use super::{Found, Input, MAX_REPORT, charset, fields};
use crate::model::{Note, NoteKind};
use serde_json::Value;
use std::borrow::Cow;

pub(super) fn read(input: &Input) -> Found {
    let wide = charset::wide(input.bytes).map(|_| charset::decode(input.bytes, false).0);
    let bytes = wide.as_ref().map_or(input.bytes, |text| text.as_bytes());
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if super::container(input.name, bytes) == super::Container::Json
        && let Some(found) = whole(input, bytes)
    {
        return found;
    }
    lines(input, bytes)
}

/// Reads one object a line. Brackets and commas of an array with one object a line are let pass.
fn lines(input: &Input, bytes: &[u8]) -> Found {
    let mut found = Found::default();
    for (i, line) in bytes.split(|b| *b == b'\n').enumerate() {
        let row = input.first_row + i as u64 + 1;
        let line = bare(line);
        if line.is_empty() {
            continue;
        }
        if line.len() > MAX_REPORT {
            let detail = format!("Row {row} has {} bytes; the limit is {MAX_REPORT}", line.len());
            found.notes.push(Note::new(NoteKind::TooLarge, detail));
            continue;
        }
        let text = String::from_utf8_lossy(line);
        let broken = matches!(text, Cow::Owned(_));
        match serde_json::from_str::<Value>(&text) {
            Ok(value) => push(input, row, value, broken, &mut found),
            Err(error) => found.notes.push(malformed(row, &error)),
        }
    }
    if found.reports.is_empty() && found.notes.is_empty() {
        found.notes.push(Note::new(NoteKind::Empty, "No rows in it"));
    }
    found
}

fn bare(line: &[u8]) -> &[u8] {
    let line = line.trim_ascii();
    let line = line.strip_prefix(b"[").unwrap_or(line).trim_ascii();
    let line =
        if line.starts_with(b"{") { line.strip_suffix(b"]").unwrap_or(line).trim_ascii() } else { line };
    let line = line.strip_suffix(b",").unwrap_or(line).trim_ascii();
    if line == b"]" { b"" } else { line }
}

fn malformed(row: u64, error: &serde_json::Error) -> Note {
    Note::new(NoteKind::Malformed, format!("Row {row} is no JSON object: {error}"))
}

/// Reads an array, or objects that span lines. None if the very first value is broken, so that
/// a damaged array with one object a line is still read by lines.
fn whole(input: &Input, bytes: &[u8]) -> Option<Found> {
    let text = String::from_utf8_lossy(bytes);
    let broken = matches!(text, Cow::Owned(_));
    let mut found = Found::default();
    let mut row = input.first_row;
    for value in serde_json::Deserializer::from_str(&text).into_iter::<Value>() {
        match value {
            Ok(Value::Array(values)) => {
                for value in values {
                    row += 1;
                    push(input, row, value, broken, &mut found);
                }
            }
            Ok(value) => {
                row += 1;
                push(input, row, value, broken, &mut found);
            }
            Err(_) if row == input.first_row => return None,
            Err(error) => {
                found.notes.push(malformed(row + 1, &error));
                break;
            }
        }
    }
    if found.reports.is_empty() && found.notes.is_empty() {
        found.notes.push(Note::new(NoteKind::Empty, "No rows in it"));
    }
    Some(found)
}

fn push(input: &Input, row: u64, value: Value, broken: bool, found: &mut Found) {
    let Value::Object(object) = value else {
        found.notes.push(Note::new(NoteKind::Malformed, format!("Row {row} is no JSON object")));
        return;
    };
    match fields::report(input, row, &object) {
        Some(mut report) if report.text.len() <= MAX_REPORT => {
            if broken {
                let detail = "Some bytes are no valid UTF-8 and were replaced";
                report.notes.push(Note::new(NoteKind::BrokenText, detail));
            }
            found.reports.push(report);
        }
        Some(_) => {
            let detail = format!("Row {row} has a text longer than {MAX_REPORT} bytes");
            found.notes.push(Note::new(NoteKind::TooLarge, detail));
        }
        None => found.notes.push(Note::new(NoteKind::Empty, format!("Row {row} has no text"))),
    }
}
