//! What should come out of a story: `expected.json`, read with tolerance.
//!
//! Where one thing or a list of things may stand, both are read. An item that cannot be understood
//! costs a note, never the story.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Everything that is said about a story.
#[derive(Debug, Default)]
pub(crate) struct Truth {
    /// By id.
    pub(crate) reports: BTreeMap<String, TrueReport>,
    pub(crate) families: Vec<Vec<String>>,
    pub(crate) descents: Vec<TrueDescent>,
    pub(crate) spun: Option<Vec<String>>,
    pub(crate) events: Vec<Vec<String>>,
    pub(crate) storylines: Vec<Vec<String>>,
    pub(crate) names: Vec<Vec<String>>,
    pub(crate) variants: Vec<TrueVariant>,
    pub(crate) entries: Vec<TrueEntry>,
    pub(crate) statements: Vec<TrueStatement>,
    pub(crate) times: Vec<TrueTime>,
    pub(crate) quantities: Vec<TrueQuantity>,
    /// What could not be understood.
    pub(crate) notes: Vec<String>,
}

/// One, or several.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Many {
    One(String),
    Several(Vec<String>),
}

/// Reads a string or a list of strings; null and nothing are an empty list.
fn many<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Ok(match Option::<Many>::deserialize(deserializer)? {
        None => Vec::new(),
        Some(Many::One(one)) => vec![one],
        Some(Many::Several(several)) => several,
    })
}

/// Readings by report, each a list.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "BTreeMap<String, Many>")]
pub(crate) struct Readings(pub(crate) BTreeMap<String, Vec<String>>);

impl From<BTreeMap<String, Many>> for Readings {
    fn from(readings: BTreeMap<String, Many>) -> Self {
        let list = |many| match many {
            Many::One(one) => vec![one],
            Many::Several(several) => several,
        };
        Self(readings.into_iter().map(|(report, many)| (report, list(many))).collect())
    }
}

/// A report: fields that are absent are not judged, `null` says that there is none.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct TrueReport {
    pub(crate) file: String,
    pub(crate) lang: Option<String>,
    pub(crate) published: Option<String>,
    /// Judged if the field is there: see [`Self::is_told`].
    pub(crate) credit: Option<String>,
    pub(crate) headline: Option<String>,
    pub(crate) dateline: Option<String>,
    pub(crate) credit_words: Option<String>,
    pub(crate) boilerplate_begins: Option<String>,
    pub(crate) repeated_lines: Option<usize>,
    pub(crate) glued_sentences_at_least: Option<usize>,
    #[serde(default)]
    pub(crate) statements_complete: bool,
    #[serde(default)]
    pub(crate) event_doubtful: bool,
    #[serde(skip)]
    told: Vec<String>,
}

impl TrueReport {
    /// Whether the field stands there, be it `null`.
    pub(crate) fn is_told(&self, field: &str) -> bool {
        self.told.iter().any(|f| f == field)
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct TrueDescent {
    pub(crate) child: String,
    pub(crate) parent: String,
    pub(crate) kind: String,
    #[serde(default, deserialize_with = "many")]
    pub(crate) also: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct TrueVariant {
    pub(crate) kind: String,
    #[serde(default, deserialize_with = "many")]
    pub(crate) kind_also: Vec<String>,
    #[serde(default)]
    pub(crate) about: String,
    pub(crate) readings: Readings,
    #[serde(default, deserialize_with = "many")]
    pub(crate) likely_original: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct TrueEntry {
    pub(crate) about: String,
    #[serde(default)]
    pub(crate) reports: Vec<String>,
    #[serde(default)]
    pub(crate) readings: Readings,
    /// Values by report, each a list.
    #[serde(default)]
    pub(crate) quantities: Readings,
    /// A TIMEX3 value that each reading has.
    pub(crate) time: Option<String>,
    #[serde(default, deserialize_with = "many")]
    pub(crate) origins: Vec<String>,
    pub(crate) standing: Option<String>,
    #[serde(default, deserialize_with = "many")]
    pub(crate) standing_also: Vec<String>,
    #[serde(default, deserialize_with = "many")]
    pub(crate) negated: Vec<String>,
    /// The readings can all hold: any standing but disputed and corrupted.
    #[serde(default)]
    pub(crate) compatible: bool,
}

#[derive(Debug, Deserialize)]
pub(crate) struct TrueStatement {
    pub(crate) report: String,
    #[serde(default, deserialize_with = "many")]
    pub(crate) source: Vec<String>,
    #[serde(default, deserialize_with = "many")]
    pub(crate) cue: Vec<String>,
    #[serde(deserialize_with = "many")]
    pub(crate) content: Vec<String>,
    pub(crate) speaker: Option<String>,
    #[serde(default, deserialize_with = "many")]
    pub(crate) via: Vec<String>,
    #[serde(rename = "type")]
    pub(crate) kind: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct TrueTime {
    pub(crate) report: String,
    pub(crate) words: String,
    pub(crate) value: String,
    pub(crate) value_undated: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct TrueQuantity {
    pub(crate) report: String,
    pub(crate) words: String,
    pub(crate) value: String,
    #[serde(default)]
    pub(crate) unit: String,
    pub(crate) change: Option<String>,
}

impl Truth {
    /// Reads the text of an `expected.json`; an error only if it is no JSON object.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let fields: Map<String, Value> = serde_json::from_str(text).map_err(|e| e.to_string())?;
        let mut truth = Truth::default();
        let notes = &mut truth.notes;
        if let Some(Value::Object(reports)) = fields.get("reports") {
            for (id, value) in reports {
                match TrueReport::deserialize(value) {
                    Ok(mut report) => {
                        report.told = value.as_object().map_or(Vec::new(), |f| f.keys().cloned().collect());
                        truth.reports.insert(id.clone(), report);
                    }
                    Err(error) => notes.push(format!("report {id}: {error}")),
                }
            }
        }
        truth.families = list(&fields, "families", notes);
        truth.descents = list(&fields, "descents", notes);
        truth.spun = fields.contains_key("spun").then(|| list(&fields, "spun", notes));
        truth.events = list(&fields, "events", notes);
        truth.storylines = list(&fields, "storylines", notes);
        truth.names = list(&fields, "names", notes);
        truth.variants = list(&fields, "variants", notes);
        truth.entries = list(&fields, "entries", notes);
        truth.statements = list(&fields, "statements", notes);
        truth.times = list(&fields, "times", notes);
        truth.quantities = list(&fields, "quantities", notes);
        Ok(truth)
    }
}

fn list<T: DeserializeOwned>(fields: &Map<String, Value>, name: &str, notes: &mut Vec<String>) -> Vec<T> {
    let items = fields.get(name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let mut read = Vec::with_capacity(items.len());
    for (i, item) in items.iter().enumerate() {
        match T::deserialize(item) {
            Ok(item) => read.push(item),
            Err(error) => notes.push(format!("{name}, item {}: {error}", i + 1)),
        }
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_or_several_and_odd_ones() {
        let text = r#"{
            "reports": {"a": {"file": "a.txt", "credit": null}, "b": 3},
            "variants": [{"kind": "Date", "readings": {"a": "May", "b": ["June", "June 1"]}, "likely_original": "a"}],
            "statements": [{"report": "a", "source": null, "content": ["x", "y"]}, {"report": "a"}]
        }"#;
        let truth = Truth::parse(text).unwrap();
        assert!(truth.reports["a"].is_told("credit") && !truth.reports["a"].is_told("headline"));
        assert_eq!(truth.variants[0].readings.0["b"], ["June", "June 1"]);
        assert_eq!(truth.variants[0].likely_original, ["a"]);
        assert_eq!(truth.statements[0].content, ["x", "y"]);
        assert_eq!(truth.notes.len(), 2);
        assert!(truth.spun.is_none());
        assert!(Truth::parse("[]").is_err());
    }
}
