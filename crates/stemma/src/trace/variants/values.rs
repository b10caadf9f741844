//! Aligned sentences -> differing numbers and dates.
//!
//! Values that both have are set aside; what is left over on both sides is paired by what is counted,
//! by figures that are nearly the same, by the words beside it and by its place in the sentence. A value
//! that only one side has is a cut, not a variant.

use super::{Difference, Reading, Sides};
use crate::Analysis;
use crate::compare::fold::{fold, number};
use crate::extract::{TimeKind, statements};
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
    /// Its figures as written, without marks; empty if it is in words.
    figures: String,
    /// Whether the year is told by words (`June last year`), so that a year in figures is another reading.
    dated_by_words: bool,
}

pub(super) fn differences(sides: &Sides) -> Vec<Difference> {
    let (mut left, mut right) = (values(sides.a, sides.at.a), values(sides.b, sides.at.b));
    left.retain(|x| match right.iter().position(|y| agree(x, y) || same_figures(x, y)) {
        Some(k) => {
            right.remove(k);
            false
        }
        None => true,
    });
    let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
    for (i, x) in left.iter().enumerate() {
        let scores = right.iter().enumerate().map(|(j, y)| (counterparts(sides, x, y), i, j));
        pairs.extend(scores.filter(|p| p.0 >= COUNTERPART));
    }
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (_, i, j) in pairs {
        if found.iter().all(|f| f.0 != i && f.1 != j) {
            found.push((i, j));
        }
    }
    found.sort_unstable();
    let reading = |v: &Value| Reading { span: v.span, key: v.key.clone() };
    let kind = |x: &Value, y: &Value| if x.is_figure() { y.kind } else { x.kind };
    let differ = |(i, j): (usize, usize)| {
        let (x, y) = (&left[i], &right[j]);
        Difference { kind: kind(x, y), a: reading(x), b: reading(y) }
    };
    found.into_iter().map(differ).collect()
}

/// Score from which two values that differ are two readings of one: by place alone they must stand within a
/// fifth of the sentence.
const COUNTERPART: f32 = 0.8;

/// How surely two values that differ stand for one another, 0 to 4.
fn counterparts(sides: &Sides, x: &Value, y: &Value) -> f32 {
    let near = nearly(&x.figures, &y.figures);
    if x.kind != y.kind && !((x.is_figure() || y.is_figure()) && near) {
        return 0.0;
    }
    let place = |v: &Value, within: Span| (v.span.start - within.start) as f32 / within.len().max(1) as f32;
    let apart = (place(x, sides.at.a) - place(y, sides.at.b)).abs();
    let same_unit = x.unit == y.unit && !x.unit.is_empty() && !x.is_figure();
    let alike = x.kind == VariantKind::Date
        && x.key.len() == y.key.len()
        && x.key.contains('W') == y.key.contains('W');
    let (p, q) = (beside(sides.a, x.span), beside(sides.b, y.span));
    let words = p.iter().zip(&q).filter(|(p, q)| p == q && p.is_some()).count();
    f32::from(u8::from(same_unit || alike)) + f32::from(u8::from(near)) + 0.5 * words as f32 + 1.0 - apart
}

/// The words before and behind a place.
fn beside(report: &Analysis, span: Span) -> [Option<String>; 2] {
    let at = report.segments.token_from(span.start);
    let word = |t: Option<&crate::segment::Token>| t.map(|t| fold(report.report.words(t.span)));
    let tokens = &report.segments.tokens;
    let behind = tokens[at..].iter().find(|t| t.span.start >= span.end);
    [word(at.checked_sub(1).map(|i| &tokens[i])), word(behind)]
}

/// Whether figures are nearly the same: digits in another order, one digit other, more or fewer, or noughts.
fn nearly(x: &str, y: &str) -> bool {
    if x.is_empty() || y.is_empty() {
        return false;
    }
    let sorted = |s: &str| {
        let mut digits: Vec<u8> = s.bytes().collect();
        digits.sort_unstable();
        digits
    };
    let start = x.bytes().zip(y.bytes()).take_while(|(p, q)| p == q).count();
    let rest = x.len().min(y.len()) - start;
    let end = x.bytes().rev().zip(y.bytes().rev()).take(rest).take_while(|(p, q)| p == q).count();
    let (short, long) = (x.len().min(y.len()), x.len().max(y.len()));
    let one_off = long - start - end <= 1 && long > 1;
    one_off && short > 0 || sorted(x) == sorted(y) || x.trim_end_matches('0') == y.trim_end_matches('0')
}

impl Value {
    /// Whether it is figures of which no table said what they mean.
    fn is_figure(&self) -> bool {
        self.unit == FIGURE
    }
}

/// The unit of figures that are neither a quantity nor a time.
const FIGURE: &str = "figure";

/// Whether two have the same figures, and of one no more is known.
fn same_figures(x: &Value, y: &Value) -> bool {
    (x.is_figure() || y.is_figure()) && !x.figures.is_empty() && x.figures == y.figures
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

/// Whether two keys of one kind can both hold.
pub(super) fn keys_agree(kind: VariantKind, x: &str, y: &str) -> bool {
    x == y || kind == VariantKind::Date && dates_agree(x, y)
}

/// The values of a report inside a span: dates and times, lengths of time, quantities, and figures that none
/// of these holds.
pub(super) fn values(report: &Analysis, within: Span) -> Vec<Value> {
    let found = &report.extracts;
    let mut values: Vec<Value> = Vec::new();
    let make = |kind, span: Span, key: String, unit: String| Value {
        kind,
        span,
        key,
        unit,
        figures: report.report.words(span).chars().filter(char::is_ascii_digit).collect(),
        dated_by_words: false,
    };
    // Where a language has few words of time, a date that is read beside one that is not hides a figure.
    let all_told = statements::knows(report.report.lang);
    let times = || found.times.iter().filter(|t| all_told && within.contains(&t.span));
    for time in times().filter(|t| !t.value_undated.is_empty()) {
        let (span, key) = (time.span, time.value_undated.clone());
        match time.kind {
            TimeKind::Date | TimeKind::Time => {
                let dated_by_words =
                    key.starts_with("XXXX-") && report.report.words(span).split_whitespace().count() > 2;
                let date = make(VariantKind::Date, span, key, String::new());
                push_date(report, &mut values, Value { dated_by_words, ..date });
            }
            TimeKind::Duration => {
                values.extend(length(&key).map(|(key, unit)| make(VariantKind::Number, span, key, unit)))
            }
            TimeKind::Set => {}
        }
    }
    let taken = |values: &[Value], span: &Span| values.iter().any(|v| v.span.overlaps(span));
    for quantity in found.quantities.iter().filter(|q| within.contains(&q.span)) {
        let free = !taken(&values, &quantity.number) && !times().any(|t| t.span.overlaps(&quantity.number));
        if let (true, Some(value)) = (free, quantity.low.or(quantity.high)) {
            let bare = quantity.unit.is_empty() && is_bare(report.report.words(quantity.span));
            let unit = if bare { FIGURE.to_owned() } else { quantity.unit.clone() };
            values.push(make(VariantKind::Number, quantity.number, format!("{value}"), unit));
        }
    }
    let from = report.segments.token_from(within.start);
    let figures = report.segments.tokens[from..].iter().take_while(|t| t.span.end <= within.end);
    for token in figures.filter(|t| t.kind == TokenKind::Number) {
        if !times().any(|t| t.span.overlaps(&token.span)) && !taken(&values, &token.span) {
            let key = number(report.report.words(token.span));
            values.push(make(VariantKind::Number, token.span, key, FIGURE.to_owned()));
        }
    }
    values.sort_by_key(|v| v.span);
    values
}

/// Whether words are figures and marks alone.
fn is_bare(words: &str) -> bool {
    words.chars().all(|c| c.is_ascii_digit() || c.is_ascii_punctuation())
}

/// A length of time as a number with its unit, weeks in days; none if it is vague or of several units.
fn length(value: &str) -> Option<(String, String)> {
    let unit = value.chars().last().filter(char::is_ascii_uppercase)?;
    let figures = value.strip_prefix('P')?.strip_suffix(unit)?;
    let (timed, figures) = (figures.starts_with('T'), figures.trim_start_matches('T'));
    let n: f64 = figures.parse().ok()?;
    let (n, unit) = if unit == 'W' { (n * 7.0, 'D') } else { (n, unit) };
    Some((format!("{n}"), format!("{}{unit}", if timed { "T" } else { "" })))
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
