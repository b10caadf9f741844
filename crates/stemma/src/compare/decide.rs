//! Features -> the probability that two reports share a text.
//!
//! A logistic model over a handful of relative features, one for one language and one across;
//! `weights.toml` has the weights and says how they came about. Never: looks at text.

use super::measure::{FEATURES, N};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct Table {
    within: Model,
    across: Model,
}

#[derive(Deserialize)]
struct Model {
    bias: f32,
    weights: BTreeMap<String, f32>,
}

struct Weights {
    bias: f32,
    weights: [f32; N],
}

static WEIGHTS: LazyLock<[Weights; 2]> = LazyLock::new(|| {
    let table: Table =
        toml::from_str(include_str!("weights.toml")).expect("the embedded table is valid: a test reads it");
    [table.within, table.across].map(|model| Weights {
        bias: model.bias,
        weights: FEATURES.map(|name| model.weights.get(name).copied().unwrap_or(0.0)),
    })
});

/// The probability, 0..=1.
pub(super) fn copying(features: &[f32; N], across: bool) -> f32 {
    let model = &WEIGHTS[usize::from(across)];
    let sum: f32 = features.iter().zip(&model.weights).map(|(x, w)| x * w).sum();
    1.0 / (1.0 + (-(sum + model.bias)).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_load_and_name_features() {
        let table: Table = toml::from_str(include_str!("weights.toml")).unwrap();
        for name in table.within.weights.keys().chain(table.across.weights.keys()) {
            assert!(FEATURES.contains(&name.as_str()), "{name}");
        }
        for across in [false, true] {
            assert!((0.0..=1.0).contains(&copying(&[0.0; N], across)));
        }
    }
}
