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
use crate::model::{Moment, Place, ReportId};
use crate::pile::{Need, Pile};
use rustc_hash::{FxHashMap, FxHashSet};
use std::slice::from_ref;

/// Score of aligned sentences from which one is taken for borrowed: half of the words by weight and
/// of the meaning. Two reports of one event stay under it but for quotations.
const BAR: f32 = 0.6;
/// Words of the shortest sentence that tells anything.
const MIN_WORDS: usize = 6;

/// A pair that may have borrowings: of which the second is the later, whether the tree says so, and whose stemma
/// keeps them.
struct Borrower<'l> {
    likeness: &'l Likeness,
    a: u32,
    b_is_later: bool,
    by_tree: bool,
    home: usize,
}

/// Adds each report's borrowings to the stemma that it is in, in order of place.
pub(super) fn add<'l, P: Pile>(
    stemmas: &mut [Stemma],
    pile: &P,
    likenesses: &'l [Likeness],
) -> Result<(), P::Error> {
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
    let borrower = |l: &'l Likeness| {
        if l.alignment.iter().all(|at| at.score < BAR) {
            return None;
        }
        let (a, b) = (pile.place(l.a)?, pile.place(l.b)?);
        let (b_is_later, by_tree) = later((l.a, pile.published(a)), (l.b, pile.published(b)), &parents)?;
        let home = *home.get(if b_is_later { &l.b } else { &l.a })?;
        Some(Borrower { likeness: l, a, b_is_later, by_tree, home })
    };
    let borrowers: Vec<Borrower> = likenesses.iter().filter_map(borrower).collect();
    let found = pile.of_each(
        &borrowers,
        |pair| from_ref(&pair.a),
        Need::Print,
        |pair, reports| borrowings(pair, reports[0]),
    )?;
    for (pair, found) in borrowers.iter().zip(found) {
        stemmas[pair.home].borrowings.extend(found);
    }
    for stemma in stemmas {
        let order = |x: &Borrowing| (x.place, x.from);
        stemma.borrowings.sort_by(|x, y| {
            x.place.cmp(&y.place).then(y.confidence.total_cmp(&x.confidence)).then(order(x).cmp(&order(y)))
        });
        stemma.borrowings.dedup_by_key(|b| b.place);
    }
    Ok(())
}

/// Whether the second of two is the later, as the tree or else the dates say, and whether the tree says so.
fn later(
    (a, first): (ReportId, Option<Moment>),
    (b, then): (ReportId, Option<Moment>),
    parents: &FxHashSet<(ReportId, ReportId)>,
) -> Option<(bool, bool)> {
    if parents.contains(&(a, b)) {
        return Some((true, true));
    }
    if parents.contains(&(b, a)) {
        return Some((false, true));
    }
    let (first, then) = (first?, then?);
    (first.date != then.date).then_some((first.date < then.date, false))
}

/// The borrowings between a pair; `a` is the report of the smaller id.
fn borrowings(pair: &Borrower, a: &Analysis) -> Vec<Borrowing> {
    let told = pair.likeness.alignment.iter().filter(|at| pair.by_tree || !is_quotation(a, at));
    told.filter_map(|at| borrowing(a, pair, at)).collect()
}

/// Whether most of an aligned stretch stands in quotation marks.
fn is_quotation(a: &Analysis, at: &Aligned) -> bool {
    let words = words_at(&a.fingerprint, at.a);
    2 * words.iter().filter(|w| w.quoted).count() > words.len()
}

fn borrowing(a: &Analysis, pair: &Borrower, at: &Aligned) -> Option<Borrowing> {
    let words = words_at(&a.fingerprint, at.a);
    if at.score < BAR || words.len() < MIN_WORDS {
        return None;
    }
    let (x, y) = (Place::new(pair.likeness.a, at.a), Place::new(pair.likeness.b, at.b));
    let (place, from) = if pair.b_is_later { (y, x) } else { (x, y) };
    Some(Borrowing { place, from, confidence: at.score })
}
