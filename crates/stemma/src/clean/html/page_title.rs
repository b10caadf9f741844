//! The headline of a page, without the outlet's name.

use super::about::Ask;
use super::ld::Ld;

/// What outlets put between headline and name.
const JOINTS: &[&str] =
    &[" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", " : ", " / ", " ~ ", " < "];

/// The longest headline with an outlet's name, in bytes.
const LONGEST: usize = 500;

/// The share of a longer form's letters that a shorter form must have to be the headline in it.
const MOST: f32 = 0.6;

/// The headline.
pub(super) fn title(ask: &Ask, ld: &Ld, sites: &[String], url: Option<&str>) -> Option<String> {
    let host = host(url);
    let site = |part: &str| is_site(part, sites, &host);
    let mut heads: Vec<String> = heads(ask).iter().map(|head| strip(head, &site)).collect();
    // An outlet's name is often a heading as well.
    heads.retain(|head| !site(head));
    let said = said(ask, ld);
    let stripped: Vec<String> = said.iter().map(|said| strip(said, &site)).collect();
    // A heading that the page's head repeats is the headline, in the form that readers see.
    let whole = heads.iter().find(|head| said.iter().any(|said| same(head, said)));
    let confirmed = || heads.iter().find(|head| said.iter().any(|said| begins(said, head)));
    if let Some(head) = whole.or_else(confirmed) {
        let spoken = stripped.iter().find(|said| same(head, said) && !is_shouted(said));
        return spoken.filter(|_| is_shouted(head)).or(Some(head)).cloned();
    }
    if let Some(shared) = heads.iter().find_map(|head| stripped.iter().find_map(|said| shared(head, said))) {
        return Some(shared.to_owned());
    }
    if let [only] = &heads[..]
        && only.split(' ').count() >= 3
    {
        return Some(only.clone());
    }
    stripped.into_iter().next().or_else(|| heads.first().cloned()).filter(|title| !title.is_empty())
}

/// What the page's head calls it, surest first.
fn said(ask: &Ask, ld: &Ld) -> Vec<String> {
    let tab = ask.all("title").first().map(|id| ask.words(*id)).filter(|t| !t.is_empty());
    let shared = ask.meta(&["og:title", "twitter:title", "title", "dc.title", "headline"]);
    let shared = shared.map(super::visible::resolve);
    let tab = tab.map(|tab| super::visible::resolve(&tab));
    let said = [shared, ld.headline.clone(), tab].into_iter().flatten();
    said.filter(|said| said.len() <= LONGEST).collect()
}

/// The shorter of two forms where it makes up most of the longer. What a heading has before it is a
/// day or a label, what the page's head has on either side is the outlet or the author; but a head
/// that only begins like the heading was cut for length.
fn shared<'t>(head: &'t str, said: &'t str) -> Option<&'t str> {
    let (inner, outer) = (plain(head), plain(said));
    let is_most = |short: &str, long: &str| short.len() as f32 >= MOST * long.len() as f32;
    let shorter = |form: &'t str, holds: bool| (holds && form.split(' ').count() >= 3).then_some(form);
    if inner.len() < outer.len() {
        shorter(head, is_most(&inner, &outer) && (outer.starts_with(&inner) || outer.ends_with(&inner)))
    } else {
        shorter(said, is_most(&outer, &inner) && inner.ends_with(&outer))
    }
}

/// Whether all letters are capitals.
fn is_shouted(text: &str) -> bool {
    text.contains(char::is_uppercase) && !text.contains(char::is_lowercase)
}

/// First-level headings with words, in order.
fn heads(ask: &Ask) -> Vec<String> {
    let words = ask.all("h1").into_iter().take(12).map(|id| ask.words(id));
    let mut heads: Vec<String> = words.filter(|head| !head.is_empty() && head.len() < 300).collect();
    heads.dedup();
    heads
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
fn strip(title: &str, is_site: &impl Fn(&str) -> bool) -> String {
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
