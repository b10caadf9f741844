//! The stemma of a family as a drawing: an SVG that flows with the page's colours.
//!
//! Lines say how a report was made from another, marks whether it was read; the list beside
//! the drawing says the same in words.

use super::leads::Leads;
use super::parts::when;
use super::text::clip;
use super::tree::{Layout, Node, layout};
use crate::term::harmless;
use crate::views::{FamilyView, names};
use maud::{Markup, html};
use stemma::trace::DescentKind;

/// Height of a row, width of the space for names, room at the top for dates and left of the first
/// column, in pixels.
const ROW: usize = 34;
const NAMES: usize = 250;
const TOP: usize = 34;
const LEFT: usize = 18;
/// Columns are as wide as they can be in this many pixels, within the two bounds.
const SPREAD: usize = 460;
const COLUMN: (usize, usize) = (30, 110);
/// Letters of a name.
const N_NAME: usize = 34;

/// Draws a family.
pub fn draw(leads: &dyn Leads, family: &FamilyView) -> Markup {
    let laid = layout(family);
    let sheet = Sheet { column: (SPREAD / laid.n_columns.max(1)).clamp(COLUMN.0, COLUMN.1), laid: &laid };
    let (width, height) = sheet.size();
    html! {
        div.tree tabindex="0" role="group" aria-label="Stemma of the family" {
            svg width=(width) height=(height) viewBox={ "0 0 " (width) " " (height) } {
                (sheet.axis())
                @for node in &laid.nodes { (sheet.line(node)) }
                @for node in &laid.nodes { (sheet.node(leads, family, node)) }
            }
        }
        @if laid.left > 0 { p.left { (laid.left) " more reports of the family not drawn" } }
    }
}

/// What the lines and marks mean.
pub fn legend() -> Markup {
    let kinds = [
        DescentKind::Copy,
        DescentKind::Excerpt,
        DescentKind::Edit,
        DescentKind::Spin,
        DescentKind::Translation,
    ];
    html! {
        ul.legend {
            @for kind in kinds {
                li {
                    svg width="44" height="12" viewBox="0 0 44 12" aria-hidden="true" { (stroke("M2 6H42", Some(kind), (42, 6))) }
                    " " (names::descent(kind).to_lowercase())
                }
            }
            li { svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" { (mark(8, 8, Look::Lost)) } " lost report" }
            li { svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" { (mark(8, 8, Look::Spun)) } " spun" }
        }
    }
}

struct Sheet<'t> {
    column: usize,
    laid: &'t Layout,
}

impl Sheet<'_> {
    fn size(&self) -> (usize, usize) {
        (LEFT + self.laid.n_columns * self.column + NAMES, TOP + self.laid.nodes.len() * ROW)
    }

    fn at(&self, node: &Node) -> (usize, usize) {
        (LEFT + node.column * self.column, TOP + node.row * ROW + ROW / 2)
    }

    /// The moments along the top, where there is room for their dates.
    fn axis(&self) -> Markup {
        let height = self.size().1;
        let mut free = 0;
        let ticks = self.laid.moments.iter().map(|(column, date)| {
            let x = LEFT + column * self.column;
            let named = x >= free;
            if named {
                free = x + 118;
            }
            (x, named.then(|| when(date)))
        });
        let ticks: Vec<_> = ticks.collect();
        html! {
            @for (x, date) in &ticks {
                line.tick x1=(x) x2=(x) y1=(TOP - 10) y2=(height) {}
                @if let Some(date) = date { text.date x=(x - LEFT / 2) y="14" { (harmless(date)) } }
            }
            @if ticks.is_empty() { text.date x=(LEFT / 2) y="14" { "not dated: generations from left to right" } }
        }
    }

    /// The line from a node to its parent.
    fn line(&self, node: &Node) -> Markup {
        let Some((parent, kind)) = node.parent else { return html! {} };
        let (x0, y0) = self.at(&self.laid.nodes[parent]);
        let (x1, y1) = self.at(node);
        let bend = 9.min(x1.abs_diff(x0));
        let path = if x1 > x0 {
            format!("M{x0} {y0}V{}Q{x0} {y1} {} {y1}H{x1}", y1 - bend, x0 + bend)
        } else {
            format!("M{x0} {y0}C{x0} {} {} {y1} {x1} {y1}", (y0 + y1) / 2, x1 + 30)
        };
        stroke(&path, kind, (x1, y1))
    }

    fn node(&self, leads: &dyn Leads, family: &FamilyView, node: &Node) -> Markup {
        let (x, y) = self.at(node);
        let report = node.report.map(|i| &family.reports[i]);
        let spun = report.is_some_and(|r| family.spun.iter().any(|s| s.report == r.id));
        let look = if report.is_none() {
            Look::Lost
        } else if spun {
            Look::Spun
        } else {
            Look::Read
        };
        let about = report.map(|r| {
            let parts = [r.outlet.as_deref(), Some(r.lang.as_str())];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
        });
        html! {
            (mark(x, y, look))
            text x=(x + 13) y=(y + 4) {
                (name(report.and_then(|r| leads.to_report(r.id)), &node.name, look))
                tspan.about dx="7" { (clip(&harmless(&about.unwrap_or_default()), N_NAME)) }
            }
        }
    }
}

fn name(href: Option<String>, name: &str, look: Look) -> Markup {
    let name = clip(&harmless(name), N_NAME);
    html! {
        @if let Some(href) = href { a href=(href) { tspan.name { (name) } } }
        @else if look == Look::Lost { tspan.lostname { (name) } }
        @else { tspan { (name) } }
    }
}

/// What a report looks like.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Read,
    Lost,
    Spun,
}

fn mark(x: usize, y: usize, look: Look) -> Markup {
    html! {
        @match look {
            Look::Read => circle.read cx=(x) cy=(y) r="5" {},
            Look::Lost => circle.lost cx=(x) cy=(y) r="6" {},
            Look::Spun => path.spun d={ "M" (x) " " (y - 7) "l7 7l-7 7l-7 -7z" } {},
        }
    }
}

/// A line that ends at `end` from the left: solid, ticked, dashed, dotted or double.
fn stroke(path: &str, kind: Option<DescentKind>, (x, y): (usize, usize)) -> Markup {
    let class = kind.map_or("unknown".to_owned(), |k| names::descent(k).to_lowercase());
    html! {
        path class={ "by " (class) } d=(path) {}
        @if kind == Some(DescentKind::Translation) { path.gap d=(path) {} }
        @if kind == Some(DescentKind::Excerpt) { path.by.copy d={ "M" (x - 11) " " (y - 5) "v10" } {} }
    }
}
