//! Times that count from another: last, this, next; so many units on; the same month.
//!
//! Works on dates and units only.

use super::lean::Lean;
use super::meaning::{Slots, Unit};
use super::resolve::{Ground, calendar_in, day_text, monday, weekday_near, year_text};
use super::year_parts::season_year;
use jiff::ToSpan;
use jiff::civil::Date;

/// The day, week or year told last. Days far from the report are background (`since October 9,
/// 2002`), and what covers more than the unit says nothing about it; then it is the report's.
pub(super) fn same(unit: Unit, ground: Ground) -> Option<String> {
    let near = |day: Date| {
        ground.report.is_none_or(|r| unit != Unit::Day || r.duration_since(day).as_hours().abs() <= 14 * 24)
    };
    let told = ground.told.filter(|t| near(t.0) && (t.1 == Unit::Day || unit == Unit::Year));
    at_unit(unit, told.map(|t| t.0).or(ground.report), 0)
}

/// The month told last, in the year named or counted from its own: `im gleichen Monat des Vorjahres`.
pub(super) fn same_of_year(s: &Slots, ground: Ground) -> Option<String> {
    let told = ground.told.map(|t| t.0).or(ground.report)?;
    let from = ground.report.unwrap_or(told).year();
    let year = s.year.unwrap_or(from + s.direction.unwrap_or(-1) as i16);
    let day = told.with().year(year).day(1).build().ok()?;
    at_unit(s.unit.unwrap_or(Unit::Month), Some(day), 0)
}

/// Last, this and next of anything.
pub(super) fn relative(s: &Slots, ground: Ground, lean: Lean) -> Option<String> {
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

pub(super) fn weekend(report: Option<Date>, direction: i32, lean: Lean) -> String {
    let Some(report) = report else { return "XXXX-WXX-WE".to_owned() };
    // Early in a week, a weekend that has happened is the one before.
    let early = report.weekday().to_monday_one_offset() <= 2 && direction == 0 && lean == Lean::Past;
    let weeks = if early { -1 } else { direction };
    let week = report.checked_add((7 * weeks).days()).unwrap_or(report).iso_week_date();
    format!("{:04}-W{:02}-WE", week.year(), week.week())
}

/// The unit that holds a day, so many units on.
pub(super) fn at_unit(unit: Unit, day: Option<Date>, by: i32) -> Option<String> {
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

pub(super) fn open_unit(unit: Unit) -> String {
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
pub(super) fn shifted(s: &Slots, ground: Ground, by: i32) -> Option<String> {
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
pub(super) fn moved(s: &Slots, from: Option<Date>, sign: i32) -> Option<String> {
    let unit = s.unit?;
    let Some(number) = s.number.unwrap_or(Some(1.0)) else {
        return Some(if sign < 0 { "PAST_REF" } else { "FUTURE_REF" }.to_owned());
    };
    let Some(from) = from else { return Some(open_unit(unit)) };
    if !(0.0..=9_000.0).contains(&number) {
        return None;
    }
    let whole = number.floor() as i32 * sign;
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour => {
            let hours = if unit == Unit::Hour { whole } else { 0 };
            Some(day_text(from.checked_add((hours / 24).days()).ok()))
        }
        Unit::Decade => at_unit(Unit::Year, Some(from), 10 * whole),
        Unit::Century => at_unit(Unit::Year, Some(from), 100 * whole),
        unit => at_unit(unit, Some(from), whole),
    }
}
