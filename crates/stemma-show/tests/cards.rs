//! Cards and changes have only words of the reports, and copies add nothing.

use std::collections::BTreeSet;
use stemma::Ledger;
use stemma::ledger::Lookup;
use stemma::model::{Lang, Moment, RawReport, ReportId};
use stemma_show::views::{ChangeView, card, changes};

const FIRST: &str = "Two drown as the Orvel breaks its dyke\n\nTwo people drowned on Monday when the river Orvel \
    broke its dyke at Tannmoor, the valley's rescue service said. \"We heard it before we saw the water,\" said the \
    mayor of Tannmoor, Edda Rusk, who spent the night at the pumps. Some 400 people were brought out of their homes \
    by boat. The rail line between Tannmoor and Halde will stay closed until Friday, its operator said.";
const LATER: &str = "Toll of the Orvel flood at Tannmoor rises to five\n\nFive people drowned on Monday when the river \
    Orvel broke its dyke at Tannmoor, the valley's rescue service said on Wednesday. The mayor of Tannmoor, Edda Rusk, \
    asked for 20 more pumps. \"The dyke was older than my grandmother's house,\" said the engineer Olan Priddy, who \
    had inspected it in the spring. Some 400 people were brought out of their homes by boat.";

fn raw(key: &str, text: &str, published: &str) -> RawReport {
    RawReport {
        key: key.into(),
        file: key.into(),
        text: text.into(),
        lang: Some(Lang::EN),
        published: Moment::parse(published),
        ..RawReport::default()
    }
}

fn ledger() -> Ledger {
    stemma::ledger(vec![
        raw("a.txt", FIRST, "2025-03-04"),
        raw("copy.txt", FIRST, "2025-03-05"),
        raw("b.txt", LATER, "2025-03-06"),
    ])
}

fn since(ledger: &Ledger, day: &str) -> Vec<ChangeView> {
    let new: BTreeSet<ReportId> =
        Moment::parse(day).iter().flat_map(|m| changes::published_since(ledger, m)).collect();
    changes::changes(&Lookup::of(ledger), &new)
}

#[test]
fn a_card_has_only_words_of_the_reports() {
    let ledger = ledger();
    let lookup = Lookup::of(&ledger);
    for card in card::cards(&lookup, &ledger.joined.groups.events) {
        assert!((1..=5).contains(&card.brief.len()));
        let words = card.brief.iter().chain(card.quotes.iter().map(|s| &s.words));
        for quote in
            words.chain(card.event.headline.iter()).chain(card.who.iter().filter_map(|w| w.role.as_ref()))
        {
            let [start, end] = quote.span.map(|at| at as usize);
            assert_eq!(ledger.report(quote.report).unwrap().report.body[start..end], quote.text);
        }
        let said: BTreeSet<&str> = card.brief.iter().map(|b| b.text.as_str()).collect();
        assert_eq!(said.len(), card.brief.len(), "a copy says nothing twice");
        assert!(card.first.as_ref().map(|t| &t.published) <= card.last.as_ref().map(|t| &t.published));
    }
}

#[test]
fn what_is_new_is_told_and_a_copy_adds_nothing() {
    let ledger = ledger();
    assert!(since(&ledger, "2026-01-01").is_empty());
    assert!(since(&ledger, "2025-01-01").iter().all(|c| c.is_new));
    let copy: BTreeSet<ReportId> =
        ledger.reports.iter().filter(|a| a.report.file == "copy.txt").map(|a| a.report.id).collect();
    for change in changes::changes(&Lookup::of(&ledger), &copy) {
        assert!(
            !change.is_new
                && change.claims.is_empty()
                && change.changed.is_empty()
                && change.speakers.is_empty()
        );
    }
    let late = since(&ledger, "2025-03-06");
    let files: Vec<&str> = late.iter().flat_map(|c| &c.added).map(|r| r.file.as_str()).collect();
    assert_eq!(files, ["b.txt"]);
    let adds = |c: &&ChangeView| !(c.claims.is_empty() && c.changed.is_empty() && c.speakers.is_empty());
    assert!(late.iter().filter(|c| !c.is_new).all(|c| adds(&c)), "{late:?}");
}
