//! What a report says of where it came from, gathered by several filters.

use super::line::Line;
use crate::clean::cues::{CUES, after, lower};
use crate::clean::shape;
use crate::model::Credit;

/// What was said; empty where nothing was.
#[derive(Debug, Default)]
pub(in crate::clean) struct Told {
    names: Vec<String>,
    words: Option<String>,
    /// The words that say who reported: they stand for the credit if no line gives one.
    signed: Option<String>,
    /// Who wrote it.
    pub(in crate::clean) byline: Option<String>,
    /// The outlet that a byline or a line above the headline names.
    pub(in crate::clean) outlet: Option<String>,
}

impl Told {
    /// Adds names; the words of the first credit found stand for all.
    pub(in crate::clean) fn credit(&mut self, names: Vec<String>, words: &str) {
        self.words.get_or_insert_with(|| words.trim().to_owned());
        for name in names {
            if !self.names.contains(&name) {
                self.names.push(name);
            }
        }
    }

    /// Adds what a line says.
    pub(in crate::clean) fn line(&mut self, line: Line, words: &str) {
        if let Some(outlet) = line.outlet {
            self.outlet.get_or_insert(outlet);
        }
        if let Some(people) = line.people {
            self.byline.get_or_insert(people);
        }
        if line.signed && words.is_empty() {
            return;
        }
        if line.signed {
            self.signed.get_or_insert_with(|| words.trim().to_owned());
        } else {
            self.credit(line.names, words);
        }
    }

    /// Adds the words that say who reported, and who that is.
    pub(in crate::clean) fn sign(&mut self, words: &str) {
        self.signed.get_or_insert_with(|| words.trim().to_owned());
        if self.byline.is_none() {
            self.byline = people(words);
        }
    }

    /// The credit, with the agency of a dateline behind the names of the lines.
    pub(in crate::clean) fn finish(&mut self, dateline: Option<&(String, String)>) -> Option<Credit> {
        let signed = self.signed.take();
        if self.words.is_none() {
            self.words = signed;
        }
        if let Some((agency, words)) = dateline {
            self.credit(vec![agency.clone()], words);
        }
        let words = self.words.take()?;
        Some(Credit { names: std::mem::take(&mut self.names), words })
    }
}

/// The people behind the first cue of a sign-off: `(Reporting by Jane Roe in Loria; editing by …)`.
pub(super) fn people(words: &str) -> Option<String> {
    let words =
        words.trim_matches(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '（' | '）'));
    let small = lower(words);
    let cue = CUES.opening("signed", &small).or_else(|| CUES.opening("by", &small))?;
    let rest = after(words, cue).trim_start_matches([':', ' ', '：']);
    let end =
        [" in ", ";", ",", "；", "，", " editing", " additional"].iter().filter_map(|m| rest.find(m)).min();
    let rest = rest[..end.unwrap_or(rest.len())].trim().trim_end_matches('.');
    shape::is_people(rest).then(|| rest.to_owned())
}
