//! One report: what is known about it, its text with a mark for each sentence, what it says.

use super::Paper;
use super::grid::Grid;
use super::parts::{count, id, line, quoted, short};
use super::words::{Ink, Words};
use crate::views::report::ReportView;
use crate::views::{SentenceView, names};
use crate::wording::{value, when};
use stemma::ledger::SentenceMark;

/// Writes one report.
pub fn report(view: &ReportView, paper: Paper) -> String {
    let mut grid = Grid::new(&["", ""]);
    for (head, text) in facts(view) {
        grid.line(vec![Words::new(head, Ink::Bold), text.into()]);
    }
    let mut out = grid.write(paper);
    out.push('\n');
    out.push_str(&text(view, paper));
    statements(view, paper, &mut out);
    values(view, paper, &mut out);
    out
}

fn facts(view: &ReportView) -> Vec<(&'static str, String)> {
    let mut facts = vec![("Report", format!("{}  {}", view.id, view.path))];
    let known = [
        ("Title", &view.title),
        ("Outlet", &view.outlet),
        ("Address", &view.url),
        ("Section", &view.section),
        ("By", &view.byline),
        ("Dateline", &view.dateline),
        ("Published", &view.published.as_deref().map(when)),
    ];
    facts.extend(known.into_iter().filter_map(|(head, value)| Some((head, value.clone()?))));
    facts.push(("Language", view.lang.clone()));
    if let Some(credit) = &view.credit {
        let words = view.credit_words.as_deref().unwrap_or_default();
        facts.push(("Credits", format!("{credit}  {}", quoted(words))));
    }
    facts.push(("Made from", made_from(view)));
    if let Some(spun) = &view.spun {
        facts.push((
            "Spun",
            format!("{:.2}, {}", spun.probability, count(spun.phrases.len(), "swap", "swaps")),
        ));
    }
    for (head, found) in
        [("Family", view.family.map(|f| short(&f))), ("Event", view.event.map(|e| short(&e)))]
    {
        facts.extend(found.map(|text| (head, text)));
    }
    facts.extend(view.notes.iter().map(|n| ("Note", format!("{}: {}", names::note(n.kind), n.detail))));
    facts
}

fn made_from(view: &ReportView) -> String {
    let share = format!("{:.0} % of its words its own", view.own_share * 100.0);
    let Some(d) = &view.descent else { return format!("nothing read; {share}") };
    let parent = match (&d.parent_file, &d.lost) {
        (Some(file), _) => file.clone(),
        (None, Some(lost)) => format!("{} (lost)", lost.id),
        (None, None) => "–".into(),
    };
    format!("{parent}: {} {:.2}; {share}", names::descent(d.kind), d.confidence)
}

fn text(view: &ReportView, paper: Paper) -> String {
    let mut grid = Grid::new(&["", "", ""]);
    for (i, s) in view.sentences.iter().enumerate() {
        if s.opens && i > 0 {
            grid.line(vec![Words::default(), Words::default(), Words::default()]);
        }
        let [start, end] = s.span;
        let words = view.body.get(start as usize..end as usize).unwrap_or("");
        let entries: Vec<String> = s.entries.iter().take(2).map(short).collect();
        grid.line(vec![mark(s), words.into(), Words::new(&entries.join(" "), Ink::Dim)]);
    }
    grid.write(paper)
}

fn mark(sentence: &SentenceView) -> Words {
    let ink = match sentence.mark {
        SentenceMark::Disputed => Ink::Red,
        SentenceMark::Corrupted => Ink::Yellow,
        SentenceMark::Updated => Ink::Magenta,
        SentenceMark::Corroborated => Ink::Green,
        SentenceMark::Borrowed => Ink::Blue,
        SentenceMark::Echoed | SentenceMark::Own => Ink::Dim,
    };
    Words::new(names::mark(sentence.mark), ink)
}

fn statements(view: &ReportView, paper: Paper, out: &mut String) {
    if view.statements.is_empty() {
        return;
    }
    out.push('\n');
    let mut grid = Grid::new(&["speaker", "through", "says"]);
    for s in &view.statements {
        let speaker = s.speaker.as_deref().unwrap_or("–");
        grid.line(vec![Words::new(speaker, Ink::Cyan), s.via.join(", ").into(), s.text.as_str().into()]);
    }
    out.push_str(&grid.write(paper));
}

fn values(view: &ReportView, paper: Paper, out: &mut String) {
    let all = view.times.iter().chain(&view.quantities);
    let mut grid = Grid::new(&["words", "value"]);
    let mut n = 0;
    for v in all {
        grid.line(vec![v.text.as_str().into(), value(&v.value).into()]);
        n += 1;
    }
    if n > 0 {
        out.push('\n');
        out.push_str(&grid.write(paper));
    }
    if !view.names.is_empty() {
        let mut list: Vec<&str> = view.names.iter().map(|n| n.name.as_str()).collect();
        list.dedup();
        out.push('\n');
        let words = Words::new("names  ", Ink::Dim).and(&list.join(", "), Ink::Plain);
        for l in words.wrap(paper.columns()) {
            out.push_str(&line(l, paper.colour));
        }
    }
    if let Some(event) = &view.event {
        let words = Words::new("ask `stemma why ", Ink::Dim);
        out.push('\n');
        out.push_str(&line(
            words.and(&id(event).write(false), Ink::Dim).and("` for its event", Ink::Dim),
            paper.colour,
        ));
    }
}
