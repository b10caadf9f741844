//! Adjusted Rand index (Hubert and Arabie, 1985) and counts of pairs, for two partitions.

use super::Prf;
use rustc_hash::FxHashMap;

/// Counts pairs that share a label: right where both partitions join them.
pub(crate) fn pair_counts(gold: &[usize], given: &[usize]) -> Prf {
    let both = gold.iter().copied().zip(given.iter().copied());
    Prf::new(
        pairs(both) as usize,
        pairs(given.iter().copied()) as usize,
        pairs(gold.iter().copied()) as usize,
    )
}

/// Agreement of two partitions, 1 when equal, about 0 by chance, below 0 when worse.
///
/// Two partitions that are each trivial in the same way (all apart, or all together) agree wholly.
pub(crate) fn adjusted_rand_index(gold: &[usize], given: &[usize]) -> f64 {
    let counts = pair_counts(gold, given);
    let all = choose_two(gold.len() as u64) as f64;
    let (right, a, b) = (counts.right as f64, counts.gold as f64, counts.given as f64);
    let expected = if all > 0.0 { a * b / all } else { 0.0 };
    let most = (a + b) / 2.0;
    if (most - expected).abs() < 1e-12 { 1.0 } else { (right - expected) / (most - expected) }
}

fn pairs<T: std::hash::Hash + Eq>(labels: impl Iterator<Item = T>) -> u64 {
    let mut sizes: FxHashMap<T, u64> = FxHashMap::default();
    for label in labels {
        *sizes.entry(label).or_default() += 1;
    }
    sizes.into_values().map(choose_two).sum()
}

fn choose_two(n: u64) -> u64 {
    n * n.saturating_sub(1) / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(gold: &[usize], given: &[usize], ari: f64, counts: (usize, usize, usize)) {
        let got = adjusted_rand_index(gold, given);
        assert!((got - ari).abs() < 1e-9, "{gold:?} {given:?}: {got}");
        assert_eq!(pair_counts(gold, given), Prf::new(counts.0, counts.1, counts.2));
    }

    #[test]
    fn by_hand() {
        check(&[0, 0, 1, 1], &[5, 5, 7, 7], 1.0, (2, 2, 2));
        // Pairs: both 1, gold 2, given 1, all 6; expected 2·1/6 = 1/3; (1 − 1/3) / (1.5 − 1/3) = 4/7.
        check(&[0, 0, 1, 1], &[0, 0, 1, 2], 4.0 / 7.0, (1, 1, 2));
        // All in one: expected equals right, so no better than chance.
        check(&[0, 0, 1, 1], &[0, 0, 0, 0], 0.0, (2, 6, 2));
        // Crossed: right 0, expected 2·2/6 = 2/3; −2/3 / (2 − 2/3) = −1/2.
        check(&[0, 0, 1, 1], &[0, 1, 0, 1], -0.5, (0, 2, 2));
        check(&[0, 1, 2], &[2, 1, 0], 1.0, (0, 0, 0));
        check(&[], &[], 1.0, (0, 0, 0));
    }
}
