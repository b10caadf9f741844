//! Candidates -> how likely each is right, by a logistic weighing of what both taggers, the
//! rules and the other candidates say of it.

use super::super::draft::Draft;
use super::super::near::Near;
use super::decode::Candidate;
use super::marks::Part;
use super::parts::Found;
use std::ops::Range;

/// All candidates of a report, each to be weighed among its neighbours.
pub(super) struct Field<'f> {
    found: &'f Found<'f>,
    all: &'f [Candidate],
    contents: Near,
}

impl<'f> Field<'f> {
    /// Candidates by where their contents stand.
    pub(super) fn new(found: &'f Found<'f>, all: &'f [Candidate]) -> Self {
        let contents = Near::of(all.iter().map(|c| c.draft.reach()));
        Self { found, all, contents }
    }

    /// All that a candidate is weighed by; the first is constant.
    pub(super) fn features(&self, k: usize) -> Vec<f32> {
        let run = self.all[k].draft.whole();
        let others: Vec<&Candidate> =
            self.contents.touching(run.clone()).filter(|j| *j != k).map(|j| &self.all[j]).collect();
        let rules: Vec<&Draft> = self.found.near.touching(run).map(|j| &self.found.rules[j]).collect();
        features(self.found, &self.all[k], &others, &rules)
    }
}

fn features(found: &Found, own: &Candidate, others: &[&Candidate], rules: &[&Draft]) -> Vec<f32> {
    let (text, marks) = (found.text, found.marks);
    let draft = &own.draft;
    let words = || draft.content.iter().flat_map(Clone::clone);
    let n = draft.n_words().max(1) as f32;
    let share = |count: usize| count as f32 / n;
    let cue = draft.cue[0].clone();
    let quoted = share(words().filter(|i| text.quoted(*i)).count());
    let others = || others.iter().copied();
    let top = |values: &mut dyn Iterator<Item = f32>| values.fold(0.0, f32::max);
    let overlap = |c: &Candidate| share(c.draft.shared(draft));
    let holds = |c: &&Candidate| c.draft.content.iter().any(|r| r.contains(&cue.start));
    let part = |i: &usize| [Part::ContentLeft as u8, Part::ContentRight as u8].contains(&found.parts[*i]);
    let rule = top(&mut rules.iter().map(|r| agreement(r, draft)));
    let by_rule = rules.iter().any(|r| r.cue.iter().any(|c| meets(c, &cue)));
    let rate = cue.clone().map(|i| if marks.rate[i] > 8 { 0 } else { marks.rate[i] }).max().unwrap_or(0);
    let flag = |yes: bool| f32::from(u8::from(yes));
    vec![
        1.0,
        logit(own.cue),
        own.whole,
        own.whole / n,
        logit(own.likely[0]),
        logit(own.likely[1]),
        own.expected[0].min(2.0),
        own.expected[1].min(2.0),
        n.ln(),
        flag(n < 3.0),
        quoted,
        flag(draft.content.len() > 1),
        top(&mut others().map(overlap)),
        top(&mut others().map(|c| c.cue * overlap(c))),
        top(&mut others().filter(holds).map(|c| c.cue)),
        flag(text.quoted(cue.start)),
        f32::from(rate),
        flag(draft.source.is_empty()),
        flag(draft.reach().start < cue.start),
        share(words().filter(part).count()),
        rule,
        flag(by_rule),
        rule * quoted,
        flag(own.cue > 0.5),
    ]
}

/// How likely a candidate is right.
pub(super) fn likely(weights: &[f32], features: &[f32]) -> f32 {
    let sum: f32 = weights.iter().zip(features).map(|(w, f)| w * f).sum();
    1.0 / (1.0 + (-sum).exp())
}

fn logit(p: f32) -> f32 {
    let p = p.clamp(1e-4, 1.0 - 1e-4);
    (p / (1.0 - p)).ln()
}

fn meets(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// How much two drafts' contents agree, 0 to 1.
fn agreement(a: &Draft, b: &Draft) -> f32 {
    let shared = a.shared(b) as f32;
    shared / ((a.n_words() + b.n_words()) as f32 - shared).max(1.0)
}
