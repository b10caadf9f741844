//! The words that lead to a date, and those inside it -> [`Bound`].
//!
//! Reads words; computes no value. The words are the tables' classes `bound` and `grade`.

use super::class::Class;
use super::context::is_small_word;
use super::edtf::Bound;
use super::pattern::{Found, Reader};
use super::scan::linked;
use crate::extract::quantities::atoms::AtomKind;

/// How many small words may stand between such a word and the date: `por volta de`, `jusqu'au`.
const SMALL_WORDS: usize = 2;

/// Reads bounds in order of the text: the second of `from June to August` needs the first.
#[derive(Default)]
pub(super) struct Bounds {
    /// Where the second of a range begins that is open.
    awaited: Option<usize>,
}

impl Bounds {
    /// What the words leave open about a date; of several, the one furthest out.
    pub(super) fn of(&mut self, reader: &Reader, found: &Found, next: Option<&Found>) -> Option<Bound> {
        let closes = self.awaited.take() == Some(found.from);
        let outer = outer(reader, found);
        let range = next.and_then(|n| linked(reader, found.to).filter(|&l| l == n.from));
        match outer {
            Some("from") => {
                self.awaited = range;
                // `data from June` tells where the data come from.
                range.map(|_| Bound::Since)
            }
            _ if closes => Some(Bound::Until),
            Some(name) => Bound::parse(name),
            None => (found.begin..found.to)
                .find_map(|i| reader.sense(i, Class::Grade))
                .and_then(|sense| Bound::parse(sense.value)),
        }
    }
}

/// The name of the bound that leads to a date.
fn outer(reader: &Reader, found: &Found) -> Option<&'static str> {
    let atoms = reader.atoms;
    let mut small = 0;
    for i in (0..found.from).rev().take_while(|&i| atoms.together(i, found.from)) {
        let word = atoms.lower(i);
        if let Some(sense) = reader.sense(i, Class::Bound) {
            let loose = matches!(sense.value, "before" | "after");
            return (!loose || ends_phrase(reader, found)).then_some(sense.value);
        }
        small += 1;
        let passed = is_small_word(word) || word == "'" || i >= found.begin;
        if !passed || small > SMALL_WORDS + (found.from - found.begin) {
            return None;
        }
    }
    None
}

/// Whether no noun follows that the date belongs to: `after Monday`, not `after Monday's vote`.
fn ends_phrase(reader: &Reader, found: &Found) -> bool {
    let atoms = reader.atoms;
    let next = atoms.lower(found.to);
    let noun = atoms.is(found.to, AtomKind::Word) && !is_small_word(next);
    !(noun || next == "'" || next == "-")
}
