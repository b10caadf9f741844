//! Counts, dates and values as people write them; what is neither stays as it is.

/// `1 report`, `3 reports`, `12,000 reports`.
pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", thousands(n), if n == 1 { one } else { many })
}

/// A number with commas between thousands.
pub fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// TIMEX3's codes for parts of a day.
const PARTS_OF_DAY: [(&str, &str); 6] = [
    ("MO", "morning"),
    ("MI", "midday"),
    ("AF", "afternoon"),
    ("EV", "evening"),
    ("NI", "night"),
    ("DT", "daytime"),
];
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// A TIMEX3 date or a moment for people: `13 July 2025`, `13 July 2025, 08:30`, `a Saturday`; what
/// is neither stays as it is.
pub fn when(value: &str) -> String {
    let (date, time) = value.split_once('T').unwrap_or((value, ""));
    let parts: Vec<&str> = date.split('-').collect();
    let day = match parts.as_slice() {
        ["XXXX", "WXX", day] => day_name(day).map(|d| format!("a {d}")),
        [year, month, day] if number(day).is_some() => {
            month_name(month).map(|m| format!("{} {m} {year}", day.trim_start_matches('0')))
        }
        [year, month] => month_name(month).map(|m| format!("{m} {year}")),
        _ => None,
    };
    let Some(day) = day else { return value.to_owned() };
    let day = day.trim_end_matches(" XXXX").to_owned();
    if let Some((_, part)) = PARTS_OF_DAY.iter().find(|(code, _)| *code == time) {
        let comma = if date.starts_with("XXXX-W") { "" } else { "," };
        return format!("{day}{comma} {part}");
    }
    match time.get(..5) {
        Some(clock) if clock.as_bytes()[2] == b':' => format!("{day}, {clock}"),
        _ if time.is_empty() => day,
        _ => value.to_owned(),
    }
}

/// A reading's value for people: a date in words, `≥ 5` for `>=5`, else as it is.
pub fn value(value: &str) -> String {
    for (sign, shown) in [(">=", "≥ "), ("<=", "≤ "), (">", "> "), ("<", "< "), ("~", "about ")] {
        if let Some(rest) = value.strip_prefix(sign) {
            return format!("{shown}{}", figure(rest));
        }
    }
    figure(&when(value))
}

/// A plain number for people: `31,000` for `31000`, `0.333` for a third; else as it is.
fn figure(text: &str) -> String {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    let plain = !whole.is_empty() && whole.len() < 19 && digits(whole) && digits(part);
    let Some(n) = number(whole).filter(|_| plain) else { return text.to_owned() };
    let part = &part[..part.len().min(3)];
    let whole = if n < 10_000 { whole.to_owned() } else { thousands(n) };
    if part.is_empty() { whole } else { format!("{whole}.{part}") }
}

fn number(text: &str) -> Option<usize> {
    text.parse().ok()
}

fn month_name(month: &str) -> Option<&'static str> {
    MONTHS.get(number(month)?.checked_sub(1)?).copied()
}

fn day_name(day: &str) -> Option<&'static str> {
    DAYS.get(number(day)?.checked_sub(1)?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_read_as_people_write_them() {
        let check = |value: &str, words: &str| assert_eq!(when(value), words);
        check("2025-07-03", "3 July 2025");
        check("2025-07", "July 2025");
        check("2025-07-13T08:30:00+02:00", "13 July 2025, 08:30");
        check("XXXX-WXX-6", "a Saturday");
        check("XXXX-04-14", "14 April");
        check("2025-W13", "2025-W13");
        check("2025-07-13TMO", "13 July 2025, morning");
        check("XXXX-WXX-2TEV", "a Tuesday evening");
        check("2025-07-13TXX", "2025-07-13TXX");
        check("2025-99", "2025-99");
        check("PRESENT_REF", "PRESENT_REF");
    }

    #[test]
    fn values_read_as_people_write_them() {
        let check = |raw: &str, words: &str| assert_eq!(value(raw), words);
        check(">=5", "≥ 5");
        check("~11000", "about 11,000");
        check("2022", "2022");
        check("~0.3333333333333333", "about 0.333");
        check("XXXX-04-14", "14 April");
        check("12 boats", "12 boats");
    }

    #[test]
    fn numbers_have_commas() {
        assert_eq!(count(1, "report", "reports"), "1 report");
        assert_eq!(count(1234567, "report", "reports"), "1,234,567 reports");
    }
}
