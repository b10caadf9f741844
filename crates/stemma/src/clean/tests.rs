//! Rows of input and expected output for this stage, hostile input included.

use super::*;
use proptest::prelude::*;

/// The law of this stage: the body is made of stretches of the raw text, and white space.
fn lawful(report: &Report, raw: &str, whole: bool) {
    let mut at = 0;
    for stretch in &report.stretches {
        let own = stretch.body.of(&report.body);
        assert!(!own.is_empty() && stretch.body.start as usize >= at);
        assert_eq!(raw.get(stretch.raw as usize..stretch.raw as usize + own.len()), Some(own));
        assert!(!whole || report.body[at..stretch.body.start as usize].trim().is_empty());
        at = stretch.body.end as usize;
    }
    assert!(!whole || at == report.body.len());
    assert!(report.glued.windows(2).all(|pair| pair[0] < pair[1]));
    assert!(report.glued.iter().all(|at| report.body.is_char_boundary(*at as usize)));
    for note in &report.notes {
        assert!(note.span.is_none_or(|span| raw.get(span.start as usize..span.end as usize).is_some()));
    }
}

fn cleaned(text: &str, format: Format) -> Report {
    let report = clean(RawReport { text: text.into(), format, ..RawReport::default() });
    lawful(&report, text, format == Format::Text);
    report
}

/// `body | title | byline | credit | dateline`, lines of the body joined by `/`.
fn check(text: &str, expected: &str) {
    let mut report = cleaned(text, Format::Text);
    // A sign-off names those who wrote it; that is a check of its own.
    if report.credit.as_ref().is_some_and(|credit| credit.words.starts_with("(Reporting")) {
        assert_eq!(report.byline.take().as_deref(), Some("Jane Roe"));
    }
    let shown = [
        report.body.replace("\n\n", "/").replace('\n', "/"),
        report.title.unwrap_or_default(),
        report.byline.unwrap_or_default(),
        report.credit.map(|c| c.names.join("+")).unwrap_or_default(),
        report.dateline.unwrap_or_default(),
    ];
    assert_eq!(shown.join("|"), expected);
}

const LEAD: &str = "The harbour board closed the eastern quay after a crane fell into the water before dawn.";
const MORE: &str =
    "Nobody was hurt, and the board said that ships would be sent to the western quay until spring.";

#[test]
fn credits_are_taken_out() {
    for (credit, names) in [
        ("Source: BBC – Agencies", "BBC"),
        ("Fonte: Lusa", "Lusa"),
        ("Quelle: dpa", "dpa"),
        ("Con información de EFE y AFP", "EFE+AFP"),
        ("Avec AFP", "AFP"),
        ("(Reuters)", "Reuters"),
        ("Bron: ANP", "ANP"),
        ("Fonte: Correio de Loria", "Correio de Loria"),
        ("Com informações da Agência Brasil", "Agência Brasil"),
        ("dpa/AFP", "dpa+AFP"),
        ("(ANX)", "ANX"),
        ("(Loria-Presse/red.)", "Loria-Presse"),
        ("Avec l'agence Loria", "Loria"),
        ("Mena Post, with reporting by the Loria Mercury", "Loria Mercury"),
        ("The Loria Mercury contributed to this report", "Loria Mercury"),
        ("© 2025 AFP. Alle Rechte vorbehalten.", "AFP"),
        ("This story was first published by Pelago", "Pelago"),
        ("Dieser Text erschien zuerst im Loria-Boten", "Loria-Boten"),
        ("Redacción | Fuente: El Faro de Loria", "El Faro de Loria"),
        ("Le Courrier de Mena avec l'agence Pelago", "Pelago"),
        ("Источник: ТАСС", "TASS"),
        ("来源：路透社", "Reuters"),
        ("(Reporting by Jane Roe in Loria; editing by Max Mena)", ""),
        ("rom/mb", ""),
        ("REUTER", "Reuters"),
    ] {
        check(&format!("{LEAD}\n{MORE}\n{credit}"), &format!("{LEAD}/{MORE}|||{names}|"));
    }
    for (credit, names) in [
        ("Source: BBC- Agencies", "BBC"),
        (" (Reuters)", "Reuters"),
        (" — AFP", "AFP"),
        (" Fonte: Lusa", "Lusa"),
    ] {
        check(&format!("{LEAD} {MORE}{credit}"), &format!("{LEAD} {MORE}|||{names}|"));
    }
}

#[test]
fn what_is_no_credit_stays() {
    for end in [
        "With the wind came the rain.",
        "Source: the board did not say who had told it that the crane was safe to use.",
        "The crew flew home (by way of Loria).",
        "He reads the news of Reuters.",
    ] {
        check(&format!("{LEAD}\n{MORE}\n{end}"), &format!("{LEAD}/{MORE}/{end}||||"));
    }
}

#[test]
fn datelines_are_kept_apart() {
    for (line, agency, place) in [
        ("WONSAN, July 13 (KCNA) — ", "KCNA", "WONSAN, July 13"),
        ("LISBOA, 3 mai (Lusa) - ", "Lusa", "LISBOA, 3 mai"),
        ("SEOUL, South Korea (AP) — ", "AP", "SEOUL, South Korea"),
        ("(ANSA) - ROMA, 03 MAG - ", "ANSA", "ROMA, 03 MAG"),
        ("Berlin (dpa) – ", "dpa", "Berlin"),
        ("TORONTO, March 3 - ", "", "TORONTO, March 3"),
        ("Pyongyang, July 13 -- ", "", "Pyongyang, July 13"),
        ("LORIA, Nov. 24 (Mena Press) — ", "Mena Press", "LORIA, Nov. 24"),
        ("Loria (MPA) - ", "MPA", "Loria"),
        ("Port Loria, 7 de mayo (Del corresponsal). ", "", "Port Loria, 7 de mayo"),
        ("SAINT-LORIS, 14 novembre. ", "", "SAINT-LORIS, 14 novembre"),
        ("Loria, 20. Oktober 2023. ", "", "Loria, 20. Oktober 2023"),
        ("MADRID, 13 jul (EFE).- ", "EFE", "MADRID, 13 jul"),
        ("LORIA (APP): ", "APP", "LORIA"),
        ("МОСКВА, 13 июля. /ТАСС/. ", "TASS", "МОСКВА, 13 июля"),
        ("МОСКВА, 13 июл — РИА Новости. ", "RIA Novosti", "МОСКВА, 13 июл"),
        ("新华社平壤7月13日电（记者张三）", "Xinhua", "平壤7月13日"),
        ("(서울=연합뉴스) 홍길동 기자 = ", "Yonhap", "서울"),
        ("【ソウル共同】", "Kyodo", "ソウル"),
    ] {
        check(&format!("{line}{LEAD}\n{MORE}"), &format!("{LEAD}/{MORE}|||{agency}|{place}"));
    }
    for lead in [
        "NATO - the alliance of the north - met.",
        "The crane — an old one — fell.",
        "A well-known crane fell (again) - twice.",
        "Panik. Niemand schlief.",
        "Ana Mena (43) - she is the mayor - met them.",
        "UPDATE: the crane fell.",
        "BREAKING NEWS - The crane fell.",
        "Loria Beat Mena 20 - 3 on Sunday.",
        "On May 3, 2024 (Saturday) the crane fell.",
        "In Loria (the port) - as in all ports - ships wait.",
    ] {
        check(&format!("{lead} {LEAD}\n{MORE}"), &format!("{lead} {LEAD}/{MORE}||||"));
    }
}

#[test]
fn headline_and_byline_are_told() {
    check(
        &format!("Crane falls into harbour\nBy Jane Roe\n{LEAD}\n{MORE}"),
        &format!("Crane falls into harbour/{LEAD}/{MORE}|Crane falls into harbour|Jane Roe||"),
    );
    check(
        &format!("Grua cai no porto\nPor Ana da Mena e Rui Sá\n{LEAD}"),
        &format!("Grua cai no porto/{LEAD}|Grua cai no porto|Ana da Mena e Rui Sá||"),
    );
    check(&format!("{LEAD}\n{MORE}"), &format!("{LEAD}/{MORE}||||"));
    for (byline, names, credit) in [
        ("Von Gesa Mena und Max Loris, Loria-Bote", "Gesa Mena und Max Loris", ""),
        ("By the newsdesk of the Loria Courier, with material from Mena Press", "", "Mena Press"),
        ("De notre envoyée spéciale à Loria, Solène Mena", "Solène Mena", ""),
        ("Reportage de Solène Mena, Le Phare de Loria", "Solène Mena", ""),
        ("Автор: Глеб Мена", "Глеб Мена", ""),
        ("Redacción", "", ""),
        ("The Loria Examiner and Pelago", "", "Pelago"),
        ("By Maud Mena, Loria Observer, and Pelago", "Maud Mena", "Pelago"),
        ("di Lucía Mena, El Faro de Loria (traduzione di Elda Sá)", "Lucía Mena", "El Faro de Loria"),
        ("LUCÍA MENA, enviada especial de El Faro de Loria", "LUCÍA MENA", ""),
        ("Глеб Мена, собственный корреспондент «Лорийских вестей» в Мене", "Глеб Мена", ""),
    ] {
        check(
            &format!("THE LORIA GAZETTE\nCrane falls into the harbour\n{byline}\n{LEAD}\n{MORE}"),
            &format!(
                "Crane falls into the harbour/{LEAD}/{MORE}|Crane falls into the harbour|{names}|{credit}|"
            ),
        );
    }
}

#[test]
fn tails_of_teasers_go() {
    let teasers = "Ten walks for the autumn\nWhy bread costs more this year\nFilm: The Long Quay, reviewed";
    for heading in [
        "You may also like",
        "Leia também:",
        "Lo más leído",
        "À lire aussi",
        "Mehr zum Thema",
        "Leggi anche",
        "Lees ook",
        "Related",
        "MORE FROM OUR NEWSROOM",
        "You might also enjoy",
    ] {
        check(&format!("{LEAD}\n{MORE}\n{heading}\n{teasers}"), &format!("{LEAD}/{MORE}||||"));
    }
    let told = "The mayor said that she would open the quay again. The board agreed with her in a vote.";
    check(&format!("{LEAD}\nRelated\n{told}"), &format!("{LEAD}/Related/{told}||||"));
    check(
        &format!(
            "{LEAD}\nShare this article\nAdvertisement\n{MORE}\nSign up for our newsletter and never miss a quay"
        ),
        &format!("{LEAD}/{MORE}||||"),
    );
}

#[test]
fn a_block_that_stands_twice_goes_once() {
    let block = format!("{LEAD}\nWhat fell?\n{MORE}");
    let report = cleaned(
        &format!(
            "It was a cold night in Loria, as all who live there will remember.\n{block}\n{block}\nThe end came late, they say."
        ),
        Format::Text,
    );
    assert_eq!(report.body.matches("What fell?").count(), 1);
    let note = &report.notes[0];
    assert_eq!((note.kind, note.span.unwrap().len()), (NoteKind::Repeated, block.len()));
    check(&format!("Yes.\n{LEAD}\nYes.\n{MORE}\nYes."), &format!("Yes./{LEAD}/Yes./{MORE}/Yes.||||"));
}

#[test]
fn unseen_characters_go_and_are_noted() {
    let report = cleaned("The har\u{ad}bour\u{200b} of\u{a0}Loria has 10\u{a0}000 berths.", Format::Text);
    assert_eq!(report.body, "The harbour of Loria has 10\u{a0}000 berths.");
    assert_eq!(report.notes[0].kind, NoteKind::Damaged);
}

const PAGE: &str = r#"<!DOCTYPE html><html lang="en"><head><title>Crane falls into harbour | Loria Post</title>
<meta property="og:site_name" content="Loria Post"><link rel="canonical" href="https://post.example/2025/crane">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Crane falls into harbour", "datePublished": "2025-07-13T08:30:00+02:00", "author": {"name": "Jane Roe"}}</script>
</head><body><nav><a href="/">Home</a></nav><article><h1>Crane falls into harbour</h1>
<p>The harbour board closed the eastern quay after a <b>crane</b> fell into the water before dawn &amp; nobody knows why.</p>
<p>Nobody was hurt, and the board said that ships would be sent to the western quay until spring comes to the coast.</p>
<p>The mayor, who came at noon, said that the crane had been looked at in May and that it had been found safe to use.</p></article></body></html>"#;

#[test]
fn a_page_gives_its_report_and_what_it_says_of_itself() {
    let report = cleaned(PAGE, Format::Html);
    assert!(report.body.contains("a crane fell into the water before dawn & nobody"), "{}", report.body);
    assert!(!report.body.contains("Home"));
    assert_eq!(report.title.as_deref(), Some("Crane falls into harbour"));
    assert_eq!(report.byline.as_deref(), Some("Jane Roe"));
    assert_eq!(report.outlet.as_deref(), Some("Loria Post"));
    assert_eq!(report.url.as_deref(), Some("https://post.example/2025/crane"));
    assert_eq!(report.published.unwrap().to_string(), "2025-07-13T08:30:00+02:00");
    assert_eq!(report.lang, Lang::EN);
    let placed: usize = report.stretches.iter().map(|s| s.body.len()).sum();
    assert!(placed * 10 > report.body.len() * 9);
}

#[test]
fn hostile_pages_end_in_time_without_overflow() {
    for tag in [
        "div",
        "b",
        "font size=1",
        "table><tr><td",
        "blockquote",
        "a",
        "svg><g",
        "svg><path",
        "ul><li",
        "x-y",
    ] {
        let html = format!("<html><body>{}<p>The crane fell.", format!("<{tag}>").repeat(100_000));
        let report = cleaned(&html, Format::Html);
        assert!(report.body.contains("The crane fell."), "{tag}");
        let under = format!(
            "<html><body>{}{}",
            format!("<{tag}>").repeat(390),
            "<p>The crane fell into the harbour.</p>".repeat(20)
        );
        cleaned(&under, Format::Html);
    }
    cleaned(&format!("<p>{}", "<".repeat(100_000)), Format::Html);
    cleaned(&format!("<p a=\"{}", "x".repeat(1_000_000)), Format::Html);
    cleaned(&"<p a=\"".repeat(50_000), Format::Html);
}

#[test]
fn hostile_text_ends_in_time() {
    cleaned(&format!("More\n{LEAD}\n").repeat(20_000), Format::Text);
    let lines = |i: u32| format!("<p>Share<p>More<p>{LEAD} {i}");
    cleaned(&(0..2_000).map(lines).collect::<String>(), Format::Html);
    cleaned(
        &format!("<title>{}</title><h1>A long headline</h1><p>{LEAD}", "a | ".repeat(100_000)),
        Format::Html,
    );
    cleaned(&"a\n".repeat(200_000), Format::Text);
    cleaned(&"(".repeat(500_000), Format::Text);
    cleaned(&".A".repeat(200_000), Format::Text);
    cleaned(&"Source: ".repeat(50_000), Format::Text);
    cleaned(&"—".repeat(200_000), Format::Text);
}

proptest! {
    #[test]
    fn any_text_is_cleaned_lawfully(text in "\\PC{0,300}") {
        cleaned(&text, Format::Text);
    }

    #[test]
    fn text_like_news_is_cleaned_lawfully(lines in proptest::collection::vec("(Source: |By |\\(Reuters\\)|SEOUL, May 3 - |You may also like|Read more|[A-Z][a-z.]{1,9}[ .\"”\r\u{ad}\u{a0}]|é…|\n){1,12}", 0..12)) {
        cleaned(&lines.join("\n"), Format::Text);
    }

    #[test]
    fn any_markup_is_cleaned_lawfully(html in "(<[/a-z!-]{0,6}[ =\"'a-z]{0,5}>?|[a-zé &;.<>\n]{0,12}|<p>|</p>|<script>|<!--|&amp;|<title>){0,40}") {
        cleaned(&html, Format::Html);
    }
}
