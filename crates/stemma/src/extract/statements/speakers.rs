//! A source's words -> the speaker's fullest name in the report.
//!
//! Asks the names found before; where those are empty, runs of capitals. Pronouns and roles
//! (`she`, `the spy agency`) stand for the last speaker or name that fits. Never invents:
//! a source that names nobody stays as its own words.

use super::lexicon::{Class, List, Person};
use super::phrases;
use super::words::Text;
use crate::extract::{Extracts, NameKind};
use crate::model::Span;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A name as it stands, by words.
pub(super) struct Run {
    pub(super) words: Range<usize>,
    pub(super) name: String,
    pub(super) person: bool,
    /// A country, town or nationality.
    pub(super) place: bool,
    /// An agency or outlet.
    pub(super) media: bool,
}

/// Someone who spoke before.
struct Said {
    at: usize,
    name: String,
    person: bool,
    heads: Vec<String>,
}

/// Longest run of capitals that is taken for a name, in words.
pub(super) const MAX_NAME: usize = 6;
/// How far from a name its role may stand, in words.
pub(super) const ROLE_REACH: usize = 5;
/// How many sentences back a pronoun may point.
pub(super) const PRONOUN_REACH: u32 = 8;
/// How many earlier speakers are looked through.
pub(super) const MEMORY: usize = 64;

/// Who has spoken so far and who is named where.
pub(super) struct Speakers<'t> {
    pub(super) text: &'t Text<'t>,
    found: &'t Extracts,
    pub(super) runs: Vec<Run>,
    /// Bodies that are called a company somewhere, each with the place of that word.
    pub(super) called: Vec<(usize, String)>,
    /// Runs by the last word of the name.
    by_last: FxHashMap<String, Vec<usize>>,
    /// Runs by a role beside the name, each with the place of the role's word.
    by_role: FxHashMap<String, Vec<(usize, usize)>>,
    said: Vec<Said>,
}

impl<'t> Speakers<'t> {
    /// Nobody has spoken yet.
    pub(super) fn of(text: &'t Text<'t>, found: &'t Extracts) -> Speakers<'t> {
        let mut speakers = Speakers {
            text,
            found,
            runs: if found.names.is_empty() { capitals(text) } else { named(text, found) },
            by_last: FxHashMap::default(),
            by_role: FxHashMap::default(),
            said: Vec::new(),
            called: Vec::new(),
        };
        speakers.called = speakers.companies();
        speakers.index();
        speakers
    }

    fn index(&mut self) {
        for k in 0..self.runs.len() {
            let words = self.runs[k].words.clone();
            let last = self.text.lower(words.end - 1).to_string();
            self.by_last.entry(last).or_default().push(k);
            let from = words.start.saturating_sub(ROLE_REACH);
            let to = (words.end + ROLE_REACH).min(self.text.words.len());
            for i in (from..words.start).chain(words.end..to) {
                let near = self.text.words[i].sentence == self.text.words[words.start].sentence;
                let role = self.text.lexicon.role(self.text.lower(i));
                let before = i < words.start && (i + 1 == words.start || self.text.is(words.start - 1, ","));
                let behind = i >= words.end && self.text.is(words.end, ",");
                if near && (role.person || role.title) && (before || behind) && beside(self.text, i, &words) {
                    self.runs[k].person = true;
                }
                let fits = role.person || role.body && !self.runs[k].place;
                if near && fits && beside(self.text, i, &words) {
                    self.by_role.entry(self.text.lower(i).to_string()).or_default().push((k, i));
                }
            }
        }
    }

    /// Whether a name at a span is one of a news agency or outlet.
    pub(super) fn is_agency(&self, span: Span) -> bool {
        let names = names_in(self.found, span);
        names
            .iter()
            .any(|n| self.found.entities.get(n.entity as usize).is_some_and(|e| e.kind == NameKind::Agency))
    }

    /// The speaker that a source names, and remembers that they spoke. Sources are asked in
    /// reading order.
    pub(super) fn speaker(&mut self, source: Option<&Range<usize>>) -> Option<String> {
        let source = source?.clone();
        let (name, person) = self.name(source.clone(), 0)?;
        let heads = source.clone().map(|i| self.text.lower(i).to_string());
        let heads = heads.filter(|w| self.text.lexicon.role(w) != Default::default()).collect();
        self.said.push(Said { at: source.start, name: name.clone(), person, heads });
        Some(name)
    }

    /// The outlet that a stretch names, as in `told the agency KCNA`, `told the Loria Post`.
    pub(super) fn outlet(&self, stretch: Range<usize>) -> Option<String> {
        let from = self.runs.partition_point(|r| r.words.start < stretch.start);
        let media = |i: usize| {
            let role = self.text.lexicon.role(self.text.lower(i));
            role.media || role.outlet
        };
        let inside = self.runs[from..].iter().take_while(|r| r.words.end <= stretch.end);
        let run = inside.into_iter().find(|r| {
            let near = r.words.start.saturating_sub(1).max(stretch.start)..r.words.end;
            let acronym = r.words.len() == 1 && self.text.words[r.words.start].upper;
            !r.person && (near.into_iter().any(media) || acronym || self.is_agency(self.text.span(&r.words)))
        })?;
        Some(self.full(run))
    }

    /// Who speaks where a language drops the subject: the last person before the cue.
    pub(super) fn unnamed(&mut self, cue: usize) -> Option<String> {
        let (name, person) = self.last_before(cue, |is_person| is_person)?;
        self.said.push(Said { at: cue, name: name.clone(), person, heads: Vec::new() });
        Some(name)
    }

    /// The name for a source's words and whether it is a person's.
    fn name(&self, source: Range<usize>, depth: u8) -> Option<(String, bool)> {
        let first = self.text.lower(source.start);
        let class = self.text.class(source.start);
        if class == Class::Relative && source.len() == 1 {
            let from = self.text.sentence_of(source.start).start;
            let before = phrases::before(self.text, source.start, from).filter(|_| depth == 0)?;
            return self.name(before, depth + 1);
        }
        if source.len() == 1 && (class == Class::Pronoun || self.text.lexicon.is(List::Possessive, first)) {
            return self.pronoun(source.start);
        }
        if let Some(body) = self.spoken_for(&source).filter(|_| depth == 0) {
            return self.name(body, depth + 1);
        }
        let described = || {
            let role = self.role(&source).or_else(|| self.described(&source));
            role.or_else(|| self.company(&source)).or_else(|| self.short(&source))
        };
        self.named(&source).or_else(described).or_else(|| Some((self.plain(&source), false)))
    }

    fn pronoun(&self, at: usize) -> Option<(String, bool)> {
        let word = self.text.lower(at);
        let person = self.text.lexicon.person(word);
        if person.is_none() && !self.text.lexicon.is(List::Possessive, word) {
            return None;
        }
        let wants = |is_person: bool| match person {
            Some(Person::He | Person::She) => is_person,
            Some(Person::It) => !is_person,
            _ => true,
        };
        // A name of unknown kind can be a person's, if no other was named.
        let unknown = || self.runs.iter().rev().find(|r| r.words.start < at && !r.place);
        self.last_before(at, wants).or_else(|| unknown().map(|r| (self.full(r), wants(true))))
    }

    /// Who was last before a place: in the last sentence with anyone that fits, its speaker,
    /// else the one named first.
    fn last_before(&self, at: usize, wants: impl Fn(bool) -> bool) -> Option<(String, bool)> {
        let sentence = |i: usize| self.text.words[i].sentence;
        let near = |i: usize| sentence(at).saturating_sub(sentence(i)) <= PRONOUN_REACH;
        let said = self.said.iter().rev().take(MEMORY).find(|s| s.at < at && near(s.at) && wants(s.person));
        let end = self.runs.partition_point(|r| r.words.start < at);
        let fits = |r: &&Run| near(r.words.start) && wants(r.person);
        let last = self.runs[..end].iter().rev().take(MEMORY).find(fits);
        let Some(last) = last else { return said.map(|s| (s.name.clone(), s.person)) };
        if let Some(said) = said.filter(|s| sentence(s.at) >= sentence(last.words.start)) {
            return Some((said.name.clone(), said.person));
        }
        let same = |r: &&Run| sentence(r.words.start) == sentence(last.words.start);
        let first =
            self.runs[..end].iter().rev().take(MEMORY).take_while(same).filter(fits).last().unwrap_or(last);
        Some((self.full(first), first.person))
    }

    /// The name inside a source: the last one that does not only qualify another noun.
    fn named(&self, source: &Range<usize>) -> Option<(String, bool)> {
        let from = self.runs.partition_point(|r| r.words.end <= source.start);
        // `X, quoted by the agency Y`: who quotes is not who speaks.
        let cited = |i: &usize| self.text.lexicon.is(List::Cited, self.text.lower(*i));
        let end = source.clone().find(cited).filter(|i| *i > source.start).unwrap_or(source.end);
        let inside = || self.runs[from..].iter().take_while(|r| r.words.start < end);
        let heads = || inside().filter(|r| !self.qualifies(r, source));
        // `the head of the mission, Ana Ode`: what an insertion names is the speaker.
        let inserted = |r: &&Run| r.words.start > source.start && self.text.is(r.words.start - 1, ",");
        let person = heads().find(|r| r.person).or_else(|| heads().find(inserted));
        if let Some(run) = person {
            return Some((self.full(run), true));
        }
        let run = heads().last()?;
        let whole = self.names_whole(run, source);
        Some((if whole { self.full(run) } else { self.plain(source) }, false))
    }

    /// Whether a name that is no person's stands for all of the source: it is most of its
    /// words, or ends it behind a common noun, as in `the state agency KCNA`.
    fn names_whole(&self, run: &Run, source: &Range<usize>) -> bool {
        let end = (source.start..source.end).find(|i| self.text.is(*i, ",")).unwrap_or(source.end);
        let article = usize::from(self.text.is_article(source.start));
        let most = run.words.len() * 3 >= (end - source.start).saturating_sub(article) * 2;
        let before = run.words.start.checked_sub(1).filter(|b| *b >= source.start);
        let common = before.is_some_and(|b| self.text.class(b) == Class::Word && !self.text.words[b].capital);
        most || common && run.words.end == end
    }

    /// `Belmora's` ministry, the `Belmoran` army, ministry of `Belmora`.
    fn qualifies(&self, run: &Run, source: &Range<usize>) -> bool {
        let (start, end) = (run.words.start, run.words.end);
        let owner = self.text.lower(end) == "'s" && end + 1 < source.end;
        let follows = end < source.end && self.text.class(end) == Class::Word && !run.person;
        let of = start > source.start + 1 && matches!(self.text.class(start - 1), Class::Genitive)
            || start > source.start + 2
                && self.text.class(start - 1) == Class::Determiner
                && self.text.class(start - 2) == Class::Genitive;
        owner || follows || of
    }

    /// `the spokesman`, `the ministry`: who had that role before.
    fn role(&self, source: &Range<usize>) -> Option<(String, bool)> {
        let lexicon = self.text.lexicon;
        let definite = self.text.is_article(source.start) && source.len() <= 4;
        let role = |i: &usize| lexicon.role(self.text.lower(*i));
        let head = source.clone().find(|i| role(i).person || role(i).body)?;
        let word = self.text.lower(head);
        if !definite || self.text.words[head].capital && source.len() > 2 {
            return None;
        }
        if let Some(said) = self.said.iter().rev().take(MEMORY).find(|s| s.heads.iter().any(|h| h == word)) {
            return Some((said.name.clone(), said.person));
        }
        let person = lexicon.role(word).person;
        let before = |k: &usize| self.runs[*k].words.start < source.start;
        let fits = |k: &usize| self.runs[*k].person == person;
        // `a school of Vescha, the ministry said`: the source itself is no role of the name before it.
        let other = |r: &&(usize, usize)| before(&r.0) && !source.contains(&r.1);
        let roles = self.by_role.get(word).into_iter().flatten();
        let beside = roles.rev().filter(other).take(MEMORY).map(|r| r.0).find(fits);
        let called = || self.by_last.get(word)?.iter().rev().copied().filter(before).take(MEMORY).find(fits);
        let run = beside.or_else(called)?;
        Some((self.full(&self.runs[run]), person))
    }

    /// A source's own words: without article, up to the first comma.
    fn plain(&self, source: &Range<usize>) -> String {
        let article = self.text.is_article(source.start) && source.len() > 1;
        let start = source.start + usize::from(article);
        let end = (start + 1..source.end).find(|i| self.text.is(*i, ",")).unwrap_or(source.end);
        self.text.span(&(start..end)).of(self.text.body).to_string()
    }

    /// The fullest name with the same last word, or with this name at its start.
    pub(super) fn full(&self, run: &Run) -> String {
        if !self.found.names.is_empty() {
            return run.name.clone();
        }
        let last = self.text.lower(run.words.end - 1);
        let longer = self.by_last.get(last).into_iter().flatten().take(MEMORY).map(|k| &self.runs[*k]);
        let ends_so = longer.filter(|r| r.name.ends_with(&run.name));
        let best = ends_so.max_by_key(|r| (r.words.len(), std::cmp::Reverse(r.words.start)));
        if let Some(best) = best.filter(|b| b.words.len() > run.words.len()) {
            return best.name.clone();
        }
        let starts_so = |r: &&Run| {
            r.person && r.words.len() > run.words.len() && r.name.starts_with(&format!("{} ", run.name))
        };
        self.runs.iter().take(MEMORY).find(starts_so).map_or_else(|| run.name.clone(), |r| r.name.clone())
    }
}

/// The names that the names stage found, as runs of words.
fn named(text: &Text, found: &Extracts) -> Vec<Run> {
    let mut runs = Vec::new();
    for name in &found.names {
        let Some(entity) = found.entities.get(name.entity as usize) else { continue };
        let start = text.words.partition_point(|w| w.span.end <= name.span.start);
        let end = text.words.partition_point(|w| w.span.start < name.span.end);
        if start < end {
            let person = entity.kind == NameKind::Person;
            let place = matches!(entity.kind, NameKind::Country | NameKind::Place | NameKind::Nationality);
            let media = entity.kind == NameKind::Agency;
            runs.push(Run { words: start..end, name: entity.canonical.clone(), person, place, media });
        }
    }
    runs.sort_by_key(|r| (r.words.start, r.words.end));
    runs
}

/// The names at a span, by the names stage.
fn names_in(found: &Extracts, span: Span) -> &[crate::extract::Name] {
    let from = found.names.partition_point(|n| n.span.end <= span.start);
    let to = found.names.partition_point(|n| n.span.start < span.end).max(from);
    &found.names[from..to]
}

/// Runs of capitals without titles, where no names were found.
fn capitals(text: &Text) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut i = 0;
    while i < text.words.len() {
        let start = i;
        while i < text.words.len()
            && name_word(text, i)
            && text.words[i].sentence == text.words[start].sentence
            && i - start < MAX_NAME
        {
            i += 1;
        }
        if i == start {
            i += 1;
            continue;
        }
        let office = |k: &usize| {
            let role = text.lexicon.role(text.lower(*k));
            role.title || role.person
        };
        // `Defence Minister Ilko Dravecz`: the name stands behind the last word of office.
        let first = (start..i).rev().find(office).map_or(start, |k| k + 1);
        if first < i {
            let words = first..i;
            let name = text.span(&words).of(text.body).to_string();
            runs.push(Run { words, name, person: first > start, place: false, media: false });
        }
    }
    runs
}

fn name_word(text: &Text, i: usize) -> bool {
    let word = &text.words[i];
    let first = i == 0 || text.words[i - 1].sentence != word.sentence;
    let verb = first && text.lexicon.verb(text.lower(i)).is_some();
    let common = first && word.class != Class::Word;
    word.capital && matches!(word.class, Class::Word | Class::Adverb) && !verb && !common
}

/// Whether a role stands with a name, with nothing but nouns and one comma between.
fn beside(text: &Text, role: usize, name: &Range<usize>) -> bool {
    let between = if role < name.start { role + 1..name.start } else { name.end..role };
    let mut commas = 0;
    between.into_iter().all(|i| {
        commas += usize::from(text.is(i, ","));
        matches!(text.class(i), Class::Word | Class::Genitive | Class::Determiner)
            || text.is(i, ",") && commas < 2
    })
}
