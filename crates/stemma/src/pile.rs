//! A [`Pile`]: reports that lie somewhere and are looked at a few at a time.
//!
//! What all reports show together is worked out from a little of each, kept for all, and from whole reports a
//! few at a time: those of a pair, a family, an event. So a pile may be larger than memory. [`Held`] is one
//! that lies in memory, a ledger's is in its file.

use crate::Analysis;
use crate::model::{Moment, ReportId};
use rayon::prelude::*;
use std::convert::Infallible;
use std::ops::Range;
use std::slice::from_ref;

/// Reports that are looked at together: enough that fetching them costs little beside reading them, few
/// beside memory. A group of more (a family, a storyline) is looked at whole.
const TOGETHER: usize = 128;

/// What is needed of a report that is looked at. What is not may be empty, but for its id, its language and when
/// it was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// All of it.
    All,
    /// All but its fingerprint.
    Words,
    /// Its fingerprint alone.
    Print,
}

/// Reports by place, in ascending order of their ids.
pub trait Pile: Sync {
    /// What can hinder a look.
    type Error: Send;

    /// The ids of all, ascending.
    fn ids(&self) -> &[ReportId];

    /// When the report at a place was published.
    fn published(&self, place: u32) -> Option<Moment>;

    /// Shows the reports at some places, in the order given, to `see`.
    ///
    /// # Errors
    /// When they cannot be fetched.
    fn look<T>(
        &self,
        places: &[u32],
        need: Need,
        see: impl FnOnce(&[&Analysis]) -> T,
    ) -> Result<T, Self::Error>;

    /// How many.
    fn len(&self) -> usize {
        self.ids().len()
    }

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.ids().is_empty()
    }

    /// The place of a report.
    fn place(&self, id: ReportId) -> Option<u32> {
        self.ids().binary_search(&id).ok().map(|at| at as u32)
    }

    /// What `ask` finds in each report, by place.
    ///
    /// # Errors
    /// As of [`look`](Self::look).
    fn each<T: Send>(&self, need: Need, ask: impl Fn(&Analysis) -> T + Sync) -> Result<Vec<T>, Self::Error> {
        let places: Vec<u32> = (0..self.len() as u32).collect();
        self.of_each(&places, from_ref, need, |_, reports| ask(reports[0]))
    }

    /// What `ask` finds in each group of reports; `members` gives their places, and they come in that order.
    ///
    /// # Errors
    /// As of [`look`](Self::look).
    fn of_each<G: Sync, T: Send>(
        &self,
        groups: &[G],
        members: impl Fn(&G) -> &[u32] + Sync,
        need: Need,
        ask: impl Fn(&G, &[&Analysis]) -> T + Sync,
    ) -> Result<Vec<T>, Self::Error> {
        let lots = lots(groups, |group| members(group).len());
        let of_lot = |lot: &Range<usize>| {
            let groups = &groups[lot.clone()];
            let places = distinct(groups.iter().map(&members));
            self.look(&places, need, |reports| {
                let at = |place: &u32| reports[places.binary_search(place).expect("all are looked at")];
                let of = |group: &G| members(group).iter().map(at).collect::<Vec<_>>();
                groups.iter().map(|group| ask(group, &of(group))).collect::<Vec<T>>()
            })
        };
        let found: Result<Vec<Vec<T>>, Self::Error> = lots.par_iter().map(of_lot).collect();
        Ok(found?.into_iter().flatten().collect())
    }
}

/// What is gathered from many reports, one after another and side by side.
pub(crate) trait Gathered: Default + Send {
    /// With one more report.
    fn with(self, report: &Analysis) -> Self;
    /// With what was gathered from the reports that follow.
    fn and(self, other: Self) -> Self;
}

/// Gathers from the reports at some places, in that order.
pub(crate) fn gathered<P: Pile, T: Gathered>(pile: &P, places: &[u32], need: Need) -> Result<T, P::Error> {
    let some = |seen: T, lot: &[u32]| {
        pile.look(lot, need, |reports| reports.iter().fold(seen, |seen, r| seen.with(r)))
    };
    let lots = places.par_chunks(TOGETHER).try_fold(T::default, some);
    lots.try_reduce(T::default, |a, b| Ok(a.and(b)))
}

/// Neighbouring groups of so many reports that they are looked at together.
pub(crate) fn lots<G>(groups: &[G], size: impl Fn(&G) -> usize) -> Vec<Range<usize>> {
    let mut lots = Vec::new();
    let (mut from, mut n) = (0, 0);
    for (i, group) in groups.iter().enumerate() {
        n += size(group);
        if n >= TOGETHER || i + 1 == groups.len() {
            lots.push(from..i + 1);
            (from, n) = (i + 1, 0);
        }
    }
    lots
}

/// All the places of some groups, ascending, each once.
pub(crate) fn distinct<'g>(groups: impl Iterator<Item = &'g [u32]>) -> Vec<u32> {
    let mut places: Vec<u32> = groups.flatten().copied().collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// Reports that lie in memory.
#[derive(Debug)]
pub struct Held<'a> {
    ids: Vec<ReportId>,
    reports: Vec<&'a Analysis>,
}

impl<'a> Held<'a> {
    /// Takes reports in any order, each given once.
    pub fn new(reports: &[&'a Analysis]) -> Self {
        let mut reports = reports.to_vec();
        reports.sort_unstable_by_key(|r| r.report.id);
        Self { ids: reports.iter().map(|r| r.report.id).collect(), reports }
    }
}

impl Pile for Held<'_> {
    type Error = Infallible;

    fn ids(&self) -> &[ReportId] {
        &self.ids
    }

    fn published(&self, place: u32) -> Option<Moment> {
        self.reports[place as usize].report.published
    }

    fn look<T>(&self, places: &[u32], _: Need, see: impl FnOnce(&[&Analysis]) -> T) -> Result<T, Infallible> {
        Ok(see(&places.iter().map(|at| self.reports[*at as usize]).collect::<Vec<_>>()))
    }
}
