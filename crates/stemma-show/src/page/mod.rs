//! The page: a ledger as one HTML file that needs nothing else, for reading and printing.
//!
//! A ledger goes in, HTML comes out. No script, no address outside the page: its own policy
//! forbids both, so that a report cannot bring any in. Everything that a report says is shown
//! as text. The same ledger gives the same page.

pub mod text;
mod leads;
mod plan;
mod body;
pub(crate) mod parts;
pub(crate) mod head;
pub(crate) mod storylines;
pub(crate) mod entries;
mod tree;
mod draw;
pub(crate) mod families;
pub(crate) mod reports;

#[cfg(test)]
mod tests;

pub(crate) use leads::Leads;

use maud::{DOCTYPE, PreEscaped, html};
use plan::Plan;
use stemma::Ledger;
use stemma::ledger::Lookup;

/// How pages look, here and on a server.
pub(crate) const STYLE: &str = include_str!("page.css");

/// No script and nothing from elsewhere, whatever stands in the page.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// Writes a ledger as a self-contained HTML page.
///
/// A large ledger is shown in part, the most told storylines first; the page says what it leaves out.
///
/// ```
/// use stemma::model::RawReport;
/// let raw = RawReport { key: "a".into(), file: "a.txt".into(), text: "The dam held 3 < 5 & broke.".into(), ..RawReport::default() };
/// let page = stemma_show::page::page(&stemma::ledger(vec![raw]));
/// assert!(page.starts_with("<!DOCTYPE html>") && page.contains("3 &lt; 5 &amp; broke"));
/// ```
pub fn page(ledger: &Ledger) -> String {
    let ledger = Lookup::of(ledger);
    let plan = Plan::new(&ledger);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title { "stemma: " (parts::count(ledger.reports.len(), "report", "reports")) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                (head::head(&plan))
                main {
                    (storylines::storylines(&plan))
                    (reports::reports(&plan))
                }
                (head::foot())
            }
        }
    };
    page.into_string()
}
