//! A value and what the words around it leave open -> EDTF (ISO 8601-2:2019, levels 0 to 2).
//!
//! Works on the value's text alone. TIMEX3 says which day, month or year is meant; EDTF also
//! says `about`, `perhaps`, `since`, `until`, `early in`.

use super::value::interval;
use jiff::civil::Date;

/// What the words around a date leave open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    /// `about 2015`
    About,
    /// `perhaps in June`
    Perhaps,
    /// `since June`: it and all behind it.
    Since,
    /// `until June`, `by June`: it and all before it.
    Until,
    /// `before June`: all before it.
    Before,
    /// `after June`: all behind it.
    After,
    /// `early 2015`
    Start,
    /// `mid-2015`
    Middle,
    /// `late 2015`
    End,
}

impl Bound {
    /// Reads a table's name of a bound.
    pub(super) fn parse(name: &str) -> Option<Bound> {
        Some(match name {
            "about" => Bound::About,
            "perhaps" => Bound::Perhaps,
            "since" | "from" => Bound::Since,
            "until" => Bound::Until,
            "before" => Bound::Before,
            "after" => Bound::After,
            "start" => Bound::Start,
            "middle" => Bound::Middle,
            "end" => Bound::End,
            _ => return None,
        })
    }
}

/// The EDTF form of a TIMEX3 date value; none for what EDTF has no form for: weekdays of an
/// unknown week, references such as `PAST_REF`, values without any known part.
pub(super) fn edtf(value: &str, bound: Option<Bound>) -> Option<String> {
    let plain = plain(value)?;
    Some(match bound {
        None => plain,
        Some(Bound::About) => marked(&plain, '~'),
        Some(Bound::Perhaps) => marked(&plain, '?'),
        Some(Bound::Since) => format!("{}/..", end_of(&plain, false)),
        Some(Bound::Until) => format!("../{}", end_of(&plain, true)),
        Some(Bound::Before) => format!("[..{}]", interval(value)?.0.yesterday().ok()?),
        Some(Bound::After) => format!("[{}..]", interval(value)?.1.tomorrow().ok()?),
        Some(part) => third(value, part).unwrap_or_else(|| marked(&plain, '~')),
    })
}

/// The first or last of an interval; the value itself where it is none.
fn end_of(plain: &str, last: bool) -> &str {
    let (a, b) = plain.split_once('/').unwrap_or((plain, plain));
    if last { b } else { a }
}

/// Marks a date, or both ends of an interval.
fn marked(plain: &str, mark: char) -> String {
    match plain.split_once('/') {
        Some((a, b)) => format!("{a}{mark}/{b}{mark}"),
        None => format!("{plain}{mark}"),
    }
}

/// A value with nothing left open by other words.
fn plain(value: &str) -> Option<String> {
    if let Some(year) = value.strip_prefix("FY") {
        // Which months a fiscal year takes is the body's own affair.
        return year.bytes().all(|b| b.is_ascii_digit()).then(|| format!("{year}~"));
    }
    let (date, time) = value.split_once('T').unwrap_or((value, ""));
    if !date.bytes().any(|b| b.is_ascii_digit()) || date.starts_with('P') || date.contains("WX") {
        return None;
    }
    let clock = time.strip_suffix('Z').unwrap_or(time);
    if clock.len() == 5 && clock.as_bytes()[2] == b':' && interval(date).is_some() {
        let zone = if time.ends_with('Z') { "Z" } else { "" };
        return Some(format!("{date}T{clock}:00{zone}"));
    }
    match (date.len(), date.split_once('-')) {
        (2, None) => Some(format!("{date}XX")),
        (3, None) => Some(format!("{date}X")),
        (_, None) => Some(date.to_owned()),
        (_, Some((year, part))) => match code(part) {
            Some(code) => Some(format!("{year}-{code}")),
            None if part.starts_with('W') => {
                let (first, last) = interval(date)?;
                Some(if first == last { first.to_string() } else { format!("{first}/{last}") })
            }
            None => Some(date.to_owned()),
        },
    }
}

/// The number that stands for a part of a year in the place of the month.
fn code(part: &str) -> Option<u8> {
    Some(match part {
        "SP" => 21,
        "SU" => 22,
        "FA" => 23,
        "WI" => 24,
        "Q1" => 33,
        "Q2" => 34,
        "Q3" => 35,
        "Q4" => 36,
        "H1" => 40,
        "H2" => 41,
        _ => return None,
    })
}

/// A third of a year in months, of a month in days: nobody says where `early` ends, so both ends
/// are approximate.
fn third(value: &str, part: Bound) -> Option<String> {
    let (first, last) = interval(value)?;
    let n = match part {
        Bound::Start => 0,
        Bound::Middle => 1,
        _ => 2,
    };
    let is_year = first.day_of_year() == 1 && last == first.last_of_year();
    if is_year {
        let year = first.year();
        return Some(format!("{year}-{:02}~/{year}-{:02}~", 4 * n + 1, 4 * n + 4));
    }
    let is_month = first.day() == 1 && last == first.last_of_month();
    let day = |day: i8| Date::new(first.year(), first.month(), day).ok();
    let end = if n == 2 { last } else { day(10 * n + 10)? };
    is_month.then_some(()).and_then(|()| Some(format!("{}~/{end}~", day(10 * n + 1)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_their_form() {
        for (value, bound, form) in [
            ("2015", None, "2015"),
            ("2015-06", None, "2015-06"),
            ("2015-SU", None, "2015-22"),
            ("2015-Q3", None, "2015-35"),
            ("2015-H1", None, "2015-40"),
            ("201", None, "201X"),
            ("19", None, "19XX"),
            ("2015-W10", None, "2015-03-02/2015-03-08"),
            ("2015-W10-WE", Some(Bound::About), "2015-03-07~/2015-03-08~"),
            ("2015-07-13T18:00Z", None, "2015-07-13T18:00:00Z"),
            ("2015-07-13TMO", None, "2015-07-13"),
            ("FY2014", None, "2014~"),
            ("XXXX-06", None, "XXXX-06"),
            ("XXXX-06-12", None, "XXXX-06-12"),
            ("2015", Some(Bound::About), "2015~"),
            ("2015-06", Some(Bound::Perhaps), "2015-06?"),
            ("2015-06", Some(Bound::Since), "2015-06/.."),
            ("2015-W10", Some(Bound::Until), "../2015-03-08"),
            ("2015", Some(Bound::Before), "[..2014-12-31]"),
            ("2015-02", Some(Bound::After), "[2015-03-01..]"),
            ("2015", Some(Bound::Middle), "2015-05~/2015-08~"),
            ("2015-02", Some(Bound::End), "2015-02-21~/2015-02-28~"),
            ("2015-SU", Some(Bound::Start), "2015-22~"),
        ] {
            assert_eq!(edtf(value, bound).as_deref(), Some(form), "{value} {bound:?}");
        }
    }

    #[test]
    fn what_has_no_form() {
        for value in ["XXXX-WXX-6", "XXXX-XX-XX", "PAST_REF", "P3M", "", "X", "FYXXXX", "é", "2015-W99"] {
            assert_eq!(edtf(value, None), None, "{value}");
        }
    }
}
