//! Words -> hashes: of a word as written, of its stem, of a number's value, of a name's sound.
//!
//! In: one word. Out: 32-bit hashes, the same on every machine. Never: looks at other words.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// Letters of a stem. Six joins most inflections and keeps apart most words; swept 4 to 8 in the trial.
const STEM_LETTERS: usize = 6;
/// Consonants of a name's key, beside its first letter.
const KEY_CONSONANTS: usize = 4;

static LETTERS: LazyLock<FxHashMap<char, &'static str>> = LazyLock::new(|| {
    let rows = include_str!("letters.tsv").lines().filter(|l| !l.starts_with('#'));
    rows.filter_map(|row| row.split_once('\t')).filter_map(|(c, to)| Some((c.chars().next()?, to))).collect()
});

/// FNV-1a, folded to 32 bits.
pub(crate) fn hash32(text: &str) -> u32 {
    let wide = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3));
    (wide ^ (wide >> 32)) as u32
}

/// Mixes a run of hashes into one.
pub(crate) fn hash_run(run: impl IntoIterator<Item = u32>) -> u32 {
    let wide = run.into_iter().fold(0x9e37_79b9_7f4a_7c15_u64, |h, x| {
        let h = (h ^ u64::from(x)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        h ^ (h >> 29)
    });
    (wide ^ (wide >> 32)) as u32
}

/// A word in lower case, without accents, apostrophes in one form, an English genitive taken off.
pub(crate) fn fold(word: &str) -> String {
    let mut folded: String = if word.is_ascii() {
        word.to_ascii_lowercase()
    } else {
        word.nfkd()
            .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
            .flat_map(char::to_lowercase)
            .map(|c| if c == '\u{2019}' { '\'' } else { c })
            .collect()
    };
    if folded.ends_with("'s") {
        folded.truncate(folded.len() - 2);
    }
    folded
}

/// The first letters of a folded word.
pub(crate) fn stem(folded: &str) -> &str {
    folded.char_indices().nth(STEM_LETTERS).map_or(folded, |(end, _)| &folded[..end])
}

/// A number's figures, thousands joined and decimals after a point: `11.000` and `11,000` are `11000`.
pub(crate) fn number(word: &str) -> String {
    let figures: Vec<char> = word.nfkc().collect();
    let mut value = String::new();
    for (i, &c) in figures.iter().enumerate() {
        if c.is_ascii_digit() {
            value.push(c);
        } else if matches!(c, '.' | ',' | '\'' | '\u{2019}' | ' ') {
            let behind = figures[i + 1..].iter().take_while(|c| c.is_ascii_digit()).count();
            if behind != 3 {
                value.push('.');
            }
        } else if let Some(digit) = c.to_digit(10) {
            value.push(char::from_digit(digit, 10).unwrap_or('0'));
        }
    }
    value
}

/// What stays of a name across spellings and scripts: its first letter and its first consonants,
/// sounds that transliterations confuse made one. Empty for names under four letters.
pub(crate) fn name_key(word: &str) -> String {
    let folded = fold(word);
    let latin: String = folded
        .chars()
        .flat_map(|c| match LETTERS.get(&c) {
            Some(to) => (*to).chars().collect::<Vec<_>>(),
            None => vec![c],
        })
        .filter(char::is_ascii_lowercase)
        .collect();
    if latin.len() < 4 {
        return String::new();
    }
    let mut sounds = latin;
    for (from, to) in
        [("ph", "f"), ("ck", "k"), ("tch", "h"), ("sch", "h"), ("ch", "h"), ("sh", "h"), ("kh", "h")]
    {
        sounds = sounds.replace(from, to);
    }
    let sounds = sounds.chars().map(|c| match c {
        'c' | 'q' | 'x' => 'k',
        'w' => 'v',
        'y' | 'j' => 'i',
        'z' => 's',
        c => c,
    });
    let mut key = String::new();
    let mut last = ' ';
    for c in sounds {
        let first = key.is_empty();
        if c != last && (first || !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')) && key.len() <= KEY_CONSONANTS {
            key.push(c);
        }
        last = c;
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_load() {
        assert!(LETTERS.len() > 120);
        assert_eq!(LETTERS.get(&'щ'), Some(&"sch"));
    }

    #[test]
    fn one_name_has_one_key() {
        for (a, b) in
            [("Marenko", "Маренко"), ("Sergey", "Sergei"), ("Zelinsky", "Zelinski"), ("Müller", "Muller")]
        {
            assert_eq!(name_key(a), name_key(b), "{a} {b}");
        }
        assert_ne!(name_key("Tarrow"), name_key("Kessau"));
        assert_eq!(name_key("Kim"), "");
    }

    #[test]
    fn numbers_read_alike_in_any_style() {
        for (a, b) in [("11,000", "11.000"), ("7.2", "7,2"), ("１２", "12"), ("1'000", "1000")] {
            assert_eq!(number(a), number(b), "{a} {b}");
        }
        assert_ne!(number("1.5"), number("15"));
    }

    #[test]
    fn stems_fold() {
        assert_eq!(stem(&fold("Ministers")), "minist");
        assert_eq!(fold("Russia\u{2019}s"), "russia");
    }
}
