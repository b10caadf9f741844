//! Fetching from a server on loopback that behaves badly.

use super::*;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::thread::spawn;

/// Answers each connection with what the path's first letters name.
fn server(answer: impl Fn(&str) -> Vec<u8> + Send + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
            let path = lines.next().unwrap_or_default().split(' ').nth(1).unwrap_or("").to_owned();
            while lines.next().is_some_and(|line| !line.is_empty()) {}
            let _ = stream.write_all(&answer(&path));
        }
    });
    port
}

fn ok(head: &str, body: &[u8]) -> Vec<u8> {
    let mut answer =
        format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n{head}\r\n", body.len())
            .into_bytes();
    answer.extend(body);
    answer
}

fn gzipped(n: usize) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(&vec![b' '; n]).unwrap();
    packed.finish().unwrap()
}

fn answers(path: &str) -> Vec<u8> {
    let to = |to: &str| {
        format!("HTTP/1.1 302 Found\r\nConnection: close\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n")
    };
    match path {
        "/plain" => ok("Content-Type: Text/HTML; charset=\"ISO-8859-1\"\r\nETag: \"v1\"\r\n", b"Rain fell."),
        "/small" => ok("Content-Encoding: gzip\r\n", &gzipped(1_000)),
        "/bomb" => ok("Content-Encoding: gzip\r\n", &gzipped(50 << 20)),
        "/br" => ok("Content-Encoding: br\r\n", b"\x1b"),
        "/hop" => to("/plain").into_bytes(),
        "/loop" => to("/loop").into_bytes(),
        "/file" => to("file:///etc/passwd").into_bytes(),
        "/private" => to("http://192.168.0.1/").into_bytes(),
        "/cut" => b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 100\r\n\r\nRain".to_vec(),
        "/nonsense" => b"\xff\xfe\x00\x01\r\n\r\n".to_vec(),
        "/head" => ok(&format!("X: {}\r\n", "a".repeat(MOST_HEAD)), b""),
        "/busy" => {
            b"HTTP/1.1 503 No\r\nRetry-After: 7\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".to_vec()
        }
        "/long" => ok("", &vec![b'a'; 5_000]),
        _ => b"HTTP/1.1 404 No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".to_vec(),
    }
}

fn get(fetcher: &Fetcher, url: &str) -> Result<Answer, Trouble> {
    let url = Url::parse(url).unwrap();
    let asked = Asked { url: &url, etag: None, modified: None, accept: "*/*", most: 4_000 };
    fetcher.get(asked, &mut |_| true)
}

#[test]
fn what_comes_back_is_within_bounds() {
    let port = server(answers);
    let fetcher = Fetcher::new(true, Duration::from_secs(5), "stemma/test");
    let check = |path: &str, expected: &str| {
        let got = match get(&fetcher, &format!("http://x.localhost:{port}{path}")) {
            Ok(a) => format!("{} {} {}", a.status, a.body.len(), a.url.path()),
            Err(trouble) => trouble.to_string(),
        };
        assert!(got.starts_with(expected), "{path}: {got}");
    };
    check("/plain", "200 10 /plain");
    check("/small", "200 1000");
    check("/bomb", "it is longer than");
    check("/long", "it is longer than");
    check("/br", "it is packed as \"br\"");
    check("/hop", "200 10 /plain");
    check("/loop", "more than 6 redirects");
    check("/file", "a redirect leads to \"file:///etc/passwd\": only http and https");
    check("/missing", "404 0");
    for broken in ["/cut", "/nonsense", "/head"] {
        assert!(get(&fetcher, &format!("http://localhost:{port}{broken}")).is_err(), "{broken}");
    }
    let answer = get(&fetcher, &format!("http://localhost:{port}/plain")).unwrap();
    assert_eq!((answer.media.as_str(), answer.charset.as_deref()), ("text/html", Some("ISO-8859-1")));
    assert_eq!(answer.etag.as_deref(), Some("\"v1\""));
    let answer = get(&fetcher, &format!("http://localhost:{port}/busy")).unwrap();
    assert_eq!((answer.status, answer.retry_after), (503, Some(Duration::from_secs(7))));
}

#[test]
fn addresses_that_are_not_public_are_not_asked() {
    let port = server(answers);
    let fetcher = Fetcher::new(false, Duration::from_secs(5), "stemma/test");
    let hosts = [
        "localhost",
        "x.localhost",
        "127.0.0.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "2130706433",
        "0x7f.1",
        "0.0.0.0",
    ];
    for host in hosts {
        let got = get(&fetcher, &format!("http://{host}:{port}/plain"));
        assert!(matches!(got, Err(Trouble::Private)), "{host}: {got:?}");
    }
}

#[test]
fn each_hop_is_looked_at() {
    let port = server(answers);
    let fetcher = Fetcher::new(true, Duration::from_secs(5), "stemma/test");
    let url = Url::parse(&format!("http://localhost:{port}/private")).unwrap();
    let asked = Asked { url: &url, etag: None, modified: None, accept: "*/*", most: 4_000 };
    let got = fetcher.get(asked, &mut |hop| hop.host_str() == Some("localhost"));
    assert!(matches!(got, Err(Trouble::Forbidden)), "{got:?}");
}

#[test]
fn slow_servers_are_left() {
    let port = server(|_| {
        std::thread::sleep(Duration::from_secs(3));
        Vec::new()
    });
    let fetcher = Fetcher::new(true, Duration::from_millis(300), "stemma/test");
    let got = get(&fetcher, &format!("http://localhost:{port}/"));
    assert!(matches!(got, Err(Trouble::Slow)), "{got:?}");
}
