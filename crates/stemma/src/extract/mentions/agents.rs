//! Words and entities -> the parties that a sentence names, with country and sector.
//!
//! `Senior Danish and Polish officials` is two parties; `Danish president Ana Ode` one. A party
//! behind `in`, `near`, `from` is marked as a place, to be taken only where nothing else is there.

use super::{Agent, leaders};
use crate::extract::names::NameKind;
use crate::extract::names::tables::{Lexicon, RoleKind};
use crate::extract::names::view::View;
use crate::extract::{Entity, Extracts, Name};
use crate::model::Span;
use std::ops::Range;

/// A party where it stands.
#[derive(Clone, Debug)]
pub(super) struct Party {
    /// Its words, as indices into the view.
    pub(super) words: Range<usize>,
    /// Its codes and words.
    pub(super) agent: Agent,
    /// Whether it is named as a place.
    pub(super) place: bool,
    /// Whether it only qualifies a noun that is no party: `Danish ships`, `Denmark's efforts`.
    pub(super) loose: bool,
    /// What the name that it begins with names.
    pub(super) kind: Option<NameKind>,
    /// Whether it is a capital, by which news mean its government.
    pub(super) seat: bool,
    /// Whether it is a people: `Danes`.
    pub(super) many: bool,
    /// Whether it is a people inside a state, or some of one: `ethnic Danes`, `Polish Danes`, `forty Danes`.
    pub(super) folk: bool,
    /// Whether its country is only where it is: `troops in Denmark`.
    pub(super) put: bool,
}

struct Scan<'a> {
    view: &'a View,
    lexicon: &'a Lexicon,
    found: &'a Extracts,
    /// For each word of the sentence, the name that covers it.
    names: Vec<Option<u32>>,
    range: Range<usize>,
}

/// The parties of a sentence, in order.
pub(super) fn parties(view: &View, lexicon: &Lexicon, found: &Extracts, range: &Range<usize>) -> Vec<Party> {
    let names = names(view, &found.names, range);
    let scan = Scan { view, lexicon, found, names, range: range.clone() };
    let mut parties: Vec<Party> = Vec::new();
    let mut i = range.start;
    while i < range.end {
        match scan.party(i) {
            Some(party) => {
                i = party.words.end;
                parties.push(party);
            }
            None => i += 1,
        }
    }
    share_heads(view, &mut parties);
    of_country(view, &mut parties);
    parties
}

fn names(view: &View, names: &[Name], range: &Range<usize>) -> Vec<Option<u32>> {
    let words = &view.words[range.clone()];
    let mut at = words.first().map_or(0, |w| names.partition_point(|n| n.span.end <= w.span.start));
    let mut out = vec![None; words.len()];
    for (slot, word) in out.iter_mut().zip(words) {
        while names.get(at).is_some_and(|n| n.span.end <= word.span.start) {
            at += 1;
        }
        *slot = names.get(at).filter(|n| n.span.overlaps(&word.span)).map(|_| at as u32);
    }
    out
}

impl Scan<'_> {
    fn name(&self, i: usize) -> Option<u32> {
        self.names.get(i.checked_sub(self.range.start)?).copied().flatten()
    }

    fn name_end(&self, i: usize) -> usize {
        (i..self.range.end).find(|k| self.name(*k) != self.name(i)).unwrap_or(self.range.end)
    }

    /// A role's or group's words at `i`: how many, and the sector.
    fn head(&self, i: usize) -> Option<(usize, Option<String>)> {
        let wanted = |kind| matches!(kind, RoleKind::Role | RoleKind::People);
        let words = &self.view.words[..self.range.end];
        let (len, role) = self.lexicon.role_at(words, i, wanted)?;
        let qualifies = len == 1 && self.is_modifier(i) && self.noun_follows(i);
        (!qualifies).then(|| (len, role.sector.map(str::to_owned)))
    }

    /// Whether word `i` stands bare before another noun, as in `military aid`, so that it names no party.
    fn noun_follows(&self, i: usize) -> bool {
        let named = i > self.range.start
            && (self.name(i - 1).is_some() || self.lexicon.is_function(&self.view.words[i - 1]));
        let next = self.view.words[..self.range.end].get(i + 1);
        !named && next.is_some_and(|w| !w.is_mark() && !w.is_capital() && !self.lexicon.is_function(w))
    }

    fn is_modifier(&self, i: usize) -> bool {
        self.lexicon.is_role(&self.view.words[i], |k| matches!(k, RoleKind::Modifier | RoleKind::Title))
    }

    /// The party that begins at word `i`.
    fn party(&self, i: usize) -> Option<Party> {
        let mut country = None;
        let mut sector = None;
        let mut k = i;
        let mut certain = false;
        if let Some(name) = self.name(i) {
            let entity = &self.found.entities[self.found.names[name as usize].entity as usize];
            (country, sector) = self.codes(i, entity);
            k = self.name_end(i);
            certain = !matches!(entity.kind, NameKind::Nationality) && !self.view.words[k - 1].possessive
                || self.is_people(i, k);
            if self.is_people(k, self.name_end(k)) && entity.kind == NameKind::Nationality {
                return self.place_of(i..self.name_end(k), (country, sector), false);
            }
            if entity.kind == NameKind::Other && country.is_none() && sector.is_none() {
                return self.place_of(i..k, (None, None), true);
            }
            if certain && !self.head_follows(k) {
                return self.place_of(i..k, (country, sector), false);
            }
        } else if self.head(i).is_none() {
            return None;
        }
        let (end, head) = self.extend(k);
        if let Some((end, found)) = head.map(|h| (end, h)) {
            let found = self.in_office(i, end, found);
            return self.named(i..end, country, found.or(sector));
        }
        match self.head(i).filter(|_| k == i) {
            Some((len, sector)) => self.place_of(i..i + len, (None, sector), true),
            None => self.place_of(i..k, (country, sector), !certain),
        }
    }

    /// Country and sector of the name at word `i`; what its report does not tell is looked up.
    fn codes(&self, i: usize, entity: &Entity) -> (Option<String>, Option<String>) {
        let mut sector = entity.sector.clone();
        let stateless = entity.country.as_deref().is_some_and(|c| matches!(c, "IGO" | "NGO" | "MNC" | "IMG"));
        let told = self.lexicon.term_at(&self.view.words, i).is_some_and(|(_, info)| info.sector.is_some());
        if stateless && entity.kind == NameKind::Organisation && !told && sector.as_deref() == Some("GOV") {
            sector = None;
        }
        if entity.country.is_some() {
            return (entity.country.clone(), sector);
        }
        if let Some(code) = leaders::led_by(entity) {
            return (Some(code.to_owned()), sector.or(Some("GOV".to_owned())));
        }
        (leaders::country_of_city(entity).map(str::to_owned), sector)
    }

    /// Whether words `i..end` are one word for a people: `Danes`.
    fn is_people(&self, i: usize, end: usize) -> bool {
        if i >= self.range.end || end != i + 1 {
            return false;
        }
        let word = &self.view.words[i];
        let Some(name) = self.name(i) else { return false };
        let entity = &self.found.entities[self.found.names[name as usize].entity as usize];
        self.lexicon.is_english()
            && entity.kind == NameKind::Nationality
            && word.lower.ends_with('s')
            && !word.lower.ends_with("ss")
            && !word.possessive
    }

    fn head_follows(&self, k: usize) -> bool {
        k < self.range.end && self.head(k).is_some() && self.name(k).is_none()
    }

    /// From `k` over up to four words that qualify, to a head: where it ends, and its sector.
    fn extend(&self, k: usize) -> (usize, Option<Option<String>>) {
        let mut at = k;
        while at < self.range.end.min(k + 5) {
            if let Some((len, sector)) = self.head(at) {
                let next = at + len;
                if next < self.range.end && self.view.words[next - 1].possessive {
                    at = next;
                    continue;
                }
                let further = self.head(next).filter(|_| next < self.range.end && self.name(next).is_none());
                return match further {
                    Some((len, Some(of))) if self.first_leads(sector.as_deref(), &of, next + len - 1) => {
                        (next + len, Some(sector))
                    }
                    Some((len, Some(sector))) => (next + len, Some(Some(sector))),
                    Some((len, None)) => (next + len, Some(sector)),
                    None => (next, Some(sector)),
                };
            }
            let word = &self.view.words[at];
            let stops = word.is_mark() && word.lower != "-"
                || self.lexicon.is_function(word)
                || self.name(at).is_some();
            if stops && !self.is_modifier(at) {
                break;
            }
            at += 1;
        }
        (k, None)
    }

    /// A sector, or `ELI` where it is of one who held an office and no longer does.
    fn in_office(&self, from: usize, end: usize, sector: Option<String>) -> Option<String> {
        let back = from.saturating_sub(2).max(self.range.start);
        let former = self.view.words[back..end].iter().any(|w| self.lexicon.is_former(w));
        let office = sector.as_deref().is_some_and(|s| matches!(s, "GOV" | "LEG"));
        if former && office { Some("ELI".to_owned()) } else { sector }
    }

    /// Whether the first of two heads says what the party is: `rebel leaders`, `opposition candidates`.
    fn first_leads(&self, first: Option<&str>, second: &str, last: usize) -> bool {
        let leads = self.lexicon.is_generic(&self.view.words[last]);
        first.is_some_and(|f| f == "REB" || f == "OPP" && second == "PTY" || leads && f != "GOV")
    }

    /// A head with the person's name behind it, if there is one.
    fn named(
        &self,
        words: Range<usize>,
        mut country: Option<String>,
        mut sector: Option<String>,
    ) -> Option<Party> {
        let mut end = words.end;
        if let Some(name) = self.name(end).filter(|_| end < self.range.end) {
            let entity = &self.found.entities[self.found.names[name as usize].entity as usize];
            if matches!(entity.kind, NameKind::Person | NameKind::Other) {
                country = country.or(entity.country.clone());
                sector = sector.or(entity.sector.clone());
                end = self.name_end(end);
            }
        }
        self.place_of(words.start..end, (country, sector), false)
    }

    fn place_of(
        &self,
        words: Range<usize>,
        codes: (Option<String>, Option<String>),
        loose: bool,
    ) -> Option<Party> {
        let view = &self.view.words;
        let span = view[words.start].span.cover(&view[words.end - 1].span);
        let mut before = words.start;
        while before > self.range.start && words.start - before < 5 {
            let word = &view[before - 1];
            if self.lexicon.is_place_word(word) {
                break;
            }
            if word.is_mark() || self.name(before - 1).is_some() || word.possessive {
                before = self.range.start;
                break;
            }
            before -= 1;
        }
        let place = before > self.range.start
            && self.lexicon.is_place_word(&view[before - 1])
            && codes.1.is_none()
            && !matches!(
                view[before - 1].lower.as_str(),
                "to" | "into" | "a" | "para" | "towards" | "toward"
            );
        let loose = loose || words.start > self.range.start && view[words.start - 1].lower == "of";
        let agent = Agent { span, country: codes.0, sector: codes.1 };
        let entity = self.name(words.start);
        let kind = entity.map(|n| self.found.entities[self.found.names[n as usize].entity as usize].kind);
        let seat = self.lexicon.term_at(view, words.start).is_some_and(|(_, info)| info.seat);
        let last = self.name_end(words.end - 1).min(words.end);
        let many = self.is_people(words.end - 1, last);
        let folk = many && (words.len() > 1 || self.counted(words.start));
        Some(Party { words, agent, place, loose, kind, seat, many, folk, put: false })
    }

    /// Whether a number or a word like `ethnic` or `young` stands before word `i`.
    fn counted(&self, i: usize) -> bool {
        let word = i.checked_sub(1).filter(|k| *k >= self.range.start).map(|k| &self.view.words[k]);
        word.is_some_and(|w| {
            w.lower.starts_with(|c: char| c.is_ascii_digit())
                || matches!(w.lower.as_str(), "ethnic" | "young" | "most" | "some" | "many" | "ordinary")
        })
    }
}

/// `Danish and Polish officials`: the first shares the head of the second.
fn share_heads(view: &View, parties: &mut [Party]) {
    for i in (1..parties.len()).rev() {
        let gap = &view.words[parties[i - 1].words.end..parties[i].words.start];
        let joined =
            gap.len() == 1 && matches!(gap[0].lower.as_str(), "and" | "," | "or" | "e" | "y" | "et" | "und");
        if joined && parties[i - 1].loose && !parties[i].loose {
            parties[i - 1].agent.sector =
                parties[i - 1].agent.sector.clone().or(parties[i].agent.sector.clone());
            parties[i - 1].loose = false;
        }
    }
}

/// `rebels in Loria`, `president of Loria`: the country behind a party without one becomes its own.
fn of_country(view: &View, parties: &mut Vec<Party>) {
    let mut i = 0;
    while i + 1 < parties.len() {
        let gap = &view.words[parties[i].words.end..parties[i + 1].words.start];
        let of = gap.first().is_some_and(|w| {
            matches!(
                w.lower.as_str(),
                "of" | "in"
                    | "from"
                    | "de"
                    | "da"
                    | "do"
                    | "del"
                    | "du"
                    | "des"
                    | "en"
                    | "em"
                    | "von"
                    | "aus"
                    | "no"
                    | "na"
                    | "throughout"
                    | "across"
            )
        });
        let near = gap.len() <= 4 && gap.iter().all(|w| !w.is_mark());
        let open = parties[i].agent.country.is_none() && parties[i].agent.sector.is_some();
        let gives = parties[i + 1].agent.country.is_some()
            && (parties[i + 1].agent.sector.is_none() || gap.len() == 1);
        let adjective = gap.is_empty() && parties[i + 1].loose && open;
        if adjective || of && near && open && gives {
            parties[i].put = parties[i + 1].place;
            let next = parties.remove(i + 1);
            parties[i].agent.country = next.agent.country;
            parties[i].agent.span = cover(parties[i].agent.span, next.agent.span);
            parties[i].words.end = next.words.end;
        } else {
            i += 1;
        }
    }
}

fn cover(a: Span, b: Span) -> Span {
    a.cover(&b)
}
