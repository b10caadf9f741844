//! Differences along the tree -> [`Variant`]s with every report's reading and the likely original.
//!
//! Readings that overlap in one report belong to one variant. Never: counts a copy's reading as
//! support; the tree says which telling stands nearest the original.

use super::values::{Value, agree, keys_agree, values};
use super::words::{kept, tokens};
use super::{Reading, Sides, differences};
use crate::Analysis;
use crate::compare::Aligned;
use crate::model::{Place, Span};
use crate::trace::{Variant, VariantKind, VariantReading};

/// Variants of one family, at most; a family of hopelessly garbled texts stops here.
const MAX_VARIANTS: usize = 400;

/// A pair of members whose sentences are compared.
pub(in crate::trace) struct Route {
    /// Places in the family.
    pub(in crate::trace) a: usize,
    /// The other.
    pub(in crate::trace) b: usize,
    /// Their aligned sentences.
    pub(in crate::trace) alignment: Vec<Aligned>,
    /// Whether one of them was made by swapping words.
    pub(in crate::trace) swapped: bool,
}

/// What is known of the members' places in the tree.
pub(in crate::trace) struct Places<'f> {
    /// Steps from the top; 0 for a child of the lost original, or the root.
    pub(in crate::trace) depth: &'f [usize],
    /// How far each one's readings are to be trusted, 0..=1.
    pub(in crate::trace) trust: &'f [f32],
}

/// Votes by which a reading must lead to be taken for the original.
const MARGIN: f32 = 0.3;

/// One place where tellings differ, being gathered.
struct Gathered {
    kind: VariantKind,
    readings: Vec<(usize, Reading)>,
    /// Keys that were set against each other.
    against: Vec<[String; 2]>,
}

/// Finds the variants of a family.
pub(in crate::trace) fn variants(reports: &[&Analysis], routes: &[Route], places: &Places) -> Vec<Variant> {
    let mut gathered: Vec<Gathered> = Vec::new();
    for route in routes {
        for at in &route.alignment {
            let sides = Sides { a: reports[route.a], b: reports[route.b], at: *at, swapped: route.swapped };
            for found in differences(&sides) {
                note(&mut gathered, found.kind, [(route.a, found.a), (route.b, found.b)]);
            }
        }
        if gathered.len() > MAX_VARIANTS {
            break;
        }
    }
    for variant in &mut gathered {
        spread(variant, reports, routes);
    }
    let mut variants: Vec<Variant> =
        gathered.into_iter().filter_map(|g| finish(g, reports, places)).collect();
    variants.sort_by(|x, y| x.readings[0].place.cmp(&y.readings[0].place).then(x.kind.cmp(&y.kind)));
    variants
}

/// Adds a difference to the variant whose place it shares, or begins one; joins variants that it ties.
fn note(gathered: &mut Vec<Gathered>, kind: VariantKind, readings: [(usize, Reading); 2]) {
    let shares = |g: &Gathered| {
        let there =
            |r: &(usize, Reading)| g.readings.iter().any(|o| o.0 == r.0 && o.1.span.overlaps(&r.1.span));
        g.kind == kind && readings.iter().any(there)
    };
    let tied: Vec<usize> = (0..gathered.len()).filter(|k| shares(&gathered[*k])).collect();
    let against = readings.each_ref().map(|r| r.1.key.clone());
    let mut whole = Gathered { kind, readings: Vec::new(), against: vec![against] };
    for k in tied.into_iter().rev() {
        let part = gathered.swap_remove(k);
        whole.readings.extend(part.readings);
        whole.against.extend(part.against);
    }
    whole.readings.extend(readings);
    whole.readings.sort_by_key(|x| (x.0, x.1.span));
    whole.readings.dedup_by(|x, y| x.0 == y.0 && x.1.span.overlaps(&y.1.span));
    gathered.push(whole);
}

/// Adds the readings of members that agree with one already there.
fn spread(variant: &mut Gathered, reports: &[&Analysis], routes: &[Route]) {
    let mut grown = true;
    while grown {
        grown = false;
        for route in routes {
            for (from, to) in [(route.a, route.b), (route.b, route.a)] {
                let has = |member: usize| variant.readings.iter().find(|r| r.0 == member);
                let (Some(known), None) = (has(from), has(to)) else { continue };
                let lies = route
                    .alignment
                    .iter()
                    .map(|at| if from == route.a { (at.a, at.b) } else { (at.b, at.a) });
                let Some((here, there)) = lies.into_iter().find(|(h, _)| h.overlaps(&known.1.span)) else {
                    continue;
                };
                let pair = ((reports[from], here), (reports[to], there));
                if let Some(reading) = counterpart(variant.kind, &known.1, pair) {
                    variant.readings.push((to, reading));
                    grown = true;
                }
            }
        }
    }
}

/// The same reading in an aligned sentence, if it stands there.
fn counterpart(
    kind: VariantKind,
    known: &Reading,
    (here, there): ((&Analysis, Span), (&Analysis, Span)),
) -> Option<Reading> {
    if matches!(kind, VariantKind::Number | VariantKind::Date) {
        let like = |v: &Value| v.kind == kind && v.span.overlaps(&known.span);
        let own = values(here.0, here.1).into_iter().find(like)?;
        let same = values(there.0, there.1).into_iter().find(|v| agree(v, &own))?;
        return Some(Reading { span: same.span, key: known.key.clone() });
    }
    if here.0.report.lang != there.0.report.lang {
        return (kind == VariantKind::Name).then(|| {
            let words = here.0.report.words(known.span);
            let at = there.0.report.words(there.1).find(words)? + there.1.start as usize;
            Some(Reading { span: Span::new(at, at + words.len()), key: known.key.clone() })
        })?;
    }
    let (x, y) = (tokens(here.0, here.1), tokens(there.0, there.1));
    let map = kept(here.0, &x, there.0, &y);
    let inside = x.iter().zip(&map).filter(|(t, _)| known.span.contains(&t.span));
    let places: Option<Vec<usize>> = inside.map(|(_, to)| *to).collect();
    let places = places?;
    let span = y[*places.first()?].span.cover(&y[*places.last()?].span);
    Some(Reading { span, key: known.key.clone() })
}

fn finish(gathered: Gathered, reports: &[&Analysis], places: &Places) -> Option<Variant> {
    let mut readings = gathered.readings;
    readings.sort_by_key(|x| (x.0, x.1.span));
    readings.dedup_by_key(|r| r.0);
    let differs = readings.iter().any(|r| r.1.key != readings[0].1.key);
    if !differs {
        return None;
    }
    let (key, reason) = original(&readings, places);
    let rivals =
        |x: &str, y: &str| gathered.against.iter().any(|[p, q]| p == x && q == y || p == y && q == x);
    let holds = |of: &str, key: &str| of == key || keys_agree(gathered.kind, of, key) && !rivals(of, key);
    let of_key = readings.iter().filter(|r| key.as_ref().is_some_and(|key| holds(&r.1.key, key)));
    let likely_original = of_key.map(|r| reports[r.0].report.id).collect();
    let readings = readings
        .iter()
        .map(|(member, reading)| VariantReading {
            place: Place::new(reports[*member].report.id, reading.span),
            text: reports[*member].report.words(reading.span).to_owned(),
        })
        .collect();
    Some(Variant { kind: gathered.kind, readings, likely_original, reason })
}

/// The key of the likely original, and why: the reading nearest the top of the tree; where several
/// branches from a lost original differ, that of most branches, each as far as it is to be trusted.
fn original(readings: &[(usize, Reading)], places: &Places) -> (Option<String>, String) {
    let top = readings.iter().map(|r| places.depth[r.0]).min().unwrap_or(0);
    let highest: Vec<&(usize, Reading)> = readings.iter().filter(|r| places.depth[r.0] == top).collect();
    if highest.iter().all(|r| r.1.key == highest[0].1.key) {
        let reason = if highest.len() > 1 {
            "all branches nearest the original agree"
        } else {
            "the telling nearest the original has it"
        };
        return (Some(highest[0].1.key.clone()), reason.to_owned());
    }
    let votes = |key: &str| -> f32 {
        let own = highest.iter().filter(|r| r.1.key == key);
        own.map(|r| places.trust[r.0]).sum()
    };
    let best = highest.iter().max_by(|x, y| votes(&x.1.key).total_cmp(&votes(&y.1.key)));
    let Some(best) = best else { return (None, String::new()) };
    let rivals = highest.iter().filter(|r| r.1.key != best.1.key);
    if rivals.map(|r| votes(&r.1.key)).fold(0.0, f32::max) + MARGIN < votes(&best.1.key) {
        let least = |same: bool| {
            let own = highest.iter().filter(|r| (r.1.key == best.1.key) == same).map(|r| places.trust[r.0]);
            own.fold(1.0, f32::min)
        };
        let reason = if least(false) < least(true) {
            "the other branch swaps words or translates and is less to be trusted"
        } else {
            "most independent branches have it"
        };
        (Some(best.1.key.clone()), reason.to_owned())
    } else {
        (None, "the branches differ and nothing tells which is right".to_owned())
    }
}
