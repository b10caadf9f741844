//! Search, collation, and a sentence held against the ledger.

use super::leads::Site;
use super::lists::{self, Paging, paging};
use crate::page::parts::{count, percent};
use crate::page::text::{self, shown, words};
use crate::page::{Leads, entries};
use crate::term;
use crate::views::search::FoundView;
use crate::views::{
    CheckView, CollationSide, CollationView, FindingView, Range, ReportRef, TableView, names,
};
use maud::{Markup, PreEscaped, html};
use stemma::model::ReportId;

/// What was asked of the search.
#[derive(Clone, Debug, Default)]
pub struct Sought<'a> {
    /// Words.
    pub q: &'a str,
    /// Someone or something named.
    pub name: &'a str,
    /// An outlet.
    pub outlet: &'a str,
    /// A language.
    pub lang: &'a str,
    /// Published then or later.
    pub since: &'a str,
    /// Published then or before.
    pub until: &'a str,
    /// With an entry of this standing.
    pub standing: &'a str,
}

/// The search, with what it found or the latest reports.
pub fn search(site: &Site, sought: &Sought, found: &[FoundView], p: &Paging) -> Markup {
    let asked =
        [sought.q, sought.name, sought.outlet, sought.lang, sought.since, sought.until, sought.standing];
    let any = asked.iter().any(|a| !a.is_empty());
    html! {
        h1 { @if any { (count(p.total, "report", "reports")) " found" } @else { "Reports" } }
        (sieve(sought))
        @if found.is_empty() {
            p.left { @if any { "No report has all of that. Fewer words find more; word* finds beginnings; \"two words\" a phrase." } @else { "None yet." } }
        }
        (lists::found(site, found))
        (paging(p))
    }
}

fn sieve(sought: &Sought) -> Markup {
    let fields = [
        ("q", "words", sought.q, "search"),
        ("name", "names", sought.name, "text"),
        ("outlet", "outlet", sought.outlet, "text"),
        ("lang", "language", sought.lang, "text"),
        ("since", "since", sought.since, "text"),
        ("until", "until", sought.until, "text"),
    ];
    html! {
        form.sieve action="/reports" method="get" {
            @for (name, label, value, kind) in fields {
                label { span { (label) } input type=(kind) name=(name) value=(value) maxlength="500"; }
            }
            label {
                span { "standing" }
                select name="standing" {
                    option value="" selected[sought.standing.is_empty()] { "any" }
                    @for standing in names::STANDINGS {
                        @let word = names::standing(standing);
                        option value=(word) selected[word == sought.standing] { (word) }
                    }
                }
            }
            button type="submit" { "Find" }
        }
    }
}

/// What is laid side by side.
pub enum Collated {
    /// Two reports, sentence by sentence.
    Two(CollationView),
    /// Several, against the first.
    Several(TableView),
}

/// Reports side by side; without any, the form that asks for them.
pub fn collate(site: &Site, asked: &[String], collated: Option<&Collated>) -> Markup {
    html! {
        h1 { "Collate" }
        form.sieve action="/collate" method="get" {
            label.wide {
                span { "two reports or more, by id or file name" }
                input type="text" name="reports" value=(asked.join(", ")) required maxlength="2000";
            }
            button type="submit" { "Lay side by side" }
        }
        @match collated {
            None => p.left { "Each sentence of the first report stands beside what the others have of it; what differs is marked." },
            Some(Collated::Two(view)) => (two(site, view)),
            Some(Collated::Several(view)) => (several(site, view)),
        }
    }
}

fn two(site: &Site, view: &CollationView) -> Markup {
    html! {
        p.lede {
            @match view.copying {
                Some(p) => { (percent(p)) " sure that one was made from the other, or both from a third" },
                None => "No likeness found: each sentence stands alone",
            }
        }
        div.wide tabindex="0" role="group" aria-label="Collation" {
            table.collation {
                thead { tr { (heading(site, &view.a)) (heading(site, &view.b)) } }
                tbody {
                    @for row in &view.rows {
                        tr class=[row.score.is_none().then_some("alone")] {
                            td data-of=(term::harmless(&view.a.file)) { @if let Some(side) = &row.a { (cell(site, view.a.id, side, row.score.is_some())) } }
                            td data-of=(term::harmless(&view.b.file)) { @if let Some(side) = &row.b { (cell(site, view.b.id, side, row.score.is_some())) } }
                        }
                    }
                }
            }
        }
        (legend())
    }
}

fn several(site: &Site, view: &TableView) -> Markup {
    html! {
        div.wide tabindex="0" role="group" aria-label="Collation" {
            table.collation {
                thead { tr { @for report in &view.reports { (heading(site, report)) } } }
                tbody {
                    @for row in &view.rows {
                        @let paired = row.cells.iter().filter(|c| !c.is_empty()).count() > 1;
                        tr class=[(!paired).then_some("alone")] {
                            @for (report, sides) in view.reports.iter().zip(&row.cells) {
                                td data-of=(term::harmless(&report.file)) { @for side in sides { (cell(site, report.id, side, paired)) " " } }
                            }
                        }
                    }
                }
            }
        }
        (legend())
    }
}

fn heading(site: &Site, report: &ReportRef) -> Markup {
    html! { th scope="col" { a href=[site.to_report(report.id)] { (words(&report.file)) } } }
}

fn legend() -> Markup {
    html! {
        p.marks {
            "Marks: " span.differs { "words that the other has not" } ", "
            span.differs.meant { "a difference in meaning" }
        }
    }
}

/// What one report has in a line, with the words that differ marked.
fn cell(site: &Site, report: ReportId, side: &CollationSide, paired: bool) -> Markup {
    let mut marks: Vec<(Range, Option<&str>)> =
        side.variants.iter().map(|v| (v.span, Some(names::variant(v.kind)))).collect();
    let free = |r: &Range| side.variants.iter().all(|v| r[1] <= v.span[0] || v.span[1] <= r[0]);
    marks.extend(side.differs.iter().filter(|r| paired && free(r)).map(|r| (*r, None)));
    marks.sort_by_key(|m| m.0);
    let mut out = String::new();
    let mut at = 0;
    for ([start, end], kind) in marks {
        let from = (start.saturating_sub(side.span[0]) as usize).max(at);
        let to = end.saturating_sub(side.span[0]) as usize;
        let (Some(before), Some(inside)) = (side.text.get(at..from), side.text.get(from..to.max(from)))
        else {
            continue;
        };
        text::push(&mut out, before);
        match kind {
            Some(kind) => out.push_str(&format!("<span class=\"differs meant\" title=\"{kind}\">")),
            None => out.push_str("<span class=\"differs\">"),
        }
        text::push(&mut out, inside);
        out.push_str("</span>");
        at = to.max(from);
    }
    text::push(&mut out, side.text.get(at..).unwrap_or_default());
    html! {
        bdi { (PreEscaped(out)) } " "
        a.there href=[site.to_words(report, side.span)] aria-label="to these words in the report" { "¶" }
    }
}

/// A sentence and what the ledger has for it; without one, the form that asks for it.
pub fn check(site: &Site, sentence: &str, view: Option<&CheckView>) -> Markup {
    html! {
        h1 { "Check a claim" }
        form.sieve action="/check" method="get" {
            label.wide {
                span { "one sentence, in any language" }
                input type="text" name="sentence" value=(sentence) required maxlength="4000" placeholder="Two people were killed in the fire";
            }
            button type="submit" { "Check" }
        }
        @match view {
            None => p.left { "It is held against every entry; numbers and dates are compared as intervals, and copies count once." },
            Some(view) => {
                p class={ "outcome " (names::key(&view.outcome)) } role="status" { (view.words) }
                @for finding in &view.findings { (found(site, finding)) }
            }
        }
    }
}

fn found(site: &Site, f: &FindingView) -> Markup {
    let sides = [
        ("so", &f.supported_by),
        ("less, or something else besides", &f.qualified_by),
        ("otherwise", &f.disputed_by),
    ];
    html! {
        section class={ "finding " (names::bearing(f.bearing)) } {
            h2 { (names::bearing(f.bearing)) " " small { (percent(f.likeness)) " the same claim" } }
            @for (what, origins) in sides {
                @if !origins.is_empty() {
                    p.by { (count(origins.len(), "origin says", "origins say")) " " (what) ": " @for (i, o) in origins.iter().enumerate() { @if i > 0 { ", " } (words(o)) } }
                }
            }
            @let reasons: std::collections::BTreeSet<&str> = f.tellings.iter().flat_map(|t| &t.reasons).map(|r| r.words.as_str()).collect();
            @if !reasons.is_empty() { p.why { @for (i, why) in reasons.iter().enumerate() { @if i > 0 { "; " } (shown(why)) } } }
            (entries::full(site, &f.entry))
        }
    }
}
