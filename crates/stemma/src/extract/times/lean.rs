//! Which way the words around a time point: to the past, which news tells, or to the future.
//!
//! Reads the sentence around a pattern; decides no value.

use super::class::Class;
use super::lexicon::Lexicon;
use super::pattern::Found;
use crate::extract::quantities::atoms::{AtomKind, Atoms};
use crate::extract::quantities::near::{Near, near};
use crate::extract::quantities::numerals::Numerals;

/// Which way the words around a time point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lean {
    Past,
    Future,
    Open,
}

/// How many pieces to each side are read for words of past and future.
///
/// Wide enough for a clause with its subject; longer reaches pick up verbs of other clauses.
const REACH: usize = 14;

/// English verbs whose past tense leaves the infinitive behind them in the past: `began to`.
const BEGUN: &[&str] = &["began", "continued", "started", "failed", "had", "managed"];

/// Which way the words around a pattern lean: the nearest word of past or future in its
/// sentence decides, those before it counting first.
pub(super) fn lean(atoms: &Atoms, lexicon: &Lexicon, numerals: &Numerals, found: &Found) -> Lean {
    let Some(sentence) = atoms.get(found.from).map(|a| a.sentence) else { return Lean::Open };
    let inside = |i: usize| atoms.get(i).is_some_and(|a| a.sentence == sentence);
    let limit = |i: &usize| lexicon.sense(atoms.lower(*i), Class::Limit).is_some();
    // `by Monday`, `until the end of May`: these words lean only what follows them.
    let qualifier = (1..=4).take_while(|n| {
        found.begin.checked_sub(*n).is_some_and(|i| inside(i) && near(atoms.lower(i), Near::AtLeast))
    });
    let begin = found.begin - qualifier.count();
    if (1..=2).filter_map(|n| begin.checked_sub(n)).filter(|i| inside(*i)).any(|i| limit(&i)) {
        return Lean::Future;
    }
    let reads = |i: usize| -> Option<Lean> {
        let word = atoms.lower(i);
        // `to be signed`, `may be signed`: the words before the participle decide.
        let participle = i > 0 && atoms.lower(i - 1) == "be";
        match lexicon.tense(word)? {
            Class::Future if atoms.is_capital(i) && !atoms.opens_sentence(i) => None,
            Class::Future => Some(Lean::Future),
            _ if participle || numerals.knows(word) => None,
            _ => Some(Lean::Past),
        }
    };
    let back = (1..=REACH).map_while(|n| found.from.checked_sub(n).filter(|&i| inside(i)));
    let mut infinitive = false;
    for i in back.take_while(|&i| !matches!(atoms.lower(i), ";" | "\"" | "”")) {
        infinitive |= atoms.lower(i) == "to" && !lexicon.day_first && is_verb(atoms, i + 1);
        match reads(i) {
            // `expected to land`, but `was expected` alone tells the past.
            Some(Lean::Past) if infinitive && !BEGUN.contains(&atoms.lower(i)) => return Lean::Future,
            Some(lean) => return lean,
            None => {}
        }
    }
    if infinitive {
        return Lean::Future;
    }
    (found.to..found.to + REACH).take_while(|&i| inside(i)).find_map(reads).unwrap_or(Lean::Open)
}

/// Whether a word behind `to` can be a verb: `to open`, not `to Accra`, `to the coast`, `to 5`.
fn is_verb(atoms: &Atoms, i: usize) -> bool {
    let word = atoms.lower(i);
    let noun = near(word, Near::Definite) || near(word, Near::Article) || near(word, Near::Possessive);
    atoms.is(i, AtomKind::Word) && !atoms.is_capital(i) && !noun
}
