//! When a page was published, and where it says so. Unknown rather than wrong.

use super::about::Ask;
use super::blocks::{Block, around};
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

/// Words beside a day that make it another than that of publication, lower case.
const OTHER: &[&str] = &[
    "updat",
    "modif",
    "review",
    "last ",
    "edited",
    "revis",
    "expire",
    "deadline",
    "aktualisiert",
    "actualiz",
    "atualiz",
    "mis à jour",
    "modifié",
    "aggiornat",
    "bijgewerkt",
    "обновлен",
    "copyright",
    "©",
    "event",
];

/// The day, with the place in the page that gives it.
pub(super) fn published(
    ask: &Ask,
    ld: &Ld,
    blocks: &[Block],
    url: Option<&str>,
) -> Option<(Moment, &'static str)> {
    let address = url.and_then(in_address);
    let said = ld.published.as_deref().and_then(dates::moment).map(|m| (m, "JSON-LD"));
    let said = said.or_else(|| {
        METAS.iter().find_map(|name| dates::moment(ask.meta(&[name])?)).map(|m| (m, "a meta element"))
    });
    let said = said.or_else(|| marked(ask));
    // What is said of the page, not of an article in it, may be as old as the site.
    let page = || ld.page_published.as_deref().and_then(dates::moment).map(|m| (m, "JSON-LD of the page"));
    match (said, address) {
        // A time in another zone can fall on the day before or behind: the address has the outlet's.
        (Some((moment, _)), Some(day)) if moment.date != day && apart(moment.date, day) == 1 => {
            Some((Moment::day(day), "its address"))
        }
        (Some(said), _) => Some(said),
        (None, Some(day)) => Some((Moment::day(day), "its address")),
        (None, None) => near_headline(blocks).or_else(page),
    }
}

/// Days between two days.
fn apart(a: Date, b: Date) -> i32 {
    a.until(b).map_or(i32::MAX, |span| span.get_days().abs())
}

/// How many blocks before and behind the headline may show its day.
const BEFORE: usize = 4;
/// See [`BEFORE`].
const BEHIND: usize = 8;

/// The longest block that shows a day beside the headline, in bytes: author, role and day.
const LONGEST_LINE: usize = 120;

/// The day in a short line near the page's first large heading.
fn near_headline(blocks: &[Block]) -> Option<(Moment, &'static str)> {
    let heading = blocks.iter().position(|block| block.around & around::TITLE != 0)?;
    let near = heading.saturating_sub(BEFORE)..(heading + BEHIND).min(blocks.len());
    let lines =
        blocks[near].iter().filter(|block| block.text.len() <= LONGEST_LINE && !is_other(&block.text));
    let day = lines.filter_map(|block| dates::first_day(&block.text)).next()?;
    Some((Moment::day(day), "a line beside its headline"))
}

/// Whether words tell of another day than that of publication.
fn is_other(words: &str) -> bool {
    let small = words.to_lowercase();
    OTHER.iter().any(|other| small.contains(other))
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
