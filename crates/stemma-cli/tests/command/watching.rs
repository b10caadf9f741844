//! Feeds watched from a server on loopback, with and without faults.

use super::Desk;
use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use xtask::faults::{Server, Trial, World, run};

/// A server without faults, on which nothing changes.
fn server(feeds: u64) -> std::sync::Arc<Server> {
    let world = World::new(5, feeds, Duration::from_secs(3_600), 0);
    world.freeze();
    Server::start(world, Duration::from_secs(1)).unwrap()
}

fn list(desk: &Desk, server: &Server) {
    let lines: String = (0..server.world.feeds).map(|feed| server.address(feed) + "\n").collect();
    desk.write("feeds.txt", lines);
}

/// What a round prints: the changes, and what was watched.
fn round(desk: &Desk, more: &[&str]) -> (Vec<Value>, Value) {
    let args = [&["watch", "--once", "--json", "--allow-private", "--delay", "0s"], more].concat();
    let out = desk.ok(&args);
    let mut lines: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let last = lines.pop().unwrap();
    (lines, last["watched"].clone())
}

#[test]
fn a_round_reads_tells_and_is_not_repeated() {
    let (desk, server) = (Desk::new(), server(8));
    list(&desk, &server);
    let hook = format!("http://hook.localhost:{}/hook", server.port);
    let (changes, watched) = round(&desk, &["feeds.txt", "--webhook", &hook]);
    let n_items = (0..8).map(|feed| server.world.published(feed)).sum::<u64>();
    assert_eq!(watched["items"].as_u64(), Some(n_items));
    assert!(changes.iter().any(|c| c["change"] == "new_event"), "{changes:?}");
    assert_eq!(server.log().posted.len(), changes.len());
    assert_eq!(server.log().impolite, 0);
    // The feeds are known now; nothing has changed.
    let (changes, watched) = round(&desk, &[]);
    assert_eq!((changes.len(), watched["read"].as_u64(), watched["polls"].as_u64()), (0, Some(0), Some(8)));
    let out = desk.ok(&["watch", "--once", "--allow-private"]);
    assert!(out.starts_with("Watched 8 feeds: 0 items"), "{out}");
}

#[test]
fn what_a_ledger_holds_before_it_is_watched_is_not_told() {
    let (desk, server) = (super::desk_with_pile(), server(1));
    let (changes, _) = round(&desk, &[&server.address(0)]);
    let told = serde_json::to_string(&changes).unwrap();
    assert!(told.contains("Pel") || !changes.is_empty());
    assert!(!told.contains("first.txt") && !told.contains("reprint.txt"), "{told}");
}

#[test]
fn addresses_that_are_not_public_are_not_fetched() {
    let (desk, server) = (Desk::new(), server(1));
    let out = desk.ok(&["watch", "--once", "--json", &server.address(0)]);
    assert!(out.contains("\"failed_polls\":1"), "{out}");
    assert!(out.contains("it leads to an address that is not public"), "{out}");
    assert!(server.log().requests.is_empty());
}

#[test]
fn what_cannot_be_watched_is_told() {
    let desk = Desk::new();
    desk.fails(&["watch"], "there are no feeds to watch");
    desk.fails(&["watch", "none.opml"], "cannot read \"none.opml\"");
    desk.fails(
        &["watch", "ftp://x.example/feed"],
        "cannot watch \"ftp://x.example/feed\": only http and https",
    );
    desk.write("feeds.txt", "news\n");
    desk.fails(&["watch", "feeds.txt"], "line 1 has \"news\"");
    desk.write("feeds.opml", "<opml></opml>");
    desk.fails(&["watch", "feeds.opml"], "there are no feeds to watch");
}

#[test]
fn a_watch_of_feeds_that_go_wrong_loses_and_repeats_nothing() {
    let desk = Desk::new();
    let trial = Trial {
        stemma: env!("CARGO_BIN_EXE_stemma").into(),
        folder: desk.path().to_owned(),
        seed: 3,
        feeds: 20,
        time: Duration::from_secs(8),
        pace: Duration::from_secs(2),
        every: Duration::from_millis(800),
        patience: Duration::from_secs(1),
        faults: 100,
        kills: 2,
        calm: Duration::from_secs(60),
    };
    let done = run(&trial).unwrap();
    assert!(done.checked.is_sound(), "{done:#?}");
    assert!(done.checked.reports > 50 && done.checked.changes > 0, "{done:#?}");
    assert!(done.faults.iter().map(|(_, n)| n).sum::<u64>() > 10, "{done:#?}");
}

#[test]
fn a_long_run_tells_what_it_does_and_monitors_read_it() {
    let (desk, server) = (Desk::new(), server(2));
    list(&desk, &server);
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut child = desk_watch(&desk, &free.to_string());
    let text = asked_until(free, "stemma_watch_read_total 3");
    assert!(
        text.contains("stemma_watch_feeds 2\n") && text.contains("# TYPE stemma_watch_held gauge"),
        "{text}"
    );
    Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let mut log = String::new();
    child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for message in ["watching", "read", "stopping"] {
        assert!(lines.iter().any(|line| line["message"] == message), "{message} in {log}");
    }
    let wrong = desk.command(&["families"]).env("STEMMA_LOG", "stemma_watch=loud").output().unwrap();
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("cannot understand STEMMA_LOG"));
}

fn desk_watch(desk: &Desk, metrics: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_stemma"))
        .args([
            "watch",
            "feeds.txt",
            "--allow-private",
            "--delay",
            "0s",
            "--log",
            "json",
            "--metrics",
            metrics,
        ])
        .current_dir(desk.path())
        .env_remove("STEMMA_LEDGER")
        .env_remove("STEMMA_LOG")
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Asks for the metrics until a line is there.
fn asked_until(at: std::net::SocketAddr, line: &str) -> String {
    let begun = Instant::now();
    loop {
        let mut text = String::new();
        if let Ok(mut stream) = TcpStream::connect(at) {
            let _ = stream.write_all(b"GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n");
            let _ = stream.read_to_string(&mut text);
        }
        if text.lines().any(|l| l == line) {
            return text;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "{line} never came: {text}");
        std::thread::sleep(Duration::from_millis(50));
    }
}
