//! Pages for people: each asked of the ledger, drawn by `stemma-show`, framed, and sent with its tag.

use super::api::{self, ReportsAsked, found};
use super::app::App;
use super::asked::{self, Named};
use super::assets::assets;
use super::problem::Problem;
use super::{guard, reply};
use crate::jobs::JobView;
use crate::questions::{Collation, collated};
use axum::Router;
use axum::extract::{Form, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::Markup;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use stemma::ledger::{Lookup, Thing};
use stemma_show::site::lists::{self, OutletLine, Paging};
use stemma_show::site::things::path;
use stemma_show::site::tools::{Collated, Sought};
use stemma_show::site::{Around, Site, Tab, forms, frame, things, tools};
use stemma_show::views::entries::EntryFilter;
use stemma_show::views::{self, FamilyView, TimelineStory, WhyView};
use stemma_show::wording::thousands;
use stemma_store::{Ask, Desk, DeskError, Outlet, Window};

/// Items on one page of a list.
const ITEMS: usize = 25;
/// Families drawn on the page of an event, the largest first.
const FAMILIES: usize = 8;

pub(crate) fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/", get(stories))
        .route("/storylines/{id}", get(storyline))
        .route("/events/{id}", get(event))
        .route("/entries", get(entries))
        .route("/entries/{id}", get(entry))
        .route("/families", get(families))
        .route("/families/{id}", get(family))
        .route("/reports", get(reports))
        .route("/reports/{id}", get(report))
        .route("/outlets", get(outlets))
        .route("/outlets/{name}", get(outlet))
        .route("/collate", get(collate))
        .route("/check", get(check))
        .route("/add", get(add))
        .route("/jobs/{id}", get(job))
        .route("/words", get(words))
        .route("/enter", get(enter).post(entered))
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
fn paging(path_: &str, words: &HashMap<String, String>, window: Window, shown: usize, total: usize) -> Paging {
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
    shown(&app, &headers, move |desk| {
        let window = window(&words);
        let f = desk.store().figures()?;
        let (total, stories) = told(desk, window)?;
        let mut languages: Vec<_> = f.languages.iter().collect();
        languages.sort_by_key(|(lang, n)| (std::cmp::Reverse(**n), *lang));
        let languages: Vec<String> =
            languages.into_iter().take(8).map(|(lang, n)| format!("{lang} {}", thousands(*n))).collect();
        let figures = vec![
            ("reports", thousands(f.reports)),
            ("families", format!("{}, {} of several", thousands(f.families), thousands(f.families_of_several))),
            ("events", thousands(f.events)),
            ("storylines", thousands(f.storylines)),
            ("languages", languages.join(" · ")),
            ("published", lists::span(f.published.as_ref())),
        ];
        let p = paging("/", &words, window, stories.len(), total);
        Ok(Leaf::new("", Tab::Stories, lists::stories(&figures, &f.standings, &stories, &p)))
    })
    .await
}

async fn storyline(State(app): Shared, headers: HeaderMap, id: Named, Query(words): Words) -> Shown {
    shown(&app, &headers, move |desk| {
        let thing = desk.resolve(&id.0, "storyline", |t| matches!(t, Thing::Storyline(_)))?;
        let Thing::Storyline(story) = thing else { return Err(lacks(&id.0)) };
        let window = window(&words);
        let part = desk.part(&Ask::Things(vec![thing]), 1)?;
        let view = views::timeline::timeline(&Lookup::of(&part.ledger)).into_iter().next();
        let view = view.ok_or_else(|| lacks(&id.0))?;
        let ask = Ask::Entries { standing: None, event: None, storyline: Some(story) };
        let claims = desk.part(&ask, window)?;
        let lookup = Lookup::of(&claims.ledger);
        let entries = views::entries::entries(&lookup, EntryFilter::default());
        let p = paging(&format!("/storylines/{story}"), &words, window, entries.len(), claims.n);
        let main = things::storyline(&Site::of(&lookup), &view, &entries, &p);
        Ok(Leaf::new(lists::name(&view.events), Tab::Stories, main))
    })
    .await
}

async fn event(State(app): Shared, headers: HeaderMap, id: Named, Query(words): Words) -> Shown {
    shown(&app, &headers, move |desk| {
        let event = desk.event(&id.0)?;
        let window = window(&words);
        let claims = desk.part(&Ask::Entries { standing: None, event: Some(event), storyline: None }, window)?;
        let filter = EntryFilter { standing: None, event: Some(event) };
        let entries = views::entries::entries(&Lookup::of(&claims.ledger), filter);
        let part = desk.part(&Ask::Things(vec![Thing::Event(event)]), 1)?;
        let lookup = Lookup::of(&part.ledger);
        let told = lookup.event(event).ok_or_else(|| lacks(&id.0))?;
        let card = views::card::card(&lookup, told);
        let telling = |f: &FamilyView| f.reports.len() + f.lost.len() > 1 || !f.spun.is_empty();
        let mut kin = views::families::families(&lookup);
        kin.retain(telling);
        kin.truncate(FAMILIES);
        let p = paging(&format!("/events/{event}"), &words, window, entries.len(), claims.n);
        let main = things::event(&Site::of(&lookup), &card, &entries, &kin, &p);
        let title = card.event.headline.as_ref().map_or("Event", |h| h.text.trim());
        Ok(Leaf::new(title, Tab::Stories, main))
    })
    .await
}

async fn entries(State(app): Shared, headers: HeaderMap, Query(words): Words) -> Shown {
    let chosen = match asked::standing(words.get("standing").map(String::as_str)) {
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

async fn entry(State(app): Shared, headers: HeaderMap, id: Named) -> Shown {
    shown(&app, &headers, move |desk| {
        let thing = desk.resolve(&id.0, "entry", |t| matches!(t, Thing::Entry(_)))?;
        let part = desk.part(&Ask::Things(vec![thing]), 1)?;
        let lookup = Lookup::of(&part.ledger);
        let Some(WhyView::Entry(why)) = views::why::why(&lookup, thing) else { return Err(lacks(&id.0)) };
        let main = things::entry(&Site::of(&lookup), &why.entry, &why.sentences);
        Ok(Leaf::new(why.entry.claim.clone(), Tab::Entries, main))
    })
    .await
}

async fn families(State(app): Shared, headers: HeaderMap, Query(words): Words) -> Shown {
    shown(&app, &headers, move |desk| {
        let window = window(&words);
        let part = desk.part(&Ask::Families, window)?;
        let mut views = views::families::families(&Lookup::of(&part.ledger));
        views.truncate(window.most);
        let p = paging("/families", &words, window, views.len(), part.n);
        Ok(Leaf::new("Families", Tab::Families, lists::families(&views, &p)))
    })
    .await
}

async fn family(State(app): Shared, headers: HeaderMap, id: Named) -> Shown {
    shown(&app, &headers, move |desk| {
        let thing = desk.resolve(&id.0, "family", |t| matches!(t, Thing::Family(_)))?;
        let part = desk.part(&Ask::Things(vec![thing]), 1)?;
        let lookup = Lookup::of(&part.ledger);
        let mut found = views::families::families(&lookup).into_iter();
        let view = found.find(|f| thing == Thing::Family(f.id)).ok_or_else(|| lacks(&id.0))?;
        Ok(Leaf::new(lists::root(&view), Tab::Families, things::family(&Site::of(&lookup), &view)))
    })
    .await
}

async fn reports(State(app): Shared, headers: HeaderMap, Query(words): Words) -> Shown {
    let word = |name: &str| words.get(name).cloned();
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

async fn report(State(app): Shared, headers: HeaderMap, id: Named, Query(words): Words) -> Shown {
    shown(&app, &headers, move |desk| {
        let report = desk.report(&id.0)?;
        let part = desk.part(&Ask::Things(vec![Thing::Report(report)]), 1)?;
        let lookup = Lookup::of(&part.ledger);
        let view = views::report::report(&lookup, report).ok_or_else(|| lacks(&id.0))?;
        let site = Site::of(&lookup).reading(asked::span(words.get("at").map(String::as_str)));
        let title = view.title.as_deref().unwrap_or(&view.file).to_owned();
        Ok(Leaf::new(title, Tab::Reports, things::report(&site, &view)))
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

async fn outlet(State(app): Shared, headers: HeaderMap, name: Named, Query(words): Words) -> Shown {
    shown(&app, &headers, move |desk| {
        let window = window(&words);
        let (outlet, ids) = desk.store().outlet(&name.0, window)?.ok_or_else(|| lacks(&name.0))?;
        let part = desk.part(&Ask::Reports(ids.clone()), window)?;
        let lookup = Lookup::of(&part.ledger);
        let found = views::search::found(&lookup, &ids, &[]);
        let line = line(outlet);
        let p = paging(&line.href, &words, window, found.len(), line.reports);
        let main = things::outlet(&Site::of(&lookup), &line, &found, &p);
        Ok(Leaf::new(line.name, Tab::Outlets, main))
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

async fn add(State(app): Shared, headers: HeaderMap) -> Shown {
    if app.jobs.is_none() {
        return Err(no_such_page(State(app)).await);
    }
    let main = forms::add(app.settings.most_bytes);
    Ok(reply::html(&headers, Leaf::new("Add reports", Tab::Add, main).framed(true, 0)))
}

async fn job(State(app): Shared, headers: HeaderMap, id: Named) -> Shown {
    let found = api::numbered(&id.0).and_then(|n| api::watched(&app, n));
    let view = match found {
        Ok(job) => job.borrow().clone(),
        Err(problem) => return Err(in_page(&app, problem).await),
    };
    let main = work(&view);
    Ok(reply::html(&headers, Leaf::new("Reading", Tab::Add, main).framed(true, 0)))
}

fn work(view: &JobView) -> Markup {
    let reports: Vec<(String, String)> =
        view.reports.iter().map(|r| (r.id.to_string(), r.file.clone())).collect();
    let notes: Vec<(String, String)> =
        view.notes.iter().map(|n| (n.input.clone(), n.detail.clone())).collect();
    forms::work(&forms::Work {
        id: view.id,
        doing: &view.doing,
        over: view.over,
        failed: view.error.as_deref().map(|what| (what, view.hint.as_deref().unwrap_or(""))),
        read: view.read,
        known: view.known,
        reports: &reports,
        notes: &notes,
    })
}

async fn words(State(app): Shared, headers: HeaderMap) -> Response {
    let leaf = Leaf::new("Words and marks", Tab::Other, things::meanings());
    reply::html(&headers, leaf.framed(app.jobs.is_some(), 0))
}

async fn enter() -> Response {
    enter_page(StatusCode::OK, false)
}

/// The page that asks for the token.
pub(crate) fn enter_page(status: StatusCode, wrong: bool) -> Response {
    let page = Leaf::new("Token", Tab::Other, forms::enter(wrong)).framed(false, 0);
    (status, Html(page)).into_response()
}

async fn entered(State(app): Shared, Form(words): Form<HashMap<String, String>>) -> Response {
    let given = words.get("token").map_or("", |t| t.trim());
    let Some(token) = app.settings.token.as_deref().filter(|token| guard::same(given, token)) else {
        return enter_page(StatusCode::FORBIDDEN, true);
    };
    let cookie = format!("{}={}; HttpOnly; SameSite=Strict; Path=/", guard::COOKIE, guard::cookie_of(token));
    let mut response = Redirect::to("/").into_response();
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

fn lacks(word: &str) -> DeskError {
    DeskError::unknown(format!("the ledger has no \"{word}\""), "lists and search give what there is")
}
