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
///
/// Where the head and the line under the headline differ, the earlier day stands: templates and
/// imports stamp a record anew, and a page often shows the day of its last change without saying so.
/// A page that shows nothing but a day of change has no known day: half of those were told before.
pub(super) fn published(
    ask: &Ask,
    ld: &Ld,
    shown: Option<Date>,
    url: Option<&str>,
) -> Option<(Moment, &'static str)> {
    let said = said(ask, ld);
    let day = |day: Date, place: &'static str| Some((Moment::day(day), place));
    match (said, shown, url.and_then(in_address)) {
        // A time in another zone can fall on the day before or behind: the address has the outlet's.
        (Some((moment, _)), _, Some(at)) if apart(moment.date, at) == 1 => day(at, "its address"),
        (Some((moment, _)), Some(seen), _) if seen < moment.date && apart(seen, moment.date) > 1 => {
            day(seen, "a line that its readers see")
        }
        (Some(said), ..) => Some(said),
        (None, _, Some(at)) => day(at, "its address"),
        (None, Some(seen), None) => day(seen, "a line that its readers see"),
        (None, None, None) => None,
    }
}

/// What the page's head and marked elements say.
fn said(ask: &Ask, ld: &Ld) -> Option<(Moment, &'static str)> {
    let article = ld.published.as_deref().and_then(dates::moment).map(|m| (m, "JSON-LD"));
    let meta = || METAS.iter().find_map(|name| dates::moment(ask.meta(&[name])?));
    let alike = || {
        let named = ask.metas.iter().filter(|(name, _)| name.contains("publish"));
        named
            .filter(|(name, _)| name.contains("date") || name.contains("time") || name == "published")
            .find_map(|(_, content)| dates::moment(content))
    };
    article.or_else(|| meta().or_else(alike).map(|m| (m, "a meta element"))).or_else(|| marked(ask))
}

/// Days between two days.
fn apart(a: Date, b: Date) -> i32 {
    a.until(b).map_or(i32::MAX, |span| span.get_days().abs())
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
