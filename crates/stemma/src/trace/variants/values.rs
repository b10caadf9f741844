//! Aligned sentences -> differing numbers and dates.
//!
//! Values that both have are set aside; what is left over on both sides is paired by what is
//! counted, then by order. A value that only one side has is a cut, not a variant.

use super::{Difference, Reading, Sides};
use crate::Analysis;
use crate::compare::fold::number;
use crate::extract::TimeKind;
use crate::model::Span;
use crate::segment::TokenKind;
use crate::trace::VariantKind;

/// Bytes between a month and its year, at most: a preposition.
const MAX_BETWEEN: usize = 5;

/// A number or date of a sentence.
#[derive(Clone, Debug)]
pub(super) struct Value {
    pub(super) kind: VariantKind,
    pub(super) span: Span,
    /// Equal for equal values; a finer date holds a coarser one as its beginning.
    pub(super) key: String,
    unit: String,
    /// Whether the year is told by words (`June last year`), so that a year in figures is another reading.
    dated_by_words: bool,
}

pub(super) fn differences(sides: &Sides) -> Vec<Difference> {
    let (mut left, mut right) = (values(sides.a, sides.at.a), values(sides.b, sides.at.b));
    left.retain(|x| match right.iter().position(|y| agree(x, y)) {
        Some(k) => {
            right.remove(k);
            false
        }
        None => true,
    });
    let mut found = Vec::new();
    for same_unit in [true, false] {
        left.retain(|x| {
            let at = right.iter().position(|y| x.kind == y.kind && (!same_unit || x.unit == y.unit));
            let Some(k) = at else { return true };
            let y = right.remove(k);
            let reading = |v: &Value| Reading { span: v.span, key: v.key.clone() };
            found.push(Difference { kind: x.kind, a: reading(x), b: reading(&y) });
            false
        });
    }
    found
}

/// Whether two values can both hold of one telling.
pub(super) fn agree(x: &Value, y: &Value) -> bool {
    let relative = |v: &Value, other: &Value| v.dated_by_words && !other.key.starts_with('X');
    x.kind == y.kind
        && (x.key == y.key
            || x.kind == VariantKind::Date
                && dates_agree(&x.key, &y.key)
                && !relative(x, y)
                && !relative(y, x))
}

/// Dates agree where each part is equal or unknown, as far as both go.
fn dates_agree(x: &str, y: &str) -> bool {
    let shape = |s: &str| s.contains('W') || s.contains('_') || s.starts_with(['P', 'T']);
    if shape(x) != shape(y) {
        return false;
    }
    x.bytes().zip(y.bytes()).all(|(p, q)| p == q || p == b'X' || q == b'X')
}

/// The values of a report inside a span: dates and times, quantities, and figures that neither holds.
pub(super) fn values(report: &Analysis, within: Span) -> Vec<Value> {
    let found = &report.extracts;
    let mut values: Vec<Value> = Vec::new();
    for time in found.times.iter().filter(|t| within.contains(&t.span)) {
        if matches!(time.kind, TimeKind::Date | TimeKind::Time) && !time.value_undated.is_empty() {
            let (span, key) = (time.span, time.value_undated.clone());
            let dated_by_words =
                key.starts_with("XXXX-") && report.report.words(span).split_whitespace().count() > 2;
            push_date(
                report,
                &mut values,
                Value { kind: VariantKind::Date, span, key, unit: String::new(), dated_by_words },
            );
        }
    }
    let taken = |values: &[Value], span: &Span| values.iter().any(|v| v.span.overlaps(span));
    for quantity in found.quantities.iter().filter(|q| within.contains(&q.span)) {
        let free = !taken(&values, &quantity.number);
        let timed = found.times.iter().any(|t| t.span.overlaps(&quantity.number));
        if let (true, false, Some(value)) = (free, timed, quantity.low.or(quantity.high)) {
            let (span, key) = (quantity.number, format!("{value}"));
            values.push(Value {
                kind: VariantKind::Number,
                span,
                key,
                unit: quantity.unit.clone(),
                dated_by_words: false,
            });
        }
    }
    let from = report.segments.token_from(within.start);
    let figures = report.segments.tokens[from..].iter().take_while(|t| t.span.end <= within.end);
    for token in figures.filter(|t| t.kind == TokenKind::Number) {
        let timed = found.times.iter().any(|t| t.span.overlaps(&token.span));
        if !timed && !taken(&values, &token.span) {
            let key = number(report.report.words(token.span));
            let (kind, span) = (VariantKind::Number, token.span);
            values.push(Value { kind, span, key, unit: "figure".to_owned(), dated_by_words: false });
        }
    }
    values.sort_by_key(|v| v.span);
    values
}

/// Adds a date; a year close behind a month or day without one belongs to it (`June in 2015`).
fn push_date(report: &Analysis, values: &mut Vec<Value>, date: Value) {
    let is_year = date.key.len() == 4 && date.key.bytes().all(|b| b.is_ascii_digit());
    if let Some(last) =
        values.last_mut().filter(|l| is_year && l.key.starts_with("XXXX-") && !l.key.contains('W'))
    {
        let between = Span { start: last.span.end, end: date.span.start.max(last.span.end) };
        if between.len() <= MAX_BETWEEN && !report.report.words(between).contains([',', '.', ';']) {
            last.span.end = date.span.end;
            last.key.replace_range(..4, &date.key);
            last.dated_by_words = false;
            return;
        }
    }
    values.push(date);
}
