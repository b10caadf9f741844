//! Claims with truth: piles in the form of stories, made by `corpus/claims/build.py`, scored for support.
//!
//! **pairs** (P, R, F1): readings by two of the pile's facts and reports; a pair is true if both tell one
//! fact, given if both stand in one entry. **standing**: share of the facts whose best entry has the true
//! standing, `standing:S` of those of standing S, and `standing:S>T` how many of S were given as T (`missed`
//! where no entry tells most of them). **origins**: share of the facts whose entry has just the true
//! origins. The set `piles` is the engine as it is; in `piles-without-tree` every report is its own root,
//! so that the difference is what the family tree is worth.

use super::folders;
use super::score_entries::{fits_standing, has_reading, partners, same_origins};
use super::story::Story;
use crate::error::Error;
use crate::measure::{Prf, share};
use crate::plan::Context;
use crate::scores::Outcome;
use std::collections::BTreeMap;
use stemma::Analysis;
use stemma::group::group;
use stemma::ledger::Joined;
use stemma::pile::Held;
use stemma::reconcile::entries;
use stemma::trace::trace;

/// How the reports of a pile are joined.
type Join = fn(&[&Analysis]) -> Joined;

/// Scores all piles, with the family tree and without.
pub(crate) fn score(context: &Context) -> Result<Vec<Outcome>, Error> {
    let folders = folders(&context.data.join("claims"))?;
    let sets: [(&str, Join); 2] = [("piles", stemma::join), ("piles-without-tree", without_tree)];
    let mut outcomes = Vec::new();
    for (set, join) in sets {
        let mut counts = Counts::default();
        for folder in folders.iter().take(context.limit) {
            context.progress(&format!("claims {set} {}", folder.display()));
            counts.add(&Story::read_with(folder, context, join)?);
        }
        outcomes.push(counts.outcome(set, context.explain));
    }
    Ok(outcomes)
}

/// Joins reports as if each had been written by itself.
fn without_tree(reports: &[&Analysis]) -> Joined {
    let pile = Held::new(reports);
    let Ok(stemmas) = trace(&pile, &[]);
    let Ok(groups) = group(&pile, &stemmas);
    let Ok(entries) = entries(&pile, &stemmas, &groups);
    Joined { furniture: Vec::new(), stemmas, groups, entries }
}

/// What is counted over piles.
#[derive(Default)]
struct Counts {
    pairs: Prf,
    /// Right origins, of all facts.
    origins: Prf,
    /// By true and given standing.
    standings: BTreeMap<(String, String), usize>,
    n_reports: usize,
    explained: Vec<String>,
}

impl Counts {
    fn add(&mut self, story: &Story) {
        self.n_reports += story.reports.len();
        self.pairs += pairs(story);
        for (truth, partner) in story.truth.entries.iter().zip(partners(story)) {
            let entry = partner.map(|j| &story.ledger.joined.entries[j]);
            let origins = entry.is_some_and(|e| same_origins(story, &truth.origins, &e.origins));
            self.origins += Prf::new(usize::from(origins), 1, 1);
            let wanted = truth.standing.clone().unwrap_or_default();
            let given = match entry {
                Some(e) if fits_standing(truth, e) => wanted.clone(),
                Some(e) => format!("{:?}", e.standing).to_lowercase(),
                None => "missed".to_owned(),
            };
            if !origins || given != wanted {
                let names: Vec<&str> =
                    entry.iter().flat_map(|e| &e.origins).map(|o| o.name.as_str()).collect();
                let told = format!("{wanted} {:?}; given {given} {names:?}", truth.origins);
                self.explained.push(format!("{} {}: {told}", story.name, truth.about));
            }
            *self.standings.entry((wanted, given)).or_default() += 1;
        }
    }

    fn outcome(self, set: &str, explain: bool) -> Outcome {
        let mut outcome = Outcome::new("claims", set, self.n_reports);
        outcome.put_prf("pairs", self.pairs);
        outcome.put("origins", self.origins.precision());
        let of = |keep: &dyn Fn(&(String, String)) -> bool| -> usize {
            self.standings.iter().filter(|(key, _)| keep(key)).map(|(_, n)| n).sum()
        };
        outcome.put("standing", share(of(&|k| k.0 == k.1), of(&|_| true)));
        for ((wanted, given), n) in &self.standings {
            if wanted == given {
                outcome.put(&format!("standing:{wanted}"), share(*n, of(&|k| k.0 == *wanted)));
            } else {
                outcome.put(&format!("standing:{wanted}>{given}"), *n as f64);
            }
        }
        if explain {
            outcome.explained = self.explained;
        }
        outcome
    }
}

/// Pairs of readings that tell one fact and stand in one entry.
fn pairs(story: &Story) -> Prf {
    let mut readings: Vec<(usize, Vec<usize>)> = Vec::new();
    for (fact, truth) in story.truth.entries.iter().enumerate() {
        for report in truth.readings.0.keys() {
            let entries = story.ledger.joined.entries.iter().enumerate();
            let held = entries.filter(|(_, e)| has_reading(story, truth, e, report)).map(|(j, _)| j);
            readings.push((fact, held.collect()));
        }
    }
    let mut counts = Prf::default();
    for (i, (fact, held)) in readings.iter().enumerate() {
        for (other, held_there) in &readings[..i] {
            let (gold, given) = (fact == other, held.iter().any(|e| held_there.contains(e)));
            counts += Prf::new(usize::from(gold && given), usize::from(given), usize::from(gold));
        }
    }
    counts
}
