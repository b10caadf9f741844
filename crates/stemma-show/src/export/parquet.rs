//! Tables as Parquet files: typed columns, zstd, at most [`GROUP`] rows in a group.
//!
//! A column is written after another, so that beside the ledger and the file no more than a slice of one
//! is held. What the table and its columns mean stands in the file's metadata, under `about` and
//! `about.COLUMN`. The same table gives the same bytes.

use super::File;
use super::tables::{Cell, Column, Kind, Table};
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, FloatType};
use parquet::data_type::{Int32Type, Int64Type};
use parquet::errors::Result;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};
use std::ops::Range;
use std::sync::Arc;

/// Rows in a group: what a reader takes at once. Half of DuckDB's usual 122,880, as bodies are long.
const GROUP: usize = 1 << 16;

/// Bytes of values that are handed over at once; a page is cut soon after as many. Trades memory for calls.
const SLICE: usize = 1 << 20;

/// The file of a table.
pub(super) fn file(table: &Table) -> File {
    let bytes = written(table, GROUP).expect("columns are as their schema says, and memory takes them");
    File { name: format!("{}.parquet", table.name), bytes }
}

/// The bytes of a table's file, with at most so many rows in a group.
pub(super) fn written(table: &Table, group_rows: usize) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut bytes, schema(table)?, Arc::new(properties(table)?))?;
    for start in (0..table.n_rows).step_by(group_rows) {
        let rows = start..table.n_rows.min(start + group_rows);
        let mut group = writer.next_row_group()?;
        let mut columns = table.columns.iter();
        while let (Some(mut out), Some(column)) = (group.next_column()?, columns.next()) {
            write(&mut out, column, rows.clone())?;
            out.close()?;
        }
        group.close()?;
    }
    writer.close()?;
    Ok(bytes)
}

fn properties(table: &Table) -> Result<WriterProperties> {
    let mut about = vec![KeyValue::new("about".to_owned(), table.about.to_owned())];
    about
        .extend(table.columns.iter().map(|c| KeyValue::new(format!("about.{}", c.name), c.about.to_owned())));
    Ok(WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_key_value_metadata(Some(about))
        .build())
}

fn schema(table: &Table) -> Result<TypePtr> {
    let fields: Result<Vec<TypePtr>> = table.columns.iter().map(|c| field(c).map(Arc::new)).collect();
    Ok(Arc::new(Type::group_type_builder(table.name).with_fields(fields?).build()?))
}

/// A column's type; a list in the three levels that the format prescribes.
fn field(column: &Column) -> Result<Type> {
    let repetition = if column.is_optional { Repetition::OPTIONAL } else { Repetition::REQUIRED };
    if column.kind != Kind::Texts {
        return leaf(column.name, column.kind, repetition);
    }
    let element = leaf("element", Kind::Text, Repetition::REQUIRED)?;
    let list = Type::group_type_builder("list")
        .with_repetition(Repetition::REPEATED)
        .with_fields(vec![Arc::new(element)])
        .build()?;
    Type::group_type_builder(column.name)
        .with_repetition(repetition)
        .with_logical_type(Some(LogicalType::List))
        .with_fields(vec![Arc::new(list)])
        .build()
}

fn leaf(name: &str, kind: Kind, repetition: Repetition) -> Result<Type> {
    let (physical, logical) = match kind {
        Kind::Text | Kind::Texts => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Index => (Physical::INT32, Some(LogicalType::integer(32, false))),
        Kind::Count => (Physical::INT64, None),
        Kind::Share => (Physical::FLOAT, None),
        Kind::Number => (Physical::DOUBLE, None),
        Kind::Flag => (Physical::BOOLEAN, None),
    };
    Type::primitive_type_builder(name, physical)
        .with_repetition(repetition)
        .with_logical_type(logical)
        .build()
}

/// Writes some rows of a column.
fn write(out: &mut SerializedColumnWriter, column: &Column, rows: Range<usize>) -> Result<()> {
    macro_rules! of {
        ($type:ty, $kind:ident, $value:ident => $native:expr) => {
            fill::<$type>(out, column, rows, |cell| match cell {
                Cell::$kind($value) => Some($native),
                _ => None,
            })
        };
    }
    match column.kind {
        Kind::Text | Kind::Texts => of!(ByteArrayType, Text, text => ByteArray::from(&*text)),
        // The format has no physical type without a sign: its readers take the same bits.
        Kind::Index => of!(Int32Type, Index, n => n.cast_signed()),
        Kind::Count => of!(Int64Type, Count, n => n),
        Kind::Share => of!(FloatType, Share, n => n),
        Kind::Number => of!(DoubleType, Number, n => n),
        Kind::Flag => of!(BoolType, Flag, yes => yes),
    }
}

/// Values, and how deep each is there and repeated: Dremel's levels (Melnik et al., 2010).
struct Slice<D: DataType> {
    values: Vec<D::T>,
    depths: Vec<i16>,
    repeats: Vec<i16>,
    n_bytes: usize,
}

impl<D: DataType> Slice<D> {
    fn new() -> Self {
        Self { values: Vec::new(), depths: Vec::new(), repeats: Vec::new(), n_bytes: 0 }
    }

    fn level(&mut self, depth: i16, repeats: bool) {
        self.depths.push(depth);
        self.repeats.push(i16::from(repeats));
        self.n_bytes += 2 * size_of::<i16>();
    }

    fn push(&mut self, cell: Cell, full: i16, repeats: bool, value: impl Fn(Cell) -> Option<D::T>) {
        self.level(full, repeats);
        self.n_bytes += size_of::<D::T>() + if let Cell::Text(text) = &cell { text.len() } else { 0 };
        self.values.extend(value(cell));
    }
}

fn fill<D: DataType>(
    out: &mut SerializedColumnWriter,
    column: &Column,
    rows: Range<usize>,
    value: impl Fn(Cell) -> Option<D::T> + Copy,
) -> Result<()> {
    let is_list = column.kind == Kind::Texts;
    // The depth of a value that is there: one for what may be unknown, one for what may be repeated.
    let full = i16::from(column.is_optional) + i16::from(is_list);
    let out = out.typed::<D>();
    let mut slice = Slice::<D>::new();
    for row in rows.clone() {
        match column.cell(row) {
            Cell::Unknown => slice.level(0, false),
            Cell::Texts(texts) if texts.is_empty() => slice.level(full - 1, false),
            Cell::Texts(texts) => {
                for (i, text) in texts.into_iter().enumerate() {
                    slice.push(Cell::Text(text.into()), full, i > 0, value);
                }
            }
            cell => slice.push(cell, full, false, value),
        }
        if slice.n_bytes >= SLICE || row + 1 == rows.end {
            let depths = (full > 0).then_some(slice.depths.as_slice());
            let repeats = is_list.then_some(slice.repeats.as_slice());
            out.write_batch(&slice.values, depths, repeats)?;
            slice = Slice::new();
        }
    }
    Ok(())
}
