//! Words -> noun phrases beside a cue, without a parser.
//!
//! A phrase is a run of nouns, names, determiners and what joins them; it ends where a verb,
//! a mark or another preposition stands. All walks are bounded.

use super::lexicon::{Class, List};
use super::nominal;
use super::words::Text;
use std::ops::Range;

/// Longest noun phrase, in words: a name with office, country and apposition.
const MAX_PHRASE: usize = 24;
/// Longest apposition between commas, in words.
const MAX_APPOSITION: usize = 16;

/// The noun phrase that ends right before a word, with an apposition between commas.
/// Never reaches before `from`.
pub(super) fn before(text: &Text, end: usize, from: usize) -> Option<Range<usize>> {
    let last = end.checked_sub(1).filter(|l| *l >= from)?;
    if matches!(text.raw(last), "," | "-" | "–" | "—" | ")") {
        return across(text, last, from);
    }
    match text.class(last) {
        Class::Pronoun | Class::Relative => Some(last..end),
        Class::Mark => None,
        _ => Some(start_of(text, end, from)..end).filter(|run| !run.is_empty()),
    }
}

/// The phrase before an insertion that ends at the mark `last`: `X, the minister, said`.
fn across(text: &Text, last: usize, from: usize) -> Option<Range<usize>> {
    let pair = match text.raw(last) {
        ")" => "(",
        mark => mark,
    };
    let floor = from.max(last.saturating_sub(MAX_APPOSITION));
    let opening = (floor..last).rev().find(|i| text.is(*i, pair))?;
    if opening == from || text.quoted(opening) {
        return None;
    }
    let inner = opening + 1;
    let first = start_of(text, opening, from);
    if first >= opening {
        return None;
    }
    let names = matches!(text.class(inner), Class::Determiner | Class::Word) && inner < last;
    let noun = names
        && pair == ","
        && (inner..last).all(|i| !matches!(text.class(i), Class::Aux | Class::Be | Class::Pronoun));
    Some(first..if noun || pair == "(" { if pair == "(" { last + 1 } else { last } } else { opening })
}

/// Where the noun phrase begins that ends before `end`.
fn start_of(text: &Text, end: usize, from: usize) -> usize {
    let floor = from.max(end.saturating_sub(MAX_PHRASE));
    let mut start = end;
    while start > floor {
        let i = start - 1;
        match text.class(i) {
            Class::Word if verb_like(text, i) => break,
            Class::Word | Class::Number => {}
            Class::Genitive if start < end && start > floor + 1 => {}
            Class::Mark if matches!(text.raw(i), "." | "&" | "-") && start < end && touches(text, i) => {}
            Class::Determiner | Class::To if text.is_article(i) => {
                start = i;
                let joined = i > floor && text.class(i - 1) == Class::Genitive;
                if joined { continue } else { break }
            }
            Class::Conjunction if start < end && joins_names(text, i, floor) => {}
            Class::Time if text.words[i].capital && start < end && text.words[start].capital => {}
            _ => break,
        }
        start = i;
    }
    while start < end && matches!(text.class(start), Class::Genitive | Class::Conjunction) {
        start += 1;
    }
    start
}

/// A mark without spaces around it, as in `U.S` or `A&B`.
fn touches(text: &Text, i: usize) -> bool {
    i > 0 && text.words[i - 1].span.end == text.words[i].span.start
}

/// `Kim and Lavrov`: a conjunction between two capitals.
fn joins_names(text: &Text, i: usize, floor: usize) -> bool {
    i > floor
        && text.words[i - 1].capital
        && text.words.get(i + 1).is_some_and(|w| w.capital)
        && text.lower(i).chars().count() <= 3
}

/// A lower-case verb of saying inside a phrase ends it, unless it may be an adjective.
fn verb_like(text: &Text, i: usize) -> bool {
    // `el acusado`: a participle behind its article is a noun.
    let lexicon = text.lexicon;
    if !lexicon.frozen && i > 0 && text.is_article(i - 1) && lexicon.is_participle(text.lower(i)) {
        return false;
    }
    !text.words[i].capital
        && text.lexicon.verb(text.lower(i)).is_some()
        && !text.lexicon.is(List::Noun, text.lower(i))
        && text.lexicon.role(text.lower(i)) == Default::default()
}

/// The noun phrase that begins at a word, with an apposition behind a comma.
/// Never reaches past `to`.
pub(super) fn after(text: &Text, start: usize, to: usize) -> Option<Range<usize>> {
    if text.lexicon.verb_second {
        return nominal::noun_phrase(text, start, to);
    }
    let ceiling = to.min(start + MAX_PHRASE);
    if start < ceiling && text.class(start) == Class::Pronoun {
        return Some(start..start + 1);
    }
    let mut end = start;
    while end < ceiling {
        match text.class(end) {
            Class::Word if end > start && verb_like(text, end) => break,
            Class::Word | Class::Number => {}
            Class::Determiner | Class::To
                if text.is_article(end) && (end == start || text.class(end - 1) == Class::Genitive) => {}
            Class::Genitive if end > start || text.is_article(end) => {}
            Class::Mark
                if matches!(text.raw(end), "." | "&" | "-")
                    && end > start
                    && touches(text, end)
                    && end + 1 < to
                    && text.words[end + 1].capital => {}
            Class::Conjunction if end > start && joins_names(text, end, start) => {}
            _ => break,
        }
        end += 1;
    }
    while end > start
        && matches!(text.class(end - 1), Class::Genitive | Class::Conjunction | Class::Determiner)
    {
        end -= 1;
    }
    (end > start).then(|| start..apposition(text, start..end, to))
}

/// `X, minister of Y,` or `its minister, X.`: where the insertion ends, else the phrase's end.
fn apposition(text: &Text, phrase: Range<usize>, to: usize) -> usize {
    let end = phrase.end;
    let inner = end + 1;
    let role = || phrase.clone().any(|i| has_role(text, i));
    let named = || text.is_article(phrase.start) && names_only(text, inner, to, role());
    if !text.is(end, ",") || inner >= to || !(noun_begins(text, inner) || named()) {
        return end;
    }
    let ceiling = to.min(inner + MAX_APPOSITION);
    for i in inner..ceiling {
        match text.class(i) {
            Class::Mark if matches!(text.raw(i), "," | "." | ";") => return if i > inner { i } else { end },
            Class::Aux | Class::Be | Class::Pronoun | Class::That => return end,
            Class::Mark if text.words[i].quote.inside() => return end,
            _ if verb_like(text, i) => return end,
            _ => {}
        }
    }
    if ceiling == to { to } else { end }
}

/// Whether words after a comma name an office: `the minister`, `spokesman`.
fn noun_begins(text: &Text, i: usize) -> bool {
    (i..i + 4).any(|j| has_role(text, j)) && matches!(text.class(i), Class::Determiner | Class::Word)
}

fn has_role(text: &Text, i: usize) -> bool {
    let role = text.lexicon.role(text.lower(i));
    role.person || role.body || role.title
}

/// Whether nothing but a name stands between a comma and the next mark: two capitals, or one
/// behind a word of office.
fn names_only(text: &Text, from: usize, to: usize, role: bool) -> bool {
    let capitals = (from..to.min(from + 6))
        .take_while(|i| text.words[*i].capital && text.class(*i) == Class::Word)
        .count();
    let next = from + capitals;
    capitals >= if role { 1 } else { 2 } && (next >= to || text.class(next) == Class::Mark)
}
