//! Addresses: what may be fetched, on which host it lies, and when two are of one page.
//!
//! Words -> [`Url`]s of http or https without a name and password; a `Url` -> its page: without the part after
//! `#` and without the parameters that only follow readers (`tracking.tsv`).

use url::Url;

/// Characters of an address, at most: what browsers and servers take.
const LONGEST: usize = 4_096;

/// Why words are no address that can be fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadAddress {
    /// They cannot be read as one.
    #[error("it is no address")]
    Unreadable,
    /// It is not http or https.
    #[error("only http and https are fetched")]
    Scheme,
    /// It is longer than anything takes.
    #[error("it is too long")]
    Long,
}

/// Reads an address; one that is relative is of `base`.
pub(crate) fn address(words: &str, base: Option<&Url>) -> Result<Url, BadAddress> {
    let words = words.trim();
    if words.len() > LONGEST {
        return Err(BadAddress::Long);
    }
    let parsed = base.map_or_else(|| Url::parse(words), |base| base.join(words));
    let mut url = parsed.map_err(|_| BadAddress::Unreadable)?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(BadAddress::Scheme);
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err(BadAddress::Unreadable);
    }
    // Both fail only for addresses without a host.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_fragment(None);
    Ok(url)
}

/// The host of an address with its port, which delays and limits are for.
pub(crate) fn host(url: &Url) -> String {
    let name = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| name.to_owned(), |port| format!("{name}:{port}"))
}

/// An address without what only follows readers.
pub(crate) fn bare(url: &Url) -> Url {
    let kept: Vec<(String, String)> =
        url.query_pairs().filter(|(name, _)| !is_tracking(name)).map(|(n, v)| (n.into(), v.into())).collect();
    let mut bare = url.clone();
    bare.set_fragment(None);
    if kept.len() < url.query_pairs().count() {
        bare.set_query(None);
        if !kept.is_empty() {
            bare.query_pairs_mut().extend_pairs(kept);
        }
    }
    bare
}

/// What all addresses of one page have in common. `http` and `https` are one.
pub(crate) fn page(url: &Url) -> String {
    let bare = bare(url);
    let whole = bare.as_str();
    whole.split_once("://").map_or(whole, |(_, rest)| rest).to_owned()
}

fn is_tracking(name: &str) -> bool {
    let rows = include_str!("tracking.tsv").lines().filter(|line| !line.starts_with('#'));
    rows.into_iter().any(|row| match row.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name == row,
    })
}

/// Whether a redirect led from a page to a site's front page, as sites do for pages that are gone.
pub(crate) fn went_home(from: &Url, to: &Url) -> bool {
    let is_home = |url: &Url| url.path().trim_matches('/').is_empty() && url.query().is_none();
    !is_home(from) && is_home(to)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(a: &str, expected: &str) {
        assert_eq!(page(&address(a, None).unwrap()), expected);
    }

    #[test]
    fn addresses_of_one_page_are_one() {
        check("https://X.example:443/a?utm_source=rss&id=7#top", "x.example/a?id=7");
        check("http://x.example/a?id=7&fbclid=q", "x.example/a?id=7");
        check("https://u:p@x.example", "x.example/");
        check("http://x.example/a?b&c=", "x.example/a?b&c=");
        check("http://x.example:8080/%C3%A4?b=1&a=2", "x.example:8080/%C3%A4?b=1&a=2");
    }

    #[test]
    fn what_cannot_be_fetched_is_told() {
        let base = Url::parse("https://x.example/feed/").unwrap();
        assert_eq!(address("../a", Some(&base)).unwrap().as_str(), "https://x.example/a");
        assert_eq!(address("file:///etc/passwd", Some(&base)), Err(BadAddress::Scheme));
        assert_eq!(address("javascript:alert(1)", None), Err(BadAddress::Scheme));
        assert_eq!(address("a b", None), Err(BadAddress::Unreadable));
        assert_eq!(address(&format!("http://x/{}", "a".repeat(9_999)), None), Err(BadAddress::Long));
    }

    #[test]
    fn pages_that_are_gone_lead_home() {
        let url = |words| address(words, None).unwrap();
        assert!(went_home(&url("https://x.example/a"), &url("https://x.example/")));
        assert!(!went_home(&url("https://x.example/"), &url("https://x.example/")));
        assert!(!went_home(&url("https://x.example/a"), &url("https://x.example/?p=7")));
    }
}
