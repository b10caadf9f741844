//! The five real reports beside the repository, against their whole truth. Passes over, and says
//! so, where they are absent.

use super::judge;
use super::story::Story;
use crate::plan::Context;
use std::path::Path;

#[test]
fn the_seeds_come_out_as_their_truth_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpora/seeds");
    if !folder.join("expected.json").is_file() {
        eprintln!("passed over: no {}", folder.display());
        return;
    }
    let story = Story::read(&folder, &Context::quiet(&folder)).unwrap();
    let outcome = judge(&story).outcome(&story.name, story.reports.len(), true);
    assert!(outcome.explained.is_empty(), "{:#?}", outcome.explained);
    for measure in ["families.f1", "events.f1", "storylines.f1", "cleaning.repeated.f1", "cleaning.credit.f1"]
    {
        let figure = outcome.scores.iter().find(|s| s.measure == measure);
        assert_eq!(figure.map(|s| s.value), Some(1.0), "{measure}");
    }
}
