//! Tells whether a report's first line is its headline. It stays in the body.

use super::draft::Draft;

/// The longest headline, in characters; longer first lines are leads without a stop.
const LONGEST: usize = 160;

/// The shortest text that a headline stands over, in characters.
const SHORTEST_TEXT: usize = 60;

/// The words of the first kept paragraph, if they are a headline.
pub(super) fn headline(draft: &Draft, title: Option<&str>) -> Option<String> {
    let kept = draft.kept();
    let [first, next, ..] = kept[..] else { return None };
    let words: Vec<&str> = draft.words(first).split_whitespace().collect();
    let line = words.join(" ");
    if title.is_some_and(|title| same(title, &line)) {
        return Some(line);
    }
    let length = line.chars().count();
    let below = draft.words(next).chars().count();
    let cut = draft.cuts.iter().any(|cut| draft.paragraphs[first].range.contains(&cut.start));
    let stops = line
        .trim_end_matches(['"', '”', '’', '»', ')', '\''])
        .ends_with(['.', '!', ';', ':', ',', '。', '…']);
    let fits =
        length <= LONGEST && words.len() >= 2 && !stops && !cut && below >= SHORTEST_TEXT.max(length / 2);
    (fits && title.is_none()).then_some(line)
}

fn same(a: &str, b: &str) -> bool {
    let plain = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    plain(a) == plain(b)
}
