//! Parquet and CSV hold the same tables, whatever the text is, and the document tells of every column.

use super::super::tables::{Kind, tables};
use super::super::{Format, csv, export, parquet};
use super::records;
use ::parquet::file::reader::{FileReader, SerializedFileReader};
use ::parquet::record::Field;
use bytes::Bytes;
use expect_test::expect_file;
use std::collections::BTreeSet;
use std::path::Path;
use stemma::Ledger;
use stemma::ledger::Lookup;
use stemma::model::Credit;
use stemma::read::{Input, read};

/// A story of the repository.
fn story(name: &str) -> Ledger {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus").join(name);
    let mut raws = Vec::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|e| e == "txt") {
            let bytes = std::fs::read(&path).unwrap();
            let name = path.file_name().unwrap().to_string_lossy();
            raws.extend(read(&Input { name: &name, bytes: &bytes, ..Input::default() }).reports);
        }
    }
    stemma::ledger(raws)
}

/// A field as CSV has it.
fn field(value: &Field) -> String {
    match value {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::Bool(yes) => yes.to_string(),
        Field::UInt(n) => n.to_string(),
        Field::Long(n) => n.to_string(),
        Field::Float(n) => n.to_string(),
        Field::Double(n) => n.to_string(),
        Field::ListInternal(list) => list.elements().iter().map(field).collect::<Vec<_>>().join(" | "),
        other => panic!("no column holds {other:?}"),
    }
}

/// A Parquet file's header line and rows, read back, and its number of groups.
fn rows(bytes: Vec<u8>) -> (Vec<Vec<Field>>, Vec<Vec<String>>, usize) {
    let reader = SerializedFileReader::new(Bytes::from(bytes)).unwrap();
    let schema = reader.metadata().file_metadata().schema();
    let header = schema.get_fields().iter().map(|f| f.name().to_owned()).collect();
    let fields: Vec<Vec<Field>> = reader
        .get_row_iter(None)
        .unwrap()
        .map(|row| row.unwrap().into_columns().into_iter().map(|c| c.1).collect())
        .collect();
    let mut lines: Vec<Vec<String>> = vec![header];
    lines.extend(fields.iter().map(|row| row.iter().map(field).collect()));
    (fields, lines, reader.num_row_groups())
}

/// Whether every table says the same in both forms, also when it lies in groups of a few rows.
fn check(ledger: &Ledger) {
    let lookup = Lookup::of(ledger);
    for table in tables(&lookup) {
        let expected = records(&String::from_utf8(csv::file(&table).bytes).unwrap());
        assert_eq!(expected.len(), table.n_rows + 1, "{}", table.name);
        let whole = parquet::file(&table).bytes;
        assert_eq!(whole, parquet::file(&table).bytes, "{}: the same bytes", table.name);
        assert_eq!(rows(whole).1, expected, "{}", table.name);
        let (_, found, n_groups) = rows(parquet::written(&table, 3).unwrap());
        assert_eq!((found, n_groups), (expected, table.n_rows.div_ceil(3)), "{} in groups", table.name);
    }
}

#[test]
fn both_forms_of_a_story_say_the_same() {
    check(&story("harbour"));
    check(&super::ledger());
}

#[test]
fn an_empty_ledger_has_empty_tables() {
    check(&Ledger::default());
    let ledger = Ledger { reports: super::ledger().reports, ..Ledger::default() };
    check(&ledger);
    let names: BTreeSet<String> = export(&Lookup::of(&ledger), Format::Parquet).map(|f| f.name).collect();
    assert!(names.len() == 12 && names.contains("entries.parquet"));
}

#[test]
fn hostile_text_is_kept_as_it_is() {
    let mut ledger = super::ledger();
    let hostile = [
        "\0",
        "a\u{202e}b\u{202d}",
        "\u{200b}",
        "\"",
        "'",
        "\"\"\"",
        ",\r\n",
        " ",
        "\u{feff}é |",
        "\u{1}\u{7f}",
    ];
    let long = "ü, \"dam\" \0\u{202e}".repeat(5_000_000 / 16);
    for (i, analysis) in ledger.reports.iter_mut().enumerate() {
        let mut words = hostile.iter().cycle().skip(i * 3).map(|w| (*w).to_owned());
        let report = &mut analysis.report;
        let mut word = || words.next();
        (report.outlet, report.url, report.title, report.byline) = (word(), word(), word(), word());
        report.credit = Some(Credit { names: (0..i).filter_map(|_| word()).collect(), words: String::new() });
        report.body.push_str(&long);
    }
    for entry in &mut ledger.joined.entries {
        entry.text = hostile.concat();
        entry.readings.iter_mut().for_each(|r| r.via = hostile.map(str::to_owned).into());
    }
    check(&ledger);
}

#[test]
fn what_is_unknown_is_null_and_what_is_none_is_an_empty_list() {
    let ledger = super::ledger();
    let lookup = Lookup::of(&ledger);
    for table in tables(&lookup) {
        for row in rows(parquet::file(&table).bytes).0 {
            for (column, value) in table.columns.iter().zip(row) {
                let fits = match (column.kind, &value) {
                    (_, Field::Null) => column.is_optional,
                    (Kind::Text, Field::Str(_))
                    | (Kind::Texts, Field::ListInternal(_))
                    | (Kind::Index, Field::UInt(_))
                    | (Kind::Count, Field::Long(_))
                    | (Kind::Share, Field::Float(_))
                    | (Kind::Number, Field::Double(_))
                    | (Kind::Flag, Field::Bool(_)) => true,
                    _ => false,
                };
                assert!(fits, "{}.{} holds {value:?}", table.name, column.name);
            }
        }
    }
    let reports = tables(&lookup).next().unwrap();
    let url = reports.columns.iter().position(|c| c.name == "url").unwrap();
    assert!(rows(parquet::file(&reports).bytes).0.iter().all(|row| row[url] == Field::Null));
}

#[test]
fn files_tell_what_their_columns_mean() {
    let ledger = Ledger::default();
    for table in tables(&Lookup::of(&ledger)) {
        let reader = SerializedFileReader::new(Bytes::from(parquet::file(&table).bytes)).unwrap();
        let metadata = reader.metadata().file_metadata().key_value_metadata().unwrap().clone();
        let about = |key: &str| metadata.iter().find(|kv| kv.key == key).and_then(|kv| kv.value.clone());
        assert_eq!(about("about").as_deref(), Some(table.about));
        for column in &table.columns {
            assert_eq!(about(&format!("about.{}", column.name)).as_deref(), Some(column.about));
        }
    }
}

/// `UPDATE_EXPECT=1 cargo test` writes the document anew.
#[test]
fn the_document_tells_of_every_column() {
    let mut text = String::from(
        "# The tables of an export\n\n\
         What `stemma export --format parquet` and `--format csv` write, column by column, as the code defines\n\
         it: the test `the_document_tells_of_every_column` writes this page. The types are those of Parquet; in CSV\n\
         all is text, a list is joined by ` | `, and what is unknown is empty. A column with a *?* may be unknown\n\
         (null). Ids are 16 hexadecimal digits.\n",
    );
    let ledger = Ledger::default();
    for table in tables(&Lookup::of(&ledger)) {
        text += &format!("\n## {}\n\n{}\n\n| column | type | |\n|---|---|---|\n", table.name, table.about);
        for column in &table.columns {
            let kind = match column.kind {
                Kind::Text => "string",
                Kind::Texts => "list of strings",
                Kind::Index => "uint32",
                Kind::Count => "int64",
                Kind::Share => "float",
                Kind::Number => "double",
                Kind::Flag => "boolean",
            };
            let open = if column.is_optional { " ?" } else { "" };
            text += &format!("| `{}` | {kind}{open} | {} |\n", column.name, column.about);
        }
    }
    expect_file!["../../../../../docs/tables.md"].assert_eq(&text);
}
