//! Who wrote a page.

use super::about::Ask;
use super::blocks::{Block, around};
use super::ld::Ld;
use crate::clean::byline::people_in;
use crate::clean::cues::{CUES, after, lower};

/// Where pages name their author, surest first.
const PLACES: &[&str] = &[
    r#"[itemprop="author"] [itemprop="name"]"#,
    r#"[itemprop="author"]"#,
    r#"a[rel~="author"]"#,
    r#"[rel~="author"]"#,
    ".author-name, .author__name, .authorName, .article-author__name, .byline__name, .byline-name, .post-author-name, .entry-author-name",
    r#".byline a, .author a, .post-author a, .entry-author a, .article-author a, a[href*="/author/"], a[href*="/authors/"]"#,
    r#".byline, .author, .post-author, .entry-author, .article-author, .article__author, [class*="byline"], [class*="author-name"]"#,
];

/// The author.
pub(super) fn byline(ask: &Ask, ld: &Ld, blocks: &[Block], sites: &[String]) -> Option<String> {
    let mut said: Vec<String> = ld.author.iter().cloned().collect();
    for name in [
        "author",
        "article:author",
        "parsely-author",
        "sailthru.author",
        "dc.creator",
        "dcterms.creator",
        "citation_author",
        "twitter:data1",
    ] {
        let label = ask.meta(&["twitter:label1"]).unwrap_or("").to_lowercase();
        if name != "twitter:data1" || label.contains("written") || label.contains("author") {
            said.extend(ask.meta(&[name]).map(super::visible::resolve));
        }
    }
    for place in PLACES {
        said.extend(ask.all(place).into_iter().take(3).map(|id| ask.words(id)));
    }
    let names: Vec<String> = said.iter().filter_map(|said| name(said)).collect();
    let person =
        names.iter().find(|name| !sites.iter().any(|site| site.eq_ignore_ascii_case(name)) && !is_role(name));
    person.cloned().or_else(|| near_headline(blocks)).or_else(|| names.first().cloned())
}

/// How many blocks before and behind the headline may name who wrote it.
const BEFORE: usize = 3;
/// See [`BEFORE`].
const BEHIND: usize = 10;

/// The names in a line near the page's first large heading that is a byline, also where its first
/// word is a block of its own.
fn near_headline(blocks: &[Block]) -> Option<String> {
    let heading = blocks.iter().position(|block| block.around & around::TITLE != 0)?;
    let near = &blocks[heading.saturating_sub(BEFORE)..(heading + BEHIND).min(blocks.len())];
    let whole = near.iter().find_map(|block| people_in(&block.text));
    whole.or_else(|| {
        near.windows(2).find_map(|pair| {
            (pair[0].text.len() <= 12).then(|| people_in(&format!("{} {}", pair[0].text, pair[1].text)))?
        })
    })
}

fn is_role(name: &str) -> bool {
    let name = name.to_lowercase();
    [
        "admin",
        "administrator",
        "editor",
        "editorial team",
        "staff",
        "webmaster",
        "guest",
        "team",
        "redaktion",
        "redação",
        "redacción",
    ]
    .contains(&name.as_str())
}

/// The names in words that name an author; none if they are no names.
fn name(said: &str) -> Option<String> {
    let mut name = said.trim();
    while let Some(cue) =
        CUES.opening("by", &lower(name)).filter(|cue| name.chars().count() > cue.chars().count() + 2)
    {
        let rest = after(name, cue);
        if !rest.starts_with([' ', ':', '\u{a0}']) {
            break;
        }
        name = rest.trim_start_matches([':', ' ', '\u{a0}']);
    }
    let end =
        [" | ", " • ", " · ", " — ", " – ", " - ", " on ", " Published", " Updated", "Posted", "@", "http"]
            .iter()
            .filter_map(|mark| name.find(mark))
            .min()
            .unwrap_or(name.len());
    let name = name[..end].trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | ':' | '-'));
    let words = name.split_whitespace().count();
    let fits = (1..=12).contains(&words)
        && name.len() <= 120
        && !name.contains(|c: char| c.is_ascii_digit() || matches!(c, '{' | '<' | '?' | '/' | '_'))
        && name.chars().filter(|c| c.is_alphabetic()).count() >= 3;
    fits.then(|| name.to_owned())
}
