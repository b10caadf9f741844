//! One-to-one assignment of what is given to what is true.

/// The most pairs that can be made when each may be used once (Kuhn's augmenting paths).
///
/// `fits[i]` lists the right-hand partners of `i`, each below `n_right`. The answer does not
/// depend on the order of either side.
pub(crate) fn most_pairs(fits: &[Vec<usize>], n_right: usize) -> usize {
    let mut partner: Vec<Option<usize>> = vec![None; n_right];
    (0..fits.len())
        .filter(|&i| {
            let mut tried = vec![false; n_right];
            augment(i, fits, &mut partner, &mut tried)
        })
        .count()
}

fn augment(i: usize, fits: &[Vec<usize>], partner: &mut [Option<usize>], tried: &mut [bool]) -> bool {
    for &j in &fits[i] {
        if std::mem::replace(&mut tried[j], true) {
            continue;
        }
        if partner[j].is_none_or(|other| augment(other, fits, partner, tried)) {
            partner[j] = Some(i);
            return true;
        }
    }
    false
}

/// Pairs with a score, best first, each side used once; ties go to the smaller indices.
/// Answers the partner of each left-hand one.
pub(crate) fn best_first(mut scored: Vec<(f64, usize, usize)>, n_left: usize) -> Vec<Option<usize>> {
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut partners = vec![None; n_left];
    let mut used = Vec::new();
    for (_, i, j) in scored {
        if partners[i].is_none() && !used.contains(&j) {
            partners[i] = Some(j);
            used.push(j);
        }
    }
    partners
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_choice_gives_way() {
        // 0 could take 0 or 1, 1 only 0: both find a partner. 2 has none left.
        assert_eq!(most_pairs(&[vec![0, 1], vec![0], vec![1]], 2), 2);
        assert_eq!(most_pairs(&[vec![], vec![2]], 3), 1);
    }

    #[test]
    fn the_best_goes_first() {
        let scored = vec![(0.5, 0, 0), (0.9, 1, 0), (0.4, 0, 1), (0.4, 1, 1)];
        assert_eq!(best_first(scored, 3), [Some(1), Some(0), None]);
    }
}
