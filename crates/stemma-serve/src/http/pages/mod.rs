//! Pages for people: each asked of the ledger, drawn by `stemma-show`, framed, and sent with its tag.

mod things;
mod own;

pub(crate) use own::enter_page;

use super::api::{self, ReportsAsked, found};
use super::app::App;
use super::asked;
use super::assets::assets;
use super::problem::Problem;
use super::reply;
use crate::questions::{Collation, collated};
use axum::Router;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use maud::Markup;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use stemma::ledger::Lookup;
use stemma_show::site::lists::{self, OutletLine, Paging};
use stemma_show::site::things::path;
use stemma_show::site::tools::{Collated, Sought};
use stemma_show::site::{Around, Site, Tab, forms, frame, tools};
use stemma_show::views::entries::EntryFilter;
use stemma_show::views::{self, TimelineStory};
use stemma_show::wording::thousands;
use stemma_store::{Ask, Desk, DeskError, Outlet, Window};

/// Items on one page of a list.
const ITEMS: usize = 25;

pub(crate) fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/", get(stories))
        .route("/storylines/{id}", get(things::storyline))
        .route("/events/{id}", get(things::event))
        .route("/entries", get(entries))
        .route("/entries/{id}", get(things::entry))
        .route("/families", get(families))
        .route("/families/{id}", get(things::family))
        .route("/reports", get(reports))
        .route("/reports/{id}", get(things::report))
        .route("/outlets", get(outlets))
        .route("/outlets/{name}", get(things::outlet))
        .route("/collate", get(collate))
        .route("/check", get(check))
        .route("/add", get(own::add))
        .route("/jobs/{id}", get(own::job))
        .route("/words", get(own::words))
        .route("/enter", get(own::enter).post(own::entered))
}

/// A page, or the page that says why there is none.
pub(crate) type Shown = Result<Response, Response>;
type Shared = State<Arc<App>>;
type Words = Query<HashMap<String, String>>;

/// What stands in the frame.
struct Leaf {
    title: String,
    tab: Tab,
    query: String,
    main: Markup,
}

impl Leaf {
    fn new(title: impl Into<String>, tab: Tab, main: Markup) -> Self {
        Self { title: title.into(), tab, query: String::new(), main }
    }

    fn framed(&self, writes: bool, waiting: usize) -> String {
        let around = Around {
            title: &self.title,
            tab: self.tab,
            query: &self.query,
            writes,
            waiting,
            assets: assets(),
        };
        frame(&around, &self.main)
    }
}

/// Asks the ledger and draws what it says.
async fn shown(
    app: &Arc<App>,
    headers: &HeaderMap,
    draw: impl FnOnce(&Desk) -> Result<Leaf, DeskError> + Send + 'static,
) -> Shown {
    let writes = app.jobs.is_some();
    let page = app.ask(move |desk| {
        let leaf = draw(desk)?;
        Ok(leaf.framed(writes, desk.store().n_waiting()?))
    });
    match page.await {
        Ok(page) => Ok(reply::html(headers, page)),
        Err(problem) => Err(in_page(app, problem).await),
    }
}

/// A problem as a page.
pub(crate) async fn in_page(app: &Arc<App>, problem: Problem) -> Response {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let main = forms::problem(problem.status, &problem.detail, &problem.hint);
    let page = Leaf::new(problem.detail, Tab::Other, main).framed(app.jobs.is_some(), 0);
    (status, Html(page)).into_response()
}

/// For people who ask for what is not there.
pub(crate) async fn no_such_page(State(app): Shared) -> Response {
    in_page(&app, Problem::unknown("There is no such page", "the parts above lead to all there is")).await
}

/// Which page of a list, from the address.
fn window(words: &HashMap<String, String>) -> Window {
    let from = words.get("from").and_then(|n| n.parse::<usize>().ok()).unwrap_or(0);
    Window { from: from.min(1_000_000_000), most: ITEMS }
}

/// The ways to the pages before and behind.
fn paging(
    path_: &str,
    words: &HashMap<String, String>,
    window: Window,
    shown: usize,
    total: usize,
) -> Paging {
    let given: BTreeMap<&String, &String> =
        words.iter().filter(|(name, value)| *name != "from" && !value.is_empty()).collect();
    let given: String =
        given.into_iter().map(|(name, value)| format!("{}={}&", path(name), path(value))).collect();
    let to = |from: usize| format!("{path_}?{given}from={from}");
    let end = window.from.saturating_add(shown);
    let before = (window.from > 0).then(|| to(window.from.saturating_sub(window.most)));
    Paging { from: window.from, shown, total, ways: [before, (end < total && shown > 0).then(|| to(end))] }
}

/// Storylines with their events, those that most families tell first; and how many there are.
pub(crate) fn told(desk: &Desk, window: Window) -> Result<(usize, Vec<TimelineStory>), DeskError> {
    let part = desk.part(&Ask::Storylines, window)?;
    let joined = &part.ledger.joined;
    let order = joined.order().storylines;
    let rank: BTreeMap<_, usize> =
        order.iter().enumerate().map(|(rank, i)| (joined.groups.storylines[*i].id, rank)).collect();
    let mut stories = views::timeline::timeline(&Lookup::of(&part.ledger));
    stories.sort_by_key(|s| rank.get(&s.id).copied());
    Ok((part.n, stories))
}

async fn stories(State(app): Shared, headers: HeaderMap, Query(words): Words) -> Shown {
    let all = Arc::clone(&app);
    shown(&app, &headers, move |desk| {
        let window = window(&words);
        let f = desk.store().figures()?;
        let page = all.stories.page(desk, window, || told(desk, window))?;
        let (total, stories) = &*page;
        let mut languages: Vec<_> = f.languages.iter().collect();
        languages.sort_by_key(|(lang, n)| (std::cmp::Reverse(**n), *lang));
        let languages: Vec<String> =
            languages.into_iter().take(8).map(|(lang, n)| format!("{lang} {}", thousands(*n))).collect();
        let figures = vec![
            ("reports", thousands(f.reports)),
            (
                "families",
                format!("{}, {} of several", thousands(f.families), thousands(f.families_of_several)),
            ),
            ("events", thousands(f.events)),
            ("storylines", thousands(f.storylines)),
            ("languages", languages.join(" · ")),
            ("published", lists::span(f.published.as_ref())),
        ];
        let p = paging("/", &words, window, stories.len(), *total);
        Ok(Leaf::new("", Tab::Stories, lists::stories(&figures, &f.standings, stories, &p)))
    })
    .await
}

async fn entries(State(app): Shared, headers: HeaderMap, Query(words): Words) -> Shown {
    let chosen = match asked::standing(words.get("standing").map(String::as_str).filter(|w| !w.is_empty())) {
        Ok(chosen) => chosen,
        Err(problem) => return Err(in_page(&app, problem).await),
    };
    shown(&app, &headers, move |desk| {
        let window = window(&words);
        let part = desk.part(&Ask::Entries { standing: chosen, event: None, storyline: None }, window)?;
        let lookup = Lookup::of(&part.ledger);
        let entries = views::entries::entries(&lookup, EntryFilter { standing: chosen, event: None });
        let p = paging("/entries", &words, window, entries.len(), part.n);
        Ok(Leaf::new("Entries", Tab::Entries, lists::entries(&Site::of(&lookup), chosen, &entries, &p)))
    })
    .await
}

async fn families(State(app): Shared, headers: HeaderMap, Query(words): Words) -> Shown {
    shown(&app, &headers, move |desk| {
        let window = window(&words);
        let part = desk.part(&Ask::FamilyNames, window)?;
        let mut views = views::families::families(&Lookup::of(&part.ledger));
        views.truncate(window.most);
        let p = paging("/families", &words, window, views.len(), part.n);
        Ok(Leaf::new("Families", Tab::Families, lists::families(&views, &p)))
    })
    .await
}

async fn reports(State(app): Shared, headers: HeaderMap, Query(words): Words) -> Shown {
    let word = |name: &str| words.get(name).cloned().filter(|w| !w.is_empty());
    let asked = ReportsAsked {
        q: word("q"),
        name: word("name"),
        outlet: word("outlet"),
        lang: word("lang"),
        since: word("since"),
        until: word("until"),
        standing: word("standing"),
        ..ReportsAsked::default()
    };
    let query = match asked.query() {
        Ok(query) => query,
        Err(problem) => return Err(in_page(&app, problem).await),
    };
    shown(&app, &headers, move |desk| {
        let window = window(&words);
        let (total, views) = found(desk, query.as_ref(), window)?;
        let word = |name: &str| words.get(name).map_or("", String::as_str);
        let sought = Sought {
            q: word("q"),
            name: word("name"),
            outlet: word("outlet"),
            lang: word("lang"),
            since: word("since"),
            until: word("until"),
            standing: word("standing"),
        };
        let p = paging("/reports", &words, window, views.len(), total);
        // Links to words need no more than ids.
        let none = stemma::Ledger::default();
        let main = tools::search(&Site::of(&Lookup::of(&none)), &sought, &views, &p);
        let query = sought.q.to_owned();
        Ok(Leaf { query, ..Leaf::new("Reports", Tab::Reports, main) })
    })
    .await
}

fn line(outlet: Outlet) -> OutletLine {
    OutletLine {
        href: format!("/outlets/{}", path(&outlet.name)),
        name: outlet.name,
        reports: outlet.reports,
        descended: outlet.descended,
        published: outlet.published,
    }
}

async fn outlets(State(app): Shared, headers: HeaderMap, Query(words): Words) -> Shown {
    shown(&app, &headers, move |desk| {
        let window = window(&words);
        let (found, total) = desk.store().outlets(window)?;
        let p = paging("/outlets", &words, window, found.len(), total);
        let lines: Vec<OutletLine> = found.into_iter().map(line).collect();
        Ok(Leaf::new("Outlets", Tab::Outlets, lists::outlets(&lines, &p)))
    })
    .await
}

/// Names with commas between.
pub(crate) fn named(typed: &str) -> Vec<String> {
    typed.split(',').map(str::trim).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

async fn collate(State(app): Shared, headers: HeaderMap, Query(words): Words) -> Shown {
    shown(&app, &headers, move |desk| {
        let names = named(words.get("reports").map_or("", String::as_str));
        let view = if names.is_empty() { None } else { Some(collated(desk, &names)?) };
        let view = view.map(|view| match view {
            Collation::Two(view) => Collated::Two(view),
            Collation::Several(view) => Collated::Several(view),
        });
        let none = stemma::Ledger::default();
        let main = tools::collate(&Site::of(&Lookup::of(&none)), &names, view.as_ref());
        Ok(Leaf::new("Collate", Tab::Collate, main))
    })
    .await
}

async fn check(State(app): Shared, headers: HeaderMap, Query(words): Words) -> Shown {
    shown(&app, &headers, move |desk| {
        let sentence = words.get("sentence").map_or("", |s| s.trim());
        let view = if sentence.is_empty() { None } else { Some(api::checked(desk, sentence, (None, None))?) };
        let none = stemma::Ledger::default();
        let main = tools::check(&Site::of(&Lookup::of(&none)), sentence, view.as_ref());
        Ok(Leaf::new("Check a claim", Tab::Check, main))
    })
    .await
}

fn lacks(word: &str) -> DeskError {
    DeskError::unknown(format!("the ledger has no \"{word}\""), "lists and search give what there is")
}
