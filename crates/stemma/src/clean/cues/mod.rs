//! The cues of furniture, credits and bylines: one table a language, read together.
//!
//! All languages are tried on every report: a page's furniture often is in another language
//! than its text, and the cues are too long to be taken for one another.

use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// The cues of all languages, by what they are.
pub(super) struct Cues {
    kinds: FxHashMap<&'static str, Kind>,
}

/// The cues of one kind.
#[derive(Default)]
struct Kind {
    whole: FxHashSet<&'static str>,
    /// Longest first, so that the longer cue is tried first.
    ordered: Vec<&'static str>,
}

const TABLES: [&str; 16] = [
    include_str!("en.tsv"),
    include_str!("pt.tsv"),
    include_str!("es.tsv"),
    include_str!("fr.tsv"),
    include_str!("de.tsv"),
    include_str!("it.tsv"),
    include_str!("nl.tsv"),
    include_str!("sv.tsv"),
    include_str!("pl.tsv"),
    include_str!("ru.tsv"),
    include_str!("uk.tsv"),
    include_str!("tr.tsv"),
    include_str!("ar.tsv"),
    include_str!("zh.tsv"),
    include_str!("ja.tsv"),
    include_str!("ko.tsv"),
];

/// The cues, read once.
pub(super) static CUES: LazyLock<Cues> = LazyLock::new(|| {
    let mut kinds: FxHashMap<&'static str, Kind> = FxHashMap::default();
    let rows = TABLES.iter().flat_map(|table| table.lines()).filter(|line| !line.starts_with('#'));
    for (kind, words) in rows.filter_map(|line| line.split_once('\t')) {
        let kind = kinds.entry(kind).or_default();
        if kind.whole.insert(words) {
            kind.ordered.push(words);
        }
    }
    for kind in kinds.values_mut() {
        kind.ordered.sort_unstable_by_key(|words| (std::cmp::Reverse(words.len()), *words));
    }
    Cues { kinds }
});

impl Cues {
    /// Whether a line, lower case and bare, is a cue of a kind.
    pub(super) fn is(&self, kind: &str, line: &str) -> bool {
        self.kinds.get(kind).is_some_and(|kind| kind.whole.contains(line))
    }

    /// The longest cue of a kind that a lower-case text ends with, beginning at a word.
    pub(super) fn closing(&self, kind: &str, text: &str) -> Option<&'static str> {
        let fits =
            |cue: &&&str| text.strip_suffix(**cue).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric));
        self.kinds.get(kind)?.ordered.iter().find(fits).copied()
    }

    /// The longest cue of a kind that a lower-case text begins with, ending at a word's end.
    pub(super) fn opening(&self, kind: &str, text: &str) -> Option<&'static str> {
        let fits = |cue: &&&str| {
            text.strip_prefix(**cue).is_some_and(|rest| {
                !cue.ends_with(char::is_alphanumeric)
                    || cue.ends_with(super::shape::is_unspaced)
                    || !rest.starts_with(char::is_alphanumeric)
            })
        };
        self.kinds.get(kind)?.ordered.iter().find(fits).copied()
    }
}

/// A text as cues are written, one character for each character: lower case, plain apostrophes.
pub(super) fn lower(text: &str) -> String {
    let plain = |c: char| if c == '\u{2019}' { '\'' } else { c.to_lowercase().next().unwrap_or(c) };
    text.chars().map(plain).collect()
}

/// What stands behind a cue that a text opens with.
pub(super) fn after<'t>(text: &'t str, cue: &str) -> &'t str {
    let end = text.char_indices().nth(cue.chars().count()).map_or(text.len(), |(i, _)| i);
    &text[end..]
}

/// A line as cues are written: lower case, plain apostrophes, without marks around it.
pub(super) fn bare(line: &str) -> String {
    let line = line.trim_matches(|c: char| !c.is_alphanumeric() && c != '©');
    lower(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_loads_and_uses_known_kinds() {
        for kind in [
            "tail",
            "weak_tail",
            "line",
            "start",
            "credit",
            "with",
            "by",
            "generic",
            "signed",
            "desk",
            "gave",
            "first",
            "translated",
            "press",
            "in",
            "more",
            "label",
            "act",
            "thing",
            "photo",
        ] {
            assert!(CUES.kinds[kind].ordered.len() >= 5, "{kind}");
        }
        assert_eq!(CUES.kinds.len(), 20);
        for table in TABLES {
            let rows: Vec<&str> = table.lines().filter(|line| !line.starts_with('#')).collect();
            assert!(rows.iter().all(|row| row.contains('\t') && **row == row.to_lowercase()));
        }
    }
}
