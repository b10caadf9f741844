//! Rows of a table -> [`RawReport`](crate::model::RawReport)s, by the names of its columns.

use super::part::Place;
use super::{Found, Told, charset, fields, rows};
use crate::model::{Note, NoteKind};
use serde_json::{Map, Value};
use std::sync::Arc;

/// The fields of one row.
#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    /// The bytes of all fields.
    pub(super) bytes: Vec<u8>,
    /// Where each field ends in them.
    pub(super) ends: Vec<usize>,
}

impl Record {
    /// The fields, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.bytes[start..*end])
    }
}

/// Some rows of a table.
#[derive(Debug)]
pub(super) struct Block {
    /// The names of the columns.
    pub(super) columns: Arc<Record>,
    /// Rows with their numbers; the first below the names is 1.
    pub(super) rows: Vec<(u64, Record)>,
    /// How many bytes they have.
    pub(super) size: usize,
}

/// Reads a block.
pub(super) fn read(place: &Place, block: &Block, told: &Told) -> Found {
    let mut found = Found::default();
    let encoding = charset::of_parts(block.rows.iter().flat_map(|(_, row)| row.iter()));
    let decoded = |field: &[u8]| match std::str::from_utf8(field) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding.decode_without_bom_handling(field).0.into_owned(),
    };
    let columns: Vec<String> = block.columns.iter().map(decoded).collect();
    let mut empty = Vec::new();
    for (row, record) in &block.rows {
        let fields = columns.iter().zip(record.iter()).filter(|(_, field)| !field.is_empty());
        let mut object = Map::new();
        for (name, field) in fields {
            // Of two columns with one name, the first counts.
            object.entry(name.trim()).or_insert_with(|| Value::String(decoded(field)));
        }
        if !rows::push(place, *row, &object, told, &mut found) {
            empty.push(*row);
        }
    }
    let lacks_text = !columns.iter().any(|name| fields::holds_text(name, told));
    match empty.as_slice() {
        [] => {}
        _ if lacks_text => {
            let names: String = columns.join(", ").chars().take(200).collect();
            let detail = format!(
                "No column is known to hold the text; name it with --map text=COLUMN. It has: {names}"
            );
            found.notes.push(Note::new(NoteKind::Malformed, detail));
        }
        [row] => found.notes.push(Note::new(NoteKind::Empty, format!("Row {row} has no text"))),
        [first, .., last] => {
            let detail = format!("{} rows from {first} to {last} have no text", empty.len());
            found.notes.push(Note::new(NoteKind::Empty, detail));
        }
    }
    found
}
