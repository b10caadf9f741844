//! Names as `words=canonical/Kind`, joined by `; `.

use super::*;
use crate::clean::clean;
use crate::model::{Lang, RawReport};
use crate::segment::segment;

fn found(lang: &str, text: &str) -> (crate::model::Report, Vec<Name>, Vec<Entity>) {
    let raw = RawReport { text: text.into(), lang: Some(Lang::parse(lang)), ..RawReport::default() };
    let report = clean(raw);
    let (names, entities) = names(&report, &segment(&report));
    (report, names, entities)
}

#[track_caller]
fn check(lang: &str, text: &str, wanted: &str) {
    let (report, names, entities) = found(lang, text);
    let one = |name: &Name| {
        let entity = &entities[name.entity as usize];
        let words = name.span.of(&report.body);
        let country = entity.country.as_deref().map(|c| format!(":{c}")).unwrap_or_default();
        if words == entity.canonical {
            format!("{words}/{:?}{country}", entity.kind)
        } else {
            format!("{words}={}/{:?}{country}", entity.canonical, entity.kind)
        }
    };
    assert_eq!(names.iter().map(one).collect::<Vec<_>>().join("; "), wanted);
}

#[test]
fn roles_and_surnames_lead_to_one_person() {
    check(
        "en",
        "Russian foreign minister Pyotr Orlov met Finland's president on Monday. Orlov left. Mr Orlov had no comment.",
        "Russian/Nationality:RUS; Pyotr Orlov/Person:RUS; Finland/Country:FIN; Orlov=Pyotr Orlov/Person:RUS; Orlov=Pyotr Orlov/Person:RUS",
    );
    check(
        "pt",
        "O ministro das Relações Exteriores russo, Pyotr Orlov, viajou a Lisboa. Orlov volta na quinta-feira.",
        "russo/Nationality:RUS; Pyotr Orlov/Person:RUS; Lisboa/Place:PRT; Orlov=Pyotr Orlov/Person:RUS",
    );
    check(
        "de",
        "Der polnische Außenminister Jan Wolski reiste nach Berlin. Wolski sprach mit der Presse über die Lage.",
        "polnische/Nationality:POL; Jan Wolski/Person:POL; Berlin/Place:DEU; Wolski=Jan Wolski/Person:POL",
    );
}

#[test]
fn what_opens_a_sentence_needs_evidence() {
    check("en", "Soldiers crossed the river. Many fled. Angry farmers waited.", "");
    check("en", "Yesterday Orlov spoke. The Orlov family was silent.", "Orlov/Other; Orlov/Other");
    check("fr", "Selon lui, Dupont a quitté l'Allemagne.", "Dupont/Other; Allemagne/Country:DEU");
}

#[test]
fn headlines_count_what_the_body_shows() {
    check(
        "en",
        "ORLOV WARNS BANKS\n\nThe banker Ana Orlov spoke to reporters in Kenya.",
        "ORLOV=Ana Orlov/Person; Ana Orlov/Person; Kenya/Country:KEN",
    );
    check(
        "en",
        "Orlov Warns Big Banks Over Rates\n\nIt was clear that Ana Orlov would speak to banks.",
        "Orlov=Ana Orlov/Person; Ana Orlov/Person",
    );
}

#[test]
fn organisations_and_acronyms() {
    check(
        "en",
        "The Northern Ice Survey (NIS) sued Halden Bank. NIS won; Halden paid.",
        "Northern Ice Survey/Organisation; NIS=Northern Ice Survey/Organisation; Halden Bank/Organisation; NIS=Northern Ice Survey/Organisation; Halden=Halden Bank/Organisation",
    );
    check(
        "en",
        "Aid went to the Ministry of Foreign Affairs in Lomé.",
        "Ministry of Foreign Affairs/Organisation; Lomé/Place:TGO",
    );
}

#[test]
fn agencies_have_one_name() {
    let (_, _, entities) =
        found("en", "The line was closed, Agence France-Presse reported. AFP said nothing more.");
    let agencies: Vec<_> = entities.iter().filter(|e| e.kind == NameKind::Agency).collect();
    assert_eq!((agencies.len(), agencies[0].country.as_deref()), (1, Some("FRA")));
}

#[test]
fn damaged_forms_and_possessives() {
    check(
        "en",
        "Minister Pak Son Hui spoke. Later Pak Child Hui left.",
        "Pak Son Hui/Person; Pak Child Hui=Pak Son Hui/Person",
    );
    check("en", "It hit Russias north and Russia's south.", "Russia/Country:RUS; Russia/Country:RUS");
}

#[test]
fn other_scripts() {
    check(
        "ru",
        "Президент Иван Орлов прибыл из России в Париж.",
        "Иван Орлов/Person; России/Country:RUS; Париж/Place:FRA",
    );
    check("zh", "俄罗斯和法国举行会谈。", "俄罗斯/Country:RUS; 法国/Country:FRA");
}

#[test]
fn keys_agree_across_languages() {
    let key = |lang: &str, text: &str| found(lang, text).2[0].key.clone();
    assert_eq!(key("en", "They left Germany."), key("pt", "Saíram da Alemanha."));
    assert_eq!(key("en", "They left Moscow."), key("fr", "Ils ont quitté Moscou."));
}

#[test]
fn any_words_give_spans_that_fit() {
    for text in ["", "'", "A's 'B-c' D.E. (F) ,, G", "İİ'ſ ß-É ’s", "\u{feff}Mr . Mr , the"] {
        let (report, names, entities) = found("en", text);
        assert!(
            names.iter().all(|n| !n.span.of(&report.body).is_empty() && (n.entity as usize) < entities.len())
        );
    }
}
