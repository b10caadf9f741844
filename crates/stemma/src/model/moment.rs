//! When something was published.

use jiff::civil::{Date, DateTime, Time};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;

/// A publication time as precise as it is known: a day, perhaps a time of day, perhaps a zone.
///
/// Ordered by day, then time; an unknown time sorts first. Zones are kept, not applied:
/// news dates are local dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// The local day.
    pub date: Date,
    /// The local time of day, if known.
    pub time: Option<Time>,
    /// Minutes east of UTC, if known; -1,440 < offset < 1,440.
    pub offset: Option<i16>,
}

impl Moment {
    /// A day without a time.
    pub fn day(date: Date) -> Self {
        Self { date, time: None, offset: None }
    }

    /// Reads ISO 8601: `2025-07-13`, `2025-07-13T08:30`, `2025-07-13T08:30:00+02:00`, `…Z`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Ok(timestamp) = jiff::fmt::temporal::DateTimeParser::new().parse_pieces(text) {
            let offset = timestamp.offset().map(|o| match o {
                jiff::fmt::temporal::PiecesOffset::Numeric(n) => (n.offset().seconds() / 60) as i16,
                _ => 0,
            });
            return Some(Self { date: timestamp.date(), time: timestamp.time(), offset });
        }
        let civil: DateTime = text.parse().ok()?;
        Some(Self { date: civil.date(), time: Some(civil.time()), offset: None })
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date)?;
        if let Some(time) = self.time {
            write!(f, "T{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())?;
        }
        match self.offset {
            Some(0) if self.time.is_some() => write!(f, "Z"),
            Some(m) if self.time.is_some() => {
                write!(f, "{}{:02}:{:02}", if m < 0 { '-' } else { '+' }, m.abs() / 60, m.abs() % 60)
            }
            _ => Ok(()),
        }
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Moment::parse(&text).ok_or_else(|| de::Error::custom("a moment is ISO 8601"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_read_what_they_write() {
        for text in ["2025-07-13", "2025-07-13T08:30:00", "2025-07-13T08:30:00+02:00", "2025-07-13T08:30:00Z"]
        {
            assert_eq!(Moment::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Moment::parse("Saturday"), None);
    }
}
