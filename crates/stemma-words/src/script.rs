//! Which mean to subtract when the language is unknown: told by the script.
//!
//! In: text. Out: the name of a language that alone uses the script, of a script, or of all.
//! Never: tells languages of one script apart; that is the work of a language detector.

/// Letters looked at: enough to outvote a foreign name, few enough to cost nothing.
const LETTERS: usize = 256;

/// The mean of all languages.
pub(crate) const ALL: &str = "all";

/// Name of the mean that fits most letters of `text`.
pub(crate) fn mean_name(text: &str) -> &'static str {
    let mut votes: [(&str, usize); 16] = [("", 0); 16];
    for name in text.chars().filter_map(name).take(LETTERS) {
        if let Some(vote) = votes.iter_mut().find(|v| v.0 == name || v.1 == 0) {
            *vote = (name, vote.1 + 1);
        }
    }
    // Japanese is written in kana and Han; a tenth of kana tells it from Chinese.
    let of = |name| votes.iter().find(|v| v.0 == name).map_or(0, |v| v.1);
    let (kana, han) = (of("ja"), of("zh"));
    let most = votes.iter().rev().max_by_key(|v| v.1).map_or(ALL, |v| v.0);
    match most {
        "zh" | "ja" if kana * 10 >= han => "ja",
        "" => ALL,
        name => name,
    }
}

fn name(c: char) -> Option<&'static str> {
    Some(match c {
        'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => "Latn",
        '\u{400}'..='\u{52f}' => "Cyrl",
        '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' => "Arab",
        '\u{900}'..='\u{97f}' => "Deva",
        '\u{370}'..='\u{3ff}' => "el",
        '\u{590}'..='\u{5ff}' => "he",
        '\u{980}'..='\u{9ff}' => "bn",
        '\u{a00}'..='\u{a7f}' => "pa",
        '\u{b80}'..='\u{bff}' => "ta",
        '\u{c00}'..='\u{c7f}' => "te",
        '\u{e00}'..='\u{e7f}' => "th",
        '\u{3040}'..='\u{30ff}' => "ja",
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' => "zh",
        '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7af}' => "ko",
        c if c.is_alphabetic() => ALL,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    fn check(text: &str, expected: &str) {
        assert_eq!(super::mean_name(text), expected, "{text:?}");
    }

    #[test]
    fn script_names_the_mean() {
        check("", "all");
        check("1984, 42 %", "all");
        check("A dry summer", "Latn");
        check("Сухое лето, NASA", "Cyrl");
        check("干燥的夏天", "zh");
        check("乾いた夏", "ja");
        check("건조한 여름", "ko");
        check("ξηρό καλοκαίρι", "el");
        check("ბათუმი", "all");
    }
}
