//! A sentence's meaning as a vector that can be kept: 256 bytes.
//!
//! In: text. Out: cosines. Never: fails; without a vector every cosine is 0.

use crate::model::Lang;
use serde::{Deserialize, Serialize};

/// A unit vector, each number in 255 steps; empty if nothing in the text was known.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Packed {
    steps: Vec<i8>,
    over_length: f32,
}

impl Packed {
    /// Packs numbers of any length.
    pub fn of(numbers: &[f32]) -> Self {
        let peak = numbers.iter().fold(0.0_f32, |peak, x| peak.max(x.abs()));
        if peak <= 0.0 || !peak.is_finite() {
            return Self::default();
        }
        let steps: Vec<i8> = numbers.iter().map(|x| (x / peak * 127.0).round() as i8).collect();
        let over_length = 1.0 / (dot(&steps, &steps) as f32).sqrt();
        Self { steps, over_length }
    }

    /// Cosine of the angle to `other`, -1..=1; 0 if either is empty.
    pub fn cosine(&self, other: &Self) -> f32 {
        dot(&self.steps, &other.steps) as f32 * self.over_length * other.over_length
    }

    /// Adds the unit vector, `times` over, to a sum that is empty at first.
    pub fn add_to(&self, sum: &mut Vec<f32>, times: f32) {
        sum.resize(sum.len().max(self.steps.len()), 0.0);
        for (x, step) in sum.iter_mut().zip(&self.steps) {
            *x += f32::from(*step) * self.over_length * times;
        }
    }

    /// On which side of a fixed pseudo-random plane the vector lies.
    pub fn sign(&self, plane: u32) -> bool {
        let flip = |i: usize| super::fold::hash_run([plane, i as u32]) & 1 == 1;
        let sum: i32 = self
            .steps
            .iter()
            .enumerate()
            .map(|(i, x)| if flip(i) { -i32::from(*x) } else { i32::from(*x) })
            .sum();
        sum > 0
    }

    /// Whether the text had nothing known.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }
}

fn dot(a: &[i8], b: &[i8]) -> i32 {
    a.iter().zip(b).map(|(x, y)| i32::from(*x) * i32::from(*y)).sum()
}

/// The vector of a text.
pub(super) fn vector(text: &str, lang: Lang) -> Packed {
    let lang = lang.is_known().then(|| lang.code());
    Packed::of(stemma_words::table().vector(text, lang).as_array())
}
