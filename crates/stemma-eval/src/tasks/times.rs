//! Times: expressions of time and their TIMEX3 values.
//!
//! **relaxed**: the spans overlap; **strict**: they are equal; **value**: they overlap and the values
//! are equal as text; **type**: they overlap and the types are equal. One to one, as many pairs as
//! can be made. Where the annotators stopped partway (a row whose `values` and `times` end early, as in
//! MEANTIME, which annotates the opening of each report), what is found behind the line of the last
//! annotation is neither right nor wrong. `value.f1:TYPE` counts the expressions of one true or given type apart.

use crate::data::{RowId, Source};
use crate::engine::{CodePoints, analyse_all, raw};
use crate::error::Error;
use crate::measure::{Prf, Spans, most_pairs};
use crate::plan::Context;
use crate::scores::Outcome;
use serde::Deserialize;
use serde_json::{Value, json};
use stemma::Analysis;
use stemma::extract::TimeKind;
use stemma::model::{Lang, Moment};

#[derive(Deserialize)]
struct Row {
    id: RowId,
    text: String,
    published: Option<String>,
    lang: Option<String>,
    times: Vec<GoldTime>,
    /// Other annotated expressions; none where the set lists times alone.
    #[serde(default)]
    values: Vec<Extent>,
}

#[derive(Deserialize)]
struct Extent {
    end: usize,
}

impl Row {
    /// Where annotation stops, in code points: the end of the line of the last annotation.
    fn annotated(&self) -> usize {
        if self.values.is_empty() {
            return usize::MAX;
        }
        let ends = self.values.iter().map(|v| v.end).chain(self.times.iter().map(|t| t.end));
        let last = ends.max().unwrap_or(0);
        let line = self.text.chars().skip(last).position(|c| c == '\n');
        line.map_or(usize::MAX, |line| last + line)
    }
}

#[derive(Deserialize)]
struct GoldTime {
    start: usize,
    end: usize,
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(default)]
    value: String,
}

#[derive(Clone)]
struct Timex {
    span: Spans,
    kind: String,
    value: String,
}

impl Timex {
    fn starts_before(&self, end: usize) -> bool {
        self.span.start().is_some_and(|start| start < end)
    }
}

/// Scores a set.
pub(super) fn score(source: &Source, context: &Context) -> Result<Outcome, Error> {
    let rows: Vec<Row> = source.rows(context)?;
    let analyses = analyse_all(rows.iter().map(raw_of).collect());
    let mut outcome = Outcome::new("times", &source.name, rows.len());
    let levels: [(&str, Fits); 4] =
        [("relaxed", overlap), ("strict", same_span), ("value", same_value), ("type", same_kind)];
    let mut counts = [Prf::default(); 4];
    let kinds = ["DATE", "TIME", "DURATION", "SET"];
    let mut by_kind = [Prf::default(); 4];
    for (row, analysis) in rows.iter().zip(&analyses) {
        let all = given_times(analysis, &row.text);
        let annotated = row.annotated();
        let given: Vec<Timex> = all.iter().filter(|t| t.starts_before(annotated)).cloned().collect();
        let gold: Vec<Timex> = row.times.iter().map(GoldTime::timex).collect();
        for (count, (_, fits)) in counts.iter_mut().zip(levels) {
            *count += paired(&given, &gold, fits);
        }
        for (count, kind) in by_kind.iter_mut().zip(kinds) {
            let only = |all: &[Timex]| all.iter().filter(|t| t.kind == kind).cloned().collect::<Vec<_>>();
            *count += paired(&only(&given), &only(&gold), same_value);
        }
        outcome.predict(json!({"id": row.id, "times": all.iter().map(to_json).collect::<Vec<_>>()}));
        if context.explain {
            explain(&mut outcome, row, &given, &gold);
        }
    }
    levels.iter().zip(counts).for_each(|((name, _), count)| outcome.put_prf(name, count));
    for (kind, count) in kinds.iter().zip(by_kind).filter(|(_, count)| !count.is_void()) {
        outcome.put(&format!("value.f1:{kind}"), count.f1());
    }
    Ok(outcome)
}

fn raw_of(row: &Row) -> stemma::model::RawReport {
    let mut report = raw(&row.id.to_string(), &row.text);
    report.published = row.published.as_deref().and_then(Moment::parse);
    report.lang = row.lang.as_deref().map(Lang::parse);
    report
}

fn given_times(analysis: &Analysis, text: &str) -> Vec<Timex> {
    let points = CodePoints::new(&analysis.report, text);
    let timex = |time: &stemma::extract::Time| Timex {
        span: points.span(time.span),
        kind: kind_name(time.kind).to_string(),
        value: time.value.clone(),
    };
    analysis.extracts.times.iter().map(timex).collect()
}

fn kind_name(kind: TimeKind) -> &'static str {
    match kind {
        TimeKind::Date => "DATE",
        TimeKind::Time => "TIME",
        TimeKind::Duration => "DURATION",
        TimeKind::Set => "SET",
    }
}

impl GoldTime {
    fn timex(&self) -> Timex {
        let span = Spans::new([(self.start, self.end)]);
        Timex { span, kind: self.kind.clone(), value: self.value.clone() }
    }
}

fn to_json(time: &Timex) -> Value {
    let (start, end) = bounds(time);
    json!({"start": start, "end": end, "type": time.kind, "value": time.value})
}

fn bounds(time: &Timex) -> (usize, usize) {
    let ranges = time.span.ranges();
    (ranges.first().map_or(0, |r| r.0), ranges.last().map_or(0, |r| r.1))
}

type Fits = fn(&Timex, &Timex) -> bool;

fn overlap(a: &Timex, b: &Timex) -> bool {
    a.span.overlaps(&b.span)
}

fn same_span(a: &Timex, b: &Timex) -> bool {
    a.span == b.span
}

fn same_value(a: &Timex, b: &Timex) -> bool {
    overlap(a, b) && a.value == b.value
}

fn same_kind(a: &Timex, b: &Timex) -> bool {
    overlap(a, b) && a.kind == b.kind
}

fn paired(given: &[Timex], gold: &[Timex], fits: Fits) -> Prf {
    let partners: Vec<Vec<usize>> =
        given.iter().map(|a| (0..gold.len()).filter(|j| fits(a, &gold[*j])).collect()).collect();
    Prf::new(most_pairs(&partners, gold.len()), given.len(), gold.len())
}

fn explain(outcome: &mut Outcome, row: &Row, given: &[Timex], gold: &[Timex]) {
    let chars: Vec<char> = row.text.chars().collect();
    let mut say = |what: &str, time: &Timex| {
        let (start, end) = bounds(time);
        let words: String = chars[start.min(chars.len())..end.min(chars.len())].iter().collect();
        let (id, kind, value) = (&row.id, &time.kind, &time.value);
        outcome.explained.push(format!("{id} {what}: {words:?} {kind} {value}"));
    };
    gold.iter().filter(|g| !given.iter().any(|p| same_value(p, g))).for_each(|g| say("missed", g));
    given.iter().filter(|p| !gold.iter().any(|g| same_value(p, g))).for_each(|p| say("wrong", p));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timex(start: usize, end: usize, value: &str) -> Timex {
        Timex { span: Spans::new([(start, end)]), kind: "DATE".into(), value: value.into() }
    }

    #[test]
    fn by_hand() {
        let gold = [timex(0, 6, "2020-01-02"), timex(10, 14, "2020")];
        let given = [timex(3, 6, "2020-01-02"), timex(10, 14, "2021"), timex(20, 22, "2020")];
        assert_eq!(paired(&given, &gold, overlap), Prf::new(2, 3, 2));
        assert_eq!(paired(&given, &gold, same_span), Prf::new(1, 3, 2));
        assert_eq!(paired(&given, &gold, same_value), Prf::new(1, 3, 2));
    }
}
