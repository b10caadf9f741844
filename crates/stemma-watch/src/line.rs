//! A change as JSON -> a line for people.

use serde::Deserialize;
use stemma_show::term::harmless;

/// Letters of a headline or claim that are shown.
const SHOWN: usize = 120;

#[derive(Deserialize)]
struct Change {
    change: String,
    noticed: String,
    event: Option<Event>,
    entry: Option<Entry>,
}

#[derive(Deserialize)]
struct Event {
    id: String,
    headline: Option<Quote>,
    reports: Vec<Report>,
}

#[derive(Deserialize)]
struct Quote {
    text: String,
}

#[derive(Deserialize)]
struct Report {
    outlet: Option<String>,
    file: String,
}

#[derive(Deserialize)]
struct Entry {
    id: String,
    claim: String,
    origins: Vec<String>,
}

/// The line; the JSON itself where it is not what it should be.
///
/// ```
/// let json = r#"{"change": "disputed", "noticed": "2025-07-13T08:00:00Z",
///     "entry": {"id": "3fa2", "claim": "Two died", "origins": ["Lusa", "Ana Ode"]}}"#;
/// assert_eq!(stemma_watch::line(json), "2025-07-13 08:00  disputed      3fa2  Two died (Lusa, Ana Ode)");
/// ```
pub fn line(json: &str) -> String {
    let Ok(change) = serde_json::from_str::<Change>(json) else { return harmless(json) };
    let (id, words, who) = match (change.event, change.entry) {
        (Some(event), _) => {
            let words = event.headline.map_or_else(String::new, |quote| quote.text);
            (event.id, words, event.reports.into_iter().map(|r| r.outlet.unwrap_or(r.file)).collect())
        }
        (None, Some(entry)) => (entry.id, entry.claim, entry.origins),
        (None, None) => return harmless(json),
    };
    let noticed = change.noticed.replace('T', " ");
    let noticed: String = noticed.chars().take(16).collect();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let cut = if words.chars().count() > SHOWN { "…" } else { "" };
    let words: String = words.chars().take(SHOWN).collect();
    let kind = change.change.replace('_', " ");
    harmless(&format!("{noticed}  {kind:<12}  {id}  {words}{cut} ({})", few(who)))
}

/// The first names, and how many more there are.
fn few(mut names: Vec<String>) -> String {
    names.dedup();
    let more = names.len().saturating_sub(4);
    names.truncate(4);
    let listed = names.join(", ");
    if more == 0 { listed } else { format!("{listed} and {more} more") }
}
