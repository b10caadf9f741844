//! Drives the engine as the command does, and brings its spans back to the words that were given.

use crate::measure::Spans;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use stemma::model::{RawReport, Report, ReportId, Span};
use stemma::{Analysis, analyse};

/// A report in plain text under a key.
pub(crate) fn raw(key: &str, text: &str) -> RawReport {
    RawReport { key: key.to_string(), file: key.to_string(), text: text.to_string(), ..RawReport::default() }
}

/// Analyses all, in the order given.
pub(crate) fn analyse_all(raws: Vec<RawReport>) -> Vec<Analysis> {
    raws.into_par_iter().map(analyse).collect()
}

/// Each report once, as `join` wants them.
pub(crate) fn distinct(analyses: &[Analysis]) -> Vec<&Analysis> {
    let mut reports: Vec<&Analysis> = analyses.iter().collect();
    reports.sort_unstable_by_key(|a| a.report.id);
    reports.dedup_by_key(|a| a.report.id);
    reports
}

/// Which group each report is in, as labels; one that is in none is alone.
pub(crate) fn group_labels<'a>(
    analyses: &[Analysis],
    groups: impl IntoIterator<Item = &'a [ReportId]>,
) -> Vec<usize> {
    let mut of: FxHashMap<ReportId, usize> = FxHashMap::default();
    let mut n_groups = 0;
    for group in groups {
        of.extend(group.iter().map(|id| (*id, n_groups)));
        n_groups += 1;
    }
    let label = |a: &Analysis| {
        *of.entry(a.report.id).or_insert_with(|| {
            n_groups += 1;
            n_groups - 1
        })
    };
    analyses.iter().map(label).collect()
}

/// The way from a span of a report's body to code points of the text that was given.
#[derive(Debug)]
pub(crate) struct CodePoints<'a> {
    report: &'a Report,
    text: &'a str,
    before: Vec<u32>,
}

impl<'a> CodePoints<'a> {
    /// For a report that was made from `text`.
    pub(crate) fn new(report: &'a Report, text: &'a str) -> Self {
        let mut before = Vec::with_capacity(text.len() + 1);
        let mut n = 0;
        for c in text.chars() {
            before.extend(std::iter::repeat_n(n, c.len_utf8()));
            n += 1;
        }
        before.push(n);
        Self { report, text, before }
    }

    /// Byte ranges of the given text that a span of the body stands for, in order.
    ///
    /// A span may run over several stretches, since cleaning takes passages out. Two ranges with
    /// only white space between them are one.
    fn bytes(&self, span: Span) -> Vec<(usize, usize)> {
        let mut ranges: Vec<(usize, usize)> = Vec::new();
        for stretch in self.report.stretches.iter().filter(|s| s.body.overlaps(&span)) {
            let start = span.start.max(stretch.body.start) - stretch.body.start + stretch.raw;
            let end = span.end.min(stretch.body.end) - stretch.body.start + stretch.raw;
            let (start, end) = (start as usize, (end as usize).min(self.text.len()));
            match ranges.last_mut() {
                Some(last) if self.is_blank(last.1, start) => last.1 = last.1.max(end),
                _ => ranges.push((start, end)),
            }
        }
        ranges
    }

    fn is_blank(&self, start: usize, end: usize) -> bool {
        start <= end && self.text.get(start..end).is_some_and(|t| t.trim().is_empty())
    }

    /// A span of the body, in code points of the given text.
    pub(crate) fn span(&self, span: Span) -> Spans {
        self.spans(&[span])
    }

    /// Several spans of the body, in code points of the given text.
    pub(crate) fn spans(&self, spans: &[Span]) -> Spans {
        let point = |byte: usize| self.before[byte.min(self.text.len())] as usize;
        Spans::new(spans.iter().flat_map(|s| self.bytes(*s)).map(|(a, b)| (point(a), point(b))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use stemma::model::Stretch;

    #[test]
    fn spans_lead_back_over_what_cleaning_took_out() {
        let text = "Ünder way. [Share] It stopped.";
        let mut report = analyse(raw("x", "")).report;
        report.body = "Ünder way. It stopped.".into();
        let stretch = |a, b, raw| Stretch { body: Span::new(a, b), raw };
        report.stretches = vec![stretch(0, 12, 0), stretch(12, 23, 20)];
        let points = CodePoints::new(&report, text);
        assert_eq!(points.span(Span::new(0, 6)).ranges(), [(0, 5)]);
        assert_eq!(points.span(Span::new(7, 14)).ranges(), [(6, 11), (19, 21)]);
    }

    #[test]
    fn labels_leave_the_ungrouped_alone() {
        let analyses = analyse_all(vec![raw("a", "x"), raw("b", "y"), raw("c", "z"), raw("d", "w")]);
        let id = |i: usize| analyses[i].report.id;
        let pair = [id(0), id(2)];
        assert_eq!(group_labels(&analyses, [&pair[..]]), [0, 1, 0, 2]);
    }
}
