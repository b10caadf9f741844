//! Quantities in sentences of our own.

use super::*;
use crate::extract::times::times;
use crate::model::{Lang, RawReport};

/// A quantity as one word: change and values, unit, what is counted.
fn told(report: &Report, q: &Quantity) -> String {
    let change = match q.change {
        Change::Equal => "",
        Change::About => "~",
        Change::More => ">",
        Change::Less => "<",
        Change::Up => "up ",
        Change::Down => "down ",
    };
    let values: Vec<String> = q.values().iter().map(f64::to_string).collect();
    let mut words = format!("{change}{}", values.join(".."));
    if !q.unit.is_empty() {
        words += &format!(" {}", q.unit);
    }
    if let Some(of) = q.of {
        words += &format!(" [{}]", report.words(of));
    }
    words
}

fn found(lang: &str, text: &str) -> String {
    let raw = RawReport { text: text.into(), lang: Some(Lang::parse(lang)), ..RawReport::default() };
    let mut report = crate::clean::clean(raw);
    report.lang = Lang::parse(lang);
    let segments = crate::segment::segment(&report);
    let times = times(&report, &segments);
    let found = quantities(&report, &segments, &times);
    for q in &found {
        assert!(q.span.contains(&q.number), "{text}");
        assert!(q.low.is_none() || q.high.is_none() || q.low <= q.high, "{text}");
    }
    found.iter().map(|q| told(&report, q)).collect::<Vec<_>>().join("; ")
}

fn check(lang: &str, text: &str, quantities: &str) {
    assert_eq!(found(lang, text), quantities, "{text}");
}

#[test]
fn counts_have_their_nouns() {
    check("en", "The navy sent 6,000 more army engineers and workers.", "6000 [army engineers and workers]");
    check("en", "It shipped more than 10 million mortar rounds.", ">10000000 [mortar rounds]");
    check("en", "About 12 million rounds went by sea.", "~12000000 [rounds]");
    check("en", "Two dozen boats sank near the pier.", "24 [boats]");
    check("en", "A few boats sank; one of them burned; no one died.", "");
    check("en", "One sailor died.", "1 [sailor]");
    check("en", "50,000 in Loria marched.", "50000");
}

#[test]
fn vague_counts_are_open_above() {
    check("en", "Thousands of troops came with dozens of tanks.", "1000..10000 [troops]; 12..120 [tanks]");
    check("en", "Tens of thousands fled.", "10000..100000");
    check("en", "Countless workers came to untold harm.", " [workers]");
    check("pt", "Milhares de trabalhadores chegaram.", "1000..10000 [trabalhadores]");
    check("fr", "Des milliers de soldats sont arrivés.", "1000..10000 [soldats]");
}

#[test]
fn ranges_have_two_ends() {
    check("en", "The range grew from 252 to 287 miles.", "252..287 mile");
    check(
        "en",
        "It costs between 5 and 7 euros, or $84 to $93 billion.",
        "5..7 euro; 84000000000..93000000000 dollar",
    );
    check("en", "Waits of 25–40 minutes are common.", "25..40 minute");
    check("en", "The 2012–13 season ended 3-2.", "");
}

#[test]
fn words_of_change_take_their_number() {
    check("en", "Shares rose 5 percent to $40.", "up 5 percent; 40 dollar");
    check("en", "Output fell by nearly 3.5 per cent.", "down 3.5 percent");
    check("en", "Sales rose5 percent.", "up 5 percent");
    check("en", "They lost 3 games.", "3 [games]");
    check("de", "Der Umsatz stieg um 3,5 Prozent.", "up 3.5 percent");
    check("pt", "As ações caíram 2,5%.", "down 2.5 percent");
}

#[test]
fn money_has_many_shapes() {
    check(
        "en",
        "It paid US$ 7.2 bn, HK $5.4m and £1,000.",
        "7200000000 dollar; 5400000 hong kong dollar; 1000 pound sterling",
    );
    check("en", "Half a million euros and a million dollars.", "500000 euro; 1000000 dollar");
    check("de", "Rund 1,5 Milliarden Euro und 12.500 Menschen.", "~1500000000 euro; 12500 [Menschen]");
    check("es", "Unos 300 mil millones de dólares.", "~300000000000 dollar");
    check("fr", "Environ 10 000 personnes et 2,5 milliards d’euros.", "~10000 [personnes]; 2500000000 euro");
    check("pt", "Cerca de 11.000 soldados e R$ 3,2 bilhões.", "~11000 [soldados]; 3200000000 brazilian real");
}

#[test]
fn numbers_that_count_nothing_are_left() {
    for text in [
        "In 2019 the Boeing 747 and an F-16 landed.",
        "Room 12 of the A380 on June 5.",
        "Call 0800123456 or visit 10.0.0.1 today.",
        "He came 3rd in the 1990s.",
        "It was built in 1875.",
    ] {
        check("en", text, "");
    }
}

#[test]
fn ages_are_no_counts() {
    check("en", "Ana Rue, 66, met a 12-year-old boy.", "66 year of age; 12 year of age");
}

#[test]
fn a_language_without_tables_gets_figures() {
    check("sv", "Det var 3,5 km och 7 % av 1 000 000.", "3.5 kilometre; 7 percent");
}

#[test]
fn any_text_is_survived() {
    let nines = "9".repeat(400);
    for text in [
        "",
        "-",
        "$",
        "1",
        "1-",
        "-1",
        "1 to",
        "to 1 to 1 to 1",
        "$$$ 1 $$$",
        "½½½",
        "1/0",
        nines.as_str(),
        "million million million million million million",
        "a a a a one one one",
        "٣ ١٢ 万 三",
        "1,2,3,4,5.6.7",
        "thousands of thousands of thousands of",
    ] {
        for lang in ["en", "pt", "es", "fr", "de", "xx"] {
            found(lang, text);
        }
    }
}
