//! Mentions: one sentence, one coded happening (PLOVER gold standard records).
//!
//! The engine's first mention with a party on both sides is compared, else its first. **event**: the
//! type is right. **source_country**, **source_sector**, **target_country**, **target_sector**: the set
//! of codes on that side is equal to the true set; **parties**: all four; **event_countries**: type and
//! both countries; **all**: type and parties.
//! Each is a share of the records. A sector's ethnic suffix (`CVLkur`) and unknown codes (`***`) do not
//! count; a side that the record describes but does not code is one without codes.
//! Records of before the ontology's last revision use names that it has since joined to others
//! (FIGHT is now in ASSAULT); they count as what they became.
//! `event:TYPE` is the share of the records of one type.

use crate::data::{RowId, Source};
use crate::engine::{analyse_all, raw};
use crate::error::Error;
use crate::measure::prf::share;
use crate::plan::Context;
use crate::scores::Outcome;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use stemma::extract::{Agent, Mention};
use stemma::model::{Lang, Moment};

#[derive(Deserialize)]
struct Row {
    id: RowId,
    event: String,
    text: String,
    date: Option<String>,
    language: Option<String>,
    #[serde(default)]
    source: Value,
    #[serde(default)]
    target: Value,
}

/// Codes of one side.
#[derive(Debug, Default, PartialEq, Eq)]
struct Side {
    countries: BTreeSet<String>,
    sectors: BTreeSet<String>,
}

/// Event types that the ontology's last revision renamed or joined, with what they became.
const RENAMED: [(&str, &str); 4] =
    [("DEMAND", "REQUEST"), ("DISAPPROVE", "ACCUSE"), ("INVESTIGATE", "ACCUSE"), ("FIGHT", "ASSAULT")];

/// The present name of an event type.
fn present(event: &str) -> &str {
    RENAMED.iter().find(|r| r.0 == event).map_or(event, |r| r.1)
}

const MEASURES: [&str; 8] = [
    "event",
    "source_country",
    "source_sector",
    "target_country",
    "target_sector",
    "parties",
    "event_countries",
    "all",
];

/// Scores a set.
pub(super) fn score(source: &Source, context: &Context) -> Result<Outcome, Error> {
    let rows: Vec<Row> = source.rows(context)?;
    let analyses = analyse_all(rows.iter().map(raw_of).collect());
    let mut outcome = Outcome::new("mentions", &source.name, rows.len());
    let mut right = [0; MEASURES.len()];
    let mut types: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut n_answered = 0;
    for (row, analysis) in rows.iter().zip(&analyses) {
        let mention = main_mention(&analysis.extracts.mentions);
        n_answered += usize::from(mention.is_some());
        let judgements = judgements(row, mention);
        right.iter_mut().zip(judgements).for_each(|(n, is_right)| *n += usize::from(is_right));
        let of_type = types.entry(&row.event).or_default();
        *of_type = (of_type.0 + usize::from(judgements[0]), of_type.1 + 1);
        outcome.predict(prediction(&row.id, mention));
        if context.explain && !judgements[MEASURES.len() - 1] {
            explain(&mut outcome, row, mention);
        }
    }
    outcome.put("answered", share(n_answered, rows.len()));
    for (name, n) in MEASURES.iter().zip(right) {
        outcome.put(&format!("{name}.right"), share(n, rows.len()));
    }
    for (name, (n_right, n)) in types {
        outcome.put(&format!("event.right:{name}"), share(n_right, n));
    }
    Ok(outcome)
}

fn raw_of(row: &Row) -> stemma::model::RawReport {
    let mut report = raw(&row.id.to_string(), &row.text);
    report.published = row.date.as_deref().and_then(Moment::parse);
    report.lang = row.language.as_deref().map(Lang::parse);
    report
}

fn main_mention(mentions: &[Mention]) -> Option<&Mention> {
    let whole = mentions.iter().find(|m| !m.actors.is_empty() && !m.recipients.is_empty());
    whole.or_else(|| mentions.first())
}

fn judgements(row: &Row, mention: Option<&Mention>) -> [bool; MEASURES.len()] {
    let Some(mention) = mention else { return [false; MEASURES.len()] };
    let event = mention.event.eq_ignore_ascii_case(present(&row.event));
    let (source, target) = (gold_side(&row.source), gold_side(&row.target));
    let (actors, recipients) = (given_side(&mention.actors), given_side(&mention.recipients));
    let countries = [source.countries == actors.countries, target.countries == recipients.countries];
    let parties = source == actors && target == recipients;
    [
        event,
        countries[0],
        source.sectors == actors.sectors,
        countries[1],
        target.sectors == recipients.sectors,
        parties,
        event && countries == [true; 2],
        event && parties,
    ]
}

fn gold_side(value: &Value) -> Side {
    let agents = value.as_array().map_or(&[][..], Vec::as_slice);
    let codes =
        |field: &str| agents.iter().filter_map(|a| a.get(field)?.as_str()).filter_map(known).collect();
    let sectors = |codes: BTreeSet<String>| codes.iter().map(|c| c.chars().take(3).collect()).collect();
    Side { countries: codes("code"), sectors: sectors(codes("sector")) }
}

fn given_side(agents: &[Agent]) -> Side {
    let codes = |code: fn(&Agent) -> Option<&str>| agents.iter().filter_map(code).filter_map(known).collect();
    Side { countries: codes(|a| a.country.as_deref()), sectors: codes(|a| a.sector.as_deref()) }
}

/// A code, unless it stands for none.
fn known(code: &str) -> Option<String> {
    let code = code.trim();
    code.starts_with(|c: char| c.is_alphanumeric()).then(|| code.to_string())
}

fn prediction(id: &RowId, mention: Option<&Mention>) -> Value {
    let side = |agents: &[Agent]| {
        agents.iter().map(|a| json!({"code": a.country, "sector": a.sector})).collect::<Vec<_>>()
    };
    let source = mention.map_or(Vec::new(), |m| side(&m.actors));
    let target = mention.map_or(Vec::new(), |m| side(&m.recipients));
    json!({"id": id, "event": mention.map(|m| &m.event), "source": source, "target": target})
}

fn explain(outcome: &mut Outcome, row: &Row, mention: Option<&Mention>) {
    let (source, target) = (gold_side(&row.source), gold_side(&row.target));
    let given = mention.map_or("nothing".to_string(), |m| {
        format!("{} {:?} -> {:?}", m.event, given_side(&m.actors), given_side(&m.recipients))
    });
    let truth = format!("{} {source:?} -> {target:?}", row.event);
    outcome.explained.push(format!("{}: {truth}; given {given}: {}", row.id, row.text));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_compared_as_sets() {
        let gold =
            json!([{"code": "TUR", "sector": "CVLkur"}, {"code": "GRC", "sector": "***"}, {"code": "TUR"}]);
        let side = gold_side(&gold);
        assert_eq!(side.countries, BTreeSet::from(["GRC".to_string(), "TUR".to_string()]));
        assert_eq!(side.sectors, BTreeSet::from(["CVL".to_string()]));
        assert_eq!(gold_side(&json!("diplomatic")), Side::default());
        assert_eq!(gold_side(&Value::Null), given_side(&[]));
    }
}
