//! Notes damage that a reader would stumble over: unseen characters, and UTF-8 read as Latin.
//!
//! Unseen characters leave the body; wrongly read ones stay, as mending them would reword.

use super::draft::{Draft, is_unseen};
use crate::model::{Note, NoteKind, Span};

/// What UTF-8 looks like when read as Windows-1252, by its first characters: `Ã©`, `â€™`, `Â `.
const MISREAD: &[&str] = &[
    "â€", "Ã©", "Ã£", "Ã§", "Ã¡", "Ã³", "Ãª", "Ã¼", "Ã¶", "Ã¤", "Ã±", "Ã\u{ad}", "Ã¨", "Â\u{a0}", "Â»", "Â«",
];

/// How many misread characters make a note: one may be meant.
const FEWEST: usize = 2;

/// Notes the damage in the draft's text.
pub(super) fn note_damage(draft: &mut Draft) {
    let unseen: Vec<usize> =
        draft.text.char_indices().filter(|(_, c)| is_unseen(*c)).map(|(at, _)| at).collect();
    if let Some(first) = unseen.first() {
        let detail = format!("{} unseen characters were removed", unseen.len());
        draft.notes.push(Note::at(NoteKind::Damaged, at(&draft.text, *first), detail));
    }
    if !draft.text.contains(['â', 'Ã', 'Â']) {
        return;
    }
    let counts: usize = MISREAD.iter().map(|sign| draft.text.matches(sign).count()).sum();
    if counts >= FEWEST {
        let first = MISREAD.iter().filter_map(|sign| draft.text.find(sign)).min().unwrap_or(0);
        let detail = format!("{counts} characters were decoded wrongly before they came here");
        draft.notes.push(Note::at(NoteKind::Damaged, at(&draft.text, first), detail));
    }
}

fn at(text: &str, first: usize) -> Span {
    Span::new(first, first + text[first..].chars().next().map_or(0, char::len_utf8))
}
