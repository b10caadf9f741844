//! In which order a reader wants the parts of a ledger: the most telling first.
//!
//! Keys to sort by, and whole orders as indices. Judges nothing: it counts what stands there.

use super::Joined;
use crate::group::Event;
use crate::model::{EntryId, EventId, FamilyId, ReportId};
use crate::reconcile::{Entry, Standing};
use crate::trace::Stemma;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// All standings, trouble first.
pub const STANDINGS: [Standing; 6] = [
    Standing::Disputed,
    Standing::Corrupted,
    Standing::Updated,
    Standing::Corroborated,
    Standing::Echoed,
    Standing::Single,
];

/// Entries: trouble, then origins, then readings.
pub fn of_entry(entry: &Entry) -> (usize, Reverse<(usize, usize)>, EntryId) {
    let rank = STANDINGS.iter().position(|s| *s == entry.standing).unwrap_or(STANDINGS.len());
    (rank, Reverse((entry.origins.len(), entry.readings.len())), entry.id)
}

/// Families: the largest first; of lone reports, those that were made from a lost one.
pub fn of_family(stemma: &Stemma) -> (Reverse<(usize, bool)>, FamilyId) {
    (Reverse((stemma.reports.len(), !stemma.descents.is_empty())), stemma.id)
}

/// The parts of a joined half, each as indices in a reader's order.
pub struct Order {
    /// Families, the largest first.
    pub families: Vec<usize>,
    /// Events, those that most families tell first.
    pub events: Vec<usize>,
    /// Storylines, those that most families tell first.
    pub storylines: Vec<usize>,
    /// Entries, the most telling first.
    pub entries: Vec<usize>,
}

impl Joined {
    /// Puts all parts in a reader's order.
    pub fn order(&self) -> Order {
        let events: FxHashMap<EventId, &Event> = self.groups.events.iter().map(|e| (e.id, e)).collect();
        let families: FxHashMap<ReportId, u64> =
            self.stemmas.iter().flat_map(|s| s.reports.iter().map(|r| (*r, s.id.0))).collect();
        let told = |reports: &mut dyn Iterator<Item = &ReportId>| {
            let mut n = 0;
            let of = reports.inspect(|_| n += 1).map(|r| families.get(r).copied().unwrap_or(r.0));
            let of: BTreeSet<u64> = of.collect();
            Reverse((of.len(), n))
        };
        Order {
            families: sorted(&self.stemmas, of_family),
            events: sorted(&self.groups.events, |e| (told(&mut e.reports.iter()), e.id)),
            storylines: sorted(&self.groups.storylines, |s| {
                let of = s.events.iter().filter_map(|id| events.get(id));
                (told(&mut of.flat_map(|e| &e.reports)), s.id)
            }),
            entries: sorted(&self.entries, of_entry),
        }
    }
}

fn sorted<T, K: Ord>(items: &[T], key: impl Fn(&T) -> K) -> Vec<usize> {
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by_cached_key(|i| key(&items[*i]));
    order
}

#[cfg(test)]
mod tests {
    use crate::model::RawReport;

    #[test]
    fn an_order_names_every_part_once() {
        let raw = |key: &str, text: &str| RawReport {
            key: key.into(),
            file: format!("{key}.txt"),
            text: text.into(),
            ..RawReport::default()
        };
        let told = "The dam at Pelt broke at dawn on Friday.\n\nNine boats sank in the lower harbour.";
        let ledger = crate::ledger(vec![
            raw("a", "The mayor of Loria spoke about bread."),
            raw("b", told),
            raw("c", told),
        ]);
        let order = ledger.joined.order();
        assert_eq!(ledger.joined.stemmas[order.families[0]].reports.len(), 2, "the largest first");
        for (order, n) in [
            (order.families, ledger.joined.stemmas.len()),
            (order.events, ledger.joined.groups.events.len()),
            (order.storylines, ledger.joined.groups.storylines.len()),
            (order.entries, ledger.joined.entries.len()),
        ] {
            let mut all = order;
            all.sort_unstable();
            assert_eq!(all, (0..n).collect::<Vec<_>>());
        }
    }
}
