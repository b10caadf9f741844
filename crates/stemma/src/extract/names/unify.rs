//! Candidates -> names and entities: one entity for all names of one thing in a report.
//!
//! Joins equal keys, acronyms to the name they stand behind in brackets, a surname or short form to the
//! fuller name, and damaged forms that agree in first and last part. Looks at one report only.

use super::key::{distance, fold, key_of};
use super::runs::Candidate;
use super::tables::{Lexicon, RoleKind};
use super::view::{Case, View};
use super::{Entity, Name, NameKind, is_given};
use crate::model::{Report, Span};
use rustc_hash::FxHashMap;

/// A form of a name: all candidates with one key.
#[derive(Debug)]
struct Form {
    key: String,
    parts: Vec<String>,
    candidates: Vec<usize>,
    known: bool,
    kind: Option<NameKind>,
    person: bool,
}

/// Makes names and entities of candidates that stand in order.
pub(super) fn unify(
    report: &Report,
    view: &View,
    lexicon: &Lexicon,
    candidates: &[Candidate],
) -> (Vec<Name>, Vec<Entity>) {
    let mut forms = forms(report, candidates);
    let mut parent: Vec<usize> = (0..forms.len()).collect();
    let owner = owners(&forms, candidates.len());
    acronyms(view, candidates, &owner, &mut forms, &mut parent);
    shorter(&forms, &mut parent);
    damaged(&forms, &mut parent);
    let mut place: FxHashMap<usize, u32> = FxHashMap::default();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut names = Vec::with_capacity(candidates.len());
    for (i, candidate) in candidates.iter().enumerate() {
        let root = root(&mut parent, owner[i]);
        let entity = *place.entry(root).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() as u32 - 1
        });
        groups[entity as usize].push(i);
        names.push(Name { span: candidate.span, entity });
    }
    let entities = groups
        .iter()
        .map(|group| entity(report, view, lexicon, candidates, (group, &owner, &forms)))
        .collect();
    (names, entities)
}

fn forms(report: &Report, candidates: &[Candidate]) -> Vec<Form> {
    let mut index: FxHashMap<String, usize> = FxHashMap::default();
    let mut forms: Vec<Form> = Vec::new();
    for (i, candidate) in candidates.iter().enumerate() {
        let words = candidate.span.of(&report.body);
        let key = key(words, candidate);
        let at = *index.entry(key.clone()).or_insert_with(|| {
            let parts = words.split([' ', '\u{00a0}', '\n']).map(fold).filter(|p| !p.is_empty()).collect();
            forms.push(Form { key, parts, candidates: vec![], known: false, kind: None, person: false });
            forms.len() - 1
        });
        let form = &mut forms[at];
        form.candidates.push(i);
        form.known |= candidate.info.is_some();
        form.kind = form.kind.or(candidate.kind);
        form.person |= !candidate.roles.is_empty();
    }
    forms
}

fn key(words: &str, candidate: &Candidate) -> String {
    let Some(info) = candidate.info else {
        return match super::agency(words).filter(|_| candidate.roles.is_empty()) {
            Some((name, _)) => format!("agency:{}", key_of(name)),
            None => key_of(words),
        };
    };
    match info.kind {
        NameKind::Country => format!("country:{}", info.code),
        NameKind::Nationality => format!("nation:{}", info.code),
        NameKind::Place => format!("city:{}", key_of(info.key)),
        _ => format!("org:{}", key_of(info.key)),
    }
}

fn owners(forms: &[Form], count: usize) -> Vec<usize> {
    let mut owner = vec![0; count];
    for (f, form) in forms.iter().enumerate() {
        for c in &form.candidates {
            owner[*c] = f;
        }
    }
    owner
}

fn root(parent: &mut [usize], mut i: usize) -> usize {
    while parent[i] != i {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    i
}

fn join(parent: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(parent, a), root(parent, b));
    parent[a.max(b)] = a.min(b);
}

/// `World Ice Survey (WIS)`.
fn acronyms(
    view: &View,
    candidates: &[Candidate],
    owner: &[usize],
    forms: &mut [Form],
    parent: &mut [usize],
) {
    for pair in 0..candidates.len().saturating_sub(1) {
        let (long, short) = (&candidates[pair], &candidates[pair + 1]);
        let bracket = view.words.get(long.words.1).is_some_and(|w| w.lower == "(")
            && short.words == (long.words.1 + 1, long.words.1 + 2);
        let capitals = view.words[short.words.0].case == Case::Upper;
        let (a, b) = (owner[pair], owner[pair + 1]);
        let initial = forms[b].key.chars().next();
        // `Vescha (SNA)` is a town and the agency that reports from it, so a name that is no body's must
        // give the acronym a letter.
        let body = forms[a].kind == Some(NameKind::Organisation) && short.info.is_none();
        let agrees = body || forms[a].parts.iter().any(|p| p.chars().next() == initial);
        if bracket && capitals && agrees && !(forms[a].known && forms[b].known) {
            forms[a].kind = forms[a].kind.or(Some(NameKind::Organisation));
            join(parent, a, b);
        }
    }
}

/// Joins short forms to the one fuller form that holds their parts.
fn shorter(forms: &[Form], parent: &mut [usize]) {
    let mut by_part: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (i, form) in forms.iter().enumerate().filter(|(_, f)| !f.known && f.parts.len() > 1) {
        for part in [form.parts.first(), form.parts.last()].into_iter().flatten() {
            by_part.entry(part).or_default().push(i);
        }
    }
    for (i, form) in forms.iter().enumerate().filter(|(_, f)| !f.known && !f.parts.is_empty()) {
        let Some(longer) = by_part.get(form.parts.last().map_or("", String::as_str)) else { continue };
        let best = longer
            .iter()
            .filter(|l| **l != i && forms[**l].parts.len() > form.parts.len() && holds(&forms[**l], form))
            .min_by_key(|l| {
                let long = &forms[**l];
                let last = long.parts.last() == form.parts.last();
                (!last, std::cmp::Reverse(long.candidates.len()), long.candidates[0])
            });
        if let Some(best) = best {
            join(parent, i, *best);
        }
    }
}

/// Whether a fuller form may be shortened to another.
fn holds(long: &Form, short: &Form) -> bool {
    let clash = matches!(
        (long.kind, short.kind),
        (Some(NameKind::Place), Some(NameKind::Organisation))
            | (Some(NameKind::Organisation), Some(NameKind::Place))
    );
    if clash || short.person && matches!(long.kind, Some(NameKind::Organisation | NameKind::Place)) {
        return false;
    }
    if short.parts.len() > 1 {
        return long.parts.first() == short.parts.first() && long.parts.last() == short.parts.last()
            || long.parts.ends_with(&short.parts)
            || long.parts.starts_with(&short.parts);
    }
    let part = &short.parts[0];
    let headed = matches!(long.kind, Some(NameKind::Organisation | NameKind::Place));
    long.parts.last() == Some(part) && !headed || long.parts.first() == Some(part)
}

/// Joins forms that a careless copy has damaged: same first part and nearly the same last one.
fn damaged(forms: &[Form], parent: &mut [usize]) {
    let mut by_first: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (i, form) in forms.iter().enumerate().filter(|(_, f)| !f.known && f.parts.len() > 1) {
        by_first.entry(&form.parts[0]).or_default().push(i);
    }
    let mut groups: Vec<&Vec<usize>> = by_first.values().filter(|g| g.len() > 1 && g.len() < 50).collect();
    groups.sort_unstable();
    for group in groups {
        for (n, a) in group.iter().enumerate() {
            for b in &group[n + 1..] {
                let (x, y) = (&forms[*a], &forms[*b]);
                if x.parts.len() == y.parts.len() && near(&x.parts, &y.parts) {
                    join(parent, *a, *b);
                }
            }
        }
    }
}

fn near(a: &[String], b: &[String]) -> bool {
    let (Some(x), Some(y)) = (a.last(), b.last()) else { return false };
    if x == y {
        return a.len() > 2;
    }
    x.chars().count().min(y.chars().count()) >= 5
        && distance(x, y, 1) <= 1
        && a[..a.len() - 1] == b[..b.len() - 1]
}

type Group<'a> = (&'a Vec<usize>, &'a Vec<usize>, &'a Vec<Form>);

fn entity(report: &Report, view: &View, lexicon: &Lexicon, candidates: &[Candidate], group: Group) -> Entity {
    let (members, owner, forms) = group;
    let best = members
        .iter()
        .copied()
        .max_by_key(|c| {
            let form = &forms[owner[*c]];
            (
                form.known,
                form.parts.len(),
                form.candidates.len(),
                std::cmp::Reverse(form.candidates[0]),
                std::cmp::Reverse(*c),
            )
        })
        .expect("a group has members");
    let form = &forms[owner[best]];
    let all = || members.iter().map(|c| &candidates[*c]);
    let roles: Vec<Span> = {
        let mut spans: Vec<Span> = all().flat_map(|c| c.roles.iter().map(|r| r.span)).collect();
        spans.sort_unstable();
        spans.dedup();
        spans
    };
    let agency = form
        .key
        .starts_with("agency:")
        .then(|| super::agency(candidates[best].span.of(&report.body)))
        .flatten();
    let kind =
        if agency.is_some() { NameKind::Agency } else { kind(view, lexicon, candidates, members, form) };
    let own = all().find_map(|c| c.country.filter(|_| c.info.is_some()));
    let country = own
        .or_else(|| all().find_map(|c| c.country).filter(|_| kind != NameKind::Place))
        .or(agency.and_then(|(_, code)| code))
        .or(candidates[best].info.map(|i| i.code));
    let role = all().flat_map(|c| &c.roles).find_map(|r| r.sector);
    Entity {
        canonical: canonical(candidates[best].span.of(&report.body)),
        key: form.key.clone(),
        kind,
        country: country.map(str::to_owned),
        sector: all().find_map(|c| c.sector).or(role).map(str::to_owned),
        roles,
    }
}

fn canonical(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn kind(
    view: &View,
    lexicon: &Lexicon,
    candidates: &[Candidate],
    members: &[usize],
    form: &Form,
) -> NameKind {
    let all = || members.iter().map(|c| &candidates[*c]);
    if let Some(info) = all().find_map(|c| c.info) {
        return info.kind;
    }
    let headed = all()
        .filter(|c| c.words.1 > c.words.0 + 1)
        .find_map(|c| c.kind.filter(|k| *k == NameKind::Organisation));
    if let Some(kind) = headed {
        return kind;
    }
    if all().any(|c| !c.roles.is_empty()) {
        return NameKind::Person;
    }
    let first = &view.words[candidates[form.candidates[0]].words.0];
    let parts = form.parts.len();
    if (2..=4).contains(&parts) && is_given(&first.lower) {
        return NameKind::Person;
    }
    let votes = |kind| all().filter(|c| c.kind == Some(kind)).count();
    let (places, bodies) = (votes(NameKind::Place), votes(NameKind::Organisation));
    if places > 0 && places >= bodies {
        return NameKind::Place;
    }
    if bodies > 0 {
        return NameKind::Organisation;
    }
    let short = all().any(|c| {
        c.words.1 == c.words.0 + 1
            && fold(&view.words[c.words.0].lower) == *form.parts.last().unwrap_or(&form.key)
    });
    let plain = all().all(|c| {
        (c.words.0..c.words.1).all(|w| {
            !lexicon.is_common(&view.words[w]) && !lexicon.is_role(&view.words[w], |k| k == RoleKind::Body)
        })
    });
    let short_middle = (2..=3).contains(&parts);
    if short_middle
        && (short || plain && lexicon.is_english() && followed(view, lexicon, candidates, members))
    {
        return NameKind::Person;
    }
    NameKind::Other
}

/// Whether words behind a name fit a person: `who`, `, 45,`.
fn followed(view: &View, _lexicon: &Lexicon, candidates: &[Candidate], members: &[usize]) -> bool {
    members.iter().any(|c| {
        let next = candidates[*c].words.1;
        let word = |i: usize| view.words.get(i).map_or("", |w| w.lower.as_str());
        let age = word(next) == "," && word(next + 1).parse::<u8>().is_ok() && word(next + 2) == ",";
        let who = word(next) == "who" || word(next) == "," && word(next + 1) == "who";
        age || who || matches!(word(next), "said" | "told" | "says" | "added")
    })
}
