//! The server asked as programs and browsers ask it, over a real ledger, without a socket.

use super::{App, Settings, router};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use axum::response::Response;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use stemma::model::RawReport;
use stemma_store::{Mode, Store};
use tempfile::TempDir;
use tower::ServiceExt;

const DISPATCH: &str = "KESSAU (Tarrow Press) - A fire at a paper mill killed two workers on Monday, the fire \
brigade said. The fire began at 3 a.m. in a store of rags, and 40 firefighters fought it until noon. Brigade \
chief Marta Olen said the roof had fallen in within ten minutes. \"We could not get to them,\" she said. The \
mill employs 310 people.";
const REPRINT: &str = "A fire at a paper mill killed two workers on Monday, the fire brigade said. The fire \
began at 3 a.m. in a store of rags, and 40 firefighters fought it until noon. Brigade chief Marta Olen said \
the roof had fallen in within ten minutes.";

/// A server over a ledger of its own.
struct Site {
    router: Router,
    ledger: PathBuf,
    _folder: TempDir,
}

impl Site {
    fn new(change: impl FnOnce(&mut Settings)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let ledger = folder.path().join("stemma.db");
        let raw = |key: &str, text: &str| RawReport {
            key: key.into(),
            file: key.into(),
            text: text.into(),
            outlet: Some("Kessau Courier".into()),
            ..RawReport::default()
        };
        let batch = [raw("a.txt", DISPATCH), raw("b.txt", REPRINT)].map(|r| (r.clone(), stemma::analyse(r)));
        Store::open(&ledger, Mode::Write).unwrap().add(&batch, &[]).unwrap();
        let mut settings = Settings {
            ledger: ledger.clone(),
            listen: ([127, 0, 0, 1], 0).into(),
            token: None,
            read_only: false,
            most_bytes: 1 << 20,
        };
        change(&mut settings);
        let router = router(Arc::new(App::open(settings).unwrap()));
        Self { router, ledger, _folder: folder }
    }

    async fn send(&self, request: Request<Body>) -> Response {
        self.router.clone().oneshot(request).await.unwrap()
    }

    async fn get(&self, path: &str) -> Response {
        self.send(asked(path).body(Body::empty()).unwrap()).await
    }

    async fn json(&self, path: &str) -> Value {
        let response = self.get(path).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        body(response).await
    }
}

fn asked(path: &str) -> axum::http::request::Builder {
    Request::builder().uri(path).header(header::HOST, "127.0.0.1:7878")
}

async fn body(response: Response) -> Value {
    serde_json::from_slice(&response.into_body().collect().await.unwrap().to_bytes()).unwrap()
}

async fn text(response: Response) -> String {
    String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

/// A refusal: its status, and that it says what to do.
async fn refused(response: Response) -> u16 {
    let status = response.status().as_u16();
    assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
    let problem = body(response).await;
    assert_eq!(problem["status"], status);
    assert!(problem["hint"].as_str().is_some_and(|h| !h.is_empty()), "{problem}");
    status
}

#[tokio::test]
async fn every_path_that_is_described_answers() {
    let site = Site::new(|_| {});
    let api = site.json("/api/v1/openapi.json").await;
    assert_eq!(api["openapi"], "3.1.0");
    let id = |list: Value| list["items"][0]["id"].as_str().unwrap().to_owned();
    let family = id(site.json("/api/v1/families").await);
    let event = id(site.json("/api/v1/events").await);
    let entry = id(site.json("/api/v1/entries").await);
    let story = id(site.json("/api/v1/storylines").await);
    for (path, ways) in api["paths"].as_object().unwrap() {
        if ways.get("get").is_none() || path.starts_with("/jobs") {
            continue;
        }
        let id = match path.as_str() {
            "/families/{id}" | "/why/{id}" => &family,
            "/events/{id}" => &event,
            "/entries/{id}" => &entry,
            "/storylines/{id}" => &story,
            _ => "a.txt",
        };
        let query = match path.as_str() {
            "/collation" => "?reports=a.txt,b.txt",
            "/check" => "?sentence=Two+workers+were+killed",
            _ => "",
        };
        site.json(&format!("/api/v1{}{query}", path.replace("{id}", id))).await;
    }
}

#[tokio::test]
async fn pages_of_a_list_hold_each_item_once() {
    let site = Site::new(|_| {});
    let all = site.json("/api/v1/entries?limit=500").await;
    let n = all["total"].as_u64().unwrap();
    assert!(n > 3 && all["next"].is_null());
    let mut seen = BTreeSet::new();
    let mut next = Some("/api/v1/entries?limit=2".to_owned());
    while let Some(path) = next {
        let page = site.json(&path).await;
        for item in page["items"].as_array().unwrap() {
            assert!(seen.insert(item["id"].as_str().unwrap().to_owned()), "{path}");
        }
        next = page["next"].as_str().map(str::to_owned);
    }
    assert_eq!(seen.len() as u64, n);
}

#[tokio::test]
async fn who_has_an_answer_is_told_so() {
    let site = Site::new(|_| {});
    for path in ["/", "/api/v1/families"] {
        let first = site.get(path).await;
        let tag = first.headers()[header::ETAG].clone();
        let again = asked(path).header(header::IF_NONE_MATCH, &tag).body(Body::empty()).unwrap();
        let again = site.send(again).await;
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(again.headers()[header::ETAG], tag);
        assert!(text(again).await.is_empty());
    }
}

#[tokio::test]
async fn what_cannot_be_answered_says_why() {
    let site = Site::new(|_| {});
    for (path, status) in [
        ("/api/v1/entries?limit=0", 400),
        ("/api/v1/entries?limit=many", 400),
        ("/api/v1/entries?standing=true", 400),
        ("/api/v1/entries?nothing=1", 400),
        ("/api/v1/entries/ffff", 404),
        ("/api/v1/reports/%00%ff", 404),
        ("/api/v1/reports/..%2F..%2Fetc%2Fpasswd", 404),
        ("/api/v1/collation?reports=a.txt", 400),
        ("/api/v1/collation?reports=a.txt,a.txt", 409),
        ("/api/v1/reports?standing=", 400),
        ("/api/v1/check?sentence=", 400),
        ("/api/v1/check", 400),
        ("/api/v1/jobs/7", 404),
        ("/api/v1/nowhere", 404),
    ] {
        assert_eq!(refused(site.get(path).await).await, status, "{path}");
    }
    for path in ["/reports?q=%22%29%20OR%20NEAR%28", "/reports?since=%00", "/reports?q=*", "/entries?from=-1"]
    {
        assert_eq!(site.get(path).await.status(), StatusCode::OK, "{path}");
    }
    assert_eq!(site.get("/reports/%22%3E%3Cscript%3E").await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn other_names_and_pages_are_kept_out() {
    let site = Site::new(|_| {});
    let named =
        |host: &str| Request::builder().uri("/").header(header::HOST, host).body(Body::empty()).unwrap();
    for (host, status) in
        [("localhost:1", 200), ("[::1]:1", 200), ("evil.example", 421), ("127.0.0.1.evil", 421)]
    {
        assert_eq!(site.send(named(host)).await.status(), status, "{host}");
    }
    let sent = |name: &str, value: &str| {
        let form = asked("/add/text")
            .method("POST")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        form.header(name, value).body(Body::from("text=A+lie.")).unwrap()
    };
    assert_eq!(refused(site.send(sent("origin", "https://evil.example")).await).await, 403);
    assert_eq!(refused(site.send(sent("sec-fetch-site", "cross-site")).await).await, 403);
    let own = site.send(sent("origin", "http://127.0.0.1:7878")).await;
    assert_eq!(own.status(), StatusCode::SEE_OTHER);
    let sealed = site.get("/").await;
    assert!(
        sealed.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().contains("script-src 'self'")
    );
}

#[tokio::test]
async fn a_token_is_asked_for() {
    let site = Site::new(|s| s.token = Some("a-long-enough-token".into()));
    assert_eq!(refused(site.get("/api/v1/ledger").await).await, 401);
    assert_eq!(site.get("/").await.status(), StatusCode::UNAUTHORIZED);
    for (token, status) in [("a-long-enough-token", 200), ("a-long-enough-tokem", 401)] {
        let request = asked("/api/v1/ledger").header(header::AUTHORIZATION, format!("Bearer {token}"));
        assert_eq!(site.send(request.body(Body::empty()).unwrap()).await.status(), status);
    }
    let form =
        asked("/enter").method("POST").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let entered = site.send(form.body(Body::from("token=a-long-enough-token")).unwrap()).await;
    let cookie = entered.headers()[header::SET_COOKIE].to_str().unwrap().to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && !cookie.contains("enough"));
    let request = asked("/").header(header::COOKIE, cookie.split(';').next().unwrap());
    assert_eq!(site.send(request.body(Body::empty()).unwrap()).await.status(), StatusCode::OK);
}

async fn posted(site: &Site, path: &str, given: &Value) -> Response {
    let request = asked(path).method("POST").header(header::CONTENT_TYPE, "application/json");
    let request = request.header(header::ACCEPT, "application/json, text/event-stream");
    site.send(request.body(Body::from(given.to_string())).unwrap()).await
}

#[tokio::test]
async fn reports_are_added_while_questions_are_answered() {
    let site = Site::new(|_| {});
    let given = json!({ "reports": [
        { "text": "Three people are dead after the mill burned down, its owner Jonas Brenk said.", "name": "c" },
        { "text": REPRINT, "name": "d", "published": "2025-03-02" },
    ] });
    for (read, known) in [(2, 0), (0, 2)] {
        let begun = posted(&site, "/api/v1/jobs", &given).await;
        assert_eq!(begun.status(), StatusCode::ACCEPTED);
        let at = begun.headers()[header::LOCATION].to_str().unwrap().to_owned();
        let mut job = site.json(&at).await;
        while job["over"] != true {
            site.json("/api/v1/families").await;
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            job = site.json(&at).await;
        }
        assert_eq!(
            (&job["state"], &job["read"], &job["known"]),
            (&json!("done"), &json!(read), &json!(known))
        );
        assert!(text(site.get(&format!("{at}/progress")).await).await.contains("event: progress"));
    }
    assert_eq!(site.json("/api/v1/ledger").await["reports"], 4);
    // The same as it would be if all had been read at once.
    let ledger = Store::open(&site.ledger, Mode::Read).unwrap().ledger().unwrap();
    let refs: Vec<_> = ledger.reports.iter().collect();
    assert_eq!(stemma::join(&refs).stemmas, ledger.joined.stemmas);
    let long = json!({ "reports": [{ "text": "word ".repeat(1 << 19) }] });
    assert_eq!(posted(&site, "/api/v1/jobs", &long).await.status(), StatusCode::PAYLOAD_TOO_LARGE);
    let undated = json!({ "reports": [{ "text": "A dam broke.", "published": "soon" }] });
    assert_eq!(refused(posted(&site, "/api/v1/jobs", &undated).await).await, 400);
}

#[tokio::test]
async fn nothing_is_added_to_what_is_read_only() {
    let site = Site::new(|s| s.read_only = true);
    let given = json!({ "reports": [{ "text": "A dam broke." }] });
    assert_eq!(refused(posted(&site, "/api/v1/jobs", &given).await).await, 403);
    assert_eq!(site.get("/add").await.status(), StatusCode::NOT_FOUND);
    assert!(!text(site.get("/").await).await.contains("/add"));
}

#[tokio::test]
async fn agents_are_answered_over_http() {
    let site = Site::new(|_| {});
    let call = |method: &str, params: Value| json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
    let hello = json!({ "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": { "name": "t", "version": "1" } });
    let begun = posted(&site, "/mcp", &call("initialize", hello)).await;
    assert_eq!(body(begun).await["result"]["serverInfo"]["name"], "stemma");
    let tools = body(posted(&site, "/mcp", &call("tools/list", json!({}))).await).await;
    assert_eq!(tools["result"]["tools"].as_array().unwrap().len(), 6);
    let asked = json!({ "name": "check_claim", "arguments": { "sentence": "Two workers were killed" } });
    let told = body(posted(&site, "/mcp", &call("tools/call", asked)).await).await;
    assert_eq!(told["result"]["structuredContent"]["outcome"], "supported", "{told}");
}

#[tokio::test]
async fn monitors_read_what_was_done_and_what_is_there() {
    let site = Site::new(|_| {});
    site.get("/api/v1/ledger").await;
    site.get("/none").await;
    let response = site.get("/metrics").await;
    assert!(
        response.headers()[header::CONTENT_TYPE].to_str().unwrap().starts_with("text/plain; version=0.0.4")
    );
    let text = response.into_body().collect().await.unwrap().to_bytes();
    let text = String::from_utf8(text.to_vec()).unwrap();
    for line in ["stemma_reports 2", "stemma_http_answers_total{status=\"4xx\"} 1", "stemma_jobs_waiting 0"] {
        assert!(text.lines().any(|l| l == line), "{line} in {text}");
    }
    let site = Site::new(|settings| settings.token = Some("a token of some length".into()));
    assert_eq!(site.get("/metrics").await.status(), StatusCode::UNAUTHORIZED);
}
