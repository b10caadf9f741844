//! Words beside numbers and times that decide what these are, as sets read from one table.
//!
//! One look-up gives all sets of a word. The sets hold the words of all languages together:
//! each is asked only where its language's patterns have brought it.

use crate::extract::tables::rows;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// A set of words, by where they stand and what that means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Near {
    /// Behind `two days before`: no event follows, so it is a date.
    AfterEvent,
    /// Between `until` and its date: `until at least 14 October`.
    AtLeast,
    /// Marks that make figures glued behind them part of a code or a price.
    GluedMark,
    /// Words that a missing space may glue to figures: `in2015`.
    Small,
    /// Before four figures: no year.
    YearNotBehind,
    /// Behind four figures: no year.
    YearNotBefore,
    /// Before four figures outside 1900 to 2049: a year.
    YearLed,
    /// Before `fall` and `spring`: a season.
    SeasonLed,
    /// Months that are names, verbs or other words too.
    MonthDoubtful,
    /// Before such a month: a month.
    MonthLed,
    /// Number words that alone make no rate.
    NumberIdle,
    /// Before `a year`: a rate.
    RateLed,
    /// Before `a year`: a length.
    RateNot,
    /// Articles before a unit of time.
    Article,
    /// Before `a week`: a length.
    LengthLed,
    /// Behind `a week`: a length.
    LengthBehind,
    /// Before bare `years`: a length.
    OpenLed,
    /// Behind bare `years`: a length.
    OpenBehind,
    /// Between two dates or lengths that share their month, year or unit.
    Link,
    /// Before a bare number: it is an hour.
    HourLed,
    /// Definite articles.
    Definite,
    /// Articles between such a link and the second.
    LinkArticle,
    /// Endings that make figures an ordinal.
    OrdinalEnd,
    /// Marks between figures or letters of one code.
    CodeMark,
    /// Before `one`: no count.
    OneIdle,
    /// Before `half`: no share.
    HalfIdle,
    /// Behind a fraction: a share of something.
    ShareOf,
    /// Nouns whose number is a name: `flight 17`.
    Label,
    /// Between a modifier and a number: the modifier belongs to the noun.
    Determiner,
    /// Before `up` and `down`: they tell a change.
    Copula,
    /// Between `of` and its noun.
    Possessive,
    /// Between a number and its noun.
    Further,
    /// Plurals without -s.
    Plural,
    /// Adjectives that their ending does not show.
    Adjective,
    /// Between two counted nouns.
    AndOr,
    /// Between a fraction and its whole.
    Of,
}

/// The sets in order of [`Near`], by their names in the table.
const NAMES: &[&str] = &[
    "behind-before",
    "at-least",
    "glued-mark",
    "small",
    "year-not-behind",
    "year-not-before",
    "year-led",
    "season-led",
    "month-doubtful",
    "month-led",
    "number-idle",
    "rate-led",
    "rate-not",
    "article",
    "length-led",
    "length-behind",
    "open-led",
    "open-behind",
    "link",
    "hour-led",
    "definite",
    "link-article",
    "ordinal-end",
    "code-mark",
    "one-idle",
    "half-idle",
    "share-of",
    "label",
    "determiner",
    "copula",
    "possessive",
    "further",
    "plural",
    "adjective",
    "and-or",
    "of",
];

static SETS: LazyLock<FxHashMap<&'static str, u64>> = LazyLock::new(|| {
    let mut sets: FxHashMap<&'static str, u64> = FxHashMap::default();
    for row in rows(include_str!("tables/near.tsv")) {
        let [name, words] = row[..] else { continue };
        let place = NAMES.iter().position(|n| *n == name).expect("every set of the table is named");
        for word in words.split('|') {
            *sets.entry(word).or_default() |= 1 << place;
        }
    }
    sets
});

/// Whether a lower-case word is in a set.
pub(in crate::extract) fn near(word: &str, set: Near) -> bool {
    SETS.get(word).is_some_and(|sets| sets & (1 << set as u32) != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_set_has_words() {
        for (place, name) in NAMES.iter().enumerate() {
            assert!(SETS.values().any(|sets| sets & (1 << place) != 0), "{name}");
        }
        assert!(near("since", Near::MonthLed) && !near("since", Near::Plural));
    }
}
