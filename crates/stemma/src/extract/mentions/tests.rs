//! Mentions as `EVENT actors > recipients`, codes as `DNK.GOV`, joined by `; `.

use super::*;
use crate::clean::clean;
use crate::model::{Lang, RawReport};
use crate::segment::segment;

#[track_caller]
fn check(lang: &str, text: &str, wanted: &str) {
    let raw = RawReport { text: text.into(), lang: Some(Lang::parse(lang)), ..RawReport::default() };
    let report = clean(raw);
    let segments = segment(&report);
    let (names, entities) = crate::extract::names::names(&report, &segments);
    let found = Extracts { names, entities, ..Extracts::default() };
    let side = |agents: &[Agent]| {
        let code =
            |a: &Agent| [a.country.as_deref().unwrap_or("?"), a.sector.as_deref().unwrap_or("?")].join(".");
        agents.iter().map(code).collect::<Vec<_>>().join("+")
    };
    let all = mentions(&report, &segments, &found);
    for m in &all {
        assert!(m.span.contains(&m.trigger) && !m.trigger.of(&report.body).is_empty());
    }
    let one = |m: &Mention| format!("{} {} > {}", m.event, side(&m.actors), side(&m.recipients));
    assert_eq!(all.iter().map(one).collect::<Vec<_>>().join("; "), wanted, "{text}");
}

#[test]
fn who_does_what_to_whom() {
    check("en", "Danish police arrested three Polish journalists in Aarhus.", "COERCE DNK.COP > POL.JRN");
    check("en", "Kenya's president visited Ghana on Friday.", "CONSULT KEN.GOV > GHA.?");
    check("en", "Norway imposed sanctions on Chile.", "SANCTION NOR.? > CHL.?");
    check("en", "Rebels in Peru shelled the army.", "ASSAULT PER.REB > PER.MIL");
}

#[test]
fn passive_turns_the_sides() {
    check("en", "Two Polish soldiers were killed by Danish rebels.", "ASSAULT DNK.REB > POL.MIL");
}

#[test]
fn company_shares_its_head() {
    check("en", "Senior Danish and Polish officials met in Oslo.", "CONSULT DNK.GOV+POL.GOV > ");
}

#[test]
fn how_it_is_told_decides_the_type() {
    check("en", "Ghana will send food aid to Togo.", "AGREE GHA.? > TGO.?");
    check("en", "Ghana refused to meet Togo.", "REJECT GHA.? > TGO.?");
    check("en", "Ghana threatened to attack Togo.", "THREATEN GHA.? > TGO.?");
    check("en", "Ghana urged Togo to release the prisoners.", "REQUEST GHA.? > TGO.?");
}

#[test]
fn sides_that_act_together_have_no_other() {
    check("en", "Ghana and Togo have agreed upon a new pact about Benin.", "AGREE GHA.?+TGO.? > ");
    check("en", "Ghana and Togo held talks with Benin.", "CONSULT GHA.?+TGO.? > BEN.?");
}

#[test]
fn what_is_moved_is_no_side() {
    check("en", "Norway withdrew its troops from Chad.", "RETREAT NOR.? > TCD.?");
}

#[test]
fn capitals_peoples_and_leaders_have_codes() {
    check("en", "Oslo rejected the Chilean proposal.", "REJECT NOR.GOV > CHL.?");
    check("en", "Police in Oslo arrested forty Poles.", "COERCE NOR.COP > POL.CVL");
    check("en", "Mandela accused Norway.", "ACCUSE ZAF.GOV > NOR.?");
    check("en", "Former Danish minister Ana Ode criticised Norway.", "ACCUSE DNK.ELI > NOR.?");
    check("en", "Danish rebel leaders criticised Norway.", "ACCUSE DNK.REB > NOR.?");
    check("en", "A bombing in Peru killed two Danish soldiers.", "ASSAULT PER.UAF > DNK.MIL");
}

#[test]
fn other_languages() {
    check("pt", "O presidente chileno visitou o Peru.", "CONSULT CHL.GOV > PER.?");
    check("es", "La policía chilena detuvo a dos periodistas peruanos.", "COERCE CHL.COP > PER.JRN");
    check("fr", "Le ministre danois a accusé la Norvège.", "ACCUSE DNK.GOV > NOR.?");
    check("de", "Die dänische Polizei kritisierte Norwegen.", "ACCUSE DNK.COP > NOR.?");
}
