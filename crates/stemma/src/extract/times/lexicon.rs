//! The words and rules of one language, read once from its table.
//!
//! A row is `class <tab> value <tab> word|word` or `rule <tab> meaning <tab> pattern` (see
//! [`super::rule`]). A word that begins with `^` counts only with a capital; one that ends in
//! `.` may carry a full stop; one that begins with `-` is an ending of words (`future`, `past`).
//! `glue` rows join the words of two classes into one: `montag` + `morgen`.

use super::class::Class;
use super::rule::{Rule, What};
use crate::extract::tables::rows;
use crate::model::Lang;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// One meaning of a word.
#[derive(Clone, Debug)]
pub(super) struct Sense {
    pub(super) class: Class,
    pub(super) value: &'static str,
    pub(super) number: i32,
    capital: bool,
    /// Whether the word is an abbreviation that a full stop may follow.
    pub(super) short: bool,
}

impl Sense {
    /// Whether the sense holds for a word so written.
    pub(super) fn holds(&self, capital: bool) -> bool {
        capital || !self.capital
    }
}

/// Words that stand one behind the other, by their numbers, and what they are worth.
pub(super) type Phrase = (Vec<u32>, i32);

/// The number of a word that no table knows.
pub(super) const UNKNOWN: u32 = u32::MAX;

/// All words and rules of one language.
#[derive(Default)]
pub(super) struct Lexicon {
    /// The number of every word that the table has, in its patterns and phrases too: a report's pieces
    /// are looked up once, and patterns compare numbers.
    numbers: FxHashMap<String, u32>,
    /// What a word can be, by its number.
    words: Vec<Vec<Sense>>,
    pub(super) rules: Vec<Rule>,
    /// Rules by the number of the word that they can begin with, in order of the table.
    by_word: Vec<Vec<u16>>,
    /// Rules that can begin with figures.
    pub(super) by_figures: Vec<u16>,
    /// Rules that can begin with a number in words.
    pub(super) by_number: Vec<u16>,
    /// Rules that can begin with a Roman number.
    pub(super) by_roman: Vec<u16>,
    /// Endings of verbs that set a time in the future or past.
    endings: Vec<(&'static str, Class)>,
    /// What may stand between a day and its time of day.
    pub(super) joints: Vec<Phrase>,
    /// What makes a number rough: `almost`, `more than`.
    pub(super) about: Vec<Phrase>,
    /// Minutes in words before the hour: `halb`, `viertel nach`.
    pub(super) minutes_before: Vec<Phrase>,
    /// Minutes in words behind the hour: `y media`, `et quart`.
    pub(super) minutes_behind: Vec<Phrase>,
    /// Whether 3/4 is the third of April.
    pub(super) day_first: bool,
    /// Whether any rules exist.
    pub(super) known: bool,
}

static ALL: LazyLock<Vec<(Lang, Lexicon)>> = LazyLock::new(|| {
    [
        (Lang::EN, include_str!("tables/times.en.tsv")),
        (Lang::PT, include_str!("tables/times.pt.tsv")),
        (Lang::ES, include_str!("tables/times.es.tsv")),
        (Lang::FR, include_str!("tables/times.fr.tsv")),
        (Lang::DE, include_str!("tables/times.de.tsv")),
        (Lang::IT, include_str!("tables/times.it.tsv")),
        (Lang::NL, include_str!("tables/times.nl.tsv")),
        (Lang::RU, include_str!("tables/times.ru.tsv")),
    ]
    .into_iter()
    .map(|(lang, table)| (lang, Lexicon::read(table, lang != Lang::EN)))
    .collect()
});

static NONE: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read("", true));

impl Lexicon {
    /// The lexicon of a language; one without words where there is no table.
    pub(super) fn of(lang: Lang) -> &'static Lexicon {
        ALL.iter().find(|(l, _)| *l == lang).map_or(&*NONE, |(_, x)| x)
    }

    /// The number of a lower-case word, or [`UNKNOWN`].
    pub(super) fn number(&self, word: &str) -> u32 {
        self.numbers.get(word).copied().unwrap_or(UNKNOWN)
    }

    /// What the word of a number can be.
    pub(super) fn senses(&self, number: u32) -> &[Sense] {
        self.words.get(number as usize).map_or(&[], Vec::as_slice)
    }

    /// The sense of a lower-case word in a class.
    pub(super) fn sense(&self, word: &str, class: Class) -> Option<&Sense> {
        self.senses(self.number(word)).iter().find(|s| s.class == class)
    }

    /// The rules that the word of a number can begin.
    pub(super) fn rules_from(&self, number: u32) -> &[u16] {
        self.by_word.get(number as usize).map_or(&[], Vec::as_slice)
    }

    /// The number of a word of the table.
    fn take_in(&mut self, word: &str) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = self.words.len() as u32;
        self.numbers.insert(word.to_owned(), number);
        self.words.push(Vec::new());
        self.by_word.push(Vec::new());
        number
    }

    fn add_sense(&mut self, word: &str, sense: Sense) {
        let number = self.take_in(word) as usize;
        self.words[number].push(sense);
    }

    /// Whether a word sets the times around it in the future or in the past: by itself, else by
    /// its ending.
    pub(super) fn tense(&self, word: &str) -> Option<Class> {
        let senses = self.senses(self.number(word));
        let told = |class| senses.iter().any(|s| s.class == class);
        if told(Class::Neither) {
            return None;
        }
        if let Some(class) = [Class::Future, Class::Past].into_iter().find(|c| told(*c)) {
            return Some(class);
        }
        let ends = |ending: &str| word.len() > ending.len() + 2 && word.ends_with(ending);
        self.endings.iter().find(|(ending, _)| ends(ending)).map(|(_, class)| *class)
    }

    fn read(table: &'static str, day_first: bool) -> Self {
        let mut found = Lexicon { day_first, known: !table.is_empty(), ..Lexicon::default() };
        for row in rows(table) {
            let [class, value, forms] = row[..] else { continue };
            match class {
                "rule" => {
                    let rule = Rule::read(value, forms, &mut |word| found.take_in(word));
                    found.rules.push(rule);
                }
                "glue" => found.glue(forms),
                "about" | "joint" | "minutes-before" | "minutes-behind" => {
                    found.add_phrases(class, value, forms)
                }
                _ => found.add_words(Class::parse(class), value, forms),
            }
        }
        found.index();
        found
    }

    fn add_phrases(&mut self, class: &str, value: &str, forms: &str) {
        let worth = value.parse().unwrap_or(0);
        for form in forms.split('|') {
            let phrase = (form.split(' ').map(|word| self.take_in(word)).collect(), worth);
            match class {
                "about" => self.about.push(phrase),
                "joint" => self.joints.push(phrase),
                "minutes-before" => self.minutes_before.push(phrase),
                _ => self.minutes_behind.push(phrase),
            }
        }
    }

    fn add_words(&mut self, class: Class, value: &'static str, forms: &'static str) {
        for form in forms.split('|') {
            if let Some(ending) = form.strip_prefix('-') {
                self.endings.push((ending, class));
                continue;
            }
            let capital = form.starts_with('^');
            let short = form.ends_with('.');
            let word = form.trim_start_matches('^').trim_end_matches('.');
            let number = value.parse().unwrap_or(0);
            self.add_sense(word, Sense { class, value, number, capital, short });
        }
    }

    /// Joins every weekday with the words given for parts of the day: `EV abend`.
    fn glue(&mut self, forms: &'static str) {
        let days: Vec<(String, i32)> = self
            .numbers
            .iter()
            .flat_map(|(w, n)| self.words[*n as usize].iter().map(move |s| (w, s)))
            .filter(|(_, s)| s.class == Class::Weekday && !s.short)
            .map(|(w, s)| (w.clone(), s.number))
            .collect();
        for form in forms.split('|') {
            let Some((part, ending)) = form.split_once(' ') else { continue };
            for (day, number) in &days {
                let sense = Sense {
                    class: Class::WeekdayPart,
                    value: part,
                    number: *number,
                    capital: false,
                    short: false,
                };
                self.add_sense(&format!("{day}{ending}"), sense);
            }
        }
    }

    /// Puts each rule under all that it can begin with.
    fn index(&mut self) {
        for (i, rule) in std::mem::take(&mut self.rules).into_iter().enumerate() {
            let i = i as u16;
            for element in &rule.elements {
                self.index_under(&element.what, i);
                if !element.optional {
                    break;
                }
            }
            self.rules.push(rule);
        }
    }

    fn index_under(&mut self, what: &What, i: u16) {
        let mut class_of = None;
        match what {
            What::Class(class) => {
                class_of = Some(*class);
                if *class == Class::Ordinal {
                    push(&mut self.by_figures, i);
                }
            }
            What::Words(words) => {
                for word in words {
                    push(&mut self.by_word[*word as usize], i);
                }
            }
            What::Day => {
                push(&mut self.by_figures, i);
                class_of = Some(Class::Ordinal);
            }
            What::Year => push(&mut self.by_figures, i),
            What::ShortYear => {
                let mark = self.take_in("'");
                push(&mut self.by_word[mark as usize], i);
            }
            What::Roman => push(&mut self.by_roman, i),
            What::Number => {
                push(&mut self.by_figures, i);
                push(&mut self.by_number, i);
                class_of = Some(Class::Several);
                for (words, _) in &self.about {
                    push(&mut self.by_word[words[0] as usize], i);
                }
            }
            What::Clock | What::Hour => {
                push(&mut self.by_figures, i);
                push(&mut self.by_number, i);
                class_of = Some(Class::Hour);
                for (words, _) in &self.minutes_before {
                    push(&mut self.by_word[words[0] as usize], i);
                }
            }
        }
        for (senses, rules) in self.words.iter().zip(&mut self.by_word) {
            if senses.iter().any(|s| Some(s.class) == class_of) {
                push(rules, i);
            }
        }
    }
}

fn push(list: &mut Vec<u16>, rule: u16) {
    if list.last() != Some(&rule) {
        list.push(rule);
    }
}

#[cfg(test)]
mod tests {
    use super::super::edtf::Bound;
    use super::*;

    #[test]
    fn every_table_loads() {
        for (lang, lexicon) in ALL.iter() {
            assert!(lexicon.rules.len() > 20, "{lang} has {} rules", lexicon.rules.len());
            for class in [Class::Month, Class::Weekday, Class::Unit, Class::Direction, Class::Deictic] {
                assert!(lexicon.words.iter().flatten().any(|s| s.class == class), "{lang} {class:?}");
            }
            for sense in lexicon.words.iter().flatten() {
                let bounds = matches!(sense.class, Class::Grade | Class::Bound);
                assert!(!bounds || Bound::parse(sense.value).is_some(), "{lang} {}", sense.value);
            }
        }
        assert!(Lexicon::of(Lang::UNKNOWN).rules.is_empty());
    }

    #[test]
    fn verbs_show_their_tense() {
        for (lang, word, tense) in [
            (Lang::ES, "abrirá", Some(Class::Future)),
            (Lang::ES, "abrió", Some(Class::Past)),
            (Lang::ES, "está", None),
            (Lang::PT, "fecharão", Some(Class::Future)),
            (Lang::FR, "ouvriront", Some(Class::Future)),
            (Lang::FR, "fermait", Some(Class::Past)),
            (Lang::EN, "closed", Some(Class::Past)),
        ] {
            assert_eq!(Lexicon::of(lang).tense(word), tense, "{word}");
        }
    }
}
