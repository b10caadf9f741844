//! What stands around every served page: the way to the others, the search, the foot.

use crate::page;
use maud::{DOCTYPE, Markup, html};

/// How served pages look: as the self-contained page, and what only they have.
pub const STYLE: &[&str] = &[page::STYLE, include_str!("site.css")];

/// What is pleasant and not needed.
pub const SCRIPT: &str = include_str!("site.js");

/// The sign of the site: a stemma of three.
pub const ICON: &str = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><path d='M3 3v10M3 8h8M3 13h8' \
fill='none' stroke='#974800' stroke-width='1.6'/><g fill='#974800'><circle cx='3' cy='3' r='2.4'/><circle cx='12' \
cy='8' r='2.4'/><circle cx='12' cy='13' r='2.4'/></g></svg>";

/// The parts of a site that are always at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// Storylines.
    Stories,
    /// Entries.
    Entries,
    /// Families.
    Families,
    /// Reports, and the search.
    Reports,
    /// Outlets.
    Outlets,
    /// Reports side by side.
    Collate,
    /// A sentence held against the ledger.
    Check,
    /// New reports.
    Add,
    /// None of them.
    Other,
}

const TABS: [(Tab, &str, &str); 8] = [
    (Tab::Stories, "/", "Stories"),
    (Tab::Entries, "/entries", "Entries"),
    (Tab::Families, "/families", "Families"),
    (Tab::Reports, "/reports", "Reports"),
    (Tab::Outlets, "/outlets", "Outlets"),
    (Tab::Collate, "/collate", "Collate"),
    (Tab::Check, "/check", "Check a claim"),
    (Tab::Add, "/add", "Add reports"),
];

/// What a page stands in.
#[derive(Clone, Debug)]
pub struct Around<'a> {
    /// Its name, for the browser.
    pub title: &'a str,
    /// The part that it belongs to.
    pub tab: Tab,
    /// What was searched for.
    pub query: &'a str,
    /// Whether reports can be added.
    pub writes: bool,
    /// How many reports were read since all were last joined.
    pub waiting: usize,
    /// Where the style, the script and the sign are.
    pub assets: [&'a str; 3],
}

/// Sets a page in its frame.
pub fn frame(around: &Around, main: &Markup) -> String {
    let title = around.title;
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { @if title.is_empty() { "stemma" } @else { (crate::term::harmless(title)) " · stemma" } }
                link rel="stylesheet" href=(around.assets[0]);
                link rel="icon" type="image/svg+xml" href=(around.assets[2]);
                script src=(around.assets[1]) defer {}
            }
            body.site {
                a.skip href="#main" { "To the page" }
                (bar(around))
                main id="main" tabindex="-1" { (main) }
                footer.foot {
                    p { a href="/words" { "What the words and marks mean" } " · " a href="/api/v1/openapi.json" { "API" } }
                }
            }
        }
    };
    page.into_string()
}

fn bar(around: &Around) -> Markup {
    html! {
        header.bar {
            a.brand href="/" { "stemma" }
            nav aria-label="Parts" {
                ul {
                    @for (tab, href, name) in TABS {
                        @if tab != Tab::Add || around.writes {
                            li { a href=(href) aria-current=[(tab == around.tab).then_some("page")] { (name) } }
                        }
                    }
                }
            }
            form role="search" action="/reports" method="get" {
                label.unseen for="find" { "Words to find in reports" }
                input id="find" type="search" name="q" value=(around.query) placeholder="Find words" maxlength="500";
                button type="submit" { "Find" }
            }
        }
        @if around.waiting > 0 {
            p.waiting role="status" {
                (page::parts::count(around.waiting, "report is", "reports are"))
                " read and not yet joined with the others; what stands here is from before."
            }
        }
    }
}
