//! Reports -> a pile of any size in which strangers stay strangers and copies are known.
//!
//! Goes in: rows with id, date and text. Comes out: JSONL. The first reports are as they were. Once all
//! are used, they come again a generation later: with later dates, and every word but the commonest
//! swapped for another about as common (the same swaps for a whole generation, so that what told of one
//! happening still does). One report in twenty is printed once more by another outlet, cut at its end;
//! `copy_of` names what it was made from. Nothing is drawn by chance: the same rows give the same pile.

use serde::Deserialize;
use serde_json::json;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;

/// A report as it is given.
#[derive(Deserialize)]
pub(super) struct Row {
    id: String,
    date: Option<String>,
    text: String,
}

/// The commonest words stay: function words, "said", and the words of forms.
const KEPT: usize = 200;
/// Words are swapped for one of so many neighbours in the order of how common they are.
const BAND: usize = 100;
/// One report in so many is copied.
const COPIED: usize = 20;
/// Share of a copied report's paragraphs that the copy keeps.
const COPY_KEEPS: f64 = 0.8;
/// Words of the calendar: swapped, they would give days that are none.
const CALENDAR: [&str; 31] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// Reads the rows of a file.
pub(super) fn rows(path: &Path) -> io::Result<Vec<Row>> {
    let lines = BufReader::new(File::open(path)?).lines();
    lines.map(|line| Ok(serde_json::from_str(&line?)?)).collect()
}

/// Writes a pile of `n` reports.
pub(super) fn write(rows: &[Row], n: usize, path: &Path) -> io::Result<()> {
    let words = common_first(rows);
    let mut out = BufWriter::new(File::create(path)?);
    let mut written = 0;
    for generation in 0.. {
        let swaps = swaps(&words, generation);
        for (i, row) in rows.iter().enumerate() {
            let id = format!("{generation}-{}", row.id);
            let date = row.date.as_deref().map(|d| later(d, generation));
            let text = swapped(&row.text, &swaps, generation);
            let copy = (i % COPIED == 0).then(|| {
                json!({"id": format!("{id}-copy"), "date": date, "outlet": "The Second Print",
                    "text": cut(&text), "copy_of": id})
            });
            let own = json!({"id": id, "date": date, "text": text});
            for report in [Some(own), copy].into_iter().flatten() {
                if written == n {
                    return out.flush();
                }
                serde_json::to_writer(&mut out, &report)?;
                out.write_all(b"\n")?;
                written += 1;
            }
        }
    }
    out.flush()
}

/// All words in lower case, the commonest first.
fn common_first(rows: &[Row]) -> Vec<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for row in rows {
        for word in pieces(&row.text).filter(|w| is_word(w)) {
            *counts.entry(word.to_lowercase()).or_default() += 1;
        }
    }
    let mut words: Vec<(String, usize)> = counts.into_iter().collect();
    words.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    words.into_iter().map(|w| w.0).collect()
}

/// Which word stands for which in a generation; none in the first.
fn swaps(words: &[String], generation: u64) -> HashMap<&str, &str> {
    let mut swaps = HashMap::new();
    if generation == 0 {
        return swaps;
    }
    let free = |w: &&String| !CALENDAR.contains(&w.as_str());
    let free: Vec<&str> = words.iter().skip(KEPT).filter(free).map(String::as_str).collect();
    for (k, band) in free.chunks(BAND).enumerate() {
        let mut order: Vec<usize> = (0..band.len()).collect();
        order.sort_unstable_by_key(|i| mixed(generation, (k * BAND + i) as u64));
        swaps.extend(order.iter().enumerate().map(|(i, to)| (band[i], band[*to])));
    }
    swaps
}

/// A text with its words and figures swapped; capitals and layout stay.
fn swapped(text: &str, swaps: &HashMap<&str, &str>, generation: u64) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in pieces(text) {
        let lower = piece.to_lowercase();
        match swaps.get(lower.as_str()) {
            Some(other) if piece.chars().all(char::is_uppercase) => out.push_str(&other.to_uppercase()),
            Some(other) if piece.starts_with(char::is_uppercase) => {
                let mut letters = other.chars();
                out.extend(letters.next().into_iter().flat_map(char::to_uppercase));
                out.push_str(letters.as_str());
            }
            Some(other) => out.push_str(other),
            None if generation > 0 && piece.bytes().all(|b| b.is_ascii_digit()) => {
                out.push_str(&figures(piece, generation));
            }
            None => out.push_str(piece),
        }
    }
    out
}

/// Other figures of the same length; years stay, so that dates in the text can still be told.
fn figures(piece: &str, generation: u64) -> String {
    if piece.len() == 4 && piece.starts_with("19") {
        return piece.to_owned();
    }
    let digit = |b: u8, first: bool| {
        let swapped = (u64::from(b - b'0') * 7 + generation) % 10;
        char::from(b'0' + if first && swapped == 0 { 1 } else { swapped as u8 })
    };
    piece.bytes().enumerate().map(|(i, b)| digit(b, i == 0 && piece.len() > 1)).collect()
}

/// Runs of letters, runs of digits, and everything else one by one.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let kind = |c: char| if c.is_alphabetic() { 1 } else { 2 * u8::from(c.is_ascii_digit()) };
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = kind(rest.chars().next()?);
        let same = |c: char| kind(c) == first && first != 0;
        let end = rest.char_indices().skip(1).find(|(_, c)| !same(*c)).map_or(rest.len(), |(i, _)| i);
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(piece)
    })
}

fn is_word(piece: &str) -> bool {
    piece.starts_with(char::is_alphabetic)
}

/// The same day and hour so many years later: `26-FEB-1987 15:01:01.79` -> `26-FEB-1988 15:01:01.79`.
fn later(date: &str, years: u64) -> String {
    let is_year = |p: &&str| p.len() == 4 && p.bytes().all(|b| b.is_ascii_digit());
    let year = pieces(date).find(is_year);
    let Some(number) = year.and_then(|y| y.parse::<u64>().ok()) else { return date.to_owned() };
    date.replacen(&number.to_string(), &(number + years).to_string(), 1).replace("29-FEB", "28-FEB")
}

/// The beginning of a text, by lines.
fn cut(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let n = ((lines.len() as f64 * COPY_KEEPS).ceil() as usize).max(1);
    lines[..n.min(lines.len())].join("\n")
}

/// A number that looks drawn by chance (SplitMix64, Steele et al. 2014).
fn mixed(seed: u64, n: u64) -> u64 {
    let mut z = (seed << 32 ^ n).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_rejoin() {
        let text = "Net 1,234 mln; “Ünder”\n way.";
        assert_eq!(pieces(text).collect::<String>(), text);
        assert_eq!(pieces("a12 b").collect::<Vec<_>>(), ["a", "12", " ", "b"]);
    }

    #[test]
    fn generations_swap_one_to_one() {
        let words: Vec<String> = (0..450).map(|i| format!("w{i}")).collect();
        let first = swaps(&words, 1);
        let mut to: Vec<&str> = first.values().copied().collect();
        to.sort_unstable();
        to.dedup();
        assert_eq!((first.len(), to.len()), (250, 250));
        assert_ne!(first, swaps(&words, 2));
        assert!(swaps(&words, 0).is_empty());
        assert_eq!(later("26-FEB-1987 15:01:01.79", 2), "26-FEB-1989 15:01:01.79");
        assert_eq!(figures("1987", 3), "1987");
        assert_eq!(figures("20", 1).len(), 2);
    }
}
