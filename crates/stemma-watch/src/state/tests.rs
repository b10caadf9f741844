//! What must hold of the state, whatever feeds say and whenever a watch is killed.

use super::*;
use stemma::model::RawReport;

const DAY: i64 = 24 * 3_600_000;

struct Desk {
    folder: tempfile::TempDir,
    state: Option<State>,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let state = Some(State::open(&folder.path().join("x.db")).unwrap());
        let desk = Self { folder, state };
        let feeds = ["https://x.example/a", "https://x.example/b"].map(|a| Url::parse(a).unwrap());
        desk.state().list(&feeds).unwrap();
        desk
    }

    fn state(&self) -> &State {
        self.state.as_ref().unwrap()
    }

    /// As a new process finds it.
    fn again(mut self) -> Self {
        self.state = None;
        self.state = Some(State::open(&self.folder.path().join("x.db")).unwrap());
        self
    }

    /// Gives items to a feed; the addresses that wait afterwards.
    fn take(&self, feed: i64, items: &[NewItem]) -> Vec<String> {
        let polled = Polled { now: 1, next: 2, validators: [Some("v1"), None], ..Polled::default() };
        let taken = self.state().take(feed, items, &polled, 3).unwrap();
        taken.waiting.into_iter().map(|w| w.address).collect()
    }

    fn n(&self, address: &str) -> i64 {
        let waiting = self.state().waiting().unwrap();
        waiting.iter().find(|w| w.address == address).unwrap().n
    }

    fn hold(&self, address: &str, text: &str, page: &str) -> bool {
        self.state().hold(self.n(address), &raw(text), Some(page)).unwrap()
    }
}

fn raw(text: &str) -> RawReport {
    RawReport { key: "k".into(), text: text.into(), ..RawReport::default() }
}

fn item(id: &str, address: &str, updated: Option<&str>) -> NewItem {
    NewItem {
        id: id.into(),
        address: Some(address.into()),
        page: Some(address.into()),
        updated: updated.map(str::to_owned),
        published: None,
        own: None,
    }
}

#[test]
fn an_item_is_taken_up_once_and_again_when_updated() {
    let desk = Desk::new();
    assert_eq!(desk.take(1, &[item("7", "p7", Some("t1"))]), ["p7"]);
    assert_eq!(desk.take(1, &[item("7", "p7", Some("t1"))]), [""; 0]);
    assert!(desk.hold("p7", "one", "p7"));
    let desk = desk.again();
    assert_eq!(desk.take(1, &[item("7", "p7", Some("t1"))]), [""; 0]);
    assert_eq!(desk.take(1, &[item("7", "p7", Some("t2"))]), ["p7"]);
    assert!(desk.hold("p7", "two", "p7"));
    let held = desk.state().held(9, 9_999).unwrap();
    let texts: Vec<&str> = held.iter().map(|h| h.raw.as_ref().unwrap().text.as_str()).collect();
    assert_eq!(texts, ["one", "two"]);
    desk.state().release(&held).unwrap();
    assert_eq!(desk.state().n_held().unwrap(), 0);
    assert_eq!(desk.take(1, &[item("7", "p7", None)]), [""; 0]);
}

#[test]
fn one_page_in_two_feeds_is_fetched_once_in_each_version() {
    let desk = Desk::new();
    assert_eq!(desk.take(1, &[item("7", "p7", Some("t1"))]), ["p7"]);
    assert_eq!(desk.take(2, &[item("x7", "p7", Some("t1"))]), [""; 0]);
    assert!(desk.hold("p7", "one", "p7"));
    assert_eq!(desk.take(2, &[item("x7", "p7", Some("t2"))]), ["p7"]);
    assert!(desk.hold("p7", "two", "p7"));
    assert_eq!(desk.take(1, &[item("7", "p7", Some("t2"))]), [""; 0]);
}

#[test]
fn two_addresses_that_lead_to_one_page_are_one() {
    let desk = Desk::new();
    assert_eq!(desk.take(1, &[item("1", "p1", None), item("2", "p2", None)]), ["p1", "p2"]);
    assert!(desk.hold("p1", "one", "p9"));
    assert!(!desk.hold("p2", "one", "p9"));
    assert_eq!(desk.state().n_held().unwrap(), 1);
}

#[test]
fn a_page_that_was_given_up_can_be_brought_by_another_feed() {
    let desk = Desk::new();
    desk.take(1, &[item("1", "p1", None)]);
    desk.state().give_up(desk.n("p1"), "gone").unwrap();
    assert_eq!(desk.take(2, &[item("2", "p1", None)]), ["p1"]);
}

#[test]
fn an_item_without_a_page_is_its_own_text_or_a_note() {
    let desk = Desk::new();
    let bare = |id: &str, own| NewItem { address: None, page: None, own, ..item(id, "", None) };
    assert_eq!(desk.take(1, &[bare("1", Some(raw("one"))), bare("2", None)]), [""; 0]);
    let held = desk.state().held(9, 9_999).unwrap();
    assert_eq!(held[0].raw, Some(raw("one")));
    assert_eq!((held[1].raw.as_ref(), held[1].name.as_str()), (None, "2"));
    assert!(held[1].note.is_some());
}

#[test]
fn validators_are_kept_only_when_all_items_are_taken() {
    let desk = Desk::new();
    let items: Vec<NewItem> = (0..5).map(|i| item(&i.to_string(), &format!("p{i}"), None)).collect();
    assert_eq!(desk.take(1, &items), ["p0", "p1", "p2"]);
    assert_eq!(desk.state().feed(1).unwrap().unwrap().etag, None);
    assert_eq!(desk.take(1, &items), ["p3", "p4"]);
    assert_eq!(desk.state().feed(1).unwrap().unwrap().etag.as_deref(), Some("v1"));
    assert_eq!(desk.again().state().waiting().unwrap().len(), 5);
}

#[test]
fn feeds_that_are_not_listed_rest() {
    let desk = Desk::new();
    desk.take(2, &[item("1", "p1", None)]);
    desk.state().list(&[Url::parse("https://x.example/a").unwrap()]).unwrap();
    assert_eq!(desk.state().feeds().unwrap().len(), 1);
    assert_eq!(desk.state().waiting().unwrap().len(), 0);
}

#[test]
fn failures_are_counted_and_a_success_ends_them() {
    let desk = Desk::new();
    let polled = |said| Polled { now: 1, next: DAY, said, ..Polled::default() };
    desk.state().polled(1, &polled(Some("no"))).unwrap();
    desk.state().polled(1, &polled(Some("no"))).unwrap();
    assert_eq!(desk.state().feed(1).unwrap().unwrap().failures, 2);
    desk.state().polled(1, &polled(None)).unwrap();
    let feed = desk.state().feed(1).unwrap().unwrap();
    assert_eq!((feed.failures, feed.next), (0, DAY));
    desk.state().polled(1, &Polled { gone: true, ..polled(Some("gone")) }).unwrap();
    assert_eq!(desk.state().feeds().unwrap().len(), 1);
}

#[test]
fn held_reports_come_in_batches() {
    let desk = Desk::new();
    desk.take(1, &[item("1", "p1", None), item("2", "p2", None), item("3", "p3", None)]);
    for page in ["p1", "p2", "p3"] {
        desk.hold(page, &"word ".repeat(100), page);
    }
    assert_eq!(desk.state().held(2, 1 << 20).unwrap().len(), 2);
    assert_eq!(desk.state().held(9, 900).unwrap().len(), 1);
    assert_eq!(desk.state().held(9, 1).unwrap().len(), 1);
}

#[test]
fn changes_are_told_once_and_delivered_until_they_are() {
    let desk = Desk::new();
    let changes = [("a".to_owned(), "{}".to_owned()), ("b".to_owned(), "{}".to_owned())];
    assert_eq!(desk.state().tell(&changes, &Told::default(), true).unwrap(), 2);
    assert_eq!(desk.state().tell(&changes, &Told::default(), true).unwrap(), 0);
    let desk = desk.again();
    let open = desk.state().unprinted(9).unwrap();
    assert_eq!(open.len(), 2);
    desk.state().printed(&open[..1]).unwrap();
    assert_eq!(desk.state().unprinted(9).unwrap().len(), 1);
    let first = desk.state().unposted(5).unwrap().unwrap();
    desk.state().post_later(first.n, 10).unwrap();
    let second = desk.state().unposted(5).unwrap().unwrap();
    assert_eq!(second.id, "b");
    desk.state().posted(second.n).unwrap();
    assert_eq!(desk.state().unposted(5).unwrap(), None);
    assert_eq!(desk.state().unposted(10).unwrap().unwrap().tries, 1);
}

#[test]
fn rules_of_hosts_hold_for_a_while() {
    let desk = Desk::new();
    assert_eq!(desk.state().robots("x", 5).unwrap(), None);
    desk.state().keep_robots("x", Some("a"), 9).unwrap();
    desk.state().keep_robots("y", None, 9).unwrap();
    assert_eq!(desk.state().robots("x", 5).unwrap(), Some(Some("a".into())));
    assert_eq!(desk.state().robots("y", 5).unwrap(), Some(None));
    assert_eq!(desk.state().robots("x", 9).unwrap(), None);
}

#[test]
fn one_watch_at_a_time_and_only_in_its_own_file() {
    let desk = Desk::new();
    let ledger = desk.folder.path().join("x.db");
    assert!(matches!(State::open(&ledger), Err(WatchError::Busy { .. })));
    std::fs::write(
        desk.folder.path().join("y.db-watch"),
        "not a database, but long enough to be read as one",
    )
    .unwrap();
    assert!(matches!(State::open(&desk.folder.path().join("y.db")), Err(WatchError::State { .. })));
}
