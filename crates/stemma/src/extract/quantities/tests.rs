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
    check("en", "Ana Rue, 66, met a 12-year-old boy.", "12 year of age");
}

#[test]
fn changes_in_every_language() {
    check("de", "Der Absatz ging im Mai um 18 Prozent zurück.", "down 18 percent");
    check("de", "Die Mieten sind um 3,5 Prozent gestiegen.", "up 3.5 percent");
    check(
        "es",
        "Las listas han crecido un 14 % y el gas se encareció dos euros, hasta 9 euros.",
        "up 14 percent; up 2 euro; 9 euro",
    );
    check("fr", "Les ventes ont bondi de 17 % et chutaient de 4 %.", "up 17 percent; down 4 percent");
    check("pt", "As vendas cresceram 6% e os preços recuaram 2,5%.", "up 6 percent; down 2.5 percent");
    check("de", "Die Karte verteuert sich von 2,80 auf 3,10 Euro.", "2.8..3.1 euro");
    check("pt", "O bilhete passou de R$ 4,10 para R$ 4,60.", "4.1..4.6 brazilian real");
    check("es", "Las pérdidas superan los 3 millones de pesos.", ">3000000 peso");
}

#[test]
fn rough_counts_in_every_language() {
    check("fr", "Une vingtaine de pompiers et une douzaine de maisons.", "~20 [pompiers]; 12 [maisons]");
    check("es", "Un centenar de vecinos y una docena de perros.", "~100 [vecinos]; 12 [perros]");
    check("pt", "Uma dezena de barcos e uma dúzia de ovos.", "~10 [barcos]; 12 [ovos]");
}

#[test]
fn shares_in_two_numbers() {
    check("de", "Drei von vier Kindern blieben.", "0.75 [Kindern]");
    check("en", "One in five tenants left.", "0.2 [tenants]");
    check("es", "Uno de cada cuatro jóvenes votó.", "0.25 [jóvenes]");
    check("fr", "Un billet sur cinq est perdu.", "0.2 [billet]");
    check("pt", "Um em cada dez alunos faltou.", "0.1 [alunos]");
}

#[test]
fn counts_whose_noun_was_told() {
    check("en", "The bill passed by 62 votes to 41.", "62 [votes]; 41");
    check("fr", "La loi passe par 291 voix contre 246.", "291 [voix]; 246");
    check("es", "Doce de los 60 contenedores llegaron.", "12; 60 [contenedores]");
    check("de", "Es gab Dutzende Läden, nun sind es nur drei.", "12..120 [Läden]");
    check("fr", "Il a supprimé 150 postes, dont quatre-vingt-dix à son siège.", "150 [postes]; 90");
}

#[test]
fn cold_and_halves() {
    check("pt", "A noite chegou a 6 graus negativos.", "-6 celsius");
    check("es", "Esperó dos horas y media, luego hora y media.", "2.5 hour; 1.5 hour");
    check("de", "Sie wartet seit zweieinhalb Jahren.", "2.5 year");
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
