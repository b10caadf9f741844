//! A person's or city's name -> its country, from tables of what is generally known.
//!
//! Asked only where the report itself names no country for it. A surname alone is enough where news use it alone or
//! behind a role of state; a stranger's full name is never taken for a leader's.

use crate::extract::Entity;
use crate::extract::names::{NameKind, key_of};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

type Table = FxHashMap<String, &'static str>;

static LEADERS: LazyLock<Table> = LazyLock::new(|| parse(include_str!("tables/leaders.tsv")));
static CITIES: LazyLock<Table> = LazyLock::new(|| parse(include_str!("../names/tables/cities.tsv")));

fn parse(table: &'static str) -> Table {
    let rows = table.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'));
    rows.flat_map(|(code, names)| names.split(';').map(move |name| (key_of(name), code))).collect()
}

/// The country that a person leads or led.
pub(super) fn led_by(entity: &Entity) -> Option<&'static str> {
    if !matches!(entity.kind, NameKind::Person | NameKind::Other)
        || entity.sector.as_deref().is_some_and(|s| !matches!(s, "GOV" | "MIL" | "IGO"))
    {
        return None;
    }
    let key = key_of(&entity.canonical);
    if let Some(code) = LEADERS.get(&key) {
        return Some(code);
    }
    let state = entity.sector.as_deref() == Some("GOV");
    let (_, surname) = key.split_once(' ').filter(|_| state)?;
    let tails = std::iter::successors(Some(surname), |tail| tail.split_once(' ').map(|(_, rest)| rest));
    tails.filter(|t| t.len() > 2).find_map(|tail| LEADERS.get(tail)).copied()
}

/// The country of a city.
pub(super) fn country_of_city(entity: &Entity) -> Option<&'static str> {
    let fits = matches!(entity.kind, NameKind::Place | NameKind::Other);
    fits.then(|| CITIES.get(&key_of(&entity.canonical)).copied()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entity(canonical: &str, kind: NameKind, sector: Option<&str>) -> Entity {
        Entity {
            canonical: canonical.into(),
            key: key_of(canonical),
            kind,
            country: None,
            sector: sector.map(str::to_owned),
            roles: Vec::new(),
        }
    }

    #[test]
    fn tables_load() {
        assert!(LEADERS.len() > 400 && CITIES.len() > 2000);
        assert!(LEADERS.values().chain(CITIES.values()).all(|code| code.len() == 3));
    }

    #[test]
    fn leaders_and_cities_have_countries() {
        assert_eq!(led_by(&entity("Mandela", NameKind::Person, None)), Some("ZAF"));
        assert_eq!(led_by(&entity("Nelson Mandela", NameKind::Person, Some("GOV"))), Some("ZAF"));
        assert_eq!(led_by(&entity("Joan Bennett", NameKind::Person, None)), None);
        assert_eq!(country_of_city(&entity("Rotterdam", NameKind::Other, None)), Some("NLD"));
    }
}
