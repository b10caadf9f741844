//! The tasks, one file each: rows of a set in, scores and predictions out. Stories have their own folder.
//!
//! A task drives the engine through its public functions only, and reads nothing but its data.

mod cleaning;
mod events;
mod events_baseline;
mod mentions;
mod pages;
mod quantities;
mod rewrites;
mod spun;
mod statements;
mod throughput;
mod times;
mod translations;

use crate::data::{Source, sources};
use crate::error::Error;
use crate::plan::Context;
use crate::scores::Outcome;

/// A task.
#[derive(Clone, Copy)]
pub(crate) struct Task {
    /// Its name, on the command line and of its folder.
    pub(crate) name: &'static str,
    score: Scoring,
}

#[derive(Clone, Copy)]
enum Scoring {
    /// Each set of the task's folder by itself.
    Set(fn(&Source, &Context) -> Result<Outcome, Error>),
    /// Whatever the task finds.
    Whole(fn(&Context) -> Result<Vec<Outcome>, Error>),
}

/// Every task, in the order of `all`.
pub(crate) const TASKS: &[Task] = &[
    Task { name: "rewrites", score: Scoring::Set(rewrites::score) },
    Task { name: "translations", score: Scoring::Set(translations::score) },
    Task { name: "events", score: Scoring::Set(events::score) },
    Task { name: "statements", score: Scoring::Set(statements::score) },
    Task { name: "times", score: Scoring::Set(times::score) },
    Task { name: "quantities", score: Scoring::Set(quantities::score) },
    Task { name: "mentions", score: Scoring::Set(mentions::score) },
    Task { name: "pages", score: Scoring::Set(pages::score) },
    Task { name: "cleaning", score: Scoring::Set(cleaning::score) },
    Task { name: "spun", score: Scoring::Set(spun::score) },
    Task { name: "throughput", score: Scoring::Set(throughput::score) },
    Task { name: "copying", score: Scoring::Whole(crate::copying::score) },
    Task { name: "claims", score: Scoring::Whole(crate::stories::score_claims) },
    Task { name: "stories", score: Scoring::Whole(crate::stories::score) },
];

impl Task {
    /// Scores every set of the task.
    pub(crate) fn run(&self, context: &Context) -> Result<Vec<Outcome>, Error> {
        let score = match self.score {
            Scoring::Set(score) => score,
            Scoring::Whole(score) => return score(context),
        };
        let mut outcomes = Vec::new();
        for source in sources(&context.data, self.name)? {
            context.progress(&format!("{} {}", self.name, source.name));
            outcomes.push(score(&source, context)?);
        }
        Ok(outcomes)
    }
}
