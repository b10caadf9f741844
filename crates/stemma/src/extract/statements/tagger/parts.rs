//! A cue -> the words around it that can hold its source and content, with the features of the
//! second tagger, which looks at each word from the cue.

use super::super::draft::Draft;
use super::super::lexicon::Class;
use super::super::near::Near;
use super::super::quotes::Edge;
use super::super::words::Text;
use super::bag::{Bag, step};
use super::marks::Marks;
use std::ops::Range;

/// How far the window runs from the cue's sentence, in words, each way.
const REACH: usize = 170;
/// How many sentences it may take before and after: quotations run on behind a cue.
const BEFORE: usize = 3;
const AFTER: usize = 6;
/// Longest window, in words; longer ones are lists or damage.
const LONGEST: usize = 400;

/// What the first tagger and the rules found, for the second to look at.
pub(super) struct Found<'t> {
    pub(super) text: &'t Text<'t>,
    pub(super) marks: &'t Marks,
    pub(super) rules: &'t [Draft],
    /// The rules' drafts by where their cue and content stand.
    pub(super) near: &'t Near,
    /// The first tagger's best label of each word.
    pub(super) parts: &'t [u8],
    /// Whether a word is part of any cue.
    pub(super) is_cue: &'t [bool],
}

/// One cue with its window, and what holds of all its words.
pub(super) struct Setting<'t> {
    found: &'t Found<'t>,
    cue: Range<usize>,
    /// The words looked at.
    pub(super) window: Range<usize>,
    stem: u32,
    form: u32,
    before: [u32; 3],
    after: [u32; 3],
    quotes: u32,
    place: [u32; 2],
    hint: Vec<u8>,
    between: Vec<Between>,
}

/// What stands between the cue and a word.
#[derive(Clone, Copy, Debug, Default)]
struct Between {
    commas: u32,
    quotes: u32,
    cues: u32,
    verbs: u32,
    joint: u32,
    sentences: u32,
    capitals: u32,
}

impl<'t> Setting<'t> {
    /// The setting of a cue.
    pub(super) fn new(found: &'t Found<'t>, cue: Range<usize>) -> Setting<'t> {
        let (text, m) = (found.text, found.marks);
        let window = window(text, m, &cue);
        let rate = |i: usize| if m.rate[i] > 8 { 0 } else { m.rate[i] };
        let head = cue.clone().rev().max_by_key(|i| rate(*i)).unwrap_or(cue.start);
        let aux = (cue.start..head).any(|i| matches!(text.class(i), Class::Aux | Class::Be));
        let lower = text.lower(head);
        let form = ["ing", "ed", "s"].iter().position(|e| lower.ends_with(e)).map_or(0, |k| k as u32 + 1);
        let first = cue.start.checked_sub(1).filter(|i| *i >= window.start);
        let next = (cue.end < window.end).then_some(cue.end);
        let second = (cue.end + 1 < window.end).then_some(cue.end + 1);
        let seen = |i: Option<usize>, column: &[u32]| i.map_or(3, |i| column[i]);
        let sentence = text.sentence_of(cue.start);
        let last = text.sentence_of(cue.end - 1).end;
        let left = (sentence.start..cue.start).any(|i| text.quoted(i));
        let right = (cue.end..last).any(|i| text.quoted(i));
        let flags = [left, right, first.is_some_and(|i| text.quoted(i)), text.quoted(cue.start)];
        let mut setting = Setting {
            found,
            stem: m.stem[head],
            form: form * 2 + u32::from(aux),
            before: [seen(first, &m.class), seen(first, &m.word), seen(first, &m.shape)],
            after: [seen(next, &m.class), seen(next, &m.word), seen(second, &m.class)],
            quotes: flags.iter().fold(0, |n, f| n * 2 + u32::from(*f)),
            place: [step(cue.start - sentence.start), step(last - cue.end)],
            hint: hint(found, &cue, &window),
            between: vec![Between::default(); window.len()],
            cue,
            window,
        };
        setting.walk();
        setting
    }

    fn walk(&mut self) {
        let (cue, window) = (self.cue.clone(), self.window.clone());
        self.count((window.start..cue.start).rev());
        self.count(cue.end..window.end);
    }

    fn count(&mut self, words: impl Iterator<Item = usize>) {
        let (text, m) = (self.found.text, self.found.marks);
        let mut now = Between::default();
        let mut last: Option<usize> = None;
        for i in words {
            if last.is_some_and(|l| text.words[l].sentence != text.words[i].sentence) {
                now.sentences = (now.sentences + 1).min(3);
            }
            self.between[i - self.window.start] = now;
            now.commas = (now.commas + u32::from(text.is(i, ","))).min(3);
            now.quotes = (now.quotes + u32::from(text.words[i].quote.edge != Edge::None)).min(2);
            if self.found.is_cue[i] && last.is_none_or(|l| !self.found.is_cue[l]) {
                now.cues = (now.cues + 1).min(2);
            }
            let verb = matches!(text.class(i), Class::Aux | Class::Be) || text.lower(i).ends_with("ed");
            now.verbs = (now.verbs + u32::from(verb)).min(3);
            if matches!(text.class(i), Class::Conjunction | Class::That | Class::Relative)
                && now.sentences == 0
            {
                now.joint = m.word[i];
            }
            now.capitals = (now.capitals + u32::from(m.shape[i] / 8 == 4)).min(2);
            last = Some(i);
        }
    }

    /// All features of a word of the window, appended.
    pub(super) fn features(&self, i: usize, out: &mut Vec<u32>) {
        let mut bag = Bag::new(out);
        let side = match i {
            _ if i < self.cue.start => 1,
            _ if i >= self.cue.end => 2,
            _ => 3,
        };
        self.itself(i, side, &mut bag);
        self.cue(i, side, &mut bag);
        self.way(i, side, &mut bag);
        self.window_of(i, side, &mut bag);
        self.hints(i, side, &mut bag);
    }

    fn far(&self, i: usize) -> usize {
        if i < self.cue.start { self.cue.start - i } else { (i + 1).saturating_sub(self.cue.end) }
    }

    fn itself(&self, i: usize, side: u32, bag: &mut Bag) {
        let (m, text) = (self.found.marks, self.found.text);
        bag.add([]);
        bag.add([side]);
        bag.add([side, m.word[i]]);
        bag.add([side, m.class[i]]);
        bag.add([side, m.shape[i]]);
        bag.add([side, m.quote[i]]);
        bag.add([side, m.tail[i]]);
        bag.add([side, m.rate[i].into()]);
        bag.add([side, m.kind[i]]);
        let sentence = text.sentence_of(i);
        bag.add([side, step(i - sentence.start)]);
        bag.add([side, step(sentence.end - 1 - i)]);
    }

    /// Word and distance against what the cue is.
    fn cue(&self, i: usize, side: u32, bag: &mut Bag) {
        let (m, text) = (self.found.marks, self.found.text);
        let far = self.far(i);
        let (short, long) = (far.min(8) as u32, step(far));
        let class = m.class[i];
        bag.add([side, short]);
        bag.add([side, long]);
        bag.add([side, short, class]);
        bag.add([side, short, self.stem]);
        bag.add([side, short, m.word[i]]);
        bag.add([side, short, self.form]);
        bag.add([side, self.stem]);
        bag.add([side, self.stem, self.form]);
        bag.add([side, self.stem, class]);
        bag.add([side, self.before[0], self.after[0]]);
        bag.add([side, self.before[0], self.after[0], short]);
        bag.add([side, self.after[1]]);
        bag.add([side, self.after[0], self.after[2]]);
        bag.add([side, self.stem, self.after[1]]);
        bag.add([side, self.stem, self.before[0]]);
        let same = u32::from(text.words[i].sentence == text.words[self.cue.start].sentence);
        bag.add([side, self.quotes, m.quote[i], same]);
        bag.add([side, self.quotes, self.before[1], self.after[0], m.quote[i]]);
        bag.add([side, self.quotes, self.stem, m.quote[i].min(1)]);
        bag.add([side, self.place[0], self.place[1]]);
        bag.add([side, self.place[0], self.before[0]]);
        bag.add([side, self.place[1], self.after[0], self.before[0]]);
    }

    /// What stands on the way from the cue.
    fn way(&self, i: usize, side: u32, bag: &mut Bag) {
        let m = self.found.marks;
        let b = self.between[i - self.window.start];
        let quote = m.quote[i];
        bag.add([side, b.commas]);
        bag.add([side, b.quotes, quote]);
        bag.add([side, b.cues]);
        bag.add([side, b.verbs]);
        bag.add([side, b.joint]);
        bag.add([side, b.sentences, quote]);
        bag.add([side, b.cues, b.commas.min(2)]);
        bag.add([side, b.joint, b.cues]);
        bag.add([side, b.capitals, m.shape[i]]);
        bag.add([side, b.commas.min(2), b.joint]);
        bag.add([side, b.verbs, b.commas, b.cues]);
        bag.add([side, b.commas, b.quotes, b.cues, b.sentences]);
        bag.add([side, m.class[i], b.joint]);
        bag.add([side, m.class[i], b.verbs, b.commas]);
        bag.add([side, self.stem, b.commas, b.verbs]);
        let id = self.found.text.words[i].quote.id;
        let before = self.cue.start.checked_sub(1).map_or(0, |k| self.found.text.words[k].quote.id);
        let own = self.found.text.words[self.cue.start].quote.id;
        bag.add([side, u32::from(id > 0 && id == before), u32::from(id > 0 && id == own)]);
    }

    fn near(&self, column: &[u32], i: usize, by: isize) -> u32 {
        let at = i as isize + by;
        if at < self.window.start as isize || at >= self.window.end as isize {
            return 7;
        }
        if self.cue.contains(&(at as usize)) { 8 } else { column[at as usize] }
    }

    fn window_of(&self, i: usize, side: u32, bag: &mut Bag) {
        let m = self.found.marks;
        let w = |by| self.near(&m.word, i, by);
        let c = |by| self.near(&m.class, i, by);
        let (word, class) = (m.word[i], m.class[i]);
        for by in [-2, -1, 1, 2] {
            bag.add([side, w(by)]);
        }
        bag.add([side, c(-1), class]);
        bag.add([side, class, c(1)]);
        bag.add([side, c(1), c(2)]);
        bag.add([side, c(-2), c(-1)]);
        bag.add([side, c(-1), class, c(1)]);
        bag.add([side, w(-1), word]);
        bag.add([side, word, w(1)]);
        bag.add([side, self.near(&m.shape, i, -1), m.shape[i], self.near(&m.shape, i, 1)]);
        bag.add([self.near(&m.quote, i, -1), m.quote[i], self.near(&m.quote, i, 1)]);
        bag.add([side, self.near(&m.kind, i, 1)]);
        bag.add([side, self.near(&m.kind, i, -1)]);
    }

    /// What the rules and the first tagger say.
    fn hints(&self, i: usize, side: u32, bag: &mut Bag) {
        let f = self.found;
        let rule = |by: isize| {
            let at = i as isize + by - self.window.start as isize;
            if at < 0 { 9 } else { self.hint.get(at as usize).map_or(9, |h| u32::from(*h)) }
        };
        let part = |by: isize| {
            let at = i as isize + by;
            let inside = at >= self.window.start as isize && at < self.window.end as isize;
            if inside { u32::from(f.parts[at as usize]) } else { 9 }
        };
        let cues = self.between[i - self.window.start].cues;
        bag.add([side, rule(0)]);
        bag.add([rule(-1), rule(0), rule(1)]);
        bag.add([rule(0), self.stem]);
        bag.add([side, part(0), cues]);
        bag.add([side, part(-1), part(0), part(1)]);
        bag.add([part(0), rule(0), side, cues.min(1)]);
        bag.add([part(0), side, self.quotes]);
        bag.add([f.marks.rule[i].into(), side, cues]);
        let cue = |k: Option<usize>| k.and_then(|k| f.is_cue.get(k)).map_or(0, |c| u32::from(*c));
        bag.add([side, cue(Some(i)), cue(i.checked_sub(1)), cue(Some(i + 1))]);
    }
}

/// What the rules make of each word of a window for this cue: 0 without a draft, else 1
/// outside, 2 content, 3 source.
fn hint(found: &Found, cue: &Range<usize>, window: &Range<usize>) -> Vec<u8> {
    let mut hint = vec![0; window.len()];
    let meets = |r: &Range<usize>| r.start < cue.end && cue.start < r.end;
    let meeting = found.near.touching(cue.clone()).filter(|i| found.rules[*i].cue.iter().any(meets));
    let Some(draft) = meeting.min().map(|i| &found.rules[i]) else { return hint };
    hint.fill(1);
    for (runs, mark) in [(&draft.content, 2), (&draft.source, 3)] {
        for run in runs {
            let (a, b) = (run.start.max(window.start), run.end.min(window.end));
            if a < b {
                hint[a - window.start..b - window.start].fill(mark);
            }
        }
    }
    hint
}

/// The cue's sentence, with those before and after that a quotation may run over.
fn window(text: &Text, marks: &Marks, cue: &Range<usize>) -> Range<usize> {
    let first = text.words[cue.start].sentence as usize;
    let last = text.words[cue.end - 1].sentence as usize;
    let start = |k: usize| text.sentences[k].start;
    let passage = |k: usize| text.words[start(k)].passage;
    let (mut low, mut high) = (first, last);
    while low > 0
        && first - low < BEFORE
        && start(first) - start(low - 1) < REACH
        && passage(low - 1) == passage(first)
        && marks.quoted[low - 1] > 0
        && text.quoted(start(low))
    {
        low -= 1;
    }
    while high + 1 < text.sentences.len()
        && high - last < AFTER
        && text.sentences[high + 1].end - text.sentences[last].end < REACH
        && goes_on(text, marks, high, last)
    {
        high += 1;
    }
    let whole = start(low)..text.sentences[high].end;
    let half = LONGEST / 2;
    if whole.len() <= LONGEST {
        return whole;
    }
    whole.start.max(cue.start.saturating_sub(half))..whole.end.min(cue.end + half)
}

/// Whether what a cue tells may run from a sentence into the next.
fn goes_on(text: &Text, marks: &Marks, high: usize, last: usize) -> bool {
    let end = text.sentences[high].end - 1;
    let next = text.sentences[high + 1].start;
    let same = text.words[next].passage == text.words[text.sentences[last].start].passage;
    let colon = matches!(text.raw(end), ":" | "—" | "–" | "--");
    let quoted = text.quoted(next);
    let open = quoted && text.quoted(end) && text.words[end].quote.edge != Edge::Close;
    quoted && (same || colon) || colon && high == last || !same && open && marks.quoted[high] == 3
}
