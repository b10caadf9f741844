//! The names in the words of a credit.

use super::{LONGEST, is_generic};
use crate::clean::cues::{CUES, after, lower};
use crate::clean::{outlets, shape};

/// How much is asked of a name.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(super) enum Trust {
    /// It is in the register.
    Known,
    /// It has the form of a name: capitals throughout.
    Named,
    /// It begins with a capital: behind "Source:" that is enough.
    Loose,
}

/// The names in a credit's words, in their usual form. `None` if something stands there that is
/// no name; no names if there are only words such as "agencies".
pub(super) fn names(words: &str, trust: Trust) -> Option<Vec<String>> {
    if words.len() > LONGEST {
        return None;
    }
    let words = words
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ':' | '(' | ')' | '[' | ']' | '：'));
    if let Some(agency) = outlets::agency(words) {
        return Some(vec![agency.name.to_owned()]);
    }
    let (mut names, mut pieces) = (Vec::new(), 0);
    for piece in split(words) {
        let piece = piece.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '"' | '“' | '”'));
        let piece = bare_agency(bare_article(piece));
        if piece.is_empty() {
            continue;
        }
        pieces += 1;
        let host = || outlets::host(piece).filter(|_| trust == Trust::Loose);
        if let Some(agency) = outlets::agency(piece).or_else(|| outlets::at(piece)) {
            names.push(agency.name.to_owned());
        } else if is_generic(piece) || is_initials(piece) {
        } else if let Some(host) = host() {
            names.push(host.to_owned());
        } else if trust == Trust::Loose && is_loose(piece) || trust == Trust::Named && shape::is_name(piece) {
            names.push(piece.to_owned());
        } else {
            return None;
        }
    }
    (pieces > 0).then_some(names)
}

/// `the Calder Mercury` -> `Calder Mercury`; `The Times` keeps its own.
fn bare_article(piece: &str) -> &str {
    if let Some(rest) = piece.strip_prefix("The ").filter(|rest| rest.contains(' ')) {
        return rest;
    }
    ["the ", "der ", "die ", "la ", "le ", "l'", "l’", "o ", "a ", "il "]
        .iter()
        .find_map(|article| piece.strip_prefix(article))
        .map_or(piece, str::trim_start)
}

/// `agence Pelago` -> `Pelago`; `Agence Pelago` keeps its own.
fn bare_agency(piece: &str) -> &str {
    match piece.split_once(' ') {
        Some((word, rest)) if word.starts_with(char::is_lowercase) && CUES.is("press", word) => rest,
        _ => piece,
    }
}

/// The initials of a desk: `lcm`, `bur`.
pub(super) fn is_initials(piece: &str) -> bool {
    (2..=4).contains(&piece.len()) && piece.bytes().all(|b| b.is_ascii_lowercase())
}

/// Splits at commas, slashes, dashes with a space at one side, and words for "and".
pub(super) fn split(words: &str) -> Vec<&str> {
    let mut out = Vec::new();
    for piece in words.split(['/', ',', ';', '|', '&', '+', '–', '—', '、', '，']) {
        for piece in piece.split(" - ").flat_map(|p| p.split("- ")).flat_map(|p| p.split(" -")) {
            let mut rest = piece;
            while let Some((at, and)) = [" and ", " y ", " e ", " et ", " und ", " en ", " и ", " i "]
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
fn is_loose(piece: &str) -> bool {
    piece.split_whitespace().count() <= 5
        && piece.len() <= 60
        && piece.chars().next().is_some_and(|c| c.is_alphanumeric() && !c.is_lowercase())
        && !piece.contains(['.', '!', '?'])
}

/// The known agencies in a notice of rights: `© 2024 AFP`, `Copyright 2024 The Associated Press. All …`.
pub(super) fn of_rights(words: &str) -> Option<Vec<String>> {
    let small = lower(words);
    let rest = match words.trim_start().strip_prefix('©') {
        Some(rest) => rest,
        None => after(words, CUES.opening("start", &small).filter(|cue| cue.starts_with("copyright"))?),
    };
    let rest = rest.trim_start_matches(|c: char| !c.is_alphabetic());
    let end = rest.find(['.', ',', '|', ';', '-', '–']).unwrap_or(rest.len());
    let found: Vec<String> = split(&rest[..end])
        .into_iter()
        .filter_map(|piece| outlets::agency(piece.trim()))
        .filter(|agency| agency.wire)
        .map(|agency| agency.name.to_owned())
        .collect();
    (!found.is_empty()).then_some(found)
}
