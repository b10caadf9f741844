//! Who did what to whom, coded in the PLOVER ontology (Halterman et al., 2023).
//!
//! Report, Segments and what was extracted before go in; one [`Mention`] for each clause with a clear action
//! comes out. No parser: clauses by punctuation and conjunctions, verbs and nouns of action by tables, parties by
//! nearness. A clause whose verb the tables do not hold gives nothing.

mod actions;
mod agents;
mod leaders;
mod rules;
mod sides;

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
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
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
            if actors.is_empty() && self.told_again(action) {
                continue;
            }
            if !actors.is_empty() || !recipients.is_empty() {
                done = Some(action);
                out.push(self.mention(action, actors, recipients));
            }
        }
        out
    }

    /// Whether a verb of the same clause tells what a noun names: `a bombing killed four`.
    fn told_again(&self, noun: &Action) -> bool {
        let tells = |a: &Action| !a.noun && a.event == noun.event && noun.clause.contains(&a.word);
        noun.noun && self.actions.iter().any(tells)
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
}

#[cfg(test)]
mod tests;
