//! Sets of characters, as ranges: how far two overlap.

/// Half-open ranges of character positions, in order, none touching another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Spans(Vec<(usize, usize)>);

impl Spans {
    /// Where the first begins; none if there is none.
    pub(crate) fn start(&self) -> Option<usize> {
        self.0.first().map(|s| s.0)
    }

    /// From ranges in any order, perhaps overlapping; empty and reversed ones are dropped.
    pub(crate) fn new(ranges: impl IntoIterator<Item = (usize, usize)>) -> Self {
        let mut sorted: Vec<_> = ranges.into_iter().filter(|(a, b)| a < b).collect();
        sorted.sort_unstable();
        let mut spans: Vec<(usize, usize)> = Vec::with_capacity(sorted.len());
        for (start, end) in sorted {
            match spans.last_mut() {
                Some(last) if start <= last.1 => last.1 = last.1.max(end),
                _ => spans.push((start, end)),
            }
        }
        Self(spans)
    }

    /// The ranges.
    pub(crate) fn ranges(&self) -> &[(usize, usize)] {
        &self.0
    }

    /// Whether no character is in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Number of characters.
    pub(crate) fn len(&self) -> usize {
        self.0.iter().map(|(a, b)| b - a).sum()
    }

    /// Number of characters in both.
    pub(crate) fn common(&self, other: &Self) -> usize {
        let (mut i, mut j, mut common) = (0, 0, 0);
        while let (Some(a), Some(b)) = (self.0.get(i), other.0.get(j)) {
            common += a.1.min(b.1).saturating_sub(a.0.max(b.0));
            if a.1 < b.1 { i += 1 } else { j += 1 }
        }
        common
    }

    /// Whether the two share a character.
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        self.common(other) > 0
    }

    /// Characters in both over characters in either, 0..=1; two empty sets are equal, so 1.
    pub(crate) fn iou(&self, other: &Self) -> f64 {
        let common = self.common(other);
        let either = self.len() + other.len() - common;
        if either == 0 { 1.0 } else { common as f64 / either as f64 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        let a = Spans::new([(10, 20), (0, 4), (3, 5), (7, 7)]);
        assert_eq!(a.ranges(), [(0, 5), (10, 20)]);
        let b = Spans::new([(4, 12)]);
        assert_eq!((a.len(), b.len(), a.common(&b), b.common(&a)), (15, 8, 3, 3));
        assert!((a.iou(&b) - 3.0 / 20.0).abs() < 1e-12);
        assert!(a.overlaps(&b) && !a.overlaps(&Spans::new([(5, 10)])));
        assert_eq!(Spans::default().iou(&Spans::default()), 1.0);
        assert_eq!(a.iou(&Spans::default()), 0.0);
    }
}
