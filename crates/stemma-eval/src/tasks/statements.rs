//! Statements: source, cue and content, as spans of characters.
//!
//! A given statement is right if a true one has a content at IoU ≥ .5 of characters (**content**),
//! and a source too (**source**), and a cue too (**cue**); one to one, as many pairs as can be made.
//! Two statements without a source agree on it.

use crate::data::{RowId, Source};
use crate::engine::{CodePoints, analyse_all, raw};
use crate::error::Error;
use crate::measure::{Prf, Spans, most_pairs};
use crate::plan::Context;
use crate::scores::Outcome;
use serde::Deserialize;
use serde_json::{Value, json};
use stemma::Analysis;
use stemma::model::{Lang, Moment};

/// Share of characters that two spans must have in common to be taken for the same.
pub(crate) const SAME: f64 = 0.5;

#[derive(Deserialize)]
struct Row {
    id: RowId,
    text: String,
    outlet: Option<String>,
    published: Option<String>,
    lang: Option<String>,
    statements: Vec<GoldStatement>,
}

#[derive(Deserialize)]
struct GoldStatement {
    #[serde(default)]
    source: Vec<(usize, usize)>,
    #[serde(default)]
    cue: Vec<(usize, usize)>,
    content: Vec<(usize, usize)>,
}

/// Source, cue, content.
struct Parts {
    source: Spans,
    cue: Spans,
    content: Spans,
}

/// Scores a set.
pub(super) fn score(source: &Source, context: &Context) -> Result<Outcome, Error> {
    let rows: Vec<Row> = source.rows(context)?;
    let analyses = analyse_all(rows.iter().map(raw_of).collect());
    let mut outcome = Outcome::new("statements", &source.name, rows.len());
    let mut counts = [Prf::default(); 3];
    for (row, analysis) in rows.iter().zip(&analyses) {
        let given = parts_of(analysis, &row.text);
        let gold: Vec<Parts> = row.statements.iter().map(GoldStatement::parts).collect();
        let levels: [fn(&Parts, &Parts) -> bool; 3] = [same_content, same_source, same_all];
        for (count, fits) in counts.iter_mut().zip(levels) {
            *count += paired(&given, &gold, fits);
        }
        let statements: Vec<Value> = given.iter().map(Parts::to_json).collect();
        outcome.predict(json!({"id": row.id, "statements": statements}));
        if context.explain {
            explain(&mut outcome, row, &given, &gold);
        }
    }
    for (name, count) in ["content", "source", "cue"].iter().zip(counts) {
        outcome.put_prf(name, count);
    }
    Ok(outcome)
}

fn raw_of(row: &Row) -> stemma::model::RawReport {
    let mut report = raw(&row.id.to_string(), &row.text);
    report.outlet.clone_from(&row.outlet);
    report.published = row.published.as_deref().and_then(Moment::parse);
    report.lang = row.lang.as_deref().map(Lang::parse);
    report
}

fn parts_of(analysis: &Analysis, text: &str) -> Vec<Parts> {
    let points = CodePoints::new(&analysis.report, text);
    let parts = |s: &stemma::extract::Statement| Parts {
        source: points.spans(&s.source),
        cue: points.spans(&s.cue),
        content: points.spans(&s.content),
    };
    analysis.extracts.statements.iter().map(parts).collect()
}

impl GoldStatement {
    fn parts(&self) -> Parts {
        let spans = |ranges: &[(usize, usize)]| Spans::new(ranges.iter().copied());
        Parts { source: spans(&self.source), cue: spans(&self.cue), content: spans(&self.content) }
    }
}

impl Parts {
    fn to_json(&self) -> Value {
        json!({"source": self.source.ranges(), "cue": self.cue.ranges(), "content": self.content.ranges()})
    }
}

fn same_content(a: &Parts, b: &Parts) -> bool {
    a.content.iou(&b.content) >= SAME
}

fn same_source(a: &Parts, b: &Parts) -> bool {
    same_content(a, b) && a.source.iou(&b.source) >= SAME
}

fn same_all(a: &Parts, b: &Parts) -> bool {
    same_source(a, b) && a.cue.iou(&b.cue) >= SAME
}

fn paired(given: &[Parts], gold: &[Parts], fits: fn(&Parts, &Parts) -> bool) -> Prf {
    let partners: Vec<Vec<usize>> =
        given.iter().map(|a| (0..gold.len()).filter(|j| fits(a, &gold[*j])).collect()).collect();
    Prf::new(most_pairs(&partners, gold.len()), given.len(), gold.len())
}

fn explain(outcome: &mut Outcome, row: &Row, given: &[Parts], gold: &[Parts]) {
    let chars: Vec<char> = row.text.chars().collect();
    let words = |spans: &Spans| -> String {
        let part =
            |(a, b): &(usize, usize)| chars[*a.min(&chars.len())..*b.min(&chars.len())].iter().collect();
        spans.ranges().iter().map(part).collect::<Vec<String>>().join(" … ")
    };
    let mut say = |what: &str, p: &Parts| {
        let (source, cue, content) = (words(&p.source), words(&p.cue), words(&p.content));
        outcome.explained.push(format!("{} {what}: {source} | {cue} | {content}", row.id));
    };
    gold.iter().filter(|g| !given.iter().any(|p| same_all(p, g))).for_each(|g| say("missed", g));
    given.iter().filter(|p| !gold.iter().any(|g| same_all(p, g))).for_each(|p| say("wrong", p));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(source: (usize, usize), cue: (usize, usize), content: (usize, usize)) -> Parts {
        Parts { source: Spans::new([source]), cue: Spans::new([cue]), content: Spans::new([content]) }
    }

    #[test]
    fn half_of_the_characters_will_do() {
        let gold = [parts((0, 4), (5, 9), (10, 30)), parts((0, 0), (40, 44), (50, 60))];
        // The first has 20 of 30 characters of content and the wrong cue; the second too little content.
        let given = [parts((0, 4), (90, 95), (10, 40)), parts((0, 0), (40, 44), (50, 54))];
        assert_eq!(paired(&given, &gold, same_content), Prf::new(1, 2, 2));
        assert_eq!(paired(&given, &gold, same_source), Prf::new(1, 2, 2));
        assert_eq!(paired(&given, &gold, same_all), Prf::new(0, 2, 2));
        assert_eq!(paired(&gold, &gold, same_all), Prf::new(2, 2, 2));
    }
}
