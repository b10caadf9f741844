//! Speed of every stage, on the stories under `corpus/`; what each stage finds is asserted.
//!
//! Reports a second are the bench's items. Growth with the size of a pile is measured by
//! `stemma-eval throughput`, on reports of your own.

use divan::{Bencher, counter::ItemsCount};
use std::fs;
use std::path::Path;
use stemma::clean::clean;
use stemma::compare::{compare, fingerprint};
use stemma::extract::extract;
use stemma::group::group;
use stemma::model::RawReport;
use stemma::pile::{Held, Pile};
use stemma::read::{Input, read};
use stemma::reconcile::entries;
use stemma::segment::segment;
use stemma::trace::trace;
use stemma::{Analysis, analyse};

fn main() {
    divan::main();
}

/// Names and bytes of all reports of all stories, in order of their paths.
fn files() -> Vec<(String, Vec<u8>)> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
    let folders = fs::read_dir(&corpus).expect("the stories stand in the repository");
    let mut paths: Vec<_> = folders
        .filter_map(|folder| fs::read_dir(folder.ok()?.path()).ok())
        .flat_map(|files| files.filter_map(|file| Some(file.ok()?.path())))
        .filter(|path| path.extension().is_some_and(|end| end == "txt"))
        .collect();
    paths.sort();
    assert!(paths.len() > 50, "{} reports under {}", paths.len(), corpus.display());
    let name = |path: &Path| path.strip_prefix(&corpus).unwrap_or(path).display().to_string();
    paths.iter().map(|p| (name(p), fs::read(p).expect("a report can be read"))).collect()
}

fn raws() -> Vec<RawReport> {
    let one = |(name, bytes): &(String, Vec<u8>)| read(&Input { name, bytes, ..Input::default() }).reports;
    files().iter().flat_map(one).collect()
}

fn analyses() -> Vec<Analysis> {
    let mut all: Vec<Analysis> = raws().into_iter().map(analyse).collect();
    all.sort_unstable_by_key(|a| a.report.id);
    all.dedup_by_key(|a| a.report.id);
    all
}

#[divan::bench]
fn a_read(bencher: Bencher) {
    let files = files();
    let n = raws().len();
    bencher.counter(ItemsCount::new(n)).bench(|| {
        let one =
            |(name, bytes): &(String, Vec<u8>)| read(&Input { name, bytes, ..Input::default() }).reports;
        let reports: Vec<RawReport> = files.iter().flat_map(one).collect();
        assert_eq!(reports.len(), n);
        reports
    });
}

#[divan::bench]
fn b_clean(bencher: Bencher) {
    let raws = raws();
    let bodies = analyses().iter().map(|a| a.report.body.len()).sum::<usize>();
    bencher.counter(ItemsCount::new(raws.len())).with_inputs(|| raws.clone()).bench_values(|raws| {
        let reports: Vec<_> = raws.into_iter().map(clean).collect();
        assert!(reports.iter().map(|r| r.body.len()).sum::<usize>() >= bodies);
        reports
    });
}

#[divan::bench]
fn c_segment(bencher: Bencher) {
    let all = analyses();
    bencher.counter(ItemsCount::new(all.len())).bench(|| {
        let found: Vec<_> = all.iter().map(|a| segment(&a.report)).collect();
        assert!(found.iter().zip(&all).all(|(s, a)| s.tokens.len() == a.segments.tokens.len()));
        found
    });
}

#[divan::bench]
fn d_extract(bencher: Bencher) {
    let all = analyses();
    bencher.counter(ItemsCount::new(all.len())).bench(|| {
        let found: Vec<_> = all.iter().map(|a| extract(&a.report, &a.segments)).collect();
        assert!(found.iter().zip(&all).all(|(e, a)| *e == a.extracts));
        found
    });
}

#[divan::bench]
fn e_fingerprint(bencher: Bencher) {
    let all = analyses();
    bencher.counter(ItemsCount::new(all.len())).bench(|| {
        let found: Vec<_> = all.iter().map(|a| fingerprint(&a.report, &a.segments, &a.extracts)).collect();
        assert!(found.iter().zip(&all).all(|(f, a)| *f == a.fingerprint));
        found
    });
}

#[divan::bench]
fn f_compare(bencher: Bencher) {
    let all = analyses();
    let pile = Held::new(&all.iter().collect::<Vec<_>>());
    bencher.counter(ItemsCount::new(pile.len())).bench(|| {
        let Ok(found) = compare(&pile);
        assert!(!found.is_empty());
        found
    });
}

#[divan::bench]
fn g_trace(bencher: Bencher) {
    let all = analyses();
    let pile = Held::new(&all.iter().collect::<Vec<_>>());
    let Ok(likenesses) = compare(&pile);
    bencher.counter(ItemsCount::new(pile.len())).bench(|| {
        let Ok(found) = trace(&pile, &likenesses);
        assert!(found.iter().any(|family| family.descents.len() > 2));
        found
    });
}

#[divan::bench]
fn h_group(bencher: Bencher) {
    let all = analyses();
    let pile = Held::new(&all.iter().collect::<Vec<_>>());
    let Ok(likenesses) = compare(&pile);
    let Ok(stemmas) = trace(&pile, &likenesses);
    bencher.counter(ItemsCount::new(pile.len())).bench(|| {
        let Ok(found) = group(&pile, &stemmas);
        assert!(found.events.iter().any(|event| event.reports.len() > 4));
        found
    });
}

#[divan::bench]
fn i_reconcile(bencher: Bencher) {
    let all = analyses();
    let pile = Held::new(&all.iter().collect::<Vec<_>>());
    let Ok(likenesses) = compare(&pile);
    let Ok(stemmas) = trace(&pile, &likenesses);
    let Ok(groups) = group(&pile, &stemmas);
    bencher.counter(ItemsCount::new(pile.len())).bench(|| {
        let Ok(found) = entries(&pile, &stemmas, &groups);
        assert!(found.iter().any(|entry| entry.readings.len() > 4));
        found
    });
}
