//! The part of a ledger that a question loads answers it word for word as the whole does.

#![expect(clippy::unwrap_used, reason = "a test's helpers may fail the test")]

use serde_json::{Value, to_value};
use stemma::ledger::{Lookup, Thing};
use stemma::model::ReportId;
use stemma::read::{Input, read};
use stemma::reconcile::Standing;
use stemma::{Ledger, analyse};
use stemma_show::views::{collation, entries, entries::EntryFilter, events, families, report, timeline, why};
use stemma_store::{Ask, Mode, Store};

/// The ledger file of some stories.
fn settled(folder: &std::path::Path, stories: &[&str]) -> Store {
    let corpus = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
    let mut batch = Vec::new();
    for story in stories {
        for file in std::fs::read_dir(corpus.join(story)).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_none_or(|e| e != "txt") {
                continue;
            }
            let name = format!("{story}/{}", path.file_name().unwrap().to_string_lossy());
            let bytes = std::fs::read(&path).unwrap();
            let found = read(&Input { name: &name, bytes: &bytes, ..Input::default() });
            batch.extend(found.reports.into_iter().map(|raw| (raw.clone(), analyse(raw))));
        }
    }
    let mut store = Store::open(&folder.join("stemma.db"), Mode::Write).unwrap();
    store.add(&batch, &[]).unwrap();
    store.freshen().unwrap();
    store
}

/// Asks the part and the whole the same question.
fn check(store: &Store, whole: &Ledger, ask: &Ask, limit: usize, view: &dyn Fn(&Lookup) -> Value) {
    let part = store.part(ask, limit).unwrap();
    let (found, expected) = (view(&Lookup::of(&part.ledger)), view(&Lookup::of(whole)));
    match (found.as_array(), expected.as_array()) {
        (Some(found), Some(expected)) => {
            assert_eq!(part.n, expected.len(), "{ask:?}");
            assert_eq!(found.len(), expected.len().min(limit), "{ask:?}");
            assert!(found.iter().all(|one| expected.contains(one)), "{ask:?} {limit}");
            if limit >= expected.len() {
                assert_eq!(found, expected, "{ask:?}");
            }
        }
        _ => assert_eq!(found, expected, "{ask:?}"),
    }
}

#[test]
fn parts_answer_as_the_whole_does() {
    let folder = tempfile::tempdir().unwrap();
    let store = settled(folder.path(), &["harbour", "border", "flood"]);
    let whole = store.ledger().unwrap();
    for limit in [1, 3, usize::MAX] {
        let json = |view: Value| view;
        check(&store, &whole, &Ask::Families, limit, &|l| json(to_value(families::families(l)).unwrap()));
        check(&store, &whole, &Ask::Events, limit, &|l| to_value(events::events(l)).unwrap());
        check(&store, &whole, &Ask::Storylines, limit, &|l| to_value(timeline::timeline(l)).unwrap());
        let event = whole.joined.groups.events[0].id;
        for (standing, event) in [
            (None, None),
            (Some(Standing::Disputed), None),
            (None, Some(event)),
            (Some(Standing::Echoed), Some(event)),
        ] {
            let filter = EntryFilter { standing, event };
            let ask = Ask::Entries { standing, event, storyline: None };
            check(&store, &whole, &ask, limit, &|l| to_value(entries::entries(l, filter)).unwrap());
        }
    }
}

#[test]
fn things_show_the_same_evidence() {
    let folder = tempfile::tempdir().unwrap();
    let store = settled(folder.path(), &["harbour", "border"]);
    let whole = store.ledger().unwrap();
    let joined = &whole.joined;
    let mut things: Vec<Thing> = whole.reports.iter().map(|a| Thing::Report(a.report.id)).collect();
    things.extend(joined.stemmas.iter().map(|s| Thing::Family(s.id)));
    things.extend(joined.groups.events.iter().map(|e| Thing::Event(e.id)));
    things.extend(joined.groups.storylines.iter().map(|s| Thing::Storyline(s.id)));
    things.extend(joined.entries.iter().map(|e| Thing::Entry(e.id)));
    for thing in things {
        let ask = Ask::Things(vec![thing]);
        check(&store, &whole, &ask, 1, &|l| to_value(why::why(l, thing)).unwrap());
        if let Thing::Report(id) = thing {
            check(&store, &whole, &ask, 1, &|l| to_value(report::report(l, id)).unwrap());
        }
    }
    let ids: Vec<ReportId> = whole.reports.iter().map(|a| a.report.id).collect();
    for pair in ids.windows(2) {
        let ask = Ask::Things(vec![Thing::Report(pair[0]), Thing::Report(pair[1])]);
        check(&store, &whole, &ask, 2, &|l| to_value(collation::collation(l, pair[0], pair[1])).unwrap());
    }
}

#[test]
fn words_mean_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let store = settled(folder.path(), &["harbour", "border"]);
    let whole = store.ledger().unwrap();
    let mut words: Vec<String> =
        ["r01.txt", "harbour/r01.txt", "./border/r02.txt", "r0", "", "a", "0", "zz", "A"]
            .map(str::to_owned)
            .into();
    words.extend(whole.joined.entries.iter().map(|e| e.id.to_string()[..9].to_owned()));
    for word in words {
        let mut expected = whole.find(&word);
        let mut found = store.find(&word).unwrap();
        expected.sort();
        found.sort();
        assert_eq!(found, expected, "{word}");
    }
}
