//! Small parts that several sections draw: counts, links, dates.

use maud::{Markup, html};

pub use crate::wording::{count, thousands, value, when};

/// A link, or what it would hold where the page has nothing to link to.
pub fn link(href: Option<String>, inside: Markup) -> Markup {
    html! {
        @if let Some(href) = href { a href=(href) { (inside) } } @else { (inside) }
    }
}

/// A share as a percentage: `87 %`.
pub fn percent(share: f32) -> String {
    format!("{:.0} %", share.clamp(0.0, 1.0) * 100.0)
}

/// What was left out, in words, if anything was.
pub fn left_out(n: usize, one: &str, many: &str) -> Markup {
    html! {
        @if n > 0 { p.left { (count(n, one, many)) " not shown here" } }
    }
}
