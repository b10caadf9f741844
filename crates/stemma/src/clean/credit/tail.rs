//! A credit at the end of a paragraph, behind the end of a sentence.

use super::LONGEST;
use super::names::{Trust, names};
use crate::clean::cues::{CUES, after, lower};
use crate::clean::draft::Draft;
use crate::clean::shape::ends_sentence;
use std::ops::Range;

/// Where it stands in the text, and its names.
pub(super) fn tail(draft: &Draft, i: usize, last: bool) -> Option<(Range<usize>, Vec<String>)> {
    let words = draft.words(i);
    let base = draft.paragraphs[i].range.start;
    let end = words.len();
    let found = bracketed(words, last).or_else(|| cued(words)).or_else(|| dashed(words));
    found.map(|(from, names)| (base + from..base + end, names))
}

/// `… last month. (Reuters)`
fn bracketed(words: &str, last: bool) -> Option<(usize, Vec<String>)> {
    let shut = words.trim_end_matches(['.', '。']).strip_suffix([')', ']', '）'])?;
    let open = shut.rfind(['(', '[', '（'])?;
    let inner = shut[open..].trim_start_matches(['(', '[', '（']);
    if inner.len() > LONGEST || !closes(&words[..open]) {
        return None;
    }
    let small = lower(inner);
    let inner = CUES.opening("with", &small).map_or(inner, |cue| after(inner, cue));
    let cued = CUES.opening("credit", &small);
    let inner = cued.map_or(inner, |cue| after(inner, cue).trim_start_matches([':', ' ', '-', '–', '：']));
    let code = last && inner.len() >= 3 && inner.len() <= 8 && inner.bytes().all(|b| b.is_ascii_uppercase());
    let trust = match cued {
        Some(_) => Trust::Loose,
        None if code || last && super::super::shape::has_press_word(inner) => Trust::Named,
        None => Trust::Known,
    };
    names(inner, trust).map(|names| (open, names))
}

/// `… last month.Source: BBC- Agencies`
fn cued(words: &str) -> Option<(usize, Vec<String>)> {
    let mut from = words.len().saturating_sub(2 * LONGEST);
    while !words.is_char_boundary(from) {
        from += 1;
    }
    for (at, c) in words[from..].char_indices().rev() {
        let at = from + at;
        if !c.is_alphabetic() || !closes(&words[..at]) {
            continue;
        }
        let small = lower(&words[at..]);
        let Some(cue) = CUES.opening("credit", &small) else { continue };
        let rest = after(&words[at..], cue).trim_start();
        if let Some(names) = rest.strip_prefix([':', '：']).and_then(|rest| names(rest, Trust::Loose)) {
            return Some((at, names));
        }
    }
    None
}

/// `… last month. — AFP`
fn dashed(words: &str) -> Option<(usize, Vec<String>)> {
    let from = words.char_indices().rev().take(40).filter(|(_, c)| matches!(c, '—' | '–' | '-')).last()?.0;
    let rest = words[from..].trim_start_matches(['—', '–', '-', ' ']);
    let strict = closes(&words[..from]) && !rest.is_empty();
    strict.then(|| names(rest, Trust::Known)).flatten().map(|names| (from, names))
}

/// Where `(Reporting by …; editing by …)` stands at the end of a paragraph.
pub(super) fn sign_off(draft: &Draft, i: usize) -> Option<Range<usize>> {
    let words = draft.words(i);
    let shut = words.trim_end_matches(['.', '。']).strip_suffix([')', '）'])?;
    let open = shut.rfind(['(', '（'])?;
    let inner = lower(shut[open..].trim_start_matches(['(', '（']));
    let base = draft.paragraphs[i].range.start;
    let cued = CUES.opening("signed", &inner).is_some() && closes(&words[..open]);
    (inner.len() < 400 && cued).then(|| base + open..base + words.len())
}

/// Whether a sentence ends there, or nothing stands before.
fn closes(before: &str) -> bool {
    before.trim().is_empty() || ends_sentence(before)
}
