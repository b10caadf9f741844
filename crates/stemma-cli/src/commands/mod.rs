//! Carries out a plan.

mod ask;
mod check;
mod completions;
mod doctor;
mod export;
mod join;
mod map;
mod mcp;
mod page;
mod read;
mod search;
mod serve;
mod sum;
mod watch;
mod write;

use crate::error::Failure;
use crate::output::Output;
use crate::plan::Plan;

/// Does what is planned, and writes what comes of it.
pub(crate) fn run(plan: Plan, output: &mut Output) -> Result<(), Failure> {
    match plan {
        Plan::Read(read) => read::run(read, output),
        Plan::Ask(ledger, question) => ask::run(&ledger, &question, output),
        Plan::Search(ledger, typed, length) => search::run(&ledger, &typed, length, output),
        Plan::Check(ledger, typed, length) => check::run(&ledger, &typed, length, output),
        Plan::Export(ledger, typed) => export::run(&ledger, &typed, output),
        Plan::Doctor(ledger, rebuild) => doctor::run(&ledger, rebuild, output),
        Plan::Mcp(ledger, read_only) => mcp::run(ledger, read_only),
        Plan::Serve(ledger, typed) => serve::run(ledger, typed, output),
        Plan::Join(ledger) => join::run(&ledger),
        Plan::Map(typed) => map::run(typed, output),
        Plan::Watch(ledger, typed) => watch::run(ledger, typed, output),
        Plan::Completions(shell) => completions::run(shell, output),
        Plan::Page(ledger, target) => page::run(&ledger, &target, output),
    }
}

/// Sets how many threads work; all cores if none are given.
fn work_with(threads: Option<u16>) {
    if let Some(n) = threads {
        // Fails only where a pool stands already, which nothing before this makes.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(usize::from(n)).build_global();
    }
}
