//! Titles and roles that stand beside a name: `foreign minister Ana Ode`, `Ana Ode, the minister`.
//!
//! Looks at most eight words back and six on, and never past the end of the sentence.

use super::tables::{Lexicon, RoleKind};
use super::view::Word;
use crate::model::Span;
use std::ops::Range;

/// A role beside a name.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Beside {
    /// Its words.
    pub(super) span: Span,
    /// PLOVER sector.
    pub(super) sector: Option<&'static str>,
    /// The country that it names.
    pub(super) country: Option<&'static str>,
    /// Whether it is a title alone: `Mr`.
    pub(super) title: bool,
}

fn one(kind: RoleKind) -> bool {
    matches!(kind, RoleKind::Title | RoleKind::Role)
}

/// The role that begins at word `k`, modifiers first, and the word behind it.
pub(super) fn at(lexicon: &Lexicon, words: &[Word], k: usize, end: usize) -> Option<(Beside, usize)> {
    let mut i = k;
    let mut found = None;
    while i < end {
        if let Some((len, role)) = lexicon.role_at(words, i, one).filter(|(len, _)| i + len <= end) {
            let title = role.kind == RoleKind::Title && found.is_none();
            found = Some((role.sector, title, i + len));
            i += len;
        } else if found.is_none() && is_modifier(lexicon, &words[i]) && i < k + 5 {
            i += 1;
        } else {
            break;
        }
        if words[i - 1].possessive {
            break;
        }
    }
    let (sector, title, next) = found?;
    let span = words[k].span.cover(&words[next - 1].span);
    Some((Beside { span, sector, country: None, title }, next))
}

fn is_modifier(lexicon: &Lexicon, word: &Word) -> bool {
    lexicon.is_role(word, |kind| kind == RoleKind::Modifier)
}

/// The role before the name that begins at `start`, in the words from `first`.
pub(super) fn before(lexicon: &Lexicon, words: &[Word], first: usize, start: usize) -> Option<Beside> {
    let comma = start > first && words[start - 1].lower == ",";
    let end = if comma { start - 1 } else { start };
    let floor = first.max(end.saturating_sub(8));
    let mut at = end;
    let mut country = None;
    while at > floor {
        at -= 1;
        if words[at].is_mark() || words[at].possessive && !comma {
            return None;
        }
        if let Some((len, role)) = longest_to(lexicon, words, floor, at) {
            let head = at + 1 - len;
            let from = modifiers(lexicon, words, floor, head);
            let country = country.or_else(|| country_before(lexicon, words, floor, from));
            let span = words[from].span.cover(&words[end - 1].span);
            let span = if lexicon.is_english() { words[from].span.cover(&words[at].span) } else { span };
            return Some(Beside { span, sector: role.0, country, title: role.1 });
        }
        country = country.or_else(|| lexicon.term_at(words, at).map(|(_, info)| info.code));
        if !passes(lexicon, words, at, comma) {
            return None;
        }
    }
    None
}

/// Whether the walk back may pass word `at` on its way to a role.
fn passes(lexicon: &Lexicon, words: &[Word], at: usize, comma: bool) -> bool {
    let word = &words[at];
    if lexicon.is_english() {
        return comma
            && (lexicon.term_at(words, at).is_some() || matches!(word.lower.as_str(), "of" | "the"));
    }
    lexicon.term_at(words, at).is_some()
        || lexicon.is_particle(word)
        || word.is_capital()
        || is_modifier(lexicon, word)
}

/// The role of one person that ends with word `at`: its length, sector, and whether it is a title.
fn longest_to(
    lexicon: &Lexicon,
    words: &[Word],
    floor: usize,
    at: usize,
) -> Option<(usize, (Option<&'static str>, bool))> {
    (1..=3).rev().filter(|len| at + 1 >= floor + len).find_map(|len| {
        let from = at + 1 - len;
        let (found, role) = lexicon.role_at(words, from, one)?;
        let named = role.sector == Some("CVL")
            && words[from].is_capital()
            && !words[from].opens
            && lexicon.is_english();
        (found == len && !named).then_some((len, (role.sector, role.kind == RoleKind::Title)))
    })
}

fn modifiers(lexicon: &Lexicon, words: &[Word], floor: usize, head: usize) -> usize {
    let mut from = head;
    while from > floor && is_modifier(lexicon, &words[from - 1]) && !words[from - 1].possessive {
        from -= 1;
    }
    from
}

/// The country named in the three words before a role.
fn country_before(lexicon: &Lexicon, words: &[Word], floor: usize, from: usize) -> Option<&'static str> {
    (1..=3).filter(|back| from >= floor + back).find_map(|back| {
        let (len, info) = lexicon.term_at(words, from - back)?;
        (len == back).then_some(info.code)
    })
}

/// The role behind the name that ends before word `end`: `, the foreign minister`.
pub(super) fn after(lexicon: &Lexicon, words: &[Word], end: usize, last: usize) -> Option<Beside> {
    if end >= last || words[end].lower != "," {
        return None;
    }
    let mut i = end + 1;
    let mut country = None;
    while i < last.min(end + 8) {
        if let Some((mut beside, next)) = at(lexicon, words, i, last) {
            if beside.title {
                return None;
            }
            beside.country = country.or_else(|| country_behind(lexicon, words, next, last));
            return Some(beside);
        }
        if let Some((len, info)) = lexicon.term_at(words, i) {
            country = country.or(Some(info.code));
            i += len;
        } else if lexicon.is_function(&words[i]) && i == end + 1 || words[i].possessive && i < end + 3 {
            i += 1;
        } else {
            return None;
        }
    }
    None
}

fn country_behind(lexicon: &Lexicon, words: &[Word], next: usize, last: usize) -> Option<&'static str> {
    (next..last.min(next + 3)).take_while(|i| !words[*i].is_mark()).find_map(|i| {
        let step: Range<usize> = next..i;
        let joined = step.clone().all(|k| lexicon.is_particle(&words[k]) || lexicon.is_function(&words[k]));
        joined.then(|| lexicon.term_at(words, i)).flatten().map(|(_, info)| info.code)
    })
}
