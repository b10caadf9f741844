//! Words of a text, and the F1 of two bags of them.

use super::Prf;
use rustc_hash::FxHashMap;

/// Runs of letters and digits, lower-cased. A script without spaces gives one word a run.
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase)
}

/// Words in common, given and true, each counted as often as it stands.
pub(crate) fn bag_counts(gold: &str, given: &str) -> Prf {
    let mut counts: FxHashMap<String, usize> = FxHashMap::default();
    let mut n_gold = 0;
    for word in words(gold) {
        *counts.entry(word).or_default() += 1;
        n_gold += 1;
    }
    let (mut right, mut n_given) = (0, 0);
    for word in words(given) {
        n_given += 1;
        if let Some(left) = counts.get_mut(&word).filter(|n| **n > 0) {
            *left -= 1;
            right += 1;
        }
    }
    Prf::new(right, n_given, n_gold)
}

/// The text with each run of white space as one space, and none at the ends.
pub(crate) fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_count_as_often_as_they_stand() {
        // Gold: the ×2, boat, left. Given: The ×3, boat. Three of the given have a partner.
        assert_eq!(bag_counts("the boat, the: left", "The the THE boat"), Prf::new(3, 4, 4));
        assert_eq!(squeeze(" a\n b "), "a b");
    }
}
