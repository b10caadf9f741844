//! The tables of words of action -> [`Rules`] for a language, every form spelled out once.

use crate::model::Lang;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// What a word of action asks of its clause, and what it tells.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    /// PLOVER event type.
    pub(super) event: &'static str,
    /// PLOVER mode.
    pub(super) mode: Option<&'static str>,
    /// Words that must stand right behind.
    pub(super) behind: Vec<&'static str>,
    /// One of these must stand later in the clause; any clause will do if empty.
    pub(super) object: Vec<&'static str>,
    /// Whether this verb says how another action is meant.
    pub(super) control: bool,
}

/// The form of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `sign`, `signs`: may be a noun as well.
    Base,
    /// `signed`: past or passive.
    Past,
    /// `signing`.
    Ongoing,
}

/// One language's words of action.
#[derive(Debug, Default)]
pub(super) struct Rules {
    /// Form -> lemma and sort of form.
    pub(super) forms: FxHashMap<String, (&'static str, Form)>,
    /// Lemma -> patterns, the most demanding first.
    pub(super) verbs: FxHashMap<&'static str, Vec<Pattern>>,
    /// First word of a noun of action -> patterns.
    pub(super) nouns: FxHashMap<&'static str, Vec<Pattern>>,
    grammar: FxHashMap<&'static str, FxHashSet<&'static str>>,
}

const TABLES: [(&str, &str); 5] = [
    ("en", include_str!("tables/en.tsv")),
    ("pt", include_str!("tables/pt.tsv")),
    ("es", include_str!("tables/es.tsv")),
    ("fr", include_str!("tables/fr.tsv")),
    ("de", include_str!("tables/de.tsv")),
];

static RULES: LazyLock<Vec<Rules>> =
    LazyLock::new(|| TABLES.iter().map(|(code, table)| parse(code, table)).collect());

/// The rules of a language, if it has any.
pub(super) fn rules(lang: Lang) -> Option<&'static Rules> {
    TABLES.iter().position(|(code, _)| *code == lang.code()).map(|i| &RULES[i])
}

fn parse(code: &str, table: &'static str) -> Rules {
    let mut rules = Rules::default();
    let mut sets: FxHashMap<&str, Vec<&'static str>> = FxHashMap::default();
    let rows = || {
        table
            .lines()
            .filter(|l| !l.starts_with('#') && !l.is_empty())
            .map(|l| l.split('\t').collect::<Vec<_>>())
    };
    for row in rows() {
        let words = row[3].split_whitespace();
        match row[0] {
            "set" => drop(sets.insert(row[1], words.collect())),
            "grammar" => drop(rules.grammar.insert(row[1], words.collect())),
            _ => {}
        }
    }
    for row in rows().filter(|r| matches!(r[0], "verb" | "noun" | "control")) {
        for entry in row[3].split(';') {
            let (first, pattern) = pattern(&row, entry, &sets);
            let map = if row[0] == "noun" { &mut rules.nouns } else { &mut rules.verbs };
            map.entry(first).or_default().push(pattern);
        }
    }
    for patterns in rules.verbs.values_mut().chain(rules.nouns.values_mut()) {
        patterns.sort_by_key(|p| (p.behind.is_empty(), p.object.is_empty(), !p.control));
    }
    let lemmas: Vec<&'static str> = {
        let mut lemmas: Vec<_> = rules.verbs.keys().copied().collect();
        lemmas.sort_unstable();
        lemmas
    };
    for lemma in lemmas {
        for (form, sort) in conjugate(code, lemma) {
            rules.forms.entry(form).or_insert((lemma, sort));
        }
    }
    for row in rows().filter(|r| r[0] == "forms") {
        for form in row[3].split_whitespace() {
            let sort = if form.ends_with("ing") && code == "en" { Form::Ongoing } else { Form::Past };
            rules.forms.insert(form.to_owned(), (row[1], sort));
        }
    }
    rules
}

fn pattern(
    row: &[&'static str],
    entry: &'static str,
    sets: &FxHashMap<&str, Vec<&'static str>>,
) -> (&'static str, Pattern) {
    let (head, object) = entry.split_once('+').unwrap_or((entry, ""));
    let mut words = head.split_whitespace();
    let first = words.next().expect("an entry has a first word");
    let object = object
        .split_whitespace()
        .flat_map(|word| match word.strip_prefix('@') {
            Some(name) => sets.get(name).expect("a set is named that the table holds").clone(),
            None => vec![word],
        })
        .collect();
    let mode = Some(row[2]).filter(|m| *m != "-");
    (first, Pattern { event: row[1], mode, behind: words.collect(), object, control: row[0] == "control" })
}

impl Rules {
    /// Whether a word is in a list of the grammar.
    pub(super) fn is(&self, list: &str, word: &str) -> bool {
        self.grammar.get(list).is_some_and(|words| words.contains(word))
    }
}

fn conjugate(code: &str, lemma: &str) -> Vec<(String, Form)> {
    match code {
        "en" => english(lemma),
        "de" => german(lemma),
        _ => romance(code, lemma),
    }
}

fn english(lemma: &str) -> Vec<(String, Form)> {
    let stem = lemma.strip_suffix('e').unwrap_or(lemma);
    let soft = lemma.strip_suffix('y').filter(|s| !s.ends_with(['a', 'e', 'o', 'u']));
    let third = match soft {
        Some(stem) => format!("{stem}ies"),
        None if lemma.ends_with(['s', 'x', 'z']) || lemma.ends_with("ch") || lemma.ends_with("sh") => {
            format!("{lemma}es")
        }
        None => format!("{lemma}s"),
    };
    let past = soft.map_or_else(|| format!("{stem}ed"), |stem| format!("{stem}ied"));
    vec![
        (lemma.to_owned(), Form::Base),
        (third, Form::Base),
        (past, Form::Past),
        (format!("{stem}ing"), Form::Ongoing),
    ]
}

fn german(lemma: &str) -> Vec<(String, Form)> {
    let stem = lemma.strip_suffix("en").or_else(|| lemma.strip_suffix('n')).unwrap_or(lemma);
    let te = if stem.ends_with(['t', 'd']) { "ete" } else { "te" };
    let mut forms = vec![(lemma.to_owned(), Form::Base), (format!("{stem}t"), Form::Base)];
    forms.push((format!("{stem}{te}"), Form::Past));
    forms.push((format!("{stem}{te}n"), Form::Past));
    let plain = ["be", "ver", "ent", "er", "zer", "miss"].iter().any(|p| stem.starts_with(p))
        || stem.ends_with("ier");
    forms.push((format!("{}{stem}t", if plain { "" } else { "ge" }), Form::Past));
    forms
}

fn romance(code: &str, lemma: &str) -> Vec<(String, Form)> {
    let lemma_bare = lemma
        .trim_end_matches("-se")
        .strip_suffix("se")
        .filter(|l| l.ends_with('r'))
        .unwrap_or(lemma.trim_end_matches("-se"));
    let cut = lemma_bare.char_indices().rev().nth(1).map_or(0, |(i, _)| i);
    let (stem, end) = lemma_bare.split_at(cut);
    let ends: &[&str] = match (code, end) {
        ("pt", "ar") => &[
            "a", "am", "ou", "aram", "ava", "avam", "ará", "arão", "aria", "ado", "ada", "ados", "adas",
            "ando",
        ],
        ("pt", "er") => &[
            "e", "em", "eu", "eram", "ia", "iam", "erá", "erão", "eria", "ido", "ida", "idos", "idas", "endo",
        ],
        ("pt", _) => &[
            "e", "em", "iu", "iram", "ia", "iam", "irá", "irão", "iria", "ido", "ida", "idos", "idas", "indo",
        ],
        ("es", "ar") => &[
            "a", "an", "ó", "aron", "aba", "aban", "ará", "arán", "aría", "ado", "ada", "ados", "adas",
            "ando",
        ],
        ("es", _) => &[
            "e", "en", "ió", "ieron", "ía", "ían", "irá", "irán", "erá", "erán", "ido", "ida", "idos",
            "idas", "iendo",
        ],
        (_, "er") => &[
            "e", "ent", "a", "èrent", "ait", "aient", "era", "eront", "erait", "é", "ée", "és", "ées", "ant",
        ],
        (_, "ir") => &["it", "issent", "irent", "issait", "ira", "iront", "i", "ie", "is", "ies", "issant"],
        _ => &["", "ent", "it", "irent", "ait", "aient", "ra", "ront", "u", "ue", "us", "ues", "ant"],
    };
    let mut forms: Vec<(String, Form)> = ends.iter().map(|e| (format!("{stem}{e}"), Form::Past)).collect();
    forms.push((lemma.to_owned(), Form::Base));
    forms.push((lemma_bare.to_owned(), Form::Base));
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    const TYPES: [&str; 16] = [
        "AGREE",
        "CONSULT",
        "SUPPORT",
        "CONCEDE",
        "COOPERATE",
        "AID",
        "RETREAT",
        "REQUEST",
        "ACCUSE",
        "REJECT",
        "THREATEN",
        "PROTEST",
        "SANCTION",
        "MOBILIZE",
        "COERCE",
        "ASSAULT",
    ];

    #[test]
    fn every_table_loads_with_known_types() {
        for (code, table) in TABLES {
            assert!(
                table.lines().filter(|l| !l.starts_with('#')).all(|l| l.split('\t').count() == 4),
                "{code}"
            );
            let rules = rules(Lang::parse(code)).unwrap();
            assert!(
                rules.verbs.values().chain(rules.nouns.values()).flatten().all(|p| TYPES.contains(&p.event))
            );
            assert!(rules.is("light", rules.grammar["light"].iter().next().unwrap()));
        }
    }

    #[test]
    fn forms_lead_to_their_verb() {
        for (code, form, lemma) in [
            ("en", "denied", "deny"),
            ("en", "meets", "meet"),
            ("pt", "visitou", "visitar"),
            ("es", "visitaron", "visitar"),
            ("fr", "visité", "visiter"),
            ("de", "kritisierte", "kritisieren"),
        ] {
            assert_eq!(rules(Lang::parse(code)).unwrap().forms[form].0, lemma);
        }
    }
}
