//! Dates in figures alone: `2025-07-13`, `13.07.2025`, `7/8/07`. Needs no language's words.

use super::meaning::{Op, Slots};
use super::pattern::Found;
use crate::extract::quantities::atoms::{AtomKind, Atoms};

/// The date in figures that begins at piece `i`. `day_first` settles `3/4/2025`; where it is
/// none, only dates that can be read one way are taken.
pub(super) fn date_in_figures(atoms: &Atoms, i: usize, day_first: Option<bool>) -> Option<Found> {
    if !atoms.is(i, AtomKind::Number) {
        return None;
    }
    let (parts, to) = dotted(atoms, i).or_else(|| separate(atoms, i))?;
    let numbers: Vec<i16> = parts.iter().map(|p| p.parse().ok()).collect::<Option<_>>()?;
    let (year, month, day) = match (parts[0].len(), parts[2].len()) {
        (4, 1..=2) => (numbers[0], numbers[1], numbers[2]),
        (1..=2, 4) => ordered(numbers[2], numbers[0], numbers[1], day_first)?,
        (1..=2, 2) => ordered(2000 + numbers[2], numbers[0], numbers[1], day_first)?,
        _ => return None,
    };
    jiff::civil::Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()?;
    let slots =
        Slots { year: Some(year), month: Some(month as i8), day: Some(day as i8), ..Slots::default() };
    Some(Found { from: i, begin: i, to, op: Op::Date, weak: false, slots })
}

fn ordered(year: i16, first: i16, second: i16, day_first: Option<bool>) -> Option<(i16, i16, i16)> {
    match (first > 12, second > 12, day_first) {
        (true, _, _) => Some((year, second, first)),
        (_, true, _) => Some((year, first, second)),
        (_, _, Some(true)) => Some((year, second, first)),
        (_, _, Some(false)) => Some((year, first, second)),
        (_, _, None) if first == second => Some((year, first, second)),
        _ => None,
    }
}

/// `13.07.2025` is one piece.
fn dotted<'t>(atoms: &Atoms<'t>, i: usize) -> Option<([&'t str; 3], usize)> {
    let mut parts = atoms.text(i).split('.');
    let found = [parts.next()?, parts.next()?, parts.next()?];
    let whole = parts.next().is_none() && found[2].len() == 4 && found.iter().all(|p| p.len() <= 4);
    whole.then_some((found, i + 1))
}

/// `2025-07-13`, `7/8/07`: five pieces, all glued.
fn separate<'t>(atoms: &Atoms<'t>, i: usize) -> Option<([&'t str; 3], usize)> {
    let mark = atoms.lower(i + 1);
    let glued = (i + 1..i + 5).all(|n| !atoms.gap(n));
    if !matches!(mark, "-" | "/") || atoms.lower(i + 3) != mark || !glued {
        return None;
    }
    let parts = [atoms.text(i), atoms.text(i + 2), atoms.text(i + 4)];
    let short = parts[2].len() == 2 && mark == "-" && parts[0].len() != 4;
    let more = !atoms.gap(i + 5) && atoms.lower(i + 5) == mark;
    (!short && !more && parts.iter().all(|p| p.bytes().all(|b| b.is_ascii_digit()))).then_some((parts, i + 5))
}
