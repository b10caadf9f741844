//! Stemmas -> [`Lineage`]: for each report its family, its elders, and where its own word leads.
//!
//! Elders come before those made from them, so that what a family tells can be gathered from the
//! root outwards. The order of input is irrelevant.

use super::{Origin, OriginKind};
use crate::Analysis;
use crate::model::{Moment, ReportId};
use crate::pile::Pile;
use crate::trace::{DescentKind, Parent, Stemma, Variant, VariantReading};
use std::borrow::Cow;

/// How many elders a report is held against, the nearest first; the root of its family always.
///
/// What neither the parent nor two further ancestors tell is the report's own.
const MOST_ELDERS: usize = 4;

/// What the stemmas say of each report, by its index: its place in the pile, or among [some](Self::of).
pub(super) struct Lineage<'a> {
    /// The reports, ascending by id.
    ids: Cow<'a, [ReportId]>,
    stemmas: &'a [Stemma],
    /// The number of the family.
    pub family: Vec<u32>,
    /// The members of each family, elders first; of all reports alone.
    pub families: Vec<Vec<u32>>,
    /// Whether the wording looks spun.
    pub spun: Vec<bool>,
    first: Vec<bool>,
    dated: Vec<Option<Moment>>,
    parents: Vec<Option<Parent>>,
    kinds: Vec<Option<DescentKind>>,
    elders: Vec<Vec<u32>>,
    /// Where a report stands in its family's collation: variants, and readings in them, ascending.
    stands: Vec<Vec<(u32, u32)>>,
}

impl<'a> Lineage<'a> {
    /// Of all reports of a pile.
    pub fn new(pile: &'a impl Pile, stemmas: &'a [Stemma]) -> Self {
        let n = pile.len();
        let place = |id: &ReportId| pile.place(*id).map(|at| at as usize);
        let mut lineage = Self {
            ids: Cow::Borrowed(pile.ids()),
            stemmas,
            family: (0..n).map(|i| (stemmas.len() + i) as u32).collect(),
            families: vec![Vec::new(); stemmas.len()],
            spun: vec![false; n],
            first: vec![false; n],
            dated: (0..n as u32).map(|at| pile.published(at)).collect(),
            parents: vec![None; n],
            kinds: vec![None; n],
            elders: vec![Vec::new(); n],
            stands: vec![Vec::new(); n],
        };
        let mut also: Vec<Vec<u32>> = vec![Vec::new(); n];
        for (number, stemma) in stemmas.iter().enumerate() {
            stemma.reports.iter().filter_map(place).for_each(|i| lineage.family[i] = number as u32);
            stemma.spun.iter().filter_map(|s| place(&s.report)).for_each(|i| lineage.spun[i] = true);
            for (v, variant) in stemma.variants.iter().enumerate() {
                for (r, reading) in variant.readings.iter().enumerate() {
                    let at = place(&reading.place.report);
                    at.into_iter().for_each(|i| lineage.stands[i].push((v as u32, r as u32)));
                }
            }
            for descent in &stemma.descents {
                if let Some(i) = place(&descent.child) {
                    lineage.parents[i] = Some(descent.parent.clone());
                    lineage.kinds[i] = Some(descent.kind);
                    also[i] =
                        descent.also.iter().filter_map(read).filter_map(place).map(|i| i as u32).collect();
                }
            }
        }
        lineage.order(pile);
        lineage.find_elders(&also);
        lineage
    }

    /// The same of some reports alone, given by place, ascending, by their index among them. Elders that are not
    /// among them are passed over.
    pub fn of(&self, places: &[u32]) -> Lineage<'a> {
        let at = |place: &u32| places.binary_search(place).ok().map(|i| i as u32);
        let of = |elders: &Vec<u32>| elders.iter().filter_map(at).collect();
        Lineage {
            ids: places.iter().map(|&p| self.ids[p as usize]).collect(),
            stemmas: self.stemmas,
            family: places.iter().map(|&p| self.family[p as usize]).collect(),
            families: Vec::new(),
            spun: places.iter().map(|&p| self.spun[p as usize]).collect(),
            first: places.iter().map(|&p| self.first[p as usize]).collect(),
            dated: places.iter().map(|&p| self.dated[p as usize]).collect(),
            parents: places.iter().map(|&p| self.parents[p as usize].clone()).collect(),
            kinds: places.iter().map(|&p| self.kinds[p as usize]).collect(),
            elders: places.iter().map(|&p| of(&self.elders[p as usize])).collect(),
            stands: places.iter().map(|&p| self.stands[p as usize].clone()).collect(),
        }
    }

    /// Orders the members of each family: by depth, then the plainest making, then the earliest.
    fn order(&mut self, pile: &impl Pile) {
        let depths: Vec<usize> = (0..pile.len()).map(|i| self.ancestors(i as u32).len()).collect();
        let rank = |&i: &u32| {
            let (published, id) = (pile.published(i), pile.ids()[i as usize]);
            let i = i as usize;
            let made = match self.kinds[i] {
                Some(DescentKind::Spin) => 2,
                Some(DescentKind::Translation) => 1,
                _ => 0,
            };
            (depths[i], made + u8::from(self.spun[i]), published.is_none(), published, id)
        };
        let mut families = vec![Vec::new(); self.stemmas.len()];
        let mut alone = Vec::new();
        for (i, &family) in self.family.iter().enumerate() {
            match families.get_mut(family as usize) {
                Some(members) => members.push(i as u32),
                None => alone.push(vec![i as u32]),
            }
        }
        families.iter_mut().for_each(|members: &mut Vec<u32>| members.sort_by_cached_key(rank));
        families.extend(alone);
        for members in &families {
            members.first().into_iter().for_each(|&i| self.first[i as usize] = true);
            let known = members.iter().find_map(|&i| self.dated[i as usize]);
            members.iter().for_each(|&i| self.dated[i as usize] = self.dated[i as usize].or(known));
        }
        self.families = families;
    }

    fn find_elders(&mut self, also: &[Vec<u32>]) {
        for members in &self.families {
            for (at, &i) in members.iter().enumerate() {
                let mut elders = self.ancestors(i);
                elders.truncate(MOST_ELDERS - 1);
                let parted =
                    || also[i as usize].iter().filter(|o| members[..at].contains(o)).take(MOST_ELDERS);
                elders.extend(parted());
                // Under a lost root the first members stand for it.
                elders.extend(&members[..at.min(2)]);
                let mut seen = Vec::new();
                elders.retain(|e| {
                    *e != i && !seen.contains(e) && {
                        seen.push(*e);
                        true
                    }
                });
                self.elders[i as usize] = elders;
            }
        }
    }

    /// The read ancestors of a report, nearest first.
    fn ancestors(&self, report: u32) -> Vec<u32> {
        let (mut found, mut at) = (Vec::new(), report);
        while let Some(parent) = self.parent(at).filter(|p| *p != report && !found.contains(p)) {
            found.push(parent);
            at = parent;
        }
        found
    }

    /// The report that one was made from, if it was read.
    pub fn parent(&self, report: u32) -> Option<u32> {
        let id = read(self.parents[report as usize].as_ref()?)?;
        self.ids.binary_search(id).ok().map(|i| i as u32)
    }

    /// Those whose words a report may have taken over: ancestors, other parents, elder siblings.
    pub fn elders(&self, report: u32) -> &[u32] {
        &self.elders[report as usize]
    }

    /// Whether a report is the only one of its family.
    pub fn is_alone(&self, report: u32) -> bool {
        let stemma = self.stemmas.get(self.family[report as usize] as usize);
        stemma.is_none_or(|s| s.reports.len() < 2)
    }

    /// Whether a report is the first of its family.
    pub fn is_first(&self, report: u32) -> bool {
        self.first[report as usize]
    }

    /// When a report was published; one that does not say is as old as its family, whose words it has.
    pub fn dated(&self, report: u32) -> Option<Moment> {
        self.dated[report as usize]
    }

    /// Whether a report has no read parent.
    pub fn is_top(&self, report: u32) -> bool {
        !matches!(self.parents[report as usize], Some(Parent::Report(_)))
    }

    /// Whether a report was made from a lost one.
    pub fn is_under_lost(&self, report: u32) -> bool {
        matches!(self.parents[report as usize], Some(Parent::Lost(_)))
    }

    /// Where the family's collation shows a report to differ from others: the variant, its number, and what the
    /// report has there; by number.
    pub fn variants(&self, report: u32) -> impl Iterator<Item = (u32, &'a Variant, &'a VariantReading)> {
        let all = self.stemmas.get(self.family[report as usize] as usize).map_or(&[][..], |s| &s.variants);
        self.stands[report as usize].iter().map(|&(v, r)| {
            let variant = &all[v as usize];
            (v, variant, &variant.readings[r as usize])
        })
    }

    /// The origin of what a report is the first of its family to tell: itself, or the lost report
    /// that it was made from.
    pub fn own_word(&self, reports: &[&Analysis], report: u32) -> Origin {
        let name = match self.own_root(report) {
            (Some(id), _) => file(reports, id),
            (None, Some(lost)) => lost.to_owned(),
            (None, None) => file(reports, reports[report as usize].report.id),
        };
        Origin { name, kind: OriginKind::Report }
    }

    /// The place of the report from which the lost report was made that a report was made from, if it was.
    pub fn behind_lost(&self, report: u32) -> Option<u32> {
        let id = self.own_root(report).0?;
        self.ids.binary_search(&id).ok().map(|i| i as u32)
    }

    /// What a report under lost ones goes back to: the last lost one, and a read one behind it.
    fn own_root(&self, report: u32) -> (Option<ReportId>, Option<&str>) {
        let stemma = self.stemmas.get(self.family[report as usize] as usize);
        let mut at = self.parents[report as usize].as_ref();
        let mut lost = None;
        while let Some(Parent::Lost(id)) = at
            && lost != Some(id.as_str())
        {
            lost = Some(id.as_str());
            at = stemma.and_then(|s| s.lost.iter().find(|l| l.id == *id)).and_then(|l| l.parent.as_ref());
        }
        (at.and_then(read).copied().filter(|_| lost.is_some()), lost)
    }
}

fn read(parent: &Parent) -> Option<&ReportId> {
    match parent {
        Parent::Report(id) => Some(id),
        Parent::Lost(_) => None,
    }
}

fn file(reports: &[&Analysis], id: ReportId) -> String {
    let at = reports.binary_search_by_key(&id, |r| r.report.id);
    at.map_or_else(|_| id.to_string(), |i| reports[i].report.file.clone())
}
