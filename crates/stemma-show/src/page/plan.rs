//! What a page shows of a ledger: the most told storylines, their entries, families and reports.
//!
//! A ledger goes in, views in reading order come out, with counts of what was left out and the
//! set of all places that something links to. Drawn parts ask here for links, so that a link
//! is only ever made to what the page has.

use super::leads::Leads;
use crate::views::card::cards;
use crate::views::entries::{entry, interest};
use crate::views::events::n_families;
use crate::views::families::family;
use crate::views::{CardView, EntryView, FamilyView, Quote, Range};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use stemma::ledger::Lookup;
use stemma::model::{EntryId, EventId, FamilyId, ReportId, Span, StorylineId};

/// Storylines on one page: more cannot be read in a sitting, and a browser stays quick.
pub const MAX_STORYLINES: usize = 50;
/// Entries of one storyline, those that a reader wants first.
pub const MAX_ENTRIES: usize = 200;
/// Families of one storyline, the largest first.
pub const MAX_FAMILIES: usize = 40;
/// Reports on one page, in the order of their storylines.
pub const MAX_REPORTS: usize = 1500;
/// Bytes of one report's text: 30 times a long report; what is longer is a dump or an attack.
pub const MAX_TEXT: usize = 200_000;
/// Bytes of all texts together, some 3,000 reports of usual length.
pub const MAX_TEXTS: usize = 12_000_000;

/// One storyline with all that belongs to it.
pub struct Chapter {
    /// Which.
    pub id: StorylineId,
    /// The cards of its events, in order of time where known.
    pub events: Vec<CardView>,
    /// Its entries, the most telling first.
    pub entries: Vec<EntryView>,
    /// How many entries were left out.
    pub entries_left: usize,
    /// Its families of several reports, the largest first.
    pub families: Vec<FamilyView>,
    /// How many families were left out.
    pub families_left: usize,
}

/// What a page shows.
pub struct Plan<'p, 'l> {
    /// The ledger.
    pub ledger: &'p Lookup<'l>,
    /// The storylines shown, the most told first.
    pub chapters: Vec<Chapter>,
    /// How many storylines were left out.
    pub chapters_left: usize,
    /// The reports shown, in reading order.
    pub reports: Vec<ReportId>,
    texts: BTreeMap<ReportId, Shown>,
    entries: BTreeMap<EntryId, (usize, usize)>,
    events: BTreeSet<EventId>,
    families: BTreeSet<FamilyId>,
}

/// A report on the page: how much of its text, and which of its words are linked to.
struct Shown {
    length: usize,
    anchors: BTreeSet<Span>,
}

impl<'p, 'l> Plan<'p, 'l> {
    /// Chooses what to show.
    pub fn new(ledger: &'p Lookup<'l>) -> Self {
        let mut plan = Self {
            ledger,
            chapters: Vec::new(),
            chapters_left: 0,
            reports: Vec::new(),
            texts: BTreeMap::new(),
            entries: BTreeMap::new(),
            events: BTreeSet::new(),
            families: BTreeSet::new(),
        };
        plan.choose_chapters();
        plan.choose_reports();
        plan.gather_anchors();
        plan
    }

    fn choose_chapters(&mut self) {
        let told = |events: &[EventId]| {
            let events = events.iter().filter_map(|id| self.ledger.event(*id));
            let reports: Vec<ReportId> = events.flat_map(|e| e.reports.iter().copied()).collect();
            Reverse((n_families(self.ledger, &reports), reports.len()))
        };
        let mut stories: Vec<_> = self.ledger.joined.groups.storylines.iter().collect();
        stories.sort_by_cached_key(|s| (told(&s.events), s.id));
        self.chapters_left = stories.len().saturating_sub(MAX_STORYLINES);
        for story in stories.into_iter().take(MAX_STORYLINES) {
            let chapter = self.chapter(story.id, &story.events);
            let n = self.chapters.len();
            self.entries.extend(chapter.entries.iter().enumerate().map(|(i, e)| (e.id, (n, i))));
            self.events.extend(chapter.events.iter().map(|e| e.event.id));
            self.families.extend(chapter.families.iter().map(|f| f.id));
            self.chapters.push(chapter);
        }
    }

    fn chapter(&self, id: StorylineId, events: &[EventId]) -> Chapter {
        let found = events.iter().filter_map(|id| self.ledger.event(*id));
        let events = cards(self.ledger, found);
        let of = events.iter().flat_map(|e| self.ledger.entries_of_event(e.event.id));
        let mut entries: Vec<EntryView> = of.map(|e| entry(self.ledger, e)).collect();
        entries.sort_by_cached_key(interest);
        let entries_left = entries.len().saturating_sub(MAX_ENTRIES);
        entries.truncate(MAX_ENTRIES);
        let (families, families_left) = self.families_of(&events);
        Chapter { id, events, entries, entries_left, families, families_left }
    }

    /// The families of some events that have a tale to tell and stand in no chapter yet.
    fn families_of(&self, events: &[CardView]) -> (Vec<FamilyView>, usize) {
        let reports = events.iter().flat_map(|e| &e.event.reports);
        let found = reports.filter_map(|r| self.ledger.stemma_of(r.id)).map(|s| (s.id, s));
        let found: BTreeMap<FamilyId, _> = found.filter(|(id, _)| !self.families.contains(id)).collect();
        let mut stemmas: Vec<_> = found.into_values().collect();
        stemmas.retain(|s| s.reports.len() + s.lost.len() > 1 || !s.spun.is_empty());
        stemmas.sort_by_key(|s| (Reverse(s.reports.len()), s.id));
        let left = stemmas.len().saturating_sub(MAX_FAMILIES);
        (stemmas.into_iter().take(MAX_FAMILIES).map(|s| family(self.ledger, s)).collect(), left)
    }

    fn choose_reports(&mut self) {
        let mut room = MAX_TEXTS;
        for chapter in &self.chapters {
            let mut reports: Vec<_> = chapter.events.iter().flat_map(|e| &e.event.reports).collect();
            reports.sort_by_key(|r| (r.published.is_none(), &r.published, &r.file, r.id));
            for report in reports {
                let Some(analysis) = self.ledger.report(report.id) else { continue };
                let body = &analysis.report.body;
                let length = body.floor_char_boundary(MAX_TEXT.min(body.len()));
                if self.reports.len() == MAX_REPORTS || length > room || self.texts.contains_key(&report.id) {
                    continue;
                }
                room -= length;
                self.reports.push(report.id);
                self.texts.insert(report.id, Shown { length, anchors: BTreeSet::new() });
            }
        }
    }

    fn gather_anchors(&mut self) {
        let mut found: Vec<(ReportId, Range)> = Vec::new();
        let quote = |q: &Quote| (q.report, q.span);
        for chapter in &self.chapters {
            for c in &chapter.events {
                found.extend(c.event.headline.iter().chain(&c.brief).map(quote));
                found.extend(c.quotes.iter().map(|s| quote(&s.words)));
            }
            for e in &chapter.entries {
                found.push(quote(&e.claim_at));
                found.extend(e.readings.iter().map(|r| (r.report, r.span)));
            }
            for f in &chapter.families {
                found.extend(f.variants.iter().flat_map(|v| &v.readings).map(quote));
                found.extend(f.spun.iter().flat_map(|s| s.phrases.iter().map(|p| (s.report, p.span))));
            }
        }
        for id in &self.reports {
            let from = self.ledger.borrowings_of(*id).iter().map(|b| b.1);
            found.extend(from.map(|p| (p.report, [p.span.start, p.span.end])));
        }
        for (id, [start, end]) in found {
            let span = Span { start, end };
            let Some(text) = self.texts.get_mut(&id) else { continue };
            let body = self.ledger.report(id).map_or("", |a| &a.report.body);
            let fits = end as usize <= text.length && body.get(start as usize..end as usize).is_some();
            if fits && !(start == 0 && end == 0) {
                text.anchors.insert(span);
            }
        }
    }
}

impl Leads for Plan<'_, '_> {
    fn ledger(&self) -> &Lookup<'_> {
        self.ledger
    }

    fn text(&self, id: ReportId) -> Option<(&str, Vec<Span>)> {
        let text = self.texts.get(&id)?;
        let body = &self.ledger.report(id)?.report.body;
        Some((&body[..text.length], text.anchors.iter().copied().collect()))
    }

    fn to_words(&self, id: ReportId, [start, end]: Range) -> Option<String> {
        let text = self.texts.get(&id)?;
        let span = Span { start, end };
        Some(if text.anchors.contains(&span) {
            format!("#{}", words_id(id, span))
        } else {
            format!("#r-{id}")
        })
    }

    fn to_report(&self, id: ReportId) -> Option<String> {
        self.texts.contains_key(&id).then(|| format!("#r-{id}"))
    }

    fn to_event(&self, id: EventId) -> Option<String> {
        self.events.contains(&id).then(|| format!("#v-{id}"))
    }

    fn to_family(&self, id: FamilyId) -> Option<String> {
        self.families.contains(&id).then(|| format!("#f-{id}"))
    }

    fn to_entry(&self, id: EntryId) -> Option<String> {
        self.entries.contains_key(&id).then(|| format!("#e-{id}"))
    }

    fn entry(&self, id: EntryId) -> Option<&EntryView> {
        let (chapter, i) = self.entries.get(&id)?;
        self.chapters.get(*chapter)?.entries.get(*i)
    }
}

/// The id of words in the page.
pub fn words_id(report: ReportId, span: Span) -> String {
    format!("r-{report}-{}-{}", span.start, span.end)
}
