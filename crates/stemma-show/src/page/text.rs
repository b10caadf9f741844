//! Report text as a page shows it: escaped, with what cannot be seen made visible.
//!
//! Text goes in, HTML text without a tag of its own making comes out. Characters that turn the
//! direction of reading, or that stand for nothing to be seen, become small marks with their name.

use maud::{Markup, PreEscaped, html};
use unicode_segmentation::UnicodeSegmentation;

/// Bytes of one quotation: some ten long sentences. What is longer stands in its report alone, or
/// a text without a full stop would be repeated by every part that quotes it.
pub const LONGEST: usize = 2_000;

/// Text up to [`LONGEST`], escaped and with hidden characters marked.
///
/// ```
/// # use stemma_show::page::text::shown;
/// assert_eq!(shown("a < b").0, "a &lt; b");
/// assert!(shown("a\u{202e}b").0.contains(">RLO</abbr>"));
/// ```
pub fn shown(text: &str) -> Markup {
    let mut out = String::with_capacity(text.len().min(LONGEST));
    push(&mut out, &text[..text.floor_char_boundary(LONGEST.min(text.len()))]);
    if text.len() > LONGEST {
        out.push('…');
    }
    PreEscaped(out)
}

/// Words of a report inside a line: shown, and kept from turning what stands around them.
pub fn words(text: &str) -> Markup {
    html! { bdi { (shown(text)) } }
}

/// Adds text to HTML.
pub fn push(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push(' '),
            c => match hidden(c) {
                Some(name) => {
                    out.push_str(&format!("<abbr class=\"hid\" title=\"U+{:04X}\">{name}</abbr>", c as u32));
                }
                None => out.push(c),
            },
        }
    }
}

/// The first `n` letters (as people count them), to the end of a word where one is near, with an
/// ellipsis if there are more.
pub fn clip(text: &str, n: usize) -> String {
    match text.grapheme_indices(true).nth(n) {
        Some((end, _)) => {
            let kept = &text[..end];
            let word = kept.rfind(' ').filter(|at| !text[end..].starts_with(' ') && at * 2 > end);
            format!("{}…", kept[..word.unwrap_or(end)].trim_end())
        }
        None => text.to_owned(),
    }
}

/// The name to show for a character that cannot be seen. Joiners stay: Persian, Hindi and emoji
/// are wrong without them.
fn hidden(c: char) -> Option<String> {
    let name = match c {
        '\u{200b}' => "ZWSP",
        '\u{200e}' => "LRM",
        '\u{200f}' => "RLM",
        '\u{61c}' => "ALM",
        '\u{202a}' => "LRE",
        '\u{202b}' => "RLE",
        '\u{202c}' => "PDF",
        '\u{202d}' => "LRO",
        '\u{202e}' => "RLO",
        '\u{2060}' => "WJ",
        '\u{2066}' => "LRI",
        '\u{2067}' => "RLI",
        '\u{2068}' => "FSI",
        '\u{2069}' => "PDI",
        '\u{feff}' => "BOM",
        '\u{2061}'..='\u{2065}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => {
            return Some(format!("{:X}", c as u32));
        }
        c if c.is_control() => return Some(format!("{:02X}", c as u32)),
        _ => return None,
    };
    Some(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, html: &str) {
        assert_eq!(shown(text).0, html);
    }

    #[test]
    fn text_stays_text() {
        check("<script>x</script>&", "&lt;script&gt;x&lt;/script&gt;&amp;");
        check("a\u{0}b", "a<abbr class=\"hid\" title=\"U+0000\">00</abbr>b");
        check("a\u{202e}b", "a<abbr class=\"hid\" title=\"U+202E\">RLO</abbr>b");
        check("नमस्ते 👩‍🚒", "नमस्ते 👩‍🚒");
        check("a\u{2028}b\r", "a b ");
    }

    #[test]
    fn clipping_keeps_letters_whole() {
        assert_eq!(clip("the dam broke", 7), "the dam…");
        assert_eq!(clip("👩‍🚒👩‍🚒", 1), "👩‍🚒…");
        assert_eq!(clip("dam", 3), "dam");
        assert_eq!(clip("the old dam broke", 10), "the old…");
    }
}
