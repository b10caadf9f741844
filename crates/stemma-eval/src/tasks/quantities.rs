//! Quantities: values, how the words qualify them, units.
//!
//! **value**: both ends of the value are equal within one millionth (a plain number has equal ends);
//! **change**: value and qualification (`=`, `~`, `>`, `<`, `up`, `down`); **unit**: value and unit.
//! One to one inside a row, as many pairs as can be made. Positions are not in the data and take no part.
//!
//! A unit is right if it is the true unit or its normalised name, compared without case, plural `s`
//! and hyphens; `percent` and `percentage` are one. A count has what is counted as its unit, so there
//! the words of [`Quantity::of`] are compared; they may have more words in front (`new users`, `users`).

use crate::data::{RowId, Source};
use crate::engine::{analyse_all, raw};
use crate::error::Error;
use crate::measure::{Prf, most_pairs};
use crate::plan::Context;
use crate::scores::Outcome;
use serde::Deserialize;
use serde_json::{Value, json};
use stemma::Analysis;
use stemma::extract::{Change, Quantity};

/// Values that differ by less than this, relative to the larger of 1 and the value, are equal.
const EQUAL: f64 = 1e-6;

#[derive(Deserialize)]
struct Row {
    id: RowId,
    text: String,
    lang: Option<String>,
    quantities: Vec<GoldQuantity>,
}

#[derive(Deserialize)]
struct GoldQuantity {
    change: String,
    value: Value,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    normalized_unit: String,
}

struct Given {
    low: f64,
    high: f64,
    change: &'static str,
    unit: String,
}

struct Gold {
    low: f64,
    high: f64,
    change: String,
    units: [String; 2],
}

/// Scores a set.
pub(super) fn score(source: &Source, context: &Context) -> Result<Outcome, Error> {
    let rows: Vec<Row> = source.rows(context)?;
    let raw_of = |row: &Row| stemma::model::RawReport {
        lang: row.lang.as_deref().map(stemma::model::Lang::parse),
        ..raw(&row.id.to_string(), &row.text)
    };
    let analyses = analyse_all(rows.iter().map(raw_of).collect());
    let mut outcome = Outcome::new("quantities", &source.name, rows.len());
    let levels: [(&str, Fits); 3] = [("value", same_value), ("change", same_change), ("unit", same_unit)];
    let mut counts = [Prf::default(); 3];
    for (row, analysis) in rows.iter().zip(&analyses) {
        let given = given_quantities(analysis);
        let gold: Vec<Gold> = row.quantities.iter().filter_map(|q| gold_of(q, &row.id, context)).collect();
        for (count, (_, fits)) in counts.iter_mut().zip(levels) {
            *count += paired(&given, &gold, fits);
        }
        let predicted: Vec<Value> = given.iter().map(Given::to_json).collect();
        outcome.predict(json!({"id": row.id, "quantities": predicted}));
        if context.explain {
            explain(&mut outcome, row, &given, &gold);
        }
    }
    levels.iter().zip(counts).for_each(|((name, _), count)| outcome.put_prf(name, count));
    Ok(outcome)
}

fn given_quantities(analysis: &Analysis) -> Vec<Given> {
    let given = |q: &Quantity| {
        let values = q.values();
        let (low, high) = (*values.first()?, *values.last()?);
        let of = || q.of.map_or(String::new(), |span| analysis.report.words(span).to_string());
        let unit = if q.unit.is_empty() { of() } else { q.unit.clone() };
        Some(Given { low, high, change: sign(q.change), unit })
    };
    analysis.extracts.quantities.iter().filter_map(given).collect()
}

fn sign(change: Change) -> &'static str {
    match change {
        Change::Equal => "=",
        Change::About => "~",
        Change::More => ">",
        Change::Less => "<",
        Change::Up => "up",
        Change::Down => "down",
    }
}

fn gold_of(quantity: &GoldQuantity, id: &RowId, context: &Context) -> Option<Gold> {
    let text = quantity.value.as_str().map_or_else(|| quantity.value.to_string(), str::to_string);
    let Some((low, high)) = ends(&text) else {
        context.note(&format!("quantities: row {id}: {text:?} is no value; left out"));
        return None;
    };
    let units = [fold(&quantity.unit), fold(&quantity.normalized_unit)];
    Some(Gold { low: low.min(high), high: low.max(high), change: quantity.change.clone(), units })
}

/// The ends of `3.5`, `-2`, `1e-3`, `252.0-287.0`, `3.0 - 4.0`.
fn ends(text: &str) -> Option<(f64, f64)> {
    let text = text.trim();
    if let Ok(value) = text.parse::<f64>() {
        return Some((value, value));
    }
    let dashes = text.char_indices().skip(1).filter(|(_, c)| *c == '-');
    dashes
        .into_iter()
        .find_map(|(i, _)| Some((text[..i].trim().parse().ok()?, text[i + 1..].trim().parse().ok()?)))
}

/// A unit without what spelling adds: case, hyphens, plural `s`, and `-` for none.
fn fold(unit: &str) -> String {
    let words = unit.to_lowercase().replace('-', " ");
    let singular = |word: &str| match word {
        "percentage" => "percent".to_string(),
        _ if word.chars().count() > 3 && !word.ends_with("ss") => word.trim_end_matches('s').to_string(),
        _ => word.to_string(),
    };
    words.split_whitespace().map(singular).collect::<Vec<_>>().join(" ")
}

type Fits = fn(&Given, &Gold) -> bool;

fn same_value(given: &Given, gold: &Gold) -> bool {
    let close = |a: f64, b: f64| (a - b).abs() <= EQUAL * 1f64.max(a.abs()).max(b.abs());
    close(given.low, gold.low) && close(given.high, gold.high)
}

fn same_change(given: &Given, gold: &Gold) -> bool {
    same_value(given, gold) && given.change == gold.change
}

fn same_unit(given: &Given, gold: &Gold) -> bool {
    let unit = fold(&given.unit);
    let is_it = |gold: &String| {
        unit == *gold
            || (!gold.is_empty() && unit.strip_suffix(gold.as_str()).is_some_and(|m| m.ends_with(' ')))
    };
    same_value(given, gold) && gold.units.iter().any(is_it)
}

impl Given {
    fn to_json(&self) -> Value {
        let value = if self.low == self.high {
            json!(self.low)
        } else {
            json!(format!("{}-{}", self.low, self.high))
        };
        json!({"change": self.change, "value": value, "unit": self.unit})
    }
}

fn paired(given: &[Given], gold: &[Gold], fits: Fits) -> Prf {
    let partners: Vec<Vec<usize>> =
        given.iter().map(|a| (0..gold.len()).filter(|j| fits(a, &gold[*j])).collect()).collect();
    Prf::new(most_pairs(&partners, gold.len()), given.len(), gold.len())
}

fn explain(outcome: &mut Outcome, row: &Row, given: &[Given], gold: &[Gold]) {
    let is_right = |p: &Given, g: &Gold| same_change(p, g) && same_unit(p, g);
    let id = &row.id;
    for g in gold.iter().filter(|g| !given.iter().any(|p| is_right(p, g))) {
        let words = format!("{id} missed: {} {}..{} {:?}", g.change, g.low, g.high, g.units);
        outcome.explained.push(words);
    }
    for p in given.iter().filter(|p| !gold.iter().any(|g| is_right(p, g))) {
        outcome.explained.push(format!("{id} wrong: {} {}..{} {:?}", p.change, p.low, p.high, p.unit));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_two_ends() {
        for (text, low, high) in [("3", 3.0, 3.0), ("-2", -2.0, -2.0), ("1.5E-3", 0.0015, 0.0015)] {
            assert_eq!(ends(text), Some((low, high)));
        }
        assert_eq!(ends("252.0-287.0"), Some((252.0, 287.0)));
        assert_eq!(ends("3.0 - 4.0"), Some((3.0, 4.0)));
        assert_eq!(ends("many"), None);
    }

    #[test]
    fn by_hand() {
        let gold = |value: f64, change: &str, unit: &str, normal: &str| Gold {
            low: value,
            high: value,
            change: change.into(),
            units: [fold(unit), fold(normal)],
        };
        let given = |value: f64, change: &'static str, unit: &str| Given {
            low: value,
            high: value,
            change,
            unit: unit.into(),
        };
        let truth =
            [gold(4.0, "up", "%", "percentage"), gold(9.0, "=", "Users", "user"), gold(2.0, "=", "-", "-")];
        let answer = [given(4.0, "=", "percent"), given(9.0, "=", "new users"), given(3.0, "=", "")];
        assert_eq!(paired(&answer, &truth, same_value), Prf::new(2, 3, 3));
        assert_eq!(paired(&answer, &truth, same_change), Prf::new(1, 3, 3));
        assert_eq!(paired(&answer, &truth, same_unit), Prf::new(2, 3, 3));
    }
}
