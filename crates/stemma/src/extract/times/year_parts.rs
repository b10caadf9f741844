//! Parts of a year and what holds years: quarters, seasons, feasts, decades.
//!
//! Works on dates and captured parts only.

use super::lean::Lean;
use super::meaning::{Slots, Unit};
use super::relative::{at_unit, open_unit};
use super::resolve::{Ground, day_text, nearest_year, year_at, year_text};
use jiff::ToSpan;
use jiff::civil::Date;

/// The year of a season told without one: the last that has begun, or the next.
pub(super) fn season_year(season: &str, report: Option<Date>, lean: Lean) -> Option<i16> {
    let report = report?;
    let begins: i8 = match season {
        "SP" => 3,
        "SU" => 6,
        "FA" => 9,
        _ => 12,
    };
    Some(match lean {
        Lean::Future if report.month() >= begins + 3 => report.year() + 1,
        Lean::Future => report.year(),
        _ if report.month() < begins => report.year() - 1,
        _ => report.year(),
    })
}

/// Quarters and halves: of a named year, of a relative one, or the last one begun.
pub(super) fn quarter(s: &Slots, ground: Ground, lean: Lean) -> Option<String> {
    let half = s.unit == Some(Unit::Half) || s.quarter.is_some_and(|q| q > 10);
    let number = s.ordinal.or(s.quarter.map(|q| q % 10))?;
    let letter = if half { 'H' } else { 'Q' };
    let months = if half { 6 } else { 3 };
    let number = if number < 0 { 12 / months } else { number };
    if !(1..=12 / months).contains(&number) {
        return None;
    }
    let year = s.year.or_else(|| year_at(ground.report, s.direction?)).or_else(|| {
        let report = ground.report?;
        let begins = (number - 1) * months + 1;
        let late = i32::from(report.month()) < begins;
        Some(match lean {
            Lean::Future => report.year() + i16::from(begins + months <= i32::from(report.month())),
            _ => report.year() - i16::from(late),
        })
    });
    Some(format!("{}-{letter}{number}", year_text(year)))
}

/// `the last week of March`, `the first day of 2009`.
pub(super) fn within(s: &Slots, ground: Ground, lean: Lean) -> Option<String> {
    let number = s.ordinal.or(s.direction)?;
    let year = s.year.or_else(|| ground.report.map(|r| nearest_year(r, s.month.unwrap_or(1), None, lean)));
    let Some(year) = year else { return Some(open_unit(s.unit?)) };
    let month = s.month.unwrap_or(if number < 0 { 12 } else { 1 });
    let first = Date::new(year, month, 1).ok()?;
    let day = match (s.unit?, number) {
        (Unit::Day, -1) => first.last_of_month(),
        (Unit::Week, -1) => first.last_of_month().checked_sub(3.days()).ok()?,
        (Unit::Day, n) => first.checked_add((n - 1).days()).ok()?,
        (Unit::Week, n) => first.checked_add((7 * (n - 1) + 3).days()).ok()?,
        _ => return None,
    };
    at_unit(s.unit?, Some(day), 0)
}

/// `1980s` is `198`; `80s`, `eighties` those of the last century, `10s` of this one.
pub(super) fn decade(s: &Slots) -> Option<String> {
    let figures = s.number.flatten().filter(|n| (1000.0..2100.0).contains(n)).map(|n| n as i16);
    if let Some(year) = s.year.or(figures) {
        return (year % 10 == 0).then(|| format!("{}", year / 10));
    }
    let two =
        s.decade.or_else(|| s.number.flatten().map(|n| n as i32)).filter(|t| t % 10 == 0 && *t < 100)?;
    let century = if two < 20 { 20 } else { 19 };
    Some(format!("{century}{}", two / 10))
}

/// A feast of a named year, or the nearest one as the words lean.
pub(super) fn feast(s: &Slots, report: Option<Date>, lean: Lean) -> Option<String> {
    let code = s.feast?;
    let on = |year: i16| -> Option<Date> {
        if code < 1_500 {
            return Date::new(year, (code / 100) as i8, (code % 100) as i8).ok();
        }
        easter(year)?.checked_add((code - 2_000).days()).ok()
    };
    let day = match (s.year.or_else(|| year_at(report, s.direction?)), report) {
        (Some(year), _) => on(year),
        (None, Some(report)) => {
            let this = on(report.year())?;
            match lean {
                Lean::Past if this > report => on(report.year() - 1),
                Lean::Future if this < report => on(report.year() + 1),
                _ => Some(this),
            }
        }
        (None, None) if code < 1_500 => return Some(format!("XXXX-{:02}-{:02}", code / 100, code % 100)),
        (None, None) => None,
    };
    Some(day_text(day))
}

/// Easter Sunday by the Gregorian reckoning (Meeus, Astronomical Algorithms, 1991).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let whole = h + l - 7 * m + 114;
    Date::new(year, (whole / 31) as i8, (whole % 31 + 1) as i8).ok()
}
