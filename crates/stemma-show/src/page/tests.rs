//! The page holds together: every link has its place, ids are single, text stays text.

use super::page;
use std::collections::BTreeSet;
use std::path::Path;
use stemma::Ledger;
use stemma::model::RawReport;

fn raw(key: &str, text: &str) -> RawReport {
    RawReport { key: key.into(), file: format!("pile/{key}"), text: text.into(), ..RawReport::default() }
}

/// The example story as its reader would find it.
fn story(name: &str) -> Ledger {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus").join(name);
    let files = std::fs::read_dir(&folder).unwrap().map(|f| f.unwrap().path());
    let mut reports = Vec::new();
    for path in files.filter(|p| p.extension().is_some_and(|e| e != "json")) {
        let bytes = std::fs::read(&path).unwrap();
        let name = path.to_string_lossy().into_owned();
        let input = stemma::read::Input { name: &name, bytes: &bytes, ..Default::default() };
        reports.extend(stemma::read::read(&input).reports);
    }
    stemma::ledger(reports)
}

/// The values of an attribute, in order.
fn values<'h>(html: &'h str, attribute: &str) -> Vec<&'h str> {
    let key = format!(" {attribute}=\"");
    html.split(&key).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// What holds for every page.
fn check(ledger: &Ledger) -> String {
    let html = page(ledger);
    assert_eq!(html, page(ledger), "the same page twice");
    let body = html.split("<body>").nth(1).unwrap();
    let ids = values(body, "id");
    let known: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), known.len(), "an id stands twice");
    for href in values(body, "href") {
        let id = href.strip_prefix('#').unwrap_or_else(|| panic!("{href} leads out of the page"));
        assert!(known.contains(id), "{href} leads nowhere");
    }
    assert_nested(&html);
    for lead in ["<script", "javascript:", "src=", "url(", "@import"] {
        assert!(!html.contains(lead), "{lead}");
    }
    html
}

/// Every element that opens closes, in order.
fn assert_nested(html: &str) {
    const VOID: [&str; 3] = ["meta", "!DOCTYPE", "br"];
    let style = html.find("</style>").unwrap();
    let mut open: Vec<&str> = Vec::new();
    for tag in html[style + 8..].split('<').skip(1) {
        let tag = tag.split('>').next().unwrap();
        let name = tag.trim_start_matches('/').split_whitespace().next().unwrap();
        match tag.starts_with('/') {
            true if name == "head" => {}
            true if name == "html" => {}
            true => assert_eq!(open.pop(), Some(name)),
            false if VOID.contains(&name) => {}
            false => open.push(name),
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn the_example_story_holds_together() {
    let ledger = story("harbour");
    let html = check(&ledger);
    assert!(ledger.reports.len() > 5);
    for analysis in &ledger.reports {
        assert!(html.contains(&format!("id=\"r-{}\"", analysis.report.id)));
    }
    for entry in &ledger.joined.entries {
        assert!(html.contains(&format!("id=\"e-{}\"", entry.id)));
        for reading in entry.readings.iter().filter(|r| !r.place.span.is_empty()) {
            let span = reading.place.span;
            assert!(html.contains(&format!("id=\"r-{}-{}-{}\"", reading.place.report, span.start, span.end)));
        }
    }
}

#[test]
fn hostile_text_stays_text() {
    let text = "<script>alert(1)</script> said \"no\" & </style> \u{202e}evil\u{200b} </p><a href='x'>y</a>.\n\n\
        The mayor <img src=x onerror=y> said 12 people were hurt on Monday.";
    let mut report = raw("a\"><script>.txt", text);
    report.title = Some("</title><script>t</script>".into());
    report.outlet = Some("\u{202e}<b>outlet</b>".into());
    report.url = Some("javascript:alert(1)".into());
    let mut ledger = stemma::ledger(vec![report, raw("b.txt", text)]);
    assert!(page(&ledger).contains("javascript:alert(1)"), "an address is shown");
    assert!(!page(&ledger).contains("href=\"javascript"), "and not linked");
    ledger.reports.iter_mut().for_each(|a| a.report.url = None);
    let html = page(&ledger);
    for lead in ["<script", "<img", "<b>outlet", "</style> ", "\u{202e}", "\u{200b}"] {
        assert!(!html.contains(lead), "{lead}");
    }
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && html.contains(">RLO</abbr>"));
}

#[test]
fn an_empty_ledger_and_an_endless_line_are_pages() {
    assert!(check(&Ledger::default()).contains("0 reports"));
    let line = "word ".repeat(1_000_000);
    let html = check(&stemma::ledger(vec![raw("long.txt", &line)]));
    assert!(html.contains("bytes of this text not shown here"));
    assert!(html.len() < 2_000_000, "{}", html.len());
}

#[test]
fn a_large_ledger_is_shown_in_part() {
    let names = ["Aldermoor", "Brackwell", "Corvane", "Dunsel", "Everby", "Farrow", "Gellin", "Hask"];
    let reports = (0..120).map(|i| {
        let (a, b) = (names[i % 8], names[i / 8 % 8]);
        let text = format!(
            "{a} council number {i} opens.\n\nA school for {} pupils was opened in {b} by {a} engineer {} {b}son.",
            i * 37 + 11,
            names[(i * 5 + 3) % 8]
        );
        raw(&format!("r{i}.txt"), &text)
    });
    let ledger = stemma::ledger(reports.collect());
    let html = check(&ledger);
    if ledger.joined.groups.storylines.len() > super::plan::MAX_STORYLINES {
        assert!(html.contains("not shown here"));
    }
}
