//! B³ (Bagga and Baldwin, 1998): precision and recall of each member's group, averaged over members.

use rustc_hash::FxHashMap;

/// Mean precision, mean recall and their harmonic mean, each 0..=1.
pub(crate) fn b_cubed(gold: &[usize], given: &[usize]) -> (f64, f64, f64) {
    if gold.is_empty() {
        return (0.0, 0.0, 0.0);
    }
    let (in_gold, in_given) = (sizes(gold.iter().copied()), sizes(given.iter().copied()));
    let both = sizes(gold.iter().copied().zip(given.iter().copied()));
    let (mut precision, mut recall) = (0.0, 0.0);
    let mut cells: Vec<_> = both.into_iter().collect();
    cells.sort_unstable();
    for ((g, p), n) in cells {
        let squared = (n * n) as f64;
        precision += squared / in_given[&p] as f64;
        recall += squared / in_gold[&g] as f64;
    }
    let (precision, recall) = (precision / gold.len() as f64, recall / gold.len() as f64);
    (precision, recall, 2.0 * precision * recall / (precision + recall))
}

fn sizes<T: std::hash::Hash + Eq>(labels: impl Iterator<Item = T>) -> FxHashMap<T, usize> {
    let mut sizes = FxHashMap::default();
    for label in labels {
        *sizes.entry(label).or_default() += 1;
    }
    sizes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(gold: &[usize], given: &[usize], precision: f64, recall: f64) {
        let (p, r, f) = b_cubed(gold, given);
        assert!((p - precision).abs() < 1e-9 && (r - recall).abs() < 1e-9, "{p} {r}");
        assert!((f - 2.0 * p * r / (p + r)).abs() < 1e-9);
    }

    #[test]
    fn by_hand() {
        check(&[0, 0, 1], &[3, 3, 4], 1.0, 1.0);
        // All in one group of three: members have 2/3, 2/3, 1/3 of it right.
        check(&[0, 0, 1], &[0, 0, 0], 5.0 / 9.0, 1.0);
        // All apart: each is right, but two find only half of their group.
        check(&[0, 0, 1], &[0, 1, 2], 1.0, 2.0 / 3.0);
        assert_eq!(b_cubed(&[], &[]), (0.0, 0.0, 0.0));
    }
}
