//! Slots -> [`Entry`]s: gives each telling its origin, judges, and chooses the wording that stands
//! for the claim.

use super::claims::Clauses;
use super::clauses::Clause;
use super::kin::Telling;
use super::lineage::Lineage;
use super::origins::{self, Attribution, Source};
use super::slots::{Slot, Told};
use super::standing::{Kin, Voice, judge};
use super::value::Value;
use super::{Entry, OriginKind, Reading, identity};
use crate::Analysis;
use crate::extract::statements;
use crate::model::{EventId, Place};
use crate::trace::VariantKind;
use std::collections::{BTreeMap, BTreeSet};

/// What is known of a part of the pile when its claims are judged.
pub(super) struct Bench<'a> {
    pub reports: &'a [&'a Analysis],
    pub clauses: &'a Clauses,
    pub tellings: &'a [Telling],
    pub lineage: &'a Lineage<'a>,
    /// Who each telling is attributed to.
    by: Vec<Attribution>,
    /// The event of each report.
    events: Vec<Option<EventId>>,
}

impl<'a> Bench<'a> {
    pub fn new(
        reports: &'a [&'a Analysis],
        clauses: &'a Clauses,
        tellings: &'a [Telling],
        lineage: &'a Lineage<'a>,
        events: Vec<Option<EventId>>,
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
        let relatives = Relatives::of(&voices, self.lineage);
        let stands: Vec<Stands> = told.iter().map(|t| self.stands(t)).collect();
        let kin = Kin {
            elder: &|r| self.elder(r, &relatives),
            siblings: &|r| relatives.siblings(r, self.lineage),
            damaged: &|r| self.lineage.spun[r as usize],
            varies: &|i, j| {
                let of_one =
                    |r: u32, s: u32| self.lineage.family[r as usize] == self.lineage.family[s as usize];
                of_one(self.report(told[i]), self.report(told[j])) && vary(&stands[i], &stands[j])
            },
        };
        let name = |o: u32| origins[o as usize].name.clone();
        let file = |r: u32| name_of(self.reports[r as usize]);
        let judged = judge(&voices, &kin, &name, &file);
        let readings: Vec<Reading> = told.iter().map(|t| self.reading(t, origin(t))).collect();
        let best = self.best(&told, &judged.corrupted);
        let mut events: BTreeMap<EventId, usize> = BTreeMap::new();
        for event in told.iter().filter_map(|t| self.events[self.report(t) as usize]) {
            *events.entry(event).or_default() += 1;
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
            published: self
                .lineage
                .dated(self.head_report(told.telling))
                .or_else(|| self.lineage.dated(report)),
            named: false,
            history: self.history(told.clause),
        }
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

    /// What a telling has where its family's collation shows it to differ in its words: in a number, a date or a
    /// negation, as it has one; by the number of the variant.
    fn stands(&self, told: &Told) -> Stands<'a> {
        let kind = match &told.value {
            Some(Value::Number { .. }) => VariantKind::Number,
            Some(Value::Date { .. }) => VariantKind::Date,
            None => VariantKind::Negation,
        };
        let variants = self.lineage.variants(self.report(told));
        let here = variants.filter(|(_, v, r)| v.kind == kind && r.place.span.overlaps(&told.at));
        let mut stands: Stands = here.map(|(number, _, reading)| (number, reading.text.as_str())).collect();
        stands.dedup_by_key(|s| s.0);
        stands
    }

    /// The nearest elder of a report among the voices, if it is not merely a sibling.
    fn elder(&self, report: u32, relatives: &Relatives) -> Option<u32> {
        if self.lineage.is_top(report) {
            return None;
        }
        self.lineage.elders(report).iter().find(|r| relatives.speaking.contains(r)).copied()
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
}

/// Variants, and what stands there, by number.
type Stands<'v> = Vec<(u32, &'v str)>;

/// Whether two tellings have different words at a variant that both have.
fn vary(a: &Stands, b: &Stands) -> bool {
    let other = |variant: &u32| b.binary_search_by_key(variant, |s| s.0).ok().map(|at| b[at].1);
    a.iter().any(|(variant, text)| other(variant).is_some_and(|t| t != *text))
}

/// The reports of an entry's voices, and those of them that were made from a lost one, by family, ascending.
struct Relatives {
    speaking: BTreeSet<u32>,
    under_lost: BTreeMap<u32, Vec<u32>>,
}

impl Relatives {
    fn of(voices: &[Voice], lineage: &Lineage) -> Self {
        let speaking: BTreeSet<u32> = voices.iter().map(|v| v.report).collect();
        let mut under_lost: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for &report in speaking.iter().filter(|r| lineage.is_under_lost(**r)) {
            under_lost.entry(lineage.family[report as usize]).or_default().push(report);
        }
        Self { speaking, under_lost }
    }

    /// Reports that descend from the same lost report, ascending.
    fn siblings(&self, report: u32, lineage: &Lineage) -> Vec<u32> {
        if !lineage.is_under_lost(report) {
            return Vec::new();
        }
        let kin = self.under_lost.get(&lineage.family[report as usize]).into_iter().flatten();
        kin.copied().filter(|r| *r != report).collect()
    }
}

/// A report's name for people: the last part of where it was read from.
fn name_of(report: &Analysis) -> String {
    let file = &report.report.file;
    file.rsplit(['/', '\\']).next().unwrap_or(file).to_owned()
}
