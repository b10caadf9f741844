//! Where contents begin and end: clauses, quotations, and what cue and source cut out of them.

use super::super::draft::{Draft, trim};
use super::super::lexicon::Class;
use super::super::quotes::Edge;
use super::super::words::Text;
use super::MAX_SENTENCE;
use std::ops::Range;

/// Where a clause that ends before `end` begins: behind the last semicolon or dash.
pub(super) fn clause_start(text: &Text, sentence: &Range<usize>, end: usize) -> usize {
    let marks = |i: &usize| !text.quoted(*i) && matches!(text.raw(*i), ";" | "—" | "–");
    (sentence.start..end.saturating_sub(2)).rev().find(marks).map_or(sentence.start, |i| i + 1)
}

/// Where a clause ends that begins at `start`: at a semicolon outside quotation, else at `end`.
pub(super) fn clause_end(text: &Text, start: usize, end: usize) -> usize {
    (start..end).find(|i| !text.quoted(*i) && text.is(*i, ";")).unwrap_or(end)
}

/// A mark that can stand between a content and its cue.
pub(super) fn ends_content(text: &Text, i: usize) -> bool {
    text.words[i].quote.edge == Edge::Close
        || !text.quoted(i) && matches!(text.raw(i), "," | "?" | "!" | "—" | "–" | "-")
}

/// Whether a quotation closes right before a word that begins a sentence in lower case.
pub(super) fn closes_before(text: &Text, i: usize) -> bool {
    text.words[i - 1].quote.edge == Edge::Close && text.words[i - 1].passage == text.words[i].passage
}

/// The content that ends before `end`: its clause, or the quotation as far back as it goes.
pub(super) fn earlier(text: &Text, end: usize, sentence: &Range<usize>) -> Range<usize> {
    let comma = end > 1 && text.is(end - 1, ",") && text.quoted(end - 2);
    if comma {
        return earlier(text, end - 1, sentence);
    }
    if end == 0 || !text.quoted(end - 1) {
        return clause_start(text, sentence, end)..end;
    }
    let mut start = clause_start(text, sentence, end).min(end - 1);
    let (passage, id) = (text.words[end - 1].passage, text.words[end - 1].quote.id);
    let floor = end.saturating_sub(MAX_SENTENCE);
    if start == end - 1 || text.words[start].quote.id == id {
        while start > floor
            && text.words[start - 1].quote.id == id
            && text.words[start - 1].passage == passage
        {
            start -= 1;
        }
    }
    start..end
}

/// The quotations in a stretch, each a run.
pub(super) fn quoted_runs(text: &Text, stretch: Range<usize>) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for i in stretch {
        if !text.quoted(i) {
            continue;
        }
        match runs.last_mut() {
            Some(last) if last.end == i => last.end = i + 1,
            _ => runs.push(i..i + 1),
        }
    }
    runs
}

/// A mark between two clauses, outside of quotation, or the end of a quotation that is a
/// sentence.
pub(super) fn divides(text: &Text, i: usize) -> bool {
    if text.quoted(i) {
        let closes = text.words[i].quote.edge == Edge::Close;
        return closes && i > 0 && matches!(text.raw(i - 1), "." | "," | "!" | "?" | "…");
    }
    matches!(text.raw(i), "," | ";" | ":" | "—" | "–" | "(" | ")" | "?" | "!")
}

/// What a colon announces: the rest of the sentence, or the next one if it is quoted.
pub(super) fn announced(text: &Text, from: usize, sentence: &Range<usize>) -> Range<usize> {
    if from < sentence.end {
        return from..sentence.end;
    }
    let next = text.words.get(sentence.end).map(|w| text.sentences[w.sentence as usize].clone());
    next.filter(|n| text.quoted(n.start)).unwrap_or(from..from)
}

/// Joins runs to a draft; none if nothing is left of the content.
pub(super) fn draft(
    text: &Text,
    source: Option<Range<usize>>,
    cue: impl IntoIterator<Item = Range<usize>>,
    content: impl IntoIterator<Item = Range<usize>>,
) -> Option<Draft> {
    let cue: Vec<Range<usize>> = cue.into_iter().collect();
    let taken: Vec<&Range<usize>> = cue.iter().chain(&source).collect();
    let mut runs: Vec<Range<usize>> = Vec::new();
    for run in content {
        for piece in without(&run, &taken) {
            runs.extend(trim(text, piece));
        }
    }
    let worded = runs.iter().any(|r| r.clone().any(|i| text.class(i) != Class::Mark));
    let source = source.into_iter().collect();
    worded.then_some(Draft { source, cue, content: runs, score: 1.0 })
}

/// A run without the words of others.
fn without(run: &Range<usize>, others: &[&Range<usize>]) -> Vec<Range<usize>> {
    let mut pieces = vec![run.clone()];
    for other in others {
        pieces = pieces
            .into_iter()
            .flat_map(|p| [p.start..p.end.min(other.start), p.start.max(other.end)..p.end])
            .filter(|p| p.start < p.end)
            .collect();
    }
    pieces.dedup();
    pieces
}
