//! Two plain lists: the words that English writes in lower case, and the codes of countries.

use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

const ENGLISH: &str = include_str!("tables/english_words.txt");
const ALPHA: &str = include_str!("tables/alpha.tsv");

static COMMON: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| ENGLISH.lines().filter(|l| !l.starts_with('#')).collect());

/// Whether English writes a word in lower case: itself, or its plain form for a plural or compound.
pub(super) fn is_common(word: &str) -> bool {
    let known = |w: &str| COMMON.contains(w);
    known(word)
        || word.strip_suffix('s').is_some_and(|stem| known(stem) || stem.strip_suffix('e').is_some_and(known))
        || word.contains('-') && word.split('-').all(|part| part.len() < 3 || known(part))
}

/// ISO 3166-1 alpha-3 for alpha-2.
pub(super) fn alpha3(alpha2: &str) -> Option<&'static str> {
    static CODES: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| rows().collect());
    CODES.get(alpha2).copied()
}

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    ALPHA.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_load() {
        assert!(COMMON.len() > 20_000 && is_common("soldiers") && !is_common("orlov"));
        assert_eq!(alpha3("KP"), Some("PRK"));
    }
}
