//! Analysis -> [`Clause`]s: the smallest stretches that assert something, with what they hold.
//!
//! A sentence is cut where a statement's content begins or ends, and at marks that part long
//! stretches; each number is a clause of its own with the words about it. No grammar: what is a
//! clause in one language must be found alike in any other.

use super::facts::{self, Part};
use super::held::{BySentence, Held};
use super::kinds::{self, Kinds};
use super::negation;
use super::running::{self, Beside};
use crate::Analysis;
use crate::extract::names::key_of;
use crate::extract::{Stance, TimeKind};
use crate::model::Span;
use crate::segment::rarity::word_key;
use crate::segment::{Rarity, Sentence, Token, TokenKind};
use rustc_hash::FxHashSet;
use std::cell::OnceCell;
use stemma_words::Packed;

/// Words on both sides of a mark before it parts clauses; shorter stretches are asides and lists.
const LEAST_WORDS: usize = 5;

/// A stretch of a sentence and what it holds.
#[derive(Debug, Default)]
pub(crate) struct Clause {
    /// Index of the report in the pile.
    pub report: u32,
    /// Where it stands.
    pub span: Span,
    /// The index of its sentence.
    pub of: u32,
    /// Where in the report it stands, 0..=1.
    pub position: f32,
    /// The innermost statement that it is the content of.
    pub statement: Option<u32>,
    /// The key of who says it there.
    pub speaker: Option<String>,
    /// Rare words by their stems: key and weight, ascending by key, of length 1 together.
    pub words: Vec<(u64, f32)>,
    /// Words in order, for verbatim runs.
    pub run: Vec<u64>,
    /// Names: keys, ascending.
    pub names: Vec<u64>,
    /// The index of the report's quantity, in a clause about one number.
    pub quantity: Option<u32>,
    /// What that number counts, by the meaning of the words for it.
    pub counted: Option<Packed>,
    /// The longer words about that number, by their meaning.
    pub about: Vec<Packed>,
    /// The figure before it with which its number is of one thing.
    pub beside: Option<Beside>,
    /// What that number counts, of what news counts again and again.
    pub kinds: Kinds,
    /// Whether numbers that stand in its words have clauses of their own.
    pub rest: bool,
    /// Indices of the report's dates and times of day.
    pub times: Vec<u32>,
    /// Whether it denies.
    pub negated: bool,
    /// Its meaning.
    pub vector: Packed,
    /// The meaning of the whole sentence.
    pub sentence: Packed,
}

/// Cuts the sentences of a report that are wanted, of the others gives the meaning alone; what it says twice in
/// the same words counts once. `is_measured` says of each clause, by number, whether it will be held against
/// others: one that is not has no words, names and meaning.
pub(crate) fn clauses(
    index: u32,
    report: &Analysis,
    rarity: &Rarity,
    wanted: impl Fn(Span) -> bool,
    is_measured: impl Fn(u32) -> bool,
) -> Vec<Clause> {
    let (mut found, mut told) = (Vec::new(), FxHashSet::default());
    let lang = report.report.lang.is_known().then(|| report.report.lang.code());
    let held = BySentence::of(report);
    for (number, sentence) in report.segments.sentences.iter().enumerate() {
        let (of, held) = (number as u32, held.sentence(number));
        let vector = || stemma_words::table().vector(report.report.words(sentence.span), lang).pack();
        if !wanted(sentence.span) {
            let vector = report.fingerprint.vector_at(sentence.span.start).cloned().unwrap_or_else(vector);
            found.push(Clause { report: index, of, span: sentence.span, vector, ..Clause::default() });
            continue;
        }
        let whole = OnceCell::new();
        for part in stretches(held, sentence).into_iter().flat_map(|s| facts::parts(held, s)) {
            let words = words(report, part.span).map(|t| word_key(t.span.of(&report.report.body)));
            let run: Vec<u64> = words.collect();
            if told.insert((part.rest, run.clone())) {
                let plain = Clause { of, run, ..clause(index, held, part) };
                found.push(match is_measured(found.len() as u32) {
                    true => measured(plain, held, rarity, (sentence.span, whole.get_or_init(vector))),
                    false => plain,
                });
            }
        }
    }
    for (at, beside) in running::of_one_thing(report, &found) {
        found[at].beside = Some(beside);
    }
    found
}

/// What a part asserts.
fn clause(index: u32, held: Held, part: Part) -> Clause {
    let report = held.report;
    let (body, span) = (&report.report.body, part.span);
    let quantity = part.quantity.map(|q| &report.extracts.quantities[q as usize]);
    let at = quantity.map_or(span, |q| q.number);
    let statement = innermost(held, at);
    let denied = statement.is_some_and(|s| report.extracts.statements[s as usize].stance == Stance::Denied);
    Clause {
        report: index,
        span,
        position: span.start as f32 / body.len().max(1) as f32,
        statement,
        speaker: statement
            .and_then(|s| report.extracts.statements[s as usize].speaker.as_deref())
            .map(key_of),
        quantity: part.quantity,
        kinds: quantity.filter(|q| q.unit.is_empty()).map_or(0, |_| kinds_told(report, part)),
        rest: part.rest,
        times: times(held, span),
        negated: denied
            != negation::negated(report.report.lang, outside_numbers(held, span).map(|t| t.span.of(body))),
        ..Clause::default()
    }
}

/// A clause with what it is held against others by.
fn measured(clause: Clause, held: Held, rarity: &Rarity, sentence: (Span, &Packed)) -> Clause {
    let report = held.report;
    let (body, span) = (&report.report.body, clause.span);
    let lang = report.report.lang.is_known().then(|| report.report.lang.code());
    let meaning = |span: Span| stemma_words::table().vector(span.of(body), lang).pack();
    let quantity = clause.quantity.map(|q| &report.extracts.quantities[q as usize]);
    Clause {
        words: weighed(words(report, span).map(|t| t.span.of(body)), rarity),
        names: names(held, span),
        counted: quantity.and_then(|q| q.of).map(meaning),
        about: quantity.map_or_else(Vec::new, |q| about(report, span, q.span)),
        vector: if span == sentence.0 { sentence.1.clone() } else { meaning(span) },
        sentence: sentence.1.clone(),
        ..clause
    }
}

/// What a number counts, by the words about it, else by those as far as the next number.
fn kinds_told(report: &Analysis, part: Part) -> Kinds {
    let of = |span: Span| {
        kinds::kinds(report.report.lang, words(report, span).map(|t| t.span.of(&report.report.body)))
    };
    let near = of(part.span);
    if near == 0 { of(part.reach) } else { near }
}

/// Letters from which a word tells something.
pub(super) const TELLING: usize = 4;

/// The meanings of the longer words about a number.
fn about(report: &Analysis, span: Span, number: Span) -> Vec<Packed> {
    let told =
        |t: &&Token| !number.overlaps(&t.span) && t.span.of(&report.report.body).chars().count() >= TELLING;
    let meaning = |t: &Token| stemma_words::table().word_vector(t.span.of(&report.report.body), None).pack();
    words(report, span).filter(told).map(meaning).collect()
}

/// The words of a span that are no part of a quantity: "no fewer than 20" denies nothing.
fn outside_numbers(held: Held<'_>, span: Span) -> impl Iterator<Item = &Token> {
    let outside = move |t: &&Token| !held.quantities().any(|(_, q)| q.span.contains(&t.span));
    words(held.report, span).filter(outside)
}

/// Words in a span, in order.
fn words(report: &Analysis, span: Span) -> impl Iterator<Item = &Token> {
    let tokens = &report.segments.tokens;
    let from = report.segments.token_from(span.start);
    tokens[from..].iter().take_while(move |t| t.span.end <= span.end).filter(|t| t.kind == TokenKind::Word)
}

/// Letters of a stem. Enough to part most words, few enough to join "Belmora" and "Belmoran",
/// and what two languages share.
const STEM: usize = 5;

/// Words by stem, in Latin letters, so that names and kindred words meet across languages.
fn weighed<'w>(words: impl Iterator<Item = &'w str>, rarity: &Rarity) -> Vec<(u64, f32)> {
    let stem = |word: &str| -> String { key_of(word).chars().take(STEM).collect() };
    let mut words: Vec<(u64, f32)> = words.map(|w| (word_key(&stem(w)), rarity.nats(word_key(w)))).collect();
    words.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    words.dedup_by_key(|w| w.0);
    let length = words.iter().map(|w| w.1 * w.1).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    words.iter_mut().for_each(|w| w.1 /= length);
    words
}

fn times(held: Held, span: Span) -> Vec<u32> {
    let times = &held.report.extracts.times;
    let dated = |&i: &u32| matches!(times[i as usize].kind, TimeKind::Date | TimeKind::Time);
    held.times_in(span).into_iter().filter(dated).collect()
}

fn names(held: Held, span: Span) -> Vec<u64> {
    let extracts = &held.report.extracts;
    let entity = |i: u32| &extracts.entities[extracts.names[i as usize].entity as usize];
    let mut keys: Vec<u64> = held.names_in(span).into_iter().map(|i| word_key(&entity(i).key)).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The statement with the shortest content that holds the middle of a span.
fn innermost(held: Held, span: Span) -> Option<u32> {
    let middle = (span.start + span.end) / 2;
    let holds = |s: &Span| s.start <= middle && middle < s.end;
    let holding = held.statements().filter(|(_, s)| s.content.iter().any(holds));
    holding.min_by_key(|(_, s)| s.content.iter().map(Span::len).sum::<usize>()).map(|(i, _)| i)
}

/// The stretches of a sentence that may assert something.
fn stretches(held: Held, sentence: &Sentence) -> Vec<Span> {
    let tokens = held.report.segments.tokens_of(sentence);
    let cuts = cuts(held, sentence, tokens);
    let mut spans: Vec<Span> = Vec::new();
    let mut from = 0;
    for to in cuts.into_iter().chain([tokens.len()]) {
        let part = &tokens[from..to];
        from = to;
        let n_words = part.iter().filter(|t| t.kind != TokenKind::Mark).count();
        let Some(span) = trimmed(part) else { continue };
        let attribution = is_attribution(held, span);
        if n_words >= LEAST_WORDS && !attribution
            || holds_content(held, span)
            || spans.is_empty() && !attribution
        {
            spans.push(span);
        } else if let Some(last) = spans.last_mut()
            && !attribution
            && !is_parted(held, last.end, span.start)
            && !held
                .statements()
                .flat_map(|(_, s)| &s.content)
                .any(|c| c.end <= span.start && c.contains(last))
        {
            *last = last.cover(&span);
        }
    }
    spans
}

/// Whether somebody is said to speak between two places.
fn is_parted(held: Held, from: u32, to: u32) -> bool {
    let between = |x: &Span| x.start >= from && x.end <= to;
    held.statements().any(|(_, s)| s.source.iter().chain(&s.cue).any(between))
}

/// Token indices before which a sentence is cut, ascending.
fn cuts(within: Held, sentence: &Sentence, tokens: &[Token]) -> Vec<usize> {
    let mut cuts: Vec<usize> = Vec::new();
    let bounds = within.statements().flat_map(|(_, s)| s.content.iter().chain(&s.source).chain(&s.cue));
    for span in bounds.filter(|s| s.overlaps(&sentence.span)) {
        cuts.push(tokens.partition_point(|t| t.span.start < span.start));
        cuts.push(tokens.partition_point(|t| t.span.start < span.end));
    }
    let held = |at: u32| within.quantities().any(|(_, q)| q.span.start < at && at < q.span.end);
    let (mut last, mut n_words) = (0, 0);
    for (i, token) in tokens.iter().enumerate() {
        if token.kind != TokenKind::Mark {
            n_words += 1;
        } else if parts(token.span.of(&within.report.report.body)) && !held(token.span.start) {
            let after = tokens[i + 1..].iter().take_while(|t| t.kind != TokenKind::Mark).count();
            if n_words - last >= LEAST_WORDS && after >= LEAST_WORDS {
                cuts.push(i + 1);
                last = n_words;
            }
        }
    }
    cuts.sort_unstable();
    cuts.dedup();
    cuts.retain(|&c| c > 0 && c < tokens.len());
    cuts
}

/// Marks that part clauses.
pub(super) fn parts(mark: &str) -> bool {
    matches!(mark, "," | ";" | ":" | "—" | "–" | "(" | ")" | "，" | "；" | "：" | "、" | "،" | "؛")
}

/// A stretch without the marks around it.
pub(super) fn trimmed(tokens: &[Token]) -> Option<Span> {
    let mark = |t: &&Token| t.kind != TokenKind::Mark;
    let (first, last) = (tokens.iter().find(mark)?, tokens.iter().rev().find(mark)?);
    Some(first.span.cover(&last.span))
}

/// Whether a stretch does little more than say who speaks: most of it is source and cue.
fn is_attribution(held: Held, span: Span) -> bool {
    let inside =
        |x: &Span| x.overlaps(&span).then(|| (x.end.min(span.end) - x.start.max(span.start)) as usize);
    held.statements().any(|(_, s)| {
        let said: usize = s.source.iter().chain(&s.cue).filter_map(inside).sum();
        let content: usize = s.content.iter().filter_map(inside).sum();
        content == 0 && said * 2 > span.len()
    })
}

/// Whether a stretch is just a statement's whole content, however short.
fn holds_content(held: Held, span: Span) -> bool {
    held.statements()
        .any(|(_, s)| s.content.iter().any(|c| c.contains(&span) && span.len() * 10 >= c.len() * 8))
}
