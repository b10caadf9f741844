//! Who did what to whom, coded in the PLOVER ontology (Halterman et al., 2023).
//!
//! Report, Segments and what was extracted before go in; one [`Mention`] for each clause with a clear action
//! comes out. No parser: clauses by punctuation and conjunctions, verbs and nouns of action by tables, parties by
//! nearness. A clause whose verb the tables do not hold gives nothing.

mod actions;
mod agents;
mod rules;

use super::Extracts;
use super::names::tables::lexicon;
use super::names::view::{View, view};
use crate::model::{Report, Span};
use crate::segment::Segments;
use actions::Action;
use agents::Party;
use rules::Rules;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// One report's telling of a happening.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// The clause that tells it.
    pub span: Span,
    /// The word of action.
    pub trigger: Span,
    /// PLOVER event type: `AGREE`, `CONSULT`, … `ASSAULT`.
    pub event: String,
    /// PLOVER mode, where clear.
    pub mode: Option<String>,
    /// PLOVER contexts, where clear.
    pub context: Vec<String>,
    /// Who acts.
    pub actors: Vec<Agent>,
    /// Whom it is done to.
    pub recipients: Vec<Agent>,
    /// When, as an index into the report's times.
    pub time: Option<u32>,
    /// Where.
    pub place: Option<Span>,
    /// Quantities told with it, as indices into the report's quantities.
    pub quantities: Vec<u32>,
    /// How it is told.
    pub modality: Modality,
}

/// A party to a happening.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Agent {
    /// Its words.
    pub span: Span,
    /// ISO 3166-1 alpha-3 code of its country, or `IGO`, `NGO`, `MNC`, if known.
    pub country: Option<String>,
    /// PLOVER sector: `GOV`, `MIL`, `REB`, …, if known.
    pub sector: Option<String>,
}

/// How a happening is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Modality {
    /// It happened.
    Happened,
    /// It did not happen.
    Negated,
    /// It is to happen.
    Planned,
    /// Someone wants it to happen.
    Demanded,
    /// It may have happened.
    Possible,
}

/// Whether the mentions of a language are coded.
pub fn has_rules(lang: crate::model::Lang) -> bool {
    rules::rules(lang).is_some()
}

/// Finds the mentions of a report.
pub fn mentions(report: &Report, segments: &Segments, found: &Extracts) -> Vec<Mention> {
    let Some(rules) = rules::rules(report.lang) else { return Vec::new() };
    let view = view(report, segments);
    let lexicon = lexicon(report.lang);
    let mut out = Vec::new();
    for line in &view.lines {
        if line.words.len() > MAX_WORDS {
            continue;
        }
        let actions = actions::actions(rules, &view, &line.words);
        if actions.is_empty() {
            continue;
        }
        let parties = agents::parties(&view, lexicon, found, &line.words);
        let sentence = Sentence { rules, view: &view, found, line: line.words.clone(), actions, parties };
        out.extend(sentence.mentions());
    }
    out
}

/// Longer "sentences" are lists or tables, and tell no one happening.
const MAX_WORDS: usize = 300;

struct Sentence<'a> {
    rules: &'a Rules,
    view: &'a View,
    found: &'a Extracts,
    line: Range<usize>,
    actions: Vec<Action>,
    parties: Vec<Party>,
}

impl Sentence<'_> {
    fn mentions(&self) -> Vec<Mention> {
        let mut out: Vec<Mention> = Vec::new();
        let mut done: Option<&Action> = None;
        for action in &self.actions {
            let same = done
                .is_some_and(|d| d.clause == action.clause && (action.leaning || self.controls(d, action)));
            if same {
                continue;
            }
            let (actors, recipients) = self.sides(action);
            if !actors.is_empty() || !recipients.is_empty() {
                done = Some(action);
                out.push(self.mention(action, actors, recipients));
            }
        }
        out
    }

    /// Whether a second verb of a clause is what the first one governs: `agreed to send`.
    fn controls(&self, first: &Action, second: &Action) -> bool {
        let between = &self.view.words[first.end..second.word];
        second.noun
            || between.last().is_some_and(|w| w.lower == "to")
            || first.event == second.event
            || between.len() < 8
    }

    fn mention(&self, action: &Action, actors: Vec<Agent>, recipients: Vec<Agent>) -> Mention {
        let words = &self.view.words;
        let span = words[action.clause.start].token.cover(&words[action.clause.end - 1].token);
        let trigger = words[action.word].span.cover(&words[action.end - 1].span);
        let within = |s: &Span| span.contains(s);
        let time = self.found.times.iter().position(|t| within(&t.span));
        let quantities = self.found.quantities.iter().enumerate().filter(|(_, q)| within(&q.span));
        Mention {
            span,
            trigger,
            event: action.event.to_owned(),
            mode: action.mode.map(str::to_owned),
            context: Vec::new(),
            actors,
            recipients,
            time: time.or_else(|| self.time_of_sentence()).map(|i| i as u32),
            place: self.place(action),
            quantities: quantities.map(|(i, _)| i as u32).collect(),
            modality: action.modality,
        }
    }

    /// The only time of the sentence, where the clause has none.
    fn time_of_sentence(&self) -> Option<usize> {
        let words = &self.view.words;
        let span = words[self.line.start].span.cover(&words[self.line.end - 1].span);
        let mut inside =
            self.found.times.iter().enumerate().filter(|(_, t)| span.contains(&t.span)).map(|(i, _)| i);
        let first = inside.next();
        first.filter(|_| inside.next().is_none())
    }

    fn place(&self, action: &Action) -> Option<Span> {
        let inside =
            |p: &&Party| p.place && action.clause.start <= p.words.start && p.words.end <= action.clause.end;
        self.parties.iter().find(inside).map(|p| p.agent.span)
    }

    /// Who acts and whom it is done to.
    fn sides(&self, action: &Action) -> (Vec<Agent>, Vec<Agent>) {
        let mut before = self.before(action);
        let by = (action.passive || action.noun).then(|| self.by(action)).flatten();
        let mut after = self.after(action, by);
        if let Some(by) = by {
            let doer = self.with_company(by);
            let done_to = if action.noun { after } else { before };
            return (self.agents(action, &doer), self.agents(action, &done_to));
        }
        if action.demanded {
            let sayer = self.sayer(action);
            if !sayer.is_empty() && !before.iter().any(|p| sayer.contains(p)) {
                return (self.agents(action, &sayer), self.agents(action, &before));
            }
        }
        if action.passive {
            return (Vec::new(), self.agents(action, &before));
        }
        if action.noun && before.is_empty() {
            let (a, b) = self.between(&after);
            (before, after) = (a, b);
        }
        after.retain(|p| !before.contains(p));
        (self.agents(action, &before), self.agents(action, &after))
    }

    /// The party that says what its clause demands: `A said that B must go`.
    fn sayer(&self, action: &Action) -> Vec<usize> {
        let words = &self.view.words;
        let Some(say) = (self.line.start..action.word).find(|i| self.rules.is("say", &words[*i].lower))
        else {
            return Vec::new();
        };
        let first = self.parties.iter().position(|p| p.words.end <= say && !p.place);
        first.map_or(Vec::new(), |p| {
            self.with_company(p).into_iter().filter(|p| self.parties[*p].words.end <= say).collect()
        })
    }

    fn agents(&self, action: &Action, parties: &[usize]) -> Vec<Agent> {
        let home = self.home().filter(|_| action.event != "CONSULT");
        let mut out: Vec<Agent> = Vec::new();
        for party in parties {
            let mut agent = self.parties[*party].agent.clone();
            if agent.country.is_none() && agent.sector.as_deref().is_some_and(|s| s != "IGO" && s != "NGO") {
                agent.country = home.clone();
            }
            if !out.contains(&agent) {
                out.push(agent);
            }
        }
        out
    }

    /// The country that parties without one belong to: the only one that the sentence names.
    fn home(&self) -> Option<String> {
        let mut countries = self
            .parties
            .iter()
            .filter_map(|p| p.agent.country.as_ref())
            .filter(|c| !matches!(c.as_str(), "IGO" | "NGO" | "MNC"));
        let first = countries.next()?;
        countries.all(|c| c == first).then(|| first.clone())
    }

    /// The party and those joined to it by `and` or a comma, in order.
    fn with_company(&self, party: usize) -> Vec<usize> {
        let joined = |a: usize, b: usize| {
            let gap = &self.view.words[self.parties[a].words.end..self.parties[b].words.start];
            let and = gap.iter().any(|w| matches!(w.lower.as_str(), "and" | "e" | "y" | "et" | "und"));
            let list = gap.len() == 1 && gap[0].lower == ",";
            (and && gap.len() <= 5 && !gap.iter().any(|w| self.rules.forms.contains_key(&w.lower))) || list
        };
        let mut from = party;
        while from > 0 && joined(from - 1, from) {
            from -= 1;
        }
        let mut to = party;
        while to + 1 < self.parties.len() && joined(to, to + 1) {
            to += 1;
        }
        (from..=to).collect()
    }

    /// The parties before an action: the subject of its clause, else of the clause before.
    fn before(&self, action: &Action) -> Vec<usize> {
        let fits = |p: &Party| p.words.end <= action.word;
        let own = |p: &Party| fits(p) && p.words.start >= action.clause.start;
        let first = |test: &dyn Fn(&Party) -> bool| self.parties.iter().position(test);
        let spoken = self.spoken(action);
        let own = |p: &Party| own(p) && p.words.start >= spoken;
        let best = first(&|p| own(p) && !p.place && !p.loose)
            .or_else(|| first(&|p| own(p) && !p.place))
            .or_else(|| first(&|p| fits(p) && !p.place && !p.loose))
            .or_else(|| first(&|p| fits(p) && !p.place));
        let Some(best) = best else { return Vec::new() };
        self.with_company(best).into_iter().filter(|p| self.parties[*p].words.end <= action.word).collect()
    }

    /// Where the words said begin, when a verb of saying stands in the clause with a subject of its own behind it:
    /// in `A said B left`, `B` leaves.
    fn spoken(&self, action: &Action) -> usize {
        let words = &self.view.words;
        let from = action.clause.start;
        let say = (from..action.word).rev().find(|i| self.rules.is("say", &words[*i].lower));
        say.filter(|s| {
            self.parties.iter().any(|p| p.words.start > *s && p.words.end <= action.word && !p.place)
        })
        .unwrap_or(from)
    }

    /// The party behind `by`.
    fn by(&self, action: &Action) -> Option<usize> {
        let words = &self.view.words;
        let by = (action.end..self.line.end.min(action.end + 12))
            .find(|i| self.rules.is("by", &words[*i].lower))?;
        self.parties.iter().position(|p| p.words.start > by && p.words.start <= by + 6)
    }

    /// The parties behind an action, in its clause, else further on in the sentence.
    fn after(&self, action: &Action, by: Option<usize>) -> Vec<usize> {
        let limit = self.cut(action.end);
        let fits = |i: usize| {
            let p = &self.parties[i];
            p.words.start >= action.end && p.words.end <= limit && Some(i) != by
        };
        let all = || (0..self.parties.len()).filter(|i| fits(*i));
        let inside = |i: &usize| self.parties[*i].words.start < action.clause.end;
        let state = |i: &usize| self.parties[*i].agent.country.is_some();
        let best = all()
            .find(|i| inside(i) && !self.parties[*i].place && state(i))
            .or_else(|| all().find(|i| inside(i) && state(i)))
            .or_else(|| all().find(inside))
            .or_else(|| all().find(|i| !self.parties[*i].place));
        best.map_or(Vec::new(), |b| self.with_company(b).into_iter().filter(|i| fits(*i)).collect())
    }

    /// Where the sentence turns to who says it: `…, police said.`
    fn cut(&self, from: usize) -> usize {
        let words = &self.view.words;
        let Some(say) = (from..self.line.end).rev().find(|i| self.rules.is("say", &words[*i].lower)) else {
            return self.line.end;
        };
        let comma = (from..say).rev().find(|i| words[*i].lower == ",");
        comma.filter(|c| say - c <= 12).unwrap_or(if say > from { self.line.end } else { say })
    }

    /// `talks between A and B`: the first is one side, the rest the other.
    fn between(&self, after: &[usize]) -> (Vec<usize>, Vec<usize>) {
        match after.split_first() {
            Some((first, rest)) if !rest.is_empty() => (vec![*first], rest.to_vec()),
            _ => (Vec::new(), after.to_vec()),
        }
    }
}

#[cfg(test)]
mod tests;
