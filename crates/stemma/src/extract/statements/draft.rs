//! A statement before it has values: runs of words for source, cue and content.
//!
//! What rules and tagger have in common; [`finish`](super::finish) turns drafts into statements.

use super::words::Text;
use std::ops::Range;

/// Source, cue and content as runs of words, in order, none empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Draft {
    /// Who says it.
    pub(super) source: Vec<Range<usize>>,
    /// The words of saying.
    pub(super) cue: Vec<Range<usize>>,
    /// What is said.
    pub(super) content: Vec<Range<usize>>,
    /// How sure the finder is, 0 to 1.
    pub(super) score: f32,
}

impl Draft {
    /// The first and one past the last word of content.
    pub(super) fn reach(&self) -> Range<usize> {
        let start = self.content.first().map_or(0, |r| r.start);
        start..self.content.last().map_or(start, |r| r.end)
    }

    /// From the first to one past the last word of cue and content.
    pub(super) fn whole(&self) -> Range<usize> {
        let runs = || self.cue.iter().chain(&self.content);
        runs().map(|r| r.start).min().unwrap_or(0)..runs().map(|r| r.end).max().unwrap_or(0)
    }

    /// How many words of content there are.
    pub(super) fn n_words(&self) -> usize {
        self.content.iter().map(ExactSizeIterator::len).sum()
    }

    /// How many words of content two drafts share.
    pub(super) fn shared(&self, other: &Draft) -> usize {
        let pairs = self.content.iter().flat_map(|a| other.content.iter().map(move |b| (a, b)));
        pairs.map(|(a, b)| a.end.min(b.end).saturating_sub(a.start.max(b.start))).sum()
    }
}

/// Cuts marks off the ends of a run, but keeps marks of quotation and closing stops in them.
pub(super) fn trim(text: &Text, run: Range<usize>) -> Option<Range<usize>> {
    let (mut start, mut end) = (run.start, run.end);
    while end > start && is_trailing(text, end - 1) {
        end -= 1;
    }
    while start < end && matches!(text.raw(start), "," | ";" | ":" | "-" | "–" | "—" | "." | ")") {
        start += 1;
    }
    (start < end).then_some(start..end)
}

fn is_trailing(text: &Text, i: usize) -> bool {
    matches!(text.raw(i), "." | "," | ";" | ":" | "-" | "–" | "—" | "(")
        && !(text.quoted(i) && text.quoted(i + 1))
}
