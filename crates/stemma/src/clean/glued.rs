//! Finds where sentences were run together without a space: `… reports.In talks …`.
//!
//! Never in addresses, decimals, abbreviations, initials or names such as `Node.js`.

use crate::read::dates;

/// Words that a full stop follows inside a name or title. Own writing.
const TITLES: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "gen", "col", "lt", "sgt", "capt", "sen", "rep", "gov", "st", "jr",
    "sr", "vs", "no", "fr", "sra", "dra", "exmo", "mme", "mlle", "hr", "pres", "rev", "hon", "adm", "maj",
    "ph", "mt", "ft",
];

/// Endings that make a word with a stop an address, lower case. The common ones of IANA's list.
const ENDINGS: &[&str] = &[
    "com", "net", "org", "gov", "edu", "io", "ai", "co", "tv", "info", "biz", "app", "dev", "js", "php",
    "html", "uk", "eu", "ru", "ua", "de", "fr", "es", "pt", "br", "it", "nl", "cn", "jp", "kr", "kp", "us",
    "ca", "au",
];

/// The positions in a body where the next sentence begins.
pub(super) fn glued(body: &str) -> Vec<u32> {
    let mut out = Vec::new();
    let mut base = 0;
    for line in body.split_inclusive('\n') {
        let mut straight = 0usize;
        for (at, c) in line.char_indices() {
            straight += usize::from(c == '"');
            if matches!(c, '.' | '!' | '?' | '…')
                && let Some(next) = next_sentence(line, at, c, straight)
            {
                out.push((base + next) as u32);
            }
        }
        base += line.len();
    }
    out
}

/// Where a sentence begins that is glued to the stop at `at`.
fn next_sentence(line: &str, at: usize, stop: char, straight: usize) -> Option<usize> {
    let behind = at + stop.len_utf8();
    let rest = &line[behind..];
    let closing = rest.trim_start_matches(['”', '’', '»', ')', ']']);
    // A straight quotation mark closes if one is open.
    let closing = if straight % 2 == 1 { closing.strip_prefix('"').unwrap_or(closing) } else { closing };
    let start = line.len() - closing.len();
    let next = closing.trim_start_matches(['“', '"', '«', '‘', '¿', '¡']);
    if !opens_sentence(next) || !closes_sentence(&line[..at], stop, next) || in_address(line, at) {
        return None;
    }
    Some(start)
}

/// Whether words begin a sentence: a capital and a small letter, or a one-letter word.
fn opens_sentence(next: &str) -> bool {
    let mut letters = next.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if first.is_uppercase() => {
            second.is_lowercase()
                || second == ' '
                || matches!(second, '\'' | '’')
                || second.is_uppercase() && letters.next().is_some_and(char::is_alphabetic)
        }
        _ => false,
    }
}

fn closes_sentence(before: &str, stop: char, next: &str) -> bool {
    let word_start = before
        .rfind(|c: char| !c.is_alphanumeric())
        .map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8));
    let word = &before[word_start..];
    let following: String = next.chars().take_while(|c| c.is_alphanumeric()).collect();
    if stop != '.' {
        return !before.is_empty();
    }
    if word.is_empty() {
        return before.ends_with(['”', '"', '»', ')', '’', '%', ']']);
    }
    let figures = word.chars().all(|c| c.is_ascii_digit());
    let numbered = figures && before[..word_start].trim().is_empty();
    let initial = word.chars().count() == 1 && !figures;
    let title = TITLES.contains(&word.to_lowercase().as_str())
        || word.chars().count() <= 4 && word.starts_with(char::is_uppercase) && dates::month(word).is_some();
    let ending = ENDINGS.contains(&following.to_lowercase().as_str())
        && (following.len() > 2 || !next[following.len()..].starts_with([' ', ',']));
    let dotted = before[..word_start].ends_with('.') && word.chars().count() <= 2;
    !numbered && !initial && !title && !ending && !dotted
}

/// Whether the run of characters around a place is an address: of a page, a person, a handle.
fn in_address(line: &str, at: usize) -> bool {
    let floor = floor(line, at.saturating_sub(120));
    let start = line[floor..at].rfind(char::is_whitespace).map_or(floor, |i| floor + i);
    let ceiling = self::floor(line, (at + 120).min(line.len()));
    let end = line[at..ceiling].find(char::is_whitespace).map_or(ceiling, |i| at + i);
    let run = line[start..end].to_lowercase();
    run.contains("://")
        || run.contains("www.")
        || run.contains('@')
        || run.contains(".com/")
        || run.contains(".html")
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each place marked by `|`.
    fn check(marked: &str) {
        let body = marked.replace('|', "");
        let mut shown = String::new();
        let mut from = 0;
        for at in glued(&body) {
            shown.push_str(&body[from..at as usize]);
            shown.push('|');
            from = at as usize;
        }
        assert_eq!(shown + &body[from..], marked);
    }

    #[test]
    fn glued_sentences_are_found() {
        check(
            "The dam broke, the board said.|In the valley nobody slept.|“We ran,” she said.|A boat came in 2019.|Then it sank.",
        );
        check("Will it hold?|Nobody knows.”|He left. \"It was cold.\"|They went on to NATO.|The end.");
    }

    #[test]
    fn what_only_looks_glued_is_left() {
        check("He wrote to A.Mena@loria.example and to Loria.Com and bbc.co.uk, in Node.js or ASP.NET.");
        check(
            "The U.S.Army paid 3.5 million to St.Anne and Mr.Ode on Jan.Five at www.Loria.Example.Net today.",
        );
        check("1.Introduction by J.R.Mena, Ph.D. of https://x.example/A.Story.Of");
    }
}
