//! What a site lets programs fetch: a robots.txt -> whether a path is allowed, and how long to wait (RFC 9309).
//!
//! Of the groups for our name, else of those for all, the longest rule that fits decides; of two as long the one
//! that allows. `*` stands for anything, `$` for the end. Fetches nothing.

use url::Url;

/// The name by which we go, as rules name it.
pub(crate) const NAME: &str = "stemma";

/// Bytes of a robots.txt, at most: as many as the RFC asks to heed at least.
pub(crate) const MOST_BYTES: u64 = 512 << 10;

/// What rules are held against: an address's path with its query.
pub(crate) fn path(url: &Url) -> String {
    url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()))
}

/// Rules for one who fetches.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Robots {
    /// Patterns, and whether they allow.
    rules: Vec<(String, bool)>,
    /// Seconds between two requests, if the site asks for some.
    pub(crate) delay: Option<f64>,
    /// Whether they are for our name and not for all.
    pub(crate) by_name: bool,
}

/// A group: whom it is for, and what it says.
#[derive(Default)]
struct Group {
    named: bool,
    all: bool,
    rules: Vec<(String, bool)>,
    delay: Option<f64>,
}

impl Robots {
    /// Rules that forbid everything: for a site whose own cannot be had.
    pub(crate) fn none_allowed() -> Self {
        Self { rules: vec![("/".into(), false)], ..Self::default() }
    }

    /// Reads a robots.txt.
    pub(crate) fn parse(text: &str) -> Self {
        let groups = groups(text);
        let by_name = groups.iter().any(|g| g.named);
        let mut robots = Self { by_name, ..Self::default() };
        for group in groups.into_iter().filter(|g| if by_name { g.named } else { g.all }) {
            robots.rules.extend(group.rules);
            robots.delay = robots.delay.or(group.delay);
        }
        robots
    }

    /// Whether a path, with its query, may be fetched.
    pub(crate) fn allows(&self, path: &str) -> bool {
        let fitting = self.rules.iter().filter(|(pattern, _)| fits(pattern, path));
        fitting.max_by_key(|(pattern, allows)| (pattern.len(), *allows)).is_none_or(|(_, allows)| *allows)
    }
}

fn groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    // Names that stand one below the other open one group.
    let mut opening = false;
    for line in text.trim_start_matches('\u{feff}').lines() {
        let line = line.split('#').next().unwrap_or("");
        let Some((field, value)) = line.split_once(':') else { continue };
        let (field, value) = (field.trim().to_ascii_lowercase(), value.trim());
        if field == "user-agent" {
            if !opening {
                groups.push(Group::default());
            }
            opening = true;
            if let Some(group) = groups.last_mut() {
                group.all |= value == "*";
                group.named |= names_us(value);
            }
            continue;
        }
        let Some(group) = groups.last_mut() else { continue };
        match field.as_str() {
            "allow" | "disallow" if value.is_empty() => opening = false,
            "allow" | "disallow" => {
                opening = false;
                group.rules.push((value.to_owned(), field == "allow"));
            }
            "crawl-delay" => {
                opening = false;
                group.delay = value.parse().ok().filter(|s: &f64| s.is_finite() && *s >= 0.0);
            }
            _ => {}
        }
    }
    groups
}

/// Whether a name in a robots.txt is ours, with or without a version.
fn names_us(value: &str) -> bool {
    let name = value.split(['/', ' ']).next().unwrap_or("");
    name.eq_ignore_ascii_case(NAME)
}

/// Whether a pattern fits the beginning of a path. Takes time in the product of their lengths at most.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, to_end) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or("");
    let Some(mut rest) = path.strip_prefix(first) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return !to_end || rest.is_empty() };
    for part in middle {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    if to_end { rest.ends_with(last) } else { rest.contains(last) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, rows: &[(&str, bool)]) {
        let robots = Robots::parse(text);
        for (path, allowed) in rows {
            assert_eq!(robots.allows(path), *allowed, "{path} of {text}");
        }
    }

    #[test]
    fn the_longest_rule_decides() {
        check("User-agent: *\nDisallow: /a\nAllow: /a/b", &[("/a/c", false), ("/a/b", true), ("/x", true)]);
        check("user-agent: *\ndisallow: /a\nallow: /a", &[("/a", true)]);
        check("User-agent: *\nDisallow:", &[("/", true)]);
        check("User-agent: *\nDisallow: /", &[("/", false), ("/a", false)]);
        check("Disallow: /", &[("/a", true)]);
        check("", &[("/a", true)]);
    }

    #[test]
    fn a_group_by_name_goes_before_that_for_all() {
        let text = "User-agent: *\nDisallow: /\n\nUser-agent: other\nUser-agent: Stemma/2\nDisallow: /x # no\nCrawl-delay: 3";
        check(text, &[("/a", true), ("/x/1", false)]);
        let robots = Robots::parse(text);
        assert_eq!((robots.delay, robots.by_name), (Some(3.0), true));
        check("User-agent: stemmata\nDisallow: /", &[("/a", true)]);
    }

    #[test]
    fn stars_and_ends_are_heeded() {
        check("User-agent: *\nDisallow: /*.pdf$", &[("/a.pdf", false), ("/a.pdf?x", true)]);
        check("User-agent: *\nDisallow: /*?print=", &[("/a?print=1", false), ("/a", true)]);
        check("User-agent: *\nDisallow: /a*b*c$", &[("/a1b2c", false), ("/abcd", true), ("/abc/c", false)]);
        check("User-agent: *\nDisallow: /a$", &[("/a", false), ("/ab", true)]);
        check("User-agent: *\nDisallow: *", &[("/a", false)]);
    }

    #[test]
    fn nonsense_does_no_harm() {
        check(&"*".repeat(100_000), &[("/a", true)]);
        check(&format!("User-agent: *\nDisallow: /{}", "*a".repeat(50_000)), &[(&"/".repeat(4_000), true)]);
        check("User-agent: *\nCrawl-delay: NaN\nDisallow: /\u{0}", &[("/a", true)]);
        assert!(!Robots::none_allowed().allows("/a"));
    }
}
