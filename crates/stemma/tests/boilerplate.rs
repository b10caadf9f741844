//! Furniture that no single report shows: lines that many reports of one outlet have.

use stemma::model::RawReport;
use stemma::{Ledger, ledger};

/// What one outlet printed in a week, each of another matter.
const MATTERS: [&str; 12] = [
    "The eastern lock at Pelt was shut on Monday after a barge tore off its lower gate.\nDivers will measure the sill before the winter floods, the canal office said.",
    "A bakery in Sorrel Street has won the province's prize for rye bread.\nThe judges praised a crust that kept its crackle for three days.",
    "Two trams collided at the opera on Tuesday and eleven passengers were bruised.\nThe drivers told the police that the signal had shown nothing at all.",
    "Loria's parliament voted to tax slate roofs, by 61 votes to 58.\nThe quarry towns had sent forty delegates to argue against the bill.",
    "The national chess team lost its match with Tarrow in a rook ending.\nIts captain, Vida Holt, resigned on the seventy-third move.",
    "Swarms of mayflies closed the river bridge for an hour on Thursday night.\nSnow ploughs were called out to clear the carriageway.",
    "The price of lamp oil rose to nine crowns a can, the highest since the strike.\nDealers blamed a refinery fire on the coast.",
    "A beekeeper found a Bronze Age hairpin under his hives at Mena.\nThe museum will show it beside the swords from the bog.",
    "Customs officers opened a crate of dolls and found four hundred live tortoises.\nA zoo in Tarrow has lent its heated cellar.",
    "Schoolchildren planted eight thousand alders along the dike at Outer Skarra.\nTheir roots are to hold what concrete could not.",
    "An astronomer saw a comet with a spyglass that she had bought at a jumble sale.\nIt will bear her name, Almen, in every catalogue.",
    "The ferry company must repay fares to passengers who were left on the pier in June.\nA court threw out its plea that fog is an act of God.",
];

/// One matter, told at length.
const LONG: [&str; 4] = [
    "The great organ of Tarrow cathedral fell silent on Sunday after mice gnawed through its leather bellows.",
    "Organist Ruta Almen had played the first hymn when the lower pipes gave out one after another.",
    "Repairs would need forty goat skins, said the workshop at Inner Skarra that built it in 1788.",
    "The chapter will ask every parish for a penny, and sing without accompaniment until Easter.",
];

const SLOGAN: &str = "Pelt Post: the valley's own voice since the flood year";
const BOX: &str = "Our harvest supplement lies in every copy on Friday";

fn raw(key: &str, outlet: Option<&str>, text: &str) -> RawReport {
    RawReport {
        key: key.into(),
        file: format!("{key}.txt"),
        outlet: outlet.map(Into::into),
        text: text.into(),
        ..RawReport::default()
    }
}

/// Reports with a box inside and a slogan at the foot.
fn printed(n: usize, outlet: Option<&str>) -> Vec<RawReport> {
    let of = |(i, matter): (usize, &&str)| {
        let (first, rest) = matter.split_once('\n').expect("each has two lines");
        raw(&format!("r{i}"), outlet, &format!("{first}\n\n{BOX}\n\n{rest}\n\n{SLOGAN}"))
    };
    MATTERS.iter().take(n).enumerate().map(of).collect()
}

fn furniture(ledger: &Ledger) -> Vec<&str> {
    let words = |f: &stemma::compare::Furniture| {
        let report = &ledger.report(f.place.report).expect("it was read").report;
        f.place.span.of(&report.body)
    };
    let mut lines: Vec<&str> = ledger.joined.furniture.iter().map(words).collect();
    lines.sort_unstable();
    lines.dedup();
    lines
}

#[test]
fn lines_that_stand_under_every_matter_are_found_and_taken_out() {
    let ledger = ledger(printed(12, Some("Pelt Post")));
    assert_eq!(furniture(&ledger), [BOX, SLOGAN]);
    assert_eq!(ledger.joined.furniture.len(), 24);
    let note = ledger.joined.furniture[0].note();
    assert!(note.detail.contains("12 reports") && note.span.is_some());
    let told = ledger.joined.entries.iter().flat_map(|e| &e.readings);
    assert!(told.clone().count() > 0);
    for reading in told {
        assert!(ledger.joined.furniture.iter().all(|f| f.place.report != reading.place.report
            || f.place.span.end <= reading.place.span.start
            || reading.place.span.end <= f.place.span.start));
    }
}

#[test]
fn few_reports_or_none_of_one_outlet_show_nothing() {
    assert!(furniture(&ledger(printed(4, Some("Pelt Post")))).is_empty());
    assert_eq!(furniture(&ledger(printed(6, Some("Pelt Post")))), [SLOGAN], "the box stands inside");
    assert!(furniture(&ledger(printed(12, None))).is_empty());
    let apart = printed(12, None).into_iter().enumerate();
    let apart = apart.map(|(i, raw)| RawReport { outlet: Some(format!("Outlet {i}")), ..raw });
    assert!(furniture(&ledger(apart.collect())).is_empty());
}

#[test]
fn without_an_outlet_the_site_the_file_or_the_folder_counts() {
    let url = |(i, raw)| RawReport { url: Some(format!("https://www.pelt.example/{i}")), ..raw };
    let row = |(i, raw)| RawReport { file: format!("dump.jsonl:{i}"), ..raw };
    let folder = |(i, raw)| RawReport { file: format!("week/{i}.txt"), ..raw };
    let made: [&dyn Fn((usize, RawReport)) -> RawReport; 3] = [&url, &row, &folder];
    for make in made {
        let raws = printed(12, None).into_iter().enumerate().map(make).collect();
        assert_eq!(furniture(&ledger(raws)), [BOX, SLOGAN]);
    }
}

/// Copies of one text, cut and added to, share their lines because they are one text.
#[test]
fn copies_of_one_text_have_no_furniture() {
    let text = LONG.join("\n\n");
    let copy =
        |(i, more): (usize, &&str)| raw(&format!("c{i}"), Some("Pelt Post"), &format!("{text}\n\n{more}"));
    let mut raws: Vec<RawReport> = MATTERS.iter().enumerate().map(copy).collect();
    assert!(furniture(&ledger(raws.clone())).is_empty());
    raws.extend(printed(12, Some("Pelt Post")));
    assert_eq!(furniture(&ledger(raws)), [BOX, SLOGAN]);
}

/// A sequel repeats what went before; that is no furniture.
#[test]
fn background_of_one_matter_stays() {
    let sequel = |i: usize| {
        let text = format!(
            "The canal office hired {i} divers for the eastern lock at Pelt, whose lower gate a barge tore off.\n\
             Day {i}: the sill of the lock was measured again before the winter floods, and the barge's owner paid.\n\
             The lock was built in the flood year."
        );
        raw(&format!("s{i}"), Some("Pelt Post"), &text)
    };
    assert!(furniture(&ledger((3..12).map(sequel).collect())).is_empty());
}

#[test]
fn the_order_of_reading_changes_nothing() {
    let raws = printed(12, Some("Pelt Post"));
    let turned = raws.iter().rev().chain(&raws[..3]).cloned().collect();
    assert_eq!(ledger(raws), ledger(turned));
}
