//! Tellings with their origins -> how the claim stands, and why.
//!
//! First what a copy damaged is set aside (its own family shows the reading it had), then what an
//! origin itself replaced; what remains agrees, or is disputed.

use super::Standing;
use super::value::Value;
use crate::model::Moment;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

/// One telling as standing sees it.
#[derive(Clone, Debug)]
pub(super) struct Voice {
    /// Index of the report.
    pub report: u32,
    /// The number of its family.
    pub family: u32,
    /// The number of its origin.
    pub origin: u32,
    /// What can be compared.
    pub value: Option<Value>,
    /// Whether it denies.
    pub negated: bool,
    /// When the report was published.
    pub published: Option<Moment>,
    /// Whether the origin is somebody with a name, and not a report's own word.
    pub named: bool,
    /// What its report tells beside it as what the figure was before, or is no longer.
    pub history: Option<Value>,
}

/// How the reports of the voices descend.
pub(super) struct Kin<'a> {
    /// The nearest elder of a report that has a voice too.
    pub elder: &'a dyn Fn(u32) -> Option<u32>,
    /// Those with a voice that were made from the same lost report, ascending.
    pub siblings: &'a dyn Fn(u32) -> Vec<u32>,
    /// Whether a report's wording looks damaged.
    pub damaged: &'a dyn Fn(u32) -> bool,
    /// Whether the collation of the family shows two voices, by index, to differ in meaning.
    pub varies: &'a dyn Fn(usize, usize) -> bool,
}

/// A standing with what it rests on.
#[derive(Debug)]
pub(super) struct Judged {
    pub standing: Standing,
    pub reason: String,
    /// For each voice, whether its reading entered in copying.
    pub corrupted: Vec<bool>,
}

/// Judges the tellings of one slot; `name` gives an origin's name, `file` a report's.
pub(super) fn judge(
    voices: &[Voice],
    kin: &Kin,
    name: &dyn Fn(u32) -> String,
    file: &dyn Fn(u32) -> String,
) -> Judged {
    let corrupted = corrupted(voices, kin);
    let whole: Vec<&Voice> = voices.iter().zip(&corrupted).filter(|v| !v.1).map(|v| v.0).collect();
    let origins: BTreeSet<u32> = whole.iter().map(|v| v.origin).collect();
    let reports: BTreeSet<u32> = voices.iter().map(|v| v.report).collect();
    let (standing, reason) = if let Some((a, b)) = dispute(&whole) {
        (
            Standing::Disputed,
            format!("{} says {}, {} says {}", name(a.origin), told(a), name(b.origin), told(b)),
        )
    } else if let Some(steps) = update(&whole) {
        (Standing::Updated, format!("the figure went {}", steps.join(", then ")))
    } else if let Some(i) = corrupted.iter().position(|&c| c) {
        (
            Standing::Corrupted,
            format!("{} entered in {} while copying", told(&voices[i]), file(voices[i].report)),
        )
    } else if let Some((a, b)) = undecided(&whole) {
        (
            Standing::Corrupted,
            format!(
                "{} in {}, {} in {}: one entered while copying",
                told(a),
                file(a.report),
                told(b),
                file(b.report)
            ),
        )
    } else if origins.len() > 1 {
        let names: Vec<String> = origins.iter().map(|&o| name(o)).collect();
        (Standing::Corroborated, format!("{} independent origins: {}", origins.len(), names.join(", ")))
    } else if reports.len() > 1 {
        let origin = origins.first().map_or_else(String::new, |&o| name(o));
        (Standing::Echoed, format!("{} reports, one origin: {origin}", reports.len()))
    } else {
        (Standing::Single, "one report, one origin".to_owned())
    };
    Judged { standing, reason, corrupted }
}

fn told(voice: &Voice) -> String {
    match (&voice.value, voice.negated) {
        (Some(value), _) => value.to_string(),
        (None, true) => "no".to_owned(),
        (None, false) => "yes".to_owned(),
    }
}

/// Whether two readings cannot both hold.
fn clash(a: &Voice, b: &Voice) -> bool {
    match (&a.value, &b.value) {
        (Some(v), Some(w)) if !v.compatible(w) => true,
        // A number is told whether a clause denies or not; what happens on a day is not. Strangers may
        // tell of one year, "the first since 1954" and "none since 1954", and say the same.
        _ if is_number(a) || is_number(b) => false,
        (Some(v), Some(w)) if a.family != b.family && !(v.is_day() && w.is_day()) => false,
        (Some(_), None) | (None, Some(_)) if a.family != b.family => false,
        _ => a.negated != b.negated,
    }
}

/// Which readings entered in copying: none of the parent's readings can hold beside them, and one of
/// those is gone.
fn corrupted(voices: &[Voice], kin: &Kin) -> Vec<bool> {
    let mut of: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    voices.iter().enumerate().for_each(|(i, v)| of.entry(v.report).or_default().push(i));
    let differs = |i: usize, other: u32| {
        let others = of.get(&other).map(Vec::as_slice).unwrap_or_default();
        let comparable = others.iter().any(|&j| kind(&voices[j], &voices[i]));
        let apart = |i: usize, j: usize| clash(&voices[i], &voices[j]) || (kin.varies)(i, j);
        let ours = of.get(&voices[i].report).map(Vec::as_slice).unwrap_or_default();
        let gone = |j: usize| ours.iter().all(|&k| !kind(&voices[k], &voices[j]) || apart(k, j));
        comparable
            && others.iter().all(|&j| apart(i, j) || !kind(&voices[i], &voices[j]))
            && others.iter().any(|&j| kind(&voices[i], &voices[j]) && gone(j))
    };
    let support = Support::of(voices);
    let entered: Vec<bool> = (0..voices.len())
        .map(|i| {
            let report = voices[i].report;
            if let Some(parent) = (kin.elder)(report) {
                return differs(i, parent);
            }
            let siblings = (kin.siblings)(report);
            siblings.iter().any(|&s| differs(i, s)) && loses(voices, i, &siblings, kin, &support)
        })
        .collect();
    inherit(voices, entered, kin, &of)
}

/// Whether two voices can be held against each other: two numbers, or two that tell none.
fn kind(a: &Voice, b: &Voice) -> bool {
    is_number(a) == is_number(b)
}

fn is_number(voice: &Voice) -> bool {
    voice.value.as_ref().is_some_and(Value::is_number)
}

/// Of siblings that differ under a lost parent: the one that agrees with fewer others has the
/// damaged reading; among equals, the one with more damage in its wording.
fn loses(voices: &[Voice], i: usize, siblings: &[u32], kin: &Kin, support: &Support) -> bool {
    let apart = |j: usize| clash(&voices[j], &voices[i]) || (kin.varies)(i, j);
    let is_sibling = |v: &Voice| siblings.binary_search(&v.report).is_ok();
    let rivals = voices.iter().enumerate().filter(|(j, v)| is_sibling(v) && apart(*j));
    let best = rivals.map(|(j, v)| (support.with(voices, j), !(kin.damaged)(v.report))).max();
    best.is_some_and(|best| (support.with(voices, i), !(kin.damaged)(voices[i].report)) < best)
}

/// How many other reports agree with each voice; worked out when it is asked for.
struct Support(Vec<OnceCell<usize>>);

impl Support {
    fn of(voices: &[Voice]) -> Self {
        Self(vec![OnceCell::new(); voices.len()])
    }

    fn with(&self, voices: &[Voice], i: usize) -> usize {
        let agree = |v: &&Voice| v.report != voices[i].report && holds(v, &voices[i]);
        let count = || voices.iter().filter(agree).map(|v| v.report).collect::<BTreeSet<u32>>().len();
        *self.0[i].get_or_init(count)
    }
}

/// A reading taken over from a damaged parent is damaged too.
fn inherit(voices: &[Voice], mut entered: Vec<bool>, kin: &Kin, of: &BTreeMap<u32, Vec<usize>>) -> Vec<bool> {
    for _ in 0..voices.len() {
        let found: Vec<usize> = (0..voices.len())
            .filter(|&i| !entered[i])
            .filter(|&i| {
                let Some(parent) = (kin.elder)(voices[i].report) else { return false };
                let of_parent = of.get(&parent).into_iter().flatten();
                let mut theirs = of_parent.filter(|&&j| kind(&voices[j], &voices[i])).peekable();
                theirs.peek().is_some() && theirs.all(|&j| entered[j] && !clash(&voices[i], &voices[j]))
            })
            .collect();
        if found.is_empty() {
            break;
        }
        found.into_iter().for_each(|i| entered[i] = true);
    }
    entered
}

/// Two origins whose readings cannot both hold, and neither of which merely came later.
fn dispute<'v>(voices: &[&'v Voice]) -> Option<(&'v Voice, &'v Voice)> {
    pairs(voices).find(|(a, b)| clash(a, b) && a.origin != b.origin && !replaces(voices, a, b)).map(
        |(a, b)| {
            if a.origin < b.origin { (a, b) } else { (b, a) }
        },
    )
}

/// Two readings of one family and one origin of which one must have entered in copying, though the
/// family does not show which.
fn undecided<'v>(voices: &[&'v Voice]) -> Option<(&'v Voice, &'v Voice)> {
    let both = |a: &Voice, b: &Voice| voices.iter().any(|v| v.report == a.report && holds(v, b));
    pairs(voices).find(|(a, b)| {
        clash(a, b) && a.family == b.family && a.origin == b.origin && !both(a, b) && !both(b, a)
    })
}

fn pairs<'a, 'v>(voices: &'a [&'v Voice]) -> impl Iterator<Item = (&'v Voice, &'v Voice)> + 'a {
    voices.iter().enumerate().flat_map(|(i, a)| voices[..i].iter().map(move |b| (*a, *b)))
}

/// Whether one of two clashing readings replaced the other: published on a later day and never
/// taken back, or told by the same origin in another report.
///
/// Readings of one family do not replace each other: there a difference entered in copying, or both
/// figures stood in the original.
fn replaces(voices: &[&Voice], a: &Voice, b: &Voice) -> bool {
    if told_so(voices, a, b) {
        return true;
    }
    if a.value.is_none() || a.family == b.family || a.named && b.named && a.origin != b.origin {
        return false;
    }
    // Someone tells both, in the names of different origins: that is a contrast, not a history.
    let tell = |x: &Voice, by: Option<u32>| -> BTreeSet<u32> {
        let so = voices.iter().filter(|v| by.is_none_or(|o| v.origin == o) && holds(v, x));
        so.map(|v| v.report).collect()
    };
    let contrast = || !tell(a, Some(a.origin)).is_disjoint(&tell(b, Some(b.origin)));
    if a.origin != b.origin && contrast() {
        return false;
    }
    let (Some(x), Some(y)) = (a.published, b.published) else { return a.origin == b.origin };
    if x.date == y.date {
        return a.origin == b.origin;
    }
    let (earlier, later) = if x.date < y.date { (a, b) } else { (b, a) };
    let date = |v: &Voice| v.published.map(|p| p.date);
    let historic = tell(later, None);
    let back = |v: &&Voice| {
        let again = holds(v, earlier) && date(v) >= date(later) && v.family != earlier.family;
        again && !historic.contains(&v.report)
    };
    !voices.iter().any(back)
}

/// Whether a report tells that one of two readings took the place of the other: "nine, up from seven".
fn told_so(voices: &[&Voice], a: &Voice, b: &Voice) -> bool {
    let may = |value: &Option<Value>, x: &Voice| {
        value.as_ref().zip(x.value.as_ref()).is_some_and(|(v, x)| v.compatible(x))
    };
    let says = |v: &Voice, x: &Voice| may(&v.history, x);
    let same = |v: &Voice, x: &Voice| may(&v.value, x);
    voices.iter().any(|v| says(v, a) && same(v, b) || says(v, b) && same(v, a))
}

/// Whether a voice has the value of another.
fn holds(voice: &Voice, other: &Voice) -> bool {
    kind(voice, other) && !clash(voice, other)
}

/// The steps of a figure that was replaced, oldest first.
fn update(voices: &[&Voice]) -> Option<Vec<String>> {
    pairs(voices).find(|(a, b)| clash(a, b) && replaces(voices, a, b))?;
    let mut dated: Vec<(Option<Moment>, String)> =
        voices.iter().filter_map(|v| v.value.as_ref().map(|x| (v.published, x.to_string()))).collect();
    dated.sort();
    let mut steps: Vec<String> = Vec::new();
    for (_, step) in dated {
        if !steps.contains(&step) {
            steps.push(step);
        }
    }
    Some(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn voice(report: u32, origin: u32, value: f64) -> Voice {
        let value = Value::Number { low: Some(value), high: Some(value), approx: false, unit: String::new() };
        Voice {
            report,
            family: report,
            origin,
            value: Some(value),
            negated: false,
            published: None,
            named: true,
            history: None,
        }
    }

    fn check(voices: &[Voice], parents: &[(u32, u32)], standing: Standing) {
        let kin = Kin {
            elder: &|r| parents.iter().find(|p| p.0 == r).map(|p| p.1),
            siblings: &|_| Vec::new(),
            damaged: &|_| false,
            varies: &|_, _| false,
        };
        let judged = judge(voices, &kin, &|o| o.to_string(), &|r| r.to_string());
        assert_eq!(judged.standing, standing, "{}", judged.reason);
    }

    #[test]
    fn standings_follow_origins_and_the_tree() {
        check(&[voice(0, 0, 5.0)], &[], Standing::Single);
        check(&[voice(0, 0, 5.0), voice(1, 0, 5.0)], &[(1, 0)], Standing::Echoed);
        check(&[voice(0, 0, 5.0), voice(1, 1, 5.0)], &[], Standing::Corroborated);
        check(&[voice(0, 0, 5.0), voice(1, 1, 7.0)], &[], Standing::Disputed);
        check(&[voice(0, 0, 5.0), voice(1, 0, 7.0)], &[(1, 0)], Standing::Corrupted);
        check(&[voice(0, 0, 5.0), voice(1, 0, 7.0)], &[], Standing::Updated);
    }

    #[test]
    fn a_later_figure_replaces_one_of_a_reports_own_word_or_where_it_is_told_so() {
        let on = |day: &str, named, voice: Voice| Voice { published: Moment::parse(day), named, ..voice };
        let two =
            |named| [on("2025-03-01", named, voice(0, 0, 5.0)), on("2025-03-02", named, voice(1, 1, 7.0))];
        check(&two(false), &[], Standing::Updated);
        check(&two(true), &[], Standing::Disputed);
        let [first, later] = two(true);
        let history = first.value.clone();
        check(&[first.clone(), Voice { history, ..later }], &[], Standing::Updated);
        // Someone goes back to the first figure.
        let [first, later] = two(false);
        let back = on("2025-03-03", false, voice(2, 2, 5.0));
        check(&[first, later, back], &[], Standing::Disputed);
    }

    #[test]
    fn a_date_hides_no_denial() {
        let on = |report, negated| {
            let day = "2025-03-01".to_owned();
            let value = Some(Value::Date { value: day.clone(), undated: day });
            Voice { value, negated, ..voice(report, report, 0.0) }
        };
        check(&[on(0, false), on(1, true)], &[], Standing::Disputed);
        check(&[on(0, false), on(1, false)], &[], Standing::Corroborated);
    }
}
