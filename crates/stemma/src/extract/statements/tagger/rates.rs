//! How often words of a stem are part of a cue, in the data that the tagger was trained on.

/// Least rates of the buckets 1 to 8.
const STEPS: [f32; 8] = [0.003, 0.02, 0.06, 0.15, 0.3, 0.5, 0.75, 0.9];

/// Buckets of rates by the number of a stem, sorted.
#[derive(Clone, Debug, Default)]
pub struct Rates {
    /// Numbers of stems, in order.
    pub stems: Vec<u32>,
    /// The bucket of each: 0 for hardly ever, 8 for nearly always.
    pub buckets: Vec<u8>,
}

impl Rates {
    /// The bucket of a stem; none if the stem is rare.
    pub fn bucket(&self, stem: u32) -> Option<u8> {
        self.stems.binary_search(&stem).ok().map(|k| self.buckets[k])
    }

    /// The bucket for a stem that was part of a cue `n_cues` times of `n`; none below three.
    pub fn bucket_of(n_cues: u32, n: u32) -> Option<u8> {
        let rate = n_cues as f32 / (n + 2) as f32;
        (n >= 3).then(|| STEPS.iter().filter(|s| rate >= **s).count() as u8)
    }
}
