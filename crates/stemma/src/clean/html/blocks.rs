//! HTML -> blocks: a page's lines in order, each with where it stands and how much of it is links.
//!
//! One pass over tags and words, no tree; elements that close late or never are mended by name.

use super::visible::{Piece, pieces, resolve};
use aho_corasick::AhoCorasick;
use std::sync::LazyLock;

/// What stands around a block, as bits.
pub(super) mod around {
    /// Navigation, a menu, breadcrumbs.
    pub(in crate::clean::html) const NAV: u16 = 1;
    /// The foot of the page.
    pub(in crate::clean::html) const FOOT: u16 = 2;
    /// Beside the text.
    pub(in crate::clean::html) const ASIDE: u16 = 4;
    /// A form, a button.
    pub(in crate::clean::html) const FORM: u16 = 8;
    /// An article or the main part.
    pub(in crate::clean::html) const MAIN: u16 = 16;
    /// A class or id that names furniture.
    pub(in crate::clean::html) const NAMED: u16 = 32;
    /// A figure's caption.
    pub(in crate::clean::html) const FIGURE: u16 = 64;
    /// A table.
    pub(in crate::clean::html) const TABLE: u16 = 128;
    /// A list.
    pub(in crate::clean::html) const LIST: u16 = 256;
    /// Not shown.
    pub(in crate::clean::html) const HIDDEN: u16 = 512;
    /// The head of the page or of an article.
    pub(in crate::clean::html) const HEAD: u16 = 1024;
    /// A class or id that names the text of an article.
    pub(in crate::clean::html) const BODY: u16 = 2048;
    /// A heading.
    pub(in crate::clean::html) const HEADING: u16 = 4096;
    /// A paragraph.
    pub(in crate::clean::html) const PARAGRAPH: u16 = 8192;
    /// A class or id names what stands by itself: comments, a caption, an author's life, a legal notice.
    pub(in crate::clean::html) const APART: u16 = 16384;
    /// A heading of the first level.
    pub(in crate::clean::html) const TITLE: u16 = 32768;
    /// All that say that a block is no part of a text.
    pub(in crate::clean::html) const FURNITURE: u16 = NAV | FOOT | ASIDE | FORM | NAMED | HIDDEN | APART;
}

/// A line of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Block {
    /// Its words, references resolved.
    pub(super) text: String,
    /// How many bytes of them are in links.
    pub(super) linked: usize,
    /// What stands around it.
    pub(super) around: u16,
}

/// Elements that hold no others.
const EMPTY: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];

/// Elements that another of the same kind, or an end of its parent, closes.
const LOOSE: &[&str] = &["p", "li", "dd", "dt", "td", "th", "tr", "option", "tbody", "thead", "tfoot"];

/// Elements that stand inside a line.
pub(super) const INLINE: &[&str] = &[
    "a", "b", "i", "em", "strong", "span", "font", "u", "s", "small", "sub", "sup", "mark", "q", "cite",
    "abbr", "time", "code", "wbr", "img", "label", "bdi", "bdo", "ins", "del", "kbd", "var", "tt", "big",
];

/// Elements whose words no reader sees, or that are no part of a text.
const SILENT: &[&str] = &[
    "head", "svg", "math", "noscript", "template", "select", "title", "script", "style", "textarea",
    "iframe", "object", "video", "audio", "canvas", "dialog",
];

/// The blocks of a page, in order.
pub(super) fn blocks(html: &str) -> Vec<Block> {
    let mut walk = Walk::default();
    for piece in pieces(html) {
        match piece {
            Piece::Text(range) => walk.text(&html[range]),
            Piece::Tag(name, closes, tag) => walk.tag(name, closes, tag),
        }
    }
    walk.flush();
    walk.close(0);
    surround(&mut walk.out, &walk.elements);
    walk.out
}

/// Says of each block what stands around it. An element around much of what the page tells is no
/// furniture, whatever its name.
fn surround(blocks: &mut [Block], elements: &[Element]) {
    let mut told = vec![0usize];
    for block in blocks.iter() {
        let last = told[told.len() - 1];
        told.push(
            last + if block.text.len() >= LONG && block.linked * 2 < block.text.len() {
                block.text.len()
            } else {
                0
            },
        );
    }
    let all = told[blocks.len()];
    for element in elements.iter().filter(|e| e.around != 0 && e.start < e.end) {
        let inside = told[element.end] - told[element.start];
        let much = inside as f32 > MUCH * all as f32;
        let bits = if much { element.around & !around::FURNITURE } else { element.around };
        for block in &mut blocks[element.start..element.end] {
            block.around |= bits;
        }
    }
}

/// A block of this many bytes is told, rather than a label.
const LONG: usize = 80;

/// The share of what a page tells above which an element around it is no furniture. Lists of
/// related reports hold less, wrappers with misleading names mostly nearly all.
const MUCH: f32 = 0.4;

/// An element: the blocks in it, and what it says of them.
struct Element {
    start: usize,
    end: usize,
    around: u16,
}

#[derive(Default)]
struct Walk {
    out: Vec<Block>,
    now: Block,
    /// Open elements: name, place among the elements, whether they silence.
    open: Vec<(String, usize, bool)>,
    elements: Vec<Element>,
    links: usize,
    silent: usize,
}

impl Walk {
    fn text(&mut self, text: &str) {
        if self.silent > 0 {
            return;
        }
        let text = resolve(text);
        let before = self.now.text.len();
        if text.starts_with(char::is_whitespace) && before > 0 && !self.now.text.ends_with(' ') {
            self.now.text.push(' ');
        }
        for (i, word) in text.split_whitespace().enumerate() {
            if i > 0 {
                self.now.text.push(' ');
            }
            self.now.text.push_str(word);
        }
        if text.ends_with(char::is_whitespace) && !self.now.text.is_empty() && !self.now.text.ends_with(' ') {
            self.now.text.push(' ');
        }
        if self.links > 0 {
            self.now.linked += self.now.text.len() - before;
        }
    }

    fn tag(&mut self, name: String, closes: bool, tag: &str) {
        if !INLINE.contains(&name.as_str()) {
            self.flush();
        }
        if EMPTY.contains(&name.as_str()) {
            return;
        }
        if closes {
            if let Some(at) = self.open.iter().rposition(|(open, ..)| *open == name) {
                self.close(at);
            }
            return;
        }
        if LOOSE.contains(&name.as_str()) {
            let last = self.open.iter().rposition(|(open, ..)| {
                *open == name
                    || matches!(open.as_str(), "ul" | "ol" | "dl" | "table" | "div" | "section" | "article")
            });
            if let Some(at) = last.filter(|at| self.open[*at].0 == name) {
                self.close(at);
            }
        }
        if tag.ends_with("/>") && (self.silent > 0 || matches!(name.as_str(), "svg" | "path")) {
            return;
        }
        let silent = SILENT.contains(&name.as_str());
        self.silent += usize::from(silent);
        self.links += usize::from(name == "a");
        let bits = bits(&name, tag);
        self.open.push((name, self.elements.len(), silent));
        self.elements.push(Element { start: self.out.len(), end: self.out.len(), around: bits });
    }

    fn close(&mut self, at: usize) {
        for (name, element, silent) in self.open.drain(at..) {
            self.elements[element].end = self.out.len();
            self.silent -= usize::from(silent);
            self.links -= usize::from(name == "a");
        }
    }

    fn flush(&mut self) {
        if self.now.text.trim().is_empty() {
            self.now = Block::default();
            return;
        }
        let mut block = std::mem::take(&mut self.now);
        block.text.truncate(block.text.trim_end().len());
        self.out.push(block);
    }
}

fn bits(name: &str, tag: &str) -> u16 {
    let mut bits = match name {
        "nav" => around::NAV,
        "footer" => around::FOOT,
        "aside" => around::ASIDE,
        "form" | "button" => around::FORM,
        "article" | "main" => around::MAIN,
        "figure" | "figcaption" => around::FIGURE,
        "table" => around::TABLE,
        "ul" | "ol" | "dl" | "menu" => around::LIST,
        "header" => around::HEAD,
        "h1" => around::HEADING | around::TITLE,
        "h2" | "h3" | "h4" | "h5" | "h6" => around::HEADING,
        "p" | "blockquote" | "pre" => around::PARAGRAPH,
        _ => 0,
    };
    if matches!(name, "html" | "body") {
        return bits;
    }
    for attribute in ["class=", "id=", "role=", "itemprop=", "style=", "aria-hidden=", "data-testid="] {
        let Some(value) = value(tag, attribute) else { continue };
        match attribute {
            "style=" => {
                let plain: String = value.to_ascii_lowercase().split_whitespace().collect();
                if plain.contains("display:none") || plain.contains("visibility:hidden") {
                    bits |= around::HIDDEN;
                }
            }
            "aria-hidden=" => bits |= if value.eq_ignore_ascii_case("true") { around::HIDDEN } else { 0 },
            "itemprop=" => bits |= if value.eq_ignore_ascii_case("articlebody") { around::BODY } else { 0 },
            "role=" => {
                bits |= match value {
                    "navigation" | "menu" | "menubar" => around::NAV,
                    "contentinfo" => around::FOOT,
                    "complementary" => around::ASIDE,
                    "main" | "article" => around::MAIN,
                    _ => 0,
                }
            }
            _ => bits |= named(value),
        }
    }
    bits
}

/// What the words of a class or id say.
fn named(value: &str) -> u16 {
    let (names, bits) = &*NAMES;
    names.find_overlapping_iter(value).fold(0, |all, found| all | bits[found.pattern().as_usize()])
}

/// The parts of class names that say something, and what each says.
static NAMES: LazyLock<(AhoCorasick, Vec<u16>)> = LazyLock::new(|| {
    let rows = include_str!("class_names.tsv").lines().filter_map(|line| line.split_once('\t'));
    let (words, bits): (Vec<&str>, Vec<u16>) = rows
        .map(|(kind, word)| match kind {
            "body" => (word, around::BODY),
            "apart" => (word, around::APART),
            _ => (word, around::NAMED),
        })
        .unzip();
    let names = AhoCorasick::builder().ascii_case_insensitive(true).build(words);
    (names.expect("the table is short"), bits)
});

/// The value of an attribute in a tag.
fn value<'t>(tag: &'t str, attribute: &str) -> Option<&'t str> {
    let mut from = 0;
    while let Some(at) = tag[from..].find(attribute) {
        let start = from + at + attribute.len();
        if tag[..from + at].ends_with(char::is_whitespace) {
            let rest = &tag[start..];
            return match rest.chars().next()? {
                quote @ ('"' | '\'') => rest[1..].split(quote).next(),
                _ => rest.split(|c: char| c.is_whitespace() || c == '>').next(),
            };
        }
        from = start;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_know_what_stands_around_them() {
        let told = "The crane fell into the harbour before dawn, and nobody could say why it did. ".repeat(3);
        let page = format!(
            "<nav><a href=/>Home</a></nav><div class=\"sidebar-wrap\"><article><h1>It fell</h1><p>{told}<p>Then <a href=/b>it sank</a>.</article></div><div id=comments>Sad</div>"
        );
        let blocks = blocks(&page);
        let shown: Vec<&str> = blocks.iter().map(|b| b.text.as_str()).collect();
        assert_eq!(shown, ["Home", "It fell", told.trim(), "Then it sank.", "Sad"]);
        assert_eq!((blocks[0].around, blocks[0].linked), (around::NAV, 4));
        assert!(blocks[1].around & around::TITLE != 0);
        // The wrapper has the name of furniture, but holds nearly all that is told.
        assert_eq!(blocks[2].around, around::MAIN | around::PARAGRAPH);
        assert_eq!(blocks[4].around, around::APART);
    }
}
