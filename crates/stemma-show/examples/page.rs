//! Files -> the page of their ledger: `page OUT.html FILE...`.

use std::error::Error;
use stemma::read::{Input, read};

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let out = words.next().ok_or("say where to write the page")?;
    let mut reports = Vec::new();
    for name in words {
        let bytes = std::fs::read(&name)?;
        reports.extend(read(&Input { name: &name, bytes: &bytes, ..Input::default() }).reports);
    }
    std::fs::write(out, stemma_show::page::page(&stemma::ledger(reports)))?;
    Ok(())
}
