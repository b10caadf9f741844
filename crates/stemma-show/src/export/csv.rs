//! Tables as CSV (RFC 4180): commas, a header line, `\r\n`, quotation marks where a field needs them.
//!
//! Lists are joined by ` | `; what is unknown is empty.

use super::File;
use super::tables::Table;

/// The file of a table.
pub(super) fn file(table: &Table) -> File {
    let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
    let mut text = names.join(",") + "\r\n";
    for row in 0..table.n_rows {
        for (i, column) in table.columns.iter().enumerate() {
            if i > 0 {
                text.push(',');
            }
            push(&mut text, &column.cell(row).to_string());
        }
        text.push_str("\r\n");
    }
    File::new(&format!("{}.csv", table.name), text)
}

fn push(text: &mut String, field: &str) {
    if field.contains([',', '"', '\r', '\n']) || field.starts_with(' ') || field.ends_with(' ') {
        text.push('"');
        text.push_str(&field.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(field);
    }
}
