//! Runs of words by where they stand, so that a draft is held against its neighbours alone.

use std::ops::Range;

/// Runs in order, each with the index of what it belongs to.
pub(super) struct Near {
    runs: Vec<(Range<usize>, usize)>,
    /// The furthest end of a run and all before it.
    ends: Vec<usize>,
}

impl Near {
    /// Sorts runs; the index of each is its place among them.
    pub(super) fn of(runs: impl Iterator<Item = Range<usize>>) -> Self {
        let mut runs: Vec<(Range<usize>, usize)> = runs.zip(0..).collect();
        runs.sort_unstable_by_key(|(run, i)| (run.start, *i));
        let furthest = |end: &mut usize, (run, _): &(Range<usize>, usize)| {
            *end = run.end.max(*end);
            Some(*end)
        };
        let ends = runs.iter().scan(0, furthest).collect();
        Self { runs, ends }
    }

    /// What shares a word with a run, in order of place.
    pub(super) fn touching(&self, run: Range<usize>) -> impl Iterator<Item = usize> {
        let from = self.ends.partition_point(|end| *end <= run.start);
        let to = self.runs.partition_point(|(other, _)| other.start < run.end).max(from);
        self.runs[from..to].iter().filter(move |(other, _)| other.end > run.start).map(|(_, i)| *i)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_touch_are_found_and_nothing_else() {
        let runs = [5..9, 0..30, 9..10, 2..4, 40..41];
        let near = Near::of(runs.iter().cloned());
        let found = |run: Range<usize>| near.touching(run).collect::<Vec<_>>();
        assert_eq!(found(8..10), [1, 0, 2]);
        assert_eq!(found(30..41), [4]);
        assert_eq!(found(31..40), [0usize; 0]);
    }
}
