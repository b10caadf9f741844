//! Table of a language -> [`Lexicon`]: which words say, tell, deny; which build noun phrases.
//!
//! Words only: what a word does in its sentence is for the callers to judge. A language
//! without a table has no lexicon, and its reports no statements.

use super::conjugate::{Endings, Verbs};
use super::kinds::N_LISTS;
pub(super) use super::kinds::{Class, List, Person, Role, Verb};
use crate::model::Lang;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::sync::LazyLock;

/// A language's table as it is written.
#[derive(Deserialize)]
struct Table {
    endings: Endings,
    words: FxHashMap<String, String>,
    verbs: FxHashMap<String, String>,
    /// Verbs with a particle at the end of the clause.
    #[serde(default)]
    separable: FxHashMap<String, String>,
    /// Verbs that need a preposition.
    #[serde(default)]
    governing: FxHashMap<String, String>,
    phrases: Phrases,
    roles: FxHashMap<String, String>,
    /// Irregular forms, as `stem = "form form"`.
    #[serde(default)]
    stems: FxHashMap<String, String>,
}

#[derive(Deserialize)]
struct Phrases {
    according: Vec<String>,
    after: Vec<String>,
    hearsay: Vec<String>,
    nouns: String,
    /// Phrases whose source is the subject of their own clause.
    #[serde(default)]
    own: Vec<String>,
    /// Phrases that open a clause of telling: `wie X berichtet`.
    #[serde(default)]
    manner: Vec<String>,
}

/// The words of one language.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    classes: FxHashMap<String, Class>,
    /// Verbs of saying, by form.
    pub(super) verbs: Verbs,
    persons: FxHashMap<String, Person>,
    roles: FxHashMap<String, Role>,
    lists: [FxHashSet<String>; N_LISTS],
    /// Phrases that name a source behind them: `according to`.
    pub(super) according: Vec<Vec<String>>,
    /// Phrases whose source is the subject of their clause: `nach eigenen Angaben`.
    pub(super) own: Vec<Vec<String>>,
    /// Phrases that open a clause of telling: `wie X berichtet`.
    pub(super) manner: Vec<Vec<String>>,
    person_endings: Vec<String>,
    participles: Vec<String>,
    /// Endings of gerunds.
    pub(super) gerunds: Vec<String>,
    irregular: FxHashMap<String, String>,
    /// Whether sentences can go without a subject.
    pub(super) drops_subject: bool,
    /// Whether the finite verb stands second, with the rest of the verb at the end.
    pub(super) verb_second: bool,
    /// Whether a tagger was trained on what the rules say, so that they must stay as they were.
    pub(super) frozen: bool,
    adverb_ending: String,
    /// Elided words that begin a token: `l'`.
    pub(super) split_after: Vec<String>,
    /// Clitics that end a token: `'s`.
    pub(super) split_before: Vec<String>,
}

/// Later classes give way to earlier ones where a word stands in two lists.
const CLASSES: [(&str, Class); 18] = [
    ("be", Class::Be),
    ("wish", Class::Aux),
    ("aux", Class::Aux),
    ("negation", Class::Negation),
    ("that", Class::That),
    ("to", Class::To),
    ("relative", Class::Relative),
    ("he", Class::Pronoun),
    ("she", Class::Pronoun),
    ("it", Class::Pronoun),
    ("they", Class::Pronoun),
    ("other_pronoun", Class::Pronoun),
    ("genitive", Class::Genitive),
    ("determiner", Class::Determiner),
    ("preposition", Class::Preposition),
    ("conjunction", Class::Conjunction),
    ("time", Class::Time),
    ("adverb", Class::Adverb),
];

/// The lists that stand under `[words]`.
const LISTS: [(List, &str); 15] = [
    (List::Company, "company"),
    (List::Association, "association"),
    (List::Voice, "voice"),
    (List::Subordinate, "subordinate"),
    (List::Wish, "wish"),
    (List::Cited, "cited"),
    (List::Article, "article"),
    (List::Possessive, "possessive"),
    (List::Opinion, "opinion"),
    (List::Reflexive, "reflexive"),
    (List::Clitic, "clitic"),
    (List::Reported, "reported"),
    (List::State, "state"),
    (List::Incise, "incise"),
    (List::Impersonal, "impersonal"),
];

const VERBS: [(&str, Verb); 5] = [
    ("withhold", Verb::Withhold),
    ("deny", Verb::Deny),
    ("tell", Verb::Tell),
    ("say", Verb::Say),
    ("act", Verb::Act),
];

const PERSONS: [(&str, Person); 4] =
    [("he", Person::He), ("she", Person::She), ("it", Person::It), ("they", Person::They)];

impl Lexicon {
    fn read(text: &str) -> Lexicon {
        let table: Table = toml::from_str(text).expect("the tables are tested to load");
        let words = |key: &str| list(table.words.get(key));
        let mut lexicon = Lexicon {
            according: phrases(&table.phrases.according),
            own: phrases(&table.phrases.own),
            manner: phrases(&table.phrases.manner),
            drops_subject: !words("drops_subject").is_empty(),
            verb_second: !words("verb_second").is_empty(),
            frozen: !words("frozen").is_empty(),
            participles: words("participle_endings"),
            gerunds: words("gerund_endings"),
            person_endings: list(table.roles.get("person_endings")),
            adverb_ending: table.words.get("adverb_ending").cloned().unwrap_or_default(),
            split_after: words("split_after"),
            split_before: words("split_before"),
            ..Lexicon::default()
        };
        for (list, key) in LISTS {
            lexicon.lists[list as usize].extend(words(key));
        }
        let found = [(List::After, table.phrases.after), (List::Hearsay, table.phrases.hearsay)];
        found.into_iter().for_each(|(list, words)| lexicon.lists[list as usize].extend(words));
        lexicon.lists[List::Noun as usize].extend(split(&table.phrases.nouns));
        lexicon.lists[List::Withheld as usize].extend(list(table.verbs.get("withheld_action")));
        // The longest first, so that `-t-il` is cut before `-il`.
        lexicon.split_before.sort_by_key(|w| std::cmp::Reverse(w.len()));
        for (key, class) in CLASSES {
            for word in words(key) {
                lexicon.classes.entry(word).or_insert(class);
            }
        }
        for (key, verb) in VERBS {
            let of = |verbs: &FxHashMap<String, String>| verbs.get(key).cloned().unwrap_or_default();
            lexicon.verbs.add(&of(&table.verbs), verb, &table.endings);
            lexicon.verbs.add_separable(&of(&table.separable), verb, &table.endings);
            lexicon.verbs.add_governing(&of(&table.governing), verb, &table.endings);
        }
        for (key, person) in PERSONS {
            for word in words(key) {
                lexicon.persons.entry(word).or_insert(person);
            }
        }
        for (stem, forms) in &table.stems {
            lexicon.irregular.extend(split(forms).into_iter().map(|f| (f, stem.clone())));
        }
        lexicon.read_roles(&table.roles);
        lexicon
    }

    fn read_roles(&mut self, roles: &FxHashMap<String, String>) {
        for (key, words) in roles {
            for word in split(words) {
                let role = self.roles.entry(word).or_default();
                match key.as_str() {
                    "titles" => role.title = true,
                    "person" => role.person = true,
                    "media" => role.media = true,
                    "outlets" => role.outlet = true,
                    "person_endings" => {}
                    _ => role.body = true,
                }
            }
        }
    }

    /// The table of a language, if there is one.
    pub(super) fn of(lang: Lang) -> Option<&'static Lexicon> {
        static TABLES: LazyLock<Vec<(Lang, Lexicon)>> = LazyLock::new(|| {
            [
                (Lang::EN, include_str!("lang/en.toml")),
                (Lang::PT, include_str!("lang/pt.toml")),
                (Lang::ES, include_str!("lang/es.toml")),
                (Lang::FR, include_str!("lang/fr.toml")),
                (Lang::DE, include_str!("lang/de.toml")),
            ]
            .map(|(lang, text)| (lang, Lexicon::read(text)))
            .into()
        });
        TABLES.iter().find(|(l, _)| *l == lang).map(|(_, lexicon)| lexicon)
    }

    /// The class of a lower-case word.
    pub(super) fn class(&self, word: &str) -> Class {
        if let Some(class) = self.classes.get(word) {
            return *class;
        }
        let long = word.len() > self.adverb_ending.len() + 2 && !self.adverb_ending.is_empty();
        let noun = !self.frozen && self.roles.contains_key(word);
        if long && word.ends_with(&self.adverb_ending) && self.verb(word).is_none() && !noun {
            return Class::Adverb;
        }
        Class::Word
    }

    /// The stem of an irregular form.
    pub(super) fn irregular(&self, word: &str) -> Option<&str> {
        self.irregular.get(word).map(String::as_str)
    }

    /// Whether a lower-case word stands in a list.
    pub(super) fn is(&self, list: List, word: &str) -> bool {
        self.lists[list as usize].contains(word)
    }

    /// What a lower-case word does as a verb of saying; clitics joined by a hyphen are overlooked.
    pub(super) fn verb(&self, word: &str) -> Option<Verb> {
        self.verbs.plain(word)
    }

    /// Who a pronoun can stand for.
    pub(super) fn person(&self, word: &str) -> Option<Person> {
        self.persons.get(word).copied()
    }

    /// What a noun names.
    pub(super) fn role(&self, word: &str) -> Role {
        if let Some(role) = self.roles.get(word) {
            return *role;
        }
        let compound = |e: &String| word.len() > e.len() + 2 && word.ends_with(e.as_str());
        Role { person: self.person_endings.iter().any(compound), ..Role::default() }
    }

    /// Whether a verb's form needs an auxiliary, by its ending.
    pub(super) fn is_participle(&self, word: &str) -> bool {
        self.participles.iter().any(|e| word.ends_with(e.as_str()))
    }
}

fn phrases(rows: &[String]) -> Vec<Vec<String>> {
    rows.iter().map(|p| split(p)).collect()
}

fn split(words: &str) -> Vec<String> {
    words.split_whitespace().map(String::from).collect()
}

fn list(words: Option<&String>) -> Vec<String> {
    words.map_or(Vec::new(), |w| split(w))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_loads() {
        for lang in [Lang::EN, Lang::PT, Lang::ES, Lang::FR, Lang::DE] {
            let lexicon = Lexicon::of(lang).unwrap();
            assert!(lexicon.verbs.len() > 100 && !lexicon.according.is_empty(), "{lang}");
        }
        assert!(Lexicon::of(Lang::UNKNOWN).is_none());
    }

    #[test]
    fn endings_make_forms() {
        let english = Lexicon::of(Lang::EN).unwrap();
        for word in ["announced", "denying", "says", "told", "accuses"] {
            assert!(english.verb(word).is_some(), "{word}");
        }
        assert_eq!(english.verb("denied"), Some(Verb::Deny));
        assert_eq!(english.class("quickly"), Class::Adverb);
        assert_eq!(Lexicon::of(Lang::PT).unwrap().verb("afirmaram"), Some(Verb::Say));
    }
}
