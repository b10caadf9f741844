//! Precision, recall and F1 from three counts.

use std::iter::Sum;
use std::ops::{Add, AddAssign};

/// How many were right, how many were given, how many there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Prf {
    /// Given and true.
    pub(crate) right: usize,
    /// Given.
    pub(crate) given: usize,
    /// True.
    pub(crate) gold: usize,
}

impl Prf {
    /// From the three counts.
    pub(crate) fn new(right: usize, given: usize, gold: usize) -> Self {
        Self { right, given, gold }
    }

    /// Share of the given that is right, 0..=1; 0 when none is given.
    pub(crate) fn precision(&self) -> f64 {
        share(self.right, self.given)
    }

    /// Share of the true that is given, 0..=1; 0 when there is none.
    pub(crate) fn recall(&self) -> f64 {
        share(self.right, self.gold)
    }

    /// Harmonic mean of the two, 0..=1.
    pub(crate) fn f1(&self) -> f64 {
        share(2 * self.right, self.given + self.gold)
    }

    /// Whether there was nothing to find and nothing was given: no figure says anything.
    pub(crate) fn is_void(&self) -> bool {
        self.given == 0 && self.gold == 0
    }
}

/// `part` of `whole` as 0..=1; 0 of 0 is 0.
pub(crate) fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

impl Add for Prf {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self::new(self.right + other.right, self.given + other.given, self.gold + other.gold)
    }
}

impl AddAssign for Prf {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sum for Prf {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        parts.fold(Self::default(), Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_right_of_four_given_and_five_true() {
        let prf = Prf::new(2, 4, 5);
        assert_eq!((prf.precision(), prf.recall()), (0.5, 0.4));
        // 2 · .5 · .4 / .9 = 4 / 9
        assert!((prf.f1() - 4.0 / 9.0).abs() < 1e-12);
        assert_eq!(Prf::default().f1(), 0.0);
        assert!(Prf::default().is_void());
    }
}
