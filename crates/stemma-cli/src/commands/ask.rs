//! Questions: the part of a ledger that answers, a view, an answer.

use crate::args::EntriesArgs;
use crate::error::Failure;
use crate::output::Output;
use crate::plan::{Length, Question};
use serde::Serialize;
use std::collections::BTreeSet;
use std::path::Path;
use stemma::ledger::{Lookup, Thing};
use stemma::model::{EventId, Moment, ReportId};
use stemma_show::graphs::{Format, graphs};
use stemma_show::views::FamilyView;
use stemma_show::views::entries::EntryFilter;
use stemma_show::{Paper, term, views};
use stemma_store::{Ask, Desk};

/// Answers one question.
pub(crate) fn run(path: &Path, question: &Question, output: &mut Output) -> Result<(), Failure> {
    let desk = Desk::open(path)?;
    match question {
        Question::Families { of, format, length } => {
            families(desk, output, (of.as_deref(), *format), *length)
        }
        Question::Events { of, since, length } => match (&of[..], &since[..]) {
            ([], []) => list(desk, output, (Ask::Events, *length), views::events::events, term::events),
            (of, []) => cards(desk, output, of),
            (of, since) => changes(desk, output, (of, since), *length),
        },
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
        Question::Collate(words) => collate(desk, output, words),
        Question::Why(word) => {
            let thing = desk.resolve(word, "report, family, event or entry", |_| true)?;
            let part = desk.part(&Ask::Things(vec![thing]), 1)?;
            let view = views::why::why(&Lookup::of(&part.ledger), thing);
            output.show(&view.expect("it was found in the ledger"), term::why)
        }
    }
}

/// The cards of some events, in the order asked for.
fn cards(desk: Desk, output: &mut Output, words: &[String]) -> Result<(), Failure> {
    let ids: Vec<EventId> = words.iter().map(|word| desk.event(word)).collect::<Result<_, _>>()?;
    let things: Vec<Thing> = ids.iter().map(|id| Thing::Event(*id)).collect();
    let part = desk.part(&Ask::Things(things), ids.len())?;
    let lookup = Lookup::of(&part.ledger);
    let found = views::card::cards(&lookup, ids.iter().filter_map(|id| lookup.event(*id)));
    output.show(&found, |found, paper| term::cards(found, paper))
}

/// What new reports add to events: all events, or some.
fn changes(
    desk: Desk,
    output: &mut Output,
    (of, since): (&[String], &[String]),
    length: Length,
) -> Result<(), Failure> {
    let of: Vec<EventId> = of.iter().map(|word| desk.event(word)).collect::<Result<_, _>>()?;
    let dated = |word: &String| match Moment::parse(word) {
        Some(moment) => Ok((Some(moment), None)),
        None => desk.report(word).map(|id| (None, Some(id))),
    };
    let since: Vec<(Option<Moment>, Option<ReportId>)> = since.iter().map(dated).collect::<Result<_, _>>()?;
    let limit = length.at_most(output.is_json());
    let ledger = desk.whole()?;
    let mut new: BTreeSet<ReportId> = since.iter().filter_map(|s| s.1).collect();
    for (moment, report) in since {
        let published = report.and_then(|id| ledger.report(id)).and_then(|a| a.report.published);
        new.extend(moment.or(published).iter().flat_map(|m| views::changes::published_since(&ledger, m)));
    }
    let mut found = views::changes::changes(&Lookup::of(&ledger), &new);
    found.retain(|c| of.is_empty() || of.contains(&c.event.id));
    let left = found.len().saturating_sub(limit);
    found.truncate(limit);
    output.show(&found, |found, paper| {
        term::changes(found, paper) + &term::left(left, "`--all` lists them", paper)
    })
}

/// All families or one, as a list or as a graph.
fn families(
    desk: Desk,
    output: &mut Output,
    (of, format): (Option<&str>, Option<Format>),
    length: Length,
) -> Result<(), Failure> {
    let takes = |t: &Thing| matches!(t, Thing::Family(_) | Thing::Report(_));
    let of = of.map(|word| desk.resolve(word, "family", takes)).transpose()?;
    let ask = of.map_or(Ask::Families, |thing| Ask::Things(vec![thing]));
    let view = |lookup: &Lookup| -> Vec<FamilyView> {
        let wanted = |f: &FamilyView| match of {
            Some(Thing::Family(id)) => f.id == id,
            Some(Thing::Report(id)) => f.reports.iter().any(|r| r.id == id),
            _ => true,
        };
        views::families::families(lookup).into_iter().filter(wanted).collect()
    };
    let Some(format) = format else { return list(desk, output, (ask, length), view, term::families) };
    let limit = length.at_most(output.is_json());
    let part = desk.part(&ask, limit)?;
    let mut found = view(&Lookup::of(&part.ledger));
    found.truncate(limit);
    output.raw(graphs(&found, format).as_bytes())
}

/// Two reports side by side, or several against the first.
fn collate(desk: Desk, output: &mut Output, words: &[String]) -> Result<(), Failure> {
    let ids = desk.distinct_reports(words)?;
    let things: Vec<Thing> = ids.iter().map(|id| Thing::Report(*id)).collect();
    let part = desk.part(&Ask::Things(things), ids.len())?;
    let lookup = Lookup::of(&part.ledger);
    if let [a, b] = ids[..] {
        let view = views::collation::collation(&lookup, a, b);
        return output.show(&view.expect("both reports were found"), term::collation);
    }
    let view = views::table::table(&lookup, &ids);
    output.show(&view.expect("the reports were found"), term::table)
}

fn entries(desk: Desk, output: &mut Output, typed: &EntriesArgs, length: Length) -> Result<(), Failure> {
    let event = typed.event.as_ref().map(|word| desk.event(word)).transpose()?;
    let filter = EntryFilter { standing: typed.standing.map(Into::into), event };
    let ask = Ask::Entries { standing: filter.standing, event, storyline: None };
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
