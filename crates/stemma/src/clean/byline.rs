//! Takes out the line that names who wrote the report: `By Jane Roe`, `Por Ana Mena e Rui Sá`.

use super::cues::{CUES, after, lower};
use super::draft::Draft;
use crate::model::NoteKind;
use crate::read::dates;

/// How many paragraphs at the beginning, and at the end, may be a byline.
const FIRST: usize = 4;
/// See [`FIRST`].
const LAST: usize = 2;

/// The most words in a byline: three names with their joints.
const MOST_WORDS: usize = 10;

/// Small words inside names of people, and between names.
const PARTICLES: &[&str] = &[
    "de", "da", "do", "dos", "das", "del", "della", "di", "van", "von", "der", "den", "la", "le", "bin",
    "al", "el", "and", "e", "y", "et", "und", "en", "in",
];

/// Takes the byline out of the draft.
pub(super) fn take_byline(draft: &mut Draft) -> Option<String> {
    let kept = draft.kept();
    if kept.len() < 2 {
        return None;
    }
    let places = kept.iter().take(FIRST).chain(kept.iter().rev().take(LAST));
    for &i in places {
        if let Some(name) = byline(draft.words(i)) {
            let name = name.to_owned();
            draft.remove(i..i + 1, NoteKind::Boilerplate, "The byline, kept apart");
            return Some(name);
        }
    }
    None
}

/// The names in a line that is a byline.
fn byline(line: &str) -> Option<&str> {
    let shouted = !line.contains(char::is_lowercase);
    if line.len() > 160 || shouted || line.starts_with(char::is_lowercase) {
        return None;
    }
    let cue = CUES.opening("by", &lower(line))?;
    let names = after(line, cue).trim_start_matches([':', ' ', '\u{a0}']).trim_end_matches([',', ' ', '|']);
    let names = names.split([',', '|', '•']).next()?.trim();
    let words: Vec<&str> = names.split_whitespace().collect();
    let capital = |word: &&&str| word.starts_with(char::is_uppercase);
    let fits = words.len() >= 2
        && words.len() <= MOST_WORDS
        && capital(&words.first()?)
        && words.iter().filter(capital).count() >= 2
        && words.iter().all(|word| capital(&word) || PARTICLES.contains(word))
        && !names.contains(|c: char| c.is_ascii_digit() || matches!(c, '!' | '?' | ':' | ';' | '"' | '“'))
        && !words.last()?.trim_end_matches('.').chars().nth(2).is_some_and(|_| names.ends_with('.'))
        && !words.iter().any(|word| {
            dates::month(word).is_some() && word.len() > 3 || dates::is_weekday(word) && word.len() > 3
        });
    fits.then_some(names)
}
