//! Storylines -> [`Circle`]s: the reports whose claims are held together, with all that copies what they tell.
//!
//! Each is reconciled by itself, so that what is held at a time is a storyline's, not the pile's.

use super::claims::Clauses;
use super::cut;
use super::kin::{At, Telling, Tellings};
use super::lineage::Lineage;
use crate::Analysis;
use crate::group::Groups;
use crate::model::StorylineId;
use crate::pile::Pile;
use crate::segment::Rarity;
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A storyline, and what has to be read to tell its claims.
pub(super) struct Circle {
    /// Its reports by place, events together, ascending within each.
    reports: Vec<u32>,
    /// Those, the copies of what they tell, and what their own word goes back to; by place, ascending.
    pub reads: Vec<u32>,
}

/// The circles of a pile: every report is in one. The largest first, so that no thread ends with it.
pub(super) fn circles(
    pile: &impl Pile,
    groups: &Groups,
    lineage: &Lineage,
    tellings: &Tellings,
) -> Vec<Circle> {
    let mut storylines: BTreeMap<StorylineId, Vec<u32>> = BTreeMap::new();
    for event in &groups.events {
        let places = event.reports.iter().filter_map(|id| pile.place(*id));
        storylines.entry(event.storyline).or_default().extend(places);
    }
    let storylines: Vec<Vec<u32>> = storylines.into_values().collect();
    let circle = |reports: Vec<u32>| {
        let of = |&place: &u32| {
            let copies = tellings.of(place).iter().flatten().map(|at| at.0);
            copies.chain(lineage.behind_lost(place)).chain([place])
        };
        let mut reads: Vec<u32> = reports.iter().flat_map(of).collect();
        reads.sort_unstable();
        reads.dedup();
        Circle { reports, reads }
    };
    let mut circles: Vec<Circle> = storylines.into_par_iter().map(circle).collect();
    circles.sort_by_key(|c| Reverse(c.reads.len()));
    circles
}

/// What a circle's reports tell.
pub(super) struct Told {
    pub clauses: Clauses,
    /// In order of their heads, all of which stand in the circle.
    pub tellings: Vec<Telling>,
}

impl Circle {
    /// Cuts the reports to be read, in their order, and finds what those of the circle tell. Clauses that are no
    /// heads are not measured.
    pub fn told(
        &self,
        reports: &[&Analysis],
        lineage: &Lineage,
        tellings: &Tellings,
        rarity: &Rarity,
    ) -> Told {
        let mut own = self.reports.clone();
        own.sort_unstable();
        let is_own = |report: usize| own.binary_search(&self.reads[report]).is_ok();
        let alone: Vec<bool> =
            (0..self.reads.len()).map(|r| is_own(r) && lineage.is_alone(r as u32)).collect();
        let heads = |report: usize| match is_own(report) {
            true => tellings.of(self.reads[report]),
            false => &[],
        };
        let is_head = |report: usize, number: u32| {
            alone[report] || heads(report).binary_search_by_key(&number, |t| t[0].1).is_ok()
        };
        let clauses = cut(reports, rarity, |(report, number)| is_head(report as usize, number));
        let local = |at: &At| {
            let report = self.reads.binary_search(&at.0).expect("copies are read");
            clauses.ranges[report].start + at.1
        };
        let mut told: Vec<Telling> = Vec::new();
        for (report, &alone) in alone.iter().enumerate() {
            if alone {
                told.extend(clauses.ranges[report].clone().map(|c| Telling { clauses: vec![c] }));
            }
            told.extend(heads(report).iter().map(|t| Telling { clauses: t.iter().map(local).collect() }));
        }
        Told { clauses, tellings: told }
    }

    /// The indices of its reports among those read, events together.
    pub fn places(&self) -> Vec<u32> {
        let at = |place| self.reads.binary_search(place).expect("its own reports are read") as u32;
        self.reports.iter().map(at).collect()
    }
}
