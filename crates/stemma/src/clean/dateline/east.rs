//! The datelines of Chinese, Japanese and Korean agencies: `新华社平壤7月13日电`, `【ソウル共同】`,
//! `(서울=연합뉴스) 홍길동 기자 = `.

use super::form::{Close, Form, Inner};
use crate::clean::outlets;

/// How far into a paragraph its dateline may end, in characters.
const LONGEST: usize = 40;

/// Reads the form that words open with, if it is one of these; returns where the text goes on.
pub(super) fn opening(words: &str) -> Option<(Form, usize)> {
    let first = words.chars().next()?;
    match first {
        '【' | '［' | '[' | '(' | '（' => bracketed(words, first),
        _ => wired(words, 0),
    }
}

/// `【北京=共同】`, `(서울=연합뉴스) 홍길동 기자 = `, and `（新华社北京7月13日电）`.
fn bracketed(words: &str, open: char) -> Option<(Form, usize)> {
    let shut = match open {
        '【' => '】',
        '［' => '］',
        '[' => ']',
        '(' => ')',
        _ => '）',
    };
    let (start, end) = (open.len_utf8(), words.find(shut)?);
    let inner = &words[start..end];
    if inner.chars().count() > LONGEST {
        return None;
    }
    if let Some((form, told)) = wired(inner, 0)
        && told == inner.len()
    {
        return Some((form, past(words, end + shut.len_utf8())));
    }
    let (place, name) = match inner.split_once(['=', '＝']) {
        Some((place, name)) => (place.trim(), name.trim()),
        None if open == '【' => ending_agency(inner)?,
        None => return None,
    };
    let known = outlets::agency(name.split([' ', '　']).next().unwrap_or(name));
    let inner = match known {
        Some(agency) => Inner::Agency(agency.name.to_owned()),
        None if (2..=12).contains(&name.chars().count()) => Inner::Name(name.to_owned()),
        None => return None,
    };
    let mut at = past(words, end + shut.len_utf8());
    // `홍길동 기자 = `: who reports, up to the sign.
    let reporter = words[at..].char_indices().take(LONGEST).find(|(_, c)| matches!(c, '=' | '＝'));
    if let Some((sign, c)) = reporter
        && words[at..at + sign].split_whitespace().count() <= 6
    {
        at = past(words, at + sign + c.len_utf8());
    }
    Some((form(place, inner, words[..end + shut.len_utf8()].to_owned()), at))
}

/// `ソウル共同`: a place, and the agency that ends it.
fn ending_agency(inner: &str) -> Option<(&str, &str)> {
    let cuts = inner.char_indices().map(|(at, _)| at).skip(1);
    cuts.map(|at| inner.split_at(at)).find(|(_, name)| outlets::agency(name).is_some())
}

/// `新华社平壤7月13日电（记者张三）`: agency, place, day, and the sign for a wire.
fn wired(words: &str, from: usize) -> Option<(Form, usize)> {
    let head: Vec<(usize, char)> = words[from..].char_indices().take(LONGEST).collect();
    let (wire, sign) = *head.iter().find(|(_, c)| matches!(c, '电' | '電'))?;
    let head = &words[from..from + wire];
    if head.contains(['，', '。', ',', '、', '“', ' ']) && !head.contains("日") {
        return None;
    }
    let name_end = head
        .char_indices()
        .filter(|(_, c)| matches!(c, '社' | '网' | '報' | '报'))
        .map(|(at, c)| at + c.len_utf8())
        .next()?;
    let (name, rest) = head.split_at(name_end);
    if !(2..=12).contains(&name.chars().count()) || rest.chars().count() > 20 {
        return None;
    }
    let day_at = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
    let (place, day) = rest.split_at(day_at);
    if !day.is_empty() && !day.ends_with('日') || place.is_empty() && day.is_empty() {
        return None;
    }
    let inner = match outlets::agency(name) {
        Some(agency) => Inner::Agency(agency.name.to_owned()),
        None => Inner::Name(name.to_owned()),
    };
    let mut end = from + wire + sign.len_utf8();
    for (open, shut) in [('（', '）'), ('(', ')')] {
        if words[end..].starts_with(open)
            && let Some(close) = words[end..].find(shut).filter(|close| *close < 90)
        {
            end += close + shut.len_utf8();
        }
    }
    let mut form = form(place.trim(), inner, name.to_owned());
    form.day = (!day.is_empty()).then(|| day.to_owned());
    form.between = "";
    Some((form, past(words, end)))
}

fn form(place: &str, inner: Inner, bracket: String) -> Form {
    let place = place.to_owned();
    Form { place, caps: false, region: false, between: " ", day: None, inner, bracket, close: Close::Dash }
}

/// Past white space and the marks that part a dateline from its text.
fn past(words: &str, at: usize) -> usize {
    words.len() - words[at..].trim_start_matches([' ', '　', '：', ':', '\u{a0}', '-', '—', '–']).len()
}
