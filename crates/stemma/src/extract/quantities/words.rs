//! The words around numbers in one language: units, modifiers, words of change. From tables.

use super::atoms::Atoms;
use crate::extract::tables::rows;
use crate::model::Lang;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// What a phrase does to the number beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    About,
    More,
    Less,
    /// Changes nothing, but may stand between a modifier and the number.
    Plain,
    Up,
    Down,
    AfterMore,
    AfterLess,
    AfterAbout,
    /// `grados bajo cero`
    BelowZero,
}

/// A unit of measure or money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct UnitWord {
    /// Its usual name.
    pub(super) name: &'static str,
    /// Whether it counts only glued to the figures.
    glued: bool,
    /// The form as written, where its case matters.
    exact: Option<&'static str>,
}

/// A phrase as the pieces that it is made of, and what it is.
type Phrases<T> = FxHashMap<&'static str, Vec<(Vec<&'static str>, T)>>;

/// All of one language.
#[derive(Default)]
pub(super) struct Words {
    units: Phrases<UnitWord>,
    before: Phrases<Role>,
    after: Phrases<Role>,
    change: Phrases<Role>,
    /// Beginnings of words of change: `augment`.
    change_stems: Vec<(&'static str, Role)>,
    /// Words of change behind the number: `um 5 Prozent gestiegen`.
    change_behind: Phrases<Role>,
    /// Between the part and the whole of a share: `drei von fünf`.
    ratio: Phrases<Role>,
    between: Phrases<Role>,
    pub(super) share: FxHashSet<&'static str>,
    /// Before the size of a change, whatever stands between it and its verb: `um`, `by`.
    pub(super) size: FxHashSet<&'static str>,
    /// Between two counts that are set against each other: `62 votes to 41`.
    pub(super) against: FxHashSet<&'static str>,
    /// Bodies of people whose count stands behind `of` alone: `its crew of 68`.
    pub(super) group: FxHashSet<&'static str>,
    /// Before a count whose noun was told before: `es sind drei`.
    pub(super) told: FxHashSet<&'static str>,
    pub(super) per: FxHashSet<&'static str>,
    /// Joins the ends of a range that `from` leads: `von 5 auf 7`.
    pub(super) onto: FxHashSet<&'static str>,
    pub(super) from: FxHashSet<&'static str>,
    pub(super) to: FxHashSet<&'static str>,
    pub(super) stop: FxHashSet<&'static str>,
    pub(super) of: FxHashSet<&'static str>,
    pub(super) lang: Option<Lang>,
}

const LANGS: [(Lang, &str); 8] = [
    (Lang::EN, "en"),
    (Lang::PT, "pt"),
    (Lang::ES, "es"),
    (Lang::FR, "fr"),
    (Lang::DE, "de"),
    (Lang::IT, "it"),
    (Lang::NL, "nl"),
    (Lang::RU, "ru"),
];

static ALL: LazyLock<Vec<(Lang, Words)>> =
    LazyLock::new(|| LANGS.into_iter().map(|(lang, code)| (lang, Words::read(Some(lang), code))).collect());

static NONE: LazyLock<Words> = LazyLock::new(|| Words::read(None, "*"));

impl Words {
    /// The words of a language; symbols only, where there is no table.
    pub(super) fn of(lang: Lang) -> &'static Words {
        ALL.iter().find(|(l, _)| *l == lang).map_or(&*NONE, |(_, w)| w)
    }

    fn read(lang: Option<Lang>, code: &str) -> Self {
        let mut words = Words { lang, ..Words::default() };
        for row in rows(include_str!("tables/units.tsv")) {
            let [name, of, forms] = row[..] else { continue };
            if of == "*" || of == code {
                for form in forms.split('|') {
                    words.add_unit(name, form);
                }
            }
        }
        for row in rows(include_str!("tables/words.tsv")) {
            let [class, of, forms] = row[..] else { continue };
            if of == "*" || of == code {
                for form in forms.split('|') {
                    words.add_word(class, form);
                }
            }
        }
        for list in words.units.values_mut() {
            list.sort_by_key(|(pieces, _)| std::cmp::Reverse(pieces.len()));
        }
        words
    }

    fn add_unit(&mut self, name: &'static str, form: &'static str) {
        let glued = form.starts_with('+');
        let exact = form.strip_prefix('=');
        let text = form.trim_start_matches(['+', '=']);
        // Exact forms are found by their lower case, then compared as written.
        let key: &'static str = if exact.is_some() { lower_static(text) } else { text };
        let pieces = pieces(key);
        let Some(first) = pieces.first() else { return };
        self.units.entry(first).or_default().push((pieces, UnitWord { name, glued, exact }));
    }

    fn add_word(&mut self, class: &str, form: &'static str) {
        let set = match class {
            "share" => &mut self.share,
            "per" => &mut self.per,
            "size" => &mut self.size,
            "against" => &mut self.against,
            "told" => &mut self.told,
            "group" => &mut self.group,
            "onto" => &mut self.onto,
            "from" => &mut self.from,
            "to" => &mut self.to,
            "stop" => &mut self.stop,
            "of" => &mut self.of,
            _ => return self.add_phrase(class, form),
        };
        set.insert(form);
    }

    fn add_phrase(&mut self, class: &str, form: &'static str) {
        if let Some(stem) = form.strip_suffix('*') {
            self.change_stems.push((stem, if class == "up" { Role::Up } else { Role::Down }));
            return;
        }
        let (phrases, role) = match class {
            "about" => (&mut self.before, Role::About),
            "more" => (&mut self.before, Role::More),
            "less" => (&mut self.before, Role::Less),
            "plain" => (&mut self.before, Role::Plain),
            "up" => (&mut self.change, Role::Up),
            "down" => (&mut self.change, Role::Down),
            "up-behind" => (&mut self.change_behind, Role::Up),
            "down-behind" => (&mut self.change_behind, Role::Down),
            "below-zero" => (&mut self.after, Role::BelowZero),
            "ratio" => (&mut self.ratio, Role::Plain),
            "by" => (&mut self.between, Role::Plain),
            "after-more" => (&mut self.after, Role::AfterMore),
            "after-less" => (&mut self.after, Role::AfterLess),
            "after-about" => (&mut self.after, Role::AfterAbout),
            other => unreachable!("unknown class {other} in the table of words"),
        };
        let pieces = pieces(form);
        let backwards = class.starts_with("after")
            || class.ends_with("behind")
            || class == "ratio"
            || class == "below-zero";
        let Some(key) = (if backwards { pieces.first() } else { pieces.last() }) else { return };
        let list = phrases.entry(key).or_default();
        list.push((pieces, role));
        list.sort_by_key(|(p, _)| std::cmp::Reverse(p.len()));
    }

    /// The unit of ages.
    pub(super) fn age(&self) -> Option<UnitWord> {
        Some(UnitWord { name: "year of age", glued: false, exact: None })
    }

    /// The unit that begins at piece `i`, and one past it.
    pub(super) fn unit_at(&self, atoms: &Atoms, i: usize) -> Option<(UnitWord, usize)> {
        self.unit_where(atoms, i, |_| true)
    }

    fn unit_where(
        &self,
        atoms: &Atoms,
        i: usize,
        fits: impl Fn(&UnitWord) -> bool,
    ) -> Option<(UnitWord, usize)> {
        let list = self.units.get(atoms.lower(i))?;
        list.iter().filter(|(_, unit)| fits(unit)).find_map(|(pieces, unit)| {
            let whole = pieces.iter().enumerate().all(|(n, p)| atoms.lower(i + n) == *p);
            let end = i + pieces.len();
            let written = unit.exact.is_none_or(|e| atoms.text(i) == e);
            let near = !unit.glued || !atoms.gap(i);
            let near = near && (i == 0 || atoms.together(i - 1, end - 1));
            (whole && written && near).then_some((*unit, end))
        })
    }

    /// The currency that ends before piece `i`: `$`, `US$`, `HK $`, `USD`; and its first piece.
    pub(super) fn currency_before(&self, atoms: &Atoms, i: usize) -> Option<(UnitWord, usize)> {
        let last = i.checked_sub(1).filter(|&l| atoms.together(l, i))?;
        let equals = usize::from(atoms.lower(last) == "=" && !atoms.gap(i));
        let last = last.checked_sub(equals)?;
        let is_money = |u: &UnitWord| is_currency(u.name);
        for length in (1..=3).rev() {
            let Some(first) = (last + 1).checked_sub(length) else { continue };
            let Some((unit, end)) = self.unit_where(atoms, first, is_money) else { continue };
            // `a $5 fee` is no Australian money.
            if length > 1 && atoms.text(first).len() == 1 && atoms.gap(first + 1) {
                continue;
            }
            let symbol = !atoms.text(last).chars().all(char::is_alphanumeric);
            let code = atoms.text(first).chars().all(|c| !c.is_lowercase())
                && !atoms.gap(i) | (atoms.text(last).len() == 3);
            if end == last + 1 && (symbol || code || atoms.lower(last) == "rs") {
                return Some((unit, first));
            }
        }
        None
    }

    /// The modifier that ends before piece `i`, and its first piece.
    pub(super) fn modifier_before(&self, atoms: &Atoms, i: usize) -> Option<(Role, usize)> {
        ending(&self.before, atoms, i)
    }

    /// The word of change that ends before piece `i`, and its first piece.
    pub(super) fn change_before(&self, atoms: &Atoms, i: usize) -> Option<(Role, usize)> {
        ending(&self.change, atoms, i).or_else(|| {
            let last = i.checked_sub(1)?;
            let word = atoms.lower(last);
            let stem = self.change_stems.iter().find(|(stem, _)| word.starts_with(stem))?;
            Some((stem.1, last))
        })
    }

    /// The word of change that begins at piece `i`, behind its number.
    pub(super) fn change_behind(&self, atoms: &Atoms, i: usize) -> Option<Role> {
        beginning(&self.change_behind, atoms, i).map(|(role, _)| role)
    }

    /// One past the words between part and whole that begin at piece `i`.
    pub(super) fn ratio_at(&self, atoms: &Atoms, i: usize) -> Option<usize> {
        beginning(&self.ratio, atoms, i).map(|(_, end)| end)
    }

    /// A phrase that may stand between a word of change and its number.
    pub(super) fn between_before(&self, atoms: &Atoms, i: usize) -> Option<usize> {
        ending(&self.between, atoms, i).map(|(_, first)| first)
    }

    /// The modifier that begins at piece `i`, and one past it.
    pub(super) fn modifier_behind(&self, atoms: &Atoms, i: usize) -> Option<(Role, usize)> {
        beginning(&self.after, atoms, i)
    }
}

fn beginning(phrases: &Phrases<Role>, atoms: &Atoms, i: usize) -> Option<(Role, usize)> {
    phrases.get(atoms.lower(i))?.iter().find_map(|(pieces, role)| {
        let whole = pieces.iter().enumerate().all(|(n, p)| atoms.lower(i + n) == *p);
        whole.then_some((*role, i + pieces.len()))
    })
}

/// Whether a unit's usual name is money.
pub(super) fn is_currency(name: &str) -> bool {
    const MONEY: &[&str] = &[
        "dollar",
        "euro",
        "pound sterling",
        "yen",
        "yuan",
        "rupee",
        "real",
        "rouble",
        "franc",
        "won",
        "shekel",
        "ringgit",
        "krone",
        "krona",
        "kuna",
        "hryvnia",
        "lira",
        "peso",
        "rand",
        "naira",
        "cent",
        "sen",
        "penny",
    ];
    let last = name.rsplit(' ').next().unwrap_or(name);
    MONEY.contains(&name) || MONEY.contains(&last)
}

fn ending(phrases: &Phrases<Role>, atoms: &Atoms, i: usize) -> Option<(Role, usize)> {
    let last = i.checked_sub(1).filter(|&l| atoms.together(l, i.min(atoms.len().saturating_sub(1))))?;
    phrases.get(atoms.lower(last))?.iter().find_map(|(pieces, role)| {
        let first = i.checked_sub(pieces.len())?;
        let whole = pieces.iter().enumerate().all(|(n, p)| atoms.lower(first + n) == *p);
        whole.then_some((*role, first))
    })
}

/// Lower case that lives as long as the table; ASCII forms only differ.
fn lower_static(text: &'static str) -> &'static str {
    if text.chars().any(char::is_uppercase) { Box::leak(text.to_lowercase().into_boxed_str()) } else { text }
}

/// Cuts a form as the atoms of a text are cut.
fn pieces(form: &'static str) -> Vec<&'static str> {
    let mut out = Vec::new();
    for word in form.split(' ') {
        let mut rest = word;
        while let Some(c) = rest.chars().next() {
            let letter = |c: char| c.is_alphabetic() || c == '.' && !word.ends_with("..");
            let digit = |c: char| c.is_ascii_digit();
            let end = if letter(c) && c != '.' {
                rest.find(|c| !letter(c)).unwrap_or(rest.len())
            } else if digit(c) {
                rest.find(|c| !digit(c)).unwrap_or(rest.len())
            } else {
                c.len_utf8()
            };
            out.push(&rest[..end]);
            rest = &rest[end..];
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_load_in_every_language() {
        for (lang, words) in ALL.iter() {
            assert!(words.units.len() > 50 && words.before.len() > 8 && words.stop.len() > 40, "{lang}");
        }
    }
}
