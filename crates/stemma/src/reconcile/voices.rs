//! Slots -> [`Entry`]s: gives each telling its origin, judges, and chooses the wording that stands
//! for the claim.

use super::claims::Clauses;
use super::origins::{self, Attribution, Speakers};
use super::slots::{Slot, Told};
use super::standing::{Judged, Kin, Voice, judge};
use super::{Entry, Origin, OriginKind, Reading, identity};
use crate::Analysis;
use crate::clean;
use crate::group::Groups;
use crate::model::{EventId, Place, ReportId};
use crate::trace::{Parent, Stemma, Variant, VariantKind, VariantReading};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// What is known of the pile before its claims are judged.
pub(super) struct Pile<'a> {
    reports: &'a [&'a Analysis],
    stemmas: &'a [Stemma],
    /// The number of each report's family.
    pub family: Vec<u32>,
    /// The parent of each report, as it stands in its stemma.
    parents: Vec<Option<Parent>>,
    /// The origin of each report's own word.
    roots: Vec<Origin>,
    spun: Vec<bool>,
    events: FxHashMap<ReportId, EventId>,
}

/// A telling with its attribution.
struct Attributed<'s> {
    told: &'s Told,
    report: u32,
    by: Attribution,
    negated: bool,
}

impl<'a> Pile<'a> {
    pub fn new(reports: &'a [&'a Analysis], stemmas: &'a [Stemma], groups: &'a Groups) -> Self {
        let place = |id: &ReportId| reports.binary_search_by_key(id, |r| r.report.id).ok();
        let mut family: Vec<u32> = (0..reports.len()).map(|i| (stemmas.len() + i) as u32).collect();
        let mut parents = vec![None; reports.len()];
        let mut spun = vec![false; reports.len()];
        let mut of = vec![None; reports.len()];
        for (number, stemma) in stemmas.iter().enumerate() {
            for i in stemma.reports.iter().filter_map(place) {
                family[i] = number as u32;
                of[i] = Some(stemma);
            }
            for descent in &stemma.descents {
                if let Some(i) = place(&descent.child) {
                    parents[i] = Some(descent.parent.clone());
                }
            }
            stemma.spun.iter().filter_map(|s| place(&s.report)).for_each(|i| spun[i] = true);
        }
        let file =
            |id: ReportId| place(&id).map_or_else(|| id.to_string(), |i| reports[i].report.file.clone());
        let roots = (0..reports.len()).map(|i| origins::root(of[i], reports[i], &file)).collect();
        let events = groups.events.iter().flat_map(|e| e.reports.iter().map(|r| (*r, e.id))).collect();
        Self { reports, stemmas, family, parents, roots, spun, events }
    }

    /// The entry of one slot.
    pub fn entry(&self, clauses: &Clauses, slot: &Slot) -> Entry {
        let mut told: Vec<Attributed> = slot.iter().map(|t| self.attributed(clauses, t)).collect();
        told.sort_by_key(|a| (self.reports[a.report as usize].report.id, a.told.span));
        inherit(&mut told, &self.family);
        let (origins, of) = self.origins(&told);
        let voices: Vec<Voice> = told.iter().zip(&of).map(|(t, &o)| self.voice(t, o, &origins)).collect();
        let kin = Kin {
            parent: &|r| self.parent(r),
            siblings: &|r| self.siblings(r, &told),
            damaged: &|r| self.spun[r as usize],
            varies: &|i, j| self.varies(&told[i], &told[j]),
        };
        let name = |o: u32| origins[o as usize].name.clone();
        let file = |r: u32| name_of(self.reports[r as usize]);
        let judged = judge(&voices, &kin, &name, &file);
        let readings: Vec<Reading> = told.iter().zip(&of).map(|(t, &o)| self.reading(t, o)).collect();
        let best = self.best(&told, &judged.corrupted);
        self.finish(readings, origins, best, judged)
    }

    fn attributed<'s>(&self, clauses: &Clauses, told: &'s Told) -> Attributed<'s> {
        let clause = &clauses.all[told.clause as usize];
        let by = origins::attribution(self.reports[clause.report as usize], clause.statement);
        Attributed { told, report: clause.report, by, negated: clause.negated }
    }

    /// The origins of an entry's tellings, and which each has.
    fn origins(&self, told: &[Attributed]) -> (Vec<Origin>, Vec<u32>) {
        let all: Vec<&str> =
            told.iter().flat_map(|t| t.by.speaker.iter().chain(&t.by.via)).map(String::as_str).collect();
        let speakers = Speakers::join(&all, |name| clean::agency(name).map(|a| a.name.to_owned()));
        let own: BTreeSet<u32> =
            told.iter().filter_map(|t| t.by.speaker.as_deref().and_then(|s| speakers.key(s))).collect();
        let mut origins: Vec<Origin> = Vec::new();
        let of = told.iter().map(|t| {
            let origin = match t.by.speaker.as_deref() {
                Some(speaker) => self.speaker(t, speaker, &speakers, &own),
                None => self.roots[t.report as usize].clone(),
            };
            origins.iter().position(|o| *o == origin).unwrap_or_else(|| {
                origins.push(origin);
                origins.len() - 1
            }) as u32
        });
        let of = of.collect();
        (origins, of)
    }

    /// The origin of an attributed telling: the speaker, or the agency through which it came if
    /// another telling of the claim stops at that agency: the two are then one source.
    fn speaker(&self, told: &Attributed, speaker: &str, speakers: &Speakers, own: &BTreeSet<u32>) -> Origin {
        let key = speakers.key(speaker).expect("every speaker was joined");
        let through =
            told.by.via.iter().filter_map(|v| speakers.key(v)).find(|k| own.contains(k) && *k != key);
        let name = speakers.name(through.unwrap_or(key)).to_owned();
        let agency =
            clean::agency(&name).is_some() || origins::is_agency(self.reports[told.report as usize], &name);
        Origin { name, kind: if agency { OriginKind::Agency } else { OriginKind::Speaker } }
    }

    fn voice(&self, told: &Attributed, origin: u32, origins: &[Origin]) -> Voice {
        Voice {
            report: told.report,
            origin,
            named: origins[origin as usize].kind != OriginKind::Report,
            value: told.told.value.clone(),
            negated: told.negated,
            published: self.reports[told.report as usize].report.published,
        }
    }

    fn reading(&self, told: &Attributed, origin: u32) -> Reading {
        let report = &self.reports[told.report as usize].report;
        Reading {
            place: Place::new(report.id, told.told.span),
            text: report.words(told.told.span).to_owned(),
            value: told.told.value.as_ref().map(ToString::to_string),
            origin,
            via: told.by.via.clone(),
            negated: told.negated,
        }
    }

    /// Whether the family's collation shows two tellings to differ here in a number, a date or a negation.
    fn varies(&self, a: &Attributed, b: &Attributed) -> bool {
        let family = self.family[a.report as usize];
        let Some(stemma) =
            self.stemmas.get(family as usize).filter(|_| self.family[b.report as usize] == family)
        else {
            return false;
        };
        let meant =
            |v: &&Variant| matches!(v.kind, VariantKind::Number | VariantKind::Date | VariantKind::Negation);
        stemma.variants.iter().filter(meant).any(|v| match (self.has(v, a), self.has(v, b)) {
            (Some(x), Some(y)) => x != y,
            _ => false,
        })
    }

    /// What a telling has at a variant, if the variant lies in its words.
    fn has<'v>(&self, variant: &'v Variant, told: &Attributed) -> Option<&'v str> {
        let id = self.reports[told.report as usize].report.id;
        let here = |r: &&VariantReading| r.place.report == id && r.place.span.overlaps(&told.told.span);
        variant.readings.iter().find(here).map(|r| r.text.as_str())
    }

    fn parent(&self, report: u32) -> Option<u32> {
        match self.parents[report as usize].as_ref()? {
            Parent::Report(id) => {
                self.reports.binary_search_by_key(id, |r| r.report.id).ok().map(|i| i as u32)
            }
            Parent::Lost(_) => None,
        }
    }

    /// Reports among the tellings that descend from the same lost report.
    fn siblings(&self, report: u32, told: &[Attributed]) -> Vec<u32> {
        let Some(Parent::Lost(_)) = &self.parents[report as usize] else { return Vec::new() };
        let kin = |&r: &u32| {
            r != report
                && self.family[r as usize] == self.family[report as usize]
                && self.parents[r as usize] == self.parents[report as usize]
        };
        told.iter().map(|t| t.report).filter(kin).collect::<BTreeSet<u32>>().into_iter().collect()
    }

    /// The telling whose wording stands for the claim: whole, not spun, of a root, earliest.
    fn best(&self, told: &[Attributed], corrupted: &[bool]) -> usize {
        let rank = |i: &usize| {
            let report = told[*i].report as usize;
            let of = &self.reports[report].report;
            (
                corrupted[*i],
                self.spun[report],
                self.parents[report].is_some(),
                of.published.is_none(),
                of.published,
                of.id,
            )
        };
        (0..told.len()).min_by_key(rank).expect("a slot has a telling")
    }

    fn finish(&self, readings: Vec<Reading>, origins: Vec<Origin>, best: usize, judged: Judged) -> Entry {
        let mut events: BTreeMap<EventId, usize> = BTreeMap::new();
        for reading in &readings {
            if let Some(event) = self.events.get(&reading.place.report) {
                *events.entry(*event).or_default() += 1;
            }
        }
        Entry {
            id: identity(&readings),
            claim: readings[best].place,
            text: readings[best].text.clone(),
            event: events.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0))).map(|e| e.0),
            standing: judged.standing,
            reason: judged.reason,
            origins,
            readings,
        }
    }
}

/// A report's name for people: the last part of where it was read from.
fn name_of(report: &Analysis) -> String {
    let file = &report.report.file;
    file.rsplit(['/', '\\']).next().unwrap_or(file).to_owned()
}

/// Gives tellings without attribution that of their family's others: a copy may drop it.
fn inherit(told: &mut [Attributed], family: &[u32]) {
    let mut of: BTreeMap<u32, Attribution> = BTreeMap::new();
    for telling in told.iter().filter(|t| t.by.speaker.is_some()) {
        of.entry(family[telling.report as usize]).or_insert_with(|| telling.by.clone());
    }
    for telling in told.iter_mut().filter(|t| t.by.speaker.is_none()) {
        if let Some(by) = of.get(&family[telling.report as usize]) {
            telling.by = by.clone();
        }
    }
}
