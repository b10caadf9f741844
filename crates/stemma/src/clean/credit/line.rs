//! A whole line -> the credit in it, if it is one.

use super::names::{Trust, is_initials, names, split};
use super::{LONGEST, is_generic, told};
use crate::clean::cues::{CUES, after, bare, lower};
use crate::clean::{outlets, shape};

/// The longest sign-off, in bytes: three reporters with their places and two editors.
const LONGEST_SIGNED: usize = 400;

/// Where a line stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::clean) enum Place {
    /// Above the first paragraph that is told.
    Head,
    /// Among the last lines.
    End,
    /// The last line.
    Last,
}

/// What a credit line says.
#[derive(Debug, Default, PartialEq)]
pub(in crate::clean) struct Line {
    /// The agencies or outlets that it credits.
    pub(in crate::clean) names: Vec<String>,
    /// The outlet that it names as the report's own.
    pub(in crate::clean) outlet: Option<String>,
    /// Who wrote it.
    pub(in crate::clean) people: Option<String>,
    /// Whether it says who reported, rather than where the report came from.
    pub(in crate::clean) signed: bool,
}

impl Line {
    fn of(names: Vec<String>) -> Line {
        Line { names, ..Line::default() }
    }
}

/// Reads a line.
pub(in crate::clean) fn read(words: &str, place: Place) -> Option<Line> {
    if words.len() > LONGEST_SIGNED {
        return None;
    }
    let opened = words.starts_with(['(', '[', '（', '—', '–', '-', '*']);
    let inner = words.trim_matches(|c: char| {
        matches!(c, '(' | ')' | '[' | ']' | '（' | '）' | '—' | '–' | '-' | '*' | ' ')
    });
    let small = lower(inner);
    if let Some(line) = signed(inner, &small, words, place) {
        return Some(line);
    }
    if words.len() > LONGEST {
        return None;
    }
    if let Some(cue) = CUES.opening("credit", &small) {
        let rest = after(inner, cue).trim_start();
        if let Some(rest) = rest.strip_prefix([':', '–', '—', '-', '：']) {
            return names(rest, Trust::Loose).map(Line::of);
        }
    }
    if let Some(cue) = CUES.opening("first", &small) {
        return names(after(inner, cue), Trust::Named).map(Line::of);
    }
    if let Some(line) = among_pieces(inner) {
        return Some(line);
    }
    if let Some(cue) = CUES.opening("with", &small) {
        return names(after(inner, cue), Trust::Named).map(Line::of);
    }
    let written = ["by", "signed"].iter().any(|kind| CUES.opening(kind, &small).is_some());
    shared(inner, &small).or_else(|| bare_names(inner, opened, place).filter(|_| !written))
}

/// `(Reporting by Jane Roe; editing by Max Mena)`, `Información de Ana Mena`, `(Von Max Mena)`, `bur/lcm`.
fn signed(inner: &str, small: &str, words: &str, place: Place) -> Option<Line> {
    let line = |people| Some(Line { signed: true, people, ..Line::default() });
    if place != Place::Head && words.contains('/') && inner.split(['/', '-']).all(is_initials) {
        return line(None);
    }
    let bracketed = words.starts_with(['(', '[', '（']);
    if place == Place::Head {
        return None;
    }
    let people = told::people(inner);
    let cued = CUES.opening("signed", small).is_some();
    let by = bracketed && CUES.opening("by", small).is_some();
    if cued && (bracketed || people.is_some() && words.len() <= LONGEST) || by && people.is_some() {
        return line(people);
    }
    // `(Loria Press reporters in the harbour)`
    let mut pieces = inner.split_whitespace();
    let role = pieces.clone().position(|word| CUES.is("desk", &bare(word)))?;
    let name: Vec<&str> = pieces.by_ref().take(role).collect();
    let name = name.join(" ");
    (bracketed && role > 0 && words.len() <= LONGEST && shape::is_name(&name)).then(|| Line {
        names: Vec::new(),
        signed: true,
        ..Line::default()
    })
}

/// `Loria Post, with reporting by the Mena Mercury`; `The Mena Mercury contributed to this report`.
fn shared(inner: &str, small: &str) -> Option<Line> {
    let bare_end = small.trim_end_matches('.');
    if let Some(cue) = CUES.closing("gave", bare_end) {
        let giver = &inner[..inner.char_indices().nth(bare_end.chars().count() - cue.chars().count())?.0];
        let trust = if has_people(giver) { Trust::Known } else { Trust::Named };
        return names(giver.trim_end_matches([' ', ',']), trust).map(Line::of);
    }
    let (own, rest) = match inner.split_once(", ") {
        Some(parts) => parts,
        None => inner.match_indices(' ').map(|(at, _)| (&inner[..at], &inner[at + 1..])).find(is_own_with)?,
    };
    let cue = CUES.opening("with", &lower(rest))?;
    let names = names(after(rest, cue), Trust::Named)?;
    let outlet = shape::is_name(own).then(|| own.trim().to_owned())?;
    Some(Line { names, outlet: Some(outlet), ..Line::default() })
}

/// Whether the first is an outlet and the second a word for "with" and what is called an agency.
fn is_own_with((own, rest): &(&str, &str)) -> bool {
    let with = CUES.opening("with", &lower(rest));
    shape::is_outlet(own)
        && with.is_some_and(|cue| shape::has_press_word(cue) || shape::is_outlet(after(rest, cue)))
}

/// `Redaktion | Quelle: Mena Press`: a credit between bars.
fn among_pieces(inner: &str) -> Option<Line> {
    let pieces = || inner.split('|').map(str::trim);
    pieces().nth(1)?;
    pieces().find_map(|piece| {
        let cue = CUES.opening("credit", &lower(piece))?;
        let rest = after(piece, cue).trim_start().strip_prefix([':', '：'])?;
        names(rest, Trust::Loose).map(Line::of)
    })
}

/// Whether those thanked look like people rather than outlets.
fn has_people(giver: &str) -> bool {
    shape::is_people(giver.trim()) && giver.split_whitespace().count() >= 2
}

/// A line of nothing but names.
fn bare_names(inner: &str, opened: bool, place: Place) -> Option<Line> {
    if let Some(found) = names(inner, Trust::Known).filter(|found| opened || !found.is_empty()) {
        let wire = |name: &String| outlets::agency(name).is_some_and(|agency| agency.wire);
        let fits = opened || place == Place::Last && found.iter().any(wire);
        if fits && (!found.is_empty() || is_generic(inner)) {
            return Some(Line::of(found));
        }
    }
    match place {
        // `(Nordland Press/red.)`, `(ANX)`
        Place::Last | Place::End if opened => {
            let found = names(inner, Trust::Named).filter(|found| !found.is_empty())?;
            let fits = |name: &String| shape::has_press_word(name) || is_code(name);
            found.iter().all(fits).then(|| Line::of(found))
        }
        // `The Loria Examiner and Pelago`, under a headline
        Place::Head => {
            let pieces: Vec<&str> = split(inner).into_iter().map(str::trim).collect();
            let name = |piece: &&str| shape::is_name(piece) && !piece.contains(|c: char| c.is_ascii_digit());
            let fits = pieces.len() >= 2 && pieces.iter().all(name);
            let own = pieces.iter().position(|piece| shape::is_outlet(piece))?;
            if inner.contains('|') {
                // `The Loria Examiner | World`: behind the bar a section.
                return fits.then(|| Line {
                    outlet: Some(pieces[own].to_owned()),
                    signed: true,
                    ..Line::default()
                });
            }
            let rest =
                pieces.iter().enumerate().filter(|(i, _)| *i != own).map(|(_, piece)| piece.to_string());
            fits.then(|| Line {
                names: rest.collect(),
                outlet: Some(pieces[own].to_owned()),
                ..Line::default()
            })
        }
        _ => None,
    }
}

/// `ANX`: an agency's letters.
fn is_code(name: &str) -> bool {
    (2..=8).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_uppercase())
}
