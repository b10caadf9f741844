//! What a ledger promises: whole batches, one writer, clear errors, the same ledger back.

use crate::{Ask, FORMAT, Mode, Query, Store, StoreError};
use std::fs;
use std::path::{Path, PathBuf};
use stemma::ledger::Thing;
use stemma::model::{Note, NoteKind, RawReport};
use stemma::{Analysis, Ledger};
use tempfile::TempDir;

fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("stemma.db");
    (folder, path)
}

fn batch(keys: &[&str]) -> Vec<(RawReport, Analysis)> {
    let text =
        |key: &str| format!("The dam at Pelt broke on Monday.\n\nMinister {key} Ode said 12 boats sank.");
    let raw = |key: &&str| RawReport {
        key: (*key).into(),
        file: format!("folder/{key}.txt"),
        text: text(key),
        ..RawReport::default()
    };
    keys.iter().map(raw).map(|raw| (raw.clone(), stemma::analyse(raw))).collect()
}

/// A settled ledger with these reports.
fn settled(path: &Path, keys: &[&str]) {
    let mut store = Store::open(path, Mode::Write).unwrap();
    store.add(&batch(keys), &[]).unwrap();
    store.freshen().unwrap();
}

#[test]
fn a_ledger_comes_back_as_it_was_made() {
    let (_folder, path) = folder();
    settled(&path, &["a", "b", "c"]);
    let raws = batch(&["c", "a", "b"]).into_iter().map(|(raw, _)| raw).collect();
    assert_eq!(Store::open(&path, Mode::Read).unwrap().ledger().unwrap(), stemma::ledger(raws));
}

#[test]
fn known_reports_add_nothing() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path, Mode::Write).unwrap();
    assert_eq!(store.add(&batch(&["a", "b"]), &[]).unwrap().new, 2);
    store.freshen().unwrap();
    let added = store.add(&batch(&["b", "a"]), &[]).unwrap();
    assert_eq!((added.new, added.known), (0, 2));
    assert!(!store.is_stale().unwrap());
    let notes = [("x.bin".to_owned(), Note::new(NoteKind::Binary, "Its bytes are not text"))];
    store.add(&[], &notes).unwrap();
    store.add(&[], &notes).unwrap();
    assert_eq!(store.notes().unwrap(), notes);
}

#[test]
fn a_run_stopped_before_joining_is_made_good() {
    let (_folder, path) = folder();
    settled(&path, &["a"]);
    let mut store = Store::open(&path, Mode::Write).unwrap();
    store.add(&batch(&["b"]), &[]).unwrap();
    drop(store);
    let whole: Ledger = stemma::ledger(batch(&["a", "b"]).into_iter().map(|(raw, _)| raw).collect());
    let reader = Store::open(&path, Mode::Read).unwrap();
    assert!(reader.is_stale().unwrap());
    assert_eq!(reader.ledger().unwrap(), whole);
    Store::open(&path, Mode::Write).unwrap().freshen().unwrap();
    assert!(!reader.is_stale().unwrap());
    assert_eq!(reader.ledger().unwrap(), whole);
}

#[test]
fn analyses_of_another_engine_are_made_anew() {
    let (_folder, path) = folder();
    settled(&path, &["a", "b"]);
    let mut store = Store::open(&path, Mode::Write).unwrap();
    store.db.execute_batch("UPDATE reports SET engine = 'older'; UPDATE texts SET analysis = x'00'").unwrap();
    store.db.execute("UPDATE meta SET value = 'older'", []).unwrap();
    let whole = stemma::ledger(batch(&["a", "b"]).into_iter().map(|(raw, _)| raw).collect());
    assert_eq!(store.ledger().unwrap(), whole);
    store.freshen().unwrap();
    assert!(!store.is_stale().unwrap());
    assert_eq!(store.ledger().unwrap(), whole);
}

#[test]
fn reports_are_found_without_loading_all() {
    let (_folder, path) = folder();
    settled(&path, &["a", "b"]);
    let store = Store::open(&path, Mode::Read).unwrap();
    let id = batch(&["a"])[0].0.id();
    assert_eq!(store.n_reports().unwrap(), 2);
    assert_eq!(store.known(&[id, stemma::model::ReportId(1)]).unwrap(), [true, false]);
    assert_eq!(store.find("a.txt").unwrap(), [Thing::Report(id)]);
    assert_eq!(store.find(&id.to_string()[..12]).unwrap(), [Thing::Report(id)]);
    let part = store.part(&Ask::Things(vec![Thing::Report(id)]), 1).unwrap().ledger;
    let whole = store.ledger().unwrap();
    assert_eq!(part.report(id), whole.report(id));
}

#[test]
fn a_ledger_of_the_first_format_is_lifted() {
    let (_folder, path) = folder();
    let db = rusqlite::Connection::open(&path).unwrap();
    db.execute_batch(include_str!("../schema/1.sql")).unwrap();
    for (raw, _) in batch(&["a", "b"]) {
        db.execute(
            "INSERT INTO reports VALUES (?1, ?2, ?3, NULL, NULL, NULL, 'en', NULL, '', 'older', ?4, x'00')",
            rusqlite::params![raw.id().to_string(), raw.key, raw.file, crate::pack::pack(&raw).unwrap()],
        )
        .unwrap();
    }
    db.pragma_update(None, "application_id", crate::APPLICATION_ID).unwrap();
    db.pragma_update(None, "user_version", 1).unwrap();
    drop(db);
    let whole = stemma::ledger(batch(&["a", "b"]).into_iter().map(|(raw, _)| raw).collect());
    let reader = Store::open(&path, Mode::Read).unwrap();
    assert_eq!(reader.ledger().unwrap(), whole);
    Store::open(&path, Mode::Write).unwrap().freshen().unwrap();
    assert_eq!(reader.troubles().unwrap(), [""; 0]);
    assert_eq!(reader.search(&words("boats"), 9).unwrap().1, 2);
}

fn words(typed: &str) -> Query {
    Query { words: crate::parted(typed), ..Query::default() }
}

#[test]
fn words_are_found_in_every_script() {
    let (_folder, path) = folder();
    let raw = |key: &str, text: &str, published: &str| RawReport {
        key: key.into(),
        file: format!("{key}.txt"),
        text: text.into(),
        outlet: Some(format!("The {key} Post")),
        published: stemma::model::Moment::parse(published),
        ..RawReport::default()
    };
    let raws = [
        raw("a", "The ferry struck a freighter outside the harbour. The ferry sank.", "2024-05-03"),
        raw("b", "Die Fähre stieß mit einem Frachter zusammen.", "2024-06-01"),
        raw("c", "一艘渡轮在港口外与货船相撞。两人死亡。", "2024-06-02T08:00"),
        raw("d", "Harbour masters met. A ferry was not among their themes.", "2023-01-01"),
    ];
    let mut store = Store::open(&path, Mode::Write).unwrap();
    let batch: Vec<_> = raws.into_iter().map(|raw| (raw.clone(), stemma::analyse(raw))).collect();
    store.add(&batch, &[]).unwrap();
    let keys = |query: &Query| {
        let (ids, n) = store.search(query, 9).unwrap();
        assert_eq!(ids.len(), n);
        let key = |id| batch.iter().find(|(raw, _)| raw.id() == id).unwrap().0.key.clone();
        ids.into_iter().map(key).collect::<String>()
    };
    let check = |typed: &str, expected: &str| assert_eq!(keys(&words(typed)), expected, "{typed}");
    check("FERRY harbour", "ad");
    check("fahre", "b");
    check("fracht*", "b");
    check("fracht", "");
    check("渡轮", "c");
    check("货船 死亡", "c");
    check("轮渡", "");
    check("\"harbour masters\"", "d");
    check("ferry NOT harbour", "d");
    check("ferry\" OR \"x", "");
    let narrow = |change: fn(&mut Query)| {
        let mut query = words("ferry");
        change(&mut query);
        keys(&query)
    };
    assert_eq!(narrow(|q| q.since = Some("2024".into())), "a");
    assert_eq!(narrow(|q| q.until = Some("2024-05-03".into())), "ad");
    assert_eq!(narrow(|q| q.until = Some("2023".into())), "d");
    assert_eq!(narrow(|q| q.outlet = Some("d post".into())), "d");
    assert_eq!(narrow(|q| q.lang = Some(stemma::model::Lang::DE)), "");
    // Without words, the latest first; an empty query finds nothing.
    assert_eq!(keys(&Query { outlet: Some("post".into()), ..Query::default() }), "cbad");
    assert_eq!(keys(&Query { since: Some("2024-06".into()), ..Query::default() }), "cb");
    assert_eq!(keys(&Query::default()), "");
}

#[test]
fn reports_are_found_by_name_and_standing() {
    let (_folder, path) = folder();
    settled(&path, &["a", "b"]);
    let store = Store::open(&path, Mode::Read).unwrap();
    let n = |query: Query| store.search(&query, 9).unwrap().1;
    let name = |name: &str| Query { name: Some(name.into()), ..Query::default() };
    assert_eq!((n(name("ODE")), n(name("Boats"))), (2, 0));
    let entries = store.ledger().unwrap().joined.entries;
    let standing = |s| Query { standing: Some(s), ..Query::default() };
    for s in stemma::ledger::order::STANDINGS {
        let told = entries.iter().filter(|e| e.standing == s).flat_map(|e| &e.readings);
        let told: std::collections::BTreeSet<_> = told.map(|r| r.place.report).collect();
        assert_eq!(n(standing(s)), told.len(), "{s:?}");
    }
}

#[test]
fn outlets_that_belong_together_are_kept_and_make_the_rest_stale() {
    let (_folder, path) = folder();
    settled(&path, &["a", "b"]);
    let publishers = stemma::publishers::Publishers::parse("Pelt Post\tPelt Group").unwrap();
    let mut store = Store::open(&path, Mode::Write).unwrap();
    store.set_publishers(&publishers).unwrap();
    assert!(store.is_stale().unwrap());
    store.freshen().unwrap();
    store.set_publishers(&publishers).unwrap();
    assert!(!store.is_stale().unwrap());
    assert_eq!(store.publishers().unwrap(), publishers);
    assert_eq!(store.troubles().unwrap(), [""; 0]);
}

#[test]
fn a_ledger_is_made_anew_from_its_reports() {
    let (_folder, path) = folder();
    settled(&path, &["a", "b", "c"]);
    let mut store = Store::open(&path, Mode::Write).unwrap();
    let whole = store.ledger().unwrap();
    let break_it =
        "UPDATE texts SET analysis = x'00'; DELETE FROM entries; DELETE FROM wholes; DELETE FROM words";
    store.db.execute_batch(break_it).unwrap();
    assert!(!store.troubles().unwrap().is_empty());
    store.rebuild().unwrap();
    assert_eq!(store.ledger().unwrap(), whole);
    assert_eq!(store.troubles().unwrap(), [""; 0]);
    assert_eq!(store.search(&words("boats"), 9).unwrap().1, 3);
}

#[test]
fn the_doctor_finds_what_was_changed() {
    let (_folder, path) = folder();
    settled(&path, &["a", "b"]);
    let check = |sql: &str, expected: &str| {
        let store = Store::open(&path, Mode::Write).unwrap();
        assert_eq!(store.troubles().unwrap(), [""; 0]);
        store.db.execute_batch("SAVEPOINT here").unwrap();
        store.db.execute_batch(sql).unwrap();
        let troubles = store.troubles().unwrap().join("; ");
        assert!(troubles.contains(expected), "{troubles}");
        store.db.execute_batch("ROLLBACK TO here").unwrap();
    };
    check("UPDATE reports SET id = '00000000000000aa' WHERE n = 1", "its words give another id");
    check("UPDATE texts SET raw = x'00' WHERE report = 1", "cannot be unpacked");
    check("DROP INDEX readings_entry", "table or index readings_entry is missing");
    check(
        "UPDATE texts SET analysis = (SELECT analysis FROM texts WHERE report = 2)",
        "is not what its words give",
    );
}

#[test]
fn one_writes_while_others_read() {
    let (folder, path) = folder();
    settled(&path, &["a"]);
    let mut writer = Store::open(&path, Mode::Write).unwrap();
    assert!(matches!(Store::open(&path, Mode::Write), Err(StoreError::Busy { .. })));
    let reader = Store::open(&path, Mode::Read).unwrap();
    writer.add(&batch(&["b"]), &[]).unwrap();
    assert_eq!(reader.n_reports().unwrap(), 2);
    drop((writer, reader));
    Store::open(&path, Mode::Write).unwrap();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing but the ledger stays");
}

#[test]
fn a_full_disk_loses_nothing_reported() {
    let (_folder, path) = folder();
    settled(&path, &["a"]);
    let mut store = Store::open(&path, Mode::Write).unwrap();
    let pages: i64 = store.db.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    store.db.pragma_update(None, "max_page_count", pages + 1).unwrap();
    let keys: Vec<String> = (0..400).map(|i| format!("k{i}")).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    assert!(matches!(store.add(&batch(&keys), &[]), Err(StoreError::Full { .. })));
    drop(store);
    let store = Store::open(&path, Mode::Read).unwrap();
    assert_eq!(store.n_reports().unwrap(), 1);
    assert!(!store.is_stale().unwrap());
}

/// What opening says about bytes that are no sound ledger.
fn check(bytes: &[u8], mode: Mode, expected: &str) {
    let (_folder, path) = folder();
    fs::write(&path, bytes).unwrap();
    let opened = Store::open(&path, mode).and_then(|store| store.ledger());
    let error = opened.err().map_or("none".to_owned(), |e| format!("{e} / {}", e.hint()));
    assert!(error.contains(expected), "{error}");
    assert_eq!(fs::read(&path).unwrap(), bytes, "the file is left as it was");
}

#[test]
fn unsound_files_are_told_apart() {
    let (_folder, path) = folder();
    settled(&path, &["a", "b"]);
    let sound = fs::read(&path).unwrap();
    for mode in [Mode::Read, Mode::Write] {
        check(
            b"just some words, and more of them, so that it is no header at all",
            mode,
            "not a stemma ledger",
        );
        check(&sound[..sound.len() / 2], mode, "damaged");
        check(&sound[..1000], mode, "");
    }
    check(b"", Mode::Read, "not a stemma ledger");
    let mut newer = sound.clone();
    newer[60..64].copy_from_slice(&(FORMAT as u32 + 1).to_be_bytes());
    check(&newer, Mode::Read, "is newer than this stemma knows");
    check(&newer, Mode::Write, "is newer than this stemma knows");
    let mut other = sound.clone();
    other[68..72].copy_from_slice(b"Othr");
    check(&other, Mode::Write, "not a stemma ledger");
}

#[test]
fn a_missing_ledger_is_told_and_not_made() {
    let (folder, path) = folder();
    assert!(matches!(Store::open(&path, Mode::Read), Err(StoreError::Missing { .. })));
    let nowhere = folder.path().join("none/stemma.db");
    assert!(matches!(Store::open(&nowhere, Mode::Write), Err(StoreError::Io { .. })));
    assert!(matches!(Store::open(folder.path(), Mode::Write), Err(StoreError::NotLedger { .. })));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[cfg(unix)]
#[test]
fn a_ledger_in_a_read_only_place_answers() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, path) = folder();
    settled(&path, &["a"]);
    let mode = |m: u32| fs::set_permissions(folder.path(), fs::Permissions::from_mode(m)).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    mode(0o555);
    let answer = Store::open(&path, Mode::Read).and_then(|store| store.n_reports());
    // The system's administrator may write anywhere; then there is nothing to refuse.
    let free = fs::write(folder.path().join("probe"), "").is_ok();
    let write = Store::open(&path, Mode::Write);
    mode(0o755);
    assert_eq!(answer.unwrap(), 1);
    assert!(free || matches!(write, Err(StoreError::ReadOnly { .. })));
}

#[cfg(unix)]
#[test]
fn a_ledger_that_was_read_only_can_be_written_again() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, path) = folder();
    settled(&path, &["a"]);
    let mode = |m: u32| fs::set_permissions(&path, fs::Permissions::from_mode(m)).unwrap();
    mode(0o444);
    assert_eq!(Store::open(&path, Mode::Read).and_then(|store| store.n_reports()).unwrap(), 1);
    mode(0o644);
    let mut store = Store::open(&path, Mode::Write).unwrap();
    // The system's administrator may write anyway: so what counts is what stands beside the ledger.
    for file in fs::read_dir(folder.path()).unwrap() {
        let file = file.unwrap();
        assert!(!file.metadata().unwrap().permissions().readonly(), "{:?}", file.file_name());
    }
    assert_eq!(store.add(&batch(&["b"]), &[]).unwrap().new, 1);
}

/// The reports of all example stories as one outlet's, each with a line that is the outlet's.
fn stories() -> Vec<RawReport> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
    let folders = fs::read_dir(corpus).unwrap().map(|entry| entry.unwrap().path());
    let files = folders.filter(|path| path.join("expected.json").exists()).flat_map(|folder| {
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>()
    });
    let texts = files.filter(|path| path.extension().is_some_and(|end| end == "txt"));
    let raw = |path: PathBuf| RawReport {
        key: path.display().to_string(),
        file: path.display().to_string(),
        text: fs::read_to_string(&path).unwrap() + "\n\nThe Pelt Post comes out every morning.",
        outlet: Some("Pelt Post".into()),
        ..RawReport::default()
    };
    texts.map(raw).collect()
}

#[test]
fn a_pile_larger_than_memory_is_joined_alike() {
    let raws = stories();
    let (_folder, path) = folder();
    let mut store = Store::open(&path, Mode::Write).unwrap();
    let batch: Vec<_> = raws.iter().map(|raw| (raw.clone(), stemma::analyse(raw.clone()))).collect();
    store.add(&batch, &[]).unwrap();
    assert!(store.freshen_watched(0, &()).unwrap());
    let made = store.ledger().unwrap();
    assert!(made.reports.len() > 60 && !made.joined.furniture.is_empty(), "it tries all there is to try");
    assert_eq!(made, stemma::ledger(raws));
}
