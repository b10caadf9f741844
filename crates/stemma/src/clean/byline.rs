//! Takes out the line that names who wrote the report: `By Jane Roe`, `Por Ana Mena e Rui Sá`,
//! `Von Gesa Mena, Loria-Bote`, `By the newsdesk of the Loria Post, with material from AFP`.

use super::credit::{Line, Told};
use super::cues::{CUES, after, bare, lower};
use super::draft::Draft;
use super::shape;
use crate::model::NoteKind;

/// How many paragraphs at the end may be a byline.
const LAST: usize = 2;

/// The longest byline, in bytes.
const LONGEST: usize = 160;

/// Takes the bylines out of the draft: the lines above the first paragraph that is told, and the
/// first few at all, and the last two.
pub(super) fn take_byline(draft: &mut Draft, told: &mut Told) {
    let kept = draft.kept();
    if kept.len() < 2 {
        return;
    }
    let (head, first) = draft.head();
    let places: Vec<usize> =
        head.into_iter().chain(first).chain(kept.iter().rev().take(LAST).copied()).collect();
    let mut found = false;
    for i in places {
        if !draft.paragraphs[i].kept || draft.kept().len() < 2 {
            continue;
        }
        let words = draft.words(i);
        let Some(byline) = byline(words) else {
            if found || first == Some(i) || !is_role(words) || kept.first() == Some(&i) {
                continue;
            }
            draft.remove(i..i + 1, NoteKind::Boilerplate, "Who wrote it, without a name");
            continue;
        };
        if found && byline.people.is_some() {
            continue;
        }
        found = true;
        let words = words.to_owned();
        if !byline.names.is_empty() {
            told.credit(byline.names, &words);
        }
        let signed = byline.outlet.is_some();
        told.line(Line { names: Vec::new(), signed: true, ..byline }, if signed { &words } else { "" });
        draft.remove(i..i + 1, NoteKind::Boilerplate, "The byline, kept apart");
    }
}

/// Whether a line is nothing but a role: `Redacción`, `Staff reporter`, `Von unserer Redaktion`.
fn is_role(line: &str) -> bool {
    let bare = bare(line);
    if line.len() > LONGEST || line.ends_with('.') {
        return false;
    }
    let rest = CUES.opening("by", &bare).map_or(bare.as_str(), |cue| after(&bare, cue).trim_start());
    CUES.is("desk", rest) || CUES.is("generic", rest) && rest != bare
}

/// The people that a line names if it is a byline.
pub(super) fn people_in(line: &str) -> Option<String> {
    byline(line)?.people
}

/// What a line says that is a byline.
fn byline(line: &str) -> Option<Line> {
    let shouted = line.contains(char::is_uppercase) && !line.contains(char::is_lowercase);
    let (line, translated) = without_translator(line);
    if line.len() > LONGEST || shouted || !translated && line.starts_with(char::is_lowercase) {
        return None;
    }
    let Some(cue) = CUES.opening("by", &lower(line)).or_else(|| CUES.opening("signed", &lower(line))) else {
        return with_role(line);
    };
    let rest = after(line, cue);
    let rest =
        rest.trim_start_matches([':', ' ', '\u{a0}', '：', '/', '／']).trim_end_matches([',', ' ', '|']);
    let mut found = Line::default();
    let pieces: Vec<&str> = rest.split([',', '|', '•', '—', '–', '/', '，', '；']).map(str::trim).collect();
    for (n, piece) in pieces.iter().enumerate() {
        if translated && n > 0 && shape::is_name(piece) {
            found.names.push((*piece).to_owned());
            continue;
        }
        match piece.split_once(' ').filter(|(and, _)| n > 0 && shape::is_and(and)) {
            // `By Jane Roe, Loria Post, and Pelago`
            Some((_, name)) if found.outlet.is_some() && !shape::is_people(name) && shape::is_name(name) => {
                found.names.push(name.to_owned());
            }
            Some((_, piece)) => part(piece, n, &mut found)?,
            None => part(piece, n, &mut found)?,
        }
    }
    let says = found.people.is_some() || found.outlet.is_some() || !found.names.is_empty() || found.signed;
    says.then_some(found)
}

/// A byline without who translated it, and whether somebody did: then the outlet in it is where the text came from.
fn without_translator(line: &str) -> (&str, bool) {
    let inner =
        line.trim_end().strip_suffix([')', '）']).and_then(|shut| Some((shut, shut.rfind(['(', '（'])?)));
    match inner {
        Some((shut, at))
            if CUES.opening("translated", &lower(shut[at..].trim_start_matches(['(', '（']))).is_some() =>
        {
            (line[..at].trim_end(), true)
        }
        _ => (line, false),
    }
}

/// `Jane Roe, special correspondent in Loria`; `Ana Mena, enviada especial del Loria Post`.
fn with_role(line: &str) -> Option<Line> {
    let (people, role) = line.split_once(", ")?;
    let cue = CUES.opening("desk", &lower(role))?;
    let short = after(role, cue).split_whitespace().count() <= 8 && !shape::ends_sentence(line);
    (short && shape::is_people(people)).then(|| Line {
        people: Some(people.to_owned()),
        outlet: desk_of(role).filter(|outlet| shape::is_outlet(outlet)),
        signed: true,
        ..Line::default()
    })
}

/// Reads one part of a byline into `found`; none if it is no part of one.
fn part(piece: &str, n: usize, found: &mut Line) -> Option<()> {
    if piece.is_empty() {
        return (n > 0).then_some(());
    }
    let small = lower(piece);
    if let Some(cue) = CUES.opening("with", &small).filter(|_| n > 0 || !shape::is_people(piece)) {
        let names = super::credit::with(after(piece, cue))?;
        found.names.extend(names);
        return Some(());
    }
    if shape::is_people(piece) && (found.people.is_none() || n < 3) {
        match &mut found.people {
            Some(people) if people.len() < LONGEST => *people = format!("{people}, {piece}"),
            people => *people = Some(piece.to_owned()),
        }
        return Some(());
    }
    if is_role(piece) {
        found.signed = true;
        return Some(());
    }
    if let Some(outlet) = desk_of(piece) {
        found.outlet = Some(outlet);
        return Some(());
    }
    if shape::is_outlet(piece) && found.outlet.is_none() {
        found.outlet = Some(piece.to_owned());
        return Some(());
    }
    // `in Loria`, `à Loria`, `Loria`: where it was written.
    let place = CUES.opening("in", &small).map_or(piece, |cue| after(piece, cue).trim());
    let known = place.len() < piece.len() || found.people.is_some();
    (known && shape::is_name(place) && place.split(' ').count() <= 4).then_some(())
}

/// `the newsdesk of the Loria Post`: the outlet behind a desk.
fn desk_of(piece: &str) -> Option<String> {
    let (desk, outlet) =
        [" of ", " der ", " des ", " de la ", " del ", " de ", " do ", " da ", " du ", " di ", " van "]
            .iter()
            .find_map(|of| piece.split_once(of))?;
    let desk = bare(desk);
    let desk = ["the ", "der ", "die ", "la ", "le ", "a ", "o "]
        .iter()
        .find_map(|article| desk.strip_prefix(article))
        .unwrap_or(&desk);
    let outlet = outlet.trim().trim_start_matches("the ").trim_start_matches("The ");
    (CUES.is("desk", desk) && shape::is_name(outlet)).then(|| outlet.to_owned())
}
