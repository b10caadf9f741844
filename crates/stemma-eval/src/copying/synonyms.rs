//! The system's WordNet -> words that stand in a synset with another, whatever the sense meant.
//!
//! That is what the machines that hide copying do, and it is not the engine's own table. WordNet 3.0 (Princeton
//! University) comes with the Debian package `wordnet-base`; where it is absent, nothing is spun.

use super::random::Random;
use std::collections::BTreeMap;
use std::path::Path;

/// Where the package puts it.
const FOLDER: &str = "/usr/share/wordnet";
/// Letters of the shortest word that is swapped: shorter ones hold the grammar together.
const MIN_LETTERS: usize = 4;
/// Endings that are set aside to look a word up, and put on what stands in for it.
const ENDINGS: [&str; 4] = ["", "s", "ed", "ing"];

/// For each word the others of its synsets, in order.
#[derive(Debug, Default)]
pub(super) struct Synonyms(BTreeMap<String, Vec<String>>);

impl Synonyms {
    /// Reads the system's files; none if they are not there.
    pub(super) fn of_system() -> Option<Self> {
        let mut found = Self::default();
        for part in ["noun", "verb", "adj", "adv"] {
            let bytes = std::fs::read(Path::new(FOLDER).join(format!("data.{part}"))).ok()?;
            found.add(&String::from_utf8_lossy(&bytes));
        }
        Some(found)
    }

    /// Adds the synsets of a `data` file: `offset file type n word id word id …`, n in hexadecimal.
    fn add(&mut self, file: &str) {
        for line in file.lines().filter(|l| !l.starts_with(' ')) {
            let mut fields = line.split(' ').skip(3);
            let n = fields.next().and_then(|n| usize::from_str_radix(n, 16).ok()).unwrap_or(0);
            let words: Vec<String> = fields
                .step_by(2)
                .take(n)
                .filter(|w| w.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
                .map(|w| w.replace('_', " "))
                .collect();
            for word in &words {
                let others = words.iter().filter(|o| *o != word).cloned();
                self.0.entry(word.clone()).or_default().extend(others);
            }
        }
        self.0.values_mut().for_each(|v| {
            v.sort();
            v.dedup();
        });
    }

    /// Another word for one, marks kept; none for short words, names and words without synonyms.
    pub(super) fn swap(&self, word: &str, random: &mut Random) -> Option<String> {
        let letters = word.trim_matches(|c: char| !c.is_ascii_alphabetic());
        if letters.len() < MIN_LETTERS || !letters.chars().all(|c| c.is_ascii_lowercase()) {
            return None;
        }
        let (stem, ending, others) = ENDINGS.iter().find_map(|ending| {
            let stem = letters.strip_suffix(ending)?;
            let others = self.0.get(stem).filter(|o| !o.is_empty())?;
            Some((stem, ending, others))
        })?;
        let other = random.pick(others).filter(|o| *o != stem)?;
        Some(word.replacen(letters, &format!("{other}{ending}"), 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_becomes_another_of_its_synset() {
        let mut synonyms = Synonyms::default();
        synonyms.add("  1 licence\n00001740 03 n 02 ship 0 vessel 0 001 @ 00001741 n 0000 | a boat\n");
        let mut random = Random::new(1, "");
        for (word, expected) in
            [("\"ships,", Some("\"vessels,")), ("Ship", None), ("car", None), ("boats", None)]
        {
            assert_eq!(synonyms.swap(word, &mut random).as_deref(), expected, "{word}");
        }
    }
}
