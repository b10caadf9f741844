//! Bytes of a weights file -> the two taggers and the last weighing.
//!
//! Features are known by 32 bits of their hash: the upper 16 lead to a bucket, the lower 16 are
//! looked through in it. Weights are steps of one size in a byte. Damaged bytes give no weights.

use super::crf::Chain;
use super::rates::Rates;

/// Opens every file; the digit is the form's version.
const MAGIC: &[u8] = b"stemma statements 1\n";
/// How many buckets the features are spread over.
const N_BUCKETS: usize = 1 << 16;

/// All that was trained for one language.
#[derive(Debug)]
pub(in super::super) struct Weights {
    pub(super) rates: Rates,
    pub(super) first: Table,
    pub(super) second: Table,
    /// Weights of the last weighing, the constant first.
    pub(super) judge: Vec<f32>,
}

/// The weights of one tagger.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) chain: Chain,
    step: f32,
    buckets: Vec<u32>,
    low: Vec<u16>,
    weights: &'static [u8],
}

impl Weights {
    /// Reads a file.
    pub(super) fn read(bytes: &'static [u8]) -> Option<Weights> {
        let mut reader = Reader { rest: bytes.strip_prefix(MAGIC)? };
        let n = reader.number()?;
        let stems = reader.numbers(n)?;
        let buckets = reader.take(n)?.to_vec();
        let rates = Rates { stems, buckets };
        let (first, second) = (Table::read(&mut reader)?, Table::read(&mut reader)?);
        let n = reader.number()?;
        let judge = reader.reals(n)?;
        Some(Weights { rates, first, second, judge })
    }
}

impl Table {
    fn read(reader: &mut Reader) -> Option<Table> {
        let n_labels = reader.number()?;
        let passing = reader.reals(n_labels.checked_mul(n_labels)?)?;
        let step = *reader.reals(1)?.first()?;
        let n = reader.number()?;
        let mut buckets = vec![0; N_BUCKETS + 1];
        let mut low = Vec::with_capacity(n.min(1 << 22));
        for (k, hash) in reader.numbers(n)?.into_iter().enumerate() {
            buckets[(hash >> 16) as usize + 1] = k as u32 + 1;
            low.push(hash as u16);
        }
        for k in 1..buckets.len() {
            buckets[k] = buckets[k].max(buckets[k - 1]);
        }
        let weights = reader.take(n.checked_mul(n_labels)?)?;
        let chain = Chain { n_labels, passing };
        (n_labels > 0 && n_labels <= MOST_LABELS).then_some(Table { chain, step, buckets, low, weights })
    }

    /// Appends the score of each label for a word's features.
    pub(super) fn score(&self, features: &[u32], scores: &mut Vec<f32>) {
        let l = self.chain.n_labels;
        let mut sums = [0i32; MOST_LABELS];
        for feature in features {
            let bucket = (feature >> 16) as usize;
            let (from, to) = (self.buckets[bucket] as usize, self.buckets[bucket + 1] as usize);
            let low = *feature as u16;
            if let Some(k) = self.low[from..to].iter().position(|h| *h == low) {
                let at = (from + k) * l;
                for (sum, weight) in sums.iter_mut().zip(&self.weights[at..at + l]) {
                    *sum += i32::from(weight.cast_signed());
                }
            }
        }
        scores.extend(sums[..l].iter().map(|s| *s as f32 * self.step));
    }
}

/// More labels than any tagger has.
const MOST_LABELS: usize = 8;

struct Reader {
    rest: &'static [u8],
}

impl Reader {
    fn take(&mut self, n: usize) -> Option<&'static [u8]> {
        let (head, rest) = self.rest.split_at_checked(n)?;
        self.rest = rest;
        Some(head)
    }

    fn number(&mut self) -> Option<usize> {
        Some(u32::from_le_bytes(*self.take(4)?.first_chunk()?) as usize)
    }

    fn numbers(&mut self, n: usize) -> Option<Vec<u32>> {
        let bytes = self.take(n.checked_mul(4)?)?;
        Some(bytes.as_chunks().0.iter().map(|b| u32::from_le_bytes(*b)).collect())
    }

    fn reals(&mut self, n: usize) -> Option<Vec<f32>> {
        let bytes = self.take(n.checked_mul(4)?)?;
        Some(bytes.as_chunks().0.iter().map(|b| f32::from_le_bytes(*b)).collect())
    }
}

/// A trained tagger as the trainer has it: features by hash, in order, with their weights.
#[derive(Clone, Debug)]
pub struct Trained {
    /// Costs of passing.
    pub chain: Chain,
    /// Hashes in order.
    pub hashes: Vec<u32>,
    /// One weight for each label of each hash, `[hash * n_labels + label]`.
    pub weights: Vec<f32>,
}

/// Largest weight that a byte can hold; larger ones are rare and as good as this.
const LARGEST: f32 = 3.0;

/// Writes a file; weights whose labels all stay below `least` are left out.
pub fn write(rates: &Rates, taggers: [&Trained; 2], judge: &[f32], least: f32) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    let number = |out: &mut Vec<u8>, n: usize| out.extend((n as u32).to_le_bytes());
    number(&mut out, rates.stems.len());
    rates.stems.iter().for_each(|s| out.extend(s.to_le_bytes()));
    out.extend(&rates.buckets);
    for tagger in taggers {
        let l = tagger.chain.n_labels;
        let step = LARGEST / 127.0;
        number(&mut out, l);
        tagger.chain.passing.iter().for_each(|p| out.extend(p.to_le_bytes()));
        out.extend(step.to_le_bytes());
        let rows = tagger.hashes.iter().zip(tagger.weights.chunks(l));
        let kept: Vec<(&u32, &[f32])> = rows.filter(|(_, w)| w.iter().any(|w| w.abs() >= least)).collect();
        number(&mut out, kept.len());
        kept.iter().for_each(|(h, _)| out.extend(h.to_le_bytes()));
        for weight in kept.iter().flat_map(|(_, w)| w.iter()) {
            out.push(((weight / step).round().clamp(-127.0, 127.0) as i8).cast_unsigned());
        }
    }
    number(&mut out, judge.len());
    judge.iter().for_each(|w| out.extend(w.to_le_bytes()));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Vec<u8> {
        let tagger = Trained {
            chain: Chain { n_labels: 2, passing: vec![0.0, -1.0, -1.0, 0.5] },
            hashes: vec![5, 0x1_0005, 0xFFFF_FFFF],
            weights: vec![1.0, -1.0, 0.0, 0.001, 9.0, 0.5],
        };
        let rates = Rates { stems: vec![3, 9], buckets: vec![1, 8] };
        write(&rates, [&tagger, &tagger], &[0.5, 1.5], 0.02)
    }

    #[test]
    fn what_is_written_is_read() {
        let weights = Weights::read(small().leak()).unwrap();
        assert_eq!((weights.rates.bucket(9), weights.rates.bucket(4)), (Some(8), None));
        assert_eq!(weights.judge, [0.5, 1.5]);
        let mut scores = Vec::new();
        weights.first.score(&[5, 0x1_0005, 0xFFFF_FFFF, 77], &mut scores);
        // The second is left out, and the third is as large as a byte can say.
        assert!((scores[0] - 4.0).abs() < 0.03 && (scores[1] + 0.5).abs() < 0.03, "{scores:?}");
    }

    #[test]
    fn cut_files_give_no_weights() {
        let whole = small();
        for n in 0..whole.len() {
            assert!(Weights::read(whole[..n].to_vec().leak()).is_none(), "{n}");
        }
    }
}
