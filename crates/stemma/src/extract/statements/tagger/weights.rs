//! Bytes of a weights file -> the two taggers and the last weighing.
//!
//! Features are known by 32 bits of their hash. Weights are steps of one size in a byte. Damaged bytes
//! give no weights. Looking up is most of the tagger's work, so the table is laid out for it: bits that
//! fit the nearest memory tell most of what is not there, and a hash lies with its weights.

use super::crf::Chain;
use super::rates::Rates;

/// Opens every file; the digit is the form's version.
const MAGIC: &[u8] = b"stemma statements 1\n";
/// Leading bits of a hash that are looked up first. With 2^21 beginnings one in seven is in use by the
/// larger of the English tables; one more bit halves that and doubles the half megabyte they take.
const LEADING: u32 = 21;
/// Features looked up together: so many may wait for memory at a time.
const TOGETHER: usize = 32;

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
    beginnings: Vec<Beginnings>,
    /// By hash, ascending; the last is no feature's.
    rows: Vec<Row>,
}

/// Which of 64 beginnings some hash has, and how many rows have an earlier one.
#[derive(Clone, Copy, Debug, Default)]
struct Beginnings {
    bits: u64,
    before: u32,
}

/// A feature's weight for each label; labels that the tagger lacks have none.
#[derive(Debug)]
struct Row {
    hash: u32,
    weights: [i8; MOST_LABELS],
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
        let n_labels = reader.number().filter(|n| (1..=MOST_LABELS).contains(n))?;
        let passing = reader.reals(n_labels * n_labels)?;
        let step = *reader.reals(1)?.first()?;
        let n = reader.number()?;
        let hashes = reader.numbers(n)?;
        let weights = reader.take(n.checked_mul(n_labels)?)?;
        let row = |(hash, own): (&u32, &[u8])| {
            let mut weights = [0; MOST_LABELS];
            weights.iter_mut().zip(own).for_each(|(to, from)| *to = from.cast_signed());
            Row { hash: *hash, weights }
        };
        let mut rows: Vec<Row> = hashes.iter().zip(weights.chunks(n_labels)).map(row).collect();
        rows.push(Row { hash: u32::MAX, weights: [0; MOST_LABELS] });
        let beginnings = beginnings(&hashes);
        hashes.is_sorted().then_some(Table { chain: Chain { n_labels, passing }, step, beginnings, rows })
    }

    /// Appends the score of each label for a word's features.
    pub(super) fn score(&self, features: &[u32], scores: &mut Vec<f32>) {
        let mut sums = [0_i32; MOST_LABELS];
        for features in features.chunks(TOGETHER) {
            // Three passes, so that the memory of each is asked for at once and not one after the other.
            let mut begun = [(0, 0); TOGETHER];
            let mut n = 0;
            for feature in features {
                let (word, bit) = place(*feature);
                let here = self.beginnings[word];
                let earlier = here.bits & ((1 << bit) - 1);
                begun[n] = (here.before + earlier.count_ones(), *feature);
                n += (here.bits >> bit & 1) as usize;
            }
            let mut found = [0; TOGETHER];
            let mut n_found = 0;
            for &(from, feature) in &begun[..n] {
                let mut k = from as usize;
                while self.rows[k].hash < feature {
                    k += 1;
                }
                found[n_found] = k;
                n_found += usize::from(self.rows[k].hash == feature);
            }
            for &k in &found[..n_found] {
                let weights = &self.rows[k].weights;
                sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += i32::from(*weight));
            }
        }
        scores.extend(sums[..self.chain.n_labels].iter().map(|s| *s as f32 * self.step));
    }
}

/// Where a hash's beginning is looked up: index and bit.
fn place(hash: u32) -> (usize, u32) {
    let beginning = hash >> (32 - LEADING);
    ((beginning / 64) as usize, beginning % 64)
}

fn beginnings(hashes: &[u32]) -> Vec<Beginnings> {
    let mut all = vec![Beginnings::default(); 1 << LEADING >> 6];
    let mut n_of = vec![0_u32; all.len()];
    for hash in hashes {
        let (word, bit) = place(*hash);
        all[word].bits |= 1 << bit;
        n_of[word] += 1;
    }
    let mut before = 0;
    for (here, n) in all.iter_mut().zip(n_of) {
        here.before = before;
        before += n;
    }
    all
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
