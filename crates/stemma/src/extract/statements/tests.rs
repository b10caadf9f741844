//! What the stage must do, one line for each kind of telling. All sentences are invented.

use super::{Directness, Stance, statements};
use crate::extract::Extracts;
use crate::model::{Lang, RawReport, Report};
use crate::segment::segment;
use proptest::prelude::*;

fn report(lang: Lang, text: &str) -> Report {
    let raw = RawReport { lang: Some(lang), ..RawReport::default() };
    Report { body: text.to_string(), lang, ..crate::clean::clean(raw) }
}

/// Each statement as `SPEAKER [< VIA]: CONTENT [(denied)]`, broken contents joined by ` / `.
fn check(lang: Lang, text: &str, expected: &[&str]) {
    let report = report(lang, text);
    let segments = segment(&report);
    let (names, entities) = crate::extract::names::names(&report, &segments);
    let named = Extracts { names, entities, ..Extracts::default() };
    // The tagger was trained with names; the rules can do without.
    let known = if lang == Lang::EN { named } else { Extracts::default() };
    let found = statements(&report, &segments, &known);
    let told: Vec<String> = found
        .iter()
        .map(|s| {
            let content: Vec<&str> = s.content.iter().map(|c| report.words(*c)).collect();
            let via: String = s.via.iter().map(|v| format!(" < {v}")).collect();
            let stance = match s.stance {
                Stance::Asserted => "",
                Stance::Denied => " (denied)",
                Stance::Withheld => " (withheld)",
            };
            format!("{}{via}: {}{stance}", s.speaker.as_deref().unwrap_or("-"), content.join(" / "))
        })
        .collect();
    assert_eq!(told, expected, "{text}");
}

#[test]
fn portuguese_rules() {
    let pt = Lang::PT;
    check(pt, "O ministro Rui Calado disse que a ponte caiu.", &["Rui Calado: que a ponte caiu"]);
    check(pt, "“A ponte caiu”, afirmou o ministro Rui Calado.", &["Rui Calado: “A ponte caiu”"]);
    check(pt, "A ponte caiu, de acordo com a agência Lorpress.", &["Lorpress: A ponte caiu"]);
    check(pt, "A empresa negou a queda.", &["empresa: a queda (denied)"]);
}

#[test]
fn english_tagger() {
    let en = Lang::EN;
    check(en, "The bridge is closed, the mayor of Loria said.", &["mayor of Loria: The bridge is closed"]);
    check(
        en,
        "Governor Ada Quell spoke in Loria. “We will rebuild the bridge,” she told reporters.",
        &["Ada Quell: “We will rebuild the bridge,”"],
    );
    check(
        en,
        "According to police, the driver had fallen asleep.",
        &["police: the driver had fallen asleep"],
    );
    check(
        en,
        "The ministry denied that the bridge had been inspected.",
        &["ministry: that the bridge had been inspected (denied)"],
    );
    check(en, "The bridge fell. Nobody was on it at the time.", &[]);
}

#[test]
fn english_subjects_and_tellings_that_are_set_off() {
    let en = Lang::EN;
    check(
        en,
        "The number of the dead has risen to nine, the State Water Office said on Friday, up from seven a day earlier.",
        &["State Water Office: The number of the dead has risen to nine"],
    );
    check(
        en,
        "The Concord Mission, which watches the border with 120 monitors, said that it had counted 40 explosions.",
        &["Concord Mission: that it had counted 40 explosions"],
    );
}

#[test]
fn a_body_speaks_without_its_name() {
    let (en, de, pt) = (Lang::EN, Lang::DE, Lang::PT);
    let hydrel = "The operator of the Lorvane dam, Hydrel, opened two gates on Monday.";
    check(
        en,
        &format!("{hydrel} The company said the dam was not damaged."),
        &["Hydrel: the dam was not damaged"],
    );
    check(
        en,
        "The Supreme Electoral Chamber met on Monday. Turnout was 71 percent, the chamber said.",
        &["Supreme Electoral Chamber: Turnout was 71 percent"],
    );
    check(
        de,
        "Es werde kein Angebot geben, sagte ein Sprecher von Kestrel Ridge.",
        &["Kestrel Ridge: Es werde kein Angebot geben"],
    );
    check(pt, "O navio foi retido, disse um porta-voz da polícia.", &["polícia: O navio foi retido"]);
    let text = "Der Gerätehersteller Norvel schließt ein Werk. „Es rechnet sich nicht“, sagte Vorstandschefin Henrike \
                Ostwald. Betroffen seien alle Schichten, teilte das Unternehmen am Dienstag mit.";
    let raw = RawReport { text: text.to_owned(), lang: Some(de), ..RawReport::default() };
    let found = crate::analyse(raw).extracts.statements;
    assert_eq!(found.last().and_then(|s| s.speaker.as_deref()), Some("Norvel"));
}

#[test]
fn spanish_rules() {
    let es = Lang::ES;
    check(
        es,
        "La ministra de Obras, Eva Montes, habló ayer. «Nadie lo sabía», dijo en Loria.",
        &["Eva Montes: «Nadie lo sabía»"],
    );
    check(
        es,
        "El puente ha caído, dijo el lunes la alcaldesa Eva Montes.",
        &["Eva Montes: El puente ha caído"],
    );
}

#[test]
fn french_and_german_rules() {
    check(
        Lang::FR,
        "Le maire Luc Ardent est venu. « Le pont est tombé », a-t-il déclaré.",
        &["Luc Ardent: « Le pont est tombé »"],
    );
    check(Lang::FR, "Selon la police, le pont est tombé.", &["police: le pont est tombé"]);
    check(
        Lang::DE,
        "„Die Brücke ist gefallen“, sagte Ministerin Ute Brandt am Montag.",
        &["Ute Brandt: „Die Brücke ist gefallen“"],
    );
    check(Lang::DE, "Der Polizei zufolge fiel die Brücke.", &["Polizei: fiel die Brücke"]);
}

#[test]
fn a_language_without_table_has_no_statements() {
    check(Lang::parse("fi"), "Silta putosi, ministeri sanoi.", &[]);
}

#[test]
fn whose_words() {
    let text = "“Não sabemos”, disse Rui Calado. Rui Calado disse que a ponte “não volta” este ano.";
    let report = report(Lang::PT, text);
    let found = statements(&report, &segment(&report), &Extracts::default());
    let kinds: Vec<Directness> = found.iter().map(|s| s.directness).collect();
    assert_eq!(kinds, [Directness::Direct, Directness::Mixed]);
}

proptest! {
    #[test]
    fn any_text_is_read(text in "([a-zA-Zé’'\"“”«» .,:;\n—-]|said|told|according to|disse|dit|-t-il|，|東京){0,60}", k in 0..5_usize) {
        let lang = [Lang::EN, Lang::PT, Lang::ES, Lang::FR, Lang::DE][k];
        let report = report(lang, &text);
        for s in statements(&report, &segment(&report), &Extracts::default()) {
            for span in s.source.iter().chain(&s.cue).chain(&s.content) {
                prop_assert!(!report.words(*span).is_empty());
            }
            prop_assert!(!s.content.is_empty());
        }
    }
}
