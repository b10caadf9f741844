//! What a pattern says, before any date is known: an operation and its captured parts.

/// What a rule does with what it captured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Op {
    /// A day, month or year as far as it is named.
    Date,
    /// The same, in a year relative to the report's: `June last year`.
    DateOfYear,
    /// A weekday in a week relative to the report's: `Monday next week`.
    DayOfWeek,
    /// A year by itself.
    Year,
    /// Last, this, next unit, weekday, month, season or part of the day.
    Relative,
    /// The same, one unit before or after the date told last.
    Shift(i32),
    /// Today, yesterday, tomorrow; with a part of the day.
    Deictic,
    /// A part of today: tonight, last night.
    TodayPart(i32, &'static str),
    /// A length of time.
    Length,
    /// A length of unknown number: years, months.
    Open,
    /// So long before the report.
    Ago,
    /// So long after the report.
    Ahead,
    /// So long before the date told last.
    Earlier,
    /// So long after the date told last.
    Later,
    /// The day, week or year told last.
    Same,
    /// A repeated time.
    Set,
    /// A rate: `a year`, only behind a number.
    Rate,
    /// A quarter or half of a year.
    Quarter,
    /// The first or last week or day of a month or year.
    Within,
    /// A decade.
    Decade,
    /// A century.
    Century,
    /// A feast.
    Feast,
    /// A fiscal year.
    Fiscal,
    /// A season.
    Season,
    /// A time of day.
    Clock,
    /// A part of the day.
    Part,
    /// A fixed value.
    Reference(&'static str),
}

impl Op {
    /// Reads a table's name of an operation.
    pub(super) fn parse(name: &'static str) -> Op {
        if let Some(value) = name.strip_prefix("ref=") {
            return Op::Reference(value);
        }
        if let Some((offset, part)) = name.strip_prefix("today=").and_then(|v| v.split_once(',')) {
            return Op::TodayPart(offset.parse().expect("days from today are a number"), part);
        }
        match name {
            "date" => Op::Date,
            "date-of-year" => Op::DateOfYear,
            "day-of-week" => Op::DayOfWeek,
            "year" => Op::Year,
            "relative" => Op::Relative,
            "before" => Op::Shift(-1),
            "after" => Op::Shift(1),
            "deictic" => Op::Deictic,
            "length" => Op::Length,
            "open" => Op::Open,
            "ago" => Op::Ago,
            "ahead" => Op::Ahead,
            "earlier" => Op::Earlier,
            "later" => Op::Later,
            "same" => Op::Same,
            "set" => Op::Set,
            "rate" => Op::Rate,
            "quarter" => Op::Quarter,
            "within" => Op::Within,
            "decade" => Op::Decade,
            "century" => Op::Century,
            "feast" => Op::Feast,
            "fiscal" => Op::Fiscal,
            "season" => Op::Season,
            "clock" => Op::Clock,
            "part" => Op::Part,
            other => unreachable!("unknown meaning {other} in a table of times"),
        }
    }
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// Seconds, minutes, hours.
    Second,
    Minute,
    Hour,
    Day,
    /// Saturday and Sunday.
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// Reads a table's name of a unit.
    pub(super) fn parse(name: &str) -> Option<Unit> {
        Some(match name {
            "s" => Unit::Second,
            "m" => Unit::Minute,
            "H" => Unit::Hour,
            "D" => Unit::Day,
            "WE" => Unit::Weekend,
            "W" => Unit::Week,
            "2W" => Unit::Fortnight,
            "M" => Unit::Month,
            "Q" => Unit::Quarter,
            "HY" => Unit::Half,
            "Y" => Unit::Year,
            "DE" => Unit::Decade,
            "CE" => Unit::Century,
            _ => return None,
        })
    }

    /// The TIMEX3 length of so many: `P3M`, `PT30M`; `X` if the number is open.
    pub(super) fn length(self, number: Option<f64>) -> String {
        let (factor, before, after) = match self {
            Unit::Second => (1.0, "PT", "S"),
            Unit::Minute => (1.0, "PT", "M"),
            Unit::Hour => (1.0, "PT", "H"),
            Unit::Day => (1.0, "P", "D"),
            Unit::Weekend => (1.0, "P", "WE"),
            Unit::Week => (1.0, "P", "W"),
            Unit::Fortnight => (2.0, "P", "W"),
            Unit::Month => (1.0, "P", "M"),
            Unit::Quarter => (1.0, "P", "Q"),
            Unit::Half => (6.0, "P", "M"),
            Unit::Year => (1.0, "P", "Y"),
            Unit::Decade => (10.0, "P", "Y"),
            Unit::Century => (100.0, "P", "Y"),
        };
        match number {
            Some(n) => format!("{before}{}{after}", n * factor),
            None => match self {
                Unit::Decade => "PXDE".to_owned(),
                Unit::Century => "PXCE".to_owned(),
                Unit::Half => "PXM".to_owned(),
                _ => format!("{before}X{after}"),
            },
        }
    }
}

/// A time on the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    /// 0 to 24.
    pub(super) hour: u8,
    /// 0 to 59.
    pub(super) minute: u8,
    /// Whether it is said to be in UTC.
    pub(super) utc: bool,
}

impl Clock {
    /// `T18:00Z`
    pub(super) fn value(&self) -> String {
        format!("T{:02}:{:02}{}", self.hour, self.minute, if self.utc { "Z" } else { "" })
    }
}

/// What a pattern captured.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Slots {
    pub(super) year: Option<i16>,
    pub(super) short_year: bool,
    pub(super) month: Option<i8>,
    pub(super) day: Option<i8>,
    pub(super) weekday: Option<i8>,
    /// A number; the inner value is none for `several`.
    pub(super) number: Option<Option<f64>>,
    pub(super) unit: Option<Unit>,
    /// Whether the unit stands in the plural.
    pub(super) plural: bool,
    pub(super) direction: Option<i32>,
    pub(super) ordinal: Option<i32>,
    pub(super) part: Option<&'static str>,
    pub(super) season: Option<&'static str>,
    pub(super) offset: Option<i32>,
    pub(super) reference: Option<&'static str>,
    pub(super) repeated: Option<&'static str>,
    pub(super) feast: Option<i32>,
    pub(super) decade: Option<i32>,
    pub(super) clock: Option<Clock>,
    pub(super) quarter: Option<i32>,
}
