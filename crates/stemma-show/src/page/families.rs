//! Families: the stemma drawn, its descents with their evidence, and the apparatus of variants.

use super::draw;
pub use super::draw::legend;
use super::leads::Leads;
use super::parts::{count, link, percent};
use super::text::{shown, words};
use crate::views::families::SpunView;
use crate::views::{DescentView, FamilyView, Quote, VariantView, names};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Descents listed for one family, and variants: the first of each are the surest and the
/// earliest in the text.
const N_DESCENTS: usize = 150;
const N_VARIANTS: usize = 100;
/// Swapped wordings listed for one report.
const N_PHRASES: usize = 20;

/// Draws families.
pub fn families(leads: &dyn Leads, families: &[FamilyView]) -> Markup {
    html! {
        @if !families.is_empty() {
            h3.part { "Families" }
            (legend())
        }
        @for family in families { (one(leads, family)) }
    }
}

/// Draws one.
pub fn one(leads: &dyn Leads, family: &FamilyView) -> Markup {
    html! {
        article.family id={ "f-" (family.id) } {
            p.head {
                span.label { "Family" } " "
                small {
                    (count(family.reports.len(), "report", "reports"))
                    @if !family.lost.is_empty() { ", " (family.lost.len()) " lost" }
                }
            }
            (draw::draw(leads, family))
            (descents(leads, family))
            @for spun in &family.spun { (swaps(leads, spun)) }
            (variants(leads, family))
        }
    }
}

fn descents(leads: &dyn Leads, family: &FamilyView) -> Markup {
    html! {
        @if !family.descents.is_empty() {
            details.descents open[family.descents.len() <= 12] {
                summary { "Who was made from whom, and why" }
                ul {
                    @for d in family.descents.iter().take(N_DESCENTS) { (descent(leads, d)) }
                }
                @if family.descents.len() > N_DESCENTS {
                    p.left { (family.descents.len() - N_DESCENTS) " more not shown here" }
                }
            }
        }
    }
}

fn descent(leads: &dyn Leads, d: &DescentView) -> Markup {
    html! {
        li {
            (link(leads.to_report(d.child), words(&d.child_file)))
            " ← " (parent(leads, d)) " "
            span.label { (names::descent(d.kind)) }
            " " small { (percent(d.confidence)) " sure, " (percent(d.coverage)) " of its words" }
            @if !d.also.is_empty() {
                small { ", perhaps also from " @for (i, name) in d.also.iter().enumerate() { @if i > 0 { ", " } (words(name)) } }
            }
            @if !d.evidence.is_empty() {
                span.why { @for (i, line) in d.evidence.iter().enumerate() { @if i > 0 { "; " } (shown(line)) } }
            }
        }
    }
}

/// The parent of a descent: a link to the report, or the lost report's name.
pub fn parent(leads: &dyn Leads, d: &DescentView) -> Markup {
    html! {
        @if let Some(id) = d.parent {
            (link(leads.to_report(id), words(d.parent_file.as_deref().unwrap_or("?"))))
        } @else if let Some(lost) = &d.lost {
            i { (words(&lost.id)) } small { " (lost)" }
        }
    }
}

fn swaps(leads: &dyn Leads, spun: &SpunView) -> Markup {
    html! {
        @if !spun.phrases.is_empty() {
            div.swaps {
                p { (link(leads.to_report(spun.report), words(&spun.file))) " looks spun " small { (percent(spun.probability)) } }
                ul {
                    @for p in spun.phrases.iter().take(N_PHRASES) {
                        li {
                            (link(leads.to_words(spun.report, p.span), words(&p.text)))
                            " for " i { (words(&p.usual)) }
                        }
                    }
                }
            }
        }
    }
}

fn variants(leads: &dyn Leads, family: &FamilyView) -> Markup {
    html! {
        @if !family.variants.is_empty() {
            table.apparatus {
                caption { "Variants" }
                thead { tr { th scope="col" { "differs" } th scope="col" { "readings" } } }
                tbody {
                    @for v in family.variants.iter().take(N_VARIANTS) { (variant(leads, v)) }
                }
            }
            @if family.variants.len() > N_VARIANTS {
                p.left { (family.variants.len() - N_VARIANTS) " more variants not shown here" }
            }
        }
    }
}

fn variant(leads: &dyn Leads, v: &VariantView) -> Markup {
    let mut groups: BTreeMap<&str, Vec<&Quote>> = BTreeMap::new();
    v.readings.iter().for_each(|r| groups.entry(&r.text).or_default().push(r));
    let original = |q: &&Quote| v.likely_original.contains(&q.report);
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups
        .sort_by_key(|(text, quotes)| (!quotes.iter().any(original), std::cmp::Reverse(quotes.len()), *text));
    html! {
        tr {
            th scope="row" { (names::variant(v.kind).to_lowercase()) }
            td {
                ul {
                    @for (text, quotes) in &groups {
                        li {
                            @if text.is_empty() { span.bare { "lacking" } } @else {
                                (link(leads.to_words(quotes[0].report, quotes[0].span), html! { b { (words(text)) } }))
                            }
                            span.by { @for q in quotes { " " (link(leads.to_words(q.report, q.span), words(&q.file))) } }
                            @if quotes.iter().any(original) { " " span.orig { "likely original" } }
                        }
                    }
                }
                @if !v.reason.is_empty() { p.why { (shown(&v.reason)) } }
            }
        }
    }
}
