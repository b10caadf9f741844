//! The rise or fall that a number measures: `rose by nearly 5 percent`, `um 5 Prozent gestiegen`.
//!
//! Looks at the words of the number's own clause only.

use super::atoms::AtomKind;
use super::near::{Near, near};
use super::numerals::Form;
use super::scan::{Measure, Scanner};
use super::words::{Role, is_currency};

/// How many pieces of its clause may stand between a number and its word of change.
///
/// A time and a place fit in; further off begins another statement as often as not.
const CLAUSE: usize = 8;

impl Scanner<'_, '_> {
    /// The word of change that the number measures: `rose by nearly 5 percent`, `+0.2%`.
    pub(super) fn change_of(&self, first: &Measure, last: &Measure) -> Option<(Role, usize)> {
        let atoms = self.atoms;
        let before = first.from.checked_sub(1)?;
        // `rose from 5 to 7` tells where it began and ended, not by how much it rose.
        if first.number != last.number && self.led(first) {
            return None;
        }
        let unit = last.unit.or(first.unit);
        let moving =
            unit.is_some_and(|u| u.name == "percent" || u.name.ends_with("point") || is_currency(u.name));
        if moving && atoms.lower(before) == "+" && !atoms.gap(first.from) {
            return Some((Role::Up, before));
        }
        let mut at = first.from;
        for _ in 0..4 {
            if let Some((role, start)) = self.words.change_before(atoms, at) {
                let shares = self.words.share.contains(atoms.lower(at - 1));
                let counts = unit.is_none() && first.numeral.form != Form::Punctuated;
                let particle = matches!(atoms.lower(at - 1), "up" | "down");
                let verb = start
                    .checked_sub(1)
                    .is_some_and(|v| atoms.is(v, AtomKind::Word) && !is_copula(atoms.lower(v)));
                // `lost 3 games`, `gave up 500 yards` change no figure.
                let idle = shares && !moving
                    || counts && at == first.from && !particle
                    || particle && verb && !moving;
                return (!idle).then_some((role, start));
            }
            let Some(next) = self.words.between_before(atoms, at) else { break };
            at = next;
        }
        self.change_of_size(first, last, moving)
    }

    /// The word of change further off, where a word shows that the number is its size: `sank im
    /// November um 0,2 Punkte`, `um 5 Prozent gestiegen`.
    fn change_of_size(&self, first: &Measure, last: &Measure, moving: bool) -> Option<(Role, usize)> {
        let atoms = self.atoms;
        let lead = self.before_modifiers(first.from);
        let sized = lead.checked_sub(1).is_some_and(|b| self.words.size.contains(atoms.lower(b)));
        let role_behind = |at: usize| {
            let short = atoms.lower(at).len() <= 3 && atoms.is(at + 1, AtomKind::Word);
            self.words.change_behind(atoms, at).filter(|_| !short)
        };
        if !sized {
            return role_behind(last.to).filter(|_| moving).map(|role| (role, first.from));
        }
        let clause =
            |i: &usize| atoms.together(*i, first.from) && !matches!(atoms.lower(*i), "," | "." | ";" | ":");
        let behind = (last.to..last.to + CLAUSE).take_while(clause).find_map(role_behind);
        if let Some(role) = behind {
            return Some((role, first.from));
        }
        let free = |i: &usize| clause(i) && (!atoms.is(*i, AtomKind::Number) || self.is_date(*i));
        let back = (1..=CLAUSE).map_while(|n| lead.checked_sub(n)).take_while(free);
        back.filter_map(|i| self.words.change_before(atoms, i)).map(|(role, _)| (role, lead - 1)).next()
    }
}

fn is_copula(word: &str) -> bool {
    near(word, Near::Copula)
}
