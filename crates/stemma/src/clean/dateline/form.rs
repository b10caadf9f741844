//! Words -> the parts of a dateline: place, day, what stands in brackets, and the mark that closes it.
//!
//! Tells parts only; whether they make a dateline is decided elsewhere.

use crate::clean::cues::{CUES, bare};
use crate::clean::{outlets, shape};

/// The longest dateline, in bytes: two places, a day and an agency, in a script of two bytes a letter.
const LONGEST: usize = 160;

/// The most words of a place: `SAINT-ORVAIN-SUR-MER, Haute-Loria, and PORT AMERY`.
const MOST_PLACE_WORDS: usize = 7;

/// The parts.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Form {
    /// The place; empty if none.
    pub(super) place: String,
    /// Whether the first name of the place is all capitals.
    pub(super) caps: bool,
    /// Whether a region follows the place: `SEOUL, South Korea`.
    pub(super) region: bool,
    /// What stands between place and day: `, ` or a space.
    pub(super) between: &'static str,
    /// The words of the day.
    pub(super) day: Option<String>,
    /// What the brackets hold.
    pub(super) inner: Inner,
    /// The bracket as it stands.
    pub(super) bracket: String,
    /// The mark at the end.
    pub(super) close: Close,
}

/// What the brackets of a dateline hold.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Inner {
    /// There are none.
    None,
    /// A known agency, by its usual name.
    Agency(String),
    /// Words that could name an agency.
    Name(String),
    /// Who reports, without a name: "Our correspondent".
    Role,
    /// Something else.
    Other,
}

/// The mark that closes a dateline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Close {
    Dash,
    Stop,
    Colon,
    /// The paragraph ends.
    None,
}

/// Reads the parts that words open with; returns where the text goes on.
pub(super) fn form(words: &str) -> Option<(Form, usize)> {
    let mut form = Form {
        place: String::new(),
        caps: false,
        region: false,
        between: " ",
        day: None,
        inner: Inner::None,
        bracket: String::new(),
        close: Close::None,
    };
    let mut at = bracket(words, 0, &mut form).unwrap_or(0);
    let leads = at > 0;
    let (mut place, mut day): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    loop {
        at += words[at..].len() - words[at..].trim_start().len();
        if at > LONGEST {
            return None;
        }
        let rest = &words[at..];
        if let Some((close, end)) = close(rest, at, words, &form) {
            form.close = close;
            at += end;
            break;
        }
        if rest.is_empty() {
            break;
        }
        if form.inner != Inner::None && !leads {
            // Only a day may stand behind the brackets: `MADRID (EFE) 3 mayo.-`
            if !day.is_empty() || !shape::is_day(word(rest)) {
                return None;
            }
        }
        if let Some(end) = bracket(words, at, &mut form) {
            at = end;
            continue;
        }
        let token = word(rest);
        let bare = token.trim_end_matches([',', '،']);
        let is_day = shape::is_day(bare) && (!place.is_empty() || !day.is_empty() || leads);
        if is_day && (!day.is_empty() || !matches!(bare, "de" | "of")) {
            if day.is_empty() {
                form.between = if place.last().is_some_and(|p| p.ends_with(',')) { ", " } else { " " };
            }
            day.push(token);
        } else if day.is_empty()
            && place.len() < MOST_PLACE_WORDS
            && (shape::is_capital(bare) || !place.is_empty() && shape::is_particle(bare))
        {
            place.push(token);
        } else {
            return None;
        }
        at += token.len();
    }
    finish(form, &place, &day).map(|form| (form, at + words[at..].len() - words[at..].trim_start().len()))
}

fn finish(mut form: Form, place: &[&str], day: &[&str]) -> Option<Form> {
    let day = day.join(" ");
    let has_figure = day.contains(|c: char| c.is_ascii_digit());
    form.day = has_figure.then(|| day.trim_end_matches([',', ' ', '.']).to_owned());
    if !day.is_empty() && !has_figure {
        return None;
    }
    form.place = place.join(" ").trim_end_matches([',', ' ', '،']).to_owned();
    let (first, rest) = form.place.split_once(',').unwrap_or((&form.place, ""));
    form.region = !rest.is_empty();
    let letters = first.chars().filter(|c| c.is_alphabetic());
    form.caps = first.contains(char::is_uppercase) && letters.clone().all(|c| !c.is_lowercase());
    (!form.place.is_empty() || form.inner != Inner::None).then_some(form)
}

/// The run up to white space, a bracket, or a mark that closes a dateline behind a word.
fn word(rest: &str) -> &str {
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '(' | '—' | '–')).unwrap_or(rest.len());
    let run = &rest[..end];
    // A stop closes only before white space; then it belongs to a shortened word if that is short.
    match run.strip_suffix([':']).or_else(|| run.strip_suffix(".-")) {
        Some(cut) if !cut.is_empty() => cut,
        _ => match run.strip_suffix('.') {
            Some(cut) if !is_short(cut) && !is_ordinal(cut, &rest[end..]) && !cut.is_empty() => cut,
            _ => run,
        },
    }
}

/// `Nov.`, `St.`, `D.C.`: a stop behind such a word ends no sentence.
fn is_short(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    word.contains('.')
        || crate::read::dates::month(word).is_some() && letters <= 5
        || letters <= 3 && letters > 0 && !word.contains(|c: char| c.is_ascii_digit())
}

/// `20. Oktober`: a figure whose stop makes it a day of the month.
fn is_ordinal(word: &str, behind: &str) -> bool {
    let next = behind.split_whitespace().next().unwrap_or("");
    word.bytes().all(|b| b.is_ascii_digit())
        && crate::read::dates::month(next.trim_end_matches(['.', ','])).is_some()
}

/// The mark that closes a dateline at the beginning of `rest`, and its length with it.
fn close(rest: &str, at: usize, words: &str, form: &Form) -> Option<(Close, usize)> {
    let before = &words[..at];
    let dashes = rest.trim_start_matches(['.', ' ', '_']);
    let dashes = if rest.starts_with(['.', '_']) { dashes } else { rest };
    let behind = dashes.trim_start_matches(['—', '–', '-', '−', '_']);
    let run = rest.len() - behind.len();
    let dashed = dashes.len() > behind.len() || rest.starts_with('_');
    if dashed && at > 0 {
        let spaced = behind.starts_with(char::is_whitespace) || behind.is_empty();
        let free = before.ends_with([' ', ')', '.', '/', ']']) || rest.starts_with('.');
        let long = rest.starts_with(['—', '–', '−']);
        return (spaced && free || long || form.inner != Inner::None).then_some((Close::Dash, run));
    }
    let sole = |mark: char| rest.strip_prefix(mark).is_some_and(|b| b.starts_with(char::is_whitespace));
    if at > 0 && (sole('.') || form.inner != Inner::None && rest.starts_with(". ")) {
        return Some((Close::Stop, 1));
    }
    if at > 0 && (sole(':') || rest.starts_with(".:")) {
        return Some((Close::Colon, if rest.starts_with('.') { 2 } else { 1 }));
    }
    (at > 0 && sole('|')).then_some((Close::Dash, 1))
}

/// A bracket at a place: `(KCNA)`, `/TASS/`, `[AP]`; fills the form and returns its end.
fn bracket(words: &str, at: usize, form: &mut Form) -> Option<usize> {
    let rest = &words[at..];
    let end = match rest.chars().next()? {
        '(' => rest.find(')')?,
        '[' => rest.find(']')?,
        '/' => 1 + rest[1..].find('/')?,
        _ => return None,
    };
    if end > 80 || form.inner != Inner::None {
        return None;
    }
    form.inner = inner(rest[1..end].trim());
    form.bracket = rest[..=end].to_owned();
    Some(at + end + 1)
}

fn inner(words: &str) -> Inner {
    let known = words.split(['/', ',', '-']).chain([words]).find_map(|name| outlets::agency(name.trim()));
    if let Some(agency) = known {
        return Inner::Agency(agency.name.to_owned());
    }
    if is_role(words) {
        return Inner::Role;
    }
    // `Tarrow Press/OSTA`: the first of them wrote it.
    let name = words.split('/').next().unwrap_or(words).trim();
    let name = name.trim_end_matches('.');
    if name.len() >= 2 && shape::is_name(name) && name.split(' ').count() <= 4 && !name.contains(',') {
        return Inner::Name(name.to_owned());
    }
    Inner::Other
}

/// Whether words say who reports without a name.
pub(in crate::clean) fn is_role(words: &str) -> bool {
    CUES.is("desk", &bare(words)) || CUES.is("generic", &bare(words))
}
