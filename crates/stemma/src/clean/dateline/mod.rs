//! Takes out the dateline: `WONSAN, July 13 (KCNA) —`, `LISBOA, 3 mai (Lusa) -`, `(ANSA) - ROMA, 03 MAG -`.
//!
//! Its place and day become the report's dateline, its agency a credit, a day with its year the
//! report's date if nothing else gives one. It leaves the body, where it would stand inside the
//! first sentence. Forms are in `form`, those of East Asia in `east`.

mod east;
mod form;

use super::draft::Draft;
use super::{outlets, shape};
use crate::model::{Moment, NoteKind};
use crate::read::dates;
use form::{Close, Form, Inner};

/// The fewest letters of a place in capitals that is a dateline by itself. Four let in `NATO`, `WATCH`.
const FEWEST_CAPITALS: usize = 5;

/// What a dateline says.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Dateline {
    /// Place and day: `WONSAN, July 13`; empty if only an agency stands there.
    pub(super) place: String,
    /// The agency in its usual name, and the words that name it: `(KCNA)`.
    pub(super) agency: Option<(String, String)>,
    /// Its day, if its year stands there as well.
    pub(super) day: Option<Moment>,
}

/// Takes the dateline out of the draft: it opens the first paragraph that is told, or stands above
/// it as a line of its own.
pub(super) fn take_dateline(draft: &mut Draft) -> Option<Dateline> {
    let (head, first) = draft.head();
    for i in head.iter().copied().chain(first) {
        let words = draft.words(i);
        let told = Some(i) == first;
        let Some((form, end)) = east::opening(words).or_else(|| opening(words)) else { continue };
        let whole = end == words.len();
        if whole && (told || form.day.is_none()) || !fits(&form, &words[end..], &draft.text, whole) {
            continue;
        }
        let start = draft.paragraphs[i].range.start;
        if whole {
            draft.remove(i..i + 1, NoteKind::Boilerplate, "The dateline, kept apart");
        } else {
            draft.cut(start..start + end, NoteKind::Boilerplate, "The dateline, kept apart");
        }
        return Some(dateline(&form));
    }
    None
}

/// The form that words open with. An agency may come first, then the place.
fn opening(words: &str) -> Option<(Form, usize)> {
    let (mut form, mut end) = form::form(words)?;
    // `МОСКВА, 13 июл — РИА Новости. `: the agency behind the dash.
    if form.close == Close::Dash
        && form.inner == Inner::None
        && let Some((name, _)) = words[end..].split_once(". ").filter(|(name, _)| name.len() <= 60)
        && let Some(agency) = outlets::agency(name)
    {
        form.inner = Inner::Agency(agency.name.to_owned());
        form.bracket = name.to_owned();
        end += name.len() + 2;
    }
    if form.place.is_empty()
        && matches!(form.inner, Inner::Agency(_))
        && let Some((more, further)) = form::form(&words[end..])
        && more.inner == Inner::None
        && !more.place.is_empty()
        && more.close == Close::Dash
    {
        return Some((Form { inner: form.inner, bracket: form.bracket, ..more }, end + further));
    }
    Some((form, end))
}

/// Whether a form is a dateline, by what it holds and what stands behind it.
fn fits(form: &Form, rest: &str, text: &str, whole: bool) -> bool {
    let day = form.day.as_deref().unwrap_or("");
    let has_month = day.split_whitespace().any(|word| dates::month(word.trim_matches(['.', ','])).is_some());
    let dated = !form.place.is_empty() && has_month && (form.between == ", " || form.caps && !whole);
    if form.place.starts_with(|c: char| c.is_ascii_digit()) || is_label(&form.place) {
        return false;
    }
    let named = match &form.inner {
        Inner::None => false,
        Inner::Other => return false,
        Inner::Agency(_) => true,
        Inner::Name(_) | Inner::Role => !form.place.is_empty(),
    };
    if whole {
        return dated;
    }
    let goes_on =
        shape::is_capital(rest) && rest.chars().take(40).any(|c| !c.is_uppercase() && c.is_alphabetic());
    if !goes_on {
        return false;
    }
    let letters = form.place.chars().filter(|c| c.is_alphabetic()).count();
    let shouted = form.caps && (letters >= FEWEST_CAPITALS || letters >= 3 && form.region);
    match form.close {
        Close::Dash => named || dated || shouted && is_short_place(&form.place),
        Close::Stop => named || dated || recurs(&form.place, text, form.caps),
        Close::Colon => {
            named || shouted && form.place.split(' ').count() <= 3 && recurs(&form.place, text, true)
        }
        Close::None => false,
    }
}

/// The most words of one name in a place without day and agency, particles aside: `RIO DE JANEIRO`,
/// but not `HOGS OPEN UP SHARPLY`, a headline that runs into its text.
const MOST_NAME_WORDS: usize = 3;

/// Whether each name of a place is short and without figures.
fn is_short_place(place: &str) -> bool {
    let short = |name: &str| {
        name.split_whitespace().filter(|word| !shape::is_particle(&super::cues::lower(word))).count()
            <= MOST_NAME_WORDS
    };
    !place.contains(|c: char| c.is_ascii_digit()) && place.split(',').all(short)
}

/// Whether the place of a bare dateline, `Loria. In the harbour …`, is told of as a place: it stands
/// in the text once more, behind a word for "in" or "from"; for one in capitals anywhere in the text.
fn recurs(place: &str, text: &str, caps: bool) -> bool {
    if place.split(' ').count() > 3 || place.chars().count() < 3 {
        return false;
    }
    let small = super::cues::lower(place);
    text.split_whitespace().collect::<Vec<_>>().windows(2).any(|pair| {
        let first = small.split(' ').next().unwrap_or("");
        let stem =
            |word: &str| super::cues::lower(word).trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        let fits = pair[1].starts_with(char::is_uppercase) && stem(pair[1]).starts_with(first);
        fits && (super::cues::CUES.is("in", &super::cues::lower(pair[0])) || caps && !is_shouted(pair[1]))
    })
}

/// Whether words call for attention rather than name a place: `BREAKING NEWS`, `A FIRE`.
fn is_label(place: &str) -> bool {
    let small = super::cues::bare(place);
    small.starts_with("a ")
        || small.starts_with("an ")
        || super::cues::CUES.opening("label", &small).is_some()
}

fn is_shouted(word: &str) -> bool {
    !word.contains(char::is_lowercase)
}

fn dateline(form: &Form) -> Dateline {
    let agency = match &form.inner {
        Inner::Agency(name) | Inner::Name(name) => Some((name.clone(), form.bracket.clone())),
        _ => None,
    };
    let day = form.day.as_deref().and_then(dates::first_day).map(Moment::day);
    let place = match &form.day {
        Some(day) if form.place.is_empty() => day.clone(),
        Some(day) => format!("{}{}{day}", form.place, form.between),
        None => form.place.clone(),
    };
    Dateline { place, agency, day }
}
