//! Small files of every kind, built in memory, for tests.

use std::io::Write;

/// A gzip member.
pub(super) fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

/// A zstd frame.
pub(super) fn zst(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).unwrap()
}

/// A zip of named files, deflated.
pub(super) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut out, mut list) = (Vec::new(), Vec::new());
    for (name, bytes) in files {
        let mut packed = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(bytes).unwrap();
        let packed = packed.finish().unwrap();
        let mut crc = flate2::Crc::new();
        crc.update(bytes);
        let at = (out.len() as u32).to_le_bytes();
        let mut both = vec![20, 0, 0, 8, 8, 0, 0, 0, 0, 0];
        both.extend(crc.sum().to_le_bytes());
        both.extend((packed.len() as u32).to_le_bytes());
        both.extend((bytes.len() as u32).to_le_bytes());
        both.extend((name.len() as u16).to_le_bytes());
        both.extend([0, 0]);
        out.extend([b"PK\x03\x04", &*both, name.as_bytes(), &packed].concat());
        list.extend([b"PK\x01\x02\x14\0", &*both, &[0; 10], &at, name.as_bytes()].concat());
    }
    let (at, n) = ((out.len() as u32).to_le_bytes(), (files.len() as u16).to_le_bytes());
    let length = (list.len() as u32).to_le_bytes();
    out.extend(list);
    out.extend([b"PK\x05\x06\0\0\0\0", &n[..], &n, &length, &at, &[0, 0]].concat());
    out
}

/// A tar header for a file that says it has so many bytes.
pub(super) fn tar_header(name: &str, size: u64, kind: u8) -> Vec<u8> {
    let mut block = vec![0; 512];
    block[..name.len()].copy_from_slice(name.as_bytes());
    let digits = format!("{size:011o}");
    if digits.len() == 11 {
        block[124..135].copy_from_slice(digits.as_bytes());
    } else {
        block[124] = 0x80;
        block[128..136].copy_from_slice(&size.to_be_bytes());
    }
    block[156] = kind;
    block[148..156].fill(b' ');
    let sum: u32 = block.iter().map(|b| u32::from(*b)).sum();
    block[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    block
}

/// A tar of named files.
pub(super) fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, bytes) in files {
        out.extend(tar_header(name, bytes.len() as u64, b'0'));
        out.extend(*bytes);
        out.resize(out.len().next_multiple_of(512), 0);
    }
    out.resize(out.len() + 1024, 0);
    out
}

/// A WARC record.
pub(super) fn record(kind: &str, url: &str, media: &str, body: &[u8]) -> Vec<u8> {
    let mut out = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-07-14T09:30:00Z\r\n\
         Content-Type: {media}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    out.extend(body);
    out.extend(b"\r\n\r\n");
    out
}

/// The record of an HTTP answer.
pub(super) fn response(url: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let answer = [format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body].concat();
    record("response", url, "application/http; msgtype=response", &answer)
}

/// A Parquet file of one column of words, Snappy pages.
pub(super) fn parquet(column: &str, rows: &[&str]) -> Vec<u8> {
    use parquet::basic::Compression;
    use parquet::data_type::{ByteArray, ByteArrayType};
    use parquet::file::{properties::WriterProperties, writer::SerializedFileWriter};
    let schema = format!("message rows {{ REQUIRED BYTE_ARRAY {column} (UTF8); }}");
    let schema = parquet::schema::parser::parse_message_type(&schema).unwrap().into();
    let how = WriterProperties::builder().set_compression(Compression::SNAPPY).build().into();
    let mut out = Vec::new();
    let mut file = SerializedFileWriter::new(&mut out, schema, how).unwrap();
    let mut group = file.next_row_group().unwrap();
    let mut words = group.next_column().unwrap().unwrap();
    let values: Vec<ByteArray> = rows.iter().map(|row| ByteArray::from(*row)).collect();
    words.typed::<ByteArrayType>().write_batch(&values, None, None).unwrap();
    words.close().unwrap();
    group.close().unwrap();
    file.close().unwrap();
    out
}
