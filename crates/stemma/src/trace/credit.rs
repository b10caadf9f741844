//! Credits of a family's members -> who was copied from somebody whose telling is not in the pile.
//!
//! `Source: X` at the end of a report says that it came from X. Where two members say so and none is
//! X's own telling, X's is lost, and both may come from it. Never: reads more than credits, datelines,
//! bylines and the first words.

use crate::Analysis;
use crate::compare::fold::fold;
use crate::compare::weight::{PER_NAT, weight};
use crate::model::Report;
use rustc_hash::FxHashMap;

/// Nats of a word by which names of one agency are known in two languages (`Agence Corondel`,
/// `Agenzia Corondel`): over those of "agency", "press", "times".
const TELLING: f32 = 12.0;
/// Reports from which the pile's most frequent credit may be its imprint.
const PILE: usize = 24;
/// Bytes at the beginning of a body in which an unread dateline may name its agency.
const HEAD: usize = 240;

/// The names that a report credits for its text; none where they stand in its own dateline.
pub(super) fn credited(report: &Report) -> &[String] {
    match &report.credit {
        Some(credit) if !is_dateline(report) => &credit.names,
        _ => &[],
    }
}

/// Whether a report speaks as whom it credits: it has a dateline, and the credit is the agency there or
/// who reported (`(Lusa)`, `(Reporting by …)`), not a line such as `Source: Lusa`.
fn is_dateline(report: &Report) -> bool {
    let Some(credit) = report.credit.as_ref().filter(|_| report.dateline.is_some()) else { return false };
    credit.words.starts_with('(') || !credit.names.iter().any(|name| credit.words.contains(name.as_str()))
}

/// For each member whether it comes, as it says, from one whose telling was not read, and another
/// member says the same. The imprint of the pile says nothing.
pub(super) fn lost(members: &[&Analysis], imprint: Option<&str>) -> Vec<bool> {
    let tellers: Vec<Vec<String>> = members.iter().map(|m| tellers(&m.report)).collect();
    let is_lost = |i: usize| {
        let names = credited(&members[i].report);
        let same = |other: &str| names.iter().any(|name| agree(name, other));
        let others = |j: &usize| *j != i && credited(&members[*j].report).iter().any(|name| same(name));
        let tells = |j: &usize| {
            let report = &members[*j].report;
            tellers[*j].iter().any(|teller| same(teller)) || is_anyones(report) || heads(report, names)
        };
        let telling = !imprint.is_some_and(same);
        telling && (0..members.len()).any(|j| others(&j)) && !(0..members.len()).any(|j| tells(&j))
    };
    (0..members.len()).map(is_lost).collect()
}

/// The name that more than half of a pile of some size credits: it is one outlet's own feed.
pub(super) fn imprint<'r>(credits: impl Iterator<Item = &'r [String]>) -> Option<&'r str> {
    let mut n_credits: FxHashMap<&str, usize> = FxHashMap::default();
    let mut n_reports = 0;
    for names in credits {
        n_reports += 1;
        names.iter().for_each(|name| *n_credits.entry(name).or_default() += 1);
    }
    let most = n_credits.into_iter().max_by(|x, y| x.1.cmp(&y.1).then(y.0.cmp(x.0)))?;
    (n_reports >= PILE && 2 * most.1 > n_reports).then_some(most.0)
}

/// Who a report says is telling.
fn tellers(report: &Report) -> Vec<String> {
    let own = report.credit.iter().filter(|_| is_dateline(report)).flat_map(|c| &c.names);
    own.chain(&report.outlet).chain(&report.byline).cloned().collect()
}

/// Whether a report looks like an original and does not say whose.
fn is_anyones(report: &Report) -> bool {
    let silent = report.credit.as_ref().is_none_or(|credit| credit.names.is_empty());
    silent && (report.dateline.is_some() || report.byline.is_some())
}

/// Whether a report's first words name one of the credited.
fn heads(report: &Report, names: &[String]) -> bool {
    let head: String = report.body.chars().take(HEAD).collect();
    names.iter().any(|name| head.contains(name.as_str()))
}

/// Whether two names are of one agency or outlet: one holds the other, or they share the word that tells
/// most in each (`Agence Corondel`, but not `Harrow Herald` and `Tarnmoor Herald`).
pub(super) fn agree(a: &str, b: &str) -> bool {
    let (a, b) = (fold(a), fold(b));
    if !a.is_empty() && b.contains(&a) || !b.is_empty() && a.contains(&b) {
        return true;
    }
    let theirs = most_telling(&b);
    most_telling(&a).iter().any(|word| theirs.contains(word))
}

/// The words of a name that tell more than all its others; none if no word tells.
fn most_telling(name: &str) -> Vec<&str> {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let weighed: Vec<(u8, &str)> = words.map(|w| (weight(w), w)).collect();
    let most = weighed.iter().map(|w| w.0).max().unwrap_or(0);
    let tells =
        |w: &&(u8, &str)| w.0 == most && w.1.chars().count() > 3 && f32::from(most) / PER_NAT >= TELLING;
    weighed.iter().filter(tells).map(|w| w.1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_agree_across_languages() {
        for (a, b) in [("Reuters", "reuters"), ("Agence Corondel", "Agenzia Corondel"), ("BBC", "BBC News")] {
            assert!(agree(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("Harrow Times", "Tarnmoor Times"),
            ("Harrow Herald", "Tarnmoor Herald"),
            ("Gulf News", "Lake News"),
            ("", "BBC"),
        ] {
            assert!(!agree(a, b), "{a} {b}");
        }
    }
}
