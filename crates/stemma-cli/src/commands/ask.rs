//! Questions: a ledger, a view, an answer.

use crate::args::EntriesArgs;
use crate::desk;
use crate::error::Failure;
use crate::output::Output;
use crate::plan::Question;
use std::path::Path;
use stemma::ledger::{Lookup, Thing};
use stemma::model::EventId;
use stemma_show::views::entries::EntryFilter;
use stemma_show::{term, views};

/// Answers one question.
pub(crate) fn run(path: &Path, question: &Question, output: &mut Output) -> Result<(), Failure> {
    let ledger = desk::open(path)?;
    let lookup = Lookup::of(&ledger);
    match question {
        Question::Families => {
            output.show(&views::families::families(&lookup), |v, paper| term::families(v, paper))
        }
        Question::Events => output.show(&views::events::events(&lookup), |v, paper| term::events(v, paper)),
        Question::Timeline => {
            output.show(&views::timeline::timeline(&lookup), |v, paper| term::timeline(v, paper))
        }
        Question::Entries(typed) => {
            let filter = filter(&lookup, typed)?;
            output.show(&views::entries::entries(&lookup, filter), |v, paper| term::entries(v, paper))
        }
        Question::Report(word) => {
            let view = views::report::report(&lookup, desk::report(&lookup, word)?);
            output.show(&view.expect("the report was found"), term::report)
        }
        Question::Collate(a, b) => {
            let (a, b) = (desk::report(&lookup, a)?, desk::report(&lookup, b)?);
            if a == b {
                return Err(Failure::said("a report cannot be collated with itself", "name two reports"));
            }
            let view = views::collation::collation(&lookup, a, b);
            output.show(&view.expect("both reports were found"), term::collation)
        }
        Question::Why(word) => {
            let thing = desk::resolve(&lookup, word, "report, family, event or entry", |_| true)?;
            let view = views::why::why(&lookup, thing);
            output.show(&view.expect("it was found in the ledger"), term::why)
        }
    }
}

fn filter(lookup: &Lookup, typed: &EntriesArgs) -> Result<EntryFilter, Failure> {
    let event = typed.event.as_ref().map(|word| event(lookup, word)).transpose()?;
    Ok(EntryFilter { standing: typed.standing.map(Into::into), event })
}

/// An event by its id, or by a report that tells it.
fn event(lookup: &Lookup, word: &str) -> Result<EventId, Failure> {
    let takes = |t: &Thing| matches!(t, Thing::Event(_) | Thing::Report(_));
    let found = match desk::resolve(lookup, word, "event", takes)? {
        Thing::Event(id) => Some(id),
        Thing::Report(id) => lookup.event_of(id).map(|e| e.id),
        _ => None,
    };
    found.ok_or_else(|| Failure::said(format!("\"{word}\" tells no event"), "`stemma events` lists them"))
}
