//! What can be asked of a ledger, as tables and as JSON.

use super::{Desk, desk_with_pile, story};
use serde_json::Value;

/// The keys that programs rely on stand in every object of a list.
fn check_keys(list: &Value, keys: &[&str]) {
    let list = list.as_array().expect("a list");
    for object in list {
        for key in keys {
            assert!(object.get(key).is_some(), "{key} in {object}");
        }
    }
}

#[test]
fn json_has_the_keys_to_be_relied_on() {
    let desk = Desk::new();
    desk.ok(&["read", story("harbour").to_str().unwrap()]);
    let families = desk.json(&["families"]);
    assert!(!families.as_array().unwrap().is_empty());
    check_keys(&families, &["id", "reports", "descents", "variants"]);
    for family in families.as_array().unwrap() {
        check_keys(&family["reports"], &["id", "file", "lang", "outlet", "credit"]);
        check_keys(&family["descents"], &["child", "kind", "confidence"]);
        for descent in family["descents"].as_array().unwrap() {
            assert!(descent.get("parent").is_some() != descent.get("lost").is_some(), "{descent}");
        }
        check_keys(&family["variants"], &["kind", "readings", "likely_original"]);
        for variant in family["variants"].as_array().unwrap() {
            check_keys(&variant["readings"], &["report", "span", "text"]);
        }
    }
    let events = desk.json(&["events"]);
    check_keys(&events, &["id", "storyline", "reports", "time", "place", "actors"]);
    let entries = desk.json(&["entries"]);
    check_keys(&entries, &["id", "claim", "standing", "reason", "origins", "readings"]);
    for entry in entries.as_array().unwrap() {
        check_keys(
            &entry["readings"],
            &["report", "file", "span", "text", "value", "via", "origin", "negated"],
        );
    }
}

#[test]
fn every_question_answers_in_words_and_in_json() {
    let desk = desk_with_pile();
    let questions: [&[&str]; 8] = [
        &["families"],
        &["events"],
        &["entries"],
        &["entries", "--standing", "single"],
        &["timeline"],
        &["report", "first.txt"],
        &["collate", "first.txt", "pile/reprint.txt"],
        &["why", "reprint.txt"],
    ];
    for question in questions {
        let table = desk.ok(question);
        assert!(!table.trim().is_empty(), "{question:?}");
        assert!(table.lines().all(|l| l.chars().count() <= 100), "fits the width:\n{table}");
        desk.json(question);
    }
}

#[test]
fn spans_slice_to_their_words() {
    let desk = desk_with_pile();
    for entry in desk.json(&["entries"]).as_array().unwrap() {
        for reading in entry["readings"].as_array().unwrap() {
            let report = desk.json(&["report", reading["report"].as_str().unwrap()]);
            let at = |i: usize| reading["span"][i].as_u64().unwrap() as usize;
            assert_eq!(report["body"].as_str().unwrap().get(at(0)..at(1)), reading["text"].as_str());
        }
    }
}

#[test]
fn ids_prefixes_and_names_mean_the_same() {
    let desk = desk_with_pile();
    let by_name = desk.json(&["report", "other.txt"]);
    let id = by_name["id"].as_str().unwrap();
    for word in [id, &id[..10], "pile/other.txt", "./pile/other.txt"] {
        assert_eq!(desk.json(&["report", word]), by_name, "{word}");
    }
    desk.fails(&["report", "none.txt"], "the ledger has no report \"none.txt\"");
    desk.fails(&["report", ""], "the ledger has no report");
    for (question, key) in [("families", "id"), ("events", "id"), ("events", "storyline"), ("entries", "id")]
    {
        for thing in desk.json(&[question]).as_array().unwrap() {
            assert!(!desk.ok(&["why", thing[key].as_str().unwrap()]).is_empty());
        }
    }
}

#[test]
fn an_unclear_name_lists_what_it_may_be() {
    let desk = Desk::new();
    desk.write("a/x.txt", "The dam broke at dawn.");
    desk.write("b/x.txt", "The mayor spoke at noon.");
    desk.ok(&["read", "a", "b"]);
    let answer = desk.run(&["report", "x.txt"]);
    assert_eq!(answer.code, Some(1));
    assert!(answer.err.contains("a/x.txt") && answer.err.contains("b/x.txt"), "{}", answer.err);
    assert!(desk.ok(&["report", "b/x.txt"]).contains("The mayor spoke"));
}

#[test]
fn report_text_cannot_command_the_terminal() {
    let desk = Desk::new();
    desk.write("x.txt", "The dam \x1b[31mbroke\x1b[0m at\u{202e} dawn.\x07 Help \u{9b}2J came late.");
    desk.ok(&["read", "x.txt"]);
    for question in [&["report", "x.txt"][..], &["events"], &["entries"], &["timeline"]] {
        let out = desk.ok(question);
        assert!(!out.contains(['\x1b', '\u{202e}', '\x07', '\u{9b}']), "{out}");
    }
}

#[test]
fn wrong_usage_is_told_apart() {
    let desk = Desk::new();
    for args in [
        &["read"][..],
        &["nonsense"],
        &["entries", "--standing", "sure"],
        &["read", "x", "--published", "soon"],
    ] {
        assert_eq!(desk.run(args).code, Some(2), "{args:?}");
    }
    for args in [&["--help"][..], &["read", "--help"], &["entries", "--help"], &["why", "--help"]] {
        assert!(desk.ok(args).contains("Examples:"), "{args:?}");
    }
}

#[test]
fn the_page_is_written_whole() {
    let desk = desk_with_pile();
    assert_eq!(desk.ok(&["page", "-o", "out.html"]), "Wrote out.html\n");
    let page = std::fs::read_to_string(desk.path().join("out.html")).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("first.txt"));
    assert_eq!(desk.ok(&["page", "-o", "-"]), page);
    assert!(!desk.path().join("out.html.part").exists());
    desk.fails(&["page", "-o", "none/out.html"], "cannot write \"none/out.html\"");
}

#[test]
fn lists_are_as_long_as_asked_for() {
    let desk = Desk::new();
    desk.ok(&["read", story("harbour").to_str().unwrap()]);
    for list in ["families", "events", "entries", "timeline"] {
        let all = desk.json(&[list]).as_array().unwrap().len();
        assert_eq!(desk.json(&[list, "--limit", "1"]).as_array().unwrap().len(), 1);
        assert_eq!(desk.json(&[list, "--all"]).as_array().unwrap().len(), all);
        let short = desk.ok(&[list, "--limit", "1"]);
        assert_eq!(short.contains(&format!("… and {} more: `--all`", all - 1)), all > 1, "{short}");
    }
    assert_eq!(desk.run(&["entries", "--all", "--limit", "2"]).code, Some(2));
}

#[test]
fn reports_are_found_by_their_words() {
    let desk = desk_with_pile();
    let found = desk.json(&["search", "mayor", "INQUIRY"]);
    check_keys(&found, &["id", "file", "title", "outlet", "published", "lang", "family", "sentence"]);
    assert_eq!(found[0]["file"], "other.txt");
    assert_eq!(desk.json(&["search", "\"Ana Ode\"", "--all"]).as_array().unwrap().len(), 2);
    assert!(desk.ok(&["search", "dam", "--limit", "1"]).contains("… and 2 more"));
    assert!(desk.ok(&["search", "unheard-of"]).contains("no report has these words"));
    desk.fails(&["search", "\"\""], "nothing to search for");
    desk.fails(&["search"], "nothing to search for");
    assert_eq!(desk.json(&["search", "--name", "ivo lanz"])[0]["file"], "other.txt");
    let single = desk.json(&["search", "dam", "--standing", "single"]);
    assert!(!single.as_array().unwrap().is_empty());
    assert!(desk.json(&["search", "--since", "2025"]).as_array().unwrap().is_empty());
    assert_eq!(desk.run(&["search", "dam", "--since", "soon"]).code, Some(2));
}

#[test]
fn the_doctor_tells_sound_from_unsound() {
    let desk = desk_with_pile();
    assert!(desk.ok(&["doctor"]).starts_with("Sound: 3 reports"));
    assert_eq!(desk.json(&["doctor"])["sound"], true);
    desk.fails(&["doctor", "--ledger", "none.db"], "there is no such file");
}

#[test]
fn shells_and_man_get_what_they_read() {
    let desk = Desk::new();
    for (shell, sign) in [
        ("bash", "complete -F"),
        ("fish", "complete -c stemma"),
        ("zsh", "#compdef stemma"),
        ("man", ".TH stemma"),
    ] {
        assert!(desk.ok(&["completions", shell]).contains(sign), "{shell}");
    }
}
