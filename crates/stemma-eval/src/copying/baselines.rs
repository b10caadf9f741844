//! The simple ways to a tree, given the true families: who is most alike among the earlier, and the tree
//! of greatest likeness (a minimum spanning tree of distances) rooted at the longest text.

use rustc_hash::FxHashSet;

/// What a baseline knows of a text.
pub(super) struct Seen<'t> {
    pub(super) text: &'t str,
    pub(super) day: Option<usize>,
}

/// For each text the place of its parent; none for the root.
pub(super) type Parents = Vec<Option<usize>>;

/// In order of day, or of length where there is none: the parent is the most alike of those before.
pub(super) fn by_time(family: &[Seen]) -> Parents {
    let words = words(family);
    let mut order: Vec<usize> = (0..family.len()).collect();
    order.sort_by_key(|i| (family[*i].day, std::cmp::Reverse(family[*i].text.len()), *i));
    let mut parents = vec![None; family.len()];
    for (k, &child) in order.iter().enumerate() {
        parents[child] = nearest(&words, child, &order[..k]);
    }
    parents
}

/// Prim's tree of greatest likeness, from the longest text outwards.
pub(super) fn by_likeness(family: &[Seen]) -> Parents {
    let words = words(family);
    let mut parents = vec![None; family.len()];
    let Some(root) = (0..family.len()).max_by_key(|i| family[*i].text.len()) else { return parents };
    let mut inside = vec![root];
    while inside.len() < family.len() {
        let outside = (0..family.len()).filter(|i| !inside.contains(i));
        let reach = outside
            .filter_map(|i| nearest(&words, i, &inside).map(|p| (likeness(&words[i], &words[p]), i, p)));
        let Some((_, child, parent)) = reach.max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1))) else {
            break;
        };
        parents[child] = Some(parent);
        inside.push(child);
    }
    parents
}

fn words<'t>(family: &[Seen<'t>]) -> Vec<FxHashSet<&'t str>> {
    family.iter().map(|s| s.text.split_whitespace().collect()).collect()
}

fn nearest(words: &[FxHashSet<&str>], of: usize, among: &[usize]) -> Option<usize> {
    let score = |i: &usize| likeness(&words[of], &words[*i]);
    among.iter().copied().max_by(|x, y| score(x).total_cmp(&score(y)).then(y.cmp(x)))
}

/// Words in common of all words (Jaccard).
fn likeness(x: &FxHashSet<&str>, y: &FxHashSet<&str>) -> f64 {
    let both = x.intersection(y).count();
    both as f64 / (x.len() + y.len() - both).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_hang_an_excerpt_under_the_whole() {
        let family = [("a b c", Some(2)), ("a b c d e", Some(1)), ("a b", Some(3))];
        let family: Vec<Seen> = family.iter().map(|(text, day)| Seen { text, day: *day }).collect();
        assert_eq!(by_time(&family), [Some(1), None, Some(0)]);
        assert_eq!(by_likeness(&family), [Some(1), None, Some(0)]);
    }
}
