//! The headline of a page, without the outlet's name.

use super::about::Ask;
use super::ld::Ld;

/// What outlets put between headline and name.
const JOINTS: &[&str] =
    &[" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", " : ", " / ", " ~ ", " < "];

/// The longest headline with an outlet's name, in bytes.
const LONGEST: usize = 500;

/// The headline.
pub(super) fn title(ask: &Ask, ld: &Ld, sites: &[String], url: Option<&str>) -> Option<String> {
    let mut heads = heads(ask);
    // An outlet's name is often a heading as well.
    heads.retain(|head| !is_site(head, sites, &host(url)));
    let tab = ask.all("title").first().map(|id| ask.words(*id)).filter(|t| !t.is_empty());
    let shared = ask
        .meta(&["og:title", "twitter:title", "title", "dc.title", "headline"])
        .map(super::visible::resolve);
    let said = [shared, ld.headline.clone(), tab].into_iter().flatten();
    let said: Vec<String> = said.filter(|said| said.len() <= LONGEST).collect();
    // A heading that the page's head repeats is the headline, in the form that readers see.
    let whole = heads.iter().find(|head| said.iter().any(|said| same(head, said)));
    let confirmed = || heads.iter().find(|head| said.iter().any(|said| begins(said, head)));
    if let Some(head) = whole.or_else(confirmed) {
        return Some(head.clone());
    }
    if let [only] = &heads[..]
        && only.split(' ').count() >= 3
    {
        return Some(only.clone());
    }
    let stripped = said.first().map(|said| strip(said, sites, url));
    stripped.or_else(|| heads.first().cloned()).filter(|title| !title.is_empty())
}

/// First-level headings with words, in order.
fn heads(ask: &Ask) -> Vec<String> {
    let heads = ask.all("h1").into_iter().take(12).map(|id| ask.words(id));
    heads.filter(|head| !head.is_empty() && head.len() < 300).collect()
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn same(a: &str, b: &str) -> bool {
    plain(a) == plain(b)
}

/// Whether `said` is `head` and then a joint and a name.
fn begins(said: &str, head: &str) -> bool {
    let head = plain(head);
    head.len() >= 8
        && JOINTS.iter().any(|joint| {
            said.match_indices(joint)
                .any(|(at, _)| plain(&said[..at]) == head || plain(&said[at + joint.len()..]) == head)
        })
}

fn host(url: Option<&str>) -> String {
    url.and_then(crate::clean::outlets::host).map(plain).unwrap_or_default()
}

/// Whether words name the outlet: as the page names it, or as its address does.
fn is_site(part: &str, sites: &[String], host: &str) -> bool {
    let part = plain(part);
    part.len() >= 2
        && (sites.iter().any(|site| plain(site) == part)
            || host.starts_with(&part)
            || host.contains(&part) && part.len() >= 4)
}

/// Cuts the outlet's name off either end.
fn strip(title: &str, sites: &[String], url: Option<&str>) -> String {
    let host = host(url);
    let is_site = |part: &str| is_site(part, sites, &host);
    let mut title = title.trim();
    for joint in JOINTS {
        if let Some((head, tail)) = title.rsplit_once(joint)
            && (is_site(tail)
                || *joint == " | " && head.split(' ').count() >= 3 && tail.split(' ').count() <= 4)
        {
            title = head.trim();
        }
        if let Some((head, tail)) = title.split_once(joint)
            && is_site(head)
        {
            title = tail.trim();
        }
    }
    title.to_owned()
}
