//! Times in sentences of our own.

use super::*;
use crate::model::{Lang, Moment, RawReport};

/// `words=value` for each time, joined by `; `. `date` is empty for an undated report.
fn found(lang: &str, date: &str, text: &str) -> Vec<Time> {
    let raw = RawReport {
        text: text.into(),
        lang: Some(Lang::parse(lang)),
        published: Moment::parse(date),
        ..RawReport::default()
    };
    let mut report = crate::clean::clean(raw);
    report.lang = Lang::parse(lang);
    report.published = Moment::parse(date);
    let segments = crate::segment::segment(&report);
    let times = times(&report, &segments);
    for time in &times {
        assert!(!report.words(time.span).is_empty());
    }
    times
}

fn check(lang: &str, date: &str, text: &str, values: &str) {
    let got: Vec<String> = found(lang, date, text).into_iter().map(|t| t.value).collect();
    assert_eq!(got.join(" "), values, "{text}");
}

fn check_open(lang: &str, text: &str, values: &str) {
    let got: Vec<String> = found(lang, "2025-07-13", text).into_iter().map(|t| t.value_undated).collect();
    assert_eq!(got.join(" "), values, "{text}");
    check(lang, "", text, values);
}

/// A Sunday.
const DAY: &str = "2025-07-13";

#[test]
fn the_past_is_the_default() {
    check("en", DAY, "The mayor resigned on Thursday.", "2025-07-10");
    check("en", DAY, "The court will rule on Thursday.", "2025-07-17");
    check("en", DAY, "Floods hit the valley in August.", "2024-08");
    check("en", DAY, "The bridge is due to open in August.", "2025-08");
    check("en", DAY, "She was elected on June 18.", "2025-06-18");
    check("en", DAY, "They signed it in June last year.", "2024-06");
}

#[test]
fn words_of_time_that_tell_none() {
    check("en", DAY, "The now-closed bridge and the soon-to-open tunnel cost about a quarter, of 40.", "");
    check("en", DAY, "They left shortly after the vote.", "");
    check("en", DAY, "They sold the Kestrel '11 as a long-term venture.", "");
    check("en", DAY, "The bridge is now closed; the class of '11 met there.", "PRESENT_REF 2011");
}

#[test]
fn undated_reports_stay_open() {
    check_open("en", "The mayor resigned on Saturday.", "XXXX-WXX-6");
    check_open("en", "Floods hit the valley in June.", "XXXX-06");
    check_open("en", "War broke out in February 2022.", "2022-02");
    check_open("en", "He left last month, not last year.", "XXXX-XX XXXX");
    check_open("en", "They met this late spring.", "XXXX-SP");
    check_open("pt", "Assinou em junho do ano passado.", "XXXX-06");
    check_open("pt", "Reuniram-se no sábado e na quinta -feira.", "XXXX-WXX-6 XXXX-WXX-4");
}

#[test]
fn undated_reports_count_from_what_they_tell() {
    let told = "The ferry sank on 12 March 2014.";
    check("en", "", &format!("{told} The inquiry opened on Friday."), "2014-03-12 2014-03-14");
    check("en", "", &format!("{told} Divers left on 3 April."), "2014-03-12 2014-04-03");
    check(
        "en",
        "",
        &format!("{told} It was built in December. It sailed in May."),
        "2014-03-12 2013-12 2014-05",
    );
    check("en", "", "In 2014 the ferry sank. Divers left in April.", "2014 2014-04");
    // Two sentences on, it may be another story's day.
    check("en", "", &format!("{told} Many drowned. It will sail on Friday."), "2014-03-12 XXXX-WXX-5");
    check("en", DAY, &format!("{told} The inquiry opened on Friday."), "2014-03-12 2025-07-11");
}

fn check_edtf(lang: &str, text: &str, forms: &str) {
    let got: Vec<String> =
        found(lang, DAY, text).into_iter().map(|t| t.edtf.unwrap_or_else(|| "-".into())).collect();
    assert_eq!(got.join(" "), forms, "{text}");
}

#[test]
fn words_leave_a_side_open() {
    check_edtf("en", "Around 2015 they met; perhaps in June 2016 they left.", "2015~ 2016-06?");
    check_edtf("en", "Closed since June 2015, until May 2016.", "2015-06/.. ../2016-05");
    check_edtf("en", "It ran from June 2015 to May 2016.", "2015-06/.. ../2016-05");
    check_edtf("en", "Data from June 2015 and after Monday's vote.", "2015-06 2025-07-07");
    check_edtf("en", "It sank before 2015, in late 2014.", "[..2014-12-31] 2014-09~/2014-12~");
    check_edtf("en", "They stayed for three weeks, every Monday.", "- -");
    check_edtf("fr", "Fermé jusqu'en juin 2016 et depuis 2018.", "../2016-06 2018/..");
    check_edtf("de", "Seit Juni 2015 geschlossen, Anfang 2016 offen.", "2015-06/.. 2016-01~/2016-04~");
    check_edtf("es", "Cerrado antes de junio de 2016, hacia 2014.", "[..2016-05-31] 2014~");
    check_edtf("pt", "Fechado desde junho de 2016, por volta de 2018.", "2016-06/.. 2018~");
}

#[test]
fn lengths_and_sets_have_their_number() {
    check("en", DAY, "Built at a rate of 15 a year for 50 years.", "P1Y P50Y");
    check("en", DAY, "The twenty-year lease ended after two and a half years.", "P20Y P2.5Y");
    check("en", DAY, "Over the past three months and every two weeks.", "P3M P2W");
    check("en", DAY, "The annual fair lasted several days.", "P1Y PXD");
}

#[test]
fn relative_times_count_from_the_report() {
    check("en", DAY, "It began three years ago, two weeks ago, yesterday.", "2022 2025-W26 2025-07-12");
    check("en", DAY, "Earlier this week and late last year, then next month.", "2025-W28 2024 2025-08");
    check("en", DAY, "Sales fell in the third quarter of last year.", "2024-Q3");
    check("en", DAY, "In the 1980s and the 19th century it was now rare.", "198 18 PRESENT_REF");
    check(
        "en",
        DAY,
        "He spoke on Friday morning at 10:30 a.m. and left at 18:00 UTC.",
        "2025-07-11TMO 2025-07-11T10:30 2025-07-11T18:00Z",
    );
}

#[test]
fn ranges_share_their_month_and_year() {
    check("en", DAY, "Between April and June 2008 nothing moved.", "2008-04 2008-06");
    check("en", DAY, "The talks of 12-14 May failed.", "2025-05-12 2025-05-14");
}

#[test]
fn a_missing_space_hides_no_year() {
    check("en", DAY, "It opened in2015 and closed.", "2015");
    check("en", DAY, "The A2019 and flight KX-2015 and 2,015 men.", "");
    check("en", DAY, "Some 2000 people marched.", "");
}

#[test]
fn other_languages_have_their_order() {
    check("pt", DAY, "Chegou em 24 de fevereiro de 2022, há três anos.", "2022-02-24 2022");
    check("pt", DAY, "Durou vinte e um dias.", "P21D");
    check("pt", DAY, "Disse no mês passado e nos últimos três meses.", "2025-06 P3M");
    check(
        "es",
        DAY,
        "Murió el 5 de mayo de 2008; hace dos años; la semana pasada.",
        "2008-05-05 2023 2025-W27",
    );
    check(
        "fr",
        DAY,
        "Il est mort le 5 mai 2008, il y a deux ans, la semaine dernière.",
        "2008-05-05 2023 2025-W27",
    );
    check("de", DAY, "Er starb am 5. Mai 2008, vor zwei Jahren, letzte Woche.", "2008-05-05 2023 2025-W27");
    check("sv", DAY, "Den 2024-02-03 och 25.12.2023 men 3/4/2024.", "2024-02-03 2023-12-25");
}

#[test]
fn days_join_their_hours() {
    check(
        "es",
        DAY,
        "Chocaron el martes por la noche, a las 9.30, cerca del río.",
        "2025-07-08TNI 2025-07-08T09:30",
    );
    check("es", DAY, "La madrugada del jueves ardió un pajar.", "2025-07-10TNI");
    check("es", DAY, "Llegará a las siete y media de la tarde.", "2025-07-13T19:30");
    check(
        "fr",
        DAY,
        "Le feu a pris jeudi vers 23 h 15, dans la nuit de vendredi à samedi.",
        "2025-07-10T23:15 2025-07-11TNI",
    );
    check(
        "de",
        DAY,
        "In der Nacht zum Freitag und am Montagabend gegen 18 Uhr brannte es.",
        "2025-07-10TNI 2025-07-07TEV 2025-07-07T18:00",
    );
    check("de", DAY, "Er kam am Dienstag um halb neun.", "2025-07-08T08:30");
    check("pt", DAY, "Caiu na manhã de quarta-feira, às 8h20.", "2025-07-09TMO 2025-07-09T08:20");
}

#[test]
fn repeated_times_in_every_language() {
    check("es", DAY, "Cierran todos los lunes y los fines de semana.", "XXXX-WXX-1 XXXX-WXX-WE");
    check("fr", DAY, "Ils jouent tous les jeudis et chaque printemps.", "XXXX-WXX-4 XXXX-SP");
    check(
        "de",
        DAY,
        "Sie tagt jeden zweiten Monat, montags und jeden Abend.",
        "P2M XXXX-WXX-1 XXXX-XX-XXTEV",
    );
    check("pt", DAY, "Abre aos sábados e todas as manhãs.", "XXXX-WXX-6 XXXX-XX-XXTMO");
}

#[test]
fn centuries_decades_and_fiscal_years() {
    check("es", DAY, "Del siglo XVIII a los años treinta y el ejercicio 2021.", "17 193 FY2021");
    check("fr", DAY, "Au XIXe siècle, dans les années 60, l'exercice 2020.", "18 196 FY2020");
    check(
        "de",
        DAY,
        "Im 16. Jahrhundert, in den 1930er Jahren, in den Neunzigern, im Geschäftsjahr 2019.",
        "15 193 199 FY2019",
    );
    check("pt", DAY, "No século XX, na década de 1950 e no exercício de 2018.", "19 195 FY2018");
}

#[test]
fn relative_times_in_every_language() {
    check(
        "es",
        DAY,
        "Pasado mañana, hace tres días, la semana que viene, en lo que va de año.",
        "2025-07-15 2025-07-10 2025-W29 2025",
    );
    check(
        "fr",
        DAY,
        "Après-demain, il y a trois jours, la semaine prochaine, mi-avril.",
        "2025-07-15 2025-07-10 2025-W29 2025-04",
    );
    check(
        "de",
        DAY,
        "Übermorgen, vor drei Tagen, nächste Woche, Anfang März.",
        "2025-07-15 2025-07-10 2025-W29 2025-03",
    );
    check(
        "pt",
        DAY,
        "Depois de amanhã, há três dias, na semana que vem, em meados de abril.",
        "2025-07-15 2025-07-10 2025-W29 2025-04",
    );
    check("de", DAY, "Mehr Gäste als im gleichen Monat des Vorjahres kamen im Mai.", "2024-07 2025-05");
}

#[test]
fn lists_and_ranges_in_every_language() {
    check("es", DAY, "Los días 3, 4 y 5 de mayo llovió.", "2025-05-03 2025-05-04 2025-05-05");
    check("de", DAY, "Vom 1. bis 20. April lief der Verkauf.", "2025-04-01 2025-04-20");
    check("es", DAY, "Cerró del martes al jueves de la semana pasada.", "2025-07-01 2025-07-03");
    check("pt", DAY, "Esteve fechada de 2 a 20 de junho.", "2025-06-02 2025-06-20");
}

#[test]
fn plans_lie_ahead() {
    check("es", DAY, "El museo abrirá en octubre.", "2025-10");
    check("fr", DAY, "Le musée ouvrira en octobre.", "2025-10");
    check("de", DAY, "Das Museum wird im Oktober öffnen.", "2025-10");
    check("pt", DAY, "O museu abrirá em outubro.", "2025-10");
}

#[test]
fn any_text_is_survived() {
    for text in [
        "",
        "'",
        "the",
        "1 1 1 1 1/1/1/1/1",
        "May may May 32",
        "99999999999999999999 years ago",
        "0000-00-00",
        "in 9e9 of of of",
        "年2024年",
        "a a a a a a a a year year",
        "12:99 p.m. 25:00 00:00:00:00",
    ] {
        found("en", DAY, text);
        found("de", "", text);
        found("fr", DAY, text);
    }
}
