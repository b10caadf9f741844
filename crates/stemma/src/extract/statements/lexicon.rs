//! Table of a language -> [`Lexicon`]: which words say, tell, deny; which build noun phrases.
//!
//! Words only: what a word does in its sentence is for the callers to judge. A language
//! without a table has no lexicon, and its reports no statements.

use crate::model::Lang;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::sync::LazyLock;

/// What a word is, as far as a closed list can tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Class {
    /// A form of the verb to be.
    Be,
    /// Another auxiliary.
    Aux,
    /// Not, never, nobody.
    Negation,
    /// Opens a clause of content: that.
    That,
    /// Before an infinitive, or a hearer.
    To,
    /// Begins a noun phrase.
    Determiner,
    /// Joins noun phrases into one: of.
    Genitive,
    /// Another preposition.
    Preposition,
    /// And, but, because.
    Conjunction,
    /// Who, which.
    Relative,
    /// He, she, it, they, I.
    Pronoun,
    /// Also, already.
    Adverb,
    /// Weekdays, months, yesterday.
    Time,
    /// Digits.
    Number,
    /// Punctuation.
    Mark,
    /// Any other word.
    #[default]
    Word,
}

/// What a verb does with a content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    /// Takes a clause, or words in quotation marks.
    Say,
    /// Takes a hearer, then a clause.
    Tell,
    /// Takes a thing, a person, or what is to be done.
    Act,
    /// Says that it is not so.
    Deny,
    /// Does not say.
    Withhold,
}

/// What a noun names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Role {
    /// Stands before a name: `Mr`, `General`.
    pub(super) title: bool,
    /// A person by role.
    pub(super) person: bool,
    /// A body of people or a text: ministry, survey.
    pub(super) body: bool,
    /// A body that passes on what others say.
    pub(super) media: bool,
    /// A word in the names of such bodies: `Post`, `Courier`.
    pub(super) outlet: bool,
}

/// Who a pronoun can stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Person {
    /// One man.
    He,
    /// One woman.
    She,
    /// A thing or body.
    It,
    /// Several, or a body.
    They,
}

/// A language's table as it is written.
#[derive(Deserialize)]
struct Table {
    endings: FxHashMap<String, String>,
    words: FxHashMap<String, String>,
    verbs: FxHashMap<String, String>,
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
}

/// The words of one language.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    classes: FxHashMap<String, Class>,
    verbs: FxHashMap<String, Verb>,
    persons: FxHashMap<String, Person>,
    roles: FxHashMap<String, Role>,
    withheld: Vec<String>,
    according: Vec<Vec<String>>,
    after: Vec<String>,
    hearsay: Vec<String>,
    nouns: Vec<String>,
    possessive: Vec<String>,
    person_endings: Vec<String>,
    participles: Vec<String>,
    cited: Vec<String>,
    articles: Vec<String>,
    irregular: FxHashMap<String, String>,
    /// Whether sentences can go without a subject.
    pub(super) drops_subject: bool,
    adverb_ending: String,
    /// Elided words that begin a token: `l'`.
    pub(super) split_after: Vec<String>,
    /// Clitics that end a token: `'s`.
    pub(super) split_before: Vec<String>,
}

/// Later classes give way to earlier ones where a word stands in two lists.
const CLASSES: [(&str, Class); 17] = [
    ("be", Class::Be),
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
            withheld: list(table.verbs.get("withheld_action")),
            according: table.phrases.according.iter().map(|p| split(p)).collect(),
            after: table.phrases.after,
            hearsay: table.phrases.hearsay,
            nouns: split(&table.phrases.nouns),
            possessive: words("possessive"),
            drops_subject: !words("drops_subject").is_empty(),
            participles: words("participle_endings"),
            cited: words("cited"),
            articles: words("article"),
            person_endings: list(table.roles.get("person_endings")),
            adverb_ending: table.words.get("adverb_ending").cloned().unwrap_or_default(),
            split_after: words("split_after"),
            split_before: words("split_before"),
            ..Lexicon::default()
        };
        // The longest first, so that `-t-il` is cut before `-il`.
        lexicon.split_before.sort_by_key(|w| std::cmp::Reverse(w.len()));
        for (key, class) in CLASSES {
            for word in words(key) {
                lexicon.classes.entry(word).or_insert(class);
            }
        }
        for (key, verb) in VERBS {
            for form in list(table.verbs.get(key)).iter().flat_map(|v| forms(v, &table.endings)) {
                lexicon.verbs.entry(form).or_insert(verb);
            }
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
        if long && word.ends_with(&self.adverb_ending) && !self.verbs.contains_key(word) {
            return Class::Adverb;
        }
        Class::Word
    }

    /// The stem of an irregular form.
    pub(super) fn irregular(&self, word: &str) -> Option<&str> {
        self.irregular.get(word).map(String::as_str)
    }

    /// What a lower-case word does as a verb of saying; clitics joined by a hyphen are overlooked.
    pub(super) fn verb(&self, word: &str) -> Option<Verb> {
        self.verbs.get(word).copied()
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

    /// Whether a verb is one of telling, so that `declined to` before it withholds.
    pub(super) fn is_withheld_action(&self, word: &str) -> bool {
        self.withheld.iter().any(|w| w == word)
    }

    /// Phrases that name a source behind them: `according to`.
    pub(super) fn according(&self) -> &[Vec<String>] {
        &self.according
    }

    /// Whether a word names the source before it: `zufolge`.
    pub(super) fn is_after(&self, word: &str) -> bool {
        self.after.iter().any(|w| w == word)
    }

    /// Whether a word gives its clause as hearsay: `reportedly`.
    pub(super) fn is_hearsay(&self, word: &str) -> bool {
        self.hearsay.iter().any(|w| w == word)
    }

    /// Whether a noun holds a content: `claim`.
    pub(super) fn is_noun(&self, word: &str) -> bool {
        self.nouns.iter().any(|w| w == word)
    }

    /// Whether a verb's form needs an auxiliary, by its ending.
    pub(super) fn is_participle(&self, word: &str) -> bool {
        self.participles.iter().any(|e| word.ends_with(e.as_str()))
    }

    /// Whether a word says that an outlet quotes someone: `quoted by`.
    pub(super) fn is_cited(&self, word: &str) -> bool {
        self.cited.iter().any(|w| w == word)
    }

    /// Whether a preposition is also an article, such as Portuguese `a`.
    pub(super) fn is_article(&self, word: &str) -> bool {
        self.articles.iter().any(|w| w == word)
    }

    /// Whether a word is `his`, `their`.
    pub(super) fn is_possessive(&self, word: &str) -> bool {
        self.possessive.iter().any(|w| w == word)
    }
}

fn split(words: &str) -> Vec<String> {
    words.split_whitespace().map(String::from).collect()
}

fn list(words: Option<&String>) -> Vec<String> {
    words.map_or(Vec::new(), |w| split(w))
}

/// `announc+e` with the endings of `e`: announce, announces, announced, announcing.
fn forms(verb: &str, endings: &FxHashMap<String, String>) -> Vec<String> {
    let Some((stem, name)) = verb.split_once('+') else { return vec![verb.to_string()] };
    let Some(endings) = endings.get(name) else { return vec![format!("{stem}{name}")] };
    endings.split_whitespace().map(|e| format!("{stem}{}", e.trim_start_matches('-'))).collect()
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
