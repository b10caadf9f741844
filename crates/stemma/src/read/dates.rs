//! Words -> [`Moment`]: publication dates as feeds, pages and people write them.
//!
//! Reads a date only where it is unambiguous: `07/04/2025` is no date, `13/07/2025` is one.
//! Never guesses a year, and never uses today's date.

use crate::model::Moment;
use jiff::civil::{Date, Time};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// The longest text that is read as one date, in bytes; a longer one is prose.
const LONGEST: usize = 96;

/// Years that a news report can bear: the first newspapers to the end of this century.
const YEARS: std::ops::RangeInclusive<i16> = 1600..=2100;

static NAMES: LazyLock<FxHashMap<&'static str, Option<i8>>> = LazyLock::new(|| {
    let rows = include_str!("months.tsv").lines().filter(|line| !line.starts_with('#'));
    let rows = rows.filter_map(|line| line.split_once('\t'));
    rows.flat_map(|(month, names)| names.split_whitespace().map(move |name| (name, month.parse().ok())))
        .collect()
});

/// The month that a word names, 1 to 12.
pub(crate) fn month(word: &str) -> Option<i8> {
    NAMES.get(word.to_lowercase().as_str()).copied().flatten()
}

/// Whether a word names a weekday.
pub(crate) fn is_weekday(word: &str) -> bool {
    NAMES.get(word.to_lowercase().as_str()) == Some(&None)
}

/// Reads a publication time: ISO 8601 and its near forms, RFC 2822, seconds since 1970, dates
/// with a month in words in a dozen languages, and figures where only one order is possible.
///
/// ```
/// use stemma::read::dates::moment;
/// let read = |text| moment(text).map(|m| m.to_string()).unwrap_or_default();
/// assert_eq!(read("26-FEB-1987 15:01:01.79"), "1987-02-26T15:01:01");
/// assert_eq!(read("Sun, 13 Jul 2025 08:30:00 +0200"), "2025-07-13T08:30:00+02:00");
/// assert_eq!(read("13/07/2025"), "2025-07-13");
/// assert_eq!(read("07/04/2025"), "");
/// ```
pub fn moment(text: &str) -> Option<Moment> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    let moment = Moment::parse(text).or_else(|| since_1970(text)).or_else(|| loose(text))?;
    YEARS.contains(&moment.date.year()).then_some(moment)
}

/// Seconds (10 digits) or milliseconds (13 digits) since 1970.
fn since_1970(text: &str) -> Option<Moment> {
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let seconds = match text.len() {
        10 => text.parse::<i64>().ok()?,
        13 => text.parse::<i64>().ok()? / 1000,
        _ => return None,
    };
    let at = jiff::Timestamp::from_second(seconds).ok()?.to_zoned(jiff::tz::TimeZone::UTC);
    Some(Moment { date: at.date(), time: Some(at.time()), offset: Some(0) })
}

/// A piece of a date's text.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Piece<'t> {
    Number(&'t str),
    Word(&'t str),
    Mark(char),
}

fn loose(text: &str) -> Option<Moment> {
    let pieces = pieces(text);
    let (date, used) = date(&pieces)?;
    if self::date(&pieces[used..]).is_some_and(|(other, _)| other != date) {
        return None;
    }
    let time = time(&pieces);
    Some(Moment { date, time: time.map(|t| t.0), offset: time.and_then(|t| zone(&pieces[t.1..])) })
}

/// The first unambiguous date in a text, and whether nothing but a date stands there.
pub(crate) fn first_day(text: &str) -> Option<Date> {
    date(&pieces(text)).map(|(date, _)| date)
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let run = |test: fn(char) -> bool| rest.find(|c| !test(c)).unwrap_or(rest.len());
        let end = if c.is_ascii_digit() {
            let end = run(|c| c.is_ascii_digit());
            out.push(Piece::Number(&rest[..end]));
            end
        } else if matches!(c, '年' | '月' | '日' | '년' | '월' | '일') {
            out.push(Piece::Mark(c));
            c.len_utf8()
        } else if c.is_alphabetic() {
            let end = run(|c| c.is_alphabetic() && !matches!(c, '年' | '月' | '日' | '년' | '월' | '일'));
            out.push(Piece::Word(&rest[..end]));
            end
        } else {
            if !c.is_whitespace() {
                out.push(Piece::Mark(c));
            }
            c.len_utf8()
        };
        rest = &rest[end..];
    }
    out
}

/// The first date among pieces, and how many pieces it ends after.
fn date(pieces: &[Piece]) -> Option<(Date, usize)> {
    (0..pieces.len()).find_map(|i| {
        let here = &pieces[i..];
        figures(here).or_else(|| worded(here)).map(|(date, used)| (date, i + used))
    })
}

/// `2025-07-13`, `2025/7/13`, `2025年7月13日`, `20250713`, `13.07.2025`, `13/07/2025`.
fn figures(pieces: &[Piece]) -> Option<(Date, usize)> {
    use Piece::{Mark, Number};
    match pieces {
        [Number(y), Mark(a), Number(m), Mark(b), Number(d), ..]
            if y.len() == 4 && (a == b && matches!(a, '-' | '/' | '.') || matches!(a, '年' | '년')) =>
        {
            Some((day(y, m.parse().ok()?, d)?, 5))
        }
        [Number(a), Mark(x), Number(b), Mark(z), Number(y), ..]
            if y.len() == 4 && a.len() <= 2 && b.len() <= 2 && x == z && matches!(x, '-' | '/' | '.') =>
        {
            let (first, second): (i8, i8) = (a.parse().ok()?, b.parse().ok()?);
            let day_first = *x == '.' || first > 12 || first == second;
            let month_first = second > 12 && *x != '.';
            match (day_first, month_first) {
                (true, false) => Some((day(y, second, a)?, 5)),
                (false, true) => Some((day(y, first, b)?, 5)),
                _ => None,
            }
        }
        [Number(all), ..] if all.len() == 8 => Some((day(&all[..4], all[4..6].parse().ok()?, &all[6..])?, 1)),
        _ => None,
    }
}

/// `13 July 2025`, `13. Juli 2025`, `13 de julho de 2025`, `July 13th, 2025`, `26-FEB-1987`, `2025 July 13`.
fn worded(pieces: &[Piece]) -> Option<(Date, usize)> {
    let mut at = 0;
    let (mut year, mut named, mut number) = (None, None, None);
    while at < pieces.len() && at < 10 {
        match pieces[at] {
            Piece::Number(n) if n.len() == 4 && year.is_none() => year = Some(n),
            Piece::Number(n) if n.len() <= 2 && number.is_none() => number = Some(n),
            Piece::Word(w) if named.is_none() && month(w).is_some() => named = month(w),
            Piece::Word("de" | "of" | "del" | "the" | "st" | "nd" | "rd" | "th" | "er" | "º") if at > 0 => {}
            Piece::Mark('.' | ',' | '-' | '/' | 'º' | '°' | '\u{2019}') if at > 0 => {}
            _ => return None,
        }
        at += 1;
        if let (Some(year), Some(named), Some(number)) = (year, named, number) {
            return Some((day(year, named, number)?, at));
        }
    }
    None
}

fn day(year: &str, month: i8, day: &str) -> Option<Date> {
    let year = year.parse().ok().filter(|y| YEARS.contains(y))?;
    Date::new(year, month, day.parse().ok()?).ok()
}

/// `15:01`, `15:01:01.79`, `8:30 pm`, `8.30 p.m.`, and how many pieces stand before its end.
fn time(pieces: &[Piece]) -> Option<(Time, usize)> {
    use Piece::{Mark, Number, Word};
    for i in 0..pieces.len() {
        let [Number(h), Mark(':'), Number(m), ..] = &pieces[i..] else {
            continue;
        };
        if h.len() > 2 || m.len() != 2 {
            continue;
        }
        let mut used = i + 3;
        let mut second = 0;
        if let [Mark(':'), Number(s), ..] = &pieces[used..] {
            second = s.parse().ok()?;
            used += 2;
            if matches!(pieces[used..], [Mark('.' | ','), Number(_), ..]) {
                used += 2;
            }
        }
        let mut hour: i8 = h.parse().ok()?;
        let half = match &pieces[used..] {
            [Word(w), ..] => w.to_lowercase(),
            _ => String::new(),
        };
        match half.as_str() {
            "pm" | "p" if hour < 12 => hour += 12,
            "am" | "a" if hour == 12 => hour = 0,
            _ => {}
        }
        return Time::new(hour, m.parse().ok()?, second.min(59), 0).ok().map(|time| (time, used));
    }
    None
}

/// Minutes east of UTC, from `Z`, `UTC`, `GMT`, `+0200`, `-03:00`, or a North American zone.
fn zone(pieces: &[Piece]) -> Option<i16> {
    use Piece::{Mark, Number, Word};
    for (i, piece) in pieces.iter().enumerate().take(6) {
        match piece {
            Mark(sign @ ('+' | '-' | '−')) => {
                let (hours, minutes) = match &pieces[i + 1..] {
                    [Number(h), Mark(':'), Number(m), ..] => (*h, *m),
                    [Number(hm), ..] if hm.len() == 4 => hm.split_at(2),
                    [Number(h), ..] if h.len() <= 2 => (*h, "0"),
                    _ => return None,
                };
                let east: i16 = hours.parse::<i16>().ok()?.checked_mul(60)? + minutes.parse::<i16>().ok()?;
                return (east < 1440).then_some(if *sign == '+' { east } else { -east });
            }
            Word(word) => {
                let hours = match word.to_uppercase().as_str() {
                    "Z" | "UTC" | "GMT" | "UT" if !matches!(pieces.get(i + 1), Some(Mark('+' | '-'))) => 0,
                    "EDT" => -4,
                    "EST" | "CDT" => -5,
                    "CST" | "MDT" => -6,
                    "MST" | "PDT" => -7,
                    "PST" => -8,
                    _ => continue,
                };
                return Some(hours * 60);
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, moment_is: &str) {
        assert_eq!(moment(text).map(|m| m.to_string()).unwrap_or_default(), moment_is, "{text}");
    }

    #[test]
    fn dates_are_read_where_they_are_clear() {
        check("2025-07-13", "2025-07-13");
        check("2025-07-13T08:30:00.000Z", "2025-07-13T08:30:00Z");
        check("2025-07-13T08:30:00+0200", "2025-07-13T08:30:00+02:00");
        check("2025-07-13 08:30:00 UTC", "2025-07-13T08:30:00Z");
        check("2025/07/13", "2025-07-13");
        check("20250713", "2025-07-13");
        check("1752395400", "2025-07-13T08:30:00Z");
        check("Sun, 13 Jul 2025 08:30:00 GMT", "2025-07-13T08:30:00Z");
        check("26-FEB-1987 15:01:01.79", "1987-02-26T15:01:01");
        check("July 13, 2025 at 8:30 PM EDT", "2025-07-13T20:30:00-04:00");
        check("13 de julho de 2025 às 08:30", "2025-07-13T08:30:00");
        check("13. Juli 2025", "2025-07-13");
        check("1er août 2025", "2025-08-01");
        check("2025年7月13日", "2025-07-13");
        check("13.07.2025", "2025-07-13");
        check("07/13/2025", "2025-07-13");
    }

    #[test]
    fn doubtful_dates_are_none() {
        for text in [
            "",
            "07/04/2025",
            "July 2025",
            "Saturday",
            "2025",
            "31 February 2025",
            "3 days ago",
            "99999999999999",
        ] {
            check(text, "");
        }
        check("13 July 2025 – updated 14 July 2025", "");
    }

    #[test]
    fn the_table_loads() {
        assert_eq!((month("Juillet"), month("dez"), month("ought")), (Some(7), Some(12), None));
        assert!(is_weekday("Donnerstag"));
        assert!(NAMES.len() > 150);
    }
}
