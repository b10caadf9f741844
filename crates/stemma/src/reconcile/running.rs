//! Clauses of one report -> which of its figures are of one thing: told then and now, or in two mouths.
//!
//! "Nine, up from seven" is one figure with a history; "police counted 600 farmers, the union put it at
//! 2,000" is one in two mouths. A report that sets two figures side by side so knows better than any
//! likeness of words that they are of one thing. Looks at two numbers that stand next to each other.

use super::clauses::{Clause, TELLING};
use super::facts::joins;
use super::value::measured_in;
use crate::Analysis;
use crate::extract::Quantity;
use crate::extract::names::key_of;
use crate::extract::tables::{ByLang, by_lang};
use crate::model::Span;
use crate::segment::TokenKind;
use std::sync::LazyLock;

/// How many times a figure may be another of the same thing: tolls double, they do not become a budget.
const FURTHEST: f64 = 20.0;

/// Words of its own beyond which a figure without a noun is taken to say itself what it is of: "the
/// number of the dead rose to nine" does, "the ministry put the figure at nine" does not.
const OWN_WORDS: usize = 1;

/// Words before an older figure, by language. The table stands in `running.tsv`.
static BEFORE_OLD: LazyLock<ByLang> = LazyLock::new(|| by_lang(include_str!("running.tsv"), '|'));

/// A figure that stands with one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Beside {
    /// The place of the other's clause among those of the report.
    pub other: u32,
    /// Whether one of them is told as what was before or was wrong.
    pub older: bool,
}

/// The figures of a report that are of one thing with the figure before them, by place in `clauses`.
pub(super) fn of_one_thing(report: &Analysis, clauses: &[Clause]) -> Vec<(usize, Beside)> {
    let quantity = |c: &Clause| c.quantity.map(|q| &report.extracts.quantities[q as usize]);
    let mut figures: Vec<(usize, &Quantity)> =
        clauses.iter().enumerate().filter_map(|(i, c)| Some((i, quantity(c)?))).collect();
    figures.sort_by_key(|(_, q)| q.number);
    let (mut found, mut runs) = (Vec::new(), false);
    for pair in figures.windows(2) {
        let [(i, p), (j, q)] = pair else { continue };
        let near = clauses[*j].of - clauses[*i].of <= 1;
        let noun = |q: &Quantity| q.of.map(|of| key_of(of.of(&report.report.body)));
        let alike = q.of.is_none() || noun(p) == noun(q);
        let comparable = near && alike && measured_in(&p.unit) == measured_in(&q.unit) && in_reach(p, q);
        let between = between(report, p, q);
        let older = comparable && (is_before_old(report, &between) || runs && joins_on(report, &between));
        let bare = q.unit.is_empty() && q.of.is_none() && in_another_mouth(&clauses[*i], &clauses[*j]);
        let other = comparable && bare && says_no_more(report, &clauses[*j], q);
        runs = older;
        if older || other {
            found.push((*j, Beside { other: *i as u32, older }));
        }
    }
    found
}

/// Whether two clauses may be told by two sources: two of one sentence and one source count two things,
/// "four have died and eleven are missing".
fn in_another_mouth(a: &Clause, b: &Clause) -> bool {
    let apart = a.kinds != 0 && b.kinds != 0 && a.kinds & b.kinds == 0;
    !apart && (a.of != b.of || a.statement != b.statement)
}

/// Whether one figure may be another of the same thing.
fn in_reach(p: &Quantity, q: &Quantity) -> bool {
    let (Some(a), Some(b)) = (p.low.or(p.high), q.low.or(q.high)) else { return false };
    a > 0.0 && b > 0.0 && a.max(b) <= FURTHEST * a.min(b)
}

/// The words between two numbers, in small letters, without what only qualifies the second.
fn between(report: &Analysis, p: &Quantity, q: &Quantity) -> Vec<String> {
    let tokens = &report.segments.tokens;
    let (from, to) = (p.number.end, q.span.start.min(q.number.start).max(p.number.end));
    let inside = tokens[report.segments.token_from(from)..].iter().take_while(|t| t.span.end <= to);
    inside.map(|t| t.span.of(&report.report.body).to_lowercase()).collect()
}

/// Whether the words before a number say that it is an older figure, or one that is rejected.
fn is_before_old(report: &Analysis, between: &[String]) -> bool {
    let Some(table) = BEFORE_OLD.get(report.report.lang.code()) else { return false };
    let ends = |phrase: &str| {
        let words: Vec<&str> = phrase.split(' ').collect();
        between.len() >= words.len() && between[between.len() - words.len()..].iter().eq(words.iter())
    };
    table.iter().any(|p| ends(p))
}

/// Whether a number goes on in a row of older figures: "up from seven a day earlier and four on Wednesday".
fn joins_on(report: &Analysis, between: &[String]) -> bool {
    between.len() <= 8 && between.last().is_some_and(|w| w == "," || joins(report.report.lang, w))
}

/// Whether a clause tells hardly more than the figure and who gives it.
fn says_no_more(report: &Analysis, clause: &Clause, figure: &Quantity) -> bool {
    let extracts = &report.extracts;
    let named = |span: &Span| {
        let at = extracts.names.partition_point(|n| n.span.end <= span.start);
        extracts.names.get(at).is_some_and(|n| n.span.overlaps(span))
    };
    let statement = clause.statement.map(|s| &extracts.statements[s as usize]);
    let said =
        |span: &Span| statement.is_some_and(|s| s.source.iter().chain(&s.cue).any(|x| x.overlaps(span)));
    let tokens = &report.segments.tokens[report.segments.token_from(clause.span.start)..];
    let words =
        tokens.iter().take_while(|t| t.span.end <= clause.span.end).filter(|t| t.kind == TokenKind::Word);
    let own = words.filter(|t| {
        t.span.of(&report.report.body).chars().count() >= TELLING
            && !figure.span.overlaps(&t.span)
            && !named(&t.span)
            && !said(&t.span)
    });
    own.count() <= OWN_WORDS
}

#[cfg(test)]
mod tests {
    use super::super::clauses::clauses;
    use super::*;
    use crate::model::{Lang, RawReport};
    use crate::segment::Rarity;
    use crate::segment::rarity::Counts;

    /// The numbers that are of one thing, as `a=b`.
    fn check(lang: &str, text: &str, expected: &str) {
        let raw = RawReport { text: text.to_owned(), lang: Some(Lang::parse(lang)), ..RawReport::default() };
        let report = crate::analyse(raw);
        let rarity = Rarity::of(Counts::default());
        let clauses = clauses(0, &report, &rarity, |_| true, |_| true);
        let words = |i: usize| {
            let quantity = clauses[i].quantity.expect("only figures are bound");
            report.report.words(report.extracts.quantities[quantity as usize].number)
        };
        let found: Vec<String> = (0..clauses.len())
            .filter_map(|i| Some(format!("{}={}", words(clauses[i].beside?.other as usize), words(i))))
            .collect();
        assert_eq!(found.join(" "), expected, "{text}");
    }

    #[test]
    fn figures_of_one_thing() {
        check("en", "The lead shrank to 7,964 votes, down from 8,412 in the first count.", "7,964=8,412");
        check("fr", "Le syndicat a compté 1 600 grévistes, contre 1 200 la veille.", "1 600=1 200");
        check("en", "The union said 2,150 jobs would go. The ministry put it at 1,460.", "2,150=1,460");
        check("en", "Some 3,000 people fled their homes. The number of houses burnt rose to 1,200.", "");
        check("en", "A bus with 40 passengers from 12 villages burnt.", "");
    }

    #[test]
    fn the_table_loads() {
        assert!(BEFORE_OLD.len() >= 8 && BEFORE_OLD.values().all(|w| w.len() > 4));
    }
}
