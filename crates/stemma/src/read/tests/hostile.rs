//! Input made to harm: a note, never a panic, never silence, within limits.

use super::pack::{gz, response, tar, tar_header, zip, zst};
use super::*;
use crate::read::limits::MAX_HELD;
use std::io::{self, Read};

/// Reads a stream without keeping its reports: how many there were, and the notes.
fn streamed(name: &str, mut input: impl Read) -> (usize, Vec<Note>) {
    let (mut n, mut notes) = (0, Vec::new());
    let _ = parts(name, Source::Stream(&mut input), &mut |part| {
        let found = part.read(&Told::default());
        n += found.reports.len();
        notes.extend(found.notes);
        ControlFlow::Continue(())
    });
    (n, notes)
}

/// The number of reports, and what one note says.
fn check(name: &str, input: impl Read, reports: usize, kind: NoteKind, says: &str) {
    let (n, notes) = streamed(name, input);
    assert_eq!(n, reports, "{name}: {notes:?}");
    assert!(notes.iter().any(|note| note.kind == kind && note.detail.contains(says)), "{name}: {notes:?}");
}

/// So many bytes without end.
fn zeros(n: u64) -> impl Read {
    io::repeat(b'0').take(n)
}

/// A gzip file of `n` bytes, made as it is read: a member again and again.
fn gzip_bomb(n: usize) -> Vec<u8> {
    let member = gz(&vec![b'0'; 1 << 20]);
    member.repeat(n >> 20)
}

#[test]
fn bombs_are_stopped() {
    let bomb = gzip_bomb(256 << 20);
    check("a.gz", &*bomb, 0, NoteKind::TooLarge, "");
    let row = format!("{{\"id\":1{}}}\n", " ".repeat(1 << 16));
    let rows = gz(row.repeat(16).as_bytes()).repeat(300);
    check("a.jsonl.gz", &*rows, 0, NoteKind::TooLarge, "times its size");
    let inner = zst(&vec![b'\n'; 200 << 20]);
    check("a.zst", &*inner, 0, NoteKind::TooLarge, "");
    let one = vec![b'0'; 60 << 20];
    let files: Vec<(String, &[u8])> = (0..3).map(|i| (format!("{i}.txt"), &*one)).collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    let (n, notes) = streamed("a.zip", &*zip(&files));
    assert!(
        n < files.len() && notes.iter().any(|note| note.detail.contains("times its size")),
        "{n} {notes:?}"
    );
}

#[test]
fn nesting_is_held() {
    let mut bytes = b"Rain fell.".to_vec();
    for _ in 0..8 {
        bytes = gz(&bytes);
    }
    check("a.gz", &*bytes, 0, NoteKind::TooLarge, "archives inside each other");
    let deep = format!("[{}", "[".repeat(1_000_000));
    check("a.json", format!("[{{\"a\": {deep}").as_bytes(), 0, NoteKind::Malformed, "");
    let html = "<div>".repeat(1_000_000) + "Rain fell.";
    assert_eq!(streamed("a.html", html.as_bytes()).0, 1);
    let feed = format!("<rss><channel><item><description>{}Rain fell.", "<b>".repeat(1_000_000));
    assert_eq!(streamed("a.xml", feed.as_bytes()).0, 1);
}

#[test]
fn entities_are_not_expanded() {
    let mut feed = "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a0 \"lol\">".to_owned();
    for i in 1..30 {
        feed.push_str(&format!("<!ENTITY a{i} \"{}\">", format!("&a{};", i - 1).repeat(10)));
    }
    feed.push_str("]><rss><channel><item><description>Rain &a29; fell.</description></item></channel></rss>");
    let found = read(&Input { name: "a.xml", bytes: feed.as_bytes(), ..Input::default() });
    assert_eq!(found.reports[0].text, "Rain &a29; fell.");
}

#[test]
fn sizes_are_not_believed() {
    let mut absurd = tar_header("a.txt", u64::MAX / 2, b'0');
    absurd.extend(b"Rain fell.");
    check("a.tar", &*absurd, 1, NoteKind::Malformed, "too early");
    let long_name = tar_header("a", 8 << 30, b'L');
    check("a.tar", long_name.chain_read(zeros(1 << 20)), 0, NoteKind::Malformed, "");
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n",
        u64::MAX
    );
    let endless = format!("{head}HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
    check("a.warc", endless.as_bytes().chain_read(zeros(1 << 20)), 0, NoteKind::TooLarge, "more than 16 MB");
    let chunk = response(
        "https://x.example/a",
        "200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked",
        b"7fffffffffffffff\r\n<p>Rain fell.",
    );
    assert_eq!(streamed("a.warc", &*chunk).0, 1);
    let bomb = response(
        "https://x.example/a",
        "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip",
        &gz(&vec![b' '; 32 << 20]),
    );
    check("a.warc", &*bomb, 0, NoteKind::TooLarge, "unpacks to more than 16 MB");
}

#[test]
fn long_things_are_passed_over() {
    let head = &b"title,text\nA,Rain fell.\nB,\""[..];
    let tail = &b"\"\nC,It rose.\n"[..];
    let table = head.chain(zeros(100 << 20)).chain(tail);
    check("a.csv", table, 2, NoteKind::TooLarge, "Row 2 left out");
    let rows = (&b"{\"text\": \"One.\"}\n{\"text\": \""[..])
        .chain(zeros(100 << 20))
        .chain(&b"\"}\n{\"text\": \"Two.\"}\n"[..]);
    check("a.jsonl", rows, 2, NoteKind::TooLarge, "Row 2 left out");
    let array = (&b"[{\"text\": \"One.\"}, {\"text\": \""[..])
        .chain(zeros(100 << 20))
        .chain(&b"\"}, {\"text\": \"Two.\"}]"[..]);
    check("a.json", array, 2, NoteKind::TooLarge, "Row 2 left out");
    check("a.txt", zeros(MAX_HELD + 5), 0, NoteKind::TooLarge, "64 MB");
    check("a.tar", &*tar(&[("a.txt", b"")]), 0, NoteKind::Empty, "");
}

#[test]
fn what_is_cut_off_is_said() {
    let rows = b"{\"text\": \"The dam at Pelt broke at dawn, and nine boats sank.\"}\n".repeat(500);
    let files: &[(&str, &[u8])] = &[("a.txt", b"Rain fell."), ("b.jsonl", &rows)];
    let page =
        response("https://x.example/a", "200 OK\r\nContent-Type: text/html", b"<p>Rain fell.</p>").repeat(2);
    for (name, bytes) in [
        ("a.jsonl.gz", gz(&rows)),
        ("a.jsonl.zst", zst(&rows)),
        ("a.tar", tar(files)),
        ("a.zip", zip(files)),
        ("a.warc", page),
    ] {
        for cut in [bytes.len() / 3 + 7, bytes.len() / 2 + 7, bytes.len() - 20] {
            let (n, notes) = streamed(name, &bytes[..cut]);
            assert!(!notes.is_empty() || n > 0 && name == "a.tar", "{name} at {cut}: {n}");
        }
    }
}

/// Chains what is not a reader by value.
trait ChainRead {
    fn chain_read(&self, next: impl Read) -> impl Read;
}

impl ChainRead for Vec<u8> {
    fn chain_read(&self, next: impl Read) -> impl Read {
        io::Cursor::new(self.clone()).chain(next)
    }
}

impl ChainRead for &[u8] {
    fn chain_read(&self, next: impl Read) -> impl Read {
        io::Cursor::new(self.to_vec()).chain(next)
    }
}
