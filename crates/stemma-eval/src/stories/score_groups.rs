//! Events and storylines.
//!
//! **events**, **storylines**: given groups that are equal to a true one (P/R/F1); **event_pairs**,
//! **storyline_pairs**: pairs of reports that share one. Reports whose event is doubtful take no part.

use super::score_families::{compare_parts, parts};
use super::story::Story;
use super::tally::Tally;
use stemma::model::ReportId;

/// Scores a story.
pub(super) fn score(story: &Story, tally: &mut Tally) {
    let groups = &story.ledger.joined.groups;
    let sure = |truth: &[Vec<String>]| -> Vec<Vec<String>> {
        let doubtful = |n: &String| story.truth.reports.get(n).is_some_and(|r| r.event_doubtful);
        let sure = truth.iter().map(|t| t.iter().filter(|n| !doubtful(n)).cloned().collect());
        sure.filter(|t: &Vec<String>| !t.is_empty()).collect()
    };
    let events = sure(&story.truth.events);
    if !events.is_empty() {
        let given = parts(story, groups.events.iter().map(|e| &e.reports[..]));
        compare_parts(story, ("events", "event_pairs"), (&given, &events), tally);
    }
    let storylines = sure(&story.truth.storylines);
    if !storylines.is_empty() {
        let reports = |id| groups.events.iter().filter(move |e| e.storyline == id).flat_map(|e| &e.reports);
        let lines: Vec<Vec<ReportId>> =
            groups.storylines.iter().map(|line| reports(line.id).copied().collect()).collect();
        let given = parts(story, lines.iter().map(Vec::as_slice));
        compare_parts(story, ("storylines", "storyline_pairs"), (&given, &storylines), tally);
    }
}
