//! Two profiles -> the probability that they tell the same happening.
//!
//! A logistic model over named features, one set of weights within a language and one across.
//! The weights stand in `weights.toml` with how they were trained; nothing here is hidden.

use super::profile::Profile;
use serde::Deserialize;
use std::sync::LazyLock;

/// What is measured of a pair; each 0..=1 unless said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Features {
    /// Cosine of rare words.
    pub words: f32,
    /// Cosine of names.
    pub names: f32,
    /// Cosine of numbers.
    pub numbers: f32,
    /// Cosine of days named.
    pub days: f32,
    /// How much of either lead the other report has, the lesser way.
    pub lead_least: f32,
    /// The same, the greater way.
    pub lead_most: f32,
    /// Cosine of the meaning of the whole, -1..=1.
    pub meaning: f32,
    /// Cosine of the meaning of the leads, -1..=1.
    pub lead_meaning: f32,
    /// Days between the publications, as ln(1 + days), 0 where unknown.
    pub gap: f32,
}

impl Features {
    /// The names of the features, in the order of [`Features::values`].
    pub const NAMES: [&'static str; 9] =
        ["words", "names", "numbers", "days", "lead_least", "lead_most", "meaning", "lead_meaning", "gap"];

    /// The values, in the order of [`Features::NAMES`].
    pub fn values(&self) -> [f32; 9] {
        [
            self.words,
            self.names,
            self.numbers,
            self.days,
            self.lead_least,
            self.lead_most,
            self.meaning,
            self.lead_meaning,
            self.gap,
        ]
    }
}

/// Measures a pair; the same either way round.
pub(super) fn measure(a: &Profile, b: &Profile) -> Features {
    let (ab, ba) = (a.lead.covered_by(&b.words), b.lead.covered_by(&a.words));
    let gap = match (a.published, b.published) {
        (Some(x), Some(y)) => (1.0 + (x.date - y.date).get_days().unsigned_abs() as f32).ln(),
        _ => 0.0,
    };
    Features {
        words: a.words.cosine(&b.words),
        names: a.names.cosine(&b.names),
        numbers: a.numbers.cosine(&b.numbers),
        days: a.days.cosine(&b.days),
        lead_least: ab.min(ba),
        lead_most: ab.max(ba),
        meaning: a.vectors[0].cosine(&b.vectors[0]),
        lead_meaning: a.vectors[1].cosine(&b.vectors[1]),
        gap,
    }
}

/// Weights of one model: a bias, then one for each feature by name.
#[derive(Debug, Deserialize)]
struct Weights {
    bias: f32,
    #[serde(flatten)]
    features: std::collections::BTreeMap<String, f32>,
}

#[derive(Debug, Deserialize)]
struct Models {
    within: Weights,
    across: Weights,
}

struct Model {
    bias: f32,
    weights: [f32; 9],
}

static MODELS: LazyLock<[Model; 2]> = LazyLock::new(|| {
    let models: Models = toml::from_str(include_str!("weights.toml")).expect("a test reads the table");
    [models.within, models.across].map(|w| Model {
        bias: w.bias,
        weights: Features::NAMES.map(|name| w.features.get(name).copied().unwrap_or(0.0)),
    })
});

/// Probability that two reports tell the same happening, 0..=1.
pub(super) fn same_happening(a: &Profile, b: &Profile) -> f32 {
    let across = a.lang != b.lang && a.lang.is_known() && b.lang.is_known();
    let model = &MODELS[usize::from(across)];
    let sum: f32 = measure(a, b).values().iter().zip(model.weights).map(|(x, w)| x * w).sum();
    1.0 / (1.0 + (-(model.bias + sum)).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_loads_and_names_only_features() {
        let models: Models = toml::from_str(include_str!("weights.toml")).unwrap();
        for weights in [models.within, models.across] {
            assert!(weights.features.keys().all(|k| Features::NAMES.contains(&k.as_str())));
            assert!(!weights.features.is_empty());
        }
    }
}
