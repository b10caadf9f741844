//! Takes out the words that say where a report came from, and reads the names in them.
//!
//! At the end of a report (`Source: BBC – Agencies`, `Fonte: Lusa`, `Avec AFP`, `(Reuters)`,
//! `(Reporting by …)`, `© AFP`), also glued to the last sentence, and in lines above its first
//! sentence. Known agencies are in the register; unknown ones are told by the form of the line.

mod line;
mod names;
mod tail;
mod told;

pub(super) use line::Line;
pub(super) use told::Told;

use super::cues::CUES;
use super::draft::Draft;
use crate::model::NoteKind;
use line::Place;

/// The longest credit, in bytes: three or four names.
const LONGEST: usize = 120;

/// How many paragraphs at the end are looked at: a credit may stand before a byline, a desk's
/// initials, a notice of rights.
const LAST: usize = 4;

/// Takes the credits out of the draft.
pub(super) fn take_credit(draft: &mut Draft) -> Told {
    let mut told = Told::default();
    rights(draft, &mut told);
    let kept = draft.kept();
    for (back, &i) in kept.iter().rev().take(LAST).enumerate() {
        if kept.len() > 1
            && let Some(line) = line::read(draft.words(i), if back == 0 { Place::Last } else { Place::End })
        {
            told.line(line, draft.words(i));
            draft.remove(i..i + 1, NoteKind::Boilerplate, "A credit line");
            continue;
        }
        if let Some(piece) = tail::sign_off(draft, i) {
            told.sign(&draft.text[piece.clone()]);
            draft.cut(piece, NoteKind::Boilerplate, "Who reported and edited");
        } else if let Some((piece, names)) = tail::tail(draft, i, back == 0) {
            told.credit(names, &draft.text[piece.clone()]);
            draft.cut(piece, NoteKind::Boilerplate, "A credit");
        }
    }
    let (head, first) = draft.head();
    let long = first.is_some() && draft.kept().len() > 2;
    for i in head.into_iter().filter(|_| long) {
        if let Some(line) = line::read(draft.words(i), Place::Head) {
            told.line(line, draft.words(i));
            draft.remove(i..i + 1, NoteKind::Boilerplate, "A credit line");
        }
    }
    rights_of_another(draft, &mut told);
    told
}

/// `© Mena Press` under a report of the Loria Post.
fn rights_of_another(draft: &mut Draft, told: &mut Told) {
    let Some(own) = told.outlet.clone() else { return };
    let n = draft.paragraphs.len();
    for i in n.saturating_sub(2 * LAST)..n {
        let words = draft.words(i).to_owned();
        let Some(name) = words.trim().strip_prefix('©').map(|rest| rest.trim_start_matches(is_of_year))
        else {
            continue;
        };
        if words.len() <= LONGEST
            && super::shape::is_outlet(name)
            && !own.contains(name)
            && !name.contains(&own)
            && let Some(names) = names::names(name, names::Trust::Named)
        {
            told.credit(names, &words);
            if draft.paragraphs[i].kept {
                draft.remove(i..i + 1, NoteKind::Boilerplate, "A credit line");
            }
        }
    }
}

fn is_of_year(c: char) -> bool {
    c.is_ascii_digit() || c.is_whitespace()
}

/// A notice of rights that was taken out as furniture still names whose words they are.
fn rights(draft: &Draft, told: &mut Told) {
    let n = draft.paragraphs.len();
    for i in (n.saturating_sub(LAST)..n).filter(|i| !draft.paragraphs[*i].kept) {
        let words = draft.words(i);
        if words.len() <= 2 * LONGEST
            && let Some(names) = names::of_rights(words)
        {
            told.credit(names, words);
        }
    }
}

/// Whether words are "agencies", "staff" and the like, which name nobody.
fn is_generic(words: &str) -> bool {
    let bare = super::cues::bare(words);
    CUES.is("generic", &bare) || CUES.is("desk", &bare)
}

/// The names behind a word for "with": `material from AFP`.
pub(super) fn with(words: &str) -> Option<Vec<String>> {
    names::names(words, names::Trust::Named)
}
