//! Report -> [`Spun`]: wording that no writer would choose, known from tables.

use super::Spun;
use crate::Analysis;

/// Looks for spun wording in one report.
pub fn spun(_report: &Analysis) -> Option<Spun> {
    None
}
