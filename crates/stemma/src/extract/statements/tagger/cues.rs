//! Words -> features of the first tagger, which finds cues together with what they tell.

use super::super::lexicon::Class;
use super::super::words::Text;
use super::bag::{Bag, step};
use super::marks::{Marks, NONE};
use std::ops::Range;

/// Features of a word in its passage.
pub(super) struct Sight<'t> {
    text: &'t Text<'t>,
    marks: &'t Marks,
    passage: Range<usize>,
}

impl<'t> Sight<'t> {
    /// For the words of a passage.
    pub(super) fn new(text: &'t Text<'t>, marks: &'t Marks, passage: Range<usize>) -> Sight<'t> {
        Sight { text, marks, passage }
    }

    /// A column's value some words away; 7 past the passage's ends.
    fn near(&self, column: &[u32], i: usize, by: isize) -> u32 {
        let at = i as isize + by;
        let inside = at >= self.passage.start as isize && at < self.passage.end as isize;
        if inside { column[at as usize] } else { 7 }
    }

    fn near8(&self, column: &[u8], i: usize, by: isize) -> u32 {
        let at = i as isize + by;
        let inside = at >= self.passage.start as isize && at < self.passage.end as isize;
        if inside { u32::from(column[at as usize]) } else { 15 }
    }

    /// All features of a word, appended.
    pub(super) fn features(&self, i: usize, out: &mut Vec<u32>) {
        let mut bag = Bag::new(out);
        self.itself(i, &mut bag);
        self.window(i, &mut bag);
        self.pairs(i, &mut bag);
        self.cues_near(i, &mut bag);
        self.sentences(i, &mut bag);
        self.grammar(i, &mut bag);
    }

    fn itself(&self, i: usize, bag: &mut Bag) {
        let m = self.marks;
        let (class, quote, rate) = (m.class[i], m.quote[i], u32::from(m.rate[i]));
        bag.add([]);
        bag.add([m.word[i]]);
        bag.add([m.stem[i]]);
        bag.add([class]);
        bag.add([m.shape[i]]);
        bag.add([m.tail[i]]);
        bag.add([quote]);
        bag.add([rate]);
        bag.add([class, quote]);
        bag.add([m.stem[i], quote]);
        bag.add([m.kind[i]]);
        bag.add([m.kind[i], quote, rate]);
        let sentence = self.text.sentence_of(i);
        bag.add([step(i - sentence.start)]);
        bag.add([step(sentence.end - 1 - i)]);
    }

    fn window(&self, i: usize, bag: &mut Bag) {
        let m = self.marks;
        for by in [-3, -2, -1, 1, 2, 3] {
            bag.add([self.near(&m.word, i, by)]);
            bag.add([self.near(&m.class, i, by)]);
            bag.add([self.near8(&m.rate, i, by)]);
        }
        for by in [-2, -1, 1, 2] {
            bag.add([self.near(&m.shape, i, by)]);
            bag.add([self.near(&m.stem, i, by)]);
            bag.add([self.near(&m.quote, i, by)]);
        }
        bag.add([self.near(&m.kind, i, -1)]);
        bag.add([self.near(&m.kind, i, 1)]);
    }

    fn pairs(&self, i: usize, bag: &mut Bag) {
        let m = self.marks;
        let (word, class, rate) = (m.word[i], m.class[i], u32::from(m.rate[i]));
        let w = |by| self.near(&m.word, i, by);
        let c = |by| self.near(&m.class, i, by);
        let r = |by| self.near8(&m.rate, i, by);
        bag.add([w(-1), word]);
        bag.add([word, w(1)]);
        bag.add([c(-1), class]);
        bag.add([class, c(1)]);
        bag.add([c(-1), class, c(1)]);
        bag.add([self.near(&m.shape, i, -1), m.shape[i], self.near(&m.shape, i, 1)]);
        bag.add([rate, c(1)]);
        bag.add([c(-1), rate]);
        bag.add([c(1), c(2)]);
        bag.add([c(-2), c(-1)]);
        bag.add([r(-1), rate, r(1)]);
        bag.add([m.stem[i], c(-1)]);
        bag.add([m.stem[i], c(1)]);
        bag.add([m.rule[i].into()]);
        bag.add([self.near8(&m.rule, i, -1), m.rule[i].into(), self.near8(&m.rule, i, 1)]);
        bag.add([m.rule[i].into(), rate]);
        bag.add([m.rule[i].into(), class]);
    }

    fn cues_near(&self, i: usize, bag: &mut Bag) {
        let m = self.marks;
        let quote = m.quote[i];
        for (near, by, far) in
            [(m.left[i], 1, i.wrapping_sub(m.left[i])), (m.right[i], -1, m.right[i].wrapping_sub(i))]
        {
            if near == NONE {
                (0..5).for_each(|_| bag.add([3]));
                continue;
            }
            bag.add([step(far), 1]);
            bag.add([m.stem[near]]);
            bag.add([m.stem[near], self.near(&m.word, near, by)]);
            bag.add([m.quote[near], quote]);
            bag.add([m.rate[near].into(), m.rate[i].into()]);
        }
        bag.add([u32::from(m.left[i] != NONE), u32::from(m.right[i] != NONE), quote]);
    }

    fn sentences(&self, i: usize, bag: &mut Bag) {
        let m = self.marks;
        let s = self.text.words[i].sentence as usize;
        let quote = m.quote[i];
        bag.add([m.quoted[s], quote, m.likely[s]]);
        let passage = |k: usize| self.text.words[self.text.sentences[k].start].passage;
        if s > 0 {
            let same = u32::from(passage(s) == passage(s - 1));
            bag.add([m.quoted[s - 1], m.likely[s - 1], same, quote]);
            bag.add([m.quoted[s - 1], m.quoted[s], m.likely[s]]);
        } else {
            (0..2).for_each(|_| bag.add([9]));
        }
        if s + 1 < self.text.sentences.len() {
            let same = u32::from(passage(s) == passage(s + 1));
            bag.add([m.quoted[s], m.quoted[s + 1], m.likely[s + 1], same, quote]);
        } else {
            bag.add([9]);
        }
    }

    /// Who may be the subject and what opens behind: past auxiliaries and adverbs.
    fn grammar(&self, i: usize, bag: &mut Bag) {
        let m = self.marks;
        let helps = |k: usize| {
            matches!(self.text.class(k), Class::Aux | Class::Be | Class::Adverb | Class::Negation | Class::To)
        };
        let left = (self.passage.start..i).rev().find(|k| !helps(*k));
        let right = (i + 1..self.passage.end).find(|k| !helps(*k));
        let first = i.checked_sub(1).filter(|k| *k >= self.passage.start && helps(*k));
        let aux = first.map_or(3, |k| m.word[k]);
        let subject = left.map_or(3, |k| m.class[k]);
        let named = left.map_or(3, |k| m.shape[k]);
        let object = right.map_or(3, |k| m.class[k]);
        let opens = right.map_or(3, |k| m.quote[k]);
        let (stem, rate) = (m.stem[i], u32::from(m.rate[i]));
        bag.add([stem, subject]);
        bag.add([stem, named]);
        bag.add([rate, subject, object]);
        bag.add([stem, aux]);
        bag.add([m.class[i], aux, rate]);
        bag.add([rate, named, opens]);
        bag.add([stem, opens]);
        // The mark before the clause and after it: `…,” he said.`
        let before = left.and_then(|k| self.mark_before(k));
        let at = before.map_or(3, |k| m.class[k] ^ m.quote[k]);
        bag.add([at, rate]);
        bag.add([stem, at]);
        let that = (i + 1..self.passage.end.min(i + 9)).find(|k| self.text.class(*k) == Class::That);
        bag.add([rate, that.map_or(0, |k| step(k - i))]);
        bag.add([stem, that.map_or(0, |_| 1)]);
    }

    /// The last mark of punctuation or quotation at or before a word, in its sentence.
    fn mark_before(&self, i: usize) -> Option<usize> {
        let from = self.text.sentence_of(i).start.max(i.saturating_sub(12));
        (from..=i).rev().find(|k| self.text.class(*k) == Class::Mark)
    }
}
