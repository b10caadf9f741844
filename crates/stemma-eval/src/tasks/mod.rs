//! The tasks, one file each: rows of a set in, scores and predictions out.
//!
//! A task drives the engine through its public functions only, and reads nothing but its data.

mod events;
mod quantities;
mod rewrites;
mod statements;
mod times;

use crate::data::{Source, sources};
use crate::error::Error;
use crate::plan::Context;
use crate::scores::Outcome;

/// A task.
#[derive(Clone, Copy)]
pub(crate) struct Task {
    /// Its name, on the command line and of its folder.
    pub(crate) name: &'static str,
    /// What it measures, in a line.
    pub(crate) about: &'static str,
    score: Scoring,
}

#[derive(Clone, Copy)]
enum Scoring {
    Set(fn(&Source, &Context) -> Result<Outcome, Error>),
}

/// Every task, in the order of `all`.
pub(crate) const TASKS: &[Task] = &[
    Task {
        name: "rewrites",
        about: "versions of one report form a family; strangers stay out",
        score: Scoring::Set(rewrites::score),
    },
    Task {
        name: "events",
        about: "reports of one happening are grouped, in any order and language",
        score: Scoring::Set(events::score),
    },
    Task { name: "statements", about: "source, cue and content", score: Scoring::Set(statements::score) },
    Task { name: "times", about: "expressions of time and their values", score: Scoring::Set(times::score) },
    Task {
        name: "quantities",
        about: "values, how they are qualified, units",
        score: Scoring::Set(quantities::score),
    },
];

impl Task {
    /// Scores every set of the task.
    pub(crate) fn run(&self, context: &Context) -> Result<Vec<Outcome>, Error> {
        let Scoring::Set(score) = self.score;
        let mut outcomes = Vec::new();
        for source in sources(&context.data, self.name)? {
            context.progress(&format!("{} {}", self.name, source.name));
            outcomes.push(score(&source, context)?);
        }
        Ok(outcomes)
    }
}
