//! When a page was published, and where it says so. Unknown rather than wrong.

use super::about::Ask;
use super::ld::Ld;
use crate::model::Moment;
use crate::read::dates;
use jiff::civil::Date;

/// Meta elements that hold the day of publication, surest first.
const METAS: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "date_published",
    "article:published",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "publish-date",
    "publish_date",
    "publishdate",
    "pubdate",
    "publicationdate",
    "publication_date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "dc.date.created",
    "date.created",
    "citation_publication_date",
    "citation_date",
    "article.published",
    "rnews:datepublished",
    "displaydate",
    "originalpublicationdate",
    "article_date_original",
    "date",
];

/// The day, with the place in the page that gives it.
pub(super) fn published(
    ask: &Ask,
    ld: &Ld,
    _html: &str,
    url: Option<&str>,
) -> Option<(Moment, &'static str)> {
    let said = ld.published.as_deref().and_then(dates::moment).map(|m| (m, "JSON-LD"));
    let said = said.or_else(|| {
        METAS.iter().find_map(|name| dates::moment(ask.meta(&[name])?)).map(|m| (m, "a meta element"))
    });
    let said = said.or_else(|| marked(ask));
    said.or_else(|| url.and_then(in_address).map(|day| (Moment::day(day), "its address")))
        .or_else(|| visible(ask))
}

/// Elements marked up as the time of publication.
fn marked(ask: &Ask) -> Option<(Moment, &'static str)> {
    for place in [
        r#"[itemprop="datePublished"]"#,
        "time[pubdate]",
        r#"time[class*="publish"]"#,
        r#"time.entry-date:not(.updated)"#,
    ] {
        for id in ask.all(place).into_iter().take(4) {
            let said = ask
                .attribute(id, "datetime")
                .or_else(|| ask.attribute(id, "content"))
                .unwrap_or_else(|| ask.words(id));
            if let Some(moment) = dates::moment(&said) {
                return Some((moment, "an element marked as the time of publication"));
            }
        }
    }
    None
}

/// A day in an address: `/2025/07/13/`, `/2025-07-13-`, `/20250713/`.
fn in_address(url: &str) -> Option<Date> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest).split(['?', '#']).next()?;
    let parts: Vec<&str> = path.split(['/', '-', '_', '.']).collect();
    let day = |y: &str, m: &str, d: &str| -> Option<Date> {
        let fits = y.len() == 4 && (1..=2).contains(&m.len()) && (1..=2).contains(&d.len());
        let (y, m, d) = (y.parse().ok()?, m.parse().ok()?, d.parse().ok()?);
        (fits && (1990..=2100).contains(&y)).then(|| Date::new(y, m, d).ok())?
    };
    let spelled = |w: &[&str]| {
        let month = dates::month(w[1]).map(|m| m.to_string());
        day(w[0], month.as_deref().unwrap_or(w[1]), w[2])
    };
    parts.windows(3).find_map(spelled).or_else(|| {
        let run = |p: &&str| p.len() == 8 && p.bytes().all(|b| b.is_ascii_digit());
        parts.iter().find(|p| run(p)).and_then(|p| day(&p[..4], &p[4..6], &p[6..]))
    })
}

/// A day that readers see near the headline: times, then elements named for dates.
fn visible(ask: &Ask) -> Option<(Moment, &'static str)> {
    let places = [
        "article time[datetime], main time[datetime], header time[datetime]",
        "time[datetime], time",
        r#"[class*="publish"], [class*="post-date"], [class*="entry-date"], [class*="posted-on"], [class*="article-date"], [class*="article__date"], [class*="pub-date"], [class*="pubdate"]"#,
        r#"[class~="date"], [id~="date"], [class*="timestamp"], [class*="meta-date"], [class*="post-meta"], [class*="byline"], [class*="dateline"]"#,
    ];
    for place in places {
        for id in ask.all(place).into_iter().take(3) {
            let words = ask.words(id);
            let said = ask.attribute(id, "datetime").and_then(|d| dates::moment(&d));
            let said =
                said.or_else(|| (words.len() < 200).then(|| dates::first_day(&words).map(Moment::day))?);
            if let Some(moment) = said {
                return Some((moment, "a date that readers see"));
            }
        }
    }
    None
}
