//! Stemmas and profiles -> tellings: each family as far as it can tell of one happening.
//!
//! A family counts once, for its copies repeat one telling. What an agency fills in anew each week is bound
//! by copying as well and tells a happening each time, so a family is cut where its days say so. Never: joins
//! what copying has not bound.

use super::profile::Profile;
use super::{SAME_EVENT, link, weigh};
use crate::model::ReportId;
use crate::pile::Pile;
use crate::trace::Stemma;
use rayon::prelude::*;

/// Reports of a family's day that speak for all of it when days are held against each other.
///
/// A day's reports are near copies; four smooth over one that is cut short. Bounds the work for a text that
/// hundreds print.
const SPEAKERS: usize = 4;

/// The families of a pile as indices of reports, and the tellings in them; a report that no stemma names is
/// alone.
pub(super) struct Tellings {
    /// Reports of each family, later of each telling, ascending.
    pub of: Vec<Vec<u32>>,
    /// Of each report, its place in `of`.
    pub telling: Vec<u32>,
    /// Of each report, its family, cut or not.
    pub family: Vec<u32>,
    /// Of each report, whether its wording is swapped.
    pub spun: Vec<bool>,
    /// Of each report, whether it was made from another.
    pub made: Vec<bool>,
}

/// The families, each as one telling.
pub(super) fn families(pile: &impl Pile, stemmas: &[Stemma]) -> Tellings {
    let place = |id: &ReportId| pile.place(*id).map(|at| at as usize);
    let no = vec![false; pile.len()];
    let mut family = vec![u32::MAX; pile.len()];
    let (mut spun, mut made) = (no.clone(), no);
    let mut of: Vec<Vec<u32>> = Vec::new();
    for stemma in stemmas {
        let members: Vec<u32> = stemma.reports.iter().filter_map(place).map(|i| i as u32).collect();
        members.iter().for_each(|&i| family[i as usize] = of.len() as u32);
        stemma.spun.iter().filter_map(|s| place(&s.report)).for_each(|i| spun[i] = true);
        stemma.descents.iter().filter_map(|d| place(&d.child)).for_each(|i| made[i] = true);
        of.push(members);
    }
    for (i, family) in family.iter_mut().enumerate().filter(|f| *f.1 == u32::MAX) {
        *family = of.len() as u32;
        of.push(vec![i as u32]);
    }
    Tellings { of, telling: family.clone(), family, spun, made }
}

impl Tellings {
    /// Cuts families whose reports cannot all tell of one happening.
    pub fn cut(&mut self, profiles: &[Profile]) {
        let families = std::mem::take(&mut self.of);
        self.of = families.into_par_iter().flat_map_iter(|family| parts(family, profiles)).collect();
        for (n, telling) in self.of.iter().enumerate() {
            telling.iter().for_each(|&i| self.telling[i as usize] = n as u32);
        }
    }

    /// Whether two reports are of one telling.
    pub fn one(&self, a: u32, b: u32) -> bool {
        self.telling[a as usize] == self.telling[b as usize]
    }
}

/// The tellings of a family: its days, joined by average link where they can be of one happening.
fn parts(mut family: Vec<u32>, profiles: &[Profile]) -> Vec<Vec<u32>> {
    let day = |i: &u32| profiles[*i as usize].dated.map(|d| d.date);
    family.sort_by_key(|i| (day(i), *i));
    let days: Vec<&[u32]> = family.chunk_by(|x, y| day(x) == day(y)).collect();
    let mut pairs = Vec::new();
    for (b, later) in days.iter().enumerate() {
        // Days ascend, so what lies too far back is the end of the search.
        for (a, earlier) in days[..b].iter().enumerate().rev() {
            if weigh::too_late(&profiles[earlier[0] as usize], &profiles[later[0] as usize]) {
                break;
            }
            let probability = together(earlier, later, profiles);
            pairs.push(link::Pair { a: a as u32, b: b as u32, probability });
        }
    }
    let joined = link::average_link(days.len(), &pairs, SAME_EVENT);
    let part = |of: &Vec<u32>| {
        let mut part: Vec<u32> = of.iter().flat_map(|&d| days[d as usize]).copied().collect();
        part.sort_unstable();
        part
    };
    joined.iter().map(part).collect()
}

/// Share of the pairs of two days' speakers that can tell of one happening.
fn together(x: &[u32], y: &[u32], profiles: &[Profile]) -> f32 {
    let (x, y) = (&x[..x.len().min(SPEAKERS)], &y[..y.len().min(SPEAKERS)]);
    let pairs =
        x.iter().flat_map(|i| y.iter().map(move |j| (&profiles[*i as usize], &profiles[*j as usize])));
    let can = pairs.filter(|(a, b)| !weigh::other_day(a, b, a.words.cosine(&b.words))).count();
    can as f32 / (x.len() * y.len()) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Analysis;
    use crate::group::profile::profiles;
    use crate::model::{Moment, RawReport};
    use crate::pile::Held;

    /// Reports of one family as day and text; writes its tellings.
    fn check(given: &[(&str, &str)], expected: &str) {
        let analysed = given.iter().enumerate().map(|(i, (day, text))| {
            crate::analyse(RawReport {
                key: i.to_string(),
                text: (*text).to_owned(),
                published: Moment::parse(day),
                ..RawReport::default()
            })
        });
        let analysed: Vec<Analysis> = analysed.collect();
        let pile = Held::new(&analysed.iter().collect::<Vec<_>>());
        let Ok(by_id) = profiles(&pile);
        let mut by_id: Vec<Option<Profile>> = by_id.into_iter().map(Some).collect();
        let place = |a: &Analysis| pile.place(a.report.id).unwrap() as usize;
        let profiles: Vec<Profile> = analysed.iter().map(|a| by_id[place(a)].take().unwrap()).collect();
        let family = |order: Vec<u32>| parts(order, &profiles);
        assert_eq!(format!("{:?}", family((0..given.len() as u32).collect())), expected);
        assert_eq!(format!("{:?}", family((0..given.len() as u32).rev().collect())), expected);
    }

    const RATES: &str =
        "The bank of Holt set its rates for the day: crowns 41.25, florins 27.90, ducats 18.10.";
    const OTHER_RATES: &str =
        "The bank of Holt set its rates for the day: crowns 41.75, florins 28.15, ducats 18.32.";
    const TOLL: &str = "The flood at Holt took 12 lives and 340 houses; 2,100 people wait in 7 halls.";
    const TOLL_RISES: &str = "The flood at Holt took 14 lives and 340 houses; 2,100 people wait in 7 halls.";

    #[test]
    fn a_family_is_one_telling_unless_its_days_say_otherwise() {
        check(&[("2024-03-04", RATES), ("2024-03-04", RATES)], "[[0, 1]]");
        check(&[("2024-03-04", RATES), ("2024-03-06", RATES)], "[[0, 1]]");
        check(&[("2024-03-04", RATES), ("2024-03-11", RATES)], "[[0], [1]]");
        check(&[("2024-03-04", RATES), ("2024-03-05", OTHER_RATES)], "[[0], [1]]");
        check(&[("2024-03-04", RATES), ("2024-03-04", RATES), ("2024-03-05", OTHER_RATES)], "[[0, 1], [2]]");
        check(&[("2024-03-04", TOLL), ("2024-03-05", TOLL_RISES)], "[[0, 1]]");
        check(&[("", RATES), ("", OTHER_RATES)], "[[0, 1]]");
    }
}
