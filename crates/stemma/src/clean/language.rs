//! The language of a report: given, else told from its words, else what its page says.

use crate::model::Lang;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// How many bytes are looked at: past a thousand letters little changes but the time.
const WINDOW: usize = 1_500;

/// The fewest letters by which a language written in a shared script is told.
const FEWEST_LETTERS: usize = 40;

/// The least confidence (0 to 1, as the detector gives it) below which the page's word counts
/// for more than the detector's.
const CONFIDENT: f64 = 0.5;

/// Tells the language of a body; `declared` is what the page says.
pub(super) fn language(body: &str, declared: Lang) -> Lang {
    let told = told(body, declared);
    if told.is_known() { told } else { by_few_words(body).unwrap_or(told) }
}

/// The language that a body of some length shows.
fn told(body: &str, declared: Lang) -> Lang {
    let mut end = body.len().min(WINDOW);
    while !body.is_char_boundary(end) {
        end -= 1;
    }
    let sample = &body[..end];
    if let Some(lang) = by_function_words(sample) {
        return lang;
    }
    let Some(info) = whatlang::detect(sample) else { return declared };
    let found = short(info.lang());
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    if info.script() == whatlang::Script::Latin && !borne_out(found, info.confidence(), sample) {
        return declared;
    }
    if only_one(info.script()) || letters >= FEWEST_LETTERS && info.confidence() >= CONFIDENT {
        return found;
    }
    if declared.is_known() || letters < FEWEST_LETTERS { declared } else { weak(found, info.confidence()) }
}

/// The likeliest of some languages, for a text too short to tell its own: by small words, then by
/// letters. Unknown only if none is given.
pub fn likeliest(text: &str, among: &[Lang]) -> Lang {
    let (counts, _) = small_words(text);
    let small = |lang: &Lang| TABLE.iter().position(|row| row.0 == *lang).map_or(0, |i| counts[i]);
    let most = among.iter().map(small).max().unwrap_or(0);
    let best: Vec<Lang> = among.iter().copied().filter(|lang| small(lang) == most).collect();
    if let [one] = best.as_slice() {
        return *one;
    }
    let allowed = whatlang::Lang::all().iter().copied().filter(|l| best.contains(&short(*l))).collect();
    let found = whatlang::Detector::with_allowlist(allowed).detect_lang(text).map(short);
    found.filter(|lang| best.contains(lang)).or(best.first().copied()).unwrap_or_default()
}

/// The fewest small words that tell a language.
const FEWEST_SMALL: usize = 8;

/// How many times as many small words the language must have as the next one. Neighbours
/// (Portuguese and Spanish) share up to half of theirs.
const LEAD: f64 = 1.4;

static SMALL: LazyLock<FxHashMap<&'static str, Vec<usize>>> = LazyLock::new(|| {
    let mut words: FxHashMap<&'static str, Vec<usize>> = FxHashMap::default();
    for (i, (_, row)) in TABLE.iter().enumerate() {
        row.split(' ').for_each(|word| words.entry(word).or_default().push(i));
    }
    words
});

static TABLE: LazyLock<Vec<(Lang, &'static str)>> = LazyLock::new(|| {
    let rows = include_str!("function_words.tsv").lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|line| line.split_once('\t')).map(|(lang, words)| (Lang::parse(lang), words)).collect()
});

/// Whether a language told from letters is borne out: by its small words where there is a table of them, and
/// of no other language more; else by near certainty. In a table of figures one small word is chance (an
/// initial, a firm's `Di` or `Plus`) and its abbreviations look like any language, so there it takes two; a table
/// that is taken for foreign is a translation of every other one.
fn borne_out(found: Lang, confidence: f64, sample: &str) -> bool {
    let (counts, words) = small_words(sample);
    let figures = sample.split_whitespace().filter(|w| w.contains(char::is_numeric)).count();
    let table = figures * MOST_FIGURES > words;
    let Some(own) = TABLE.iter().position(|(lang, _)| *lang == found) else {
        return confidence >= CERTAIN && !table;
    };
    counts[own] * RAREST_SMALL >= words
        && counts.iter().all(|n| *n <= counts[own])
        && (!table || several(own, sample))
}

/// Whether a text has two different small words of a language, single letters aside.
fn several(own: usize, sample: &str) -> bool {
    let words = sample.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase);
    let small = words
        .filter(|w| w.chars().nth(1).is_some() && SMALL.get(w.as_str()).is_some_and(|of| of.contains(&own)));
    small.collect::<FxHashSet<_>>().len() > 1
}

/// The confidence that a language without a table of small words needs.
const CERTAIN: f64 = 0.9;

/// In prose one word in three is small; one in so many is the least for a telegraphic text.
const RAREST_SMALL: usize = 20;

/// From one figure for so many words on a text is a table. In prose one in twenty or thirty is a figure; of
/// 19,043 agency reports in English, 16 (12 results or dividends, 3 lists of prices) were taken for other
/// languages before, none since.
const MOST_FIGURES: usize = 8;

/// How often each language's small words stand in a text, and how many words it has.
fn small_words(sample: &str) -> (Vec<usize>, usize) {
    let mut counts = vec![0usize; TABLE.len()];
    let mut words = 0usize;
    for word in sample.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()) {
        words += 1;
        let lower = word.to_lowercase();
        SMALL.get(lower.as_str()).into_iter().flatten().for_each(|i| counts[*i] += 1);
    }
    (counts, words)
}

/// The language whose small words a text holds: quicker than letters, and surer among figures.
fn by_function_words(sample: &str) -> Option<Lang> {
    let (counts, words) = small_words(sample);
    let best = (0..counts.len()).max_by_key(|i| (counts[*i], std::cmp::Reverse(*i)))?;
    let next = (0..counts.len()).filter(|i| *i != best).map(|i| counts[i]).max()?;
    let clear = counts[best] >= FEWEST_SMALL
        && counts[best] * 8 >= words
        && counts[best] as f64 >= LEAD * next as f64;
    clear.then(|| TABLE[best].0)
}

/// The language of one or two sentences: two small words at least, one word in five, and twice as
/// many as of any other language.
fn by_few_words(body: &str) -> Option<Lang> {
    if body.len() > WINDOW {
        return None;
    }
    let (counts, words) = small_words(body);
    let best = (0..counts.len()).max_by_key(|i| (counts[*i], std::cmp::Reverse(*i)))?;
    let next = (0..counts.len()).filter(|i| *i != best).map(|i| counts[i]).max()?;
    let clear = counts[best] >= 2 && counts[best] * 5 >= words && counts[best] >= 2 * next;
    clear.then(|| TABLE[best].0)
}

/// A doubtful language is kept only if nothing is known better and the doubt is small.
fn weak(found: Lang, confidence: f64) -> Lang {
    if confidence >= CONFIDENT / 2.0 { found } else { Lang::UNKNOWN }
}

/// Scripts that news writes one language in.
fn only_one(script: whatlang::Script) -> bool {
    use whatlang::Script as S;
    matches!(
        script,
        S::Hangul
            | S::Hiragana
            | S::Katakana
            | S::Greek
            | S::Thai
            | S::Georgian
            | S::Armenian
            | S::Khmer
            | S::Tamil
            | S::Telugu
            | S::Kannada
            | S::Malayalam
            | S::Gujarati
            | S::Gurmukhi
            | S::Sinhala
            | S::Myanmar
            | S::Oriya
            | S::Mandarin
    )
}

/// Codes of three letters and of two (ISO 639-3, 639-1), of the languages that the detector knows.
const CODES: &[(&str, &str)] = &[
    ("afr", "af"),
    ("aka", "ak"),
    ("amh", "am"),
    ("ara", "ar"),
    ("aze", "az"),
    ("bel", "be"),
    ("ben", "bn"),
    ("bul", "bg"),
    ("cat", "ca"),
    ("ces", "cs"),
    ("cmn", "zh"),
    ("cym", "cy"),
    ("dan", "da"),
    ("deu", "de"),
    ("ell", "el"),
    ("eng", "en"),
    ("epo", "eo"),
    ("est", "et"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("guj", "gu"),
    ("heb", "he"),
    ("hin", "hi"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("hye", "hy"),
    ("ind", "id"),
    ("ita", "it"),
    ("jav", "jv"),
    ("jpn", "ja"),
    ("kan", "kn"),
    ("kat", "ka"),
    ("khm", "km"),
    ("kor", "ko"),
    ("lat", "la"),
    ("lav", "lv"),
    ("lit", "lt"),
    ("mal", "ml"),
    ("mar", "mr"),
    ("mkd", "mk"),
    ("mya", "my"),
    ("nep", "ne"),
    ("nld", "nl"),
    ("nob", "nb"),
    ("ori", "or"),
    ("pan", "pa"),
    ("pes", "fa"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rus", "ru"),
    ("sin", "si"),
    ("slk", "sk"),
    ("slv", "sl"),
    ("sna", "sn"),
    ("spa", "es"),
    ("srp", "sr"),
    ("swe", "sv"),
    ("tam", "ta"),
    ("tel", "te"),
    ("tgl", "tl"),
    ("tha", "th"),
    ("tuk", "tk"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("urd", "ur"),
    ("uzb", "uz"),
    ("vie", "vi"),
    ("yid", "yi"),
    ("zul", "zu"),
];

/// The two-letter code of a language that the detector knows.
fn short(lang: whatlang::Lang) -> Lang {
    let code = lang.code();
    CODES
        .iter()
        .find(|(long, _)| *long == code)
        .map_or_else(|| Lang::parse(code), |(_, short)| Lang::parse(short))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_loads() {
        assert_eq!(TABLE.len(), 7);
        assert!(TABLE.iter().all(|(lang, words)| lang.is_known() && words.split(' ').count() >= 35));
    }

    #[test]
    fn the_likeliest_of_some_is_told_of_a_few_words() {
        let all = [Lang::EN, Lang::DE, Lang::PT, Lang::FR];
        let check = |text: &str, expected: Lang| assert_eq!(likeliest(text, &all), expected, "{text}");
        check("Turnout was 55 percent", Lang::EN);
        check("A participação foi de 71,4 por cento", Lang::PT);
        check("Der Damm wurde nicht beschädigt", Lang::DE);
        assert_eq!(likeliest("Turnout was 55 percent", &[]), Lang::UNKNOWN);
    }

    #[test]
    fn languages_are_told_or_left_open() {
        let check = |body: &str, code: &str| assert_eq!(language(body, Lang::UNKNOWN).code(), code, "{body}");
        check("The harbour was closed on Monday because the wind tore down two of its cranes.", "en");
        check("O porto fechou na segunda-feira porque o vento derrubou dois dos seus guindastes.", "pt");
        check("El puerto cerró el lunes porque el viento derribó dos de sus grúas, según el alcalde.", "es");
        check("Le port a fermé lundi parce que le vent a renversé deux de ses grues, selon la mairie.", "fr");
        check(
            "Der Hafen blieb am Montag geschlossen, weil der Wind zwei seiner Kräne umgeworfen hatte.",
            "de",
        );
        check("항구가 닫혔다", "ko");
        check(
            "Nordbank 4th qtr net 3.1 mln vs 2.8 mln shr 17 cts vs 14 cts sales 80.9 mln vs 77.1 mln",
            "und",
        );
        check(
            "Holt Bancorp raises quarterly\nQtly div 24 cts vs 23 cts prior\nPay July 28\nRecord June 30",
            "und",
        );
        check("Holt A Bonds Plus monthly payout\nMtly div 10.4 cts vs 10.8 cts prior\nPaid April 1", "und");
        check("OK", "und");
        check("This is worth up to $5.", "en");
        check("Das ist sehr viel.", "de");
        check("Son 40 euros más.", "es");
        check("", "und");
    }
}
