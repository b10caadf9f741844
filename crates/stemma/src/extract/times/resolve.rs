//! [`Found`] patterns -> TIMEX3 values, against the report's date and the date told last.
//!
//! News tells the past: a bare `Thursday` is the last one on or before publication, unless the
//! words around it set it in the future.

use super::TimeKind;
use super::lean::Lean;
use super::meaning::{Op, Slots, Unit};
use super::pattern::Found;
use super::relative::{moved, relative, same, same_of_year, shifted};
use super::year_parts::{decade, feast, quarter, season_year, within};
use jiff::ToSpan;
use jiff::civil::Date;

/// The dates that a relative time can rest on.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ground {
    /// The report's date.
    pub(super) report: Option<Date>,
    /// The first day of the date told last, and how much it covers.
    pub(super) told: Option<(Date, Unit)>,
    /// The same in an undated report, if it was told in this sentence or the one before.
    pub(super) beside: Option<(Date, Unit)>,
}

/// The type and value of a pattern; none if its parts make no date.
pub(super) fn value(found: &Found, ground: Ground, lean: Lean) -> Option<(TimeKind, String)> {
    let s = &found.slots;
    let date = |value: String| Some((TimeKind::Date, value));
    match found.op {
        Op::Reference("") => s.reference.and_then(|r| date(r.to_owned())),
        Op::Reference(value) => date(value.to_owned()),
        Op::Length => {
            let number = s.number.unwrap_or((!s.plural).then_some(1.0));
            Some((TimeKind::Duration, s.unit?.length(number)))
        }
        Op::Open => Some((TimeKind::Duration, s.unit?.length(None))),
        Op::Set => set(s),
        Op::Rate => Some((TimeKind::Set, s.unit?.length(Some(1.0)))),
        Op::Clock | Op::Hour | Op::Part => Some(timed(s, day_text(day_of(ground)))),
        _ => dated(found, ground, lean),
    }
}

/// The operations that give a date, with a time of day where one was captured.
fn dated(found: &Found, ground: Ground, lean: Lean) -> Option<(TimeKind, String)> {
    let s = &found.slots;
    let text = match found.op {
        Op::Date | Op::Year => {
            let beside = ground.beside.and_then(|told| calendar_beside(s, told));
            beside.or_else(|| calendar(s, ground.report, lean))?
        }
        Op::DateOfYear => {
            let year = year_at(ground.report, s.direction.unwrap_or(0));
            calendar_in(s, year)?
        }
        Op::DayOfWeek => {
            let week = ground.report.and_then(|d| d.checked_add((7 * s.direction.unwrap_or(0)).days()).ok());
            match week.map(|d| monday(d).checked_add((i32::from(s.weekday?) - 1).days()).ok()) {
                Some(day) => day_text(day),
                None => format!("XXXX-WXX-{}", s.weekday?),
            }
        }
        Op::Relative => relative(s, ground, lean)?,
        Op::Shift(by) => shifted(s, ground, by)?,
        Op::Deictic => day_text(ground.report.and_then(|d| d.checked_add(s.offset?.days()).ok())),
        Op::Ago => moved(s, ground.report, -1)?,
        Op::Ahead => moved(s, ground.report, 1)?,
        Op::Earlier => moved(s, ground.told.map(|t| t.0).or(ground.report), -1)?,
        Op::Later => moved(s, ground.told.map(|t| t.0).or(ground.report), 1)?,
        Op::Eve => match calendar(s, ground.report, lean).and_then(|day| day.parse::<Date>().ok()) {
            Some(day) => day_text(day.yesterday().ok()),
            None => day_text(None),
        },
        Op::Same => same(s.unit?, ground)?,
        Op::SameOfYear => same_of_year(s, ground)?,
        Op::Quarter => quarter(s, ground, lean)?,
        Op::Within => within(s, ground, lean)?,
        Op::Decade => decade(s)?,
        Op::Century => {
            let count = s.ordinal.or_else(|| s.number.flatten().map(|n| n as i32));
            format!("{:02}", count.filter(|o| (1..=30).contains(o))? - 1)
        }
        Op::Feast => feast(s, ground.report, lean)?,
        Op::Fiscal => match (s.year, s.direction) {
            (Some(year), _) => format!("FY{year}"),
            (None, direction) => format!("FY{}", year_text(year_at(ground.report, direction.unwrap_or(0)))),
        },
        Op::Season => {
            let year = s.year.or_else(|| year_at(ground.report, s.direction?));
            let year = year.or_else(|| season_year(s.season?, ground.report, lean));
            format!("{}-{}", year_text(year), s.season?)
        }
        _ => return None,
    };
    Some(timed(s, text))
}

/// A date with the time of day that was captured with it.
fn timed(s: &Slots, date: String) -> (TimeKind, String) {
    match (s.clock, s.part) {
        (Some(clock), part) => {
            let clock = part.map_or(clock, |part| clock.in_part(part));
            (TimeKind::Time, format!("{date}{}", clock.value()))
        }
        (None, Some(part)) => (TimeKind::Time, format!("{date}T{part}")),
        _ => (TimeKind::Date, date),
    }
}

fn set(s: &Slots) -> Option<(TimeKind, String)> {
    let value = if let Some(repeated) = s.repeated {
        repeated.to_owned()
    } else if let (Some(_), Some(unit)) = (s.ordinal, s.unit) {
        // `every first Monday of the month`
        unit.length(Some(1.0))
    } else if let Some(day) = s.weekday {
        timed(s, format!("XXXX-WXX-{day}")).1
    } else if let Some(month) = s.month {
        format!("XXXX-{month:02}")
    } else if let Some(season) = s.season {
        format!("XXXX-{season}")
    } else if let Some(part) = s.part {
        format!("XXXX-XX-XXT{part}")
    } else if s.unit == Some(Unit::Weekend) {
        "XXXX-WXX-WE".to_owned()
    } else {
        s.unit?.length(s.number.unwrap_or(Some(1.0)))
    };
    Some((TimeKind::Set, value))
}

/// The day that a bare time of day belongs to: the day told last, else the report's.
fn day_of(ground: Ground) -> Option<Date> {
    ground.told.filter(|t| t.1 == Unit::Day).map(|t| t.0).or(ground.report)
}

pub(super) fn day_text(day: Option<Date>) -> String {
    day.map_or("XXXX-XX-XX".to_owned(), |d| d.to_string())
}

pub(super) fn year_text(year: Option<i16>) -> String {
    year.map_or("XXXX".to_owned(), |y| format!("{y:04}"))
}

pub(super) fn year_at(day: Option<Date>, offset: i32) -> Option<i16> {
    day.map(|d| d.year() + offset as i16)
}

pub(super) fn monday(day: Date) -> Date {
    let back = i32::from(day.weekday().to_monday_zero_offset());
    day.checked_sub(back.days()).unwrap_or(day)
}

/// A date as far as it is named; a missing year comes from the report's date.
fn calendar(s: &Slots, report: Option<Date>, lean: Lean) -> Option<String> {
    match (s.year, s.month, s.day, s.weekday) {
        (Some(_), ..) => calendar_in(s, s.year),
        (None, Some(month), day, _) => {
            let year = report.map(|r| nearest_year(r, month, day, lean));
            calendar_in(s, year.filter(|y| day.is_none_or(|d| Date::new(*y, month, d).is_ok())))
        }
        (None, None, Some(day), _) => {
            // A day of the month alone: `the 5th`.
            let month = report?;
            let same = Date::new(month.year(), month.month(), day).ok();
            let picked = match (same, lean) {
                (Some(d), Lean::Future) if d < month => d.checked_add(1.month()).ok(),
                (Some(d), Lean::Past) if d > month => d.checked_sub(1.month()).ok(),
                (d, _) => d,
            };
            picked.map(|d| d.to_string())
        }
        (None, None, None, Some(weekday)) => Some(match report {
            Some(report) => day_text(Some(weekday_near(report, weekday, lean))),
            None => format!("XXXX-WXX-{weekday}"),
        }),
        _ => None,
    }
}

/// A month or day without its year, or a weekday, in the year or week of a date told just before:
/// `It sank on 12 March 2014. On the Friday` names the nearest one, whichever side.
fn calendar_beside(s: &Slots, (told, unit): (Date, Unit)) -> Option<String> {
    match (s.year, s.month, s.day, s.weekday) {
        (None, Some(month), day, _) => {
            let year = match unit {
                Unit::Year => told.year(),
                // A bare month stands by its middle: what is told on may lie on either side.
                _ => nearest_year(told, month, day.or(Some(15)), Lean::Open),
            };
            calendar_in(s, Some(year))
        }
        (None, None, None, Some(weekday)) if unit == Unit::Day => {
            let before = weekday_near(told, weekday, Lean::Past);
            let near = told.duration_since(before).as_hours() / 24 <= 3;
            let day = if near { before } else { before.checked_add(7.days()).ok()? };
            Some(day.to_string())
        }
        _ => None,
    }
}

pub(super) fn calendar_in(s: &Slots, year: Option<i16>) -> Option<String> {
    let text = year_text(year);
    Some(match (s.month, s.day) {
        (Some(month), Some(day)) => {
            // A leap year stands in for an unknown one.
            Date::new(year.unwrap_or(2000), month, day).ok()?;
            format!("{text}-{month:02}-{day:02}")
        }
        (Some(month), None) => format!("{text}-{month:02}"),
        _ => text,
    })
}

/// The year of a month or day told without one.
///
/// With no word about the direction, a day takes the year that brings it nearest, a month the past.
pub(super) fn nearest_year(report: Date, month: i8, day: Option<i8>, lean: Lean) -> i16 {
    let key = (month, day.unwrap_or(0));
    let now = (report.month(), if day.is_some() { report.day() } else { 0 });
    let distance = i32::from(month) * 30 + i32::from(key.1) - i32::from(now.0) * 30 - i32::from(now.1);
    let year = report.year();
    match lean {
        Lean::Future if key < now => year + 1,
        Lean::Past if key > now => year - 1,
        Lean::Open if day.is_none() && key > now => year - 1,
        Lean::Open if distance > 180 => year - 1,
        Lean::Open if distance < -180 => year + 1,
        _ => year,
    }
}

/// The weekday on or before the report, or on or after it where the words lean to the future.
pub(super) fn weekday_near(report: Date, weekday: i8, lean: Lean) -> Date {
    let today = report.weekday().to_monday_one_offset();
    let back = i32::from((today - weekday).rem_euclid(7));
    let moved = match lean {
        Lean::Future if back > 0 => report.checked_add((7 - back).days()),
        _ => report.checked_sub(back.days()),
    };
    moved.unwrap_or(report)
}
