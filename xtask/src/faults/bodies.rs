//! What the world's feeds and pages look like: RSS, Atom and JSON Feed, HTML, in UTF-8 and in older charsets.

use super::server::item_path;
use super::world::{Bad, Telling, World};
use std::fmt::Write;

/// An answer when nothing goes wrong.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// The status with its word.
    pub status: &'static str,
    /// Header lines beside the length.
    pub head: String,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What marks it.
    pub tag: Option<String>,
    /// A charset that it is not in.
    pub wrong_charset: &'static str,
    media: &'static str,
}

impl Body {
    /// A success.
    pub fn ok(media: &'static str, bytes: Vec<u8>) -> Self {
        let head = format!("Content-Type: {media}\r\n");
        Self { status: "200 OK", head, bytes, tag: None, wrong_charset: "iso-8859-1", media }
    }

    /// A status alone.
    pub fn status(status: &'static str) -> Self {
        Self { status, wrong_charset: "utf-8", media: "text/plain", ..Self::default() }
    }

    /// The header lines with a charset.
    pub fn head_with_charset(&self, charset: &str) -> String {
        format!("Content-Type: {}; charset={charset}\r\n", self.media)
    }

    /// The same in an old charset of one byte a letter.
    fn narrowed(mut self, text: &str) -> Self {
        self.bytes = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
        self.wrong_charset = "utf-8";
        self
    }
}

/// A feed as it is now.
pub fn feed(world: &World, feed: u64, port: u16) -> Body {
    let listed = world.listed(feed);
    let link = |t: &Telling| {
        format!("http://f{feed}.localhost:{port}{}?utm_source=feed", item_path(world, feed, t.item))
    };
    let (media, text) = match feed % 3 {
        0 => ("application/rss+xml", rss(world, feed, &listed, &link)),
        1 => ("application/atom+xml", atom(world, feed, &listed, &link)),
        _ => ("application/feed+json", json(world, feed, &listed, &link)),
    };
    let marks: Vec<u64> = listed.iter().flat_map(|t| [t.item, t.version]).collect();
    let tag = format!("\"{:x}\"", world.number(&marks));
    let body = Body::ok(media, Vec::new());
    let mut body =
        if is_narrow(feed) { body.narrowed(&text) } else { Body { bytes: text.into_bytes(), ..body } };
    let _ = write!(body.head, "ETag: {tag}\r\n");
    body.tag = Some(tag);
    body
}

/// Whether a feed is written in an old charset.
fn is_narrow(feed: u64) -> bool {
    feed.is_multiple_of(6)
}

fn summary(world: &World, telling: &Telling) -> String {
    let text = telling.text(world);
    if world.has_text(telling.feed, telling.item) { text.join("\n\n") } else { text[0].clone() }
}

fn rss(world: &World, feed: u64, listed: &[Telling], link: &dyn Fn(&Telling) -> String) -> String {
    let charset = if is_narrow(feed) { "iso-8859-1" } else { "utf-8" };
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"{charset}\"?>\n<rss version=\"2.0\"><channel><title>Post {feed}</title>"
    );
    for t in listed {
        let _ = write!(
            out,
            "<item><guid isPermaLink=\"false\">{feed}-{}</guid><title>{}</title><link>{}</link>\
             <pubDate>Fri, 04 Jul 2025 08:00:00 GMT</pubDate><description>{}</description></item>",
            t.item,
            t.title(world),
            link(t),
            summary(world, t)
        );
    }
    out + "</channel></rss>\n"
}

fn atom(world: &World, feed: u64, listed: &[Telling], link: &dyn Fn(&Telling) -> String) -> String {
    let mut out = format!("<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Gazette {feed}</title>");
    for t in listed {
        let _ = write!(
            out,
            "<entry><id>tag:{feed},{}</id><title>{}</title><link href=\"{}\"/><published>2025-07-04T08:00:00Z</published>\
             <updated>2025-07-04T0{}:00:00Z</updated><content>{}</content></entry>",
            t.item,
            t.title(world),
            link(t),
            7 + t.version,
            summary(world, t)
        );
    }
    out + "</feed>\n"
}

fn json(world: &World, feed: u64, listed: &[Telling], link: &dyn Fn(&Telling) -> String) -> String {
    let item = |t: &Telling| {
        serde_json::json!({
            "id": format!("{feed}/{}", t.item),
            "url": link(t),
            "title": t.title(world),
            "content_text": summary(world, t),
            "date_published": "2025-07-04T08:00:00Z",
            "date_modified": format!("2025-07-04T0{}:00:00Z", 7 + t.version),
        })
    };
    let items: Vec<serde_json::Value> = listed.iter().map(item).collect();
    let feed = serde_json::json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": format!("Courier {feed}"),
        "items": items,
    });
    feed.to_string()
}

/// An item's page.
pub fn page(world: &World, telling: Telling) -> Body {
    match world.bad(telling.feed, telling.item) {
        Bad::Missing => return Body::status("404 Not Found"),
        Bad::Bomb => {
            let body = Body::ok("text/html", packed_blanks(64 << 20));
            return Body { head: format!("{}Content-Encoding: gzip\r\n", body.head), ..body };
        }
        Bad::Binary => return Body::ok("application/pdf", b"%PDF-1.7\n\x00\x01\x02".to_vec()),
        Bad::Forbidden | Bad::No => {}
    }
    let narrow = telling.feed.is_multiple_of(7);
    let charset = if narrow { "windows-1252" } else { "utf-8" };
    let title = telling.title(world);
    let paragraphs: String = telling.text(world).iter().map(|p| format!("<p>{p}</p>\n")).collect();
    let text = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"{charset}\"><title>{title}</title></head><body>\
         <nav><a href=\"/\">Home</a> <a href=\"/sport\">Sport</a></nav>\n<article><h1>{title}</h1>\n{paragraphs}\
         </article>\n<footer>All rights reserved. Subscribe to our newsletter.</footer></body></html>"
    );
    let body = Body::ok("text/html", Vec::new());
    if narrow { body.narrowed(&text) } else { Body { bytes: text.into_bytes(), ..body } }
}

/// A gzip file that unpacks to so many bytes, all alike, by hand: blocks of one code each (RFC 1951 and 1952).
pub fn packed_blanks(n: usize) -> Vec<u8> {
    let mut bits = Bits::default();
    // One last block with fixed codes: a blank, then as many copies of 258 bytes from one byte before as fit.
    bits.put(0b011, 3);
    bits.code(0x30 + 0x20, 8);
    for _ in 0..n / 258 {
        bits.code(0b1100_0101, 8);
        bits.code(0, 5);
    }
    bits.code(0, 7);
    let mut out = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    out.extend(bits.done());
    // Nobody comes as far as the sum and the length.
    out.extend([0; 8]);
    out
}

#[derive(Default)]
struct Bits {
    out: Vec<u8>,
    held: u32,
    n: u32,
}

impl Bits {
    fn put(&mut self, value: u32, n: u32) {
        self.held |= value << self.n;
        self.n += n;
        while self.n >= 8 {
            self.out.push(self.held as u8);
            self.held >>= 8;
            self.n -= 8;
        }
    }

    /// A code goes in with its highest bit first.
    fn code(&mut self, code: u32, n: u32) {
        self.put(code.reverse_bits() >> (32 - n), n);
    }

    fn done(mut self) -> Vec<u8> {
        self.put(0, 7);
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bomb_is_small() {
        let bomb = packed_blanks(64 << 20);
        assert!(bomb.len() < 500_000 && bomb.starts_with(b"\x1f\x8b"), "{}", bomb.len());
    }
}
