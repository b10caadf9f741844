//! The laws of `compare` and `trace`, and families of invented reports.

use super::*;
use crate::compare::{compare, likeness};
use crate::model::{Moment, RawReport};
use crate::pile::Held;
use proptest::prelude::*;

const DISPATCH: &str = "Three people died when a granary burst in Tolmin on Monday, the mayor said.\n\n\
    Rescuers led by Anka Reven searched the yard until midnight with dogs and lamps.\n\n\
    The granary was built in 1962 and had been repaired twice since the floods.\n\n\
    About 140 families who live near the river were told to leave their homes.\n\n\
    A judge has asked the owner, Belt Grain, for its books and for the names of its guards.\n\n\
    The railway through the valley stays closed until the walls are made safe.";
const INDEPENDENT: &str = "The smell of wet grain hung over Tolmin all night.\n\n\
    Neighbours heard a crack, then a roar, and ran out barefoot.\n\n\
    \"I thought the hill was coming down,\" said Josip Mar, who keeps bees beside the yard.\n\n\
    By morning the mayor had counted three dead. Nobody could say how the wall had failed.\n\n\
    Belt Grain did not answer the telephone. Its gate was locked with a new chain.";
const STRANGER: &str = "The opera house opens its season with a comedy that nobody has sung for a century.\n\n\
    Tickets cost from nine to eighty crowns and can be had at the door.\n\n\
    The conductor, Vida Holt, has cut an hour and put back two arias.";

fn report(key: &str, text: &str, published: Option<&str>) -> crate::Analysis {
    crate::analyse(RawReport {
        key: key.into(),
        text: text.into(),
        published: published.and_then(Moment::parse),
        lang: Some(crate::model::Lang::EN),
        ..RawReport::default()
    })
}

fn pile() -> Vec<crate::Analysis> {
    let half = DISPATCH.split("\n\n").take(3).collect::<Vec<_>>().join("\n\n");
    vec![
        report("a", DISPATCH, Some("2031-05-06")),
        report("b", DISPATCH, Some("2031-05-07")),
        report("c", &half, Some("2031-05-08")),
        report("d", INDEPENDENT, Some("2031-05-06")),
        report("e", STRANGER, None),
    ]
}

fn traced(pile: &[&crate::Analysis]) -> Vec<Stemma> {
    let pile = Held::new(pile);
    let Ok(likenesses) = compare(&pile);
    let Ok(stemmas) = trace(&pile, &likenesses);
    stemmas
}

#[test]
fn copies_and_excerpts_descend_and_others_stand_alone() {
    let pile = pile();
    let stemmas = traced(&pile.iter().collect::<Vec<_>>());
    let sizes: Vec<usize> = pile
        .iter()
        .map(|r| stemmas.iter().find(|s| s.reports.contains(&r.report.id)).unwrap().reports.len())
        .collect();
    assert_eq!(sizes, [3, 3, 3, 1, 1]);
    let of = |k: usize| stemmas.iter().flat_map(|s| &s.descents).find(|d| d.child == pile[k].report.id);
    assert!(of(0).is_none());
    assert_eq!(of(1).unwrap().kind, DescentKind::Copy);
    assert_eq!(of(2).unwrap().kind, DescentKind::Excerpt);
    assert_eq!(of(1).unwrap().parent, Parent::Report(pile[0].report.id));
}

#[test]
fn a_number_changed_in_a_copy_is_a_variant() {
    let pile = [
        report("a", DISPATCH, Some("2031-05-06")),
        report("b", &DISPATCH.replace("140", "410"), Some("2031-05-07")),
    ];
    let stemmas = traced(&pile.iter().collect::<Vec<_>>());
    let variant = stemmas.iter().flat_map(|s| &s.variants).find(|v| v.kind == VariantKind::Number).unwrap();
    assert_eq!(variant.likely_original, [pile[0].report.id]);
    for reading in &variant.readings {
        let report = pile.iter().find(|r| r.report.id == reading.place.report).unwrap();
        assert_eq!(report.report.words(reading.place.span), reading.text);
    }
}

#[test]
fn likeness_mirrors() {
    let pile = pile();
    for a in &pile {
        for b in &pile {
            assert_eq!(likeness(a, b), likeness(b, a));
        }
    }
}

#[test]
fn a_page_of_many_kilobytes_without_ends_is_read() {
    let long = "word ".repeat(20_000);
    let pile = [report("a", &long, None), report("b", &long, None), report("c", "", None)];
    assert_eq!(traced(&pile.iter().collect::<Vec<_>>()).iter().map(|s| s.reports.len()).sum::<usize>(), 3);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn order_is_nothing_and_no_report_descends_from_itself(
        picks in proptest::collection::vec((0..6_usize, 0..6_usize, 0..3_u8), 2..7),
        turn in 0..7_usize,
    ) {
        let paragraphs: Vec<&str> = DISPATCH.split("\n\n").collect();
        let made: Vec<crate::Analysis> = picks
            .iter()
            .enumerate()
            .map(|(i, (from, to, day))| {
                let text = paragraphs[(*from).min(*to)..=(*from).max(*to)].join("\n\n");
                let date = format!("2031-05-0{}", day + 1);
                report(&i.to_string(), &text, (*day > 0).then_some(&date))
            })
            .collect();
        let mut pile: Vec<&crate::Analysis> = made.iter().collect();
        let first = traced(&pile);
        let turn = turn % pile.len();
        pile.rotate_left(turn);
        pile.reverse();
        prop_assert_eq!(&first, &traced(&pile));
        prop_assert_eq!(first.iter().map(|s| s.reports.len()).sum::<usize>(), pile.len());
        for stemma in &first {
            for descent in &stemma.descents {
                let mut node = Parent::Report(descent.child);
                for _ in 0..=stemma.reports.len() {
                    let Parent::Report(id) = node else { break };
                    let Some(up) = stemma.descents.iter().find(|d| d.child == id) else { break };
                    node = up.parent.clone();
                    prop_assert_ne!(&node, &Parent::Report(descent.child));
                }
            }
        }
    }
}
