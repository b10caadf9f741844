//! The tables of names -> one [`Lexicon`] for each language, parsed once.
//!
//! A language's lexicon holds its own words, English ones, and those marked for all. A language
//! without any table gets the English one; nothing is ever learned from a report.
//!
//! Long because a lexicon is one type, and all that is asked of it stands together.

use super::NameKind;
use super::common;
use super::inflect;
use super::view::{Case, Word, bare, lower};
use crate::extract::tables::rows;
use crate::model::Lang;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::{LazyLock, OnceLock};

pub(super) const COUNTRIES: &str = include_str!("tables/countries.tsv");
const NATIONS: &str = include_str!("tables/nations.tsv");
const MORE: &str = include_str!("tables/more.tsv");
const ROLES: &str = include_str!("tables/roles.tsv");
const WORDS: &str = include_str!("tables/words.toml");

/// What a known name is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Info {
    /// ISO 3166-1 alpha-3, or `IGO`, `NGO`, `MNC`, `IMG`.
    pub(crate) code: &'static str,
    /// Country, city, nationality, organisation.
    pub(crate) kind: NameKind,
    /// PLOVER sector.
    pub(crate) sector: Option<&'static str>,
    /// The key across languages, without its sort.
    pub(crate) key: &'static str,
    /// Whether it is a capital.
    pub(crate) seat: bool,
}

#[derive(Clone, Debug)]
struct Term {
    rest: Vec<String>,
    exact: bool,
    small: bool,
    info: Info,
}

/// What a word of a role does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RoleKind {
    /// Before a person's name: `Mr`.
    Title,
    /// One person: `minister`.
    Role,
    /// A group: `officials`.
    People,
    /// Before a role: `foreign`.
    Modifier,
    /// Heads an organisation's name: `Ministry`.
    Body,
    /// Heads a place's name: `River`.
    Place,
}

impl RoleKind {
    fn of(word: &str) -> Self {
        match word {
            "title" => Self::Title,
            "role" => Self::Role,
            "people" => Self::People,
            "modifier" => Self::Modifier,
            "body" => Self::Body,
            _ => Self::Place,
        }
    }
}

/// A word of a role.
#[derive(Clone, Debug)]
pub(crate) struct Role {
    rest: Vec<String>,
    /// What it does.
    pub(crate) kind: RoleKind,
    /// PLOVER sector.
    pub(crate) sector: Option<&'static str>,
}

/// What one language knows.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    /// Whether the language has rules of its own for names.
    pub(crate) has_rules: bool,
    terms: FxHashMap<String, Vec<Term>>,
    stems: FxHashMap<String, Info>,
    roles: FxHashMap<String, Vec<Role>>,
    function: FxHashSet<&'static str>,
    particles: FxHashSet<&'static str>,
    places: FxHashSet<&'static str>,
    calendar: FxHashSet<&'static str>,
    former: FxHashSet<&'static str>,
    generic: FxHashSet<&'static str>,
    english: bool,
}

/// The languages of `countries.tsv`, in its order.
pub(super) static LANGS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let head = COUNTRIES.lines().find(|l| l.starts_with("code")).expect("the table has a head line");
    head.split('\t').skip(2).collect()
});

static LEXICONS: LazyLock<Vec<OnceLock<Lexicon>>> =
    LazyLock::new(|| (0..=LANGS.len()).map(|_| OnceLock::new()).collect());

/// The lexicon of a language.
pub(crate) fn lexicon(lang: Lang) -> &'static Lexicon {
    let slot = LANGS.iter().position(|l| *l == lang.code()).unwrap_or(LANGS.len());
    LEXICONS[slot].get_or_init(|| build(LANGS.get(slot).copied()))
}

fn build(lang: Option<&'static str>) -> Lexicon {
    let code = lang.unwrap_or("en");
    let mut lexicon = Lexicon { english: code == "en", ..Lexicon::default() };
    countries(&mut lexicon, code);
    nations(&mut lexicon, code);
    more(&mut lexicon, code);
    roles(&mut lexicon, code);
    words(&mut lexicon, code);
    for terms in lexicon.terms.values_mut() {
        terms.sort_by_key(|t| std::cmp::Reverse(t.rest.len()));
    }
    for roles in lexicon.roles.values_mut() {
        roles.sort_by_key(|r| std::cmp::Reverse(r.rest.len()));
    }
    lexicon.has_rules = lang.is_some();
    lexicon
}

fn countries(lexicon: &mut Lexicon, code: &str) {
    let own = LANGS.iter().position(|l| *l == code).map(|i| i + 2);
    let inflected =
        matches!(code, "ru" | "uk" | "bg" | "sr" | "pl" | "cs" | "ro" | "hu" | "fi" | "el" | "tr");
    for row in rows(COUNTRIES).filter(|r| r[0] != "code") {
        let kind = if row[1] == "city" { NameKind::Place } else { NameKind::Country };
        let english = row.get(2).copied().unwrap_or("");
        let first = english.split(';').next().unwrap_or("");
        let key = if kind == NameKind::Place { first } else { row[0] };
        let info = Info { code: row[0], kind, sector: None, key, seat: row[1] == "city" };
        for name in own.and_then(|i| row.get(i)).into_iter().flat_map(|cell| cell.split(';')) {
            lexicon.add(name, &info, false, code);
            if inflected && !name.contains(' ') && name.chars().count() > 3 {
                lexicon.stems.entry(inflect::stem(&name.to_lowercase()).to_owned()).or_insert(info.clone());
            }
        }
        for name in english.split(';').filter(|_| code != "en") {
            lexicon.add(name, &info, false, code);
        }
    }
}

fn nations(lexicon: &mut Lexicon, code: &'static str) {
    for row in rows(NATIONS) {
        for (lang, cell) in ["en", "pt", "es", "fr", "de"].into_iter().zip(row.iter().skip(2)) {
            if lang != code && (lang != "en" || lexicon.knows(code)) {
                continue;
            }
            let info =
                Info { code: row[0], kind: NameKind::Nationality, sector: None, key: row[0], seat: false };
            for form in cell.split(';').filter(|w| !w.is_empty()) {
                for word in inflect::nationality(lang, form) {
                    lexicon.add(&word, &info, lang != "en", code);
                }
            }
        }
    }
}

fn more(lexicon: &mut Lexicon, code: &str) {
    for row in rows(MORE) {
        let [iso, kind, lang, sector, names] = row[..] else { continue };
        if lang != "*" && lang != code && lang != "en" {
            continue;
        }
        let kind = match kind {
            "country" => NameKind::Country,
            "nationality" => NameKind::Nationality,
            "organisation" => NameKind::Organisation,
            _ => NameKind::Place,
        };
        for name in names.split(';') {
            let shared = matches!(kind, NameKind::Country | NameKind::Nationality);
            let key = if shared { iso } else { name };
            let info = Info { code: iso, kind, sector: Some(sector).filter(|s| *s != "-"), key, seat: false };
            lexicon.add(name, &info, false, code);
        }
    }
}

fn roles(lexicon: &mut Lexicon, code: &str) {
    for row in rows(ROLES) {
        let [lang, kind, sector, names] = row[..] else { continue };
        if lang != "*" && lang != code {
            continue;
        }
        let kind = RoleKind::of(kind);
        let sector = Some(sector).filter(|s| *s != "-");
        for name in names.split(';') {
            lexicon.add_role(name, kind, sector, code);
            if kind == RoleKind::Role {
                for plural in inflect::plurals(code, name) {
                    lexicon.add_role(&plural, RoleKind::People, sector, code);
                }
            }
        }
    }
}

fn words(lexicon: &mut Lexicon, code: &str) {
    static TABLE: LazyLock<FxHashMap<String, FxHashMap<String, String>>> =
        LazyLock::new(|| toml::from_str(WORDS).expect("the table of words is TOML"));
    let Some(table) = TABLE.get(code).or_else(|| TABLE.get("en")) else { return };
    for (name, set) in [
        ("function", &mut lexicon.function),
        ("particle", &mut lexicon.particles),
        ("place", &mut lexicon.places),
        ("calendar", &mut lexicon.calendar),
        ("former", &mut lexicon.former),
        ("generic", &mut lexicon.generic),
    ] {
        set.extend(table.get(name).into_iter().flat_map(|words| words.split_whitespace()));
    }
}

/// The words of a table's name, as [`View`](super::view::View) would see them.
fn split(name: &str, code: &str) -> Vec<String> {
    let lang = Lang::parse(code);
    let words = name.split([' ', '\u{00a0}']).filter(|w| !w.is_empty());
    words.map(|w| lower(bare(w.trim_end_matches('.'), lang).1)).collect()
}

impl Lexicon {
    fn knows(&self, code: &str) -> bool {
        matches!(code, "en" | "pt" | "es" | "fr" | "de")
    }

    fn add(&mut self, name: &str, info: &Info, small: bool, code: &str) {
        let mut words = split(name, code);
        if words.is_empty() {
            return;
        }
        let bare: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
        let exact =
            bare.chars().count() <= 5 && !small && bare.chars().all(char::is_uppercase) && bare.is_ascii();
        let first = words.remove(0);
        let plain = super::key::plain(&first);
        if words.is_empty() && plain != first && first.chars().count() > 3 && !first.contains('-') {
            self.push(plain, Term { rest: Vec::new(), exact, small, info: info.clone() });
        }
        self.push(first, Term { rest: words, exact, small, info: info.clone() });
    }

    fn push(&mut self, first: String, term: Term) {
        let terms = self.terms.entry(first).or_default();
        if !terms.iter().any(|t| t.rest == term.rest && t.exact == term.exact) {
            terms.push(term);
        }
    }

    fn add_role(&mut self, name: &str, kind: RoleKind, sector: Option<&'static str>, code: &str) {
        let mut words = split(name, code);
        if !words.is_empty() {
            let first = words.remove(0);
            let roles = self.roles.entry(first).or_default();
            if !roles.iter().any(|r| r.rest == words && r.kind == kind) {
                roles.push(Role { rest: words, kind, sector });
            }
        }
    }

    /// The longest known name at word `i`, and how many words it has.
    pub(crate) fn term_at(&self, words: &[Word], i: usize) -> Option<(usize, &Info)> {
        let word = words.get(i)?;
        if word.case == Case::None {
            return None;
        }
        if let Some(terms) = self.terms.get(&word.lower) {
            let found = terms.iter().find(|term| {
                let capital = word.is_capital() || term.small || caseless(&word.lower);
                let exact = !term.exact || word.case == Case::Upper;
                capital && exact && follows(words, i, &term.rest, !term.small)
            });
            if let Some(term) = found {
                return Some((term.rest.len() + 1, &term.info));
            }
        }
        self.inflected(word).map(|info| (1, info))
    }

    /// `Russias` whose apostrophe was lost; `России`.
    fn inflected(&self, word: &Word) -> Option<&Info> {
        if !word.is_capital() || word.lower.len() < 5 {
            return None;
        }
        if self.english {
            let stem = word.lower.strip_suffix('s')?;
            let term = self.terms.get(stem)?.iter().find(|t| t.rest.is_empty() && !t.exact)?;
            let kind = term.info.kind;
            return matches!(kind, NameKind::Country | NameKind::Place).then_some(&term.info);
        }
        self.stems.get(inflect::stem(&word.lower))
    }

    /// Whether the known name at words `k..end` is known only without its last `s`: `Russias`, `North Koreas`.
    pub(crate) fn has_lost_apostrophe(&self, words: &[Word], k: usize, end: usize) -> bool {
        if !self.english || words[end - 1].lower.ends_with("ss") || !words[end - 1].lower.ends_with('s') {
            return false;
        }
        let exact = |term: &Term| {
            term.rest.len() == end - k - 1
                && term.rest.iter().zip(&words[k + 1..end]).all(|(want, w)| *want == w.lower)
        };
        !self.terms.get(&words[k].lower).is_some_and(|terms| terms.iter().any(exact))
    }

    /// The longest word of a role at word `i` of a kind that `wanted` accepts, and how many words it has.
    pub(crate) fn role_at(
        &self,
        words: &[Word],
        i: usize,
        wanted: impl Fn(RoleKind) -> bool,
    ) -> Option<(usize, &Role)> {
        let roles = self.roles.get(&words.get(i)?.lower)?;
        let found = roles.iter().find(|r| wanted(r.kind) && follows(words, i, &r.rest, false))?;
        Some((found.rest.len() + 1, found))
    }

    /// Whether a word is a role's word of any kind that `wanted` accepts.
    pub(crate) fn is_role(&self, word: &Word, wanted: impl Fn(RoleKind) -> bool) -> bool {
        self.roles.get(&word.lower).is_some_and(|r| r.iter().any(|r| wanted(r.kind) && r.rest.is_empty()))
    }

    /// Whether a word is grammar and so no name where it opens a sentence.
    pub(crate) fn is_function(&self, word: &Word) -> bool {
        self.is_grammar(&word.lower)
    }

    /// The same of a word in lower case.
    pub(crate) fn is_grammar(&self, lower: &str) -> bool {
        let head = lower.split_once('\'').map_or("", |(head, _)| head);
        self.function.contains(lower) || self.function.contains(head)
    }

    /// Whether a lower-case word may stand inside a name.
    pub(crate) fn is_particle(&self, word: &Word) -> bool {
        self.particles.contains(word.lower.as_str())
    }

    /// Whether a word is a preposition that places follow.
    pub(crate) fn is_place_word(&self, word: &Word) -> bool {
        self.places.contains(word.lower.as_str())
    }

    /// Whether a word is a day or month.
    pub(crate) fn is_calendar(&self, word: &Word) -> bool {
        self.calendar.contains(word.lower.as_str())
    }

    /// Whether a word says that an office is no longer held.
    pub(crate) fn is_former(&self, word: &Word) -> bool {
        self.former.contains(word.lower.as_str())
    }

    /// Whether a head says less of a party than the noun before it: `leaders` of `rebel leaders`.
    pub(crate) fn is_generic(&self, word: &Word) -> bool {
        self.generic.contains(word.lower.as_str())
    }

    /// Whether English writes the word in lower case; false for other languages, where it is not known.
    pub(crate) fn is_common(&self, word: &Word) -> bool {
        self.english && common::is_common(&word.lower)
    }

    /// Whether the language is English, the only one with a list of common words.
    pub(crate) fn is_english(&self) -> bool {
        self.english
    }
}

/// Whether the words after `i` are `rest`, capitalised where `capital` says so (small words aside).
fn follows(words: &[Word], i: usize, rest: &[String], capital: bool) -> bool {
    rest.iter().enumerate().all(|(k, want)| {
        words.get(i + 1 + k).is_some_and(|w| {
            let lost =
                capital && k + 1 == rest.len() && w.is_capital() && w.lower.strip_suffix('s') == Some(want);
            (w.lower == *want || lost)
                && (!capital || want.len() <= 3 || w.is_capital() || caseless(&w.lower) || w.possessive)
        }) && (!words[i + k].possessive || rest.len() > 1)
    })
}

/// Whether a word's script has no capitals.
pub(crate) fn caseless(lower: &str) -> bool {
    lower.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_loads() {
        assert!(rows(COUNTRIES).count() > 400 && rows(NATIONS).count() > 150 && rows(MORE).count() > 60);
        assert!(rows(MORE).all(|row| row.len() == 5), "five columns in more.tsv");
        assert!(rows(ROLES).all(|row| row.len() == 4), "four columns in roles.tsv");
        for code in ["en", "pt", "es", "fr", "de", "ru", "xx"] {
            let lexicon = lexicon(Lang::parse(code));
            assert!(!lexicon.terms.is_empty() && !lexicon.function.is_empty(), "{code}");
        }
    }
}
