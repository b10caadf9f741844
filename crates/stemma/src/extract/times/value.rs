//! TIMEX3 values as sets of days: which days a value covers, and whether two can both hold.
//!
//! Works on the value's text alone; knows no report and no language.

use jiff::civil::{Date, Weekday};

/// The first and last day that a TIMEX3 date value covers.
///
/// Durations, open values (`XXXX-06`) and references (`PAST_REF`) have none. Times of day and
/// parts of the day cover their day.
///
/// ```
/// use stemma::extract::times::interval;
/// let (first, last) = interval("2022-02").unwrap();
/// assert_eq!((first.to_string(), last.to_string()), ("2022-02-01".into(), "2022-02-28".into()));
/// assert_eq!(interval("XXXX-WXX-6"), None);
/// ```
pub fn interval(value: &str) -> Option<(Date, Date)> {
    let value = value.strip_prefix("FY").unwrap_or(value);
    let value = value.split('T').next().unwrap_or("");
    if !value.is_ascii() || value.is_empty() || value.starts_with('P') {
        return None;
    }
    let (year, rest) = value.split_once('-').unwrap_or((value, ""));
    if year.is_empty() || !year.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i16 = year.parse().ok()?;
    match (year.len(), rest) {
        (2, "") => years(number * 100, number * 100 + 99),
        (3, "") => years(number * 10, number * 10 + 9),
        (4, "") => years(number, number),
        (4, rest) => inside(number, rest),
        _ => None,
    }
}

fn years(first: i16, last: i16) -> Option<(Date, Date)> {
    Some((Date::new(first, 1, 1).ok()?, Date::new(last, 12, 31).ok()?))
}

/// What stands behind `YYYY-`.
fn inside(year: i16, rest: &str) -> Option<(Date, Date)> {
    let months = |first: i8, count: i8| {
        let start = Date::new(year, first, 1).ok()?;
        let end = start.checked_add(jiff::Span::new().months(i64::from(count))).ok()?.yesterday().ok()?;
        Some((start, end))
    };
    match rest {
        "SP" => return months(3, 3),
        "SU" => return months(6, 3),
        "FA" => return months(9, 3),
        "WI" => return months(12, 3),
        "H1" => return months(1, 6),
        "H2" => return months(7, 6),
        _ => {}
    }
    if let Some(quarter) = rest.strip_prefix('Q') {
        let q: i8 = quarter.parse().ok().filter(|q| (1..=4).contains(q))?;
        return months(q * 3 - 2, 3);
    }
    if let Some(week) = rest.strip_prefix('W') {
        return week_days(year, week);
    }
    let (month, day) = match rest.split_once('-') {
        Some((m, d)) if d != "XX" => (m, Some(d)),
        Some((m, _)) => (m, None),
        None => (rest, None),
    };
    let month: i8 = month.parse().ok().filter(|m| (1..=12).contains(m))?;
    match day {
        None => months(month, 1),
        Some(day) => {
            let day = Date::new(year, month, day.parse().ok()?).ok()?;
            Some((day, day))
        }
    }
}

/// `09`, `09-6`, `09-WE`
fn week_days(year: i16, week: &str) -> Option<(Date, Date)> {
    let (number, day) = week.split_once('-').unwrap_or((week, ""));
    let number: i8 = number.parse().ok()?;
    let on = |day: Weekday| jiff::civil::ISOWeekDate::new(year, number, day).ok().map(|d| d.date());
    let (first, last) = match day {
        "" | "XX" => (Weekday::Monday, Weekday::Sunday),
        "WE" => (Weekday::Saturday, Weekday::Sunday),
        day => {
            let day = Weekday::from_monday_one_offset(day.parse().ok()?).ok()?;
            (day, day)
        }
    };
    Some((on(first)?, on(last)?))
}

/// Whether two TIMEX3 values can both be true of one happening: one may be coarser than the
/// other, and open parts agree with anything.
///
/// ```
/// use stemma::extract::times::compatible;
/// assert!(compatible("2022-02", "2022-02-24"));
/// assert!(compatible("XXXX-WXX-6", "2025-07-12"));
/// assert!(!compatible("XXXX-WXX-6", "2025-07-11"));
/// assert!(!compatible("2024-06", "2015"));
/// ```
pub fn compatible(a: &str, b: &str) -> bool {
    if a == b || is_reference(a) || is_reference(b) {
        return true;
    }
    match (a.starts_with('P'), b.starts_with('P')) {
        (true, true) => return lengths_agree(a, b),
        (false, false) => {}
        _ => return false,
    }
    if let (Some((a0, a1)), Some((b0, b1))) = (interval(a), interval(b)) {
        let (wide, narrow) = if a1.duration_since(a0) >= b1.duration_since(b0) {
            ((a0, a1), (b0, b1))
        } else {
            ((b0, b1), (a0, a1))
        };
        return wide.0 <= narrow.1 && narrow.0 <= wide.1 && parts_of_day_agree(a, b);
    }
    open_parts_agree(a, b) && parts_of_day_agree(a, b)
}

fn is_reference(value: &str) -> bool {
    value.ends_with("_REF") || value.is_empty()
}

/// Durations agree when they are equal in days, or one is of unknown number.
fn lengths_agree(a: &str, b: &str) -> bool {
    if a.contains('X') || b.contains('X') {
        return true;
    }
    match (days(a), days(b)) {
        (Some(a), Some(b)) => (a - b).abs() <= 0.02 * f64::max(a, b),
        _ => false,
    }
}

/// The length of a duration value in days, months and years at their mean lengths.
pub(super) fn days(value: &str) -> Option<f64> {
    let mut rest = value.strip_prefix('P')?;
    let (mut total, mut in_time) = (0.0, false);
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('T') {
            (rest, in_time) = (after, true);
            continue;
        }
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let number: f64 = rest[..end].parse().ok()?;
        let unit_end =
            rest[end..].find(|c: char| c.is_ascii_digit() || c == 'T').map_or(rest.len(), |i| end + i);
        total += number
            * match (&rest[end..unit_end], in_time) {
                ("S", true) => 1.0 / 86_400.0,
                ("M", true) => 1.0 / 1_440.0,
                ("H", true) => 1.0 / 24.0,
                ("D", false) => 1.0,
                ("W", false) => 7.0,
                ("M", false) => 365.2425 / 12.0,
                ("Q", false) => 365.2425 / 4.0,
                ("Y", false) => 365.2425,
                ("DE", false) => 3_652.425,
                ("CE", false) => 36_524.25,
                _ => return None,
            };
        rest = &rest[unit_end..];
    }
    Some(total)
}

/// A value in parts; none where open.
#[derive(Default)]
struct Parts {
    year: Option<i16>,
    months: Option<(i8, i8)>,
    day: Option<i8>,
    weekday: Option<(i8, i8)>,
}

fn open_parts_agree(a: &str, b: &str) -> bool {
    let (a, b) = (parts(a), parts(b));
    let equal = |x: Option<i16>, y: Option<i16>| x.zip(y).is_none_or(|(x, y)| x == y);
    let meets = |x: Option<(i8, i8)>, y: Option<(i8, i8)>| {
        x.zip(y).is_none_or(|(x, y)| {
            let holds =
                |m: i8, r: (i8, i8)| if r.0 <= r.1 { r.0 <= m && m <= r.1 } else { m >= r.0 || m <= r.1 };
            holds(x.0, y) || holds(y.0, x)
        })
    };
    equal(a.year, b.year)
        && meets(a.months, b.months)
        && equal(a.day.map(i16::from), b.day.map(i16::from))
        && meets(a.weekday, b.weekday)
}

fn parts(value: &str) -> Parts {
    let whole = value.split('T').next().unwrap_or("");
    if let Some((first, last)) = interval(whole) {
        let one_day = first == last;
        let weekday = one_day.then(|| {
            let day = first.weekday().to_monday_one_offset();
            (day, day)
        });
        let one_year = first.year() == last.year();
        return Parts {
            year: one_year.then_some(first.year()),
            months: Some((first.month(), last.month())),
            day: one_day.then_some(first.day()),
            weekday: weekday.or(whole.ends_with("-WE").then_some((6, 7))),
        };
    }
    let mut pieces = whole.strip_prefix("FY").unwrap_or(whole).split('-');
    let mut found = Parts { year: pieces.next().and_then(|y| y.parse().ok()), ..Parts::default() };
    match pieces.next() {
        Some("SP") => found.months = Some((3, 6)),
        Some("SU") => found.months = Some((6, 9)),
        Some("FA") => found.months = Some((9, 12)),
        Some("WI") => found.months = Some((12, 3)),
        Some("H1") => found.months = Some((1, 6)),
        Some("H2") => found.months = Some((7, 12)),
        Some(q) if q.starts_with('Q') => {
            found.months =
                q[1..].parse::<i8>().ok().filter(|q| (1..=4).contains(q)).map(|q| (q * 3 - 2, q * 3));
        }
        Some(w) if w.starts_with('W') => {
            found.weekday = match pieces.next() {
                Some("WE") => Some((6, 7)),
                Some(day) => day.parse().ok().map(|d| (d, d)),
                None => None,
            };
        }
        Some(month) => {
            found.months = month.parse().ok().map(|m| (m, m));
            found.day = pieces.next().and_then(|d| d.parse().ok());
        }
        None => {}
    }
    found
}

/// `TMO` and `TNI` cannot both hold; a clock time agrees with the part of day that it lies in.
fn parts_of_day_agree(a: &str, b: &str) -> bool {
    let hours = |value: &str| -> Option<(i8, i8)> {
        let (_, time) = value.split_once('T')?;
        Some(match time {
            "MO" => (0, 12),
            "AF" | "MI" => (12, 19),
            "EV" => (16, 24),
            "NI" => (18, 30),
            "DT" => (6, 20),
            clock => {
                let hour: i8 = clock.get(..2)?.parse().ok()?;
                (hour, hour)
            }
        })
    };
    hours(a).zip(hours(b)).is_none_or(|(x, y)| {
        let (x_clock, y_clock) = (x.0 == x.1, y.0 == y.1);
        let clocks = x_clock && y_clock;
        let wrapped = |h: (i8, i8)| (h.0 + 24, h.1 + 24);
        let meets = |x: (i8, i8), y: (i8, i8)| x.0 <= y.1 && y.0 <= x.1;
        if clocks {
            minutes(a).zip(minutes(b)).map_or(x == y, |(m, n)| (m - n).abs() <= SAME_MINUTES)
        } else {
            meets(x, y) || x_clock && meets(wrapped(x), y) || y_clock && meets(x, wrapped(y))
        }
    })
}

/// Minutes that two tellings of one clock time may lie apart: one of them rounds.
const SAME_MINUTES: i32 = 10;

/// The minute of the day of a clock time, where it is told to the minute.
fn minutes(value: &str) -> Option<i32> {
    let (_, time) = value.split_once('T')?;
    let (hour, minute) = time.split_once(':')?;
    Some(hour.parse::<i32>().ok()? * 60 + minute.get(..2)?.parse::<i32>().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, days: &str) {
        let found = interval(value).map_or("open".to_owned(), |(a, b)| format!("{a}..{b}"));
        assert_eq!(found, days, "{value}");
    }

    #[test]
    fn values_cover_their_days() {
        check("2024-02", "2024-02-01..2024-02-29");
        check("2024", "2024-01-01..2024-12-31");
        check("198", "1980-01-01..1989-12-31");
        check("19", "1900-01-01..1999-12-31");
        check("2008-Q4", "2008-10-01..2008-12-31");
        check("2008-WI", "2008-12-01..2009-02-28");
        check("2008-W42-WE", "2008-10-18..2008-10-19");
        check("2008-W42", "2008-10-13..2008-10-19");
        check("2010-07-16TMO", "2010-07-16..2010-07-16");
        check("2011-06-XX", "2011-06-01..2011-06-30");
        for open in
            ["XXXX-06", "P3D", "PAST_REF", "", "2024-13", "9999999999", "2024-02-30", "日", "XXXX-WXX-6"]
        {
            check(open, "open");
        }
    }

    #[test]
    fn coarse_and_open_values_agree() {
        for (a, b, can) in [
            ("2022-02", "2022-02-24", true),
            ("2022", "2022-W08", true),
            ("2022-02", "2022-03", false),
            ("XXXX-06", "2024-06-19", true),
            ("XXXX-06", "2024-07", false),
            ("XXXX-WXX-WE", "2025-07-12", true),
            ("XXXX-WXX-WE", "2025-07-11", false),
            ("XXXX-SU", "2025-07", true),
            ("XXXX-WI", "2025-01-03", true),
            ("P24M", "P2Y", true),
            ("P3Y", "P2Y", false),
            ("P1Y", "2022", false),
            ("PXY", "P3Y", true),
            ("PAST_REF", "2020", true),
            ("2022-02-24TMO", "2022-02-24TNI", false),
            ("2022-02-24TNI", "2022-02-24T02:00", true),
        ] {
            assert_eq!(compatible(a, b), can, "{a} {b}");
            assert_eq!(compatible(b, a), can, "{b} {a}");
        }
    }
}
