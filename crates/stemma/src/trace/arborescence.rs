//! A weighted choice of one parent for each node, without cycles, at the least total cost.
//!
//! Chu and Liu (1965), Edmonds (1967). petgraph has minimum spanning trees of undirected links
//! only. Plain contraction, O(links × nodes): families are small. Ties fall to the link that is
//! listed first, so the caller's order decides, not chance.

/// A possible descent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Link {
    pub(super) parent: usize,
    pub(super) child: usize,
    pub(super) cost: f32,
}

/// For each node the index of the chosen link into it; none for the root. Every node must be
/// reachable from the root; one that is not has no link either.
pub(super) fn arborescence(n: usize, root: usize, links: &[Link]) -> Vec<Option<usize>> {
    let plain: Vec<(Link, usize)> = links.iter().copied().zip(0..).collect();
    let mut chosen = vec![None; n];
    for k in solve(n, root, &plain) {
        chosen[links[k].child] = Some(k);
    }
    chosen
}

/// Indices (second parts) of the links of the best arborescence.
fn solve(n: usize, root: usize, links: &[(Link, usize)]) -> Vec<usize> {
    let mut best: Vec<Option<usize>> = vec![None; n];
    for (at, (link, _)) in links.iter().enumerate() {
        let better = best[link.child].is_none_or(|b: usize| link.cost < links[b].0.cost);
        if link.child != root && link.parent != link.child && better {
            best[link.child] = Some(at);
        }
    }
    let Some(cycle) = cycle(&best, links) else {
        return best.into_iter().flatten().map(|at| links[at].1).collect();
    };
    let mut name = vec![usize::MAX; n];
    let mut names = 0;
    for node in (0..n).filter(|node| !cycle.contains(node)) {
        (name[node], names) = (names, names + 1);
    }
    cycle.iter().for_each(|node| name[*node] = names);
    let outer: Vec<(Link, usize)> = links
        .iter()
        .enumerate()
        .filter(|(_, (l, _))| name[l.parent] != name[l.child])
        .map(|(at, (l, _))| {
            let inside =
                if cycle.contains(&l.child) { best[l.child].map_or(0.0, |b| links[b].0.cost) } else { 0.0 };
            (Link { parent: name[l.parent], child: name[l.child], cost: l.cost - inside }, at)
        })
        .collect();
    let kept = solve(names + 1, name[root], &outer);
    let entered = kept.iter().map(|at| links[*at].0.child).find(|c| cycle.contains(c));
    let within = cycle.iter().filter(|node| Some(**node) != entered).filter_map(|node| best[*node]);
    kept.iter().copied().chain(within).map(|at| links[at].1).collect()
}

/// A cycle among the best links, if there is one.
fn cycle(best: &[Option<usize>], links: &[(Link, usize)]) -> Option<Vec<usize>> {
    let mut seen = vec![usize::MAX; best.len()];
    for start in 0..best.len() {
        let mut node = start;
        while seen[node] == usize::MAX {
            seen[node] = start;
            match best[node] {
                Some(at) => node = links[at].0.parent,
                None => break,
            }
        }
        if seen[node] == start && best[node].is_some() {
            let mut cycle = vec![node];
            let mut next = links[best[node]?].0.parent;
            while next != node {
                cycle.push(next);
                next = links[best[next]?].0.parent;
            }
            return Some(cycle);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(n: usize, links: &[(usize, usize, f32)], expected: &[Option<usize>]) {
        let links: Vec<Link> =
            links.iter().map(|&(parent, child, cost)| Link { parent, child, cost }).collect();
        let parents: Vec<Option<usize>> =
            arborescence(n, 0, &links).iter().map(|c| c.map(|k| links[k].parent)).collect();
        assert_eq!(parents, expected);
    }

    #[test]
    fn cycles_are_entered_where_that_is_cheapest() {
        check(3, &[(0, 1, 5.0), (0, 2, 6.0), (1, 2, 1.0), (2, 1, 1.0)], &[None, Some(0), Some(1)]);
        check(3, &[(0, 1, 9.0), (0, 2, 2.0), (1, 2, 1.0), (2, 1, 1.0)], &[None, Some(2), Some(0)]);
        check(2, &[(0, 1, 1.0), (0, 1, 0.5)], &[None, Some(0)]);
    }

    proptest! {
        #[test]
        fn as_good_as_trying_all(costs in proptest::collection::vec(0_u8..20, 20)) {
            let mut links = Vec::new();
            for parent in 0..5 { for child in 1..5 { if parent != child {
                let cost = f32::from(costs[(parent * 4 + child - 1) % 20]);
                links.push(Link { parent, child, cost });
            }}}
            let total = |parents: &[usize]| -> Option<f32> {
                for start in 1..5 {
                    let mut node = start;
                    for _ in 0..5 { if node != 0 { node = parents[node]; } }
                    if node != 0 { return None; }
                }
                (1..5).map(|c| links.iter().find(|l| l.child == c && l.parent == parents[c]).map(|l| l.cost)).sum()
            };
            let mut least = f32::MAX;
            for code in 0..625_usize {
                let parents = [0, code % 5, code / 5 % 5, code / 25 % 5, code / 125];
                if let Some(t) = total(&parents) { least = least.min(t); }
            }
            let found: f32 = arborescence(5, 0, &links).iter().flatten().map(|k| links[*k].cost).sum();
            prop_assert!((found - least).abs() < 1e-3, "{found} {least}");
        }
    }
}
