//! Speed of pieces and vectors, on made-up reports of usual length; answers are asserted.

use divan::{Bencher, counter::BytesCount, counter::ItemsCount};
use stemma_words::table;

fn main() {
    divan::main();
}

const PARTS: [&str; 6] = [
    "The harbour was closed on Tuesday after a ferry with 212 passengers ran aground, officials said. ",
    "Rescue teams from three neighbouring towns brought everyone ashore before nightfall. ",
    "\"We heard a long scraping noise and then silence,\" said Marta Oliveira, a teacher. ",
    "The transport ministry announced an inquiry into the pilot's decisions and the state of the buoys. ",
    "Shares of the operator fell 7.4 per cent, the steepest daily loss since its listing in 2011. ",
    "Unions had warned in spring that night crossings were understaffed and radar was out of date. ",
];

/// A report of 4,900 bytes, the parts in an order of its own.
fn report(seed: usize) -> String {
    (0..54).map(|i| PARTS[(i + i * i / 6 * seed) % PARTS.len()]).collect()
}

#[divan::bench]
fn vector_of_a_report(bencher: Bencher) {
    let reports: Vec<String> = (0..16).map(report).collect();
    let first = table().vector(&reports[0], Some("en"));
    bencher.counter(ItemsCount::new(reports.len())).bench(|| {
        let vectors: Vec<_> = reports.iter().map(|r| table().vector(r, Some("en"))).collect();
        assert_eq!(vectors[0], first);
        assert!(vectors.iter().all(|v| v.cosine(&first) > 0.5));
        vectors
    });
}

#[divan::bench]
fn pieces_of_a_report(bencher: Bencher) {
    let report = report(3);
    let mut expected = Vec::new();
    table().pieces(&report, &mut expected);
    bencher.counter(BytesCount::of_str(&report)).bench(|| {
        let mut pieces = Vec::with_capacity(expected.len());
        table().pieces(&report, &mut pieces);
        assert_eq!(pieces, expected);
        pieces
    });
}

#[divan::bench]
fn cosines(bencher: Bencher) {
    let vectors: Vec<_> = PARTS.iter().map(|p| table().vector(p, Some("en"))).collect();
    bencher.counter(ItemsCount::new(PARTS.len())).bench(|| {
        let near: Vec<f32> = vectors.iter().map(|v| v.cosine(&vectors[2])).collect();
        assert!(near.iter().enumerate().all(|(i, &x)| i == 2 || x < near[2]));
        near
    });
}
