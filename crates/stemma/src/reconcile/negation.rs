//! Words -> whether they deny: any negation counts, for "neither this nor that" has two and denies.
//!
//! The words stand in `negations.tsv`, one language a line.

use crate::extract::tables::{ByLang, by_lang};
use crate::model::Lang;
use std::sync::LazyLock;

static WORDS: LazyLock<ByLang> = LazyLock::new(|| by_lang(include_str!("negations.tsv"), ' '));

/// Whether the words of a clause deny what they tell. False in a language without a line.
pub(super) fn negated<'w>(lang: Lang, words: impl Iterator<Item = &'w str>) -> bool {
    let Some(table) = WORDS.get(lang.code()) else { return false };
    let denies = |word: &str| {
        let word = word.to_lowercase().replace('’', "'");
        table.iter().any(|n| match n.strip_prefix('-') {
            Some(ending) => word.ends_with(ending),
            None => word == *n,
        })
    };
    let mut words = words;
    words.any(denies)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lang: &str, text: &str, expected: bool) {
        assert_eq!(negated(Lang::parse(lang), text.split(' ')), expected, "{text}");
    }

    #[test]
    fn the_table_loads_and_denies() {
        assert!(WORDS.len() >= 6);
        check("en", "We didn’t fire", true);
        check("en", "They fired", false);
        check("pt", "Nunca houve acordo", true);
        check("de", "Es gibt keinen Plan", true);
        check("en", "No annex and no protocol", true);
    }
}
