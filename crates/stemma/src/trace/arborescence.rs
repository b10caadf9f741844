//! A weighted choice of one parent for each node, without cycles, at the least total cost.
//!
//! Chu and Liu (1965), Edmonds (1967), by the path-growing method of Tarjan (1977) with skew heaps, in
//! O(links × log nodes). petgraph has minimum spanning trees of undirected links only. Ties fall to
//! the link that is listed first, so the caller's order decides, not chance.

/// A possible descent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Link {
    pub(super) parent: usize,
    pub(super) child: usize,
    pub(super) cost: f32,
}

/// For each node the index of the chosen link into it; none for the root. Every node must be
/// reachable from the root; one that is not may have no link either.
pub(super) fn arborescence(n: usize, root: usize, links: &[Link]) -> Vec<Option<usize>> {
    let mut heaps = Heaps::new(n, root, links);
    let mut groups = Groups::new(n);
    let mut seen = vec![usize::MAX; n];
    seen[root] = root;
    let mut into: Vec<Option<usize>> = vec![None; n];
    let mut cycles: Vec<Cycle> = Vec::new();
    for start in (0..n).filter(|start| *start != root) {
        let mut node = groups.find(start);
        let mut path: Vec<(usize, usize)> = Vec::new();
        while seen[node] == usize::MAX {
            let Some(link) = heaps.pop(node) else { break };
            seen[node] = start;
            path.push((node, link));
            node = groups.find(links[link].parent);
            if seen[node] == start {
                node = contract(node, &mut path, (&mut heaps, &mut groups, &mut cycles));
                seen[node] = usize::MAX;
            }
        }
        for (_, link) in path {
            into[groups.find(links[link].child)] = Some(link);
        }
    }
    for cycle in cycles.into_iter().rev() {
        groups.rewind(cycle.time);
        let entered = into[cycle.node];
        for link in cycle.links {
            into[groups.find(links[link].child)] = Some(link);
        }
        if let Some(link) = entered {
            into[groups.find(links[link].child)] = entered;
        }
    }
    into[root] = None;
    into
}

/// Nodes made one, and the links that ran round in them.
struct Cycle {
    node: usize,
    time: usize,
    links: Vec<usize>,
}

/// Makes the end of a path, from `node` on, one node; returns it.
fn contract(
    node: usize,
    path: &mut Vec<(usize, usize)>,
    (heaps, groups, cycles): (&mut Heaps, &mut Groups, &mut Vec<Cycle>),
) -> usize {
    let time = groups.joined.len();
    let from = path.iter().position(|(at, _)| *at == node).unwrap_or(0);
    let round = path.split_off(from);
    let mut heap = None;
    let mut one = node;
    for (at, _) in &round {
        heap = heaps.merge(heap, heaps.of[*at]);
        one = groups.join(one, *at);
    }
    heaps.of[one] = heap;
    cycles.push(Cycle { node: one, time, links: round.into_iter().map(|(_, link)| link).collect() });
    one
}

/// For each node the links into it, cheapest first, as skew heaps (Sleator and Tarjan 1986) with
/// costs taken off all at once.
struct Heaps {
    of: Vec<Option<usize>>,
    cost: Vec<f32>,
    off: Vec<f32>,
    below: Vec<[Option<usize>; 2]>,
}

impl Heaps {
    fn new(n: usize, root: usize, links: &[Link]) -> Self {
        let cost = links.iter().map(|l| l.cost).collect();
        let mut heaps = Self {
            of: vec![None; n],
            cost,
            off: vec![0.0; links.len()],
            below: vec![[None; 2]; links.len()],
        };
        for (at, link) in links.iter().enumerate() {
            if link.child != root && link.parent != link.child {
                heaps.of[link.child] = heaps.merge(heaps.of[link.child], Some(at));
            }
        }
        heaps
    }

    fn settle(&mut self, at: usize) {
        let off = std::mem::take(&mut self.off[at]);
        self.cost[at] += off;
        for below in self.below[at].into_iter().flatten() {
            self.off[below] += off;
        }
    }

    fn merge(&mut self, a: Option<usize>, b: Option<usize>) -> Option<usize> {
        let (mut a, mut b) = match (a, b) {
            (Some(a), Some(b)) => (a, b),
            (a, b) => return a.or(b),
        };
        let mut spine = Vec::new();
        let mut rest = loop {
            self.settle(a);
            self.settle(b);
            if (self.cost[b], b) < (self.cost[a], a) {
                (a, b) = (b, a);
            }
            spine.push(a);
            match self.below[a][1] {
                Some(next) => a = next,
                None => break Some(b),
            }
        };
        for at in spine.into_iter().rev() {
            self.below[at] = [rest, self.below[at][0]];
            rest = Some(at);
        }
        rest
    }

    /// Takes the cheapest link into a node, and its cost off all the others.
    fn pop(&mut self, node: usize) -> Option<usize> {
        let at = self.of[node]?;
        self.settle(at);
        for below in self.below[at].into_iter().flatten() {
            self.off[below] -= self.cost[at];
        }
        let [left, right] = self.below[at];
        self.of[node] = self.merge(left, right);
        Some(at)
    }
}

/// Nodes made one, in a way that can be undone.
struct Groups {
    up: Vec<usize>,
    size: Vec<usize>,
    joined: Vec<usize>,
}

impl Groups {
    fn new(n: usize) -> Self {
        Self { up: (0..n).collect(), size: vec![1; n], joined: Vec::new() }
    }

    fn find(&self, mut node: usize) -> usize {
        while self.up[node] != node {
            node = self.up[node];
        }
        node
    }

    fn join(&mut self, a: usize, b: usize) -> usize {
        let (a, b) = (self.find(a), self.find(b));
        if a == b {
            return a;
        }
        let (large, small) = if self.size[a] >= self.size[b] { (a, b) } else { (b, a) };
        self.up[small] = large;
        self.size[large] += self.size[small];
        self.joined.push(small);
        large
    }

    fn rewind(&mut self, time: usize) {
        while self.joined.len() > time {
            let Some(small) = self.joined.pop() else { return };
            let large = self.up[small];
            self.size[large] -= self.size[small];
            self.up[small] = small;
        }
    }
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
