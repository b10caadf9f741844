//! Tells which line above a report's first sentence is its headline. It stays in the body; the
//! name of the outlet or section above it goes.

use super::credit::Told;
use super::draft::Draft;
use super::shape;
use crate::model::NoteKind;

/// The longest headline, in characters; longer first lines are leads without a stop.
const LONGEST: usize = 200;

/// The shortest text that a headline stands over, in characters.
const SHORTEST_TEXT: usize = 60;

/// The fewest words of a headline that stands under another line. Names of outlets and sections
/// have one to four words; three in ten headlines have fewer than seven, hardly any under five.
const FEWEST_WORDS: usize = 5;

/// The words of the headline. A short line above it leaves the body: the outlet's name, a section.
pub(super) fn take_headline(draft: &mut Draft, title: Option<&str>, told: &mut Told) -> Option<String> {
    let kept = draft.kept();
    let (head, first) = draft.head();
    if let (Some(title), [top, ..]) = (title, &kept[..]) {
        let line = draft.words(*top).split_whitespace().collect::<Vec<_>>().join(" ");
        return same(title, &line).then_some(line);
    }
    let below = draft.words(first?).chars().count();
    let lines: Vec<usize> = head.into_iter().filter(|i| is_headline(draft, *i)).collect();
    let place = lines.iter().position(|i| length(draft.words(*i)) >= FEWEST_WORDS).unwrap_or(0);
    let headline = *lines.get(place)?;
    let line = draft.words(headline).split_whitespace().collect::<Vec<_>>().join(" ");
    if below < SHORTEST_TEXT.max(line.chars().count() / 2) {
        return None;
    }
    masthead(draft, headline, told);
    Some(line)
}

/// Takes out the lines above the headline if one of them names the outlet: its name, the edition.
fn masthead(draft: &mut Draft, headline: usize, told: &mut Told) {
    let above: Vec<usize> = draft.kept().into_iter().take_while(|i| *i < headline).collect();
    let outlet = above.iter().map(|i| draft.words(*i)).find(|words| {
        shape::is_name(words) && shape::has_press_word(words) && !words.contains(|c: char| c.is_ascii_digit())
    });
    let Some(outlet) = outlet.map(str::to_owned) else { return };
    if above.iter().any(|i| length(draft.words(*i)) >= FEWEST_WORDS) {
        return;
    }
    told.outlet.get_or_insert(outlet);
    for i in above {
        draft.remove(i..i + 1, NoteKind::Boilerplate, "A line above the headline");
    }
}

/// Whether a line could be a headline: of some length, no sentence that a stop ends.
fn is_headline(draft: &Draft, i: usize) -> bool {
    let words = draft.words(i);
    let stops = words
        .trim_end_matches(['"', '”', '’', '»', ')', '\''])
        .ends_with(['.', ';', ':', ',', '。', '，', '；']);
    let cut = draft.cuts.iter().any(|cut| draft.paragraphs[i].range.contains(&cut.start));
    words.chars().count() <= LONGEST && length(words) >= 2 && !stops && !cut
}

/// How many words a line has; two signs of an unspaced script count as one.
fn length(words: &str) -> usize {
    let signs = words.chars().filter(|c| shape::is_unspaced(*c)).count();
    words.split_whitespace().count().max(signs / 2)
}

fn same(a: &str, b: &str) -> bool {
    let plain = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    plain(a) == plain(b)
}
