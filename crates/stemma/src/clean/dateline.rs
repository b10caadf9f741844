//! Takes out the dateline: `WONSAN, July 13 (KCNA) —`, `LISBOA, 3 mai (Lusa) -`, `(ANSA) - ROMA, 03 MAG -`.
//!
//! Its place and day become the report's dateline, its agency a credit. It leaves the body,
//! where it would stand inside the first sentence.

use super::draft::Draft;
use super::outlets::{self, Agency};
use crate::model::NoteKind;
use crate::read::dates;

/// The longest dateline with its dash, in bytes: two places, a day and an agency.
const LONGEST: usize = 100;

/// How many paragraphs at the beginning may hold it: behind a headline, a summary and a byline.
const FIRST: usize = 4;

/// What a dateline says.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Dateline {
    /// Place and day: `WONSAN, July 13`; empty if only an agency stands there.
    pub(super) place: String,
    /// The agency and the words that name it: `(KCNA)`.
    pub(super) agency: Option<(&'static Agency, String)>,
}

/// Takes the dateline out of the draft.
pub(super) fn take_dateline(draft: &mut Draft) -> Option<Dateline> {
    for i in draft.kept().into_iter().take(FIRST) {
        let words = draft.words(i);
        let Some((mut dateline, mut end)) = opening(words) else { continue };
        // An agency may come first, then the place.
        if dateline.place.is_empty()
            && let Some((more, further)) = opening(&words[end..])
        {
            dateline = Dateline { place: more.place, agency: dateline.agency.or(more.agency) };
            end += further;
        }
        let start = draft.paragraphs[i].range.start;
        draft.cut(start..start + end, NoteKind::Boilerplate, "The dateline, kept apart");
        return Some(dateline);
    }
    None
}

/// A dateline that words begin with, and where the report goes on behind it.
fn opening(words: &str) -> Option<(Dateline, usize)> {
    let (at, end, tight) = dash(words)?;
    let head = words[..at].trim();
    let (place, agency) = match head.strip_suffix(')').and_then(|h| h.rsplit_once('(')) {
        Some((place, inner)) => (place.trim(), Some((agency_in(inner)?, format!("({inner})")))),
        None => (head, None),
    };
    let place = place.trim_end_matches([',', '.', ' ']);
    // The report goes on with a sentence: a capital first, small letters soon.
    let goes_on = words[end..].chars().next().is_some_and(|c| !c.is_lowercase())
        && words[end..].chars().take(40).any(char::is_lowercase);
    let fits = match &agency {
        Some(_) => {
            place.is_empty() || !place.starts_with(char::is_lowercase) && place.split(' ').count() <= 8
        }
        None => !tight && goes_on && (shouted(place) || dated(place)),
    };
    fits.then(|| (Dateline { place: place.split_whitespace().collect::<Vec<_>>().join(" "), agency }, end))
}

/// The first dash that could close a dateline: where it begins, where the text goes on, and
/// whether it is a hyphen without spaces around it.
fn dash(words: &str) -> Option<(usize, usize, bool)> {
    for (at, c) in words.char_indices().take_while(|(at, _)| *at < LONGEST) {
        if !matches!(c, '—' | '–' | '-' | '−') {
            continue;
        }
        let rest = words[at..].trim_start_matches(['—', '–', '-', '−']);
        let run = words.len() - at - rest.len();
        let spaced = rest.starts_with(char::is_whitespace);
        let tight = c == '-' && run == 1 && !(spaced && words[..at].ends_with([' ', '.', ')']));
        if tight && !words[..at].ends_with(')') {
            continue;
        }
        return Some((at, words.len() - rest.trim_start().len(), tight));
    }
    None
}

fn agency_in(inner: &str) -> Option<&'static Agency> {
    inner.split(['/', ',', '-']).chain([inner]).find_map(|name| outlets::agency(name.trim()))
}

/// `LONDON`, `SEOUL, South Korea`, `TORONTO, March 3`, `WASHINGTON, D.C.`: a first name in
/// capitals of five letters or more, or of three with more behind a comma.
fn shouted(place: &str) -> bool {
    let (first, rest) = place.split_once(',').unwrap_or((place, ""));
    let letters = first.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = first.chars().all(|c| c.is_uppercase() || !c.is_alphanumeric()) && letters > 0;
    let capital =
        |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) || is_day(word);
    capitals
        && first.split(' ').count() <= 3
        && (letters >= 5 || letters >= 3 && !rest.is_empty())
        && rest.split_whitespace().filter(|word| !is_day(word)).count() <= 3
        && rest.split_whitespace().all(|word| capital(word) || word == "de")
}

/// `Pyongyang, July 13`: a place, a comma, and nothing but a day.
fn dated(place: &str) -> bool {
    let Some((name, day)) = place.rsplit_once(',') else { return false };
    let mut words = day.split_whitespace().peekable();
    let capital = name.starts_with(char::is_uppercase) && name.split(' ').count() <= 5;
    capital && words.peek().is_some() && day.contains(|c: char| c.is_ascii_digit()) && words.all(is_day)
}

fn is_day(word: &str) -> bool {
    let word = word.trim_matches(['.', ',']);
    let number = word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit());
    number || word == "de" || dates::month(word).is_some() || dates::is_weekday(word)
}
