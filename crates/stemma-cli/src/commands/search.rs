//! `stemma search`: reports by their words.

use crate::args::SearchArgs;
use crate::error::Failure;
use crate::output::Output;
use crate::plan::Length;
use std::path::Path;
use stemma::ledger::Lookup;
use stemma_show::{term, views};
use stemma_store::{Ask, Desk, Query, parted};

/// Finds reports, the best first.
pub(crate) fn run(
    path: &Path,
    typed: &SearchArgs,
    length: Length,
    output: &mut Output,
) -> Result<(), Failure> {
    let desk = Desk::open(path)?;
    let query = Query {
        words: parted(&typed.words.join(" ")),
        name: typed.name.clone(),
        standing: typed.standing.map(Into::into),
        lang: typed.lang,
        outlet: typed.outlet.clone(),
        since: typed.since.clone(),
        until: typed.until.clone(),
    };
    let no_words = query.words.is_empty() && !typed.words.is_empty();
    if no_words || query == Query::default() {
        return Err(Failure::said(
            "nothing to search for",
            "give a word or more, such as `stemma search harbour`, or --name, --outlet, --since, --standing",
        ));
    }
    let limit = length.at_most(output.is_json());
    let (ids, n) = desk.store().search(&query, limit)?;
    let part = desk.part(&Ask::Reports(ids.clone()), limit)?;
    let found = views::search::found(&Lookup::of(&part.ledger), &ids, &query.words);
    let left = n - found.len().min(n);
    output.show(&found, |found, paper| {
        let how = "`--all` lists them; more words find fewer";
        term::found(found, paper) + &term::left(left, how, paper)
    })
}
