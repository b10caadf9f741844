//! Several base texts -> a report composed of sentences of them, among some of its own.
//!
//! Agencies write mostly so: a lead of one's own, then sentences of two or three earlier reports.

use super::random::Random;
use super::text::{Sentence, Text};

/// A composed report, and for each of its sentences the text that it was taken from, if any.
pub(super) struct Composed {
    pub(super) text: Text,
    pub(super) from: Vec<Option<usize>>,
}

/// Takes stretches of two or three of `sources` (by place in the list), and a lead and an end of `own`.
pub(super) fn compose(own: &Text, sources: &[&Text], random: &mut Random) -> Option<Composed> {
    let mut order: Vec<usize> = (0..sources.len()).collect();
    random.shuffle(&mut order);
    order.truncate(2 + random.below(2));
    let n_own = 2 + random.below(3);
    let mut parts: Vec<(Sentence, Option<usize>)> =
        own.sentences.iter().take(n_own).map(|s| (s.clone(), None)).collect();
    for source in order {
        let sentences = &sources[source].sentences;
        // Not the lead: borrowing takes from the middle and the end.
        let n = (1 + random.below(3)).min(sentences.len().checked_sub(2)?);
        let from = 1 + random.below(sentences.len() - n);
        parts.extend(
            sentences[from..(from + n).min(sentences.len())].iter().map(|s| (s.clone(), Some(source))),
        );
    }
    parts.extend(own.sentences.iter().skip(n_own).take(2).map(|s| (s.clone(), None)));
    let (sentences, from): (Vec<Sentence>, Vec<Option<usize>>) = parts.into_iter().unzip();
    let opened = sentences.into_iter().enumerate().map(|(i, s)| Sentence { opens: i % 2 == 0, ..s });
    Some(Composed { text: Text { sentences: opened.collect(), ..Text::default() }, from })
}
