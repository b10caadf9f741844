//! Counts under names, which add up over stories.

use crate::measure::Prf;
use crate::scores::Outcome;
use std::collections::BTreeMap;
use std::ops::AddAssign;

/// Counts of every measure of a story, and what was missed or wrong.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    /// What is given and what is true are both known whole: P, R and F1.
    complete: BTreeMap<String, Prf>,
    /// The truth lists only some: recall.
    partial: BTreeMap<String, Prf>,
    explained: Vec<String>,
}

impl Tally {
    /// Counts where the truth is complete.
    pub(crate) fn complete(&mut self, measure: &str, counts: Prf) {
        *self.complete.entry(measure.to_string()).or_default() += counts;
    }

    /// Counts found ones where the truth is not complete.
    pub(crate) fn found(&mut self, measure: &str, right: usize, gold: usize) {
        *self.partial.entry(measure.to_string()).or_default() += Prf::new(right, right, gold);
    }

    /// Notes something missed or wrong, for people.
    pub(crate) fn explain(&mut self, words: String) {
        self.explained.push(words);
    }

    /// The counts as figures of a set. A measure for which there was nothing to find is left out.
    pub(crate) fn outcome(&self, set: &str, n_reports: usize, explain: bool) -> Outcome {
        let mut outcome = Outcome::new("stories", set, n_reports);
        for (measure, counts) in &self.complete {
            outcome.put_prf(measure, *counts);
        }
        for (measure, counts) in self.partial.iter().filter(|(_, counts)| counts.gold > 0) {
            let (name, part) = measure.split_once(':').unwrap_or((measure, ""));
            let part = if part.is_empty() { String::new() } else { format!(":{part}") };
            outcome.put(&format!("{name}.r{part}"), counts.recall());
        }
        if explain {
            outcome.explained = self.explained.iter().map(|words| format!("{set} {words}")).collect();
        }
        outcome
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        other.complete.iter().for_each(|(name, counts)| self.complete(name, *counts));
        for (name, counts) in other.partial {
            *self.partial.entry(name).or_default() += counts;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_add_up() {
        let mut total = Tally::default();
        for (right, given, gold) in [(1, 1, 4), (1, 3, 0)] {
            let mut tally = Tally::default();
            tally.complete("spun", Prf::new(right, given, gold));
            tally.found("variants:Date", right, gold);
            total += tally;
        }
        let outcome = total.outcome("total", 2, false);
        let figures: Vec<_> = outcome.scores.iter().map(|s| (s.measure.as_str(), s.value)).collect();
        assert_eq!(figures, [("spun.p", 0.5), ("spun.r", 0.5), ("spun.f1", 0.5), ("variants.r:Date", 0.5)]);
    }
}
