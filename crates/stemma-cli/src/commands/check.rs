//! `stemma check`: what the ledger has for a sentence.

use crate::args::CheckArgs;
use crate::error::Failure;
use crate::output::Output;
use crate::plan::Length;
use std::io::Read;
use std::path::Path;
use stemma::check::Outcome;
use stemma::ledger::Lookup;
use stemma_show::{term, views};
use stemma_store::{Checked, Desk, LONGEST_SENTENCE};

/// Answers; fails, after it has answered, if nothing bears on the sentence.
pub(crate) fn run(
    path: &Path,
    typed: &CheckArgs,
    length: Length,
    output: &mut Output,
) -> Result<(), Failure> {
    let sentence = if typed.sentence == "-" { piped()? } else { typed.sentence.clone() };
    let desk = Desk::open(path)?;
    let Checked { question, answer, part } = desk.check(&sentence, typed.lang, typed.published)?;
    let mut view = views::check::check(&Lookup::of(&part.ledger), &question, &answer);
    let n = view.findings.len();
    view.findings.truncate(length.at_most(output.is_json()));
    let left = n - view.findings.len();
    output.show(&view, |view, paper| {
        term::check(view, paper) + &term::left(left, "`--all` lists them", paper)
    })?;
    if answer.outcome == Outcome::Unknown { Err(Failure::Unknown) } else { Ok(()) }
}

fn piped() -> Result<String, Failure> {
    let mut bytes = Vec::new();
    std::io::stdin().take(LONGEST_SENTENCE as u64 + 1).read_to_end(&mut bytes).map_err(|e| {
        Failure::said(format!("cannot read standard input: {e}"), "give the sentence as an argument")
    })?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
