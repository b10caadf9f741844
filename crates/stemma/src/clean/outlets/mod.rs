//! The register of agencies and outlets: names in many scripts, countries, domains.
//!
//! Data only, from the tables beside this file; knows no report.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// A news agency or another outlet that reports credit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agency {
    /// Its usual name.
    pub name: &'static str,
    /// Its country, ISO 3166-1 alpha-2; empty if of no one country.
    pub country: &'static str,
    /// Its other names, in any language and script.
    pub aliases: Vec<&'static str>,
    /// Its sites, without `www.`.
    pub domains: Vec<&'static str>,
    /// Whether it is an agency, which sells its reports to others.
    pub wire: bool,
}

struct Register {
    all: Vec<Agency>,
    names: FxHashMap<String, usize>,
    domains: FxHashMap<&'static str, usize>,
}

static REGISTER: LazyLock<Register> = LazyLock::new(|| {
    let mut all = rows(include_str!("agencies.tsv"), true);
    all.extend(rows(include_str!("outlets.tsv"), false));
    let (mut names, mut domains) = (FxHashMap::default(), FxHashMap::default());
    for (i, agency) in all.iter().enumerate() {
        for name in [agency.name].iter().chain(&agency.aliases) {
            names.entry(plain(name)).or_insert(i);
        }
        for domain in &agency.domains {
            domains.entry(*domain).or_insert(i);
        }
    }
    Register { all, names, domains }
});

fn rows(table: &'static str, wire: bool) -> Vec<Agency> {
    let list = |field: &'static str| field.split('|').filter(|f| !f.is_empty()).collect();
    let row = |line: &'static str| {
        let mut fields = line.split('\t');
        let name = fields.next().filter(|name| !name.is_empty() && !name.starts_with('#'))?;
        let country = fields.next()?;
        let aliases = list(fields.next().unwrap_or(""));
        Some(Agency { name, country, aliases, domains: list(fields.next().unwrap_or("")), wire })
    };
    table.lines().filter_map(row).collect()
}

/// Names are compared by letters and digits. Short names in capitals (`AP`, `TT`, `Ana`) are words
/// in other languages, so names of up to four letters keep their case.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    if name.chars().filter(|c| c.is_alphanumeric()).count() <= 4 {
        letters.collect()
    } else {
        letters.flat_map(char::to_lowercase).collect()
    }
}

/// The agency or outlet that a name or alias names.
///
/// ```
/// use stemma::clean::outlets::agency;
/// assert_eq!(agency("Agence France-Presse").unwrap().name, "AFP");
/// assert_eq!(agency("조선중앙통신").unwrap().country, "KP");
/// assert!(agency("Ap").is_none());
/// ```
pub fn agency(name: &str) -> Option<&'static Agency> {
    if name.len() > 120 {
        return None;
    }
    let found = |name: &str| REGISTER.names.get(&plain(name)).map(|i| &REGISTER.all[*i]);
    let bare = ["the ", "a ", "o ", "la ", "el ", "l'", "l’"].iter().find_map(|article| {
        let head = name.get(..article.len())?;
        head.eq_ignore_ascii_case(article).then(|| &name[article.len()..])
    });
    found(name).or_else(|| bare.and_then(found))
}

/// The agency or outlet whose site an address is on: the longest known domain that it ends in.
pub fn at(url: &str) -> Option<&'static Agency> {
    let host = host(url)?.to_ascii_lowercase();
    let mut rest = host.as_str();
    loop {
        if let Some(i) = REGISTER.domains.get(rest) {
            return Some(&REGISTER.all[*i]);
        }
        rest = rest.split_once('.')?.1;
    }
}

/// The name of the outlet at an address: as the register has it, else the host's.
///
/// ```
/// use stemma::clean::outlets::name_at;
/// assert_eq!(name_at("https://www.publico.pt/2031/05/06/x").unwrap(), "Público");
/// assert_eq!(name_at("http://www.pelt.example/a").unwrap(), "pelt.example");
/// ```
pub fn name_at(url: &str) -> Option<String> {
    at(url).map(|outlet| outlet.name.to_owned()).or_else(|| host(url).map(str::to_lowercase))
}

/// All agencies and outlets, agencies first.
pub fn all() -> &'static [Agency] {
    &REGISTER.all
}

/// The host of an address, without `www.`; none if it is no address.
pub(crate) fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?.split(':').next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (host.contains('.') && !host.contains(char::is_whitespace) && host.len() < 254).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_load_and_agree() {
        assert!(all().iter().filter(|a| a.wire).count() > 80);
        assert!(all().len() > 500);
        for agency in all() {
            assert_eq!(agency.country.len(), 2, "{}", agency.name);
            for name in [agency.name].iter().chain(&agency.aliases) {
                assert_eq!(super::agency(name).unwrap().name, agency.name, "{name} names two");
            }
            for domain in &agency.domains {
                assert_eq!(
                    at(&format!("https://{domain}/a")).unwrap().name,
                    agency.name,
                    "{domain} is of two"
                );
            }
        }
    }

    #[test]
    fn sites_are_known_by_their_domain() {
        assert_eq!(at("https://www.bbc.co.uk/news/x-1").unwrap().name, "BBC");
        assert_eq!(at("https://edition.cnn.com/a").unwrap().name, "CNN");
        assert!(at("https://notbbc.co.uk/").is_none());
        assert!(at("BBC").is_none());
    }
}
