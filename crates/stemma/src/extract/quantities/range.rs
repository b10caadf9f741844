//! Two numbers that are one quantity: ranges (`between 5 and 7`, `von 2,80 auf 3,10 Euro`) and
//! shares (`drei von fünf`, `un billet sur cinq`).
//!
//! Reads the pieces between and before two numbers; gives no meaning to what surrounds them.

use super::Quantity;
use super::atoms::AtomKind;
use super::counted::{is_plural, phrase};
use super::numerals::{Form, Numeral};
use super::scan::{Measure, Scanner};
use super::words::is_currency;

/// The greatest whole of which a share is told in two numbers: `one in a thousand`.
const WHOLE: f64 = 1000.0;

impl Scanner<'_, '_> {
    /// The second number of a range: `5 to 7 km`, `between 5 and 7`, `$84 to $93 billion`.
    pub(super) fn other_end(&self, first: &Measure) -> Option<Measure> {
        let atoms = self.atoms;
        if matches!(first.numeral.form, Form::Vague | Form::Countless | Form::Fraction) {
            return None;
        }
        let joint = atoms.lower(first.to);
        let or = matches!(joint, "or" | "ou" | "o" | "oder");
        let joins = self.words.to.contains(joint) || self.words.onto.contains(joint) && self.led(first);
        if !joins || !atoms.together(first.from, first.to) {
            return None;
        }
        let mut at = first.to + 1;
        at += usize::from(matches!(atoms.lower(at), "-") && joint == "to");
        while at <= first.to + 4 && self.numerals.at(atoms, at).is_none() {
            at += 1;
        }
        let second = self.measure(at)?;
        let bare = second.from.max(first.to + 1) <= first.to + 2 && second.from > first.to;
        let ends =
            second.from == first.to + 1 || second.from == first.to + 2 && atoms.lower(first.to + 1) == "-";
        if !bare || !ends || matches!(second.numeral.form, Form::Vague | Form::Fraction) {
            return None;
        }
        self.is_range(first, &second, joint, or).then_some(second)
    }

    fn is_range(&self, first: &Measure, second: &Measure, joint: &str, or: bool) -> bool {
        let atoms = self.atoms;
        let before = self.before_modifiers(first.from);
        let led = self.led(first);
        let between = before.checked_sub(1).is_some_and(|b| {
            matches!(atoms.lower(b), "between" | "entre" | "zwischen")
                || b > 0 && matches!(atoms.lower(b - 1), "between")
        });
        if matches!(joint, "and" | "e" | "y" | "et" | "und") && !between {
            return false;
        }
        if or {
            return first.unit.is_none() && second.numeral.value == first.numeral.value + 1.0;
        }
        let same = match (first.unit, second.unit) {
            (Some(a), Some(b)) => {
                a.name == b.name || is_currency(a.name) && is_currency(b.name) && b.name.ends_with(a.name)
            }
            (None, _) => true,
            (Some(a), None) => led || between || is_currency(a.name),
        };
        let dash = matches!(joint, "-" | "–");
        if dash {
            let rising = second.value > first.value || first.numeral.scale != second.numeral.scale;
            let named = second.unit.is_some()
                || first.unit.is_some()
                || second.numeral.scaled
                || phrase(atoms, self.words, second.to, true)
                    .is_some_and(|p| is_plural(atoms.lower(p.to - 1)));
            return same && rising && named;
        }
        // `rose 5 percent to 7 percent`: a change and where it led.
        let moved = self.words.change_before(atoms, before).is_some() && !led;
        // `fell by 1 to 2 degrees` is a range, `rose by 4 to 40` a change and where it led.
        let by = matches!(atoms.lower(first.from.saturating_sub(1)), "by" | "um" | "de" | "em" | "en");
        let far = second.value > 3.0 * first.value;
        let moved = (moved && !by) || by && far && !led;
        same && !moved
            && (led || between || first.unit.is_some() || second.unit.is_some() || second.value > first.value)
    }

    /// Whether `from` or `between` stands before a measure and its modifiers.
    pub(super) fn led(&self, first: &Measure) -> bool {
        let before = self.before_modifiers(first.from);
        before.checked_sub(1).is_some_and(|b| self.words.from.contains(self.atoms.lower(b)))
    }

    /// The first piece of the modifiers before `i`.
    pub(super) fn before_modifiers(&self, mut i: usize) -> usize {
        for _ in 0..3 {
            match self.words.modifier_before(self.atoms, i) {
                Some((_, first)) => i = first,
                None => break,
            }
        }
        i
    }

    /// A share told in two numbers; gives the piece to go on from.
    pub(super) fn share_of_many(&self, first: &Measure) -> Option<(Quantity, usize)> {
        let atoms = self.atoms;
        let whole =
            |m: &Measure| m.unit.is_none() && m.value.fract() == 0.0 && m.value >= 1.0 && m.value <= WHOLE;
        if let Some(from) = self.one_noun_in(first).filter(|_| whole(first) && first.value > 1.0) {
            let share = self.share(first, 1.0 / first.value, Measure { from, ..*first });
            return Some((
                self.put_together(&share, None, phrase(atoms, self.words, from + 1, false)),
                first.to,
            ));
        }
        let between = self.ratio_place(first);
        let second = self.measure(self.words.ratio_at(atoms, between)?)?;
        // `won 3 in 7 games` is no share; in words it is: `three in seven`.
        let spelled = first.numeral.form == Form::Words && second.numeral.form == Form::Words;
        let fits = whole(first) && whole(&second) && second.value > first.value;
        if !fits || !spelled && atoms.lower(between) == "in" {
            return None;
        }
        let share = self.share(first, first.value / second.value, second);
        let counted = phrase(atoms, self.words, second.to, true);
        Some((self.put_together(&share, None, counted), second.to))
    }

    /// Where the words between part and whole may begin: behind the number, or behind its noun
    /// (`quatre logements sur dix`).
    fn ratio_place(&self, first: &Measure) -> usize {
        let atoms = self.atoms;
        let noun = atoms.is(first.to, AtomKind::Word) && atoms.lower(first.to + 1) == "sur";
        first.to + usize::from(noun && first.unit.is_none())
    }

    /// The article of `un billet sur cinq`, whose number is `first`.
    fn one_noun_in(&self, first: &Measure) -> Option<usize> {
        let atoms = self.atoms;
        let article = first.from.checked_sub(3)?;
        let ratio = self.words.ratio_at(atoms, first.from - 1) == Some(first.from);
        // `un jour sur deux` is how often, not how many.
        let noun =
            atoms.is(first.from - 2, AtomKind::Word) && self.words.unit_at(atoms, first.from - 2).is_none();
        (ratio && noun && self.numerals.is_one_before_unit(atoms.lower(article))).then_some(article)
    }

    fn share(&self, first: &Measure, value: f64, place: Measure) -> Measure {
        let numeral = Numeral { value, form: Form::Fraction, ..place.numeral };
        let from = place.from.min(first.from);
        Measure { numeral, value, from, number: from, number_end: place.number_end, ..place }
    }
}
