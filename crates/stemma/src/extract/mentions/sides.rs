//! Who acts and whom it is done to: an action and the parties of its sentence -> two lists of [`Agent`]s.
//!
//! Chosen by where a party stands: before the verb, behind `by`, behind the verb or its preposition.
//! `Its troops` are no other side, a sum of two sides that agree has none, and a capital that acts is a government.

use super::actions::Action;
use super::agents::Party;
use super::{Agent, Sentence};
use crate::extract::names::NameKind;

/// Event types in which two sides that act together have no one that it is done to.
const MUTUAL: [&str; 5] = ["AGREE", "CONSULT", "COOPERATE", "SUPPORT", "REJECT"];
/// Event types that a country may well do to its own people or land.
const AT_HOME: [&str; 6] = ["CONCEDE", "COERCE", "ASSAULT", "PROTEST", "AID", "ACCUSE"];
/// Event types whose objects are people or places, not states.
const BODILY: [&str; 2] = ["COERCE", "ASSAULT"];
/// Event types of courts and police, whose doer goes without saying.
const OFFICIAL: [&str; 3] = ["COERCE", "ACCUSE", "SANCTION"];

impl Sentence<'_> {
    /// Who acts and whom it is done to.
    pub(super) fn sides(&self, action: &Action) -> (Vec<Agent>, Vec<Agent>) {
        let mut before = self.before(action);
        let by = (action.passive || action.noun).then(|| self.by(action)).flatten();
        let mut after = self.after(action, by);
        if let Some(by) = by {
            let doer = self.with_company(by);
            let done_to = if action.noun { after } else { before };
            return (self.actors(action, &doer), self.recipients(action, &done_to));
        }
        if action.demanded {
            let sayer = self.sayer(action);
            if !sayer.is_empty() && !before.iter().any(|p| sayer.contains(p)) {
                return (self.actors(action, &sayer), self.recipients(action, &before));
            }
        }
        if action.passive {
            return (self.unsaid(action), self.recipients(action, &before));
        }
        if action.noun && before.is_empty() {
            let (a, b) = between(&after);
            (before, after) = (a, b);
        }
        after.retain(|p| !before.contains(p));
        let mut actors = self.actors(action, &before);
        if actors.is_empty() {
            actors = self.unknown_attacker(action);
        }
        if self.mutual(action, &actors, &after) || action.mode == Some("resign") {
            after.clear();
        }
        let mut recipients = self.recipients(action, &after);
        if !AT_HOME.contains(&action.base) || action.event == "AGREE" {
            recipients.retain(|r| r.sector.is_some() || !actors.iter().any(|a| a.country == r.country));
        }
        (self.for_country(action, actors), recipients)
    }

    /// Whether the actors are all the sides that there are: `A and B agreed`.
    fn mutual(&self, action: &Action, actors: &[Agent], after: &[usize]) -> bool {
        let differ =
            actors.iter().any(|a| (&a.country, &a.sector) != (&actors[0].country, &actors[0].sector));
        let with = |p: &usize| {
            let start = self.parties[*p].words.start;
            let near = start.saturating_sub(4).max(action.end).min(start)..start;
            self.view.words[near].iter().any(|w| self.rules.is("with", &w.lower))
        };
        differ
            && MUTUAL.contains(&action.event)
            && MUTUAL.contains(&action.base)
            && !after.first().is_some_and(with)
    }

    /// The minister who says what his country will do acts for it.
    fn for_country(&self, action: &Action, actors: Vec<Agent>) -> Vec<Agent> {
        let [one] = &actors[..] else { return actors };
        if one.sector.is_some() || action.noun {
            return actors;
        }
        let speaks = |p: &usize| {
            let agent = &self.parties[*p].agent;
            agent.sector.as_deref() == Some("GOV")
                && (agent.country.is_none() || agent.country == one.country)
        };
        match self.sayer(action)[..] {
            [sayer] if speaks(&sayer) && self.parties[sayer].agent.span != one.span => {
                let mut agent = self.parties[sayer].agent.clone();
                agent.country.clone_from(&one.country);
                vec![agent]
            }
            _ => actors,
        }
    }

    /// The party that says what a clause tells: `A said that B must go`.
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

    /// The state in whose land someone was arrested, charged or banned, where no doer is named.
    fn unsaid(&self, action: &Action) -> Vec<Agent> {
        if !OFFICIAL.contains(&action.base) {
            return Vec::new();
        }
        let inside = |p: &&Party| p.place && p.words.start >= action.end && p.words.end <= action.clause.end;
        let place = self.parties.iter().filter(inside).find(|p| p.agent.country.is_some());
        place.map_or(Vec::new(), |p| vec![Agent { sector: None, ..p.agent.clone() }])
    }

    /// Whoever did what is only named as a deed: `a bombing killed four`.
    fn unknown_attacker(&self, action: &Action) -> Vec<Agent> {
        let words = &self.view.words;
        let deed = |i: &usize| {
            let patterns = self.rules.nouns.get(words[*i].lower.as_str());
            patterns.is_some_and(|p| p.iter().any(|p| p.event == "ASSAULT"))
        };
        let subject = (action.clause.start..action.word).find(deed);
        let Some(subject) = subject.filter(|_| action.base == "ASSAULT" && !action.passive) else {
            return Vec::new();
        };
        let near = self.parties.iter().filter(|p| p.place).find_map(|p| p.agent.country.clone());
        let country = near.or_else(|| self.home());
        vec![Agent { span: words[subject].span, country, sector: Some("UAF".to_owned()) }]
    }

    fn actors(&self, action: &Action, parties: &[usize]) -> Vec<Agent> {
        self.agents(action, parties, |party| party.seat.then_some("GOV"))
    }

    fn recipients(&self, action: &Action, parties: &[usize]) -> Vec<Agent> {
        self.agents(action, parties, |party| {
            let place = party.kind == Some(NameKind::Place);
            if BODILY.contains(&action.base) {
                (place || party.many).then_some("CVL")
            } else {
                let state = !matches!(action.base, "CONSULT" | "RETREAT" | "MOBILIZE" | "AID");
                (party.seat && !party.place && state).then_some("GOV")
            }
        })
    }

    fn agents(
        &self,
        action: &Action,
        parties: &[usize],
        implied: impl Fn(&Party) -> Option<&'static str>,
    ) -> Vec<Agent> {
        let home = self.home().filter(|_| action.event != "CONSULT");
        let mut out: Vec<Agent> = Vec::new();
        for party in parties.iter().map(|p| &self.parties[*p]) {
            let mut agent = party.agent.clone();
            if party.put && self.used(action, party) {
                agent.sector = None;
            }
            if agent.country.is_none() && agent.sector.as_deref().is_some_and(|s| s != "IGO" && s != "NGO") {
                agent.country = home.clone();
            }
            if agent.sector.is_none() {
                let people = party.many && action.base == "PROTEST" || party.folk;
                agent.sector = implied(party).or(people.then_some("CVL")).map(str::to_owned);
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
            .filter(|c| !matches!(c.as_str(), "IGO" | "NGO" | "MNC" | "IMG"));
        let first = countries.next()?;
        countries.all(|c| c == first).then(|| first.clone())
    }

    /// The party and those joined to it by `and` or a comma, in order.
    fn with_company(&self, party: usize) -> Vec<usize> {
        let joined = |a: usize, b: usize| {
            let gap = &self.view.words[self.parties[a].words.end..self.parties[b].words.start];
            let and = gap.iter().any(|w| matches!(w.lower.as_str(), "and" | "e" | "y" | "et" | "und"));
            let alike = self.parties[a].agent.sector == self.parties[b].agent.sector;
            let list = alike && gap.len() == 1 && gap[0].lower == ",";
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
            p.words.start >= action.end && p.words.end <= limit && Some(i) != by && !self.means(action, p)
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

    /// Whether a party is only what an action is done with, so that it is no side: `withdraw its troops`.
    fn means(&self, action: &Action, party: &Party) -> bool {
        party.agent.country.is_none() && self.used(action, party)
    }

    /// Whether an action is done with a party that belongs to the actor or is moved.
    fn used(&self, action: &Action, party: &Party) -> bool {
        if BODILY.contains(&action.base) || party.words.start < action.end {
            return false;
        }
        let back = party.words.start.saturating_sub(2).max(action.end);
        let before = &self.view.words[back..party.words.start];
        let own = before.iter().any(|w| self.rules.is("own", &w.lower));
        let moved = matches!(action.base, "RETREAT" | "MOBILIZE" | "AID")
            && action.object.is_some_and(|o| party.words.contains(&o));
        own || moved
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
}

/// `talks between A and B`: the first is one side, the rest the other.
fn between(after: &[usize]) -> (Vec<usize>, Vec<usize>) {
    match after.split_first() {
        Some((first, rest)) if !rest.is_empty() => (vec![*first], rest.to_vec()),
        _ => (Vec::new(), after.to_vec()),
    }
}
