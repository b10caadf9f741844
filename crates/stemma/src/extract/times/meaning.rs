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
    /// The night, or other part, of the day before a day: `Nacht zum Sonntag`.
    Eve,
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
    /// The month told last, in another year: `the same month last year`.
    SameOfYear,
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
    /// A number that is a time of day only beside a day: `22.00 del martes`.
    Hour,
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
        match name {
            "date" => Op::Date,
            "date-of-year" => Op::DateOfYear,
            "day-of-week" => Op::DayOfWeek,
            "year" => Op::Year,
            "relative" => Op::Relative,
            "before" => Op::Shift(-1),
            "after" => Op::Shift(1),
            "deictic" => Op::Deictic,
            "eve" => Op::Eve,
            "length" => Op::Length,
            "open" => Op::Open,
            "ago" => Op::Ago,
            "ahead" => Op::Ahead,
            "earlier" => Op::Earlier,
            "later" => Op::Later,
            "same" => Op::Same,
            "same-of-year" => Op::SameOfYear,
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
            "hour" => Op::Hour,
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
    /// The hour that a part of the day makes of one on the dial: `five in the afternoon`.
    pub(super) fn in_part(self, part: &str) -> Clock {
        let later = match part {
            "AF" | "EV" | "MI" => self.hour < 12,
            "NI" => (6..12).contains(&self.hour),
            _ => false,
        };
        let hour = match (part, self.hour) {
            ("NI", 12) => 0,
            (_, hour) => hour + if later { 12 } else { 0 },
        };
        Clock { hour, ..self }
    }

    /// `T18:00Z`
    pub(super) fn value(&self) -> String {
        format!("T{:02}:{:02}{}", self.hour, self.minute, if self.utc { "Z" } else { "" })
    }
}

/// What a pattern captured.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Slots {
    /// The first piece of the expression itself, behind words that only lead to it.
    pub(super) first: Option<usize>,
    /// One past the last piece of the expression itself.
    pub(super) last: usize,
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
    /// Whether it was read as one of a list of days: `3, 4 and 5 May`.
    pub(super) listed: bool,
}

impl Slots {
    /// Sets what a rule of a table fixes without a word: `U=Y`, `L=-1`, `P=NI`.
    pub(super) fn preset(&mut self, text: &'static str) {
        let (slot, value) = text.split_once('=').expect("a preset is a letter, `=` and a value");
        let number = || value.parse().expect("this preset is a number");
        match slot {
            "L" => self.direction = Some(number()),
            "U" => {
                self.unit = Unit::parse(value.trim_end_matches('+'));
                self.plural = value.ends_with('+');
            }
            "T" => self.offset = Some(number()),
            "O" => self.ordinal = Some(number()),
            "N" => self.number = Some(value.parse().ok()),
            "P" => self.part = Some(value),
            "S" => self.season = Some(value),
            "A" => self.repeated = Some(value),
            "V" => self.feast = Some(number()),
            "C" => {
                let hour = u8::try_from(number()).expect("an hour is below 25");
                self.clock = Some(Clock { hour, minute: 0, utc: false });
            }
            other => unreachable!("unknown preset {other} in a table of times"),
        }
    }
}
