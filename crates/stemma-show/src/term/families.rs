//! Families as trees, with what differs in them.

use super::parts::{behind, count, line, quoted, short};
use super::words::{Ink, Words};
use super::{Paper, tree};
use crate::views::{FamilyView, SpunView, VariantView, names};

/// Writes families of several reports one by one, then names those that stand alone.
pub fn families(views: &[FamilyView], paper: Paper) -> String {
    let mut out = String::new();
    let (several, alone): (Vec<&FamilyView>, Vec<&FamilyView>) =
        views.iter().partition(|f| f.reports.len() > 1 || !f.descents.is_empty());
    for view in several {
        out.push_str(&family(view, paper));
        out.push('\n');
    }
    let files: Vec<&str> = alone.iter().flat_map(|f| f.reports.iter().map(|r| r.file.as_str())).collect();
    if !files.is_empty() {
        let words = Words::new("alone: ", Ink::Dim).and(&files.join(", "), Ink::Plain);
        out.push_str(&behind("", &words, paper));
    }
    for view in alone.iter().flat_map(|f| &f.spun) {
        out.push_str(&behind("", &spun(view), paper));
    }
    if views.is_empty() {
        out.push_str("no families\n");
    }
    out
}

/// Writes one family.
pub(super) fn family(view: &FamilyView, paper: Paper) -> String {
    let size = format!("  {}", count(view.reports.len(), "report", "reports"));
    let head = Words::new(&format!("family {}", short(&view.id)), Ink::Dim).and(&size, Ink::Plain);
    let mut out = line(head, paper.colour);
    for words in tree::tree(view) {
        out.push_str(&line(words.clip(paper.columns()), paper.colour));
    }
    for v in &view.variants {
        out.push_str(&behind("  ", &variant(v), paper));
    }
    for s in &view.spun {
        out.push_str(&behind("  ", &spun(s), paper));
    }
    out
}

fn variant(view: &VariantView) -> Words {
    let mut words = Words::new(&format!("{} differs: ", names::variant(view.kind)), Ink::Yellow);
    for (i, reading) in view.readings.iter().enumerate() {
        if i > 0 {
            words.push("; ", Ink::Plain);
        }
        words.push(&reading.file, Ink::Bold);
        let text = if reading.text.is_empty() { "lacks it".into() } else { quoted(&reading.text) };
        words.push(&format!(" {text}"), Ink::Plain);
        if view.likely_original.contains(&reading.report) {
            words.push(" (likely the original)", Ink::Green);
        }
    }
    if !view.reason.is_empty() {
        words.push(&format!(" — {}", view.reason), Ink::Dim);
    }
    words
}

fn spun(view: &SpunView) -> Words {
    let mut words = Words::new("spun: ", Ink::Yellow).and(&view.file, Ink::Bold);
    words.push(&format!(" {:.2}", view.probability), Ink::Plain);
    for phrase in &view.phrases {
        words.push(&format!("; {} for {}", quoted(&phrase.text), quoted(&phrase.usual)), Ink::Plain);
    }
    words
}
