//! Which entries are worth holding against a sentence: those whose claims mean something near.
//!
//! A claim means what the sentence means in which it stands; across languages alike.

use crate::compare::vector::Packed;
use crate::reconcile::Entry;
use crate::{Analysis, Ledger};

/// What the sentence means in which an entry's claim stands; nothing if its report is not there.
pub fn meaning(ledger: &Ledger, entry: &Entry) -> Packed {
    let sentences = ledger.report(entry.claim.report).map(|a| a.fingerprint.sentences.as_slice());
    let sentences = sentences.unwrap_or_default();
    let at = sentences.partition_point(|s| s.span.end <= entry.claim.span.start);
    sentences.get(at).map(|s| s.vector.clone()).unwrap_or_default()
}

/// The places of the `n` meanings nearest to a sentence, the nearest first.
pub fn nearest(question: &Analysis, meanings: &[Packed], n: usize) -> Vec<usize> {
    let asked: Vec<&Packed> = question.fingerprint.sentences.iter().map(|s| &s.vector).collect();
    let near = |m: &Packed| asked.iter().map(|a| a.cosine(m)).fold(0.0, f32::max);
    let mut found: Vec<(f32, usize)> = meanings.iter().map(near).zip(0..).filter(|f| f.0 > 0.0).collect();
    let order = |a: &(f32, usize), b: &(f32, usize)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
    if found.len() > n {
        found.select_nth_unstable_by(n, order);
        found.truncate(n);
    }
    found.sort_unstable_by(order);
    found.into_iter().map(|f| f.1).collect()
}
