//! Questions: the part of a ledger that answers, a view, an answer.

use crate::args::EntriesArgs;
use crate::desk::Desk;
use crate::error::Failure;
use crate::output::Output;
use crate::plan::{Length, Question};
use serde::Serialize;
use std::path::Path;
use stemma::ledger::{Lookup, Thing};
use stemma_show::views::entries::EntryFilter;
use stemma_show::{Paper, term, views};
use stemma_store::Ask;

/// Answers one question.
pub(crate) fn run(path: &Path, question: &Question, output: &mut Output) -> Result<(), Failure> {
    let desk = Desk::open(path)?;
    match question {
        Question::Families(length) => {
            list(desk, output, (Ask::Families, *length), views::families::families, term::families)
        }
        Question::Events(length) => {
            list(desk, output, (Ask::Events, *length), views::events::events, term::events)
        }
        Question::Timeline(length) => {
            list(desk, output, (Ask::Storylines, *length), views::timeline::timeline, term::timeline)
        }
        Question::Entries(typed, length) => entries(desk, output, typed, *length),
        Question::Report(word) => {
            let id = desk.report(word)?;
            let part = desk.part(&Ask::Things(vec![Thing::Report(id)]), 1)?;
            let view = views::report::report(&Lookup::of(&part.ledger), id);
            output.show(&view.expect("the report was found"), term::report)
        }
        Question::Collate(a, b) => {
            let (a, b) = (desk.report(a)?, desk.report(b)?);
            if a == b {
                return Err(Failure::said("a report cannot be collated with itself", "name two reports"));
            }
            let part = desk.part(&Ask::Things(vec![Thing::Report(a), Thing::Report(b)]), 2)?;
            let view = views::collation::collation(&Lookup::of(&part.ledger), a, b);
            output.show(&view.expect("both reports were found"), term::collation)
        }
        Question::Why(word) => {
            let thing = desk.resolve(word, "report, family, event or entry", |_| true)?;
            let part = desk.part(&Ask::Things(vec![thing]), 1)?;
            let view = views::why::why(&Lookup::of(&part.ledger), thing);
            output.show(&view.expect("it was found in the ledger"), term::why)
        }
    }
}

fn entries(desk: Desk, output: &mut Output, typed: &EntriesArgs, length: Length) -> Result<(), Failure> {
    let event = typed.event.as_ref().map(|word| desk.event(word)).transpose()?;
    let filter = EntryFilter { standing: typed.standing.map(Into::into), event };
    let ask = Ask::Entries { standing: filter.standing, event };
    list(desk, output, (ask, length), |lookup| views::entries::entries(lookup, filter), term::entries)
}

/// Shows the first of a list, and says how many more there are.
fn list<V: Serialize>(
    desk: Desk,
    output: &mut Output,
    (ask, length): (Ask, Length),
    view: impl Fn(&Lookup) -> Vec<V>,
    text: impl Fn(&[V], Paper) -> String,
) -> Result<(), Failure> {
    let limit = length.at_most(output.is_json());
    let part = desk.part(&ask, limit)?;
    let mut views = view(&Lookup::of(&part.ledger));
    let n = part.n.max(views.len());
    views.truncate(limit);
    let left = n - views.len();
    output.show(&views, |views, paper| {
        let more =
            term::left(left, &format!("`--all` lists them, `--limit {}` some of them", 4 * limit), paper);
        text(views, paper) + &more
    })
}
