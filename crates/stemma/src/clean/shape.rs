//! The shape of words: what could be a person's name, an outlet's name, a place, a day.
//!
//! Known agencies are in the register; these shapes tell the unknown ones, in any language. Scripts
//! without capitals pass where a capital is asked for, so a caller also asks for a mark or a cue.

use super::cues::{CUES, lower};
use super::outlets;
use crate::read::dates;

/// Small words inside names of people, places and outlets.
const PARTICLES: &[&str] = &[
    "de", "da", "do", "dos", "das", "del", "della", "dello", "di", "du", "des", "d'", "van", "von", "der",
    "den", "het", "la", "le", "les", "los", "las", "bin", "al", "el", "am", "an", "im", "of", "the", "sur",
    "upon", "ter", "zu",
];

/// Words that join names of people.
const ANDS: &[&str] = &["and", "e", "y", "et", "und", "en", "i", "и", "та", "og", "och", "&"];

/// The most words in the name of an outlet: "The Marrow Bay Evening Herald".
const MOST_WORDS: usize = 6;

/// The longest name of an outlet in a script without spaces, in characters.
const MOST_SIGNS: usize = 14;

/// Whether a word begins as a name does: with a capital, a figure, or in a script without capitals.
pub(super) fn is_capital(word: &str) -> bool {
    let inner = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    inner.chars().next().is_some_and(|c| !c.is_lowercase())
}

/// Whether a word may stand inside a name in small letters.
pub(super) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word) || word.starts_with("d'") || word.starts_with("l'") || word.starts_with("d’")
}

/// Whether a word joins two names.
pub(super) fn is_and(word: &str) -> bool {
    ANDS.contains(&word)
}

/// Whether a character belongs to a script that is written without spaces.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{e00}'..='\u{e7f}')
}

/// Whether every word is one of a name: capitals, and particles between them.
pub(super) fn is_name(words: &str) -> bool {
    let words = words.trim();
    if words.is_empty() || words.len() > 80 || words.contains(['!', '?', ':', ';', '"', '“', '«', '(', ')'])
    {
        return false;
    }
    if words.chars().any(is_unspaced) {
        return words.chars().count() <= MOST_SIGNS && !words.contains(['。', '，', '、']);
    }
    let all: Vec<&str> = words.split_whitespace().collect();
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    all.len() <= MOST_WORDS
        && letters >= 2
        && (is_capital(all[0]) || is_particle(all[0]))
        && is_capital(all[all.len() - 1])
        && !words.trim_end_matches('.').contains(". ")
        && all.iter().all(|word| is_capital(word) || is_particle(word))
}

/// Whether words look like the name of an outlet or agency by themselves: one is registered, or a
/// word in them is one that outlets bear (Press, Herald, Agência, Bote).
pub(super) fn is_outlet(words: &str) -> bool {
    outlets::agency(words).is_some() || is_name(words) && has_press_word(words)
}

/// Whether a word in them is one that outlets bear.
pub(super) fn has_press_word(words: &str) -> bool {
    let small = lower(words);
    if words.chars().any(is_unspaced) {
        return (0..small.len())
            .filter(|at| small.is_char_boundary(*at))
            .any(|at| CUES.is("press", &small[at..]));
    }
    small.split(|c: char| !c.is_alphanumeric()).any(|word| CUES.is("press", word))
}

/// Whether words name one to three persons: `Jane Roe`, `Ana da Mena e Rui Sá`.
pub(super) fn is_people(words: &str) -> bool {
    let all: Vec<&str> = words.split_whitespace().collect();
    if words.chars().any(is_unspaced) {
        return (2..=12).contains(&words.chars().count()) && !words.contains(['。', '，', '：']);
    }
    let capital = |word: &&str| is_capital(word) && !word.starts_with(|c: char| c.is_ascii_digit());
    let day =
        |word: &&str| word.chars().count() > 3 && (dates::month(word).is_some() || dates::is_weekday(word));
    (2..=12).contains(&all.len())
        && capital(&all[0])
        && all.iter().filter(|word| capital(word)).count() >= 2
        && all.iter().all(|word| capital(word) || is_particle(word) || is_and(word))
        && !words
            .contains(|c: char| c.is_ascii_digit() || matches!(c, '!' | '?' | ':' | ';' | '"' | '“' | '@'))
        && !ends_as_sentence(&all)
        && !all.iter().any(day)
        && !has_press_word(words)
}

/// `Jane Roe Jr.` does not; `They Ran Home.` does.
fn ends_as_sentence(words: &[&str]) -> bool {
    words.last().is_some_and(|word| word.ends_with('.') && word.trim_end_matches('.').chars().count() > 2)
}

/// Whether a word is part of a day: a number up to four figures, a month, a weekday, "de".
pub(super) fn is_day(word: &str) -> bool {
    let word = word.trim_matches(['.', ',']);
    let figures = word.trim_end_matches("st").trim_end_matches("nd").trim_end_matches("rd");
    let figures = figures.trim_end_matches("th").trim_end_matches("er").trim_end_matches('º');
    let number = !figures.is_empty() && figures.len() <= 4 && figures.bytes().all(|b| b.is_ascii_digit());
    number || matches!(word, "de" | "of") || dates::month(word).is_some() || dates::is_weekday(word)
}

/// Whether a text ends as a sentence does, quotation marks and brackets aside.
pub(super) fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end().trim_end_matches(['"', '”', '’', '»', ')', '\'', '“', '」', '』', '）']);
    text.ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '।'])
}

/// Whether a paragraph is told, rather than a headline, a name or a caption: long, and a sentence.
pub(super) fn is_prose(words: &str) -> bool {
    let unspaced = words.chars().filter(|c| is_unspaced(*c)).count();
    let weight = words.chars().count() + 2 * unspaced;
    weight >= SHORTEST_PROSE && ends_sentence(words) || weight >= LONGEST_HEAD
}

/// The shortest paragraph that counts as told, in characters (a sign of an unspaced script as three).
/// Headlines that end in a full stop are shorter; the first sentence of a report is mostly longer.
const SHORTEST_PROSE: usize = 80;

/// A paragraph of this length is told whatever its end, in characters.
const LONGEST_HEAD: usize = 260;
