//! Rows of the joined half, gathered by what a question names.

use crate::joined::CHUNK;
use crate::load::{Lying, columns, sort};
use crate::pack::unpack;
use crate::{Store, StoreError};
use rayon::prelude::*;
use rusqlite::{OptionalExtension, ToSql, Transaction, params};
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use stemma::group::Event;
use stemma::ledger::{Joined, Thing};
use stemma::model::{EntryId, EventId, FamilyId, Lang, Moment, Place, Report, ReportId, Span, StorylineId};
use stemma::reconcile::{Entry, Standing};
use stemma::trace::{Parent, Stemma};
use stemma::{Analysis, Ledger};

/// A part in the making.
pub(super) struct Gather<'s> {
    store: &'s Store,
    step: Transaction<'s>,
    part: Joined,
    /// Families and events that are there already.
    seen: BTreeSet<Thing>,
    /// Reports whose text is needed.
    pub(super) full: BTreeSet<ReportId>,
    /// Reports that are only named.
    light: BTreeSet<ReportId>,
}

impl<'s> Gather<'s> {
    /// With nothing in it.
    pub(super) fn new(store: &'s Store, step: Transaction<'s>) -> Self {
        let (seen, full, light) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        Self { store, step, part: Joined::default(), seen, full, light }
    }
}

impl Gather<'_> {
    pub(super) fn places(&self, sql: &str, given: &[&dyn ToSql]) -> Result<Vec<i64>, StoreError> {
        let ask = || -> rusqlite::Result<Vec<i64>> {
            self.step.prepare_cached(sql)?.query_map(given, |row| row.get(0))?.collect()
        };
        ask().map_err(|e| self.store.fail(e))
    }

    /// Wholes of a kind by place.
    fn wholes<T: DeserializeOwned>(&self, kind: &str, places: &[i64]) -> Result<Vec<T>, StoreError> {
        let mut of: BTreeMap<i64, BTreeSet<usize>> = BTreeMap::new();
        for place in places {
            of.entry(place / CHUNK as i64).or_default().insert(*place as usize % CHUNK);
        }
        let mut found = Vec::with_capacity(places.len());
        for (chunk, wanted) in of {
            let sql = "SELECT data FROM wholes WHERE kind = ?1 AND chunk = ?2";
            let ask = || -> rusqlite::Result<Vec<u8>> {
                self.step.prepare_cached(sql)?.query_row(params![kind, chunk], |row| row.get(0))
            };
            let blob = ask().map_err(|e| self.store.fail(e))?;
            let items: Vec<T> = unpack(&blob).map_err(|e| {
                self.store.damaged(format!("a list of its {kind} rows cannot be unpacked ({e})"))
            })?;
            found.extend(
                items.into_iter().enumerate().filter(|(i, _)| wanted.contains(i)).map(|(_, item)| item),
            );
        }
        Ok(found)
    }

    pub(super) fn families(&mut self, places: &[i64], full: bool) -> Result<(), StoreError> {
        for stemma in self.wholes::<Stemma>("family", places)? {
            if !self.seen.insert(Thing::Family(stemma.id)) {
                continue;
            }
            let named = stemma.borrowings.iter().map(|b| b.from.report);
            self.light.extend(named.chain(stemma.reports.iter().copied()));
            if full {
                self.full.extend(&stemma.reports);
            }
            self.part.stemmas.push(stemma);
        }
        Ok(())
    }

    fn families_of(&mut self, reports: &BTreeSet<ReportId>) -> Result<(), StoreError> {
        let sql = "SELECT family FROM family_reports JOIN reports ON n = report WHERE id = ?1";
        let places = self.places_of(sql, reports)?;
        self.families(&places, false)
    }

    /// The places that a question gives for each of some ids.
    pub(super) fn places_of<I: ToString>(
        &self,
        sql: &str,
        ids: impl IntoIterator<Item = I>,
    ) -> Result<Vec<i64>, StoreError> {
        let mut found = Vec::new();
        for id in ids {
            found.extend(self.places(sql, &[&id.to_string()])?);
        }
        Ok(found)
    }

    pub(super) fn events(&mut self, places: &[i64]) -> Result<(), StoreError> {
        for event in self.wholes::<Event>("event", places)? {
            if !self.seen.insert(Thing::Event(event.id)) {
                continue;
            }
            self.light.extend(&event.reports);
            self.full.extend(event.headline.map(|place| place.report));
            self.part.groups.events.push(event);
        }
        Ok(())
    }

    pub(super) fn storylines(&mut self, places: &[i64]) -> Result<(), StoreError> {
        let storylines = self.wholes::<stemma::group::Storyline>("storyline", places)?;
        let events = || storylines.iter().flat_map(|s| &s.events);
        let places = self.places_of("SELECT place FROM events WHERE id = ?1", events())?;
        self.events(&places)?;
        for event in events() {
            let entries = self.standings(*event).map_err(|e| self.store.fail(e))?;
            self.part.entries.extend(entries);
        }
        self.part.groups.storylines.extend(storylines);
        Ok(())
    }

    /// The entries of an event by their standing alone, which is what a timeline tells of them.
    fn standings(&self, event: EventId) -> rusqlite::Result<Vec<Entry>> {
        let mut ask = self.step.prepare_cached("SELECT id, standing FROM entries WHERE event = ?1")?;
        let rows = ask.query_map([event.to_string()], |row| {
            let (id, standing): (String, String) = (row.get(0)?, row.get(1)?);
            Ok((EntryId::parse(&id), serde_json::from_value(standing.into()).ok()))
        })?;
        let light = |(id, standing): (Option<EntryId>, Option<Standing>)| {
            let (id, standing) = (id?, standing?);
            let (claim, text, reason) =
                (Place::new(ReportId(0), Span { start: 0, end: 0 }), String::new(), String::new());
            let (origins, readings) = (Vec::new(), Vec::new());
            Some(Entry { id, claim, text, event: Some(event), standing, reason, origins, readings })
        };
        rows.map(|row| row.map(light)).filter_map(Result::transpose).collect()
    }

    /// Entries by place, with the text of the reports that tell them, or of those alone whose wording stands for all.
    pub(super) fn entries(&mut self, places: &[i64], full: bool) -> Result<(), StoreError> {
        let entries = self.wholes::<Entry>("entry", places)?;
        for entry in &entries {
            let told = entry.readings.iter().map(|r| r.place.report);
            if full {
                self.full.extend(told)
            } else {
                self.light.extend(told)
            }
            self.full.insert(entry.claim.report);
        }
        self.part.entries.extend(entries);
        Ok(())
    }

    /// Entries by standing, event and storyline; gives how many fit.
    pub(super) fn asked_entries(
        &mut self,
        (standing, event, storyline): (Option<Standing>, Option<EventId>, Option<StorylineId>),
        [most, from]: [i64; 2],
    ) -> Result<usize, StoreError> {
        let standing = standing.map(|s| crate::joined::word(&s));
        let event = event.map(|e| e.to_string());
        let storyline = storyline.map(|s| s.to_string());
        // Only what is asked for, so that each form of the question has its index.
        let fits = [
            (standing.is_some(), "standing = ?1", "?1 IS NULL"),
            (event.is_some(), "event = ?2", "?2 IS NULL"),
            (storyline.is_some(), "event IN (SELECT id FROM events WHERE storyline = ?3)", "?3 IS NULL"),
        ];
        let fits = fits.map(|(asked, fits, not)| if asked { fits } else { not }).join(" AND ");
        let sql = format!("SELECT place FROM entries WHERE {fits} ORDER BY place LIMIT ?4 OFFSET ?5");
        let places = self.places(&sql, &[&standing, &event, &storyline, &most, &from])?;
        self.entries(&places, false)?;
        if event.is_none() && storyline.is_none() {
            // Of all, or of a standing, the number is kept between questions.
            let standings = self.store.figures()?.standings;
            let asked = |of: &String| standing.as_ref().is_none_or(|s| s == of);
            return Ok(standings.iter().filter(|(of, _)| asked(of)).map(|(_, n)| n).sum());
        }
        let count = format!("SELECT count(*) FROM entries WHERE {fits}");
        let n = self.places(&count, &[&standing, &event, &storyline])?;
        Ok(n.first().map_or(0, |n| *n as usize))
    }

    /// A thing with its evidence.
    pub(super) fn thing(&mut self, thing: Thing) -> Result<(), StoreError> {
        let place = |table: &str| format!("SELECT place FROM {table} WHERE id = ?1");
        match thing {
            Thing::Report(id) => self.report(id),
            Thing::Family(id) => {
                let places = self.places(&place("families"), &[&id.to_string()])?;
                self.families(&places, true)
            }
            Thing::Event(id) => {
                let places = self.places(&place("events"), &[&id.to_string()])?;
                self.events(&places)?;
                let told: BTreeSet<ReportId> =
                    self.part.groups.events.iter().flat_map(|e| &e.reports).copied().collect();
                self.families_of(&told)?;
                self.full.extend(told);
                let sql = "SELECT place FROM entries WHERE event = ?1";
                let places = self.places(sql, &[&id.to_string()])?;
                self.entries(&places, false)
            }
            Thing::Storyline(id) => {
                let places = self.places(&place("storylines"), &[&id.to_string()])?;
                self.storylines(&places)
            }
            Thing::Entry(id) => {
                let places = self.places(&place("entries"), &[&id.to_string()])?;
                self.entries(&places, true)?;
                let told = self.part.entries.iter().flat_map(|e| &e.readings).map(|r| r.place.report);
                let told: BTreeSet<ReportId> = told.collect();
                self.families_of(&told)
            }
        }
    }

    /// A report with its family, what it was made from, its event and its entries.
    fn report(&mut self, id: ReportId) -> Result<(), StoreError> {
        self.full.insert(id);
        self.families_of(&BTreeSet::from([id]))?;
        for stemma in self.part.stemmas.iter().filter(|s| s.reports.contains(&id)) {
            let parent = stemma.descents.iter().find(|d| d.child == id).map(|d| &d.parent);
            let kin = stemma.descents.iter().filter(|d| Some(&d.parent) == parent).map(|d| d.child);
            match parent {
                Some(Parent::Report(parent)) => self.full.extend([*parent]),
                Some(Parent::Lost(_)) => self.full.extend(kin),
                None => {}
            }
            let borrowed = stemma.borrowings.iter().filter(|b| b.place.report == id);
            self.full.extend(borrowed.map(|b| b.from.report));
        }
        let sql = "SELECT event FROM event_reports JOIN reports ON n = report WHERE id = ?1";
        let places = self.places(sql, &[&id.to_string()])?;
        self.events(&places)?;
        let sql = "SELECT DISTINCT entry FROM readings JOIN reports ON n = report WHERE id = ?1";
        let places = self.places(sql, &[&id.to_string()])?;
        self.entries(&places, false)
    }

    /// Loads the reports with what is furniture in them, and names the families of those that are only named.
    pub(super) fn finish(mut self, prints: bool, furniture: bool) -> Result<Ledger, StoreError> {
        let ask = || -> rusqlite::Result<Vec<Lying>> {
            let mut ask = self.step.prepare_cached(&format!("{} WHERE id = ?1", columns(prints)))?;
            let rows = self.full.iter().map(|id| ask.query_row([id.to_string()], Lying::of).optional());
            rows.filter_map(Result::transpose).collect()
        };
        let lying = ask().map_err(|e| self.store.fail(e))?;
        let reports: Result<Vec<Analysis>, String> = lying.par_iter().map(Lying::analysis).collect();
        let mut reports = reports.map_err(|what| self.store.damaged(what))?;
        let named: Vec<ReportId> = self.light.difference(&self.full).copied().collect();
        let light = || named.iter().map(|id| self.light(*id)).collect::<rusqlite::Result<Vec<_>>>();
        reports.extend(light().map_err(|e| self.store.fail(e))?.into_iter().flatten());
        reports.sort_unstable_by_key(|a| a.report.id);
        self.name_families().map_err(|e| self.store.fail(e))?;
        if furniture {
            self.part.furniture = self.store.wholes(&self.step, "furniture")?;
            self.part.furniture.retain(|f| self.full.contains(&f.place.report));
        }
        self.part.entries.sort_unstable_by_key(|e| e.id);
        self.part.entries.dedup_by_key(|e| e.id);
        sort(&mut self.part);
        Ok(Ledger { reports, joined: self.part })
    }

    /// A report's metadata.
    fn light(&self, id: ReportId) -> rusqlite::Result<Option<Analysis>> {
        let sql = "SELECT file, outlet, url, title, lang, published FROM reports WHERE id = ?1";
        let row = |row: &rusqlite::Row| {
            Ok(Report {
                id,
                file: row.get(0)?,
                outlet: row.get(1)?,
                url: row.get(2)?,
                title: row.get(3)?,
                lang: Lang::parse(&row.get::<_, String>(4)?),
                published: row.get::<_, Option<String>>(5)?.as_deref().and_then(Moment::parse),
                ..Report::default()
            })
        };
        let found = self.step.prepare_cached(sql)?.query_row([id.to_string()], row).optional()?;
        Ok(found.map(|report| Analysis {
            report,
            segments: Default::default(),
            extracts: Default::default(),
            fingerprint: Default::default(),
        }))
    }

    /// Gives the reports of events the families that they are in, by name alone where they are not loaded.
    fn name_families(&mut self) -> rusqlite::Result<()> {
        let loaded: BTreeSet<FamilyId> = self.part.stemmas.iter().map(|s| s.id).collect();
        let told = self.part.groups.events.iter().flat_map(|e| e.reports.iter().copied());
        let told: BTreeSet<ReportId> = told.chain(self.full.iter().copied()).collect();
        let sql = "SELECT families.id FROM reports JOIN family_reports ON report = n
                   JOIN families ON place = family WHERE reports.id = ?1";
        let mut named: BTreeMap<FamilyId, Vec<ReportId>> = BTreeMap::new();
        for report in told {
            let id: Option<String> = self
                .step
                .prepare_cached(sql)?
                .query_row([report.to_string()], |row| row.get(0))
                .optional()?;
            if let Some(id) = id.as_deref().and_then(FamilyId::parse).filter(|id| !loaded.contains(id)) {
                named.entry(id).or_default().push(report);
            }
        }
        let named = named.into_iter().map(|(id, reports)| Stemma { id, reports, ..Stemma::default() });
        self.part.stemmas.extend(named);
        Ok(())
    }
}
