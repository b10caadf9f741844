//! Rows of input and expected output for this stage; `hostile` has what is made to harm.

mod formats;
mod hostile;
mod pack;

use super::*;
use proptest::prelude::*;

/// `key|file|title|text` of each report, then the kinds of notes.
fn check(name: &str, bytes: &[u8], expected: &[&str]) {
    let found = read(&Input { name, bytes, ..Input::default() });
    let show = |r: &RawReport| {
        format!("{}|{}|{}|{}", r.key, r.file, r.title.as_deref().unwrap_or(""), r.text.replace('\n', "/"))
    };
    let mut seen: Vec<String> = found.reports.iter().map(show).collect();
    seen.extend(found.reports.iter().flat_map(|r| &r.notes).map(|n| format!("{:?}", n.kind)));
    seen.extend(found.notes.iter().map(|n| format!("{:?}", n.kind)));
    assert_eq!(seen, expected, "{name}");
}

#[test]
fn texts_are_decoded() {
    check("in/a.txt", "A ponte caiu.".as_bytes(), &["a.txt|in/a.txt||A ponte caiu."]);
    check("a.txt", b"\xEF\xBB\xBFRain.", &["a.txt|a.txt||Rain."]);
    check("a.txt", b"\xFF\xFER\0a\0i\0n\0", &["a.txt|a.txt||Rain"]);
    check("a.txt", b"R\0a\0i\0n\0 \0f\0e\0l\0l\0", &["a.txt|a.txt||Rain fell"]);
    let latin = b"A esta\xE7\xE3o reabriu na segunda-feira, disse o respons\xE1vel pela opera\xE7\xE3o.";
    check(
        "a.txt",
        latin,
        &["a.txt|a.txt||A estação reabriu na segunda-feira, disse o responsável pela operação.", "Damaged"],
    );
    check(
        "a.txt",
        "“Sim” — \u{e9}".as_bytes().strip_suffix(b"\xA9").unwrap(),
        &["a.txt|a.txt||“Sim” — \u{fffd}", "BrokenText"],
    );
}

#[test]
fn what_is_no_text_becomes_a_note() {
    check("a.txt", b"", &["Empty"]);
    check("a.txt", b" \n\t\r\n", &["Empty"]);
    check("a.txt", b"\x7fELF\x02\x01\x01\0\0\0", &["Binary"]);
    check("a.txt", &(0..=255).cycle().take(4000).collect::<Vec<u8>>(), &["Binary"]);
}

#[test]
fn rows_are_read_each_by_itself() {
    check(
        "in/a.jsonl",
        b"{\"id\": 7, \"text\": \"One.\", \"headline\": \"Head\"}\n\n{broken\n{\"url\": \"https://x.example/a\", \"body\": \"Two.\"}\n{\"x\": 1}\n7\n",
        &["7|in/a.jsonl:1|Head|One.", "https://x.example/a|in/a.jsonl:4||Two.", "Malformed", "Empty", "Malformed"],
    );
    check(
        "a",
        b"[\n{\"text\": \"One.\"},\n {\"text\": [\"Two.\", \"Three.\"]}\n]\n",
        &["a:1|a:1||One.", "a:2|a:2||Two.//Three."],
    );
    check("a.json", b"{\n \"title\": \"T\",\n \"content\": \"One.\"\n}\n", &["a.json:1|a.json:1|T|One."]);
    check(
        "a.jsonl",
        "{\"text\": \"caf\u{e9}\"}".replace('\u{e9}', "").as_bytes(),
        &["a.jsonl:1|a.jsonl:1||caf"],
    );
}

#[test]
fn fields_are_known_by_their_usual_names() {
    let row = br#"{"maintext": "One.", "pubDate": "Sun, 13 Jul 2025 08:30:00 GMT", "source": {"name": "Loria Post"}, "authors": ["Ana Roe", "B. Ode"], "language": "Portuguese"}"#;
    let report = &read(&Input { name: "a", bytes: row, ..Input::default() }).reports[0];
    assert_eq!(report.published.unwrap().to_string(), "2025-07-13T08:30:00Z");
    assert_eq!(report.outlet.as_deref(), Some("Loria Post"));
    assert_eq!(report.byline.as_deref(), Some("Ana Roe, B. Ode"));
    assert_eq!(report.lang, Some(Lang::PT));
    check("a", br#"{"text": "One.", "date": "07/04/2025"}"#, &["a:1|a:1||One.", "BadMetadata"]);
}

#[test]
fn hostile_rows_cost_a_note() {
    let deep =
        format!("{{\"text\": {}{}}}\n{{\"text\": \"One.\"}}\n", "[".repeat(100_000), "]".repeat(100_000));
    check("a.jsonl", deep.as_bytes(), &["a.jsonl:2|a.jsonl:2||One.", "Malformed"]);
    let long = format!("{{\"text\": \"{}\"}}\n{{\"text\": \"One.\"}}\n", "x ".repeat(MAX_REPORT));
    check("a.jsonl", long.as_bytes(), &["a.jsonl:2|a.jsonl:2||One.", "TooLarge"]);
}

proptest! {
    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..400), name in "[a-z.]{0,8}") {
        read(&Input { name: &name, bytes: &bytes, ..Input::default() });
    }

    #[test]
    fn any_text_like_bytes_are_read(text in "[\\[\\]{}\":,<>a-z/ \\n0-9\\\\uéñ—]{0,200}") {
        read(&Input { name: "a.jsonl", bytes: text.as_bytes(), ..Input::default() });
        dates::moment(&text);
    }
}
