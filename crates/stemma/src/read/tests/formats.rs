//! Every format, alone and inside wrappers.

use super::pack::{gz, record, response, tar, zip, zst};
use super::*;
use crate::model::Format;

/// `key|file|outlet|title|published or seen|format|text` of each report, then the notes.
fn check(name: &str, bytes: &[u8], expected: &[&str]) {
    check_told(name, bytes, Told::default(), expected);
}

fn check_told(name: &str, bytes: &[u8], told: Told, expected: &[&str]) {
    let found = read(&Input { name, bytes, told });
    let show = |r: &RawReport| {
        let or = |field: &Option<String>| field.clone().unwrap_or_default();
        let date = match (r.published, r.seen) {
            (Some(moment), _) => moment.to_string(),
            (None, Some(seen)) => format!("seen {seen}"),
            (None, None) => String::new(),
        };
        let format = if r.format == Format::Html { "html" } else { "text" };
        let text = r.text.trim().replace('\n', "/");
        [&*r.key, &*r.file, &or(&r.outlet), &or(&r.title), &date, format, &text].join("|")
    };
    let mut seen: Vec<String> = found.reports.iter().map(show).collect();
    let notes = found.reports.iter().flat_map(|r| &r.notes).chain(&found.notes);
    seen.extend(notes.map(|n| format!("{:?}: {}", n.kind, n.detail)));
    assert_eq!(seen, expected, "{name}");
}

#[test]
fn tables() {
    let semicolons = "Titel;Text;pubDate\r\n\"Der; Fluss\";\"Es regnete.\r\nSehr.\";2025-07-13\r\n;;\r\n";
    check(
        "in/a.csv",
        semicolons.as_bytes(),
        &["a.csv:1|in/a.csv:1|||2025-07-13|text|Es regnete.\r/Sehr.", "Empty: Row 2 has no text"],
    );
    let tabs = "url\tbody\tsource\nhttps://x.example/a\tRain fell.\tLoria Post\n";
    check("a.txt", tabs.as_bytes(), &["https://x.example/a|a.txt:1|Loria Post|||text|Rain fell."]);
    let latin = b"title,text\nCaf\xe9,A esta\xe7\xe3o reabriu na segunda-feira, disse o respons\xe1vel.\n";
    let found = read(&Input { name: "a.csv", bytes: latin, ..Input::default() });
    assert_eq!(found.reports[0].title.as_deref(), Some("Café"));
    let wide: Vec<u8> = "title\ttext\nA\tRain fell.\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    check("a.tsv", &[b"\xff\xfe", &*wide].concat(), &["a.tsv:1|a.tsv:1||A||text|Rain fell."]);
    // Prose with commas is no table.
    check(
        "a.txt",
        b"Rain fell, and more.\nSo, it rose.\n",
        &["a.txt|a.txt||||text|Rain fell, and more./So, it rose."],
    );
}

#[test]
fn columns_are_mapped() {
    let told = |columns: &[(&str, &str)]| Told {
        columns: columns.iter().map(|(f, c)| (Field::parse(f).unwrap(), (*c).to_owned())).collect(),
        ..Told::default()
    };
    let rows = b"nr,Inhalt,Kopf,text\n7,Rain fell.,River,odd\n";
    let map = told(&[("text", "Inhalt"), ("title", "kopf"), ("id", "nr")]);
    check_told("a.csv", rows, map, &["7|a.csv:1||River||text|Rain fell."]);
    let nested = br#"{"a": {"b": "Rain fell."}, "text": "odd"}"#;
    check_told("a.jsonl", nested, told(&[("text", "a.b")]), &["a.jsonl:1|a.jsonl:1||||text|Rain fell."]);
    check(
        "a.csv",
        b"nr,Inhalt\n7,Rain fell.\n",
        &[
            "Malformed: No column is known to hold the text; name it with --map text=COLUMN. It has: nr, Inhalt",
        ],
    );
}

#[test]
fn json_in_wrappings() {
    let api = br#"{"status": "ok", "articles": [{"title": "A", "content": "Rain fell."}, {"title": "B", "content": "It rose."}]}"#;
    check("a.json", api, &["a.json:1|a.json:1||A||text|Rain fell.", "a.json:2|a.json:2||B||text|It rose."]);
    let feed = br#"{"version": "https://jsonfeed.org/version/1.1", "title": "Loria Post", "items": [
        {"id": "7", "url": "https://x.example/7", "content_html": "<p>Rain fell.</p>", "date_published": "2025-07-13T08:30:00+02:00"}]}"#;
    check(
        "feed.json",
        feed,
        &["https://x.example/7|feed.json:1|Loria Post||2025-07-13T08:30:00+02:00|html|<p>Rain fell.</p>"],
    );
    // Lists of other records, which have texts of a kind, are no reports.
    let records =
        br#"{"statements": [{"source": "the mayor", "content": "Rain fell"}], "names": [["A", "B"]]}"#;
    check("a.json", records, &["Empty: Row 1 has no text"]);
    check("a.json", b"[]", &["Empty: Nothing in it"]);
    let broken = b"[{\"text\": \"One.\"}, {\"text\": nothing}, {\"text\": \"Three.\"}]";
    let found = read(&Input { name: "a.json", bytes: broken, ..Input::default() });
    assert_eq!(found.reports.iter().map(|r| r.file.as_str()).collect::<Vec<_>>(), ["a.json:1", "a.json:3"]);
}

#[test]
fn feeds() {
    let rss = r#"<?xml version="1.0"?><!-- x --><rss version="2.0" xmlns:dc="x"><channel><title>Loria Post</title>
        <link>https://x.example/</link><language>pt</language>
        <item><title>R&amp;D &lt;b&gt;up&lt;/b&gt;</title><link>https://x.example/1</link>
        <pubDate>Sun, 13 Jul 2025 23:30:00 -0300</pubDate><dc:creator>Ana Roe</dc:creator><category>World</category>
        <description>Short.</description><content:encoded><![CDATA[<p>Rain fell & rose.</p>]]></content:encoded></item>
        <item><guid>tag:2</guid><description>It rose&nbsp;again.</description></item></channel></rss>"#;
    let found = read(&Input { name: "a.xml", bytes: rss.as_bytes(), ..Input::default() });
    let first = &found.reports[0];
    assert_eq!(first.byline.as_deref(), Some("Ana Roe"));
    assert_eq!(first.section.as_deref(), Some("World"));
    assert_eq!(first.lang, Some(Lang::PT));
    check(
        "a.xml",
        rss.as_bytes(),
        &[
            "https://x.example/1|a.xml:1|Loria Post|R&D up|2025-07-13T23:30:00-03:00|html|<p>Rain fell & rose.</p>",
            "tag:2|a.xml:2|Loria Post|||text|It rose&nbsp;again.",
        ],
    );
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Loria Post</title><author><name>Desk</name></author>
        <entry><title>A</title><link rel="self" href="https://x.example/f"/><link href="https://x.example/1?a=1&amp;b=2"/>
        <id>tag:1</id><updated>2025-07-13T08:30:00Z</updated>
        <content type="xhtml"><div><p>Rain <b>fell</b>.</p></div></content></entry></feed>"#;
    check(
        "a",
        atom.as_bytes(),
        &[
            "https://x.example/1?a=1&b=2|a:1|Loria Post|A|2025-07-13T08:30:00Z|html|<div><p>Rain <b>fell</b>.</p></div>",
        ],
    );
    let cut = b"<rss><channel><item><description>Rain fell.</descri";
    let found = read(&Input { name: "a", bytes: cut, ..Input::default() });
    assert_eq!((found.reports.len(), found.notes.len()), (1, 1), "{found:?}");
}

#[test]
fn parquet() {
    let file = pack::parquet("body", &["Rain fell.", "The river rose."]);
    let rows =
        ["a.parquet:1|a.parquet:1||||text|Rain fell.", "a.parquet:2|a.parquet:2||||text|The river rose."];
    check("a.parquet", &file, &rows);
    let cut = read(&Input { name: "a.parquet", bytes: &file[..file.len() / 2], ..Input::default() });
    assert_eq!((cut.reports.len(), cut.notes.len()), (0, 1), "{cut:?}");
}

#[test]
fn mail() {
    let plain = b"From: Ana Roe <ana@x.example>\r\nTo: b@x.example\r\nSubject: =?utf-8?q?A_ponte_caiu?=\r\n\
        Date: Sun, 13 Jul 2025 23:30:00 -0300\r\nMessage-ID: <7@x.example>\r\n\
        Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
        A esta=E7=E3o reabriu.\r\n";
    check(
        "a.eml",
        plain,
        &["7@x.example|a.eml||A ponte caiu|2025-07-13T23:30:00-03:00|text|A estação reabriu."],
    );
    let saved = b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://x.example/a\r\nSubject: A\r\n\
        Date: Mon, 14 Jul 2025 09:00:00 -0000\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/related; type=\"text/html\"; boundary=\"--b\"\r\n\r\n\r\n----b\r\n\
        Content-Type: text/html\r\nContent-Location: https://x.example/a\r\n\r\n<html><p>Rain fell.</p></html>\r\n----b--\r\n";
    check(
        "a.mhtml",
        saved,
        &["https://x.example/a|a.mhtml|||seen 2025-07-14T09:00:00Z|html|<html><p>Rain fell.</p></html>"],
    );
}

#[test]
fn mail_that_its_parser_panics_on() {
    let damaged = b"From: Ana <9@x.example>\r\nSubject: A\r\nDate: Sun, 13 Jul 2025 23:30:00 -0300\r\n\
        MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=\"b\"\r\n\r\n--b\r\n\
        Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=\r\n--b--\r\n";
    let found = read(&Input { name: "a.eml", bytes: damaged, ..Input::default() });
    assert_eq!((found.reports.len(), found.notes.len()), (0, 1), "{found:?}");
}

#[test]
fn crawls() {
    let page = b"<html><p>Rain fell.</p></html>";
    let url = "https://x.example/a";
    let html = "200 OK\r\nContent-Type: text/html; charset=utf-8";
    let chunked = [b"1e\r\n", &page[..], b"\r\n0\r\n\r\n"].concat();
    let records = [
        record("warcinfo", "", "application/warc-fields", b"software: x\r\n"),
        record("request", url, "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n"),
        response(url, html, page),
        response("https://x.example/b", &format!("{html}\r\nTransfer-Encoding: chunked"), &chunked),
        response("https://x.example/c", &format!("{html}\r\nContent-Encoding: gzip"), &gz(page)),
        response("https://x.example/d", &format!("{html}\r\nContent-Encoding: gzip"), page),
        response("https://x.example/e", &format!("{html}\r\nContent-Encoding: zstd"), &zst(page)),
        response("https://x.example/f", "404 Not Found\r\nContent-Type: text/html", page),
        response("https://x.example/g", "200 OK\r\nContent-Type: image/png", b"\x89PNG"),
        record("conversion", "https://x.example/h", "text/plain", b"It rose."),
    ];
    let row = |key: &str, row: u32, format: &str, text: &str| {
        format!("https://x.example/{key}|a.warc:{row}|||seen 2025-07-14T09:30:00Z|{format}|{text}")
    };
    let text = "<html><p>Rain fell.</p></html>";
    let mut expected: Vec<String> = [("a", 3), ("b", 4), ("c", 5), ("d", 6), ("e", 7)]
        .iter()
        .map(|(key, n)| row(key, *n, "html", text))
        .collect();
    expected.push(row("h", 10, "text", "It rose."));
    expected.push("Empty: 6 pages; 1 records are no text, 1 were fetched without success".into());
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    check("a.warc", &records.concat(), &expected);
    let packed: Vec<u8> = records.iter().flat_map(|r| gz(r)).collect();
    let named: Vec<String> = expected.iter().map(|e| e.replace("a.warc:", "a.warc.gz:")).collect();
    check("a.warc.gz", &packed, &named.iter().map(String::as_str).collect::<Vec<_>>());
    let packed: Vec<u8> = records.iter().flat_map(|r| zst(r)).collect();
    let named: Vec<String> = expected.iter().map(|e| e.replace("a.warc:", "a.warc.zst:")).collect();
    check("a.warc.zst", &packed, &named.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn wrappers() {
    let rows = b"{\"text\": \"One.\"}\n{\"text\": \"Two.\"}\n";
    let report = |key: &str, file: &str, text: &str| format!("{key}|{file}||||text|{text}");
    let check = |name: &str, bytes: &[u8], expected: &[String]| {
        check(name, bytes, &expected.iter().map(String::as_str).collect::<Vec<_>>());
    };
    let two = |name: &str| {
        [report("a.jsonl:1", &format!("{name}:1"), "One."), report("a.jsonl:2", &format!("{name}:2"), "Two.")]
    };
    check("in/a.jsonl.gz", &gz(rows), &two("in/a.jsonl.gz"));
    check("a.jsonl.zst", &zst(rows), &two("a.jsonl.zst"));
    let files: &[(&str, &[u8])] =
        &[("b/one.txt", b"Rain fell."), ("b/.hidden", b"x"), ("b/a.jsonl", rows), ("e.txt", b"It rose.")];
    let inside = |name: &str| {
        let [one, two] = two(&format!("{name}/b/a.jsonl"));
        let text = |key: &str, path: &str, text: &str| report(key, &format!("{name}/{path}"), text);
        [text("one.txt", "b/one.txt", "Rain fell."), one, two, text("e.txt", "e.txt", "It rose.")]
    };
    check("x.zip", &zip(files), &inside("x.zip"));
    check("x.tar", &tar(files), &inside("x.tar"));
    check("x.tgz", &gz(&tar(files)), &inside("x.tgz"));
    check("y.zip", &zip(&[("x.tar.gz", &gz(&tar(files)))]), &inside("y.zip/x.tar.gz"));
    check("x.tar", &tar(&[("y.zip", &zip(files))]), &inside("x.tar/y.zip"));
    let long = "b/".repeat(40) + &"c/".repeat(60) + "one.txt";
    let said = format!("{} path={long}\n", long.len() + 10);
    let mut bytes = super::pack::tar_header("x", said.len() as u64, b'x');
    bytes.extend(said.as_bytes());
    bytes.resize(1024, 0);
    bytes.extend(tar(&[("short", b"Rain fell.")]));
    check("x.tar", &bytes, &[report("one.txt", &format!("x.tar/{long}"), "Rain fell.")]);
}

#[test]
fn office_files_are_no_archives() {
    let office = zip(&[("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")]);
    check("a.docx", &office, &["Binary: Its bytes are not text"]);
}
