//! A report's values by the sentences that they touch, so that a sentence looks at its own alone.

use crate::Analysis;
use crate::extract::{Quantity, Statement};
use crate::model::Span;

/// All values of a report, each under every sentence that it touches.
pub(super) struct BySentence<'a> {
    report: &'a Analysis,
    statements: Vec<(u32, u32)>,
    quantities: Vec<(u32, u32)>,
    names: Vec<(u32, u32)>,
    times: Vec<(u32, u32)>,
}

/// What touches one sentence; indices are the report's, ascending.
#[derive(Clone, Copy)]
pub(super) struct Held<'a> {
    /// The report that the sentence stands in.
    pub report: &'a Analysis,
    statements: &'a [(u32, u32)],
    quantities: &'a [(u32, u32)],
    names: &'a [(u32, u32)],
    times: &'a [(u32, u32)],
}

impl<'a> BySentence<'a> {
    /// Sorts the values of a report.
    pub fn of(report: &'a Analysis) -> Self {
        let extracts = &report.extracts;
        let parts = |i: usize| {
            let s = &extracts.statements[i];
            s.content.iter().chain(&s.source).chain(&s.cue).copied()
        };
        Self {
            report,
            statements: sorted(
                report,
                (0..extracts.statements.len()).flat_map(|i| parts(i).map(move |s| (i, s))),
            ),
            quantities: sorted(
                report,
                extracts.quantities.iter().map(|q| q.span.cover(&q.number)).enumerate(),
            ),
            names: sorted(report, extracts.names.iter().map(|n| n.span).enumerate()),
            times: sorted(report, extracts.times.iter().map(|t| t.span).enumerate()),
        }
    }

    /// What touches a sentence, by its index.
    pub fn sentence(&'a self, index: usize) -> Held<'a> {
        let row = |pairs: &'a [(u32, u32)]| {
            let from = pairs.partition_point(|p| (p.0 as usize) < index);
            let n = pairs[from..].partition_point(|p| p.0 as usize == index);
            &pairs[from..from + n]
        };
        Held {
            report: self.report,
            statements: row(&self.statements),
            quantities: row(&self.quantities),
            names: row(&self.names),
            times: row(&self.times),
        }
    }
}

/// Sentence and value of each span, ascending, each pair once.
fn sorted(report: &Analysis, spans: impl Iterator<Item = (usize, Span)>) -> Vec<(u32, u32)> {
    let sentences = &report.segments.sentences;
    let touched = |(value, span): (usize, Span)| {
        let from = sentences.partition_point(|s| s.span.end <= span.start);
        let n = sentences[from..].partition_point(|s| s.span.start < span.end);
        (from..from + n).map(move |s| (s as u32, value as u32))
    };
    let mut pairs: Vec<(u32, u32)> = spans.flat_map(touched).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

impl<'a> Held<'a> {
    /// Statements with a part in the sentence.
    pub fn statements(self) -> impl Iterator<Item = (u32, &'a Statement)> {
        self.statements.iter().map(move |p| (p.1, &self.report.extracts.statements[p.1 as usize]))
    }

    /// Quantities that touch it.
    pub fn quantities(self) -> impl Iterator<Item = (u32, &'a Quantity)> {
        self.quantities.iter().map(move |p| (p.1, &self.report.extracts.quantities[p.1 as usize]))
    }

    /// Indices of quantities whose number's middle lies in a span of the sentence.
    pub fn quantities_in(self, span: Span) -> Vec<u32> {
        inside(self.quantities, span, |i| self.report.extracts.quantities[i].number)
    }

    /// Indices of names whose middle lies in a span of the sentence.
    pub fn names_in(self, span: Span) -> Vec<u32> {
        inside(self.names, span, |i| self.report.extracts.names[i].span)
    }

    /// Indices of times whose middle lies in a span of the sentence.
    pub fn times_in(self, span: Span) -> Vec<u32> {
        inside(self.times, span, |i| self.report.extracts.times[i].span)
    }
}

fn inside(pairs: &[(u32, u32)], span: Span, of: impl Fn(usize) -> Span) -> Vec<u32> {
    let holds = |i: usize| {
        let middle = (of(i).start + of(i).end) / 2;
        span.start <= middle && middle < span.end
    };
    pairs.iter().map(|p| p.1).filter(|i| holds(*i as usize)).collect()
}
