//! PolNeAR train as JSON lines (`id, outlet, published, text, statements: [{source, cue, content}]`
//! in code points) -> the weights of the English tagger, with cross-fitted figures.
//!
//! ```sh
//! cargo run --release -p stemma --example train_statements -- \
//!     polnear-train.jsonl crates/stemma/src/extract/statements/weights/en.bin
//! ```
//!
//! About ten minutes on two idle cores. The second tagger and the last weighing learn from what
//! models say of reports that they have not seen, as they will when they are used. PolNeAR
//! (Newell, Margolin and Ruths, 2018) states no licence; the weights hold none of its sentences.

#![allow(clippy::print_stdout, reason = "an example speaks on standard output")]

mod data;
mod fit;

use fit::{Index, Model, Plan, logistic};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::error::Error;
use stemma::extract::statements::tagger::training::{Candidate, Cued, Page, Rates, Sample, Trained, write};

/// Parts of the reports that are left out in turn.
const N_FOLDS: usize = 2;
/// Passes, rate, L1, L2: as much as is needed for the loss to settle; L1 keeps the file small.
const FIRST: Plan = Plan { n_labels: 7, epochs: 6, rate: 0.03, l1: 0.1, l2: 0.05 };
const SECOND: Plan = Plan { n_labels: 5, epochs: 5, rate: 0.03, l1: 0.1, l2: 0.05 };
/// How often a feature must occur to be learnt.
const OFTEN: [u32; 2] = [3, 4];
/// Features whose weights all stay below this are not written: more is smaller and worse.
/// .02 gives 5.5 MB and .697 on PolNeAR dev, .05 3.1 MB and .695, .1 1 MB and .682.
const LEAST: f32 = 0.02;

type Counts = FxHashMap<u32, (u32, u32)>;

fn main() -> Result<(), Box<dyn Error>> {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let [train, out] = paths.as_slice() else {
        return Err("usage: train_statements TRAIN.jsonl OUT.bin".into());
    };
    let read = data::read(&std::fs::read_to_string(train)?);
    let mut pages: Vec<Page> =
        read.iter().filter_map(|r| Page::of(&r.report, &r.segments, &r.found, &r.gold)).collect();
    let rates = count(&mut pages);
    let (first, cued) = first(&pages);
    let (second, candidates) = second(&pages, &cued);
    let weighed = |k: usize| pages[k].weighed(&cued[k], &candidates[k]);
    let rows =
        |odd: usize| (0..pages.len()).filter(|k| k % N_FOLDS != odd).flat_map(weighed).collect::<Vec<_>>();
    let judges: Vec<Vec<f32>> = (0..=N_FOLDS).map(|fold| logistic(&rows(fold))).collect();
    for keep in [0.3, 0.34, 0.38, 0.42, 0.46] {
        let each = |k: usize| pages[k].tally(&cued[k], &candidates[k], (&judges[k % N_FOLDS], keep));
        let sum = (0..pages.len()).map(each).fold([0; 3], |a, b| [a[0] + b[0], a[1] + b[1], a[2] + b[2]]);
        println!("keep {keep}: content F1 {:.4}", 2.0 * sum[0] as f64 / (sum[1] + sum[2]) as f64);
    }
    std::fs::write(out, write(&rates, [&first, &second], &judges[N_FOLDS], LEAST))?;
    Ok(())
}

/// Marks all pages, each with the rates of the others, and gives the rates of all.
fn count(pages: &mut [Page]) -> Rates {
    let each: Vec<Counts> = pages.iter().map(Page::count).collect();
    let mut all = Counts::default();
    for (stem, (n_cues, n)) in each.iter().flatten() {
        let sum = all.entry(*stem).or_default();
        *sum = (sum.0 + n_cues, sum.1 + n);
    }
    pages.par_iter_mut().zip(&each).for_each(|(page, own)| page.mark(&rates(&all, own)));
    rates(&all, &Counts::default())
}

fn rates(all: &Counts, without: &Counts) -> Rates {
    let bucket = |(stem, (n_cues, n)): (&u32, &(u32, u32))| {
        let (own_cues, own) = without.get(stem).copied().unwrap_or_default();
        Some((*stem, Rates::bucket_of(n_cues - own_cues, n - own)?))
    };
    let mut rows: Vec<(u32, u8)> = all.iter().filter_map(bucket).collect();
    rows.sort_unstable();
    let (stems, buckets) = rows.into_iter().unzip();
    Rates { stems, buckets }
}

/// Models for each fold left out and for none, the last.
fn fit(samples: &[Vec<Sample>], n: usize, plan: Plan) -> Vec<Model> {
    let others = |fold: usize| (0..samples.len()).filter(move |k| k % N_FOLDS != fold);
    let model = |fold: usize| {
        let samples: Vec<&Sample> = others(fold).flat_map(|k| &samples[k]).collect();
        Model::fit(&samples, n, plan)
    };
    (0..=N_FOLDS).into_par_iter().map(model).collect()
}

fn first(pages: &[Page]) -> (Trained, Vec<Cued>) {
    let mut samples: Vec<Vec<Sample>> = pages.par_iter().map(Page::first).collect();
    let (index, n) = number(&mut samples, OFTEN[0]);
    let models = fit(&samples, n, FIRST);
    let cued = samples.iter().enumerate().map(|(k, samples)| {
        let model = &models[k % N_FOLDS];
        let mut cued = Cued::default();
        samples.iter().for_each(|s| cued.push(&model.chain, &model.scores(s)));
        cued
    });
    (models[N_FOLDS].trained(&index), cued.collect())
}

fn second(pages: &[Page], cued: &[Cued]) -> (Trained, Vec<Vec<Candidate>>) {
    let mut samples: Vec<Vec<Sample>> = pages.par_iter().zip(cued).map(|(p, c)| p.taught(c)).collect();
    let (index, n) = number(&mut samples, OFTEN[1]);
    let models = fit(&samples, n, SECOND);
    let candidates = (0..pages.len()).into_par_iter().map(|k| {
        let (page, model) = (&pages[k], &models[k % N_FOLDS]);
        let cues = page.cues(&cued[k]);
        let mut samples = page.second(&cued[k], &cues);
        samples.iter_mut().for_each(|s| index.number(s));
        let scores: Vec<Vec<f32>> = samples.iter().map(|s| model.scores(s)).collect();
        page.candidates(&cued[k], &cues, &model.chain, &scores)
    });
    (models[N_FOLDS].trained(&index), candidates.collect())
}

/// Numbers the features of all samples; gives the index and how many there are.
fn number(samples: &mut [Vec<Sample>], least: u32) -> (Index, usize) {
    let index = Index::of(samples, least);
    samples.par_iter_mut().flatten().for_each(|s| index.number(s));
    let n = index.len();
    (index, n)
}
