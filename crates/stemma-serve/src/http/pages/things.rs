//! One thing on a page: a storyline, an event, an entry, a family, a report, an outlet.

use super::{Leaf, Shared, Shown, Words, lacks, line, paging, shown, window};
use crate::http::asked::{self, Named};
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use stemma::ledger::{Lookup, Thing};
use stemma_show::site::{Site, Tab, lists, things};
use stemma_show::views::entries::EntryFilter;
use stemma_show::views::{self, FamilyView, WhyView};
use stemma_store::Ask;

/// Families drawn on the page of an event, the largest first.
const FAMILIES: usize = 8;

pub(super) async fn storyline(
    State(app): Shared,
    headers: HeaderMap,
    id: Named,
    Query(words): Words,
) -> Shown {
    shown(&app, &headers, move |desk| {
        let thing = desk.resolve(&id.0, "storyline", |t| matches!(t, Thing::Storyline(_)))?;
        let Thing::Storyline(story) = thing else { return Err(lacks(&id.0)) };
        let window = window(&words);
        let part = desk.part(&Ask::Things(vec![thing]), 1)?;
        let view = views::timeline::timeline(&Lookup::of(&part.ledger)).into_iter().next();
        let view = view.ok_or_else(|| lacks(&id.0))?;
        let ask = Ask::Entries { standing: None, event: None, storyline: Some(story) };
        let claims = desk.part(&ask, window)?;
        let lookup = Lookup::of(&claims.ledger);
        let entries = views::entries::entries(&lookup, EntryFilter::default());
        let p = paging(&format!("/storylines/{story}"), &words, window, entries.len(), claims.n);
        let main = things::storyline(&Site::of(&lookup), &view, &entries, &p);
        Ok(Leaf::new(lists::name(&view.events), Tab::Stories, main))
    })
    .await
}

pub(super) async fn event(State(app): Shared, headers: HeaderMap, id: Named, Query(words): Words) -> Shown {
    shown(&app, &headers, move |desk| {
        let event = desk.event(&id.0)?;
        let window = window(&words);
        let claims =
            desk.part(&Ask::Entries { standing: None, event: Some(event), storyline: None }, window)?;
        let filter = EntryFilter { standing: None, event: Some(event) };
        let entries = views::entries::entries(&Lookup::of(&claims.ledger), filter);
        let part = desk.part(&Ask::Things(vec![Thing::Event(event)]), 1)?;
        let lookup = Lookup::of(&part.ledger);
        let told = lookup.event(event).ok_or_else(|| lacks(&id.0))?;
        let card = views::card::card(&lookup, told);
        let telling = |f: &FamilyView| f.reports.len() + f.lost.len() > 1 || !f.spun.is_empty();
        let mut kin = views::families::families(&lookup);
        kin.retain(telling);
        kin.truncate(FAMILIES);
        let p = paging(&format!("/events/{event}"), &words, window, entries.len(), claims.n);
        let main = things::event(&Site::of(&lookup), &card, &entries, &kin, &p);
        let title = card.event.headline.as_ref().map_or("Event", |h| h.text.trim());
        Ok(Leaf::new(title, Tab::Stories, main))
    })
    .await
}

pub(super) async fn entry(State(app): Shared, headers: HeaderMap, id: Named) -> Shown {
    shown(&app, &headers, move |desk| {
        let thing = desk.resolve(&id.0, "entry", |t| matches!(t, Thing::Entry(_)))?;
        let part = desk.part(&Ask::Things(vec![thing]), 1)?;
        let lookup = Lookup::of(&part.ledger);
        let Some(WhyView::Entry(why)) = views::why::why(&lookup, thing) else { return Err(lacks(&id.0)) };
        let main = things::entry(&Site::of(&lookup), &why.entry, &why.sentences);
        Ok(Leaf::new(why.entry.claim.clone(), Tab::Entries, main))
    })
    .await
}

pub(super) async fn family(State(app): Shared, headers: HeaderMap, id: Named) -> Shown {
    shown(&app, &headers, move |desk| {
        let thing = desk.resolve(&id.0, "family", |t| matches!(t, Thing::Family(_)))?;
        let part = desk.part(&Ask::Things(vec![thing]), 1)?;
        let lookup = Lookup::of(&part.ledger);
        let mut found = views::families::families(&lookup).into_iter();
        let view = found.find(|f| thing == Thing::Family(f.id)).ok_or_else(|| lacks(&id.0))?;
        Ok(Leaf::new(lists::root(&view), Tab::Families, things::family(&Site::of(&lookup), &view)))
    })
    .await
}

pub(super) async fn report(State(app): Shared, headers: HeaderMap, id: Named, Query(words): Words) -> Shown {
    shown(&app, &headers, move |desk| {
        let report = desk.report(&id.0)?;
        let part = desk.part(&Ask::Things(vec![Thing::Report(report)]), 1)?;
        let lookup = Lookup::of(&part.ledger);
        let view = views::report::report(&lookup, report).ok_or_else(|| lacks(&id.0))?;
        let site = Site::of(&lookup).reading(asked::span(words.get("at").map(String::as_str)));
        let title = view.title.as_deref().unwrap_or(&view.file).to_owned();
        Ok(Leaf::new(title, Tab::Reports, things::report(&site, &view)))
    })
    .await
}

pub(super) async fn outlet(
    State(app): Shared,
    headers: HeaderMap,
    name: Named,
    Query(words): Words,
) -> Shown {
    shown(&app, &headers, move |desk| {
        let window = window(&words);
        let (outlet, ids) = desk.store().outlet(&name.0, window)?.ok_or_else(|| lacks(&name.0))?;
        let part = desk.part(&Ask::Reports(ids.clone()), window)?;
        let lookup = Lookup::of(&part.ledger);
        let found = views::search::found(&lookup, &ids, &[]);
        let line = line(outlet);
        let p = paging(&line.href, &words, window, found.len(), line.reports);
        let main = things::outlet(&Site::of(&lookup), &line, &found, &p);
        Ok(Leaf::new(line.name, Tab::Outlets, main))
    })
    .await
}
