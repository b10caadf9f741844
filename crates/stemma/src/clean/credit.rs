//! Takes out the words that say where a report came from, and reads the names in them.
//!
//! At the end of a report (`Source: BBC – Agencies`, `Fonte: Lusa`, `Avec AFP`, `(Reuters)`),
//! also glued to the last sentence, and in short lines at its beginning.

use super::cues::{CUES, after, bare, lower};
use super::draft::Draft;
use super::outlets;
use crate::model::{Credit, NoteKind};
use std::ops::Range;

/// The longest credit, in bytes: three or four names.
const LONGEST: usize = 120;

/// How many paragraphs at the end are looked at: a credit may stand before a byline or a date.
const LAST: usize = 3;

/// How many paragraphs at the beginning are looked at.
const FIRST: usize = 3;

/// Takes the credits out of the draft.
pub(super) fn take_credit(draft: &mut Draft) -> Option<Credit> {
    let mut credit: Option<Credit> = None;
    let kept = draft.kept();
    for &i in kept.iter().rev().take(LAST) {
        sign_off(draft, i);
        if kept.len() > 1
            && let Some(names) = line(draft.words(i), i == kept[kept.len() - 1])
        {
            add(&mut credit, names, draft.words(i));
            draft.remove(i..i + 1, NoteKind::Boilerplate, "A credit line");
        } else if let Some((piece, names)) = tail(draft, i) {
            add(&mut credit, names, &draft.text[piece.clone()]);
            draft.cut(piece, NoteKind::Boilerplate, "A credit");
        }
    }
    for &i in kept.iter().take(FIRST).filter(|_| kept.len() > FIRST + LAST) {
        if let Some(names) = line(draft.words(i), false) {
            add(&mut credit, names, draft.words(i));
            draft.remove(i..i + 1, NoteKind::Boilerplate, "A credit line");
        }
    }
    credit
}

/// Adds names to a credit; the words of the first one found stand for it.
pub(super) fn add(credit: &mut Option<Credit>, names: Vec<String>, words: &str) {
    let credit = credit.get_or_insert_with(|| Credit { names: Vec::new(), words: words.trim().to_owned() });
    for name in names {
        if !credit.names.contains(&name) {
            credit.names.push(name);
        }
    }
}

/// The names of a line that is a credit as a whole.
fn line(words: &str, last: bool) -> Option<Vec<String>> {
    if words.len() > LONGEST {
        return None;
    }
    let opened = words.starts_with(['(', '[', '—', '–', '-', '*']);
    let inner =
        words.trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']' | '—' | '–' | '-' | '*' | ' '));
    let small = lower(inner);
    if let Some(cue) = CUES.opening("credit", &small) {
        let rest = after(inner, cue).trim_start();
        if let Some(rest) = rest.strip_prefix([':', '–', '—', '-', '：']) {
            return names(rest, true);
        }
    }
    if let Some(cue) = CUES.opening("with", &small) {
        return names(after(inner, cue), false);
    }
    names(inner, false).filter(|names| last || opened && !names.is_empty()).filter(|names| {
        let wire = |name: &String| outlets::agency(name).is_some_and(|agency| agency.wire);
        opened || names.iter().any(wire)
    })
}

/// A credit at the end of a paragraph, behind the end of a sentence.
fn tail(draft: &Draft, i: usize) -> Option<(Range<usize>, Vec<String>)> {
    let words = draft.words(i);
    let base = draft.paragraphs[i].range.start;
    let end = words.len();
    let found = bracketed(words).or_else(|| cued(words)).or_else(|| dashed(words));
    found.map(|(from, names)| (base + from..base + end, names))
}

/// `… last month. (Reuters)`
fn bracketed(words: &str) -> Option<(usize, Vec<String>)> {
    let open = words.trim_end_matches('.').strip_suffix([')', ']'])?.rfind(['(', '['])?;
    let inner = words[open + 1..].trim_end_matches(['.', ')', ']']);
    if inner.len() > LONGEST || !ends_sentence(&words[..open]) {
        return None;
    }
    let small = lower(inner);
    let inner = CUES.opening("with", &small).map_or(inner, |cue| after(inner, cue));
    let inner = CUES
        .opening("credit", &small)
        .map_or(inner, |cue| after(inner, cue).trim_start_matches([':', ' ', '-', '–']));
    names(inner, false).map(|names| (open, names))
}

/// `… last month.Source: BBC- Agencies`
fn cued(words: &str) -> Option<(usize, Vec<String>)> {
    let mut from = words.len().saturating_sub(2 * LONGEST);
    while !words.is_char_boundary(from) {
        from += 1;
    }
    for (at, c) in words[from..].char_indices().rev() {
        let at = from + at;
        if !c.is_alphabetic() || !ends_sentence(&words[..at]) {
            continue;
        }
        let small = lower(&words[at..]);
        let Some(cue) = CUES.opening("credit", &small) else { continue };
        let rest = after(&words[at..], cue).trim_start();
        if let Some(names) = rest.strip_prefix([':', '：']).and_then(|rest| names(rest, true)) {
            return Some((at, names));
        }
    }
    None
}

/// `… last month. — AFP`
fn dashed(words: &str) -> Option<(usize, Vec<String>)> {
    let from = words.char_indices().rev().take(40).filter(|(_, c)| matches!(c, '—' | '–' | '-')).last()?.0;
    let rest = words[from..].trim_start_matches(['—', '–', '-', ' ']);
    let strict = ends_sentence(&words[..from]) && !rest.is_empty();
    strict.then(|| names(rest, false)).flatten().map(|names| (from, names))
}

/// Takes out `(Reporting by …; editing by …)`.
fn sign_off(draft: &mut Draft, i: usize) {
    let words = draft.words(i);
    let Some(open) = words.trim_end_matches('.').strip_suffix(')').and_then(|w| w.rfind('(')) else { return };
    let inner = lower(&words[open + 1..]);
    let opens = ["reporting by", "additional reporting", "writing by", "editing by", "compiled by"];
    if inner.len() < 400 && opens.iter().any(|cue| inner.starts_with(cue)) {
        let base = draft.paragraphs[i].range.start;
        let end = draft.paragraphs[i].range.end;
        draft.cut(base + open..end, NoteKind::Boilerplate, "Who reported and edited");
    }
}

fn ends_sentence(before: &str) -> bool {
    let before = before.trim_end().trim_end_matches(['"', '”', '’', '»', ')', '\'']);
    before.is_empty() || before.ends_with(['.', '!', '?', '…', '。', '؟'])
}

/// The names in a credit's words, in their usual form. `None` if the words are no credit:
/// something stands there that is no name (`loose`), or no known name (not `loose`).
fn names(words: &str, loose: bool) -> Option<Vec<String>> {
    if words.len() > LONGEST {
        return None;
    }
    let words =
        words.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ':' | '(' | ')' | '[' | ']'));
    if let Some(agency) = outlets::agency(words) {
        return Some(vec![agency.name.to_owned()]);
    }
    let (mut names, mut pieces) = (Vec::new(), 0);
    for piece in split(words) {
        let piece = piece.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '"' | '“' | '”'));
        if piece.is_empty() {
            continue;
        }
        pieces += 1;
        if let Some(agency) = outlets::agency(piece).or_else(|| outlets::at(piece)) {
            names.push(agency.name.to_owned());
        } else if CUES.is("generic", &bare(piece)) {
        } else if let Some(host) = outlets::host(piece).filter(|_| loose) {
            names.push(host.to_owned());
        } else if loose && is_name(piece) {
            names.push(piece.to_owned());
        } else {
            return None;
        }
    }
    (pieces > 0).then_some(names)
}

/// Splits at commas, slashes, dashes with a space at one side, and words for "and".
fn split(words: &str) -> Vec<&str> {
    let mut out = Vec::new();
    for piece in words.split(['/', ',', ';', '|', '&', '+', '–', '—']) {
        for piece in piece.split(" - ").flat_map(|p| p.split("- ")).flat_map(|p| p.split(" -")) {
            let mut rest = piece;
            while let Some((at, and)) = [" and ", " y ", " e ", " et ", " und ", " en "]
                .iter()
                .filter_map(|and| rest.find(and).map(|at| (at, and.len())))
                .min()
            {
                out.push(&rest[..at]);
                rest = &rest[at + and..];
            }
            out.push(rest);
        }
    }
    out
}

/// Whether words look like the name of an outlet: short, capital or of a script without case.
fn is_name(piece: &str) -> bool {
    piece.split_whitespace().count() <= 5
        && piece.len() <= 60
        && piece.chars().next().is_some_and(|c| c.is_alphanumeric() && !c.is_lowercase())
        && !piece.contains(['.', '!', '?'])
}
