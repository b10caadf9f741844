//! Verbs as a table writes them -> their forms, and what each form needs beside it.
//!
//! `announc+e` takes the endings named `e`; in an ending, `ge~t` puts the stem in place of `~`.
//! A form or ending that begins with `=` is an infinitive, one with `*` a participle that says
//! nothing without an auxiliary. Words that end in `:` name what the verbs behind them go with: a
//! particle (`mit:`) or a preposition.

use super::lexicon::Verb;
use rustc_hash::{FxHashMap, FxHashSet};

/// What a form can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// Any form that can stand by itself.
    Plain,
    Participle,
    Infinitive,
}

/// The verbs of a language that carry statements, by form.
#[derive(Debug, Default)]
pub(super) struct Verbs {
    plain: FxHashMap<String, Verb>,
    infinitives: FxHashMap<String, Verb>,
    participles: FxHashSet<String>,
    /// Forms that say something only with a particle at the end of their clause.
    separable: FxHashMap<String, Vec<(String, Verb)>>,
    /// Forms that say something only with one of these prepositions behind them.
    governing: FxHashMap<String, Vec<(String, Verb)>>,
}

/// The endings of a language by name.
pub(super) type Endings = FxHashMap<String, String>;

impl Verbs {
    /// Adds verbs; a form that is there already keeps what it does.
    pub(super) fn add(&mut self, verbs: &str, verb: Verb, endings: &Endings) {
        for (form, kind) in verbs.split_whitespace().flat_map(|v| forms(v, endings)) {
            self.put(form, kind, verb);
        }
    }

    fn put(&mut self, form: String, kind: Form, verb: Verb) {
        match kind {
            Form::Infinitive => {
                self.infinitives.entry(form).or_insert(verb);
            }
            Form::Participle if !self.plain.contains_key(&form) => {
                self.participles.insert(form.clone());
                self.plain.insert(form, verb);
            }
            _ => {
                self.plain.entry(form).or_insert(verb);
            }
        }
    }

    /// Adds verbs with a particle: `mit: teil+w` gives `teilte … mit`, `mitteilte`, `mitgeteilt`.
    pub(super) fn add_separable(&mut self, verbs: &str, verb: Verb, endings: &Endings) {
        for (particle, form, kind) in labelled(verbs, endings) {
            let joined = format!("{particle}{form}");
            self.put(joined, kind, verb);
            if kind == Form::Plain {
                let infinitive = format!("{particle}zu{form}");
                self.infinitives.entry(infinitive).or_insert(verb);
                self.separable.entry(form).or_default().push((particle.to_string(), verb));
            }
        }
    }

    /// Adds verbs that need a preposition: `von: sprach` gives `sprach von`.
    pub(super) fn add_governing(&mut self, verbs: &str, verb: Verb, endings: &Endings) {
        for (preposition, form, _) in labelled(verbs, endings) {
            self.governing.entry(form).or_default().push((preposition.to_string(), verb));
        }
    }

    /// What a form does by itself.
    pub(super) fn plain(&self, form: &str) -> Option<Verb> {
        self.plain.get(form).copied()
    }

    /// What an infinitive does behind another verb.
    pub(super) fn infinitive(&self, form: &str) -> Option<Verb> {
        self.infinitives.get(form).copied()
    }

    /// Whether a form is a participle and nothing else.
    pub(super) fn is_participle(&self, form: &str) -> bool {
        self.participles.contains(form)
    }

    /// The particles that make a form one of saying, with what it then does.
    pub(super) fn particles(&self, form: &str) -> &[(String, Verb)] {
        self.separable.get(form).map_or(&[], Vec::as_slice)
    }

    /// The prepositions that make a form one of saying, with what it then does.
    pub(super) fn prepositions(&self, form: &str) -> &[(String, Verb)] {
        self.governing.get(form).map_or(&[], Vec::as_slice)
    }

    /// How many forms there are.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.plain.len()
    }
}

/// Each form with the label that was last before it.
fn labelled<'t>(verbs: &'t str, endings: &Endings) -> Vec<(&'t str, String, Form)> {
    let mut label = "";
    let mut all = Vec::new();
    for word in verbs.split_whitespace() {
        match word.strip_suffix(':') {
            Some(next) => label = next,
            None => all.extend(forms(word, endings).into_iter().map(|(form, kind)| (label, form, kind))),
        }
    }
    all
}

/// The forms of a verb as a table writes it.
fn forms(verb: &str, endings: &Endings) -> Vec<(String, Form)> {
    let Some((stem, name)) = verb.split_once('+') else { return vec![marked("", verb)] };
    let Some(endings) = endings.get(name) else { return vec![marked(stem, name)] };
    endings.split_whitespace().map(|ending| marked(stem, ending)).collect()
}

fn marked(stem: &str, ending: &str) -> (String, Form) {
    let (ending, kind) = match ending.chars().next() {
        Some('=') => (&ending[1..], Form::Infinitive),
        Some('*') => (&ending[1..], Form::Participle),
        Some('-') => (&ending[1..], Form::Plain),
        _ => (ending, Form::Plain),
    };
    match ending.split_once('~') {
        Some((before, after)) => (format!("{before}{stem}{after}"), Form::Participle),
        None => (format!("{stem}{ending}"), kind),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn particles_stand_apart_or_are_joined() {
        let endings: Endings = [("w".to_string(), "e t en te ten ge~t".to_string())].into_iter().collect();
        let mut verbs = Verbs::default();
        verbs.add_separable("mit: teil+w", Verb::Say, &endings);
        assert_eq!(verbs.particles("teilte"), [("mit".to_string(), Verb::Say)]);
        assert!(verbs.plain("mitgeteilt").is_some() && verbs.is_participle("mitgeteilt"));
        assert!(verbs.infinitive("mitzuteilen").is_some() && verbs.plain("teilte").is_none());
    }
}
