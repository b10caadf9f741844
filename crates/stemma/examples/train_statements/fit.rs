//! Samples -> a linear-chain CRF, by AdaGrad (Duchi, Hazan and Singer, 2011) on each sequence
//! with a linear decay of the rate; L1 and L2 are made up for when a weight is next touched.

use rustc_hash::FxHashMap;
use stemma::extract::statements::tagger::training::{Chain, Sample, Sums, Trained};

/// More labels than any tagger has.
const L: usize = 8;
/// A word whose labels are this near to the truth teaches nothing more.
const SETTLED: f32 = 0.002;
/// What a feature that is too rare to have weights is known by.
const RARE: u32 = u32::MAX;

/// How to fit.
#[derive(Clone, Copy)]
pub(crate) struct Plan {
    pub(crate) n_labels: usize,
    pub(crate) epochs: usize,
    pub(crate) rate: f32,
    pub(crate) l1: f32,
    pub(crate) l2: f32,
}

/// Features that occur often enough, by number.
pub(crate) struct Index {
    ids: FxHashMap<u32, u32>,
    hashes: Vec<u32>,
}

impl Index {
    /// Those that occur at least `least` times.
    pub(crate) fn of(samples: &[Vec<Sample>], least: u32) -> Index {
        let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
        samples.iter().flatten().flat_map(|s| &s.features).for_each(|f| *counts.entry(*f).or_default() += 1);
        let mut hashes: Vec<u32> = counts.iter().filter(|(_, n)| **n >= least).map(|(h, _)| *h).collect();
        hashes.sort_unstable();
        Index { ids: hashes.iter().zip(0..).map(|(h, k)| (*h, k)).collect(), hashes }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Puts numbers in place of hashes.
    pub(crate) fn number(&self, sample: &mut Sample) {
        sample.features.iter_mut().for_each(|f| *f = self.ids.get(f).copied().unwrap_or(RARE));
    }
}

/// A tagger in the making.
pub(crate) struct Model {
    weights: Vec<[f32; L]>,
    squares: Vec<[f32; L]>,
    touched: Vec<u32>,
    pub(crate) chain: Chain,
    chain_squares: Vec<f32>,
}

/// What one step goes by.
struct Step {
    number: u32,
    rate: f32,
    /// L1 and L2 for each sequence that passed.
    decay: [f32; 2],
}

impl Model {
    /// Fits to samples whose features are numbers.
    pub(crate) fn fit(samples: &[&Sample], n_features: usize, plan: Plan) -> Model {
        let l = plan.n_labels;
        let mut model = Model {
            weights: vec![[0.0; L]; n_features],
            squares: vec![[0.1; L]; n_features],
            touched: vec![0; n_features],
            chain: Chain { n_labels: l, passing: vec![0.0; l * l] },
            chain_squares: vec![0.1; l * l],
        };
        let mut order: Vec<usize> = (0..samples.len()).collect();
        let mut seed = 12345_u64;
        let total = (plan.epochs * samples.len() + 1) as f32;
        let mut number = 0;
        for _ in 0..plan.epochs {
            for i in (1..order.len()).rev() {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                order.swap(i, (seed >> 33) as usize % (i + 1));
            }
            for k in &order {
                number += 1;
                let rate = plan.rate * (1.0 - number as f32 / total);
                let decay = [plan.l1, plan.l2].map(|d| d / samples.len() as f32);
                model.learn(samples[*k], &Step { number, rate, decay });
            }
        }
        model
    }

    /// Scores of a sample's words.
    pub(crate) fn scores(&self, sample: &Sample) -> Vec<f32> {
        let n = sample.labels.len();
        let mut scores = Vec::with_capacity(n * self.chain.n_labels);
        for features in sample.features.chunks(sample.features.len() / n.max(1)) {
            let mut sums = [0.0; L];
            for feature in features.iter().filter(|f| **f != RARE) {
                sums.iter_mut().zip(&self.weights[*feature as usize]).for_each(|(s, w)| *s += w);
            }
            scores.extend(&sums[..self.chain.n_labels]);
        }
        scores
    }

    fn learn(&mut self, sample: &Sample, step: &Step) {
        let (l, n) = (self.chain.n_labels, sample.labels.len());
        if n == 0 {
            return;
        }
        let sums = self.chain.sums(&self.scores(sample));
        let likely = sums.likely(l);
        let width = sample.features.len() / n;
        for i in 0..n {
            let mut off = [0.0; L];
            off[..l].copy_from_slice(&likely[i * l..(i + 1) * l]);
            off[sample.labels[i] as usize] -= 1.0;
            if off.iter().any(|o| o.abs() >= SETTLED) {
                let features = &sample.features[i * width..(i + 1) * width];
                features.iter().filter(|f| **f != RARE).for_each(|f| self.touch(*f as usize, &off, step));
            }
        }
        let off = passing_off(&sums, &sample.labels, l);
        for (k, off) in off.into_iter().enumerate() {
            self.chain_squares[k] += off * off;
            self.chain.passing[k] -= step.rate / self.chain_squares[k].sqrt() * off;
        }
    }

    fn touch(&mut self, feature: usize, off: &[f32; L], step: &Step) {
        let passed = (step.number - self.touched[feature]) as f32;
        self.touched[feature] = step.number;
        let (weights, squares) = (&mut self.weights[feature], &mut self.squares[feature]);
        for k in 0..L {
            squares[k] += off[k] * off[k];
            let rate = step.rate / squares[k].sqrt();
            let shrunk = weights[k] * (1.0 - (rate * step.decay[1] * passed).min(1.0)) - rate * off[k];
            let cut = rate * step.decay[0] * passed;
            weights[k] = shrunk.signum() * (shrunk.abs() - cut).max(0.0);
        }
    }

    /// As it is written.
    pub(crate) fn trained(&self, index: &Index) -> Trained {
        let l = self.chain.n_labels;
        let weights = self.weights.iter().flat_map(|w| w[..l].to_vec()).collect();
        Trained { chain: self.chain.clone(), hashes: index.hashes.clone(), weights }
    }
}

/// How far what is expected of each passing is from the truth.
fn passing_off(sums: &Sums, labels: &[u8], l: usize) -> Vec<f32> {
    let mut off = vec![0.0; l * l];
    for i in 1..labels.len() {
        let mut pairs = [0.0; L * L];
        for a in 0..l {
            for b in 0..l {
                let right = sums.own[i * l + b] * sums.backward[i * l + b];
                pairs[a * l + b] = sums.forward[(i - 1) * l + a] * sums.passing[a * l + b] * right;
            }
        }
        let whole = pairs.iter().sum::<f32>().max(f32::MIN_POSITIVE);
        off.iter_mut().zip(pairs).for_each(|(o, p)| *o += p / whole);
        off[labels[i - 1] as usize * l + labels[i] as usize] -= 1.0;
    }
    off
}

/// Logistic weights by gradient descent over standardised values, folded back to the raw ones.
pub(crate) fn logistic(rows: &[(Vec<f32>, bool)]) -> Vec<f32> {
    let n = rows.len().max(1) as f32;
    let d = rows.first().map_or(0, |r| r.0.len());
    let mean: Vec<f32> =
        (0..d).map(|j| if j == 0 { 0.0 } else { rows.iter().map(|r| r.0[j]).sum::<f32>() / n }).collect();
    let spread = |j: usize| (rows.iter().map(|r| (r.0[j] - mean[j]).powi(2)).sum::<f32>() / n).sqrt() + 1e-6;
    let spread: Vec<f32> = (0..d).map(|j| if j == 0 { 1.0 } else { spread(j) }).collect();
    let (mut weights, mut squares) = (vec![0.0_f32; d], vec![1e-3_f32; d]);
    for epoch in 0..EPOCHS {
        let mut slope = vec![0.0; d];
        for (row, right) in rows {
            let scaled: Vec<f32> = (0..d).map(|j| (row[j] - mean[j]) / spread[j]).collect();
            let sum: f32 = scaled.iter().zip(&weights).map(|(a, b)| a * b).sum();
            let off = 1.0 / (1.0 + (-sum).exp()) - f32::from(u8::from(*right));
            slope.iter_mut().zip(scaled).for_each(|(s, x)| *s += off * x / n);
        }
        let rate = 0.05 * (1.0 - epoch as f32 / EPOCHS as f32);
        for j in 0..d {
            squares[j] = 0.95 * squares[j] + 0.05 * slope[j] * slope[j];
            weights[j] -= rate * slope[j] / (squares[j].sqrt() + 1e-5);
        }
    }
    let mut folded: Vec<f32> = (0..d).map(|j| weights[j] / spread[j]).collect();
    let shift: f32 = (1..d).map(|j| mean[j] * folded[j]).sum();
    folded.iter_mut().take(1).for_each(|w| *w -= shift);
    folded
}

const EPOCHS: usize = 300;
