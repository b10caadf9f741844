//! Words -> what stands in quotation marks, of all kinds, nested or broken over sentences.
//!
//! A quotation never runs past its passage: long ones open again in each paragraph, and a
//! mark that was lost must not turn the rest of a report inside out.

use super::words::Text;

/// How a word stands to quotation marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Quote {
    /// Number of the quotation, from 1 in reading order; 0 outside.
    pub(super) id: u32,
    /// Whether the marks are single ones.
    pub(super) single: bool,
    /// Which end of the quotation the word is.
    pub(super) edge: Edge,
}

/// Which end of a quotation a word is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Edge {
    /// Neither.
    #[default]
    None,
    /// The opening mark.
    Open,
    /// The closing mark.
    Close,
}

impl Quote {
    /// Whether the word is in a quotation, or one of its marks.
    pub(super) fn inside(&self) -> bool {
        self.id != 0
    }
}

/// How far a single mark may stand from the one that closes it, in words: two long sentences.
/// Farther, it is more likely an apostrophe.
const MAX_SINGLE: usize = 80;

/// Marks each word's state.
pub(super) fn mark(text: &mut Text) {
    let mut open: Option<&'static str> = None;
    let mut id = 0;
    let mut passage = u32::MAX;
    let mut nested = 0usize;
    for i in 0..text.words.len() {
        if text.words[i].passage != passage {
            passage = text.words[i].passage;
            open = None;
        }
        let mut edge = Edge::None;
        match open {
            None => {
                if let Some(closer) = opener(text, i) {
                    (open, edge, nested) = (Some(closer), Edge::Open, 0);
                    id += 1;
                }
            }
            Some(closer) if nested == 0 && closes(text, i, closer) => edge = Edge::Close,
            Some("»") if text.is(i, "«") => nested += 1,
            Some("»") if text.is(i, "»") => nested -= 1,
            Some(_) => {}
        }
        if let Some(closer) = open {
            let single = matches!(closer, "'" | "’");
            text.words[i].quote = Quote { id, single, edge };
        }
        if edge == Edge::Close {
            open = None;
        }
    }
}

/// The closing mark of the quotation that a word opens.
fn opener(text: &Text, i: usize) -> Option<&'static str> {
    Some(match text.raw(i) {
        "“" | "‟" => "”",
        "\"" => "\"",
        "''" | "``" => "''",
        "„" => "“",
        "«" => "»",
        "»" if text.raw(i + 1).chars().next().is_some_and(char::is_alphanumeric) => "«",
        "「" => "」",
        "『" => "』",
        mark @ ("‘" | "'") => return single(text, i, if mark == "'" { "'" } else { "’" }),
        _ => return None,
    })
}

fn closes(text: &Text, i: usize, closer: &str) -> bool {
    let mark = text.raw(i);
    match closer {
        // Both curly forms and straight marks close what a curly mark opened: damage mixes them.
        "”" => matches!(mark, "”" | "\""),
        "“" => matches!(mark, "“" | "”"),
        "'" | "’" => mark == closer && after_is_open(text, i),
        _ => mark == closer,
    }
}

/// A single mark opens if its word begins there and another one closes behind a word.
fn single(text: &Text, i: usize, closer: &'static str) -> Option<&'static str> {
    let at = text.words[i].span;
    let before = text.body[..at.start as usize].chars().next_back();
    let after = text.body[at.end as usize..].chars().next();
    let begins = before.is_none_or(|c| !c.is_alphanumeric()) && after.is_some_and(|c| !c.is_whitespace());
    let passage = text.words[i].passage;
    let closed = (i + 2..text.words.len().min(i + MAX_SINGLE))
        .take_while(|j| text.words[*j].passage == passage)
        .any(|j| text.is(j, closer) && after_is_open(text, j));
    (begins && closed).then_some(closer)
}

/// Whether no letter follows a word and no space stands before it: a mark that can close.
fn after_is_open(text: &Text, i: usize) -> bool {
    let at = text.words[i].span;
    let before = text.body[..at.start as usize].chars().next_back();
    let after = text.body[at.end as usize..].chars().next();
    before.is_some_and(|c| !c.is_whitespace()) && after.is_none_or(|c| !c.is_alphanumeric())
}
