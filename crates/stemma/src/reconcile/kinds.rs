//! Words about a figure -> what it counts, of what news counts again and again: the dead, the hurt, jobs.
//!
//! Two figures of the dead are likely one figure, whatever the language and however far apart they are; one
//! of the dead and one of the hurt are not. The words stand in `kinds.tsv`.

use crate::extract::tables::rows;
use crate::model::Lang;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Kinds as a set of bits.
pub(super) type Kinds = u16;

/// The words of one language: whole ones, and beginnings.
#[derive(Default)]
struct Words {
    whole: FxHashMap<&'static str, Kinds>,
    begun: FxHashMap<&'static str, Kinds>,
}

static WORDS: LazyLock<FxHashMap<&'static str, Words>> = LazyLock::new(|| {
    let (mut words, mut names): (FxHashMap<&str, Words>, Vec<&str>) = (FxHashMap::default(), Vec::new());
    for row in rows(include_str!("kinds.tsv")) {
        let [kind, lang, forms] = row[..] else { continue };
        let bit = names.iter().position(|n| *n == kind).unwrap_or_else(|| {
            names.push(kind);
            names.len() - 1
        });
        let of = words.entry(lang).or_default();
        for form in forms.split('|') {
            let (table, form) = match form.strip_suffix('*') {
                Some(stem) => (&mut of.begun, stem),
                None => (&mut of.whole, form),
            };
            *table.entry(form).or_default() |= 1 << bit;
        }
    }
    words
});

/// What the words of a clause say that its figure counts; nothing in a language without a line.
pub(super) fn kinds<'w>(lang: Lang, words: impl Iterator<Item = &'w str>) -> Kinds {
    let Some(table) = WORDS.get(lang.code()) else { return 0 };
    let of = |word: &str| {
        let word = word.to_lowercase();
        let begun = word.char_indices().skip(2).map(|(i, c)| &word[..i + c.len_utf8()]);
        let begun = begun.filter_map(|stem| table.begun.get(stem)).fold(0, |all, k| all | k);
        begun | table.whole.get(word.as_str()).copied().unwrap_or(0)
    };
    words.fold(0, |all, word| all | of(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_one_kind_meet_across_languages() {
        let of = |lang: &str, text: &str| kinds(Lang::parse(lang), text.split(' '));
        let dead = of("en", "four people have died");
        assert!(dead != 0 && dead == of("de", "sieben Tote") && dead == of("pt", "dois mortos"));
        assert_eq!(dead & of("fr", "14 blessés"), 0);
        assert_eq!(of("en", "five boats"), 0);
        assert!(WORDS.len() >= 8);
    }
}
