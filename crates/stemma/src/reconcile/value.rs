//! What a reading has that can be compared: a number as an interval, or a date.
//!
//! Two values are compatible when both can hold: `>10000` and `~11000` can, `10` and `12` cannot.

use crate::extract::quantities::moved;
use crate::extract::tables::rows;
use crate::extract::{Quantity, Time, times};
use crate::model::Report;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// How far "about" reaches, as a share of the value.
///
/// News rounds to one or two figures: "about 11,000" covers 10,500 to 11,500 in most uses, and
/// a tenth either way keeps "about 230" and "more than 200" together without joining 10 and 12.
const ABOUT: f64 = 0.1;

/// How far a value may stand from itself in another unit, as a share: "5 miles" is told as "8 km".
const CONVERTED: f64 = 0.05;

/// What units measure, and by how much of it. The table stands in `measures.tsv`.
static MEASURES: LazyLock<FxHashMap<&'static str, (&'static str, f64)>> = LazyLock::new(|| {
    let fields = rows(include_str!("measures.tsv"));
    fields.map(|f| (f[1], (f[0], f[2].parse().expect("the third column is a number")))).collect()
});

/// What a unit measures, by its first unit's name; itself where no other unit measures that.
pub(crate) fn measured_in(unit: &str) -> &str {
    MEASURES.get(unit).map_or(unit, |m| m.0)
}

/// By how much values of the second unit are to be multiplied to stand in the first, and how far the two
/// may then be apart, as a share; none where the units measure different things.
fn one_scale(a: &str, b: &str) -> Option<(f64, f64)> {
    if a == b || a.is_empty() || b.is_empty() {
        return Some((1.0, 0.0));
    }
    let (x, y) = (MEASURES.get(a)?, MEASURES.get(b)?);
    (x.0 == y.0).then(|| (y.1 / x.1, CONVERTED))
}

/// A value that can be compared.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// A number: least, greatest, whether rough; the unit's usual name, empty for a count.
    Number { low: Option<f64>, high: Option<f64>, approx: bool, unit: String },
    /// A TIMEX3 date or time: resolved, and as it stands without any date to anchor to.
    Date { value: String, undated: String },
}

impl Value {
    pub fn of_quantity(quantity: &Quantity) -> Self {
        let Quantity { low, high, approx, unit, .. } = quantity.clone();
        Self::Number { low, high, approx, unit }
    }

    /// A number as its report tells it: where a count was and is now, it is the latter.
    pub fn of_told(report: &Report, quantity: &Quantity) -> Self {
        match moved(report, quantity) {
            Some((_, now)) => {
                Self::of_quantity(&Quantity { low: Some(now), high: Some(now), ..quantity.clone() })
            }
            None => Self::of_quantity(quantity),
        }
    }

    /// What a count was, where its report tells what it was and is now.
    pub fn before(report: &Report, quantity: &Quantity) -> Option<Self> {
        let (was, _) = moved(report, quantity)?;
        Some(Self::of_quantity(&Quantity { low: Some(was), high: Some(was), ..quantity.clone() }))
    }

    pub fn of_time(time: &Time) -> Self {
        Self::Date { value: time.value.clone(), undated: time.value_undated.clone() }
    }

    /// A date without the minutes of its clock time.
    pub fn by_the_hour(self) -> Self {
        let hour = |value: String| match value.split_once(':') {
            Some((hour, _)) if value.contains('T') => hour.to_owned(),
            _ => value,
        };
        match self {
            Self::Date { value, undated } => Self::Date { value: hour(value), undated: hour(undated) },
            number @ Self::Number { .. } => number,
        }
    }

    /// Whether both can hold.
    pub fn compatible(&self, other: &Value) -> bool {
        match (self, other) {
            (Self::Number { unit: u, .. }, Self::Number { unit: v, .. }) => {
                let Some((scale, slack)) = one_scale(u, v) else { return true };
                let ((a, b), (c, d)) = (self.bounds(), other.bounds());
                let (c, d) = (c * scale, d * scale);
                let reach = |end: f64| if end.is_finite() { end.abs() * slack } else { 0.0 };
                a - reach(a) <= d && c <= b + reach(b)
            }
            (Self::Date { value: v, undated: u }, Self::Date { value: w, undated: x }) => {
                times::compatible(v, w) || times::compatible(u, x)
            }
            _ => true,
        }
    }

    /// Whether it is a number.
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Number { .. })
    }

    /// Whether it is a date of one day.
    pub fn is_day(&self) -> bool {
        let Self::Date { value, .. } = self else { return false };
        times::interval(value).is_some_and(|(first, last)| first == last)
    }

    /// Whether a number lies in what this one leaves open: "about 11,000" holds 10,500, and "more than
    /// 10,000" holds both.
    pub fn holds(&self, other: &Value) -> bool {
        let Self::Number { low: Some(low), high: Some(high), .. } = other else { return false };
        let (least, most) = self.bounds();
        least <= *low && *high <= most
    }

    /// Whether the two say just the same.
    pub fn same(&self, other: &Value) -> bool {
        match (self, other) {
            (
                Self::Number { low: a, high: b, approx: p, .. },
                Self::Number { low: c, high: d, approx: q, .. },
            ) => a == c && b == d && (p == q || a.is_none() || b.is_none()),
            (Self::Date { value: v, .. }, Self::Date { value: w, .. }) => v == w,
            _ => false,
        }
    }

    /// Least and greatest value, with "about" spelled out.
    fn bounds(&self) -> (f64, f64) {
        let Self::Number { low, high, approx, .. } = self else { return (f64::NEG_INFINITY, f64::INFINITY) };
        let reach = if *approx { ABOUT } else { 0.0 };
        let least = low.map_or(f64::NEG_INFINITY, |v| v - v.abs() * reach);
        let most = high.map_or(f64::INFINITY, |v| v + v.abs() * reach);
        (least - 1e-9, most + 1e-9)
    }
}

impl std::fmt::Display for Value {
    /// `11000`, `~11000`, `>=10000`, `<=5`, `5..7`; a date as its TIMEX3 value.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Date { value, .. } => f.write_str(value),
            Self::Number { low, high, approx, .. } => {
                let about = if *approx { "~" } else { "" };
                match (low, high) {
                    (Some(a), Some(b)) if a == b => write!(f, "{about}{a}"),
                    (Some(a), Some(b)) => write!(f, "{about}{a}..{b}"),
                    (Some(a), None) => write!(f, ">={a}"),
                    (None, Some(b)) => write!(f, "<={b}"),
                    (None, None) => f.write_str("?"),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(low: Option<f64>, high: Option<f64>, approx: bool) -> Value {
        Value::Number { low, high, approx, unit: String::new() }
    }

    #[test]
    fn intervals_that_meet_can_both_hold() {
        let (over, about) =
            (number(Some(10_000.0), None, false), number(Some(11_000.0), Some(11_000.0), true));
        let ten_thousand = number(Some(10_000.0), Some(10_000.0), false);
        let (ten, twelve) = (number(Some(10.0), Some(10.0), false), number(Some(12.0), Some(12.0), false));
        assert!(over.compatible(&about) && about.compatible(&over));
        assert!(over.compatible(&ten_thousand) && ten_thousand.compatible(&over));
        assert!(!ten.compatible(&twelve));
        assert_eq!(about.to_string(), "~11000");
        assert_eq!(over.to_string(), ">=10000");
    }

    #[test]
    fn units_of_one_measure_are_held_together() {
        let of = |n: f64, unit: &str| Value::Number {
            low: Some(n),
            high: Some(n),
            approx: false,
            unit: unit.to_owned(),
        };
        assert!(!of(400.0, "metre").compatible(&of(400.0, "foot")));
        assert!(of(5.0, "mile").compatible(&of(8.0, "kilometre")));
        assert!(of(8.0, "kilometre").compatible(&of(5.0, "mile")));
        assert!(of(400.0, "metre").compatible(&of(3.0, "percent")));
        assert_eq!((measured_in("foot"), measured_in("percent")), ("length", "percent"));
    }
}
