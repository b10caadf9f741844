//! The day of publication that a page shows its readers: beside its headline, or behind a label.
//!
//! A line is cut at the word for a change, so that `3 May, updated 4 May` gives the third.

use super::blocks::{Block, around};
use crate::read::dates;
use jiff::civil::Date;

/// Words before a day that make it the day of a change, lower case.
const CHANGED: &[&str] = &[
    "updat",
    "modif",
    "last ",
    "edited",
    "revis",
    "aktualisiert",
    "actualiz",
    "atualiz",
    "mis à jour",
    "mise à jour",
    "aggiornat",
    "bijgewerkt",
    "обновлен",
];

/// Words of a line whose day is neither that of publication nor that of a change, lower case.
const OTHER: &[&str] = &["review", "expire", "deadline", "copyright", "©", "event", "fact check", "comment"];

/// Words that say of a day anywhere in a page that it is that of publication, lower case.
const LABELS: &[&str] = &[
    "published",
    "posted",
    "publication date",
    "veröffentlicht",
    "publié",
    "publicado",
    "publicada",
    "pubblicato",
    "gepubliceerd",
    "опубликован",
];

/// How many blocks before and behind the headline may show its day.
const BEFORE: usize = 4;
/// See [`BEFORE`].
const BEHIND: usize = 10;

/// The longest block that shows a day beside the headline, in bytes: author, role and day.
const LONGEST: usize = 120;

/// The longest block that shows a day behind a label, in bytes.
const LONGEST_LABELLED: usize = 80;

/// The day of publication that readers see: behind the headline, before it, or behind a label anywhere.
pub(super) fn day(blocks: &[Block], heading: Option<usize>) -> Option<Date> {
    let beside = heading.and_then(|at| {
        let behind = &blocks[at..(at + BEHIND).min(blocks.len())];
        let before = &blocks[at.saturating_sub(BEFORE)..at];
        behind.iter().chain(before).find_map(|block| in_line(&block.text, LONGEST))
    });
    beside.or_else(|| {
        blocks
            .iter()
            .filter(|block| is_labelled(block))
            .find_map(|block| in_line(&block.text, LONGEST_LABELLED))
    })
}

/// The first day of a line, unless its words make it another day than that of publication.
fn in_line(line: &str, longest: usize) -> Option<Date> {
    if line.len() > longest {
        return None;
    }
    let small = line.to_lowercase();
    if OTHER.iter().any(|other| small.contains(other)) {
        return None;
    }
    let cut = CHANGED.iter().filter_map(|word| small.find(word)).min().unwrap_or(small.len());
    dates::first_day(&small[..cut])
}

/// Whether a block that is in no list and not set apart begins by saying that it gives the day of publication.
fn is_labelled(block: &Block) -> bool {
    if block.text.len() > LONGEST_LABELLED || block.around & (around::LIST | around::APART) != 0 {
        return false;
    }
    let small = block.text.to_lowercase();
    LABELS.iter().any(|label| small.starts_with(label))
}

/// The place of the headline among the blocks: the heading that says it, else the first of the first level.
pub(super) fn heading(blocks: &[Block], title: Option<&str>) -> Option<usize> {
    let plain = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let title = title.map(plain).filter(|title| !title.is_empty());
    let says = |block: &Block| {
        title
            .as_ref()
            .is_some_and(|title| block.text.len() < 2 * title.len() + 80 && plain(&block.text) == *title)
    };
    let headings = |bit: u16| {
        let says = &says;
        move || blocks.iter().position(|block| block.around & bit != 0 && says(block))
    };
    headings(around::TITLE)()
        .or_else(headings(around::HEADING))
        .or_else(|| blocks.iter().position(|block| block.around & around::TITLE != 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &[&str], expected: Option<&str>) {
        let block = |text: &&str| Block { text: (*text).to_owned(), ..Block::default() };
        let mut blocks: Vec<Block> = lines.iter().map(block).collect();
        blocks[0].around = around::TITLE | around::HEADING;
        let day = day(&blocks, heading(&blocks, None)).map(|day| day.to_string());
        assert_eq!(day.as_deref(), expected);
    }

    #[test]
    fn days_beside_the_headline() {
        check(&["A crane fell", "By Jane Roe", "13 July 2025"], Some("2025-07-13"));
        check(&["A crane fell", "July 3, 2025 | Updated July 4, 2025"], Some("2025-07-03"));
        check(&["A crane fell", "Last updated: July 4, 2025"], None);
        check(&["A crane fell", "Medically reviewed on July 4, 2025"], None);
        check(&["A crane fell", "Zuletzt aktualisiert am 4. Juli 2025"], None);
    }

    #[test]
    fn labelled_days_far_from_the_headline() {
        let mut lines = vec!["A crane fell"; 30];
        lines.push("Published on 13 July 2025");
        check(&lines, Some("2025-07-13"));
        lines[30] = "On 13 July 2025 it was published";
        check(&lines, None);
    }
}
