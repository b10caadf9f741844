//! The words and rules of one language, read once from its table.
//!
//! A row is `class <tab> value <tab> word|word` or `rule <tab> meaning <tab> pattern`. A word
//! that begins with `^` counts only with a capital; one that ends in `.` may carry a full stop.
//! A pattern is a row of elements: a class letter (`M` month, `N` number …), or words with `|`
//! between them; `?` makes an element optional.

use super::meaning::Op;
use crate::extract::quantities::rows;
use crate::model::Lang;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// What a word can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Class {
    /// `M`: a month, 1 to 12.
    Month,
    /// `W`: a weekday, Monday is 1.
    Weekday,
    /// `U`: a unit of time.
    Unit,
    /// `L`: last, this, next as -1, 0, 1.
    Direction,
    /// `O`: an ordinal number.
    Ordinal,
    /// `P`: a part of the day.
    Part,
    /// `S`: a season.
    Season,
    /// `T`: today and its kin, as days from it.
    Deictic,
    /// `F`: a reference: now, recently, soon.
    Reference,
    /// `G`: early, mid, late: leaves the value.
    Grade,
    /// `A`: an adjective or adverb of repetition: annual, daily.
    Repeated,
    /// `V`: a feast, as 100 × month + day, or days from Easter plus 2,000.
    Feast,
    /// `B`: a vague number: few, several.
    Several,
    /// `C`: noon, midnight, as hours.
    Hour,
    /// `Z`: a time zone.
    Zone,
    /// `R`: a decade by name: eighties.
    Decade,
    /// Words around a time that set it in the future.
    Future,
    /// Words around a time that set it in the past.
    Past,
    /// `Q`: a quarter or half in one word: `Q3`, `H1` as 3 and 11.
    Quarter,
}

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

/// One place in a pattern.
#[derive(Clone, Debug)]
pub(super) struct Element {
    pub(super) what: What,
    pub(super) optional: bool,
}

/// What an element takes.
#[derive(Clone, Debug)]
pub(super) enum What {
    /// A word of a class.
    Class(Class),
    /// A day of the month in figures or as an ordinal.
    Day,
    /// A year in four figures.
    Year,
    /// A year in two figures behind an apostrophe.
    ShortYear,
    /// A number in words or figures, `a` and `several` too.
    Number,
    /// A time on the clock.
    Clock,
    /// One of some words.
    Words(Vec<&'static str>),
}

/// A pattern and what it means.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) op: Op,
    pub(super) elements: Vec<Element>,
}

/// All words and rules of one language.
pub(super) struct Lexicon {
    words: FxHashMap<&'static str, Vec<Sense>>,
    pub(super) rules: Vec<Rule>,
    /// Rules by the word that they can begin with, in order of the table.
    by_word: FxHashMap<&'static str, Vec<u16>>,
    /// Rules that can begin with figures.
    pub(super) by_figures: Vec<u16>,
    /// Rules that can begin with a number in words.
    pub(super) by_number: Vec<u16>,
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

    /// What a lower-case word can be.
    pub(super) fn senses(&self, word: &str) -> &[Sense] {
        self.words.get(word).map_or(&[], Vec::as_slice)
    }

    /// The rules that a word can begin.
    pub(super) fn rules_from(&self, word: &str) -> &[u16] {
        self.by_word.get(word).map_or(&[], Vec::as_slice)
    }

    fn read(table: &'static str, day_first: bool) -> Self {
        let mut found = Lexicon {
            words: FxHashMap::default(),
            rules: Vec::new(),
            by_word: FxHashMap::default(),
            by_figures: Vec::new(),
            by_number: Vec::new(),
            day_first,
            known: !table.is_empty(),
        };
        for row in rows(table) {
            let [class, value, forms] = row[..] else { continue };
            if class == "rule" {
                found.rules.push(Rule { op: Op::parse(value), elements: elements(forms) });
            } else {
                found.add_words(word_class(class), value, forms);
            }
        }
        found.index();
        found
    }

    fn add_words(&mut self, class: Class, value: &'static str, forms: &'static str) {
        for form in forms.split('|') {
            let capital = form.starts_with('^');
            let short = form.ends_with('.');
            let word = form.trim_start_matches('^').trim_end_matches('.');
            let number = value.parse().unwrap_or(0);
            self.words.entry(word).or_default().push(Sense { class, value, number, capital, short });
        }
    }

    /// Puts each rule under all that it can begin with.
    fn index(&mut self) {
        for (i, rule) in self.rules.iter().enumerate() {
            let i = i as u16;
            for element in &rule.elements {
                match &element.what {
                    What::Class(class) => {
                        for (word, senses) in &self.words {
                            if senses.iter().any(|s| s.class == *class) {
                                push(self.by_word.entry(word).or_default(), i);
                            }
                        }
                        if *class == Class::Ordinal {
                            push(&mut self.by_figures, i);
                        }
                    }
                    What::Words(words) => {
                        for word in words {
                            push(self.by_word.entry(word).or_default(), i);
                        }
                    }
                    What::Day => {
                        push(&mut self.by_figures, i);
                        for (word, senses) in &self.words {
                            if senses.iter().any(|s| s.class == Class::Ordinal) {
                                push(self.by_word.entry(word).or_default(), i);
                            }
                        }
                    }
                    What::Year => push(&mut self.by_figures, i),
                    What::ShortYear => push(self.by_word.entry("'").or_default(), i),
                    What::Number => {
                        push(&mut self.by_figures, i);
                        push(&mut self.by_number, i);
                        for (word, senses) in &self.words {
                            if senses.iter().any(|s| s.class == Class::Several) {
                                push(self.by_word.entry(word).or_default(), i);
                            }
                        }
                    }
                    What::Clock => {
                        push(&mut self.by_figures, i);
                        push(&mut self.by_number, i);
                        for (word, senses) in &self.words {
                            if senses.iter().any(|s| s.class == Class::Hour) {
                                push(self.by_word.entry(word).or_default(), i);
                            }
                        }
                    }
                }
                if !element.optional {
                    break;
                }
            }
        }
    }
}

fn push(list: &mut Vec<u16>, rule: u16) {
    if list.last() != Some(&rule) {
        list.push(rule);
    }
}

fn elements(pattern: &'static str) -> Vec<Element> {
    pattern
        .split(' ')
        .filter(|p| !p.is_empty())
        .map(|piece| {
            let optional = piece.len() > 1 && piece.ends_with('?');
            let piece = if optional { &piece[..piece.len() - 1] } else { piece };
            Element { what: what(piece), optional }
        })
        .collect()
}

fn what(piece: &'static str) -> What {
    match piece {
        "D" => What::Day,
        "Y" => What::Year,
        "YY" => What::ShortYear,
        "N" => What::Number,
        "K" => What::Clock,
        "M" => What::Class(Class::Month),
        "W" => What::Class(Class::Weekday),
        "U" => What::Class(Class::Unit),
        "L" => What::Class(Class::Direction),
        "O" => What::Class(Class::Ordinal),
        "P" => What::Class(Class::Part),
        "S" => What::Class(Class::Season),
        "T" => What::Class(Class::Deictic),
        "F" => What::Class(Class::Reference),
        "G" => What::Class(Class::Grade),
        "A" => What::Class(Class::Repeated),
        "V" => What::Class(Class::Feast),
        "Z" => What::Class(Class::Zone),
        "R" => What::Class(Class::Decade),
        "Q" => What::Class(Class::Quarter),
        words => What::Words(words.split('|').collect()),
    }
}

fn word_class(name: &str) -> Class {
    match name {
        "month" => Class::Month,
        "weekday" => Class::Weekday,
        "unit" => Class::Unit,
        "direction" => Class::Direction,
        "ordinal" => Class::Ordinal,
        "part" => Class::Part,
        "season" => Class::Season,
        "deictic" => Class::Deictic,
        "reference" => Class::Reference,
        "grade" => Class::Grade,
        "repeated" => Class::Repeated,
        "feast" => Class::Feast,
        "several" => Class::Several,
        "hour" => Class::Hour,
        "zone" => Class::Zone,
        "decade" => Class::Decade,
        "future" => Class::Future,
        "past" => Class::Past,
        "quarter" => Class::Quarter,
        other => unreachable!("unknown class {other} in a table of times"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_loads() {
        for (lang, lexicon) in ALL.iter() {
            assert!(lexicon.rules.len() > 20, "{lang} has {} rules", lexicon.rules.len());
            for class in [Class::Month, Class::Weekday, Class::Unit, Class::Direction, Class::Deictic] {
                assert!(lexicon.words.values().flatten().any(|s| s.class == class), "{lang} {class:?}");
            }
        }
        assert!(Lexicon::of(Lang::UNKNOWN).rules.is_empty());
    }
}
