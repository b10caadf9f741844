//! A small valid file for each reader.

#[path = "../../src/read/tests/pack.rs"]
#[expect(clippy::unwrap_used, reason = "it writes to memory, and tests use it")]
mod pack;

use pack::{gz, parquet, record, response, tar, zip, zst};

const ROWS: &[u8] = b"{\"id\": 1, \"text\": \"Rain fell.\", \"date\": \"2025-07-13T08:30:00Z\"}\n{\"body\": [\"It\", \"rose\"], \"url\": \"https://x.example/2\"}\n";
const TABLE: &[u8] =
    b"title,text,pubDate\nRiver,\"Rain, \"\"they\"\" said,\nfell.\",2025-07-13\nSea,It rose.,13 July 2025\n";
const RSS: &[u8] = b"<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><!DOCTYPE rss [<!ENTITY x \"y\">]><rss xmlns:dc=\"x\"><channel><title>Post</title>\
    <item><title>A &amp; B</title><link>https://x.example/1</link><pubDate>Sun, 13 Jul 2025 23:30:00 -0300</pubDate>\
    <description><![CDATA[<p>Rain fell.</p>]]></description></item></channel></rss>";
const ATOM: &[u8] = b"<feed xml:lang=\"en\"><title>Post</title><entry><link href=\"https://x.example/1\"/><updated>2025-07-13T08:30:00Z</updated>\
    <author><name>Ana</name></author><content type=\"xhtml\"><div><p>Rain <b>fell</b>.</p></div></content></entry></feed>";
const MAIL: &[u8] = b"From: Ana <a@x.example>\r\nSubject: =?utf-8?q?A=20B?=\r\nDate: Sun, 13 Jul 2025 23:30:00 -0300\r\nMIME-Version: 1.0\r\n\
    Content-Type: multipart/alternative; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\
    Content-Transfer-Encoding: quoted-printable\r\n\r\nRain=E7 fell.\r\n--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n\
    PHA+UmFpbiBmZWxsLjwvcD4=\r\n--b--\r\n";
const SAVED: &[u8] = b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://x.example/a\r\nSubject: A\r\nMIME-Version: 1.0\r\n\
    Content-Type: multipart/related; type=\"text/html\"; boundary=\"--b\"\r\n\r\n----b\r\nContent-Type: text/html\r\n\
    Content-Location: https://x.example/a\r\n\r\n<html><p>Rain fell.</p></html>\r\n----b--\r\n";
const PAGE: &[u8] = b"<!DOCTYPE html><html><head><meta charset=\"windows-1252\"><title>A</title></head><body><p>Rain fell.</p></body></html>";

/// A reader's name, a file's name, and its bytes.
pub(crate) fn seeds() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let json =
        [b"{\"items\": [", ROWS.trim_ascii_end().split(|b| *b == b'\n').next().unwrap_or_default(), b"]}"]
            .concat();
    let html = "200 OK\r\nContent-Type: text/html; charset=utf-8";
    let warc = [
        record("warcinfo", "", "application/warc-fields", b"software: x\r\n"),
        response("https://x.example/a", html, PAGE),
        response(
            "https://x.example/b",
            &format!("{html}\r\nTransfer-Encoding: chunked"),
            b"3\r\n<p>\r\n5\r\nRain.\r\n0\r\n\r\n",
        ),
        response("https://x.example/c", &format!("{html}\r\nContent-Encoding: gzip"), &gz(PAGE)),
        record("conversion", "https://x.example/d", "text/plain", b"It rose."),
    ]
    .concat();
    let files: &[(&str, &[u8])] = &[("a/one.txt", b"Rain fell."), ("a/b.jsonl", ROWS), ("c.csv", TABLE)];
    let wide: Vec<u8> = "title\ttext\nA\tRain fell.\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    vec![
        (
            "text",
            "a.txt",
            b"LORIA, 13 July 2025 (Post) - Rain fell on Caf\xe9 Ode. \xe2\x80\x9cYes\xe2\x80\x9d".to_vec(),
        ),
        ("page", "a.html", PAGE.to_vec()),
        ("rows", "a.jsonl", ROWS.to_vec()),
        ("json", "a.json", json),
        ("table", "a.csv", TABLE.to_vec()),
        ("wide", "a.tsv", [b"\xff\xfe", &*wide].concat()),
        ("rss", "a.xml", RSS.to_vec()),
        ("atom", "a.xml", ATOM.to_vec()),
        ("mail", "a.eml", MAIL.to_vec()),
        ("saved", "a.mhtml", SAVED.to_vec()),
        ("parquet", "a.parquet", parquet("text", &["Rain fell.", "It rose."])),
        ("warc", "a.warc", warc.clone()),
        ("warc-gz", "a.warc.gz", gz(&warc)),
        ("tar", "a.tar", tar(files)),
        ("zip", "a.zip", zip(files)),
        ("gz", "a.jsonl.gz", gz(ROWS)),
        ("zst", "a.jsonl.zst", zst(ROWS)),
        ("tgz", "a.tgz", gz(&tar(files))),
    ]
}
