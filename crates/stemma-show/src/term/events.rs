//! Events as a table, and on the timeline.

use super::Paper;
use super::entries::NAMES;
use super::grid::Grid;
use super::parts::{count, few, id, line, short, tally};
use super::words::{Ink, Words};
use crate::views::{EventView, TimelineEvent, TimelineStory};
use crate::wording::when;

/// Headlines are cut to so many columns.
const HEADLINE: usize = 140;

/// Writes events as a table.
pub fn events(views: &[EventView], paper: Paper) -> String {
    if views.is_empty() {
        return "no events\n".into();
    }
    let mut grid = Grid::new(&["event", "time", "place", "happening", "who", "told by"]);
    for e in views {
        let files: Vec<&str> = e.reports.iter().map(|r| r.file.as_str()).collect();
        let families = count(e.n_families, "family", "families");
        grid.row(vec![
            vec![id(&e.id)],
            vec![or_dash(e.time.as_deref().map(when).as_deref())],
            vec![or_dash(e.place.as_deref())],
            vec![headline(e.headline.as_ref().map(|h| h.text.as_str()))],
            vec![Words::new(&e.actors.join(", "), Ink::Cyan)],
            vec![Words::from(few(files.into_iter(), NAMES)), Words::new(&families, Ink::Dim)],
        ]);
    }
    grid.write(paper)
}

/// Writes storylines with their events in order.
pub fn timeline(views: &[TimelineStory], paper: Paper) -> String {
    if views.is_empty() {
        return "no storylines\n".into();
    }
    let mut out = String::new();
    for (i, story) in views.iter().enumerate() {
        if i > 0 {
            out.push('\n');
        }
        let head = Words::new(&format!("storyline {}", short(&story.id)), Ink::Dim);
        let size = format!("  {}", count(story.events.len(), "event", "events"));
        out.push_str(&line(head.and(&size, Ink::Plain), paper.colour));
        let mut grid = Grid::new(&["", "", "", "", ""]);
        for e in &story.events {
            let told =
                count(e.n_reports, "report", "reports") + ", " + &count(e.n_families, "family", "families");
            grid.row(vec![
                vec![time(e)],
                vec![headline(e.headline.as_ref().map(|h| h.text.as_str()))],
                vec![or_dash(e.place.as_deref())],
                vec![told.into(), Words::new(&tally(&e.standings), Ink::Dim)],
                vec![id(&e.id)],
            ]);
        }
        out.push_str(&grid.write(paper));
    }
    out
}

/// When it was; else before when it was told.
fn time(event: &TimelineEvent) -> Words {
    match (&event.time, &event.told) {
        (Some(time), _) => Words::new(&when(time), Ink::Bold),
        (None, Some(told)) => Words::new(&format!("by {}", when(told)), Ink::Dim),
        (None, None) => Words::new("undated", Ink::Dim),
    }
}

fn headline(text: Option<&str>) -> Words {
    or_dash(text).clip(HEADLINE)
}

fn or_dash(text: Option<&str>) -> Words {
    text.map_or_else(|| Words::new("–", Ink::Dim), Words::from)
}
