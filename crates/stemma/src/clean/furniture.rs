//! Takes out what stands around a report: lists of teasers at its end, and lines that share,
//! subscribe, advertise, ask about cookies.

use super::cues::{CUES, bare, lower};
use super::draft::Draft;
use crate::model::NoteKind;
use rustc_hash::FxHashSet;

/// The longest teaser, in characters: a headline, or a headline with a summary cut off.
const LONGEST_TEASER: usize = 180;

/// The longest line of furniture, in characters.
const LONGEST_LINE: usize = 160;

/// The share of lines behind a heading that must look like teasers.
const TEASERS: f64 = 0.8;

/// The share of teasers that may name what the report names, behind a heading that could
/// also be a subhead ("More", "Related").
const MOST_OVERLAP: f64 = 0.5;

/// The most words of a heading that is told by its first words alone.
const MOST_HEADING_WORDS: usize = 7;

/// The most that a tail may hold, as a share of what stands above it. Lists of teasers are short;
/// what is long behind such a heading is the report itself: a table, a list.
const MOST_TAIL: f64 = 0.5;

/// How many headings are tried: bounds the work on pages made of headings.
const MOST_HEADINGS: usize = 16;

/// Takes out tails and lines.
pub(super) fn remove_furniture(draft: &mut Draft) {
    tails(draft);
    let kept = draft.kept();
    for i in kept {
        let words = draft.words(i);
        if words.chars().count() <= LONGEST_LINE && is_line(words) {
            draft.remove(i..i + 1, NoteKind::Boilerplate, "A line of the page, not of the report");
        }
    }
}

fn is_line(words: &str) -> bool {
    let line = bare(words);
    let alone = !words.ends_with('.') && !words.starts_with(char::is_lowercase);
    alone && (CUES.is("line", &line) || asks(&line))
        || CUES.opening("start", &lower(words.trim_start_matches(['>', '»', '•', ' ']))).is_some()
}

/// The most words of a line that asks its reader to do something.
const MOST_ASKING_WORDS: usize = 8;

/// Whether a line, bare, is a request with its object: `share … by email`, `newsletter … bestellen`.
fn asks(line: &str) -> bool {
    let ends =
        |first: &str, last: &str| CUES.opening(first, line).is_some() && CUES.closing(last, line).is_some();
    line.split_whitespace().count() <= MOST_ASKING_WORDS && (ends("act", "thing") || ends("thing", "act"))
}

/// Takes out everything behind the first heading of teasers that teasers follow up to the end.
fn tails(draft: &mut Draft) {
    let kept = draft.kept();
    let mut tried = 0;
    for (place, &i) in kept.iter().enumerate().skip(1) {
        let line = bare(draft.words(i));
        let strong = CUES.is("tail", &line);
        if !strong && !CUES.is("weak_tail", &line) && !leads(draft.words(i), &line) {
            continue;
        }
        tried += 1;
        if tried > MOST_HEADINGS {
            return;
        }
        let behind = &kept[place + 1..];
        let teasers: Vec<&str> = behind.iter().map(|i| draft.words(*i)).filter(|w| is_teaser(w)).collect();
        if (teasers.len() as f64) < TEASERS * behind.len() as f64 {
            continue;
        }
        let size = |of: &[usize]| of.iter().map(|i| draft.words(*i).len()).sum::<usize>() as f64;
        if size(behind) > MOST_TAIL * size(&kept[..place]) {
            continue;
        }
        if !strong && (teasers.is_empty() || overlap(draft, &kept[..place], &teasers) > MOST_OVERLAP) {
            continue;
        }
        let last = *kept.last().expect("a heading was just seen");
        let detail = format!("\"{}\" and what follows it", draft.words(i).trim());
        draft.remove(i..last + 1, NoteKind::Boilerplate, detail);
        return;
    }
}

/// Whether a line leads to other reports by its first words: `More from our newsroom`.
fn leads(words: &str, line: &str) -> bool {
    let n_words = words.split_whitespace().count();
    n_words <= MOST_HEADING_WORDS && is_teaser(words) && CUES.opening("more", line).is_some()
}

/// Short, and no sentence: no stop at its end, unless it was cut off.
fn is_teaser(words: &str) -> bool {
    let words = words.trim_end();
    let stops = words.ends_with(['.', '。']) && !words.ends_with("...");
    words.chars().count() <= LONGEST_TEASER && !stops
}

/// The share of teasers that hold two names (capital words inside a line) that the report holds.
fn overlap(draft: &Draft, report: &[usize], teasers: &[&str]) -> f64 {
    let names = |words: &str| -> FxHashSet<String> {
        let inner = words.split(|c: char| !c.is_alphanumeric()).skip(1);
        inner
            .filter(|w| w.chars().count() > 3 && w.starts_with(char::is_uppercase))
            .map(str::to_lowercase)
            .collect()
    };
    let held: FxHashSet<String> = report.iter().flat_map(|i| names(draft.words(*i))).collect();
    let shared = teasers.iter().filter(|teaser| names(teaser).intersection(&held).count() >= 2).count();
    shared as f64 / teasers.len() as f64
}
