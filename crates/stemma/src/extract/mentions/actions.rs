//! Words -> [`Action`]s: where a sentence says that something is done, by which rule, and how it is told.
//!
//! A clause ends at punctuation and at words that open another; each verb is looked up by its form, then
//! asks for its particle and object. Knows no parties.

use super::Modality;
use super::rules::{Form, Pattern, Rules};
use crate::extract::names::view::{View, Word};
use std::ops::Range;

/// A word of action that its clause bears out.
#[derive(Clone, Debug)]
pub(super) struct Action {
    /// Its word.
    pub(super) word: usize,
    /// One past its last word, particle included.
    pub(super) end: usize,
    /// Its clause.
    pub(super) clause: Range<usize>,
    /// PLOVER event type.
    pub(super) event: &'static str,
    /// The event type before promises, threats and refusals turned it.
    pub(super) base: &'static str,
    /// The word of the object that its rule asked for: `troops` of `withdraw troops`.
    pub(super) object: Option<usize>,
    /// PLOVER mode.
    pub(super) mode: Option<&'static str>,
    /// How it is told.
    pub(super) modality: Modality,
    /// Whether the party before it is the one that it is done to.
    pub(super) passive: bool,
    /// Whether it is named by a noun.
    pub(super) noun: bool,
    /// Whether it stands in a clause that leans on another.
    pub(super) leaning: bool,
    /// Whether it is told as what its subject must do, so that who says so is who acts.
    pub(super) demanded: bool,
}

/// Cuts a sentence into clauses.
pub(super) fn clauses(rules: &Rules, view: &View, line: &Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = line.start;
    for i in line.clone() {
        let word = &view.words[i];
        let mark = word.is_mark()
            && matches!(
                word.lower.as_str(),
                "," | ";" | ":" | "—" | "–" | "(" | ")" | "\"" | "“" | "”" | "." | "«" | "»"
            );
        let opens = rules.is("break", &word.lower) && !(i > start && list_of_names(rules, view, i, line));
        if (mark || opens) && i > start {
            out.push(start..i);
            start = i;
        }
    }
    if start < line.end {
        out.push(start..line.end);
    }
    out
}

/// Whether the `and` at word `i` joins nouns and not clauses: no verb follows at once.
fn list_of_names(rules: &Rules, view: &View, i: usize, line: &Range<usize>) -> bool {
    let and =
        matches!(view.words[i].lower.as_str(), "and" | "e" | "y" | "et" | "und" | "der" | "die" | "das");
    let next = view.words[..line.end].get(i + 1);
    and && !next.is_some_and(|w| {
        !w.is_capital()
            && rules.forms.get(&w.lower).is_some_and(|f| f.1 != Form::Base || !w.lower.ends_with('s'))
    })
}

/// The actions of a sentence, in order.
pub(super) fn actions(rules: &Rules, view: &View, line: &Range<usize>) -> Vec<Action> {
    let clauses = clauses(rules, view, line);
    let mut out: Vec<Action> = Vec::new();
    for (n, clause) in clauses.iter().enumerate() {
        let scope =
            clause.start..clauses.get(n + 1).filter(|c| !opens(rules, view, c)).map_or(clause.end, |c| c.end);
        let mut i = clause.start;
        while i < clause.end {
            let found = verb(rules, view, i, &(clause.clone(), scope.clone(), line.clone()))
                .or_else(|| noun(rules, view, i, clause, &out));
            match found {
                Some(action) => {
                    i = action.end;
                    out.push(action);
                }
                None => i += 1,
            }
        }
    }
    let condition = view.words[line.clone()].iter().any(|w| rules.is("condition", &w.lower));
    controlled(rules, out, condition)
}

fn opens(rules: &Rules, view: &View, clause: &Range<usize>) -> bool {
    rules.is("break", &view.words[clause.start].lower)
}

type Scope = (Range<usize>, Range<usize>, Range<usize>);

fn verb(rules: &Rules, view: &View, i: usize, scope: &Scope) -> Option<Action> {
    let (clause, wide, line) = scope;
    let word = &view.words[i];
    let (lemma, form) = rules.forms.get(&word.lower).copied()?;
    if word.is_capital() && !word.opens || word.possessive {
        return None;
    }
    let helps = |w: &Word| rules.forms.get(&w.lower).is_some_and(|f| f.1 == Form::Past);
    if rules.is("have", &word.lower) && view.words[i + 1..clause.end].iter().take(2).any(helps) {
        return None;
    }
    let auxiliary = auxiliary(rules, view, i, clause);
    if !finite(rules, view, (i, form), clause, &auxiliary) {
        return None;
    }
    let tail = &view.words[i + 1..wide.end.max(i + 1)];
    let fits = |p: &&Pattern| {
        let behind =
            p.behind.iter().enumerate().all(|(k, want)| tail.get(k).is_some_and(|w| w.lower == *want));
        let reach = &tail[p.behind.len().min(tail.len())..];
        behind
            && (p.object.is_empty()
                || reach.iter().take(12).any(|w| p.object.contains(&w.lower.as_str()))
                || auxiliary.passive && subject_has(view, clause, i, &p.object))
    };
    let pattern = rules.verbs.get(lemma)?.iter().find(fits)?;
    let from = i + 1 + pattern.behind.len();
    let object = view.words[..wide.end.max(from)][from..]
        .iter()
        .take(12)
        .position(|w| pattern.object.contains(&w.lower.as_str()))
        .map(|k| from + k);
    let subordinate = rules.is("subordinate", &view.words[clause.start].lower)
        || clause.start > line.start && rules.is("subordinate", &view.words[clause.start - 1].lower);
    Some(Action {
        word: i,
        end: i + 1 + pattern.behind.len(),
        clause: wide.clone(),
        event: pattern.event,
        base: pattern.event,
        object,
        mode: pattern.mode,
        modality: auxiliary.modality,
        passive: auxiliary.passive && form == Form::Past,
        noun: false,
        demanded: false,
        leaning: subordinate || form == Form::Ongoing && !auxiliary.be,
    })
}

fn subject_has(view: &View, clause: &Range<usize>, i: usize, object: &[&str]) -> bool {
    view.words[clause.start..i].iter().any(|w| object.contains(&w.lower.as_str()))
}

struct Auxiliary {
    modality: Modality,
    passive: bool,
    be: bool,
    verb: bool,
    infinitive: bool,
}

/// What the words before a verb say of it.
fn auxiliary(rules: &Rules, view: &View, i: usize, clause: &Range<usize>) -> Auxiliary {
    let mut found =
        Auxiliary { modality: Modality::Happened, passive: false, be: false, verb: false, infinitive: false };
    let from = clause.start.max(i.saturating_sub(7));
    for k in (from..i).rev() {
        let word = view.words[k].lower.as_str();
        let close = i - k <= 4;
        if rules.is("negation", word) && close {
            found.modality = Modality::Negated;
        } else if rules.is("future", word) && close {
            found.verb = true;
            set(&mut found.modality, Modality::Planned);
        } else if rules.is("possible", word) && close {
            found.verb = true;
            set(&mut found.modality, Modality::Possible);
        } else if rules.is("demanded", word) && close {
            found.verb = true;
            set(&mut found.modality, Modality::Demanded);
        } else if rules.is("be", word) && close {
            found.be = true;
            found.passive = true;
            found.verb = true;
        } else if rules.is("have", word) && close {
            found.verb = true;
        } else if word == "to" && k + 1 == i {
            found.infinitive = true;
            found.verb = true;
        } else if found.infinitive && rules.is("plan", word) {
            set(&mut found.modality, Modality::Planned);
        } else if !(close && (word.ends_with("ly") || rules.is("plan", word))) && !found.infinitive {
            break;
        }
    }
    found
}

fn set(modality: &mut Modality, value: Modality) {
    if *modality == Modality::Happened {
        *modality = value;
    }
}

/// Whether a form that may be a noun or a participle is the verb of its clause here.
fn finite(
    rules: &Rules,
    view: &View,
    verb: (usize, Form),
    clause: &Range<usize>,
    auxiliary: &Auxiliary,
) -> bool {
    let (i, form) = verb;
    let words = &view.words;
    if auxiliary.verb {
        return true;
    }
    let Some(before) = (i > clause.start).then(|| &words[i - 1]) else {
        return form != Form::Base || clause.start == i;
    };
    let qualifier = rules.is("determiner", &before.lower) && (!before.is_capital() || before.opens);
    let by = words.get(i + 1).is_some_and(|w| rules.is("by", &w.lower));
    let after_noun = !qualifier && !before.possessive && !before.is_mark();
    match form {
        Form::Past => !by && !qualifier && !before.possessive,
        Form::Ongoing => after_noun,
        Form::Base => after_noun && !adjective(before),
    }
}

fn adjective(word: &Word) -> bool {
    ["al", "ive", "ous", "ic", "ary", "ful", "less", "able", "ish", "ese", "ian", "can", "ean"]
        .iter()
        .any(|e| word.lower.ends_with(e))
}

/// A noun of action behind a light verb, or between parties.
fn noun(rules: &Rules, view: &View, i: usize, clause: &Range<usize>, before: &[Action]) -> Option<Action> {
    let words = &view.words;
    if words[i].is_capital() && !words[i].opens {
        return None;
    }
    let fits = |p: &&Pattern| {
        p.behind
            .iter()
            .enumerate()
            .all(|(k, want)| words[..clause.end].get(i + 1 + k).is_some_and(|w| w.lower == *want))
    };
    let pattern = rules.nouns.get(words[i].lower.as_str())?.iter().find(fits)?;
    if before.iter().any(|a| a.clause.contains(&i)) {
        return None;
    }
    let light = words[clause.start..i].iter().rev().take(8).any(|w| rules.is("light", &w.lower));
    let preposition = words[..clause.end].get(i + 1 + pattern.behind.len()).is_some_and(|w| {
        matches!(
            w.lower.as_str(),
            "between"
                | "with"
                | "on"
                | "against"
                | "by"
                | "entre"
                | "com"
                | "con"
                | "avec"
                | "contra"
                | "contre"
                | "zwischen"
                | "mit"
                | "gegen"
        )
    });
    let subject = i < clause.start + 6
        && words[i + 1..clause.end].iter().take(6).any(|w| rules.forms.contains_key(&w.lower));
    (light || preposition || subject).then(|| Action {
        word: i,
        end: i + 1 + pattern.behind.len(),
        clause: clause.clone(),
        event: pattern.event,
        base: pattern.event,
        object: None,
        mode: pattern.mode,
        modality: auxiliary(rules, view, i, clause).modality,
        passive: false,
        noun: true,
        demanded: false,
        leaning: rules.is("subordinate", &words[clause.start].lower),
    })
}

/// Turns what is promised, threatened or refused into what the promise, threat or refusal is in PLOVER.
fn controlled(rules: &Rules, mut actions: Vec<Action>, condition: bool) -> Vec<Action> {
    for action in &mut actions {
        let kind = |list| rules.is(list, action.event);
        let told = match action.modality {
            Modality::Planned if condition && kind("cooperative") => Some("THREATEN"),
            Modality::Planned if kind("cooperative") => Some("AGREE"),
            Modality::Planned if kind("hostile") && action.event != "MOBILIZE" => Some("THREATEN"),
            Modality::Negated if kind("cooperative") => Some("REJECT"),
            Modality::Demanded if kind("cooperative") || action.event == "ACCUSE" => Some("REQUEST"),
            _ => None,
        };
        action.demanded = told == Some("REQUEST");
        action.event = told.unwrap_or(action.event);
    }
    actions
}
