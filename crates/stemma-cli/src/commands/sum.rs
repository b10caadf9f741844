//! A ledger -> its summary: counts, and the most telling few with their evidence.

use stemma::ledger::{Lookup, Thing};
use stemma_show::views::summary::{First, N_ENTRIES, N_FAMILIES, PER_STANDING, SummaryView};
use stemma_show::views::{entries, families, names};
use stemma_store::{Ask, Forward, Store, StoreError};

/// Sums up a ledger.
pub(super) fn summary(store: &Store) -> Result<SummaryView, StoreError> {
    let forward =
        Forward { per_standing: PER_STANDING, entries: N_ENTRIES, families: N_FAMILIES, spun: N_ENTRIES };
    let sums = store.sums(forward)?;
    let spun = sums.surest_spun.iter().map(|s| s.1);
    let told = sums.entries.iter().copied().map(Thing::Entry);
    let bound = sums.families.iter().copied().chain(spun).map(Thing::Family);
    let things: Vec<Thing> = told.chain(bound).collect();
    let n = things.len();
    let part = store.part(&Ask::Things(things), n)?.ledger;
    let lookup = Lookup::of(&part);
    let entry = |id| part.joined.entries.iter().find(|e| e.id == id).map(|e| entries::entry(&lookup, e));
    let family = |id| part.joined.stemmas.iter().find(|s| s.id == id).map(|s| families::family(&lookup, s));
    let spun = |(report, of)| family(of)?.spun.into_iter().find(|s| s.report == report);
    let first = First {
        entries: sums.entries.iter().copied().filter_map(entry).collect(),
        families: sums.families.iter().copied().filter_map(family).collect(),
        spun: sums.surest_spun.iter().copied().filter_map(spun).collect(),
    };
    let figures = sums.figures;
    Ok(SummaryView {
        reports: figures.reports,
        undated: figures.undated,
        languages: figures.languages,
        notes: sums.notes.into_iter().map(|(kind, n)| (names::note(kind), n)).collect(),
        families: figures.families,
        families_of_several: figures.families_of_several,
        descended: sums.kinds.values().sum(),
        kinds: sums.kinds.into_iter().map(|(kind, n)| (names::descent(kind), n)).collect(),
        lost: figures.lost,
        variants: sums.variants,
        spun: sums.spun,
        events: figures.events,
        storylines: figures.storylines,
        entries: figures.standings.values().sum(),
        standings: figures.standings,
        first,
    })
}
