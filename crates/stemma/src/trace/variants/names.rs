//! Aligned sentences -> differing names.
//!
//! Names are runs of capitalised words. Those that both sides have are set aside; of what is left, runs that
//! are partly the same are two readings of one name. Between languages a person or place that is left alone on
//! each side is one too: names are not translated. Never: compares a name with what another language calls a
//! country.

use super::words::tokens;
use super::{Difference, Reading, Sides};
use crate::Analysis;
use crate::compare::fold::{fold, name_key};
use crate::extract::NameKind;
use crate::extract::names::tables::lexicon;
use crate::model::Span;
use crate::segment::Token;
use crate::trace::VariantKind;

/// Length from which letters that differ may be a garbled form of one name.
const NAME_LETTERS: usize = 4;

/// A run of capitalised words, folded.
#[derive(Clone, Debug)]
struct Run {
    words: Vec<(Span, String)>,
}

impl Run {
    fn span(&self) -> Span {
        self.words[0].0.cover(&self.words[self.words.len() - 1].0)
    }

    fn is(&self, other: &Self) -> bool {
        self.words.len() == other.words.len() && self.words.iter().zip(&other.words).all(|(p, q)| p.1 == q.1)
    }

    fn reading(&self) -> Reading {
        let words: Vec<&str> = self.words.iter().map(|w| w.1.as_str()).collect();
        Reading { span: self.span(), key: words.join(" ") }
    }

    /// Its first or last words.
    fn part(&self, n: usize, last: bool) -> Self {
        let from = if last { self.words.len() - n } else { 0 };
        Self { words: self.words[from..from + n].to_vec() }
    }
}

/// Names that are partly the same, and between languages those left alone.
pub(super) fn differences(sides: &Sides) -> Vec<Difference> {
    let (x, mut y) = (runs(sides.a, sides.at.a), runs(sides.b, sides.at.b));
    let mut left: Vec<Run> = Vec::new();
    for run in x {
        match y.iter().position(|other| other.is(&run)) {
            Some(k) => drop(y.remove(k)),
            None => left.push(run),
        }
    }
    let mut found = Vec::new();
    left.retain(|run| match y.iter().position(|other| holds(run, other)) {
        Some(k) => {
            y.remove(k);
            false
        }
        None => true,
    });
    left.retain(|run| {
        let Some((k, pair)) = y.iter().enumerate().find_map(|(k, other)| Some((k, garbled(run, other)?)))
        else {
            return true;
        };
        if !translated(sides, &pair.0, &pair.1) && !is_common(sides, &pair.0, &pair.1) {
            found.push(difference(&pair.0, &pair.1));
        }
        y.remove(k);
        false
    });
    if sides.a.report.lang != sides.b.report.lang {
        found.extend(alone(sides, &left, &y));
    }
    found
}

/// Whether one run is the other with titles beside it.
fn holds(x: &Run, y: &Run) -> bool {
    let n = x.words.len().min(y.words.len());
    [true, false].iter().any(|last| x.part(n, *last).is(&y.part(n, *last)))
}

fn difference(x: &Run, y: &Run) -> Difference {
    Difference { kind: VariantKind::Name, a: x.reading(), b: y.reading() }
}

/// What one language has where another has a name that was not kept: one person or place on each side.
fn alone(sides: &Sides, x: &[Run], y: &[Run]) -> Option<Difference> {
    let named = |report: &Analysis, runs: &[Run]| -> Vec<Run> {
        runs.iter().filter(|r| kind_of(report, r).is_some_and(|k| !k.1)).cloned().collect()
    };
    let (x, y) = (named(sides.a, x), named(sides.b, y));
    let ([p], [q]) = (&x[..], &y[..]) else { return None };
    let kinds = (kind_of(sides.a, p)?.0, kind_of(sides.b, q)?.0);
    let keeps = |k: NameKind| matches!(k, NameKind::Person | NameKind::Place);
    (keeps(kinds.0) && keeps(kinds.1)).then(|| difference(p, q))
}

/// Cosine from which single words of two languages are what both call one thing: *Missão*, *Mission*.
const SAME_THING: f32 = 0.45;

/// Whether two single words are no one's name: forms of one word, or what two languages call one thing.
fn is_common(sides: &Sides, x: &Run, y: &Run) -> bool {
    let ([(_, p)], [(_, q)]) = (&x.words[..], &y.words[..]) else { return false };
    let langs = (sides.a.report.lang, sides.b.report.lang);
    if langs.0 == langs.1 {
        return false;
    }
    let table = stemma_words::table();
    let vector = |w: &str, l: crate::model::Lang| table.vector(w, l.is_known().then(|| l.code()));
    p.starts_with(q.as_str())
        || q.starts_with(p.as_str())
        || vector(p, langs.0).cosine(&vector(q, langs.1)) >= SAME_THING
}

/// What a run names, and whether it is a country's or its people's name.
fn kind_of(report: &Analysis, run: &Run) -> Option<(NameKind, bool)> {
    let extracts = &report.extracts;
    let name = extracts.names.iter().find(|n| n.span.overlaps(&run.span()))?;
    let entity = extracts.entities.get(name.entity as usize)?;
    Some((entity.kind, entity.country.is_some() && entity.kind != NameKind::Person))
}

/// Whether two names are what two languages call one country, its people or its capital: *Moscou*, *Moscow*.
fn translated(sides: &Sides, x: &Run, y: &Run) -> bool {
    let place = |report: &Analysis, run: &Run| {
        let extracts = &report.extracts;
        let name = extracts.names.iter().find(|n| n.span.overlaps(&run.span()))?;
        let entity = extracts.entities.get(name.entity as usize).filter(|e| e.kind != NameKind::Person)?;
        entity.country.clone()
    };
    let known = place(sides.a, x);
    known.is_some() && known == place(sides.b, y)
}

/// The parts in which two runs are forms of one name: whole, or the last or first words of the longer, for
/// titles stand beside names.
fn garbled(x: &Run, y: &Run) -> Option<(Run, Run)> {
    let n = x.words.len().min(y.words.len());
    let sides: &[bool] = if x.words.len() == y.words.len() { &[true] } else { &[true, false] };
    sides
        .iter()
        .map(|last| (x.part(n, *last), y.part(n, *last)))
        .find(|(p, q)| is_garbled(p, q, x.words.len() == y.words.len()))
}

/// Whether two names of as many words are forms of one: some differ a little while the others are equal, or
/// are of one sound but another spelling; of two words one may differ wholly, if the runs are `whole`.
fn is_garbled(p: &Run, q: &Run, whole: bool) -> bool {
    let latin = |w: &str| w.chars().all(|c| c.is_ascii_alphabetic() || c == '-' || c == '\'');
    let n = p.words.len();
    let pairs = p.words.iter().zip(&q.words).map(|(x, y)| (x.1.as_str(), y.1.as_str()));
    let differ: Vec<(&str, &str)> = pairs.filter(|(x, y)| x != y).collect();
    let near = |(x, y): &(&str, &str)| {
        let long = x.len().min(y.len()) >= NAME_LETTERS && latin(x) && latin(y);
        let start = x.bytes().zip(y.bytes()).take_while(|(a, b)| a == b).count();
        let end = x.bytes().rev().zip(y.bytes().rev()).take_while(|(a, b)| a == b).count();
        let same_sound = name_key(x) == name_key(y);
        long && (same_sound || (start + end) * 2 >= x.len().max(y.len()) && (n > 1 || start >= 3))
    };
    let one_other = whole && n == 2 && differ.len() == 1;
    let kept = if whole { 0 } else { 1 };
    !differ.is_empty() && n - differ.len() >= kept.min(n - 1) && (differ.iter().all(near) || one_other)
}

/// Runs of capitalised words; the first word of a sentence only if it goes on. A word of grammar begins one
/// only where it is known to be of a name: *The Hague*, but not Portuguese *No Cairo*, in Cairo.
fn runs(report: &Analysis, within: Span) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut last = u32::MAX;
    let all = tokens(report, within);
    let capitals = all.iter().filter(|t| report.report.words(t.span).starts_with(char::is_uppercase)).count();
    if capitals * 5 > all.len() * 3 {
        return runs;
    }
    let timed = |t: &Token| report.extracts.times.iter().any(|x| x.span.overlaps(&t.span));
    let named = |t: &Token| report.extracts.names.iter().any(|n| n.span.overlaps(&t.span));
    let grammar = lexicon(report.report.lang);
    for token in all.into_iter().filter(|t| !timed(t)) {
        let word = report.report.words(token.span);
        if !word.starts_with(char::is_uppercase) || word.chars().count() < 2 {
            continue;
        }
        match runs.last_mut() {
            Some(run) if last + 1 == token.span.start => run.words.push((token.span, fold(word))),
            _ if grammar.is_grammar(&word.to_lowercase()) && !named(&token) => continue,
            _ => runs.push(Run { words: vec![(token.span, fold(word))] }),
        }
        last = token.span.end;
    }
    runs.retain(|r| r.words[0].0.start != within.start || r.words.len() > 1);
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Lang, RawReport};

    #[track_caller]
    fn check(lang: &str, text: &str, wanted: &[&str]) {
        let lang = Some(Lang::parse(lang));
        let report = crate::analyse(RawReport { text: text.into(), lang, ..RawReport::default() });
        let runs = runs(&report, Span::new(0, report.report.body.len()));
        assert_eq!(runs.iter().map(|r| report.report.words(r.span())).collect::<Vec<_>>(), wanted);
    }

    #[test]
    fn a_word_of_grammar_begins_no_name() {
        check("pt", "No Farol do Sul, a equipe de Marta Reis esperou.", &["Farol", "Sul", "Marta Reis"]);
        check(
            "en",
            "On Harbourline, he spoke of The Hague and of Ada Holm.",
            &["Harbourline", "The Hague", "Ada Holm"],
        );
        check(
            "es",
            "Los Andes callan; “En Tolmina no llueve”, dijo Ana Reyes.",
            &["Andes", "Tolmina", "Ana Reyes"],
        );
        check("fr", "Dans Belcourt, la maire Anne Roux attend.", &["Belcourt", "Anne Roux"]);
    }
}
