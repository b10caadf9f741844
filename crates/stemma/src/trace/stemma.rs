//! A family's members and pairs -> its [`Stemma`]: tree, lost reports, kinds, evidence in words.

use super::direction::{Member, Tree, direction};
use super::kind::{SPUN, kind};
use super::pair::Pair;
use super::variants::{Places, Route, filled, variants};
use super::{Descent, DescentKind, Lost, Parent, Spun, Stemma, Variant};
use crate::Analysis;
use crate::compare::Likeness;
use crate::model::{FamilyId, ReportId, id};

/// How far the readings of a translation are to be trusted beside those of a text told on in its language:
/// each of its words passed through a second hand. That of a spun text, all spun: a fifth.
const TRANSLATED: f32 = 0.6;
const DISTRUST: f32 = 0.8;

/// What a family is made of.
pub(super) struct Family<'r> {
    pub(super) reports: Vec<&'r Analysis>,
    pub(super) spun: Vec<Option<Spun>>,
    pub(super) pairs: Vec<Pair>,
    /// The name that most of the pile credits.
    imprint: Option<&'r str>,
}

impl<'r> Family<'r> {
    /// Gathers the pairs of a family; `likenesses` are those between its members.
    pub(super) fn new(
        reports: Vec<&'r Analysis>,
        likenesses: Vec<Likeness>,
        imprint: Option<&'r str>,
    ) -> Self {
        let place = |id: ReportId| reports.binary_search_by_key(&id, |r| r.report.id).ok();
        let mut pairs = likenesses
            .into_iter()
            .filter_map(|l| {
                let (a, b) = (place(l.a)?, place(l.b)?);
                Some(Pair::new((a, reports[a]), (b, reports[b]), l))
            })
            .collect::<Vec<Pair>>();
        pairs.sort_unstable_by_key(|p| (p.a, p.b));
        let spun = super::spun::among_kin(&reports, &pairs);
        Self { reports, spun, pairs, imprint }
    }

    fn pair(&self, x: usize, y: usize) -> Option<&Pair> {
        self.pairs.binary_search_by_key(&(x.min(y), x.max(y)), |p| (p.a, p.b)).ok().map(|i| &self.pairs[i])
    }

    /// Probability that a member's wording is spun.
    fn spun_at(&self, x: usize) -> f32 {
        self.spun[x].as_ref().map_or(0.0, |s| s.probability)
    }

    /// What there is to say of a member's wording, if it looks spun.
    fn spun(&self, x: usize) -> Option<Spun> {
        let probability = self.spun_at(x);
        let phrases = self.spun[x].as_ref().map_or_else(Vec::new, |s| s.phrases.clone());
        (probability >= SPUN).then_some(Spun { report: self.reports[x].report.id, probability, phrases })
    }

    /// What there is to say of a child whose every sentence was swapped through on the way from its parent.
    fn spun_from(&self, child: usize, descent: &Descent) -> Option<Spun> {
        let Parent::Report(parent) = &descent.parent else { return None };
        let parent = self.reports.binary_search_by_key(parent, |r| r.report.id).ok()?;
        Some(super::spun::made_from(&self.reports, self.pair(child, parent)?, child))
    }

    /// Builds the tree.
    pub(super) fn stemma(&self) -> Stemma {
        let ids: Vec<ReportId> = self.reports.iter().map(|r| r.report.id).collect();
        let id = FamilyId(id::hash_set("family", ids.iter().map(|i| i.0)));
        let mut stemma = Stemma {
            id,
            reports: ids,
            descents: Vec::new(),
            lost: Vec::new(),
            variants: Vec::new(),
            spun: Vec::new(),
            borrowings: Vec::new(),
        };
        if self.reports.len() > 1 {
            let members: Vec<Member> = (0..self.reports.len())
                .map(|i| Member { analysis: self.reports[i], spun: self.spun_at(i) })
                .collect();
            let tree = direction(&members, &self.pairs, self.imprint);
            self.descents(&tree, &mut stemma);
            stemma.variants = self.variants(&tree, &stemma.descents);
        }
        let made_so = |i: &usize| {
            let own = self.reports[*i].report.id;
            stemma.descents.iter().find(|d| d.child == own && d.kind == DescentKind::Spin)
        };
        stemma.spun = (0..self.reports.len())
            .filter_map(|i| self.spun(i).or_else(|| self.spun_from(i, made_so(&i)?)))
            .collect();
        stemma
    }

    /// Compares each child with its parent, and the children of a lost parent with each other.
    fn variants(&self, tree: &Tree, descents: &[Descent]) -> Vec<Variant> {
        let tops: Vec<usize> = (0..self.reports.len()).filter(|i| tree.parents[*i].is_none()).collect();
        let related = |p: &&Pair| {
            let descends = |c: usize, of: usize| tree.parents[c].is_some_and(|(parent, _)| parent == of);
            descends(p.a, p.b) || descends(p.b, p.a) || tops.contains(&p.a) && tops.contains(&p.b)
        };
        let spun: Vec<f32> = (0..self.reports.len()).map(|i| self.spun_at(i)).collect();
        let routes: Vec<Route> = self
            .pairs
            .iter()
            .filter(related)
            .map(|p| {
                let swapped = spun[p.a].max(spun[p.b]) >= SPUN;
                let descends = tree.parents[p.a].is_some() || tree.parents[p.b].is_some();
                let alignment = if p.likeness.across && descends {
                    filled(self.reports[p.a], self.reports[p.b], &p.likeness.alignment)
                } else {
                    p.likeness.alignment.clone()
                };
                Route { a: p.a, b: p.b, alignment, swapped }
            })
            .collect();
        let depth: Vec<usize> = (0..self.reports.len()).map(|i| depth(tree, i)).collect();
        let translated = |i: usize| {
            let own = descents.iter().find(|d| d.child == self.reports[i].report.id);
            own.is_some_and(|d| d.kind == DescentKind::Translation)
        };
        let trust = |i: usize| (if translated(i) { TRANSLATED } else { 1.0 }) * (1.0 - DISTRUST * spun[i]);
        let trust: Vec<f32> = (0..self.reports.len()).map(trust).collect();
        variants(&self.reports, &routes, &Places { depth: &depth, trust: &trust })
    }

    fn descents(&self, tree: &Tree, stemma: &mut Stemma) {
        let tops: Vec<usize> = (0..self.reports.len()).filter(|i| tree.parents[*i].is_none()).collect();
        let lost = (tops.len() > 1).then(|| self.lost(&tops));
        for child in 0..self.reports.len() {
            match tree.parents[child] {
                Some((parent, _)) => stemma.descents.extend(self.descent(child, parent, &tree.also[child])),
                None => stemma
                    .descents
                    .extend(lost.as_ref().and_then(|l| self.descent_from_lost(child, &tops, l))),
            }
        }
        stemma.lost.extend(lost);
    }

    fn descent(&self, child: usize, parent: usize, also: &[usize]) -> Option<Descent> {
        let pair = self.pair(child, parent)?;
        let kind = kind(pair, child, self.spun_at(child));
        Some(Descent {
            child: self.reports[child].report.id,
            parent: Parent::Report(self.reports[parent].report.id),
            kind,
            confidence: pair.likeness.copying,
            also: also.iter().map(|i| Parent::Report(self.reports[*i].report.id)).collect(),
            evidence: self.evidence(pair, child, kind),
            coverage: pair.coverage(child),
        })
    }

    /// A descent from the lost report, measured against the nearest sibling.
    fn descent_from_lost(&self, child: usize, tops: &[usize], lost: &Lost) -> Option<Descent> {
        let siblings = tops.iter().filter(|t| **t != child).filter_map(|t| self.pair(child, *t));
        let pair = siblings.max_by(|x, y| {
            x.likeness.copying.total_cmp(&y.likeness.copying).then((y.a, y.b).cmp(&(x.a, x.b)))
        });
        let pair = pair.or_else(|| self.pairs.iter().find(|p| p.a == child || p.b == child))?;
        let kind = self.kind_from_lost(pair, child, tops, lost);
        let mut evidence = self.evidence(pair, child, kind);
        evidence
            .insert(0, "no report read can be the parent: each lost something that another kept".to_owned());
        Some(Descent {
            child: self.reports[child].report.id,
            parent: Parent::Lost(lost.id.clone()),
            kind,
            confidence: pair.likeness.copying,
            also: Vec::new(),
            evidence,
            coverage: pair.coverage(child),
        })
    }

    /// Spun or not tells alone; else a lost original is in the language of its spun children and of
    /// most others, and a child in another language translates it; of two the shorter is not the
    /// translation, for translators make things explicit (Blum-Kulka 1986).
    fn kind_from_lost(&self, pair: &Pair, child: usize, tops: &[usize], _lost: &Lost) -> DescentKind {
        if self.spun_at(child) >= SPUN {
            return DescentKind::Spin;
        }
        if !pair.likeness.across {
            return kind(pair, child, 0.0);
        }
        let lang = |i: usize| self.reports[i].report.lang;
        let votes = |of: usize| {
            let same = tops.iter().filter(|t| lang(**t) == lang(of));
            same.map(|t| if self.spun_at(*t) >= SPUN { 3 } else { 1 }).sum::<usize>()
        };
        let other = if pair.a == child { pair.b } else { pair.a };
        let length = |i: usize| self.reports[i].report.body.chars().count();
        let first = votes(child).cmp(&votes(other)).then(length(other).cmp(&length(child)));
        if first.is_gt() { DescentKind::Edit } else { DescentKind::Translation }
    }

    /// The lost parent of the tops, named by whom most of them credit.
    fn lost(&self, tops: &[usize]) -> Lost {
        let credits = tops.iter().filter_map(|t| self.reports[*t].report.credit.as_ref());
        let mut names: Vec<&str> = credits.filter_map(|c| c.names.first()).map(String::as_str).collect();
        names.sort_unstable();
        let most = names.chunk_by(|x, y| x == y).max_by_key(|run| run.len()).map(|run| run[0].to_owned());
        Lost { id: most.clone().unwrap_or_else(|| "lost-1".to_owned()), credit: most, parent: None }
    }

    fn evidence(&self, pair: &Pair, child: usize, kind: DescentKind) -> Vec<String> {
        let parent = if child == pair.a { pair.b } else { pair.a };
        let percent = |share: f32| (share * 100.0).round();
        let mut why = vec![format!(
            "{} sentences aligned in order: {} % of the child, {} % of the parent",
            pair.likeness.alignment.len(),
            percent(pair.coverage(child)),
            percent(pair.coverage(parent)),
        )];
        if !pair.likeness.across {
            why.push(format!("{} % of the aligned words verbatim", percent(pair.likeness.verbatim)));
        }
        if kind == DescentKind::Spin {
            why.push(format!("wording swapped word by word ({} %)", percent(pair.swapped)));
        }
        let published = |i: usize| self.reports[i].report.published;
        if let (Some(first), Some(then)) = (published(parent), published(child))
            && first < then
        {
            why.push(format!("published {then}, after {first}"));
        }
        if let Some(credit) = &self.reports[child].report.credit {
            why.push(format!("credits {}", credit.names.join(", ")));
        }
        why
    }
}

/// Steps from the top of the tree.
fn depth(tree: &Tree, mut member: usize) -> usize {
    let mut steps = 0;
    while let Some((parent, _)) = tree.parents[member] {
        (member, steps) = (parent, steps + 1);
    }
    steps
}
