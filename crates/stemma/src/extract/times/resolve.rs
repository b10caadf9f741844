//! [`Found`] patterns -> TIMEX3 values, against the report's date and the date told last.
//!
//! News tells the past: a bare `Thursday` is the last one on or before publication, unless the
//! words around it set it in the future. Long because one short function for each
//! operation of the tables, all on the same two dates.

use super::TimeKind;
use super::meaning::{Op, Slots, Unit};
use super::pattern::Found;
use jiff::ToSpan;
use jiff::civil::Date;

/// Which way the words around a time point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lean {
    Past,
    Future,
    Open,
}

/// The dates that a relative time can rest on.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ground {
    /// The report's date.
    pub(super) report: Option<Date>,
    /// The first day of the date told last, and how much it covers.
    pub(super) told: Option<(Date, Unit)>,
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
        Op::Clock => Some((TimeKind::Time, at_clock(s, day_of(ground, lean)))),
        Op::Part => Some((TimeKind::Time, format!("{}T{}", day_text(day_of(ground, lean)), s.part?))),
        Op::TodayPart(offset, part) => {
            let day = ground.report.and_then(|d| d.checked_add(offset.days()).ok());
            Some((TimeKind::Time, format!("{}T{part}", day_text(day))))
        }
        _ => dated(found, ground, lean),
    }
}

/// The operations that give a date, with a time of day where one was captured.
fn dated(found: &Found, ground: Ground, lean: Lean) -> Option<(TimeKind, String)> {
    let s = &found.slots;
    let text = match found.op {
        Op::Date | Op::Year => calendar(s, ground.report, lean)?,
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
        Op::Same => same(s.unit?, ground)?,
        Op::Quarter => quarter(s, ground, lean)?,
        Op::Within => within(s, ground, lean)?,
        Op::Decade => decade(s)?,
        Op::Century => format!("{:02}", s.ordinal.filter(|o| (1..=30).contains(o))? - 1),
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
    Some(match (s.clock, s.part) {
        (Some(clock), _) => (TimeKind::Time, format!("{text}{}", clock.value())),
        (None, Some(part)) => (TimeKind::Time, format!("{text}T{part}")),
        _ => (TimeKind::Date, text),
    })
}

/// The day, week or year told last. Days far from the report are background (`since October 9,
/// 2002`), and what covers more than the unit says nothing about it; then it is the report's.
fn same(unit: Unit, ground: Ground) -> Option<String> {
    let near = |day: Date| {
        ground.report.is_none_or(|r| unit != Unit::Day || r.duration_since(day).as_hours().abs() <= 14 * 24)
    };
    let told = ground.told.filter(|t| near(t.0) && (t.1 == Unit::Day || unit == Unit::Year));
    at_unit(unit, told.map(|t| t.0).or(ground.report), 0)
}

fn set(s: &Slots) -> Option<(TimeKind, String)> {
    let value = if let Some(repeated) = s.repeated {
        repeated.to_owned()
    } else if let Some(day) = s.weekday {
        let part = s.part.map_or(String::new(), |p| format!("T{p}"));
        format!("XXXX-WXX-{day}{part}")
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

fn at_clock(s: &Slots, day: Option<Date>) -> String {
    format!("{}{}", day_text(day), s.clock.map_or(String::new(), |c| c.value()))
}

/// The day that a bare time of day belongs to: the day told last, else the report's.
fn day_of(ground: Ground, _lean: Lean) -> Option<Date> {
    ground.told.filter(|t| t.1 == Unit::Day).map(|t| t.0).or(ground.report)
}

fn day_text(day: Option<Date>) -> String {
    day.map_or("XXXX-XX-XX".to_owned(), |d| d.to_string())
}

fn year_text(year: Option<i16>) -> String {
    year.map_or("XXXX".to_owned(), |y| format!("{y:04}"))
}

fn year_at(day: Option<Date>, offset: i32) -> Option<i16> {
    day.map(|d| d.year() + offset as i16)
}

fn monday(day: Date) -> Date {
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

fn calendar_in(s: &Slots, year: Option<i16>) -> Option<String> {
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
fn nearest_year(report: Date, month: i8, day: Option<i8>, lean: Lean) -> i16 {
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
fn weekday_near(report: Date, weekday: i8, lean: Lean) -> Date {
    let today = report.weekday().to_monday_one_offset();
    let back = i32::from((today - weekday).rem_euclid(7));
    let moved = match lean {
        Lean::Future if back > 0 => report.checked_add((7 - back).days()),
        _ => report.checked_sub(back.days()),
    };
    moved.unwrap_or(report)
}

/// Last, this and next of anything.
fn relative(s: &Slots, ground: Ground, lean: Lean) -> Option<String> {
    let direction = s.direction.unwrap_or(0);
    let report = ground.report;
    if let Some(unit) = s.unit {
        if unit == Unit::Weekend {
            return Some(weekend(report, direction, lean));
        }
        return at_unit(unit, report, direction);
    }
    if let Some(weekday) = s.weekday {
        let Some(report) = report else { return Some(format!("XXXX-WXX-{weekday}")) };
        let day = match direction {
            -1 => weekday_near(report.yesterday().ok()?, weekday, Lean::Past),
            1 => weekday_near(report.tomorrow().ok()?, weekday, Lean::Future),
            _ => monday(report).checked_add((i32::from(weekday) - 1).days()).ok()?,
        };
        return Some(day.to_string());
    }
    if let Some(month) = s.month {
        let year = report.map(|r| match direction {
            -1 => r.year() - i16::from(month >= r.month()),
            1 => r.year() + i16::from(month <= r.month()),
            _ => r.year(),
        });
        return calendar_in(s, year);
    }
    if let Some(season) = s.season {
        let year = match direction {
            0 => report.map(|r| r.year()),
            d => season_year(season, report, if d < 0 { Lean::Past } else { Lean::Future }),
        };
        return Some(format!("{}-{season}", year_text(year)));
    }
    s.part?;
    Some(day_text(report.and_then(|d| d.checked_add(direction.days()).ok())))
}

fn weekend(report: Option<Date>, direction: i32, lean: Lean) -> String {
    let Some(report) = report else { return "XXXX-WXX-WE".to_owned() };
    // Early in a week, a weekend that has happened is the one before.
    let early = report.weekday().to_monday_one_offset() <= 2 && direction == 0 && lean == Lean::Past;
    let weeks = if early { -1 } else { direction };
    let week = report.checked_add((7 * weeks).days()).unwrap_or(report).iso_week_date();
    format!("{:04}-W{:02}-WE", week.year(), week.week())
}

/// The year of a season told without one: the last that has begun, or the next.
fn season_year(season: &str, report: Option<Date>, lean: Lean) -> Option<i16> {
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

/// The unit that holds a day, so many units on.
fn at_unit(unit: Unit, day: Option<Date>, by: i32) -> Option<String> {
    let Some(day) = day else { return Some(open_unit(unit)) };
    let to = |span: jiff::Span| day.checked_add(span).ok();
    Some(match unit {
        Unit::Second | Unit::Minute | Unit::Hour => return None,
        Unit::Day => day_text(to(by.days())),
        Unit::Weekend => weekend(Some(day), by, Lean::Open),
        Unit::Week | Unit::Fortnight => {
            let weeks = if unit == Unit::Week { by } else { 2 * by };
            let week = to(weeks.weeks())?.iso_week_date();
            format!("{:04}-W{:02}", week.year(), week.week())
        }
        Unit::Month => {
            let day = to(by.months())?;
            format!("{:04}-{:02}", day.year(), day.month())
        }
        Unit::Quarter => {
            let day = to((3 * by).months())?;
            format!("{:04}-Q{}", day.year(), (day.month() + 2) / 3)
        }
        Unit::Half => {
            let day = to((6 * by).months())?;
            format!("{:04}-H{}", day.year(), if day.month() <= 6 { 1 } else { 2 })
        }
        Unit::Year => format!("{:04}", to(by.years())?.year()),
        Unit::Decade => format!("{:03}", to((10 * by).years())?.year() / 10),
        Unit::Century => format!("{:02}", to((100 * by).years())?.year() / 100),
    })
}

fn open_unit(unit: Unit) -> String {
    match unit {
        Unit::Weekend => "XXXX-WXX-WE",
        Unit::Week | Unit::Fortnight => "XXXX-WXX",
        Unit::Month => "XXXX-XX",
        Unit::Quarter => "XXXX-QX",
        Unit::Half => "XXXX-HX",
        Unit::Year => "XXXX",
        Unit::Decade => "XXX",
        Unit::Century => "XX",
        _ => "XXXX-XX-XX",
    }
    .to_owned()
}

/// `the following day`, `the previous year`: from the date told last.
fn shifted(s: &Slots, ground: Ground, by: i32) -> Option<String> {
    let from = ground.told.map(|t| t.0).or(ground.report);
    if let Some(weekday) = s.weekday {
        let Some(from) = from else { return Some(format!("XXXX-WXX-{weekday}")) };
        return Some(if by > 0 {
            weekday_near(from.tomorrow().ok()?, weekday, Lean::Future).to_string()
        } else {
            weekday_near(from.yesterday().ok()?, weekday, Lean::Past).to_string()
        });
    }
    if let Some(month) = s.month {
        let year = from.map(|f| {
            if by < 0 {
                f.year() - i16::from(month >= f.month())
            } else {
                f.year() + i16::from(month <= f.month())
            }
        });
        return calendar_in(s, year);
    }
    at_unit(s.unit?, from, by)
}

/// So many units from a day, at the grain of the unit.
fn moved(s: &Slots, from: Option<Date>, sign: i32) -> Option<String> {
    let unit = s.unit?;
    let Some(number) = s.number.unwrap_or(Some(1.0)) else {
        return Some(if sign < 0 { "PAST_REF" } else { "FUTURE_REF" }.to_owned());
    };
    let Some(from) = from else { return Some(open_unit(unit)) };
    if !(0.0..=9_000.0).contains(&number) {
        return None;
    }
    let whole = number.floor() as i32 * sign;
    // Weeks are told to the day: `a week ago` is a day of last week.
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour => {
            let hours = if unit == Unit::Hour { whole } else { 0 };
            Some(day_text(from.checked_add((hours / 24).days()).ok()))
        }
        Unit::Week => Some(day_text(from.checked_add((7 * whole).days()).ok())),
        Unit::Fortnight => Some(day_text(from.checked_add((14 * whole).days()).ok())),
        Unit::Decade => at_unit(Unit::Year, Some(from), 10 * whole),
        Unit::Century => at_unit(Unit::Year, Some(from), 100 * whole),
        unit => at_unit(unit, Some(from), whole),
    }
}

/// Quarters and halves: of a named year, of a relative one, or the last one begun.
fn quarter(s: &Slots, ground: Ground, lean: Lean) -> Option<String> {
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
fn within(s: &Slots, ground: Ground, lean: Lean) -> Option<String> {
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

/// `1980s` is `198`; `80s`, `eighties` those of the last century.
fn decade(s: &Slots) -> Option<String> {
    if let Some(year) = s.year {
        return (year % 10 == 0).then(|| format!("{}", year / 10));
    }
    let two =
        s.decade.or_else(|| s.number.flatten().map(|n| n as i32)).filter(|t| t % 10 == 0 && *t < 100)?;
    let century = if two < 30 { 20 } else { 19 };
    Some(format!("{century}{}", two / 10))
}

/// A feast of a named year, or the nearest one as the words lean.
fn feast(s: &Slots, report: Option<Date>, lean: Lean) -> Option<String> {
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
