//! Cleaning: what each report says of itself, and where its furniture is.
//!
//! Recall, over the reports whose truth has the field: **cleaning.lang**; **cleaning.headline** (equal,
//! white space aside); **cleaning.dateline** (the same words, brackets and dashes aside);
//! **cleaning.credit_words** (one holds the other); **cleaning.boilerplate** (no word of the body stands at
//! or behind the true beginning, and at least half of what is before it is kept); **cleaning.glued** (at
//! least so many places). P/R/F1 where the field may also say that there is none: **cleaning.credit**
//! (one of the names) and, taking reports without the field as free of them, **cleaning.repeated** (the
//! number of lines inside the notes is the true one).

use super::story::{Story, StoryReport};
use super::tally::Tally;
use super::truth::TrueReport;
use crate::measure::Prf;
use crate::measure::words::{squeeze, words};
use stemma::Analysis;
use stemma::model::{NoteKind, Report};

/// Scores every report of a story.
pub(super) fn score(story: &Story, tally: &mut Tally) {
    for (name, told) in &story.truth.reports {
        let Some((read, analysis)) = story.analysis(name) else { continue };
        score_report(name, told, (read, analysis), tally);
    }
}

fn score_report(
    name: &str,
    told: &TrueReport,
    (read, analysis): (&StoryReport, &Analysis),
    tally: &mut Tally,
) {
    let report = &analysis.report;
    let mut facts: Vec<(&str, bool, String)> = Vec::new();
    if let Some(lang) = &told.lang {
        facts.push(("lang", report.lang.code() == lang, report.lang.to_string()));
    }
    if let Some(headline) = &told.headline {
        let given = report.title.clone().unwrap_or_default();
        facts.push(("headline", squeeze(&given) == squeeze(headline), given));
    }
    if let Some(dateline) = &told.dateline {
        let given = report.dateline.clone().unwrap_or_default();
        facts.push(("dateline", bare(&given) == bare(dateline), given));
    }
    if let Some(credit) = &told.credit_words {
        let given = report.credit.as_ref().map_or("", |c| &c.words);
        facts.push(("credit_words", holds(given, credit), given.to_string()));
    }
    if let Some(begins) = &told.boilerplate_begins {
        facts.push(("boilerplate", ends_before(report, &read.text, begins), begins.clone()));
    }
    if let Some(n) = told.glued_sentences_at_least {
        facts.push(("glued", report.glued.len() >= n, format!("{} of {n}", report.glued.len())));
    }
    for (fact, is_right, given) in facts {
        tally.found(&format!("cleaning.{fact}"), usize::from(is_right), 1);
        if !is_right {
            tally.explain(format!("cleaning.{fact}: {name}: {given:?}"));
        }
    }
    if told.is_told("credit") {
        tally.complete("cleaning.credit", credit(told, report));
    }
    tally.complete("cleaning.repeated", repeated(told, report, &read.text));
}

/// The words of a dateline without what stands in brackets.
fn bare(dateline: &str) -> Vec<String> {
    let mut depth = 0;
    let outside = dateline.chars().filter(|c| {
        depth += i32::from(*c == '(');
        let keep = depth == 0;
        depth -= i32::from(*c == ')' && depth > 0);
        keep
    });
    words(&outside.collect::<String>()).collect()
}

fn holds(given: &str, truth: &str) -> bool {
    let (given, truth) = (squeeze(given), squeeze(truth));
    !given.is_empty() && (truth.contains(&given) || given.contains(&truth))
}

fn ends_before(report: &Report, text: &str, begins: &str) -> bool {
    let Some(begins) = text.rfind(begins) else { return false };
    let is_clean = |s: &&stemma::model::Stretch| {
        let end = s.raw as usize + s.body.len();
        end <= begins || text.get(begins.max(s.raw as usize)..end).is_some_and(|t| t.trim().is_empty())
    };
    let kept: usize = report.stretches.iter().map(|s| s.body.len()).sum();
    report.stretches.iter().all(|s| is_clean(&s)) && kept * 2 >= begins
}

fn credit(told: &TrueReport, report: &Report) -> Prf {
    let names = report.credit.as_ref().map_or(&[][..], |c| &c.names);
    let is_right = |truth: &String| {
        let truth = truth.to_lowercase();
        names.iter().map(|n| n.to_lowercase()).any(|n| n.contains(&truth) || truth.contains(&n))
    };
    let right = told.credit.as_ref().is_some_and(is_right);
    Prf::new(usize::from(right), usize::from(!names.is_empty()), usize::from(told.credit.is_some()))
}

fn repeated(told: &TrueReport, report: &Report, text: &str) -> Prf {
    let of = report.notes.iter().filter(|n| n.kind == NoteKind::Repeated);
    let lines = |text: &str| text.lines().filter(|l| !l.trim().is_empty()).count();
    let n: usize = of.filter_map(|n| n.span).map(|span| lines(span.of(text))).sum();
    let right = told.repeated_lines.is_some_and(|truth| truth == n);
    Prf::new(usize::from(right), usize::from(n > 0), usize::from(told.repeated_lines.is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_are_compared_without_brackets() {
        assert_eq!(bare("PORT, April 14 (An Agency) —"), bare("PORT, April 14"));
        assert_ne!(bare("PORT, April 14"), bare("PORT"));
        assert!(holds("Source: A", "Source: A – B") && !holds("", "A"));
    }
}
