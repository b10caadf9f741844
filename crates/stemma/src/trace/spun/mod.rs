//! Reports of a family -> which of them look spun, and what their swapped words stand for.
//!
//! Reads alignments, never a list of phrases: a spun report keeps the order of what it was made from and has
//! other words at every turn, in no sentence the same. How the evidence was weighed, and what did not
//! work, is in `docs/decisions/0008-spun.md`.

mod names;

pub(super) use names::People;

use super::Stemma;
use super::pair::Pair;
use super::variants::words::{kept, tokens};
use super::{Spun, SpunPhrase};
use crate::Analysis;
use crate::model::Span;
use crate::pile::{Need, Pile};
use std::slice::from_ref;

/// Share of aligned words swapped from which a report counts as spun. Spins of the example stories have .20
/// to .35 against each of their kin, edits at most .15, translations back up to .21 against some but not all.
pub(super) const SWAPPED: f32 = 0.2;
/// Change of that share that multiplies the odds by e.
const SWAPPED_STEP: f32 = 0.02;
/// Odds, as a logarithm, that a report without kin in its language is spun, when nothing speaks for it.
const ALONE: f32 = -2.0;
/// What sentences run together add to them, at [`MOST_GLUED`] and more. Spinning mills scrape and paste; of
/// 20,600 agency and newspaper reports 29 have one or two glued sentences and 1 has more, so this errs seldom.
const GLUED: f32 = 4.0;
const MOST_GLUED: usize = 4;
/// Words on each side of a replacement, at most, to count as a swap.
const SWAP: usize = 3;

/// Whether one report by itself looks spun: only how it was pasted can tell.
pub fn spun(report: &Analysis) -> Option<Spun> {
    let probability = logistic(ALONE + glued(report));
    (probability >= 0.5).then(|| Spun { report: report.report.id, probability, phrases: Vec::new() })
}

/// The same for each member of a family, in the light of its kin.
pub(super) fn among_kin(reports: &[&Analysis], pairs: &[Pair]) -> Vec<Option<Spun>> {
    let n = reports.len();
    let mut signs = vec![Sign::default(); n];
    for pair in pairs.iter().filter(|p| !p.likeness.alignment.is_empty()) {
        let glue = [glued(reports[pair.a]), glued(reports[pair.b])];
        for (side, own) in [pair.a, pair.b].into_iter().enumerate() {
            signs[own].see(pair, glue[side] - glue[1 - side]);
        }
    }
    (0..n)
        .map(|i| {
            let probability = signs[i].probability(glued(reports[i]));
            let phrases = pairs.iter().filter(|p| p.a == i || p.b == i).flat_map(|p| swaps(reports, p, i));
            (probability >= 0.5).then(|| Spun {
                report: reports[i].report.id,
                probability,
                phrases: distinct(phrases.collect()),
            })
        })
        .collect()
}

/// A child that differs all through from its parent in one language.
pub(super) fn made_from(reports: &[&Analysis], pair: &Pair, child: usize) -> Spun {
    Spun {
        report: reports[child].report.id,
        probability: logistic((pair.swapped - SWAPPED) / SWAPPED_STEP),
        phrases: distinct(swaps(reports, pair, child)),
    }
}

/// Odds that a name with a part swapped for a synonym adds, as a logarithm: see [`names`].
const RENAMED: f32 = 4.0;

/// Adds the reports that swapped names tell to the stemmas that they are in; `people` come by place.
pub(super) fn add_renamed<'p, P: Pile>(
    stemmas: &mut [Stemma],
    pile: &P,
    people: impl Iterator<Item = &'p People>,
) -> Result<(), P::Error> {
    let mut families = vec![0; pile.len()];
    for (number, stemma) in stemmas.iter().enumerate() {
        let places = stemma.reports.iter().filter_map(|id| pile.place(*id));
        places.for_each(|at| families[at as usize] = number as u32);
    }
    let renamed = names::renamed(people.zip(&families).map(|(people, family)| (people, *family)));
    let swapped = |name: &names::Renamed, reports: &[&Analysis]| name.swapped(reports[0]);
    let swapped = pile.of_each(&renamed, |name| from_ref(&name.report), Need::Words, swapped)?;
    for (name, phrase) in renamed.iter().zip(swapped) {
        let Some(phrase) = phrase else { continue };
        let report = pile.ids()[name.report as usize];
        let spun = &mut stemmas[families[name.report as usize] as usize].spun;
        match spun.iter_mut().find(|s| s.report == report) {
            Some(known) => {
                known.phrases.push(phrase);
                known.phrases = distinct(std::mem::take(&mut known.phrases));
            }
            None => {
                let probability = logistic(ALONE + RENAMED);
                let at = spun.partition_point(|s| s.report < report);
                spun.insert(at, Spun { report, probability, phrases: vec![phrase] });
            }
        }
    }
    Ok(())
}

/// What kin say of a report.
#[derive(Clone, Debug, Default)]
struct Sign {
    /// The least share of words swapped against kin of its language, and how many such kin there are.
    swapped: Option<f32>,
    n_kin: usize,
    /// Whether it is at least as badly pasted as each of them, and worse than one.
    worse: bool,
    better: bool,
}

impl Sign {
    fn see(&mut self, pair: &Pair, glue: f32) {
        if pair.likeness.across {
            return;
        }
        self.swapped = Some(self.swapped.map_or(pair.swapped, |s| s.min(pair.swapped)));
        self.n_kin += 1;
        self.worse |= glue > 0.0;
        self.better |= glue < 0.0;
    }

    /// Of two that differ all through, either may be the spun one: the worse pasted one is.
    fn probability(&self, glue: f32) -> f32 {
        match self.swapped {
            Some(_) if self.better || self.n_kin < 2 && !self.worse => 0.0,
            Some(swapped) => logistic((swapped - SWAPPED) / SWAPPED_STEP),
            None => logistic(ALONE + glue),
        }
    }
}

fn glued(report: &Analysis) -> f32 {
    GLUED * report.report.glued.len().min(MOST_GLUED) as f32 / MOST_GLUED as f32
}

fn logistic(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

/// Short replacements in aligned sentences: where in the report, and what its kin has there.
fn swaps(reports: &[&Analysis], pair: &Pair, of: usize) -> Vec<SpunPhrase> {
    if pair.likeness.across || pair.swapped < SWAPPED {
        return Vec::new();
    }
    let (own, kin) = (reports[of], reports[if of == pair.a { pair.b } else { pair.a }]);
    let mut found = Vec::new();
    for row in &pair.likeness.alignment {
        let (here, there) = if of == pair.a { (row.a, row.b) } else { (row.b, row.a) };
        let (x, y) = (tokens(own, here), tokens(kin, there));
        let map = kept(own, &x, kin, &y);
        let anchors: Vec<(usize, usize)> =
            map.iter().enumerate().filter_map(|(i, j)| j.map(|j| (i, j))).collect();
        for step in anchors.windows(2) {
            let [(i, j), (k, l)] = [step[0], step[1]];
            let (n, m) = (k - i - 1, l.saturating_sub(j + 1));
            if (1..=SWAP).contains(&n) && (1..=SWAP).contains(&m) {
                let span: Span = x[i + 1].span.cover(&x[k - 1].span);
                let usual = kin.report.words(y[j + 1].span.cover(&y[l - 1].span)).to_owned();
                found.push(SpunPhrase { span, usual });
            }
        }
    }
    found
}

/// One phrase a place, the first in order.
fn distinct(mut phrases: Vec<SpunPhrase>) -> Vec<SpunPhrase> {
    phrases.sort_by(|x, y| x.span.cmp(&y.span).then_with(|| x.usual.cmp(&y.usual)));
    phrases.dedup_by(|later, first| later.span.overlaps(&first.span));
    phrases
}
