//! The top of a page: how much was read, what it comes to, and what stands where; and its foot.

use super::parts::{count, left_out, thousands, when};
use super::plan::{MAX_STORYLINES, Plan};
use super::text::{clip, words};
use crate::views::names;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Languages named in the head; the rest are counted.
const N_LANGUAGES: usize = 8;

/// Draws the top.
pub fn head(plan: &Plan) -> Markup {
    html! {
        header.top id="top" {
            p.brand { "stemma" }
            h1 { (count(plan.ledger.reports.len(), "report", "reports")) }
            p.lede { "What happened, who says so, who copied whom, and where the tellings differ. Every line leads to the words that say it." }
            (figures(plan))
            (standings(plan))
            (contents(plan))
        }
    }
}

fn figures(plan: &Plan) -> Markup {
    let joined = &plan.ledger.joined;
    let several = joined.stemmas.iter().filter(|s| s.reports.len() > 1).count();
    let origins: std::collections::BTreeSet<_> = joined.entries.iter().flat_map(|e| &e.origins).collect();
    let facts = [
        ("reports", thousands(plan.ledger.reports.len())),
        ("families", format!("{}, {} of several", thousands(joined.stemmas.len()), thousands(several))),
        ("origins", thousands(origins.len())),
        ("events", thousands(joined.groups.events.len())),
        ("storylines", thousands(joined.groups.storylines.len())),
        ("languages", languages(plan)),
        ("published", published(plan)),
    ];
    html! {
        dl.figures {
            @for (name, value) in facts { div { dt { (name) } dd { (value) } } }
        }
    }
}

fn languages(plan: &Plan) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for a in &plan.ledger.reports {
        *counts.entry(a.report.lang.code()).or_insert(0) += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(lang, n)| (std::cmp::Reverse(*n), *lang));
    let mut named: Vec<String> =
        counts.iter().take(N_LANGUAGES).map(|(lang, n)| format!("{lang} {}", thousands(*n))).collect();
    if counts.len() > N_LANGUAGES {
        named.push(format!("{} more", counts.len() - N_LANGUAGES));
    }
    named.join(" · ")
}

fn published(plan: &Plan) -> String {
    let dates = plan.ledger.reports.iter().filter_map(|a| a.report.published).map(|m| m.date);
    let undated = plan.ledger.reports.iter().filter(|a| a.report.published.is_none()).count();
    let day = |text: Option<String>| text.map(|d| when(&d));
    let mut text =
        match (day(dates.clone().min().map(|d| d.to_string())), day(dates.max().map(|d| d.to_string()))) {
            (Some(first), Some(last)) if first != last => format!("{first} – {last}"),
            (Some(first), _) => first,
            _ => return "not dated".to_owned(),
        };
    if undated > 0 {
        text += &format!(", {} not dated", thousands(undated));
    }
    text
}

fn standings(plan: &Plan) -> Markup {
    let n = |standing| plan.ledger.joined.entries.iter().filter(|e| e.standing == standing).count();
    html! {
        ul.standings aria-label="Entries by standing" {
            @for standing in names::STANDINGS {
                li class={ "st " (names::standing(standing)) } {
                    b { (thousands(n(standing))) } " " (names::standing(standing))
                }
            }
        }
    }
}

fn contents(plan: &Plan) -> Markup {
    html! {
        nav aria-label="Contents" {
            ol {
                @for chapter in &plan.chapters {
                    li {
                        a href={ "#s-" (chapter.id) } { (words(&clip(super::storylines::headline(chapter), 90))) }
                        " " small {
                            (count(chapter.events.len(), "event", "events")) ", "
                            (count(chapter.events.iter().map(|c| c.event.reports.len()).sum(), "report", "reports"))
                        }
                    }
                }
            }
            @if plan.chapters_left > 0 {
                p.left { "The " (MAX_STORYLINES) " most told storylines." }
            }
            (left_out(plan.chapters_left, "storyline", "storylines"))
            p { a href="#reports" { "The reports, word for word" } " " small { (count(plan.reports.len(), "report", "reports")) } }
        }
    }
}

/// What the words and signs of a page mean, at its foot.
pub fn foot() -> Markup {
    html! {
        footer {
            h2 { "Words of this page" }
            (meanings())
            p { a href="#top" { "To the top" } }
        }
    }
}

/// What the words of a page mean.
pub fn meanings() -> Markup {
    let standings = [
        ("disputed", "independent origins give readings that cannot both hold"),
        ("corrupted", "the difference entered in a copy"),
        ("updated", "a later telling replaces an earlier one"),
        ("corroborated", "told by two or more independent origins"),
        ("echoed", "told in several reports that lead back to one origin"),
        ("single", "one report, one origin"),
    ];
    html! {
        dl.words {
            @for (word, meaning) in standings {
                dt class={ "st " (word) } { (word) }
                dd { (meaning) }
            }
            dt { "origin" }
            dd { "where a telling stops leading further back: a speaker, an agency, or the first report of a family" }
            dt { "family" }
            dd { "reports made from one another; a lost report is an ancestor inferred, not read" }
        }
    }
}
