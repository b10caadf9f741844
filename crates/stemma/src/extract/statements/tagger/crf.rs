//! A linear chain over labels (Lafferty, McCallum and Pereira, 2001): the best labelling and
//! how likely each label is. Scores come in, no features.

/// What it costs to pass from label to label.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chain {
    /// How many labels there are.
    pub n_labels: usize,
    /// `[from * n_labels + to]`.
    pub passing: Vec<f32>,
}

impl Chain {
    /// The best labelling for scores `[word * n_labels + label]`.
    pub fn best(&self, scores: &[f32]) -> Vec<u8> {
        let l = self.n_labels;
        let n = scores.len() / l;
        if n == 0 {
            return Vec::new();
        }
        let mut back = vec![0u8; n * l];
        let mut at = scores[..l].to_vec();
        let mut next = vec![0.0; l];
        for i in 1..n {
            for to in 0..l {
                let (mut best, mut from) = (f32::NEG_INFINITY, 0);
                for (k, score) in at.iter().enumerate() {
                    let score = score + self.passing[k * l + to];
                    if score > best {
                        (best, from) = (score, k);
                    }
                }
                next[to] = best + scores[i * l + to];
                back[i * l + to] = from as u8;
            }
            std::mem::swap(&mut at, &mut next);
        }
        let mut label = (0..l).fold(0, |a, b| if at[b] > at[a] { b } else { a });
        let mut labels = vec![0; n];
        for i in (0..n).rev() {
            labels[i] = label as u8;
            label = back[i * l + label] as usize;
        }
        labels
    }

    /// The sums over all labellings: what each label of each word weighs from the left and
    /// from the right, scaled word by word, and the logarithm of the whole.
    pub fn sums(&self, scores: &[f32]) -> Sums {
        let l = self.n_labels;
        let n = scores.len() / l;
        let passing: Vec<f32> = self.passing.iter().map(|p| p.exp()).collect();
        let mut sums = Sums {
            forward: vec![0.0; n * l],
            backward: vec![1.0; n * l],
            own: vec![0.0; n * l],
            total: 0.0,
            passing,
        };
        for i in 0..n {
            let row = &scores[i * l..][..l];
            let top = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let own = &mut sums.own[i * l..][..l];
            own.iter_mut().zip(row).for_each(|(own, score)| *own = (score - top).exp());
            sums.total += f64::from(top);
        }
        for i in 0..n {
            let (before, here) = sums.forward.split_at_mut(i * l);
            for (to, weight) in here[..l].iter_mut().enumerate() {
                let came = if i == 0 {
                    1.0
                } else {
                    (0..l).map(|k| before[(i - 1) * l + k] * sums.passing[k * l + to]).sum()
                };
                *weight = came * sums.own[i * l + to];
            }
            let scale: f32 = here[..l].iter().sum::<f32>().max(f32::MIN_POSITIVE);
            here[..l].iter_mut().for_each(|h| *h /= scale);
            sums.total += f64::from(scale.ln());
        }
        for i in (0..n.saturating_sub(1)).rev() {
            for from in 0..l {
                let goes: f32 = (0..l)
                    .map(|k| {
                        let at = (i + 1) * l + k;
                        sums.passing[from * l + k] * sums.own[at] * sums.backward[at]
                    })
                    .sum();
                sums.backward[i * l + from] = goes;
            }
            let row = &mut sums.backward[i * l..][..l];
            let scale = row.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            row.iter_mut().for_each(|b| *b /= scale);
        }
        sums
    }

    /// The score of one labelling.
    pub fn score(&self, scores: &[f32], labels: &[u8]) -> f64 {
        let l = self.n_labels;
        let own = labels.iter().enumerate().map(|(i, y)| f64::from(scores[i * l + *y as usize])).sum::<f64>();
        let pass = labels.windows(2).map(|w| f64::from(self.passing[w[0] as usize * l + w[1] as usize]));
        own + pass.sum::<f64>()
    }
}

/// Sums over all labellings.
#[derive(Clone, Debug)]
pub struct Sums {
    /// From the left, own score included.
    pub forward: Vec<f32>,
    /// From the right, own score not included.
    pub backward: Vec<f32>,
    /// Own scores, as factors.
    pub own: Vec<f32>,
    /// Passing, as factors.
    pub passing: Vec<f32>,
    /// The logarithm of the whole.
    pub total: f64,
}

impl Sums {
    /// How likely each label of each word is, `[word * n_labels + label]`.
    pub fn likely(&self, n_labels: usize) -> Vec<f32> {
        let mut likely: Vec<f32> = self.forward.iter().zip(&self.backward).map(|(a, b)| a * b).collect();
        for row in likely.chunks_mut(n_labels) {
            let sum = row.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            row.iter_mut().for_each(|p| *p /= sum);
        }
        likely
    }
}
