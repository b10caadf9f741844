//! `stemma-eval`: gold data in; scores, predictions and costs out.
//!
//! Arguments become a plan, the plan runs tasks, the outcomes are shown and written. It drives the
//! engine through the functions that the command uses, and never changes what the engine answers.

mod args;
mod copying;
mod costs;
mod data;
mod engine;
mod error;
mod floors;
mod measure;
mod plan;
mod scores;
mod show;
mod stories;
mod tasks;

use args::Args;
use clap::Parser;
use costs::{Cost, Meter};
use error::Error;
use floors::Floors;
use plan::Context;
use scores::{Outcome, Score};
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use tasks::{TASKS, Task};

fn main() -> ExitCode {
    let args = Args::parse();
    match run(&args) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "error: {error}\nhint: {}", error.hint());
            ExitCode::from(2)
        }
    }
}

/// Answers whether every bound holds that was to be checked.
fn run(args: &Args) -> Result<bool, Error> {
    let tasks = plan_tasks(args)?;
    let context = context(args);
    let (mut outcomes, mut costs): (Vec<Outcome>, Vec<Cost>) = (Vec::new(), Vec::new());
    for task in tasks {
        let meter = Meter::begin();
        let found = task.run(&context)?;
        costs.push(meter.end(task.name, found.iter().filter(|o| !o.is_sum).map(|o| o.n_rows).sum()));
        context.clear();
        tell(args, &found);
        outcomes.extend(found);
    }
    if costs.iter().any(|c| c.peak_mib.is_none()) {
        context.note("this system does not say how much memory was used");
    }
    report(args, &outcomes, &costs)?;
    keep(args, &outcomes)
}

fn context(args: &Args) -> Context {
    let stories = args.stories.clone().unwrap_or_else(|| args.data.clone());
    let mut context = Context::new(args.data.clone(), stories);
    context.shuffles = args.shuffles;
    context.limit = args.limit.unwrap_or(usize::MAX);
    context.explain = args.explain;
    context
}

/// The tasks that the arguments mean.
fn plan_tasks(args: &Args) -> Result<Vec<&'static Task>, Error> {
    if !args.data.is_dir() {
        return Err(Error::NoData(args.data.clone()));
    }
    if args.task != "all" {
        return match TASKS.iter().find(|t| t.name == args.task) {
            Some(task) => Ok(vec![task]),
            None => Err(Error::UnknownTask(args.task.clone())),
        };
    }
    let has = |task: &&Task| match task.name {
        "stories" => args.stories.is_some(),
        "copying" => copying::FROM.iter().any(|task| args.data.join(task).is_dir()),
        name => args.data.join(name).is_dir(),
    };
    let tasks: Vec<&Task> = TASKS.iter().filter(has).collect();
    if tasks.is_empty() { Err(Error::NoSets { folder: args.data.clone() }) } else { Ok(tasks) }
}

/// Prints the scores of a task as soon as they are known; a run of all tasks takes minutes.
fn tell(args: &Args, found: &[Outcome]) {
    for line in found.iter().flat_map(|o| &o.explained) {
        let _ = writeln!(std::io::stderr(), "{line}");
    }
    if !args.json {
        let _ = std::io::stdout().write_all(show::score_tables(found).as_bytes());
    }
}

/// Prints the costs, or all of it as JSON, and writes the predictions.
fn report(args: &Args, outcomes: &[Outcome], costs: &[Cost]) -> Result<(), Error> {
    let text =
        if args.json { format!("{:#}\n", show::json(outcomes, costs)) } else { show::cost_table(costs) };
    let _ = std::io::stdout().write_all(text.as_bytes());
    let Some(path) = &args.predictions else { return Ok(()) };
    let rows = outcomes.iter().flat_map(|o| &o.predictions).map(|row| format!("{row}\n"));
    write(path, &rows.collect::<String>())
}

/// Writes scores and floors where asked; answers whether every bound holds that was to be checked.
fn keep(args: &Args, outcomes: &[Outcome]) -> Result<bool, Error> {
    let new: Vec<Score> = outcomes.iter().flat_map(|o| o.scores.iter().cloned()).collect();
    if let Some(path) = &args.write_scores {
        write(path, &scores::to_csv(&scores::merge(scores::read_csv(path)?, &new)))?;
    }
    let mut floors = Floors::read(&args.floors)?;
    if args.raise_floors {
        floors.tighten(&new);
        write(&args.floors, &floors.to_toml())?;
    }
    let broken = if args.check_floors { floors.broken(&new) } else { Vec::new() };
    for line in &broken {
        let _ = writeln!(std::io::stderr(), "error: {line}");
    }
    if !broken.is_empty() {
        let hint = "mend what got worse, or lower the floor and say why in the commit";
        let _ = writeln!(std::io::stderr(), "hint: {hint}");
    }
    Ok(broken.is_empty())
}

fn write(path: &Path, text: &str) -> Result<(), Error> {
    std::fs::write(path, text).map_err(|cause| Error::CannotWrite { path: path.to_path_buf(), cause })
}
