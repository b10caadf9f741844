//! Takes out lines that say whose picture stood there: `Photo: Ana Mena / Lusa`, `© AFP`.

use super::cues::{CUES, after, lower};
use super::draft::Draft;
use super::{outlets, shape};
use crate::model::NoteKind;

/// The longest credit of a picture, in characters: three names and an agency.
const LONGEST: usize = 120;

/// Takes them out.
pub(super) fn remove_captions(draft: &mut Draft) {
    for i in draft.kept() {
        if is_credit(draft.words(i)) {
            draft.remove(i..i + 1, NoteKind::Boilerplate, "Whose picture stood here");
        }
    }
}

/// Whether a line is nothing but a word for a picture and names.
fn is_credit(line: &str) -> bool {
    let brackets = |c: char| matches!(c, '(' | ')' | '[' | ']' | '.') || c.is_whitespace();
    let line = line.trim_matches(brackets);
    if line.chars().count() > LONGEST {
        return false;
    }
    let small = lower(line);
    let Some(names) = line.strip_prefix('©').or_else(|| named(line, &small)) else { return false };
    let mut parts =
        names.split(['/', ',', '|', '–', '—', ';']).map(str::trim).filter(|part| !part.is_empty());
    let is_name = |part: &str| outlets::agency(part).is_some() || shape::is_name(part);
    parts.next().is_some_and(is_name) && parts.all(is_name)
}

/// What stands behind a word for a picture and a colon, or a word for "by".
fn named<'l>(line: &'l str, small: &str) -> Option<&'l str> {
    let rest = after(line, CUES.opening("photo", small)?).trim_start();
    if let Some(names) = rest.strip_prefix([':', '：']) {
        return Some(names.trim_start());
    }
    let by = CUES.opening("by", &lower(rest))?;
    Some(after(rest, by).trim_start_matches([':', ' ']))
}

#[cfg(test)]
mod tests {
    use super::is_credit;

    #[test]
    fn credits_of_pictures_are_told_from_text() {
        for line in
            ["Photo: Ana Mena / Lusa", "(Foto: Reuters)", "Photo by Jane Roe", "© AFP", "Bild: Gesa Mena/dpa"]
        {
            assert!(is_credit(line), "{line}");
        }
        for line in ["Photo finish", "Photo: the crane lies in the water", "Image problems", "©", "Photos"] {
            assert!(!is_credit(line), "{line}");
        }
    }
}
