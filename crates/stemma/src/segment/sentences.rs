//! Tokens of a passage -> sentence ends.
//!
//! A sentence ends at `.`, `!`, `?`, `…` or their kin, with closing quotation marks and
//! brackets, unless the stop belongs to an abbreviation, an initial or a number.

use super::{Token, TokenKind};

/// Words that a full stop follows without ending a sentence, lower case, in the languages
/// with extraction tables. Our own writing.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "gen", "col", "lt", "sgt", "capt", "sen", "rep", "gov", "st", "jr",
    "sr", "vs", "no", "nos", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov",
    "dec", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "inc", "corp", "ltd", "co", "approx", "etc",
    "e.g", "i.e", "a.m", "p.m", "u.s", "u.n", "u.k", "sra", "dra", "exmo", "av", "núm", "pág", "art", "cf",
    "bzw", "ca", "usw", "z.b", "nr", "hr", "fr", "mme", "mlle", "mm",
];

/// Whether the stop token at `i` ends a sentence.
pub(super) fn ends(text: &str, tokens: &[Token], i: usize) -> bool {
    let mark = tokens[i].span.of(text);
    match mark {
        "!" | "?" | "…" | "。" | "！" | "？" | "؟" | "।" | "۔" => true,
        "." => stop_ends(text, tokens, i),
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

/// Marks that may close a sentence behind its stop.
pub(super) fn is_closing(mark: &str) -> bool {
    matches!(mark, "\"" | "'" | "”" | "’" | "»" | ")" | "]" | "」" | "』" | "）")
}
