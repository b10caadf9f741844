//! Segments -> [`View`]: words as the rules see them, lower-cased once for names and mentions alike.
//!
//! A word is a token without possessive ending or elided article; `Danish-built` counts as
//! `Danish`, stops of abbreviations are left out. Never changes a span beyond its token.

use crate::model::{Lang, Report, Span};
use crate::segment::{Segments, TokenKind};
use rustc_hash::FxHashSet;
use std::ops::Range;

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    /// No capital at its head, or a script without case.
    Lower,
    /// A capital at its head.
    Capital,
    /// All capitals, two letters or more.
    Upper,
    /// A number, mark or symbol.
    None,
}

/// A word, number or mark.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    /// Where it stands, without possessive ending or elided article.
    pub(crate) span: Span,
    /// The whole token.
    pub(crate) token: Span,
    /// Lower case; dots of `U.S.` left out.
    pub(crate) lower: String,
    /// How it is written.
    pub(crate) case: Case,
    /// Whether it carries a possessive ending.
    pub(crate) possessive: bool,
    /// Whether it opens a sentence, a quotation or what follows a colon.
    pub(crate) opens: bool,
}

impl Word {
    /// Whether the word begins with a capital.
    pub(crate) fn is_capital(&self) -> bool {
        matches!(self.case, Case::Capital | Case::Upper)
    }

    /// Whether this is punctuation or another sign.
    pub(crate) fn is_mark(&self) -> bool {
        self.case == Case::None && !self.lower.starts_with(|c: char| c.is_numeric())
    }
}

/// How a passage uses capitals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Casing {
    /// As in running text.
    Running,
    /// Most Words Have Them.
    Title,
    /// ALL LETTERS.
    Upper,
}

/// A sentence over the words of a view.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Its words, as indices.
    pub(crate) words: Range<usize>,
    /// How it uses capitals.
    pub(crate) casing: Casing,
}

/// A report's words.
#[derive(Clone, Debug, Default)]
pub(crate) struct View {
    /// All words, in order.
    pub(crate) words: Vec<Word>,
    /// One for each sentence.
    pub(crate) lines: Vec<Line>,
    /// Words that stand in lower case in running text.
    pub(crate) lower: FxHashSet<String>,
    /// Words that stand with a capital inside a sentence of running text.
    pub(crate) inner: FxHashSet<String>,
}

/// Sees a report.
pub(crate) fn view(report: &Report, segments: &Segments) -> View {
    let mut view = View::default();
    for sentence in &segments.sentences {
        let first = view.words.len();
        for token in segments.tokens_of(sentence) {
            push(report, token.span, token.kind, first, &mut view.words);
        }
        let words = first..view.words.len();
        let casing = casing(&view.words[words.clone()], report.lang);
        view.lines.push(Line { words, casing });
    }
    remember(&mut view);
    part_pairs(&mut view);
    view
}

fn push(report: &Report, span: Span, kind: TokenKind, first: usize, words: &mut Vec<Word>) {
    let text = span.of(&report.body);
    if text == "." && words.len() > first && words.last().is_some_and(|w| is_abbreviation(w, span)) {
        return;
    }
    let opens = words[first..].iter().rev().take(2).all(Word::is_mark)
        && words[first..]
            .last()
            .is_none_or(|w| w.is_mark() && !matches!(w.lower.as_str(), "," | "(" | "-" | "/" | "'"));
    if kind != TokenKind::Word {
        words.push(Word {
            span,
            token: span,
            lower: text.to_owned(),
            case: Case::None,
            possessive: false,
            opens: false,
        });
        return;
    }
    let (head, core) = bare(text, report.lang);
    let possessive = head + core.len() < text.len() && !text[head + core.len()..].starts_with('-');
    let start = span.start as usize + head;
    words.push(Word {
        span: Span::new(start, start + core.len()),
        token: span,
        lower: lower(core),
        case: case(core),
        possessive,
        opens,
    });
}

/// Lower case without the dots of initials.
pub(super) fn lower(core: &str) -> String {
    let mut lower = core.to_lowercase();
    if lower.contains(['.', '\u{2019}']) {
        lower = lower.replace('.', "").replace('\u{2019}', "'");
    }
    lower
}

/// Cuts a token's ending and elided head: where the rest begins, and the rest.
pub(super) fn bare(text: &str, lang: Lang) -> (usize, &str) {
    let mut core = text;
    let mut head = 0;
    if matches!(lang.code(), "fr" | "it" | "ca" | "pt") {
        if let Some(i) = core.find(['\'', '\u{2019}']) {
            let rest = i + core[i..].chars().next().map_or(1, char::len_utf8);
            let elided = core[..i].to_lowercase();
            let known = matches!(
                elided.as_str(),
                "l" | "d" | "s" | "n" | "j" | "m" | "t" | "c" | "qu" | "jusqu" | "lorsqu" | "dell" | "all"
            );
            if known && rest < core.len() {
                head = rest;
                core = &core[rest..];
            }
        }
    } else {
        for ending in ["'s", "\u{2019}s", "'S", "\u{2019}S", "'", "\u{2019}"] {
            if let Some(stem) = core.strip_suffix(ending).filter(|s| !s.is_empty()) {
                core = stem;
                break;
            }
        }
    }
    if let Some((front, back)) = core.rsplit_once('-') {
        let capital = front.starts_with(char::is_uppercase);
        if capital && back.len() > 1 && back.starts_with(char::is_lowercase) && SUFFIXES.contains(&back) {
            core = &core[..front.len()];
        }
    }
    (head, core)
}

/// Second halves that make an adjective of a name.
const SUFFIXES: &[&str] = &[
    "led",
    "backed",
    "based",
    "born",
    "built",
    "made",
    "run",
    "held",
    "controlled",
    "occupied",
    "funded",
    "sponsored",
    "style",
    "owned",
    "supported",
    "trained",
    "bound",
    "flagged",
    "brokered",
    "mediated",
    "allied",
    "era",
    "registered",
    "linked",
    "speaking",
    "dominated",
    "administered",
    "ruled",
    "supplied",
    "wide",
];

fn case(core: &str) -> Case {
    let mut letters = core.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else { return Case::None };
    if first.is_uppercase() {
        let mut count = 1;
        let upper = letters.all(|c| {
            count += 1;
            c.is_uppercase()
        });
        return if upper && count > 1 { Case::Upper } else { Case::Capital };
    }
    let joined = core.rsplit_once(['-', '\'', '\u{2019}']).is_some_and(|(front, back)| {
        front.chars().count() <= 3 && back.starts_with(char::is_uppercase) && back.chars().count() > 2
    });
    if joined { Case::Capital } else { Case::Lower }
}

fn is_abbreviation(word: &Word, stop: Span) -> bool {
    if word.token.end != stop.start || word.case == Case::None {
        return false;
    }
    let short = word.is_capital() && word.lower.chars().count() == 1;
    let dotted = word.lower.len() < word.span.len() && word.is_capital();
    short || dotted || TITLES.contains(&word.lower.as_str()) && word.is_capital()
}

/// Abbreviated titles, whose stop ends no sentence.
const TITLES: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "st", "gen", "col", "lt", "maj", "capt", "sgt", "sen", "rep", "gov",
    "rev", "sr", "sra", "dra", "adm", "jr",
];

fn casing(words: &[Word], lang: Lang) -> Casing {
    let (mut upper, mut capital, mut low, mut all) = (0, 0, 0, 0);
    for word in words.iter().filter(|w| w.case != Case::None) {
        let long = word.lower.chars().count() > 3;
        all += usize::from(long);
        match word.case {
            Case::Upper if long => upper += 1,
            Case::Capital if long => capital += 1,
            Case::Lower if long => low += 1,
            _ => {}
        }
    }
    if all >= 2 && upper * 10 >= all * 8 {
        Casing::Upper
    } else if lang != Lang::DE
        && all >= 3
        && low <= (capital + upper) / 5
        && words.last().is_some_and(|w| w.lower != ".")
    {
        Casing::Title
    } else {
        Casing::Running
    }
}

fn remember(view: &mut View) {
    for line in view.lines.iter().filter(|l| l.casing == Casing::Running) {
        for word in &view.words[line.words.clone()] {
            match word.case {
                Case::Lower => drop(view.lower.insert(word.lower.clone())),
                Case::Capital | Case::Upper if !word.opens => drop(view.inner.insert(word.lower.clone())),
                _ => {}
            }
        }
    }
}

/// Parts `Ode-Mena` where both halves stand by themselves in the report.
fn part_pairs(view: &mut View) {
    let parts = |word: &Word| -> Option<usize> {
        let at = word.lower.find('-')?;
        let (a, b) = (&word.lower[..at], &word.lower[at + 1..]);
        let both = word.case == Case::Capital && view.inner.contains(a) && view.inner.contains(b);
        (both && word.lower.len() == word.span.len() && word.lower.is_ascii()).then_some(at)
    };
    if !view.words.iter().any(|w| parts(w).is_some()) {
        return;
    }
    let mut words = Vec::with_capacity(view.words.len() + 4);
    let mut lines = Vec::with_capacity(view.lines.len());
    for line in &view.lines {
        let first = words.len();
        for word in &view.words[line.words.clone()] {
            match parts(word) {
                Some(at) => words.extend(halves(word, at)),
                None => words.push(word.clone()),
            }
        }
        lines.push(Line { words: first..words.len(), casing: line.casing });
    }
    view.words = words;
    view.lines = lines;
}

fn halves(word: &Word, at: usize) -> [Word; 3] {
    let start = word.span.start as usize;
    let part = |from: usize, to: usize| Word {
        span: Span::new(start + from, start + to),
        lower: word.lower[from..to].to_owned(),
        ..word.clone()
    };
    let mut joint = part(at, at + 1);
    joint.case = Case::None;
    [
        Word { possessive: false, ..part(0, at) },
        joint,
        Word { opens: false, ..part(at + 1, word.lower.len()) },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::clean;
    use crate::model::RawReport;
    use crate::segment::segment;

    fn check(lang: &str, text: &str, words: &str) {
        let report =
            clean(RawReport { text: text.into(), lang: Some(Lang::parse(lang)), ..RawReport::default() });
        let view = view(&report, &segment(&report));
        let found: Vec<&str> = view.words.iter().map(|w| w.lower.as_str()).collect();
        assert_eq!(found.join(" "), words);
    }

    #[test]
    fn words_lose_endings_and_elisions() {
        check("en", "The U.S. army and J. R. Mena's men.", "the us army and j r mena men .");
        check("fr", "L’armée d'Ombrie.", "armée ombrie .");
        check("en", "A Danish-built ship near Mr. Ode.", "a danish ship near mr ode .");
        check(
            "en",
            "He said Ode met Mena. The Ode-Mena pact.",
            "he said ode met mena . the ode - mena pact .",
        );
    }
}
