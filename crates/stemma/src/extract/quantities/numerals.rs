//! Pieces -> numbers: digits by the language's separators, number words, scales, fractions.
//!
//! Reads what a number is worth, never what it counts. The tables' words are our own writing.
//! Figures are read here, words in `number_words`.

use super::atoms::{AtomKind, Atoms};
use crate::extract::tables::rows;
use crate::model::Lang;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// A number read from pieces.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::extract) struct Numeral {
    /// What it is worth; for a vague count (`thousands`) its least order.
    pub(in crate::extract) value: f64,
    /// One past its last piece.
    pub(in crate::extract) end: usize,
    /// How it is written.
    pub(in crate::extract) form: Form,
    /// Whether a scale word or letter (`million`, `bn`) is part of it.
    pub(in crate::extract) scaled: bool,
    /// The scale, 1 if none: `2 to 3 million` hands it to its left neighbour.
    pub(in crate::extract) scale: f64,
    /// Whether the word itself says about so many: `vingtaine`, `centenar`.
    pub(in crate::extract) rough: bool,
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Form {
    /// In figures without separators, of so many digits.
    Plain(u8),
    /// In figures with grouping or decimals.
    Punctuated,
    /// In words.
    Words,
    /// A plural of scale: `thousands`, `dozens of`, `milhares`.
    Vague,
    /// Very many, with no order: `countless`. The value is 0 and says nothing.
    Countless,
    /// A share in words or figures: `two-thirds`, `half`, `3/4`.
    Fraction,
}

/// What a word adds to a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Part {
    /// 0 to 999.
    Unit(f64),
    /// A power that multiplies what stands before it, from 12 and 100 up.
    Scale(f64),
    /// About so many: `vingtaine`; else like a scale.
    Rough(f64),
    /// A scale letter that must be glued to figures: `k`, `bn`, `M`.
    Glued(f64),
    /// A plural of scale that stands without figures.
    Vague(f64),
    /// `half`, `third`, `quarters`: one over the value.
    Over(f64),
    /// `a`, `an`, `uma`: 1, only before a scale.
    Article,
    /// `and`, `e`, `und` inside numbers.
    And,
    /// `several`, `few` before a scale.
    Few,
    /// `countless`.
    Countless,
}

/// The number words of one language.
pub(in crate::extract) struct Numerals {
    pub(super) words: FxHashMap<&'static str, Part>,
    /// Compound parts, longest first, for languages that write numbers in one word.
    pub(super) compounds: Vec<(&'static str, Part)>,
    decimal: u8,
    /// Whether the decimal mark is known; else only unambiguous figures are read.
    sure: bool,
    pub(super) code: &'static str,
}

static ALL: LazyLock<Vec<(Lang, Numerals)>> = LazyLock::new(|| {
    [
        (Lang::EN, include_str!("tables/numbers.en.tsv")),
        (Lang::PT, include_str!("tables/numbers.pt.tsv")),
        (Lang::ES, include_str!("tables/numbers.es.tsv")),
        (Lang::FR, include_str!("tables/numbers.fr.tsv")),
        (Lang::DE, include_str!("tables/numbers.de.tsv")),
        (Lang::IT, include_str!("tables/numbers.it.tsv")),
        (Lang::NL, include_str!("tables/numbers.nl.tsv")),
        (Lang::RU, include_str!("tables/numbers.ru.tsv")),
    ]
    .into_iter()
    .map(|(lang, table)| (lang, Numerals::read(lang, table)))
    .collect()
});

static NONE: LazyLock<Numerals> = LazyLock::new(|| Numerals::read(Lang::UNKNOWN, ""));

impl Numerals {
    /// The number words of a language; none, and figures only, where there is no table.
    pub(in crate::extract) fn of(lang: Lang) -> &'static Numerals {
        ALL.iter().find(|(l, _)| *l == lang).map_or(&*NONE, |(_, n)| n)
    }

    fn read(lang: Lang, table: &'static str) -> Self {
        let mut words = FxHashMap::default();
        for row in rows(table) {
            let [class, value, forms] = row[..] else { continue };
            let worth: f64 = value.parse().expect("the second column of a number table is a number");
            for form in forms.split('|') {
                let part = match class {
                    "unit" => Part::Unit(worth),
                    "scale" => Part::Scale(worth),
                    "rough" => Part::Rough(worth),
                    "glued" => Part::Glued(worth),
                    "vague" => Part::Vague(worth),
                    "over" => Part::Over(worth),
                    "article" => Part::Article,
                    "and" => Part::And,
                    "few" => Part::Few,
                    "countless" => Part::Countless,
                    other => unreachable!("unknown class {other} in a number table"),
                };
                words.insert(form, part);
            }
        }
        let mut compounds = Vec::new();
        if lang == Lang::DE {
            compounds = words
                .iter()
                .filter(|(_, p)| matches!(p, Part::Unit(_) | Part::Scale(_) | Part::And))
                .map(|(w, p)| (*w, *p))
                .collect();
            compounds.push(("ein", Part::Unit(1.0)));
            compounds.sort_unstable_by_key(|(w, _)| (std::cmp::Reverse(w.len()), *w));
        }
        let decimal = if matches!(lang, Lang::EN | Lang::UNKNOWN) { b'.' } else { b',' };
        let code = match lang {
            Lang::FR => "fr",
            Lang::EN => "en",
            _ => "",
        };
        Self { words, compounds, decimal, sure: !table.is_empty(), code }
    }

    /// What a single word or one figure is worth.
    pub(super) fn worth(&self, word: &str) -> Option<f64> {
        match self.words.get(word) {
            Some(Part::Unit(value)) => Some(*value),
            Some(_) => None,
            None => self.value_of(word),
        }
    }

    /// Whether a word is one that numbers are made of.
    pub(in crate::extract) fn knows(&self, word: &str) -> bool {
        self.words.contains_key(word)
    }

    /// Whether a word is an indefinite article, which is 1 before a unit of time.
    pub(in crate::extract) fn is_one_before_unit(&self, word: &str) -> bool {
        matches!(self.words.get(word), Some(Part::Article))
    }

    /// The figures at `i` without the scale behind them.
    pub(super) fn unscaled(&self, atoms: &Atoms, i: usize) -> Option<f64> {
        let value = self.at(atoms, i)?;
        Some(value.value / value.scale)
    }

    /// The number that begins at piece `i`.
    pub(in crate::extract) fn at(&self, atoms: &Atoms, i: usize) -> Option<Numeral> {
        match atoms.get(i)?.kind {
            AtomKind::Number => self.figures(atoms, i),
            AtomKind::Word => self.vulgar(atoms, i).or_else(|| self.in_words(atoms, i)),
            AtomKind::Mark => self.vulgar(atoms, i).or_else(|| self.bare_decimal(atoms, i)),
        }
    }

    /// `½`, alone.
    fn vulgar(&self, atoms: &Atoms, i: usize) -> Option<Numeral> {
        let value = half_sign(atoms.text(i))?;
        Some(Numeral { value, end: i + 1, form: Form::Fraction, scaled: false, scale: 1.0, rough: false })
    }

    /// `.001`
    fn bare_decimal(&self, atoms: &Atoms, i: usize) -> Option<Numeral> {
        let digits = atoms.text(i + 1);
        if atoms.text(i) != "." || !atoms.gap(i) || atoms.gap(i + 1) || !is_digits(digits) {
            return None;
        }
        let value = format!("0.{digits}").parse().ok()?;
        Some(Numeral { value, end: i + 2, form: Form::Punctuated, scaled: false, scale: 1.0, rough: false })
    }

    fn figures(&self, atoms: &Atoms, i: usize) -> Option<Numeral> {
        let text = atoms.text(i);
        let mut value = self.value_of(text)?;
        let mut end = i + 1;
        let mut form =
            if is_digits(text) { Form::Plain(text.len().min(255) as u8) } else { Form::Punctuated };
        if let Some((grouped, next)) = self.spaced_groups(atoms, i) {
            (value, end, form) = (grouped, next, Form::Punctuated);
        }
        if let Some((share, next)) = fraction_after(atoms, end, &form, value) {
            (value, end) = (share, next);
            form = if form == Form::Fraction || value < 1.0 { Form::Fraction } else { Form::Punctuated };
        }
        let (scale, after) = self.scales(atoms, end);
        let value = value * scale;
        let scaled = after > end;
        Some(Numeral { value, end: after, form, scaled, scale, rough: false })
    }

    /// `10 000 000`: groups of three set apart by one white space. A no-break space groups in
    /// every language; a plain one where the language groups so.
    fn spaced_groups(&self, atoms: &Atoms, i: usize) -> Option<(f64, usize)> {
        let first = atoms.text(i);
        if !is_digits(first) || first.len() > 3 || first.starts_with('0') {
            return None;
        }
        let mut digits = first.to_owned();
        let mut end = i + 1;
        while let (Some(before), Some(next)) = (atoms.get(end - 1), atoms.get(end)) {
            let text = atoms.text(end);
            let (whole, decimals) = match text.split_once(char::from(self.decimal)) {
                Some((w, d)) if is_digits(d) => (w, Some(d)),
                _ => (text, None),
            };
            let between = atoms.between(before.span.end, next.span.start);
            let groups = matches!(between, "\u{a0}" | "\u{202f}" | "\u{2009}")
                || between == " " && self.decimal == b',' && self.sure;
            if !groups || whole.len() != 3 || !is_digits(whole) || digits.len() > 15 {
                break;
            }
            digits += whole;
            end += 1;
            if let Some(decimals) = decimals {
                digits = format!("{digits}.{decimals}");
                break;
            }
        }
        (end > i + 1).then(|| digits.parse().ok().map(|v| (v, end))).flatten()
    }

    /// Reads figures by the language's separators; none if they are no single number
    /// (`1.2.3`) or the language is unknown and two readings are possible.
    fn value_of(&self, text: &str) -> Option<f64> {
        if text.len() > 24 {
            return None;
        }
        let marks: Vec<(usize, u8)> =
            text.bytes().enumerate().filter(|(_, b)| matches!(b, b'.' | b',' | b'\'')).collect();
        let Some(&(last, mark)) = marks.last() else { return text.parse().ok() };
        let tail = text.len() - last - 1;
        let several = marks.iter().filter(|(_, m)| *m == mark).count() > 1;
        let mixed = marks.iter().any(|(_, m)| *m != mark);
        let leading_zero = text.starts_with('0');
        let is_decimal = if several {
            false
        } else if mixed || tail != 3 || leading_zero {
            true
        } else if !self.sure {
            return None;
        } else {
            mark == self.decimal
        };
        let whole = if is_decimal { &text[..last] } else { text };
        grouped_well(whole).then_some(())?;
        let mut digits: String = whole.chars().filter(char::is_ascii_digit).collect();
        if is_decimal {
            digits.push('.');
            digits.push_str(&text[last + 1..]);
        }
        digits.parse().ok()
    }

    /// The product of the scale words at `i`, and one past them.
    pub(super) fn scales(&self, atoms: &Atoms, mut i: usize) -> (f64, usize) {
        let mut product = 1.0;
        let glued = !atoms.gap(i) && atoms.is(i, AtomKind::Word);
        if glued && let Some(scale) = self.glued_scale(atoms.text(i), atoms.lower(i)) {
            return (scale, i + 1);
        }
        loop {
            let hyphen = usize::from(atoms.lower(i) == "-" && !atoms.gap(i) && !atoms.gap(i + 1));
            let word = atoms.lower(i + hyphen);
            match self.words.get(word) {
                Some(Part::Scale(s))
                    if product * s <= 1e15 && !(product == 1.0 && *s == 12.0 && hyphen == 1) =>
                {
                    product *= s;
                    i += 1 + hyphen;
                }
                Some(Part::Glued(s)) if word.len() > 1 && product == 1.0 && hyphen == 0 => {
                    return (*s, i + 1);
                }
                _ => return (product, i),
            }
        }
    }

    /// `15bn`, `4.3M`, `50k`: one letter counts only in the case that news writes it in.
    fn glued_scale(&self, text: &str, lower: &str) -> Option<f64> {
        match text {
            "M" => return Some(1e6),
            "B" => return Some(1e9),
            "k" | "K" => return Some(1e3),
            _ => {}
        }
        match self.words.get(lower)? {
            Part::Glued(s) if lower.len() > 1 => Some(*s),
            Part::Scale(s) => Some(*s),
            _ => None,
        }
    }
}

pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Groups of three, or Indian groups of two before the last three.
fn grouped_well(whole: &str) -> bool {
    let parts: Vec<&str> = whole.split(['.', ',', '\'']).collect();
    let [first, inner @ .., last] = &parts[..] else { return true };
    if inner.is_empty() && whole.len() == last.len() {
        return true;
    }
    let firm = (1..=3).contains(&first.len()) && last.len() == 3;
    firm && (inner.iter().all(|p| p.len() == 3) || first.len() <= 2 && inner.iter().all(|p| p.len() == 2))
}

fn half_sign(text: &str) -> Option<f64> {
    Some(match text {
        "½" => 0.5,
        "¼" => 0.25,
        "¾" => 0.75,
        "⅓" => 1.0 / 3.0,
        "⅔" => 2.0 / 3.0,
        "⅛" => 0.125,
        _ => return None,
    })
}

/// `3/4`, `1⁄32`, `2 1/2`, `2½` behind figures: the value, and one past it.
fn fraction_after(atoms: &Atoms, end: usize, form: &Form, value: f64) -> Option<(f64, usize)> {
    if !matches!(form, Form::Plain(1..=3)) {
        return None;
    }
    if let Some(share) = half_sign(atoms.text(end)) {
        return Some((value + share, end + 1));
    }
    let simple = |at: usize| -> Option<f64> {
        let slash = matches!(atoms.text(at), "/" | "⁄") && !atoms.gap(at) && !atoms.gap(at + 1);
        let below = atoms.text(at + 1);
        if !slash || !is_digits(below) || below.len() > 3 || matches!(atoms.text(at + 2), "/" | "⁄") {
            return None;
        }
        below.parse().ok().filter(|b| *b > 1.0)
    };
    if let Some(below) = simple(end) {
        return (value < below).then_some((value / below, end + 2));
    }
    let top: f64 = atoms.text(end).parse().ok()?;
    let below = simple(end + 1)?;
    (top < below).then_some((value + top / below, end + 3))
}
