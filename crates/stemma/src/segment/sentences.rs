//! Tokens of a passage -> sentence ends.
//!
//! A sentence ends at `.`, `!`, `?`, `…` or their kin, with closing quotation marks and
//! brackets, unless the stop belongs to an abbreviation, an initial or a number.

use super::{Token, TokenKind};
use crate::model::Lang;

/// Words that a full stop follows without ending a sentence, lower case, in the languages
/// with extraction tables. Our own writing.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "gen", "col", "lt", "sgt", "capt", "sen", "rep", "gov", "st", "jr",
    "sr", "vs", "no", "nos", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov",
    "dec", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "inc", "corp", "ltd", "co", "approx", "etc",
    "e.g", "i.e", "a.m", "p.m", "u.s", "u.n", "u.k", "sra", "dra", "exmo", "av", "núm", "pág", "art", "cf",
    "bzw", "ca", "usw", "z.b", "nr", "hr", "fr", "mme", "mlle", "mm",
];

/// German words before an ordinal, "am 3. Juli", "im 19. Jahrhundert"; a number at a sentence's end
/// follows a noun or a verb. Our own writing.
const BEFORE_ORDINAL: &[&str] = &[
    "der", "die", "das", "den", "dem", "des", "am", "im", "zum", "zur", "vom", "beim", "ab", "bis", "seit",
    "jeden", "jedem", "und", "ein", "eine", "einen", "einem", "einer",
];

/// German names of months, which follow an ordinal in capitals, lower case. After CLDR.
const MONTHS: &[&str] = &[
    "januar",
    "jänner",
    "februar",
    "feber",
    "märz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
];

/// Whether the stop token at `i` ends a sentence.
pub(super) fn ends(lang: Lang, text: &str, tokens: &[Token], i: usize) -> bool {
    let mark = tokens[i].span.of(text);
    match mark {
        "!" | "?" | "…" | "。" | "！" | "？" | "؟" | "।" | "۔" => true,
        "." => stop_ends(text, tokens, i) && !(lang.code() == "de" && ordinal(text, tokens, i)),
        _ => false,
    }
}

fn stop_ends(text: &str, tokens: &[Token], i: usize) -> bool {
    let Some(next) = tokens[i + 1..].iter().find(|t| !is_closing(t.span.of(text))) else { return true };
    let spaced = next.span.start > tokens[i].span.end;
    let opens = next.span.of(text).chars().next().is_some_and(|c| !c.is_lowercase());
    let Some(word) = i.checked_sub(1).map(|w| tokens[w]) else { return false };
    if word.span.end < tokens[i].span.start {
        return opens;
    }
    let before = word.span.of(text);
    let initial = before.chars().count() == 1 && before.chars().all(char::is_uppercase);
    let known = ABBREVIATIONS.contains(&before.to_lowercase().as_str());
    let dotted = before.contains('.') && word.kind == TokenKind::Word;
    if initial || known || dotted {
        return false;
    }
    opens
        && (spaced
            || next.kind == TokenKind::Mark
            || word.kind == TokenKind::Word && before.chars().count() > 2)
}

/// Whether the stop at `i` makes the number before it a German ordinal.
fn ordinal(text: &str, tokens: &[Token], i: usize) -> bool {
    let word = |i: usize| tokens.get(i).map(|t| t.span.of(text).to_lowercase());
    let is_number = |t: &Token| t.kind == TokenKind::Number && t.span.len() <= 2;
    i.checked_sub(1).is_some_and(|n| is_number(&tokens[n]))
        && (word(i + 1).is_some_and(|w| MONTHS.contains(&w.as_str()))
            || i.checked_sub(2).and_then(word).is_some_and(|w| BEFORE_ORDINAL.contains(&w.as_str())))
}

/// Marks that may close a sentence behind its stop.
pub(super) fn is_closing(mark: &str) -> bool {
    matches!(mark, "\"" | "'" | "”" | "’" | "»" | ")" | "]" | "」" | "』" | "）")
}
