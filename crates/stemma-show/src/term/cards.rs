//! Cards of events, and what new reports add to events.

use super::Paper;
use super::entries::NAMES;
use super::parts::{behind, count, few, line, quoted, short};
use super::words::{Ink, Words};
use crate::views::{ActorView, CardView, ChangeView, ChangedValue, Quote};
use crate::wording::{value, when};

/// What follows a label stands so far in.
const MARGIN: &str = "         ";
/// New claims shown of an event; `--json` has all.
const CLAIMS: usize = 12;
/// Sentences are cut to so many columns.
const LONG: usize = 300;

/// Writes cards one under the other.
pub fn cards(views: &[CardView], paper: Paper) -> String {
    let cards: Vec<String> = views.iter().map(|c| card(c, paper)).collect();
    cards.join("\n")
}

fn card(c: &CardView, paper: Paper) -> String {
    let e = &c.event;
    let mut out = head(e.headline.as_ref(), paper);
    let place = [e.time.as_deref().map(when), e.place.clone()].into_iter().flatten().collect::<Vec<_>>();
    row(&mut out, "when", &place.join(", ").into(), paper);
    let who: Vec<String> = c.who.iter().map(actor).collect();
    row(&mut out, "who", &Words::new(&who.join("; "), Ink::Cyan), paper);
    let counts = [
        count(e.reports.len(), "report", "reports"),
        count(e.n_families, "family", "families"),
        count(c.n_origins, "origin", "origins"),
        c.languages.join(" "),
    ];
    row(&mut out, "told by", &counts.join(", ").into(), paper);
    if let (Some(first), Some(last)) = (&c.first, &c.last) {
        let told = format!(
            "{} {} – {} {}",
            when(&first.published),
            first.report.file,
            when(&last.published),
            last.report.file
        );
        row(&mut out, "told", &told.into(), paper);
    }
    for said in &c.quotes {
        let speaker = format!("  {}, {}", said.speaker.as_deref().unwrap_or(""), said.words.file);
        row(&mut out, "said", &Words::from(quoted(&said.words.text)).and(&speaker, Ink::Dim), paper);
    }
    for sentence in &c.brief {
        row(&mut out, "brief", &with_source(sentence), paper);
    }
    let files: Vec<&str> = e.reports.iter().map(|r| r.file.as_str()).collect();
    row(&mut out, "reports", &few(files.into_iter(), 4 * NAMES).into(), paper);
    row(
        &mut out,
        "ids",
        &Words::new(&format!("event {}, storyline {}", short(&e.id), short(&e.storyline)), Ink::Dim),
        paper,
    );
    out
}

fn head(headline: Option<&Quote>, paper: Paper) -> String {
    let text = headline.map_or("without a headline", |h| h.text.trim());
    line(Words::new(text, Ink::Bold), paper.colour)
}

/// A label, then words behind a margin; nothing if there are no words.
fn row(out: &mut String, label: &str, words: &Words, paper: Paper) {
    let lines = behind(MARGIN, words, paper);
    if words.width() > 0 {
        let label = Words::new(&format!("{label:<w$}", w = MARGIN.len()), Ink::Dim);
        out.push_str(&label.write(paper.colour));
        out.push_str(lines.strip_prefix(MARGIN).unwrap_or(&lines));
    }
}

fn actor(actor: &ActorView) -> String {
    match &actor.role {
        Some(role) => format!("{} ({})", actor.name, role.text.trim()),
        None => actor.name.clone(),
    }
}

fn with_source(quote: &Quote) -> Words {
    Words::from(quote.text.trim()).clip(LONG).and(&format!("  {}", quote.file), Ink::Dim)
}

/// Writes what new reports add.
pub fn changes(views: &[ChangeView], paper: Paper) -> String {
    if views.is_empty() {
        return "nothing new\n".into();
    }
    let events: Vec<String> = views.iter().map(|c| change(c, paper)).collect();
    events.join("\n")
}

fn change(c: &ChangeView, paper: Paper) -> String {
    let mut out = head(c.event.headline.as_ref(), paper);
    let files = few(c.added.iter().map(|r| r.file.as_str()).collect::<Vec<_>>().into_iter(), NAMES);
    let what = if c.is_new { "a new event" } else { "told before" };
    let told = Words::from(what).and(&format!(", event {}; now told by ", short(&c.event.id)), Ink::Dim);
    row(&mut out, "event", &told.and(&files, Ink::Plain), paper);
    for changed in &c.changed {
        row(&mut out, "changed", &values(changed), paper);
    }
    for claim in c.claims.iter().take(CLAIMS) {
        row(&mut out, "new", &with_source(&claim.sentence), paper);
    }
    if c.claims.len() > CLAIMS {
        row(&mut out, "", &Words::new(&format!("… and {} more", c.claims.len() - CLAIMS), Ink::Dim), paper);
    }
    for speaker in &c.speakers {
        let name = Words::new(&speaker.name, Ink::Cyan);
        row(&mut out, speaker.kind, &name.and("  ", Ink::Plain).and(&speaker.sentence.file, Ink::Dim), paper);
    }
    out
}

fn values(changed: &ChangedValue) -> Words {
    let before: Vec<String> = changed.before.iter().map(|v| value(v)).collect();
    let mut words =
        Words::new(&before.join(", "), Ink::Dim).and(" → ", Ink::Dim).and(&value(&changed.after), Ink::Bold);
    words.push("  ", Ink::Plain);
    words.extend(with_source(&changed.sentence));
    words
}
