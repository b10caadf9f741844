//! Vectors, and how near two of them are.
//!
//! In: sums of table rows. Out: unit vectors, and cosines from -1 to 1.
//! Never: a NaN; a text without known pieces has the zero vector, near to nothing.

use crate::layout::Row;
use pulp::{Arch, NullaryFnOnce};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::sync::LazyLock;

/// Numbers in a vector.
pub const DIMS: usize = 256;

/// What a text means: 256 numbers of length 1 together, or all zero if no piece was known.
///
/// ```
/// let words = stemma_words::table();
/// let rain = words.vector("Heavy rain fell on the valley.", Some("en"));
/// assert!((rain.cosine(&rain) - 1.0).abs() < 1e-5);
/// assert_eq!(words.vector("", None).cosine(&rain), 0.0);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Vector([f32; DIMS]);

impl Vector {
    /// Scales `sum` to length 1; zero stays zero.
    #[must_use]
    pub fn unit(mut sum: [f32; DIMS]) -> Self {
        let length = dot(&sum, &sum).sqrt();
        if length.is_finite() && length > f32::MIN_POSITIVE {
            for x in &mut sum {
                *x /= length;
            }
            Self(sum)
        } else {
            Self([0.0; DIMS])
        }
    }

    /// Cosine of the angle to `other`, -1..=1; 0 if either is zero.
    #[must_use]
    pub fn cosine(&self, other: &Self) -> f32 {
        dot(&self.0, &other.0).clamp(-1.0, 1.0)
    }

    /// The numbers, for indexes and sums of one's own.
    #[must_use]
    pub fn as_array(&self) -> &[f32; DIMS] {
        &self.0
    }

    /// True if nothing in the text was known.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.0.iter().all(|&x| x == 0.0)
    }

    /// The same in a quarter of the room, for keeping many.
    #[must_use]
    pub fn pack(&self) -> Packed {
        Packed::of(&self.0)
    }
}

/// A [`Vector`] in 260 bytes: each number one of 255 steps. Cosines move by less than 0.01. Serialised as its
/// steps, none for the zero vector, and what to multiply by.
///
/// ```
/// let words = stemma_words::table();
/// let (a, b) = (words.vector("a storm at sea", Some("en")), words.vector("tempête en mer", Some("fr")));
/// assert!((a.pack().cosine(&b.pack()) - a.cosine(&b)).abs() < 0.01);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Packed {
    steps: [i8; DIMS],
    over_length: f32,
}

/// The zero vector.
impl Default for Packed {
    fn default() -> Self {
        Self { steps: [0; DIMS], over_length: 0.0 }
    }
}

impl Packed {
    /// Packs a sum of vectors.
    #[must_use]
    pub fn of(numbers: &[f32; DIMS]) -> Self {
        let peak = numbers.iter().fold(0.0_f32, |peak, x| peak.max(x.abs()));
        if peak <= 0.0 || !peak.is_finite() {
            return Self::default();
        }
        let steps = ARCH.dispatch(Steps { numbers, peak });
        Self { over_length: 1.0 / packed_dot(&steps, &steps).sqrt(), steps }
    }

    /// True if nothing in the text was known.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.over_length == 0.0
    }

    /// Adds the unit vector, `times` over, to a sum.
    pub fn add_to(&self, sum: &mut [f32; DIMS], times: f32) {
        for (x, step) in sum.iter_mut().zip(&self.steps) {
            *x += f32::from(*step) * self.over_length * times;
        }
    }

    /// The signs of its numbers, a bit each: near vectors differ in few (Charikar 2002).
    #[must_use]
    pub fn signs(&self) -> [u64; DIMS / 64] {
        let bits = |half: &[i8]| half.iter().fold(0, |bits, x| bits << 1 | u64::from(*x > 0));
        std::array::from_fn(|i| bits(&self.steps[i * 64..(i + 1) * 64]))
    }

    /// The sum of its steps, each with a sign: which side of a plane it lies on, if positive.
    #[must_use]
    pub fn signed(&self, minus: impl Fn(usize) -> bool) -> i32 {
        let step = |(i, x): (usize, &i8)| if minus(i) { -i32::from(*x) } else { i32::from(*x) };
        self.steps.iter().enumerate().map(step).sum()
    }

    /// Cosine of the angle to `other`, -1..=1; 0 if either is zero.
    #[must_use]
    pub fn cosine(&self, other: &Self) -> f32 {
        let cosine = packed_dot(&self.steps, &other.steps) * self.over_length * other.over_length;
        cosine.clamp(-1.0, 1.0)
    }
}

/// As its length and its steps; of the zero vector no steps.
impl Serialize for Packed {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let steps: &[i8] = if self.is_zero() { &[] } else { &self.steps };
        (steps, self.over_length).serialize(to)
    }
}

impl<'de> Deserialize<'de> for Packed {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let (steps, over_length) = <(Vec<i8>, f32)>::deserialize(from)?;
        match steps.try_into() {
            Ok(steps) => Ok(Self { steps, over_length }),
            Err(steps) if steps.is_empty() => Ok(Self::default()),
            Err(_) => Err(D::Error::custom("a vector has 256 numbers")),
        }
    }
}

/// Cosine of the angle between two vectors, -1..=1; 0 if either is zero.
///
/// ```
/// let words = stemma_words::table();
/// let [fire, blaze, tax] = ["fire", "blaze", "tax"].map(|w| words.word_vector(w, Some("en")));
/// assert!(stemma_words::cosine(&fire, &blaze) > stemma_words::cosine(&fire, &tax));
/// ```
#[must_use]
pub fn cosine(a: &Vector, b: &Vector) -> f32 {
    a.cosine(b)
}

/// Eight running sums, so that the compiler may keep them in one register.
fn dot(a: &[f32; DIMS], b: &[f32; DIMS]) -> f32 {
    let mut sums = [0.0_f32; 8];
    for (x, y) in a.as_chunks::<8>().0.iter().zip(b.as_chunks::<8>().0) {
        for ((sum, x), y) in sums.iter_mut().zip(x).zip(y) {
            *sum += x * y;
        }
    }
    sums.iter().sum()
}

/// What the processor offers beyond what every one of its kind has. Whole numbers are summed alike by all.
static ARCH: LazyLock<Arch> = LazyLock::new(Arch::new);

/// Sums table rows: half a byte a number, each row with a scale of its own; numbers of the low halves first.
struct SumRows<'s, I> {
    rows: I,
    sum: &'s mut [f32; DIMS],
}

/// Runs what adds rows by the widest instructions at hand; its sums are the same with any.
pub(crate) fn sum_rows<'r>(rows: impl Iterator<Item = (&'r Row, f32)>, sum: &mut [f32; DIMS]) {
    ARCH.dispatch(SumRows { rows, sum });
}

impl<'r, I: Iterator<Item = (&'r Row, f32)>> NullaryFnOnce for SumRows<'_, I> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let (low, high) = self.sum.split_at_mut(DIMS / 2);
        for (row, scale) in self.rows {
            for (x, &steps) in low.iter_mut().zip(row) {
                *x += scale * (f32::from(steps & 15) - 8.0);
            }
            for (x, &steps) in high.iter_mut().zip(row) {
                *x += scale * (f32::from(steps >> 4) - 8.0);
            }
        }
    }
}

/// The steps of a vector whose greatest number is `peak`.
struct Steps<'v> {
    numbers: &'v [f32; DIMS],
    peak: f32,
}

impl NullaryFnOnce for Steps<'_> {
    type Output = [i8; DIMS];

    #[inline(always)]
    fn call(self) -> [i8; DIMS] {
        self.numbers.map(|x| to_step(x / self.peak * 127.0))
    }
}

/// A sum of products, to be made by the widest instructions at hand: with AVX2 a seventh of the time without.
struct Dot<'v>(&'v [i8; DIMS], &'v [i8; DIMS]);

impl NullaryFnOnce for Dot<'_> {
    type Output = i32;

    #[inline(always)]
    fn call(self) -> i32 {
        self.0.iter().zip(self.1).map(|(&x, &y)| i32::from(x) * i32::from(y)).sum()
    }
}

#[expect(clippy::cast_precision_loss, reason = "256 products of bytes stay below 2^23")]
fn packed_dot(a: &[i8; DIMS], b: &[i8; DIMS]) -> f32 {
    ARCH.dispatch(Dot(a, b)) as f32
}

#[expect(clippy::cast_possible_truncation, reason = "clamped to the range of i8")]
#[inline(always)]
fn to_step(x: f32) -> i8 {
    x.round().clamp(-127.0, 127.0) as i8
}

#[cfg(test)]
mod tests {
    use super::{DIMS, Vector};

    fn check(a: f32, b: f32, expected: f32) {
        let vector = |x: f32| {
            let mut sum = [0.0; DIMS];
            (sum[0], sum[255]) = (x, 2.0);
            Vector::unit(if x.is_nan() { [0.0; DIMS] } else { sum })
        };
        let (a, b) = (vector(a), vector(b));
        assert!((a.cosine(&b) - expected).abs() < 1e-6);
        assert!((a.pack().cosine(&b.pack()) - expected).abs() < 0.01);
    }

    #[test]
    fn cosines() {
        check(0.0, 0.0, 1.0);
        check(2.0, -2.0, 0.0);
        check(2.0, 0.0, 0.5_f32.sqrt());
        check(f32::NAN, 1.0, 0.0);
    }

    #[test]
    fn sums_without_length_are_zero() {
        assert!(Vector::unit([f32::NAN; DIMS]).is_zero());
        assert!(Vector::unit([f32::MAX; DIMS]).is_zero());
    }
}
