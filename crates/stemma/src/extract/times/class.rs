//! What a word of a table of times can be, with the letters that patterns have for it.

/// What a word can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Class {
    /// `M`: a month, 1 to 12.
    Month,
    /// `W`: a weekday, Monday is 1.
    Weekday,
    /// `E`: a weekday and a part of the day in one word: `Montagabend`.
    WeekdayPart,
    /// `U`: a unit of time.
    Unit,
    /// `L`: last, this, next as -1, 0, 1.
    Direction,
    /// `O`: an ordinal number.
    Ordinal,
    /// `P`: a part of the day.
    Part,
    /// `S`: a season.
    Season,
    /// `T`: today and its kin, as days from it.
    Deictic,
    /// `F`: a reference: now, recently, soon.
    Reference,
    /// `G`: early, mid, late: leaves the value, and narrows its EDTF form.
    Grade,
    /// Words before a date that leave a side of it open: since, until, about.
    Bound,
    /// `A`: an adjective or adverb of repetition: annual, daily.
    Repeated,
    /// `V`: a feast, as 100 × month + day, or days from Easter plus 2,000.
    Feast,
    /// A vague number: few, several.
    Several,
    /// Noon, midnight, as hours.
    Hour,
    /// `Z`: a time zone.
    Zone,
    /// `R`: a decade by name: eighties.
    Decade,
    /// Words around a time that set it in the future.
    Future,
    /// Words around a time that set it in the past.
    Past,
    /// Words that set only the time right behind them in the future: `until`.
    Limit,
    /// Words that look like those of past or future and are neither.
    Neither,
    /// Words that are mostly something else: times only where the words around let them.
    Doubtful,
    /// `Q`: a quarter or half in one word: `Q3`, `H1` as 3 and 11.
    Quarter,
    /// A word behind the figures of an hour: 1 where it is always the clock's (`Uhr`), else 0.
    OClock,
    /// `B`: half of the unit before it: `hora y media`.
    Half,
}

impl Class {
    /// Reads a table's name of a class.
    pub(super) fn parse(name: &str) -> Class {
        match name {
            "month" => Class::Month,
            "weekday" => Class::Weekday,
            "unit" => Class::Unit,
            "direction" => Class::Direction,
            "ordinal" => Class::Ordinal,
            "part" => Class::Part,
            "season" => Class::Season,
            "deictic" => Class::Deictic,
            "reference" => Class::Reference,
            "grade" => Class::Grade,
            "bound" => Class::Bound,
            "repeated" => Class::Repeated,
            "feast" => Class::Feast,
            "several" => Class::Several,
            "hour" => Class::Hour,
            "zone" => Class::Zone,
            "decade" => Class::Decade,
            "future" => Class::Future,
            "past" => Class::Past,
            "limit" => Class::Limit,
            "neither" => Class::Neither,
            "doubtful" => Class::Doubtful,
            "quarter" => Class::Quarter,
            "half" => Class::Half,
            "o-clock" => Class::OClock,
            other => unreachable!("unknown class {other} in a table of times"),
        }
    }
}
