//! Slots -> [`Entry`]s: gives each telling its origin, judges, and chooses the wording that stands
//! for the claim.

use super::claims::Clauses;
use super::clauses::Clause;
use super::kin::Telling;
use super::lineage::Lineage;
use super::origins::{self, Attribution, Source};
use super::slots::{Slot, Told};
use super::standing::{Judged, Kin, Voice, judge};
use super::value::Value;
use super::{Entry, Origin, OriginKind, Reading, identity};
use crate::Analysis;
use crate::extract::statements;
use crate::group::Event;
use crate::model::{EventId, Moment, Place, ReportId};
use crate::trace::{Variant, VariantKind, VariantReading};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// What is known of a part of the pile when its claims are judged.
pub(super) struct Bench<'a> {
    pub reports: &'a [&'a Analysis],
    pub clauses: &'a Clauses,
    pub tellings: &'a [Telling],
    pub lineage: &'a Lineage<'a>,
    /// Who each telling is attributed to.
    by: Vec<Attribution>,
    events: FxHashMap<ReportId, EventId>,
}

impl<'a> Bench<'a> {
    pub fn new(
        reports: &'a [&'a Analysis],
        clauses: &'a Clauses,
        tellings: &'a [Telling],
        lineage: &'a Lineage<'a>,
        events: &[&Event],
    ) -> Self {
        let roles = origins::roles_told(reports, lineage);
        let attribution = |c: u32| {
            let clause = &clauses.all[c as usize];
            origins::attribution(reports[clause.report as usize], clause, &roles)
        };
        // A copy may drop the attribution or add one. Only a root in a language whose statements are not
        // known is attributed by what is made from it.
        let first = |t: &Telling| {
            let head = attribution(t.head());
            let lang = reports[clauses.all[t.head() as usize].report as usize].report.lang;
            if head.speaker.is_some() || statements::knows(lang) {
                return head;
            }
            let made = t.clauses[1..].iter().map(|&c| attribution(c));
            made.into_iter().find(|a| a.speaker.is_some()).unwrap_or(head)
        };
        let by = tellings.iter().map(first).collect();
        let events = events.iter().flat_map(|e| e.reports.iter().map(|r| (*r, e.id))).collect();
        Self { reports, clauses, tellings, lineage, by, events }
    }

    /// The entry of one slot.
    pub fn entry(&self, slot: &Slot) -> Entry {
        let mut told: Vec<&Told> = slot.iter().collect();
        told.sort_by_key(|t| (self.reports[self.report(t) as usize].report.id, t.span));
        let mut tellings: Vec<u32> = told.iter().map(|t| t.telling).collect();
        tellings.sort_unstable();
        tellings.dedup();
        let mut first: BTreeMap<u32, &Told> = BTreeMap::new();
        for told in &told {
            first.entry(told.telling).or_insert(told);
        }
        let sources: Vec<Source> = first
            .into_iter()
            .map(|(t, first)| Source {
                by: &self.by[t as usize],
                report: self.head_report(t),
                value: first.value.as_ref(),
                negated: self.clauses.all[first.clause as usize].negated,
            })
            .collect();
        let (origins, of) = origins::origins(self.reports, self.lineage, &sources);
        let origin = |t: &Told| of[tellings.binary_search(&t.telling).expect("each telling was gathered")];
        let named = |o: u32| origins[o as usize].kind != OriginKind::Report;
        let voices: Vec<Voice> =
            told.iter().map(|t| Voice { named: named(origin(t)), ..self.voice(t, origin(t)) }).collect();
        let kin = Kin {
            elder: &|r| self.elder(r, &voices),
            siblings: &|r| self.siblings(r, &voices),
            damaged: &|r| self.lineage.spun[r as usize],
            varies: &|i, j| self.varies(told[i], told[j]),
        };
        let name = |o: u32| origins[o as usize].name.clone();
        let file = |r: u32| name_of(self.reports[r as usize]);
        let judged = judge(&voices, &kin, &name, &file);
        let readings: Vec<Reading> = told.iter().map(|t| self.reading(t, origin(t))).collect();
        let best = self.best(&told, &judged.corrupted);
        self.finish(readings, origins, best, judged)
    }

    fn report(&self, told: &Told) -> u32 {
        self.clauses.all[told.clause as usize].report
    }

    fn head_report(&self, telling: u32) -> u32 {
        self.clauses.all[self.tellings[telling as usize].head() as usize].report
    }

    fn voice(&self, told: &Told, origin: u32) -> Voice {
        let report = self.report(told);
        Voice {
            report,
            family: self.lineage.family[report as usize],
            origin,
            value: told.value.clone(),
            negated: self.clauses.all[told.clause as usize].negated,
            published: self.published(self.head_report(told.telling)).or_else(|| self.published(report)),
            named: false,
            history: self.history(told.clause),
        }
    }

    /// When a report was published; one that does not say is as old as its family, whose words it has.
    fn published(&self, report: u32) -> Option<Moment> {
        let of = |r: u32| self.reports[r as usize].report.published;
        of(report).or_else(|| self.lineage.kin(report).iter().find_map(|&r| of(r)))
    }

    /// What the report of a clause tells beside its figure as what it was before, or is no longer.
    fn history(&self, clause: u32) -> Option<Value> {
        let told = &self.clauses.all[clause as usize];
        let report = self.reports[told.report as usize];
        let quantity = |c: &Clause| c.quantity.map(|q| &report.extracts.quantities[q as usize]);
        if let Some(beside) = told.beside.filter(|b| b.older) {
            let other = self.clauses.ranges[told.report as usize].start + beside.other;
            return Some(Value::of_told(&report.report, quantity(&self.clauses.all[other as usize])?));
        }
        Value::before(&report.report, quantity(told)?)
    }

    fn reading(&self, told: &Told, origin: u32) -> Reading {
        let clause = &self.clauses.all[told.clause as usize];
        let report = &self.reports[clause.report as usize];
        Reading {
            place: Place::new(report.report.id, told.span),
            text: report.report.words(told.span).to_owned(),
            value: told.value.as_ref().map(ToString::to_string),
            origin,
            via: origins::attribution(report, clause, &origins::Roles::default()).via,
            negated: clause.negated,
        }
    }

    /// Whether the family's collation shows two tellings to differ here in a number, a date or a negation.
    fn varies(&self, a: &Told, b: &Told) -> bool {
        let (r, s) = (self.report(a), self.report(b));
        if self.lineage.family[r as usize] != self.lineage.family[s as usize] {
            return false;
        }
        let meant = |v: &&Variant| match &a.value {
            Some(Value::Number { .. }) => v.kind == VariantKind::Number,
            Some(Value::Date { .. }) => v.kind == VariantKind::Date,
            None => v.kind == VariantKind::Negation,
        };
        self.lineage.variants(r).iter().filter(meant).any(|v| match (self.has(v, a), self.has(v, b)) {
            (Some(x), Some(y)) => x != y,
            _ => false,
        })
    }

    /// What a telling has at a variant, if the variant lies in its words.
    fn has<'v>(&self, variant: &'v Variant, told: &Told) -> Option<&'v str> {
        let id = self.reports[self.report(told) as usize].report.id;
        let here = |r: &&VariantReading| r.place.report == id && r.place.span.overlaps(&told.at);
        variant.readings.iter().find(here).map(|r| r.text.as_str())
    }

    /// The nearest elder of a report among the voices, if it is not merely a sibling.
    fn elder(&self, report: u32, voices: &[Voice]) -> Option<u32> {
        let speaks = |r: &&u32| voices.iter().any(|v| v.report == **r);
        if self.lineage.is_top(report) {
            return None;
        }
        self.lineage.elders(report).iter().find(speaks).copied()
    }

    /// Reports among the voices that descend from the same lost report.
    fn siblings(&self, report: u32, voices: &[Voice]) -> Vec<u32> {
        if !self.lineage.is_under_lost(report) {
            return Vec::new();
        }
        let family = self.lineage.family[report as usize];
        let kin = |r: &u32| {
            *r != report && self.lineage.family[*r as usize] == family && self.lineage.is_under_lost(*r)
        };
        voices.iter().map(|v| v.report).filter(kin).collect::<BTreeSet<u32>>().into_iter().collect()
    }

    /// The telling whose wording stands for the claim: whole, not spun, of a root, earliest.
    fn best(&self, told: &[&Told], corrupted: &[bool]) -> usize {
        let rank = |i: &usize| {
            let report = self.report(told[*i]);
            let of = &self.reports[report as usize].report;
            let head = self.tellings[told[*i].telling as usize].head() == told[*i].clause;
            (
                corrupted[*i],
                self.lineage.spun[report as usize],
                !head,
                !self.lineage.is_top(report),
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
