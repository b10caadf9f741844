//! Which entries are worth holding against a sentence: those whose readings mean something near.
//!
//! A reading means what the sentence means in which it stands; across languages alike.

use crate::compare::vector::{DIMS, Packed};
use crate::model::Place;
use crate::reconcile::Entry;
use crate::{Analysis, Ledger};

/// What an entry's readings mean together: the mean of the sentences that they stand in, so that one claim
/// told shortly or in another language does not stand for all. Empty if none of their reports is there.
pub fn meaning(ledger: &Ledger, entry: &Entry) -> Packed {
    let sentence = |place: Place| {
        let sentences = &ledger.report(place.report)?.fingerprint.sentences;
        sentences.get(sentences.partition_point(|s| s.span.end <= place.span.start))
    };
    let mut sum = [0.0; DIMS];
    entry.readings.iter().filter_map(|r| sentence(r.place)).for_each(|s| s.vector.add_to(&mut sum, 1.0));
    Packed::of(&sum)
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
