//! Bad input: a note or one clear error with a hint, nothing lost.

use super::{Desk, desk_with_pile};
use std::fs;
use std::fs::File;
use std::io::{BufWriter, Write};

/// Reads one file that holds nothing: an error, and no ledger is made.
fn check_nothing(bytes: &[u8]) {
    let desk = Desk::new();
    desk.write("x.txt", bytes);
    desk.fails(&["read", "x.txt"], "nothing readable was found\n  x.txt: ");
    assert!(!desk.path().join("stemma.db").exists());
    // Beside a sound report it costs a note.
    desk.write("sound.txt", "The dam broke at dawn.");
    let done = desk.json(&["read", "x.txt", "sound.txt"]);
    assert_eq!(done["read"].as_u64(), Some(1));
    assert_eq!(done["notes"].as_array().unwrap().len(), 1, "{}", done["notes"]);
}

#[test]
fn files_without_words() {
    check_nothing(b"");
    check_nothing(b" \n\n\t ");
    check_nothing(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01");
    check_nothing(&(0..4096u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect::<Vec<u8>>());
}

#[test]
fn folders_and_paths_without_files() {
    let desk = Desk::new();
    fs::create_dir(desk.path().join("empty")).unwrap();
    desk.write("hidden/.x.txt", "words");
    desk.fails(&["read", "empty"], "no file to read in \"empty\"");
    desk.fails(&["read", "hidden"], "no file to read in \"hidden\"");
    desk.fails(&["read", "none"], "cannot read \"none\": there is no such file or folder");
    desk.fails(&["read", "none/*.txt"], "there is no such file or folder");
}

#[cfg(unix)]
#[test]
fn a_loop_of_links_is_told() {
    let desk = Desk::new();
    desk.write("pile/a.txt", "The dam broke at dawn.");
    std::os::unix::fs::symlink(desk.path().join("pile"), desk.path().join("pile/loop")).unwrap();
    let done = desk.json(&["read", "pile"]);
    assert_eq!(done["read"].as_u64(), Some(1));
    assert!(done["notes"][0]["detail"].as_str().unwrap().contains("leads back to"), "{}", done["notes"]);
}

#[test]
fn broken_utf8_is_read_with_a_note() {
    let desk = Desk::new();
    desk.write("x.txt", b"The dam at Pelt broke \xff\xfe\xc3 at dawn, and nine boats \xe2\x28\xa1 sank.");
    let done = desk.json(&["read", "x.txt"]);
    assert_eq!(done["read"].as_u64(), Some(1));
}

#[test]
fn a_monstrous_line_is_passed_over() {
    let desk = Desk::new();
    let mut file = BufWriter::new(File::create(desk.path().join("x.jsonl")).unwrap());
    writeln!(file, "{{\"id\":\"a\",\"text\":\"The dam broke at dawn.\"}}").unwrap();
    write!(file, "{{\"id\":\"b\",\"text\":\"").unwrap();
    let block = [b'w'; 1 << 20];
    for _ in 0..200 {
        file.write_all(&block).unwrap();
    }
    writeln!(file, "\"}}").unwrap();
    writeln!(file, "{{\"id\":\"c\",\"text\":\"The mayor spoke at noon.\"}}").unwrap();
    file.into_inner().unwrap().sync_all().unwrap();
    let done = desk.json(&["read", "x.jsonl"]);
    assert_eq!(done["read"].as_u64(), Some(2));
    let notes = done["notes"].as_array().unwrap();
    assert!(
        notes.iter().any(|n| n["kind"] == "too_large" && n["detail"].as_str().unwrap().starts_with("Row 2 "))
    );
    assert!(desk.ok(&["report", "x.jsonl:3"]).contains("The mayor spoke"));
}

#[test]
fn a_monstrous_text_is_left_out() {
    let desk = Desk::new();
    desk.write("y.txt", "The dam broke at dawn.");
    let file = File::create(desk.path().join("x.txt")).unwrap();
    (&file).write_all(b"The dam broke at dawn. ".repeat(4096).as_slice()).unwrap();
    let line = b"The river rose again and again. ".repeat(1 << 15);
    for _ in 0..80 {
        (&file).write_all(&line).unwrap();
    }
    let done = desk.json(&["read", "x.txt", "y.txt"]);
    assert_eq!(done["read"].as_u64(), Some(1));
    assert_eq!(done["notes"][0]["kind"], "too_large");
}

#[test]
fn unsound_ledgers_are_told_and_left_alone() {
    let desk = desk_with_pile();
    let path = desk.path().join("stemma.db");
    let sound = fs::read(&path).unwrap();
    let mut newer = sound.clone();
    newer[63] += 1;
    let cases: [(&[u8], &str); 3] = [
        (&sound[..sound.len() / 2], "ledger \"stemma.db\" is damaged"),
        (&newer, "cannot read ledger \"stemma.db\": format 5 is newer than this stemma knows (4)"),
        (b"These are words and no ledger, whatever the file is called.", "is not a stemma ledger"),
    ];
    for (bytes, words) in cases {
        fs::write(&path, bytes).unwrap();
        desk.fails(&["families"], words);
        desk.fails(&["read", "pile"], words);
        assert_eq!(fs::read(&path).unwrap(), bytes);
    }
}

#[test]
fn wrong_usage_says_where_to_look() {
    let desk = Desk::new();
    for typed in [&["bogus"][..], &["collate", "r01.txt"], &["read", "--publsihed", "x", "."]] {
        let answer = desk.run(typed);
        assert_eq!(answer.code, Some(2), "{typed:?}");
        assert!(
            answer.err.starts_with("error: ") && answer.err.contains("\nhint: `stemma help`"),
            "{}",
            answer.err
        );
    }
}
