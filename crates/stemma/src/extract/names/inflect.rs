//! Forms of a table's word: plurals and genders made by rule, endings taken off.
//!
//! Makes more forms than a language has; a form that no one writes finds nothing.

/// The forms of a word of nationality.
pub(super) fn nationality(lang: &str, word: &str) -> Vec<String> {
    match lang {
        "en" => english(word),
        "pt" => romance(
            word,
            &[
                ("ês", &["esa", "eses", "esas"]),
                ("ol", &["ola", "óis", "olas"]),
                ("eu", &["eia", "eus", "eias"]),
            ],
        ),
        "es" => romance(
            word,
            &[
                ("és", &["esa", "eses", "esas"]),
                ("án", &["ana", "anes", "anas"]),
                ("ón", &["ona", "ones", "onas"]),
                ("ol", &["ola", "oles", "olas"]),
                ("í", &["íes", "ís"]),
            ],
        ),
        "fr" => french(word),
        _ => german(word),
    }
}

fn english(word: &str) -> Vec<String> {
    let closed = ["s", "ese", "ish", "ch", "men", "ic"];
    if closed.iter().any(|end| word.ends_with(end)) || word.ends_with('.') {
        vec![word.to_owned()]
    } else {
        vec![word.to_owned(), format!("{word}s")]
    }
}

fn romance(word: &str, rules: &[(&str, &[&str])]) -> Vec<String> {
    let mut forms = vec![word.to_owned()];
    for (end, others) in rules {
        if let Some(stem) = word.strip_suffix(end) {
            forms.extend(others.iter().map(|other| format!("{stem}{other}")));
            return forms;
        }
    }
    if let Some(stem) = word.strip_suffix('o') {
        forms.extend(["a", "os", "as"].map(|end| format!("{stem}{end}")));
    } else if !word.ends_with('s') {
        forms.push(format!("{word}s"));
    }
    forms
}

fn french(word: &str) -> Vec<String> {
    let mut forms = vec![word.to_owned()];
    if word.ends_with(['e', 'é']) {
        forms.push(format!("{word}s"));
    }
    if word.ends_with("en") {
        forms.extend(["ne", "s", "nes"].map(|end| format!("{word}{end}")));
    } else if word.ends_with('s') {
        forms.extend(["e", "es"].map(|end| format!("{word}{end}")));
    } else if !word.ends_with('e') {
        forms.extend(["e", "s", "es"].map(|end| format!("{word}{end}")));
    }
    forms
}

fn german(word: &str) -> Vec<String> {
    let ends: &[&str] = if word.ends_with("sch") {
        &["", "e", "er", "en", "es", "em"]
    } else if word.ends_with('e') {
        &["", "n", "r", "m"]
    } else {
        &["", "n", "s", "in", "innen"]
    };
    ends.iter().map(|end| format!("{word}{end}")).collect()
}

/// The plurals of a role's word.
pub(super) fn plurals(lang: &str, word: &str) -> Vec<String> {
    let vowel = word.ends_with(['a', 'e', 'o', 'é', 'á']);
    match lang {
        "en" => vec![english_plural(word)],
        "pt" if word.ends_with('l') => vec![format!("{}is", &word[..word.len() - 1])],
        "pt" if word.ends_with("ão") => vec![word.replace("ão", "ões"), word.replace("ão", "ãos")],
        "pt" if word.ends_with('m') => vec![format!("{}ns", &word[..word.len() - 1])],
        "pt" | "es" if vowel => vec![format!("{word}s")],
        "pt" | "es" => vec![format!("{word}es")],
        "fr" => vec![format!("{word}s")],
        "de" if word.ends_with("in") => vec![format!("{word}nen")],
        "de" if word.ends_with('e') => vec![format!("{word}n")],
        "de" => vec![format!("{word}n"), format!("{word}en"), format!("{word}s"), format!("{word}e")],
        _ => Vec::new(),
    }
}

fn english_plural(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("man") {
        format!("{stem}men")
    } else if let Some(stem) = word.strip_suffix('y').filter(|s| !s.ends_with(['a', 'e', 'o'])) {
        format!("{stem}ies")
    } else if word.ends_with(['s', 'h', 'x']) && !word.ends_with("arch") {
        format!("{word}es")
    } else {
        format!("{word}s")
    }
}

/// A word without its inflected ending, four letters at least: `россии`, `россия` -> `росс`.
pub(super) fn stem(lower: &str) -> &str {
    let mut stem = lower;
    for _ in 0..3 {
        let Some(last) = stem.chars().last() else { break };
        let ending = "аеёиоуыэюяйьіїєaeiouyąęěůúáéíóőûαειουη".contains(last)
            || "мхмmh".contains(last) && stem.len() < lower.len();
        if !ending || stem.chars().count() <= 4 {
            break;
        }
        stem = &stem[..stem.len() - last.len_utf8()];
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_follow_rules() {
        assert_eq!(nationality("pt", "russo"), ["russo", "russa", "russos", "russas"]);
        assert_eq!(nationality("es", "francés"), ["francés", "francesa", "franceses", "francesas"]);
        assert_eq!(nationality("fr", "italien"), ["italien", "italienne", "italiens", "italiennes"]);
        assert!(nationality("de", "polnisch").contains(&"polnischen".to_owned()));
        assert_eq!(plurals("en", "policeman"), ["policemen"]);
        assert_eq!(stem("украины"), stem("украина"));
    }
}
