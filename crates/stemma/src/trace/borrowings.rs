//! Likenesses -> [`Borrowing`]s: which sentences of a report stand in an earlier one.
//!
//! Looks at every measured pair, below the bar for families too: rewriting is mostly made of
//! sentences from several reports. Quotations count only where the tree says who is whose parent: else two
//! reports may quote one speaker.
//! Never: says who borrowed where neither the tree nor the dates tell.

use super::pair::words_at;
use super::{Borrowing, Parent, Stemma};
use crate::Analysis;
use crate::compare::{Aligned, Likeness};
use crate::model::{Place, ReportId};
use rustc_hash::{FxHashMap, FxHashSet};

/// Score of aligned sentences from which one is taken for borrowed: half of the words by weight and
/// of the meaning. Two reports of one event stay under it but for quotations.
const BAR: f32 = 0.6;
/// Words of the shortest sentence that tells anything.
const MIN_WORDS: usize = 6;

/// Adds each report's borrowings to the stemma that it is in, in order of place.
pub(super) fn add(stemmas: &mut [Stemma], reports: &[&Analysis], likenesses: &[Likeness]) {
    let mut parents: FxHashSet<(ReportId, ReportId)> = FxHashSet::default();
    let mut home: FxHashMap<ReportId, usize> = FxHashMap::default();
    for (k, stemma) in stemmas.iter().enumerate() {
        home.extend(stemma.reports.iter().map(|r| (*r, k)));
        for descent in &stemma.descents {
            let all = std::iter::once(&descent.parent).chain(&descent.also);
            parents.extend(all.filter_map(|p| match p {
                Parent::Report(parent) => Some((*parent, descent.child)),
                Parent::Lost(_) => None,
            }));
        }
    }
    let find = |id: ReportId| reports.binary_search_by_key(&id, |r| r.report.id).ok().map(|i| reports[i]);
    for likeness in likenesses {
        let (Some(a), Some(b)) = (find(likeness.a), find(likeness.b)) else { continue };
        let Some((b_is_later, by_tree)) = later(a, b, &parents) else { continue };
        let child = if b_is_later { b } else { a };
        let Some(k) = home.get(&child.report.id) else { continue };
        let found = likeness.alignment.iter().filter(|at| by_tree || !is_quotation(a, at));
        let found = found.filter_map(|at| borrowing(a, b, at, b_is_later));
        stemmas[*k].borrowings.extend(found);
    }
    for stemma in stemmas {
        let order = |x: &Borrowing| (x.place, x.from);
        stemma.borrowings.sort_by(|x, y| {
            x.place.cmp(&y.place).then(y.confidence.total_cmp(&x.confidence)).then(order(x).cmp(&order(y)))
        });
        stemma.borrowings.dedup_by_key(|b| b.place);
    }
}

/// Whether `b` is the later of two, as the tree or else the dates say, and whether the tree says so.
fn later(a: &Analysis, b: &Analysis, parents: &FxHashSet<(ReportId, ReportId)>) -> Option<(bool, bool)> {
    let (x, y) = (a.report.id, b.report.id);
    if parents.contains(&(x, y)) {
        return Some((true, true));
    }
    if parents.contains(&(y, x)) {
        return Some((false, true));
    }
    let (first, then) = (a.report.published?, b.report.published?);
    (first.date != then.date).then_some((first.date < then.date, false))
}

/// Whether most of an aligned stretch stands in quotation marks.
fn is_quotation(a: &Analysis, at: &Aligned) -> bool {
    let words = words_at(&a.fingerprint, at.a);
    2 * words.iter().filter(|w| w.quoted).count() > words.len()
}

fn borrowing(a: &Analysis, b: &Analysis, at: &Aligned, b_is_later: bool) -> Option<Borrowing> {
    let words = words_at(&a.fingerprint, at.a);
    if at.score < BAR || words.len() < MIN_WORDS {
        return None;
    }
    let (x, y) = (Place::new(a.report.id, at.a), Place::new(b.report.id, at.b));
    let (place, from) = if b_is_later { (y, x) } else { (x, y) };
    Some(Borrowing { place, from, confidence: at.score })
}
