//! Stemmas -> [`Lineage`]: for each report its family, its elders, and where its own word leads.
//!
//! Elders come before those made from them, so that what a family tells can be gathered from the
//! root outwards. The order of input is irrelevant.

use super::{Origin, OriginKind};
use crate::Analysis;
use crate::model::{Moment, ReportId};
use crate::trace::{DescentKind, Parent, Stemma, Variant};

/// How many elders a report is held against, the nearest first; the root of its family always.
///
/// What neither the parent nor two further ancestors tell is the report's own.
const MOST_ELDERS: usize = 4;

/// What the stemmas say of each report, by its index in the pile.
pub(super) struct Lineage<'a> {
    /// The reports, ascending by id.
    ids: Vec<ReportId>,
    stemmas: &'a [&'a Stemma],
    /// The number of the family.
    pub family: Vec<u32>,
    /// The members of each family, elders first.
    pub families: Vec<Vec<u32>>,
    /// Whether the wording looks spun.
    pub spun: Vec<bool>,
    parents: Vec<Option<Parent>>,
    kinds: Vec<Option<DescentKind>>,
    elders: Vec<Vec<u32>>,
}

impl<'a> Lineage<'a> {
    /// Of some reports, ascending by id, each with when it was published.
    pub fn new(reports: &[(ReportId, Option<Moment>)], stemmas: &'a [&'a Stemma]) -> Self {
        let n = reports.len();
        let place = |id: &ReportId| reports.binary_search_by_key(id, |r| r.0).ok();
        let mut lineage = Self {
            ids: reports.iter().map(|r| r.0).collect(),
            stemmas,
            family: (0..n).map(|i| (stemmas.len() + i) as u32).collect(),
            families: vec![Vec::new(); stemmas.len()],
            spun: vec![false; n],
            parents: vec![None; n],
            kinds: vec![None; n],
            elders: vec![Vec::new(); n],
        };
        let mut also: Vec<Vec<u32>> = vec![Vec::new(); n];
        for (number, stemma) in stemmas.iter().enumerate() {
            stemma.reports.iter().filter_map(place).for_each(|i| lineage.family[i] = number as u32);
            stemma.spun.iter().filter_map(|s| place(&s.report)).for_each(|i| lineage.spun[i] = true);
            for descent in &stemma.descents {
                if let Some(i) = place(&descent.child) {
                    lineage.parents[i] = Some(descent.parent.clone());
                    lineage.kinds[i] = Some(descent.kind);
                    also[i] =
                        descent.also.iter().filter_map(read).filter_map(place).map(|i| i as u32).collect();
                }
            }
        }
        lineage.order(reports);
        lineage.find_elders(&also);
        lineage
    }

    /// Orders the members of each family: by depth, then the plainest making, then the earliest.
    fn order(&mut self, reports: &[(ReportId, Option<Moment>)]) {
        let depths: Vec<usize> = (0..reports.len()).map(|i| self.ancestors(i as u32).len()).collect();
        let rank = |&i: &u32| {
            let (i, (id, published)) = (i as usize, reports[i as usize]);
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

    /// The members of a report's family, elders first; none of a report that stands alone.
    pub fn kin(&self, report: u32) -> &[u32] {
        let family = self.family[report as usize] as usize;
        if family < self.stemmas.len() { &self.families[family] } else { &[] }
    }

    /// Whether a report has no read parent.
    pub fn is_top(&self, report: u32) -> bool {
        !matches!(self.parents[report as usize], Some(Parent::Report(_)))
    }

    /// Whether a report was made from a lost one.
    pub fn is_under_lost(&self, report: u32) -> bool {
        matches!(self.parents[report as usize], Some(Parent::Lost(_)))
    }

    /// Where the family's collation shows readings to differ.
    pub fn variants(&self, report: u32) -> &'a [Variant] {
        self.stemmas.get(self.family[report as usize] as usize).map_or(&[], |s| &s.variants)
    }

    /// The origin of what a report is the first of its family to tell: itself, or the lost report
    /// that it was made from.
    pub fn own_word(&self, reports: &[&Analysis], report: u32) -> Origin {
        let stemma = self.stemmas.get(self.family[report as usize] as usize);
        let mut at = self.parents[report as usize].clone();
        let mut lost = None;
        while let Some(Parent::Lost(id)) = &at
            && lost.as_ref() != Some(id)
        {
            lost = Some(id.clone());
            at = stemma.and_then(|s| s.lost.iter().find(|l| l.id == *id)).and_then(|l| l.parent.clone());
        }
        let name = match (at.as_ref().and_then(read), lost) {
            (Some(id), Some(_)) => file(reports, *id),
            (_, Some(id)) => id,
            _ => file(reports, reports[report as usize].report.id),
        };
        Origin { name, kind: OriginKind::Report }
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
