//! What outlets do to a text, each as one pass with a strength: reprint, cut, shuffle, edit, spin, damage.
//!
//! Every pass takes a text and gives another; words that it leaves keep their places, so nothing has to be
//! guessed afterwards. Never: invents a word that is meant to be read as news, but for the lines below.

use super::random::Random;
use super::synonyms::Synonyms;
use super::text::{Places, Sentence, Text, Word};
use stemma::trace::VariantKind;

/// How much a pass changes, light to heavy.
pub(super) const STRENGTHS: [&str; 3] = ["light", "middle", "heavy"];

/// Lines that an outlet puts above and below what it reprints.
const ABOVE: [&str; 4] = ["The Harrow Ledger", "WORLD NEWS", "Home > News > Latest", "By our newsroom"];
const BELOW: [&str; 4] = [
    "Read more: Ten gardens to see before the summer ends",
    "Sign up for our morning letter and never miss a story.",
    "All rights reserved. The Harrow Ledger is not responsible for content of other sites.",
    "Share this on your favourite network",
];
/// Sentences that an editor adds.
const ADDED: [&str; 6] = [
    "The matter is expected to be taken up again within days.",
    "Officials reached by this newspaper late in the evening declined to add anything.",
    "Residents said that they had heard little until the morning.",
    "It was not immediately clear what the next step would be.",
    "Observers had been waiting for such news for weeks.",
    "A fuller account will be published as soon as it can be had.",
];
/// Ways to attribute that an editor takes one for another.
const CUES: [&str; 5] = ["said", "told reporters", "stated", "explained", "noted"];
const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The text whole, with another outlet's lines around it.
pub(super) fn reprint(text: &Text, strength: usize, random: &mut Random) -> Text {
    let mut made = Text { sentences: text.sentences.clone(), ..Text::default() };
    for _ in 0..strength {
        made.above.extend(random.pick(&ABOVE).map(|l| (*l).to_owned()));
        made.below.extend(random.pick(&BELOW).map(|l| (*l).to_owned()));
    }
    made
}

/// A part: mostly the beginning, as space demands, sometimes a stretch from within.
pub(super) fn cut(text: &Text, strength: usize, random: &mut Random) -> Text {
    let n = text.sentences.len();
    let keep = (n * [3, 2, 1][strength.min(2)]).div_ceil(5).clamp(2.min(n), n);
    let from = if random.chance(0.7) { 0 } else { random.below(n - keep + 1) };
    Text { sentences: text.sentences[from..from + keep].to_vec(), ..Text::default() }
}

/// Passages in another order.
pub(super) fn shuffle(text: &Text, random: &mut Random) -> Text {
    let mut passages: Vec<Vec<Sentence>> = Vec::new();
    for sentence in &text.sentences {
        match passages.last_mut() {
            Some(passage) if !sentence.opens && passage.len() < 2 => passage.push(sentence.clone()),
            _ => passages.push(vec![Sentence { opens: true, ..sentence.clone() }]),
        }
    }
    random.shuffle(&mut passages);
    Text { sentences: passages.concat(), ..Text::default() }
}

/// A person's hand: sentences left out and added, clauses turned, words chosen anew in some of them.
pub(super) fn edit(
    text: &Text,
    strength: usize,
    (synonyms, random, places): (Option<&Synonyms>, &mut Random, &mut Places),
) -> Text {
    let share = [0.15, 0.3, 0.5][strength.min(2)];
    let mut made = Text::default();
    for sentence in &text.sentences {
        if random.chance(share / 2.0) && text.sentences.len() > 3 {
            continue;
        }
        let mut sentence = sentence.clone();
        if random.chance(share + 0.2) {
            rework(&mut sentence, share, (synonyms, random));
        }
        made.sentences.push(sentence);
        if random.chance(share / 3.0) {
            made.sentences.extend(random.pick(&ADDED).map(|a| Sentence::of(a, false, places)));
        }
    }
    made
}

/// One sentence in an editor's words: the cue, a clause cut or brought to the front, a few words.
fn rework(sentence: &mut Sentence, share: f64, (synonyms, random): (Option<&Synonyms>, &mut Random)) {
    for word in &mut sentence.words {
        let letters = word.text.trim_end_matches(|c: char| !c.is_alphabetic()).to_owned();
        if letters == "said" {
            let cue = random.pick(&CUES).copied().unwrap_or("said");
            word.text = word.text.replacen("said", cue, 1);
        } else if random.chance(share / 4.0)
            && let Some(other) = synonyms.and_then(|s| s.swap(&word.text, random))
        {
            word.text = other;
        }
    }
    let commas: Vec<usize> =
        (0..sentence.words.len()).filter(|i| sentence.words[*i].text.ends_with(',')).collect();
    match commas[..] {
        [first, second, ..] if second - first > 1 && second - first < 9 => {
            sentence.words.drain(first + 1..=second);
        }
        [only] if only > 2 && only + 3 < sentence.words.len() => turn(sentence, only),
        _ => {}
    }
}

/// What stands behind a comma, to the front.
fn turn(sentence: &mut Sentence, comma: usize) {
    let mut front: Vec<Word> = sentence.words.drain(comma + 1..).collect();
    if let Some(last) = front.last_mut() {
        last.text = format!("{},", last.text.trim_end_matches(['.', '?', '!']));
    }
    if let Some(end) = sentence.words.last_mut() {
        end.text = format!("{}.", end.text.trim_end_matches(','));
    }
    front.append(&mut sentence.words);
    sentence.words = front;
}

/// Words swapped by a machine that knows no context.
pub(super) fn spin(text: &Text, strength: usize, (synonyms, random): (&Synonyms, &mut Random)) -> Text {
    let share = [0.4, 0.6, 0.85][strength.min(2)];
    let mut made = Text { sentences: text.sentences.clone(), ..Text::default() };
    for word in made.sentences.iter_mut().flat_map(|s| &mut s.words) {
        if random.chance(share)
            && let Some(other) = synonyms.swap(&word.text, random)
        {
            word.text = other;
        }
    }
    made
}

/// One thing got wrong while copying.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Damage {
    pub(super) kind: VariantKind,
    /// The word's place in the base.
    pub(super) at: u32,
}

/// Gets up to `n` numbers, weekdays and names wrong.
pub(super) fn damage(text: &mut Text, n: usize, random: &mut Random) -> Vec<Damage> {
    let mut words: Vec<(bool, &mut Word)> = text
        .sentences
        .iter_mut()
        .flat_map(|s| s.words.iter_mut().enumerate().map(|(i, w)| (i > 0, w)))
        .collect();
    let mut order: Vec<usize> = (0..words.len()).collect();
    random.shuffle(&mut order);
    let mut done: Vec<Damage> = Vec::new();
    for i in order {
        let (inside, word) = &mut words[i];
        // One name after another, and numbers before names: names are everywhere.
        let only_names = done.iter().any(|d| d.kind == VariantKind::Name);
        let Some((kind, text)) = spoil(&word.text, *inside && !only_names, random) else { continue };
        word.text = text;
        done.push(Damage { kind, at: word.at });
        if done.len() == n {
            break;
        }
    }
    done
}

/// A word got wrong: a digit, a weekday, a letter of a name.
fn spoil(word: &str, may_be_name: bool, random: &mut Random) -> Option<(VariantKind, String)> {
    let core = word.trim_matches(|c: char| !c.is_alphanumeric());
    if core.len() >= 2
        && core.starts_with(|c: char| ('1'..='9').contains(&c))
        && core.chars().all(|c| c.is_ascii_digit() || c == ',' || c == '.')
    {
        let digits: Vec<usize> =
            core.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(i, _)| i).collect();
        let at = *random.pick(&digits)?;
        let old = core.as_bytes()[at] - b'0';
        let new = 1 + (old + 2 + random.below(5) as u8) % 9;
        let new = if new == old { new % 9 + 1 } else { new };
        let changed = format!("{}{}{}", &core[..at], new, &core[at + 1..]);
        let year = core.len() == 4 && (core.starts_with("19") || core.starts_with("20"));
        let kind = if year { VariantKind::Date } else { VariantKind::Number };
        return Some((kind, word.replacen(core, &changed, 1)));
    }
    if let Some(day) = WEEKDAYS.iter().position(|d| *d == core) {
        let other = WEEKDAYS[(day + 1 + random.below(6)) % 7];
        return Some((VariantKind::Date, word.replacen(core, other, 1)));
    }
    let is_name = core.len() >= 6
        && core.starts_with(|c: char| c.is_ascii_uppercase())
        && core.chars().skip(1).all(|c| c.is_ascii_lowercase());
    if !may_be_name || !is_name {
        return None;
    }
    let at = 2 + random.below(core.len() - 3);
    let swapped = format!("{}{}{}{}", &core[..at], &core[at + 1..at + 2], &core[at..at + 1], &core[at + 2..]);
    (swapped != core).then(|| (VariantKind::Name, word.replacen(core, &swapped, 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &str) -> Text {
        let mut places = Places::default();
        let sentences = words.split('|').map(|s| Sentence::of(s, true, &mut places)).collect();
        Text { sentences, ..Text::default() }
    }

    #[test]
    fn damage_is_where_it_says() {
        let base = text("On Monday the Tarnmoor dam held 412 boats.");
        let mut made = base.clone();
        let done = damage(&mut made, 3, &mut Random::new(3, "x"));
        assert_eq!(done.len(), 3);
        let changed: Vec<u32> = base.sentences[0]
            .words
            .iter()
            .zip(&made.sentences[0].words)
            .filter(|(x, y)| x.text != y.text)
            .map(|(x, _)| x.at)
            .collect();
        let mut noted: Vec<u32> = done.iter().map(|d| d.at).collect();
        noted.sort_unstable();
        assert_eq!(changed, noted);
    }

    #[test]
    fn passes_keep_places() {
        let base = text("One boat sank.|Two, it is said, were saved.|Three came home.|Four did not.");
        let random = &mut Random::new(5, "y");
        assert_eq!(reprint(&base, 2, random).sentences, base.sentences);
        assert_eq!(cut(&base, 2, random).sentences.len(), 2);
        let mut places: Vec<u32> = shuffle(&base, random).sentences.iter().map(|s| s.at).collect();
        places.sort_unstable();
        assert_eq!(places, base.sentences.iter().map(|s| s.at).collect::<Vec<_>>());
    }
}
