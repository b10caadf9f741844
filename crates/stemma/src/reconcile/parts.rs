//! A pile -> the parts of it that have nothing to do with each other: no family and no storyline spans two.
//!
//! Each is reconciled by itself, so that what is held at a time is a storyline's, not the pile's.

use crate::group::{Event, Groups};
use crate::model::ReportId;
use crate::pile::Pile;
use crate::trace::Stemma;
use petgraph::unionfind::UnionFind;
use rustc_hash::FxHashMap;

/// Reports with the families and events that they alone are in.
#[derive(Default)]
pub(super) struct Part<'a> {
    /// By place, ascending.
    pub reports: Vec<u32>,
    pub stemmas: Vec<&'a Stemma>,
    pub events: Vec<&'a Event>,
}

/// All of a pile as one part.
pub(super) fn whole<'a>(pile: &impl Pile, stemmas: &'a [Stemma], groups: &'a Groups) -> Part<'a> {
    Part {
        reports: (0..pile.len() as u32).collect(),
        stemmas: stemmas.iter().collect(),
        events: groups.events.iter().collect(),
    }
}

/// The parts of a pile; the largest first, so that no thread ends with it.
pub(super) fn parts<'a>(pile: &impl Pile, stemmas: &'a [Stemma], groups: &'a Groups) -> Vec<Part<'a>> {
    let place = |id: &ReportId| pile.place(*id).map(|at| at as usize);
    let mut joined = UnionFind::<usize>::new(pile.len());
    let mut join = |ids: &mut dyn Iterator<Item = &ReportId>, first: &mut Option<usize>| {
        for at in ids.filter_map(place) {
            joined.union(*first.get_or_insert(at), at);
        }
    };
    for stemma in stemmas {
        join(&mut stemma.reports.iter(), &mut None);
    }
    let mut storylines = FxHashMap::default();
    for event in &groups.events {
        join(&mut event.reports.iter(), storylines.entry(event.storyline).or_default());
    }
    let label = joined.into_labeling();
    let mut numbers: FxHashMap<usize, usize> = FxHashMap::default();
    let mut parts: Vec<Part> = Vec::new();
    for (at, label) in label.iter().enumerate() {
        let number = *numbers.entry(*label).or_insert_with(|| {
            parts.push(Part::default());
            parts.len() - 1
        });
        parts[number].reports.push(at as u32);
    }
    let of = |ids: &[ReportId]| ids.iter().find_map(place).map(|at| numbers[&label[at]]);
    for stemma in stemmas {
        of(&stemma.reports).into_iter().for_each(|n| parts[n].stemmas.push(stemma));
    }
    for event in &groups.events {
        of(&event.reports).into_iter().for_each(|n| parts[n].events.push(event));
    }
    parts.sort_by_key(|p| std::cmp::Reverse(p.reports.len()));
    parts
}
