//! Text to words in the model's own writing.
//!
//! In: any text. Out: its words; each in normal form KC (Unicode TR 15) without control characters.
//! Never: folds case or strips accents; the model tells them apart.
//!
//! The model's normalisation is NFKC and 45 further rules, which do one of two things: part words
//! at a character, or drop it. All 45 are in `parts` and `drops`; the table's builder checks that.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// Characters that stand between words.
fn parts(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2581}' | '\u{feff}' | '\u{fffd}')
}

/// Characters that are left out, without parting the word they stand in.
fn drops(c: char) -> bool {
    c.is_control()
}

/// The words of `text` as written.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(parts).filter(|word| !word.is_empty())
}

/// Calls `each` with the normal form of a word as written; with several words, if a character of it
/// stands for more than one; with none, if nothing is left. `scratch` is lent to hold what is rewritten.
pub(crate) fn normalise(word: &str, scratch: &mut String, mut each: impl FnMut(&str)) {
    if is_normal(word) {
        each(word);
    } else {
        scratch.clear();
        scratch.extend(word.nfkc().filter(|&c| parts(c) || !drops(c)));
        words(scratch).for_each(each);
    }
}

fn is_normal(word: &str) -> bool {
    if word.is_ascii() {
        return !word.bytes().any(|b| b.is_ascii_control());
    }
    is_nfkc_quick(word.chars()) == IsNormalized::Yes && !word.contains(drops)
}

#[cfg(test)]
mod tests {
    use super::{normalise, words};

    fn check(text: &str, expected: &[&str]) {
        let (mut scratch, mut found) = (String::new(), Vec::new());
        words(text).for_each(|w| normalise(w, &mut scratch, |w| found.push(w.to_owned())));
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn words_are_parted_and_normal() {
        check("", &[]);
        check("  two\twords\n", &["two", "words"]);
        check("ｆｕｌｌ　ｗｉｄｔｈ", &["full", "width"]);
        check("e\u{301}te\u{301}", &["\u{e9}t\u{e9}"]);
        check("ﬁne\u{200b}print", &["fine", "print"]);
        check("be\u{7}ep \u{0}", &["beep"]);
        check("\u{a8}x", &["\u{308}x"]);
        check("\u{2581}mark", &["mark"]);
    }
}
