//! A name's key: one spelling for the ways in which languages and outlets write a name.
//!
//! Cyrillic and Greek become Latin, accents and case go, and letters that transliterations
//! swap (`Sergei`, `Sergey`, `Serguei`; `Karla`, `Carla`) become one. Never used for showing.

use unicode_normalization::UnicodeNormalization;

/// The key of a name: folded words joined by a space.
///
/// ```
/// use stemma::extract::names::key_of;
/// assert_eq!(key_of("Sergey Lavrov"), key_of("Сергей Лавров"));
/// ```
pub fn key_of(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for word in name.split(|c: char| c.is_whitespace() || c == '-').filter(|w| !w.is_empty()) {
        let folded = fold(word);
        if !folded.is_empty() {
            if !key.is_empty() {
                key.push(' ');
            }
            key.push_str(&folded);
        }
    }
    key
}

/// Folds one word.
pub(super) fn fold(word: &str) -> String {
    let plain = plain(word);
    if !plain.is_ascii() {
        return plain;
    }
    let mut out = plain;
    let mut has = letters(&out);
    for (from, to) in SPELLINGS {
        let needs = letters(from);
        if has & needs == needs && out.contains(from) {
            out = out.replace(from, to);
            has = letters(&out);
        }
    }
    let mut last = ' ';
    out.retain(|c| std::mem::replace(&mut last, c) != c);
    if out.len() > 3 {
        for ending in ["ei", "ii", "ij"] {
            if let Some(stem) = out.strip_suffix(ending) {
                out = format!("{stem}i");
            }
        }
    }
    out
}

/// The letters a to z that a word has, a bit each: most spellings end at a look at them.
const fn letters(word: &str) -> u32 {
    let (bytes, mut found, mut i) = (word.as_bytes(), 0, 0);
    while i < bytes.len() {
        if bytes[i].is_ascii_lowercase() {
            found |= 1 << (bytes[i] - b'a');
        }
        i += 1;
    }
    found
}

/// Lower case, Latin letters where the script is Cyrillic or Greek, no accents, letters and digits only.
pub(super) fn plain(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    if word.is_ascii() {
        out.extend(word.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()));
        return out;
    }
    for c in word.chars().flat_map(char::to_lowercase) {
        match latin(c) {
            Some(letters) => out.push_str(letters),
            None => out.extend(std::iter::once(c).nfd().filter(|c| c.is_alphanumeric())),
        }
    }
    out
}

/// Pairs that spellings of one sound swap, applied in order. Own choice, kept coarse: a key
/// may join two rare names of one report pile, it must not part one name in two.
const SPELLINGS: &[(&str, &str)] = &[
    ("tsch", "c"),
    ("tch", "c"),
    ("sch", "s"),
    ("sh", "s"),
    ("ch", "c"),
    ("dzh", "j"),
    ("dj", "j"),
    ("zh", "j"),
    ("kh", "h"),
    ("gh", "g"),
    ("ph", "f"),
    ("th", "t"),
    ("ck", "k"),
    ("x", "ks"),
    ("q", "k"),
    ("c", "k"),
    ("guei", "gei"),
    ("gui", "gi"),
    ("ou", "u"),
    ("oo", "u"),
    ("w", "v"),
    ("y", "i"),
    ("iia", "ia"),
    ("ie", "e"),
    ("z", "s"),
];

/// Latin letters for a lower-case letter of another alphabet; close to BGN/PCGN.
fn latin(c: char) -> Option<&'static str> {
    Some(match c {
        'а' | 'α' | 'ά' => "a",
        'б' => "b",
        'в' | 'β' => "v",
        'г' | 'ґ' | 'γ' => "g",
        'д' | 'δ' => "d",
        'е' | 'є' | 'э' | 'ε' | 'έ' => "e",
        'ё' => "yo",
        'ж' => "zh",
        'з' | 'ζ' => "z",
        'и' | 'і' | 'ι' | 'ί' | 'η' | 'ή' => "i",
        'й' | 'ы' | 'ј' => "y",
        'ї' => "yi",
        'к' | 'κ' => "k",
        'л' | 'λ' => "l",
        'м' | 'μ' => "m",
        'н' | 'ν' => "n",
        'о' | 'ο' | 'ω' | 'ό' | 'ώ' => "o",
        'п' | 'π' => "p",
        'р' | 'ρ' => "r",
        'с' | 'σ' | 'ς' => "s",
        'т' | 'τ' => "t",
        'у' => "u",
        'υ' | 'ύ' => "y",
        'ф' | 'φ' => "f",
        'х' | 'χ' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ю' => "yu",
        'я' => "ya",
        'ђ' => "dj",
        'љ' => "lj",
        'њ' => "nj",
        'ћ' => "c",
        'џ' => "dz",
        'θ' => "th",
        'ξ' => "x",
        'ψ' => "ps",
        'ъ' | 'ь' => "",
        'ß' => "ss",
        'ø' => "o",
        'đ' => "d",
        'ł' => "l",
        'æ' => "ae",
        'œ' => "oe",
        'ı' => "i",
        _ => return None,
    })
}

/// The number of single-letter edits between two keys, or more than `limit`.
pub(super) fn distance(a: &str, b: &str, limit: usize) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > limit || a.len().max(b.len()) > 64 {
        return limit + 1;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let next = (corner + usize::from(x != y)).min(row[j] + 1).min(row[j + 1] + 1);
            corner = std::mem::replace(&mut row[j + 1], next);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_share_a_key() {
        for (a, b) in [
            ("Sergei Orlov", "Sergey Orlov"),
            ("Sergei Orlov", "Сергей Орлов"),
            ("Karla Dressen", "Carla Dreesen"),
            ("Rubén Paz", "Ruben PAZ"),
            ("Μαρία", "Maria"),
            ("Mikhail", "Mihail"),
            ("Yusuf", "Iusuf"),
        ] {
            assert_eq!(key_of(a), key_of(b), "{a} {b}");
        }
        assert_ne!(key_of("Orlov"), key_of("Orlova"));
        assert_eq!(distance("dravek", "dravec", 2), 1);
    }
}
